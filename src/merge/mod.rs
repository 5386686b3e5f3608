//! Which accounts tell of one event: a pure function of all mentions and the researcher's decisions.

use crate::date::Date;
use crate::event::{EventType, Modality, Participant, Place};
use serde::{Deserialize, Serialize};

/// One event: what one or more mentions tell of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Stable identifier: `e` and ten hexadecimal digits, drawn from the evidence and not from row numbers.
    pub uid: String,
    /// One short sentence.
    pub headline: String,
    /// PLOVER category.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// Project sub-type.
    pub subtype: Option<String>,
    /// Who, in which role; each actor once.
    pub actors: Vec<Participant>,
    /// Whether it happened, by the best account.
    pub modality: Modality,
    /// Where.
    pub place: Option<Place>,
    /// When: the intersection of the compatible claims.
    #[serde(flatten)]
    pub date: Date,
    /// Why this date: one line.
    pub date_trace: String,
    /// Whether accounts contradict each other's dates.
    pub conflict: bool,
    /// A doubt worth telling.
    pub warning: Option<String>,
    /// The lexicon's named event, if it is one.
    pub named_event: Option<String>,
    /// How much a historian would want it on a timeline, 0..1.
    pub salience: f64,
    /// How likely it is right, 0..1.
    pub confidence: f64,
    /// Number of accounts (mentions).
    pub accounts: usize,
    /// Number of documents that tell of it.
    pub documents: usize,
    /// Number of independent sources.
    pub sources: usize,
}
