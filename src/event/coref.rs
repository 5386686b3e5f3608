//! Pronouns within a paragraph: "he", "it", "they" stand for the last fitting actor named before them; in quoted words
//! "I" is the speaker, "we" the speaker's side, and "he" somebody else.

use super::facts::ActorAt;
use super::lexicon::Lexicon;
use super::tree::Tree;
use crate::actor::ActorKind;
use crate::text::syntax::{Relation, Upos};

/// The actors last named in a paragraph, by what a pronoun can stand for.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    person: Option<ActorAt>,
    /// The person named before that one, or beside it.
    aside: Option<ActorAt>,
    /// Whose words are quoted: the person last spoken of outside quotation marks.
    speaker: Option<ActorAt>,
    /// The holder of an office who was not named ("the Foreign Minister").
    office: Option<ActorAt>,
    /// Whether this very sentence has such a holder as its subject, and no person before a pronoun.
    office_acts: bool,
    body: Option<ActorAt>,
    group: Option<ActorAt>,
    /// Two who were named together ("the premier and the envoy"), unless a group was named since, and how many sentences
    /// that holds.
    pair: Option<([ActorAt; 2], usize)>,
    /// The last two states spoken of, by whatever actor of theirs, the last first.
    states: Vec<ActorAt>,
}

impl Memory {
    /// Resolves the pronouns of a sentence against the actors before them, then remembers the sentence's actors.
    /// `actors` are those of the sentence, in order; `quoted` tells whether a token stands between quotation marks. The
    /// answer holds the actors and the resolved pronouns.
    pub fn resolve(
        &mut self,
        tree: &Tree,
        lexicon: &Lexicon,
        actors: Vec<ActorAt>,
        quoted: impl Fn(usize) -> bool,
    ) -> Vec<ActorAt> {
        let mut out: Vec<ActorAt> = Vec::new();
        self.office_acts = false;
        self.pair = self.pair.take().and_then(|(pair, more)| Some((pair, more.checked_sub(1)?)));
        let both_sides = lexicon.phrases("anaphora.both_sides");
        let mut rest = actors.into_iter();
        for i in 0..tree.len() {
            while rest.as_slice().first().is_some_and(|a| a.tokens.start <= i)
                && let Some(actor) = rest.next()
            {
                self.note(&actor, tree, &quoted);
                self.note_pair(&out, &actor, tree);
                out.push(actor);
            }
            out.extend(self.both(tree, both_sides, i));
            out.extend(self.last_named(tree, lexicon, i).map(|known| stands_for(i, known)));
            if tree.upos(i) != Upos::Pron || out.iter().any(|a| a.tokens.contains(&i)) {
                continue;
            }
            let ahead = || subject_ahead(tree, lexicon, rest.as_slice(), i);
            let known = ahead().or_else(|| self.antecedent(lexicon, &tree.lower[i], || quoted(i)));
            // "When the president met her": whoever is the subject is not the object too.
            let known = match known {
                Some(k) if is_subject_beside(tree, &out, i, &k) => self.aside.clone().filter(|a| a.code != k.code),
                // "She urged Testov": whoever is the object is not the subject.
                Some(k) if has_object(tree, rest.as_slice(), i, &k) => self.other(&k),
                known => known,
            };
            let both = self.pair.as_ref().filter(|_| lexicon.is("anaphora.plural", &tree.lower[i]));
            let meant = both.map_or_else(|| known.into_iter().collect(), |(pair, _)| pair.to_vec());
            out.extend(meant.into_iter().map(|known| stands_for(i, known)));
        }
        for actor in rest {
            self.note(&actor, tree, &quoted);
            out.push(actor);
        }
        out
    }

    fn antecedent(&self, lexicon: &Lexicon, pronoun: &str, quoted: impl Fn() -> bool) -> Option<ActorAt> {
        let is = |list: &str| lexicon.is(list, pronoun);
        if is("anaphora.singular") {
            let speaker = self.speaker.as_ref().filter(|_| quoted());
            let other = |a: &&ActorAt| speaker.is_none_or(|s| s.code != a.code);
            let named = [&self.person, &self.aside].into_iter().flatten().find(other);
            let office = self.office.as_ref().filter(other);
            return if self.office_acts { office.or(named) } else { named.or(office) }.cloned();
        }
        if is("anaphora.first_singular") {
            return self.speaker.as_ref().filter(|_| quoted()).or(self.person.as_ref()).cloned();
        }
        if is("anaphora.first_plural") {
            let side = |s: &ActorAt| ActorAt { code: s.top.clone(), kind: ActorKind::State, ..s.clone() };
            return self.speaker.as_ref().filter(|_| quoted()).map(side);
        }
        if is("anaphora.neuter") {
            return self.body.clone();
        }
        is("anaphora.plural").then(|| self.group.as_ref().or(self.body.as_ref())).flatten().cloned()
    }

    /// Somebody spoken of who is not this one.
    fn other(&self, known: &ActorAt) -> Option<ActorAt> {
        let slots = [&self.person, &self.aside, &self.speaker, &self.office];
        slots.into_iter().flatten().find(|a| a.code != known.code).cloned()
    }

    /// "Both sides", "the two countries": the last two states spoken of.
    fn both(&self, tree: &Tree, phrases: &[Vec<String>], at: usize) -> Vec<ActorAt> {
        let [last, first] = self.states.as_slice() else { return Vec::new() };
        let matches = |phrase: &Vec<String>| -> Option<usize> {
            let length = phrase.len();
            let same = tree.lower.get(at..at + length)? == phrase;
            (same && tree.is_noun(at + length - 1)).then_some(length)
        };
        let Some(length) = phrases.iter().filter_map(matches).max() else {
            return Vec::new();
        };
        // Each stands on a word of its own, since an actor is known by its word.
        let of = |known: &ActorAt, head: usize| ActorAt {
            tokens: at..at + length,
            head,
            code: known.top.clone(),
            kind: ActorKind::State,
            as_place: false,
            resolved: true,
            ..known.clone()
        };
        vec![of(first, at + length - 1), of(last, at)]
    }

    /// "The latter", "the former's visit": of the two last spoken of, the second or the first.
    fn last_named(&self, tree: &Tree, lexicon: &Lexicon, at: usize) -> Option<ActorAt> {
        let [last, first] = self.states.as_slice() else { return None };
        let before = at.checked_sub(1).is_some_and(|b| tree.lower[b] == "the");
        let alone = before && !matches!(tree.relation(at), Relation::Amod | Relation::Compound);
        let of = |list: &str, actor: &ActorAt| lexicon.is(list, &tree.lower[at]).then(|| actor.clone());
        of("anaphora.latter", last).or_else(|| of("anaphora.former", first)).filter(|_| alone)
    }

    /// Two of different states that are joined by "and" are who is meant by "they".
    fn note_pair(&mut self, before: &[ActorAt], actor: &ActorAt, tree: &Tree) {
        let joined = (tree.relation(actor.head) == Relation::Conj).then(|| tree.head(actor.head)).flatten();
        let first = joined.and_then(|h| before.iter().find(|a| a.tokens.contains(&h)));
        match first.filter(|a| a.top != actor.top && !a.as_place && !actor.as_place) {
            // Those who act are kept in mind.
            Some(first) => {
                let more = usize::from(tree.relation(first.head).is_subject());
                self.pair = Some(([first.clone(), actor.clone()], more));
            }
            None if is_group(actor, tree) => self.pair = None,
            None => {}
        }
    }

    fn note_state(&mut self, actor: &ActorAt) {
        if matches!(actor.kind, ActorKind::Igo | ActorKind::Company | ActorKind::Group) {
            return;
        }
        self.states.retain(|s| s.top != actor.top);
        self.states.insert(0, actor.clone());
        self.states.truncate(2);
    }

    /// A subject stays in mind longer than what is named beside it.
    fn note(&mut self, actor: &ActorAt, tree: &Tree, quoted: &impl Fn(usize) -> bool) {
        if actor.as_place {
            return;
        }
        self.note_state(actor);
        let subject = tree.relation(actor.head).is_subject();
        if actor.kind == ActorKind::Person {
            self.office_acts = false;
            self.note_person(actor, subject, quoted(actor.head));
            return;
        }
        let slot = match actor.kind {
            _ if is_group(actor, tree) => &mut self.group,
            ActorKind::Office => &mut self.office,
            ActorKind::State | ActorKind::Igo | ActorKind::Company => &mut self.body,
            _ => return,
        };
        if subject || slot.is_none() {
            *slot = Some(actor.clone());
            self.office_acts |= subject && actor.kind == ActorKind::Office && !is_group(actor, tree);
        }
    }

    fn note_person(&mut self, actor: &ActorAt, subject: bool, quoted: bool) {
        if !quoted && (subject || self.speaker.is_none()) {
            self.speaker = Some(actor.clone());
        }
        let known = self.person.as_ref().is_some_and(|p| p.code == actor.code);
        if subject || self.person.is_none() {
            if !known {
                self.aside = self.person.take();
            }
            self.person = Some(actor.clone());
        } else if !known {
            self.aside = Some(actor.clone());
        }
    }
}

/// Whether several people are named by one phrase ("Swedish officials").
fn is_group(actor: &ActorAt, tree: &Tree) -> bool {
    let plural = tree.upos(actor.head) != Upos::Pron && tree.lower[actor.head].ends_with('s');
    let people = tree.upos(actor.head) == Upos::Noun || actor.kind == ActorKind::Office;
    actor.kind == ActorKind::Group || people && plural
}

/// A word that stands for somebody named before.
fn stands_for(token: usize, known: ActorAt) -> ActorAt {
    ActorAt { tokens: token..token + 1, head: token, as_place: false, resolved: true, ..known }
}

/// "In his talk with the guests, Testov said": an owner in a phrase before the subject is mostly the subject.
/// `actors` are those behind the pronoun.
fn subject_ahead(tree: &Tree, lexicon: &Lexicon, actors: &[ActorAt], i: usize) -> Option<ActorAt> {
    let person = lexicon.is("anaphora.singular", &tree.lower[i]);
    if tree.relation(i) != Relation::NmodPoss || !person && !lexicon.is("anaphora.neuter", &tree.lower[i]) {
        return None;
    }
    let top = std::iter::once(i).chain(tree.ancestors(i)).find(|&a| tree.relation(a) == Relation::Obl)?;
    let verb = tree.head(top).filter(|&v| top < v)?;
    let subject = tree.children(verb).find(|&c| tree.relation(c).is_subject() && c > i)?;
    let fits = |a: &&ActorAt| a.tokens.contains(&subject) && !a.as_place && (a.kind == ActorKind::Person) == person;
    actors.iter().find(fits).cloned()
}

/// Whether a subject pronoun's verb has this very actor as its object, among the actors behind the pronoun.
fn has_object(tree: &Tree, behind: &[ActorAt], pronoun: usize, known: &ActorAt) -> bool {
    let Some(verb) = tree.head(pronoun).filter(|_| tree.relation(pronoun).is_subject()) else { return false };
    let objects = tree.with(verb, &[Relation::Obj, Relation::Iobj]);
    let objects: Vec<usize> = objects.collect();
    behind.iter().any(|a| a.code == known.code && !known.shared && objects.iter().any(|o| a.tokens.contains(o)))
}

/// Whether an object pronoun stands beside a subject that is this very actor.
fn is_subject_beside(tree: &Tree, actors: &[ActorAt], pronoun: usize, known: &ActorAt) -> bool {
    let object = matches!(tree.relation(pronoun), Relation::Obj | Relation::Iobj | Relation::Obl);
    let Some(verb) = tree.head(pronoun).filter(|_| object) else { return false };
    let subjects: Vec<usize> = tree.children(verb).filter(|&c| tree.relation(c).is_subject()).collect();
    actors.iter().any(|a| a.code == known.code && subjects.iter().any(|s| a.tokens.contains(s)))
}
