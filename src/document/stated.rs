//! Full dates that a posted line, a byline or a file name states: "21 June 2012", "May 20, 2005", "2005-05-20".
//!
//! Only dates with day, month and year are read, and no orders of digits that two readers would take differently
//! ("03/04/2005"). Month names are those chrono knows. Dates inside prose are the business of `timex`.

use super::cable::line::pattern;
use crate::date::NaiveDate;
use chrono::Month;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

pattern!(DAY_FIRST, r"\b(\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})\b");
pattern!(MONTH_FIRST, r"\b([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?:,| ) ?(\d{4})\b");
pattern!(YEAR_FIRST, r"\b(\d{4}) ([A-Za-z]{3,9}) (\d{1,2})\b");
pattern!(ISO, r"(?:^|[^\d])(\d{4})[-/._](\d{2})[-/._](\d{2})(?:[^\d]|$)");
pattern!(COMPACT, r"(?:^|[^\d])((?:19|20)\d{2})(\d{2})(\d{2})(?:[^\d]|$)");

/// The first full date in a line, with the bytes that state it.
pub(super) fn day(line: &str) -> Option<(NaiveDate, Range<usize>)> {
    let day_first = DAY_FIRST.captures_iter(line).find_map(|c| Some((date(&c[3], &c[2], &c[1])?, c.get(0)?.range())));
    let month_first =
        MONTH_FIRST.captures_iter(line).find_map(|c| Some((date(&c[3], &c[1], &c[2])?, c.get(0)?.range())));
    let iso = ISO.captures_iter(line).find_map(|c| {
        let day = NaiveDate::from_ymd_opt(c[1].parse().ok()?, c[2].parse().ok()?, c[3].parse().ok()?)?;
        Some((day, c.get(1)?.start()..c.get(3)?.end()))
    });
    let year_first = YEAR_FIRST.captures_iter(line).find_map(|c| Some((date(&c[1], &c[2], &c[3])?, c.get(0)?.range())));
    [day_first, month_first, year_first, iso].into_iter().flatten().min_by_key(|(_, range)| range.start)
}

/// A date in a file's name: as in a line, or eight digits in a row.
pub(super) fn in_name(name: &str) -> Option<NaiveDate> {
    let compact = || {
        let c = COMPACT.captures(name)?;
        NaiveDate::from_ymd_opt(c[1].parse().ok()?, c[2].parse().ok()?, c[3].parse().ok()?)
    };
    ISO.captures(name)
        .and_then(|c| NaiveDate::from_ymd_opt(c[1].parse().ok()?, c[2].parse().ok()?, c[3].parse().ok()?))
        .or_else(compact)
        .filter(|d| chrono::Datelike::year(d) >= 1900)
}

fn date(year: &str, month: &str, day: &str) -> Option<NaiveDate> {
    let month = self::month(month)?;
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.number_from_month(), day.parse().ok()?)
}

/// The month called so, in full or by its first letters ("Sept").
fn month(word: &str) -> Option<Month> {
    let month: Month = word.get(..3)?.parse().ok()?;
    month.name().to_lowercase().starts_with(&word.to_lowercase()).then_some(month)
}

/// The names of the months, for patterns: "January|February|…".
pub(super) fn month_names() -> String {
    let names: Vec<&str> = (1..=12u8).filter_map(|m| Month::try_from(m).ok()).map(|m| m.name()).collect();
    names.join("|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_dates_in_lines_and_names() {
        let told = |line| day(line).map(|(d, _)| d.to_string());
        for (line, want) in [
            ("Posted on the 21 June 2012 by A. Writer", Some("2012-06-21")),
            ("By A. Writer | May 20, 2005 | Page 5", Some("2005-05-20")),
            ("Published: 3rd Sept. 2004", Some("2004-09-03")),
            ("2005-05-20T10:00:00Z", Some("2005-05-20")),
            ("May 2005", None),
            ("03/04/2005", None),
            ("31 February 2005", None),
        ] {
            assert_eq!(told(line).as_deref(), want, "{line}");
        }
        assert_eq!(in_name("brief_20050520.txt").map(|d| d.to_string()).as_deref(), Some("2005-05-20"));
        assert_eq!(in_name("brief_2005-05-20.txt").map(|d| d.to_string()).as_deref(), Some("2005-05-20"));
        assert_eq!(in_name("brief_12345678.txt"), None);
    }
}
