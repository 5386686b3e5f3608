//! Which person a surname names: by given name, title, state and date.

use super::fold::fold;
use super::lexicon::Lexicon;
use super::model::{Actor, ActorKind};
use crate::date::NaiveDate;

/// Days by which a document may lie outside a role and still mean it: news of an appointment runs ahead, and the
/// title sticks for a while after.
const SLACK: i64 = 120;

/// Days within which of an office a person of a common name is thought of.
const CAREER: i64 = 3_650;

/// What the words around a surname say of its bearer.
#[derive(Debug, Default)]
pub(super) struct Clues<'a> {
    /// Given names and initials in front, normalised.
    pub given: Vec<&'a str>,
    /// The office that a title in front names, and whether only one person at a time holds it.
    pub office: Option<(&'a str, bool)>,
    /// Whether that office is one of a state.
    pub of_state: bool,
    /// The state or organisation in front.
    pub top: Option<&'a str>,
    /// The state that the document's origin suggests.
    pub host: Option<&'a str>,
    /// The document's day.
    pub date: Option<NaiveDate>,
}

impl Lexicon {
    /// The candidates that the clues allow, the likeliest first.
    pub(super) fn rank(&self, candidates: &[u32], clues: &Clues) -> Vec<u32> {
        let mut ranked: Vec<(i32, u32)> =
            candidates.iter().filter_map(|&c| self.weigh(c, clues).map(|w| (-w, c))).collect();
        ranked.sort();
        ranked.into_iter().map(|(_, c)| c).collect()
    }

    /// How well a candidate fits; `None` where a clue rules it out.
    fn weigh(&self, candidate: u32, clues: &Clues) -> Option<i32> {
        let actor = &self.actors[candidate as usize];
        let mut weight = 0;
        if !clues.given.is_empty() {
            weight += 8 * i32::from(self.given_fits(candidate, &clues.given)?);
        }
        if let Some(top) = clues.top {
            if actor.top() != top && !actor.roles.iter().any(|r| r.of == top) {
                return None;
            }
            weight += 4;
        }
        if let Some((office, exclusive)) = clues.office {
            let held: Vec<_> = actor.roles.iter().filter(|r| r.office == office).collect();
            // With the state named in front, a loose title is likelier than an unknown namesake ("German President Merkel").
            if held.is_empty() && exclusive && !actor.roles.is_empty() && clues.top.is_none() {
                return None;
            }
            // "Governor Omar" is not he who leads a movement of that name.
            let leads = self.actor(actor.top()).is_some_and(|a| a.kind == ActorKind::Group);
            if held.is_empty() && clues.of_state && clues.given.is_empty() && leads {
                return None;
            }
            // A common surname after a title is not that of a namesake of another country, office or time.
            if self.introduced_only[candidate as usize] && clues.given.is_empty() {
                let near = clues.top.is_some() || clues.host.is_some_and(|h| h == actor.top());
                let of_the_time = actor.roles.is_empty() || actor.roles.iter().any(|r| around(r.span, clues.date));
                if held.is_empty() && (exclusive || !near || !of_the_time) {
                    return None;
                }
            }
            let then = held.iter().any(|r| holds(r.span, clues.date));
            weight += if then { 6 } else { 3 * i32::from(!held.is_empty()) };
        }
        if clues.host.is_some_and(|h| h == actor.top()) {
            weight += 1;
        }
        weight += 2 * i32::from(actor.roles.iter().any(|r| holds(r.span, clues.date)));
        Some(weight)
    }

    /// Whether the given names agree (`Some(true)`), say nothing (`Some(false)`) or differ (`None`).
    fn given_fits(&self, candidate: u32, given: &[&str]) -> Option<bool> {
        let known = self.given.get(&candidate)?;
        let mut full = false;
        for name in given {
            let key = fold(name).to_string();
            if name.chars().count() == 1 {
                continue;
            }
            if known.contains(&key) {
                full = true;
            } else if !full && !known.is_empty() {
                return None;
            }
        }
        let initial = given.iter().find(|g| g.chars().count() == 1);
        if !full && let Some(initial) = initial {
            return known.iter().any(|k| k.starts_with(*initial)).then_some(true);
        }
        Some(full)
    }
}

/// Whether a span holds on a day (with slack), or the day is unknown.
pub(super) fn holds(span: crate::date::Span, day: Option<NaiveDate>) -> bool {
    let Some(day) = day else { return false };
    let after = span.earliest.is_none_or(|e| (e - day).num_days() <= SLACK);
    let before = span.latest.is_none_or(|l| (day - l).num_days() <= SLACK);
    after && before
}

/// Whether a span holds within some years of a day, or the day is unknown.
fn around(span: crate::date::Span, day: Option<NaiveDate>) -> bool {
    let Some(day) = day else { return true };
    let after = span.earliest.is_none_or(|e| (e - day).num_days() <= CAREER);
    after && span.latest.is_none_or(|l| (day - l).num_days() <= CAREER)
}

/// Whether an actor existed on a day, or the day is unknown.
pub(super) fn existed(actor: &Actor, day: Option<NaiveDate>) -> bool {
    let Some(day) = day else { return true };
    actor.exists.earliest.is_none_or(|e| e <= day) && actor.exists.latest.is_none_or(|l| day <= l)
}
