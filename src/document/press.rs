//! Press citations in brackets: "(Reuters, February 3; Itar-Tass, February 2-3)", "(see the Monitor, January 27)".
//!
//! They say where a report was taken from. They are no part of the account, so they are skipped; but the latest of
//! their days says that the text was not written before it.

use super::cable::line::pattern;
use super::stated::month_names;
use crate::date::NaiveDate;
use chrono::Month;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

pattern!(BRACKET, r"\(([^()]{4,320})\)");
static DAY: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = format!(r", ?({}) (\d{{1,2}})(?:[-–—, ]+(?:and )?(\d{{1,2}}))?\b", month_names());
    Regex::new(&pattern).expect("a constant pattern")
});
pattern!(SEE, r"(?i)^(?:see|see also|cf\.?|as reported (?:by|in))\b");

/// One bracket that cites the press.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Citation {
    /// The bracket's bytes.
    pub range: Range<usize>,
    /// The days cited: month and day.
    pub days: Vec<(u32, u32)>,
    /// It cites the publication itself or another part of it.
    pub cross_reference: bool,
}

/// The press citations in `range`, in order.
pub(super) fn citations(text: &str, range: Range<usize>) -> Vec<Citation> {
    let piece = text.get(range.clone()).unwrap_or_default();
    BRACKET
        .captures_iter(piece)
        .filter_map(|c| {
            let (whole, inner) = (c.get(0)?, c.get(1)?.as_str());
            let mut days = Vec::new();
            for part in inner.split(';') {
                days.extend(days_of(part));
            }
            let see = SEE.is_match(inner.trim());
            // Every part but a cross-reference must cite a day: "(who came on, May 3)" has other words.
            let all = inner.split(';').all(|p| !days_of(p).is_empty() || SEE.is_match(p.trim()));
            let cites = all && !days.is_empty() && inner.split(';').all(is_list) || see && inner.len() < 120;
            cites.then(|| Citation {
                range: range.start + whole.start()..range.start + whole.end(),
                days,
                cross_reference: see,
            })
        })
        .collect()
}

fn days_of(part: &str) -> Vec<(u32, u32)> {
    let mut out = Vec::new();
    for found in DAY.captures_iter(part) {
        let Some(month) = found[1].parse::<Month>().ok().map(|m| m.number_from_month()) else { continue };
        out.extend(found[2].parse().ok().map(|d| (month, d)));
        out.extend(found.get(3).and_then(|d| d.as_str().parse().ok()).map(|d| (month, d)));
    }
    out
}

/// Names parted by commas: hardly a lower-case word among them.
fn is_list(part: &str) -> bool {
    let small = part.split_whitespace().filter(|w| w.starts_with(char::is_lowercase)).count();
    SEE.is_match(part.trim()) || small <= 3 && part.len() < 160
}

/// The latest cited day in a year; `None` where nothing is cited. In a January issue a December day is last year's.
pub(super) fn latest(citations: &[Citation], near: NaiveDate) -> Option<NaiveDate> {
    use chrono::Datelike;
    citations
        .iter()
        .filter(|c| !c.cross_reference)
        .flat_map(|c| &c.days)
        .filter_map(|&(month, day)| {
            let years = [near.year() - 1, near.year(), near.year() + 1];
            years
                .into_iter()
                .filter_map(|y| NaiveDate::from_ymd_opt(y, month, day))
                .min_by_key(|d| (*d - near).num_days().abs())
        })
        .max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn citations_are_told_from_other_brackets() {
        let text = "Dust fell (Reuters, Russian agencies, February 3-4; Dust Daily, February 2). He (a minister, May 3 born) left \
            (see the Monitor, January 27). The CIS (founded 1991) met.";
        let found = citations(text, 0..text.len());
        let told: Vec<&str> = found.iter().map(|c| &text[c.range.clone()]).collect();
        assert_eq!(told[0], "(Reuters, Russian agencies, February 3-4; Dust Daily, February 2)");
        assert_eq!(told.last(), Some(&"(see the Monitor, January 27)"));
        let near = "1999-02-05".parse().expect("a day");
        assert_eq!(latest(&found[..1], near).map(|d| d.to_string()).as_deref(), Some("1999-02-04"));
    }
}
