//! From a trigger to a mention: who took part, whether it happened, when, and on whose word.

use super::company::{Company, members};
use super::dating::Circumstances;
use super::extract::{Extractor, Read};
use super::facts::Facts;
use super::features::Put;
use super::lexicon::Part;
use super::story::Story;
use super::trigger::Found;
use super::when::{Dated, of_named};
use super::worth::{is_named, lacks, thin};
use super::{EventType, Mention, MentionDate, Modality, Participant, Role, Trigger};
use super::{attribution, features, former, headline, modality, roles, salience};
use crate::document::{CharIndex, Document};

/// What a document has told up to a trigger: when, and of whom.
#[derive(Clone, Copy, Debug)]
pub struct Before<'a> {
    /// Its dates and meetings.
    pub story: &'a Story,
    /// Its events with those who took part.
    pub company: &'a Company,
}

/// A mention with what its confidence rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The event as it would be told.
    pub mention: Mention,
    /// The names of the features that hold of it; empty where only what is kept was asked for.
    pub features: Vec<String>,
    /// Whether its confidence is high enough to be told.
    pub kept: bool,
}

impl Extractor {
    /// The event a trigger tells. What is too unlikely to be one is left out, unless `all` are asked for.
    pub(super) fn mention(
        &self,
        (document, index): (&Document, &CharIndex),
        before: Before,
        read: &Read,
        found: &Found,
        all: bool,
    ) -> Option<Candidate> {
        let Before { story, company } = before;
        let sense = &self.events.senses[found.sense];
        let kind = sense.category()?;
        let facts = &read.facts;
        let mut cast = roles::participants(facts, &self.events, sense, found);
        if is_named(facts, found) {
            return None;
        }
        let mut doubts = found.doubts.clone();
        let lacks = lacks(facts, &self.events, sense, found, &cast);
        // "Two men were arrested": what was done to somebody unknown is told all the same.
        let unknown = match lacks {
            Some("bare") => true,
            Some("nobody") => found.part == Part::Verb && !sense.any_verb,
            _ => false,
        };
        if matches!(lacks, Some("nobody" | "in-name")) && !unknown {
            return None;
        }
        doubts.extend(lacks);
        let (attributed_to, modality) = self.reality(facts, found);
        doubts.extend(thin(facts, &self.events, found, modality));
        let Dated { when, at, named, tie } = self.when(story, read, found, &cast, modality, kind);
        let modality = settled(modality, &at, &when, story);
        former::at_the_time(&self.events, &when, &mut cast);
        // An act of which neither the time nor the other side is told is too little to look up or to check.
        let sides: std::collections::BTreeSet<&str> = cast.iter().map(|p| p.top.as_str()).collect();
        let untold = matches!(when.rule.as_str(), "before-document" | "recent-report");
        if untold && sides.len() < 2 && !sense.alone {
            doubts.push("too little");
        }
        // Somebody must have done it or suffered it, or a day be told of it.
        if cast.is_empty() && tie.is_none() && !sense.alone && !unknown {
            return None;
        }
        let mut mention = blank(document, index, facts, &found.tokens, kind, when);
        mention.lemma = facts.tree.lemma(found.head).to_string();
        mention.mode = sense.mode.clone();
        mention.subtype = sense.subtype.clone();
        mention.contexts = sense.contexts.clone();
        mention.actors = cast;
        mention.modality = modality;
        mention.attributed_to = attributed_to;
        mention.place = facts.place_of(found.head).cloned();
        mention.named_event = named.map(|e| e.id.clone());
        let first =
            document.blocks.get(facts.sentence.block).is_some_and(|b| facts.sentence.range.start <= b.range.start + 12);
        let dated = document.date.is_some();
        let cable = document.meta.classification.is_some();
        let read =
            features::Read { facts, sense, found, doubts: &doubts, tie, first, dated, others: &read.found, cable };
        let mut told = self.judged(mention, |m, put| features::of(&self.events, &read, m, put), all)?;
        // Whom the sentence does not name says nothing of how surely it tells an event.
        let Mention { when, actors, .. } = &mut told.mention;
        company.join((facts, &self.events), sense, found, when, actors);
        members(&self.actors, actors);
        told.mention.headline =
            headline::of(facts, (&self.actors, &self.events), sense, found, &told.mention.actors, modality);
        told.mention.salience = salience::salience(&salience::reasons(&told.mention));
        Some(told)
    }

    /// On whose word a trigger is told, and whether it happened.
    pub(super) fn reality(&self, facts: &Facts, found: &Found) -> (Option<String>, Modality) {
        let attributed_to = attribution::of(facts, &self.events, found);
        let modality = modality::of(facts.tree, &self.events, found);
        let reported = modality == Modality::Asserted && attributed_to.is_some();
        (attributed_to, if reported { Modality::Reported } else { modality })
    }

    /// A mention with its confidence; what is too unlikely is left, unless `all` are asked for, with their features.
    fn judged(&self, mut mention: Mention, of: impl Fn(&Mention, Put<'_>), all: bool) -> Option<Candidate> {
        mention.confidence = self.confidence.of(|put| of(&mention, put));
        let kept = self.confidence.keeps(mention.confidence);
        let mut features = Vec::new();
        if all {
            of(&mention, &mut |feature| features.push(feature.to_string()));
        }
        (kept || all).then_some(Candidate { mention, features, kept })
    }

    /// A named event is an event wherever its name stands ("the Andijan events"), unless a trigger already tells it.
    pub(super) fn named_mentions(
        &self,
        document: &Document,
        index: &CharIndex,
        read: &Read,
        all: bool,
    ) -> Vec<Candidate> {
        let facts = &read.facts;
        let mut out = Vec::new();
        for named in &facts.named {
            let Some(event) = self.named.events().get(named.event) else { continue };
            if read
                .found
                .iter()
                .any(|f| f.is_sure() && self.clause_of_named(facts, f).is_some_and(|e| e.id == event.id))
            {
                continue;
            }
            let kind = EventType::parse(&event.kind).unwrap_or(EventType::Other);
            let mut when = of_named(event);
            // "During the Cold War" says when; "the end of the Cold War" is an event.
            when.date = self.edge(facts, facts.tree.top_of(&named.tokens), &event.date);
            let edge = when.date != event.date;
            if event.period && !edge {
                continue;
            }
            if edge {
                when.trace = format!("{}; its edge {}", when.trace, when.date.edtf);
            }
            let mut mention = blank(document, index, facts, &named.tokens, kind, when);
            let part = |codes: &[String], role: Role| {
                let part = |code: &String| Participant {
                    code: code.clone(),
                    top: self.actors.top(code).to_string(),
                    role,
                    text: String::new(),
                };
                codes.iter().map(part).collect::<Vec<_>>()
            };
            mention.actors = part(&event.initiators, Role::Initiator);
            mention.actors.extend(part(&event.targets, Role::Target));
            mention.subtype = (!event.subtype.is_empty()).then(|| event.subtype.clone());
            mention.named_event = Some(event.id.clone());
            mention.headline = event.headline.clone();
            mention.place = self.places.named(&event.place).map(|p| super::Place {
                name: p.name.clone(),
                country: p.country.clone(),
                lat: Some(p.lat),
                lon: Some(p.lon),
            });
            mention.lemma = event.id.clone();
            let top = facts.tree.top_of(&named.tokens);
            let told = read.found.iter().any(|f| f.is_sure() && facts.tree.under(top, f.head));
            let mut told = self.judged(mention, |m, put| features::of_named(m, told, put), all);
            if let Some(Candidate { mention, .. }) = &mut told {
                mention.salience = salience::salience(&salience::reasons(mention));
            }
            out.extend(told);
        }
        out
    }
}

/// The modality once the date is known: "now" tells of what goes on, and "expires this April", written in February, is
/// told as certain and still to come.
pub(super) fn settled(modality: Modality, at: &Circumstances, when: &MentionDate, story: &Story) -> Modality {
    let told = matches!(modality, Modality::Asserted | Modality::Ongoing | Modality::Reported);
    let ahead = when.date.span.earliest.zip(story.reference()).is_some_and(|(start, today)| start > today);
    match modality {
        _ if ahead && told && !at.past_verb => Modality::Future,
        Modality::Asserted if at.now => Modality::Ongoing,
        other => other,
    }
}

/// A mention with its place in the text and nothing else.
pub(super) fn blank(
    document: &Document,
    index: &CharIndex,
    facts: &Facts,
    tokens: &std::ops::Range<usize>,
    kind: EventType,
    when: MentionDate,
) -> Mention {
    let quote = index.range(&facts.sentence.range);
    let words = facts.sentence.tokens.get(tokens.clone()).unwrap_or_default();
    let bytes = words.first().map_or(0, |t| t.start as usize)..words.last().map_or(0, |t| t.end as usize);
    let chars = index.range(&bytes);
    let block = document.blocks.get(facts.sentence.block);
    Mention {
        doc: document.id.clone(),
        start: quote.start,
        end: quote.end,
        quote: document.text.get(facts.sentence.range.clone()).unwrap_or_default().to_string(),
        trigger: Trigger {
            start: chars.start,
            end: chars.end,
            text: document.text.get(bytes).unwrap_or_default().to_string(),
        },
        lemma: String::new(),
        paragraph: block.and_then(|b| b.number),
        marking: block.and_then(|b| b.marking.clone()),
        zone: facts.sentence.zone.as_str().to_string(),
        kind,
        mode: None,
        subtype: None,
        contexts: Vec::new(),
        actors: Vec::new(),
        modality: Modality::Asserted,
        attributed_to: None,
        place: None,
        when,
        named_event: None,
        headline: String::new(),
        salience: 0.0,
        confidence: 0.0,
    }
}
