//! Chart A: events on lanes over time.
//!
//! [`timeline`] makes the events ready, finds the period and the crowded part, decides which events get a label, a
//! number or a mere mark within the height allowed, and composes the page. Pure: the same events and options give the
//! same scene.

use super::axis::Scale;
use super::caption::{Counts, caption};
use super::entry::Entry;
use super::focus::focus;
use super::font::{Face, wrap};
use super::lane::LanePlan;
use super::legend::{self, Numbered};
use super::panel::{Blocks, Frame, Panel, Show};
use super::scene::{Hmm, Item, Scene, Text};
use super::style::{GREY, Kind, RADIUS, Sizes};
use super::when::{Day, calendar, number};
use super::words::Words;
use super::{Figure, Row};
use crate::date::{NaiveDate, Span};
use crate::merge::Event;
use crate::{Error, Result};
use chrono::{Datelike, Months};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// Wider pages have a column for the names of lanes.
const COLUMN_FROM: Hmm = 14_000;
/// Width of that column at most.
const COLUMN: Hmm = 2_000;
/// More labels than this no reader takes in; the least salient go without.
const MOST_LABELS: usize = 1_200;

/// What a timeline is asked to be.
#[derive(Clone, Debug)]
pub struct TimelineOptions {
    /// The period drawn; open ends are taken from the events.
    pub period: Span,
    /// Width of the page.
    pub width: Hmm,
    /// Height not to be exceeded while there is another way; `None` for as high as it gets.
    pub max_height: Option<Hmm>,
    /// Size of labels in points.
    pub label_points: f64,
    /// Printed above the figure, if given.
    pub title: Option<String>,
    /// The lanes.
    pub plan: LanePlan,
    /// The words.
    pub words: Words,
    /// Only so many events, the most salient ones.
    pub top: Option<usize>,
    /// Whether a crowded part is shown larger in a second panel.
    pub focus: bool,
    /// Link of an event, with `{uid}` in it.
    pub link: Option<String>,
    /// The question that was asked, noted in the metadata.
    pub query: String,
}

impl TimelineOptions {
    /// A page so wide and at most 225 mm high; labels of 6.5 points, on narrow pages of 6.
    pub fn new(plan: LanePlan, words: Words, width: Hmm) -> Self {
        TimelineOptions {
            period: Span::default(),
            width,
            max_height: Some(22_500),
            label_points: if width < 11_000 { 6.0 } else { 6.5 },
            title: None,
            plan,
            words,
            top: None,
            focus: true,
            link: None,
            query: String::new(),
        }
    }

    fn check(&self) -> Result<()> {
        if !(5.0..=40.0).contains(&self.label_points) {
            return Err(Error::Usage(format!(
                "a font size of {} pt cannot be printed: choose 5 to 40 points",
                self.label_points
            )));
        }
        if !(6_000..=200_000).contains(&self.width) {
            return Err(Error::Usage(format!("a width of {} mm is outside 60 mm to 2000 mm", self.width / 100)));
        }
        Ok(())
    }
}

/// Draws a timeline of these events.
///
/// # Errors
/// [`Error::Usage`] when the width or the font size is out of range.
pub fn timeline(events: &[Event], options: &TimelineOptions) -> Result<Figure> {
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

/// The days drawn: those asked for, where open those of the events. Dates known within a year count first, so that an
/// open or century-wide date does not stretch the axis.
fn period(entries: &[Entry<'_>], asked: Span) -> Option<(Day, Day)> {
    let (from, to) = (asked.earliest.map(number), asked.latest.map(number));
    let reach = |fine: bool| {
        let within = |d: Day| from.is_none_or(|f| d >= f) && to.is_none_or(|t| d <= t);
        let days: Vec<Day> = entries
            .iter()
            .filter(|e| !fine || matches!(e.when.reach(), (Some(a), Some(b)) if b - a <= 370))
            .flat_map(|e| [e.when.reach().0, e.when.reach().1])
            .flatten()
            .filter(|d| within(*d))
            .collect();
        Some((*days.iter().min()?, *days.iter().max()?))
    };
    if let (Some(a), Some(b)) = (from, to) {
        return Some((a, b.max(a)));
    }
    let (mut a, mut b) = reach(true).or_else(|| reach(false))?;
    // A coarse date asks for no more of the axis than touches it.
    for (first, last) in entries.iter().map(|e| e.when.reach()) {
        b = b.max(first.filter(|d| to.is_none_or(|t| *d <= t)).unwrap_or(b));
        a = a.min(last.filter(|d| from.is_none_or(|f| *d >= f)).unwrap_or(a));
    }
    let (wide_a, wide_b) = rounded(a, b);
    Some((from.unwrap_or(wide_a), to.unwrap_or(wide_b)))
}

/// Whole years for long spans, whole months for shorter ones, a few days around the shortest.
fn rounded(a: Day, b: Day) -> (Day, Day) {
    let (first, last) = (calendar(a), calendar(b));
    let month = |d: NaiveDate| NaiveDate::from_ymd_opt(d.year(), d.month(), 1).unwrap_or(d);
    match b - a {
        0..=12 => (a - 2, b + 2),
        13..=800 => {
            let next = month(last).checked_add_months(Months::new(1)).unwrap_or(last);
            (number(month(first)), number(next) - 1)
        }
        _ => {
            let start = NaiveDate::from_ymd_opt(first.year(), 1, 1).unwrap_or(first);
            let end = NaiveDate::from_ymd_opt(last.year(), 12, 31).unwrap_or(last);
            (number(start), number(end))
        }
    }
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
    options: &'a TimelineOptions,
}

impl<'a> Page<'a> {
    fn new(
        entries: &'a [Entry<'a>],
        inside: Vec<usize>,
        rank: Vec<usize>,
        (first, last): (Day, Day),
        options: &'a TimelineOptions,
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
        keys.extend(["key", "density"]);
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

fn column_width(entries: &[Entry<'_>], inside: &[usize], names: &[String], sizes: &Sizes) -> Hmm {
    let used: BTreeSet<usize> = inside.iter().map(|i| entries[*i].lane).collect();
    let widest = |name: &String| {
        let lines = wrap(name, Face::Bold, sizes.lane, COLUMN * sizes.lane / 247);
        lines.iter().map(|l| Face::Bold.width(l, sizes.lane)).max().unwrap_or(0)
    };
    used.iter().filter_map(|lane| names.get(*lane)).map(widest).max().unwrap_or(0) + 20
}

/// Draws the title, if one is asked for; returns where the next thing begins.
fn title(options: &TimelineOptions, sizes: &Sizes, scene: &mut Scene) -> Hmm {
    let Some(title) = options.title.as_ref().map(|t| super::font::clean(t)).filter(|t| !t.is_empty()) else {
        return 60;
    };
    let lines = wrap(&title, Face::Bold, sizes.title, options.width - 40);
    let leading = sizes.title * 125 / 100;
    let height = sizes.title * 138 / 100 + leading * (lines.len() as Hmm - 1);
    scene.push(Item::Text(Text::block(20, 60 + sizes.title * 107 / 100, sizes.title, leading, lines).face(Face::Bold)));
    60 + height + 80
}

/// A page with its names and metadata, still without items and height.
fn page(options: &TimelineOptions, events: &[Event], caption: &str, days: Option<(Day, Day)>) -> Scene {
    let words = &options.words;
    let name = days.map_or_else(
        || words.fill("title_empty", &[]),
        |(a, b)| {
            let year = |d: Day| calendar(d).year().to_string();
            words.fill("title", &[("from", &year(a)), ("to", &year(b))])
        },
    );
    Scene {
        width: options.width,
        height: 0,
        title: options.title.clone().unwrap_or(name),
        description: caption.to_string(),
        metadata: vec![
            ("program", format!("dateline {}", env!("CARGO_PKG_VERSION"))),
            ("query", options.query.clone()),
            ("data-sha256", data_hash(events)),
        ],
        lang: words.lang.clone(),
        items: Vec::new(),
    }
}

/// SHA-256 over what is drawn: identifiers, dates and headlines in the order given.
fn data_hash(events: &[Event]) -> String {
    let mut hasher = Sha256::new();
    for event in events {
        for part in [&event.uid, &event.date.edtf, &event.headline] {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
    }
    hasher.finalize().iter().map(|b| format!("{b:02x}")).collect()
}

/// An honest figure without events: it says why there are none.
fn empty(events: &[Event], options: &TimelineOptions, counts: &Counts) -> Figure {
    let words = &options.words;
    let n = counts.events.to_string();
    let reason = if counts.events == 0 {
        words.fill("no_events", &[])
    } else if counts.undated == counts.events {
        words.fill("undated_only", &[("n", &n)])
    } else {
        words.fill("outside_only", &[("n", &n)])
    };
    let sizes = Sizes::new(options.label_points);
    let mut scene = page(options, events, &reason, None);
    let y = title(options, &sizes, &mut scene) + 400;
    let lines = wrap(&reason, Face::Regular, sizes.lane, options.width - 200);
    let height = sizes.row * lines.len() as Hmm;
    scene.push(Item::Text(Text::block(100, y, sizes.lane, sizes.row, lines).colour(GREY)));
    scene.height = y + height + 300;
    Figure { scene, caption: reason, rows: Vec::new() }
}
