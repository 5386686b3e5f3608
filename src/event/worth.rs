//! Whether a trigger tells of an event worth keeping, and when its verb sets it.

use super::dating::Tense;
use super::facts::Facts;
use super::lexicon::{Lexicon, Part, Sense};
use super::tree::Tree;
use super::trigger::Found;
use super::{EventType, Modality, Participant, Role, modality};
use crate::document::Zone;
use crate::text::syntax::{Form, Relation as Dep};

/// Whether a named event tells what the trigger tells: "the 9/11 attacks" is told once, by its name.
pub fn is_named(facts: &Facts, found: &Found) -> bool {
    facts.named.iter().any(|n| {
        let top = facts.tree.top_of(&n.tokens);
        n.tokens.contains(&found.head)
            || facts.tree.head(top) == Some(found.head) && found.part == Part::Noun && n.tokens.start + 4 > found.head
    })
}

/// Why a trigger may name a thing in general and no event between actors, if it may.
pub fn lacks(
    facts: &Facts,
    lexicon: &Lexicon,
    sense: &Sense,
    found: &Found,
    cast: &[Participant],
) -> Option<&'static str> {
    let (weak, alone) = (sense.weak, sense.alone);
    let acting = cast.iter().filter(|p| p.role != Role::Other).count();
    let has = |role| cast.iter().any(|p| p.role == role);
    if weak {
        let company = has(Role::Initiator) && has(Role::Target)
            || found.part == Part::Verb && acting > 0 && !found.args.objects.is_empty();
        return (!company).then_some("weak");
    }
    // "Fighting broke out in Tajikistan": a place is enough for what happens to a country.
    let attribute = found.part == Part::Noun && matches!(facts.tree.relation(found.head), Dep::Compound | Dep::Flat);
    if alone && !attribute && facts.place_of(found.head).is_some() {
        return None;
    }
    if found.part == Part::Noun {
        let anchor = facts.tree.head(found.head).filter(|_| facts.tree.relation(found.head).is_subject());
        let dated = facts.times.iter().any(|t| {
            let top = facts.tree.top_of(&t.tokens);
            facts.tree.under(top, found.head) || anchor.is_some() && facts.tree.head(top) == anchor
        });
        // "The coup failed", "the fighting": known from the text before, whoever took part.
        let known = alone && (facts.tree.relation(found.head).is_subject() || definite(facts.tree, lexicon, found));
        // "We have interesting discussions": those who take part stand beside it.
        let together = sense.mutual && cast.len() > 1;
        return match () {
            () if facts.in_actor(found.head) => Some("in-name"),
            () if attribute => Some("attribute"),
            () if acting > 0 || dated || known || together => None,
            () => Some("nobody"),
        };
    }
    // "The Presidential Guard was disbanded": whose it was is told beside the verb. "Officials emphasised": whose they
    // are the document tells.
    let collective =
        |w: &usize| lexicon.in_class("collective", &facts.tree.lower[*w]) || facts.is_somebody(lexicon, *w);
    let somebody = !cast.is_empty() || found.args.agents.iter().chain(&found.args.objects).any(collective);
    (!somebody).then_some("nobody")
}

/// Why a trigger may tell of nothing that happened or is planned, without a time expression of its own either.
pub fn thin(facts: &Facts, lexicon: &Lexicon, found: &Found, modality: Modality) -> Vec<&'static str> {
    let tree = facts.tree;
    if facts.times.iter().any(|t| t.date.is_some() && tree.under(tree.top_of(&t.tokens), found.head)) {
        return Vec::new();
    }
    let state = found.part == Part::Noun && lexicon.in_class("abstract", &tree.lemma(found.head).to_lowercase());
    let unreal = matches!(modality, Modality::Future | Modality::Hypothetical | Modality::Negated);
    // A refusal is an event; what did not happen is none.
    let sense = &lexicon.senses[found.sense];
    let words_only = matches!(
        sense.category(),
        Some(EventType::Consult | EventType::Request | EventType::Support | EventType::Accuse)
    );
    let gerund = found.part == Part::Verb
        && tree.form(found.head) == Form::Gerund
        && tree.with(found.head, &[Dep::Mark, Dep::Case]).any(|m| lexicon.is("modality.content_marks", &tree.lower[m]));
    // What the author says of what was said, and what somebody does again and again, are no acts of their own.
    let spoken = sense.category().is_some_and(|k| {
        use EventType::*;
        matches!(k, Agree | Support | Request | Accuse | Reject | Statement)
    });
    // "claiming that …": words said beside another act.
    let said_beside = sense.category() == Some(EventType::Statement)
        && found.part == Part::Verb
        && matches!(tree.form(found.head), Form::Gerund | Form::Base)
        && !matches!(tree.relation(found.head), Dep::Root | Dep::Conj);
    let often = tree.with(found.head, &[Dep::Advmod]).any(|a| lexicon.is("modality.habitual_adverbs", &tree.lower[a]));
    let checks = [
        // A heading names its matter; only a verb in it tells.
        ("title", facts.sentence.zone == Zone::Heading && found.part == Part::Noun),
        ("state", state && found.args.light.is_none()),
        ("gerund", gerund),
        ("content", unreal && modality::is_mere_content(tree, lexicon, found)),
        ("not-done", modality == Modality::Negated && !sense.did_not),
        ("only-words", modality == Modality::Hypothetical && words_only),
        ("often", often),
        ("remark", spoken && facts.sentence.zone == Zone::Comment),
        // "tried to blackmail": pressure only meant.
        ("meant", sense.weak && unreal),
        ("said-beside", said_beside),
        // "once he had become president": what only says when something else was.
        ("background", found.part == Part::Verb && background(tree, lexicon, found.head)),
    ];
    checks.into_iter().filter(|(_, holds)| *holds).map(|(why, _)| why).collect()
}

/// Whether a verb heads a clause that says when its main clause was.
fn background(tree: &Tree, lexicon: &Lexicon, verb: usize) -> bool {
    let opens = |m: usize| lexicon.is("order.clause", &tree.lower[m]);
    tree.relation(verb) == Dep::Advcl && tree.with(verb, &[Dep::Mark, Dep::Advmod]).any(opens)
}

/// Whether a noun speaks of an event as known: "the meeting", "this visit", "his talks".
pub fn definite(tree: &Tree, lexicon: &Lexicon, found: &Found) -> bool {
    let known = |c: usize| lexicon.is("anaphora.definite", &tree.lower[c]);
    let last = |c: usize| lexicon.is("anaphora.another", &tree.lower[c]);
    found.part == Part::Noun
        && tree.with(found.head, &[Dep::Det, Dep::NmodPoss]).any(known)
        && !tree.with(found.head, &[Dep::Amod]).any(last)
}

/// The tense of a trigger's verb, or of the verb that carries or governs its noun.
pub fn tense(tree: &Tree, lexicon: &Lexicon, found: &Found) -> Tense {
    let verb = match found.part {
        Part::Noun => found.args.light.or_else(|| tree.governor(found.head)),
        _ => Some(found.head),
    };
    let Some(verb) = verb else { return Tense::None };
    let has =
        |list: &str| tree.with(verb, &[Dep::Aux, Dep::Cop, Dep::AuxPass]).any(|a| lexicon.is(list, &tree.lower[a]));
    if has("tense.perfect") {
        return Tense::Perfect;
    }
    if has("tense.did") {
        return Tense::Past;
    }
    if has("tense.present") || matches!(tree.form(verb), Form::Present | Form::Present3) {
        return Tense::Present;
    }
    if matches!(tree.form(verb), Form::Past) || has("tense.past") {
        return Tense::Past;
    }
    if tree.form(verb) == Form::PastParticiple { Tense::Past } else { Tense::None }
}
