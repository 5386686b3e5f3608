//! Opening a database, making a new one, and refusing what is none.

use super::explain;
use super::lock::WriterLock;
use super::migrate::{migrate, migrated_copy};
use crate::{Error, Result};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The version of `schema.sql` that this program writes.
pub const SCHEMA_VERSION: i64 = 2;

/// "DTLN": tells a dateline database from any other SQLite file.
const APPLICATION_ID: i64 = 0x4454_4C4E;

const SCHEMA: &str = include_str!("../../schema.sql");

/// How long a second writer waits for the first.
const PATIENCE: Duration = Duration::from_secs(10);

/// An open database.
#[derive(Debug)]
pub struct Store {
    pub(crate) conn: Connection,
    path: PathBuf,
    upgraded: Option<String>,
    _lock: Option<WriterLock>,
}

impl Store {
    /// Opens a database to ask it. Nothing is changed, and a file on a read-only disk will do. A file of an earlier
    /// version is brought up to date first, in memory where it may not be written ([`Store::upgraded`] tells).
    ///
    /// # Errors
    /// [`Error::Database`] when there is none, it is no dateline database, or a newer program made it.
    pub fn open(path: &Path) -> Result<Self> {
        if !path.is_file() {
            return Err(database(path, "there is no such database; `dateline build FOLDER` makes one (--db names it)"));
        }
        // Opened for writing where that may be done, though nothing is written: so that the last reader can tidy up
        // the files that readers and writers share.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let opened = Connection::open_with_flags(path, flags).and_then(|c| version(&c).map(|v| (c, v)));
        let (conn, found) = match opened {
            Err(e) if cannot_share(&e) => open_immutable(path)?,
            other => other.map_err(|e| explain(path, e))?,
        };
        recognise(path, found)?;
        if found.schema < SCHEMA_VERSION {
            return Self::open_earlier(conn, path, found);
        }
        Self::asked(conn, path)
    }

    /// A file of an earlier version: changed as a writer would, or as a copy in memory.
    fn open_earlier(conn: Connection, path: &Path, found: Found) -> Result<Self> {
        let writable = path.metadata().is_ok_and(|m| !m.permissions().readonly())
            && conn.is_readonly("main").is_ok_and(|r| !r)
            && WriterLock::possible(path);
        if writable {
            drop(conn);
            let upgraded = Self::create(path)?.upgraded;
            let mut store = Self::open(path)?;
            store.upgraded = upgraded;
            return Ok(store);
        }
        let copy = migrated_copy(&conn, found.schema).map_err(|e| explain(path, e))?;
        let mut store = Self::asked(copy, path)?;
        store.upgraded = Some(format!(
            "of an earlier version (schema {}) and cannot be written: what is asked is asked of a copy in memory",
            found.schema
        ));
        Ok(store)
    }

    fn asked(conn: Connection, path: &Path) -> Result<Self> {
        let store = Self::ready(conn, path, None)?;
        store.conn.pragma_update(None, "query_only", true).map_err(|e| store.explain(e))?;
        Ok(store)
    }

    /// Opens a database to write it, and makes it where there is none. Waits for another writer to finish.
    ///
    /// # Errors
    /// [`Error::Database`] as [`Store::open`], when the file cannot be written, or when another writer does not finish.
    pub fn create(path: &Path) -> Result<Self> {
        Self::create_within(path, PATIENCE)
    }

    /// As [`Store::create`], waiting at most `patience` for another writer.
    ///
    /// # Errors
    /// As [`Store::create`].
    pub fn create_within(path: &Path, patience: Duration) -> Result<Self> {
        if path.is_dir() {
            return Err(database(path, "is a folder; name a file with --db"));
        }
        if let Some(folder) = path.parent().filter(|p| !p.as_os_str().is_empty() && !p.is_dir()) {
            return Err(database(path, &format!("the folder {} does not exist; make it first", folder.display())));
        }
        if path.metadata().is_ok_and(|m| m.permissions().readonly()) {
            return Err(database(path, "is read-only; change its permissions or name another file with --db"));
        }
        let lock = WriterLock::take(path, patience)?;
        let conn = Connection::open(path).map_err(|e| explain(path, e))?;
        let found = version(&conn).map_err(|e| explain(path, e))?;
        let mut upgraded = None;
        if found.empty {
            initialise(&conn).map_err(|e| explain(path, e))?;
        } else {
            recognise(path, found)?;
        }
        if !found.empty && found.schema < SCHEMA_VERSION {
            let kept = migrate(&conn, path, found.schema)?;
            upgraded = Some(format!(
                "brought up to date (schema {} to {SCHEMA_VERSION}); the file as it was is {}",
                found.schema,
                kept.display()
            ));
        }
        let mut store = Self::ready(conn, path, Some(lock))?;
        store.upgraded = upgraded;
        store.conn.pragma_update(None, "synchronous", "NORMAL").map_err(|e| store.explain(e))?;
        Ok(store)
    }

    /// A database in memory, for tests and for what is thrown away.
    ///
    /// # Errors
    /// [`Error::Sqlite`] when SQLite cannot make it.
    pub fn in_memory() -> Result<Self> {
        let conn = Connection::open_in_memory()?;
        initialise(&conn)?;
        Self::ready(conn, Path::new(":memory:"), None)
    }

    fn ready(conn: Connection, path: &Path, lock: Option<WriterLock>) -> Result<Self> {
        let set = || {
            conn.busy_timeout(Duration::from_secs(10))?;
            conn.pragma_update(None, "foreign_keys", true)?;
            conn.pragma_update(None, "cache_size", -64_000)?;
            conn.set_prepared_statement_cache_capacity(64);
            // Else a statement that comes from the cache is planned anew for every value bound to it: three quarters
            // of the time of what asks once an event.
            conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
            rusqlite::vtab::array::load_module(&conn)
        };
        set().map_err(|e| explain(path, e))?;
        Ok(Store { conn, path: path.to_path_buf(), upgraded: None, _lock: lock })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What was done to open a file of an earlier version, to be told as "FILE was …"; `None` for one of today's.
    pub fn upgraded(&self) -> Option<&str> {
        self.upgraded.as_deref()
    }

    /// Makes an error of SQLite one that names the file and the way out.
    pub(crate) fn explain(&self, error: rusqlite::Error) -> Error {
        explain(&self.path, error)
    }

    /// A value of the table `state`.
    ///
    /// # Errors
    /// [`Error::Database`] when the database cannot be read.
    pub fn state(&self, name: &str) -> Result<Option<String>> {
        use rusqlite::OptionalExtension;
        self.conn
            .query_row("SELECT value FROM state WHERE name = ?1", [name], |row| row.get(0))
            .optional()
            .map_err(|e| self.explain(e))
    }

    /// Sets a value of the table `state`.
    ///
    /// # Errors
    /// [`Error::Database`] when the database cannot be written.
    pub fn set_state(&self, name: &str, value: &str) -> Result<()> {
        self.conn
            .execute(
                "INSERT INTO state VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value",
                [name, value],
            )
            .map_err(|e| self.explain(e))?;
        Ok(())
    }
}

/// What a file says it is.
#[derive(Clone, Copy)]
struct Found {
    application: i64,
    schema: i64,
    /// Whether it holds nothing at all.
    empty: bool,
}

fn version(conn: &Connection) -> rusqlite::Result<Found> {
    let tables: i64 = conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    Ok(Found {
        application: conn.pragma_query_value(None, "application_id", |row| row.get(0))?,
        schema: conn.pragma_query_value(None, "user_version", |row| row.get(0))?,
        empty: tables == 0,
    })
}

fn recognise(path: &Path, found: Found) -> Result<()> {
    if found.application != APPLICATION_ID {
        return Err(database(path, "is no dateline database; name another file with --db"));
    }
    if found.schema < 1 {
        return Err(database(path, "was not finished by the dateline that made it; delete it and build it again"));
    }
    if found.schema > SCHEMA_VERSION {
        let reason = format!(
            "was made by a newer dateline (schema {}, this program knows {SCHEMA_VERSION}); update dateline",
            found.schema
        );
        return Err(database(path, &reason));
    }
    Ok(())
}

fn initialise(conn: &Connection) -> rusqlite::Result<()> {
    conn.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    fill(conn)
}

/// Makes the tables of a new database.
pub(super) fn fill(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute_batch(&format!(
        "BEGIN;\n{SCHEMA}\nPRAGMA application_id = {APPLICATION_ID};\nPRAGMA user_version = {SCHEMA_VERSION};\nCOMMIT;"
    ))
}

/// The part of the schema that makes the views.
pub(super) fn views() -> &'static str {
    SCHEMA.find("CREATE VIEW").and_then(|at| SCHEMA.get(at..)).unwrap_or_default()
}

/// Whether a reader failed because it may not make the files that readers and writers share.
fn cannot_share(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::*;
    matches!(error.sqlite_error_code(), Some(CannotOpen | ReadOnly | PermissionDenied))
}

/// Reads a database where nothing may be written, not even beside it: nobody else can write it either.
fn open_immutable(path: &Path) -> Result<(Connection, Found)> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let name = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    Connection::open_with_flags(format!("file:{name}?immutable=1"), flags)
        .and_then(|c| version(&c).map(|v| (c, v)))
        .map_err(|e| explain(path, e))
}

pub(super) fn database(path: &Path, reason: &str) -> Error {
    Error::Database { path: path.to_path_buf(), reason: reason.to_string() }
}
