//! From a document to the events its sentences report: the one entry that `build`, `extract` and `explain` share.
//!
//! A pure function of one document and the rules: no clock, no network, no database.

use super::coref::Memory;
use super::facts::Facts;
use super::gather::{self, Lexicons};
use super::lexicon::{Lexicon, Part};
use super::parsing::{citations, of_sentence, parse};
use super::story::Story;
use super::tree::Tree;
use super::trigger::{self, Found};
use super::when::{Dated, codes, of_named};
use super::worth::{is_thin, worth};
use super::{EventType, Mention, MentionDate, Modality, Participant, Role, Trigger};
use super::{attribution, headline, modality, roles, salience};
use crate::Result;
use crate::actor::{ActorHit, Context as ActorContext, Gazetteer, Lexicon as Actors, NamedEvents};
use crate::date::Precision;
use crate::document::{CharIndex, Document, Zone};
use crate::rules::Rules;
use crate::text::syntax::{Form, Relation as Dep};
use crate::text::{Sentence, sentences};
use crate::timex::{Anchoring, Context as TimeContext, Relation, Tagger, Timex};

/// The rules, compiled once and shared by all threads.
#[derive(Debug)]
pub struct Extractor {
    pub(super) events: Lexicon,
    pub(super) actors: Actors,
    pub(super) places: Gazetteer,
    pub(super) named: NamedEvents,
    pub(super) tagger: Tagger,
}

/// What one document tells.
#[derive(Clone, Debug, Default)]
pub struct Extraction {
    /// Its sentences, in order.
    pub sentences: Vec<Sentence>,
    /// Its time expressions, in order.
    pub timexes: Vec<Timex>,
    /// Its events, in order of their triggers.
    pub mentions: Vec<Mention>,
}

/// A sentence that may tell events, with all that is known of it.
pub(super) struct Read<'a> {
    pub(super) index: usize,
    pub(super) facts: Facts<'a>,
    pub(super) found: Vec<Found>,
}

impl Extractor {
    /// Compiles the rules.
    ///
    /// # Errors
    /// [`crate::Error::Rules`] when a rule file is wrong.
    pub fn new(rules: &Rules) -> Result<Self> {
        Ok(Extractor {
            events: Lexicon::new(rules)?,
            actors: Actors::new(rules)?,
            places: Gazetteer::new(rules)?,
            named: NamedEvents::new(rules)?,
            tagger: Tagger::new(rules)?,
        })
    }

    /// The actors of the rules, by which codes are named and rolled up.
    pub fn actors(&self) -> &Actors {
        &self.actors
    }

    /// The event rules.
    pub(super) fn lexicon(&self) -> &Lexicon {
        &self.events
    }

    /// The senses found in a document that are worth an event: name and trigger as written, in order.
    pub(super) fn senses_in(&self, document: &Document) -> Vec<(String, String)> {
        let sentences = sentences(document);
        let timexes = self.times(document, &sentences, Zone::tells_events);
        let hits = self.hits(document, &sentences);
        let trees = parse(&self.events, document, &sentences, &timexes, &hits);
        let reads = self.read(document, &sentences, &timexes, &hits, &trees);
        let mut out = Vec::new();
        for read in &reads {
            for found in &read.found {
                let sense = &self.events.senses[found.sense];
                let cast = roles::participants(&read.facts, &self.events, sense, found);
                if worth(&read.facts, sense, found, &cast) {
                    let words: Vec<String> = found.tokens.clone().map(|t| read.facts.surface(t)).collect();
                    out.push((sense.name.clone(), words.join(" ")));
                }
            }
        }
        out
    }

    /// Reads one document.
    pub fn extract(&self, document: &Document) -> Extraction {
        let sentences = sentences(document);
        let timexes = self.times(document, &sentences, Zone::tells_events);
        let hits = self.hits(document, &sentences);
        let trees = parse(&self.events, document, &sentences, &timexes, &hits);
        let reads = self.read(document, &sentences, &timexes, &hits, &trees);
        let mut story = Story::new(document, &sentences);
        self.frame(&mut story, document, &reads);
        let index = CharIndex::new(&document.text);
        let mut mentions = Vec::new();
        for read in &reads {
            for found in &read.found {
                let mention = self.mention(document, &index, &story, read, found);
                if let Some(m) = mention.as_ref().filter(|m| m.when.rule == "told-before" && found.part == Part::Verb) {
                    story.set_scene(read.index, &m.when.date, &m.when.trace);
                }
                if let Some(m) = mention.as_ref().filter(|m| m.when.date.precision < Precision::Open) {
                    story.tell(&self.events.senses[found.sense].key(), &codes(&m.actors), &m.when.date, &m.when.trace);
                }
                mentions.extend(mention);
            }
            mentions.extend(self.named_mentions(document, &index, read));
        }
        mentions.sort_by_key(|m| (m.trigger.start, m.trigger.end));
        Extraction { sentences, timexes, mentions }
    }

    /// The time expressions of the sentences in some zones. Headers and boilerplate are read apart: a declassification
    /// date must not become the reference of the text.
    pub(super) fn times(&self, document: &Document, sentences: &[Sentence], zone: impl Fn(Zone) -> bool) -> Vec<Timex> {
        let cable = document.meta.classification.is_some();
        let context = TimeContext {
            anchor: document.date.as_ref().map(|d| d.day),
            basis: document.date.as_ref().map(|d| d.basis.as_str().to_string()).unwrap_or_default(),
            anchoring: match (&document.date, cable) {
                (None, _) => Anchoring::Narrative,
                (Some(_), true) => Anchoring::News,
                (Some(_), false) => Anchoring::Auto,
            },
        };
        let (numbers, chosen): (Vec<usize>, Vec<Sentence>) =
            sentences.iter().enumerate().filter(|(_, s)| zone(s.zone)).map(|(i, s)| (i, s.clone())).unzip();
        let mut timexes = self.tagger.tag(&document.text, &chosen, &context);
        for timex in &mut timexes {
            timex.sentence = numbers.get(timex.sentence).copied().unwrap_or_default();
        }
        timexes
    }

    /// The actors of each sentence.
    pub(super) fn hits(&self, document: &Document, sentences: &[Sentence]) -> Vec<Vec<ActorHit>> {
        let context =
            ActorContext { origin: document.meta.origin.as_deref(), date: document.date.as_ref().map(|d| d.day) };
        self.actors.find_document(&document.text, sentences, &context)
    }

    pub(super) fn read<'a>(
        &'a self,
        document: &'a Document,
        sentences: &'a [Sentence],
        timexes: &'a [Timex],
        hits: &[Vec<ActorHit>],
        trees: &'a [Option<Tree>],
    ) -> Vec<Read<'a>> {
        let lexicons =
            Lexicons { events: &self.events, actors: &self.actors, places: &self.places, named: &self.named };
        let mut memory = Memory::default();
        let mut paragraph = None;
        let mut out = Vec::new();
        for (index, sentence) in sentences.iter().enumerate() {
            let Some(tree) = trees.get(index).and_then(Option::as_ref) else { continue };
            let number = document.blocks.get(sentence.block).and_then(|b| b.number);
            let here = Some(number.map_or(sentence.block, |n| usize::MAX - n as usize));
            if here != paragraph {
                memory = Memory::default();
                paragraph = here;
            }
            let times = of_sentence(timexes, index).iter().collect();
            let actors = hits.get(index).map_or(&[][..], Vec::as_slice);
            let facts = gather::facts(&document.text, sentence, tree, actors, times, lexicons, &mut memory);
            let found = trigger::find(&facts, &self.events);
            out.push(Read { index, facts, found });
        }
        out
    }

    /// Sets up press citations, scenes and the order of the telling.
    pub(super) fn frame(&self, story: &mut Story, document: &Document, reads: &[Read]) {
        let citations = citations(document);
        for timex in self.times(document, &citations, |_| true) {
            let Some((sentence, date)) = citations.get(timex.sentence).zip(timex.date.as_ref()) else { continue };
            let words = document.text.get(sentence.range.clone()).unwrap_or_default().to_lowercase();
            story.cite(timex.range.start, date, words.trim_start_matches(['(', ' ']).starts_with("see "));
        }
        for read in reads {
            for timex in &read.facts.times {
                let Some(date) = &timex.date else { continue };
                let top = read.facts.tree.top_of(&timex.tokens);
                story.set_point(read.index, date, timex.relation, &timex.trace);
                if timex.relation == Relation::At && self.sets_scene(read, top) {
                    story.set_scene(read.index, date, &timex.trace);
                }
            }
        }
    }

    /// Whether what hangs above word `top` is a meeting or an act of saying, told as past.
    fn sets_scene(&self, read: &Read, top: usize) -> bool {
        let tree = read.facts.tree;
        let talk = |f: &Found| {
            let sense = &self.events.senses[f.sense];
            sense.category() == Some(EventType::Consult)
                && !sense.no_scene
                && modality::of(tree, &self.events, f) == Modality::Asserted
        };
        for above in tree.ancestors(top) {
            if read.found.iter().any(|f| f.head == above && f.part == Part::Noun && talk(f)) {
                return true;
            }
            if tree.is_verb(above) {
                let main = matches!(tree.relation(above), Dep::Root | Dep::Conj | Dep::Parataxis | Dep::Ccomp);
                let said = self.events.is("saying.verbs", &tree.lemma(above).to_lowercase());
                let carried = read.found.iter().any(|f| (f.args.light == Some(above) || f.head == above) && talk(f));
                let past = matches!(tree.form(above), Form::Past | Form::PastParticiple);
                return past && main && (said || carried);
            }
        }
        false
    }

    pub(super) fn mention(
        &self,
        document: &Document,
        index: &CharIndex,
        story: &Story,
        read: &Read,
        found: &Found,
    ) -> Option<Mention> {
        let sense = &self.events.senses[found.sense];
        let kind = sense.category()?;
        let facts = &read.facts;
        let cast = roles::participants(facts, &self.events, sense, found);
        if !worth(facts, sense, found, &cast) {
            return None;
        }
        let attributed_to = attribution::of(facts, &self.events, found);
        let mut modality = modality::of(facts.tree, &self.events, found);
        if modality == Modality::Asserted && attributed_to.is_some() {
            modality = Modality::Reported;
        }
        if is_thin(facts, &self.events, found, modality) {
            return None;
        }
        let Dated { when, at, named, tie } = self.when(story, read, found, &cast, modality, kind);
        if at.now && modality == Modality::Asserted {
            modality = Modality::Ongoing;
        }
        // "expires this April", written in February: told as certain, and still to come.
        let ahead = when.date.span.earliest.zip(story.reference()).is_some_and(|(start, today)| start > today);
        if ahead && matches!(modality, Modality::Asserted | Modality::Ongoing | Modality::Reported) {
            modality = Modality::Future;
        }
        // An act of which neither the time nor the other side is told is too little to look up or to check.
        let sides: std::collections::BTreeSet<&str> = cast.iter().map(|p| p.top.as_str()).collect();
        if when.rule == "before-document" && sides.len() < 2 && !sense.alone {
            return None;
        }
        let headline = headline::of(facts, &self.actors, sense, found, &cast, modality);
        let conditioned = !sense.object.is_empty() || !sense.subject.is_empty() || !sense.with.is_empty();
        let mut mention = blank(document, index, facts, &found.tokens, kind, when);
        mention.lemma = facts.tree.lemma(found.head).to_string();
        mention.mode = sense.mode.clone();
        mention.subtype = sense.subtype.clone();
        mention.contexts = sense.contexts.clone();
        mention.actors = cast;
        mention.modality = modality;
        mention.attributed_to = attributed_to;
        mention.place = facts.place_of(found.head).cloned();
        mention.headline = headline;
        mention.named_event = named.map(|e| e.id.clone());
        mention.confidence = salience::confidence(&mention, tie, conditioned);
        mention.salience = salience::salience(&mention);
        Some(mention)
    }

    /// A named event is an event wherever its name stands ("the Andijan events"), unless a trigger already tells it.
    fn named_mentions(&self, document: &Document, index: &CharIndex, read: &Read) -> Vec<Mention> {
        let facts = &read.facts;
        let mut out = Vec::new();
        for named in &facts.named {
            let Some(event) = self.named.events().get(named.event) else { continue };
            if read.found.iter().any(|f| self.clause_of_named(facts, f).is_some_and(|e| e.id == event.id)) {
                continue;
            }
            let kind = EventType::parse(&event.kind).unwrap_or(EventType::Other);
            let when = of_named(event);
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
            mention.confidence = salience::confidence(&mention, None, true);
            mention.salience = salience::salience(&mention);
            out.push(mention);
        }
        out
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
