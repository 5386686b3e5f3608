//! Who takes part in an event, and as what.

use super::facts::{ActorAt, Facts};
use super::lexicon::{Lexicon, Part, Sense};
use super::occasion::{Occasion, parties};
use super::tree::Tree;
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
    // "Has three messages to convey": whoever has them.
    if !cast.has(doer) {
        cast.add(&args::beyond_noun(cast.facts.tree, found.head), doer);
    }
    // "Relations between Norway and Sweden were restored": nobody else acts.
    let between = |case: &str| cast.lexicon.is("roles.between", case);
    let sides: Vec<usize> = args.objects.iter().flat_map(|&o| inner(cast.facts.tree, o, between)).collect();
    if args.agents.is_empty() {
        cast.add(&sides, doer);
    }
    let objects: Vec<usize> = args.objects.iter().copied().filter(|&o| !own_words(cast, sense, o)).collect();
    // "Norwegian troops were sent", "were withdrawn": by those whose they are.
    let moved = matches!(sense.category(), Some(EventType::Mobilize | EventType::Retreat)) && !sense.swap;
    let own = moved && args.agents.is_empty() && args::is_passive(cast.facts.tree, found.head);
    let forces = |o: &usize| cast.lexicon.in_class("forces", &cast.facts.tree.lower[*o]);
    cast.add(&objects, if own && args.objects.iter().any(forces) { doer } else { done_to });
    for (case, head) in &args.obliques {
        let target = cast.lexicon.is("roles.target", case) || between(case);
        if target && !topic(cast, sense, found, (case, *head)) {
            cast.add(&[*head], done_to);
        }
    }
    if sense.is_visit() {
        cast.hosts(&args.objects, &args.obliques);
    } else {
        cast.content(sense, &args.clauses);
        cast.scene(sense, &args.objects, &args.obliques);
    }
    if !sense.content.is_empty() {
        let inside: Vec<usize> = args.clauses.iter().flat_map(|&c| cast.facts.tree.syntax.span(c)).collect();
        cast.add(&inside, done_to);
    }
}

/// "The envoy repeated Norway's concerns", Norway's envoy: whose the words are is not to whom they are said.
fn own_words(cast: &Cast, sense: &Sense, object: usize) -> bool {
    if !sense.category().is_some_and(|kind| kind.is_said() && kind != EventType::Request) {
        return false;
    }
    let named: Vec<ActorAt> = cast.facts.actors_in(&cast.meant(object)).cloned().collect();
    let speaks = |a: &ActorAt| cast.list.iter().any(|(_, p)| p.role == Role::Initiator && p.top == a.top);
    let own = |a: &ActorAt| a.kind == ActorKind::State && !a.resolved && !a.tokens.contains(&object) && speaks(a);
    !named.is_empty() && named.iter().all(own)
}

/// Whether a noun of a sense names what comes from somebody: words, help, blows; a withdrawal comes from a place.
fn sent(sense: &Sense) -> bool {
    use EventType::*;
    matches!(
        sense.category(),
        Some(Accuse | Request | Threaten | Reject | Aid | Assault | Statement | Support | Agree | Protest)
    )
}

/// "Drew protests from Norway": parsers hang whose a noun is on the verb whose object it is.
fn drawn_from(cast: &Cast, noun: usize) -> Vec<usize> {
    let tree = cast.facts.tree;
    let source = |case: &str| cast.lexicon.is("roles.source", case);
    let draws = |v: &usize| cast.lexicon.is("roles.drawing", &tree.lemma(*v).to_lowercase());
    let verb = tree.head(noun).filter(|_| tree.relation(noun) == Relation::Obj).filter(draws);
    let from = verb.map(|v| args::of_verb(tree, v).obliques).unwrap_or_default();
    from.into_iter().filter(|(case, _)| source(case)).map(|(_, head)| head).collect()
}

/// The heads of the phrases right below a word whose preposition is of a kind, with those joined to them.
fn inner(tree: &Tree, head: usize, kind: impl Fn(&str) -> bool) -> Vec<usize> {
    let below = tree.with(head, &[Relation::Nmod]).filter(|&n| kind(&tree.case(n)));
    below.flat_map(|n| tree.conjuncts(n)).collect()
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
    // "An ultimatum by Norway to Sweden": parsers hang the second on the first.
    let tree = cast.facts.tree;
    let beneath = args.obliques.iter().filter(|(_, head)| cast.facts.in_actor(*head));
    let beneath = beneath.flat_map(|(_, head)| tree.with(*head, &[Relation::Nmod]).map(|n| (tree.case(n), n)));
    let obliques: Vec<(String, usize)> = args.obliques.iter().cloned().chain(beneath).collect();
    for (case, head) in &obliques {
        match case.as_str() {
            "by" => cast.add(&[*head], doer),
            c if sense.mutual && cast.lexicon.is("roles.mutual", c) => cast.add(&[*head], doer),
            "of" => others.push(*head),
            c if sent(sense) && cast.lexicon.is("roles.source", c) => cast.add(&[*head], doer),
            c if cast.lexicon.is("roles.target", c) => cast.add(&[*head], done_to),
            _ => {}
        }
    }
    if sent(sense) && !cast.has(doer) {
        cast.add(&drawn_from(cast, found.head), doer);
    }
    // "Russian invasion", "US-Uzbek talks": who does it, unless somebody else is named as the doer.
    cast.add(&args.attributes, if cast.has(doer) && !sense.mutual { done_to } else { doer });
    let intransitive = matches!(sense.mode.as_deref(), Some("visit" | "withdraw")) || !sense.subject.is_empty();
    let occasion = Occasion::of(cast.facts, cast.lexicon, sense, found);
    if let Some(around) = occasion.as_ref().filter(|_| sense.mutual) {
        beside(cast, around);
    }
    let speaks = matches!(sense.category(), Some(EventType::Statement | EventType::Agree | EventType::Threaten));
    let acting = intransitive || speaks || cast.lexicon.is("roles.given_by", cast.facts.tree.lemma(found.head));
    cast.add(&others, if acting && !cast.has(doer) { doer } else { done_to });
    cast.add(&args.objects, done_to);
    if sense.mode.as_deref() == Some("visit") {
        cast.hosts(&[], &args.obliques);
        occasion.iter().for_each(|around| guests(cast, around));
    } else {
        cast.content(sense, &args.clauses);
        cast.scene(sense, &[], &obliques);
    }
}

/// "On a visit to Oslo, the premier said": who does something on a visit is the guest; where it is the host who speaks,
/// whoever hears it.
fn guests(cast: &mut Cast, around: &Occasion) {
    for heads in [&around.agents, &around.hearers] {
        if cast.has(Role::Initiator) {
            return;
        }
        let foreign = |h: &usize| {
            let phrase = cast.facts.tree.phrase(*h, true);
            let hosts = |a: &ActorAt| cast.list.iter().any(|(_, p)| p.role == Role::Target && p.top == a.top);
            !cast.facts.actors_in(&phrase).any(hosts)
        };
        let guests: Vec<usize> = parties(cast.facts, heads).into_iter().filter(foreign).collect();
        cast.add(&guests, Role::Initiator);
    }
}

/// Whoever does something on an occasion takes part in it, and so does whom the words are for, where no other side is
/// named.
fn beside(cast: &mut Cast, around: &Occasion) {
    cast.add(&around.partners, Role::Initiator);
    let speakers = parties(cast.facts, &around.agents);
    if speakers.is_empty() {
        return;
    }
    if cast.sides() <= 1 && !cast.has(Role::Target) {
        cast.add(&speakers, if cast.list.is_empty() { Role::Initiator } else { Role::Target });
    }
    if cast.sides() == 1 && !cast.has(Role::Target) {
        let hearers = parties(cast.facts, &around.hearers);
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
            let close = self.meant(head);
            // "Prolong its membership of the pact": who acts already is not meant again.
            let new = |a: &ActorAt| !self.list.iter().any(|(at, p)| *at == a.head && !a.resolved || same(p, a));
            let said = self.facts.actors_in(&close).any(new);
            let words = if said { close.clone() } else { self.facts.tree.phrase(head, true) };
            // "Offered them a route through Sweden": its own country is no other side.
            let own = |a: &ActorAt| {
                let same = |p: &Participant| p.top == a.top && p.role != role && p.role != Role::Other;
                !close.contains(&a.head) && self.list.iter().any(|(_, p)| same(p))
            };
            // "the president of Russia" is one actor: what its title already names is not named twice.
            let party = |a: &&ActorAt| !a.as_place && !self.facts.in_event_name(a.head) && !own(a);
            let found: Vec<ActorAt> = self.facts.actors_in(&words).filter(party).cloned().collect();
            for actor in found.into_iter().filter(|a| !self.facts.knows_only(self.lexicon, head, a)) {
                self.push_actor(&actor, role);
            }
        }
    }

    /// The words of a phrase among which stands who is meant by it. "Sweden's attack on the port of Norway", "the Swedish
    /// troops in Norway": where somebody is named right at the head, those in phrases below it are not meant.
    fn meant(&self, head: usize) -> Vec<usize> {
        let facts = self.facts;
        let close = facts.tree.phrase(head, false);
        let known = |a: &ActorAt| !a.as_place && !facts.knows_only(self.lexicon, head, a);
        // "Sweden's NATO bid" is Sweden's.
        let owners =
            facts.tree.with(head, &[Relation::NmodPoss]).filter(|o| !facts.in_actor(head) || facts.in_actor(*o));
        let owned: Vec<usize> = owners.flat_map(|o| facts.tree.phrase(o, false)).collect();
        let named = |words: &[usize]| facts.actors_in(words).any(known);
        match () {
            () if named(&owned) => owned,
            () if named(&close) => close,
            () => facts.tree.phrase(head, true),
        }
    }

    /// Adds whom the content of an accusation, demand, threat or refusal speaks of, where no other side is told: "demanded
    /// that Sweden leave", "alleged that Sweden had paid", "refused to meet Sweden", "threatened to invade Sweden".
    fn content(&mut self, sense: &Sense, clauses: &[usize]) {
        use EventType::{Accuse, Agree, Reject, Request, Threaten};
        let matter = matches!(sense.category(), Some(Accuse | Reject | Request | Threaten | Agree));
        // "Said that Sweden should go": whom it is said to stands elsewhere.
        if !matter || !sense.claim.is_empty() || self.has(Role::Target) || !self.has(Role::Initiator) {
            return;
        }
        let acting: Vec<String> = self.list.iter().map(|(_, p)| p.top.clone()).collect();
        for &clause in clauses {
            let inside = args::of_verb(self.facts.tree, clause);
            let subjects: Vec<usize> =
                inside.agents.iter().copied().filter(|h| self.facts.tree.head(*h) == Some(clause)).collect();
            let others =
                inside.obliques.iter().filter(|(case, _)| self.lexicon.is("roles.target", case)).map(|(_, h)| *h);
            let objects: Vec<usize> = inside.objects.iter().copied().chain(others).collect();
            for heads in [subjects, objects] {
                let named: Vec<usize> = heads
                    .into_iter()
                    .filter(|&h| self.facts.actors_in(&self.meant(h)).any(|a| !acting.contains(&a.top)))
                    .collect();
                self.add(&named, Role::Target);
                if self.has(Role::Target) {
                    return;
                }
            }
        }
    }

    /// Adds the state of the place where force is used or from which somebody is called back, where no other side is
    /// told: "bombed the port", "left Oslo", "recalled its ambassador from Oslo".
    fn scene(&mut self, sense: &Sense, objects: &[usize], obliques: &[(String, usize)]) {
        use EventType::*;
        let Some(kind) = sense.category().filter(|_| !self.has(Role::Target)) else { return };
        let there = match kind {
            Assault => true,
            // "Police were deployed in the streets": those who govern there sent them.
            Mobilize | Retreat => self.has(Role::Initiator),
            _ => sense.subtype.as_deref() == Some("mission.open"),
        };
        let list = match kind {
            _ if there => "roles.scene",
            Consult | Sanction | Accuse | Aid | Cooperate => "roles.way",
            Request | Threaten | Reject | Support | Concede | Coerce => "roles.for",
            _ => return,
        };
        let at = obliques.iter().filter(|(case, _)| self.lexicon.is(list, case)).map(|(_, h)| *h);
        let heads: Vec<usize> = objects.iter().copied().filter(|_| there).chain(at).collect();
        // Police in the streets of their own capital face no other state.
        let acting: Vec<String> = self.list.iter().map(|(_, p)| p.top.clone()).collect();
        for head in heads {
            let words = self.facts.tree.phrase(head, true);
            let places = self.facts.places.iter().filter(|p| p.tokens.clone().any(|t| words.contains(&t)));
            let states = places.filter_map(|p| Some((p.tokens.start, p.state.clone()?, p.place.name.clone())));
            let whose = |a: &&ActorAt| !self.facts.knows_only(self.lexicon, head, a);
            let named = self.facts.actors_in(&words).filter(|a| a.as_place || a.kind == ActorKind::State && there);
            let named = named.filter(whose);
            let named = named.map(|a| (a.head, a.top.clone(), a.text.clone()));
            let found: Vec<(usize, String, String)> = states.chain(named).collect();
            for (token, state, text) in found {
                if kind == Assault || !acting.contains(&state) {
                    self.push(token, Participant { code: state.clone(), top: state, role: Role::Target, text });
                }
            }
        }
    }

    /// Adds the states of the places visited.
    fn hosts(&mut self, objects: &[usize], obliques: &[(String, usize)]) {
        let to = obliques.iter().filter(|(case, _)| self.lexicon.is("roles.host", case)).map(|(_, h)| *h);
        for head in objects.iter().copied().chain(to) {
            // "Travelled to a summit in Oslo" is no visit to Norway.
            if self.lexicon.is("saying.occasions", &self.facts.tree.lemma(head).to_lowercase()) {
                continue;
            }
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

    /// As [`Cast::push`]; of two officials of one state, one may act upon the other.
    fn push_actor(&mut self, actor: &ActorAt, role: Role) {
        let known = |p: &Participant| same(p, actor) || p.code == actor.code && p.role == role;
        // "They" may be two.
        let there = |at: usize| at == actor.head && !actor.resolved;
        if !self.list.iter().any(|(at, p)| there(*at) || known(p)) {
            self.list.push((actor.head, participant(actor, role)));
        }
    }

    fn finish(self) -> Vec<Participant> {
        let mut list: Vec<Participant> = self.list.into_iter().map(|(_, p)| p).collect();
        list.sort_by_key(|p| p.role);
        list
    }
}

/// Whether an actor is one who takes part already. Several officials may go by one code.
fn same(p: &Participant, a: &ActorAt) -> bool {
    p.code == a.code && !(a.shared && a.kind == ActorKind::Person && p.text != a.text && !p.text.is_empty())
}

fn participant(actor: &ActorAt, role: Role) -> Participant {
    Participant { code: actor.code.clone(), top: actor.top.clone(), role, text: actor.text.clone() }
}

#[cfg(test)]
pub mod tests {
    use crate::document::Document;
    use crate::event::{Candidate, Extractor, Role};
    use crate::rules::Rules;
    use std::collections::BTreeSet;

    /// The states that act and those that are acted on at a trigger.
    pub fn sides(candidates: &[Candidate], trigger: &str) -> String {
        let found = candidates.iter().find(|c| c.mention.trigger.text == trigger);
        let Some(actors) = found.map(|c| &c.mention.actors) else { return format!("no {trigger}") };
        let of = |role: Role| {
            let tops: BTreeSet<&str> = actors.iter().filter(|p| p.role == role).map(|p| p.top.as_str()).collect();
            tops.into_iter().collect::<Vec<_>>().join(",")
        };
        format!("{}>{}", of(Role::Initiator), of(Role::Target))
    }

    fn who(extractor: &Extractor, text: &str, trigger: &str) -> String {
        sides(&extractor.candidates(&Document::from_text("example", text)), trigger)
    }

    #[test]
    fn who_acts_and_whom_it_is_for() {
        let extractor = Extractor::new(&Rules::builtin()).expect("the built-in rules load");
        let cases = [
            // Whose it is, and not where it is or what it is about.
            ("Norway condemned Sweden's raid in Finland on 3 May 2001.", "condemned", "NOR>SWE"),
            ("Norway condemned the raid in Finland on 3 May 2001.", "condemned", "NOR>FIN"),
            ("Norway backed Sweden's NATO bid on 3 May 2001.", "backed Sweden's NATO bid", "NOR>SWE"),
            // The sides of what is restored between them.
            ("Relations between Norway and Sweden were restored on 3 May 2001.", "restored", "NOR,SWE>"),
            // Whom the content speaks of.
            ("Norway refused to meet Sweden on 3 May 2001.", "refused", "NOR>SWE"),
            ("Norway demanded that Sweden leave the island on 3 May 2001.", "demanded", "NOR>SWE"),
            // Where force is used, where somebody is called back from, and whom a word is for.
            ("Norwegian jets bombed Stockholm on 3 May 2001.", "bombed", "NOR>SWE"),
            ("Norwegian troops pulled out of Sweden on 3 May 2001.", "pulled", "NOR>SWE"),
            ("Norway recalled its ambassador from Stockholm on 3 May 2001.", "recalled its ambassador", "NOR>SWE"),
            // From whom a word comes, and to whom.
            ("Criticism from Norway of the Swedish plan grew on 3 May 2001.", "Criticism", "NOR>SWE"),
            ("An appeal by Norway to Sweden was published on 3 May 2001.", "appeal", "NOR>SWE"),
            // A noun with a participle that only carries it.
            ("The embargo imposed by Norway on Sweden on 3 May 2001 lapsed.", "embargo", "NOR>SWE"),
            // Whose a noun is that another verb draws.
            ("The raid of Finland drew protests from Norway on 3 May 2001.", "protests", "NOR>"),
            // Whose words they are is not to whom they are said.
            (
                "The Norwegian envoy stressed Norway's concerns to Sweden on 3 May 2001.",
                "stressed Norway's concerns",
                "NOR>SWE",
            ),
            // They are two; the latter is one.
            ("President Putin and President Karimov waited. They met in Oslo on 3 May 2001.", "met", "RUS,UZB>"),
            ("Karimov praised Putin on the latter's visit to Oslo on 3 May 2001.", "visit", "RUS>NOR"),
            // Whoever does something on a visit is the guest.
            ("On a visit to Sweden on 3 May 2001, President Putin opened a bridge.", "visit", "RUS>SWE"),
            // What somebody has to say, he says.
            ("President Putin has three messages to convey to Sweden on 3 May 2001.", "convey", "RUS>SWE"),
            // An occasion is not its place.
            ("President Putin travelled to a summit in Oslo on 3 May 2001.", "travelled", "RUS>"),
            // What is put in beside a subject takes it from no verb.
            (
                "The Norwegian government, whose troops were leaving, threatened Sweden on 3 May 2001.",
                "threatened",
                "NOR>SWE",
            ),
            ("Norway, for its part, condemned Sweden on 3 May 2001.", "condemned", "NOR>SWE"),
            ("In its wake Norway condemned Sweden on 3 May 2001.", "condemned", "NOR>SWE"),
            ("The British and Norwegian governments condemned Sweden on 3 May 2001.", "condemned", "GBR,NOR>SWE"),
            // Descriptions of those named before.
            (
                "Norway, Sweden and Finland met on 3 May 2001. The three countries condemned Russia in June 2001.",
                "condemned",
                "FIN,NOR,SWE>RUS",
            ),
            ("Norway joined NATO in May 2001. The alliance condemned Russia in June 2001.", "condemned", "NATO>RUS"),
            (
                "Norway and Sweden quarrelled in May 2001. Finland mediated between the two sides on 3 June 2001.",
                "mediated",
                "FIN>NOR,SWE",
            ),
            // A colony is not whose it was, forces that are sent are of those whose they are.
            ("The former Portuguese colony was attacked by Norway on 3 May 2001.", "attacked", "NOR>"),
            ("Norwegian troops were sent to Sweden on 3 May 2001.", "sent", "NOR>SWE"),
            // Who governed from there at the time.
            ("Moscow condemned Norway on 3 May 1985.", "condemned", "SUN>NOR"),
            // A day or a place between a deed and its doer.
            ("The treaty was signed in Oslo on 3 May 2001 by Sweden.", "signed", "SWE>"),
        ];
        let told = cases.map(|(text, trigger, _)| who(&extractor, text, trigger));
        assert_eq!(told, cases.map(|(.., expected)| expected.to_string()));
    }

    #[test]
    fn an_act_is_towards_the_other_side_of_the_act_before() {
        let extractor = Extractor::new(&Rules::builtin()).expect("the built-in rules load");
        let text = "Norway arrested two Swedish officers on 3 May 2001. Sweden recalled its ambassador on 5 May 2001.";
        assert_eq!(who(&extractor, text, "recalled its ambassador"), "SWE>NOR");
    }
}
