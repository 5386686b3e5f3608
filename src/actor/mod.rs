//! Actors in text: states, organisations, offices, persons and groups, found by lexicon and rolled up.
//!
//! [`Lexicon::find_document`] finds the actors of a whole document: it remembers who was introduced ("Foreign Ministry
//! spokesman Bahrom Aliev") and knows him by his surname afterwards. [`Lexicon::find`] does one sentence alone.
//! [`Gazetteer`] finds places, [`NamedEvents`] finds happenings that have a name ("9/11").
//!
//! Names are data (`rules/data/actors-*.toml`, `places-*.toml`, `named-*.toml`); the code knows none. This module does
//! not say what an actor does in an event, resolves no pronouns but those of a cable's own post ("we"), and finds no
//! person whom neither the lexicon knows nor a title introduces.

mod acronym;
mod compose;
mod fold;
mod guards;
mod lexicon;
mod memory;
mod metonym;
mod model;
mod named;
mod names;
mod officer;
mod own;
mod persons;
mod place;
mod query;
mod scan;
mod schema;
#[cfg(test)]
mod tests;
mod titles;

pub use lexicon::Lexicon;
pub use model::{Actor, ActorKind, HeldRole, Membership, top_of};
pub use named::{NamedEvent, NamedEvents, NamedHit};
pub use place::{Gazetteer, GazetteerPlace, PlaceHit};

use crate::date::NaiveDate;
use std::ops::Range;

/// What of an actor the words are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ActorForm {
    /// Its name: "Uzbekistan", "Karimov".
    Name,
    /// Adjective or people: "Uzbek", "the Americans".
    Demonym,
    /// A capital's name, which may stand for the government.
    Capital,
    /// A title, with or without a name: "Foreign Minister Norov", "the Uzbek president".
    Title,
    /// An abbreviation: "GOU", "CSTO".
    Abbreviation,
    /// A part of it, or people of it: "Uzbek officials", "US forces", "the Foreign Ministry".
    Generic,
    /// The sender of the document speaking of itself: "Post", "we", "the Ambassador" in a cable.
    Own,
}

impl ActorForm {
    /// The word used in output.
    pub fn as_str(self) -> &'static str {
        match self {
            ActorForm::Name => "name",
            ActorForm::Demonym => "demonym",
            ActorForm::Capital => "capital",
            ActorForm::Title => "title",
            ActorForm::Abbreviation => "abbreviation",
            ActorForm::Generic => "generic",
            ActorForm::Own => "own",
        }
    }
}

/// One actor named in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorHit {
    /// Its tokens within the sentence.
    pub tokens: Range<usize>,
    /// The token that stands for the whole in the sentence's grammar: the surname of a named person, else the noun.
    pub head: usize,
    /// The actor's code in the lexicon: `UZB`, `UZB.KARIMOV`, `NATO`, `UZB.MFA`. The likeliest of `candidates`.
    pub code: String,
    /// Every actor it may be, the likeliest first; one unless the words are ambiguous.
    pub candidates: Vec<String>,
    /// What of the actor the words are.
    pub form: ActorForm,
    /// Whether the words are a capital's name.
    pub capital: bool,
    /// For a capital's name: whether the context makes it a place and not the government.
    pub place_reading: bool,
    /// The name of a person whom the lexicon does not know ("Bahrom Aliev"); the code is then that of the office or state.
    pub person: Option<String>,
    /// Whether the state is not named in these words but taken from the document (a cable's host state, a person
    /// introduced earlier).
    pub implied: bool,
}

/// What is known of the document a sentence stands in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// The document's origin as its metadata states it: "Embassy Tashkent", "Jamestown Monitor".
    pub origin: Option<&'a str>,
    /// The day it was written: which president "the President" was.
    pub date: Option<NaiveDate>,
}
