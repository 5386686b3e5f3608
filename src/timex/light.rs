//! A light splitter for raw text: sentences good enough to keep an expression inside one and to find its verb.
//!
//! Documents are split by `text`, which knows zones, page breaks and wrapped lines; this is for streams of plain text.

use crate::document::Zone;
use crate::text::{Sentence, Token, tokenize};

/// The sentences of a plain text: parted at blank lines and at ". ", "? ", "! " before a capital.
pub fn sentences(text: &str) -> Vec<Sentence> {
    let mut out = Vec::new();
    each(text, &mut |range, tokens| {
        out.push(Sentence { range, block: 0, zone: Zone::Body, tokens: tokens.to_vec() });
    });
    out
}

/// Calls `visit` with the bytes and tokens of each sentence.
pub(super) fn each(text: &str, visit: &mut dyn FnMut(std::ops::Range<usize>, &[Token])) {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let end = paragraph_end(text, at);
        tokens.clear();
        tokenize(text, at, end, &mut tokens);
        let mut first = 0;
        for i in 0..tokens.len() {
            if i + 1 == tokens.len() || ends_sentence(text, &tokens, i) {
                let run = &tokens[first..=i];
                if let (Some(a), Some(b)) = (run.first(), run.last()) {
                    visit(a.start as usize..b.end as usize, run);
                }
                first = i + 1;
            }
        }
        at = end.max(at + 1);
    }
}

/// The end of the paragraph that begins at `at`: the next blank line.
fn paragraph_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let mut i = at;
    while let Some(offset) = bytes.get(i..).and_then(|rest| rest.iter().position(|b| *b == b'\n')) {
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
    // An abbreviation ("Aug. 2", "Gen. Smith") is a short capitalised word; what ends a sentence is seldom one.
    let before = at.checked_sub(1).and_then(|i| tokens.get(i)).and_then(|t| text.get(t.range())).unwrap_or("");
    let abbreviation = mark == Some(&b'.')
        && before.len() <= 4
        && before.starts_with(|c: char| c.is_uppercase())
        && !before.chars().all(|c| c.is_uppercase() || c.is_ascii_digit());
    let starts =
        text.get(next.range()).is_some_and(|w| !w.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit()));
    starts && !abbreviation
}
