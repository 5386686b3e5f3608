//! Times of what is said and of what is spoken about: they are not those of the saying.

use super::dating::Tense;
use super::facts::Facts;
use super::lexicon::{Lexicon, Part};
use super::modality;
use super::story::MONTH_DAYS;
use super::tie::Tie;
use super::trigger::Found;
use super::worth::{definite, tense};
use crate::text::syntax::{Relation as Dep, Upos};
use crate::timex::Timex;

/// Whether the trigger is a verb of saying and the expression headed by `top` stands in what it says: "said that the trial
/// would open in June". A day that the parser hangs on the verb itself is the verb's.
pub fn in_content(facts: &Facts, lexicon: &Lexicon, found: &Found, top: usize, days: i64) -> bool {
    let tree = facts.tree;
    let lemma = tree.lemma(found.head).to_lowercase();
    let says = lexicon.is("saying.verbs", &lemma);
    if found.part != Part::Verb || !says && !lexicon.is("saying.conversing", &lemma) {
        return false;
    }
    let own = tree.head(top) == Some(found.head);
    let said = |c: usize| c > found.head && (c < top || tree.under(top, c));
    // "Expressed hope that it would end in June": the clause hangs on what is expressed.
    let of_noun = |o: usize| {
        tree.with(o, &[Dep::Acl, Dep::Ccomp]).any(|c| tree.has(c, &[Dep::Mark]) && said(c) && tree.under(top, c))
    };
    let content = says && tree.with(found.head, &[Dep::Ccomp]).any(said);
    !(own && days < MONTH_DAYS) && (content || tree.with(found.head, &[Dep::Obj]).any(of_noun))
}

/// Whether the trigger is a noun for what is only spoken of or prepared for in its sentence, at a time of its own: "met
/// on May 3 to discuss the upcoming talks", "held a seminar on the elections on May 3".
pub fn is_topic(facts: &Facts, lexicon: &Lexicon, found: &Found, tie: Tie) -> bool {
    let tree = facts.tree;
    if found.part != Part::Noun || found.args.light.is_some() {
        return false;
    }
    let ahead = modality::is_ahead(tree, lexicon, found.head);
    let subject = tree.relation(found.head).is_subject() && tree.head(found.head).is_some_and(|h| tree.is_verb(h));
    let case = tree.case(found.head);
    let about = tree.head(found.head).is_some_and(|h| {
        tree.is_noun(h)
            && (lexicon.is("order.about", &case)
                || lexicon.is("topics.prepositions", &case)
                    && lexicon.is("topics.nouns", &tree.lemma(h).to_lowercase()))
    });
    about || ahead && !(subject && tie == Tie::Clause)
}

/// Whether the trigger is a noun for something known that the verb above it only passes judgement on: "criticised the
/// elections on May 3" tells when they were criticised.
pub fn is_judged(facts: &Facts, lexicon: &Lexicon, found: &Found) -> bool {
    let tree = facts.tree;
    let verb = tree.head(found.head).filter(|_| matches!(tree.relation(found.head), Dep::Obj | Dep::NsubjPass));
    found.part == Part::Noun
        && found.args.light.is_none()
        && definite(tree, lexicon, found)
        && verb.is_some_and(|v| lexicon.is("topics.judging", &tree.lemma(v).to_lowercase()))
}

/// Whether the expression stands right behind the trigger's noun: "the elections in December".
pub fn follows(facts: &Facts, found: &Found, timex: &Timex) -> bool {
    let between = found.tokens.end..timex.tokens.start;
    !between.is_empty()
        && between.len() <= 2
        && between.into_iter().all(|t| matches!(facts.tree.upos(t), Upos::Adp | Upos::Det))
}

/// Whether the trigger's word tells of something said, or done in a conversation.
pub fn is_said(facts: &Facts, lexicon: &Lexicon, found: &Found) -> bool {
    // "Concluded an alliance": a verb that takes a noun along to name an act says nothing.
    if found.tokens.len() > 1 && found.args.objects.iter().any(|o| found.tokens.contains(o)) {
        return false;
    }
    let lemma = facts.tree.lemma(found.head).to_lowercase();
    lexicon.is("saying.verbs", &lemma) || lexicon.is("saying.conversing", &lemma)
}

/// Whether the trigger is a verb of saying and the expression stands behind its object ("pledged aid at the summit in May"
/// has the time of the summit).
pub fn of_object(facts: &Facts, lexicon: &Lexicon, found: &Found, top: usize) -> bool {
    let tree = facts.tree;
    let at_event = |w: usize| {
        tree.relation(w) == Dep::Obl && tree.head(w) == Some(found.head) && lexicon.is("order.at_event", &tree.case(w))
    };
    found.part == Part::Verb
        && !tree.ancestors(top).any(at_event)
        && is_said(facts, lexicon, found)
        && tree.with(found.head, &[Dep::Obj, Dep::Obl]).any(|o| found.head < o && o < top)
}

/// Whether the trigger is a verb of saying in the simple past: "stressed that it had done so since 1988" was said once.
pub fn told_once(facts: &Facts, lexicon: &Lexicon, found: &Found) -> bool {
    found.part == Part::Verb && is_said(facts, lexicon, found) && tense(facts.tree, lexicon, found) == Tense::Past
}

/// Whether the trigger is a verb of saying and the expression dates an event told behind its object: "praised its use
/// during the April elections".
pub fn of_content(facts: &Facts, lexicon: &Lexicon, found: &Found, top: usize, others: &[usize]) -> bool {
    let event = facts.tree.ancestors(top).take_while(|&w| w != found.head && !facts.tree.is_predicate(w));
    of_object(facts, lexicon, found, top) && event.into_iter().any(|w| others.contains(&w))
}
