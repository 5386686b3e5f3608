//! The gazetteer: towns, bases, rivers and regions with country and coordinates (`places-*.toml`).
//!
//! It finds names; whether a capital's name means the place is told by [`super::ActorHit::place_reading`].

use super::fold::{fold, norm_into};
use super::lexicon::{is_dash, key_words};
use crate::rules::Rules;
use crate::text::{Case, Sentence, TokenKind};
use crate::{Error, Result};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::ops::Range;

/// One place.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GazetteerPlace {
    /// Display name: "Karshi-Khanabad".
    pub name: String,
    /// ISO 3166 alpha-3 code of the country it lies in today (`XKX` for Kosovo); of a sea or a range, empty.
    #[serde(default)]
    pub country: String,
    /// Degrees north, to two decimals.
    pub lat: f64,
    /// Degrees east, to two decimals.
    pub lon: f64,
    /// capital, city, town, base, region, river, lake, sea, mountain, island, building or site.
    pub kind: String,
    /// Other names and spellings. Differences of transliteration need no entry.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Words that may not stand right after it ("New York" + "Times").
    #[serde(default)]
    pub not_before: Vec<String>,
    /// Words that may not stand right before it.
    #[serde(default)]
    pub not_after: Vec<String>,
}

/// The form of a places file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    place: Vec<GazetteerPlace>,
}

/// One place named in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceHit {
    /// Its tokens within the sentence.
    pub tokens: Range<usize>,
    /// Its number in the gazetteer ([`Gazetteer::place`]).
    pub place: usize,
}

/// All places and an index of their names.
#[derive(Debug)]
pub struct Gazetteer {
    places: Vec<GazetteerPlace>,
    /// First word's transliteration key → (keys of all words, place).
    index: FxHashMap<String, Vec<(Vec<String>, usize)>>,
}

impl Gazetteer {
    /// Reads the section `places`.
    ///
    /// # Errors
    /// [`Error::Rules`] when a file is not of the form, coordinates are outside the globe, or a name is given twice.
    pub fn new(rules: &Rules) -> Result<Self> {
        let mut gazetteer = Gazetteer { places: Vec::new(), index: FxHashMap::default() };
        for (file, content) in rules.section::<File>("places")? {
            for place in content.place {
                gazetteer.add(place).map_err(|reason| Error::Rules { file: file.clone(), reason })?;
            }
        }
        Ok(gazetteer)
    }

    fn add(&mut self, place: GazetteerPlace) -> Result<(), String> {
        if !(-90.0..=90.0).contains(&place.lat) || !(-180.0..=180.0).contains(&place.lon) {
            return Err(format!("place {}: {}, {} is not on the globe", place.name, place.lat, place.lon));
        }
        let number = self.places.len();
        for name in [&place.name].into_iter().chain(&place.aliases) {
            let keys: Vec<String> = key_words(name).iter().map(|w| fold(w)).collect();
            let Some(first) = keys.first().cloned() else {
                return Err(format!("place {:?}: an empty name", place.name));
            };
            let list = self.index.entry(first).or_default();
            match list.iter().find(|(other, _)| *other == keys) {
                Some((_, other)) if *other != number => {
                    return Err(format!("place {}: {name:?} also names {}", place.name, self.places[*other].name));
                }
                Some(_) => {}
                None => list.push((keys, number)),
            }
        }
        self.places.push(place);
        Ok(())
    }

    /// Every place, in the order of the files.
    pub fn places(&self) -> &[GazetteerPlace] {
        &self.places
    }

    /// The place of a hit.
    pub fn place(&self, hit: &PlaceHit) -> Option<&GazetteerPlace> {
        self.places.get(hit.place)
    }

    /// The place that goes by this name, whatever the spelling: "Andijon", "andijan", "K2".
    pub fn named(&self, name: &str) -> Option<&GazetteerPlace> {
        let keys: Vec<String> = key_words(name).iter().map(|w| fold(w)).collect();
        let list = self.index.get(keys.first()?)?;
        list.iter().find(|(k, _)| *k == keys).map(|(_, at)| &self.places[*at])
    }

    /// The places that a sentence names, in order, leftmost and longest first. A name must begin with a capital, save
    /// in a sentence that has none (lower-cased texts), where names of one short word do not count.
    pub fn find(&self, text: &str, sentence: &Sentence) -> Vec<PlaceHit> {
        let mut keys = Vec::with_capacity(sentence.tokens.len());
        let mut word = String::new();
        let lowered = sentence.tokens.iter().find(|t| t.kind == TokenKind::Word).is_some_and(|t| t.case == Case::Lower);
        for token in &sentence.tokens {
            let capital = token.kind == TokenKind::Word && token.case != Case::Lower;
            if capital || lowered && token.kind == TokenKind::Word && token.end - token.start > 2 {
                norm_into(text.get(token.range()).unwrap_or_default(), &mut word);
                keys.push(fold(&word));
            } else {
                norm_into(text.get(token.range()).unwrap_or_default(), &mut word);
                keys.push(format!("\u{1}{word}"));
            }
        }
        let (mut hits, mut at) = (Vec::new(), 0);
        while at < keys.len() {
            match self.longest(&keys, at).filter(|h| h.tokens.len() > 1 || long(sentence, at)) {
                Some(hit) => {
                    at = hit.tokens.end;
                    hits.push(hit);
                }
                None => at += 1,
            }
        }
        hits
    }

    fn longest(&self, keys: &[String], at: usize) -> Option<PlaceHit> {
        let mut best: Option<PlaceHit> = None;
        for (words, place) in self.index.get(&keys[at])? {
            let mut here = at;
            let mut all = true;
            for (n, want) in words.iter().enumerate() {
                let key = |k: usize| keys.get(k).map_or("", String::as_str);
                if n > 0 && is_dash(key(here).trim_start_matches('\u{1}')) {
                    here += 1;
                }
                // Inside a name small words may be in lower case ("Sea of Azov").
                let found = if n > 0 { fold(key(here).trim_start_matches('\u{1}')) } else { key(here).to_string() };
                all &= found == *want;
                here += 1;
            }
            if all
                && here <= keys.len()
                && best.as_ref().is_none_or(|b| b.tokens.end < here)
                && self.free(*place, keys, at..here)
            {
                best = Some(PlaceHit { tokens: at..here, place: *place });
            }
        }
        best
    }

    /// Whether no word around forbids the reading.
    fn free(&self, place: usize, keys: &[String], range: Range<usize>) -> bool {
        let key = |at: Option<usize>| at.and_then(|a| keys.get(a)).map_or("", |k| k.trim_start_matches('\u{1}'));
        let place = &self.places[place];
        let is = |words: &[String], key: &str| words.iter().any(|w| fold(w) == fold(key));
        !is(&place.not_before, key(Some(range.end))) && !is(&place.not_after, key(range.start.checked_sub(1)))
    }
}

/// Whether a name of one word may stand alone: it has a capital, or is long enough not to be a common word.
fn long(sentence: &Sentence, at: usize) -> bool {
    sentence.tokens.get(at).is_some_and(|t| t.case != Case::Lower || t.end - t.start > 4)
}
