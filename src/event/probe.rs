//! What the rules say of a trigger that a person marked: dates and roles measured apart from what is found.
//!
//! The score of an extraction mixes finding and dating: what is found most easily is dated most easily too. With the
//! triggers given, every marked account counts, and a change of the date rules is seen on all of them.

use super::assemble::{Before, blank, settled};
use super::extract::{Extractor, Read};
use super::lexicon::Part;
use super::story::Story;
use super::trigger::Found;
use super::when::{codes, firm};
use super::{EventType, Mention, args, roles};
use crate::document::{CharIndex, Document};
use crate::text::syntax::Upos;
use std::ops::Range;

/// A trigger marked by a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its characters in the document's text.
    pub trigger: Range<usize>,
    /// The category it was given.
    pub kind: EventType,
}

impl Extractor {
    /// Dates marked triggers and casts their roles, in the context that the extraction of the document sets up.
    /// `None` for a mark in a zone that tells no events.
    pub fn probe(&self, document: &Document, marks: &[Mark]) -> Vec<Option<Mention>> {
        let parsed = self.parse(document, true);
        let reads = self.read(document, &parsed);
        let mut story = Story::new(document, &parsed.sentences);
        self.frame(&mut story, document, &reads);
        let mut company = self.company(document, &parsed);
        let index = CharIndex::new(&document.text);
        let mut out: Vec<Option<Mention>> = vec![None; marks.len()];
        for read in &reads {
            let named = self.named_mentions(document, &index, read, true);
            for (mark, slot) in marks.iter().zip(&mut out) {
                // "the Andijan events": told by its name.
                let here = |m: &&Mention| m.trigger.start < mark.trigger.end && mark.trigger.start < m.trigger.end;
                if let Some(mention) = named.iter().map(|c| &c.mention).find(here) {
                    *slot = Some(mention.clone());
                } else if let Some(found) = self.marked(&index, read, mark) {
                    *slot = self.told(document, &index, &story, read, &found, mark.kind);
                }
            }
            for found in &read.found {
                let before = Before { story: &story, company: &company };
                let told = self.mention((document, &index), before, read, found, false);
                if let Some(m) = told.as_ref().map(|c| &c.mention).filter(|m| firm(&m.when)) {
                    let several = self.several(&read.facts, found);
                    story.tell(read.index, &self.matter(&read.facts, found), &codes(&m.actors), several, &m.when);
                    let key = self.events.senses[found.sense].key();
                    company.tell(&key, m.when.date.span, &m.actors);
                }
            }
        }
        out
    }

    /// The trigger at a mark: the one the rules find there, else one made of the marked words.
    fn marked(&self, index: &CharIndex, read: &Read, mark: &Mark) -> Option<Found> {
        let tree = read.facts.tree;
        let inside = |t: usize| {
            read.facts.sentence.tokens.get(t).is_some_and(|token| {
                let chars = index.range(&token.range());
                chars.start < mark.trigger.end && mark.trigger.start < chars.end
            })
        };
        let first = (0..tree.len()).find(|&t| inside(t))?;
        let last = (first..tree.len()).take_while(|&t| inside(t)).last()?;
        let head = tree.top_of(&(first..last + 1));
        if let Some(found) = read.found.iter().find(|f| inside(f.head) && !self.events.senses[f.sense].any_verb) {
            return Some(found.clone());
        }
        let sense = self.events.senses.iter().position(|s| s.category() == Some(mark.kind) && !s.did_not)?;
        let part = if tree.upos(head) == Upos::Verb { Part::Verb } else { Part::Noun };
        let args = match part {
            Part::Noun => args::of_noun(tree, head, |lemma| self.events.is("light.verbs", lemma)),
            _ => args::of_verb(tree, head),
        };
        Some(Found { sense, head, tokens: first..last + 1, part, args, doubts: Vec::new() })
    }

    fn told(
        &self,
        document: &Document,
        index: &CharIndex,
        story: &Story,
        read: &Read,
        found: &Found,
        kind: EventType,
    ) -> Option<Mention> {
        let sense = &self.events.senses[found.sense];
        let cast = roles::participants(&read.facts, &self.events, sense, found);
        let (_, modality) = self.reality(&read.facts, found);
        let dated = self.when(story, read, found, &cast, modality, kind);
        let modality = settled(modality, &dated.at, &dated.when, story);
        let mut mention = blank(document, index, &read.facts, &found.tokens, kind, dated.when);
        mention.lemma = read.facts.tree.lemma(found.head).to_string();
        mention.mode = sense.mode.clone().filter(|_| sense.category() == Some(kind));
        mention.subtype = sense.subtype.clone().filter(|_| sense.category() == Some(kind));
        mention.place = read.facts.place_of(found.head).cloned();
        mention.actors = cast;
        mention.modality = modality;
        Some(mention)
    }
}
