//! Chart B: how a relation went, as the mean score of its events over time.
//!
//! One panel a relation, all with the same scale (PLOVER, −10 to +10; [`crate::event::EventType::score`]). Thin stems
//! are the events; the line is their mean under a Gaussian window; the band is what remains uncertain: 90 per cent of
//! repeated draws, in each of which the events are resampled and their days drawn from the interval they are known to.
//! The draws are seeded: the same events give the same band. Half an event of weight at zero keeps a lone event from
//! standing for a year. What has not happened (planned, possible, denied) and what has no score is left out and counted.

use super::axis::{Axis, Scale};
use super::caption::Counts;
use super::entry::Entry;
use super::font::{Face, wrap};
use super::legend::{self, Numbered};
use super::options::Options;
use super::page::{COLUMN_FROM, column_width, empty, page, period, title};
use super::plot::{Frame, Plot};
use super::scene::{Colour, Fill, Group, Hmm, Item, Rect, Scene, Stroke, Text};
use super::style::{GREY, INK, Kind, LINE, RULE, Sizes, outline};
use super::when::{Day, calendar};
use super::words::grouped;
use super::{Figure, Row};
use crate::Result;
use crate::event::{EventType, Modality};
use crate::merge::Event;
use std::collections::{BTreeMap, BTreeSet};

/// Standard deviation of the window in days: half a year.
const SIGMA: f64 = 183.0;
/// Weight of the pull towards zero, in events.
const PRIOR: f64 = 0.5;
/// Below this weight of evidence no line is drawn.
const THIN: f64 = 0.12;
/// Points of a curve.
const BINS: usize = 240;
/// Draws for the band; fewer for large sets, whose band is narrow.
const DRAWS: usize = 200;
/// Relations on one figure.
const PANELS: usize = 6;
/// Stems in one panel at most: of more, the most salient are drawn, and all count for the line.
const STEMS: usize = 80;
/// Numbered events in one panel.
const NOTES: usize = 4;
const COOPERATION: Colour = Colour(0x0072B2);
const CONFLICT: Colour = Colour(0xD55E00);
const STEM: Colour = Colour(0xB0B0B0);
/// Room for the labels of the y axis.
const LABELS: Hmm = 520;

/// A scored event on the axis: score, first and last day.
#[derive(Clone, Copy)]
struct Point {
    score: f64,
    first: Day,
    last: Day,
}

/// Draws the mean score of each relation over time.
///
/// # Errors
/// As [`super::timeline`].
pub fn relations(events: &[Event], options: &Options) -> Result<Figure> {
    options.check()?;
    let mut entries: Vec<Entry<'_>> = events.iter().map(|e| Entry::new(e, &options.plan, &options.words)).collect();
    entries.sort_by(|a, b| a.order().cmp(&b.order()));
    let days = period(&entries, options.period);
    let panels = days.map_or_else(Vec::new, |days| choose(&entries, options, days));
    let counts = Counts { events: entries.len(), outside: entries.len(), ..Counts::default() };
    let Some((first, last)) = days.filter(|_| !panels.is_empty()) else {
        let mut figure = empty(events, options, &counts);
        if !events.is_empty() {
            figure = super::page::empty_because(events, options, &options.words.fill("no_scores", &[]));
        }
        return Ok(figure);
    };
    let used: Vec<usize> = panels.iter().flat_map(|(_, list)| list.iter().copied()).collect();
    let stems: usize = panels.iter().map(|(_, list)| list.len().min(STEMS)).sum();
    let caption = caption(&entries, &used, (panels.len(), stems), (first, last), options);
    let names: Vec<String> = options.plan.lanes.iter().map(|l| super::font::clean(&l.name)).collect();
    let sizes = Sizes::new(options.label_points);
    let column = (options.width >= COLUMN_FROM).then(|| column_width(&entries, &used, &names, &sizes));
    let scale = Scale { first, last, x0: column.unwrap_or(0) + LABELS + 60, x1: options.width - 120 };
    let chart = Chart { entries: &entries, panels, names: &names, scale, sizes, column, options };
    let mut scene = page(options, events, &caption, Some((first, last)));
    chart.draw(&mut scene)?;
    let rows = used.iter().map(|i| {
        let shown = format!("score {:+.1}", score(&entries[*i]).unwrap_or(0.0));
        Row::new(&entries[*i], names.get(entries[*i].lane).map_or("", String::as_str), shown)
    });
    Ok(Figure { rows: rows.collect(), scene, caption })
}

/// The score of an event that happened and has one.
fn score(entry: &Entry<'_>) -> Option<f64> {
    let happened = matches!(entry.event.modality, Modality::Asserted | Modality::Reported | Modality::Ongoing);
    let scored = !matches!(entry.event.kind, EventType::Statement | EventType::Other);
    (happened && scored).then(|| entry.event.kind.score())
}

/// An event's days on the axis; of an open date, the day that is known.
fn point(entry: &Entry<'_>, (first, last): (Day, Day)) -> Option<Point> {
    let (a, b) = match entry.when.reach() {
        (Some(a), Some(b)) => (a, b),
        (Some(d), None) | (None, Some(d)) => (d, d),
        (None, None) => return None,
    };
    (a <= last && b >= first).then_some(Point { score: score(entry)?, first: a.max(first), last: b.min(last) })
}

/// The relations with the most scored events, in the order of the lanes, each with its events.
fn choose(entries: &[Entry<'_>], options: &Options, days: (Day, Day)) -> Vec<(usize, Vec<usize>)> {
    let plan = &options.plan;
    let mut lanes: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, entry) in entries.iter().enumerate() {
        if point(entry, days).is_some() && Some(entry.lane) != plan.domestic && entry.lane != plan.other {
            lanes.entry(entry.lane).or_default().push(index);
        }
    }
    let mut all: Vec<(usize, Vec<usize>)> = lanes.into_iter().collect();
    all.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(&b.0)));
    all.truncate(PANELS);
    all.sort_by_key(|(lane, _)| *lane);
    all
}

fn caption(
    entries: &[Entry<'_>],
    used: &[usize],
    (panels, stems): (usize, usize),
    days: (Day, Day),
    options: &Options,
) -> String {
    let words = &options.words;
    let imprecise = used.iter().filter(|i| !entries[**i].when.is_day()).count();
    let mut out = words.fill(
        "relations_caption",
        &[
            ("events", &words.events(used.len())),
            ("lanes", &panels.to_string()),
            ("from", &calendar(days.0).to_string()),
            ("to", &calendar(days.1).to_string()),
            ("n", &grouped(imprecise)),
            ("rest", &grouped(entries.len() - used.len())),
        ],
    );
    out.push(' ');
    out.push_str(&words.fill("relations_scale", &[]));
    if stems < used.len() {
        out.push(' ');
        out.push_str(&words.fill("relations_stems", &[("n", &grouped(stems))]));
    }
    out
}

/// A stretch of a curve with enough evidence: the mean and the band around it.
#[derive(Default)]
struct Curve {
    mean: Vec<(Day, f64)>,
    low: Vec<(Day, f64)>,
    high: Vec<(Day, f64)>,
}

/// Sums and weights of scores by bin.
struct Bins {
    sum: Vec<f64>,
    weight: Vec<f64>,
}

impl Bins {
    fn new() -> Self {
        Bins { sum: vec![0.0; BINS], weight: vec![0.0; BINS] }
    }

    fn add(&mut self, bin: usize, score: f64, weight: f64) {
        self.sum[bin] += score * weight;
        self.weight[bin] += weight;
    }

    /// Mean and weight of evidence at each bin under the window.
    fn smooth(&self, kernel: &[f64]) -> Vec<(f64, f64)> {
        let reach = kernel.len() - 1;
        (0..BINS)
            .map(|i| {
                let (from, to) = (i.saturating_sub(reach), (i + reach).min(BINS - 1));
                let (mut sum, mut weight) = (0.0, 0.0);
                for j in from..=to {
                    let k = kernel[i.abs_diff(j)];
                    sum += k * self.sum[j];
                    weight += k * self.weight[j];
                }
                (sum / (weight + PRIOR), weight)
            })
            .collect()
    }
}

/// SplitMix64: a small generator with a fixed seed, so that the same events give the same band.
struct Seeded(u64);

impl Seeded {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: u64) -> u64 {
        self.next() % n.max(1)
    }
}

fn curves(points: &[Point], scale: &Scale) -> Vec<Curve> {
    let width = (scale.days() as f64 / BINS as f64).max(1e-9);
    let bin = |day: Day| (((day - scale.first) as f64 / width) as usize).min(BINS - 1);
    let reach = ((3.0 * SIGMA / width).ceil() as usize).clamp(1, BINS);
    let kernel: Vec<f64> = (0..=reach).map(|i| (-0.5 * (i as f64 * width / SIGMA).powi(2)).exp()).collect();
    let mut whole = Bins::new();
    for p in points {
        let (a, b) = (bin(p.first), bin(p.last));
        (a..=b).for_each(|i| whole.add(i, p.score, 1.0 / (b - a + 1) as f64));
    }
    let mean = whole.smooth(&kernel);
    let mut draws: Vec<Vec<f64>> = vec![Vec::new(); BINS];
    let mut random = Seeded(2005);
    for _ in 0..if points.len() > 2_000 { DRAWS / 5 } else { DRAWS } {
        let mut bins = Bins::new();
        for _ in 0..points.len() {
            let p = points[random.below(points.len() as u64) as usize];
            bins.add(bin(p.first + random.below((p.last - p.first + 1) as u64) as Day), p.score, 1.0);
        }
        for (all, (value, _)) in draws.iter_mut().zip(bins.smooth(&kernel)) {
            all.push(value);
        }
    }
    let mut out: Vec<Curve> = Vec::new();
    let mut open = false;
    for (i, (value, weight)) in mean.iter().enumerate() {
        if *weight < THIN {
            open = false;
            continue;
        }
        if !open {
            out.push(Curve::default());
            open = true;
        }
        let day = scale.first + ((i as f64 + 0.5) * width) as Day;
        draws[i].sort_by(f64::total_cmp);
        let at = |part: usize| draws[i].get(draws[i].len() * part / 100).copied().unwrap_or(*value);
        if let Some(curve) = out.last_mut() {
            curve.mean.push((day, *value));
            curve.low.push((day, at(5).min(*value)));
            curve.high.push((day, at(95).max(*value)));
        }
    }
    out
}

struct Chart<'a> {
    entries: &'a [Entry<'a>],
    panels: Vec<(usize, Vec<usize>)>,
    names: &'a [String],
    scale: Scale,
    sizes: Sizes,
    column: Option<Hmm>,
    options: &'a Options,
}

impl Chart<'_> {
    fn draw(&self, scene: &mut Scene) -> Result<()> {
        let (sizes, words) = (&self.sizes, &self.options.words);
        let mut y = title(self.options, sizes, scene);
        let used = self.panels.iter().flat_map(|(_, list)| list);
        let kinds: BTreeSet<Kind> = used.map(|i| self.entries[*i].kind).collect();
        let legend = legend::legend(&kinds, &BTreeSet::new(), y, self.options.width, sizes, words);
        scene.items.extend(legend.items);
        y += legend.height;
        let note = wrap(&words.fill("relations_scale", &[]), Face::Regular, sizes.axis, self.options.width - 60);
        let lines = note.len() as Hmm;
        let row = sizes.axis * 145 / 100;
        let base = Sizes::baseline(y + row / 2, sizes.axis);
        scene.push(Item::Text(Text::block(20, base, sizes.axis, row, note).colour(GREY)));
        y += row * lines + 100;
        let axis = Axis::new(self.scale, *sizes, words);
        let top = y + axis.height();
        let notes = self.notes();
        let height = if self.column.is_some() { 1900 } else { 1600 };
        let head = if self.column.is_some() { 0 } else { sizes.row * 13 / 10 };
        let bottom = top + self.panels.len() as Hmm * (height + head + 330) - 330;
        scene.items.extend(axis.grid(top, bottom));
        scene.items.extend(axis.draw(top));
        let mut at = top;
        for (lane, list) in &self.panels {
            let items = self.panel(*lane, list, (at + head, at + head + height), &notes)?;
            scene.items.extend(items);
            at += height + head + 330;
        }
        let list: Vec<Numbered> = notes
            .iter()
            .map(|(index, number)| {
                let entry = &self.entries[*index];
                let text = format!("{}  {}", entry.event.date.edtf, entry.label);
                Numbered { number: *number, text, face: entry.face }
            })
            .collect();
        let list = legend::numbered(&list, bottom + 150, self.options.width, sizes);
        scene.items.extend(list.items);
        scene.height = bottom + 150 + list.height + 100;
        Ok(())
    }

    /// The events that are numbered: of each relation those with the greatest score by salience, in order of time.
    fn notes(&self) -> BTreeMap<usize, usize> {
        let mut chosen = BTreeSet::new();
        for (_, list) in &self.panels {
            let weight = |i: &usize| score(&self.entries[*i]).unwrap_or(0.0).abs() * self.entries[*i].event.salience;
            let mut list = list.clone();
            list.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then(a.cmp(b)));
            chosen.extend(list.into_iter().take(NOTES));
        }
        chosen.into_iter().enumerate().map(|(n, index)| (index, n + 1)).collect()
    }

    fn panel(
        &self,
        lane: usize,
        list: &[usize],
        (top, bottom): (Hmm, Hmm),
        notes: &BTreeMap<usize, usize>,
    ) -> Result<Vec<Item>> {
        let name = self.names.get(lane).cloned().unwrap_or_default();
        let mut items = vec![self.name(&name, top)];
        let days = (self.scale.first, self.scale.last);
        let points: Vec<Point> = list.iter().filter_map(|i| point(&self.entries[*i], days)).collect();
        let frame = Frame { scale: self.scale, top, bottom, labels: LABELS, sizes: self.sizes };
        let label = |v: f64| match v.round() as i64 {
            0 => "0".to_string(),
            n if n > 0 => format!("+{n}"),
            n => format!("−{}", -n),
        };
        let mut plot = Plot::new(&frame, -11.0..11.0, 3, &label)?;
        for curve in curves(&points, &self.scale) {
            let side = |keep: fn(f64) -> f64| curve.mean.iter().map(|(d, v)| (*d, keep(*v))).collect::<Vec<_>>();
            plot.area(&side(|v| v.max(0.0)), 0.0, COOPERATION, 0.22)?;
            plot.area(&side(|v| v.min(0.0)), 0.0, CONFLICT, 0.22)?;
            plot.band(&curve.low, &curve.high, GREY, 0.22)?;
            plot.line(&curve.mean, INK, 30)?;
        }
        plot.stroke((self.scale.first, 0.0), (self.scale.last, 0.0), RULE, 14)?;
        let mut stems: Vec<usize> = list.to_vec();
        let salience = |i: &usize| self.entries[*i].event.salience;
        stems.sort_by(|a, b| salience(b).total_cmp(&salience(a)).then(a.cmp(b)));
        stems.truncate(STEMS);
        stems.sort_unstable();
        let mut heads = Vec::new();
        for index in stems {
            let entry = &self.entries[index];
            let (Some(p), Some(value)) = (point(entry, days), score(entry)) else { continue };
            let day = p.first + (p.last - p.first) / 2;
            plot.stroke((day, 0.0), (day, value), STEM, 12)?;
            heads.push((index, plot.place(day, value)));
        }
        items.extend(plot.items());
        items.extend(self.heads(&heads, notes, (top, bottom), &name));
        Ok(items)
    }

    fn name(&self, name: &str, top: Hmm) -> Item {
        let sizes = &self.sizes;
        let text = match self.column {
            Some(column) => {
                let lines = wrap(name, Face::Bold, sizes.lane, column);
                Text::block(20, top + sizes.lane, sizes.lane, sizes.row, lines)
            }
            None => {
                let lines = wrap(name, Face::Bold, sizes.label, self.options.width - 200);
                let first = lines.into_iter().take(1).collect();
                Text::block(20, top - sizes.row / 2, sizes.label, sizes.row, first)
            }
        };
        Item::Text(text.face(Face::Bold))
    }

    /// Markers at the ends of stems, and the numbers of those that the list explains.
    fn heads(
        &self,
        heads: &[(usize, (Hmm, Hmm))],
        notes: &BTreeMap<usize, usize>,
        (top, bottom): (Hmm, Hmm),
        lane: &str,
    ) -> Vec<Item> {
        let mut taken: Vec<Rect> = Vec::new();
        let marks: Vec<Rect> = heads.iter().map(|(_, (x, y))| Rect::new(x - 80, y - 80, x + 80, y + 80)).collect();
        let mut list = Vec::new();
        let mut numbers = Vec::new();
        for (index, at) in heads {
            let entry = &self.entries[*index];
            let colour = entry.kind.colour();
            let fill =
                if entry.when.is_day() { Fill::Solid(colour, 100) } else { Fill::Solid(super::style::PAPER, 100) };
            let r = 62;
            let items = vec![match outline(entry.kind.shape(), *at, r) {
                Some(points) => Item::Area(points, fill, Some(Stroke::new(colour, LINE * 2 / 3))),
                None => Item::Circle(*at, r, fill, Some(Stroke::new(colour, LINE * 2 / 3))),
            }];
            if let Some(number) = notes.get(index)
                && let Some(text) = self.number(*number, *at, (top, bottom), (&taken, &marks))
            {
                taken.push(text.bounds());
                numbers.push(Item::Text(text));
            }
            let group = Group {
                role: Some("listitem"),
                id: Some(entry.event.uid.clone()),
                name: Some(entry.name.clone()),
                link: self.options.link.as_ref().map(|t| t.replace("{uid}", &entry.event.uid)),
                class: None,
            };
            list.push(Item::Group(group, items));
        }
        let group = Group { role: Some("list"), name: Some(lane.to_string()), ..Group::default() };
        let mut items = vec![Item::Group(group, list)];
        items.extend(numbers);
        items
    }

    /// The number of an event near its marker: off the other numbers (`taken`), and off the markers where it can.
    fn number(
        &self,
        number: usize,
        at: (Hmm, Hmm),
        (top, bottom): (Hmm, Hmm),
        (taken, marks): (&[Rect], &[Rect]),
    ) -> Option<Text> {
        let size = self.sizes.axis;
        let text = Text::line(0, 0, size, number.to_string()).face(Face::Bold);
        let (width, step) = (text.width(), size * 138 / 100);
        let aside = Sizes::baseline(at.1, size);
        let page = Rect::new(self.scale.x0 + 20, top - 60, self.scale.x1, bottom + 200);
        let covered = |t: &Text| {
            let b = t.bounds();
            let ink = Rect::new(b.x0, b.y0 + size * 35 / 100, b.x1, b.y1 - size * 29 / 100);
            marks.iter().filter(|m| m.overlaps(&ink)).count()
        };
        // `min_by_key` takes the first of equals: the nearest.
        (1..8)
            .flat_map(|n| {
                let up = (at.0 - width / 2, at.1 - 95 - step * (n - 1));
                let down = (at.0 - width / 2, at.1 + 95 + size * 75 / 100 + step * (n - 1));
                [up, (at.0 + 110, aside), (at.0 - 110 - width, aside), down]
            })
            .map(|(x, y)| Text { x, y, ..text.clone() })
            .filter(|t| page.contains(&t.bounds()) && !taken.iter().any(|o| o.overlaps(&t.bounds())))
            .min_by_key(covered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_leans_to_the_scores_and_ends_where_evidence_does() {
        let scale = Scale { first: 0, last: 7999, x0: 0, x1: 1000 };
        let good = Point { score: 9.5, first: 1000, last: 1000 };
        let bad = Point { score: -9.0, first: 6000, last: 6030 };
        let all = curves(&[good, good, good, bad], &scale);
        assert_eq!(all.len(), 2, "two stretches of evidence");
        let peak = all[0].mean.iter().map(|p| p.1).fold(f64::MIN, f64::max);
        assert!(peak > 7.0 && peak < 9.5, "{peak}");
        assert!(all[1].mean.iter().all(|p| p.1 < 0.0));
        for curve in &all {
            for ((low, mean), high) in curve.low.iter().zip(&curve.mean).zip(&curve.high) {
                assert!(low.1 <= mean.1 && mean.1 <= high.1);
            }
        }
    }
}
