//! Chart C: how many events per lane and month, for sets that are too large to be drawn one by one.
//!
//! An event whose date is not known to a cell is spread over the cells of its interval, one n-th in each; cells that
//! rest mostly on such events are struck through. The file grows with the number of cells, not of events.

use super::Figure;
use super::Row;
use super::axis::{Axis, Scale};
use super::caption::{Counts, caption};
use super::entry::Entry;
use super::font::Face;
use super::options::Options;
use super::page::{COLUMN_FROM, column_width, empty, page, period, title};
use super::plot::{Frame, Plot};
use super::scene::{Colour, Fill, Group, Hmm, Item, Rect, Stroke, Text};
use super::style::{GREY, HAIR, INK, PAPER, RULE, Sizes};
use super::when::{Day, calendar, number};
use super::words::grouped;
use crate::Result;
use crate::date::NaiveDate;
use crate::merge::Event;
use chrono::{Datelike, Months};
use std::collections::{BTreeMap, BTreeSet};

/// Five steps of one hue, light to dark: ColorBrewer's "Blues" without its palest.
const STEPS: [Colour; 5] = [Colour(0xC6DBEF), Colour(0x9ECAE1), Colour(0x6BAED6), Colour(0x3182BD), Colour(0x08519C)];
/// Least width of a cell.
const LEAST: Hmm = 48;
/// Room for the labels of the y axis.
const LABELS: Hmm = 420;

#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    count: f64,
    /// Part of the count that comes from dates wider than the cell.
    spread: f64,
}

/// The cells of a chart: first days of the columns (one more than columns), rows of counts by lane.
struct Grid {
    edges: Vec<Day>,
    rows: BTreeMap<usize, Vec<Cell>>,
}

/// Draws the number of events per lane and month (quarter, year, decade where months would be too narrow).
///
/// # Errors
/// As [`super::timeline`].
pub fn density(events: &[Event], options: &Options) -> Result<Figure> {
    options.check()?;
    let mut entries: Vec<Entry<'_>> = events.iter().map(|e| Entry::new(e, &options.plan, &options.words)).collect();
    entries.sort_by(|a, b| a.order().cmp(&b.order()));
    let undated = entries.iter().filter(|e| e.when.middle().is_none()).count();
    let mut counts = Counts { events: entries.len(), undated, ..Counts::default() };
    let days = period(&entries, options.period);
    let inside: Vec<usize> = match days {
        Some((first, last)) => (0..entries.len()).filter(|i| known(&entries[*i], first, last).is_some()).collect(),
        None => Vec::new(),
    };
    counts.outside = counts.events - undated - inside.len();
    counts.marked = inside.len();
    counts.imprecise = inside.iter().filter(|i| !entries[**i].when.is_day()).count();
    counts.lanes = inside.iter().map(|i| entries[*i].lane).collect::<BTreeSet<_>>().len();
    let Some((first, last)) = days.filter(|_| !inside.is_empty()) else {
        return Ok(empty(events, options, &counts));
    };
    let names: Vec<String> = options.plan.lanes.iter().map(|l| super::font::clean(&l.name)).collect();
    let sizes = Sizes::new(options.label_points);
    let column = if options.width >= COLUMN_FROM {
        column_width(&entries, &inside, &names, &sizes)
    } else {
        column_width(&entries, &inside, &names, &sizes).min(options.width / 4)
    };
    let scale = Scale { first, last, x0: column + 120 + LABELS, x1: options.width - 120 };
    let grid = grid(&entries, &inside, &scale);
    let said = caption(&counts, Some((first, last)), &options.words);
    let mut scene = page(options, events, &said, Some((first, last)));
    let y = title(options, &sizes, &mut scene);
    let chart = Chart { grid, scale, sizes, names: &names, column, options };
    let y = chart.draw(y, &mut scene.items)?;
    scene.height = y + 100;
    let rows = inside.iter().map(|i| {
        let entry = &entries[*i];
        Row::new(entry, names.get(entry.lane).map_or("", String::as_str), "counted".to_string())
    });
    Ok(Figure { rows: rows.collect(), scene, caption: said })
}

/// The days of an event that lie on the axis; of an open date, the day that is known.
fn known(entry: &Entry<'_>, first: Day, last: Day) -> Option<(Day, Day)> {
    let (a, b) = match entry.when.reach() {
        (Some(a), Some(b)) => (a, b),
        (Some(d), None) | (None, Some(d)) => (d, d),
        (None, None) => return None,
    };
    (a <= last && b >= first).then_some((a.max(first), b.min(last)))
}

fn grid(entries: &[Entry<'_>], inside: &[usize], scale: &Scale) -> Grid {
    let edges = edges(scale);
    let columns = edges.len() - 1;
    let mut rows: BTreeMap<usize, Vec<Cell>> = BTreeMap::new();
    for index in inside {
        let entry = &entries[*index];
        let Some((a, b)) = known(entry, scale.first, scale.last) else { continue };
        let row = rows.entry(entry.lane).or_insert_with(|| vec![Cell::default(); columns]);
        let at = |day: Day| edges.partition_point(|e| *e <= day).saturating_sub(1).min(columns - 1);
        let (from, to) = (at(a), at(b));
        let share = 1.0 / (to - from + 1) as f64;
        for cell in &mut row[from..=to] {
            cell.count += share;
            cell.spread += if from == to { 0.0 } else { share };
        }
    }
    Grid { edges, rows }
}

/// First days of months, or of longer units where months would be too narrow.
fn edges(scale: &Scale) -> Vec<Day> {
    let width = |months: Day| scale.width(months * 30);
    let step = [1, 3, 12, 60, 120, 1200, 12_000].into_iter().find(|m| width(*m) >= LEAST).unwrap_or(12_000);
    let first = calendar(scale.first);
    let year = if step > 12 { first.year().div_euclid(step as i32 / 12) * (step as i32 / 12) } else { first.year() };
    let month = if step > 12 { 0 } else { first.month0() / step as u32 * step as u32 };
    let mut day = NaiveDate::from_ymd_opt(year, month + 1, 1).unwrap_or(first);
    let mut edges = vec![number(day).max(scale.first)];
    while let Some(next) = day.checked_add_months(Months::new(step as u32)) {
        day = next;
        edges.push(number(day).min(scale.last + 1));
        if number(day) > scale.last {
            break;
        }
    }
    if edges.len() < 2 {
        edges.push(scale.last + 1);
    }
    edges
}

/// Upper bounds of the steps: quantiles of the cells that are not empty, whole numbers, each once.
fn breaks(grid: &Grid) -> Vec<usize> {
    let mut values: Vec<usize> =
        grid.rows.values().flatten().filter(|c| c.count > 0.0).map(|c| c.count.ceil() as usize).collect();
    values.sort_unstable();
    let at = |part: usize| values.get((values.len() * part / STEPS.len()).saturating_sub(1)).copied();
    let mut breaks: Vec<usize> = (1..=STEPS.len()).filter_map(at).collect();
    breaks.extend(values.last());
    breaks.sort_unstable();
    breaks.dedup();
    breaks
}

struct Chart<'a> {
    grid: Grid,
    scale: Scale,
    sizes: Sizes,
    names: &'a [String],
    column: Hmm,
    options: &'a Options,
}

impl Chart<'_> {
    /// Histogram, axis, rows and legend from `y` downwards; returns the lower edge.
    fn draw(&self, y: Hmm, items: &mut Vec<Item>) -> Result<Hmm> {
        let breaks = breaks(&self.grid);
        let y = y + self.sizes.axis / 2;
        let height = 1200;
        items.extend(self.histogram(y, y + height)?);
        let axis = Axis::new(self.scale, self.sizes, &self.options.words);
        let top = y + height + 120 + axis.height();
        let row = self.sizes.row * 13 / 10;
        let bottom = top + row * self.grid.rows.len() as Hmm;
        items.extend(axis.grid(top, bottom));
        items.extend(axis.draw(top));
        for (n, (lane, cells)) in self.grid.rows.iter().enumerate() {
            self.row(*lane, cells, top + row * n as Hmm, row, &breaks, items);
        }
        items.push(Item::Line(vec![(self.scale.x0, bottom), (self.scale.x1, bottom)], Stroke::new(RULE, HAIR)));
        Ok(self.legend(bottom + 150, &breaks, items))
    }

    fn histogram(&self, top: Hmm, bottom: Hmm) -> Result<Vec<Item>> {
        let columns = self.grid.edges.len() - 1;
        let total = |c: usize| self.grid.rows.values().map(|row| row[c].count).sum::<f64>();
        let most = (0..columns).map(total).fold(1.0, f64::max);
        let frame = Frame { scale: self.scale, top, bottom, labels: LABELS, sizes: self.sizes };
        let label = |v: f64| if v.fract().abs() < 1e-9 { grouped(v.round() as usize) } else { String::new() };
        let mut plot = Plot::new(&frame, 0.0..most * 1.05, 3, &label)?;
        for column in 0..columns {
            let value = total(column);
            if value > 0.0 {
                let (a, b) = (self.grid.edges[column], self.grid.edges[column + 1]);
                plot.bar(a..b, 0.0..value, GREY)?;
            }
        }
        Ok(plot.items())
    }

    fn row(&self, lane: usize, cells: &[Cell], y: Hmm, height: Hmm, breaks: &[usize], items: &mut Vec<Item>) {
        let name = self.names.get(lane).cloned().unwrap_or_default();
        let total = cells.iter().map(|c| c.count).sum::<f64>().round() as usize;
        let middle = y + height / 2;
        let base = Sizes::baseline(middle, self.sizes.label);
        let lines = super::font::wrap(&name, Face::Bold, self.sizes.label, self.column.max(400));
        let (shown, rest) = lines.split_first().map_or((String::new(), false), |(l, r)| (l.clone(), !r.is_empty()));
        let shown = if rest { format!("{shown}…") } else { shown };
        let count = grouped(total);
        let width = Face::Regular.width(&count, self.sizes.label);
        let mut drawn = vec![
            Item::Text(Text::line(20, base, self.sizes.label, shown).face(Face::Bold)),
            Item::Text(Text::line(self.scale.x0 - 60 - width, base, self.sizes.label, count).colour(GREY)),
        ];
        for (cell, pair) in cells.iter().zip(self.grid.edges.windows(2)).filter(|(c, _)| c.count > 0.0) {
            let (x0, x1) = (self.scale.start(pair[0]), self.scale.start(pair[1]));
            let step = breaks.partition_point(|b| (*b as f64) < cell.count.ceil());
            let colour = STEPS[shade(step, breaks.len())];
            let gap = if x1 - x0 > 60 { 6 } else { 0 };
            let rect = Rect::new(x0, y + 25, (x1 - gap).max(x0 + 1), y + height - 25);
            drawn.push(Item::Rect(rect, Fill::Solid(colour, 100), None));
            if cell.spread * 2.0 > cell.count {
                let line = if step * 2 >= breaks.len() { PAPER } else { INK };
                drawn.push(Item::Line(vec![(rect.x0, rect.y1), (rect.x1, rect.y0)], Stroke::new(line, HAIR)));
            }
        }
        let said = format!("{name}: {}", self.options.words.events(total));
        items.push(Item::Group(Group { role: Some("img"), name: Some(said), ..Group::default() }, drawn));
    }

    fn legend(&self, y: Hmm, breaks: &[usize], items: &mut Vec<Item>) -> Hmm {
        let size = self.sizes.axis;
        let row = size * 145 / 100;
        let (mut x, mut y) = (self.scale.x0.min(self.options.width / 4), y);
        let left = x;
        let mut from = 1;
        let mut samples: Vec<(Option<Colour>, String)> = Vec::new();
        for (n, to) in breaks.iter().enumerate() {
            let text = if from >= *to { grouped(*to) } else { format!("{}–{}", grouped(from), grouped(*to)) };
            samples.push((Some(STEPS[shade(n, breaks.len())]), text));
            from = to + 1;
        }
        if let Some((_, text)) = samples.first_mut() {
            *text = self.options.words.fill("cells_legend", &[("n", text)]);
        }
        if self.grid.rows.values().flatten().any(|c| c.spread * 2.0 > c.count) {
            samples.push((None, self.options.words.fill("cells_spread", &[])));
        }
        for (colour, text) in samples {
            let width = Face::Regular.width(&text, size);
            if x + 370 + width > self.options.width - 60 && x > left {
                (x, y) = (left, y + row);
            }
            let middle = y + row / 2;
            let rect = Rect::new(x, middle - 95, x + 300, middle + 95);
            items.push(Item::Rect(rect, Fill::Solid(colour.unwrap_or(STEPS[0]), 100), None));
            if colour.is_none() {
                items.push(Item::Line(vec![(rect.x0, rect.y1), (rect.x1, rect.y0)], Stroke::new(INK, HAIR)));
            }
            let base = Sizes::baseline(middle, size);
            items.push(Item::Text(Text::line(x + 370, base, size, text).colour(GREY)));
            x += 370 + width + 300;
        }
        y + row
    }
}

/// The step of the colour scale for class `n` of `of`: few classes use its whole length.
fn shade(n: usize, of: usize) -> usize {
    if of <= 1 { 2 } else { (n * (STEPS.len() - 1) / (of - 1)).min(STEPS.len() - 1) }
}
