//! Reading and writing EDTF: a thin wrapper of `edtf-core` that adds [`Span`] bounds and [`Precision`].

use super::{Date, NaiveDate, Precision, Span};
use crate::{Error, Result};
use chrono::{Datelike, Days, Months};
use edtf_core::{Bound, Edtf, Precision as Fineness};

/// Reads an EDTF string (levels 0–2) into a [`Date`].
///
/// Bounds ignore `~`, `?` and `%`; seasons are the northern meteorological ones (2004-24 = December 2004 to
/// February 2005). Both are edtf-core's conventions.
///
/// # Errors
/// [`Error::Usage`] when the string is no EDTF, with the offset of the first wrong character.
pub fn parse(text: &str) -> Result<Date> {
    let value = Edtf::parse(text).map_err(|e| Error::Usage(format!("\"{text}\" is no EDTF date: {e}")))?;
    let bounds = value.bounds();
    let span = Span { earliest: day_of(bounds.earliest), latest: day_of(bounds.latest) };
    Ok(Date { edtf: value.to_string(), span, precision: precision(&value, span) })
}

fn day_of(bound: Bound) -> Option<NaiveDate> {
    match bound {
        Bound::Date(d) => NaiveDate::from_ymd_opt(i32::try_from(d.year).ok()?, u32::from(d.month), u32::from(d.day)),
        _ => None,
    }
}

fn precision(value: &Edtf, span: Span) -> Precision {
    if span.earliest.is_none() || span.latest.is_none() {
        return Precision::Open;
    }
    if span.earliest == span.latest {
        return Precision::Day;
    }
    match value {
        Edtf::DateTime(_) => Precision::Day,
        Edtf::Date(date) => match date.precision() {
            Fineness::Day => of_days(span),
            Fineness::Month => of_days(span),
            Fineness::Season => Precision::Season,
            _ => of_days(span),
        },
        Edtf::Interval(_) | Edtf::Set(_) => Precision::Range,
    }
}

/// The precision of a span with both ends known that is written as one date.
fn of_days(span: Span) -> Precision {
    match span.days().unwrap_or(i64::MAX) {
        1 => Precision::Day,
        2..=31 => Precision::Month,
        32..=366 => Precision::Year,
        367..=3653 => Precision::Decade,
        _ => Precision::Century,
    }
}

/// `2005-05-13`; years beyond four digits take EDTF's `Y` form through [`from_span`]'s callers' dates being ordinary.
pub(super) fn write_day(day: NaiveDate) -> String {
    format!("{}-{:02}-{:02}", write_year(day.year()), day.month(), day.day())
}

fn write_year(year: i32) -> String {
    if year < 0 { format!("-{:04}", -year) } else { format!("{year:04}") }
}

/// The simplest date that covers exactly this span. Years beyond four digits have no days in EDTF (`Y-11999`): such a
/// span is widened to whole years.
pub(super) fn from_span(span: Span) -> Date {
    let far = |day: NaiveDate| !(-9999..=9999).contains(&day.year());
    if span.earliest.is_some_and(far) || span.latest.is_some_and(far) {
        return of_years(span);
    }
    let (edtf, precision) = match (span.earliest, span.latest) {
        (None, None) => ("../..".to_string(), Precision::Open),
        (None, Some(b)) => (format!("../{}", write_day(b)), Precision::Open),
        (Some(a), None) => (format!("{}/..", write_day(a)), Precision::Open),
        (Some(a), Some(b)) if a == b => (write_day(a), Precision::Day),
        (Some(a), Some(b)) => closed(a, b),
    };
    Date { edtf, span, precision }
}

/// A span as years alone.
fn of_years(span: Span) -> Date {
    let year = |day: NaiveDate| match day.year() {
        y if (-9999..=9999).contains(&y) => write_year(y),
        y => format!("Y{y}"),
    };
    let edtf = match (span.earliest, span.latest) {
        (Some(a), Some(b)) if a.year() == b.year() => year(a),
        (a, b) => format!("{}/{}", a.map_or("..".into(), year), b.map_or("..".into(), year)),
    };
    let whole = Span {
        earliest: span.earliest.and_then(|d| NaiveDate::from_ymd_opt(d.year(), 1, 1)),
        latest: span.latest.and_then(|d| NaiveDate::from_ymd_opt(d.year(), 12, 31)),
    };
    let precision = match (whole.earliest, whole.latest) {
        (Some(a), Some(b)) if a.year() == b.year() => Precision::Year,
        (Some(_), Some(_)) => Precision::Range,
        _ => Precision::Open,
    };
    Date { edtf, span: whole, precision }
}

fn closed(a: NaiveDate, b: NaiveDate) -> (String, Precision) {
    let next = b.checked_add_days(Days::new(1));
    let first_of_month = a.day() == 1 && next.is_some_and(|n| n.day() == 1);
    if first_of_month && a.checked_add_months(Months::new(1)) == next {
        return (format!("{}-{:02}", write_year(a.year()), a.month()), Precision::Month);
    }
    if first_of_month && a.month() == 1 && a.checked_add_months(Months::new(12)) == next {
        return (write_year(a.year()), Precision::Year);
    }
    if first_of_month
        && a.month() == 1
        && b.month() == 12
        && a.year() >= 0
        && a.year() % 10 == 0
        && b.year() == a.year() + 9
    {
        return (format!("{:03}X", a.year() / 10), Precision::Decade);
    }
    // Whole years and whole months are written as such: a day would claim what nobody said.
    if first_of_month && a.month() == 1 && b.month() == 12 {
        return (format!("{}/{}", write_year(a.year()), write_year(b.year())), Precision::Range);
    }
    if first_of_month {
        let month = |d: NaiveDate| format!("{}-{:02}", write_year(d.year()), d.month());
        return (format!("{}/{}", month(a), month(b)), Precision::Range);
    }
    (format!("{}/{}", write_day(a), write_day(b)), Precision::Range)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn precision_and_bounds_follow_the_form() {
        for (text, precision, earliest, latest) in [
            ("2005-05-13", Precision::Day, "2005-05-13", "2005-05-13"),
            ("1999-04", Precision::Month, "1999-04-01", "1999-04-30"),
            ("2004", Precision::Year, "2004-01-01", "2004-12-31"),
            ("2004-XX", Precision::Year, "2004-01-01", "2004-12-31"),
            ("199X", Precision::Decade, "1990-01-01", "1999-12-31"),
            ("2008-21", Precision::Season, "2008-03-01", "2008-05-31"),
            ("2012-06-12/2012-06-13", Precision::Range, "2012-06-12", "2012-06-13"),
            ("[2012-06-14,2012-06-21]", Precision::Range, "2012-06-14", "2012-06-21"),
            ("../2005-11-21", Precision::Open, "", "2005-11-21"),
            ("2005-11-21/..", Precision::Open, "2005-11-21", ""),
            ("1999-01-22~", Precision::Day, "1999-01-22", "1999-01-22"),
        ] {
            let date = parse(text).expect(text);
            let day = |d: Option<NaiveDate>| d.map(|d| d.to_string()).unwrap_or_default();
            assert_eq!(date.precision, precision, "{text}");
            assert_eq!((day(date.span.earliest), day(date.span.latest)), (earliest.into(), latest.into()), "{text}");
        }
    }

    #[test]
    fn a_span_writes_itself_as_the_simplest_date_and_reads_back() {
        for text in ["2005-05-13", "1999-04", "2004", "199X", "2012-06-12/2012-06-13", "../2005-11-21", "2005-11-21/.."]
        {
            let span = parse(text).expect(text).span;
            let date = from_span(span);
            assert_eq!(date.edtf, text);
            assert_eq!(parse(&date.edtf).expect(text).span, span);
        }
    }

    proptest::proptest! {
        #[test]
        fn every_span_reads_back(a in -4_000_000i64..4_000_000, length in 0i64..40_000, open in 0u8..4) {
            let day = |n: i64| NaiveDate::default().checked_add_signed(chrono::TimeDelta::days(n));
            let span = Span {
                earliest: day(a).filter(|_| open != 1),
                latest: day(a + length).filter(|_| open != 2),
            };
            let date = from_span(span);
            let read = parse(&date.edtf).expect("what is written is EDTF");
            proptest::prop_assert_eq!(read.span, date.span, "{}", date.edtf);
            let near = (-9999..=9999).contains(&day(a).map_or(0, |d| d.year()))
                && (-9999..=9999).contains(&day(a + length).map_or(0, |d| d.year()));
            proptest::prop_assert!(!near || date.span == span);
        }
    }

    #[test]
    fn the_levels_of_edtf_are_read() {
        for (text, earliest, latest) in [
            ("Y-17000", "-17000-01-01", "-17000-12-31"),
            ("2004-06~-11", "2004-06-11", "2004-06-11"),
            ("156X-12-25", "1560-12-25", "1569-12-25"),
            ("2001-34", "2001-04-01", "2001-06-30"),
            ("{1667,1668,1670..1672}", "1667-01-01", "1672-12-31"),
            ("-0330", "-0330-01-01", "-0330-12-31"),
            ("1984?/2004-06~", "1984-01-01", "2004-06-30"),
        ] {
            let span = parse(text).expect(text).span;
            let day = |d: Option<NaiveDate>| d.map(|d| d.to_string()).unwrap_or_default();
            assert_eq!((day(span.earliest).as_str(), day(span.latest).as_str()), (earliest, latest), "{text}");
        }
    }

    #[test]
    fn what_is_no_edtf_is_refused_with_a_place() {
        let message = parse("2005-02-30").expect_err("no such day").to_string();
        assert!(message.contains("2005-02-30") && message.contains("offset"), "{message}");
    }
}
