//! When a mention's event happened: gathers what its sentence and the text before it say, and asks `dating`.

use super::dating::{self, Circumstances, OrderBound, Tense};
use super::extract::{Extractor, Read};
use super::facts::Facts;
use super::lexicon::Part;
use super::said::follows;
use super::story::Story;
use super::tie::Tie;
use super::trigger::Found;
use super::worth::{definite, tense};
use super::{EventType, MentionDate, Modality, Participant, Role, binding, modality as mood, said, tie};
use crate::actor::NamedEvent;
use crate::date::{Date, Precision, Span};
use crate::document::Zone;
use crate::text::syntax::{Form, Relation as Dep, Upos};
use crate::timex::{Relation, Timex};

/// Letters that a verb and its noun have in common at least.
const STEM: usize = 4;

/// The date of a mention and what it rests on.
pub struct Dated<'a> {
    /// When, and why.
    pub when: MentionDate,
    /// What the rules looked at.
    pub at: Circumstances,
    /// The named event that the mention's clause tells.
    pub named: Option<&'a NamedEvent>,
    /// How closely a time expression hangs on the trigger.
    pub tie: Option<Tie>,
}

impl Extractor {
    /// Dates a mention.
    pub(super) fn when(
        &self,
        story: &Story,
        read: &Read,
        found: &Found,
        cast: &[Participant],
        modality: Modality,
        kind: EventType,
    ) -> Dated<'_> {
        let facts = &read.facts;
        let others: Vec<usize> =
            read.found.iter().filter(|f| f.is_sure()).map(|f| f.head).filter(|&h| h != found.head).collect();
        let binding = binding::of(facts, &self.events, found, &others, story.reference());
        let at = self.circumstances(story, read, found, modality, kind);
        let before = (definite(facts.tree, &self.events, found) && !self.has_time(facts, found))
            .then(|| story.recall(&self.matter(facts, found), &codes(cast), self.several(facts, found), read.index))
            .flatten();
        let before = before.or_else(|| self.the_one(story, facts, found, cast));
        let before = before.or_else(|| self.done_once(story, read, found, cast));
        let before = before.or_else(|| self.frame_event(story, facts, found));
        let before = before.or_else(|| self.held_before(story, facts, found));
        let before = before.or_else(|| self.utterance(story, facts, found));
        let before = before.or_else(|| self.put_down(story, read, found, &at));
        let named = self.clause_of_named(facts, found);
        let when = match named {
            Some(event) => of_named(event),
            None => self.after_content(
                read,
                found,
                &at,
                kind,
                self.role_interval(story, read, found, cast)
                    .or_else(|| self.set_apart(read, found, binding.as_ref(), story))
                    .or_else(|| self.since(story, read, found, &at).filter(|_| binding.is_none()))
                    .unwrap_or_else(|| {
                        let heard = self.heard(story, read, found);
                        dating::date(story, &at, binding.as_ref(), self.order(facts, found).as_ref(), before, heard)
                    }),
            ),
        };
        Dated { when, at, named, tie: binding.map(|b| b.tie) }
    }

    fn circumstances(
        &self,
        story: &Story,
        read: &Read,
        found: &Found,
        modality: Modality,
        kind: EventType,
    ) -> Circumstances {
        use EventType::*;
        let tree = read.facts.tree;
        let mut tense = tense(tree, &self.events, found);
        // "PRESIDENT SETS UP A COMMISSION": a heading tells in the present what the text tells as past.
        if read.facts.sentence.zone == Zone::Heading && tense == Tense::Present {
            tense = Tense::Past;
        }
        let clause = if tree.is_predicate(found.head) { Some(found.head) } else { tree.governor(found.head) };
        // A noun may speak of a promise or refusal made long ago; a verb tells what was said then and there.
        let acting = found.part != Part::Noun || found.args.light.is_some();
        let verbal = (acting || self.voiced(&read.facts, found))
            && (matches!(kind, Agree | Support | Concede | Request | Accuse | Reject | Threaten | Statement)
                || kind == Consult && self.events.senses[found.sense].weak);
        let hangs = |t: &&&Timex| {
            let own = |h: usize| h == found.head || found.args.light == Some(h);
            // "the meeting that they had had several weeks ago"
            let of_clause = |h: usize| tie::occurs(&read.facts, &self.events, found, h);
            tree.head(tree.top_of(&t.tokens)).is_some_and(|h| own(h) || of_clause(h))
        };
        let referring = |value: &'static str| read.facts.times.iter().filter(hangs).filter(move |t| t.value == value);
        let refers = |value| referring(value).next().is_some();
        let modified =
            |list: &str| tree.with(found.head, &[Dep::Advmod, Dep::Amod]).any(|c| self.events.is(list, &tree.lower[c]));
        let own_words =
            read.facts.sentence.zone != Zone::Summary && !read.facts.quoted(found.head) && !self.reports(&read.facts);
        Circumstances {
            sentence: read.index,
            modality,
            past_verb: found.part == Part::Verb && tree.form(found.head) == Form::Past,
            tense,
            verbal,
            about: referring("PAST_REF").find_map(|t| t.date.as_ref()).map(|d| d.span).filter(|s| s.days().is_some()),
            vague_past: refers("PAST_REF") || modified("vague_past.words"),
            now: (refers("PRESENT_REF") || modified("modality.ongoing_adverbs")) && !self.renamed(&read.facts),
            aside: matches!(read.facts.sentence.zone, Zone::Comment | Zone::Note),
            conversing: found.part == Part::Verb
                && tense == Tense::Past
                && ["saying.conversing", "saying.verbs"]
                    .iter()
                    .any(|l| self.events.is(l, &tree.lemma(found.head).to_lowercase()))
                && tree.relation(tree.syntax.first_conjunct(found.head)) == Dep::Root
                && !tree.has(found.head, &[Dep::NsubjPass, Dep::AuxPass]),
            talk: kind == Consult && tense != Tense::Perfect,
            this_talk: definite(tree, &self.events, found)
                && tree.lower[found.head] == tree.lemma(found.head).to_lowercase()
                && self.events.is("saying.talks", &tree.lower[found.head])
                && !tree
                    .has(found.head, &[Dep::Nmod, Dep::NmodPoss, Dep::Compound, Dep::Amod, Dep::Acl, Dep::AclRelcl]),
            retold: self.retold(&read.facts, found),
            written: self.written(&read.facts, clause),
            framing: clause.is_some_and(|c| {
                tree.relation(c) == Dep::Advcl
                    && tree.with(c, &[Dep::Mark]).any(|m| {
                        ["order.apart_after", "order.apart_before"].iter().any(|l| self.events.is(l, &tree.lower[m]))
                    })
            }),
            elsewhere: self.elsewhere(story, read, found),
            never: tree.form(found.head) != Form::Base
                && tree.with(found.head, &[Dep::Advmod]).any(|a| self.events.is("order.never", &tree.lower[a])),
            recent: refers("PAST_REF")
                && read.facts.times.iter().any(|t| {
                    t.value == "PAST_REF" && t.tokens.clone().any(|w| self.events.is("order.recent", &tree.lower[w]))
                })
                || modified("order.recent"),
            state: acting && (tense == Tense::Present || self.in_progress(&read.facts, found))
                || self.held(&read.facts, found),
            word: found.head,
            apart: found.part == Part::Noun && !matches!(tense, Tense::Past | Tense::Perfect),
            written_now: (tense == Tense::Present || found.part == Part::Noun && modality == Modality::Ongoing)
                && own_words,
            own_words,
            summary: read.facts.sentence.zone == Zone::Summary,
            ahead: clause.is_some_and(|c| {
                tree.with(c, &[Dep::Aux]).any(|a| self.events.is("modality.future_auxiliaries", &tree.lower[a]))
            }),
            upcoming: found.part == Part::Noun && mood::is_ahead(tree, &self.events, found.head),
            lasting: found.part == Part::Noun && modality == Modality::Ongoing,
            topic: said::is_topic(&read.facts, &self.events, found, Tie::Sentence),
            habit: tense != Tense::Past
                && tense != Tense::Perfect
                && read.facts.times.iter().any(|t| {
                    let top = tree.top_of(&t.tokens);
                    t.kind == crate::timex::TimexKind::Set
                        && (tree.under(top, found.head) || tree.governor(top) == clause)
                }),
        }
    }

    /// Whether somebody is told to have said something in the sentence.
    fn reports(&self, facts: &Facts) -> bool {
        let tree = facts.tree;
        let said = |w: usize| self.events.is("saying.verbs", &tree.lemma(w).to_lowercase());
        (0..tree.len()).any(|w| tree.form(w) == Form::Past && said(w))
    }

    /// "was using gas sales as leverage", reported from a meeting: going on when it was told. In words quoted, or in a
    /// clause that gives the reason of a past act, it was going on then.
    fn in_progress(&self, facts: &Facts, found: &Found) -> bool {
        let tree = facts.tree;
        let was = |a: usize| self.events.is("tense.past", &tree.lower[a]);
        tree.form(found.head) == Form::Gerund
            && tree.with(found.head, &[Dep::Aux]).any(was)
            && tree.relation(found.head) != Dep::Advcl
            && !facts.quoted(found.head)
    }

    /// "indicated his support", "reiterated their opposition": an attitude put in words then and there.
    fn voiced(&self, facts: &Facts, found: &Found) -> bool {
        let tree = facts.tree;
        let attitude = self.events.in_class("abstract", &tree.lemma(found.head).to_lowercase());
        let said = tree.head(found.head).is_some_and(|h| {
            self.events.is("saying.verbs", &tree.lemma(h).to_lowercase()) && tree.form(h) == Form::Past
        });
        found.part == Part::Noun && attitude && said && tree.relation(found.head) == Dep::Obj
    }

    /// "said that the mood was bleak", "they were pessimistic": what was so when it was told.
    fn held(&self, facts: &Facts, found: &Found) -> bool {
        let tree = facts.tree;
        let indefinite =
            || !tree.has(found.head, &[Dep::Det, Dep::NmodPoss]) && !tree.relation(found.head).is_subject();
        if found.part == Part::Verb || found.part == Part::Noun && !indefinite() {
            return false;
        }
        let clause = if tree.is_predicate(found.head) { Some(found.head) } else { tree.governor(found.head) };
        let Some(clause) = clause.filter(|&c| !tree.is_verb(c)) else { return false };
        let was = tree.with(clause, &[Dep::Cop]).any(|c| self.events.is("tense.past", &tree.lower[c]));
        let told = tree.head(clause).is_some_and(|h| {
            matches!(tree.relation(clause), Dep::Ccomp | Dep::Parataxis)
                && self.events.is("saying.verbs", &tree.lemma(h).to_lowercase())
        });
        was && told
    }

    /// Whether a "now" gives a new name and no time: "the 201st Division - now the 201st Base - assisted".
    fn renamed(&self, facts: &Facts) -> bool {
        facts.times.iter().filter(|t| t.value == "PRESENT_REF").any(|t| {
            let before = t.tokens.start.checked_sub(1).map(|b| facts.tree.upos(b));
            let opened = matches!(before, Some(Upos::Punct));
            let after = t.tokens.end;
            let noun = |i: usize| matches!(facts.tree.upos(i), Upos::Det | Upos::Noun | Upos::Propn | Upos::Adj);
            opened && after < facts.tree.len() && noun(after)
        })
    }

    /// The named event that a clause tells: "the Andijan massacre, when troops fired into a crowd".
    pub(super) fn clause_of_named(&self, facts: &Facts, found: &Found) -> Option<&NamedEvent> {
        let named = facts.named.iter().find(|n| {
            let head = facts.tree.top_of(&n.tokens);
            n.tokens.end <= found.head && tie::tells_of(facts, &self.events, found, head)
        })?;
        let event = self.named.events().get(named.event)?;
        let kind = self.events.senses[found.sense].category();
        (kind == EventType::parse(&event.kind)).then_some(event)
    }

    /// "His first visit had been as prime minister": within the days on which the person held that office.
    fn role_interval(&self, story: &Story, read: &Read, found: &Found, cast: &[Participant]) -> Option<MentionDate> {
        let tree = read.facts.tree;
        // "Resigned as president", "was elected as mayor": the office begins or ends with the act.
        let taking = |w: usize| self.events.is("roles.taking_office", &tree.lemma(w).to_lowercase());
        if taking(found.head) || found.args.light.is_some_and(taking) {
            return None;
        }
        let at = (found.head + 1..tree.len()).find(|&t| self.events.is("roles.capacity", &tree.lower[t]))?;
        let title = (1..=3usize).rev().find_map(|n| {
            let words = tree.lower.get(at + 1..at + 1 + n)?.join(" ");
            self.actors.office_of(&words).map(str::to_string)
        })?;
        // "Recognised him as president and left": the title must hang on the trigger or on its clause.
        let clause = if tree.is_predicate(found.head) { Some(found.head) } else { tree.governor(found.head) };
        let own = |w: usize| w == found.head || Some(w) == clause;
        if !tree.head(at).is_some_and(|title| own(title) || tree.head(title).is_some_and(own)) {
            return None;
        }
        let person = cast.iter().find(|p| p.role == Role::Initiator && p.code != p.top)?;
        let (actor, held) = self.actors.holders(&title, &person.top).find(|(a, _)| a.code == person.code)?;
        let span = held.span.intersect(story.frame(read.index, false))?;
        let date = Date::from_span(span);
        let trace =
            format!("{} as {title} {} → role-interval → {}", actor.name, Date::from_span(held.span).edtf, date.edtf);
        Some(MentionDate { date, rule: "role-interval".to_string(), anchor: actor.name.clone(), trace, warning: None })
    }

    /// What a later description must speak of to mean the same event: the sub-type, a meeting or statement, else the kind
    /// and the word ("the siege" after "besieged" is one, "the battle" need not be).
    pub(super) fn matter(&self, facts: &Facts, found: &Found) -> String {
        self.matter_of(found.sense, &facts.tree.lemma(found.head).to_lowercase())
    }

    fn matter_of(&self, sense: usize, lemma: &str) -> String {
        let sense = &self.events.senses[sense];
        let key = sense.key();
        let loose = matches!(sense.category(), Some(EventType::Consult | EventType::Statement));
        if sense.subtype.is_some() || loose {
            return key;
        }
        if let Some(act) = self.events.act(lemma) {
            return format!("{key} {act}");
        }
        // "invaded" and "the invasion" share their first letters.
        format!("{key} {}", lemma.chars().take(STEM).collect::<String>())
    }

    /// Whether a noun has a time of its own that tells it from what was told before: "their demonstration on May 3".
    fn has_time(&self, facts: &Facts, found: &Found) -> bool {
        let own = |t: &&&Timex| {
            let top = facts.tree.top_of(&t.tokens);
            t.date.as_ref().is_some_and(|d| d.span != Span::default())
                && (facts.tree.under(top, found.head) && top != found.head || follows(facts, found, t))
        };
        found.part == Part::Noun && facts.times.iter().find(own).is_some()
    }

    /// Whether a noun tells of more than one act ("the attacks"). Talks are many words of one conversation.
    pub(super) fn several(&self, facts: &Facts, found: &Found) -> bool {
        let tree = facts.tree;
        let lemma = tree.lemma(found.head).to_lowercase();
        let talk =
            matches!(self.events.senses[found.sense].category(), Some(EventType::Consult | EventType::Statement))
                && !self.events.is("saying.countable", &lemma);
        found.part == Part::Noun
            && !talk
            && found.args.light.is_none()
            && tree.upos(found.head) == Upos::Noun
            && tree.lower[found.head].ends_with('s')
            && !lemma.ends_with('s')
    }

    /// An act told again of what is known: "the pact was signed", after "the signing of a pact in 1992".
    fn done_once<'a>(
        &self,
        story: &'a Story,
        read: &Read,
        found: &Found,
        cast: &[Participant],
    ) -> Option<(&'a Date, &'a str)> {
        let facts = &read.facts;
        let sense = &self.events.senses[found.sense];
        let definite = |d: usize| self.events.is("anaphora.definite", &facts.tree.lower[d]);
        let known = |o: &usize| facts.tree.with(*o, &[Dep::Det, Dep::NmodPoss]).any(definite);
        // Only a sub-type is particular enough: treaties are signed more seldom than talks are held.
        if found.part != Part::Verb || sense.subtype.is_none() || !found.args.objects.iter().any(known) {
            return None;
        }
        let codes = codes(cast);
        let matter = self.matter(facts, found);
        if codes.is_empty() { story.last(&matter, false) } else { story.recall(&matter, &codes, false, read.index) }
    }

    /// "The riot", with nobody named in it: in a dated document the one told before.
    fn the_one<'a>(
        &self,
        story: &'a Story,
        facts: &Facts,
        found: &Found,
        cast: &[Participant],
    ) -> Option<(&'a Date, &'a str)> {
        let alone = codes(cast).is_empty() && story.reference().is_some() && definite(facts.tree, &self.events, found);
        // What has attributes of its own ("the riot in Bor") may be another one.
        let bare = !facts.tree.has(found.head, &[Dep::Nmod, Dep::Compound, Dep::Amod, Dep::Acl, Dep::AclRelcl]);
        alone.then(|| story.last(&self.matter(facts, found), self.several(facts, found))).flatten().filter(|_| bare)
    }

    /// "In her interview", "the conference": an occasion whose day was told before.
    fn held_before<'a>(&self, story: &'a Story, facts: &Facts, found: &Found) -> Option<(&'a Date, &'a str)> {
        let tree = facts.tree;
        let bare = !tree.has(found.head, &[Dep::Nmod, Dep::Amod, Dep::Acl, Dep::AclRelcl]);
        let known = bare && story.reference().is_some() && definite(tree, &self.events, found);
        known.then(|| story.held(&tree.lemma(found.head).to_lowercase())).flatten()
    }

    /// The event told before during which the trigger's act took place: "During the talks, he stressed …".
    fn frame_event<'a>(&self, story: &'a Story, facts: &Facts, found: &Found) -> Option<(&'a Date, &'a str)> {
        let tree = facts.tree;
        let framing = found.args.obliques.iter().filter(|(case, _)| matches!(case.as_str(), "during" | "at" | "in"));
        framing.into_iter().find_map(|(_, noun)| {
            let senses = self.events.look_up(Part::Noun, &tree.lemma(*noun).to_lowercase());
            let senses = senses.iter().chain(self.events.look_up(Part::Noun, &tree.lower[*noun]));
            let another = |a: usize| self.events.is("anaphora.another", &tree.lower[a]);
            let known = tree.with(*noun, &[Dep::Det, Dep::NmodPoss]).next().is_some()
                && !tree.with(*noun, &[Dep::Amod]).any(another)
                && !tree.children(*noun).any(|c| facts.in_time(c));
            let lemma = tree.lemma(*noun).to_lowercase();
            let told = senses.filter(|_| known).find_map(|(_, s)| story.last(&self.matter_of(*s, &lemma), false));
            let definite = |d: usize| self.events.is("anaphora.definite", &tree.lower[d]);
            let the = tree.with(*noun, &[Dep::Det, Dep::NmodPoss]).any(definite);
            told.or_else(|| story.held(&lemma).filter(|_| the))
        })
    }

    /// The named event that the trigger is set after, before or within, if one is: "after 9/11", "during the war".
    fn order(&self, facts: &Facts, found: &Found) -> Option<OrderBound> {
        let tree = facts.tree;
        let clause = if tree.is_predicate(found.head) { Some(found.head) } else { tree.governor(found.head) };
        for named in &facts.named {
            let event = self.named.events().get(named.event)?;
            // "It is the second time that they leave: only after the war did they come back": told of something else.
            if found.head < named.tokens.start && tree.parted(found.head, named.tokens.start) {
                continue;
            }
            let top = tree.top_of(&named.tokens);
            let mut bound: Option<Relation> = None;
            for word in std::iter::once(top).chain(tree.ancestors(top)) {
                if word == found.head || Some(word) == clause {
                    break;
                }
                // What a clause of its own is set against says nothing of the trigger outside it.
                if tree.is_predicate(word) && !tree.under(found.head, word) {
                    bound = None;
                    break;
                }
                let case = tree.case(word);
                let named_so = |list: &str| self.events.is(list, &case);
                bound = bound.or(match () {
                    () if tree.under(found.head, word) => None,
                    () if named_so("order.after") => Some(Relation::After),
                    () if named_so("order.before") => Some(Relation::Before),
                    () if named_so("order.within") => Some(Relation::At),
                    () => None,
                });
            }
            // "There were ten before the war, but the number has since shrunk": a clause of its own.
            let conj = clause.filter(|&c| {
                tree.relation(c) == Dep::Conj
                    && !tree.under(top, c)
                    && top < c
                    && tree.children(c).any(|s| tree.relation(s).is_subject())
                    && tree.governor(top).is_some_and(|g| g < top)
            });
            if let Some(c) = conj {
                let since =
                    tree.with(c, &[Dep::Advmod, Dep::Mark]).any(|a| self.events.is("order.since_then", &tree.lower[a]));
                bound = since.then_some(Relation::After);
            }
            if let Some(relation) = bound {
                let date = self.edge(facts, top, &event.date);
                return Some(OrderBound { name: event.name.clone(), span: date.span, relation });
            }
        }
        None
    }

    /// Whether the name headed by `top` says when: "after 9/11", "at the end of the war".
    pub(super) fn adverbial(&self, facts: &Facts, top: usize) -> bool {
        let tree = facts.tree;
        let phrase = std::iter::once(top).chain(tree.ancestors(top)).take_while(|&w| !tree.is_predicate(w));
        phrase.into_iter().any(|w| {
            let case = tree.case(w);
            ["order.after", "order.within"].iter().any(|list| self.events.is(list, &case))
        })
    }

    /// The part of a named stretch of time that the noun above its name points to: "the end of the war" is its last
    /// year, "the outbreak of the war" its first month (where the day is known, else its first year).
    pub(super) fn edge(&self, facts: &Facts, top: usize, date: &Date) -> Date {
        let tree = facts.tree;
        let noun = tree.head(top).filter(|&h| tree.is_noun(h) && tree.case(top) == "of");
        let Some(noun) = noun else { return date.clone() };
        let (Some(first), Some(last)) = (date.span.earliest, date.span.latest) else { return date.clone() };
        let long = date.span.days().is_some_and(|d| d > 31);
        let of = |text: String| Date::from_edtf(&text).unwrap_or_else(|_| date.clone());
        let word = tree.lemma(noun).to_lowercase();
        if self.events.is("order.ends", &word) && long {
            of(last.format("%Y").to_string())
        } else if self.events.is("order.starts", &word) && long {
            let day_known = first.format("%m-%d").to_string() != "01-01";
            of(first.format(if day_known { "%Y-%m" } else { "%Y" }).to_string())
        } else {
            date.clone()
        }
    }
}

/// Whether a date is known well enough to hold for a later mention of the event: not a mere window of the telling.
pub fn firm(when: &MentionDate) -> bool {
    let window = matches!(
        when.rule.as_str(),
        "narrative-order" | "recent-telling" | "recent-report" | "recently" | "approximate-timex" | "at-document"
    );
    when.date.precision < Precision::Open && !window
}

/// The codes of those who act or are acted on.
pub fn codes(cast: &[Participant]) -> Vec<&str> {
    cast.iter().filter(|p| p.role != Role::Other).map(|p| p.code.as_str()).collect()
}

/// The date of a named event.
pub fn of_named(event: &NamedEvent) -> MentionDate {
    MentionDate {
        date: event.date.clone(),
        rule: "named-event".to_string(),
        anchor: event.name.clone(),
        trace: format!("\"{}\" → named-event → {}", event.name, event.date.edtf),
        warning: None,
    }
}
