//! The noun phrase behind a length of time: histories are annotated with it ("two years of war", "the last days of the
//! siege"). No parser: a phrase ends at a function word, a mark, a verb in the past, or a name behind a common noun.

use super::compile::Tables;
use super::lexicon::Symbol;
use super::recognise::View;

/// Longest noun phrase, in words behind its determiner.
const LONGEST: usize = 5;

/// The word classes that bound noun phrases.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Phrases {
    function: Option<Symbol>,
    determiner: Option<Symbol>,
    past: Option<Symbol>,
    /// What joins a noun phrase to a length: "of".
    links: Option<Symbol>,
    and: Option<Symbol>,
    /// What holds a noun phrase together: the ending of the genitive, a hyphen.
    possessive: Option<Symbol>,
    dash: Option<Symbol>,
    events: Option<Symbol>,
}

impl Phrases {
    pub fn new(tables: &Tables) -> Self {
        Phrases {
            function: tables.class("function"),
            determiner: tables.class("determiner"),
            past: tables.class("past-marker"),
            links: tables.class("phrase-link"),
            and: tables.class("range-and"),
            possessive: tables.class("possessive"),
            dash: tables.class("dash"),
            events: tables.class("event-link"),
        }
    }

    /// Where the phrase that begins at token `end` with "of", or at `end` behind "after", ends; `end` itself without one.
    pub fn end(&self, view: &View, end: usize) -> usize {
        let is = |at: usize, symbol: Option<Symbol>| symbol.is_some_and(|s| view.is(at, s));
        let from = match () {
            () if is(end, self.links) => end + 1,
            () if end > 0 && is(end - 1, self.events) => end,
            () => return end,
        };
        let Some(mut to) = self.noun_phrase(view, from) else { return end };
        // "the War of Independence", "conflict and neglect".
        for _ in 0..2 {
            if is(to, self.links) {
                to = self.noun_phrase(view, to + 1).unwrap_or(to);
                continue;
            }
            match self.noun_phrase(view, to + 1) {
                // One more noun before a mark; a whole clause may begin with "and" otherwise.
                Some(next)
                    if is(to, self.and) && next == to + 2 && !view.word(next).starts_with(char::is_alphanumeric) =>
                {
                    to = next;
                }
                _ => break,
            }
        }
        to
    }

    fn noun_phrase(&self, view: &View, from: usize) -> Option<usize> {
        let is = |at: usize, symbol: Option<Symbol>| symbol.is_some_and(|s| view.is(at, s));
        let first = if is(from, self.determiner) { from + 1 } else { from };
        let mut at = first;
        while at < view.tokens.len() && at - first < LONGEST {
            let word = view.word(at);
            let holds = |at: usize| is(at, self.possessive) || is(at, self.dash);
            let capital = |at: usize| view.word(at).starts_with(char::is_uppercase);
            let name_begins = at > first && capital(at) && !capital(at - 1) && !holds(at - 1);
            let verb = at > first && (is(at, self.past) || super::tense::past_form(word));
            let ends =
                !holds(at) && !word.starts_with(char::is_alphabetic) || is(at, self.function) || name_begins || verb;
            if ends {
                break;
            }
            at += 1;
        }
        (at > first).then_some(at)
    }
}
