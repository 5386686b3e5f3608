//! The columns of a table of events: what CSV, spreadsheets and web pages show.

use super::Style;
use super::phrase::{citation, one_line, when};
use super::selection::Names;
use crate::date::{Fit, NaiveDate};
use crate::event::Role;
use crate::query::Record;
use crate::{Error, Result};
use std::borrow::Cow;

/// One cell, with its type.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell<'a> {
    /// Nothing.
    Empty,
    /// Words.
    Text(Cow<'a, str>),
    /// A whole number.
    Integer(usize),
    /// A number.
    Number(f64),
    /// Yes or no.
    Truth(bool),
    /// A day.
    Day(NaiveDate),
}

/// The type of a column's cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Integer,
    Number,
    Truth,
    Day,
}

type Get = for<'a> fn(&'a Record, &'a Names, &'a Style) -> Cell<'a>;

/// A column: name, type, what it holds, how it is got.
pub(super) struct Column {
    pub name: &'static str,
    pub kind: Kind,
    pub holds: &'static str,
    get: Get,
}

impl Column {
    /// The cell of an event.
    pub fn cell<'a>(&self, record: &'a Record, names: &'a Names, style: &'a Style) -> Cell<'a> {
        (self.get)(record, names, style)
    }
}

const fn column(name: &'static str, kind: Kind, holds: &'static str, get: Get) -> Column {
    Column { name, kind, holds, get }
}

/// How many of the columns a table has where none are asked for.
pub const DEFAULT_COLUMNS: usize = 33;

/// All columns; the usual ones first.
static COLUMNS: [Column; 37] = [
    column("id", Kind::Text, "stable identifier, the one to cite", |r, _, _| text(&r.answer.event.uid)),
    column("date", Kind::Text, "date in EDTF", |r, _, _| text(&r.answer.event.date.edtf)),
    column("date_in_words", Kind::Text, "date in words", |r, _, s| owned(r.answer.event.date.said_in(s.lang))),
    column("earliest", Kind::Day, "earliest possible day, empty where it is open", |r, _, _| {
        day(r.answer.event.date.span.earliest)
    }),
    column("latest", Kind::Day, "latest possible day, empty where it is open", |r, _, _| {
        day(r.answer.event.date.span.latest)
    }),
    column("precision", Kind::Text, "how finely the date is known", |r, _, _| {
        text(r.answer.event.date.precision.as_str())
    }),
    column("fit", Kind::Text, "definite: surely in the period asked for; possible: it may lie in it", |r, _, _| {
        text(if r.answer.fit == Fit::Definite { "definite" } else { "possible" })
    }),
    column("headline", Kind::Text, "the event in a sentence", |r, _, _| text(&r.answer.event.headline)),
    column("type", Kind::Text, "PLOVER category", |r, _, _| text(r.answer.event.kind.as_str())),
    column("mode", Kind::Text, "PLOVER mode", |r, _, _| maybe(&r.answer.event.mode)),
    column("subtype", Kind::Text, "sub-type", |r, _, _| maybe(&r.answer.event.subtype)),
    column("contexts", Kind::Text, "PLOVER contexts", |r, _, _| owned(r.answer.event.contexts.join(";"))),
    column("quad", Kind::Text, "quadrant of the category", |r, _, _| text(r.answer.event.kind.quad().as_str())),
    column("score", Kind::Number, "score of the category, -10 (worst conflict) to 10", |r, _, _| {
        Cell::Number(r.answer.event.kind.score())
    }),
    column("modality", Kind::Text, "whether it happened", |r, _, _| text(r.answer.event.modality.as_str())),
    column("initiators", Kind::Text, "codes of those who do it", |r, _, _| owned(codes(r, Role::Initiator))),
    column("targets", Kind::Text, "codes of those to whom it is done", |r, _, _| owned(codes(r, Role::Target))),
    column("others", Kind::Text, "codes of others in it", |r, _, _| owned(codes(r, Role::Other))),
    column("place", Kind::Text, "where", |r, _, _| {
        r.answer.event.place.as_ref().map_or(Cell::Empty, |p| text(&p.name))
    }),
    column("country", Kind::Text, "country of the place, ISO 3166-1 alpha-3", |r, _, _| {
        r.answer.event.place.as_ref().map_or(Cell::Empty, |p| text(&p.country))
    }),
    column("latitude", Kind::Number, "degrees north", |r, _, _| {
        number(r.answer.event.place.as_ref().and_then(|p| p.lat))
    }),
    column("longitude", Kind::Number, "degrees east", |r, _, _| {
        number(r.answer.event.place.as_ref().and_then(|p| p.lon))
    }),
    column("accounts", Kind::Integer, "sentences that tell of it", |r, _, _| Cell::Integer(r.answer.event.accounts)),
    column("documents", Kind::Integer, "documents that tell of it", |r, _, _| Cell::Integer(r.answer.event.documents)),
    column("sources", Kind::Integer, "independent sources", |r, _, _| Cell::Integer(r.answer.event.sources)),
    column("dates_contradict", Kind::Truth, "whether its accounts contradict each other's dates", |r, _, _| {
        Cell::Truth(r.answer.event.conflict)
    }),
    column("status", Kind::Text, "whose word it is: machine, accepted, edited, manual, rejected", |r, _, _| {
        text(r.answer.status.as_str())
    }),
    column("salience", Kind::Number, "how much it matters, 0 to 1", |r, _, _| Cell::Number(r.answer.event.salience)),
    column("confidence", Kind::Number, "how likely it is right, 0 to 1", |r, _, _| {
        Cell::Number(r.answer.event.confidence)
    }),
    column("first_report", Kind::Day, "day of the first document that tells of it", |r, _, _| {
        day(r.answer.first_report)
    }),
    column("why_this_date", Kind::Text, "from the words to the date", |r, _, _| text(&r.answer.event.date_trace)),
    column("warning", Kind::Text, "a doubt", |r, _, _| maybe(&r.answer.event.warning)),
    column("citations", Kind::Text, "document, paragraph, portion mark and date of each account", |r, _, s| {
        joined(r.told_by.iter().map(|t| citation(t, s.lang)))
    }),
    column("quotes", Kind::Text, "the words of each account", |r, _, _| {
        joined(r.told_by.iter().map(|t| format!("“{}”", one_line(&t.quote))))
    }),
    column("when", Kind::Text, "date in words, with \"possibly\" where it may lie outside the period", |r, _, s| {
        owned(when(&r.answer, s.lang))
    }),
    column("initiator_names", Kind::Text, "names of those who do it", |r, s, _| owned(names(r, s, Role::Initiator))),
    column("target_names", Kind::Text, "names of those to whom it is done", |r, s, _| owned(names(r, s, Role::Target))),
];

/// The names of all columns, the usual ones first.
pub fn column_names() -> impl Iterator<Item = &'static str> {
    COLUMNS.iter().map(|c| c.name)
}

/// The columns that a style asks for.
///
/// # Errors
/// [`Error::Usage`] when there is no such column; the message names all of them.
pub(super) fn chosen(style: &Style) -> Result<Vec<&'static Column>> {
    if style.columns.is_empty() {
        return Ok(COLUMNS.iter().take(DEFAULT_COLUMNS).collect());
    }
    named(&style.columns)
}

/// The columns of these names, in their order.
pub(super) fn named(names: &[impl AsRef<str>]) -> Result<Vec<&'static Column>> {
    let find = |name: &str| {
        COLUMNS.iter().find(|c| c.name == name.trim()).ok_or_else(|| {
            let known: Vec<&str> = column_names().collect();
            Error::Usage(format!("no column \"{name}\"; there are {}", known.join(", ")))
        })
    };
    names.iter().map(|n| find(n.as_ref())).collect()
}

fn text(words: &str) -> Cell<'_> {
    if words.is_empty() { Cell::Empty } else { Cell::Text(Cow::Borrowed(words)) }
}

fn owned(words: String) -> Cell<'static> {
    if words.is_empty() { Cell::Empty } else { Cell::Text(Cow::Owned(words)) }
}

fn maybe(words: &Option<String>) -> Cell<'_> {
    words.as_deref().map_or(Cell::Empty, text)
}

fn number(value: Option<f64>) -> Cell<'static> {
    value.map_or(Cell::Empty, Cell::Number)
}

fn day(value: Option<NaiveDate>) -> Cell<'static> {
    value.map_or(Cell::Empty, Cell::Day)
}

/// Several texts in one cell.
fn joined(mut texts: impl Iterator<Item = String>) -> Cell<'static> {
    let mut all = texts.next().unwrap_or_default();
    for text in texts {
        all.push_str("; ");
        all.push_str(&text);
    }
    owned(all)
}

/// The codes of those who play a role, with ";" between them.
fn codes(record: &Record, role: Role) -> String {
    let mut said = String::new();
    for actor in record.answer.event.actors.iter().filter(|a| a.role == role) {
        if !said.is_empty() {
            said.push(';');
        }
        said.push_str(&actor.code);
    }
    said
}

fn names(record: &Record, names: &Names, role: Role) -> String {
    let actors = record.answer.event.actors.iter().filter(|a| a.role == role);
    actors.map(|a| names.of(&a.code)).collect::<Vec<_>>().join("; ")
}
