//! The table of actors: the lexicon that the database was built with, so that names, roles and memberships can be asked.

use super::Store;
use super::row::ends;
use crate::Result;
use crate::actor::{Actor, Lexicon};
use rusqlite::{Transaction, params};

impl Store {
    /// Writes the lexicon's actors in place of those before, with the offices that the documents name.
    ///
    /// # Errors
    /// [`crate::Error::Database`] when the database cannot be written.
    pub fn write_actors(&mut self, lexicon: &Lexicon) -> Result<()> {
        let path = self.path().to_path_buf();
        self.transaction(&path, |tx| {
            tx.execute_batch("DELETE FROM actor_role; DELETE FROM actor;")?;
            for actor in lexicon.actors() {
                insert(tx, actor)?;
            }
            let codes: Vec<String> = tx
                .prepare(
                    "SELECT DISTINCT code FROM mention_actor WHERE code NOT IN (SELECT code FROM actor) ORDER BY 1",
                )?
                .query_map([], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            for actor in codes.iter().filter_map(|code| lexicon.actor(code)) {
                insert(tx, actor)?;
            }
            write_roles(tx, lexicon)
        })
    }
}

fn insert(tx: &Transaction, actor: &Actor) -> rusqlite::Result<()> {
    tx.prepare_cached("INSERT OR IGNORE INTO actor VALUES (?1, ?2, ?3, ?4)")?.execute([
        actor.code.as_str(),
        actor.kind.as_str(),
        &actor.name,
        actor.top(),
    ])?;
    Ok(())
}

fn write_roles(tx: &Transaction, lexicon: &Lexicon) -> rusqlite::Result<()> {
    let mut insert = tx.prepare_cached(
        "INSERT INTO actor_role SELECT ?1, (SELECT count(*) FROM actor_role WHERE code = ?1), ?2, ?3, ?4, ?5 \
         WHERE EXISTS (SELECT 1 FROM actor WHERE code = ?1)",
    )?;
    for actor in lexicon.actors() {
        for role in &actor.roles {
            let (lo, hi) = ends(role.span);
            insert.execute(params![actor.code, role.office, role.of, lo, hi])?;
        }
        for membership in &actor.members {
            let (lo, hi) = ends(membership.span);
            insert.execute(params![membership.member, "member", actor.code, lo, hi])?;
        }
    }
    Ok(())
}
