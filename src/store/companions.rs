//! Several connections that see one state of the file, so that threads may read it beside each other.

use super::Store;
use rusqlite::{Connection, Result, Transaction};

/// Pages that a companion keeps, in KiB: it reads from one end to the other and comes back to little.
const CACHE: i64 = 16_000;

impl Store {
    /// Holds the state of the file as it is now, for all that is read until the guard is dropped; `None` where it is
    /// held already.
    pub(crate) fn reading(&self) -> Option<Transaction<'_>> {
        let begun = self.conn.is_autocommit().then(|| self.conn.unchecked_transaction().ok()).flatten();
        begun.filter(|_| look(&self.conn).is_ok())
    }

    /// `count` stores on the file of this one that hold one state of it, that of now. None where there is no file but
    /// only memory, or somebody writes it just now: one connection reads as well.
    pub(crate) fn companions(&self, count: usize) -> Vec<Store> {
        self.try_companions(count).unwrap_or_default()
    }

    fn try_companions(&self, count: usize) -> Option<Vec<Store>> {
        // A copy in memory of an older file has a path, but is not what is there.
        self.conn.path().filter(|path| !path.is_empty())?;
        let stores: Vec<Store> = (0..count).map(|_| Store::open(self.path()).ok()).collect::<Option<_>>()?;
        // Whoever commits between the first and the last look changes what the last one counts, and then the looks
        // may differ.
        let last = &stores.last()?.conn;
        let before = commits(last).ok()?;
        stores.iter().try_for_each(|store| begin(&store.conn)).ok()?;
        (commits(last).ok()? == before).then_some(stores)
    }
}

fn begin(conn: &Connection) -> Result<()> {
    conn.pragma_update(None, "cache_size", -CACHE)?;
    conn.execute_batch("BEGIN")?;
    look(conn)
}

/// A transaction holds the state of the file from its first look on, not from its beginning.
fn look(conn: &Connection) -> Result<()> {
    conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
}

/// A number that is another one after others have committed (SQLite, "PRAGMA data_version").
fn commits(conn: &Connection) -> Result<i64> {
    conn.pragma_query_value(None, "data_version", |row| row.get(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::found;

    fn documents(store: &Store) -> usize {
        store.conn.query_row("SELECT count(*) FROM document", [], |row| row.get(0)).expect("counted")
    }

    #[test]
    fn what_others_write_is_not_seen() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("a.db");
        let mut writer = Store::create(&path).expect("made");
        let mut add = |name: &str| {
            let (doc, extraction) = found(name, "Ruritania signed a treaty.", "2005-05-13");
            writer.write_document(&doc, &extraction, "r").expect("written");
        };
        add("A");
        let store = Store::open(&path).expect("opened");
        let companions = store.companions(3);
        assert_eq!(companions.len(), 3);
        let held = store.reading();
        assert!(held.is_some() && store.reading().is_none());
        add("B");
        assert!(companions.iter().chain([&store]).all(|s| documents(s) == 1));
        drop((held, companions));
        assert_eq!(documents(&store), 2);
    }

    #[test]
    fn memory_has_none() {
        assert!(Store::in_memory().expect("a database").companions(2).is_empty());
    }
}
