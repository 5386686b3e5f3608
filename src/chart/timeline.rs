//! Chart A: events on lanes over time.
//!
//! [`timeline`] makes the events ready, finds the period and the crowded part, decides which events get a label, a
//! number or a mere mark within the height allowed, and composes the page. Pure: the same events and options give the
//! same scene.

use super::axis::Scale;
use super::caption::{Counts, caption};
use super::entry::Entry;
use super::focus::focus;
use super::legend::{self, Numbered};
use super::options::Options;
use super::page::{COLUMN_FROM, column_width, empty, page, period, title};
use super::panel::{Blocks, Frame, Panel, Show};
use super::scene::{Hmm, Scene};
use super::style::{Kind, RADIUS, Sizes};
use super::when::Day;
use super::{Figure, Row};
use crate::Result;
use crate::merge::Event;
use std::collections::{BTreeMap, BTreeSet};

/// More labels than this no reader takes in; the least salient go without.
const MOST_LABELS: usize = 1_200;

/// Draws a timeline of these events.
///
/// # Errors
/// [`Error::Usage`] when the width or the font size is out of range.
pub fn timeline(events: &[Event], options: &Options) -> Result<Figure> {
    options.check()?;
    let mut ready: Vec<Entry<'_>> = events.iter().map(|e| Entry::new(e, &options.plan, &options.words)).collect();
    ready.sort_by(|a, b| a.order().cmp(&b.order()));
    let mut counts = Counts { events: ready.len(), ..Counts::default() };
    counts.undated = ready.iter().filter(|e| e.when.middle().is_none()).count();
    let Some((first, last)) = period(&ready, options.period) else {
        return Ok(empty(events, options, &counts));
    };
    let touches = |e: &Entry<'_>| {
        let (a, b) = e.when.reach();
        e.when.middle().is_some() && a.is_none_or(|d| d <= last) && b.is_none_or(|d| d >= first)
    };
    let mut inside: Vec<usize> = (0..ready.len()).filter(|i| touches(&ready[*i])).collect();
    counts.outside = ready.len() - counts.undated - inside.len();
    let rank = ranking(&ready, &inside);
    if let Some(top) = options.top.filter(|n| *n < inside.len()) {
        counts.left_out = inside.len() - top;
        let keep: BTreeSet<usize> = rank.iter().take(top).copied().collect();
        inside.retain(|i| keep.contains(i));
    }
    if inside.is_empty() {
        return Ok(empty(events, options, &counts));
    }
    let rank: Vec<usize> = rank.into_iter().filter(|i| inside.binary_search(i).is_ok()).collect();
    let page = |focus| Page::new(&ready, inside.clone(), rank.clone(), (first, last), options, focus);
    let focused = page(options.focus);
    let best = focused.best();
    if best.labelled < rank.len() && focused.window.is_some() {
        // A second panel costs height: where labels are missing for want of it, one panel may show more.
        let single = page(false);
        let trial = single.best();
        if trial.labelled > best.labelled {
            return Ok(single.compose(trial, events, counts));
        }
    }
    Ok(focused.compose(best, events, counts))
}

/// Entries from the most to the least salient.
fn ranking(entries: &[Entry<'_>], inside: &[usize]) -> Vec<usize> {
    let mut rank = inside.to_vec();
    rank.sort_by(|a, b| entries[*b].event.salience.total_cmp(&entries[*a].event.salience).then(a.cmp(b)));
    rank
}

/// One way to show the events: how each appears on the main panel and on the enlarged one.
struct Trial {
    main: Panel,
    detail: Option<Panel>,
    numbered: Vec<Numbered>,
    labelled: usize,
    marked: usize,
    height: Hmm,
}

impl Trial {
    fn keys(&self) -> BTreeSet<&'static str> {
        let mut keys = self.main.keys.clone();
        keys.extend(self.detail.iter().flat_map(|d| d.keys.iter().copied()));
        keys
    }

    fn has_cells(&self) -> bool {
        self.main.has_cells() || self.detail.as_ref().is_some_and(Panel::has_cells)
    }
}

struct Page<'a> {
    entries: &'a [Entry<'a>],
    inside: Vec<usize>,
    rank: Vec<usize>,
    scale: Scale,
    window: Option<(Day, Day)>,
    detailed: BTreeSet<usize>,
    names: Vec<String>,
    column: Option<Hmm>,
    sizes: Sizes,
    blocks: Blocks,
    options: &'a Options,
}

impl<'a> Page<'a> {
    fn new(
        entries: &'a [Entry<'a>],
        inside: Vec<usize>,
        rank: Vec<usize>,
        (first, last): (Day, Day),
        options: &'a Options,
        focused: bool,
    ) -> Self {
        let sizes = Sizes::new(options.label_points);
        let names: Vec<String> = options.plan.lanes.iter().map(|l| super::font::clean(&l.name)).collect();
        let column = (options.width >= COLUMN_FROM).then(|| column_width(entries, &inside, &names, &sizes));
        let x0 = column.map_or(350, |c| c + 150 + RADIUS);
        let scale = Scale { first, last, x0, x1: options.width - 120 };
        let shown: Vec<&Entry<'_>> = inside.iter().map(|i| &entries[*i]).collect();
        let window = focused.then(|| focus(&shown, &scale)).flatten();
        let within = |i: &usize| match (window, entries[*i].when.reach()) {
            (Some((a, b)), (Some(first), Some(last))) => first >= a && last <= b,
            _ => false,
        };
        let detailed = inside.iter().copied().filter(within).collect();
        let labelled: Vec<usize> = rank.iter().copied().take(MOST_LABELS).collect();
        let room = options.width - 60 - x0 - 100;
        let blocks = Blocks::new(entries, &labelled, &sizes, room.min(12_000 * sizes.label / 229));
        Page { entries, inside, rank, scale, window, detailed, names, column, sizes, blocks, options }
    }

    fn frame<'f>(&'f self, link: &'f dyn Fn(&str) -> Option<String>) -> Frame<'f> {
        let left = self.column.map_or(100, |c| c + 100);
        Frame {
            sizes: self.sizes,
            room: (left, self.options.width - 60),
            names: &self.names,
            column: self.column,
            words: &self.options.words,
            mark_single: self.options.mark_single,
            link,
        }
    }

    /// Plans the page with the `labelled` most salient events labelled, the rest numbered or marked.
    fn trial(&self, labelled: usize, number_rest: bool, frame: &Frame<'_>) -> Trial {
        let chosen: BTreeSet<usize> = self.rank.iter().copied().take(labelled).collect();
        let mut numbered = Vec::new();
        let (mut main, mut detail) = (Vec::new(), Vec::new());
        let mut marked = 0;
        for index in &self.inside {
            let show = if chosen.contains(index) {
                Show::Label
            } else if number_rest {
                let entry = &self.entries[*index];
                let number = numbered.len() + 1;
                let text = format!("{}  {}", entry.event.date.edtf, entry.label);
                numbered.push(Numbered { number, text, face: entry.face });
                Show::Key(number)
            } else {
                marked += 1;
                Show::Mark
            };
            if self.detailed.contains(index) {
                main.push((*index, Show::Mark));
                detail.push((*index, show));
            } else {
                main.push((*index, show));
            }
        }
        let main = Panel::plan(self.entries, &main, self.scale, frame, &self.blocks);
        let detail = self.window.map(|(first, last)| {
            let scale = Scale { first, last, ..self.scale };
            Panel::plan(self.entries, &detail, scale, frame, &self.blocks)
        });
        let list = legend::numbered(&numbered, 0, self.options.width, &self.sizes).height;
        let detail_height = detail.as_ref().map_or(0, |p| p.height + 250);
        let height = main.height + detail_height + if list > 0 { list + 200 } else { 0 };
        Trial { main, detail, labelled: chosen.len(), numbered, marked, height }
    }

    /// The trial that shows the most within the height allowed.
    fn best(&self) -> Trial {
        let frame = &self.frame(&|_| None);
        let all = self.rank.len().min(MOST_LABELS);
        let first = self.trial(all, false, frame);
        let room = self.options.max_height.map_or(Hmm::MAX, |h| h - self.head_height(&first) - 300);
        if first.height <= room {
            return first;
        }
        let numbered = if self.rank.len() <= MOST_LABELS / 4 { self.most(true, room, all, frame) } else { None };
        let marked = self.most(false, room, all, frame);
        match (numbered, marked) {
            (Some(n), Some(m)) if n.labelled * 2 >= m.labelled => n,
            (n, m) => m.or(n).unwrap_or_else(|| self.trial(0, false, frame)),
        }
    }

    /// The most labels with which the page fits.
    fn most(&self, number_rest: bool, room: Hmm, all: usize, frame: &Frame<'_>) -> Option<Trial> {
        let mut best: Option<Trial> = None;
        let (mut low, mut high) = (0, all.min((room / self.sizes.row).max(1) as usize * 6));
        while low <= high {
            let middle = (low + high) / 2;
            let trial = self.trial(middle, number_rest, frame);
            if trial.height <= room {
                best = Some(trial);
                low = middle + 1;
            } else if middle == 0 {
                break;
            } else {
                high = middle - 1;
            }
        }
        best
    }

    /// What stands above the panels, with every entry that the legend may need.
    fn head_height(&self, trial: &Trial) -> Hmm {
        let mut scene = Scene::default();
        let mut keys = trial.keys();
        keys.extend(["key", "density", "focus"]);
        self.header(&keys, &mut scene)
    }

    fn compose(&self, trial: Trial, events: &[Event], mut counts: Counts) -> Figure {
        let template = self.options.link.clone();
        let link = move |uid: &str| template.as_ref().map(|t| t.replace("{uid}", uid));
        let frame = self.frame(&link);
        counts.labelled = trial.labelled;
        counts.numbered = trial.numbered.len();
        counts.marked = trial.marked;
        counts.shortened = trial.main.shortened + trial.detail.as_ref().map_or(0, |d| d.shortened);
        counts.enlarged = trial.detail.as_ref().map_or(0, |_| self.detailed.len());
        counts.imprecise = self.inside.iter().filter(|i| !self.entries[**i].when.is_day()).count();
        counts.lanes = self.inside.iter().map(|i| self.entries[*i].lane).collect::<BTreeSet<_>>().len();
        let days = (self.scale.first, self.scale.last);
        let caption = caption(&counts, Some(days), &self.options.words);
        let mut scene = page(self.options, events, &caption, Some(days));
        let mut keys = trial.keys();
        keys.extend((!trial.numbered.is_empty()).then_some("key"));
        keys.extend(trial.has_cells().then_some("density"));
        keys.extend(trial.detail.is_some().then_some("focus"));
        let mut y = self.header(&keys, &mut scene);
        let letters = trial.detail.is_some();
        let home_main = |i: usize| !self.detailed.contains(&i);
        let letter = letters.then_some('a');
        scene.items.extend(trial.main.draw(y, self.entries, &frame, letter, self.window, &home_main));
        y += trial.main.height;
        if let Some(detail) = &trial.detail {
            y += 250;
            scene.items.extend(detail.draw(y, self.entries, &frame, Some('b'), None, &|_| true));
            y += detail.height;
        }
        if !trial.numbered.is_empty() {
            let list = legend::numbered(&trial.numbered, y + 150, self.options.width, &self.sizes);
            scene.items.extend(list.items);
            y += 150 + list.height;
        }
        scene.height = y + 100;
        Figure { scene, caption, rows: self.rows(&trial) }
    }

    /// Title and legend; returns the height where the first panel begins.
    fn header(&self, keys: &BTreeSet<&'static str>, scene: &mut Scene) -> Hmm {
        let mut y = title(self.options, &self.sizes, scene);
        let kinds: BTreeSet<Kind> = self.inside.iter().map(|i| self.entries[*i].kind).collect();
        let legend = legend::legend(&kinds, keys, y, self.options.width, &self.sizes, &self.options.words);
        y += legend.height;
        scene.items.extend(legend.items);
        y + 120
    }

    fn rows(&self, trial: &Trial) -> Vec<Row> {
        let labelled: BTreeSet<usize> = self.rank.iter().copied().take(trial.labelled).collect();
        let numbers: BTreeMap<usize, usize> =
            self.inside.iter().filter(|i| !labelled.contains(i)).enumerate().map(|(n, i)| (*i, n + 1)).collect();
        let row = |index: &usize| {
            let entry = &self.entries[*index];
            let shown = if labelled.contains(index) {
                "label".to_string()
            } else if trial.numbered.is_empty() {
                "mark".to_string()
            } else {
                format!("number {}", numbers.get(index).copied().unwrap_or(0))
            };
            Row::new(entry, self.names.get(entry.lane).map_or("", String::as_str), shown)
        };
        self.inside.iter().map(row).collect()
    }
}
