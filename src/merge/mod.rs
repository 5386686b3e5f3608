//! Which accounts tell of one event: a pure function of all mentions and the researcher's decisions.

use crate::date::{Date, NaiveDate};
use crate::event::{EventType, Mention, Modality, Participant, Place};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

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

/// One mention on its way into an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// The fingerprint of its evidence: stable across builds, independent of row numbers and rule names.
    pub key: String,
    /// What the sentence reports.
    pub mention: Mention,
    /// Its source: the group of copies that its document belongs to, else the document's identifier.
    pub source: String,
    /// The day its document was written.
    pub doc_date: Option<NaiveDate>,
}

/// What the researcher decided about which accounts belong together, by fingerprints.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    /// Pairs of accounts that tell of one event.
    pub together: Vec<(String, String)>,
    /// Pairs of accounts that do not.
    pub apart: Vec<(String, String)>,
}

/// One event with its accounts.
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster {
    /// The event.
    pub event: Event,
    /// Indices into the accounts that were given, in order.
    pub members: Vec<usize>,
}

/// Groups the accounts of one event. The answer does not depend on the order of `accounts`.
pub fn merge(accounts: &[Account], _decisions: &Decisions) -> Vec<Cluster> {
    accounts.iter().enumerate().map(|(i, a)| Cluster { event: alone(a), members: vec![i] }).collect()
}

/// The event that one account tells of.
fn alone(account: &Account) -> Event {
    let m = &account.mention;
    Event {
        uid: uid(&account.key),
        headline: m.headline.clone(),
        kind: m.kind,
        mode: m.mode.clone(),
        subtype: m.subtype.clone(),
        actors: m.actors.clone(),
        modality: m.modality,
        place: m.place.clone(),
        date: m.when.date.clone(),
        date_trace: m.when.trace.clone(),
        conflict: false,
        warning: m.when.warning.clone(),
        named_event: m.named_event.clone(),
        salience: m.salience,
        confidence: m.confidence,
        accounts: 1,
        documents: 1,
        sources: 1,
    }
}

/// An event's identifier, drawn from the fingerprint of its first account.
pub fn uid(key: &str) -> String {
    let digest = Sha256::digest(key.as_bytes());
    digest.iter().take(5).fold(String::from("e"), |uid, byte| format!("{uid}{byte:02x}"))
}
