//! When a message was sent, as its own lines say: the date-time group and the Julian day of the routing line.
//!
//! Date-time group: day, hour and minute, zone letter, month, two-digit year ("161039Z NOV 07"; ACP 121). Julian line:
//! originator, serial number, day of the year and time of filing ("DE RUEHNT #1989/01 3201039"; ACP 127).

use super::line::pattern;
use crate::date::NaiveDate;
use chrono::{Datelike, Month};
use regex::Regex;
use std::sync::LazyLock;

pattern!(DTG, r"\b(\d{2})(\d{2})(\d{2})Z? +([A-Za-z]{3}) +(\d{2}|\d{4})\b");
pattern!(JULIAN, r"^DE R[A-Z]+ ?#?\d+(?:/\d+)? +(\d{3})(\d{4})\b");

/// The day of a date-time group in a line, if the line holds one that names a day.
pub(in crate::document) fn date_time_group(line: &str) -> Option<NaiveDate> {
    let found = DTG.captures(line)?;
    let (day, hour, minute): (u32, u32, u32) = (found[1].parse().ok()?, found[2].parse().ok()?, found[3].parse().ok()?);
    let month: Month = found[4].parse().ok()?;
    let year: i32 = found[5].parse().ok()?;
    if hour > 24 || minute > 59 {
        return None;
    }
    NaiveDate::from_ymd_opt(full_year(year), month.number_from_month(), day)
}

/// The day of the year in a routing line.
pub(in crate::document) fn julian_day(line: &str) -> Option<u32> {
    JULIAN.captures(line).and_then(|c| c[1].parse().ok()).filter(|&d| (1..=366).contains(&d))
}

/// Whether the day of the year is the date's own, or the day before or after it (filing and sending may straddle
/// midnight).
pub(in crate::document) fn agrees(day: NaiveDate, julian: u32) -> bool {
    (i64::from(day.ordinal()) - i64::from(julian)).abs() <= 1
}

/// Two digits to a year: the State Department's telegrams in this form begin in 1966.
pub(in crate::document) fn full_year(year: i32) -> i32 {
    match year {
        0..=49 => 2000 + year,
        50..=99 => 1900 + year,
        _ => year,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_time_groups_and_julian_days() {
        let day = |line| date_time_group(line).map(|d| d.to_string());
        assert_eq!(day("P 161039Z NOV 07").as_deref(), Some("2007-11-16"));
        assert_eq!(day("O R 281848Z DEC 66").as_deref(), Some("1966-12-28"));
        assert_eq!(day("P 311039Z NOV 07"), None);
        assert_eq!(day("TO SECSTATE 161039"), None);
        assert_eq!(julian_day("DE RUEHXX #0042/01 3201039"), Some(320));
        assert_eq!(julian_day("DE RUEHXX #0042 9991039"), None);
        assert!(agrees("2007-11-16".parse().expect("a day"), 320));
    }
}
