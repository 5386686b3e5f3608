//! The documents that events rest on, with what a reference needs of them.

use super::EventFilter;
use super::record::day;
use crate::Result;
use crate::date::{Date, NaiveDate, Span};
use crate::store::Store;
use rusqlite::Row;

/// A document as it is cited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Its row.
    pub id: i64,
    /// Its identifier: the cable's number, or the file's stem.
    pub name: String,
    /// The stem of its file.
    pub stem: String,
    /// Where it was read from.
    pub source: String,
    /// Title or subject.
    pub title: Option<String>,
    /// Author as stated; of a cable, who signed it.
    pub author: Option<String>,
    /// Where it comes from: an embassy, a periodical.
    pub origin: Option<String>,
    /// Classification as stated.
    pub classification: Option<String>,
    /// The day that stands for it.
    pub day: Option<NaiveDate>,
    /// The days on which it may have been written, where one is known.
    pub date: Option<Date>,
    /// What that rests on.
    pub date_basis: Option<String>,
    /// The reader that recognised it.
    pub format: String,
    /// SHA-256 of the bytes read.
    pub sha256: String,
    /// Further fields by name; only where [`sources`] gives them.
    pub fields: Vec<(String, String)>,
}

impl Source {
    /// The day it was written, where that is known: not where only bounds of it are.
    pub fn known_day(&self) -> Option<NaiveDate> {
        self.date.as_ref().and_then(|d| d.span.earliest.filter(|_| d.span.earliest == d.span.latest))
    }

    /// The first further field of this name.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}

/// The columns that [`source_of`] reads, of `document d`.
pub(super) const COLUMNS: &str = "d.id, d.name, d.stem, d.source, d.title, d.author, d.origin, d.classification, d.day, \
     d.date_basis, d.format, d.sha256, d.lo, d.hi";

pub(super) fn source_of(row: &Row) -> rusqlite::Result<Source> {
    let span = Span { earliest: day(row, 12)?, latest: day(row, 13)? };
    let day = day(row, 8)?;
    Ok(Source {
        id: row.get(0)?,
        name: row.get(1)?,
        stem: row.get(2)?,
        source: row.get(3)?,
        title: row.get(4)?,
        author: row.get(5)?,
        origin: row.get(6)?,
        classification: row.get(7)?,
        day,
        date: day.map(|day| if span == Span::default() { Date::day(day) } else { Date::from_span(span) }),
        date_basis: row.get(9)?,
        format: row.get(10)?,
        sha256: row.get(11)?,
        fields: Vec::new(),
    })
}

/// Calls `take` with every document that tells of an event that answers, by name; copies under one name count once.
/// Gives back how many there were.
///
/// # Errors
/// [`crate::Error::Database`] when the database cannot be read; whatever `take` fails with.
pub fn sources(store: &Store, filter: &EventFilter, mut take: impl FnMut(&Source) -> Result<()>) -> Result<usize> {
    let conditions = filter.conditions();
    let sql = format!(
        "SELECT {COLUMNS} FROM document d WHERE d.id IN (SELECT m.document_id FROM event e \
         JOIN event_mention em ON em.event_id = e.id JOIN mention m ON m.id = em.mention_id WHERE {}) \
         ORDER BY d.name, d.id",
        conditions.sql()
    );
    let explain = |e| store.explain(e);
    let mut statement = store.conn.prepare_cached(&sql).map_err(explain)?;
    let mut rows = statement.query(rusqlite::params_from_iter(conditions.values)).map_err(explain)?;
    let (mut last, mut count) = (None, 0);
    while let Some(row) = rows.next().map_err(explain)? {
        let mut source = source_of(row).map_err(explain)?;
        if last.as_ref() == Some(&source.name) {
            continue;
        }
        source.fields = fields(store, source.id).map_err(explain)?;
        take(&source)?;
        count += 1;
        last = Some(source.name);
    }
    Ok(count)
}

fn fields(store: &Store, id: i64) -> rusqlite::Result<Vec<(String, String)>> {
    store
        .conn
        .prepare_cached(
            "SELECT name, value FROM doc_meta WHERE document_id = ?1 AND name <> 'fingerprint' ORDER BY ord",
        )?
        .query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

/// The text of a document as read.
///
/// # Errors
/// [`crate::Error::Database`] when the database cannot be read or holds no such document.
pub fn text(store: &Store, document: i64) -> Result<String> {
    store
        .conn
        .prepare_cached("SELECT text FROM document WHERE id = ?1")
        .and_then(|mut s| s.query_row([document], |row| row.get(0)))
        .map_err(|e| store.explain(e))
}
