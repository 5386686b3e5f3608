//! A small database of some events with their evidence, made from a larger one.

use super::{Store, explain};
use crate::{Error, Result};
use rusqlite::{Connection, OpenFlags};
use std::path::Path;

/// What is taken along, table by table: the rows of `src` that belong to the events in `chosen`. Triggers and indexes
/// of the new file do the rest.
const STEPS: &str = "
    CREATE TEMP TABLE told AS SELECT mention_id AS id FROM src.event_mention WHERE event_id IN (SELECT id FROM chosen);
    CREATE TEMP TABLE read AS SELECT DISTINCT document_id AS id FROM src.mention WHERE id IN (SELECT id FROM told);
    INSERT INTO document SELECT * FROM src.document WHERE id IN (SELECT id FROM read);
    INSERT INTO doc_meta SELECT * FROM src.doc_meta WHERE document_id IN (SELECT id FROM read);
    INSERT INTO doc_ref SELECT * FROM src.doc_ref WHERE document_id IN (SELECT id FROM read);
    INSERT INTO doc_date SELECT * FROM src.doc_date WHERE document_id IN (SELECT id FROM read);
    INSERT INTO block SELECT * FROM src.block WHERE document_id IN (SELECT id FROM read);
    INSERT INTO sentence SELECT * FROM src.sentence WHERE document_id IN (SELECT id FROM read) ORDER BY id;
    INSERT INTO timex SELECT * FROM src.timex WHERE document_id IN (SELECT id FROM read);
    INSERT INTO mention SELECT * FROM src.mention WHERE id IN (SELECT id FROM told);
    INSERT INTO mention_actor SELECT * FROM src.mention_actor WHERE mention_id IN (SELECT id FROM told);
    INSERT INTO event SELECT * FROM src.event WHERE id IN (SELECT id FROM chosen);
    INSERT INTO event_span SELECT id, lo, hi FROM src.event_span WHERE id IN (SELECT id FROM chosen);
    INSERT INTO event_mention SELECT * FROM src.event_mention WHERE event_id IN (SELECT id FROM chosen);
    INSERT INTO participation SELECT * FROM src.participation WHERE event_id IN (SELECT id FROM chosen);
    INSERT INTO actor SELECT * FROM src.actor WHERE code IN (SELECT code FROM mention_actor UNION SELECT code FROM participation
        UNION SELECT top FROM mention_actor UNION SELECT top FROM participation);
    INSERT INTO actor_role SELECT * FROM src.actor_role WHERE code IN (SELECT code FROM actor);
    INSERT INTO evidence SELECT * FROM src.evidence WHERE uid IN (SELECT uid FROM event);
    INSERT INTO event_alias SELECT * FROM src.event_alias WHERE uid IN (SELECT uid FROM event);
    INSERT INTO curation SELECT * FROM src.curation WHERE id IN
        (SELECT curation_id FROM src.curation_state WHERE state = 'applied' AND uid IN (SELECT uid FROM event)) ORDER BY id;
    INSERT INTO curation_state SELECT * FROM src.curation_state WHERE curation_id IN (SELECT id FROM curation);
    INSERT INTO event_relation SELECT * FROM src.event_relation
        WHERE uid IN (SELECT uid FROM event) AND other_uid IN (SELECT uid FROM event) AND curation_id IN (SELECT id FROM curation);
    INSERT INTO state SELECT * FROM src.state;
";

impl Store {
    /// Writes the events in these rows, with all that they rest on, to a new database. `about` is kept in its table
    /// `state` under `slice`.
    ///
    /// # Errors
    /// [`Error::Usage`] when this database is no file; [`Error::Database`] when either cannot be read or written.
    pub fn slice(&self, events: &[i64], about: &str, to: &Path) -> Result<()> {
        if !self.path().is_file() {
            return Err(Error::Usage("a database in memory cannot be sliced; write it to a file first".into()));
        }
        self.copy(events, about, to).map_err(|e| explain(to, e))
    }

    fn copy(&self, events: &[i64], about: &str, to: &Path) -> rusqlite::Result<()> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_URI;
        let conn = Connection::open_with_flags(to, flags)?;
        super::open::fill(&conn)?;
        // The file is new and is thrown away when anything fails.
        conn.pragma_update(None, "synchronous", "OFF")?;
        conn.pragma_update(None, "foreign_keys", false)?;
        let name = self.path().to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
        conn.execute("ATTACH DATABASE ?1 AS src", [format!("file:{name}?mode=ro")])?;
        conn.execute_batch("BEGIN; CREATE TEMP TABLE chosen (id INTEGER PRIMARY KEY);")?;
        {
            let mut insert = conn.prepare("INSERT OR IGNORE INTO chosen VALUES (?1)")?;
            for id in events {
                insert.execute([id])?;
            }
        }
        conn.execute_batch(STEPS)?;
        conn.execute("INSERT INTO state VALUES ('slice', ?1)", [about])?;
        conn.execute_batch("COMMIT; DETACH DATABASE src; PRAGMA optimize;")
    }
}
