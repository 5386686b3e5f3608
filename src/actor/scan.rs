//! The first pass over a sentence: which tokens begin a name, title or unit of the index (leftmost, longest).

use super::Context;
use super::fold::{fold, norm_onto};
use super::lexicon::{CaseRule, Lexicon, What, is_dash};
use crate::text::{Case, Sentence, Token, TokenKind};

/// How a sentence is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Capitals mean names.
    Normal,
    /// All in capitals: capitals mean nothing.
    Caps,
    /// Lower-cased by a machine: missing capitals mean nothing.
    Lowered,
}

/// Letters of an abbreviation at most.
const ABBREVIATION: usize = 5;

/// The normalised words of a sentence, one a token.
#[derive(Debug, Default)]
pub(super) struct Words {
    text: String,
    ends: Vec<usize>,
}

impl Words {
    pub fn new(text: &str, sentence: &Sentence) -> Self {
        let room = sentence.range.len();
        let mut words = Words { text: String::with_capacity(room), ends: Vec::with_capacity(sentence.tokens.len()) };
        for token in &sentence.tokens {
            norm_onto(&token.word(text), &mut words.text);
            words.ends.push(words.text.len());
        }
        words
    }

    /// Adds the word of the next token.
    pub fn push(&mut self, word: &str) {
        self.text.push_str(word);
        self.ends.push(self.text.len());
    }

    /// The word of a token; empty beyond the ends.
    pub fn get(&self, at: usize) -> &str {
        let Some(&end) = self.ends.get(at) else { return "" };
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.text[start..end]
    }

    /// The word before a token; empty at the start.
    pub fn before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |b| self.get(b))
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }
}

/// Tokens that one or more entries of the index name.
#[derive(Clone, Debug)]
pub(super) struct Atom {
    pub start: usize,
    pub end: usize,
    /// Numbers of the entries, all of this length.
    pub entries: Vec<u32>,
}

/// How a sentence is written, judged by its own tokens.
pub(super) fn style(sentence: &Sentence) -> Style {
    let words: Vec<&Token> =
        sentence.tokens.iter().filter(|t| t.kind == TokenKind::Word && t.end - t.start > 1).collect();
    let upper = words.iter().filter(|t| t.case == Case::Upper).count();
    if words.len() >= 3 && upper * 5 >= words.len() * 4 {
        return Style::Caps;
    }
    match sentence.tokens.iter().find(|t| t.kind == TokenKind::Word) {
        Some(first) if first.case == Case::Lower && words.len() >= 3 => Style::Lowered,
        _ => Style::Normal,
    }
}

impl Lexicon {
    /// The atoms of a sentence, in order, not overlapping.
    pub(super) fn scan(&self, text: &str, s: &Sentence, words: &Words, style: Style, ctx: &Context) -> Vec<Atom> {
        let mut atoms = Vec::new();
        let mut at = 0;
        while at < words.len() {
            match self.longest(text, s, words, at, style, ctx) {
                Some(atom) => {
                    at = atom.end;
                    atoms.push(atom);
                }
                None => at += 1,
            }
        }
        atoms
    }

    fn longest(&self, text: &str, s: &Sentence, words: &Words, at: usize, style: Style, ctx: &Context) -> Option<Atom> {
        let first = words.get(at);
        let mut best: Option<Atom> = None;
        let mut offer = |entries: &[u32], folded: bool| {
            for &number in entries {
                let Some(end) = self.matches(number, words, at, folded) else { continue };
                if best.as_ref().is_some_and(|b| b.end > end)
                    || !self.counts(number, text, s, words, at..end, style)
                    || !self.own_counts(number, ctx)
                {
                    continue;
                }
                match &mut best {
                    // A name as written goes before one that is like it only by transliteration.
                    Some(b) if b.end == end && folded => {}
                    Some(b) if b.end == end => {
                        if !b
                            .entries
                            .iter()
                            .any(|&e| self.entries[e as usize].what == self.entries[number as usize].what)
                        {
                            b.entries.push(number);
                        }
                    }
                    _ => best = Some(Atom { start: at, end, entries: vec![number] }),
                }
            }
        };
        if let Some(entries) = self.exact.get(first) {
            offer(entries, false);
        }
        let token = s.tokens.get(at)?;
        if token.kind == TokenKind::Word
            && token.case != Case::Lower
            && !self.only_as_written(first, token, style)
            && let Some(entries) = self.folded.get(&*fold(first))
        {
            offer(entries, true);
        }
        best
    }

    /// Whether a word is no name in another transliteration: "May" is not "Moi", nor is an abbreviation ("LOMO") a surname.
    fn only_as_written(&self, word: &str, token: &Token, style: Style) -> bool {
        let short = word.chars().count() <= ABBREVIATION;
        self.never_given(word) || style == Style::Normal && token.case == Case::Upper && short
    }

    /// One past the last token when the entry's words stand at `at`. Hyphens between words are passed over.
    fn matches(&self, entry: u32, words: &Words, at: usize, folded: bool) -> Option<usize> {
        let mut here = at;
        for (n, want) in self.entries[entry as usize].words.iter().enumerate() {
            if n > 0 && is_dash(words.get(here)) {
                here += 1;
            }
            let word = words.get(here);
            let equal = if folded && n > 0 { *fold(word) == **want } else { word == want || folded && n == 0 };
            if !equal || here >= words.len() {
                return None;
            }
            here += 1;
        }
        Some(here)
    }

    /// Whether the entry may count here: its case, its guard.
    fn counts(
        &self,
        number: u32,
        text: &str,
        s: &Sentence,
        words: &Words,
        range: std::ops::Range<usize>,
        style: Style,
    ) -> bool {
        let entry = &self.entries[number as usize];
        let written = |t: &Token| t.word(text);
        let tokens = &s.tokens[range.clone()];
        let right_case = match entry.case {
            CaseRule::Any => true,
            CaseRule::Title => {
                let article = usize::from(range.len() > 1 && words.get(range.start) == "the");
                let title = matches!(entry.what, What::Title(_)) && style == Style::Lowered;
                title || tokens.get(article).is_some_and(|t| t.case != Case::Lower)
            }
            CaseRule::Strict => tokens.iter().all(|t| t.case == Case::Upper || written(t).contains('.')),
            CaseRule::Upper => tokens.iter().all(|t| {
                let w = written(t);
                !w.contains(char::is_lowercase)
                    || w.contains('.')
                    || t.kind != TokenKind::Word
                    || matches!(t.case, Case::Title | Case::Mixed) && w.len() >= 4
                    || style == Style::Lowered && t.case == Case::Lower && w.len() >= 3
            }),
        };
        // "3 pm" is no prime minister.
        let number = range.start.checked_sub(1).is_some_and(|b| s.tokens[b].kind == TokenKind::Number);
        if number && matches!(entry.what, What::Title(_)) && words.get(range.start).len() <= 2 {
            return false;
        }
        // "US$5 million"
        if words.get(range.end).starts_with('$') && s.tokens.get(range.end).is_some_and(|t| !t.spaced) {
            return false;
        }
        let Some(guard) = entry.guard.map(|g| &self.guards[g as usize]) else { return right_case };
        let (before, after) = (words.before(range.start), words.get(range.end));
        let dotted = tokens.first().is_some_and(|t| written(t).contains('.'));
        let is = |list: &[String], word: &str| list.iter().any(|w| w == word);
        let vetoed = is(&guard.not_after, before)
            || is(&guard.not_before, after)
            || style == Style::Caps && !dotted && is(&guard.caps_not_after, before);
        right_case && !vetoed
    }

    /// A sender's words count only in its documents.
    fn own_counts(&self, number: u32, ctx: &Context) -> bool {
        match self.entries[number as usize].what {
            What::Own(post, _) => self.is_sender(post, ctx),
            _ => true,
        }
    }

    /// Whether the document comes from this kind of post.
    pub(super) fn is_sender(&self, post: u32, ctx: &Context) -> bool {
        let Some(origin) = ctx.origin else { return false };
        self.posts[post as usize].origins.iter().any(|o| {
            origin.get(..o.len()).is_some_and(|head| head.eq_ignore_ascii_case(o))
                && !origin[o.len()..].starts_with(char::is_alphanumeric)
        })
    }
}
