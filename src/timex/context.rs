//! What a tagger is told about a document besides its text.

use crate::date::NaiveDate;
use serde::{Deserialize, Serialize};

/// What relative expressions are resolved against.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Anchoring {
    /// The document date: news, cables, letters. "January" is the January nearest to it.
    News,
    /// The running reference time: histories. "January" is the January of the time just told of.
    Narrative,
    /// Decided from the text: a text that tells mostly of years long before its own date is a narrative.
    #[default]
    Auto,
}

/// What the text is read against. The reference time is always an argument: nothing here reads a clock.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// The document date; without it relative expressions keep `XXXX-…` values.
    pub anchor: Option<NaiveDate>,
    /// Where the document date comes from, for traces (`header`, `issue`); may be empty.
    pub basis: String,
    /// What relative expressions are resolved against.
    pub anchoring: Anchoring,
    /// Whether [`super::Timex::trace`] is left empty: nobody reads it.
    pub untraced: bool,
}

impl Context {
    /// A context with a document date and automatic anchoring.
    pub fn at(anchor: NaiveDate) -> Self {
        Context { anchor: Some(anchor), ..Context::default() }
    }
}
