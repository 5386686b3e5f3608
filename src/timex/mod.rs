//! Time expressions: recognised, normalised (TIMEX3), resolved against an anchor.
//!
//! The grammar is data: `rules/data/timex-*.toml` holds word classes and rules, each rule with its examples. The
//! stages are separate files:
//!
//! 1. `lexicon` gives every token a *kind*: the set of word classes it belongs to. Most words have none.
//! 2. `automaton` tells at which tokens which rules can match, `recognise` matches those; the longest match wins.
//! 3. `normalise` turns a match into a meaning that needs no context ("the Friday before the anchor").
//! 4. `resolve` gives a meaning its days, from the document date or from the narrative's running reference time.
//!
//! ```
//! use dateline::{rules::Rules, timex::{Anchoring, Tagger}};
//! let tagger = Tagger::new(&Rules::builtin())?;
//! let document_date = "2005-11-21".parse().ok();
//! let found = tagger.tag_text("They met on November 14.", document_date, Anchoring::Auto);
//! assert_eq!(found[0].value, "2005-11-14");
//! # Ok::<(), dateline::Error>(())
//! ```
//!
//! Ranges: "June 12-13" is one expression with an interval. Two full expressions joined into a range ("from 1961 to
//! 1963", "March 5 - April 2") stay two; the first carries the date of the whole range, the second its own.
//!
//! This module knows nothing of events: what an expression is attached to is decided by `event`.

mod automaton;
mod calendar;
mod check;
mod compile;
mod context;
mod firsts;
mod grammar;
mod heading;
mod joined;
mod lexicon;
mod light;
mod meaning;
mod normalise;
mod pattern;
mod phrase;
mod ranges;
mod recognise;
mod relation;
mod report;
mod resolve;
mod state;
mod stream;
mod tagger;
mod tense;
#[cfg(test)]
mod tests;
mod values;
mod words;

pub use check::{Failure, check};
pub use context::{Anchoring, Context};
pub use light::sentences as split_light;
pub use report::{Record, TimeMl, records, timeml};
pub use stream::Stream;
pub use tagger::Tagger;

use crate::date::Date;
use serde::Serialize;
use std::ops::Range;

/// How many "several", "a few" or "weeks" without a number are at least and at most.
pub const FEWEST: i64 = 2;
/// See [`FEWEST`].
pub const MOST: i64 = 11;

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

impl TimexKind {
    /// The TIMEX3 word, e.g. `DATE`.
    pub fn as_str(self) -> &'static str {
        match self {
            TimexKind::Date => "DATE",
            TimexKind::Time => "TIME",
            TimexKind::Duration => "DURATION",
            TimexKind::Set => "SET",
        }
    }
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
    /// TIMEX3 `quant` of a set: `EVERY`, `EACH`.
    pub quant: Option<String>,
    /// TIMEX3 `freq` of a set: `2X` for "twice a week".
    pub freq: Option<String>,
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
