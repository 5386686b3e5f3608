//! The frame of a document's telling: the press it cites, the meetings whose report it gives, the dates it passes.

use super::counted::is_relative;
use super::extract::{Extractor, Read, actor_context};
use super::facts::{ActorAt, Facts};
use super::lexicon::Part;
use super::parsing::citations;
use super::speaker::{author, subject_of};
use super::story::{Footing, Setting, Story};
use super::trigger::Found;
use super::{EventType, Modality, modality, tie};
use crate::actor::ActorKind;
use crate::document::Document;
use crate::text::syntax::{Form, Relation as Dep, Upos};
use crate::timex::{Anchoring, Relation, Timex, TimexKind};
use std::ops::Range;

/// A name by which somebody is known again has more letters than this.
const SHORT: usize = 3;

impl Extractor {
    /// Sets up press citations, scenes and the order of the telling.
    pub(super) fn frame(&self, story: &mut Story, document: &Document, reads: &[Read]) {
        let citations = citations(document);
        for timex in self.times(document, &citations, |_| true) {
            let Some((sentence, date)) = citations.get(timex.sentence).zip(timex.date.as_ref()) else { continue };
            let words = document.text.get(sentence.range.clone()).unwrap_or_default().to_lowercase();
            // "(see the Bulletin, January 27)": the earlier report that the document carries on.
            let own =
                words.split_whitespace().next().is_some_and(|w| self.events.is("citation.own", w.trim_matches('(')));
            story.cite(timex.range.start, date, own);
        }
        if document.meta.classification.is_some() {
            let text = document.text.to_lowercase();
            if self.events.list("saying.visitor").iter().any(|phrase| text.contains(phrase)) {
                story.prepare();
            }
        }
        let own = self.actors.sender_of(&actor_context(document));
        story.comes_from(own);
        if let Some(timex) = self.titled(document)
            && let Some(date) = &timex.date
        {
            let set = Setting { footing: Footing::Own, names: Vec::new(), talk: true, word: 0 };
            story.set_scene(0, date, &format!("title {}", date.edtf), set);
        }
        for read in reads {
            for timex in &read.facts.times {
                let Some(date) = &timex.date else { continue };
                let top = read.facts.tree.top_of(&timex.tokens);
                // "A talk about the delivery, the day before, of the letter": the delivery's day, and nothing else's.
                if is_relative(timex) && self.is_aside(read, &timex.tokens, top) {
                    continue;
                }
                // "Over the past weeks" says since when, not where the telling has come to.
                if timex.kind != TimexKind::Duration && self.tells_when(read, &timex.tokens, top) {
                    story.set_point(read.index, date, timex.relation, &timex.trace, top);
                }
                if timex.relation == Relation::At
                    && let Some((footing, talk)) = self.sets_scene(read, top, own)
                {
                    let set = Setting { footing, names: partners(&read.facts, top), talk, word: top };
                    story.set_scene(read.index, date, &timex.trace, set);
                }
            }
            for timex in read.facts.times.iter().filter(|t| t.relation == Relation::At) {
                let Some(date) = timex.date.as_ref().filter(|d| d.span.days() == Some(1)) else { continue };
                let word = read.facts.tree.top_of(&timex.tokens);
                if let Some(names) = self.in_public(read, word) {
                    story.speak(names, date, &timex.trace);
                }
                if let Some(paper) = self.paper(read, word) {
                    story.file(read.index, &paper, date, &timex.trace);
                }
                let Some((noun, main)) = self.occasion(read, word) else { continue };
                let occasion = read.facts.tree.lemma(noun).to_lowercase();
                story.hold(&occasion, date, &timex.trace);
                if main {
                    let verb = read.facts.tree.governor(noun).into_iter().chain([noun]);
                    let with_us = own.is_some_and(|o| verb.into_iter().any(|w| takes_part(&read.facts, w, o)));
                    let ours = with_us && self.events.is("saying.gatherings", &occasion);
                    let footing = if ours { Footing::Own } else { Footing::Occasion };
                    let set = Setting { footing, names: Vec::new(), talk: true, word };
                    story.set_scene(read.index, date, &timex.trace, set);
                }
            }
            for named in &read.facts.named {
                let Some(event) = self.named.events().get(named.event) else { continue };
                let top = read.facts.tree.top_of(&named.tokens);
                // What somebody says that it is "since the war" moves no report on.
                let said = story.reference().is_some() && in_content(read, top);
                if said || !self.adverbial(&read.facts, top) {
                    continue;
                }
                let date = self.edge(&read.facts, top, &event.date);
                story.set_point(read.index, &date, Relation::At, &format!("\"{}\"", event.name), top);
            }
        }
    }

    /// Whether a date says when something happened: an attribute of what is no event ("his 2003 study", "the 1974
    /// constitution") does not move a narrative.
    fn tells_when(&self, read: &Read, tokens: &Range<usize>, top: usize) -> bool {
        let tree = read.facts.tree;
        // "The former president (1998-2002)": the years of a person.
        let word = |w: Option<usize>| w.and_then(|w| tree.lower.get(w)).map_or("", String::as_str);
        let sides = (word(tokens.start.checked_sub(1)), word(Some(tokens.end)));
        if matches!(sides, ("(", ")") | ("(", "-" | "–") | ("-" | "–", ")")) {
            return false;
        }
        let attribute = tie::attributive(&read.facts, top);
        !attribute || tree.head(top).is_some_and(|h| read.found.iter().any(|f| f.head == h && f.is_sure()))
    }

    /// What is written or said in public and has word `top` for its day: "a May 3 letter", "its statement of May 3".
    fn paper(&self, read: &Read, top: usize) -> Option<String> {
        let tree = read.facts.tree;
        let noun = tree.ancestors(top).take_while(|&w| tree.is_noun(w)).find(|&w| self.is_paper(read, w))?;
        Some(tree.lemma(noun).to_lowercase())
    }

    /// Whether a noun names something written, or said in public.
    pub(super) fn is_paper(&self, read: &Read, noun: usize) -> bool {
        let lemma = read.facts.tree.lemma(noun).to_lowercase();
        ["saying.documents", "saying.utterances"].iter().any(|list| self.events.is(list, &lemma))
    }

    /// Whether a time stands under a noun, or between commas as words about one do.
    fn is_aside(&self, read: &Read, tokens: &Range<usize>, top: usize) -> bool {
        let tree = read.facts.tree;
        let comma = |w: Option<usize>| w.and_then(|w| tree.lower.get(w)).is_some_and(|w| w == ",");
        let between = comma(tokens.start.checked_sub(1)) && comma(Some(tokens.end));
        between || tree.head(top).is_some_and(|h| !tree.is_predicate(h))
    }

    /// The noun of the occasion at which things are said that word `top` dates, and whether the sentence tells it for
    /// itself: "held its convention December 13", "in a February 6 presentation".
    fn occasion(&self, read: &Read, top: usize) -> Option<(usize, bool)> {
        let tree = read.facts.tree;
        // Taggers take "a roundtable" for an adjective.
        let named = |w: &usize| !tree.is_verb(*w) && self.events.is("saying.occasions", &tree.lemma(*w).to_lowercase());
        // "Held a round table on the rights of fishers on May 3": parsers hang the day on the nearest noun.
        let above = tree.ancestors(top).find(|w| named(w) || tree.is_predicate(*w))?;
        if named(&above) {
            let main = tree.governor(above).is_some_and(|v| self.is_main(read, v) && tree.form(v) == Form::Past);
            return Some((above, main));
        }
        let past = matches!(tree.form(above), Form::Past | Form::PastParticiple) && tree.is_verb(above);
        // "a question and answer session", "a marathon, four-hour session"
        let all = |o: usize| {
            let loose = tree.with(o, &[Dep::Nmod]).filter(|&n| tree.case(n).is_empty());
            tree.phrase(o, false).into_iter().rev().chain(loose)
        };
        // "Took part in a brunch": what one takes part in.
        let partakes = self.events.is("order.partaking", &tree.lemma(above).to_lowercase());
        let parts = tree.with(above, &[Dep::Obj, Dep::NsubjPass, Dep::Obl]);
        let parts = parts.filter(|&p| tree.relation(p) != Dep::Obl || partakes && tree.case(p) == "in");
        let noun = parts.flat_map(all).find(named).filter(|_| past)?;
        Some((noun, self.is_main(read, above)))
    }

    /// The names, in small letters, of whoever says something in public that word `top` dates: "Olsen's remarks of May 3",
    /// "in a May 3 article Olsen wrote", "on May 3 Olsen held a press conference".
    fn in_public(&self, read: &Read, top: usize) -> Option<Vec<String>> {
        let tree = read.facts.tree;
        let said = |w: usize| self.events.is("saying.utterances", &tree.lemma(w).to_lowercase());
        let noun = tree.ancestors(top).take_while(|&w| tree.is_noun(w)).find(|&w| said(w));
        let noun = noun.or_else(|| self.occasion(read, top).map(|(noun, _)| noun))?;
        let speaker = author(tree, noun).or_else(|| subject_of(&read.facts, tree.governor(noun)?))?;
        Some(people(&read.facts, speaker)).filter(|names| !names.is_empty())
    }

    /// The day in the title of a cable that names the conversation it reports: "READOUT OF THE MAY 3 COUNCIL MEETING".
    fn titled(&self, document: &Document) -> Option<Timex> {
        let title = document.meta.title.as_ref().filter(|_| document.meta.classification.is_some())?;
        let day = document.date.as_ref()?.day;
        let lower = title.to_lowercase();
        let talk = |w: &str| ["saying.talks", "saying.readouts"].iter().any(|list| self.events.is(list, w));
        let names = lower.split(|c: char| !c.is_alphabetic() && c != '-').any(talk);
        let mut times = self.tagger().tag_text(title, Some(day), Anchoring::News).into_iter();
        let timex = times.find(|t| t.kind == TimexKind::Date).filter(|_| names)?;
        let past = |t: &Timex| t.date.as_ref().is_some_and(|d| d.span.days() == Some(1) && d.span.latest <= Some(day));
        Some(timex).filter(past)
    }

    /// On what footing what hangs above word `top` sets a scene: a meeting or an act of saying, told as past. `own` is
    /// the side that the document comes from. The second says whether it is a meeting, and not only something said.
    fn sets_scene(&self, read: &Read, top: usize, own: Option<&str>) -> Option<(Footing, bool)> {
        let tree = read.facts.tree;
        let talk = |f: &Found| {
            let sense = &self.events.senses[f.sense];
            f.is_sure()
                && sense.category() == Some(EventType::Consult)
                && !sense.no_scene
                && modality::of(tree, &self.events, f) == Modality::Asserted
        };
        for above in tree.ancestors(top) {
            if read.found.iter().any(|f| f.head == above && f.part == Part::Noun && talk(f)) {
                let verb = tree.governor(above).filter(|&v| self.is_main(read, v));
                let with_us = own.is_some_and(|o| takes_part(&read.facts, above, o))
                    || own.zip(verb).is_some_and(|(o, v)| takes_part(&read.facts, v, o));
                return Some((footing(verb.is_some(), with_us), true));
            }
            if tree.is_verb(above) {
                let main = matches!(tree.relation(above), Dep::Root | Dep::Conj | Dep::Parataxis | Dep::Ccomp);
                let said = self.events.is("saying.verbs", &tree.lemma(above).to_lowercase());
                let carried = read.found.iter().any(|f| (f.args.light == Some(above) || f.head == above) && talk(f));
                let past = matches!(tree.form(above), Form::Past | Form::PastParticiple);
                let with_us = own.is_some_and(|o| takes_part(&read.facts, above, o));
                // "Received the Ambassador", "called on the minister": people meet to talk.
                let lemma = tree.lemma(above).to_lowercase();
                let met = with_us
                    && (self.events.is("saying.encounters", &lemma) || self.events.is("saying.conversing", &lemma));
                if !past || !main || !(said || carried || met) {
                    return None;
                }
                return Some((footing(self.is_main(read, above), with_us), carried || met));
            }
            // "Told us that it was the same as on May 3": what is said has days of its own.
            if tree.is_predicate(above) && tree.relation(above) == Dep::Ccomp {
                return None;
            }
        }
        None
    }

    /// Whether a verb tells for itself, not as part of what somebody said.
    fn is_main(&self, read: &Read, verb: usize) -> bool {
        let tree = read.facts.tree;
        let top = tree.syntax.first_conjunct(verb);
        match tree.relation(top) {
            Dep::Root => true,
            Dep::Parataxis => tree.head(top).is_some_and(|h| tree.relation(h) == Dep::Root),
            _ => false,
        }
    }
}

/// The footing of a meeting or statement, by whether the sentence tells it for itself and whether the document's own side
/// takes part.
fn footing(main: bool, with_us: bool) -> Footing {
    match (main, with_us) {
        (false, _) => Footing::Spoken,
        (true, true) => Footing::Own,
        (true, false) => Footing::Others,
    }
}

/// Whether a word stands in what somebody says or thinks.
fn in_content(read: &Read, word: usize) -> bool {
    let tree = read.facts.tree;
    std::iter::once(word).chain(tree.ancestors(word)).any(|w| tree.relation(w) == Dep::Ccomp)
}

/// The names, in small letters, of those who take part in what the verb above word `top` tells.
fn partners(facts: &Facts, top: usize) -> Vec<String> {
    let tree = facts.tree;
    let Some(verb) = tree.governor(top) else { return Vec::new() };
    let parts = tree.with(verb, &[Dep::Nsubj, Dep::NsubjPass, Dep::Obj, Dep::Iobj, Dep::Obl]);
    parts.flat_map(|part| partner(facts, part)).collect()
}

/// The names of somebody who takes part, without those that only tell whose man he is: "Olsen, adviser to Berg".
fn partner(facts: &Facts, head: usize) -> Vec<String> {
    let mut names = people(facts, head);
    let own = facts.tree.phrase(head, false);
    let is_own = |name: &String| own.iter().any(|&w| facts.tree.lower[w] == *name);
    if names.iter().any(is_own) {
        names.retain(|n| is_own(n) || !facts.tree.lower.contains(n));
    }
    names
}

/// The names, in small letters, of the persons in the noun phrase headed by a word, or of whom a pronoun stands for.
pub(super) fn people(facts: &Facts, head: usize) -> Vec<String> {
    let person = facts.actors.iter().find(|a| a.resolved && a.kind == ActorKind::Person && a.tokens.contains(&head));
    let stands_for = person.and_then(|a| a.text.split_whitespace().last()).map(str::to_lowercase);
    names_in(facts, head).into_iter().chain(stands_for).collect()
}

/// The names, in small letters, in the noun phrase headed by a word: those of persons, not of states or places.
pub(super) fn names_in(facts: &Facts, head: usize) -> Vec<String> {
    let tree = facts.tree;
    let known = |w: usize| {
        let of = |a: &&ActorAt| a.tokens.contains(&w) && (a.as_place || a.kind != ActorKind::Person);
        facts.actors.iter().any(|a| of(&a)) || facts.places.iter().any(|p| p.tokens.contains(&w))
    };
    let words = tree.phrase(head, true).into_iter();
    words
        .filter(|&w| tree.upos(w) == Upos::Propn && tree.lower[w].len() > SHORT && !facts.in_time(w) && !known(w))
        .map(|w| tree.lower[w].clone())
        .collect()
}

/// Whether somebody of a side (a state's code) takes part in what word `event` tells, in no clause within it.
fn takes_part(facts: &Facts, event: usize, side: &str) -> bool {
    let tree = facts.tree;
    facts.actors.iter().filter(|a| a.top == side && !a.as_place).any(|a| {
        let mut above = tree.ancestors(a.head);
        let clause = above.find(|&w| w == event || tree.is_predicate(w));
        clause == Some(event) && tree.relation(a.head) != Dep::NmodPoss
    })
}
