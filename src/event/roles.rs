//! Who takes part in an event, and as what.

use super::facts::{ActorAt, Facts};
use super::lexicon::{Lexicon, Part, Sense};
use super::trigger::Found;
use super::unnamed::befalls;
use super::{Participant, Role};
use crate::actor::ActorKind;
use crate::text::syntax::Relation;

/// The participants of a trigger, initiators first, each actor once.
pub fn participants(facts: &Facts, lexicon: &Lexicon, sense: &Sense, found: &Found) -> Vec<Participant> {
    let mut cast = Cast { facts, lexicon, list: Vec::new() };
    let (doer, done_to) = if sense.swap { (Role::Target, Role::Initiator) } else { (Role::Initiator, Role::Target) };
    match found.part {
        Part::Noun => of_noun(&mut cast, sense, found, doer, done_to),
        Part::Verb | Part::Adjective => of_verb(&mut cast, sense, found, doer, done_to),
    }
    cast.others(found);
    cast.finish()
}

fn of_verb(cast: &mut Cast, sense: &Sense, found: &Found, doer: Role, done_to: Role) {
    let args = &found.args;
    cast.add(&args.agents, doer);
    cast.add(&args.objects, done_to);
    for (case, head) in &args.obliques {
        if cast.lexicon.is("roles.target", case) {
            cast.add(&[*head], done_to);
        }
    }
    if sense.is_visit() {
        cast.hosts(&args.objects, &args.obliques);
    }
    if !sense.content.is_empty() {
        let inside: Vec<usize> = args.clauses.iter().flat_map(|&c| cast.facts.tree.syntax.span(c)).collect();
        cast.add(&inside, done_to);
    }
}

fn of_noun(cast: &mut Cast, sense: &Sense, found: &Found, doer: Role, done_to: Role) {
    let args = &found.args;
    // "His arrest", "the Testov murder": whoever it is of suffers it; "Russia's murder of X" names another for that.
    let befalls = befalls(cast.facts, cast.lexicon, found) && !args.obliques.iter().any(|(case, _)| case == "of");
    if befalls {
        let owned = |h: &&usize| cast.facts.tree.relation(**h) == Relation::NmodPoss;
        let (of, others): (Vec<usize>, Vec<usize>) = args.agents.iter().partition(owned);
        cast.add(&of, Role::Target);
        cast.add(&others, Role::Initiator);
        let person = |h: &usize| cast.facts.actors.iter().any(|a| a.head == *h && a.kind == ActorKind::Person);
        let persons: Vec<usize> = args.attributes.iter().copied().filter(person).collect();
        cast.add(&persons, Role::Target);
    }
    cast.add(&args.agents, doer);
    let mut others: Vec<usize> = Vec::new();
    for (case, head) in &args.obliques {
        match case.as_str() {
            "by" => cast.add(&[*head], doer),
            c if sense.mutual && cast.lexicon.is("roles.mutual", c) => cast.add(&[*head], doer),
            "of" => others.push(*head),
            c if cast.lexicon.is("roles.target", c) => cast.add(&[*head], done_to),
            _ => {}
        }
    }
    // "Russian invasion", "US-Uzbek talks": who does it, unless somebody else is named as the doer.
    cast.add(&args.attributes, if cast.has(doer) && !sense.mutual { done_to } else { doer });
    let intransitive = matches!(sense.mode.as_deref(), Some("visit" | "withdraw")) || !sense.subject.is_empty();
    cast.add(&others, if intransitive && !cast.has(doer) { doer } else { done_to });
    cast.add(&args.objects, done_to);
    if sense.mode.as_deref() == Some("visit") {
        cast.hosts(&[], &args.obliques);
    }
}

/// The participants gathered so far.
struct Cast<'a> {
    facts: &'a Facts<'a>,
    lexicon: &'a Lexicon,
    list: Vec<(usize, Participant)>,
}

impl Cast<'_> {
    /// Adds the actors named in the phrases of these heads.
    fn add(&mut self, heads: &[usize], role: Role) {
        for &head in heads {
            let words = self.facts.tree.phrase(head, true);
            // "the president of Russia" is one actor: what its title already names is not named twice.
            let found: Vec<ActorAt> = self.facts.actors_in(&words).filter(|a| !a.as_place).cloned().collect();
            for actor in found {
                self.push(actor.head, participant(&actor, role));
            }
        }
    }

    /// Adds the states of the places visited.
    fn hosts(&mut self, objects: &[usize], obliques: &[(String, usize)]) {
        let to = obliques.iter().filter(|(case, _)| self.lexicon.is("roles.host", case)).map(|(_, h)| *h);
        for head in objects.iter().copied().chain(to) {
            let words = self.facts.tree.phrase(head, true);
            let places: Vec<ActorAt> = self.facts.actors_in(&words).filter(|a| a.as_place).cloned().collect();
            for actor in places {
                self.push(actor.head, participant(&actor, Role::Target));
            }
            for place in self.facts.places.iter().filter(|p| p.tokens.clone().any(|t| words.contains(&t))) {
                if let Some(state) = &place.state {
                    let text = place.place.name.clone();
                    let p = Participant { code: state.clone(), top: state.clone(), role: Role::Target, text };
                    self.push(place.tokens.start, p);
                }
            }
        }
    }

    /// Adds the other actors under the trigger, so that a question about them finds the event.
    fn others(&mut self, found: &Found) {
        let tree = self.facts.tree;
        let under: Vec<ActorAt> =
            self.facts.actors.iter().filter(|a| !a.as_place && tree.under(a.head, found.head)).cloned().collect();
        for actor in under {
            self.push(actor.head, participant(&actor, Role::Other));
        }
    }

    fn has(&self, role: Role) -> bool {
        self.list.iter().any(|(_, p)| p.role == role)
    }

    /// An actor keeps the first role it was found in; a person and its state are both kept.
    fn push(&mut self, at: usize, p: Participant) {
        if !self.list.iter().any(|(a, known)| *a == at || known.code == p.code) {
            self.list.push((at, p));
        }
    }

    fn finish(self) -> Vec<Participant> {
        let mut list: Vec<Participant> = self.list.into_iter().map(|(_, p)| p).collect();
        list.sort_by_key(|p| p.role);
        list
    }
}

fn participant(actor: &ActorAt, role: Role) -> Participant {
    Participant { code: actor.code.clone(), top: actor.top.clone(), role, text: actor.text.clone() }
}
