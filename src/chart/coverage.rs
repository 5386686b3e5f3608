//! Chart E: which source tells of what, and how many events rest on one source only.
//!
//! Above, events per year by the number of documents that tell of them; below, one row a source with a tick for every
//! event it tells of. The most productive sources get a row each, the rest share one.

use super::Figure;
use super::axis::{Axis, Scale};
use super::caption::caption;
use super::entry::Entry;
use super::font::{Face, clean};
use super::legend::{self, Sample};
use super::options::Options;
use super::page::{empty, page, split, title};
use super::plot::{Frame, Plot, label_room};
use super::ready::Ready;
use super::scene::{Fill, Group, Hmm, Item, Rect, Scene, Stroke, Text};
use super::style::{GREY, HAIR, INK, RULE, SHADE, Sizes};
use super::when::{Day, calendar, number};
use super::words::grouped;
use crate::Result;
use crate::date::NaiveDate;
use crate::merge::Event;
use chrono::Datelike;
use std::collections::{BTreeMap, BTreeSet};

/// Sources with a row of their own.
const ROWS: usize = 30;
/// Ticks closer than this are one.
const NEAR: Hmm = 22;
/// Room for the labels of the y axis at 6.5 points.
const LABELS: Hmm = 420;
/// Height of the bars.
const BARS: Hmm = 1_300;
/// A source and the events that it tells of.
type Told = (String, BTreeSet<usize>);

/// Draws which source tells of which events. `cites` names the sources of each event by its identifier.
///
/// # Errors
/// As [`super::timeline`].
pub fn coverage(events: &[Event], cites: &BTreeMap<String, Vec<String>>, options: &Options) -> Result<Figure> {
    let mut ready = Ready::new(events, options, |_, _| true)?;
    ready.counts.marked = ready.inside.len();
    let Some((first, last)) = ready.drawn_days() else {
        return Ok(empty(events, options, &ready.counts));
    };
    let sources = sources(&ready, cites);
    let words = &options.words;
    let single = ready.inside.iter().filter(|i| ready.entries[**i].is_single()).count();
    let mut said = caption(&ready.counts, Some((first, last)), words);
    said.push(' ');
    said.push_str(&words.fill("coverage_caption", &[("sources", &grouped(sources.len())), ("n", &grouped(single))]));
    let sizes = ready.sizes;
    let widest = sources.iter().take(ROWS).map(|(name, _)| Face::Regular.width(name, sizes.label)).max().unwrap_or(0);
    let rest = Face::Regular.width(&words.fill("coverage_rest", &[("n", "1000")]), sizes.label);
    let column = (widest.max(rest) + 80).min(options.width * 3 / 10).min(4_500);
    let scale = Scale { first, last, x0: column + 60 + label_room(LABELS, &sizes) / 2, x1: options.width - 700 };
    let chart = Chart { ready: &ready, scale, sizes, column, options };
    let mut scenes = chart.draw(&sources, &|| page(options, events, &said, Some((first, last))))?.into_iter();
    let rows = ready.rows(|i| cites.get(&ready.entries[i].event.uid).map(|s| s.join("; ")).unwrap_or_default());
    Ok(Figure { rows, scene: scenes.next().unwrap_or_default(), more: scenes.collect(), caption: said })
}

/// The day on which an event stands.
fn day(entry: &Entry<'_>, (first, last): (Day, Day)) -> Option<Day> {
    entry.when.middle().map(|d| d.clamp(first, last))
}

/// Sources with their events, those with the most events first.
fn sources(ready: &Ready<'_>, cites: &BTreeMap<String, Vec<String>>) -> Vec<Told> {
    let mut by_name: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for index in &ready.inside {
        for source in cites.get(&ready.entries[*index].event.uid).into_iter().flatten() {
            by_name.entry(clean(source)).or_default().insert(*index);
        }
    }
    let mut all: Vec<Told> = by_name.into_iter().collect();
    all.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(&b.0)));
    all
}

struct Chart<'a> {
    ready: &'a Ready<'a>,
    scale: Scale,
    sizes: Sizes,
    column: Hmm,
    options: &'a Options,
}

impl Chart<'_> {
    fn draw(&self, sources: &[Told], blank: &dyn Fn() -> Scene) -> Result<Vec<Scene>> {
        let (sizes, words) = (&self.sizes, &self.options.words);
        let mut first = blank();
        let y = title(self.options, sizes, &mut first);
        let legend = legend::samples(self.samples(), y, self.options.width, sizes);
        first.items.extend(legend.items);
        let base = y + legend.height + 120 + sizes.legend;
        let heading = words.fill(if self.by_month() { "per_month" } else { "per_year" }, &[]);
        first.push(Item::Text(Text::line(self.scale.x0, base, sizes.legend, heading).colour(GREY)));
        let y = base + 120;
        first.items.extend(self.bars(y, y + BARS)?);
        let axis = Axis::new(self.scale, *sizes, words);
        let top = y + BARS + 120 + axis.height();
        let mut rows: Vec<Told> = sources.iter().take(ROWS).cloned().collect();
        if sources.len() > ROWS {
            let rest = sources[ROWS..].iter().flat_map(|(_, events)| events.iter().copied()).collect();
            rows.push((words.fill("coverage_rest", &[("n", &grouped(sources.len() - ROWS))]), rest));
        }
        let room = self.options.max_height.map_or(Hmm::MAX / 2, |h| h - 150);
        let parts = split(&rows, room - top, room - axis.height() - 60, |part| sizes.row * part.len() as Hmm);
        let mut scenes = Vec::new();
        for (n, part) in parts.into_iter().enumerate() {
            let (mut scene, top) =
                if n == 0 { (std::mem::take(&mut first), top) } else { (blank(), axis.height() + 60) };
            let bottom = top + sizes.row * part.len() as Hmm;
            scene.items.extend(axis.grid(top, bottom));
            scene.items.extend(axis.draw(top));
            for (n, (name, events)) in part.iter().enumerate() {
                let middle = top + sizes.row * n as Hmm + sizes.row / 2;
                scene
                    .push(Item::Line(vec![(self.scale.x0, middle), (self.scale.x1, middle)], Stroke::new(SHADE, HAIR)));
                scene.push(self.row(name, events, top + sizes.row * n as Hmm));
            }
            scene.push(Item::Line(vec![(self.scale.x0, bottom), (self.scale.x1, bottom)], Stroke::new(RULE, HAIR)));
            scene.height = bottom + 150;
            scenes.push(scene);
        }
        if scenes.is_empty() {
            // No source is named at all: the bars alone.
            first.height = y + BARS + 150;
            scenes.push(first);
        }
        Ok(scenes)
    }

    fn samples(&self) -> Vec<Sample> {
        let keys = ["coverage_one", "coverage_two", "coverage_more"];
        let swatch = |(key, colour): (&str, _)| {
            let draw = move |x: Hmm, y: Hmm| {
                vec![Item::Rect(Rect::new(x, y - 85, x + 240, y + 85), Fill::Solid(colour, 100), None)]
            };
            Sample { draw: Box::new(draw), width: 240, text: self.options.words.fill(key, &[]) }
        };
        keys.into_iter().zip(self.options.palette.sources()).map(swatch).collect()
    }

    fn by_month(&self) -> bool {
        self.scale.days() < 1100
    }

    /// Stacked bars: events per year by the number of sources.
    fn bars(&self, top: Hmm, bottom: Hmm) -> Result<Vec<Item>> {
        let days = (self.scale.first, self.scale.last);
        let months = self.by_month();
        let colours = self.options.palette.sources();
        let mut stacks: BTreeMap<(i32, u32), [usize; 3]> = BTreeMap::new();
        for index in &self.ready.inside {
            let Some(date) = day(&self.ready.entries[*index], days).map(calendar) else { continue };
            let key = (date.year(), if months { date.month() } else { 0 });
            stacks.entry(key).or_default()[self.ready.entries[*index].event.sources.clamp(1, 3) - 1] += 1;
        }
        let most = stacks.values().map(|s| s.iter().sum::<usize>()).max().unwrap_or(1);
        let frame =
            Frame { scale: self.scale, top, bottom, labels: label_room(LABELS, &self.sizes), sizes: self.sizes };
        let label = |v: f64| if v.fract().abs() < 1e-9 { grouped(v.round() as usize) } else { String::new() };
        let mut plot = Plot::new(&frame, 0.0..most as f64 * 1.05, 3, &label)?;
        for ((year, month), stack) in &stacks {
            let first = |y: i32, m: u32| NaiveDate::from_ymd_opt(y, m.max(1), 1).map_or(0, number);
            let a = first(*year, *month);
            let b = match (months, *month) {
                (true, m) if m < 12 => first(*year, m + 1),
                _ => first(year + 1, 1),
            };
            let gap = (b - a) / 12;
            let (a, b) = ((a + gap).max(self.scale.first), (b - gap).min(self.scale.last + 1));
            let mut from = 0;
            for (n, count) in stack.iter().enumerate().filter(|(_, c)| **c > 0) {
                plot.bar(a..b, from as f64..(from + count) as f64, colours[n])?;
                from += count;
            }
        }
        Ok(plot.items())
    }

    fn row(&self, name: &str, events: &BTreeSet<usize>, y: Hmm) -> Item {
        let size = self.sizes.label;
        let middle = y + self.sizes.row / 2;
        let base = Sizes::baseline(middle, size);
        let mut ticks: BTreeMap<Hmm, bool> = BTreeMap::new();
        let days = (self.scale.first, self.scale.last);
        for index in events {
            let entry = &self.ready.entries[*index];
            if let Some(d) = day(entry, days) {
                // A tick stands for a lone event only where all that fall on it rest on one source.
                let x = self.scale.middle(d) / NEAR * NEAR;
                *ticks.entry(x).or_insert(true) &= entry.is_single();
            }
        }
        let count = grouped(events.len());
        let mut items = vec![
            Item::Text(Text::line(20, base, size, shorten(name, size, self.column - 60))),
            Item::Text(Text::line(self.scale.x1 + 80, base, size, count).colour(GREY)),
        ];
        // What rests on this source alone is drawn shorter too: colour is never all.
        let half = self.sizes.row * 36 / 100;
        for (single, colour, top) in [(false, INK, half), (true, self.options.palette.sources()[0], half * 3 / 5)] {
            let at = ticks.iter().filter(|(_, s)| **s == single).map(|(x, _)| *x);
            let strokes: Vec<_> = at.map(|x| ((x, middle - top), (x, middle + top))).collect();
            if !strokes.is_empty() {
                items.push(Item::Strokes(strokes, Stroke::new(colour, 20)));
            }
        }
        let said = format!("{}: {}", name, self.options.words.events(events.len()));
        Item::Group(Group { role: Some("img"), name: Some(said), ..Group::default() }, items)
    }
}

/// The beginning of a name that fits, with an ellipsis.
fn shorten(name: &str, size: Hmm, limit: Hmm) -> String {
    if Face::Regular.width(name, size) <= limit {
        return name.to_string();
    }
    let room = limit - Face::Regular.width("…", size);
    let mut out = String::new();
    for letter in name.chars() {
        out.push(letter);
        if Face::Regular.width(&out, size) > room {
            out.pop();
            break;
        }
    }
    format!("{}…", out.trim_end())
}
