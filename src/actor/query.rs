//! Questions to the lexicon: who is this, what does it belong to, who held an office, who was a member.

use super::lexicon::Lexicon;
use super::model::{Actor, ActorKind, HeldRole, top_of};
use crate::date::NaiveDate;

impl Lexicon {
    /// The actor with this code.
    pub fn actor(&self, code: &str) -> Option<&Actor> {
        self.codes.get(code).map(|&at| &self.actors[at as usize])
    }

    /// Every actor that the files name, in their order (offices made from units are left out).
    pub fn actors(&self) -> impl Iterator<Item = &Actor> {
        self.actors[..self.written].iter()
    }

    /// The state or organisation that a code belongs to: `UZB.KARIMOV` → `UZB`.
    pub fn top<'a>(&self, code: &'a str) -> &'a str {
        top_of(code)
    }

    /// What a code stands for in counts and dyads: a construct's members (`XWEST` → USA, EU), else the code's top.
    pub fn stands_for<'a>(&'a self, code: &'a str) -> Vec<&'a str> {
        match self.actor(code) {
            Some(actor) if actor.kind == ActorKind::Construct => actor.stands_for.iter().map(String::as_str).collect(),
            _ => vec![top_of(code)],
        }
    }

    /// Who held an office on a day: the person's code. The latest to take it, where a change falls on the day.
    ///
    /// `office` is a role ("president") or any title the lexicon knows for one ("formin").
    pub fn resolve_role(&self, office: &str, state: &str, day: NaiveDate) -> Option<&str> {
        let office = self.office_of(office).unwrap_or(office);
        self.holders(office, state)
            .filter(|(_, role)| contains(role, day))
            .max_by_key(|(_, role)| role.span.earliest)
            .map(|(actor, _)| actor.code.as_str())
    }

    /// Every holder of an office with the time, in the order of the files.
    pub fn holders<'a>(&'a self, office: &str, state: &str) -> impl Iterator<Item = (&'a Actor, &'a HeldRole)> {
        let (office, state) = (office.to_string(), state.to_string());
        self.actors()
            .flat_map(|a| a.roles.iter().map(move |r| (a, r)))
            .filter(move |(_, r)| r.office == office && r.of == state)
    }

    /// The office that a title names: "formin" → `foreign-minister`.
    pub fn office_of(&self, title: &str) -> Option<&str> {
        let words = super::lexicon::key_words(title);
        let def = self.titles.iter().find(|t| t.words.iter().any(|w| super::lexicon::key_words(w) == words))?;
        (!def.office.is_empty()).then_some(def.office.as_str())
    }

    /// Offices that a person held on a day.
    pub fn roles_on(&self, person: &str, day: NaiveDate) -> Vec<&HeldRole> {
        self.actor(person).map_or_else(Vec::new, |a| a.roles.iter().filter(|r| contains(r, day)).collect())
    }

    /// Whether a state (or the state of this office or person) was a member of an organisation on a day.
    pub fn member_on(&self, code: &str, organisation: &str, day: NaiveDate) -> bool {
        let member = top_of(code);
        self.actor(organisation).is_some_and(|o| {
            o.members
                .iter()
                .filter(|m| m.member == member)
                .any(|m| m.span.earliest.is_none_or(|e| e <= day) && m.span.latest.is_none_or(|l| day <= l))
        })
    }
}

fn contains(role: &HeldRole, day: NaiveDate) -> bool {
    role.span.earliest.is_none_or(|e| e <= day) && role.span.latest.is_none_or(|l| day <= l)
}
