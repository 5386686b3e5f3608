//! What a date looks like: the form in which an EDTF date is drawn.
//!
//! Days are numbered from the first of January of the year 1 (chrono's day count from the common era). This module
//! draws nothing.

use crate::date::{Date, NaiveDate, Span};
use crate::event::Modality;
use chrono::Datelike;
use edtf_core::{Bound, Edtf, IntervalEndpoint, SetElement, SetKind};

/// A day as a number.
pub type Day = i64;

/// One end of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Known to the day.
    Exact(Day),
    /// Known to lie between two days.
    Within(Day, Day),
    /// About these days.
    About(Day, Day),
    /// Goes on.
    Open,
    /// Nobody knows.
    Unknown,
}

/// The form of a date on a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// One day.
    Day(Day),
    /// Some time between two days.
    Within(Day, Day),
    /// From … to ….
    Range(End, End),
    /// One of several.
    OneOf(Vec<(Day, Day)>),
    /// Each of several.
    AllOf(Vec<(Day, Day)>),
    /// Not later than.
    Before(Day),
    /// Not earlier than.
    After(Day),
    /// Nothing is known.
    Undated,
}

/// When, as a chart sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    /// How it is drawn.
    pub form: Form,
    /// Marked `~`.
    pub approximate: bool,
    /// Marked `?`.
    pub uncertain: bool,
}

/// The number of a calendar day.
pub fn number(day: NaiveDate) -> Day {
    i64::from(day.num_days_from_ce())
}

/// The calendar day of a number, kept within what a calendar can state.
pub fn calendar(day: Day) -> NaiveDate {
    let day = i32::try_from(day).unwrap_or(if day < 0 { i32::MIN } else { i32::MAX });
    NaiveDate::from_num_days_from_ce_opt(day).unwrap_or(if day < 0 { NaiveDate::MIN } else { NaiveDate::MAX })
}

fn bound(bound: Bound) -> Option<Day> {
    match bound {
        Bound::Date(d) => {
            NaiveDate::from_ymd_opt(i32::try_from(d.year).ok()?, u32::from(d.month), u32::from(d.day)).map(number)
        }
        _ => None,
    }
}

fn days(date: edtf_core::Date) -> Option<(Day, Day)> {
    let bounds = Edtf::Date(date).bounds();
    Some((bound(bounds.earliest)?, bound(bounds.latest)?))
}

impl When {
    /// The form of an event's date. An interval `A/B` lasts where the event is told as going on; else it says between
    /// which days the event lies, as all dates of [`crate::merge`] do. So with `A/..`: lasting, or a bound.
    pub fn of(date: &Date, modality: Modality) -> Self {
        let parsed = Edtf::parse(&date.edtf).ok();
        let form = parsed.as_ref().and_then(form).unwrap_or_else(|| of_span(date.span));
        let lasts = modality == Modality::Ongoing;
        When {
            form: if lasts { form } else { at_some_time(form) },
            approximate: parsed.as_ref().is_some_and(Edtf::is_approximate),
            uncertain: parsed.as_ref().is_some_and(Edtf::is_uncertain),
        }
    }

    /// First and last day it may touch, `None` where open.
    pub fn reach(&self) -> (Option<Day>, Option<Day>) {
        let first = |end: End| match end {
            End::Exact(d) | End::Within(d, _) | End::About(d, _) => Some(d),
            _ => None,
        };
        let last = |end: End| match end {
            End::Exact(d) | End::Within(_, d) | End::About(_, d) => Some(d),
            _ => None,
        };
        match &self.form {
            Form::Day(d) => (Some(*d), Some(*d)),
            Form::Within(a, b) => (Some(*a), Some(*b)),
            Form::Range(a, b) => (first(*a), last(*b)),
            Form::OneOf(list) | Form::AllOf(list) => (list.iter().map(|d| d.0).min(), list.iter().map(|d| d.1).max()),
            Form::Before(d) => (None, Some(*d)),
            Form::After(d) => (Some(*d), None),
            Form::Undated => (None, None),
        }
    }

    /// The day that stands for it where one is needed (sorting, counting): the middle, or the known end.
    pub fn middle(&self) -> Option<Day> {
        match self.reach() {
            (Some(a), Some(b)) => Some(a + (b - a) / 2),
            (a, b) => a.or(b),
        }
    }

    /// Whether the date is one known day.
    pub fn is_day(&self) -> bool {
        matches!(self.form, Form::Day(_)) && !self.approximate && !self.uncertain
    }
}

fn of_span(span: Span) -> Form {
    match (span.earliest.map(number), span.latest.map(number)) {
        (Some(a), Some(b)) if a == b => Form::Day(a),
        (Some(a), Some(b)) => Form::Within(a, b),
        (Some(a), None) => Form::After(a),
        (None, Some(b)) => Form::Before(b),
        (None, None) => Form::Undated,
    }
}

fn single((a, b): (Day, Day)) -> Form {
    if a == b { Form::Day(a) } else { Form::Within(a, b) }
}

fn form(edtf: &Edtf) -> Option<Form> {
    match edtf {
        Edtf::Date(date) => Some(single(days(*date)?)),
        Edtf::DateTime(date) => Some(single(days(date.date)?)),
        Edtf::Set(set) => {
            if let [SetElement::Range(a, b)] = set.elements.as_slice() {
                return (set.kind == SetKind::OneMember).then_some(Form::Within(days(*a)?.0, days(*b)?.1));
            }
            let members: Option<Vec<(Day, Day)>> = set.elements.iter().map(member).collect();
            let members = members?;
            match (set.kind, members.as_slice()) {
                (_, []) => None,
                (_, [one]) => Some(single(*one)),
                (SetKind::OneMember, _) => Some(Form::OneOf(members)),
                (SetKind::AllMembers, _) => Some(Form::AllOf(members)),
            }
        }
        Edtf::Interval(interval) => {
            let (start, end) = (end_of(interval.start)?, end_of(interval.end)?);
            Some(match (start, end) {
                (End::Open | End::Unknown, End::Open | End::Unknown) => Form::Undated,
                (End::Open | End::Unknown, End::Exact(b) | End::Within(_, b) | End::About(_, b)) => Form::Before(b),
                (a, b) => Form::Range(a, b),
            })
        }
    }
}

/// What a range says of an event that does not last: it lies between the ends.
fn at_some_time(form: Form) -> Form {
    let Form::Range(start, end) = form else { return form };
    let first = match start {
        End::Exact(d) | End::Within(d, _) | End::About(d, _) => Some(d),
        End::Open | End::Unknown => None,
    };
    let last = match end {
        End::Exact(d) | End::Within(_, d) | End::About(_, d) => Some(d),
        End::Open | End::Unknown => None,
    };
    match (first, last) {
        (Some(a), Some(b)) => single((a, b.max(a))),
        (Some(a), None) => Form::After(a),
        (None, Some(b)) => Form::Before(b),
        (None, None) => Form::Undated,
    }
}

fn member(element: &SetElement) -> Option<(Day, Day)> {
    match element {
        SetElement::Date(date) => days(*date),
        SetElement::Range(a, b) => Some((days(*a)?.0, days(*b)?.1)),
        SetElement::OnOrBefore(_) | SetElement::OnOrAfter(_) => None,
    }
}

fn end_of(end: IntervalEndpoint) -> Option<End> {
    let dated = |date: edtf_core::Date| {
        let (a, b) = days(date)?;
        Some(match (date.is_approximate() || date.is_uncertain(), a == b) {
            (true, _) => End::About(a, b),
            (false, true) => End::Exact(a),
            (false, false) => End::Within(a, b),
        })
    };
    match end {
        IntervalEndpoint::Date(date) => dated(date),
        IntervalEndpoint::Open => Some(End::Open),
        IntervalEndpoint::Unknown => Some(End::Unknown),
        IntervalEndpoint::OnOrBefore(date) | IntervalEndpoint::OnOrAfter(date) => {
            days(date).map(|(a, b)| End::About(a, b))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn when(edtf: &str, modality: Modality) -> When {
        When::of(&Date::from_edtf(edtf).expect(edtf), modality)
    }

    fn day(text: &str) -> Day {
        number(text.parse().expect(text))
    }

    #[test]
    fn every_form_of_the_table_is_told_apart() {
        let (a, lasting) = (Modality::Asserted, Modality::Ongoing);
        assert_eq!(when("2005-05-13", a).form, Form::Day(day("2005-05-13")));
        assert_eq!(when("2005-06", a).form, Form::Within(day("2005-06-01"), day("2005-06-30")));
        assert!(when("2005-06~", a).approximate && !when("2005-06~", a).uncertain);
        assert!(when("2005-06?", a).uncertain && !when("2005-06?", a).approximate);
        assert!(when("2005-06%", a).uncertain && when("2005-06%", a).approximate);
        assert_eq!(
            when("2001-10-07/2005-11-21", lasting).form,
            Form::Range(End::Exact(day("2001-10-07")), End::Exact(day("2005-11-21")))
        );
        assert_eq!(
            when("2002/2005-11", lasting).form,
            Form::Range(
                End::Within(day("2002-01-01"), day("2002-12-31")),
                End::Within(day("2005-11-01"), day("2005-11-30"))
            )
        );
        assert!(matches!(when("2003-08~/2004-06-01", lasting).form, Form::Range(End::About(..), End::Exact(_))));
        assert_eq!(when("2005-06-12/2005-06-13", a).form, Form::Within(day("2005-06-12"), day("2005-06-13")));
        assert_eq!(when("2002-01-01/..", a).form, Form::After(day("2002-01-01")));
        assert_eq!(when("../2005-11-21", a).form, Form::Before(day("2005-11-21")));
        assert!(matches!(when("2002-01-01/..", Modality::Ongoing).form, Form::Range(End::Exact(_), End::Open)));
        assert!(matches!(when("2002-01-01/", Modality::Ongoing).form, Form::Range(End::Exact(_), End::Unknown)));
        assert!(matches!(when("[2005-05,2005-07]", a).form, Form::OneOf(list) if list.len() == 2));
        assert!(matches!(when("{2005-05,2005-07}", a).form, Form::AllOf(list) if list.len() == 2));
        assert_eq!(When::of(&Date::from_span(Span::default()), a).form, Form::Undated);
    }
}
