//! Files of earlier versions: backed up, then brought up to date in one transaction.
//!
//! `schema.sql` describes the version of today; here is what has changed since each earlier one. A file of every
//! version is kept in `tests/versions/` and opened by `tests/cli_versions.rs`.

use super::explain;
use super::open::{SCHEMA_VERSION, database};
use crate::{Error, Result};
use rusqlite::Connection;
use rusqlite::backup::Backup;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// For each earlier version, the changes that make it the next one. Views are made anew afterwards. Columns are only
/// added at the end of a table, where `schema.sql` has them too. Steps are never changed, only added.
const STEPS: &[&str] = &[
    // 1 → 2: PLOVER contexts; which documents are copies (known after the next merge); a search index that Datasette
    // recognises.
    "ALTER TABLE mention ADD COLUMN contexts TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(contexts));
     ALTER TABLE event ADD COLUMN contexts TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(contexts));
     ALTER TABLE document ADD COLUMN copy_of TEXT;
     DROP TABLE sentence_fts;
     CREATE VIRTUAL TABLE sentence_fts USING fts5 (
         text, content=\"sentence\", content_rowid = 'id', tokenize = \"porter unicode61 remove_diacritics 2\"
     );
     INSERT INTO sentence_fts (sentence_fts) VALUES ('rebuild');",
];

/// Brings the file at `path`, open for writing as `conn`, from version `from` to today's, and gives back where the file
/// as it was is kept.
///
/// # Errors
/// [`Error::Database`] when the backup cannot be written, or the file cannot be changed; the file is then as it was.
pub(super) fn migrate(conn: &Connection, path: &Path, from: i64) -> Result<PathBuf> {
    let kept = back_up(conn, path, from)?;
    upgrade(conn, from).map_err(|e| explain(path, e))?;
    Ok(kept)
}

/// A copy in memory of a file that may not be written, brought up to date.
pub(super) fn migrated_copy(conn: &Connection, from: i64) -> rusqlite::Result<Connection> {
    let mut copy = Connection::open_in_memory()?;
    copy_all(conn, &mut copy)?;
    upgrade(&copy, from)?;
    Ok(copy)
}

fn copy_all(from: &Connection, to: &mut Connection) -> rusqlite::Result<()> {
    Backup::new(from, to)?.run_to_completion(4096, Duration::ZERO, None)
}

/// Copies the file to a name that is free: `a.db.v1`, `a.db.v1-2`, …. The copy appears whole or not at all.
fn back_up(conn: &Connection, path: &Path, from: i64) -> Result<PathBuf> {
    let named = |suffix: String| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    };
    let numbered = (2..).map(|n| named(format!(".v{from}-{n}")));
    let Some(free) = std::iter::once(named(format!(".v{from}"))).chain(numbered).find(|p| !p.exists()) else {
        return Err(database(path, "has too many backups beside it"));
    };
    let part = named(format!(".v{from}.part"));
    let copy = || -> rusqlite::Result<()> {
        // What an interrupted copy left behind is of no use.
        let _ = std::fs::remove_file(&part);
        let mut to = Connection::open(&part)?;
        copy_all(conn, &mut to)?;
        // A file in WAL mode would leave its companions beside it.
        to.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()))?;
        to.close().map_err(|(_, e)| e)
    };
    let why = |reason: String| {
        let _ = std::fs::remove_file(&part);
        let reason = format!(
            "is of an earlier version and must be backed up to {} first, which failed: {reason}; nothing was changed",
            free.display()
        );
        Err(Error::Database { path: path.to_path_buf(), reason })
    };
    if let Err(error) = copy() {
        return why(error.to_string());
    }
    match std::fs::rename(&part, &free) {
        Ok(()) => Ok(free),
        Err(error) => why(error.to_string()),
    }
}

fn upgrade(conn: &Connection, from: i64) -> rusqlite::Result<()> {
    let steps: String = STEPS.iter().skip(usize::try_from(from - 1).unwrap_or(0)).copied().collect();
    let views: Vec<String> = conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let drop: String = views.iter().map(|v| format!("DROP VIEW \"{}\";\n", v.replace('"', "\"\""))).collect();
    let script = format!(
        "BEGIN IMMEDIATE;\n{drop}{steps}\n{}\nPRAGMA user_version = {SCHEMA_VERSION};\nCOMMIT;",
        super::open::views()
    );
    conn.execute_batch(&script).inspect_err(|_| {
        // The failure is told; without a transaction there is nothing to take back.
        let _ = conn.execute_batch("ROLLBACK");
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_a_step_for_every_earlier_version() {
        assert_eq!(STEPS.len() as i64, SCHEMA_VERSION - 1);
    }
}
