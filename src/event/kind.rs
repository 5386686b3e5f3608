//! The PLOVER categories with their quad class, score and CAMEO root (reference: PLOVER manual; CAMEO codebook).

use serde::{Deserialize, Serialize};

/// A PLOVER event category; `Statement` and `Other` are ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum EventType {
    /// Promises or consents to future cooperation.
    Agree,
    /// Meets, visits, negotiates.
    Consult,
    /// Signs, ratifies, recognises, praises.
    Support,
    /// Yields in words: lifts a restriction, apologises.
    Concede,
    /// Mutual material exchange: trade, joint exercise, basing in practice.
    Cooperate,
    /// One-way material help.
    Aid,
    /// Yields in deed: troops leave, prisoners freed.
    Retreat,
    /// Asks or demands.
    Request,
    /// Criticises, alleges, investigates.
    Accuse,
    /// Refuses, declines, does not renew.
    Reject,
    /// Warns of coercion.
    Threaten,
    /// Collective physical dissent.
    Protest,
    /// Cuts existing relations, expels, imposes sanctions.
    Sanction,
    /// Military or police moves short of force.
    Mobilize,
    /// Repression short of violence.
    Coerce,
    /// Deliberate physical violence.
    Assault,
    /// A position stated without an act (ours, not PLOVER).
    Statement,
    /// A dated happening that PLOVER has no category for: elections, appointments, deaths, foundings (ours).
    Other,
}

/// The four quadrants of event data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quad {
    /// Neither: statements and other happenings.
    Neutral,
    /// Words that bring together.
    VerbalCooperation,
    /// Deeds that bring together.
    MaterialCooperation,
    /// Words that set apart.
    VerbalConflict,
    /// Deeds that set apart.
    MaterialConflict,
}

/// One row of the table of categories: type, word, quad, score (−10..+10), CAMEO root.
type Row = (EventType, &'static str, Quad, f64, &'static str);

/// Scores and quads as in the PLOVER manual (ACCUSE is printed there with a positive sign, against its own modes).
const TABLE: [Row; 18] = [
    (EventType::Agree, "AGREE", Quad::VerbalCooperation, 2.5, "03"),
    (EventType::Consult, "CONSULT", Quad::VerbalCooperation, 2.5, "04"),
    (EventType::Support, "SUPPORT", Quad::VerbalCooperation, 5.0, "05"),
    (EventType::Concede, "CONCEDE", Quad::VerbalCooperation, 4.5, "08"),
    (EventType::Cooperate, "COOPERATE", Quad::MaterialCooperation, 9.5, "06"),
    (EventType::Aid, "AID", Quad::MaterialCooperation, 10.0, "07"),
    (EventType::Retreat, "RETREAT", Quad::MaterialCooperation, 6.5, "08"),
    (EventType::Request, "REQUEST", Quad::VerbalConflict, 0.0, "10"),
    (EventType::Accuse, "ACCUSE", Quad::VerbalConflict, -3.0, "11"),
    (EventType::Reject, "REJECT", Quad::VerbalConflict, -2.0, "12"),
    (EventType::Threaten, "THREATEN", Quad::VerbalConflict, -3.5, "13"),
    (EventType::Protest, "PROTEST", Quad::MaterialConflict, -5.0, "14"),
    (EventType::Sanction, "SANCTION", Quad::MaterialConflict, -6.0, "16"),
    (EventType::Mobilize, "MOBILIZE", Quad::MaterialConflict, -5.5, "15"),
    (EventType::Coerce, "COERCE", Quad::MaterialConflict, -7.0, "17"),
    (EventType::Assault, "ASSAULT", Quad::MaterialConflict, -9.0, "18"),
    (EventType::Statement, "STATEMENT", Quad::Neutral, 0.0, "01"),
    (EventType::Other, "OTHER", Quad::Neutral, 0.0, ""),
];

impl EventType {
    /// Whether it is done with words to somebody who hears them.
    pub fn is_said(self) -> bool {
        use EventType::*;
        matches!(self, Statement | Request | Accuse | Reject | Agree | Support | Threaten | Concede)
    }

    /// All categories, in the manual's order.
    pub fn all() -> impl Iterator<Item = EventType> {
        TABLE.iter().map(|row| row.0)
    }

    fn row(self) -> &'static Row {
        TABLE.iter().find(|row| row.0 == self).unwrap_or(&TABLE[17])
    }

    /// The category's name in capitals, as in the manual.
    pub fn as_str(self) -> &'static str {
        self.row().1
    }

    /// The category called `name` (any case).
    pub fn parse(name: &str) -> Option<Self> {
        TABLE.iter().find(|row| row.1.eq_ignore_ascii_case(name)).map(|row| row.0)
    }

    /// Its quadrant.
    pub fn quad(self) -> Quad {
        self.row().2
    }

    /// Its score on the PLOVER scale, −10 (worst conflict) to +10.
    pub fn score(self) -> f64 {
        self.row().3
    }

    /// Its CAMEO root code, empty where there is none.
    pub fn cameo(self) -> &'static str {
        self.row().4
    }
}

impl Quad {
    /// All quadrants.
    pub fn all() -> impl Iterator<Item = Quad> {
        use Quad::*;
        [Neutral, VerbalCooperation, MaterialCooperation, VerbalConflict, MaterialConflict].into_iter()
    }

    /// The quadrant called `word`.
    pub fn parse(word: &str) -> Option<Self> {
        Self::all().find(|q| q.as_str() == word)
    }

    /// The word used in databases and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Quad::Neutral => "neutral",
            Quad::VerbalCooperation => "verbal-cooperation",
            Quad::MaterialCooperation => "material-cooperation",
            Quad::VerbalConflict => "verbal-conflict",
            Quad::MaterialConflict => "material-conflict",
        }
    }
}
