//! Definite descriptions of states and organisations that the text named before: "both sides", "the three governments",
//! "the former colony", "the latter", "the alliance".

use super::lexicon::Lexicon;
use super::tree::Tree;
use crate::text::syntax::{Relation, Upos};
use std::ops::Range;

/// A description in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Described {
    /// Its tokens, the noun last.
    pub tokens: Range<usize>,
    /// Whom it stands for.
    pub of: Of,
}

/// Whom a description stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// So many states.
    States(usize),
    /// The state that the text speaks of.
    State,
    /// The state named last.
    Last,
    /// The organisation named last.
    Organisation,
    /// The organisation named last whose name holds the noun.
    Called,
}

/// Between the article and the noun stand at most so many adjectives.
const ADJECTIVES: usize = 2;

/// The description that begins at a token. `phrases` are those given word for word; they stand for two states.
pub fn described(tree: &Tree, lexicon: &Lexicon, phrases: &[Vec<String>], at: usize) -> Option<Described> {
    let spelt = |phrase: &Vec<String>| {
        let same = tree.lower.get(at..at + phrase.len())? == phrase;
        (same && tree.is_noun(at + phrase.len() - 1)).then_some(phrase.len())
    };
    if let Some(length) = phrases.iter().filter_map(spelt).max() {
        return Some(Described { tokens: at..at + length, of: Of::States(2) });
    }
    let is = |list: &str, w: usize| tree.lower.get(w).is_some_and(|word| lexicon.is(list, word));
    let both = is("anaphora.both", at);
    if !both && !is("anaphora.article", at) {
        return None;
    }
    if is("anaphora.last", at + 1) && tree.relation(at + 1) != Relation::Amod {
        return Some(Described { tokens: at..at + 2, of: Of::Last });
    }
    let count = if both { Some(2) } else { count(lexicon, tree.lower.get(at + 1)?) };
    let first = at + 1 + usize::from(count.is_some() && !both);
    let noun =
        (first..tree.len()).take(ADJECTIVES + 1).find(|&w| tree.upos(w) != Upos::Adj).filter(|&w| tree.is_noun(w))?;
    // "The countries of Europe", "the union leader", "the two sides of the river".
    let whole = tree.lower.get(noun + 1).is_none_or(|next| next != "of" && next != "-");
    let head = tree.relation(noun) != Relation::Compound;
    let tokens = at..noun + 1;
    let of = match count {
        Some(count) => is("anaphora.parties", noun).then_some(Of::States(count))?,
        None if is("anaphora.state", noun) => Of::State,
        None if is("anaphora.named_so", noun) => Of::Called,
        None if is("anaphora.organisation", noun) => Of::Organisation,
        None => return None,
    };
    (whole && head).then_some(Described { tokens, of })
}

/// The number that a word of the list of numbers stands for.
fn count(lexicon: &Lexicon, word: &str) -> Option<usize> {
    lexicon.phrases("anaphora.numbers").iter().find_map(|entry| match entry.as_slice() {
        [name, number] if name == word => number.parse().ok(),
        _ => None,
    })
}
