//! The crowded part of a timeline that a second panel shows larger.

use super::axis::Scale;
use super::entry::Entry;
use super::when::{Day, calendar, number};
use crate::date::NaiveDate;
use chrono::{Datelike, Months};

/// A window is crowded when it holds at least this many events …
const CROWD: usize = 9;
/// … in this part of the axis (one n-th).
const PART: Day = 18;
/// Dates known less finely than this say nothing of where it is crowded.
const MOST_DAYS: Day = 62;
/// Below this many days the axis is fine enough.
const LEAST_DAYS: Day = 400;

/// First and last day of the window that holds the most events for its width, snapped to months; `None` where no part
/// is crowded, or all of it is.
pub fn focus(entries: &[&Entry<'_>], scale: &Scale) -> Option<(Day, Day)> {
    if scale.days() < LEAST_DAYS {
        return None;
    }
    let mut days: Vec<Day> = entries
        .iter()
        .filter_map(|e| match e.when.reach() {
            (Some(a), Some(b)) if b - a <= (scale.days() / PART).min(MOST_DAYS) => Some(a + (b - a) / 2),
            _ => None,
        })
        .filter(|d| (scale.first..=scale.last).contains(d))
        .collect();
    days.sort_unstable();
    let width = scale.days() / PART;
    let mut best: Option<(usize, Day, Day)> = None;
    let mut start = 0;
    for end in 0..days.len() {
        while days[end] - days[start] > width {
            start += 1;
        }
        let count = end - start + 1;
        if count >= CROWD && best.is_none_or(|(most, ..)| count > most) {
            best = Some((count, days[start], days[end]));
        }
    }
    let (count, a, b) = best?;
    if count * 5 > entries.len() * 4 {
        return None;
    }
    Some(snap(a, b, scale))
}

/// The whole months around two days, kept within the axis.
fn snap(a: Day, b: Day, scale: &Scale) -> (Day, Day) {
    let (a, b) = (calendar(a), calendar(b));
    let first = NaiveDate::from_ymd_opt(a.year(), a.month(), 1).unwrap_or(a);
    let last = NaiveDate::from_ymd_opt(b.year(), b.month(), 1)
        .and_then(|d| d.checked_add_months(Months::new(1)))
        .map_or(number(b), |d| number(d) - 1);
    (number(first).max(scale.first), last.min(scale.last))
}
