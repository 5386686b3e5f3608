//! What all figures share: the period of the axis, title, names and metadata of the page, the empty figure.

use super::Figure;
use super::caption::Counts;
use super::entry::Entry;
use super::font::{Face, wrap};
use super::options::Options;
use super::ready::Ready;
use super::scene::{Hmm, Item, Scene, Text};
use super::style::{GREY, Sizes};
use super::when::{Day, calendar, number};
use crate::date::{NaiveDate, Span};
use crate::merge::Event;
use chrono::{Datelike, Months};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// Of fewer events than this none is too far off to be drawn.
const MANY: usize = 20;
/// Nineteen in twenty events must lie in less than this part of the axis for the others to be left off.
const FAR: Day = 4;
/// Wider pages have a column for the names of lanes.
pub const COLUMN_FROM: Hmm = 14_000;
/// Width of that column at most.
const COLUMN: Hmm = 2_000;

/// The days drawn: those asked for, where open those of the events. Dates known within a year count first, so that an
/// open or century-wide date does not stretch the axis.
pub fn period(entries: &[Entry<'_>], asked: Span) -> Option<(Day, Day)> {
    let (from, to) = (asked.earliest.map(number), asked.latest.map(number));
    let (first, last) = (from, to);
    let (from, to) = if from.or(to).is_none() { bulk(entries) } else { (from, to) };
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
    if let (Some(a), Some(b)) = (first, last) {
        return Some((a, b.max(a)));
    }
    let (mut a, mut b) = reach(true).or_else(|| reach(false))?;
    // A coarse date asks for no more of the axis than touches it.
    for (first, last) in entries.iter().map(|e| e.when.reach()) {
        b = b.max(first.filter(|d| to.is_none_or(|t| *d <= t)).unwrap_or(b));
        a = a.min(last.filter(|d| from.is_none_or(|f| *d >= f)).unwrap_or(a));
    }
    let (wide_a, wide_b) = rounded(a, b);
    Some((first.unwrap_or(wide_a), last.unwrap_or(wide_b)))
}

/// The days that nearly all of many events lie in, where a few far ones would make the axis several times as long: they
/// are left to the caption, which counts them. Else open.
fn bulk(entries: &[Entry<'_>]) -> (Option<Day>, Option<Day>) {
    let fine = |e: &Entry<'_>| matches!(e.when.reach(), (Some(a), Some(b)) if b - a <= 370);
    let mut days: Vec<Day> = entries.iter().filter(|e| fine(e)).filter_map(|e| e.when.middle()).collect();
    if days.len() < MANY {
        return (None, None);
    }
    days.sort_unstable();
    let most = (days.len() * 19).div_ceil(20);
    let narrowest = days.windows(most).map(|w| (w[0], w[most - 1])).min_by_key(|(a, b)| b - a);
    let whole = days[days.len() - 1] - days[0];
    match narrowest {
        Some((a, b)) if whole > FAR * (b - a).max(365) => {
            // What lies near the bulk belongs to it.
            let near = (b - a).max(365) / 2;
            let first = days.iter().rev().fold(a, |a, d| if *d < a && a - d <= near { *d } else { a });
            let last = days.iter().fold(b, |b, d| if *d > b && d - b <= near { *d } else { b });
            (Some(first), Some(last))
        }
        _ => (None, None),
    }
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

/// Width of the column for the names of the lanes used.
pub fn column_width(ready: &Ready<'_>) -> Hmm {
    let (names, sizes) = (&ready.names, &ready.sizes);
    let used: BTreeSet<usize> = ready.inside.iter().map(|i| ready.entries[*i].lane).collect();
    let widest = |name: &String| {
        let lines = wrap(name, Face::Bold, sizes.lane, COLUMN * sizes.lane / 247);
        lines.iter().map(|l| Face::Bold.width(l, sizes.lane)).max().unwrap_or(0)
    };
    used.iter().filter_map(|lane| names.get(*lane)).map(widest).max().unwrap_or(0) + 20
}

/// Draws the title, if one is asked for; returns where the next thing begins.
pub fn title(options: &Options, sizes: &Sizes, scene: &mut Scene) -> Hmm {
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
pub fn page(options: &Options, events: &[Event], caption: &str, days: Option<(Day, Day)>) -> Scene {
    let words = &options.words;
    let name = days.map_or_else(
        || words.fill("title_empty", &[]),
        |(a, b)| {
            let year = |d: Day| calendar(d).year().to_string();
            let years = if year(a) == year(b) { year(a) } else { format!("{}–{}", year(a), year(b)) };
            words.fill("title", &[("years", &years)])
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

/// Cuts a list into pages: as many of its members on the first as `first` has room for, on the others as `other` has;
/// at least one on each. `need` says how high some of them are together.
pub fn split<T>(list: &[T], first: Hmm, other: Hmm, need: impl Fn(&[T]) -> Hmm) -> Vec<&[T]> {
    let mut pages = Vec::new();
    let mut rest = list;
    while !rest.is_empty() {
        let room = if pages.is_empty() { first } else { other };
        let count = (2..=rest.len()).take_while(|n| need(&rest[..*n]) <= room).last().unwrap_or(1);
        let (page, later) = rest.split_at(count);
        pages.push(page);
        rest = later;
    }
    pages
}

/// An honest figure without events: it says why there are none.
pub fn empty(events: &[Event], options: &Options, counts: &Counts) -> Figure {
    let words = &options.words;
    let n = counts.events.to_string();
    let reason = if counts.events == 0 {
        words.fill("no_events", &[])
    } else if counts.undated == counts.events {
        words.fill("undated_only", &[("n", &n)])
    } else {
        words.fill("outside_only", &[("n", &n)])
    };
    empty_because(events, options, &reason)
}

/// A figure without events, for this reason.
pub fn empty_because(events: &[Event], options: &Options, reason: &str) -> Figure {
    let sizes = Sizes::new(options.label_points);
    let mut scene = page(options, events, reason, None);
    let y = title(options, &sizes, &mut scene) + 400;
    let lines = wrap(reason, Face::Regular, sizes.lane, options.width - 200);
    let height = sizes.row * lines.len() as Hmm;
    scene.push(Item::Text(Text::block(100, y, sizes.lane, sizes.row, lines).colour(GREY)));
    scene.height = y + height + 300;
    Figure { scene, more: Vec::new(), caption: reason.to_string(), rows: Vec::new() }
}
