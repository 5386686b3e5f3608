//! Past or future, from the verbs near an expression. No parser: the nearest marker in the same clause decides, the
//! one before the expression first, since English mostly puts the time after the verb.

use super::compile::Tables;
use super::lexicon::Symbol;
use super::recognise::View;
use super::state::Direction;

/// How far a marker may stand from the expression, in tokens.
const REACH: usize = 14;

/// The word classes that tell the tense.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Markers {
    future: Option<Symbol>,
    /// Words that look ahead when they stand right before the expression: "until", "effective".
    forward: Option<Symbol>,
    perfect: Option<Symbol>,
    possessive: Option<Symbol>,
    past: Option<Symbol>,
    passive: Option<Symbol>,
    clause: Option<Symbol>,
}

impl Markers {
    pub fn new(tables: &Tables) -> Self {
        Markers {
            future: tables.class("future-marker"),
            forward: tables.class("forward"),
            perfect: tables.class("perfect-be"),
            possessive: tables.class("possessive-s"),
            past: tables.class("past-marker"),
            passive: tables.class("passive-be"),
            clause: tables.class("clause-end"),
        }
    }

    /// The direction that the verbs around the tokens `start..end` give.
    pub fn direction(&self, view: &View, start: usize, end: usize) -> Direction {
        let is =
            |at: Option<usize>, symbol: Option<Symbol>| at.zip(symbol).is_some_and(|(at, symbol)| view.is(at, symbol));
        // "Wednesday's ruling" has been made.
        if is(Some(end), self.possessive) {
            return Direction::Past;
        }
        let left = (start.saturating_sub(REACH)..start).rev();
        let right = end..view.tokens.len().min(end + REACH);
        let ahead = is(start.checked_sub(1), self.forward) || is(start.checked_sub(2), self.forward);
        match (self.first(view, left), ahead) {
            (Direction::Unknown, false) => self.first(view, right),
            (Direction::Unknown, true) => Direction::Future,
            (known, false) => known,
            (Direction::Past, true) => Direction::Planned,
            (Direction::Future | Direction::Planned, true) => Direction::Future,
        }
    }

    fn first(&self, view: &View, range: impl Iterator<Item = usize>) -> Direction {
        let is = |at, symbol: Option<Symbol>| symbol.is_some_and(|s| view.is(at, s));
        for at in range {
            if is(at, self.clause) {
                return Direction::Unknown;
            }
            if is(at, self.future) {
                // "had been due to expire": what was planned then is past now.
                let over = at > 0 && is(at - 1, self.perfect);
                return if over { Direction::Past } else { Direction::Future };
            }
            // "to be released", "is expected": the auxiliary before the participle tells.
            let passive = at > 0 && is(at - 1, self.passive);
            if !passive && (is(at, self.past) || past_form(view.word(at))) {
                return Direction::Past;
            }
        }
        Direction::Unknown
    }
}

/// Whether a word has the ending of the regular past.
fn past_form(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed") && word.starts_with(|c: char| c.is_lowercase())
}
