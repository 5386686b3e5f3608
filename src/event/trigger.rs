//! Which words of a sentence name an event, and in which sense.

use super::args::{self, Arguments};
use super::complement;
use super::doubt;
use super::facts::Facts;
use super::lexicon::{Lexicon, Part, Sense};
use super::tree::Tree;
use crate::actor::ActorKind;
use crate::text::syntax::{Form, Relation, Upos};
use std::ops::Range;

/// How far behind a verb its particle may stand ("gave the United States notice").
const PARTICLE_REACH: usize = 4;

/// A trigger found in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Index of its sense in the lexicon.
    pub sense: usize,
    /// The word that heads it.
    pub head: usize,
    /// The words that name the event.
    pub tokens: Range<usize>,
    /// What it is grammatically.
    pub part: Part,
    /// Its arguments.
    pub args: Arguments,
    /// Why it may tell no event, by name; empty for what the rules hold for one.
    pub doubts: Vec<&'static str>,
}

impl Found {
    /// Whether nothing speaks against it.
    pub fn is_sure(&self) -> bool {
        self.doubts.is_empty()
    }

    /// Notes a reason for doubt, once.
    pub fn doubt(&mut self, why: &'static str) {
        if !self.doubts.contains(&why) {
            self.doubts.push(why);
        }
    }
}

/// All triggers of a sentence, in order, one a head word: those the rules hold for events, and those they doubt.
pub fn find(facts: &Facts, lexicon: &Lexicon) -> Vec<Found> {
    let somebody = |i: usize| lexicon.in_class("collective", &facts.tree.lower[i]) || facts.is_somebody(lexicon, i);
    let anybody = facts.actors.iter().any(|a| !a.as_place)
        || (0..facts.tree.len()).any(|i| somebody(i) || is_name(facts, i) && facts.tree.relation(i).is_subject());
    let mut found: Vec<Found> = (0..facts.tree.len()).filter_map(|i| at(facts, lexicon, i, anybody)).collect();
    doubt::names(facts, lexicon, &mut found);
    doubt::carriers(facts, lexicon, &mut found);
    doubt::embedded(facts, lexicon, &mut found);
    doubt::results(facts, lexicon, &mut found);
    doubt::topics(facts, lexicon, &mut found);
    doubt::undone(facts, lexicon, &mut found);
    found.retain(|f| lexicon.senses[f.sense].category().is_some());
    found
}

/// The trigger headed by word `i`, if there is one; `anybody` says whether the sentence names or means people.
fn at(facts: &Facts, lexicon: &Lexicon, i: usize, anybody: bool) -> Option<Found> {
    let tree = facts.tree;
    let part = match tree.upos(i) {
        Upos::Verb => Part::Verb,
        Upos::Noun | Upos::Propn => Part::Noun,
        Upos::Adj if tree.has(i, &[Relation::Cop]) || tree.relation(i) == Relation::Xcomp => Part::Adjective,
        Upos::Adj if befell(facts, lexicon, i) => Part::Verb,
        _ => return None,
    };
    if facts.in_time(i) {
        return None;
    }
    // "Fighting broke out": a gerund in a noun's place.
    let nominal = tree.form(i) == Form::Gerund && tree.relation(i).is_subject() && !tree.has(i, &[Relation::Obj]);
    if nominal
        && part == Part::Verb
        && let Some(found) = by_part(facts, lexicon, i, Part::Noun)
    {
        return Some(found);
    }
    let found = by_part(facts, lexicon, i, part);
    // Taggers mistake a gerund for a noun and a noun for a name more often than a noun for a verb.
    if found.is_none() && part == Part::Noun && tree.form(i) == Form::Gerund {
        return by_part(facts, lexicon, i, Part::Verb);
    }
    found.or_else(|| if anybody && part == Part::Verb { act(facts, lexicon, i) } else { None })
}

/// A verb that no sense names tells an act where it is the main verb of a sentence told as past and its subject is an
/// actor: what somebody did there and then. Verbs of being, knowing, feeling and beginning tell none, and what somebody
/// said is one only with a time of its own; where one of this fails the act is doubted.
fn act(facts: &Facts, lexicon: &Lexicon, i: usize) -> Option<Found> {
    let tree = facts.tree;
    let lemma = tree.lemma(i).to_lowercase();
    let stems = stems(&tree.lower[i]);
    let is = |list: &str| lexicon.is(list, &lemma) || stems.iter().any(|s| lexicon.is(list, s));
    // "began to withdraw", "plans to sign": the verb below tells it.
    let carries = tree.has(i, &[Relation::Xcomp]) && (is("modality.achieving") || is("modality.planning"));
    if carries || is("acts.never") {
        return None;
    }
    let said = is("saying.verbs");
    let sense = if said { lexicon.any_saying().or(lexicon.any_verb())? } else { lexicon.any_verb()? };
    let args = args::of_verb(tree, i);
    let acts = |heads: &[usize]| {
        heads.iter().any(|&d| lexicon.in_class("collective", &tree.lower[d]) || facts.is_somebody(lexicon, d))
            || facts.actors_in(heads).any(|a| !a.as_place)
    };
    let doers = if args::is_passive(tree, i) { &args.objects } else { &args.agents };
    let done = acts(doers);
    // "Testov ordered": a name that no lexicon knows.
    let by_name = !done && doers.iter().any(|&d| is_name(facts, d));
    if !done && !by_name {
        let aside = args.objects.iter().chain(&args.agents).chain(args.obliques.iter().map(|(_, h)| h));
        let aside: Vec<usize> = aside.copied().collect();
        if !acts(&aside) {
            return None;
        }
    }
    let mut found = Found { sense, head: i, tokens: i..i + 1, part: Part::Verb, args, doubts: Vec::new() };
    if !done {
        found.doubt(if by_name { "act-name" } else { "act-subject" });
    }
    if is("acts.none") {
        found.doubt("act-state");
    }
    if said && !dated(facts, i) {
        found.doubt("act-said");
    }
    if !main(tree, i) {
        found.doubt("act-inside");
    }
    if !told_as_past(tree, lexicon, i) {
        found.doubt("act-untold");
    }
    Some(found)
}

/// Whether an adjective tells what befell the person it describes: "the jailed general", "the murdered journalist".
fn befell(facts: &Facts, lexicon: &Lexicon, i: usize) -> bool {
    let tree = facts.tree;
    let told = || stems(&tree.lower[i]).iter().any(|stem| lexicon.is("acts.befalling", stem));
    let Some(person) = tree.head(i).filter(|_| tree.relation(i) == Relation::Amod && told()) else { return false };
    let known = ["collective", "people", "forces"].iter().any(|class| lexicon.in_class(class, &tree.lower[person]))
        || lexicon.is("acts.persons", &tree.lemma(person).to_lowercase());
    tree.is_noun(person) && (known || facts.is_somebody(lexicon, person) || facts.in_actor(person))
}

/// Whether a word is a name of neither a place nor a time: of somebody, most likely.
fn is_name(facts: &Facts, i: usize) -> bool {
    facts.tree.upos(i) == Upos::Propn && !facts.in_time(i) && !facts.places.iter().any(|p| p.tokens.contains(&i))
}

/// Whether a verb heads a main clause.
fn main(tree: &Tree, i: usize) -> bool {
    let outer = tree.ancestors(i).find(|&a| tree.relation(a) != Relation::Conj);
    match tree.relation(i) {
        Relation::Root => true,
        Relation::Conj | Relation::Parataxis => outer.is_none_or(|a| tree.relation(a) == Relation::Root),
        _ => false,
    }
}

/// "ordered", "was ordered", "has ordered"; not "would order", "did not order".
pub(super) fn told_as_past(tree: &Tree, lexicon: &Lexicon, i: usize) -> bool {
    let auxiliaries: Vec<usize> = tree.with(i, &[Relation::Aux, Relation::AuxPass]).collect();
    let told = |a: usize| ["tense.past", "tense.perfect"].iter().any(|list| lexicon.is(list, &tree.lower[a]));
    let past = auxiliaries.iter().all(|&a| told(a) || tree.lower[a] == "been");
    past && matches!(tree.form(i), Form::Past | Form::PastParticiple) && !super::modality::is_negated(tree, lexicon, i)
}

fn by_part(facts: &Facts, lexicon: &Lexicon, i: usize, part: Part) -> Option<Found> {
    let tree = facts.tree;
    let lemma = tree.lemma(i).to_lowercase();
    let by_lemma = candidates(facts, lexicon, part, &lemma, i);
    let form = &tree.lower[i];
    let by_form = if *form == lemma { Vec::new() } else { candidates(facts, lexicon, part, form, i) };
    let stems = if by_lemma.is_empty() && part == Part::Verb { stems(form) } else { Vec::new() };
    let by_stem: Vec<_> = stems.iter().flat_map(|stem| candidates(facts, lexicon, part, stem, i)).collect();
    if by_lemma.is_empty() && by_form.is_empty() && by_stem.is_empty() {
        return None;
    }
    let args = match part {
        Part::Verb | Part::Adjective => args::of_verb(tree, i),
        Part::Noun => args::of_noun(tree, i, |lemma| lexicon.is("light.verbs", lemma)),
    };
    for (tokens, number) in by_lemma.into_iter().chain(by_form).chain(by_stem) {
        let sense = &lexicon.senses[number];
        if holds(facts, lexicon, sense, i, part, &args) {
            let tokens = if part == Part::Verb { with_object(facts, lexicon, sense, i, &args) } else { tokens };
            return Some(Found { sense: number, head: i, tokens, part, args, doubts: Vec::new() });
        }
    }
    None
}

/// The words of a verb that names its event only together with its object: "voiced concern", "signed the treaty".
fn with_object(facts: &Facts, lexicon: &Lexicon, sense: &Sense, verb: usize, args: &Arguments) -> Range<usize> {
    let near = |o: &&usize| (verb + 1..=verb + PARTICLE_REACH).contains(*o) && !facts.in_actor(**o);
    let object = args.objects.iter().filter(near).find(|&&o| names(facts, lexicon, &sense.object, o));
    verb..object.map_or(verb, |&o| o) + 1
}

/// Verbs that a regular form may belong to, for words whose lemma a lemmatiser guessed wrong ("boycotted").
pub(super) fn stems(form: &str) -> Vec<String> {
    let mut out = Vec::new();
    for ending in ["ed", "ing", "es", "s"] {
        if let Some(stem) = form.strip_suffix(ending).filter(|s| s.len() > 2) {
            out.push(stem.to_string());
            out.push(format!("{stem}e"));
            // "conferring"
            let mut letters = stem.chars().rev();
            if let (Some(a), Some(b)) = (letters.next(), letters.next())
                && a == b
            {
                out.push(stem[..stem.len() - a.len_utf8()].to_string());
            }
        }
    }
    out
}

/// The entries for `word` whose further words stand where they should: tokens of the trigger and sense.
fn candidates(facts: &Facts, lexicon: &Lexicon, part: Part, word: &str, i: usize) -> Vec<(Range<usize>, usize)> {
    let tree = facts.tree;
    match part {
        Part::Verb | Part::Adjective => lexicon
            .look_up(part, word)
            .iter()
            .filter(|(rest, _)| rest.iter().all(|p| particle(facts, i, p, rest.len() == 1)))
            .map(|(_, sense)| (i..i + 1, *sense))
            .collect(),
        // A noun of several words is looked up by its first; its head is its last.
        Part::Noun => {
            let mut out: Vec<(Range<usize>, usize)> = Vec::new();
            for length in (2..=3usize).rev() {
                let Some(start) = (i + 1).checked_sub(length) else { continue };
                let first = &tree.lower[start];
                for (rest, sense) in lexicon.look_up(part, first) {
                    let same = |(k, w): (usize, &String)| {
                        let at = start + 1 + k;
                        tree.lower[at] == *w || tree.lemma(at).eq_ignore_ascii_case(w)
                    };
                    if rest.len() + 1 == length && rest.iter().enumerate().all(same) {
                        out.push((start..i + 1, *sense));
                    }
                }
            }
            let single = lexicon.look_up(part, word).iter().filter(|(rest, _)| rest.is_empty());
            out.extend(single.map(|(_, sense)| (i..i + 1, *sense)));
            out
        }
    }
}

/// Whether `word` stands behind a verb as its particle, or as a word of its idiom where it is not the `single` one.
fn particle(facts: &Facts, verb: usize, word: &str, single: bool) -> bool {
    let tree = facts.tree;
    let end = (verb + 1 + PARTICLE_REACH).min(tree.len());
    // "put the chief off balance", "given that in 2005": the preposition of another phrase is no particle.
    let of_another = |t: usize| {
        let phrase = tree.head(t).filter(|_| single && tree.relation(t) == Relation::Case);
        phrase.is_some_and(|p| tree.has(verb, &[Relation::Obj]) || facts.in_time(p))
    };
    let own = |t: usize| t == verb + 1 || tree.under(t, verb) && !of_another(t);
    (verb + 1..end).any(|t| tree.lower[t] == word && own(t))
}

/// Whether a sense's conditions hold of this word with these arguments.
fn holds(facts: &Facts, lexicon: &Lexicon, sense: &Sense, i: usize, part: Part, args: &Arguments) -> bool {
    let tree = facts.tree;
    if sense.negated && !super::modality::is_negated(tree, lexicon, i) {
        return false;
    }
    if sense.active && part == Part::Verb && args::is_passive(tree, i) {
        return false;
    }
    if sense.intransitive && !args.objects.is_empty() && part == Part::Verb {
        return false;
    }
    let lemma = tree.lemma(i).to_lowercase();
    let itself = part == Part::Noun && sense.object.contains(&lemma);
    if !sense.object.is_empty() && !itself && !object_holds(facts, lexicon, sense, part, args) {
        return false;
    }
    if !sense.subject.is_empty() {
        let heads: Vec<usize> = args.agents.iter().chain(&args.attributes).copied().collect();
        let of = args.obliques.iter().filter(|(case, _)| part == Part::Noun && case == "of").map(|(_, h)| *h);
        let heads: Vec<usize> = heads.into_iter().chain(of).collect();
        if !filled(facts, lexicon, &sense.subject, &heads) {
            return false;
        }
    }
    if !sense.to.is_empty() {
        let heads: Vec<usize> = args.obliques.iter().map(|(_, h)| *h).chain(args.objects.iter().copied()).collect();
        if !filled(facts, lexicon, &sense.to, &heads) {
            return false;
        }
    }
    if !sense.content.is_empty() {
        let inside: Vec<usize> = args.clauses.iter().flat_map(|&c| tree.syntax.span(c)).collect();
        if !filled(facts, lexicon, &sense.content, &inside) {
            return false;
        }
    }
    if !complement::holds(facts, lexicon, sense, args) {
        return false;
    }
    let marked = |c: usize| tree.with(c, &[Relation::Mark]).any(|m| sense.without.contains(&tree.lower[m]));
    if args.obliques.iter().any(|(case, _)| sense.without.contains(case)) || args.clauses.iter().any(|&c| marked(c)) {
        return false;
    }
    sense.with.is_empty() || followed(facts, &sense.with, i, args)
}

fn object_holds(facts: &Facts, lexicon: &Lexicon, sense: &Sense, part: Part, args: &Arguments) -> bool {
    let mut heads: Vec<usize> = args.objects.iter().chain(&args.clauses).copied().collect();
    if part == Part::Noun {
        heads.extend(&args.attributes);
        heads.extend(args.agents.iter().filter(|_| args.light.is_none()));
        heads.extend(args.obliques.iter().map(|(_, h)| *h));
    } else {
        // "Handed over sovereignty": parsers take the particle of the verb for a preposition.
        let particle = |case: &str| sense.verbs.iter().any(|v| v.split_once(' ').is_some_and(|(_, p)| p == case));
        let inner = args
            .obliques
            .iter()
            .filter(|(case, _)| matches!(case.as_str(), "from" | "into" | "to" | "in" | "of") || particle(case));
        heads.extend(inner.map(|(_, h)| *h));
    }
    filled(facts, lexicon, &sense.object, &heads)
}

/// Whether one of the phrases headed by `heads` holds a word or class of `wanted`.
fn filled(facts: &Facts, lexicon: &Lexicon, wanted: &[String], heads: &[usize]) -> bool {
    heads.iter().any(|&h| {
        let words = facts.tree.phrase(h, true);
        wanted.iter().any(|w| match w.strip_prefix('@') {
            // Whoever stands only in an attribute ("help from Russia") is not what is received or told.
            Some(class @ ("state" | "person" | "title")) => {
                facts.tree.phrase(h, false).iter().any(|&i| of_class(facts, lexicon, class, i))
            }
            Some(class) => words.iter().any(|&i| of_class(facts, lexicon, class, i)),
            None => words.iter().any(|&i| is_word(facts, w, i)),
        })
    })
}

/// Whether word `i` itself is one of `wanted`, or of a class there.
pub(super) fn names(facts: &Facts, lexicon: &Lexicon, wanted: &[String], i: usize) -> bool {
    wanted.iter().any(|w| match w.strip_prefix('@') {
        Some(class) => of_class(facts, lexicon, class, i),
        None => is_word(facts, w, i),
    })
}

/// Whether word `i` is a word, in any form; of one with hyphens it is the last part ("cease-fire", "no-fly").
fn is_word(facts: &Facts, word: &str, i: usize) -> bool {
    let tree = facts.tree;
    if tree.lower[i] == *word || tree.lemma(i).eq_ignore_ascii_case(word) {
        return true;
    }
    let mut at = i;
    word.contains('-')
        && word.rsplit('-').enumerate().all(|(nth, part)| {
            let here = match (nth, at.checked_sub(2)) {
                (0, _) => Some(i),
                (_, Some(before)) => Some(before).filter(|&b| tree.lower[b + 1] == "-"),
                (_, None) => None,
            };
            at = here.unwrap_or(at);
            here.is_some_and(|h| tree.lower[h] == part || nth == 0 && tree.lemma(h).eq_ignore_ascii_case(part))
        })
}

/// Whether word `i` is of a class: a list of words, or a kind of actor or place.
fn of_class(facts: &Facts, lexicon: &Lexicon, class: &str, i: usize) -> bool {
    let actor = |kinds: &[ActorKind]| {
        facts.actors.iter().any(|a| !a.as_place && a.tokens.contains(&i) && kinds.contains(&a.kind))
    };
    match class {
        "state" => actor(&[ActorKind::State]),
        "org" => actor(&[ActorKind::Igo]),
        "group" => actor(&[ActorKind::Group]),
        // "received Testov": somebody whom no lexicon knows.
        "name" => is_name(facts, i) && !facts.in_actor(i),
        "person" => actor(&[ActorKind::Person]),
        "title" => actor(&[ActorKind::Person, ActorKind::Office]),
        "actor" => facts.actors.iter().any(|a| a.tokens.contains(&i)),
        "place" => {
            facts.places.iter().any(|p| p.tokens.contains(&i))
                || facts.actors.iter().any(|a| a.as_place && a.tokens.contains(&i))
        }
        _ if lexicon.has_class(class) => {
            lexicon.in_class(class, &facts.tree.lower[i]) || lexicon.in_class(class, &facts.tree.lemma(i).to_lowercase())
                // "@treaty" and "@base" may be part of a name: "the Collective Security Treaty".
                || facts.actors.iter().any(|a| a.tokens.contains(&i) && a.tokens.clone().any(|t| lexicon.in_class(class, &facts.tree.lower[t])))
        }
        _ => false,
    }
}

/// Whether one of the prepositions or markers follows the word as its complement.
fn followed(facts: &Facts, wanted: &[String], i: usize, args: &Arguments) -> bool {
    let tree = facts.tree;
    // "Were sent on 3 May": the preposition of a time is no complement.
    let told = |h: usize| h > i && !facts.in_time(h);
    let of_oblique =
        args.obliques.iter().any(|(case, h)| told(*h) && wanted.iter().any(|w| case.split(' ').any(|c| c == w)));
    let of_clause =
        args.clauses.iter().any(|&c| tree.with(c, &[Relation::Mark]).any(|m| wanted.contains(&tree.lower[m])));
    let next = tree.lower.get(i + 1).is_some_and(|n| wanted.contains(n));
    // "warned them against leaving"
    let aside =
        |c: usize| c > i && tree.with(c, &[Relation::Mark, Relation::Case]).any(|m| wanted.contains(&tree.lower[m]));
    let of_clause = of_clause || tree.with(i, &[Relation::Advcl]).any(aside);
    // "jointly built"
    let beside = || tree.with(i, &[Relation::Advmod]).any(|a| wanted.contains(&tree.lower[a]));
    of_oblique || of_clause || next || beside()
}

/// Whether a time expression hangs on this very word.
pub fn dated(facts: &Facts, head: usize) -> bool {
    facts.times.iter().any(|t| t.date.is_some() && facts.tree.head(facts.tree.top_of(&t.tokens)) == Some(head))
}
