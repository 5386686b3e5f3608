//! One event as one sentence reports it. Self-contained: this is what `extract` writes and the store keeps.

use super::EventType;
use crate::date::Date;
use serde::{Deserialize, Serialize};

/// Whether what is told happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Modality {
    /// Told as a fact by the document.
    Asserted,
    /// Told as a fact on somebody's word.
    Reported,
    /// Still going on at the document's date.
    Ongoing,
    /// Announced or planned.
    Future,
    /// Possible, conditional or asked.
    Hypothetical,
    /// Did not happen.
    Negated,
}

impl Modality {
    /// The word used in databases and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Modality::Asserted => "asserted",
            Modality::Reported => "reported",
            Modality::Ongoing => "ongoing",
            Modality::Future => "future",
            Modality::Hypothetical => "hypothetical",
            Modality::Negated => "negated",
        }
    }

    /// All modalities.
    pub fn all() -> impl Iterator<Item = Modality> {
        use Modality::*;
        [Asserted, Reported, Ongoing, Future, Hypothetical, Negated].into_iter()
    }

    /// The modality called `word`.
    pub fn parse(word: &str) -> Option<Self> {
        Self::all().find(|m| m.as_str() == word)
    }
}

/// What an actor does in an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Does it (both sides of a mutual act are initiators).
    Initiator,
    /// It is done to.
    Target,
    /// Is named in it otherwise.
    Other,
}

impl Role {
    /// The word used in databases and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Initiator => "initiator",
            Role::Target => "target",
            Role::Other => "other",
        }
    }

    /// The role called `word`.
    pub fn parse(word: &str) -> Option<Self> {
        [Role::Initiator, Role::Target, Role::Other].into_iter().find(|r| r.as_str() == word)
    }
}

/// One actor in one mention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// The most specific code: `UZB.KARIMOV`.
    pub code: String,
    /// The state or organisation it rolls up to: `UZB`.
    pub top: String,
    /// What it does.
    pub role: Role,
    /// The words that name it in the text, empty where it is implied.
    pub text: String,
}

/// The word that names the event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trigger {
    /// First character in the document's text.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// The words as written.
    pub text: String,
}

/// Where an event took place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The gazetteer's name: "Karshi-Khanabad".
    pub name: String,
    /// ISO 3166 alpha-3 code of the country.
    pub country: String,
    /// Latitude in degrees north.
    pub lat: Option<f64>,
    /// Longitude in degrees east.
    pub lon: Option<f64>,
}

/// When, and why we think so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MentionDate {
    /// The date.
    #[serde(flatten)]
    pub date: Date,
    /// The rule that dated the mention, e.g. `bound-timex`, `paragraph-timex`, `named-event`, `before-document`.
    #[serde(rename = "date_rule")]
    pub rule: String,
    /// What it was resolved against.
    #[serde(rename = "date_anchor")]
    pub anchor: String,
    /// One line: expression → rule → anchor → interval.
    #[serde(rename = "date_trace")]
    pub trace: String,
    /// A doubt worth telling.
    #[serde(rename = "date_warning", skip_serializing_if = "Option::is_none", default)]
    pub warning: Option<String>,
}

/// One event as one sentence reports it. All offsets are in characters (Unicode scalar values) of the document's text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// The document's identifier.
    pub doc: String,
    /// First character of the quote.
    pub start: usize,
    /// One past its last character.
    pub end: usize,
    /// The exact words of the sentence.
    pub quote: String,
    /// The word that names the event.
    pub trigger: Trigger,
    /// The trigger's lemma.
    pub lemma: String,
    /// Number of the paragraph as printed.
    pub paragraph: Option<u32>,
    /// Portion mark of the paragraph.
    pub marking: Option<String>,
    /// The zone's word.
    pub zone: String,
    /// PLOVER category.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// PLOVER mode, e.g. `visit`.
    pub mode: Option<String>,
    /// Project sub-type, e.g. `base.evict`.
    pub subtype: Option<String>,
    /// PLOVER contexts, e.g. `military`.
    #[serde(default)]
    pub contexts: Vec<String>,
    /// Who, in which role.
    pub actors: Vec<Participant>,
    /// Whether it happened.
    pub modality: Modality,
    /// On whose word: the actor's code, or the name as written.
    pub attributed_to: Option<String>,
    /// Where.
    pub place: Option<Place>,
    /// When.
    #[serde(flatten)]
    pub when: MentionDate,
    /// The event named by a lexicon entry ("andijan-2005"), where the mention is of a named event.
    pub named_event: Option<String>,
    /// One short sentence made from the parts: "Uzbekistan orders US forces out of Karshi-Khanabad".
    pub headline: String,
    /// How much a historian would want it on a timeline, 0..1.
    pub salience: f64,
    /// How likely the mention is right, 0..1.
    pub confidence: f64,
}

impl Mention {
    /// The codes of the states and organisations in it, each once, in order.
    pub fn tops(&self) -> Vec<&str> {
        let mut tops: Vec<&str> = Vec::new();
        for p in &self.actors {
            if !tops.contains(&p.top.as_str()) {
                tops.push(&p.top);
            }
        }
        tops
    }
}
