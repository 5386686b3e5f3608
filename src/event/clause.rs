//! The words of a text that a headline takes over: what stands behind a verb, a noun with what it is about.

use super::facts::Facts;
use super::lexicon::Lexicon;
use crate::text::syntax::{Form, Relation, Upos};
use crate::timex::TimexKind;

/// Words taken over from behind a verb or a noun at the most.
const TAIL: usize = 10;
/// Words within which a list goes on behind a comma.
const LIST: usize = 5;
/// Words of a noun phrase before its head, at the most.
const PHRASE: usize = 5;

/// Words taken over from a text.
#[derive(Debug, PartialEq, Eq)]
pub struct Taken {
    /// The tokens, in order.
    pub words: Vec<usize>,
    /// Whether they are all that the clause says there.
    pub whole: bool,
}

impl Taken {
    /// The words as written; a clause that goes on ends in an ellipsis.
    pub fn written(&self, facts: &Facts) -> String {
        let clause = self.words.iter().any(|&w| is_that(facts, w));
        written(facts, &self.words) + if clause && !self.whole { " …" } else { "" }
    }
}

/// What stands behind a verb, an adjective or a noun and belongs to it, without times, cut where a phrase ends: "twelve
/// Uzbek officials", "four of them back to Uzbekistan", "of Russian forces in Tajikistan".
pub fn tail(facts: &Facts, lexicon: &Lexicon, head: usize) -> Option<Taken> {
    let tree = facts.tree;
    let mut words: Vec<usize> = Vec::new();
    let mut next = head + 1;
    while next < tree.len()
        && (tree.under(next, head) || abbreviates(facts, next) && tree.under(next + 1, head))
        && !ends(facts, lexicon, head, next)
        && words.len() < TAIL
    {
        let timed = |w: usize| is_when(facts, w);
        if timed(next) || tree.ancestors(next).take_while(|&a| a != head).any(timed) {
            // "signed in June a treaty": the preposition of the time goes with it, "within days of the attacks" too.
            while words.last().is_some_and(|&w| tree.head(w).is_some_and(timed)) {
                words.pop();
            }
        } else if words.is_empty() && is_aside(facts, next) {
            // "Argued then that".
        } else if !is_quote(&tree.lower[next]) {
            words.push(next);
        }
        next += 1;
    }
    let whole = words.len() < TAIL || next == tree.len() || !tree.under(next, head) || ends(facts, lexicon, head, next);
    // "That only two points in the treaty …": of a long clause its subject alone is worth having.
    let clause = words.iter().find(|&&w| is_that(facts, w)).and_then(|&w| tree.head(w));
    while let Some(&last) = words.last() {
        // A word that hangs on what was cut off goes too, and with it all behind it.
        let cut = |h: usize| h > last && tree.under(h, head) && clause != Some(h);
        let hanging = |&w: &usize| tree.head(w).is_some_and(cut);
        match words.iter().position(hanging) {
            Some(from) => words.truncate(from),
            None if is_loose(
                facts,
                last,
                whole || clause.is_some() && (tree.head(last) == clause || Some(last) == clause),
            ) =>
            {
                words.pop();
            }
            None => break,
        }
    }
    let says = words.iter().any(|&w| tree.is_noun(w) || matches!(tree.upos(w), Upos::Verb | Upos::Pron));
    says.then_some(Taken { words, whole })
}

/// What is said, of a finite clause headed by `head`: its subject, its verb and what stands behind it ("the service seized
/// five times the amount"), wherever the text puts times and asides.
pub fn said(facts: &Facts, lexicon: &Lexicon, head: usize) -> Option<String> {
    let tree = facts.tree;
    let subject = tree.children(head).find(|&c| tree.relation(c).is_subject())?;
    let verbal = |&c: &usize| c < head && matches!(tree.relation(c), Relation::Aux | Relation::AuxPass | Relation::Cop);
    let particle = |c: &usize| *c < head && tree.upos(*c) == Upos::Part;
    let mut words: Vec<usize> = tree.children(head).filter(|c| verbal(c) || particle(c)).collect();
    words.push(head);
    let behind = tail(facts, lexicon, head).map(|t| t.written(facts)).unwrap_or_default();
    let subject = short_phrase(facts, subject).filter(|_| tree.is_verb(head))?;
    Some(format!("{subject} {} {behind}", written(facts, &words)).trim_end().to_string())
}

/// A noun with its attributes and what it is about: "continued deployment of Russian forces in Tajikistan".
pub fn noun(facts: &Facts, lexicon: &Lexicon, head: usize) -> Option<Taken> {
    let mut words = before(facts, head);
    if words.is_empty() {
        return None;
    }
    let behind = tail(facts, lexicon, head);
    let whole = behind.as_ref().is_none_or(|t| t.whole);
    words.extend(behind.into_iter().flat_map(|t| t.words));
    Some(Taken { words, whole })
}

/// Head of a noun phrase with its nearest attributes, as written.
pub fn short_phrase(facts: &Facts, head: usize) -> Option<String> {
    let words = before(facts, head);
    (!words.is_empty()).then(|| written(facts, &words))
}

/// A noun and its attributes before it.
fn before(facts: &Facts, head: usize) -> Vec<usize> {
    let tree = facts.tree;
    let attribute = |&w: &usize| {
        (w <= head || tree.relation(w) == Relation::Flat)
            && tree.upos(w) != Upos::Adp
            && tree.upos(w) != Upos::Punct
            && !facts.in_time(w)
    };
    let words: Vec<usize> = tree.phrase(head, false).into_iter().filter(attribute).collect();
    let near = &words[words.len().saturating_sub(PHRASE)..];
    let joining = |&&w: &&usize| matches!(tree.lower[w].as_str(), "of" | "and");
    near.iter().skip_while(joining).copied().collect()
}

/// Words as written, without the space that a text sets before an ending or beside a hyphen, and without the capital
/// that begins a sentence.
fn written(facts: &Facts, words: &[usize]) -> String {
    let tree = facts.tree;
    let mut out = String::new();
    let mut last = None;
    for &w in words {
        let joined = matches!(tree.lower[w].as_str(), "," | ".") || last.is_some_and(|l| facts.adjoin(l, w));
        if !joined && !out.is_empty() {
            out.push(' ');
        }
        let opens = w == 0 && !matches!(tree.upos(w), Upos::Propn | Upos::Noun | Upos::Adj | Upos::Num);
        if opens {
            out.push_str(&tree.lower[w])
        } else {
            out.push_str(&facts.surface(w))
        }
        last = Some(w);
    }
    out
}

/// Whether what belongs to `head` ends before a word: at a mark, another clause, another verb of the same subject.
fn ends(facts: &Facts, lexicon: &Lexicon, head: usize, word: usize) -> bool {
    let tree = facts.tree;
    let clause = tree.relation(word) == Relation::Mark && !lexicon.is("headline.markers", &tree.lower[word]);
    let verb_joined = tree.relation(word) == Relation::Cc && tree.head(word).is_some_and(|h| tree.is_verb(h));
    // "Joined Georgia, Ukraine and Moldova": a list goes on behind its commas.
    let member = |w: usize| tree.is_noun(w) && tree.relation(w) == Relation::Conj;
    let listed = |w: usize| member(w) && tree.head(w).is_some_and(|h| h < word && tree.is_noun(h));
    let list = tree.lower[word] == "," && tree.is_verb(head) && (word + 1..tree.len().min(word + LIST)).any(listed);
    let inside = list && tree.upos(word + 1) != Upos::Det;
    let joins = inside || abbreviates(facts, word) || tree.lower[word] == "-" || is_quote(&tree.lower[word]);
    let mark = tree.upos(word) == Upos::Punct && !joins;
    let adverb = matches!(tree.relation(word), Relation::Mark | Relation::Advmod);
    let stop = adverb && lexicon.is("headline.stops", &tree.lower[word]);
    clause
        || stop
        || verb_joined
        || mark
        || tree.form(word) == Form::Wh
        || tree.relation(word) == Relation::Parataxis && tree.head(word) == Some(head)
}

/// Whether a word opens what is said: "that".
fn is_that(facts: &Facts, word: usize) -> bool {
    let tree = facts.tree;
    let relative = tree.head(word).is_some_and(|h| tree.relation(h) == Relation::AclRelcl);
    tree.relation(word) == Relation::Mark && tree.lower[word] == "that" && !relative
}

fn is_quote(word: &str) -> bool {
    matches!(word, "\"" | "“" | "”" | "''" | "``")
}

/// Whether a word at the end leads nowhere, or was cut off from what it says.
fn is_loose(facts: &Facts, word: usize, whole: bool) -> bool {
    let tree = facts.tree;
    let open = matches!(tree.upos(word), Upos::Det | Upos::Cconj | Upos::Sconj | Upos::Part | Upos::Aux | Upos::Punct);
    let halfway = matches!(tree.upos(word), Upos::Adj | Upos::Num | Upos::Adv | Upos::Verb);
    let cut = !whole && (halfway || tree.relation(word).is_subject());
    let waiting = tree.upos(word) == Upos::Adp && tree.relation(word) != Relation::CompoundPrt;
    // "For a closer, Western-led group".
    let orphan = tree.upos(word) == Upos::Adj && tree.has(word, &[Relation::Case, Relation::Det]);
    // "A meeting in St": parsers cut names at their full stops.
    let halved = word + 1 < tree.len() && abbreviates(facts, word + 1);
    open || cut || waiting || orphan || halved
}

/// Whether a full stop belongs to the word before it and not to the sentence.
fn abbreviates(facts: &Facts, word: usize) -> bool {
    let tree = facts.tree;
    let goes_on = word + 1 < tree.len() && tree.upos(word + 1) != Upos::Punct;
    tree.lower[word] == "." && word > 0 && goes_on && facts.adjoin(word - 1, word)
}

/// Whether an adverb only colours the verb before it, and opens no phrase ("closely with the others").
fn is_aside(facts: &Facts, word: usize) -> bool {
    let tree = facts.tree;
    let adverb = tree.upos(word) == Upos::Adv && tree.relation(word) == Relation::Advmod;
    adverb && (word + 1 >= tree.len() || tree.upos(word + 1) != Upos::Adp)
}

/// Whether a word belongs to a time that says when, not how long ("gave them six months").
fn is_when(facts: &Facts, word: usize) -> bool {
    facts.times.iter().any(|t| t.tokens.contains(&word) && t.kind != TimexKind::Duration)
}
