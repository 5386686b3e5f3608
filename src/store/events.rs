//! From all mentions to events: merge, keep identifiers, write.

use super::evidence::Finder;
use super::replay::{Fate, Relation, Replay};
use super::row::{day_number, ends, json_of};
use super::{Store, fingerprint};
use crate::merge::{Account, Cluster, Event, SECTION, Words, merge, uid};
use crate::rules::Rules;
use crate::{Error, Result};
use rusqlite::{Transaction, params};
use rustc_hash::{FxHashMap, FxHashSet};

/// An event on its way into the database.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub event: Event,
    /// Rows of its mentions.
    pub mentions: Vec<i64>,
    /// Their fingerprints.
    pub keys: Vec<String>,
    /// Day of the first document that tells of it.
    pub first_report: Option<i64>,
    pub status: &'static str,
    /// Whether the researcher set any of its fields.
    pub edited: bool,
}

/// The row of `state` that holds the files of the section `merge` that the user's rules had.
const WORDS: &str = "merge-words";

impl Store {
    /// Remembers by which words accounts are known again: events are merged anew after a decision too, long after the
    /// rules that a build was given.
    ///
    /// # Errors
    /// [`Error::Database`] when the database cannot be written.
    pub(super) fn set_merge_words(&self, rules: &Rules) -> Result<()> {
        self.set_state(WORDS, &serde_json::json!(rules.own(SECTION)).to_string())
    }

    /// The words by which accounts are known again: those compiled in, and the user's at the last build.
    ///
    /// # Errors
    /// [`Error::Database`] when the database cannot be read or holds what are no such words.
    pub(crate) fn merge_words(&self) -> Result<Words> {
        let Some(files) = self.state(WORDS)? else { return Words::new(&Rules::builtin()) };
        let wrong = |e| Error::Database { path: self.path().to_path_buf(), reason: format!("{WORDS} in state: {e}") };
        let files: Vec<(String, String)> = serde_json::from_str(&files).map_err(wrong)?;
        Words::new(&Rules::builtin().with_files(files))
    }

    /// Merges all mentions into events and writes them in place of the ones before.
    ///
    /// # Errors
    /// [`crate::Error::Database`] when the database cannot be read or written.
    pub fn rebuild_events(&mut self) -> Result<()> {
        let (ids, accounts) = self.accounts()?;
        let ledger = self.ledger()?;
        let finder = Finder::new(&ledger, &accounts);
        let replay = Replay::new(&ledger, &finder);
        let clusters = merge(&accounts, &replay.decisions(), &self.merge_words()?);
        let before = self.evidence()?;
        let mut drafts: Vec<Draft> = clusters.into_iter().map(|c| draft(c, &ids, &accounts)).collect();
        drafts.extend(replay.added());
        let aliases = keep_identifiers(&mut drafts, &before);
        drafts.sort_by(|a, b| sort_key(&a.event).cmp(&sort_key(&b.event)));
        let (fates, relations) = replay.apply(&mut drafts);
        drafts.sort_by(|a, b| sort_key(&a.event).cmp(&sort_key(&b.event)));
        let copies = self.copies().map_err(|e| self.explain(e))?;
        let path = self.path().to_path_buf();
        self.transaction(&path, |tx| {
            write(tx, &drafts)?;
            write_copies(tx, &copies)?;
            write_evidence(tx, &drafts, &aliases)?;
            write_fates(tx, &fates, &relations)?;
            write_found_actors(tx)?;
            super::local::merged_anew(tx)?;
            tx.execute(
                "INSERT INTO state VALUES ('events', 'current') ON CONFLICT DO UPDATE SET value = 'current'",
                [],
            )?;
            Ok(())
        })
    }

    /// The fingerprints of the evidence of an event; of an event added by hand, the key of the decision.
    ///
    /// # Errors
    /// [`crate::Error::Database`] when the database cannot be read.
    pub fn evidence_of(&self, uid: &str) -> Result<Vec<String>> {
        let read = || -> rusqlite::Result<Vec<String>> {
            let mut statement = self.conn.prepare("SELECT fp FROM evidence WHERE uid = ?1 ORDER BY fp")?;
            statement.query_map([uid], |row| row.get(0))?.collect()
        };
        read().map_err(|e| self.explain(e))
    }

    /// The event that a piece of evidence belongs to.
    ///
    /// # Errors
    /// [`crate::Error::Database`] when the database cannot be read.
    pub fn event_of(&self, fp: &str) -> Result<Option<String>> {
        use rusqlite::OptionalExtension;
        self.conn
            .query_row("SELECT uid FROM evidence WHERE fp = ?1", [fp], |row| row.get(0))
            .optional()
            .map_err(|e| self.explain(e))
    }

    /// Which event each piece of evidence belonged to at the last merge.
    fn evidence(&self) -> Result<FxHashMap<String, String>> {
        let read = || -> rusqlite::Result<FxHashMap<String, String>> {
            let mut statement = self.conn.prepare("SELECT fp, uid FROM evidence")?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect()
        };
        read().map_err(|e| self.explain(e))
    }
}

pub(super) fn draft(cluster: Cluster, ids: &[i64], accounts: &[Account]) -> Draft {
    let members = || cluster.members.iter().filter_map(|&i| accounts.get(i));
    let first_report = members().filter_map(|a| a.doc_date).min().map(day_number);
    Draft {
        mentions: cluster.members.iter().filter_map(|&i| ids.get(i).copied()).collect(),
        keys: members().map(|a| a.key.clone()).collect(),
        first_report,
        status: "machine",
        edited: false,
        event: cluster.event,
    }
}

/// Dated events by their earliest (else latest) day, the narrower first; undated ones last.
pub(super) fn sort_key(event: &Event) -> (bool, Option<i64>, Option<i64>, &str) {
    let (lo, hi) = ends(event.date.span);
    let day = lo.or(hi);
    (day.is_none(), day, hi, &event.uid)
}

/// Gives each event the identifier under which most of its evidence was known, the largest share first, and every
/// other one an identifier of its own. Gives back which identifiers are now part of another event: (old, new).
pub(super) fn keep_identifiers(drafts: &mut [Draft], before: &FxHashMap<String, String>) -> Vec<(String, String)> {
    let mut shares: FxHashMap<(&str, usize), usize> = FxHashMap::default();
    for (i, draft) in drafts.iter().enumerate() {
        for key in &draft.keys {
            if let Some(old) = before.get(key) {
                *shares.entry((old, i)).or_insert(0) += 1;
            }
        }
    }
    let mut shares: Vec<(usize, String, usize)> =
        shares.into_iter().map(|((old, i), n)| (n, old.to_string(), i)).collect();
    shares.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut given: FxHashMap<usize, String> = FxHashMap::default();
    let mut taken: FxHashSet<String> = before.values().cloned().collect();
    let mut used: FxHashSet<String> = FxHashSet::default();
    for (_, old, i) in &shares {
        if !given.contains_key(i) && used.insert(old.clone()) {
            given.insert(*i, old.clone());
        }
    }
    for (i, draft) in drafts.iter_mut().enumerate() {
        draft.event.uid = match given.remove(&i) {
            Some(old) => old,
            None => fresh(&draft.event.uid, &mut taken),
        };
    }
    let now: FxHashSet<&str> = drafts.iter().map(|d| d.event.uid.as_str()).collect();
    let mut gone: FxHashMap<&str, &str> = FxHashMap::default();
    for (_, old, i) in &shares {
        if !now.contains(old.as_str())
            && let Some(draft) = drafts.get(*i)
        {
            gone.entry(old).or_insert(&draft.event.uid);
        }
    }
    let mut aliases: Vec<(String, String)> = gone.into_iter().map(|(a, b)| (a.to_string(), b.to_string())).collect();
    aliases.sort();
    aliases
}

/// An identifier that no event has or had.
fn fresh(wish: &str, taken: &mut FxHashSet<String>) -> String {
    let mut id = wish.to_string();
    let mut number = 1;
    while !taken.insert(id.clone()) {
        number += 1;
        id = uid(&fingerprint::hash(&[wish, &number.to_string()]));
    }
    id
}

fn write(tx: &Transaction, drafts: &[Draft]) -> rusqlite::Result<()> {
    tx.execute_batch(
        "DELETE FROM participation; DELETE FROM event_mention; DELETE FROM event; DELETE FROM event_span;",
    )?;
    for (i, draft) in drafts.iter().enumerate() {
        insert_event(tx, (i64::try_from(i).unwrap_or(i64::MAX) + 1).saturating_mul(GAP), draft)?;
    }
    Ok(())
}

/// Numbers left free between two events, so that a decision can put one between them without renumbering all. A power
/// of two: as often as it can be halved, events can be put into the same place.
pub(super) const GAP: i64 = 1024;

/// Writes one event with its days, actors and accounts.
pub(super) fn insert_event(tx: &Transaction, id: i64, draft: &Draft) -> rusqlite::Result<()> {
    let e = &draft.event;
    let (lo, hi) = ends(e.date.span);
    let place = e.place.as_ref();
    let mut insert = tx.prepare_cached(
        "INSERT INTO event (id, uid, headline, type, mode, subtype, quad, score, modality, place, country, lat, lon, \
         edtf, lo, hi, precision, date_trace, conflict, warning, named_event, salience, confidence, accounts, documents, \
         sources, first_report, status, contexts) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, \
         ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29)",
    )?;
    insert.execute(params![
        id,
        e.uid,
        e.headline,
        e.kind.as_str(),
        e.mode,
        e.subtype,
        e.kind.quad().as_str(),
        e.kind.score(),
        e.modality.as_str(),
        place.map(|p| p.name.as_str()),
        place.map(|p| p.country.as_str()),
        place.and_then(|p| p.lat),
        place.and_then(|p| p.lon),
        e.date.edtf,
        lo,
        hi,
        e.date.precision.as_str(),
        e.date_trace,
        e.conflict,
        e.warning,
        e.named_event,
        e.salience,
        e.confidence,
        e.accounts,
        e.documents,
        e.sources,
        draft.first_report,
        draft.status,
        json_of(&e.contexts),
    ])?;
    let span = |day: Option<i64>, open: i32| day.map_or(open, |d| i32::try_from(d).unwrap_or(open));
    tx.prepare_cached("INSERT INTO event_span VALUES (?1, ?2, ?3)")?.execute(params![
        id,
        span(lo, i32::MIN),
        span(hi, i32::MAX)
    ])?;
    let mut insert = tx.prepare_cached("INSERT INTO participation VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for (ord, a) in e.actors.iter().enumerate() {
        insert.execute(params![id, ord, a.code, a.top, a.role.as_str(), a.text])?;
    }
    let mut link = tx.prepare_cached("INSERT INTO event_mention VALUES (?1, ?2)")?;
    for mention in &draft.mentions {
        link.execute([id, *mention])?;
    }
    Ok(())
}

pub(super) fn write_evidence(tx: &Transaction, drafts: &[Draft], aliases: &[(String, String)]) -> rusqlite::Result<()> {
    let mut keep =
        tx.prepare_cached("INSERT INTO evidence VALUES (?1, ?2) ON CONFLICT DO UPDATE SET uid = excluded.uid")?;
    for draft in drafts {
        for key in &draft.keys {
            keep.execute([key, &draft.event.uid])?;
        }
    }
    for (old, new) in aliases {
        tx.execute("UPDATE event_alias SET uid = ?2 WHERE uid = ?1", [old, new])?;
        tx.execute("INSERT INTO event_alias VALUES (?1, ?2) ON CONFLICT DO UPDATE SET uid = excluded.uid", [old, new])?;
    }
    tx.execute("DELETE FROM event_alias WHERE EXISTS (SELECT 1 FROM event e WHERE e.uid = old_uid)", [])?;
    Ok(())
}

/// Which documents are copies.
fn write_copies(tx: &Transaction, copies: &FxHashMap<i64, String>) -> rusqlite::Result<()> {
    tx.execute("UPDATE document SET copy_of = NULL WHERE copy_of IS NOT NULL", [])?;
    let mut set = tx.prepare_cached("UPDATE document SET copy_of = ?2 WHERE id = ?1")?;
    for (id, first) in copies {
        set.execute(params![id, first])?;
    }
    Ok(())
}

/// What became of each decision, and what they say of how events lie to each other.
pub(super) fn write_fates(tx: &Transaction, fates: &[Fate], relations: &[Relation]) -> rusqlite::Result<()> {
    tx.execute_batch("DELETE FROM curation_state; DELETE FROM event_relation;")?;
    let mut insert = tx.prepare_cached("INSERT INTO curation_state VALUES (?1, ?2, ?3, ?4)")?;
    for fate in fates {
        insert.execute(params![fate.id, fate.state, fate.uid, fate.note])?;
    }
    let mut insert = tx.prepare_cached("INSERT OR IGNORE INTO event_relation VALUES (?1, ?2, ?3, ?4)")?;
    for (uid, relation, other, decision) in relations {
        insert.execute(params![uid, relation, other, decision])?;
    }
    Ok(())
}

/// Actors that the texts name by a code which is not in the table of actors.
fn write_found_actors(tx: &Transaction) -> rusqlite::Result<()> {
    tx.execute_batch(
        "DELETE FROM actor WHERE kind = 'found';
         INSERT OR IGNORE INTO actor SELECT DISTINCT code, 'found', code, top FROM mention_actor
         UNION SELECT DISTINCT code, 'found', code, top FROM participation;",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::event;

    fn named(uid: &str, keys: &[&str]) -> Draft {
        let keys: Vec<String> = keys.iter().map(|k| k.to_string()).collect();
        Draft {
            event: event(uid, "2005"),
            mentions: Vec::new(),
            keys,
            first_report: None,
            status: "machine",
            edited: false,
        }
    }

    #[test]
    fn identifiers_stay_with_most_of_the_evidence() {
        let before: FxHashMap<String, String> = [("a", "e1"), ("b", "e1"), ("c", "e2"), ("d", "e3")]
            .map(|(k, u)| (k.to_string(), u.to_string()))
            .into_iter()
            .collect();
        let mut drafts = [named("x", &["c", "a", "b"]), named("y", &["d"]), named("e1", &["new"])];
        let aliases = keep_identifiers(&mut drafts, &before);
        assert_eq!(drafts[0].event.uid, "e1");
        assert_eq!(drafts[1].event.uid, "e3");
        assert!(!before.values().any(|u| *u == drafts[2].event.uid), "a used identifier is never given anew");
        assert_eq!(aliases, [("e2".to_string(), "e1".to_string())]);
    }
}
