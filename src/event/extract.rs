//! From a document to the events its sentences report: the one entry that `build`, `extract` and `explain` share.
//!
//! A pure function of one document and the rules: no clock, no network, no database.

use super::Mention;
use super::assemble::{Before, Candidate};
use super::company::{Company, addressees};
use super::confidence::Confidence;
use super::coref::Memory;
use super::counted;
use super::facts::Facts;
use super::gather::{self, Hits, Lexicons};
use super::lexicon::{Lexicon, Part};
use super::parsing::{self, Parser, of_sentence, tells};
use super::roles;
use super::story::{Footing, Setting, Story};
use super::tree::Tree;
use super::trigger::{self, Found};
use super::when::{codes, firm};
use super::worth::{is_named, lacks};
use crate::Result;
use crate::actor::{ActorHit, Context as ActorContext, Gazetteer, Lexicon as Actors};
use crate::actor::{ActorKind, NamedEvents, NamedHit, PlaceHit, top_of};
use crate::date::Date;
use crate::document::{CharIndex, Document, Zone};
use crate::rules::Rules;
use crate::text::{Sentence, sentences};
use crate::timex::{Anchoring, Context as TimeContext, Tagger, Timex};
use std::cell::OnceCell;

/// The rules, compiled once and shared by all threads.
#[derive(Debug)]
pub struct Extractor {
    pub(super) events: Lexicon,
    pub(super) confidence: Confidence,
    pub(super) actors: Actors,
    pub(super) places: Gazetteer,
    pub(super) named: NamedEvents,
    tagger: Tagger,
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

/// A document cut into sentences, with what each holds.
#[derive(Debug)]
pub(super) struct Parsed {
    pub sentences: Vec<Sentence>,
    timexes: Vec<Timex>,
    actors: Vec<Vec<ActorHit>>,
    places: Vec<Vec<PlaceHit>>,
    named: Vec<Vec<NamedHit>>,
    /// The trees of the sentences that are kept once they are read.
    trees: Vec<OnceCell<Tree>>,
    /// Whether every sentence is kept as it is read, and not only where something is told.
    all: bool,
}

/// A sentence that may tell events, with all that is known of it.
#[derive(Debug)]
pub(super) struct Read<'a> {
    pub index: usize,
    pub facts: Facts<'a>,
    pub found: Vec<Found>,
}

impl Extractor {
    /// Compiles the rules.
    ///
    /// # Errors
    /// [`crate::Error::Rules`] when a rule file is wrong.
    pub fn new(rules: &Rules) -> Result<Self> {
        Ok(Extractor {
            events: Lexicon::new(rules)?,
            confidence: Confidence::new(rules)?,
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

    /// The tagger of time expressions.
    pub(super) fn tagger(&self) -> &Tagger {
        &self.tagger
    }

    /// The event rules.
    pub(super) fn lexicon(&self) -> &Lexicon {
        &self.events
    }

    /// The senses found in a document that are worth an event: name and trigger as written, in order.
    pub(super) fn senses_in(&self, document: &Document) -> Vec<(String, String)> {
        let parsed = self.parse(document, true);
        let reads = self.read(document, &parsed);
        let mut out = Vec::new();
        for read in &reads {
            for found in &read.found {
                let sense = &self.events.senses[found.sense];
                let cast = roles::participants(&read.facts, &self.events, sense, found);
                let lacks = lacks(&read.facts, &self.events, sense, found, &cast);
                if found.is_sure() && lacks.is_none() && !is_named(&read.facts, found) {
                    // Of a verb with its object the rule files give the verb alone.
                    let named =
                        if found.part == Part::Verb { found.head..found.head + 1 } else { found.tokens.clone() };
                    let words: Vec<String> = named.map(|t| read.facts.surface(t)).collect();
                    out.push((sense.name.clone(), words.join(" ")));
                }
            }
        }
        out
    }

    /// Reads one document.
    pub fn extract(&self, document: &Document) -> Extraction {
        let parsed = self.parse(document, false);
        let mut mentions: Vec<Mention> = self.tell(document, &parsed, false).into_iter().map(|c| c.mention).collect();
        addressees(&mut mentions);
        Extraction { sentences: parsed.sentences, timexes: parsed.timexes, mentions }
    }

    /// Everything in a document that could be told as an event, however unlikely, with the features of each: what the
    /// weights of the confidence are fitted on.
    pub fn candidates(&self, document: &Document) -> Vec<Candidate> {
        self.tell(document, &self.parse(document, false), true)
    }

    fn tell(&self, document: &Document, parsed: &Parsed, all: bool) -> Vec<Candidate> {
        let reads = self.read(document, parsed);
        let mut story = Story::new(document, &parsed.sentences);
        self.frame(&mut story, document, &reads);
        let index = CharIndex::new(&document.text);
        let mut company = self.company(document, parsed);
        let mut out = Vec::new();
        for read in &reads {
            company.enter(parsing::paragraph(document, read.facts.sentence), &read.facts);
            for found in &read.found {
                let before = Before { story: &story, company: &company };
                let told = self.mention((document, &index), before, read, found, all);
                let Some(mut candidate) = told else { continue };
                let m = &candidate.mention;
                if candidate.kept
                    && m.when.rule == "told-before"
                    && found.part == Part::Verb
                    && story.lately(m.when.date.span)
                    && self.speaking_paper(read, found).is_none()
                {
                    story.set_scene(
                        read.index,
                        &m.when.date,
                        &m.when.trace,
                        Setting { footing: Footing::Others, names: Vec::new(), talk: true, word: found.head },
                    );
                }
                if candidate.kept {
                    company.note(read.facts.sentence.block, &m.actors);
                }
                if candidate.kept && firm(&m.when) {
                    let several = self.several(&read.facts, found);
                    story.tell(read.index, &self.matter(&read.facts, found), &codes(&m.actors), several, &m.when);
                    let key = self.events.senses[found.sense].key();
                    company.tell(&key, m.when.date.span, &m.actors);
                }
                if candidate.mention.when.rule == "scene" && story.with_us(candidate.mention.when.date.span) {
                    company.hear(&mut candidate.mention);
                }
                out.push(candidate);
            }
            out.extend(self.named_mentions(document, &index, read, all));
        }
        out.sort_by_key(|c| (c.mention.trigger.start, c.mention.trigger.end));
        out
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
            ..TimeContext::default()
        };
        let (numbers, chosen): (Vec<usize>, Vec<Sentence>) =
            sentences.iter().enumerate().filter(|(_, s)| zone(s.zone)).map(|(i, s)| (i, s.clone())).unzip();
        let mut timexes = self.tagger.tag(&document.text, &chosen, &context);
        // Where the document's own day is not known, what is counted from it is no better known.
        let span = document.date.as_ref().map(|d| d.span).filter(|s| s.days() != Some(1)).unwrap_or_default();
        for end in [span.earliest, span.latest].into_iter().flatten() {
            let context = TimeContext { anchor: Some(end), ..context.clone() };
            widen(&mut timexes, &self.tagger.tag(&document.text, &chosen, &context));
        }
        for timex in &mut timexes {
            timex.sentence = numbers.get(timex.sentence).copied().unwrap_or_default();
        }
        timexes
    }

    /// Nobody yet, in a document of its origin.
    pub(super) fn company(&self, document: &Document, parsed: &Parsed) -> Company {
        let context = actor_context(document);
        let named = parsed.actors.iter().flatten().filter(|hit| !hit.implied).map(|hit| top_of(&hit.code));
        let states = named.filter(|top| self.actors.actor(top).is_some_and(|a| a.kind == ActorKind::State));
        let states: Vec<&str> = states.collect();
        Company::new(self.actors.host_of(&context), self.actors.sender_of(&context), &states)
    }

    /// The actors of each sentence.
    fn hits(&self, document: &Document, sentences: &[Sentence]) -> Vec<Vec<ActorHit>> {
        self.actors.find_document(&document.text, sentences, &actor_context(document))
    }

    /// Cuts a document into sentences with what each holds; `all` is for who asks for more than the events told.
    pub(super) fn parse(&self, document: &Document, all: bool) -> Parsed {
        let sentences = sentences(document);
        let mut timexes = self.times(document, &sentences, Zone::tells_events);
        let text = &document.text;
        let named = of_telling(&sentences, |s| self.named.find(text, s));
        for times in timexes.chunk_by_mut(|a, b| a.sentence == b.sentence) {
            let at = times[0].sentence;
            if let (Some(sentence), Some(named)) = (sentences.get(at), named.get(at)) {
                counted::count_anew(self, document, sentence, times, named);
            }
        }
        Parsed {
            actors: self.hits(document, &sentences),
            places: of_telling(&sentences, |s| self.places.find(text, s)),
            named,
            trees: sentences.iter().map(|_| OnceCell::new()).collect(),
            sentences,
            timexes,
            all,
        }
    }

    /// Parses and reads the sentences. The tree of one in which nothing is told, dated or named is dropped at once, so
    /// that a long document does not hold the trees of all it says.
    pub(super) fn read<'a>(&'a self, document: &'a Document, parsed: &'a Parsed) -> Vec<Read<'a>> {
        let lexicons = Lexicons { events: &self.events, actors: &self.actors, places: &self.places };
        let mut memory = Memory::default();
        let parser = Parser::new(&self.events, document);
        let mut paragraph = None;
        let mut out = Vec::new();
        for (index, (sentence, slot)) in parsed.sentences.iter().zip(&parsed.trees).enumerate() {
            let here = Some(parsing::paragraph(document, sentence));
            if here != paragraph && tells(sentence) {
                memory.paragraph();
                paragraph = here;
            }
            let times = of_sentence(&parsed.timexes, index);
            let hits = Hits {
                actors: parsed.actors.get(index).map_or(&[], Vec::as_slice),
                places: parsed.places.get(index).map_or(&[], Vec::as_slice),
                events: parsed.named.get(index).map_or(&[], Vec::as_slice),
            };
            let Some(tree) = parser.tree(sentence, times, hits) else { continue };
            let all = times.iter().collect();
            let facts = gather::facts(&document.text, sentence, &tree, hits, all, lexicons, &mut memory);
            let found = trigger::find(&facts, &self.events);
            let Facts { actors, places, named, quotes, .. } = facts;
            if parsed.all || !(found.is_empty() && named.is_empty() && times.is_empty()) {
                let (text, tree) = (&document.text, slot.get_or_init(|| tree));
                let times = times.iter().collect();
                let facts = Facts { text, sentence, tree, actors, places, named, times, quotes };
                out.push(Read { index, facts, found });
            }
        }
        out
    }
}

/// What is found in each sentence that may tell events; nothing in the others.
fn of_telling<T>(sentences: &[Sentence], find: impl Fn(&Sentence) -> Vec<T>) -> Vec<Vec<T>> {
    sentences.iter().map(|s| if tells(s) { find(s) } else { Vec::new() }).collect()
}

pub(super) fn actor_context(document: &Document) -> ActorContext<'_> {
    ActorContext { origin: document.meta.origin.as_deref(), date: document.date.as_ref().map(|d| d.day) }
}

/// Widens what `others` date otherwise, counting from another day, to the days of both.
fn widen(timexes: &mut [Timex], others: &[Timex]) {
    for timex in timexes {
        let same = others.iter().find(|o| o.sentence == timex.sentence && o.range == timex.range);
        let (Some(date), Some(other)) = (&timex.date, same.and_then(|o| o.date.as_ref())) else { continue };
        if date.span != other.span {
            timex.date = Some(Date::from_span(date.span.hull(other.span)));
        }
    }
}
