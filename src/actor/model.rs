//! What is known of an actor: its kind, names, dated roles and memberships.

use crate::date::{Date, Span};
use crate::{Error, Result};

/// What an actor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActorKind {
    /// A state, present or past, or a territory with a government of its own.
    State,
    /// An intergovernmental organisation, treaty community, mission or coalition.
    Igo,
    /// A part of a state or organisation: a ministry, an embassy, its forces.
    Office,
    /// A person.
    Person,
    /// A movement, party or armed group.
    Group,
    /// A manner of speaking that stands for several actors ("the West").
    Construct,
    /// A newspaper or agency.
    Media,
    /// A company.
    Company,
}

/// The kinds and their words, in files and in output.
const KINDS: [(ActorKind, &str); 8] = [
    (ActorKind::State, "state"),
    (ActorKind::Igo, "igo"),
    (ActorKind::Office, "office"),
    (ActorKind::Person, "person"),
    (ActorKind::Group, "group"),
    (ActorKind::Construct, "construct"),
    (ActorKind::Media, "media"),
    (ActorKind::Company, "company"),
];

impl ActorKind {
    /// The word used in files, databases and output.
    pub fn as_str(self) -> &'static str {
        KINDS.iter().find(|(k, _)| *k == self).map_or("state", |(_, word)| word)
    }

    /// The kind called `word`.
    pub fn parse(word: &str) -> Option<Self> {
        KINDS.iter().find(|(_, w)| *w == word).map(|(k, _)| *k)
    }
}

/// An office that a person held for a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldRole {
    /// The office: "president", "foreign-minister".
    pub office: String,
    /// The state or organisation whose office it is.
    pub of: String,
    /// When; open ends where unknown or lasting.
    pub span: Span,
}

/// A membership of one actor in an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The member's code.
    pub member: String,
    /// When; open ends where unknown or lasting.
    pub span: Span,
}

/// One actor of the lexicon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// `UZB`, `UZB.KARIMOV`, `NATO`.
    pub code: String,
    /// What it is.
    pub kind: ActorKind,
    /// Display name: "Uzbekistan", "Islam Karimov".
    pub name: String,
    /// Name in headlines: "US", "Karimov".
    pub short: String,
    /// In front of a noun ("Uzbek"); the short name where there is none.
    pub adjective: String,
    /// Offices held (persons), in the order of the file.
    pub roles: Vec<HeldRole>,
    /// Members (organisations), in the order of the file.
    pub members: Vec<Membership>,
    /// For a construct: what it may stand for.
    pub stands_for: Vec<String>,
    /// When it existed.
    pub exists: Span,
}

impl Actor {
    /// The state or organisation it rolls up to: what stands before the first full stop of its code.
    pub fn top(&self) -> &str {
        top_of(&self.code)
    }
}

/// What stands before the first full stop of a code.
pub fn top_of(code: &str) -> &str {
    code.split('.').next().unwrap_or(code)
}

/// Reads "president@UZB 1990-03-24/2016-09-02"; without "@", the office is `own`'s.
pub(super) fn parse_role(text: &str, own: &str, file: &str) -> Result<HeldRole> {
    let (what, when) = text.split_once(' ').unwrap_or((text, ""));
    let (office, of) = what.split_once('@').unwrap_or((what, own));
    Ok(HeldRole { office: office.to_string(), of: of.to_string(), span: parse_span(when, text, file)? })
}

/// Reads "UZB 1992-05-15/1999-04-02".
pub(super) fn parse_membership(text: &str, file: &str) -> Result<Membership> {
    let (member, when) = text.split_once(' ').unwrap_or((text, ""));
    Ok(Membership { member: member.to_string(), span: parse_span(when, text, file)? })
}

/// The days of an EDTF string; nothing written means always.
pub(super) fn parse_span(edtf: &str, entry: &str, file: &str) -> Result<Span> {
    if edtf.trim().is_empty() {
        return Ok(Span::default());
    }
    let date = Date::from_edtf(edtf.trim())
        .map_err(|e| Error::Rules { file: file.to_string(), reason: format!("{entry:?}: {e}") })?;
    Ok(date.span)
}
