//! An interval of days and how it lies to another.

use super::NaiveDate;
use serde::{Deserialize, Serialize};

/// An inclusive interval of calendar days; `None` is an open end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First possible day, `None` = unknown.
    pub earliest: Option<NaiveDate>,
    /// Last possible day, `None` = unknown.
    pub latest: Option<NaiveDate>,
}

/// How an event's span answers a question about a period (DESIGN.md, "Dates").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fit {
    /// The whole span lies in the period.
    Definite,
    /// The span overlaps the period.
    Possible,
}

impl Span {
    /// The span of one day.
    pub fn day(day: NaiveDate) -> Self {
        Span { earliest: Some(day), latest: Some(day) }
    }

    /// The span between two known days, inclusive. The caller passes them in order.
    pub fn between(earliest: NaiveDate, latest: NaiveDate) -> Self {
        Span { earliest: Some(earliest), latest: Some(latest) }
    }

    /// The days in both, or `None` where there is none.
    pub fn intersect(self, other: Span) -> Option<Span> {
        let earliest = self.earliest.max(other.earliest); // None < Some: an open start gives way
        let latest = match (self.latest, other.latest) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        match (earliest, latest) {
            (Some(a), Some(b)) if a > b => None,
            _ => Some(Span { earliest, latest }),
        }
    }

    /// The smallest span that covers both; an open end stays open.
    pub fn hull(self, other: Span) -> Span {
        Span {
            earliest: self.earliest.zip(other.earliest).map(|(a, b)| a.min(b)),
            latest: self.latest.zip(other.latest).map(|(a, b)| a.max(b)),
        }
    }

    /// Whether every day of `other` lies in `self`.
    pub fn contains(self, other: Span) -> bool {
        let start = match (self.earliest, other.earliest) {
            (None, _) => true,
            (Some(a), Some(b)) => a <= b,
            (Some(_), None) => false,
        };
        let end = match (self.latest, other.latest) {
            (None, _) => true,
            (Some(a), Some(b)) => a >= b,
            (Some(_), None) => false,
        };
        start && end
    }

    /// How this span answers a question about `period`: definite, possible or (`None`) not at all.
    pub fn fit(self, period: Span) -> Option<Fit> {
        self.intersect(period)?;
        Some(if period.contains(self) { Fit::Definite } else { Fit::Possible })
    }

    /// Number of days covered, `None` where an end is open.
    pub fn days(self) -> Option<i64> {
        Some((self.latest? - self.earliest?).num_days() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> NaiveDate {
        text.parse().expect("a test date")
    }

    fn s(a: &str, b: &str) -> Span {
        let end = |t: &str| (!t.is_empty()).then(|| d(t));
        Span { earliest: end(a), latest: end(b) }
    }

    #[test]
    fn intersection_takes_the_tighter_ends() {
        let may = s("2005-05-01", "2005-05-31");
        assert_eq!(may.intersect(s("2005-05-13", "")), Some(s("2005-05-13", "2005-05-31")));
        assert_eq!(may.intersect(s("", "2005-05-13")), Some(s("2005-05-01", "2005-05-13")));
        assert_eq!(may.intersect(s("2005-06-01", "")), None);
        assert_eq!(s("", "").intersect(may), Some(may));
    }

    #[test]
    fn definite_is_inside_possible_is_overlap() {
        let year = s("2005-01-01", "2005-12-31");
        assert_eq!(s("2005-05-13", "2005-05-13").fit(year), Some(Fit::Definite));
        assert_eq!(s("2005-05-13", "").fit(year), Some(Fit::Possible));
        assert_eq!(s("2004-12-31", "2005-01-01").fit(year), Some(Fit::Possible));
        assert_eq!(s("2006-01-01", "").fit(year), None);
        assert_eq!(s("2006-01-01", "").fit(s("", "")), Some(Fit::Definite));
    }
}
