//! Happenings that have a name of their own: "9/11", "the Andijan events", "the Millennium Summit" (`named-*.toml`).
//!
//! A name gives the date that the text does not. It does not say that a sentence tells of the happening: "after 9/11"
//! only dates what it stands with. That is for `event` to tell.

use super::fold::{fold, norm};
use super::lexicon::{is_dash, key_words};
use super::scan::Words;
use super::schema::ExampleDef;
use crate::date::Date;
use crate::rules::Rules;
use crate::text::{Case, Sentence};
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
    aliases: Vec<String>,
    bare: Vec<String>,
    exact: bool,
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
    exact: bool,
}

/// All named events and an index of their names.
#[derive(Debug)]
pub struct NamedEvents {
    events: Vec<NamedEvent>,
    index: FxHashMap<String, Vec<Name>>,
    bare_after: Vec<Vec<String>>,
    pub(super) examples: Vec<(String, ExampleDef)>,
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
            let words: Vec<String> = key_words(alias).iter().map(|w| key(w, def.exact)).collect();
            let Some(first) = words.first().cloned() else {
                return Err(format!("named event {}: an empty alias", def.id));
            };
            let list = self.index.entry(first).or_default();
            if let Some(other) = list.iter().find(|n| n.words == words && n.event != event) {
                return Err(format!("named event {}: {alias:?} also names {}", def.id, self.events[other.event].id));
            }
            list.push(Name { words, event, bare, exact: def.exact });
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
        });
        Ok(())
    }

    /// Every named event, in the order of the files.
    pub fn events(&self) -> &[NamedEvent] {
        &self.events
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
        let first = words.get(at);
        let folded = fold(first);
        let lists = [self.index.get(first), (folded != first).then(|| self.index.get(&folded)).flatten()];
        for name in lists.into_iter().flatten().flatten() {
            let Some(end) = reaches(name, words, at) else { continue };
            let capital = s.tokens.get(at).is_some_and(|t| t.case != Case::Lower);
            let as_event = !name.bare || capital && self.follows_cue(words, at) && !continues(s, end);
            if as_event && best.as_ref().is_none_or(|b| b.tokens.end < end) {
                best = Some(NamedHit { tokens: at..end, event: name.event, bare: name.bare });
            }
        }
        best
    }

    /// Whether one of the words that make a place an event stands right before.
    fn follows_cue(&self, words: &Words, at: usize) -> bool {
        self.bare_after.iter().any(|cue| {
            at.checked_sub(cue.len()).is_some_and(|from| cue.iter().enumerate().all(|(n, w)| words.get(from + n) == w))
        })
    }
}

/// Whether another capitalised word or a possessive goes on after a bare name ("after Andijan Governor X").
fn continues(s: &Sentence, end: usize) -> bool {
    s.tokens.get(end).is_some_and(|t| t.case != Case::Lower && t.spaced)
}

fn key(word: &str, exact: bool) -> String {
    if exact { word.to_string() } else { fold(word) }
}

fn reaches(name: &Name, words: &Words, at: usize) -> Option<usize> {
    let mut here = at;
    for (n, want) in name.words.iter().enumerate() {
        if n > 0 && is_dash(words.get(here)) {
            here += 1;
        }
        let word = words.get(here);
        if here >= words.len() || key(&norm(word), name.exact) != *want {
            return None;
        }
        here += 1;
    }
    Some(here)
}
