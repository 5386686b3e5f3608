//! The legend: what is used on the figure and nothing else, in plain words; and the list of numbered events.

use super::axis::Scale;
use super::font::{Face, wrap};
use super::mark::{Glyph, Traits};
use super::palette::Palette;
use super::scene::{Fill, Hmm, Item, Rect, Stroke, Text};
use super::style::{GREY, Kind, LINE, PAPER, RADIUS, SHADE, Shape, Sizes};
use super::when::{End, Form, When};
use super::words::Words;
use crate::event::Modality;
use std::collections::BTreeSet;

/// Space between a sample and its word.
const GAP: Hmm = 70;
/// Left edge of the entries.
const LEFT: Hmm = 20;
/// Space between entries.
const BETWEEN: Hmm = 200;
/// Order of the forms of dates in the legend.
const ORDER: [&str; 20] = [
    "day",
    "hollow",
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

/// An entry of a legend.
pub struct Sample {
    /// Draws the sample from its left edge and its middle.
    pub draw: Box<dyn Fn(Hmm, Hmm) -> Vec<Item>>,
    /// Its width.
    pub width: Hmm,
    /// What it means.
    pub text: String,
}

/// What stands in the legend of events drawn one by one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Used {
    /// Kinds of events.
    pub kinds: BTreeSet<Kind>,
    /// Forms of dates and other signs.
    pub keys: BTreeSet<&'static str>,
}

/// The legend for these kinds and, beginning on a line of its own, these forms.
pub fn legend(used: &Used, y: Hmm, width: Hmm, sizes: &Sizes, words: &Words, palette: Palette) -> Block {
    let kinds = Kind::ALL.iter().filter(|k| used.kinds.contains(k)).map(|kind| {
        let traits = Traits { colour: palette.kind(*kind), ..neutral(*kind, Modality::Asserted) };
        glyph_sample(plain(Form::Day(50)), traits, MARKER, false, words.kind(kind.key()))
    });
    // "Known to the day" says something only beside other forms.
    let keys = &used.keys;
    let forms = ORDER.into_iter().filter(|k| keys.contains(k) && (*k != "day" || keys.len() > 1));
    let forms = forms.map(|key| form_sample(key, words.glyph(key), sizes.legend));
    let first = flow(kinds.collect(), y, width, sizes);
    let second = flow(forms.collect(), y + first.height, width, sizes);
    let items = first.items.into_iter().chain(second.items).collect();
    Block { items, height: first.height + second.height }
}

/// Entries of a legend that are not glyphs of events: each a sample of some width, drawn from its left edge and its
/// middle, and a text.
pub fn samples(list: Vec<Sample>, y: Hmm, width: Hmm, sizes: &Sizes) -> Block {
    flow(list, y, width, sizes)
}

fn flow(samples: Vec<Sample>, y: Hmm, width: Hmm, sizes: &Sizes) -> Block {
    let size = sizes.legend;
    let row = size * 138 / 100;
    let mut items = Vec::new();
    let (mut x, mut line) = (LEFT, 0);
    let many = !samples.is_empty();
    for sample in samples {
        let room = width - LEFT - sample.width - GAP - 20;
        let lines = wrap(&sample.text, Face::Regular, size, room);
        let text_width = lines.iter().map(|l| Face::Regular.width(l, size)).max().unwrap_or(0);
        let total = sample.width + GAP + text_width;
        if x > LEFT && x + total > width - 20 {
            x = LEFT;
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

/// Width of a sample that is a marker alone.
const MARKER: Hmm = RADIUS * 26 / 10;

fn plain(form: Form) -> When {
    When { form, approximate: false, uncertain: false }
}

fn neutral(kind: Kind, modality: Modality) -> Traits {
    Traits { kind, colour: GREY, modality, conflict: false, single: false }
}

fn glyph_sample(when: When, traits: Traits, width: Hmm, anonymous: bool, text: &str) -> Sample {
    let draw = move |x: Hmm, y: Hmm| {
        let scale = Scale { first: 0, last: 99, x0: x, x1: x + width };
        let glyph = Glyph::new(&when, &scale, traits);
        glyph.map_or_else(Vec::new, |g| if anonymous { g.look(GREY, Shape::Circle) } else { g }.draw(y))
    };
    Sample { draw: Box::new(draw), width, text: text.to_string() }
}

fn form_sample(key: &str, text: &str, size: Hmm) -> Sample {
    let glyph = |when, width, traits| glyph_sample(when, traits, width, true, text);
    let usual = neutral(Kind::Talks, Modality::Asserted);
    let date = |form, width| glyph(plain(form), width, usual);
    let told = |modality, width| glyph(plain(Form::Day(50)), width, neutral(Kind::Talks, modality));
    match key {
        "within" => date(Form::Within(4, 95), 620),
        "hollow" => {
            let draw = |x: Hmm, y: Hmm| {
                vec![Item::Circle(
                    (x + MARKER / 2, y),
                    RADIUS - 8,
                    Fill::Solid(PAPER, 100),
                    Some(Stroke::new(GREY, LINE)),
                )]
            };
            Sample { draw: Box::new(draw), width: MARKER, text: text.to_string() }
        }
        "range" => date(Form::Range(End::Exact(3), End::Exact(96)), 620),
        "coarse" => date(Form::Range(End::Exact(3), End::About(96, 96)), 620),
        "about" => glyph(When { approximate: true, ..plain(Form::Within(25, 75)) }, 620, usual),
        "uncertain" => glyph(When { uncertain: true, ..plain(Form::Day(50)) }, MARKER, usual),
        "open" => date(Form::Before(85), 620),
        "clipped" => date(Form::Within(10, 150), 520),
        "one_of" => date(Form::OneOf(vec![(15, 15), (85, 85)]), 620),
        "all_of" => date(Form::AllOf(vec![(15, 15), (85, 85)]), 620),
        "conflict" => glyph(plain(Form::Within(4, 95)), 620, Traits { conflict: true, ..usual }),
        "future" => told(Modality::Future, MARKER),
        "hypothetical" => told(Modality::Hypothetical, MARKER),
        "negated" => told(Modality::Negated, MARKER + 60),
        "single_source" => glyph(plain(Form::Day(50)), MARKER + 80, Traits { single: true, ..usual }),
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
        _ => date(Form::Day(50), MARKER),
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
