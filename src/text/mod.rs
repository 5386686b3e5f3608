//! Sentences and tokens of a document.
//!
//! Tokens are byte ranges of [`crate::document::Document::text`]; what a block skips (page breaks, portion marks)
//! yields no token, so a sentence runs across it and every offset still points into the text as read.

mod hyphen;
mod sentence;
pub mod syntax;
mod token;

pub use sentence::sentences;
pub use token::tokenize;

use crate::document::Zone;
use std::borrow::Cow;
use std::ops::Range;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, possibly with inner apostrophes, full stops of an abbreviation or digits ("U.S.", "don't", "26th").
    Word,
    /// Digits, possibly with inner separators ("2,000", "1.4").
    Number,
    /// Anything else, one character (or a run of the same one: "--", "...").
    Punct,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Case {
    /// No letter, or only lower case.
    Lower,
    /// First letter upper case.
    Title,
    /// All letters upper case, at least two.
    Upper,
    /// Anything else ("McDonald", "iPod").
    Mixed,
}

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte in the document's text.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What it is made of.
    pub kind: TokenKind,
    /// How it is written.
    pub case: Case,
    /// Whether white space (or a skipped stretch) stands before it.
    pub spaced: bool,
    /// Whether a line end (or a soft hyphen) breaks it in two: "inter-⏎national". Its bytes hold both halves and what
    /// stands between them; [`Token::word`] gives the word.
    pub broken: bool,
}

impl Token {
    /// Its bytes in the document's text.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The word that it is, in one piece also where a line end breaks it; `text` is the document's text. Empty where the
    /// token is none of this text.
    pub fn word<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let written = text.get(self.range()).unwrap_or_default();
        if self.broken { Cow::Owned(hyphen::mended(written)) } else { Cow::Borrowed(written) }
    }
}

/// One sentence: a run of tokens inside one block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Bytes of the document's text, first token to last.
    pub range: Range<usize>,
    /// Index of its block in [`crate::document::Document::blocks`].
    pub block: usize,
    /// The block's zone.
    pub zone: Zone,
    /// Its tokens, in order, at least one.
    pub tokens: Vec<Token>,
}

/// The words of a run of tokens on one line: as written, but white space made single, broken words whole, and what is
/// skipped between them left out.
pub fn one_line(text: &str, tokens: &[Token]) -> String {
    let mut out = String::new();
    for token in tokens {
        if token.spaced && !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&token.word(text));
    }
    out
}
