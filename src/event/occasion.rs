//! What is done on an occasion tells who was there: whoever speaks in a conversation takes part in it ("in a meeting with
//! the envoy, Testov complained", "he told the envoy in a phone call"), whoever does something on a visit is the guest.

use super::EventType;
use super::args;
use super::facts::{ActorAt, Facts};
use super::lexicon::{Lexicon, Sense};
use super::trigger::Found;
use crate::actor::ActorKind;
use crate::text::syntax::Relation;

/// The verb whose act takes place on the occasion that a noun names, and those around it.
pub struct Occasion {
    /// The verb.
    pub verb: usize,
    /// The heads of those who act.
    pub agents: Vec<usize>,
    /// The heads of the persons to whom or for whom it is.
    pub hearers: Vec<usize>,
    /// The heads of those with whom it takes place, where parsers hang them on the verb: "said so in a talk with them".
    pub partners: Vec<usize>,
}

impl Occasion {
    /// The occasion that a trigger names, if it is one and not itself what is told: "in a meeting", "on a visit".
    pub fn of(facts: &Facts, lexicon: &Lexicon, sense: &Sense, found: &Found) -> Option<Occasion> {
        let tree = facts.tree;
        let meets = sense.category() == Some(EventType::Consult) && (sense.mutual || sense.is_visit());
        if !meets || found.args.light.is_some() || tree.relation(found.head) != Relation::Obl {
            return None;
        }
        let inside = lexicon.is("roles.occasion", &tree.case(found.head));
        let verb = tree.head(found.head).filter(|&v| inside && tree.is_verb(v) && !args::is_passive(tree, v))?;
        let around = args::of_verb(tree, verb);
        let told = around.obliques.iter().filter(|(case, _)| case == "to" || case == "for").map(|(_, h)| *h);
        let person = |h: &usize| {
            let speaks = |a: &ActorAt| !a.as_place && matches!(a.kind, ActorKind::Person | ActorKind::Office);
            *h != found.head && facts.actors_in(&tree.phrase(*h, true)).any(speaks)
        };
        let hearers = around.objects.iter().copied().chain(told).filter(person).collect();
        let agents = around.agents.iter().copied().filter(|h| *h != found.head).collect();
        let behind = |h: &usize| *h > found.head;
        let with = around.obliques.iter().filter(|(case, _)| case == "with").map(|(_, h)| *h);
        let partners = with.filter(behind).filter(person).collect();
        Some(Occasion { verb, agents, hearers, partners })
    }

    /// Whether it is a conversation told as new, of which no side is told: "in a July 8 meeting, Testov said".
    pub fn is_report(&self, facts: &Facts, lexicon: &Lexicon, found: &Found) -> bool {
        let tree = facts.tree;
        let a = &found.args;
        let lemma = |w: usize| tree.lemma(w).to_lowercase();
        let determined =
            |head: usize, list: &str| tree.with(head, &[Relation::Det]).any(|d| lexicon.is(list, &tree.lower[d]));
        let known = determined(found.head, "anaphora.definite")
            || self.agents.iter().any(|&a| determined(a, "anaphora.demonstrative"));
        let sided = a.obliques.iter().any(|(case, _)| lexicon.is("roles.mutual", case)) || !a.agents.is_empty();
        lexicon.is("saying.talks", &lemma(found.head))
            && lexicon.is("saying.verbs", &lemma(self.verb))
            && !known
            && !sided
    }
}

/// Those of these phrases who name somebody who can speak for a side.
pub fn parties(facts: &Facts, heads: &[usize]) -> Vec<usize> {
    let somebody = |h: &usize| facts.actors_in(&facts.tree.phrase(*h, true)).any(|a: &ActorAt| !a.as_place);
    heads.iter().copied().filter(somebody).collect()
}
