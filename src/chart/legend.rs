//! The legend: what is used on the figure and nothing else, in plain words; and the list of numbered events.

use super::axis::Scale;
use super::font::{Face, wrap};
use super::mark::{Glyph, Traits};
use super::scene::{Fill, Hmm, Item, Rect, Text};
use super::style::{GREY, Kind, RADIUS, SHADE, Shape, Sizes};
use super::when::{End, Form, When};
use super::words::Words;
use crate::event::Modality;
use std::collections::BTreeSet;

/// Space between a sample and its word.
const GAP: Hmm = 70;
/// Space between entries.
const BETWEEN: Hmm = 300;
/// Order of the forms of dates in the legend.
const ORDER: [&str; 19] = [
    "day",
    "within",
    "range",
    "coarse",
    "about",
    "uncertain",
    "open",
    "clipped",
    "one_of",
    "all_of",
    "conflict",
    "future",
    "hypothetical",
    "negated",
    "single_source",
    "key",
    "mark",
    "density",
    "focus",
];

/// Items and their height.
pub struct Block {
    /// What is drawn, with the upper edge at the given height.
    pub items: Vec<Item>,
    /// How high it is.
    pub height: Hmm,
}

struct Sample {
    /// Drawn with its middle at a place, left edge at x.
    draw: Box<dyn Fn(Hmm, Hmm) -> Vec<Item>>,
    width: Hmm,
    text: String,
}

/// The legend for these kinds and forms, flowing over a page that is so wide.
pub fn legend(
    kinds: &BTreeSet<Kind>,
    keys: &BTreeSet<&'static str>,
    y: Hmm,
    width: Hmm,
    sizes: &Sizes,
    words: &Words,
) -> Block {
    let mut samples: Vec<Sample> = Kind::ALL
        .iter()
        .filter(|k| kinds.contains(k))
        .map(|kind| sample(Form::Day(50), *kind, None, Modality::Asserted, words.kind(kind.key())))
        .collect();
    // "Known to the day" says something only beside other forms.
    let forms: Vec<&str> = ORDER.into_iter().filter(|k| keys.contains(k) && (*k != "day" || keys.len() > 1)).collect();
    samples.extend(forms.into_iter().map(|key| form_sample(key, words.glyph(key), sizes.axis)));
    flow(samples, y, width, sizes)
}

fn flow(samples: Vec<Sample>, y: Hmm, width: Hmm, sizes: &Sizes) -> Block {
    let size = sizes.axis;
    let row = size * 145 / 100;
    let mut items = Vec::new();
    let (mut x, mut line) = (0, 0);
    let many = !samples.is_empty();
    for sample in samples {
        let room = width - sample.width - GAP - 20;
        let lines = wrap(&sample.text, Face::Regular, size, room);
        let text_width = lines.iter().map(|l| Face::Regular.width(l, size)).max().unwrap_or(0);
        let total = sample.width + GAP + text_width;
        if x > 0 && x + total > width - 20 {
            x = 0;
            line += 1;
        }
        let middle = y + row * line + row / 2;
        items.extend((sample.draw)(x, middle));
        let base = Sizes::baseline(middle, size);
        let count = lines.len() as Hmm;
        items.push(Item::Text(Text::block(x + sample.width + GAP, base, size, row, lines).colour(GREY)));
        line += count - 1;
        x += total + BETWEEN;
    }
    Block { items, height: if many { row * (line + 1) } else { 0 } }
}

/// A sample of a glyph: `kind` gives colour and shape, or neutral ones.
fn sample(form: Form, kind: Kind, width: Option<Hmm>, modality: Modality, text: &str) -> Sample {
    let neutral = width.is_some();
    glyph_sample(
        When { form, approximate: false, uncertain: false },
        kind,
        neutral,
        width,
        modality,
        (false, false),
        text,
    )
}

fn glyph_sample(
    when: When,
    kind: Kind,
    neutral: bool,
    width: Option<Hmm>,
    modality: Modality,
    (conflict, single): (bool, bool),
    text: &str,
) -> Sample {
    let width = width.unwrap_or(RADIUS * 26 / 10);
    let draw = move |x: Hmm, y: Hmm| {
        let scale = Scale { first: 0, last: 99, x0: x, x1: x + width };
        let glyph = Glyph::new(&when, &scale, Traits { kind, modality, conflict, single });
        glyph.map_or_else(Vec::new, |g| if neutral { g.look(GREY, Shape::Circle) } else { g }.draw(y))
    };
    Sample { draw: Box::new(draw), width, text: text.to_string() }
}

fn form_sample(key: &str, text: &str, size: Hmm) -> Sample {
    let marker = RADIUS * 26 / 10;
    let plain = |form, width, modality| sample(form, Kind::Talks, Some(width), modality, text);
    let marked = |form, approximate, uncertain, conflict, width| {
        let when = When { form, approximate, uncertain };
        glyph_sample(when, Kind::Talks, true, Some(width), Modality::Asserted, (conflict, false), text)
    };
    match key {
        "day" => plain(Form::Day(50), marker, Modality::Asserted),
        "within" => plain(Form::Within(4, 95), 620, Modality::Asserted),
        "range" => plain(Form::Range(End::Exact(3), End::Exact(96)), 620, Modality::Asserted),
        "coarse" => plain(Form::Range(End::Exact(3), End::About(96, 96)), 620, Modality::Asserted),
        "about" => marked(Form::Within(25, 75), true, false, false, 620),
        "uncertain" => marked(Form::Day(50), false, true, false, marker),
        "open" => plain(Form::Before(85), 620, Modality::Asserted),
        "clipped" => plain(Form::Within(10, 150), 520, Modality::Asserted),
        "one_of" => plain(Form::OneOf(vec![(15, 15), (85, 85)]), 620, Modality::Asserted),
        "all_of" => plain(Form::AllOf(vec![(15, 15), (85, 85)]), 620, Modality::Asserted),
        "conflict" => marked(Form::Within(4, 95), false, false, true, 620),
        "future" => plain(Form::Day(50), marker, Modality::Future),
        "hypothetical" => plain(Form::Day(50), marker, Modality::Hypothetical),
        "negated" => plain(Form::Day(50), marker + 60, Modality::Negated),
        "single_source" => {
            let when = When { form: Form::Day(50), approximate: false, uncertain: false };
            glyph_sample(when, Kind::Talks, true, Some(marker + 80), Modality::Asserted, (false, true), text)
        }
        "key" => {
            let width = Face::Bold.width("12", size);
            let draw =
                move |x, y| vec![Item::Text(Text::line(x, Sizes::baseline(y, size), size, "12").face(Face::Bold))];
            Sample { draw: Box::new(draw), width, text: text.to_string() }
        }
        "density" => {
            let cell = |x: Hmm, y: Hmm, n: u8| {
                let left = x + Hmm::from(n) * 100;
                Item::Rect(Rect::new(left, y - 90, left + 92, y + 90), Fill::Solid(GREY, 18 + n * 30), None)
            };
            let draw = move |x, y| (0..3).map(|n| cell(x, y, n)).collect();
            Sample { draw: Box::new(draw), width: 300, text: text.to_string() }
        }
        "focus" => {
            let draw = |x: Hmm, y: Hmm| {
                vec![Item::Rect(Rect::new(x, y - 110, x + 300, y + 110), Fill::Solid(SHADE, 100), None)]
            };
            Sample { draw: Box::new(draw), width: 300, text: text.to_string() }
        }
        _ => plain(Form::Day(50), marker, Modality::Asserted),
    }
}

/// One line of the list of numbered events.
pub struct Numbered {
    /// Its number on the figure.
    pub number: usize,
    /// Its date and label.
    pub text: String,
    /// Cut of the typeface.
    pub face: Face,
}

/// The list of numbered events, in as many columns as the page has room for.
pub fn numbered(list: &[Numbered], y: Hmm, width: Hmm, sizes: &Sizes) -> Block {
    if list.is_empty() {
        return Block { items: Vec::new(), height: 0 };
    }
    let columns = (width / 7000).max(1);
    let column = width / columns;
    let size = sizes.label;
    let indent = list.iter().map(|n| Face::Bold.width(&n.number.to_string(), size)).max().unwrap_or(0) + 80;
    let wrapped: Vec<Vec<String>> = list.iter().map(|n| wrap(&n.text, n.face, size, column - indent - 250)).collect();
    let total: usize = wrapped.iter().map(Vec::len).sum();
    // Fill column by column: the shortest height at which everything fits.
    let longest = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    let mut rows = total.div_ceil(columns as usize).max(longest);
    while column_count(&wrapped, rows) > columns as usize {
        rows += 1;
    }
    let mut items = Vec::new();
    let (mut at, mut used) = (0, 0);
    for (entry, lines) in list.iter().zip(wrapped) {
        if used > 0 && used + lines.len() > rows {
            at += 1;
            used = 0;
        }
        let x = at * column;
        let base = Sizes::baseline(y + sizes.row * used as Hmm + sizes.row / 2, size);
        items.push(Item::Text(Text::line(x, base, size, entry.number.to_string()).face(Face::Bold)));
        used += lines.len();
        items.push(Item::Text(Text::block(x + indent, base, size, sizes.row, lines).face(entry.face)));
    }
    Block { items, height: sizes.row * rows as Hmm }
}

fn column_count(wrapped: &[Vec<String>], rows: usize) -> usize {
    let (mut columns, mut used) = (1, 0);
    for lines in wrapped {
        if used > 0 && used + lines.len() > rows {
            columns += 1;
            used = 0;
        }
        used += lines.len();
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::scene::Scene;

    #[test]
    fn the_list_of_numbered_events_is_as_high_as_it_says_and_loses_nothing() {
        let sizes = Sizes::new(6.5);
        for (count, letters) in [(1, 200), (2, 10), (7, 150), (40, 30)] {
            let list: Vec<Numbered> = (1..=count)
                .map(|number| Numbered { number, text: "word ".repeat(letters / 5), face: Face::Regular })
                .collect();
            let block = numbered(&list, 100, 18_000, &sizes);
            let scene = Scene { width: 18_000, height: 100 + block.height, items: block.items, ..Scene::default() };
            assert_eq!(scene.outside(), [""; 0], "{count} {letters}");
            assert_eq!(scene.overlaps(), [], "{count} {letters}");
            assert_eq!(scene.texts().len(), 2 * count);
        }
    }
}
