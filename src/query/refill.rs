//! Rows of the database read into values that were used before: their texts keep the memory they have. A long export
//! spends a quarter of its time on memory otherwise.

use super::Told;
use super::events::{Answer, Status};
use super::record::day;
use super::source::Source;
use crate::date::{Date, Fit, Precision, Span};
use crate::event::{EventType, Modality};
use crate::merge::Event;
use crate::store::{fill_maybe as maybe, fill_place as place, fill_text as text, words_of};
use rusqlite::{Result, Row};
use std::sync::Arc;

fn word<'a>(row: &'a Row, column: usize) -> Result<&'a str> {
    Ok(row.get_ref(column)?.as_str()?)
}

/// An answer that says nothing yet.
pub(super) fn blank_answer() -> Answer {
    let date = Date { edtf: String::new(), span: Span::default(), precision: Precision::Open };
    let event = Event {
        uid: String::new(),
        headline: String::new(),
        kind: EventType::Other,
        mode: None,
        subtype: None,
        contexts: Vec::new(),
        actors: Vec::new(),
        modality: Modality::Reported,
        place: None,
        date,
        date_trace: String::new(),
        conflict: false,
        warning: None,
        named_event: None,
        salience: 0.0,
        confidence: 0.0,
        accounts: 0,
        documents: 0,
        sources: 0,
    };
    Answer { id: 0, event, fit: Fit::Definite, status: Status::Machine, first_report: None }
}

/// Sets an answer to a row of [`super::events::COLUMNS`]; who takes part is left as it is.
pub(super) fn answer(row: &Row, into: &mut Answer) -> Result<()> {
    into.id = row.get(0)?;
    into.fit = Fit::Definite;
    into.status = Status::parse(word(row, 24)?).unwrap_or(Status::Machine);
    into.first_report = day(row, 25)?;
    let event = &mut into.event;
    text(row, 1, &mut event.uid)?;
    text(row, 2, &mut event.headline)?;
    event.kind = EventType::parse(word(row, 3)?).unwrap_or(EventType::Other);
    maybe(row, 4, &mut event.mode)?;
    maybe(row, 5, &mut event.subtype)?;
    event.contexts = words_of(row, 26)?;
    event.modality = Modality::parse(word(row, 6)?).unwrap_or(Modality::Reported);
    place(row, 7, &mut event.place)?;
    text(row, 11, &mut event.date.edtf)?;
    event.date.span = Span { earliest: day(row, 12)?, latest: day(row, 13)? };
    event.date.precision = Precision::parse(word(row, 14)?).unwrap_or(Precision::Open);
    text(row, 15, &mut event.date_trace)?;
    event.conflict = row.get(16)?;
    maybe(row, 17, &mut event.warning)?;
    maybe(row, 18, &mut event.named_event)?;
    event.salience = row.get(19)?;
    event.confidence = row.get(20)?;
    event.accounts = row.get(21)?;
    event.documents = row.get(22)?;
    event.sources = row.get(23)?;
    Ok(())
}

/// An account that says nothing yet, in this document.
pub(super) fn blank_told(document: Arc<Source>) -> Told {
    Told { id: 0, fp: String::new(), document, paragraph: None, marking: None, quote: String::new(), start: 0, end: 0 }
}

/// Sets an account to the columns of the reader's query; its document is set by the reader.
pub(super) fn told(row: &Row, into: &mut Told) -> Result<()> {
    into.id = row.get(1)?;
    text(row, 2, &mut into.fp)?;
    into.paragraph = row.get(4)?;
    maybe(row, 5, &mut into.marking)?;
    text(row, 6, &mut into.quote)?;
    into.start = row.get(7)?;
    into.end = row.get(8)?;
    Ok(())
}
