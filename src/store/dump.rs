//! The whole content as text, for comparing databases, and the check that a database is whole.

use super::Store;
use super::row::{ends, number_day};
use crate::Result;
use crate::date::words::of_span;
use crate::date::{Date, Span};
use rusqlite::ErrorCode;
use rusqlite::types::ValueRef;
use rustc_hash::FxHashMap;
use std::fmt::Write;

/// Every row of every table of a researcher's interest, in a fixed order: two databases hold the same if and only if
/// their dumps are equal. For the number of an event stands its place, since decisions leave the numbers with gaps; how
/// an event came to be up to date is left out.
///
/// # Errors
/// [`crate::Error::Database`] when the database cannot be read.
pub fn dump(store: &Store) -> Result<String> {
    read(store).map_err(|e| store.explain(e))
}

fn read(store: &Store) -> rusqlite::Result<String> {
    let mut tables = store.conn.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'sentence_fts%' \
         AND name NOT LIKE 'event_span_%' ORDER BY name",
    )?;
    let names: Vec<String> = tables.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut events = store.conn.prepare("SELECT id FROM event ORDER BY id")?;
    let places: FxHashMap<i64, i64> = events
        .query_map([], |row| row.get::<_, i64>(0))?
        .zip(1..)
        .map(|(id, place)| Ok((id?, place)))
        .collect::<rusqlite::Result<_>>()?;
    let mut out = String::new();
    for name in names {
        let _ = writeln!(out, "-- {name}");
        let width = store.conn.prepare(&format!("SELECT * FROM \"{name}\""))?.column_count();
        let order: Vec<String> = (1..=width).map(|i| i.to_string()).collect();
        let hidden = if name == "state" { "WHERE name <> 'joined'" } else { "" };
        let sql = format!("SELECT * FROM \"{name}\" {hidden} ORDER BY {}", order.join(", "));
        let mut statement = store.conn.prepare(&sql)?;
        let numbered = matches!(name.as_str(), "event" | "event_span" | "event_mention" | "participation");
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            for i in 0..width {
                let text = match row.get_ref(i)? {
                    ValueRef::Integer(id) if i == 0 && numbered => places.get(&id).copied().unwrap_or(id).to_string(),
                    other => value(other),
                };
                let _ = write!(out, "{}{text}", if i == 0 { "" } else { "|" });
            }
            out.push('\n');
        }
    }
    Ok(out)
}

fn value(value: ValueRef) -> String {
    match value {
        ValueRef::Null => "NULL".into(),
        ValueRef::Integer(i) => i.to_string(),
        ValueRef::Real(r) => format!("{r:?}"),
        ValueRef::Text(t) => format!("{:?}", String::from_utf8_lossy(t)),
        ValueRef::Blob(b) => format!("{b:?}"),
    }
}

/// What is wrong with a database; empty when nothing is. Looks at the file, the references between tables, the search
/// index, and at every quote.
///
/// # Errors
/// [`crate::Error::Database`] when the database cannot be read at all.
pub fn check(store: &Store) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for (what, sql) in CHECKS {
        let found = list(store, sql).map_err(|e| store.explain(e))?;
        faults.extend(found.into_iter().filter(|f| f != "ok").map(|f| format!("{what}: {f}")));
    }
    let asked = dates(store).and_then(|dates| Ok((dates, search_index(store)?)));
    let (dates, index) = asked.map_err(|e| store.explain(e))?;
    faults.extend(dates);
    faults.extend(index);
    Ok(faults)
}

/// Every date against its interval: the EDTF text must mean the days that stand beside it.
fn dates(store: &Store) -> rusqlite::Result<Vec<String>> {
    let mut faults = Vec::new();
    for (table, name) in [("mention", "fp"), ("event", "uid"), ("timex", "id")] {
        let sql = format!("SELECT CAST({name} AS TEXT), edtf, lo, hi FROM {table} WHERE edtf IS NOT NULL");
        let mut statement = store.conn.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (name, edtf): (String, String) = (row.get(0)?, row.get(1)?);
            let days: (Option<i64>, Option<i64>) = (row.get(2)?, row.get(3)?);
            let span = Span { earliest: days.0.and_then(number_day), latest: days.1.and_then(number_day) };
            // An interval open on both sides has no EDTF text of its own.
            if Date::from_span(span).edtf == edtf {
                continue;
            }
            match Date::from_edtf(&edtf) {
                Ok(date) if ends(date.span) == days => {}
                Ok(date) => faults
                    .push(format!("date: {table} {name}: {edtf} means {}, other days are stored", of_span(date.span))),
                Err(e) => faults.push(format!("date: {table} {name}: {e}")),
            }
        }
    }
    Ok(faults)
}

/// The search index against the sentences, by SQLite's own comparison. It is asked for by writing, so a database that
/// cannot be written is not asked.
fn search_index(store: &Store) -> rusqlite::Result<Vec<String>> {
    let reading: bool = store.conn.pragma_query_value(None, "query_only", |row| row.get(0))?;
    store.conn.pragma_update(None, "query_only", false)?;
    let ask = "INSERT INTO sentence_fts (sentence_fts, rank) VALUES ('integrity-check', 1)";
    let answer = store.conn.execute(ask, []);
    store.conn.pragma_update(None, "query_only", reading)?;
    match answer {
        Ok(_) => Ok(Vec::new()),
        Err(e) => match e.sqlite_error_code() {
            Some(ErrorCode::ReadOnly | ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Ok(Vec::new()),
            Some(ErrorCode::DatabaseCorrupt) => {
                Ok(vec!["search index: does not hold the words of the sentences; build the database anew".to_string()])
            }
            _ => Err(e),
        },
    }
}

/// What is looked at: a name and a query that gives one text for each fault.
const CHECKS: [(&str, &str); 10] = [
    ("file", "SELECT integrity_check FROM pragma_integrity_check"),
    ("reference", "SELECT \"table\" || ' row ' || coalesce(rowid, '?') FROM pragma_foreign_key_check"),
    (
        "quote not in its document",
        "SELECT d.source || ' characters ' || m.start || ' to ' || m.end_ FROM mention m JOIN document d \
         ON d.id = m.document_id WHERE substr(d.text, m.start + 1, m.end_ - m.start) <> m.quote \
         OR substr(d.text, m.trigger_start + 1, m.trigger_end - m.trigger_start) <> m.trigger",
    ),
    (
        "time expression not in its document",
        "SELECT d.source || ' characters ' || t.start || ' to ' || t.end_ FROM timex t JOIN document d \
         ON d.id = t.document_id WHERE substr(d.text, t.start + 1, t.end_ - t.start) <> t.text",
    ),
    (
        "sentence or paragraph outside its document",
        "SELECT d.source || ' characters ' || s.start || ' to ' || s.end_ FROM document d JOIN \
         (SELECT document_id, start, end_ FROM sentence UNION ALL SELECT document_id, start, end_ FROM block) s \
         ON s.document_id = d.id WHERE s.end_ > length(d.text) OR s.start > s.end_",
    ),
    (
        "search index",
        "SELECT 'sentence ' || s.id FROM sentence s WHERE NOT EXISTS (SELECT 1 FROM sentence_fts_docsize f WHERE f.id = s.id)",
    ),
    (
        "days of an event",
        "SELECT e.uid FROM event e LEFT JOIN event_span s ON s.id = e.id WHERE s.id IS NULL \
         OR s.lo <> coalesce(e.lo, -2147483648) OR s.hi <> coalesce(e.hi, 2147483647)",
    ),
    (
        "order of events",
        "SELECT uid FROM (SELECT uid, coalesce(lo, hi) AS day, lag(coalesce(lo, hi)) OVER (ORDER BY id) AS before \
         FROM event) WHERE day < before",
    ),
    (
        "event without accounts",
        "SELECT e.uid FROM event e WHERE e.accounts > 0 AND (SELECT value FROM state WHERE name = 'events') = 'current' \
         AND NOT EXISTS (SELECT 1 FROM event_mention em WHERE em.event_id = e.id)",
    ),
    (
        "account without event",
        "SELECT m.fp FROM mention m WHERE (SELECT value FROM state WHERE name = 'events') = 'current' \
         AND NOT EXISTS (SELECT 1 FROM event_mention em WHERE em.mention_id = m.id)",
    ),
];

fn list(store: &Store, sql: &str) -> rusqlite::Result<Vec<String>> {
    store.conn.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
}
