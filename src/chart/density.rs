//! Chart C: how many events per lane and month, for sets that are too large to be drawn one by one.
//!
//! An event whose date is not known to a cell is spread over the cells of its interval, one n-th in each; cells that
//! rest mostly on such events are struck through. The file grows with the number of cells, not of events.

use super::Figure;
use super::axis::{Axis, Scale};
use super::caption::caption;
use super::font::{Face, wrap};
use super::legend::{self, Sample};
use super::options::Options;
use super::page::{COLUMN_FROM, column_width, empty, page, split, title};
use super::plot::{Frame, Plot, label_room};
use super::ready::Ready;
use super::scene::{Colour, Fill, Group, Hmm, Item, Rect, Scene, Stroke, Text};
use super::style::{GREY, HAIR, INK, PAPER, RULE, Sizes};
use super::when::{Day, calendar, number};
use super::words::grouped;
use crate::Result;
use crate::date::NaiveDate;
use crate::merge::Event;
use chrono::{Datelike, Months};
use std::collections::BTreeMap;

/// Least width of a cell.
const LEAST: Hmm = 48;
/// Room for the labels of the y axis at 6.5 points.
const LABELS: Hmm = 420;
/// Classes of counts.
const CLASSES: usize = 5;
/// Height of the histogram.
const HISTOGRAM: Hmm = 1_200;

#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    count: f64,
    /// Part of the count that comes from dates wider than the cell.
    spread: f64,
    /// Part of the count that rests on one source.
    single: f64,
}

impl Cell {
    /// Less than half an event: no more than a hint of a date known roughly.
    fn is_faint(&self) -> bool {
        self.count < 0.5
    }

    /// Whether most of it comes from dates wider than the cell.
    fn is_spread(&self) -> bool {
        self.spread * 2.0 > self.count
    }
}

/// The cells of a chart: first days of the columns (one more than columns), rows of counts by lane.
struct Grid {
    /// How many months a column covers.
    step: u32,
    edges: Vec<Day>,
    rows: BTreeMap<usize, Vec<Cell>>,
}

/// Draws the number of events per lane and month (quarter, year, decade where months would be too narrow).
///
/// # Errors
/// As [`super::timeline`].
pub fn density(events: &[Event], options: &Options) -> Result<Figure> {
    let mut ready = Ready::new(events, options, |e, days| e.days(days).is_some())?;
    // An open date counts on the day that is known: where that lies outside, so does the event.
    ready.counts.outside += std::mem::take(&mut ready.counts.unfit);
    ready.counts.marked = ready.inside.len();
    let Some((first, last)) = ready.drawn_days() else {
        return Ok(empty(events, options, &ready.counts));
    };
    let column = match column_width(&ready) {
        wide if options.width >= COLUMN_FROM => wide,
        wide => wide.min(options.width / 4),
    };
    let sizes = ready.sizes;
    let scale = Scale { first, last, x0: column + 120 + label_room(LABELS, &sizes), x1: options.width - 120 };
    let grid = grid(&ready, &scale);
    let said = caption(&ready.counts, Some((first, last)), &options.words);
    let chart = Chart { breaks: breaks(&grid), grid, scale, sizes, ready: &ready, column, options };
    let mut scenes = chart.draw(&|| page(options, events, &said, Some((first, last))))?.into_iter();
    let rows = ready.rows(|_| "counted".to_string());
    Ok(Figure { rows, scene: scenes.next().unwrap_or_default(), more: scenes.collect(), caption: said })
}

fn grid(ready: &Ready<'_>, scale: &Scale) -> Grid {
    let (step, edges) = edges(scale);
    let columns = edges.len() - 1;
    let mut rows: BTreeMap<usize, Vec<Cell>> = BTreeMap::new();
    for entry in ready.inside.iter().map(|i| &ready.entries[*i]) {
        let Some((a, b)) = entry.days((scale.first, scale.last)) else { continue };
        let row = rows.entry(entry.lane).or_insert_with(|| vec![Cell::default(); columns]);
        let at = |day: Day| edges.partition_point(|e| *e <= day).saturating_sub(1).min(columns - 1);
        let (from, to) = (at(a), at(b));
        let share = 1.0 / (to - from + 1) as f64;
        for cell in &mut row[from..=to] {
            cell.count += share;
            cell.spread += if from == to { 0.0 } else { share };
            cell.single += if entry.is_single() { share } else { 0.0 };
        }
    }
    Grid { step, edges, rows }
}

/// First days of months, or of longer units where months would be too narrow.
fn edges(scale: &Scale) -> (u32, Vec<Day>) {
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
    (step as u32, edges)
}

/// Upper bounds of the steps: quantiles of the cells that are not empty, whole numbers, each once.
fn breaks(grid: &Grid) -> Vec<usize> {
    let mut values: Vec<usize> =
        grid.rows.values().flatten().filter(|c| !c.is_faint()).map(|c| c.count.round() as usize).collect();
    values.sort_unstable();
    let at = |part: usize| values.get((values.len() * part / CLASSES).saturating_sub(1)).copied();
    let mut breaks: Vec<usize> = (1..=CLASSES).filter_map(at).collect();
    breaks.extend(values.last());
    breaks.sort_unstable();
    breaks.dedup();
    breaks
}

struct Chart<'a> {
    grid: Grid,
    /// Upper bounds of the classes.
    breaks: Vec<usize>,
    scale: Scale,
    sizes: Sizes,
    ready: &'a Ready<'a>,
    column: Hmm,
    options: &'a Options,
}

impl Chart<'_> {
    /// Histogram, axis, rows and legend, on as many pages as they need.
    fn draw(&self, blank: &dyn Fn() -> Scene) -> Result<Vec<Scene>> {
        let (sizes, options) = (&self.sizes, self.options);
        let mut first = blank();
        let mut y = title(options, sizes, &mut first) + sizes.legend / 2;
        let heading = options.words.fill(self.unit(), &[]);
        let base = y + sizes.legend;
        first.push(Item::Text(Text::line(self.scale.x0, base, sizes.legend, heading).colour(GREY)));
        y = base + 120;
        first.items.extend(self.histogram(y, y + HISTOGRAM)?);
        let axis = Axis::new(self.scale, *sizes, &options.words);
        let top = y + HISTOGRAM + 120 + axis.height();
        let legend = legend::samples(self.samples(), 0, options.width, sizes).height + 250;
        let room = options.max_height.map_or(Hmm::MAX / 2, |h| h - legend);
        // Rows may become as low as their labels before they go to another page.
        let n = self.grid.rows.len() as Hmm;
        let row = ((room - top) / n.max(1)).clamp(sizes.row, sizes.row * 14 / 10);
        let lanes: Vec<(&usize, &Vec<Cell>)> = self.grid.rows.iter().collect();
        let parts = split(&lanes, room - top, room - axis.height() - 60, |part| row * part.len() as Hmm);
        let mut scenes = Vec::new();
        for (n, part) in parts.into_iter().enumerate() {
            let (mut scene, top) =
                if n == 0 { (std::mem::take(&mut first), top) } else { (blank(), axis.height() + 60) };
            let bottom = top + row * part.len() as Hmm;
            scene.items.extend(axis.grid(top, bottom));
            scene.items.extend(axis.draw(top));
            for (n, (lane, cells)) in part.iter().enumerate() {
                self.row(**lane, cells, (top + row * n as Hmm, row), &mut scene.items);
            }
            scene.push(Item::Line(vec![(self.scale.x0, bottom), (self.scale.x1, bottom)], Stroke::new(RULE, HAIR)));
            let legend = legend::samples(self.samples(), bottom + 120, options.width, sizes);
            scene.height = bottom + 120 + legend.height + 80;
            scene.items.extend(legend.items);
            scenes.push(scene);
        }
        Ok(scenes)
    }

    /// What a column of the histogram counts.
    fn unit(&self) -> &'static str {
        match self.grid.step {
            1 => "per_month",
            3 => "per_quarter",
            12 => "per_year",
            _ => "per_column",
        }
    }

    fn histogram(&self, top: Hmm, bottom: Hmm) -> Result<Vec<Item>> {
        let columns = self.grid.edges.len() - 1;
        let total = |c: usize| self.grid.rows.values().map(|row| row[c].count).sum::<f64>();
        let most = (0..columns).map(total).fold(1.0, f64::max);
        let frame =
            Frame { scale: self.scale, top, bottom, labels: label_room(LABELS, &self.sizes), sizes: self.sizes };
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

    /// Class of a cell, and its colour.
    fn class(&self, count: f64) -> (usize, Colour) {
        let class = self.breaks.partition_point(|b| *b < count.round() as usize).min(self.breaks.len().max(1) - 1);
        (class, self.colour(class))
    }

    fn colour(&self, class: usize) -> Colour {
        self.options.palette.steps()[shade(class, self.breaks.len())]
    }

    fn row(&self, lane: usize, cells: &[Cell], (y, height): (Hmm, Hmm), items: &mut Vec<Item>) {
        let name = self.ready.name(lane);
        let total = cells.iter().map(|c| c.count).sum::<f64>().round() as usize;
        let base = Sizes::baseline(y + height / 2, self.sizes.label);
        let lines = wrap(name, Face::Bold, self.sizes.label, self.column.max(400));
        let (shown, rest) = lines.split_first().map_or((String::new(), false), |(l, r)| (l.clone(), !r.is_empty()));
        let shown = if rest { format!("{shown}…") } else { shown };
        let count = grouped(total);
        let width = Face::Regular.width(&count, self.sizes.label);
        let mut drawn = vec![
            Item::Text(Text::line(20, base, self.sizes.label, shown).face(Face::Bold)),
            Item::Text(Text::line(self.scale.x0 - 60 - width, base, self.sizes.label, count).colour(GREY)),
        ];
        let mut faint = Vec::new();
        for (cell, pair) in cells.iter().zip(self.grid.edges.windows(2)).filter(|(c, _)| c.count > 0.0) {
            let (x0, x1) = (self.scale.start(pair[0]), self.scale.start(pair[1]));
            let gap = if x1 - x0 > 60 { 6 } else { 0 };
            let rect = Rect::new(x0, y + 22, (x1 - gap).max(x0 + 1), y + height - 22);
            let slash = ((rect.x0, rect.y1), (rect.x1, rect.y0));
            if cell.is_faint() {
                faint.push(slash);
                continue;
            }
            let (class, colour) = self.class(cell.count);
            drawn.push(Item::Rect(rect, Fill::Solid(colour, 100), None));
            let dark = shade(class, self.breaks.len()) >= 3;
            if cell.is_spread() {
                let line = if dark { PAPER } else { GREY };
                drawn.push(Item::Line(vec![slash.0, slash.1], Stroke::new(line, HAIR)));
            }
            if self.options.mark_single && cell.single + 1e-9 >= cell.count {
                let middle = ((rect.x0 + rect.x1) / 2, (rect.y0 + rect.y1) / 2);
                let radius = ((rect.x1 - rect.x0) * 2 / 5).clamp(12, 70);
                let line = if dark { PAPER } else { INK };
                drawn.push(Item::Circle(middle, radius, Fill::None, Some(Stroke::new(line, HAIR))));
            }
        }
        if !faint.is_empty() {
            drawn.push(Item::Strokes(faint, Stroke::new(RULE, HAIR)));
        }
        let said = format!("{name}: {}", self.options.words.events(total));
        items.push(Item::Group(Group { role: Some("img"), name: Some(said), ..Group::default() }, drawn));
    }

    /// The entries of the legend: the classes, and what is drawn over them.
    fn samples(&self) -> Vec<Sample> {
        let words = &self.options.words;
        let cell = |colour: Option<Colour>, over: Option<Item>, text: String| {
            let draw = move |x: Hmm, y: Hmm| {
                let rect = Rect::new(x, y - 90, x + 300, y + 90);
                let mut items: Vec<Item> =
                    colour.map(|c| Item::Rect(rect, Fill::Solid(c, 100), None)).into_iter().collect();
                items.extend(over.as_ref().map(|item| match item {
                    Item::Circle(_, r, fill, line) => Item::Circle((x + 150, y), *r, fill.clone(), line.clone()),
                    Item::Line(_, line) => {
                        let slash = |n: Hmm| ((x + n * 100, rect.y1), (x + n * 100 + 100, rect.y0));
                        Item::Strokes((0..3).map(slash).collect(), line.clone())
                    }
                    other => other.clone(),
                }));
                items
            };
            Sample { draw: Box::new(draw), width: 300, text }
        };
        let mut from = 1;
        let mut samples = Vec::new();
        for (n, to) in self.breaks.iter().enumerate() {
            let text = if from >= *to { grouped(*to) } else { format!("{}–{}", grouped(from), grouped(*to)) };
            let text = if n == 0 { words.fill("cells_legend", &[("n", &text)]) } else { text };
            samples.push(cell(Some(self.colour(n)), None, text));
            from = to + 1;
        }
        let cells = || self.grid.rows.values().flatten().filter(|c| c.count > 0.0);
        let line = |colour| Some(Item::Line(Vec::new(), Stroke::new(colour, HAIR)));
        if cells().any(|c| !c.is_faint() && c.is_spread()) {
            samples.push(cell(Some(self.colour(0)), line(GREY), words.fill("cells_spread", &[])));
        }
        if cells().any(Cell::is_faint) {
            samples.push(cell(None, line(RULE), words.fill("cells_faint", &[])));
        }
        if self.options.mark_single && cells().any(|c| !c.is_faint() && c.single + 1e-9 >= c.count) {
            let ring = Item::Circle((0, 0), 70, Fill::None, Some(Stroke::new(INK, HAIR)));
            samples.push(cell(Some(self.colour(0)), Some(ring), words.fill("cells_single", &[])));
        }
        samples
    }
}

/// The step of the colour scale for class `n` of `of`: few classes use its whole length.
fn shade(n: usize, of: usize) -> usize {
    if of <= 1 { 2 } else { (n * (CLASSES - 1) / (of - 1)).min(CLASSES - 1) }
}
