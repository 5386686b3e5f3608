//! Chart D: who deals with whom, period by period.
//!
//! Small multiples with the same places in all: the subject in the middle, its counterparts around it in the order of
//! the lanes. A line is as wide as the root of the number of events; its colour and dash say whether they were mostly
//! cooperation or conflict (mean PLOVER score).

use super::caption::{Counts, caption};
use super::entry::Entry;
use super::font::{Face, clean, wrap};
use super::options::Options;
use super::page::{COLUMN_FROM, empty, page, period, title};
use super::scene::{Colour, Fill, Group, Hmm, Item, Rect, Scene, Stroke, Text};
use super::style::{GREY, INK, RULE, Sizes};
use super::when::{Day, calendar, number};
use super::{Figure, Row};
use crate::Result;
use crate::date::NaiveDate;
use crate::event::Modality;
use crate::merge::Event;
use chrono::Datelike;
use std::collections::{BTreeMap, BTreeSet};

/// Means between −EVEN and +EVEN are neither cooperation nor conflict.
const EVEN: f64 = 1.0;
const COOPERATION: Colour = Colour(0x0072B2);
const CONFLICT: Colour = Colour(0xD55E00);
const NEITHER: Colour = Colour(0x7F7F7F);
/// The subject's place in the list of nodes.
const SUBJECT: usize = usize::MAX;

/// A straight line between two points.
type Segment = ((Hmm, Hmm), (Hmm, Hmm));

/// Number of events and sum of their scores.
type Edges = BTreeMap<(usize, usize), (usize, f64)>;

/// Draws who deals with whom in up to four periods. `subject` is the name printed in the middle.
///
/// # Errors
/// As [`super::timeline`].
pub fn network(events: &[Event], subject: &str, options: &Options) -> Result<Figure> {
    options.check()?;
    let mut entries: Vec<Entry<'_>> = events.iter().map(|e| Entry::new(e, &options.plan, &options.words)).collect();
    entries.sort_by(|a, b| a.order().cmp(&b.order()));
    let mut counts = Counts { events: entries.len(), ..Counts::default() };
    counts.undated = entries.iter().filter(|e| e.when.middle().is_none()).count();
    let days = period(&entries, options.period);
    let parts = days.map_or_else(Vec::new, |(a, b)| parts(a, b));
    let mut all: Vec<Edges> = vec![Edges::new(); parts.len()];
    let mut used = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let Some(part) = days.and_then(|days| part_of(entry, days, &parts)) else { continue };
        let pairs = pairs(entry.event, options);
        if pairs.is_empty() || matches!(entry.event.modality, Modality::Negated | Modality::Hypothetical) {
            counts.left_out += 1;
            continue;
        }
        used.push(index);
        for pair in pairs {
            let edge = all[part].entry(pair).or_default();
            edge.0 += 1;
            edge.1 += entry.event.kind.score();
        }
    }
    counts.marked = used.len();
    counts.imprecise = used.iter().filter(|i| !entries[**i].when.is_day()).count();
    counts.outside = counts.events - counts.undated - counts.left_out - used.len();
    counts.lanes = used.iter().map(|i| entries[*i].lane).collect::<BTreeSet<_>>().len();
    let Some(days) = days.filter(|_| !used.is_empty()) else {
        return Ok(match events.is_empty() {
            true => empty(events, options, &counts),
            false => super::page::empty_because(events, options, &options.words.fill("no_pairs", &[])),
        });
    };
    let said =
        caption(&Counts { left_out: 0, events: counts.events - counts.left_out, ..counts }, Some(days), &options.words);
    let said = format!("{said} {}", options.words.fill("network_caption", &[("n", &counts.left_out.to_string())]));
    let mut scene = page(options, events, &said, Some(days));
    Chart { parts: &parts, edges: &all, subject: clean(subject), sizes: Sizes::new(options.label_points), options }
        .draw(&mut scene);
    let names: Vec<String> = options.plan.lanes.iter().map(|l| clean(&l.name)).collect();
    let row =
        |i: &usize| Row::new(&entries[*i], names.get(entries[*i].lane).map_or("", String::as_str), "edge".to_string());
    Ok(Figure { rows: used.iter().map(row).collect(), scene, caption: said })
}

/// The period that an event falls into, by the middle of its date.
fn part_of(entry: &Entry<'_>, (first, last): (Day, Day), parts: &[(Day, Day)]) -> Option<usize> {
    let (a, b) = entry.when.reach();
    let middle = entry.when.middle()?.clamp(first, last);
    let touches = a.is_none_or(|d| d <= last) && b.is_none_or(|d| d >= first);
    parts.iter().position(|(a, b)| touches && (*a..=*b).contains(&middle))
}

/// Up to four periods of whole years of about the same length.
fn parts(first: Day, last: Day) -> Vec<(Day, Day)> {
    let (a, b) = (calendar(first).year(), calendar(last).year());
    let years = b - a + 1;
    let n = years.clamp(1, 4);
    let start = |i: i32| {
        let year = a + years * i / n;
        NaiveDate::from_ymd_opt(year, 1, 1).map_or(first, number).max(first)
    };
    (0..n).map(|i| (start(i), if i + 1 == n { last } else { start(i + 1) - 1 })).collect()
}

/// The pairs of nodes that an event joins: lanes of its actors, and the subject.
fn pairs(event: &Event, options: &Options) -> BTreeSet<(usize, usize)> {
    let plan = &options.plan;
    let mut nodes = BTreeSet::new();
    for actor in &event.actors {
        if actor.top == plan.subject {
            nodes.insert(SUBJECT);
        } else if let Some(lane) =
            plan.lanes.iter().position(|l| l.codes.contains(&actor.code) || l.codes.contains(&actor.top))
            && Some(lane) != plan.domestic
        {
            nodes.insert(lane);
        }
    }
    let nodes: Vec<usize> = nodes.into_iter().collect();
    let mut out = BTreeSet::new();
    for (i, a) in nodes.iter().enumerate() {
        out.extend(nodes[i + 1..].iter().map(|b| (*a, *b)));
    }
    out
}

struct Chart<'a> {
    parts: &'a [(Day, Day)],
    edges: &'a [Edges],
    subject: String,
    sizes: Sizes,
    options: &'a Options,
}

impl Chart<'_> {
    fn draw(&self, scene: &mut Scene) {
        let y = title(self.options, &self.sizes, scene);
        let y = self.legend(y, &mut scene.items);
        let columns = if self.options.width >= COLUMN_FROM { 2 } else { 1 };
        let width = self.options.width / columns;
        let nodes: BTreeSet<usize> =
            self.edges.iter().flat_map(|e| e.keys().flat_map(|(a, b)| [*a, *b])).filter(|n| *n != SUBJECT).collect();
        let nodes: Vec<usize> = nodes.into_iter().collect();
        let most = self.edges.iter().flat_map(|e| e.values().map(|v| v.0)).max().unwrap_or(1);
        let height = if columns == 1 { 4_600 } else { 5_100 };
        for (n, (days, edges)) in self.parts.iter().zip(self.edges).enumerate() {
            let (column, row) = (n as Hmm % columns, n as Hmm / columns);
            let cell = Rect::new(column * width, y + row * height, (column + 1) * width, y + (row + 1) * height);
            self.cell(cell, *days, edges, &nodes, most, &mut scene.items);
        }
        let rows = (self.parts.len() as Hmm + columns - 1) / columns;
        scene.height = y + rows * height + 50;
    }

    fn legend(&self, y: Hmm, items: &mut Vec<Item>) -> Hmm {
        let size = self.sizes.axis;
        let row = size * 145 / 100;
        let (mut x, mut y) = (20, y);
        for (key, score) in [("network_plus", 5.0), ("network_even", 0.0), ("network_minus", -5.0)] {
            let text = self.options.words.fill(key, &[]);
            let width = Face::Regular.width(&text, size);
            if x + 570 + width > self.options.width - 40 && x > 20 {
                (x, y) = (20, y + row);
            }
            let middle = y + row / 2;
            items.push(Item::Line(vec![(x, middle), (x + 500, middle)], stroke(score, 45)));
            items.push(Item::Text(Text::line(x + 570, Sizes::baseline(middle, size), size, text).colour(GREY)));
            x += 570 + width + 300;
        }
        y + row + 100
    }

    fn cell(&self, cell: Rect, days: (Day, Day), edges: &Edges, nodes: &[usize], most: usize, items: &mut Vec<Item>) {
        let sizes = &self.sizes;
        let year = |d: Day| calendar(d).year();
        let (a, b) = (year(days.0), year(days.1));
        let heading = if a == b { a.to_string() } else { format!("{a}–{b}") };
        let n: usize = edges.values().map(|e| e.0).sum();
        let base = cell.y0 + sizes.lane * 107 / 100 + 20;
        let head = Text::line(cell.x0 + 20, base, sizes.lane, heading.clone()).face(Face::Bold);
        let mut taken = vec![head.bounds()];
        items.push(Item::Text(head));
        let centre = ((cell.x0 + cell.x1) / 2, (cell.y0 + cell.y1) / 2 + sizes.lane / 2);
        let side = (cell.x1 - cell.x0) / 2;
        let radius = ((cell.y1 - cell.y0) / 2 - sizes.lane - 2 * sizes.row).min(side - 2_300).max(800);
        let place = |node: usize| match nodes.iter().position(|l| *l == node) {
            None => centre,
            Some(i) => {
                let angle = std::f64::consts::TAU * (i as f64 + 0.5) / nodes.len() as f64 - std::f64::consts::FRAC_PI_2;
                let r = f64::from(radius);
                (centre.0 + (1.35 * r * angle.cos()).round() as Hmm, centre.1 + (r * angle.sin()).round() as Hmm)
            }
        };
        let mut drawn = Vec::new();
        for ((a, b), (count, sum)) in edges {
            let width = 16 + (94.0 * (*count as f64 / most as f64).sqrt()) as Hmm;
            drawn.push(Item::Line(vec![place(*a), place(*b)], stroke(sum / *count as f64, width)));
        }
        for node in nodes.iter().copied().chain([SUBJECT]) {
            let quiet = !edges.keys().any(|(a, b)| *a == node || *b == node);
            drawn.push(Item::Circle(place(node), 75, Fill::Solid(if quiet { RULE } else { INK }, 100), None));
            let text = self.label(node, place(node), centre, cell, quiet);
            if node == SUBJECT {
                drawn.push(halo(&text));
            }
            taken.push(text.bounds());
            drawn.push(Item::Text(text));
        }
        let lines: Vec<Segment> = edges.keys().map(|(a, b)| (place(*a), place(*b))).collect();
        for ((count, _), ends) in edges.values().zip(&lines) {
            if let Some(text) = self.number(*count, *ends, &lines, &taken, cell) {
                drawn.push(halo(&text));
                taken.push(text.bounds());
                drawn.push(Item::Text(text));
            }
        }
        let name = format!("{heading}: {}", self.options.words.events(n));
        items.push(Item::Group(Group { role: Some("img"), name: Some(name), ..Group::default() }, drawn));
    }

    /// A node's name, outside the ring; the subject's beneath its point.
    fn label(&self, node: usize, at: (Hmm, Hmm), centre: (Hmm, Hmm), cell: Rect, quiet: bool) -> Text {
        let size = self.sizes.label;
        let name = match node {
            SUBJECT => self.subject.clone(),
            lane => clean(self.options.plan.lanes.get(lane).map_or("", |l| &l.name)),
        };
        let right = at.0 > centre.0 + 200;
        let left = at.0 < centre.0 - 200;
        let room = if right {
            cell.x1 - at.0 - 200
        } else if left {
            at.0 - cell.x0 - 200
        } else {
            2_400
        };
        let lines = wrap(&name, Face::Bold, size, room.max(700));
        let more = (lines.len() as Hmm - 1) * self.sizes.leading;
        let mut text = Text::block(0, 0, size, self.sizes.leading, lines).face(Face::Bold);
        text.colour = if quiet { GREY } else { INK };
        let width = text.width();
        text.flush_right = left;
        text.x = if right {
            at.0 + 130
        } else if left {
            at.0 - 130 - width
        } else {
            at.0 - width / 2
        };
        text.y = if node == SUBJECT {
            at.1 + 110 + size
        } else if !right && !left && at.1 < centre.1 {
            at.1 - 150 - more
        } else if !right && !left {
            at.1 + 110 + size
        } else {
            Sizes::baseline(at.1, size) - more / 2
        };
        text
    }

    /// The number of events on a line: of the places that are free, the one farthest from other lines.
    fn number(&self, count: usize, ends: Segment, others: &[Segment], taken: &[Rect], cell: Rect) -> Option<Text> {
        let size = self.sizes.axis;
        let text = Text::line(0, 0, size, count.to_string()).colour(GREY);
        let width = text.width();
        let ((ax, ay), (bx, by)) = ends;
        let mut best: Option<(i64, Text)> = None;
        for part in [50, 58, 42, 66, 34, 74, 26, 80, 20] {
            let at = (ax + (bx - ax) * part / 100, ay + (by - ay) * part / 100);
            let text = Text { x: at.0 - width / 2, y: Sizes::baseline(at.1, size), ..text.clone() };
            let bounds = text.bounds();
            if !cell.contains(&bounds) || taken.iter().any(|o| o.overlaps(&bounds)) {
                continue;
            }
            let clear = others.iter().filter(|o| **o != ends).map(|o| distance(at, *o)).min().unwrap_or(i64::MAX);
            let clear = clear.min(350);
            if best.as_ref().is_none_or(|(most, _)| clear > *most) {
                best = Some((clear, text));
            }
        }
        best.map(|(_, text)| text)
    }
}

/// Distance of a point from a line between two points.
fn distance((x, y): (Hmm, Hmm), ((ax, ay), (bx, by)): Segment) -> i64 {
    let (dx, dy) = (f64::from(bx - ax), f64::from(by - ay));
    let along = (f64::from(x - ax) * dx + f64::from(y - ay) * dy) / (dx * dx + dy * dy).max(1.0);
    let along = along.clamp(0.0, 1.0);
    let (px, py) = (f64::from(ax) + along * dx, f64::from(ay) + along * dy);
    (f64::from(x) - px).hypot(f64::from(y) - py).round() as i64
}

/// A patch of paper behind a text that stands on a line.
fn halo(text: &Text) -> Item {
    let b = text.bounds();
    Item::Rect(Rect::new(b.x0 - 15, b.y0 + 55, b.x1 + 15, b.y1 - 25), Fill::Solid(super::style::PAPER, 85), None)
}

fn stroke(score: f64, width: Hmm) -> Stroke {
    match score {
        s if s > EVEN => Stroke::new(COOPERATION, width),
        s if s < -EVEN => Stroke::new(CONFLICT, width).dashed(&[110, 80]),
        _ => Stroke::new(NEITHER, width),
    }
}
