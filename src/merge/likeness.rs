//! How alike two accounts are, and what forbids them to tell of one event.

use super::Account;
use crate::date::{Precision, Span};
use crate::event::{EventType, Modality, Role};
use rustc_hash::{FxHashMap, FxHashSet};

/// Whether what accounts tell is real, ahead, imagined or denied: only like goes with like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Standing {
    Real,
    Ahead,
    Imagined,
    Denied,
}

/// What of an account the comparison looks at.
#[derive(Clone, Debug)]
pub struct Profile {
    span: Span,
    precision: Precision,
    kind: EventType,
    subtype: Option<String>,
    lemma: String,
    /// States and organisations of initiators and targets, sorted.
    tops: Vec<String>,
    /// All of them, named in whatever role.
    all: Vec<String>,
    /// Persons among initiators and targets, sorted.
    persons: Vec<String>,
    place: Option<String>,
    named: Option<String>,
    standing: Standing,
    terms: FxHashSet<String>,
    document: String,
    sentence: (usize, usize),
}

/// Weights of the parts of likeness (reference/events.md §5.6).
const DATE: f64 = 0.30;
const ACTORS: f64 = 0.25;
const KIND: f64 = 0.20;
const TERMS: f64 = 0.15;
const PLACE: f64 = 0.10;

impl Profile {
    /// The profile of an account.
    pub fn new(account: &Account) -> Self {
        let m = &account.mention;
        let mut tops: Vec<String> = m.actors.iter().filter(|p| p.role != Role::Other).map(|p| p.top.clone()).collect();
        let mut all: Vec<String> = m.actors.iter().map(|p| p.top.clone()).collect();
        let mut persons: Vec<String> =
            m.actors.iter().filter(|p| p.role != Role::Other && p.code != p.top).map(|p| p.code.clone()).collect();
        for list in [&mut tops, &mut all, &mut persons] {
            list.sort();
            list.dedup();
        }
        Profile {
            span: m.when.date.span,
            precision: m.when.date.precision,
            kind: m.kind,
            subtype: m.subtype.clone(),
            lemma: m.lemma.to_lowercase(),
            tops,
            all,
            persons,
            place: m.place.as_ref().map(|p| p.name.clone()),
            named: m.named_event.clone(),
            standing: standing(m.modality),
            terms: terms(&m.quote),
            document: m.doc.clone(),
            sentence: (m.start, m.end),
        }
    }

    /// Keys under which accounts that may be one event meet: a named event, or kind and a pair of actors.
    pub fn blocks(&self) -> Vec<String> {
        let standing = self.standing as u8;
        let mut keys: Vec<String> = self.named.iter().map(|named| format!("named {named}")).collect();
        for (i, a) in self.tops.iter().enumerate() {
            if self.tops.len() == 1 {
                keys.push(format!("{standing} {} {a}", self.kind.as_str()));
            }
            for b in &self.tops[i + 1..] {
                keys.push(format!("{standing} {} {a} {b}", self.kind.as_str()));
            }
        }
        keys
    }

    /// Happens again and again between the same actors, so that likeness of actors and kind proves nothing.
    fn recurrent(&self) -> bool {
        let unique = matches!(
            self.subtype.as_deref(),
            Some("base.evict" | "treaty.sign" | "treaty.nonrenew" | "treaty.withdraw" | "massacre" | "independence")
        );
        !unique
    }

    /// What speaks against one event, whatever the likeness.
    pub fn forbids(&self, other: &Profile) -> bool {
        if self.standing != other.standing || self.kind != other.kind {
            return true;
        }
        if self.span.intersect(other.span).is_none() {
            return true;
        }
        match (&self.named, &other.named) {
            (Some(a), Some(b)) => return a != b,
            // Besides its name, only a known day ties an account to an event that has one.
            (None, None) => {}
            _ if self.precision.max(other.precision) > Precision::Day => return true,
            _ => {}
        }
        let same_sentence = self.document == other.document && self.sentence == other.sentence;
        if same_sentence && self.lemma == other.lemma && self.named.is_none() {
            return true;
        }
        let differ = |a: &[String], b: &[String]| !a.is_empty() && !b.is_empty() && !a.iter().any(|x| b.contains(x));
        let elsewhere = self.place.is_some() && other.place.is_some() && self.place != other.place;
        self.recurrent() && (differ(&self.persons, &other.persons) || elsewhere)
            || ordinals_differ(&self.terms, &other.terms)
    }

    /// Likeness, 0..1. `weight` gives how telling a term is (rare terms tell most).
    pub fn likeness(&self, other: &Profile, weight: &FxHashMap<String, f64>) -> f64 {
        if self.named.is_some() && self.named == other.named {
            return 1.0;
        }
        let date = self.date_likeness(other);
        let actors = overlap(&self.tops, &other.tops).max(0.8 * overlap(&self.all, &other.all));
        let persons = if !self.persons.is_empty() && overlap(&self.persons, &other.persons) > 0.0 { 0.2 } else { 0.0 };
        let kind = if self.lemma == other.lemma {
            1.0
        } else if self.subtype.is_some() && self.subtype == other.subtype {
            0.9
        } else {
            0.5
        };
        let place = match (&self.place, &other.place) {
            (Some(a), Some(b)) if a == b => 1.0,
            (None, None) => 0.4,
            _ => 0.3,
        };
        let terms = self.term_likeness(other, weight);
        // What happens often needs a date, a person or a place in common, not kind and actors alone.
        let proof = !self.recurrent() || date >= 0.5 || persons > 0.0 || place == 1.0 || terms >= 0.5;
        let score = DATE * date + ACTORS * (actors + persons).min(1.0) + KIND * kind + TERMS * terms + PLACE * place;
        if proof { score } else { score.min(0.5) }
    }

    fn date_likeness(&self, other: &Profile) -> f64 {
        let (Some(a), Some(b)) = (self.span.days(), other.span.days()) else {
            return if self.span == other.span && self.document == other.document { 0.5 } else { 0.25 };
        };
        let shared = self.span.intersect(other.span).and_then(Span::days).unwrap_or(0);
        let union = (a + b - shared).max(1);
        let fine = self.precision.max(other.precision);
        let trust = match fine {
            Precision::Day => 1.0,
            Precision::Week => 0.95,
            Precision::Month => 0.9,
            Precision::Season | Precision::Range => 0.75,
            _ => 0.6,
        };
        // A day inside a month agrees with the month better than their sizes say.
        let inside = if shared == a.min(b) { 0.5 } else { 0.0 };
        trust * (shared as f64 / union as f64).max(inside)
    }

    fn term_likeness(&self, other: &Profile, weight: &FxHashMap<String, f64>) -> f64 {
        let of = |t: &String| weight.get(t).copied().unwrap_or(1.0);
        let shared: Vec<&String> = {
            let mut v: Vec<&String> = self.terms.intersection(&other.terms).collect();
            v.sort();
            v
        };
        let both: f64 = shared.into_iter().map(of).sum();
        let norm = |terms: &FxHashSet<String>| {
            let mut v: Vec<&String> = terms.iter().collect();
            v.sort();
            v.into_iter().map(of).sum::<f64>()
        };
        let least = norm(&self.terms).min(norm(&other.terms));
        if least > 0.0 { (both / least).min(1.0) } else { 0.0 }
    }
}

fn standing(modality: Modality) -> Standing {
    match modality {
        Modality::Asserted | Modality::Reported | Modality::Ongoing => Standing::Real,
        Modality::Future => Standing::Ahead,
        Modality::Hypothetical => Standing::Imagined,
        Modality::Negated => Standing::Denied,
    }
}

/// Share of the smaller list that is in the other, Jaccard-tempered.
fn overlap(a: &[String], b: &[String]) -> f64 {
    let shared = a.iter().filter(|x| b.contains(x)).count() as f64;
    let (small, union) = (a.len().min(b.len()) as f64, (a.len() + b.len()) as f64 - shared);
    if small == 0.0 { 0.0 } else { 0.5 * shared / small + 0.5 * shared / union }
}

/// Names and numbers of a quote: capitalised words that do not begin it, acronyms, ordinals.
fn terms(quote: &str) -> FxHashSet<String> {
    let words = quote.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| w.len() >= 3);
    words
        .enumerate()
        .filter(|(i, w)| {
            let upper = w.chars().next().is_some_and(char::is_uppercase);
            upper && (*i > 0 || w.chars().all(char::is_uppercase)) || ORDINALS.contains(&w.to_lowercase().as_str())
        })
        .map(|(_, w)| w.to_lowercase())
        .collect()
}

const ORDINALS: [&str; 10] =
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

/// "The ninth exercise" and "the tenth exercise" are two.
fn ordinals_differ(a: &FxHashSet<String>, b: &FxHashSet<String>) -> bool {
    let of = |terms: &FxHashSet<String>| ORDINALS.iter().find(|o| terms.contains(**o)).copied();
    matches!((of(a), of(b)), (Some(x), Some(y)) if x != y)
}

/// How telling each term is: one over the logarithm of how many accounts have it.
pub fn weights(profiles: &[Profile]) -> FxHashMap<String, f64> {
    let mut counts: FxHashMap<String, f64> = FxHashMap::default();
    for profile in profiles {
        for term in &profile.terms {
            *counts.entry(term.clone()).or_default() += 1.0;
        }
    }
    let n = profiles.len().max(2) as f64;
    counts.into_iter().map(|(term, count)| (term, (n / count).ln().max(0.05))).collect()
}
