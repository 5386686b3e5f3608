//! Chart B: how a relation went, as the mean score of its events over time.
//!
//! One panel a relation, all with the same scale (PLOVER, −10 to +10; [`crate::event::EventType::score`]). Thin stems
//! are the events; the line is their mean under a Gaussian window; the band is what remains uncertain: 90 per cent of
//! repeated draws, in each of which the events are resampled and their days drawn from the interval they are known to.
//! The draws are seeded: the same events give the same band. Half an event of weight at zero keeps a lone event from
//! standing for a year. What has not happened (planned, possible, denied) and what has no score is left out and counted.

use super::Figure;
use super::axis::{Axis, Scale};
use super::curve::{Point, curves};
use super::entry::Entry;
use super::font::{Face, wrap};
use super::legend::{self, Numbered, Used};
use super::options::Options;
use super::page::{COLUMN_FROM, column_width, empty, empty_because, page, split, title};
use super::panel::event_group;
use super::plot::{Frame, Plot, label_room};
use super::ready::Ready;
use super::scene::{Colour, Fill, Group, Hmm, Item, Rect, Scene, Stroke, Text};
use super::style::{GREY, INK, LINE, PAPER, RULE, Sizes, outline};
use super::when::{Day, calendar};
use super::words::grouped;
use crate::Result;
use crate::event::{EventType, Modality};
use crate::merge::Event;
use std::collections::{BTreeMap, BTreeSet};

/// Relations on one figure.
const PANELS: usize = 6;
/// Stems in one panel at most: of more, the most salient are drawn, and all count for the line.
const STEMS: usize = 80;
/// Numbered events in one panel.
const NOTES: usize = 4;
const STEM: Colour = Colour(0xB0B0B0);
/// Space between panels.
const BETWEEN: Hmm = 260;
/// Height of a panel: as a rule, on pages without a column for names, and at least.
const HEIGHTS: [Hmm; 3] = [1500, 1600, 1000];
/// Room for the labels of the y axis at 6.5 points.
const LABELS: Hmm = 520;

/// Draws the mean score of each relation over time.
///
/// # Errors
/// As [`super::timeline`].
pub fn relations(events: &[Event], options: &Options) -> Result<Figure> {
    let plan = &options.plan;
    let relation = |e: &Entry<'_>| Some(e.lane) != plan.domestic && e.lane != plan.other;
    let ready = Ready::new(events, options, |e, days| relation(e) && point(e, days).is_some())?;
    let Some(days) = ready.drawn_days() else {
        return Ok(match ready.counts.unfit {
            0 => empty(events, options, &ready.counts),
            _ => empty_because(events, options, &options.words.fill("no_scores", &[])),
        });
    };
    let mut ready = ready;
    let panels = choose(&ready);
    let before = ready.inside.len();
    ready.inside = panels.iter().flat_map(|(_, list)| list.iter().copied()).collect();
    ready.inside.sort_unstable();
    ready.counts.unfit += before - ready.inside.len();
    ready.counts.imprecise = ready.inside.iter().filter(|i| !ready.entries[**i].when.is_day()).count();
    let stems: usize = panels.iter().map(|(_, list)| list.len().min(STEMS)).sum();
    let caption = caption(&ready, (panels.len(), stems), days, options);
    let column = (options.width >= COLUMN_FROM).then(|| column_width(&ready) + 60);
    let (first, last) = days;
    let scale =
        Scale { first, last, x0: column.unwrap_or(0) + label_room(LABELS, &ready.sizes) + 60, x1: options.width - 120 };
    let chart = Chart { ready: &ready, scale, sizes: ready.sizes, column, options };
    let blank = || page(options, events, &caption, Some(days));
    let mut scenes = chart.draw(&panels, &blank)?.into_iter();
    let rows = ready.rows(|i| format!("score {:+.1}", score(&ready.entries[i]).unwrap_or(0.0)));
    Ok(Figure { rows, scene: scenes.next().unwrap_or_default(), more: scenes.collect(), caption })
}

/// The score of an event that happened and has one.
fn score(entry: &Entry<'_>) -> Option<f64> {
    let happened = matches!(entry.event.modality, Modality::Asserted | Modality::Reported | Modality::Ongoing);
    let scored = !matches!(entry.event.kind, EventType::Statement | EventType::Other);
    (happened && scored).then(|| entry.event.kind.score())
}

/// An event's score and its days on the axis.
fn point(entry: &Entry<'_>, days: (Day, Day)) -> Option<Point> {
    let (first, last) = entry.days(days)?;
    Some(Point { score: score(entry)?, first, last })
}

/// The relations with the most scored events, in the order of the lanes, each with its events.
fn choose(ready: &Ready<'_>) -> Vec<(usize, Vec<usize>)> {
    let mut lanes: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for index in &ready.inside {
        lanes.entry(ready.entries[*index].lane).or_default().push(*index);
    }
    let mut all: Vec<(usize, Vec<usize>)> = lanes.into_iter().collect();
    all.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(&b.0)));
    all.truncate(PANELS);
    all.sort_by_key(|(lane, _)| *lane);
    all
}

fn caption(ready: &Ready<'_>, (panels, stems): (usize, usize), days: (Day, Day), options: &Options) -> String {
    let (words, counts) = (&options.words, &ready.counts);
    let drawn = ready.inside.len();
    let rest = counts.events - drawn - counts.left_out;
    let mut out = words.fill(
        "relations_caption",
        &[
            ("events", &words.events(drawn)),
            ("lanes", &panels.to_string()),
            ("from", &calendar(days.0).to_string()),
            ("to", &calendar(days.1).to_string()),
            ("n", &grouped(counts.imprecise)),
            ("rest", &grouped(rest)),
        ],
    );
    let mut add = |key: &str, n: usize| {
        out.push(' ');
        out.push_str(&words.fill(key, &[("n", &grouped(n))]));
    };
    add("relations_scale", 0);
    if stems < drawn {
        add("relations_stems", stems);
    }
    if counts.left_out > 0 {
        add("left_out", counts.left_out);
    }
    out
}

struct Chart<'a> {
    ready: &'a Ready<'a>,
    scale: Scale,
    sizes: Sizes,
    column: Option<Hmm>,
    options: &'a Options,
}

/// An entry and the place of its marker.
type Head = (usize, (Hmm, Hmm));

/// What a panel is drawn with: its lane, events, upper and lower edge.
type Placed<'p> = (usize, &'p [usize], (Hmm, Hmm));

impl Chart<'_> {
    /// Draws the panels on as many pages as they need.
    fn draw(&self, panels: &[(usize, Vec<usize>)], blank: &dyn Fn() -> Scene) -> Result<Vec<Scene>> {
        let (sizes, options) = (&self.sizes, self.options);
        let axis = Axis::new(self.scale, *sizes, &options.words);
        let notes = self.notes(panels);
        let mut first = blank();
        let start = self.header(panels, &mut first) + axis.height();
        let head = if self.column.is_some() { 0 } else { sizes.row * 13 / 10 };
        let list = |part: &[(usize, Vec<usize>)]| {
            let mut shown: Vec<(usize, usize)> = notes
                .iter()
                .filter(|(index, _)| part.iter().any(|(_, list)| list.contains(index)))
                .map(|(index, number)| (*number, *index))
                .collect();
            shown.sort_unstable();
            let line = |(number, index): (usize, usize)| {
                let entry = &self.ready.entries[index];
                Numbered { number, text: entry.line(), face: entry.face() }
            };
            shown.into_iter().map(line).collect::<Vec<_>>()
        };
        let list_height = |part: &[(usize, Vec<usize>)]| legend::numbered(&list(part), 0, options.width, sizes).height;
        let room = options.max_height.map_or(Hmm::MAX / 2, |h| h - 250);
        // Panels shrink before they go to another page.
        let [usual, narrow, least] = HEIGHTS;
        let usual = if self.column.is_some() { usual } else { narrow };
        let n = panels.len() as Hmm;
        let spare = room - start - list_height(panels) - n * (head + BETWEEN);
        let height = (spare / n.max(1)).clamp(least, usual);
        let need = |part: &[(usize, Vec<usize>)]| part.len() as Hmm * (head + height + BETWEEN) + list_height(part);
        let parts = split(panels, room - start, room - axis.height() - 60, need);
        let mut scenes = Vec::new();
        for (n, part) in parts.into_iter().enumerate() {
            let (mut scene, top) =
                if n == 0 { (std::mem::take(&mut first), start) } else { (blank(), axis.height() + 60) };
            let bottom = top + part.len() as Hmm * (head + height + BETWEEN) - BETWEEN;
            scene.items.extend(axis.grid(top, bottom));
            scene.items.extend(axis.draw(top));
            let mut at = top;
            for (lane, list) in part {
                scene.items.extend(self.panel((*lane, list, (at + head, at + head + height)), &notes)?);
                at += head + height + BETWEEN;
            }
            let list = legend::numbered(&list(part), bottom + 200, options.width, sizes);
            scene.height = bottom + 200 + list.height + 100;
            scene.items.extend(list.items);
            scenes.push(scene);
        }
        Ok(scenes)
    }

    /// Title, legend and what the line means; returns where the axis begins.
    fn header(&self, panels: &[(usize, Vec<usize>)], scene: &mut Scene) -> Hmm {
        let (sizes, words) = (&self.sizes, &self.options.words);
        let mut y = title(self.options, sizes, scene);
        let mut used = Used::default();
        for index in panels.iter().flat_map(|(_, list)| list) {
            let entry = &self.ready.entries[*index];
            used.kinds.insert(entry.kind);
            used.keys.insert(if entry.when.is_day() { "day" } else { "hollow" });
            used.keys.extend((self.options.mark_single && entry.is_single()).then_some("single_source"));
        }
        let legend = legend::legend(&used, y, self.options.width, sizes, words, self.options.palette);
        scene.items.extend(legend.items);
        y += legend.height;
        let note = wrap(&words.fill("relations_scale", &[]), Face::Regular, sizes.legend, self.options.width - 60);
        let lines = note.len() as Hmm;
        let row = sizes.legend * 138 / 100;
        let base = Sizes::baseline(y + row / 2, sizes.legend);
        scene.push(Item::Text(Text::block(20, base, sizes.legend, row, note).colour(GREY)));
        y + row * lines + 120
    }

    /// The events that are numbered: of each relation those with the greatest score by salience, in order of time.
    fn notes(&self, panels: &[(usize, Vec<usize>)]) -> BTreeMap<usize, usize> {
        let mut chosen = BTreeSet::new();
        for (_, list) in panels {
            let entry = |i: &usize| &self.ready.entries[*i];
            let weight = |i: &usize| score(entry(i)).unwrap_or(0.0).abs() * entry(i).event.salience;
            let mut list = list.clone();
            list.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then(a.cmp(b)));
            chosen.extend(list.into_iter().take(NOTES));
        }
        chosen.into_iter().enumerate().map(|(n, index)| (index, n + 1)).collect()
    }

    fn panel(&self, (lane, list, (top, bottom)): Placed<'_>, notes: &BTreeMap<usize, usize>) -> Result<Vec<Item>> {
        let entries = &self.ready.entries;
        let name = self.ready.name(lane);
        let heading = self.name(name, top);
        let named = heading.bounds();
        let mut items = vec![Item::Text(heading)];
        let days = (self.scale.first, self.scale.last);
        let points: Vec<Point> = list.iter().filter_map(|i| point(&entries[*i], days)).collect();
        let frame =
            Frame { scale: self.scale, top, bottom, labels: label_room(LABELS, &self.sizes), sizes: self.sizes };
        let label = |v: f64| match v.round() as i64 {
            0 => "0".to_string(),
            n if n > 0 => format!("+{n}"),
            n => format!("−{}", -n),
        };
        let [cooperation, conflict, _] = self.options.palette.lean();
        let mut plot = Plot::new(&frame, -11.0..11.0, 3, &label)?;
        let mut line = Vec::new();
        for curve in curves(&points, &self.scale) {
            let side =
                |of: &[(Day, f64)], keep: fn(f64) -> f64| of.iter().map(|(d, v)| (*d, keep(*v))).collect::<Vec<_>>();
            let up: fn(f64) -> f64 = |v| v.max(0.0);
            let down: fn(f64) -> f64 = |v| v.min(0.0);
            for (keep, colour) in [(up, cooperation), (down, conflict)] {
                plot.area(&side(&curve.mean, keep), 0.0, colour, 0.12)?;
                plot.band(&side(&curve.low, keep), &side(&curve.high, keep), colour, 0.22)?;
            }
            plot.line(&curve.mean, INK, 25)?;
            line.extend(curve.mean.iter().map(|(d, v)| plot.place(*d, *v)));
        }
        plot.stroke((self.scale.first, 0.0), (self.scale.last, 0.0), RULE, 14)?;
        let mut stems: Vec<usize> = list.to_vec();
        let salience = |i: &usize| entries[*i].event.salience;
        stems.sort_by(|a, b| salience(b).total_cmp(&salience(a)).then(a.cmp(b)));
        stems.truncate(STEMS);
        // What is numbered has a stem.
        stems.extend(list.iter().copied().filter(|i| notes.contains_key(i)));
        stems.sort_unstable();
        stems.dedup();
        let mut heads = Vec::new();
        for index in stems {
            let (Some(p), Some(value)) = (point(&entries[index], days), score(&entries[index])) else { continue };
            let day = p.first + (p.last - p.first) / 2;
            plot.stroke((day, 0.0), (day, value), STEM, 12)?;
            heads.push((index, plot.place(day, value)));
        }
        items.extend(plot.items());
        items.extend(self.heads((&heads, notes), (top, bottom), &line, (name, named)));
        Ok(items)
    }

    fn name(&self, name: &str, top: Hmm) -> Text {
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
        text.face(Face::Bold)
    }

    /// Markers at the ends of stems, and the numbers of those that the list explains.
    fn heads(
        &self,
        (heads, notes): (&[Head], &BTreeMap<usize, usize>),
        (top, bottom): (Hmm, Hmm),
        line: &[(Hmm, Hmm)],
        (lane, named): (&str, Rect),
    ) -> Vec<Item> {
        let mut taken: Vec<Rect> = vec![named];
        let mut avoid: Vec<Rect> = heads.iter().map(|(_, (x, y))| Rect::new(x - 80, y - 80, x + 80, y + 80)).collect();
        avoid.extend(line.iter().map(|(x, y)| Rect::new(x - 25, y - 25, x + 25, y + 25)));
        // Numbers stay within their panel and the space around it, and off the labels of the y axis.
        let page = Rect::new(self.scale.x0 + 20, top - 30, self.options.width - 20, bottom + 120);
        let mut list = Vec::new();
        let mut numbers = Vec::new();
        for (index, at) in heads {
            let entry = &self.ready.entries[*index];
            let colour = self.options.palette.kind(entry.kind);
            let fill = if entry.when.is_day() { colour } else { PAPER };
            let (fill, edge) = (Fill::Solid(fill, 100), Stroke::new(super::palette::edge(colour), LINE * 2 / 3));
            let mut items = vec![match outline(entry.kind.shape(), *at, 62) {
                Some(points) => Item::Area(points, fill, Some(edge)),
                None => Item::Circle(*at, 62, fill, Some(edge)),
            }];
            if self.options.mark_single && entry.is_single() {
                items.push(Item::Circle(*at, 110, Fill::None, Some(Stroke::new(INK, 12))));
            }
            if let Some(number) = notes.get(index)
                && let Some(text) = self.number(*number, *at, (top + bottom) / 2, &page, (&taken, &avoid))
            {
                taken.push(text.bounds());
                numbers.push(Item::Text(text));
            }
            list.push(Item::Group(event_group(entry, true), items));
        }
        let group = Group { role: Some("list"), name: Some(lane.to_string()), ..Group::default() };
        let mut items = vec![Item::Group(group, list)];
        items.extend(numbers);
        items
    }

    /// The number of an event near its marker: off the other numbers (`taken`), and off markers and the curve
    /// (`avoid`) where it can. Outwards first: there is least beside it.
    fn number(
        &self,
        number: usize,
        at: (Hmm, Hmm),
        zero: Hmm,
        page: &Rect,
        (taken, avoid): (&[Rect], &[Rect]),
    ) -> Option<Text> {
        let size = self.sizes.legend;
        let text = Text::line(0, 0, size, number.to_string()).face(Face::Bold);
        let (width, step) = (text.width(), size * 130 / 100);
        let aside = Sizes::baseline(at.1, size);
        // Clear of the marker, or of the ring around it.
        let off = if self.options.mark_single { 140 } else { 95 };
        let covered = |t: &Text| {
            let b = t.bounds();
            let ink = Rect::new(b.x0, b.y0 + size * 22 / 100, b.x1, b.y1 - size * 25 / 100);
            avoid.iter().filter(|m| m.overlaps(&ink)).count()
        };
        let out = if at.1 > zero { 1 } else { -1 };
        let near = (0..4).flat_map(|n| {
            let above = |way: Hmm, far: Hmm| match way {
                -1 => at.1 - off - step * far,
                _ => at.1 + off + size * 75 / 100 + step * far,
            };
            let (left, right) = (at.0 - off - width - n * 60, at.0 + off + n * 60);
            let middle = at.0 - width / 2;
            [
                (n * 100, (middle, above(out, n))),
                (n * 100 + 5, (right, aside)),
                (n * 100 + 8, (left, aside)),
                (n * 100 + 30, (right, above(out, n))),
                (n * 100 + 32, (left, above(out, n))),
                (n * 100 + 60, (middle, above(-out, n))),
            ]
        });
        // Where the neighbourhood is full: the free place nearest to it in the panel.
        let far = (1..60).flat_map(|n| {
            (-6..=6).flat_map(move |row| [n, -n].map(|side| (at.0 + side * (width + 30), aside + row * step)))
        });
        let fits = |(x, y): (Hmm, Hmm)| {
            let text = Text { x, y, ..text.clone() };
            let bounds = text.bounds();
            (page.contains(&bounds) && !taken.iter().any(|o| o.overlaps(&bounds))).then_some(text)
        };
        // A marker or the curve beneath it is as bad as so many steps away.
        let cost = |(far, place): (Hmm, (Hmm, Hmm))| fits(place).map(|t| (far + 130 * covered(&t) as Hmm, t));
        let near = near.filter_map(cost).min_by_key(|(cost, _)| *cost).map(|(_, text)| text);
        near.or_else(|| far.filter_map(fits).next())
    }
}
