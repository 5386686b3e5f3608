//! The whole content as text, for comparing databases, and the check that a database is whole.

use super::Store;
use crate::Result;
use rusqlite::types::ValueRef;
use std::fmt::Write;

/// Every row of every table of a researcher's interest, in a fixed order: two databases hold the same if and only if
/// their dumps are equal.
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
    let mut out = String::new();
    for name in names {
        let _ = writeln!(out, "-- {name}");
        let width = store.conn.prepare(&format!("SELECT * FROM \"{name}\""))?.column_count();
        let order: Vec<String> = (1..=width).map(|i| i.to_string()).collect();
        let mut statement = store.conn.prepare(&format!("SELECT * FROM \"{name}\" ORDER BY {}", order.join(", ")))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            for i in 0..width {
                let _ = write!(out, "{}{}", if i == 0 { "" } else { "|" }, value(row.get_ref(i)?));
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
    Ok(faults)
}

/// What is looked at: a name and a query that gives one text for each fault.
const CHECKS: [(&str, &str); 8] = [
    ("file", "SELECT integrity_check FROM pragma_integrity_check"),
    ("reference", "SELECT \"table\" || ' row ' || coalesce(rowid, '?') FROM pragma_foreign_key_check"),
    (
        "quote not in its document",
        "SELECT d.source || ' characters ' || m.start || ' to ' || m.end_ FROM mention m JOIN document d \
         ON d.id = m.document_id WHERE substr(d.text, m.start + 1, m.end_ - m.start) <> m.quote \
         OR substr(d.text, m.trigger_start + 1, m.trigger_end - m.trigger_start) <> m.trigger",
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
