//! Splitting the blocks of a document into sentences.
//!
//! A sentence never leaves its block. Inside it the text runs across hard wraps, page-break lines and whatever else
//! the block skips. Where a full stop ends no sentence is data: `rules/data/sentences-abbreviations.toml`.
//!
//! This module does not judge what a block is (see `document`) and does not parse.

use super::hyphen::Broken;
use super::{Case, Sentence, Token, TokenKind, tokenize};
use crate::document::{Block, Document};
use crate::rules::Rules;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::ops::Range;
use std::sync::LazyLock;

/// The sentences of a document, in order. Every token outside the blocks' skipped stretches is in one of them.
pub fn sentences(document: &Document) -> Vec<Sentence> {
    let mut out = Vec::new();
    let mut tokens = Vec::new();
    let mut broken = Broken::new(document);
    for (index, block) in document.blocks.iter().enumerate() {
        tokens.clear();
        block_tokens(&document.text, block, &mut tokens);
        broken.mend(&mut tokens);
        for cut in split(&document.text, &tokens) {
            let piece = &tokens[cut];
            if let (Some(first), Some(last)) = (piece.first(), piece.last()) {
                let range = first.start as usize..last.end as usize;
                out.push(Sentence { range, block: index, zone: block.zone, tokens: piece.to_vec() });
            }
        }
    }
    out
}

/// Appends the tokens of a block that lie outside what it skips.
fn block_tokens(text: &str, block: &Block, out: &mut Vec<Token>) {
    let mut at = block.range.start;
    for skip in &block.skip {
        if at < skip.start {
            tokenize(text, at, skip.start, out);
        }
        at = at.max(skip.end);
    }
    if at < block.range.end {
        tokenize(text, at, block.range.end, out);
    }
}

/// What the full stop after an abbreviation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Behaviour {
    /// Never ends a sentence.
    Never,
    /// Ends none where a number, a single letter or a lower-case word follows.
    BeforeValue,
    /// Ends one only where a word that opens sentences follows, in upper case.
    BeforeOpener,
}

#[derive(Debug, Deserialize)]
struct Group {
    #[serde(rename = "name")]
    _name: String,
    behaviour: Behaviour,
    words: Vec<String>,
    #[cfg_attr(not(test), allow(dead_code))]
    examples: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Openers {
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct File {
    group: Vec<Group>,
    openers: Openers,
}

#[derive(Debug, Default)]
struct Stops {
    abbreviations: FxHashMap<String, Behaviour>,
    openers: FxHashSet<String>,
}

/// The built-in rules; a fault in them is caught by the tests, at run time it only costs the abbreviations.
static STOPS: LazyLock<Stops> = LazyLock::new(|| {
    let mut stops = Stops::default();
    for (_, file) in Rules::builtin().section::<File>("sentences").unwrap_or_default() {
        for group in file.group {
            stops.abbreviations.extend(group.words.into_iter().map(|w| (w, group.behaviour)));
        }
        stops.openers.extend(file.openers.words);
    }
    stops
});

/// Token ranges of the sentences that `tokens` hold.
pub(super) fn split(text: &str, tokens: &[Token]) -> Vec<Range<usize>> {
    let view = View { text, tokens, lowered: false };
    let view = View { lowered: view.is_lowered(), ..view };
    let mut cuts = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < tokens.len() {
        let end = view.end_of_sentence(start, at).or_else(|| view.bullet_follows(at));
        at += 1;
        if let Some(end) = end.filter(|&end| end < tokens.len()) {
            cuts.push(start..end);
            (start, at) = (end, end);
        }
    }
    if start < tokens.len() {
        cuts.push(start..tokens.len());
    }
    cuts
}

/// The tokens of one block with the questions that splitting asks.
struct View<'a> {
    text: &'a str,
    tokens: &'a [Token],
    /// The text has lost its capitals: a lower-case letter may open a sentence.
    lowered: bool,
}

impl View<'_> {
    fn str(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |t| &self.text[t.range()])
    }

    fn first_char(&self, at: usize) -> char {
        self.str(at).chars().next().unwrap_or(' ')
    }

    /// Whether most full stops before a word are followed by a lower-case letter.
    fn is_lowered(&self) -> bool {
        let (mut lower, mut upper) = (0, 0);
        for at in 0..self.tokens.len() {
            if self.str(at) == "." && self.tokens.get(at + 1).is_some_and(|n| n.spaced) {
                let c = self.first_char(at + 1);
                lower += usize::from(c.is_lowercase());
                upper += usize::from(c.is_uppercase());
            }
        }
        lower >= 2 && lower > upper
    }

    /// If the token at `at` ends the sentence that began at `start`: the index of the next sentence's first token.
    fn end_of_sentence(&self, start: usize, at: usize) -> Option<usize> {
        let word = self.str(at);
        let mark = word.chars().next()?;
        if mark == '.' && word.len() > 1 {
            return self.after_ellipsis(at);
        }
        let dotted = self.tokens[at].kind == TokenKind::Word && word.ends_with('.');
        if !dotted && !matches!(mark, '.' | '!' | '?') {
            return None;
        }
        let end = self.after_closers(at);
        if end >= self.tokens.len() {
            return Some(end);
        }
        if !self.may_follow(at, end) {
            return None;
        }
        if dotted {
            // Where abbreviations have lost their capitals only names and first words have kept them.
            let known = STOPS.abbreviations.get(word.trim_end_matches('.').to_lowercase().as_str());
            let lower = !word.contains(char::is_uppercase)
                && self.tokens[end].case == Case::Title
                && known == Some(&Behaviour::BeforeOpener);
            return (lower || self.opens(end)).then_some(end);
        }
        if mark == '.' && end == at + 1 && (self.is_enumerator(start, at) || !self.stops(at)) {
            return None;
        }
        Some(end)
    }

    /// "..." ends a sentence where a capital follows.
    fn after_ellipsis(&self, at: usize) -> Option<usize> {
        let end = self.after_closers(at);
        (end >= self.tokens.len() || self.tokens[end].spaced && self.first_char(end).is_uppercase()).then_some(end)
    }

    /// Past the quotes and brackets that close right after the token at `at`.
    fn after_closers(&self, at: usize) -> usize {
        let mut end = at + 1;
        while let Some(token) = self.tokens.get(end) {
            let piece = &self.text[token.range()];
            let closes = match piece {
                ")" | "]" | "”" | "»" | "’" | "\"" | "'" => !token.spaced,
                "." | "!" | "?" => !token.spaced && end > at,
                _ => false,
            };
            if !closes {
                break;
            }
            end += 1;
        }
        end
    }

    /// Whether the token at `end` looks like the first of a sentence, given the stop at `at`.
    fn may_follow(&self, at: usize, end: usize) -> bool {
        let next = self.tokens[end];
        let c = self.first_char(end);
        if !next.spaced {
            // A missing blank: "in December.In his view". Not "3.5", not "site.com".
            let before = at.checked_sub(1).map_or("", |b| self.str(b));
            return next.case == Case::Title
                && c.is_uppercase()
                && before.chars().filter(|c| c.is_lowercase()).count() > 2;
        }
        if c.is_lowercase() {
            return self.lowered && self.str(at) != "!" && self.tokens[at].kind == TokenKind::Punct;
        }
        c.is_alphanumeric() || matches!(c, '"' | '“' | '\'' | '‘' | '(' | '[' | '«' | '-' | '*' | '•' | '–' | '—' | '¶')
    }

    /// "5." or "a." in front of what it numbers.
    fn is_enumerator(&self, start: usize, at: usize) -> bool {
        at == start + 1
            && (self.tokens[start].kind == TokenKind::Number && self.str(start).len() <= 2
                || self.str(start).len() == 1)
    }

    /// Whether the full stop at `at` is one, and not part of an abbreviation or initial.
    fn stops(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return true };
        if self.tokens[at].spaced {
            return true;
        }
        let word = self.str(before);
        if self.tokens[before].kind == TokenKind::Word && word.chars().count() == 1 {
            return !self.is_initial(before) || self.opens(at + 1);
        }
        match STOPS.abbreviations.get(word.to_lowercase().as_str()) {
            None => true,
            Some(Behaviour::Never) => false,
            Some(Behaviour::BeforeOpener) => self.opens(at + 1),
            Some(Behaviour::BeforeValue) => {
                let next = self.tokens.get(at + 1);
                next.is_none_or(|n| n.kind == TokenKind::Word && n.case == Case::Title && n.end - n.start > 1)
            }
        }
    }

    /// One capital letter between names: "John E. Herbst", "A. B. Smith".
    fn is_initial(&self, at: usize) -> bool {
        let letter = self.first_char(at).is_uppercase();
        let after = self.first_char(at + 2).is_uppercase();
        letter && after
    }

    /// Whether the token at `at` is a word in upper case that opens sentences.
    fn opens(&self, at: usize) -> bool {
        let at = if matches!(self.str(at), "\"" | "“" | "(" | "‘") { at + 1 } else { at };
        self.first_char(at).is_uppercase() && STOPS.openers.contains(self.str(at).to_lowercase().as_str())
            || self.lowered && STOPS.openers.contains(self.str(at))
    }

    /// A bullet at a line's start after a stop, a colon or a semicolon opens a sentence.
    fn bullet_follows(&self, at: usize) -> Option<usize> {
        let next = self.tokens.get(at + 1)?;
        let bullet = matches!(self.str(at + 1), "-" | "--" | "*" | "•" | "·");
        let gap = &self.text[self.tokens[at].end as usize..next.start as usize];
        let ended = matches!(self.str(at), ";" | ":" | "." | ",");
        (bullet && ended && gap.contains('\n')).then_some(at + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> String {
        let mut tokens = Vec::new();
        tokenize(text, 0, text.len(), &mut tokens);
        let pieces: Vec<&str> = split(text, &tokens)
            .into_iter()
            .map(|r| &text[tokens[r.start].start as usize..tokens[r.end - 1].end as usize])
            .collect();
        pieces.join(" | ")
    }

    #[test]
    fn every_example_of_the_rule_files_holds() {
        let files = Rules::builtin().section::<File>("sentences").expect("the built-in files are well-formed");
        assert!(!files.is_empty());
        for (name, file) in files {
            for example in file.group.iter().flat_map(|g| &g.examples) {
                assert_eq!(&cut(&example.replace(" | ", " ")), example, "{name}");
            }
        }
    }

    #[test]
    fn quotes_questions_and_initials() {
        for want in [
            "\"Who threatens us? | Nobody?\" he asked.",
            "The note by John E. Herbst came late. | It was short.",
            "See reftel B. | End note.",
            "The share was 3.5 percent. | It fell to 2,000.",
            "He trailed off... | Then he went on... slowly.",
            "(He left.) | They stayed.",
            "They left in December. | 12 of them came back.",
            "the minister agreed. | he then left. | nothing was signed.",
            "Points raised: | -- trade. | -- security.",
        ] {
            let text = want.replace(" | --", "\n--").replace(" | ", " ");
            assert_eq!(cut(&text), want);
        }
        assert_eq!(
            cut("They met in December.In his view it failed."),
            "They met in December. | In his view it failed."
        );
    }
}
