//! Parses the sentences of a document that may tell events, and finds the citations among them.

use super::lexicon::Lexicon;
use super::tree::{Tree, Unit};
use crate::actor::{ActorForm, ActorHit};
use crate::document::{Document, Zone};
use crate::text::syntax::Model;
use crate::text::{Sentence, tokenize};
use crate::timex::{Timex, TimexKind};

/// What has more tokens than this is a list, a table or no text at all, and tells no event in a grammatical way.
const LONGEST: usize = 400;
/// Parses the sentences that may tell events; the others stay empty. Names and dates of several words go to the parser
/// as one word each: it was trained on neither, and what it makes of them spoils the rest.
pub fn parse(
    lexicon: &Lexicon,
    document: &Document,
    sentences: &[Sentence],
    timexes: &[Timex],
    hits: &[Vec<ActorHit>],
) -> Vec<Option<Tree>> {
    let model = Model::builtin();
    let stand_in = |kind: &str| lexicon.list(kind).first().copied().unwrap_or_default();
    let (day, name) = (stand_in("parse.day"), stand_in("parse.name"));
    let parse = |(index, sentence): (usize, &Sentence)| {
        if !sentence.zone.tells_events() || sentence.tokens.len() > LONGEST {
            return None;
        }
        let calendar = |t: &&Timex| t.tokens.len() > 1 && t.kind == TimexKind::Date && t.date.is_some();
        let times = of_sentence(timexes, index).iter().filter(calendar);
        let times = times.map(|t| Unit { tokens: t.tokens.clone(), head: t.tokens.start, word: Some(day) });
        let names = hits.get(index).into_iter().flatten().filter(|h| h.tokens.len() > 1 || h.form == ActorForm::Name);
        let names = names.map(|h| Unit { tokens: h.tokens.clone(), head: h.head, word: Some(name) });
        Some(Tree::new(&document.text, sentence, model, times.chain(names).collect()))
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
