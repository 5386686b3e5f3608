//! What a sense asks of the complement of its verb: what is said there, and in which form.

use super::args::Arguments;
use super::facts::Facts;
use super::lexicon::{Lexicon, Sense};
use super::modality;
use super::tree::Tree;
use super::trigger::names;
use crate::text::syntax::{Form, Relation};

/// Whether the complement clauses of a verb are as its sense asks.
pub fn holds(facts: &Facts, lexicon: &Lexicon, sense: &Sense, args: &Arguments) -> bool {
    let tree = facts.tree;
    if sense.proposes && !args.clauses.iter().any(|&c| proposed(tree, c)) {
        return false;
    }
    sense.claim.is_empty() || args.clauses.iter().any(|&c| claimed(facts, lexicon, sense, c))
}

/// Whether one clause claims what the sense asks for.
fn claimed(facts: &Facts, lexicon: &Lexicon, sense: &Sense, clause: usize) -> bool {
    let tree = facts.tree;
    // "Said that it would not support the plan" speaks no good of it.
    let by_class = sense.claim.iter().all(|w| w.starts_with('@'));
    if by_class && modality::is_negated(tree, lexicon, clause) {
        return false;
    }
    let told = std::iter::once(clause).chain(tree.children(clause));
    told.filter(|&w| !tree.relation(w).is_subject()).any(|w| names(facts, lexicon, &sense.claim, w))
}

/// Whether a complement tells what is to be done: "(suggested) holding a meeting", "(suggested that) the council meet".
fn proposed(tree: &Tree, clause: usize) -> bool {
    if tree.has(clause, &[Relation::Aux, Relation::Cop, Relation::AuxPass]) || tree.is_infinitive(clause) {
        return false;
    }
    let mut subjects = tree.with(clause, &[Relation::Nsubj]).peekable();
    match tree.form(clause) {
        Form::Gerund => subjects.peek().is_none(),
        // "Suggested the council meet": parsers take its subject for an object.
        Form::Base => subjects.peek().is_some() || tree.relation(clause) == Relation::Xcomp,
        // A form that is no present of its subject.
        Form::Present => subjects.any(|s| {
            let one = tree.is_noun(s) && tree.form(s) != Form::Plural
                || matches!(tree.lower[s].as_str(), "he" | "she" | "it");
            one && !tree.has(s, &[Relation::Conj])
        }),
        _ => false,
    }
}
