//! Chart E: which source tells of what, and how many events rest on one source only.
//!
//! Above, events per year by the number of documents that tell of them; below, one row a source with a tick for every
//! event it tells of. The most productive sources get a row each, the rest share one.

use super::axis::{Axis, Scale};
use super::caption::{Counts, caption};
use super::entry::Entry;
use super::font::{Face, clean};
use super::options::Options;
use super::page::{empty, page, period, title};
use super::plot::{Frame, Plot};
use super::scene::{Colour, Fill, Group, Hmm, Item, Rect, Stroke, Text};
use super::style::{GREY, HAIR, INK, RULE, Sizes};
use super::when::{Day, calendar, number};
use super::words::grouped;
use super::{Figure, Row};
use crate::Result;
use crate::date::NaiveDate;
use crate::merge::Event;
use chrono::Datelike;
use std::collections::{BTreeMap, BTreeSet};

/// One, two, three and more sources.
const STEPS: [Colour; 3] = [Colour(0xF66A07), Colour(0x9ECAE1), Colour(0x08519C)];
/// Sources with a row of their own.
const ROWS: usize = 30;
/// Ticks closer than this are one.
const NEAR: Hmm = 22;
/// Room for the labels of the y axis.
const LABELS: Hmm = 420;

/// Draws which source tells of which events. `cites` names the sources of each event by its identifier.
///
/// # Errors
/// As [`super::timeline`].
pub fn coverage(events: &[Event], cites: &BTreeMap<String, Vec<String>>, options: &Options) -> Result<Figure> {
    options.check()?;
    let mut entries: Vec<Entry<'_>> = events.iter().map(|e| Entry::new(e, &options.plan, &options.words)).collect();
    entries.sort_by(|a, b| a.order().cmp(&b.order()));
    let mut counts = Counts { events: entries.len(), ..Counts::default() };
    counts.undated = entries.iter().filter(|e| e.when.middle().is_none()).count();
    let days = period(&entries, options.period);
    let shown: Vec<usize> =
        days.map_or_else(Vec::new, |days| (0..entries.len()).filter(|i| day(&entries[*i], days).is_some()).collect());
    counts.outside = counts.events - counts.undated - shown.len();
    counts.marked = shown.len();
    counts.imprecise = shown.iter().filter(|i| !entries[**i].when.is_day()).count();
    counts.lanes = shown.iter().map(|i| entries[*i].lane).collect::<BTreeSet<_>>().len();
    let Some((first, last)) = days.filter(|_| !shown.is_empty()) else {
        return Ok(empty(events, options, &counts));
    };
    let sources = sources(&entries, &shown, cites);
    let words = &options.words;
    let single = shown.iter().filter(|i| entries[**i].event.sources.max(1) == 1).count();
    let mut said = caption(&counts, Some((first, last)), words);
    said.push(' ');
    said.push_str(&words.fill("coverage_caption", &[("sources", &grouped(sources.len())), ("n", &grouped(single))]));
    let sizes = Sizes::new(options.label_points);
    let widest = sources.iter().take(ROWS).map(|(name, _)| Face::Regular.width(name, sizes.label)).max().unwrap_or(0);
    let rest = Face::Regular.width(&words.fill("coverage_rest", &[("n", "1000")]), sizes.label);
    let column = (widest.max(rest) + 80).min(options.width * 3 / 10).min(4_500);
    let scale = Scale { first, last, x0: column + 60 + LABELS / 2, x1: options.width - 700 };
    let chart = Chart { entries: &entries, shown: &shown, scale, sizes, column, options };
    let mut scene = page(options, events, &said, Some((first, last)));
    let y = title(options, &sizes, &mut scene);
    let y = chart.draw(y, &sources, &mut scene.items)?;
    scene.height = y + 100;
    let names: Vec<String> = options.plan.lanes.iter().map(|l| clean(&l.name)).collect();
    let row = |i: &usize| {
        let told = cites.get(&entries[*i].event.uid).map(|s| s.join("; ")).unwrap_or_default();
        Row::new(&entries[*i], names.get(entries[*i].lane).map_or("", String::as_str), told)
    };
    Ok(Figure { rows: shown.iter().map(row).collect(), scene, caption: said })
}

fn day(entry: &Entry<'_>, (first, last): (Day, Day)) -> Option<Day> {
    let (a, b) = entry.when.reach();
    let touches = a.is_none_or(|d| d <= last) && b.is_none_or(|d| d >= first);
    entry.when.middle().filter(|_| touches).map(|d| d.clamp(first, last))
}

/// Sources with their events, those with the most events first.
fn sources(
    entries: &[Entry<'_>],
    shown: &[usize],
    cites: &BTreeMap<String, Vec<String>>,
) -> Vec<(String, BTreeSet<usize>)> {
    let mut by_name: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for index in shown {
        for source in cites.get(&entries[*index].event.uid).into_iter().flatten() {
            by_name.entry(clean(source)).or_default().insert(*index);
        }
    }
    let mut all: Vec<(String, BTreeSet<usize>)> = by_name.into_iter().collect();
    all.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(&b.0)));
    all
}

struct Chart<'a> {
    entries: &'a [Entry<'a>],
    shown: &'a [usize],
    scale: Scale,
    sizes: Sizes,
    column: Hmm,
    options: &'a Options,
}

impl Chart<'_> {
    fn draw(&self, y: Hmm, sources: &[(String, BTreeSet<usize>)], items: &mut Vec<Item>) -> Result<Hmm> {
        let y = self.legend(y, items);
        let height = 1300;
        items.extend(self.bars(y, y + height)?);
        let axis = Axis::new(self.scale, self.sizes, &self.options.words);
        let top = y + height + 120 + axis.height();
        let row = self.sizes.row;
        let mut rows: Vec<(String, BTreeSet<usize>)> = sources.iter().take(ROWS).cloned().collect();
        if sources.len() > ROWS {
            let rest = sources[ROWS..].iter().flat_map(|(_, events)| events.iter().copied()).collect();
            let n = grouped(sources.len() - ROWS);
            rows.push((self.options.words.fill("coverage_rest", &[("n", &n)]), rest));
        }
        let bottom = top + row * rows.len() as Hmm;
        items.extend(axis.grid(top, bottom));
        items.extend(axis.draw(top));
        for (n, (name, events)) in rows.iter().enumerate() {
            items.push(self.row(name, events, top + row * n as Hmm));
        }
        items.push(Item::Line(vec![(self.scale.x0, bottom), (self.scale.x1, bottom)], Stroke::new(RULE, HAIR)));
        Ok(bottom + 50)
    }

    fn legend(&self, y: Hmm, items: &mut Vec<Item>) -> Hmm {
        let size = self.sizes.axis;
        let row = size * 145 / 100;
        let (mut x, mut y) = (20, y);
        for (n, key) in ["coverage_one", "coverage_two", "coverage_more"].into_iter().enumerate() {
            let text = self.options.words.fill(key, &[]);
            let width = Face::Regular.width(&text, size);
            if x + 320 + width > self.options.width - 40 {
                (x, y) = (20, y + row);
            }
            let middle = y + row / 2;
            let rect = Rect::new(x, middle - 95, x + 250, middle + 95);
            items.push(Item::Rect(rect, Fill::Solid(STEPS[n], 100), None));
            items.push(Item::Text(Text::line(x + 320, Sizes::baseline(middle, size), size, text).colour(GREY)));
            x += 320 + width + 300;
        }
        y + row + size / 2 + 100
    }

    /// Stacked bars: events per year by the number of sources.
    fn bars(&self, top: Hmm, bottom: Hmm) -> Result<Vec<Item>> {
        let days = (self.scale.first, self.scale.last);
        let months = self.scale.days() < 1100;
        let mut stacks: BTreeMap<(i32, u32), [usize; 3]> = BTreeMap::new();
        for index in self.shown {
            let Some(date) = day(&self.entries[*index], days).map(calendar) else { continue };
            let key = (date.year(), if months { date.month() } else { 0 });
            stacks.entry(key).or_default()[self.entries[*index].event.sources.clamp(1, 3) - 1] += 1;
        }
        let most = stacks.values().map(|s| s.iter().sum::<usize>()).max().unwrap_or(1);
        let frame = Frame { scale: self.scale, top, bottom, labels: LABELS, sizes: self.sizes };
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
                plot.bar(a..b, from as f64..(from + count) as f64, STEPS[n])?;
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
            let entry = &self.entries[*index];
            if let Some(d) = day(entry, days) {
                // A tick stands for a lone event only where all that fall on it rest on one source.
                let x = self.scale.middle(d) / NEAR * NEAR;
                *ticks.entry(x).or_insert(true) &= entry.event.sources.max(1) == 1;
            }
        }
        let count = grouped(events.len());
        let mut items = vec![
            Item::Text(Text::line(20, base, size, shorten(name, size, self.column - 60))),
            Item::Text(Text::line(self.scale.x1 + 80, base, size, count).colour(GREY)),
        ];
        for (single, colour) in [(false, INK), (true, STEPS[0])] {
            let at: Vec<Hmm> = ticks.iter().filter(|(_, s)| **s == single).map(|(x, _)| *x).collect();
            let half = self.sizes.row * 36 / 100;
            let strokes = at.into_iter().map(|x| ((x, middle - half), (x, middle + half))).collect::<Vec<_>>();
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
