//! The corpus at a glance: what it holds, and for which time, so that "nothing happened" differs from "no documents".

use crate::Result;
use crate::date::NaiveDate;
use crate::store::{Store, number_day};
use serde::Serialize;

/// The corpus at a glance.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stats {
    /// Documents held.
    pub documents: usize,
    /// Of these, without a date.
    pub undated_documents: usize,
    /// First and last day of a document.
    pub first_document: Option<NaiveDate>,
    /// Last day of a document.
    pub last_document: Option<NaiveDate>,
    /// Sentences read.
    pub sentences: usize,
    /// Time expressions found.
    pub timexes: usize,
    /// Accounts found.
    pub accounts: usize,
    /// Events that stand.
    pub events: usize,
    /// Of these, dated to the day.
    pub to_the_day: usize,
    /// Of these, resting on one source.
    pub one_source: usize,
    /// Of these, with accounts that contradict each other's dates.
    pub conflicts: usize,
    /// Of these, decided upon by the researcher.
    pub decided: usize,
    /// Events that the researcher rejected.
    pub rejected: usize,
    /// Whether the events are those of the documents (no build is under way or was broken off).
    pub current: bool,
    /// Documents and events by year: of the document's date, of the event's earliest (else latest) day.
    pub years: Vec<YearRow>,
    /// Events by category, the most frequent first.
    pub types: Vec<(String, usize)>,
    /// Events by state or organisation, the most frequent first.
    pub actors: Vec<(String, usize)>,
    /// Documents by format, the most frequent first.
    pub formats: Vec<(String, usize)>,
}

/// One year of the corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct YearRow {
    /// The year.
    pub year: i64,
    /// Documents written in it.
    pub documents: usize,
    /// Events that lie in it.
    pub events: usize,
}

/// Looks at the whole corpus.
///
/// # Errors
/// [`crate::Error::Database`] when the database cannot be read.
pub fn stats(store: &Store) -> Result<Stats> {
    read(store).map_err(|e| store.explain(e))
}

fn read(store: &Store) -> rusqlite::Result<Stats> {
    let n = |sql: &str| -> rusqlite::Result<usize> { store.conn.query_row(sql, [], |row| row.get(0)) };
    let day = |sql: &str| -> rusqlite::Result<Option<NaiveDate>> {
        Ok(store.conn.query_row(sql, [], |row| row.get::<_, Option<i64>>(0))?.and_then(number_day))
    };
    let pairs = |sql: &str| -> rusqlite::Result<Vec<(String, usize)>> {
        store.conn.prepare(sql)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
    };
    Ok(Stats {
        documents: n("SELECT count(*) FROM document")?,
        undated_documents: n("SELECT count(*) FROM document WHERE day IS NULL")?,
        first_document: day("SELECT min(day) FROM document")?,
        last_document: day("SELECT max(day) FROM document")?,
        sentences: n("SELECT count(*) FROM sentence")?,
        timexes: n("SELECT count(*) FROM timex")?,
        accounts: n("SELECT count(*) FROM mention")?,
        events: n("SELECT count(*) FROM event WHERE status <> 'rejected'")?,
        to_the_day: n("SELECT count(*) FROM event WHERE status <> 'rejected' AND precision = 'day'")?,
        one_source: n("SELECT count(*) FROM event WHERE status <> 'rejected' AND sources <= 1")?,
        conflicts: n("SELECT count(*) FROM event WHERE status <> 'rejected' AND conflict = 1")?,
        decided: n("SELECT count(*) FROM event WHERE status IN ('accepted', 'edited', 'manual')")?,
        rejected: n("SELECT count(*) FROM event WHERE status = 'rejected'")?,
        current: n("SELECT count(*) FROM state WHERE name = 'events' AND value <> 'current'")? == 0,
        years: years(store)?,
        types: pairs(
            "SELECT type, count(*) FROM event WHERE status <> 'rejected' GROUP BY type ORDER BY count(*) DESC, type",
        )?,
        actors: pairs(
            "SELECT p.top, count(DISTINCT p.event_id) FROM participation p JOIN event e ON e.id = p.event_id \
             WHERE e.status <> 'rejected' GROUP BY p.top ORDER BY 2 DESC, 1",
        )?,
        formats: pairs("SELECT format, count(*) FROM document GROUP BY format ORDER BY count(*) DESC, format")?,
    })
}

fn years(store: &Store) -> rusqlite::Result<Vec<YearRow>> {
    let mut statement = store.conn.prepare(
        "SELECT year, sum(documents), sum(events) FROM (
            SELECT CAST(strftime('%Y', day * 86400, 'unixepoch') AS INTEGER) AS year, 1 AS documents, 0 AS events
            FROM document WHERE day IS NOT NULL
            UNION ALL
            SELECT CAST(strftime('%Y', coalesce(lo, hi) * 86400, 'unixepoch') AS INTEGER), 0, 1
            FROM event WHERE status <> 'rejected' AND coalesce(lo, hi) IS NOT NULL
         ) GROUP BY year ORDER BY year",
    )?;
    statement
        .query_map([], |row| Ok(YearRow { year: row.get(0)?, documents: row.get(1)?, events: row.get(2)? }))?
        .collect()
}
