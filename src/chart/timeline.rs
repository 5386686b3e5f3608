//! Chart A: events on lanes over time.
//!
//! [`timeline`] makes the events ready, finds the period and the crowded part, decides which events get a label, a
//! number or a mere mark within the height allowed, and composes the page. Pure: the same events and options give the
//! same scene.

use super::axis::Scale;
use super::caption::caption;
use super::entry::Entry;
use super::focus::focus;
use super::legend::{self, Numbered, Used};
use super::options::Options;
use super::page::{COLUMN_FROM, column_width, empty, page, title};
use super::panel::{Blocks, Frame, Panel, Show, Stock};
use super::ready::Ready;
use super::scene::{Hmm, Scene};
use super::style::{RADIUS, Sizes};
use super::when::Day;
use super::{Figure, Row};
use crate::Result;
use crate::merge::Event;

/// Events tried for the room that the most salient leave.
const MOST_TRIED: usize = 80;
/// Among more events than this, labels are for the most salient alone, and trials take long.
const CROWD: usize = 2_000;
/// More labels than this no reader takes in; the least salient go without.
const MOST_LABELS: usize = 1_200;
/// Space between the two panels.
const BETWEEN_PANELS: Hmm = 220;
/// Where the axis begins on further pages.
const TOP: Hmm = 60;

/// Draws a timeline of these events.
///
/// # Errors
/// [`Error::Usage`](crate::Error::Usage) when the width or the font size is out of range.
pub fn timeline(events: &[Event], options: &Options) -> Result<Figure> {
    let ready = Ready::new(events, options, |_, _| true)?;
    let Some(days) = ready.drawn_days() else {
        return Ok(empty(events, options, &ready.counts));
    };
    let rank = ready.ranking();
    let focused = Page::new(&ready, &rank, days, options, options.focus);
    let best = focused.best();
    if best.labelled == rank.len() || (focused.window.is_none() && !options.paged) {
        return Ok(focused.compose(best, events));
    }
    // A second panel costs height: where labels are missing for want of it, one panel may show more.
    let single = Page::new(&ready, &rank, days, options, false);
    let trial = single.best();
    if options.paged && trial.labelled < rank.len() {
        let whole = single.trial(rank.len().min(MOST_LABELS), false, &single.frame());
        return Ok(single.compose(whole, events));
    }
    if trial.labelled > best.labelled {
        return Ok(single.compose(trial, events));
    }
    Ok(focused.compose(best, events))
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
    /// What the legend explains.
    fn used(&self) -> Used {
        let mut used = self.main.used.clone();
        if let Some(detail) = &self.detail {
            used.keys.extend(detail.used.keys.iter().copied());
            used.kinds.extend(detail.used.kinds.iter().copied());
        }
        used.keys.extend((!self.numbered.is_empty()).then_some("key"));
        used.keys.extend(self.detail.is_some().then_some("focus"));
        used
    }
}

struct Page<'a> {
    ready: &'a Ready<'a>,
    rank: &'a [usize],
    days: (Day, Day),
    /// The glyphs on the main axis, and on that of the part shown larger.
    stocks: (Stock, Option<Stock>),
    window: Option<(Day, Day)>,
    /// By entry: whether it is shown larger.
    detailed: Vec<bool>,
    column: Option<Hmm>,
    sizes: Sizes,
    blocks: Blocks,
    options: &'a Options,
}

impl<'a> Page<'a> {
    fn new(
        ready: &'a Ready<'a>,
        rank: &'a [usize],
        (first, last): (Day, Day),
        options: &'a Options,
        focused: bool,
    ) -> Self {
        let (sizes, entries) = (ready.sizes, &ready.entries);
        let column = (options.width >= COLUMN_FROM).then(|| column_width(ready));
        let x0 = column.map_or(350, |c| c + 150 + RADIUS);
        let scale = Scale { first, last, x0, x1: options.width - 120 };
        let shown: Vec<&Entry<'_>> = ready.inside.iter().map(|i| &entries[*i]).collect();
        let window = focused.then(|| focus(&shown, &scale)).flatten();
        let within = |i: usize| match (window, entries[i].when.reach()) {
            (Some((a, b)), (Some(first), Some(last))) => first >= a && last <= b,
            _ => false,
        };
        let mut detailed = vec![false; entries.len()];
        ready.inside.iter().for_each(|i| detailed[*i] = within(*i));
        let main = Stock::new(entries, ready.inside.iter().copied(), scale);
        let detail = window.map(|(first, last)| {
            let which = ready.inside.iter().copied().filter(|i| detailed[*i]);
            Stock::new(entries, which, Scale { first, last, ..scale })
        });
        let labelled: Vec<usize> = rank.iter().copied().take(MOST_LABELS).collect();
        let room = options.width - 60 - x0 - 100;
        let blocks = Blocks::new(entries, &labelled, &sizes, room.min(12_000 * sizes.label / 229));
        let stocks = (main, detail);
        Page { ready, rank, days: (first, last), stocks, window, detailed, column, sizes, blocks, options }
    }

    fn frame(&self) -> Frame<'_> {
        let left = self.column.map_or(100, |c| c + 100);
        Frame {
            sizes: self.sizes,
            room: (left, self.options.width - 60),
            names: &self.ready.names,
            column: self.column,
            words: &self.options.words,
        }
    }

    /// Plans the page with the `most` most salient events labelled, the rest numbered or marked.
    fn trial(&self, most: usize, number_rest: bool, frame: &Frame<'_>) -> Trial {
        self.trial_of(self.rank.get(..most).unwrap_or(self.rank), number_rest, frame)
    }

    /// Plans the page with these events labelled, the rest numbered or marked.
    fn trial_of(&self, labelled: &[usize], number_rest: bool, frame: &Frame<'_>) -> Trial {
        let entries = &self.ready.entries;
        let mut chosen = vec![false; entries.len()];
        labelled.iter().for_each(|i| chosen[*i] = true);
        let mut numbered = Vec::new();
        let (mut main, mut detail) = (Vec::new(), Vec::new());
        let mut marked = 0;
        for index in self.ready.inside.iter().copied() {
            let show = if chosen[index] {
                Show::Label
            } else if number_rest {
                let entry = &entries[index];
                let number = numbered.len() + 1;
                numbered.push(Numbered { number, text: entry.line(), face: entry.face() });
                Show::Key(number)
            } else {
                marked += 1;
                Show::Mark
            };
            if self.detailed[index] {
                main.push((index, Show::Enlarged));
                detail.push((index, show));
            } else {
                main.push((index, show));
            }
        }
        let main = Panel::plan(entries, &main, &self.stocks.0, frame, &self.blocks);
        let detail = self.stocks.1.as_ref().map(|s| Panel::plan(entries, &detail, s, frame, &self.blocks));
        let list = legend::numbered(&numbered, 0, self.options.width, &self.sizes).height;
        let detail_height = detail.as_ref().map_or(0, |p| p.height + BETWEEN_PANELS);
        let height = main.height + detail_height + if list > 0 { list + 200 } else { 0 };
        Trial { main, detail, labelled: labelled.len(), numbered, marked, height }
    }

    /// The trial that shows the most within the height allowed.
    fn best(&self) -> Trial {
        let frame = &self.frame();
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
            (None, Some(m)) => self.filled(m, room, frame),
            (n, m) => m.or(n).unwrap_or_else(|| self.trial(0, false, frame)),
        }
    }

    /// Labels as well, in the order of salience, whatever of the next events still finds room: a label that is too long
    /// for where it would stand must not keep those behind it from theirs.
    fn filled(&self, best: Trial, room: Hmm, frame: &Frame<'_>) -> Trial {
        let (chosen, rest) = self.rank.split_at(best.labelled.min(self.rank.len()));
        let (mut chosen, mut best) = (chosen.to_vec(), best);
        if self.ready.inside.len() > CROWD {
            return best;
        }
        for candidate in rest.iter().take(MOST_TRIED.min(MOST_LABELS.saturating_sub(chosen.len()))) {
            chosen.push(*candidate);
            let trial = self.trial_of(&chosen, false, frame);
            if trial.height <= room {
                best = trial;
            } else {
                chosen.pop();
            }
        }
        best
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
        let mut used = trial.used();
        used.keys.extend(["key", "density", "focus"]);
        self.header(&used, &mut scene)
    }

    fn compose(&self, trial: Trial, events: &[Event]) -> Figure {
        let frame = self.frame();
        let mut counts = self.ready.counts;
        counts.labelled = trial.labelled;
        counts.numbered = trial.numbered.len();
        counts.marked = trial.marked;
        counts.shortened = trial.main.shortened + trial.detail.as_ref().map_or(0, |d| d.shortened);
        counts.enlarged = self.detailed.iter().filter(|d| **d).count();
        let caption = caption(&counts, Some(self.days), &self.options.words);
        let rows = self.rows(&trial);
        let used = trial.used();
        let blank = || page(self.options, events, &caption, Some(self.days));
        let mut scene = blank();
        let mut y = self.header(&used, &mut scene);
        let entries = &self.ready.entries;
        let home_main = |i: usize| !self.detailed[i];
        if let (None, true, Some(height)) = (&trial.detail, self.options.paged, self.options.max_height) {
            let room = |y: Hmm| (height - y - 100).max(3_000);
            let panels = trial.main.pages(room(y), room(TOP), &frame);
            let mut pages = panels.into_iter().enumerate().map(|(n, panel)| {
                let mut page = if n == 0 { std::mem::take(&mut scene) } else { blank() };
                let y = if n == 0 { y } else { TOP };
                page.items.extend(panel.draw(y, entries, &frame, None, None, &home_main));
                page.height = y + panel.height + 100;
                page
            });
            let scene = pages.next().unwrap_or_default();
            let more = pages.collect();
            return Figure { scene, more, caption, rows };
        }
        let letter = trial.detail.is_some().then_some('a');
        scene.items.extend(trial.main.draw(y, entries, &frame, letter, self.window, &home_main));
        y += trial.main.height;
        if let Some(detail) = &trial.detail {
            y += BETWEEN_PANELS;
            scene.items.extend(detail.draw(y, entries, &frame, Some('b'), None, &|_| true));
            y += detail.height;
        }
        if !trial.numbered.is_empty() {
            let list = legend::numbered(&trial.numbered, y + 150, self.options.width, &self.sizes);
            scene.items.extend(list.items);
            y += 150 + list.height;
        }
        scene.height = y + 100;
        Figure { scene, more: Vec::new(), caption, rows }
    }

    /// Title and legend; returns the height where the first panel begins.
    fn header(&self, used: &Used, scene: &mut Scene) -> Hmm {
        let y = title(self.options, &self.sizes, scene);
        let (width, words) = (self.options.width, &self.options.words);
        let legend = legend::legend(used, y, width, &self.sizes, words, self.options.palette);
        scene.items.extend(legend.items);
        y + legend.height + 120
    }

    fn rows(&self, trial: &Trial) -> Vec<Row> {
        let mut labelled = vec![false; self.ready.entries.len()];
        self.rank.iter().take(trial.labelled).for_each(|i| labelled[*i] = true);
        let number = std::cell::Cell::new(0);
        self.ready.rows(|index| {
            if labelled[index] {
                "label".to_string()
            } else if trial.numbered.is_empty() {
                "mark".to_string()
            } else {
                number.set(number.get() + 1);
                format!("number {}", number.get())
            }
        })
    }
}
