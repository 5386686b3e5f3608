//! The day that a text states before its account begins: the dateline of a news report ("PARIS, May 28, 1997 --") or a
//! line of its own under the title ("Policy brief, May 10, 2006").
//!
//! Only full dates count. A text with several such lines is a chronology or a diary, and one whose title names the day
//! it tells of ("The coup of 19 August 1991") is not of that day.

use super::cable::line::pattern;
use super::draft::{Draft, squeeze};
use super::lines::lines;
use super::{Block, DateBasis, Zone, plain, stated};
use crate::date::NaiveDate;
use chrono::Datelike;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Longest dateline and longest line of a date, in bytes.
const LONGEST: usize = 110;
/// Longest text between the day and the dash of a dateline: "(Agency)".
const SOURCE: usize = 32;
/// Blocks among which the account begins.
const OPENING: usize = 5;

pattern!(DASH, r"\s*(?:--+|—|–)\s*|\s-\s");
pattern!(YEAR, r"\b(?:19|20)\d\d\b");

/// A day stated, and the bytes that state it.
type Stated = (NaiveDate, Range<usize>);

/// Claims the day that the text states before its account, and takes the words that state it out of the account.
pub(super) fn claim(draft: &mut Draft) {
    let Some((at, (day, range))) = find(&draft.text, &draft.blocks) else { return };
    if looks_back_on(&draft.text, day) {
        return;
    }
    let note = squeeze(&draft.text[range.clone()]);
    let block = &mut draft.blocks[at];
    if block.range == range {
        block.zone = Zone::Header;
    } else {
        let rest = draft.text[block.range.start..range.start].trim();
        if block.range.end == range.end && plain::is_heading(rest) {
            block.zone = Zone::Header;
            draft.meta.title.get_or_insert_with(|| squeeze(rest));
        }
        block.skip.push(range);
    }
    draft.claim(day, DateBasis::Posted, note);
}

/// The number of the block that states the day, and the day.
fn find(text: &str, blocks: &[Block]) -> Option<(usize, Stated)> {
    let mut found = None;
    for (at, block) in blocks.iter().enumerate().take(OPENING) {
        let piece = &text[block.range.clone()];
        if let Some(wire) = wire(text, block.range.clone()) {
            return Some((at, wire));
        }
        found = found.or_else(|| {
            let first = block.range.start;
            lines(text, block.range.clone())
                .find_map(|l| own_line(text, l.clone(), at == 0 && l.start == first))
                .map(|s| (at, s))
        });
        if piece.len() > 2 * LONGEST {
            break;
        }
    }
    // A chronology or diary has many.
    let dated = |b: &Block| lines(text, b.range.clone()).filter(|l| own_line(text, l.clone(), false).is_some()).count();
    found.filter(|_| blocks.iter().map(dated).sum::<usize>() <= 1)
}

/// The dateline that opens a paragraph: a place, the day, a dash.
fn wire(text: &str, paragraph: Range<usize>) -> Option<Stated> {
    let piece = &text[paragraph.clone()];
    let (day, date) = stated::day(head(piece, LONGEST))?;
    let dash = DASH.find_at(piece, date.end).filter(|d| d.start() - date.end <= SOURCE && d.end() < piece.len())?;
    let place = piece[..date.start].trim_end();
    // "On May 3, 1998 - ..." opens a sentence or an entry: a place is in capitals or parted from the day.
    let parted = place.ends_with([',', '(']) || !place.chars().any(char::is_lowercase);
    let source = piece[date.end..dash.start()].trim_matches([' ', ',', '.', '/']);
    let marked = source.is_empty() || source.starts_with('(') && source.ends_with(')');
    let named = place.chars().any(char::is_alphabetic);
    (named && parted && marked && !place.contains(['.', '\n']))
        .then(|| (day, paragraph.start..paragraph.start + dash.end()))
}

/// The day of a line of its own. In the first line, which may be the title, capitals stand before it ("BULLETIN, May 3,
/// 1998").
fn own_line(text: &str, line: Range<usize>, first: bool) -> Option<Stated> {
    let piece = text[line.clone()].trim_end();
    let (day, date) = stated::day(piece).filter(|_| piece.len() <= LONGEST)?;
    let (before, behind) = (piece[..date.start].trim(), piece[date.end..].trim());
    let apart = before.is_empty() || before.ends_with([',', '|', '-', '–', '—', '(', ':']);
    let capitals =
        before.split(|c: char| !c.is_alphabetic()).any(|w| w.len() > 3 && !w.chars().any(char::is_lowercase));
    let parted = behind.starts_with([',', '|', '-', '–', '—', ')']);
    let ends = behind.is_empty() || first && capitals && parted;
    let masthead = before.is_empty() || !first || capitals;
    (apart && ends && masthead).then(|| (day, line.start..line.start + piece.len()))
}

/// Whether a text that names a day tells mostly of later years.
fn looks_back_on(text: &str, day: NaiveDate) -> bool {
    let (mut later, mut other) = (0, 0);
    for year in YEAR.find_iter(text).filter_map(|y| y.as_str().parse::<i32>().ok()) {
        if year > day.year() { later += 1 } else { other += 1 }
    }
    later > other
}

/// The first bytes of a text, cut between characters.
fn head(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rev().find(|&e| text.is_char_boundary(e)).unwrap_or(0);
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::super::Document;

    #[test]
    fn datelines_and_lines_of_a_date_tell_the_day() {
        for (text, day) in [
            ("OSLO, May 28, 1997 -- Norway left the pact.", Some("1997-05-28")),
            ("Norway goes\n\nOSLO, Sept. 3, 2004 (Agency) - Norway left the pact.", Some("2004-09-03")),
            ("bergen, december 20, 2003 -- norway left the pact.", Some("2003-12-20")),
            ("Norway goes\nPolicy brief, May 10, 2006\n\nNorway left the pact.", Some("2006-05-10")),
            ("Norway goes\n\n6 July 2012\n\nNorway left the pact.", Some("2012-07-06")),
            ("BULLETIN -- A DAILY, November 18, 1998 -- Volume IV\n\nNorway left the pact.", Some("1998-11-18")),
            // Titles, entries and sentences name days as well.
            ("The fall of Bergen, 3 May 1911\n\nNorway left the pact.", None),
            ("The coup of 19 August 1991\n\nNorway left the pact.", None),
            ("3 May 1911\nNorway left the pact.\n\n4 May 1911\nSweden followed.", None),
            ("May 11, 1998 - Norway left the pact.", None),
            ("On May 11, 1998 - a Monday - Norway left the pact.", None),
            ("3 May 1911\n\nNorway left. It came back in 1912, left in 1915 and came back in 1920.", None),
        ] {
            let document = Document::from_bytes("x.txt", text.as_bytes()).expect("reads");
            assert_eq!(document.date.map(|d| d.day.to_string()).as_deref(), day, "{text}");
        }
    }

    #[test]
    fn a_dateline_is_no_part_of_the_account() {
        let text = "OSLO, May 28, 1997 -- Norway left the pact.";
        let document = Document::from_bytes("x.txt", text.as_bytes()).expect("reads");
        let skipped: Vec<&str> = document.blocks.iter().flat_map(|b| &b.skip).map(|s| &text[s.clone()]).collect();
        assert_eq!(skipped, ["OSLO, May 28, 1997 -- "]);
    }
}
