//! Chart D: who deals with whom, period by period.
//!
//! Small multiples with the same places in all: the subject in the middle, its counterparts around it in the order of
//! the lanes. A line is as wide as the root of the number of events; its colour and dash say whether they were mostly
//! cooperation or conflict (mean PLOVER score).

use super::Figure;
use super::caption::caption;
use super::entry::Entry;
use super::font::{Face, clean, wrap};
use super::lane::{By, LanePlan};
use super::legend::{self, Sample};
use super::options::Options;
use super::page::{COLUMN_FROM, empty, empty_because, page, split, title};
use super::palette::Palette;
use super::ready::Ready;
use super::scene::{Fill, Group, Hmm, Item, Rect, Scene, Stroke, Text};
use super::style::{GREY, HAIR, INK, PAPER, RULE, Sizes};
use super::when::{Day, calendar, number};
use crate::Result;
use crate::date::NaiveDate;
use crate::event::Modality;
use crate::merge::Event;
use chrono::Datelike;
use std::collections::{BTreeMap, BTreeSet};

/// Means between −EVEN and +EVEN are neither cooperation nor conflict.
const EVEN: f64 = 1.0;
/// How much wider than high the ring is.
const STRETCH: f64 = 1.35;
/// The subject's place in the list of nodes.
const SUBJECT: usize = usize::MAX;

/// Where lanes are no actors: at most so many of them, the fullest, get a picture.
const PICTURES: usize = 6;
/// Nodes further apart than this (in parts of the ring's radius) whose line would run through the middle are joined by
/// an arc around it.
const CLEAR: f64 = 0.35;

/// The way of an edge.
type Way = Vec<(Hmm, Hmm)>;

/// What joins two nodes.
#[derive(Clone, Copy, Debug, Default)]
struct Edge {
    events: usize,
    score: f64,
    single: usize,
}

/// Edges by their nodes.
type Edges = BTreeMap<(usize, usize), Edge>;

/// One of the small multiples: what stands above it, and its edges.
type Picture = (String, Edges);

/// Draws who deals with whom: the actors are the lanes of `actors`, `subject` is the name printed in the middle. Where
/// the lanes of the figure are actors too, there is a picture for each of up to four periods; else one for each lane.
///
/// # Errors
/// As [`super::timeline`].
pub fn network(events: &[Event], (actors, subject): (&LanePlan, &str), options: &Options) -> Result<Figure> {
    let happened = |e: &Entry<'_>| !matches!(e.event.modality, Modality::Negated | Modality::Hypothetical);
    let mut ready = Ready::new(events, options, |e, _| happened(e) && !pairs(e.event, actors).is_empty())?;
    let Some(days) = ready.drawn_days() else {
        return Ok(match ready.counts.unfit {
            0 => empty(events, options, &ready.counts),
            _ => empty_because(events, options, &options.words.fill("no_pairs", &[])),
        });
    };
    ready.counts.marked = ready.inside.len();
    let pictures = pictures(&ready, actors, options, days);
    let said = caption(&ready.counts, Some(days), &options.words);
    let said = format!("{said} {}", options.words.fill("network_caption", &[]));
    let chart = Chart { actors, subject: clean(subject), sizes: ready.sizes, options };
    let mut scenes = chart.draw(&pictures, &|| page(options, events, &said, Some(days))).into_iter();
    let rows = ready.rows(|_| "edge".to_string());
    Ok(Figure { rows, scene: scenes.next().unwrap_or_default(), more: scenes.collect(), caption: said })
}

fn pictures(ready: &Ready<'_>, actors: &LanePlan, options: &Options, days: (Day, Day)) -> Vec<Picture> {
    let by_time = options.plan.by == By::Actor;
    let parts = parts(days.0, days.1);
    let mut all: BTreeMap<usize, Edges> = BTreeMap::new();
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    for entry in ready.inside.iter().map(|i| &ready.entries[*i]) {
        let middle = entry.when.middle().unwrap_or(days.0).clamp(days.0, days.1);
        let of_time = || parts.iter().position(|(a, b)| (*a..=*b).contains(&middle)).unwrap_or(0);
        let part = if by_time { of_time() } else { entry.lane };
        *sizes.entry(part).or_default() += 1;
        let edges = all.entry(part).or_default();
        for pair in pairs(entry.event, actors) {
            let edge = edges.entry(pair).or_default();
            edge.events += 1;
            edge.score += entry.event.kind.score();
            edge.single += usize::from(entry.is_single());
        }
    }
    if by_time {
        let years = |(a, b): &(Day, Day)| {
            let (a, b) = (calendar(*a).year(), calendar(*b).year());
            if a == b { a.to_string() } else { format!("{a}–{b}") }
        };
        return parts.iter().enumerate().map(|(n, p)| (years(p), all.remove(&n).unwrap_or_default())).collect();
    }
    let mut fullest: Vec<usize> = all.keys().copied().collect();
    fullest.sort_by_key(|part| std::cmp::Reverse(sizes.get(part).copied()));
    fullest.truncate(PICTURES);
    fullest.sort_unstable();
    fullest.into_iter().map(|n| (ready.name(n).to_string(), all.remove(&n).unwrap_or_default())).collect()
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
fn pairs(event: &Event, plan: &LanePlan) -> BTreeSet<(usize, usize)> {
    let mut nodes = BTreeSet::new();
    for actor in &event.actors {
        if actor.top == plan.subject && !plan.subject.is_empty() {
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
    actors: &'a LanePlan,
    subject: String,
    sizes: Sizes,
    options: &'a Options,
}

/// What all pictures share: the nodes on the ring, the radius of the ring, the greatest number of events on a line.
struct Ring {
    nodes: Vec<usize>,
    radius: Hmm,
    most: usize,
}

impl Ring {
    fn angle(&self, i: usize) -> f64 {
        std::f64::consts::TAU * (i as f64 + 0.5) / self.nodes.len() as f64 - std::f64::consts::FRAC_PI_2
    }

    /// The place of a node on the ring around `centre`; the subject is the centre.
    fn place(&self, node: usize, centre: (Hmm, Hmm)) -> (Hmm, Hmm) {
        let Some(i) = self.nodes.iter().position(|l| *l == node) else { return centre };
        let (angle, r) = (self.angle(i), f64::from(self.radius));
        (centre.0 + (STRETCH * r * angle.cos()).round() as Hmm, centre.1 + (r * angle.sin()).round() as Hmm)
    }

    /// How far the nodes reach above and below the centre.
    fn reach(&self) -> (Hmm, Hmm) {
        let y = |i: usize| (f64::from(self.radius) * self.angle(i).sin()).round() as Hmm;
        let all = || (0..self.nodes.len()).map(y).chain([0]);
        (-all().min().unwrap_or(0), all().max().unwrap_or(0))
    }

    /// The way of the line between two nodes: straight, or around the centre where it would run through it and belong
    /// to neither.
    fn way(&self, (a, b): (usize, usize), centre: (Hmm, Hmm)) -> Way {
        let (from, to) = (self.place(a, centre), self.place(b, centre));
        let clear = f64::from(self.radius) * CLEAR;
        if a == SUBJECT || b == SUBJECT || distance(centre, &[from, to]) as f64 >= clear {
            return vec![from, to];
        }
        let (dx, dy) = (f64::from(to.0 - from.0), f64::from(to.1 - from.1));
        let length = dx.hypot(dy).max(1.0);
        // A curve with one control point bends half as far as the point lies off.
        let bend = 2.0 * clear * 1.3;
        let control =
            (f64::from(from.0 + to.0) / 2.0 - dy / length * bend, f64::from(from.1 + to.1) / 2.0 + dx / length * bend);
        let at = |n: Hmm| {
            let t = f64::from(n) / 24.0;
            let mix = |a: Hmm, c: f64, b: Hmm| {
                (1.0 - t) * (1.0 - t) * f64::from(a) + 2.0 * t * (1.0 - t) * c + t * t * f64::from(b)
            };
            (mix(from.0, control.0, to.0).round() as Hmm, mix(from.1, control.1, to.1).round() as Hmm)
        };
        (0..=24).map(at).collect()
    }
}

impl Chart<'_> {
    fn draw(&self, pictures: &[Picture], blank: &dyn Fn() -> Scene) -> Vec<Scene> {
        let (sizes, options) = (&self.sizes, self.options);
        let mut first = blank();
        let y = title(options, sizes, &mut first);
        let legend = legend::samples(self.samples(), y, options.width, sizes);
        let start = y + legend.height + 150;
        first.items.extend(legend.items);
        let columns = if options.width >= COLUMN_FROM && pictures.len() > 1 { 2 } else { 1 };
        let width = options.width / columns;
        let nodes: BTreeSet<usize> =
            pictures.iter().flat_map(|(_, e)| e.keys().flat_map(|(a, b)| [*a, *b])).filter(|n| *n != SUBJECT).collect();
        let most = pictures.iter().flat_map(|(_, e)| e.values().map(|v| v.events)).max().unwrap_or(1);
        let rows: Vec<&[Picture]> = pictures.chunks(columns as usize).collect();
        let room = options.max_height.map_or(Hmm::MAX / 2, |h| h - 60);
        let aside = ((width / 2 - 2_300) as f64 / STRETCH) as Hmm;
        let mut ring = Ring { nodes: nodes.into_iter().collect(), radius: aside.clamp(800, 1_700), most };
        // Heading, a row for names above and below, and a little air.
        let around = sizes.lane * 2 + sizes.row * 3 + 150;
        let height = |ring: &Ring| ring.reach().0 + ring.reach().1 + around;
        // Pictures shrink before they go to another page.
        while ring.radius > 1_000 && start + height(&ring) * rows.len() as Hmm > room {
            ring.radius -= 50;
        }
        let height = height(&ring);
        let parts = split(&rows, room - start, room - 60, |part| height * part.len() as Hmm);
        let mut scenes = Vec::new();
        for (n, part) in parts.into_iter().enumerate() {
            let (mut scene, top) = if n == 0 { (std::mem::take(&mut first), start) } else { (blank(), 60) };
            for (row, pictures) in part.iter().enumerate() {
                for (column, (heading, edges)) in pictures.iter().enumerate() {
                    let (x, y) = (column as Hmm * width, top + row as Hmm * height);
                    self.cell(Rect::new(x, y, x + width, y + height), heading, edges, &ring, &mut scene.items);
                }
            }
            scene.height = top + part.len() as Hmm * height + 40;
            scenes.push(scene);
        }
        scenes
    }

    fn samples(&self) -> Vec<Sample> {
        let palette = self.options.palette;
        let line = |(key, score): (&str, f64)| {
            let draw = move |x: Hmm, y: Hmm| vec![Item::Line(vec![(x, y), (x + 500, y)], stroke(score, 40, palette))];
            Sample { draw: Box::new(draw), width: 500, text: self.options.words.fill(key, &[]) }
        };
        let all = [("network_plus", 5.0), ("network_even", 0.0), ("network_minus", -5.0)];
        let mut samples: Vec<Sample> = all.into_iter().map(line).collect();
        let size = self.sizes.legend;
        let number = move |x: Hmm, y: Hmm| {
            vec![Item::Text(Text::line(x + 40, Sizes::baseline(y, size), size, "7").colour(GREY))]
        };
        let text = self.options.words.fill("network_number", &[]);
        samples.push(Sample { draw: Box::new(number), width: 160, text });
        if self.options.mark_single {
            let draw = move |x: Hmm, y: Hmm| {
                let text = Text::line(x + 75, Sizes::baseline(y, size), size, "7").colour(GREY);
                vec![ring_of(&text), Item::Text(text)]
            };
            let text = self.options.words.fill("cells_single", &[]);
            samples.push(Sample { draw: Box::new(draw), width: 280, text });
        }
        samples
    }

    fn cell(&self, cell: Rect, heading: &str, edges: &Edges, ring: &Ring, items: &mut Vec<Item>) {
        let (sizes, words) = (&self.sizes, &self.options.words);
        let base = cell.y0 + sizes.lane * 107 / 100 + 20;
        let lines = wrap(heading, Face::Bold, sizes.lane, cell.x1 - cell.x0 - 200);
        let line = lines.into_iter().next().unwrap_or_default();
        let head = Text::line(cell.x0 + 20, base, sizes.lane, line).face(Face::Bold);
        let mut taken = vec![head.bounds()];
        items.push(Item::Text(head));
        let centre = ((cell.x0 + cell.x1) / 2, cell.y0 + sizes.lane * 2 + sizes.row * 3 / 2 + ring.reach().0);
        let mut drawn = Vec::new();
        let ways: Vec<Way> = edges.keys().map(|pair| ring.way(*pair, centre)).collect();
        let name = |node: usize| if node == SUBJECT { self.subject.clone() } else { self.node(node) };
        for (((a, b), edge), way) in edges.iter().zip(&ways) {
            let width = 16 + (94.0 * (edge.events as f64 / ring.most as f64).sqrt()) as Hmm;
            let line = Item::Line(way.clone(), stroke(edge.score / edge.events as f64, width, self.options.palette));
            let (first, second) = if *b == SUBJECT { (*b, *a) } else { (*a, *b) };
            let said = format!("{} – {}: {}", name(first), name(second), words.events(edge.events));
            drawn.push(Item::Group(Group { name: Some(said), ..Group::default() }, vec![line]));
        }
        let subject = (!self.subject.is_empty()).then_some(SUBJECT);
        for node in ring.nodes.iter().copied().chain(subject) {
            let quiet = !edges.keys().any(|(a, b)| *a == node || *b == node);
            let at = ring.place(node, centre);
            drawn.push(Item::Circle(at, 75, Fill::Solid(if quiet { RULE } else { INK }, 100), None));
            let text = self.label(node, at, centre, cell, quiet);
            if node == SUBJECT {
                drawn.push(halo(&text));
            }
            taken.push(text.bounds());
            drawn.push(Item::Text(text));
        }
        for (edge, way) in edges.values().zip(&ways) {
            if let Some(text) = self.number(edge.events, way, &ways, &taken, cell) {
                drawn.push(halo(&text));
                if self.options.mark_single && edge.single == edge.events {
                    drawn.push(ring_of(&text));
                }
                taken.push(text.bounds());
                drawn.push(Item::Text(text));
            }
        }
        let n: usize = edges.values().map(|e| e.events).sum();
        let name = format!("{heading}: {}", words.events(n));
        items.push(Item::Group(Group { role: Some("img"), name: Some(name), ..Group::default() }, drawn));
    }

    fn node(&self, lane: usize) -> String {
        clean(self.actors.lanes.get(lane).map_or("", |l| &l.name))
    }

    /// A node's name, outside the ring; the subject's beneath its point.
    fn label(&self, node: usize, at: (Hmm, Hmm), centre: (Hmm, Hmm), cell: Rect, quiet: bool) -> Text {
        let size = self.sizes.label;
        let name = match node {
            SUBJECT => self.subject.clone(),
            lane => self.node(lane),
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

    /// The number of events on a line: of the places that are free, the one farthest from other lines; where none on
    /// the line is free, one beside it.
    fn number(&self, count: usize, way: &Way, others: &[Way], taken: &[Rect], cell: Rect) -> Option<Text> {
        let size = self.sizes.legend;
        let text = Text::line(0, 0, size, count.to_string()).colour(GREY);
        let width = text.width();
        let fits = |(x, y): (Hmm, Hmm)| {
            let text = Text { x: x - width / 2, y: Sizes::baseline(y, size), ..text.clone() };
            let bounds = text.bounds();
            (cell.contains(&bounds) && !taken.iter().any(|o| o.overlaps(&bounds))).then_some(text)
        };
        let clear = |at: (Hmm, Hmm)| {
            let near = others.iter().filter(|o| *o != way).map(|o| distance(at, o)).min().unwrap_or(i64::MAX);
            std::cmp::Reverse(near.min(350))
        };
        let on = [50, 58, 42, 66, 34, 74, 26, 80, 20].map(|part| along(way, part));
        let best = on.into_iter().filter_map(|at| Some((at, fits(at)?))).min_by_key(|(at, _)| clear(*at));
        let beside = || {
            let steps = (1..12).flat_map(|n| [(n, 0), (-n, 0), (0, n), (0, -n)]);
            let places = steps.flat_map(|(dx, dy)| on.map(|(x, y)| (x + dx * 120, y + dy * 120)));
            places.into_iter().find_map(fits)
        };
        best.map(|(_, text)| text).or_else(beside)
    }
}

/// The point after so many hundredths of a way, counted by its points.
fn along(way: &[(Hmm, Hmm)], part: Hmm) -> (Hmm, Hmm) {
    let place = (way.len() as Hmm - 1).max(0) * part;
    let n = (place / 100) as usize;
    let (Some(a), rest) = (way.get(n), place % 100) else { return (0, 0) };
    let b = way.get(n + 1).unwrap_or(a);
    (a.0 + (b.0 - a.0) * rest / 100, a.1 + (b.1 - a.1) * rest / 100)
}

/// Distance of a point from a line through points.
fn distance(at: (Hmm, Hmm), way: &[(Hmm, Hmm)]) -> i64 {
    way.windows(2).map(|pair| from_segment(at, (pair[0], pair[1]))).min().unwrap_or(i64::MAX)
}

fn from_segment((x, y): (Hmm, Hmm), ((ax, ay), (bx, by)): ((Hmm, Hmm), (Hmm, Hmm))) -> i64 {
    let (dx, dy) = (f64::from(bx - ax), f64::from(by - ay));
    let along = (f64::from(x - ax) * dx + f64::from(y - ay) * dy) / (dx * dx + dy * dy).max(1.0);
    let along = along.clamp(0.0, 1.0);
    let (px, py) = (f64::from(ax) + along * dx, f64::from(ay) + along * dy);
    (f64::from(x) - px).hypot(f64::from(y) - py).round() as i64
}

/// A ring around a number: one source alone.
fn ring_of(text: &Text) -> Item {
    let b = text.bounds();
    let radius = ((b.x1 - b.x0) / 2 + 45).max(105);
    Item::Circle(((b.x0 + b.x1) / 2, text.y - text.size * 36 / 100), radius, Fill::None, Some(Stroke::new(INK, HAIR)))
}

/// A patch of paper behind a text that stands on a line.
fn halo(text: &Text) -> Item {
    let b = text.bounds();
    let ink = Rect::new(b.x0 - 15, text.y - text.size * 78 / 100, b.x1 + 15, text.y + text.size * 8 / 100);
    Item::Rect(ink, Fill::Solid(PAPER, 85), None)
}

fn stroke(score: f64, width: Hmm, palette: Palette) -> Stroke {
    let [cooperation, conflict, neither] = palette.lean();
    match score {
        s if s > EVEN => Stroke::new(cooperation, width),
        s if s < -EVEN => Stroke::new(conflict, width).dashed(&[110, 80]),
        _ => Stroke::new(neither, width),
    }
}
