//! Dates in plain English: "13 May 2005", "about May 2005", "between 13 May and 21 November 2005".
//!
//! What is said is what the EDTF string says: no day is named where only a month is known, and an open end stays open.

use super::part::{Doubt, Part, Year};
use super::{Date, NaiveDate, Span};
use chrono::Datelike;
use std::fmt::Write as _;

/// The seasons of EDTF, 21 to 24.
pub(crate) const SEASONS: [&str; 4] = ["spring", "summer", "autumn", "winter"];

/// A language in which dates are said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Russian.
    Ru,
}

impl Date {
    /// The date in words of a language; in English as [`Date::in_words`] says it.
    pub fn said_in(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.in_words(),
            Lang::Ru => super::russian::of_edtf(&self.edtf)
                .or_else(|| super::russian::of_edtf(&Date::from_span(self.span).edtf))
                .unwrap_or_else(|| super::russian::UNKNOWN.into()),
        }
    }

    /// The date in words: "13 May 2005", "May 2005", "spring 2008", "the 1990s", "about May 2005",
    /// "14 or 21 June 2012", "between 13 May and 21 November 2005", "by 21 November 2005",
    /// "from 21 November 2005 on", "date unknown".
    pub fn in_words(&self) -> String {
        of_edtf(&self.edtf).unwrap_or_else(|| of_span(self.span))
    }
}

/// A span in words, by the simplest name that it has: "2005", "between May and December 2005", "between 2 May and
/// 31 December 2005".
pub fn of_span(span: Span) -> String {
    of_edtf(&Date::from_span(span).edtf).unwrap_or_else(|| "date unknown".into())
}

/// One day in words: "13 May 2005".
pub fn of_day(day: NaiveDate) -> String {
    let year = match i64::from(day.year()) {
        year @ 1.. => Year::Of(year),
        year => Year::BeforeChrist(1 - year),
    };
    let mut out = String::new();
    Part { doubt: Doubt::None, day: Some(day.day()), month: Some(day.month()), year }.write(Keep::All, &mut out);
    out
}

/// Months as footnotes shorten them (Chicago Manual of Style).
const SHORT: [&str; 12] =
    ["Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."];

/// One day as a footnote has it: "21 Nov. 2005".
pub fn short_day(day: NaiveDate, lang: Lang) -> String {
    let month = match lang {
        Lang::En => SHORT.get(day.month0() as usize),
        Lang::Ru => super::russian::SHORT.get(day.month0() as usize),
    };
    format!("{} {} {}", day.day(), month.copied().unwrap_or_default(), day.year())
}

fn of_edtf(edtf: &str) -> Option<String> {
    if let Some(set) = edtf.strip_prefix('[').and_then(|s| s.strip_suffix(']')) {
        return one_of(set);
    }
    let mut out = String::new();
    match edtf.split_once('/') {
        None => Part::read(edtf)?.write(Keep::All, &mut out),
        Some((".." | "", ".." | "")) => out.push_str("date unknown"),
        Some((".." | "", to)) => {
            out.push_str("by ");
            Part::read(to)?.write(Keep::All, &mut out);
        }
        Some((from, ".." | "")) => {
            out.push_str("from ");
            Part::read(from)?.write(Keep::All, &mut out);
            out.push_str(" on");
        }
        Some((from, to)) => {
            let (from, to) = (Part::read(from)?, Part::read(to)?);
            out.push_str("between ");
            from.write(from.keep_beside(&to), &mut out);
            out.push_str(" and ");
            to.write(Keep::All, &mut out);
        }
    }
    Some(out)
}

fn one_of(set: &str) -> Option<String> {
    let parts: Vec<Part> = set.split(',').map(|p| Part::read(p.trim())).collect::<Option<_>>()?;
    let mut out = String::new();
    for (i, part) in parts.iter().enumerate() {
        out.push_str(match parts.len() - i {
            _ if i == 0 => "",
            1 => " or ",
            _ => ", ",
        });
        part.write(parts.get(i + 1).map_or(Keep::All, |next| part.keep_beside(next)), &mut out);
    }
    Some(out)
}

/// What of a date is said when a date of the same month or year follows.
#[derive(Clone, Copy, PartialEq)]
enum Keep {
    All,
    NoYear,
    DayOnly,
}

impl Part {
    /// What need not be repeated when `next` follows.
    fn keep_beside(&self, next: &Part) -> Keep {
        let same_year = self.year == next.year && self.month.is_some() && next.month.is_some();
        match same_year && next.doubt == Doubt::None {
            true if self.month == next.month && self.day.is_some() && next.day.is_some() => Keep::DayOnly,
            true => Keep::NoYear,
            false => Keep::All,
        }
    }

    fn write(&self, keep: Keep, out: &mut String) {
        out.push_str(match self.doubt {
            Doubt::None => "",
            Doubt::About => "about ",
            Doubt::Perhaps => "perhaps ",
            Doubt::PerhapsAbout => "perhaps about ",
        });
        let begun = out.len();
        let space = |out: &mut String| out.push_str(if out.len() > begun { " " } else { "" });
        // Writing to a string does not fail.
        if let Some(day) = self.day {
            let _ = write!(out, "{day}");
        }
        if let Some(month) = self.month.and_then(named_month).filter(|_| keep != Keep::DayOnly) {
            space(out);
            out.push_str(month);
        }
        if keep == Keep::All {
            space(out);
            let _ = match self.year {
                Year::Of(year) => write!(out, "{year}"),
                Year::BeforeChrist(year) => write!(out, "{year} BC"),
                Year::From(first) => write!(out, "the {first}s"),
            };
        }
    }
}

fn named_month(number: u32) -> Option<&'static str> {
    match number {
        1..=12 => Some(chrono::Month::try_from(u8::try_from(number).ok()?).ok()?.name()),
        21..=24 => SEASONS.get(number as usize - 21).copied(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_said_as_precisely_as_they_are_known() {
        for (edtf, words) in [
            ("2005-05-13", "13 May 2005"),
            ("2005-05", "May 2005"),
            ("2005", "2005"),
            ("2004-XX", "2004"),
            ("199X", "the 1990s"),
            ("2008-21", "spring 2008"),
            ("2005-05~", "about May 2005"),
            ("2005-05-13?", "perhaps 13 May 2005"),
            ("2005-05-13/2005-11-21", "between 13 May and 21 November 2005"),
            ("1999-01-27/1999-02-03", "between 27 January and 3 February 1999"),
            ("2012-06-12/2012-06-13", "between 12 and 13 June 2012"),
            ("2004-12/2005-02", "between December 2004 and February 2005"),
            ("2005-05/2005-11", "between May and November 2005"),
            ("1999/2005", "between 1999 and 2005"),
            ("../2005-11-21", "by 21 November 2005"),
            ("2005-11-21/..", "from 21 November 2005 on"),
            ("[2012-06-14,2012-06-21]", "14 or 21 June 2012"),
            ("-0043", "44 BC"),
        ] {
            assert_eq!(Date::from_edtf(edtf).expect(edtf).in_words(), words, "{edtf}");
        }
    }

    #[test]
    fn spans_take_their_simplest_name() {
        let span = Date::from_edtf("2005-05/2005-12").expect("a period").span;
        assert_eq!(of_span(span), "between May and December 2005");
        assert_eq!(of_span(Date::from_edtf("2005").expect("a year").span), "2005");
        assert_eq!(of_span(Span::default()), "date unknown");
        assert_eq!(of_day("2005-05-13".parse().expect("a day")), "13 May 2005");
        let day = "2005-11-21".parse().expect("a day");
        assert_eq!(short_day(day, Lang::En), "21 Nov. 2005");
        assert_eq!(short_day(day, Lang::Ru), "21 нояб. 2005");
    }
}
