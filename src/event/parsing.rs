//! Parses the sentences of a document that may tell events, and finds the citations among them.

use super::lexicon::Lexicon;
use super::skim::{Around, is_idle};
use super::tree::{Tree, Unit};
use crate::actor::{ActorForm, ActorHit, NamedHit, PlaceHit};
use crate::document::{Document, Zone};
use crate::text::syntax::Model;
use crate::text::{Sentence, tokenize};
use crate::timex::{Timex, TimexKind};

/// What has more tokens than this is a list, a table or no text at all, and tells no event in a grammatical way.
const LONGEST: usize = 400;

/// The names that a document's sentences hold, by sentence.
#[derive(Debug, Default)]
pub struct Names {
    /// Actors.
    pub actors: Vec<Vec<ActorHit>>,
    /// Places, in what tells events.
    pub places: Vec<Vec<PlaceHit>>,
    /// Events that have a name, in what tells events.
    pub events: Vec<Vec<NamedHit>>,
}

/// Whether a sentence may tell events by its zone and length.
pub fn tells(sentence: &Sentence) -> bool {
    sentence.zone.tells_events() && sentence.tokens.len() <= LONGEST
}

/// What tells the paragraph of a sentence from others: its number, else its block.
pub fn paragraph(document: &Document, sentence: &Sentence) -> usize {
    let number = document.blocks.get(sentence.block).and_then(|b| b.number);
    number.map_or(sentence.block, |n| usize::MAX - n as usize)
}

/// Parses the sentences that may tell events; the others stay empty, and unless `all` are asked for those too that
/// tell none whatever their grammar. Names and dates of several words go to the parser as one word each: it was
/// trained on neither, and what it makes of them spoils the rest.
pub fn parse(
    lexicon: &Lexicon,
    document: &Document,
    sentences: &[Sentence],
    timexes: &[Timex],
    names: &Names,
    all: bool,
) -> Vec<Option<Tree>> {
    let model = Model::builtin();
    let stand_in = |kind: &str| lexicon.list(kind).first().copied().unwrap_or_default();
    let (day, name) = (stand_in("parse.day"), stand_in("parse.name"));
    // The paragraph, and whether somebody was named in it.
    let (mut here, mut named) = (None, false);
    let parse = |(index, sentence): (usize, &Sentence)| {
        if !tells(sentence) {
            return None;
        }
        let paragraph = Some(paragraph(document, sentence));
        named &= paragraph == here;
        here = paragraph;
        let actors = names.actors.get(index).map_or(&[][..], Vec::as_slice);
        let times = of_sentence(timexes, index);
        let somebody = actors.iter().any(|a| !a.place_reading);
        let told = somebody
            || times.iter().any(|t| t.date.is_some())
            || names.events.get(index).is_some_and(|e| !e.is_empty());
        let place = !actors.is_empty() || names.places.get(index).is_some_and(|p| !p.is_empty());
        let around = Around { named, place };
        if !all && !told && is_idle(&document.text, sentence, lexicon, model, around) {
            return None;
        }
        named |= somebody;
        let calendar = |t: &&Timex| t.tokens.len() > 1 && t.kind == TimexKind::Date && t.date.is_some();
        let times = times.iter().filter(calendar);
        let times = times.map(|t| Unit { tokens: t.tokens.clone(), head: t.tokens.start, word: Some(day) });
        let actors = actors.iter().filter(|h| h.tokens.len() > 1 || h.form == ActorForm::Name);
        let actors = actors.map(|h| Unit { tokens: h.tokens.clone(), head: h.head, word: Some(name) });
        Some(Tree::new(&document.text, sentence, model, times.chain(actors).collect()))
    };
    sentences.iter().enumerate().map(parse).collect()
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
