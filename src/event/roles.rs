//! Who takes part in an event, and as what.

use super::facts::{ActorAt, Facts};
use super::lexicon::{Lexicon, Part, Sense};
use super::trigger::Found;
use super::unnamed::befalls;
use super::{EventType, Participant, Role, args};
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
        if cast.lexicon.is("roles.target", case) && !topic(cast, sense, found, (case, *head)) {
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

/// "Described the raids on the village", "discussed the ban on exports": what hangs on the object of a verb of speaking is
/// part of what is spoken of.
fn topic(cast: &Cast, sense: &Sense, found: &Found, (case, head): (&str, usize)) -> bool {
    let spoken = matches!(sense.category(), Some(EventType::Statement | EventType::Consult));
    let within = cast.facts.tree.head(head).is_some_and(|up| found.args.objects.contains(&up));
    spoken && within && cast.lexicon.is("roles.topic", case)
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
    if sense.mutual && sense.category() == Some(EventType::Consult) {
        beside(cast, found);
    }
    let speaks = matches!(sense.category(), Some(EventType::Statement | EventType::Agree | EventType::Threaten));
    let acting = intransitive || speaks || cast.lexicon.is("roles.given_by", cast.facts.tree.lemma(found.head));
    cast.add(&others, if acting && !cast.has(doer) { doer } else { done_to });
    cast.add(&args.objects, done_to);
    if sense.mode.as_deref() == Some("visit") {
        cast.hosts(&[], &args.obliques);
    }
}

/// "During a meeting with the Ambassador, the premier complained", "he told the Ambassador in a phone call": who speaks
/// in a conversation takes part in it, and so does whom the words are for, where no other side is named.
fn beside(cast: &mut Cast, found: &Found) {
    let tree = cast.facts.tree;
    let inside = |case: &str| cast.lexicon.is("roles.occasion", case);
    let hangs = found.args.light.is_none() && tree.relation(found.head) == Relation::Obl;
    let Some(verb) = tree.head(found.head).filter(|&v| hangs && tree.is_verb(v) && inside(&tree.case(found.head)))
    else {
        return;
    };
    let around = args::of_verb(tree, verb);
    let somebody = |h: &usize| {
        let acts = |a: &ActorAt| !a.as_place && matches!(a.kind, ActorKind::Person | ActorKind::Office);
        cast.facts.actors_in(&tree.phrase(*h, true)).any(acts) && *h != found.head
    };
    if args::is_passive(tree, verb) {
        return;
    }
    let speakers: Vec<usize> = around.agents.iter().copied().filter(somebody).collect();
    let told = around.obliques.iter().filter(|(case, _)| case == "to" || case == "for").map(|(_, h)| *h);
    let hearers: Vec<usize> = around.objects.iter().copied().chain(told).filter(somebody).collect();
    if speakers.is_empty() {
        return;
    }
    if cast.sides() <= 1 && !cast.has(Role::Target) {
        cast.add(&speakers, if cast.list.is_empty() { Role::Initiator } else { Role::Target });
    }
    if cast.sides() == 1 && !cast.has(Role::Target) {
        cast.add(&hearers, Role::Target);
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
            for actor in found.into_iter().filter(|a| !self.facts.knows_only(self.lexicon, head, a)) {
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

    /// How many states and organisations take part.
    fn sides(&self) -> usize {
        let mut tops: Vec<&str> = self.list.iter().map(|(_, p)| p.top.as_str()).collect();
        tops.sort_unstable();
        tops.dedup();
        tops.len()
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
