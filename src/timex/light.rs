//! A light splitter for raw text: sentences good enough to keep an expression inside one and to find its verb.
//!
//! Documents are split by `text`, which knows zones, page breaks and wrapped lines; this is for streams of plain text.

use crate::document::Zone;
use crate::text::{Sentence, Token, tokenize};
use std::ops::Range;

/// Longest sentence, in tokens: what has no end (a table, a list) is cut.
const LONGEST: usize = 8192;

/// The sentences of a plain text: parted at blank lines and at ". ", "? ", "! " before a capital.
pub fn sentences(text: &str) -> Vec<Sentence> {
    let (tokens, ranges) = runs(text);
    let sentence = |range: Range<usize>| {
        let tokens = tokens.get(range)?;
        let bytes = tokens.first()?.start as usize..tokens.last()?.end as usize;
        Some(Sentence { range: bytes, block: 0, zone: Zone::Body, tokens: tokens.to_vec() })
    };
    ranges.into_iter().filter_map(sentence).collect()
}

/// All tokens of a text, and which of them each sentence has.
pub(super) fn runs(text: &str) -> (Vec<Token>, Vec<Range<usize>>) {
    let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 6);
    let mut ranges = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let end = paragraph_end(text, at);
        let begin = tokens.len();
        let mut first = begin;
        tokenize(text, at, end, &mut tokens);
        for i in begin..tokens.len() {
            if i + 1 == tokens.len() || i - first == LONGEST || ends_sentence(text, &tokens, i) {
                ranges.push(first..i + 1);
                first = i + 1;
            }
        }
        at = end.max(at + 1);
    }
    (tokens, ranges)
}

/// Where a piece of at most `most` bytes that a text begins with ends: at the end of the text, of a paragraph, of a
/// sentence, of a word, or anywhere, the first that lies in the second half of what may be taken.
pub(super) fn cut(text: &str, most: usize) -> usize {
    if text.len() <= most {
        return text.len();
    }
    let most = text.floor_char_boundary(most);
    let half = text.floor_char_boundary(most / 2);
    let Some(tail) = text.get(half..most) else { return most };
    let sentence =
        || tail.rmatch_indices(['.', '?', '!']).find(|(at, _)| tail[at + 1..].starts_with([' ', '\n', '\r']));
    let place = tail
        .rfind("\n\n")
        .map(|at| at + 2)
        .or_else(|| sentence().map(|(at, _)| at + 1))
        .or_else(|| tail.rfind(|c: char| c.is_ascii_whitespace()).filter(|at| *at > 0));
    place.map_or(most, |at| half + at)
}

/// The end of the paragraph that begins at `at`: the next blank line.
fn paragraph_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let mut i = at;
    while let Some(offset) = text.get(i..).and_then(|rest| rest.find('\n')) {
        let line = i + offset + 1;
        let next = bytes.get(line..).unwrap_or_default();
        let blank = next.iter().take_while(|b| matches!(b, b' ' | b'\t' | b'\r')).count();
        if next.get(blank).is_none_or(|b| *b == b'\n') {
            return line;
        }
        i = line;
    }
    text.len()
}

fn ends_sentence(text: &str, tokens: &[Token], at: usize) -> bool {
    let (Some(token), Some(next)) = (tokens.get(at), tokens.get(at + 1)) else { return true };
    if token.end - token.start != 1 || !next.spaced {
        return false;
    }
    let mark = text.as_bytes().get(token.start as usize);
    if !matches!(mark, Some(b'.' | b'?' | b'!')) {
        return false;
    }
    // An abbreviation ("Aug. 2", "Gen. Smith") is a short capitalised word, an initial ("Daniel P. Davison") one letter;
    // what ends a sentence is seldom one.
    let before = at.checked_sub(1).and_then(|i| tokens.get(i)).and_then(|t| text.get(t.range())).unwrap_or("");
    let abbreviation = mark == Some(&b'.')
        && before.len() <= 4
        && before.starts_with(|c: char| c.is_uppercase())
        && (before.len() == 1 && before != "I" || !before.chars().all(|c| c.is_uppercase() || c.is_ascii_digit()));
    let starts =
        text.get(next.range()).is_some_and(|w| !w.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit()));
    starts && !abbreviation
}
