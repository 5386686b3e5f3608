//! Time expressions: recognised, normalised (TIMEX3), resolved against an anchor.

use crate::date::Date;
use serde::Serialize;
use std::ops::Range;

/// TIMEX3 types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimexKind {
    /// A calendar date of any granularity.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A recurring time.
    Set,
}

/// A bound word in front of a time expression: it turns a date into a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// "in", "on", "during", or nothing: the event lies at the date.
    At,
    /// "since", "from": from the date on.
    Since,
    /// "after", "following": later than the date.
    After,
    /// "before", "ahead of", "prior to": earlier than the date.
    Before,
    /// "until", "till": lasting up to the date.
    Until,
    /// "by": at the date or earlier.
    By,
}

/// A time expression found in a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Timex {
    /// Bytes of the document's text.
    pub range: Range<usize>,
    /// Index of its sentence.
    pub sentence: usize,
    /// Its tokens within the sentence.
    pub tokens: Range<usize>,
    /// TIMEX3 type.
    pub kind: TimexKind,
    /// TIMEX3 value, e.g. `2005-05`, `P2W`, `XXXX-WXX-4`, `PAST_REF`.
    pub value: String,
    /// TIMEX3 `mod` (`START`, `MID`, `END`, `APPROX`, `BEFORE`, `AFTER`, …).
    pub modifier: Option<&'static str>,
    /// The days it means, where it can be told.
    pub date: Option<Date>,
    /// How it bounds what it is attached to.
    pub relation: Relation,
    /// Whether the year was taken from the anchor and not written.
    pub year_implied: bool,
    /// What it was resolved against, e.g. `document date 2005-11-21`, `timex "June 12"`, `none`.
    pub anchor: String,
    /// The name of the rule that found it.
    pub rule: String,
    /// One line: expression → rule → anchor → interval.
    pub trace: String,
    /// A doubt worth telling ("Thursday is the posting day itself").
    pub warning: Option<String>,
}
