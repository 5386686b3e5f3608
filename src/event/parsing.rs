//! Parses the sentences of a document that may tell events, and finds the citations among them.

use super::gather::Hits;
use super::lexicon::Lexicon;
use super::tree::{Tree, Unit};
use crate::actor::ActorForm;
use crate::document::{Document, Zone};
use crate::text::syntax::Model;
use crate::text::{Sentence, tokenize};
use crate::timex::{Timex, TimexKind};

/// What has more tokens than this is a list, a table or no text at all, and tells no event in a grammatical way.
const LONGEST: usize = 400;

/// Whether a sentence may tell events by its zone and length.
pub fn tells(sentence: &Sentence) -> bool {
    sentence.zone.tells_events() && sentence.tokens.len() <= LONGEST
}

/// What tells the paragraph of a sentence from others: its number, else its block.
pub fn paragraph(document: &Document, sentence: &Sentence) -> usize {
    let number = document.blocks.get(sentence.block).and_then(|b| b.number);
    number.map_or(sentence.block, |n| usize::MAX - n as usize)
}

/// Parses the sentences of a document that may tell events, one after another. Names and dates of several words go to
/// the parser as one word each: it was trained on neither, and what it makes of them spoils the rest.
#[derive(Debug)]
pub struct Parser<'a> {
    document: &'a Document,
    model: &'a Model<'a>,
    /// Words that the parser is shown for a day and for a name.
    day: &'a str,
    name: &'a str,
}

impl<'a> Parser<'a> {
    /// Begins a document.
    pub fn new(lexicon: &'a Lexicon, document: &'a Document) -> Self {
        let stand_in = |kind: &str| lexicon.list(kind).first().copied().unwrap_or_default();
        let (day, name) = (stand_in("parse.day"), stand_in("parse.name"));
        Parser { document, model: Model::builtin(), day, name }
    }

    /// The tree of a sentence; none where it may tell no event.
    pub fn tree(&self, sentence: &Sentence, times: &[Timex], hits: Hits) -> Option<Tree> {
        if !tells(sentence) {
            return None;
        }
        let text = &self.document.text;
        let calendar = |t: &&Timex| t.tokens.len() > 1 && t.kind == TimexKind::Date && t.date.is_some();
        let times = times.iter().filter(calendar);
        let times = times.map(|t| Unit { tokens: t.tokens.clone(), head: t.tokens.start, word: Some(self.day) });
        let actors = hits.actors.iter().filter(|h| h.tokens.len() > 1 || h.form == ActorForm::Name);
        let actors = actors.map(|h| Unit { tokens: h.tokens.clone(), head: h.head, word: Some(self.name) });
        Some(Tree::new(text, sentence, self.model, times.chain(actors).collect()))
    }
}

/// The time expressions of one sentence; `timexes` are in order of their sentences.
pub fn of_sentence(timexes: &[Timex], sentence: usize) -> &[Timex] {
    let start = timexes.partition_point(|t| t.sentence < sentence);
    let end = timexes.partition_point(|t| t.sentence <= sentence);
    &timexes[start..end]
}

/// The press citations that the document's blocks skip: stretches in brackets inside the text that tells events.
pub fn citations(document: &Document) -> Vec<Sentence> {
    let mut out = Vec::new();
    for (block, b) in document.blocks.iter().enumerate().filter(|(_, b)| b.zone.tells_events()) {
        for skip in &b.skip {
            if document.text.get(skip.clone()).is_some_and(|t| t.trim_start().starts_with('(')) {
                let mut tokens = Vec::new();
                tokenize(&document.text, skip.start, skip.end, &mut tokens);
                out.push(Sentence { range: skip.clone(), block, zone: Zone::Boilerplate, tokens });
            }
        }
    }
    out
}
