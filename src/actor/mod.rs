//! Actors in text: states, organisations, offices, persons and groups, found by lexicon and rolled up.

use std::ops::Range;

/// One actor named in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorHit {
    /// Its tokens within the sentence.
    pub tokens: Range<usize>,
    /// The actor's code in the lexicon: `UZB`, `UZB.KARIMOV`, `NATO`.
    pub code: String,
    /// Whether a capital's name stands for the government or the word may be a mere place.
    pub capital: bool,
}
