//! Which accounts tell of one event: a pure function of all mentions and the researcher's decisions.
//!
//! `profile` takes what counts from an account, `likeness` compares two (dates, actors, kind, place, words), vetoes what
//! cannot be one event and asks for a sign that it is; the words are data (`words`, `merge-words.toml`);
//! `cluster` joins the likest first, by complete linkage, so that no chain of half-likenesses joins strangers; `fuse`
//! makes one event of a group. Rules of this kind do well on one-off events and badly on recurring ones (ECB+ against GVC): hence the vetoes.

mod cluster;
mod fuse;
mod likeness;
mod profile;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use likeness::PLANNED;
pub(crate) use words::SECTION;
pub use words::Words;

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
    /// PLOVER contexts of its accounts, each once, e.g. `military`.
    #[serde(default)]
    pub contexts: Vec<String>,
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
pub fn merge(accounts: &[Account], decisions: &Decisions, words: &Words) -> Vec<Cluster> {
    // Ties are broken by position: positions in the order of the fingerprints make the answer independent of the input's.
    let mut order: Vec<usize> = (0..accounts.len()).collect();
    order.sort_by(|&a, &b| accounts[a].key.cmp(&accounts[b].key));
    let sorted: Vec<Account> = order.iter().map(|&i| accounts[i].clone()).collect();
    let mut clusters: Vec<Cluster> = cluster::groups(&sorted, decisions, words)
        .into_iter()
        .map(|members| {
            let event = fuse::fuse(&sorted, &members);
            let mut members: Vec<usize> = members.into_iter().map(|m| order[m]).collect();
            members.sort_unstable();
            Cluster { event, members }
        })
        .collect();
    clusters.sort_by(|a, b| a.members.cmp(&b.members));
    clusters
}

/// How alike two accounts are, 0 to 1; `None` where something forbids that they tell of one event. [`merge`] joins from
/// 0.65 on, and knows how rare each word is, which this does not.
pub fn alike(a: &Mention, b: &Mention, words: &Words) -> Option<f64> {
    let (a, b) = (alone(a, words), alone(b, words));
    (!a.forbids(&b)).then(|| a.likeness(&b, &Default::default()))
}

/// Whether `deed` is what `plan` announced: told as done, the same act by the same sides, on days that the plan allows.
pub fn realises(deed: &Mention, plan: &Mention, words: &Words) -> bool {
    alone(deed, words).realises(&alone(plan, words))
}

/// The profile of a mention of which nothing else is known.
fn alone<'w>(mention: &Mention, words: &'w Words) -> profile::Profile<'w> {
    let account = Account { key: String::new(), mention: mention.clone(), source: String::new(), doc_date: None };
    profile::Profile::new(&account, words)
}

/// The one event that these accounts tell of, by the researcher's word or since an earlier merge found so. There is one
/// account at least.
pub fn fused(accounts: &[Account]) -> Cluster {
    // As in `merge`: ties are broken in the order of the fingerprints.
    let mut sorted = accounts.to_vec();
    sorted.sort_by(|a, b| a.key.cmp(&b.key));
    let members: Vec<usize> = (0..accounts.len()).collect();
    Cluster { event: fuse::fuse(&sorted, &members), members }
}

/// An event's identifier, drawn from the fingerprint of its first account.
pub fn uid(key: &str) -> String {
    let digest = Sha256::digest(key.as_bytes());
    digest.iter().take(5).fold(String::from("e"), |uid, byte| format!("{uid}{byte:02x}"))
}
