//! The words met so far, each with what the models make of it by itself, so that a word is looked at closely only once.
//!
//! Nothing here depends on the order in which words come: it is only remembered, and forgotten when it grows too large.

use super::lexeme::{self, Capitals, Letters, Lexeme};
use rustc_hash::FxHashMap;

/// Words and bytes of words beyond which all are forgotten.
const MOST_WORDS: usize = 16_384;
const MOST_BYTES: usize = 1 << 20;
/// Ways of reading a word by itself: how the sentence uses capitals, and whether the word is its first.
const READINGS: usize = 8;
/// A row that is not yet made.
const NO_ROW: u32 = u32::MAX;

/// One word.
#[derive(Debug)]
struct Known {
    lexeme: Lexeme,
    letters: Letters,
    rows: [u32; READINGS],
    /// Dictionary forms by tag.
    lemmas: Vec<(u8, Box<str>)>,
}

/// What the tagger makes of a word by itself.
#[derive(Clone, Copy, Debug)]
pub struct Alone<'a> {
    /// The tag that the word always has, if it has one.
    pub sure: Option<u8>,
    /// The scores of all tags from the word's own features.
    pub scores: &'a [i32],
}

/// The words met so far.
#[derive(Debug, Default)]
pub struct Vocabulary {
    index: FxHashMap<Box<str>, u32>,
    words: Vec<Known>,
    bytes: usize,
    sure: Vec<Option<u8>>,
    /// Scores of all rows, `classes` a row.
    scores: Vec<i32>,
    /// The model they come from.
    model: u64,
    scratch: String,
}

impl Vocabulary {
    /// Begins a sentence that the model with this number reads: makes room where there is little, and forgets what
    /// another model made of the words. Numbers of words hold until then.
    pub fn begin(&mut self, model: u64) {
        if self.model != model || self.words.len() > MOST_WORDS || self.bytes > MOST_BYTES {
            *self = Vocabulary { model, ..Vocabulary::default() };
        }
    }

    /// The number of a word.
    pub fn number(&mut self, form: &str) -> u32 {
        if let Some(&number) = self.index.get(form) {
            return number;
        }
        let number = self.words.len() as u32;
        self.words.push(Known {
            lexeme: lexeme::lexeme(form, &mut self.scratch),
            letters: Letters::of(form),
            rows: [NO_ROW; READINGS],
            lemmas: Vec::new(),
        });
        self.bytes += form.len();
        self.index.insert(form.into(), number);
        number
    }

    /// The hashes of a word.
    pub fn lexeme(&self, number: u32) -> Lexeme {
        self.words[number as usize].lexeme
    }

    /// The letters of a word.
    pub fn letters(&self, number: u32) -> Letters {
        self.words[number as usize].letters
    }

    /// What the tagger makes of a word by itself; `score` finds it out when nobody asked before, for `classes` tags.
    pub fn alone(
        &mut self,
        number: u32,
        first: bool,
        capitals: Capitals,
        classes: usize,
        score: impl FnOnce(&Lexeme) -> (Option<u8>, Vec<i32>),
    ) -> Alone<'_> {
        let known = &mut self.words[number as usize];
        let row = &mut known.rows[(2 * capitals as usize + usize::from(first)) % READINGS];
        if *row == NO_ROW {
            let (sure, mut scores) = score(&known.lexeme);
            *row = self.sure.len() as u32;
            self.sure.push(sure);
            scores.resize(classes, 0);
            self.scores.append(&mut scores);
        }
        let row = *row as usize;
        Alone { sure: self.sure[row], scores: &self.scores[row * classes..(row + 1) * classes] }
    }

    /// The dictionary form of a word under a tag; `find` finds it when nobody asked before.
    pub fn lemma(&mut self, number: u32, tag: u8, find: impl FnOnce(&mut String) -> String) -> &str {
        let lemmas = &mut self.words[number as usize].lemmas;
        let at = lemmas.iter().position(|(t, _)| *t == tag).unwrap_or_else(|| {
            lemmas.push((tag, find(&mut self.scratch).into_boxed_str()));
            lemmas.len() - 1
        });
        &lemmas[at].1
    }
}
