//! A decision at once: only the events that it is about are made anew.
//!
//! The ledger is replayed after every merge; but to merge a million accounts for one "accept" would keep a researcher
//! waiting. What is done here gives exactly what merging everything anew would give (`tests/store_properties.rs` holds
//! the two against each other):
//! - a decision about the fields of events, a remark, a link or an added event leaves every group of accounts as it is;
//! - to merge whole events leaves all other groups as they are, since complete linkage only ever refuses more when a
//!   group is larger, and taking such a merge back gives the groups as they were.
//!
//! Whatever else is decided (a split above all, after which other accounts may fit) is merged anew.

use super::Store;
use super::events::{Draft, GAP, draft, insert_event, keep_identifiers, sort_key, write_evidence, write_fates};
use super::evidence::{Finder, Words, added, all, groups};
use super::ledger::{Decision, Entry, Evidence, Op, insert, mark_undone};
use super::read::accounts_in;
use super::replay::{Replay, blank_event, manual};
use crate::event::EventType;
use crate::merge::fused;
use crate::{Error, Result};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};
use rustc_hash::{FxHashMap, FxHashSet};
use std::rc::Rc;

/// Decisions at a time beyond which everything is merged anew.
const MANY: usize = 1000;

impl Store {
    /// Adds decisions to the ledger, in one transaction with what they do to the events, and gives back their keys.
    /// Where everything has to be merged anew, `slow` is called before.
    ///
    /// # Errors
    /// [`Error::Usage`] when one of them is there already (nothing is decided then); [`Error::Database`] when the
    /// database cannot be read or written.
    pub fn curate(&mut self, decisions: &[Decision], slow: &mut dyn FnMut()) -> Result<Vec<String>> {
        let keys: Vec<String> = decisions.iter().map(Decision::key).collect();
        let ledger = self.ledger()?;
        if keys.iter().enumerate().any(|(i, k)| keys[..i].contains(k) || ledger.iter().any(|e| e.key == *k)) {
            return Err(Error::Usage("that was decided in this very moment already".into()));
        }
        if !self.at_once(ledger, decisions).map_err(|e| self.explain(e))? {
            let path = self.path().to_path_buf();
            self.transaction(&path, |tx| {
                for decision in decisions {
                    insert(tx, &decision.key(), decision)?;
                }
                super::write::stale(tx)
            })?;
            slow();
            self.rebuild_events()?;
        }
        Ok(keys)
    }

    /// Does it here and now; false, and nothing done, where that is not possible.
    fn at_once(&mut self, mut entries: Vec<Entry>, decisions: &[Decision]) -> rusqlite::Result<bool> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let Some(mut joined) = joined(&tx)?.filter(|_| decisions.len() <= MANY) else { return Ok(false) };
        for decision in decisions {
            let key = decision.key();
            insert(&tx, &key, decision)?;
            let (id, decision) = (tx.last_insert_rowid(), decision.clone());
            entries.push(Entry { id, key, decision, undone: false, state: None, uid: None });
        }
        mark_undone(&mut entries);
        let new = entries.len() - decisions.len();
        let Some(change) = Change::of(&tx, &entries, new, &mut joined)? else { return Ok(false) };
        if !change.write(&tx, &entries)? {
            return Ok(false);
        }
        let joined: Vec<&String> = joined.iter().collect();
        set(&tx, "joined", &serde_json::json!(joined).to_string())?;
        tx.commit()?;
        Ok(true)
    }
}

/// To be called after everything was merged: from now on, decisions can be done at once.
pub(super) fn merged_anew(tx: &Transaction) -> rusqlite::Result<()> {
    set(tx, "joined", "[]")
}

fn set(tx: &Transaction, name: &str, value: &str) -> rusqlite::Result<()> {
    tx.execute("INSERT INTO state VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value", [name, value])?;
    Ok(())
}

/// The merges that were done at once since everything was merged; `None` where the events are not current.
fn joined(tx: &Transaction) -> rusqlite::Result<Option<Vec<String>>> {
    let state = |name: &str| -> rusqlite::Result<Option<String>> {
        tx.query_row("SELECT value FROM state WHERE name = ?1", [name], |row| row.get(0)).optional()
    };
    if state("events")?.as_deref() != Some("current") {
        return Ok(None);
    }
    Ok(state("joined")?.and_then(|text| serde_json::from_str(&text).ok()))
}

/// What decisions do: the events that go, and the groups of accounts that events are made of.
struct Change {
    finder: Finder,
    /// Which events each key that the ledger names belongs to.
    owners: FxHashMap<String, Vec<String>>,
    /// Events that are made anew, or that go.
    uids: FxHashSet<String>,
    /// Rows of mentions, by the event that they make.
    groups: Vec<Vec<i64>>,
    /// Entries of the ledger that add an event which is made anew.
    manual: Vec<usize>,
}

impl Change {
    /// What the entries from `new` on do; `None` where everything must be merged anew.
    fn of(
        tx: &Transaction,
        entries: &[Entry],
        new: usize,
        joined: &mut Vec<String>,
    ) -> rusqlite::Result<Option<Change>> {
        let (finder, owners) = look(tx, entries)?;
        let mut change = Change { finder, owners, uids: FxHashSet::default(), groups: Vec::new(), manual: Vec::new() };
        for (at, entry) in entries.iter().enumerate().skip(new) {
            let Some((about, undone)) = subject(entries, at) else { return Ok(None) };
            let evidence = &entries[about].decision;
            match evidence.op {
                Op::Accept | Op::Reject | Op::Set | Op::Note | Op::Link => {
                    let uids: Vec<String> = change.owners_of(&evidence.evidence);
                    change.uids.extend(uids);
                }
                Op::Add => change.uids.extend(change.owners.get(&entries[about].key).into_iter().flatten().cloned()),
                // One at a time, so that each begins with what is in the database.
                Op::Merge if entries.len() == new + 1 => {
                    let done = if undone {
                        entry.decision.op == Op::Undo && change.part(tx, evidence, &entries[about].key, joined)?
                    } else {
                        entry.decision.op == Op::Merge && change.join(tx, evidence, &entries[about].key, joined)?
                    };
                    change.entangled(tx, entries)?;
                    return Ok(done.then_some(change));
                }
                _ => return Ok(None),
            }
            if evidence.op == Op::Add && !undone {
                change.manual.push(about);
            }
        }
        change.whole(tx, entries)?;
        Ok(Some(change))
    }

    fn owners_of(&self, evidence: &[Evidence]) -> Vec<String> {
        self.finder.all(evidence).iter().filter_map(|k| self.owners.get(k)).flatten().cloned().collect()
    }

    /// A decision holds for the event that has most of its evidence. Where that is spread over several events, and some
    /// of them change, it may now be another one: all of them are made anew.
    fn entangled(&mut self, tx: &Transaction, entries: &[Entry]) -> rusqlite::Result<()> {
        let mut others: FxHashSet<String> = FxHashSet::default();
        for entry in entries {
            let uids = self.owners_of(&entry.decision.evidence);
            if uids.iter().any(|u| self.uids.contains(u)) {
                others.extend(uids.into_iter().filter(|u| !self.uids.contains(u)));
            }
        }
        self.keep(tx, entries, &others)?;
        self.uids.extend(others);
        Ok(())
    }

    /// Every event keeps its accounts.
    fn whole(&mut self, tx: &Transaction, entries: &[Entry]) -> rusqlite::Result<()> {
        let uids = self.uids.clone();
        self.keep(tx, entries, &uids)
    }

    fn keep(&mut self, tx: &Transaction, entries: &[Entry], uids: &FxHashSet<String>) -> rusqlite::Result<()> {
        let mut uids: Vec<&String> = uids.iter().collect();
        uids.sort();
        for uid in uids {
            let rows = mentions_of(tx, uid)?;
            if !rows.is_empty() {
                self.groups.push(rows.into_iter().map(|(id, _)| id).collect());
                continue;
            }
            for (at, entry) in entries.iter().enumerate().filter(|(_, e)| e.decision.op == Op::Add && !e.undone) {
                if self.owners.get(&entry.key).is_some_and(|u| u.contains(uid)) && !self.manual.contains(&at) {
                    self.manual.push(at);
                }
            }
        }
        Ok(())
    }

    /// Whole events become one. False where they are not whole.
    fn join(
        &mut self,
        tx: &Transaction,
        merge: &Decision,
        key: &str,
        joined: &mut Vec<String>,
    ) -> rusqlite::Result<bool> {
        let mut named: Vec<Evidence> = merge.evidence.clone();
        named.extend(groups(&merge.value).into_iter().flatten());
        self.uids.extend(self.owners_of(&named));
        let Some(rows) = self.exactly(tx, &self.finder.all(&named))? else { return Ok(false) };
        let whole = !merge.evidence.is_empty() && named.len() > merge.evidence.len();
        self.groups.push(rows.into_iter().map(|(id, _)| id).collect());
        joined.push(key.to_string());
        Ok(whole)
    }

    /// What such a merge has joined becomes what it was. False where the event is not what it made.
    fn part(
        &mut self,
        tx: &Transaction,
        merge: &Decision,
        key: &str,
        joined: &mut Vec<String>,
    ) -> rusqlite::Result<bool> {
        let Some(at) = joined.iter().position(|k| k == key) else { return Ok(false) };
        let parts: Vec<Vec<Evidence>> = std::iter::once(merge.evidence.clone()).chain(groups(&merge.value)).collect();
        let all: Vec<Evidence> = parts.iter().flatten().cloned().collect();
        self.uids.extend(self.owners_of(&all));
        let Some(rows) = self.exactly(tx, &self.finder.all(&all))? else { return Ok(false) };
        for part in &parts {
            let keys = self.finder.all(part);
            self.groups.push(rows.iter().filter(|(_, fp)| keys.contains(fp)).map(|(id, _)| *id).collect());
        }
        let placed: usize = self.groups.iter().map(Vec::len).sum();
        self.groups.sort();
        joined.remove(at);
        Ok(placed == rows.len() && self.groups.iter().all(|g| !g.is_empty()))
    }

    /// The accounts of the events at hand, in order, if their fingerprints are `keys` and no other event has any.
    fn exactly(&self, tx: &Transaction, keys: &[String]) -> rusqlite::Result<Option<Vec<(i64, String)>>> {
        let mut rows = Vec::new();
        for uid in &self.uids {
            rows.extend(mentions_of(tx, uid)?);
        }
        rows.sort();
        let held: FxHashSet<&str> = rows.iter().map(|(_, fp)| fp.as_str()).collect();
        let asked: FxHashSet<&str> = keys.iter().map(String::as_str).collect();
        let ours = keys.iter().all(|k| self.owners.get(k).is_some_and(|u| u.iter().all(|u| self.uids.contains(u))));
        Ok((held == asked && ours).then_some(rows))
    }

    /// Writes the events anew; false where there is no room for one between its neighbours, or no identifier.
    fn write(&self, tx: &Transaction, entries: &[Entry]) -> rusqlite::Result<bool> {
        let mut drafts = Vec::new();
        for rows in &self.groups {
            let accounts = accounts_in(tx, rows)?;
            drafts.push(draft(fused(&accounts), rows, &accounts));
        }
        drafts.extend(self.manual.iter().filter_map(|&at| entries.get(at)).map(manual));
        let before = evidence_of(tx, &drafts)?;
        let aliases = keep_identifiers(&mut drafts, &before);
        for draft in drafts.iter().filter(|d| !self.uids.contains(&d.event.uid)) {
            if is_known(tx, &draft.event.uid)? {
                return Ok(false);
            }
        }
        let made = drafts.len();
        drafts.extend(self.others());
        let replay = Replay::new(entries, &self.finder);
        let (fates, relations) = replay.apply(&mut drafts);
        drafts.truncate(made);
        let gone = remove(tx, &self.uids)?;
        for draft in &drafts {
            let Some(id) = place(tx, draft)? else { return Ok(false) };
            insert_event(tx, id, draft)?;
        }
        write_evidence(tx, &drafts, &aliases)?;
        write_fates(tx, &fates, &relations)?;
        found_actors(tx, gone, &drafts)?;
        Ok(true)
    }

    /// The other events of which the ledger speaks: of these, only whose they are is of interest.
    fn others(&self) -> Vec<Draft> {
        let mut keys: FxHashMap<&str, Vec<String>> = FxHashMap::default();
        for (key, uids) in &self.owners {
            for uid in uids.iter().filter(|u| !self.uids.contains(*u)) {
                keys.entry(uid).or_default().push(key.clone());
            }
        }
        let draft = |(uid, keys): (&str, Vec<String>)| Draft {
            event: crate::merge::Event { uid: uid.to_string(), ..blank_event() },
            mentions: Vec::new(),
            keys,
            first_report: None,
            status: "machine",
            edited: false,
        };
        keys.into_iter().map(draft).collect()
    }
}

/// The entry that the one at `at` is about in the end (what an undo undoes, and so on), and whether that one is undone.
fn subject(entries: &[Entry], at: usize) -> Option<(usize, bool)> {
    let mut at = at;
    while entries.get(at)?.decision.op == Op::Undo {
        let key = entries[at].decision.value["undoes"].as_str()?;
        at = entries.iter().position(|e| e.key == key).filter(|&before| before < at)?;
    }
    Some((at, entries[at].undone))
}

/// Finds the evidence of the ledger in the database, and the events that it belongs to.
fn look(tx: &Transaction, entries: &[Entry]) -> rusqlite::Result<(Finder, FxHashMap<String, Vec<String>>)> {
    let named = all(entries);
    let mut finder = Finder::default();
    let mut owners: FxHashMap<String, Vec<String>> = FxHashMap::default();
    let mut own = |fp: String, uid: String| {
        let uids = owners.entry(fp).or_default();
        if !uids.contains(&uid) {
            uids.push(uid);
        }
    };
    let list = |words: FxHashSet<&str>| {
        let mut words: Vec<&str> = words.into_iter().collect();
        words.sort_unstable();
        Rc::new(words.into_iter().map(|w| Value::Text(w.to_string())).collect::<Vec<_>>())
    };
    let mut known = tx.prepare_cached(
        "SELECT m.fp, e.uid FROM mention m JOIN event_mention em ON em.mention_id = m.id \
         JOIN event e ON e.id = em.event_id WHERE m.fp IN rarray(?1)",
    )?;
    let mut rows = known.query([list(named.iter().map(|e| e.fp.as_str()).collect())])?;
    while let Some(row) = rows.next()? {
        finder.keys.insert(row.get(0)?);
        own(row.get(0)?, row.get(1)?);
    }
    for key in added(entries) {
        finder.keys.insert(key.to_string());
    }
    let mut manual = tx.prepare_cached(
        "SELECT v.fp, v.uid FROM evidence v JOIN event e ON e.uid = v.uid WHERE e.accounts = 0 AND v.fp IN rarray(?1)",
    )?;
    let adds = entries.iter().filter(|e| e.decision.op == Op::Add).map(|e| e.key.as_str()).collect();
    let mut rows = manual.query([list(adds)])?;
    while let Some(row) = rows.next()? {
        own(row.get(0)?, row.get(1)?);
    }
    let missing = named.iter().filter(|e| !finder.keys.contains(&e.fp)).map(|e| e.doc.as_str()).collect();
    let mut near = tx.prepare_cached(
        "SELECT d.name, m.fp, m.quote, m.trigger, m.type, e.uid FROM document d JOIN mention m ON m.document_id = d.id \
         JOIN event_mention em ON em.mention_id = m.id JOIN event e ON e.id = em.event_id \
         WHERE d.name IN rarray(?1) ORDER BY m.id",
    )?;
    let mut rows = near.query([list(missing)])?;
    while let Some(row) = rows.next()? {
        let (doc, fp): (String, String) = (row.get(0)?, row.get(1)?);
        let text = |i: usize| row.get_ref(i).and_then(|v| v.as_str().map_err(rusqlite::Error::from));
        let kind = EventType::parse(text(4)?).unwrap_or(EventType::Other);
        finder.by_doc.entry(doc).or_default().push(Words::new(&fp, text(2)?, text(3)?, kind));
        own(fp, row.get(5)?);
    }
    Ok((finder, owners))
}

/// Rows and fingerprints of an event's accounts, in order.
fn mentions_of(conn: &Connection, uid: &str) -> rusqlite::Result<Vec<(i64, String)>> {
    let mut statement = conn.prepare_cached(
        "SELECT m.id, m.fp FROM event e JOIN event_mention em ON em.event_id = e.id \
         JOIN mention m ON m.id = em.mention_id WHERE e.uid = ?1 ORDER BY m.id",
    )?;
    statement.query_map([uid], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

fn evidence_of(conn: &Connection, drafts: &[Draft]) -> rusqlite::Result<FxHashMap<String, String>> {
    let mut statement = conn.prepare_cached("SELECT uid FROM evidence WHERE fp = ?1")?;
    let mut before = FxHashMap::default();
    for key in drafts.iter().flat_map(|d| &d.keys) {
        if let Some(uid) = statement.query_row([key], |row| row.get(0)).optional()? {
            before.insert(key.clone(), uid);
        }
    }
    Ok(before)
}

/// Whether an event has or had this identifier.
fn is_known(conn: &Connection, uid: &str) -> rusqlite::Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM event WHERE uid = ?1) OR EXISTS (SELECT 1 FROM evidence WHERE uid = ?1)";
    conn.prepare_cached(sql)?.query_row([uid], |row| row.get(0))
}

/// Takes events out and gives back the codes that took part in them.
fn remove(tx: &Transaction, uids: &FxHashSet<String>) -> rusqlite::Result<FxHashSet<String>> {
    let mut codes = FxHashSet::default();
    for uid in uids {
        let id: Option<i64> =
            tx.query_row("SELECT id FROM event WHERE uid = ?1", [uid], |row| row.get(0)).optional()?;
        let Some(id) = id else { continue };
        let mut statement = tx.prepare_cached("SELECT code FROM participation WHERE event_id = ?1")?;
        for code in statement.query_map([id], |row| row.get(0))? {
            codes.insert(code?);
        }
        tx.execute("DELETE FROM event_span WHERE id = ?1", [id])?;
        tx.execute("DELETE FROM event WHERE id = ?1", [id])?;
    }
    Ok(codes)
}

/// A free number for an event between those before and after it in time; `None` where there is none.
fn place(tx: &Transaction, draft: &Draft) -> rusqlite::Result<Option<i64>> {
    let end = |sql: &str, at: i64| -> rusqlite::Result<Option<i64>> {
        tx.prepare_cached(sql)?.query_row([at], |row| row.get(0))
    };
    let mut next = tx.prepare_cached("SELECT id, lo, hi, uid FROM event WHERE id >= ?1 ORDER BY id LIMIT 1")?;
    let last = end("SELECT max(id) FROM event WHERE id > ?1", 0)?.unwrap_or(0);
    // Numbers are in the order of time: all events below `low` come before this one, all from `high` on after it.
    let (mut low, mut high) = (1, last + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        let (id, before) = next.query_row([middle], |row| {
            let (lo, hi): (Option<i64>, Option<i64>) = (row.get(1)?, row.get(2)?);
            let (day, uid): (_, String) = (lo.or(hi), row.get(3)?);
            Ok((row.get::<_, i64>(0)?, (day.is_none(), day, hi, uid.as_str()) < sort_key(&draft.event)))
        })?;
        if before {
            low = id + 1;
        } else {
            high = middle;
        }
    }
    let below = end("SELECT max(id) FROM event WHERE id < ?1", low)?.unwrap_or(0);
    let above = end("SELECT min(id) FROM event WHERE id >= ?1", low)?.unwrap_or(last + 2 * GAP);
    let free = below + (above - below) / 2;
    Ok((below < free && free < above).then_some(free))
}

/// Keeps the table of actors that are found but not in the lexicon as merging anew would write it.
fn found_actors(tx: &Transaction, gone: FxHashSet<String>, drafts: &[Draft]) -> rusqlite::Result<()> {
    let mut insert = tx.prepare_cached("INSERT OR IGNORE INTO actor VALUES (?1, 'found', ?1, ?2)")?;
    for actor in drafts.iter().flat_map(|d| &d.event.actors) {
        insert.execute([&actor.code, &actor.top])?;
    }
    let mut delete = tx.prepare_cached(
        "DELETE FROM actor WHERE code = ?1 AND kind = 'found' AND NOT EXISTS (SELECT 1 FROM participation p \
         WHERE p.code = actor.code) AND NOT EXISTS (SELECT 1 FROM mention_actor a WHERE a.code = actor.code)",
    )?;
    for code in gone {
        delete.execute([code])?;
    }
    Ok(())
}
