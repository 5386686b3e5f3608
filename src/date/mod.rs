//! What a date is: an interval of calendar days with a precision, written as EDTF.
//!
//! Days are proleptic Gregorian ([`chrono::NaiveDate`]); an open end is `None`. The exchange form is EDTF
//! (ISO 8601-2:2019, levels 0–2), parsed by `edtf-core`; bounds and precision are derived from it, so that every value
//! dateline prints parses back to the same bounds.
//!
//! This module does not find dates in text (see `timex`) and never reads a clock.

mod edtf;
mod part;
mod russian;
mod span;
pub mod words;

pub use chrono::NaiveDate;
pub use edtf::parse as parse_edtf;
pub use span::{Fit, Span};

use serde::{Deserialize, Serialize};

/// How finely a date is known. Ordered from fine to coarse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// One calendar day.
    Day,
    /// One ISO week, or about a week.
    Week,
    /// One calendar month.
    Month,
    /// A season (EDTF 21–24), a quarter or a half-year.
    Season,
    /// One calendar year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
    /// An interval with two known ends that is none of the above.
    Range,
    /// At least one end is unknown.
    Open,
}

impl Precision {
    /// The word used in databases and output, e.g. `month`.
    pub fn as_str(self) -> &'static str {
        match self {
            Precision::Day => "day",
            Precision::Week => "week",
            Precision::Month => "month",
            Precision::Season => "season",
            Precision::Year => "year",
            Precision::Decade => "decade",
            Precision::Century => "century",
            Precision::Range => "range",
            Precision::Open => "open",
        }
    }

    /// The precision called `word`, if there is one.
    pub fn parse(word: &str) -> Option<Self> {
        use Precision::*;
        [Day, Week, Month, Season, Year, Decade, Century, Range, Open].into_iter().find(|p| p.as_str() == word)
    }
}

/// A date as dateline states it: EDTF, the days it may lie on, and how finely it is known.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Date {
    /// The EDTF string (canonical).
    pub edtf: String,
    /// Earliest and latest day, inclusive; `None` = open.
    #[serde(flatten)]
    pub span: Span,
    /// How finely the date is known.
    pub precision: Precision,
}

impl Date {
    /// The date of one known day.
    pub fn day(day: NaiveDate) -> Self {
        Date { edtf: edtf::write_day(day), span: Span::day(day), precision: Precision::Day }
    }

    /// The date that an EDTF string states.
    ///
    /// # Errors
    /// [`crate::Error::Usage`] when the string is no EDTF; the message says where it goes wrong.
    pub fn from_edtf(text: &str) -> crate::Result<Self> {
        parse_edtf(text)
    }

    /// The simplest EDTF date that covers just these days: a day, month or year where the span is one, else an
    /// interval (`A/B`, `../B`, `A/..`). A span open at both ends is `../..`.
    pub fn from_span(span: Span) -> Self {
        edtf::from_span(span)
    }

    /// Whether at least one end is unknown.
    pub fn is_open(&self) -> bool {
        self.span.earliest.is_none() || self.span.latest.is_none()
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.edtf)
    }
}
