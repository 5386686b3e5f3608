//! The gazetteer: towns, bases, rivers and regions with country and coordinates (`places-*.toml`).
//!
//! It finds names; whether a capital's name means the place is told by [`super::ActorHit::place_reading`].

use super::fold::{key, norm_into};
use super::lexicon::{is_dash, key_words};
use super::scan::Words;
use crate::rules::Rules;
use crate::text::{Case, Sentence, TokenKind};
use crate::{Error, Result};
use rustc_hash::{FxHashMap, FxHashSet};
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
    /// First words of names of several words ("new" of "New York").
    first_words: FxHashSet<String>,
}

impl Gazetteer {
    /// Reads the section `places`.
    ///
    /// # Errors
    /// [`Error::Rules`] when a file is not of the form, coordinates are outside the globe, or a name is given twice.
    pub fn new(rules: &Rules) -> Result<Self> {
        let mut gazetteer =
            Gazetteer { places: Vec::new(), index: FxHashMap::default(), first_words: FxHashSet::default() };
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
            let keys: Vec<String> = key_words(name).iter().map(|w| key(w).to_string()).collect();
            let Some(first) = keys.first().cloned() else {
                return Err(format!("place {:?}: an empty name", place.name));
            };
            if keys.len() > 1 {
                self.first_words.extend(key_words(name).into_iter().take(1));
            }
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
        let keys: Vec<String> = key_words(name).iter().map(|w| key(w).to_string()).collect();
        let list = self.index.get(keys.first()?)?;
        list.iter().find(|(k, _)| *k == keys).map(|(_, at)| &self.places[*at])
    }

    /// The places that a sentence names, in order, leftmost and longest first. A name must begin with a capital, save
    /// in a sentence that has none (lower-cased texts), where names of one short word do not count.
    pub fn find(&self, text: &str, sentence: &Sentence) -> Vec<PlaceHit> {
        let mut keys = Words::default();
        let mut word = String::new();
        let lowered = sentence.tokens.iter().find(|t| t.kind == TokenKind::Word).is_some_and(|t| t.case == Case::Lower);
        for token in &sentence.tokens {
            norm_into(&token.word(text), &mut word);
            // A name of more than one word may be capitalised in part ("Sea of Azov"); see `written_as_name`.
            let candidate =
                token.kind != TokenKind::Word || token.case != Case::Lower || self.first_words.contains(&word);
            if lowered || candidate { keys.push(&key(&word)) } else { keys.push(&word) }
        }
        let (mut hits, mut at) = (Vec::new(), 0);
        while at < keys.len() {
            match self.longest(&keys, at).filter(|h| written_as_name(sentence, &h.tokens, lowered)) {
                Some(hit) => {
                    at = hit.tokens.end;
                    hits.push(hit);
                }
                None => at += 1,
            }
        }
        hits
    }

    fn longest(&self, keys: &Words, at: usize) -> Option<PlaceHit> {
        let mut best: Option<PlaceHit> = None;
        for (words, place) in self.index.get(keys.get(at))? {
            let word = |k: usize| keys.get(k);
            let mut here = at;
            let mut all = true;
            for (n, want) in words.iter().enumerate() {
                if n > 0 && is_dash(word(here)) {
                    here += 1;
                }
                all &= word(here) == want || *key(word(here)) == **want;
                here += 1;
            }
            let longer = best.as_ref().is_none_or(|b| b.tokens.end < here);
            if all && here <= keys.len() && longer && self.free(*place, keys, at..here) {
                best = Some(PlaceHit { tokens: at..here, place: *place });
            }
        }
        best
    }

    /// Whether no word around forbids the reading.
    fn free(&self, place: usize, keys: &Words, range: Range<usize>) -> bool {
        let place = &self.places[place];
        let is = |words: &[String], near: &str| words.iter().any(|w| w == near || *key(w) == *near);
        !is(&place.not_before, keys.get(range.end)) && !is(&place.not_after, keys.before(range.start))
    }
}

/// Whether the tokens are written as a name: one has a capital; or, where nothing has (lower-cased texts), the name
/// is long enough not to be a common word.
fn written_as_name(sentence: &Sentence, tokens: &Range<usize>, lowered: bool) -> bool {
    let of = &sentence.tokens[tokens.clone()];
    let capital = of.iter().any(|t| t.case != Case::Lower);
    let length: u32 = of.iter().map(|t| t.end - t.start).sum();
    capital || lowered && length > 4
}
