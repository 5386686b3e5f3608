//! Press citations in brackets: "(Reuters, February 3; Itar-Tass, February 2-3)", "(see the Monitor, January 27)".
//!
//! They say where a report was taken from. They are no part of the account, so they are skipped; but the latest of
//! their days says that the text was not written before it. Which names are the press's is data
//! (`rules/data/press-agencies.toml`).

use super::cable::line::pattern;
use super::draft::Draft;
use super::stated::month_names;
use super::{DateBasis, DocumentDate, Zone};
use crate::date::{NaiveDate, Span};
use crate::rules::Rules;
use chrono::{Datelike, Days, Month};
use regex::Regex;
use rustc_hash::FxHashSet;
use serde::Deserialize;
use std::ops::Range;
use std::sync::LazyLock;

pattern!(BRACKET, r"\(([^()]{4,320})\)");
static MONTH_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = format!(
        r", ?({}) (\d{{1,2}})(?:[-–—, ]+(?:and )?(\d{{1,2}}))?(?:, ?((?:19|20)\d\d))?(?:[^\d]|$)",
        month_names()
    );
    Regex::new(&pattern).expect("a constant pattern")
});
static DAY_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = format!(r", ?(\d{{1,2}})(?:[-–—](\d{{1,2}}))? ({})(?:,? ((?:19|20)\d\d))?(?:[^\d]|$)", month_names());
    Regex::new(&pattern).expect("a constant pattern")
});
pattern!(SEE, r"(?i)^(?:see|see also|cf\.?|as reported (?:by|in))\b");

/// Days after the latest press cited within which a text that cites the press is taken to be written.
const LAG: u64 = 31;

#[derive(Debug, Deserialize)]
struct File {
    press: Vec<Group>,
    #[cfg_attr(not(test), allow(dead_code))]
    example: Vec<Example>,
}

#[derive(Debug, Deserialize)]
struct Group {
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(not(test), allow(dead_code))]
struct Example {
    text: String,
    citations: Vec<String>,
}

static PRESS: LazyLock<FxHashSet<String>> = LazyLock::new(|| {
    let files = Rules::builtin().section::<File>("press").unwrap_or_default();
    files.into_iter().flat_map(|(_, f)| f.press).flat_map(|g| g.words).map(|w| w.to_lowercase()).collect()
});

/// A day that a citation names: year, where it is written, month and day.
pub(super) type Day = (Option<i32>, u32, u32);

/// One bracket that cites the press.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Citation {
    /// The bracket's bytes.
    pub range: Range<usize>,
    /// The days cited.
    pub days: Vec<Day>,
    /// It cites the publication itself or another part of it.
    pub cross_reference: bool,
    /// It names an agency, a newspaper or a broadcaster.
    pub press: bool,
}

/// The brackets in `range` that cite names with days, in order.
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
            let names = |w: &str| PRESS.contains(w.to_lowercase().as_str());
            cites.then(|| Citation {
                range: range.start + whole.start()..range.start + whole.end(),
                days,
                cross_reference: see,
                press: inner.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).any(names),
            })
        })
        .collect()
}

/// Skips the press citations of a document that is no brief, and claims that it was not written before the latest of
/// them. A citation without a year takes that of the document, by what else claims its day; without either it tells
/// no date.
pub(super) fn cite(draft: &mut Draft) {
    let near = draft.claims.iter().min_by_key(|c| c.basis).map(|c| c.day);
    let mut found = Vec::new();
    for block in draft.blocks.iter_mut().filter(|b| matches!(b.zone, Zone::Body | Zone::Summary | Zone::Comment)) {
        let cited = citations(&draft.text, block.range.clone());
        for citation in cited.into_iter().filter(|c| c.press && !c.cross_reference) {
            block.skip.push(citation.range.clone());
            found.push(citation);
        }
    }
    let dated: Vec<NaiveDate> = found.iter().filter_map(|c| of_citation(c, near)).collect();
    let Some(&latest) = dated.iter().max() else { return };
    let end = latest.checked_add_days(Days::new(LAG)).unwrap_or(latest);
    let note = format!("latest press cited {latest}; taken to be written within {LAG} days");
    let span = Span::between(latest, end);
    draft.claims.push(DocumentDate { day: latest, span, basis: DateBasis::LatestPress, note });
}

fn days_of(part: &str) -> Vec<Day> {
    let mut out = Vec::new();
    let number = |m: Option<regex::Match>| m.and_then(|m| m.as_str().parse::<u32>().ok());
    let mut add = |month: &str, days: [Option<u32>; 2], year: Option<i32>| {
        let Some(month) = month.parse::<Month>().ok().map(|m| m.number_from_month()) else { return };
        out.extend(days.into_iter().flatten().map(|day| (year, month, day)));
    };
    let year = |m: Option<regex::Match>| m.and_then(|m| m.as_str().parse().ok());
    for found in MONTH_FIRST.captures_iter(part) {
        add(&found[1], [number(found.get(2)), number(found.get(3))], year(found.get(4)));
    }
    for found in DAY_FIRST.captures_iter(part) {
        add(&found[3], [number(found.get(1)), number(found.get(2))], year(found.get(4)));
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
    citations.iter().filter(|c| !c.cross_reference).filter_map(|c| of_citation(c, Some(near))).max()
}

/// The latest day of one citation, in the year written or the one that brings it nearest to `near`.
fn of_citation(citation: &Citation, near: Option<NaiveDate>) -> Option<NaiveDate> {
    let days = citation.days.iter().filter_map(|&(year, month, day)| match (year, near) {
        (Some(year), _) => NaiveDate::from_ymd_opt(year, month, day),
        (None, Some(near)) => [near.year() - 1, near.year(), near.year() + 1]
            .into_iter()
            .filter_map(|y| NaiveDate::from_ymd_opt(y, month, day))
            .min_by_key(|d| (*d - near).num_days().abs()),
        (None, None) => None,
    });
    days.max()
}

#[cfg(test)]
mod tests {
    use super::super::Document;
    use super::*;

    #[test]
    fn every_example_of_the_rule_file_holds() {
        let files = Rules::builtin().section::<File>("press").expect("the built-in file is well-formed");
        assert_eq!(files.len(), 1);
        for example in files.iter().flat_map(|(_, f)| &f.example) {
            let found = citations(&example.text, 0..example.text.len());
            let told: Vec<&str> = found.iter().filter(|c| c.press).map(|c| &example.text[c.range.clone()]).collect();
            assert_eq!(told, example.citations);
        }
    }

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

    #[test]
    fn any_text_that_cites_the_press_is_not_older_than_it() {
        let date = |text: &str| {
            let doc = Document::from_bytes("x.txt", text.as_bytes()).expect("reads");
            let skips = doc.blocks.iter().map(|b| b.skip.len()).sum::<usize>();
            (doc.date.map(|d| (d.basis, d.span.earliest.map(|d| d.to_string()).unwrap_or_default())), skips)
        };
        let cited =
            "Dusta has left the treaty (Reuters, February 3, 2004; Dust Daily, February 1, 2004). It opened a mission.";
        assert_eq!(date(cited), (Some((DateBasis::LatestPress, "2004-02-03".into())), 1));
        // Without a year it tells no date; beside a posted line it is one claim more.
        assert_eq!(date("Dusta has left the treaty (Reuters, February 3). It opened a mission."), (None, 1));
        let posted =
            "Dusta Leaves\n\nPosted: 5 February 2004\n\nDusta has left the treaty (Reuters, February 3). It wept.";
        assert_eq!(date(posted), (Some((DateBasis::Posted, "2004-02-05".into())), 1));
        assert_eq!(date("They met twice (Dustville, February 3, 2004). It failed."), (None, 0));
    }
}
