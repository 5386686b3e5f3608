//! Briefs of a numbered daily: "Publication: Monitor Volume: 5 Issue: 25", the text, the publisher's notice.
//!
//! Such a brief states no date. It is counted from volume and issue (`rules/data/periodicals-daily.toml`) and checked
//! against the press that it cites: it cannot be older than that, and a daily is not much younger.

use super::cable::line::pattern;
use super::draft::Draft;
use super::lines::{lines, paragraphs};
use super::{DateBasis, DocumentDate, Zone, plain, press, stated};
use crate::date::{NaiveDate, Span};
use crate::rules::Rules;
use chrono::{Datelike, Days, Weekday};
use regex::Regex;
use serde::Deserialize;
use std::sync::LazyLock;

pattern!(HEAD, r"(?m)^[ \t]*Publication: *(.{2,60}?) +Volume: *(\d{1,2}) +Issue: *(\d{1,3})\b[^\n]*$");
pattern!(
    NOTICE,
    r"(?i)^(?:The .{3,60} is a publication of\b|Copyright\b|\(c\) ?\d{4}|©|If you have any questions regarding|Unauthorized reproduction|All rights reserved)"
);

/// Longest gap, in days, between the latest press a daily cites and its own day.
const PRESS_LAG: i64 = 4;
/// Issues after which one holiday more may have been left out: ten or so a year.
const ISSUES_PER_HOLIDAY: u32 = 25;

#[derive(Debug, Deserialize)]
struct File {
    periodical: Vec<Periodical>,
}

#[derive(Debug, Deserialize)]
struct Periodical {
    name: String,
    publisher: String,
    first_year: i32,
    #[serde(rename = "frequency")]
    _frequency: Frequency,
    #[cfg_attr(not(test), allow(dead_code))]
    examples: Vec<Example>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Frequency {
    Weekday,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(not(test), allow(dead_code))]
struct Example {
    volume: i32,
    issue: u32,
    day: NaiveDate,
}

static PERIODICALS: LazyLock<Vec<Periodical>> = LazyLock::new(|| {
    let files = Rules::builtin().section::<File>("periodicals").unwrap_or_default();
    files.into_iter().flat_map(|(_, f)| f.periodical).collect()
});

/// Whether the text opens with the periodical's line.
pub(super) fn recognise(text: &str) -> bool {
    let mut head = text.len().min(4000);
    while !text.is_char_boundary(head) {
        head -= 1;
    }
    HEAD.is_match(&text[..head])
}

/// Reads a brief.
pub(super) fn read(text: String) -> Result<Draft, String> {
    let mut draft = Draft::new(text);
    let Some(found) = HEAD.captures(&draft.text) else { return Err("holds no volume and issue".to_string()) };
    let line = found.get(0).map_or(0..0, |m| m.range());
    let (name, volume, issue) = (found[1].to_string(), found[2].parse().unwrap_or(0), found[3].parse().unwrap_or(0));
    draft.other("publication", &name);
    draft.other("volume", volume.to_string());
    draft.other("issue", issue.to_string());
    draft.block(0..line.start, Zone::Boilerplate);
    draft.block(line.clone(), Zone::Header);
    let notice = notice(&draft.text, line.end);
    draft.block(notice..draft.text.len(), Zone::Boilerplate);
    let mut citations = Vec::new();
    for (at, range) in paragraphs(&draft.text, line.end..notice).into_iter().enumerate() {
        let piece = &draft.text[range.clone()];
        let stated = stated::day(piece).filter(|_| piece.len() < 80);
        let heading = plain::is_heading(piece);
        let zone = if stated.is_some() || at == 0 && heading {
            Zone::Header
        } else if heading {
            Zone::Heading
        } else {
            Zone::Body
        };
        if at == 0 && heading && stated.is_none() {
            draft.meta.title = Some(super::draft::squeeze(piece));
        }
        if let Some((day, words)) = stated {
            let note = piece[words].to_string();
            draft.claim(day, DateBasis::Posted, note);
        }
        let cited = press::citations(&draft.text, range.clone());
        if let Some(block) = draft.block(range, zone) {
            block.skip.extend(cited.iter().map(|c| c.range.clone()));
        }
        citations.extend(cited);
    }
    date(&mut draft, &name, volume, issue, &citations);
    Ok(draft)
}

/// Where the publisher's notice begins: the first paragraph from which only notices follow.
fn notice(text: &str, from: usize) -> usize {
    let found = lines(text, from..text.len()).find(|l| NOTICE.is_match(text[l.clone()].trim_start()));
    found.map_or(text.len(), |l| l.start)
}

/// Counts the day from volume and issue and holds it against the press cited.
fn date(draft: &mut Draft, name: &str, volume: i32, issue: u32, citations: &[press::Citation]) {
    let Some(periodical) = PERIODICALS.iter().find(|p| p.name.eq_ignore_ascii_case(name.trim())) else {
        draft.warnings.push(format!("\"{name}\" is no periodical of the rules; volume and issue tell no date"));
        return;
    };
    draft.meta.origin = Some(format!("{} {}", periodical.publisher, periodical.name));
    let Some(counted) = count(periodical.first_year + volume - 1, issue) else {
        draft.warnings.push(format!("issue {issue} is more than the weekdays of a year"));
        return;
    };
    let slack = u64::from(issue / ISSUES_PER_HOLIDAY);
    let press = press::latest(citations, counted);
    let note =
        format!("volume {volume} is {}, issue {issue} its weekday no. {issue}", periodical.first_year + volume - 1);
    let (day, span, note) = match press {
        Some(press) if press > counted => {
            let day = next_weekday(press);
            (day, Span::between(day, add(day, 3)), format!("{note}, {counted}; but it cites the press of {press}"))
        }
        Some(press) if (counted - press).num_days() <= PRESS_LAG => {
            (counted, Span::day(counted), format!("{note}; latest press cited {press}"))
        }
        Some(press) => {
            let note = format!("{note}; latest press cited only {press}");
            (counted, Span::between(press, add(counted, slack + 3)), note)
        }
        None => (counted, Span::between(counted, add(counted, slack)), format!("{note}; no press cited")),
    };
    draft.claims.push(DocumentDate { day, span, basis: DateBasis::Issue, note });
    if let Some(press) = press {
        let span = Span::between(press, add(press, PRESS_LAG as u64));
        let note = format!("latest press cited {press}; a daily follows within {PRESS_LAG} days");
        draft.claims.push(DocumentDate { day: next_weekday(press), span, basis: DateBasis::LatestPress, note });
    }
}

/// The `issue`th weekday after New Year's Day.
fn count(year: i32, issue: u32) -> Option<NaiveDate> {
    let mut day = NaiveDate::from_ymd_opt(year, 1, 2)?;
    let mut left = issue;
    loop {
        if is_weekday(day) {
            left = left.checked_sub(1)?;
            if left == 0 {
                return Some(day);
            }
        }
        day = day.succ_opt().filter(|d| d.year() == year)?;
    }
}

fn is_weekday(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

fn next_weekday(day: NaiveDate) -> NaiveDate {
    let mut day = add(day, 1);
    while !is_weekday(day) {
        day = add(day, 1);
    }
    day
}

fn add(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::super::Document;
    use super::*;

    #[test]
    fn every_example_of_the_rule_files_holds() {
        assert!(!PERIODICALS.is_empty());
        for p in PERIODICALS.iter() {
            for e in &p.examples {
                assert_eq!(
                    count(p.first_year + e.volume - 1, e.issue),
                    Some(e.day),
                    "{} {} {}",
                    p.name,
                    e.volume,
                    e.issue
                );
            }
        }
    }

    fn brief(press: &str) -> Document {
        let text = format!(
            "Publication: Monitor Volume: 5 Issue: 28\n\nDusta has left the Plains Treaty{press}.\n\nIt opened a mission yesterday.\n\n\
             The Monitor is a publication of a foundation. Call 301-562-1983. Copyright (c) 1983-2002 The Foundation\n"
        );
        Document::from_bytes("brief.txt", text.as_bytes()).expect("reads")
    }

    #[test]
    fn the_day_is_counted_and_held_against_the_press() {
        let span = |doc: &Document| doc.date.as_ref().map(|d| (d.day.to_string(), d.span.days(), d.basis));
        assert_eq!(span(&brief(" (Reuters, February 9)")), Some(("1999-02-10".into(), Some(1), DateBasis::Issue)));
        assert_eq!(span(&brief("")), Some(("1999-02-10".into(), Some(2), DateBasis::Issue)));
        assert_eq!(span(&brief(" (Reuters, February 10-11)")), Some(("1999-02-12".into(), Some(4), DateBasis::Issue)));
    }

    #[test]
    fn citations_are_skipped_and_the_notice_is_boilerplate() {
        let doc = brief(" (Reuters, Dust Daily, February 9; see the Monitor, February 2)");
        let zones: Vec<Zone> = doc.blocks.iter().map(|b| b.zone).collect();
        assert_eq!(zones, [Zone::Header, Zone::Body, Zone::Body, Zone::Boilerplate]);
        assert_eq!(doc.blocks[1].skip.len(), 1);
    }
}
