//! What all figures share: the period of the axis, title, names and metadata of the page, the empty figure.

use super::Figure;
use super::caption::Counts;
use super::entry::Entry;
use super::font::{Face, wrap};
use super::options::Options;
use super::scene::{Hmm, Item, Scene, Text};
use super::style::{GREY, Sizes};
use super::when::{Day, calendar, number};
use crate::date::{NaiveDate, Span};
use crate::merge::Event;
use chrono::{Datelike, Months};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// Wider pages have a column for the names of lanes.
pub const COLUMN_FROM: Hmm = 14_000;
/// Width of that column at most.
const COLUMN: Hmm = 2_000;

/// The days drawn: those asked for, where open those of the events. Dates known within a year count first, so that an
/// open or century-wide date does not stretch the axis.
pub fn period(entries: &[Entry<'_>], asked: Span) -> Option<(Day, Day)> {
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

/// Width of the column for the names of the lanes used.
pub fn column_width(entries: &[Entry<'_>], inside: &[usize], names: &[String], sizes: &Sizes) -> Hmm {
    let used: BTreeSet<usize> = inside.iter().map(|i| entries[*i].lane).collect();
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
    Figure { scene, caption: reason.to_string(), rows: Vec::new() }
}
