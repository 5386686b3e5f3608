//! Who takes part without being named: what an embassy's cable leaves out because its reader knows where it was written.
//!
//! "Testov told us", "two bankers were arrested", "after the riots": somebody of the country that the post is in, unless
//! another place is told with it. This comes last, when everything that the sentence names has its role, and says
//! nothing of how surely the sentence tells an event.

use super::facts::{ActorAt, Facts};
use super::lexicon::{Lexicon, Part, Sense};
use super::occasion::Occasion;
use super::trigger::Found;
use super::{EventType, Participant, Role, args};
use crate::actor::ActorKind;
use crate::text::syntax::Upos;

/// A trigger in a cable of a post.
pub struct Unnamed<'a> {
    /// Its sentence.
    pub facts: &'a Facts<'a>,
    /// The event rules.
    pub lexicon: &'a Lexicon,
    /// Its sense.
    pub sense: &'a Sense,
    /// The trigger.
    pub found: &'a Found,
    /// The state that the post is in; empty in any other document, where only a place that is told says whose they are.
    pub host: &'a str,
    /// The state whose the post is, whatever country the cable is about; empty in any other document.
    pub sender: &'a str,
    /// The country of the place last told in its paragraph.
    pub here: &'a str,
    /// The third state that the cable is about instead: what it tells without naming anybody ("the election") happened
    /// there. Empty where there is none.
    pub about: &'a str,
}

impl Unnamed<'_> {
    /// Adds who must have acted or suffered, to those whom the sentence names.
    pub fn add(&self, cast: &mut Vec<Participant>) {
        let Some(kind) = self.sense.category() else { return };
        if let Some(around) = Occasion::of(self.facts, self.lexicon, self.sense, self.found) {
            self.talk(&around, cast);
        }
        let (acting, suffering) = self.sides();
        let had = |role: Role| cast.iter().any(|p| p.role == role);
        let (had_doer, had_other) = (had(Role::Initiator), had(Role::Target));
        // Whoever attacks is not taken for a state that nobody named.
        let guessed = kind != EventType::Assault && (!self.host.is_empty() || Self::at_home(kind));
        // "Messages to convey": no person is meant. Whose gunmen are stays open.
        let thing = !args::beyond_noun(self.facts.tree, self.found.head).is_empty();
        if !had_doer
            && guessed
            && !thing
            && !self.strange_force(&acting)
            && (self.nameless(&acting) || acting.is_empty() && self.domestic(kind))
        {
            let about = if acting.is_empty() && cast.iter().all(|p| p.top != self.about) { self.about } else { "" };
            self.push(if self.scene().is_empty() { about } else { self.scene() }, Role::Initiator, cast);
        }
        if !had_other && self.suffers(kind, had_doer, &suffering, cast) {
            self.push(self.scene(), Role::Target, cast);
        }
    }

    /// "In a July 8 meeting, Testov said": somebody of the post's country, to the post.
    fn talk(&self, around: &Occasion, cast: &mut Vec<Participant>) {
        if !around.is_report(self.facts, self.lexicon, self.found) {
            return;
        }
        let nobody = |cast: &[Participant]| cast.iter().all(|p| p.role == Role::Other);
        if nobody(cast) && self.nameless(&around.agents) {
            self.push(self.host, Role::Initiator, cast);
        }
        let one_side = || cast.iter().filter(|p| p.role != Role::Other).all(|p| p.role == Role::Initiator);
        if !nobody(cast) && one_side() && !cast.iter().any(|p| p.top == self.sender) {
            self.push(self.sender, Role::Target, cast);
        }
    }

    /// Whether what is told of a place is mostly done by those who govern or live there: an election, a strike, an
    /// arrest. Treaties are signed and talks held anywhere.
    fn at_home(kind: EventType) -> bool {
        matches!(kind, EventType::Other | EventType::Protest | EventType::Coerce | EventType::Mobilize)
    }

    /// The heads of those who act, and of those whom it befalls.
    fn sides(&self) -> (Vec<usize>, Vec<usize>) {
        let a = &self.found.args;
        match (self.found.part, self.sense.swap) {
            (Part::Noun, _) if self.befalls() => (Vec::new(), a.agents.clone()),
            (_, true) => (a.objects.clone(), a.agents.clone()),
            (_, false) => (a.agents.clone(), a.objects.clone()),
        }
    }

    /// The verb that carries a noun, or whose subject it is: "elections were held in Norway".
    fn carrier(&self) -> Option<usize> {
        let tree = self.facts.tree;
        let subject = self.found.part == Part::Noun && tree.relation(self.found.head).is_subject();
        self.found.args.light.or_else(|| tree.head(self.found.head).filter(|_| subject))
    }

    /// "His arrest": a noun whose possessor suffers it.
    fn befalls(&self) -> bool {
        befalls(self.facts, self.lexicon, self.found)
    }

    /// Whether these are there and none of them is anybody known.
    fn nameless(&self, heads: &[usize]) -> bool {
        let tree = self.facts.tree;
        let somebody = |&h: &usize| {
            let person = self.lexicon.is("anaphora.persons", &tree.lower[h])
                || self.lexicon.is("anaphora.singular", &tree.lower[h]);
            let noun = tree.is_noun(h) && !self.facts.in_time(h) && !self.placed(h);
            // "Many said", "all of the traders told us"
            let number = tree.upos(h) != Upos::Propn && self.lexicon.is("anaphora.some", &tree.lower[h]);
            (noun || number || tree.upos(h) == Upos::Pron && person)
                && !tree.phrase(h, true).iter().any(|&w| self.known(w, h))
        };
        !heads.is_empty() && heads.iter().all(somebody)
    }

    /// Whether these are armed people of whom nobody says whose they are.
    fn strange_force(&self, heads: &[usize]) -> bool {
        let tree = self.facts.tree;
        let words = |h: &usize| tree.phrase(*h, false);
        heads.iter().flat_map(words).any(|w| self.lexicon.is("roles.strange_force", &tree.lower[w]))
    }

    /// Whether these are names, none of them of anybody known.
    fn strangers(&self, heads: &[usize]) -> bool {
        let name = |&h: &usize| self.facts.tree.upos(h) == Upos::Propn || self.facts.is_masked(h);
        heads.iter().all(name) && self.nameless(heads)
    }

    /// Whether a token of the phrase that `head` heads names somebody who is meant by it.
    fn known(&self, token: usize, head: usize) -> bool {
        let facts = self.facts;
        facts.actors.iter().any(|a| a.tokens.contains(&token) && !facts.knows_only(self.lexicon, head, a))
    }

    fn placed(&self, token: usize) -> bool {
        self.facts.places.iter().any(|p| p.tokens.contains(&token))
    }

    /// Whether what nobody is told to have done is done by those who govern or live there.
    fn domestic(&self, kind: EventType) -> bool {
        use EventType::*;
        let tree = self.facts.tree;
        match self.found.part {
            // A death needs nobody who does it; an arrest and an appointment do.
            Part::Noun if self.befalls() => kind == Coerce || self.of_office(),
            Part::Noun => matches!(kind, Other | Protest | Coerce | Statement | Request | Accuse | Mobilize),
            _ => args::is_passive(tree, self.found.head),
        }
    }

    /// Whether somebody must have suffered it.
    fn suffers(&self, kind: EventType, had_doer: bool, heads: &[usize], cast: &[Participant]) -> bool {
        use EventType::*;
        let acting: Vec<&str> = cast.iter().filter(|p| p.role == Role::Initiator).map(|p| p.top.as_str()).collect();
        match kind {
            // Whom forces from abroad attack, and where, is not for guessing.
            Assault => acting.iter().all(|a| *a == self.host) || self.scene() != self.host,
            _ if self.befalls() => true,
            // Where a thing is said or asked is no party to it, unless it is told from there.
            Accuse | Aid | Protest | Request | Threaten if self.host.is_empty() => false,
            // "The prosecutor urged the KPC to go on", "told Testov": somebody whom no lexicon names.
            Request | Accuse | Coerce | Support | Threaten if self.strangers(heads) => true,
            // "The opposition criticised the budget": a quarrel at home.
            Accuse if had_doer && cast.iter().all(|p| p.top == self.host) => true,
            // "The OSCE criticised the elections", "the Hungarians invest three millions": where the post is.
            Accuse | Aid if self.by_others(&acting) => self.alone_with(&acting, cast),
            Protest | Accuse | Request => !had_doer && cast.iter().all(|p| p.role == Role::Other || p.top == self.host),
            // "Arrested two bankers"; what is seized or declared is no party.
            Coerce => self.sense.mode.as_deref() == Some("arrest") && self.nameless(heads),
            Threaten => self.nameless(heads),
            Other => self.of_office() && self.nameless(heads),
            Consult => !self.host.is_empty() && !acting.is_empty() && acting.iter().all(|a| *a == self.sender),
            _ => false,
        }
    }

    /// Whether neither the post's country nor its own government acts.
    fn by_others(&self, acting: &[&str]) -> bool {
        !acting.is_empty() && acting.iter().all(|a| *a != self.host && *a != self.sender)
    }

    /// Whether nobody is named but those who act and the post's country.
    fn alone_with(&self, acting: &[&str], cast: &[Participant]) -> bool {
        cast.iter().all(|p| p.top == self.host || acting.contains(&p.top.as_str()))
    }

    /// Whether somebody gives an office or takes it away.
    fn of_office(&self) -> bool {
        matches!(self.sense.subtype.as_deref(), Some("appointment" | "resignation"))
    }

    /// The state of the place told with it ("the murder in Stockholm", "his death in Sweden"), else that of the post.
    fn scene(&self) -> &str {
        let facts = self.facts;
        let place = facts.place_of(self.found.head).map(|p| p.country.as_str());
        let within = |a: &&ActorAt| {
            let top = facts.tree.top_of(&a.tokens);
            let inside = self.lexicon.is("order.within", &facts.tree.case(top));
            let up = facts.tree.head(top);
            let here = up == Some(self.found.head) || up.is_some() && up == self.carrier();
            a.kind == ActorKind::State && inside && here
        };
        let state = || facts.actors.iter().find(within).map(|a| a.top.as_str());
        // What crowds and forces do is told where it happens; words and appointments are told anywhere.
        use EventType::{Assault, Mobilize, Protest, Retreat};
        let seen = matches!(self.sense.category(), Some(Assault | Mobilize | Protest | Retreat));
        let around = || facts.country().or((!self.host.is_empty()).then_some(self.here)).filter(|_| seen);
        place.filter(|c| !c.is_empty()).or_else(state).or_else(around).unwrap_or(self.host)
    }

    fn push(&self, state: &str, role: Role, cast: &mut Vec<Participant>) {
        if state.is_empty() {
            return;
        }
        match cast.iter_mut().find(|p| p.code == state && p.role == Role::Other) {
            Some(known) => known.role = role,
            None => {
                let (code, top) = (state.to_string(), state.to_string());
                cast.push(Participant { code, top, role, text: String::new() });
            }
        }
    }
}

/// Whether a noun tells what its possessor suffers ("his arrest", "the envoy's murder").
pub fn befalls(facts: &Facts, lexicon: &Lexicon, found: &Found) -> bool {
    found.part == Part::Noun && lexicon.is("roles.suffered", &facts.tree.lemma(found.head).to_lowercase())
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::event::Extractor;
    use crate::event::roles::tests::sides;
    use crate::rules::Rules;

    /// The states that act and that it befalls at a trigger, in a cable of a post ("" is none).
    fn who(extractor: &Extractor, origin: &str, text: &str, trigger: &str) -> String {
        let mut document = Document::from_text("example", text);
        document.meta.origin = Some(origin.to_string());
        let all = extractor.candidates(&document);
        sides(&all, trigger)
    }

    #[test]
    fn who_is_not_named_is_of_the_country_of_the_post() {
        let extractor = Extractor::new(&Rules::builtin()).expect("the built-in rules load");
        let cases = [
            (
                "Embassy Oslo",
                "Testov told the Ambassador on May 3, 2001 that the harbor would close.",
                "told",
                "NOR>USA",
            ),
            ("Embassy Oslo", "Five students were arrested on May 3, 2001.", "arrested", "NOR>NOR"),
            ("Consulate Sao Paulo", "Prison officials said on May 3, 2001 that the guards had left.", "said", "BRA>"),
            ("Embassy Oslo", "The riots of May 3, 2001 frightened Sweden.", "riots", "NOR>NOR"),
            // Who attacks stays open.
            ("Embassy Oslo", "Armed men stormed a prison on May 3, 2001.", "stormed a prison", ">NOR"),
            // A name that no lexicon knows, and a quarrel at home.
            ("Embassy Oslo", "The opposition urged Testov on May 3, 2001 to wait.", "urged", "NOR>NOR"),
            ("Embassy Oslo", "The opposition criticized the budget on May 3, 2001.", "criticized", "NOR>NOR"),
            // One official acts upon another who goes by the same code.
            (
                "Embassy Oslo",
                "Minister Ivan Testov urged Minister Oleg Primerov on May 3, 2001 to resign.",
                "urged",
                "NOR>NOR",
            ),
            // Whoever is the object is not the pronoun before it.
            (
                "Embassy Oslo",
                "The Ambassador came. President Putin waited. She urged Putin on May 3, 2001 to stay.",
                "urged",
                "USA>RUS",
            ),
            // Most of what is told is told of a third country.
            (
                "Embassy Oslo",
                "Sweden paid. Sweden waited. Sweden left. Sweden slept. The elections of May 3, 2001 were free.",
                "elections",
                "SWE>",
            ),
            // A conversation that is reported was held with the post.
            ("Embassy Oslo", "In a May 3, 2001 meeting, town leaders reported no progress.", "meeting", "NOR>USA"),
            (
                "Embassy Oslo",
                "Armed men stormed a prison and freed the inmates on May 3, 2001.",
                "freed the inmates",
                ">",
            ),
            // Another place is told.
            ("Embassy Oslo", "The murder in Stockholm on May 3, 2001 shocked the town.", "murder", ">SWE"),
            // A document that no post sent.
            ("Testland Gazette", "Testov told Sweden on May 3, 2001 that the harbor would close.", "told", ">SWE"),
        ];
        let told = cases.map(|(origin, text, trigger, _)| who(&extractor, origin, text, trigger));
        assert_eq!(told, cases.map(|(.., expected)| expected.to_string()));
    }

    #[test]
    fn a_possessor_suffers_what_befalls() {
        let extractor = Extractor::new(&Rules::builtin()).expect("the built-in rules load");
        let cases = [
            ("Sweden protested after President Putin's murder on May 3, 2001.", "murder", ">RUS"),
            ("Russia's murder of the Swedish envoy on May 3, 2001 was denied.", "murder", "RUS>SWE"),
        ];
        let told = cases.map(|(text, trigger, _)| who(&extractor, "Testland Gazette", text, trigger));
        assert_eq!(told, cases.map(|(.., expected)| expected.to_string()));
    }
}
