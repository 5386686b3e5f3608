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
            // "A wave of arrests": a happening whose sides the text leaves to its reader.
            () if !lexicon.in_class("abstract", &facts.tree.lemma(found.head).to_lowercase()) => Some("bare"),
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
    // "Often visits", "an occasional statement".
    let often = tree.with(found.head, &[Dep::Advmod]).any(|a| lexicon.is("modality.habitual_adverbs", &tree.lower[a]))
        || tree.with(found.head, &[Dep::Amod]).any(|a| lexicon.is("modality.habitual_adjectives", &tree.lower[a]));
    // "All signs suggest", "the downturn has highlighted": a thing that says something.
    let words = spoken || words_only;
    let thing = words && found.part == Part::Verb && says_nothing(facts, lexicon, found);
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
        ("thing", thing),
        // "Hard-pressed", "Moscow-backed": the last part of a compound.
        ("hyphen", hyphened(facts, lexicon, found)),
        // "As reported in reftel": where else it is told.
        ("as-told", as_told(tree, lexicon, found)),
        // "once he had become president": what only says when something else was.
        ("background", found.part == Part::Verb && background(tree, lexicon, found.head)),
    ];
    checks.into_iter().filter(|(_, holds)| *holds).map(|(why, _)| why).collect()
}

/// Whether the subject of an active verb is a thing and nobody: it ends as abstract nouns do, or is on the list.
fn says_nothing(facts: &Facts, lexicon: &Lexicon, found: &Found) -> bool {
    let tree = facts.tree;
    let thing = |h: usize| {
        let lemma = tree.lemma(h).to_lowercase();
        let body = lexicon.in_class("collective", &tree.lower[h]) || lexicon.is("saying.bodies", &lemma);
        let ends = || lexicon.phrases("saying.thing_endings").iter().flatten().any(|e| lemma.ends_with(e.as_str()));
        tree.is_noun(h) && !facts.in_actor(h) && !body && (lexicon.is("saying.things", &lemma) || ends())
    };
    let mut subjects = tree.with(found.head, &[Dep::Nsubj]).peekable();
    subjects.peek().is_some() && subjects.all(thing)
}

/// Whether a trigger is joined to the word before it by a hyphen, and is not the verb itself with a prefix ("re-elect").
fn hyphened(facts: &Facts, lexicon: &Lexicon, found: &Found) -> bool {
    let Some(hyphen) = found.tokens.start.checked_sub(1).filter(|&h| facts.tree.lower[h] == "-") else { return false };
    let Some(before) = hyphen.checked_sub(1) else { return false };
    let joined = facts.adjoin(before, hyphen) && facts.adjoin(hyphen, found.tokens.start);
    joined && !lexicon.is("acts.prefixes", &facts.tree.lower[before])
}

/// Whether a verb of saying only says where else something is told ("as reported in", "as noted above").
fn as_told(tree: &Tree, lexicon: &Lexicon, found: &Found) -> bool {
    found.part == Part::Verb
        && tree.form(found.head) == Form::PastParticiple
        && lexicon.is("saying.verbs", &tree.lemma(found.head).to_lowercase())
        && found.args.agents.is_empty()
        && found.head.checked_sub(1).is_some_and(|before| tree.lower[before] == "as")
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
