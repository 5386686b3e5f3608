//! The tagger: greedy, from left to right, an averaged perceptron over the words around and the two tags before.
//!
//! A tag is a word class with a form ([`super::Upos`], [`super::Form`]); which pairs there are, the weights file says.

use super::lexeme::{Capitals, Lexeme, finish, mix};
use super::table::{CLASSES, Weights};

/// Tag before the first word, and after the last.
pub const EDGE: u8 = u8::MAX;

/// Most features of one decision, a power of two; the parser has under 90.
const ROOM: usize = 128;

/// Collects hashed features: each has the number of its template and the parts that it joins.
#[derive(Debug)]
pub struct Features {
    hashes: [u64; ROOM],
    count: usize,
    template: u64,
}

impl Default for Features {
    fn default() -> Self {
        Features { hashes: [0; ROOM], count: 0, template: 0 }
    }
}

impl Features {
    /// Forgets all features. Templates are counted from `first`, so that the tables of different tasks differ.
    pub fn start(&mut self, first: u64) {
        self.count = 0;
        self.template = first;
    }

    /// Goes on counting templates from `first`.
    pub fn go_on(&mut self, first: u64) {
        self.template = first;
    }

    /// Adds the feature that joins `parts`.
    #[inline]
    pub fn join<const N: usize>(&mut self, parts: [u32; N]) {
        self.template += 1;
        let mut hash = self.template.wrapping_mul(0xA24B_AED4_963E_E407);
        for part in parts {
            hash = mix(hash, u64::from(part));
        }
        self.hashes[self.count % ROOM] = finish(hash);
        self.count += 1;
    }

    /// The hashes, in the order of the templates.
    pub fn hashes(&self) -> &[u64] {
        &self.hashes[..self.count.min(ROOM)]
    }
}

/// The features of word `i`, given the tags of the words before it.
pub fn features(words: &[Lexeme], tags: &[u8], i: usize, capitals: Capitals, out: &mut Features) {
    out.start(0);
    if let Some(here) = words.get(i) {
        own_features(here, i == 0, capitals, out);
    }
    around_features(words, tags, i, capitals, out);
}

/// The features of a word that nothing around it changes, but whether it is the first.
pub fn own_features(here: &Lexeme, first: bool, capitals: Capitals, out: &mut Features) {
    let shape = here.shape ^ capitals as u32;
    let first = u32::from(first);
    out.go_on(0);
    out.join([here.word]);
    for suffix in here.suffix {
        out.join([suffix]);
    }
    for prefix in here.prefix {
        out.join([prefix]);
    }
    out.join([shape, first]);
    out.go_on(29);
    out.join([here.suffix[2], shape, first]);
    out.join([here.word, shape, first]);
}

/// The features of word `i` that depend on what is around it.
pub fn around_features(words: &[Lexeme], tags: &[u8], i: usize, capitals: Capitals, out: &mut Features) {
    let edge = Lexeme::default();
    let at = |offset: isize| i.checked_add_signed(offset).and_then(|j| words.get(j)).unwrap_or(&edge);
    let tag = |back: usize| u32::from(i.checked_sub(back).and_then(|j| tags.get(j)).copied().unwrap_or(EDGE));
    let (here, before, after) = (at(0), at(-1), at(1));
    let (before2, after2) = (at(-2), at(2));
    let (t1, t2) = (tag(1), tag(2));
    let mode = capitals as u32;
    let shape = here.shape ^ mode;
    out.go_on(10);
    out.join([t1]);
    out.join([t1, t2]);
    out.join([t1, here.word]);
    out.join([t1, here.suffix[2]]);
    out.join([t1, shape]);
    out.join([before.word]);
    out.join([before2.word]);
    out.join([after.word]);
    out.join([after2.word]);
    out.join([before.suffix[2]]);
    out.join([after.suffix[2]]);
    out.join([after.suffix[1], here.suffix[1]]);
    out.join([before.word, here.word]);
    out.join([here.word, after.word]);
    out.join([t1, after.word]);
    out.join([t1, after.suffix[2]]);
    out.join([before.word, after.word]);
    out.join([shape, before.shape]);
    out.join([shape, after.shape]);
    out.go_on(31);
    out.join([after.word, after2.word]);
    out.join([t1, here.suffix[1], after.suffix[1]]);
    out.join([after.shape, after.suffix[2], mode]);
}

/// The class with the highest score, the first of equals; `None` when there is no class.
pub fn best<'a>(scores: impl Iterator<Item = &'a i32>) -> Option<u8> {
    let mut best = None;
    for (class, &score) in scores.enumerate() {
        if best.is_none_or(|(_, top)| score > top) {
            best = Some((class, score));
        }
    }
    best.and_then(|(class, _)| u8::try_from(class).ok())
}

/// Tags a sentence with one of `classes` tags a word.
pub fn tag(
    words: &[Lexeme],
    capitals: Capitals,
    classes: usize,
    weights: &impl Weights,
    work: &mut Features,
    tags: &mut Vec<u8>,
) {
    tags.clear();
    for i in 0..words.len() {
        features(words, tags, i, capitals, work);
        let mut scores = [0; CLASSES];
        weights.add(work.hashes(), &mut scores);
        tags.push(best(scores.iter().take(classes)).unwrap_or(0));
    }
}

/// The context in which the tagger may be sure of a word without looking around: its form and shape.
pub fn sure_context(here: &Lexeme, first: bool, capitals: Capitals, work: &mut Features) -> u64 {
    work.start(5000);
    work.join([here.word, here.shape ^ capitals as u32, u32::from(first)]);
    work.hashes().first().copied().unwrap_or_default()
}
