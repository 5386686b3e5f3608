//! Brings together what the other stages found in one sentence.

use super::Place;
use super::coref::Memory;
use super::facts::{ActorAt, Facts, NamedAt, PlaceAt};
use super::lexicon::Lexicon;
use super::quotes::Quotes;
use super::tree::Tree;
use crate::actor::{ActorHit, ActorKind, Gazetteer, Lexicon as Actors, NamedHit, PlaceHit};
use crate::text::Sentence;
use crate::timex::Timex;

/// The lexicons a sentence is read with.
#[derive(Clone, Copy, Debug)]
pub struct Lexicons<'a> {
    /// Event words.
    pub events: &'a Lexicon,
    /// Actors.
    pub actors: &'a Actors,
    /// Places.
    pub places: &'a Gazetteer,
}

/// What names one sentence holds.
#[derive(Clone, Copy, Debug)]
pub struct Hits<'a> {
    /// Actors.
    pub actors: &'a [ActorHit],
    /// Places.
    pub places: &'a [PlaceHit],
    /// Events that have a name.
    pub events: &'a [NamedHit],
}

/// The facts of one sentence; `times` are its time expressions.
pub fn facts<'a>(
    text: &'a str,
    sentence: &'a Sentence,
    tree: &'a Tree,
    Hits { actors: hits, places, events }: Hits,
    times: Vec<&'a Timex>,
    lexicons: Lexicons,
    memory: &mut Memory,
) -> Facts<'a> {
    let named = events.iter().map(|h| NamedAt { tokens: h.tokens.clone(), event: h.event }).collect();
    // A place's name inside an actor's ("Central Asia Cooperation Organization") or standing for a government is none.
    let in_actor = |p: &PlaceHit| {
        let covers = |h: &ActorHit| h.tokens.contains(&p.tokens.start) && h.tokens.len() >= p.tokens.len();
        hits.iter().any(|h| !h.place_reading && covers(h))
    };
    let found = places.iter().filter(|p| !in_actor(p));
    let places = found.filter_map(|hit| {
        let place = lexicons.places.place(hit)?;
        let state = (!place.country.is_empty()).then(|| place.country.clone());
        let place = Place {
            name: place.name.clone(),
            country: place.country.clone(),
            lat: Some(place.lat),
            lon: Some(place.lon),
        };
        Some(PlaceAt { tokens: hit.tokens.clone(), place, state })
    });
    let actors = hits.iter().map(|hit| actor_at(text, sentence, hit, lexicons.actors)).collect();
    let quotes = Quotes::default();
    let quoted = |token| quotes.hold(text, sentence, token);
    let actors = memory.resolve(tree, lexicons.events, actors, quoted);
    Facts { text, sentence, tree, actors, places: places.collect(), named, times, quotes }
}

fn actor_at(text: &str, sentence: &Sentence, hit: &ActorHit, actors: &Actors) -> ActorAt {
    let words = sentence.tokens.get(hit.tokens.clone()).unwrap_or_default();
    let kind = actors.actor(&hit.code).map_or(ActorKind::Office, |a| a.kind);
    ActorAt {
        tokens: hit.tokens.clone(),
        head: hit.head,
        code: hit.code.clone(),
        top: actors.top(&hit.code).to_string(),
        kind: if hit.person.is_some() { ActorKind::Person } else { kind },
        text: crate::text::one_line(text, words),
        as_place: hit.place_reading,
        resolved: false,
        shared: kind != ActorKind::Person,
    }
}
