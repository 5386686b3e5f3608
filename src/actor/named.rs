//! Happenings that have a name of their own: "9/11", "the Andijan events", "the Millennium Summit" (`named-*.toml`).
//!
//! A name gives the date that the text does not. It does not say that a sentence tells of the happening: "after 9/11"
//! only dates what it stands with. That is for `event` to tell.

use super::fold::key;
use super::lexicon::{is_dash, key_words};
use super::scan::Words;
use super::schema::ExampleDef;
use crate::date::Date;
use crate::rules::Rules;
use crate::text::{Case, Sentence, TokenKind};
use crate::{Error, Result};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::ops::Range;

/// One entry of a file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Def {
    id: String,
    name: String,
    headline: String,
    date: String,
    #[serde(rename = "type")]
    kind: String,
    subtype: String,
    initiators: Vec<String>,
    targets: Vec<String>,
    place: String,
    unique: bool,
    period: bool,
    aliases: Vec<String>,
    bare: Vec<String>,
    capital: bool,
    examples: Vec<ExampleDef>,
}

/// The form of a file: entries, and the words that make a bare place name an event.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    event: Vec<Def>,
    bare_after: Vec<String>,
}

/// A happening with a name.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedEvent {
    /// Stable identifier: "andijan-2005".
    pub id: String,
    /// Display name: "the Andijan events".
    pub name: String,
    /// One short sentence: "Uzbek forces fire on protesters in Andijan".
    pub headline: String,
    /// When.
    pub date: Date,
    /// PLOVER category, as its word ("ASSAULT").
    pub kind: String,
    /// Project sub-type ("massacre"), empty where there is none.
    pub subtype: String,
    /// Codes of those who did it.
    pub initiators: Vec<String>,
    /// Codes of those it was done to.
    pub targets: Vec<String>,
    /// Gazetteer name of the place, empty where there is none.
    pub place: String,
    /// Whether it happened once, so that every account of it is of one event.
    pub unique: bool,
    /// Whether the name is of an age and not of a happening ("the Cold War"): it says when, its end may be an event.
    pub period: bool,
}

/// One named event in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedHit {
    /// Its tokens within the sentence.
    pub tokens: Range<usize>,
    /// Its number ([`NamedEvents::event`]).
    pub event: usize,
    /// Whether only a place's name stands for it ("after Andijon").
    pub bare: bool,
}

/// A name in the index.
#[derive(Debug)]
struct Name {
    words: Vec<String>,
    event: usize,
    bare: bool,
    capital: bool,
}

/// All named events and an index of their names.
#[derive(Debug)]
pub struct NamedEvents {
    events: Vec<NamedEvent>,
    index: FxHashMap<String, Vec<Name>>,
    bare_after: Vec<Vec<String>>,
    pub(super) examples: Vec<(String, ExampleDef)>,
    /// Every name as written, its event, and whether it is bare.
    names: Vec<(String, usize, bool)>,
}

impl NamedEvents {
    /// Reads the section `named`.
    ///
    /// # Errors
    /// [`Error::Rules`] when a file is not of the form, a date is no EDTF, or an identifier or name is given twice.
    pub fn new(rules: &Rules) -> Result<Self> {
        let mut named = NamedEvents {
            events: Vec::new(),
            index: FxHashMap::default(),
            bare_after: Vec::new(),
            examples: Vec::new(),
            names: Vec::new(),
        };
        for (file, content) in rules.section::<File>("named")? {
            named.bare_after.extend(content.bare_after.iter().map(|w| key_words(w)));
            for def in content.event {
                named.examples.extend(def.examples.iter().map(|e| (file.clone(), e.clone())));
                named.add(def).map_err(|reason| Error::Rules { file: file.clone(), reason })?;
            }
        }
        Ok(named)
    }

    fn add(&mut self, def: Def) -> Result<(), String> {
        let date = Date::from_edtf(&def.date).map_err(|e| format!("named event {}: {e}", def.id))?;
        if self.events.iter().any(|e| e.id == def.id) {
            return Err(format!("named event {} is given twice", def.id));
        }
        let event = self.events.len();
        let names = def.aliases.iter().map(|a| (a, false)).chain(def.bare.iter().map(|a| (a, true)));
        for (alias, bare) in names {
            let words: Vec<String> = key_words(alias).iter().map(|w| key(w).to_string()).collect();
            let Some(first) = words.first().cloned() else {
                return Err(format!("named event {}: an empty alias", def.id));
            };
            let list = self.index.entry(first).or_default();
            if let Some(other) = list.iter().find(|n| n.words == words && n.event != event) {
                return Err(format!("named event {}: {alias:?} also names {}", def.id, self.events[other.event].id));
            }
            self.names.push((alias.clone(), event, bare));
            list.push(Name { words, event, bare, capital: bare || def.capital });
        }
        self.events.push(NamedEvent {
            id: def.id,
            name: def.name,
            headline: def.headline,
            date,
            kind: def.kind,
            subtype: def.subtype,
            initiators: def.initiators,
            targets: def.targets,
            place: def.place,
            unique: def.unique,
            period: def.period,
        });
        Ok(())
    }

    /// Every named event, in the order of the files.
    pub fn events(&self) -> &[NamedEvent] {
        &self.events
    }

    /// Every name: as written, the event's identifier, and whether it is bare (a place that counts only after "after"
    /// and the like).
    pub fn names(&self) -> impl Iterator<Item = (&str, &str, bool)> {
        self.names.iter().map(|(name, event, bare)| (name.as_str(), self.events[*event].id.as_str(), *bare))
    }

    /// The event of a hit.
    pub fn event(&self, hit: &NamedHit) -> Option<&NamedEvent> {
        self.events.get(hit.event)
    }

    /// The event with this identifier.
    pub fn by_id(&self, id: &str) -> Option<&NamedEvent> {
        self.events.iter().find(|e| e.id == id)
    }

    /// The named events of a sentence, in order, leftmost and longest first.
    pub fn find(&self, text: &str, sentence: &Sentence) -> Vec<NamedHit> {
        let words = Words::new(text, sentence);
        let (mut hits, mut at) = (Vec::new(), 0);
        while at < words.len() {
            match self.longest(&words, sentence, at) {
                Some(hit) => {
                    at = hit.tokens.end;
                    hits.push(hit);
                }
                None => at += 1,
            }
        }
        hits
    }

    fn longest(&self, words: &Words, s: &Sentence, at: usize) -> Option<NamedHit> {
        let mut best: Option<NamedHit> = None;
        for name in self.index.get(&*key(words.get(at)))? {
            let Some(end) = reaches(name, words, at) else { continue };
            let first = s.tokens.get(at)?;
            let capital = first.case != Case::Lower || first.kind == TokenKind::Number;
            let as_event = !name.bare || self.follows_cue(words, at) && !continues(words, s, end);
            if as_event
                && (capital || !name.capital)
                && !in_number(words, s, at, end)
                && best.as_ref().is_none_or(|b| b.tokens.end < end)
            {
                best = Some(NamedHit { tokens: at..end, event: name.event, bare: name.bare });
            }
        }
        best
    }

    /// Whether one of the words that make a place an event stands right before.
    fn follows_cue(&self, words: &Words, at: usize) -> bool {
        self.bare_after.iter().any(|cue| {
            // "post-Andijan": the hyphen does not count.
            let at = if is_dash(words.before(at)) { at - 1 } else { at };
            at.checked_sub(cue.len()).is_some_and(|from| cue.iter().enumerate().all(|(n, w)| words.get(from + n) == w))
        })
    }
}

/// Whether another capitalised word, or a year, goes on after a bare name ("after Andijan Governor X", "after
/// September 11, 2004").
fn continues(words: &Words, s: &Sentence, end: usize) -> bool {
    let year = if words.get(end) == "," { end + 1 } else { end };
    s.tokens.get(end).is_some_and(|t| t.case != Case::Lower && t.spaced)
        || s.tokens.get(year).is_some_and(|t| t.kind == TokenKind::Number)
}

/// Whether figures are part of a longer date or range ("9/11/2004", "June 9-11").
fn in_number(words: &Words, s: &Sentence, at: usize, end: usize) -> bool {
    let joins = |n: usize| matches!(words.get(n), "/" | "-" | "–") && s.tokens.get(n).is_some_and(|t| !t.spaced);
    let figure = |n: Option<usize>| n.and_then(|n| s.tokens.get(n)).is_some_and(|t| t.kind == TokenKind::Number);
    figure(Some(at)) && (joins(end) && figure(Some(end + 1)) || at > 0 && joins(at - 1) && figure(at.checked_sub(2)))
}

fn reaches(name: &Name, words: &Words, at: usize) -> Option<usize> {
    let mut here = at;
    for (n, want) in name.words.iter().enumerate() {
        if n > 0 && is_dash(words.get(here)) {
            here += 1;
        }
        let word = words.get(here);
        if here >= words.len() || *key(word) != **want {
            return None;
        }
        here += 1;
    }
    Some(here)
}
