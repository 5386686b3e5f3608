//! Frozen, citable states of the events, and what came, went and changed since.

use super::Store;
use crate::{Error, Result};
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// How an event differs between two states.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// The event.
    pub uid: String,
    /// `new`, `gone` or `changed`.
    pub what: &'static str,
    /// Its headline, in the later state that has it.
    pub headline: String,
    /// The fields that differ: name, before, after.
    pub fields: Vec<(String, Value, Value)>,
    /// Why: a document, the rules, a decision.
    pub why: String,
}

/// One state of the events.
#[derive(Debug, Default)]
struct State {
    /// By identifier: the fields that count, and the evidence (fingerprint, document).
    events: BTreeMap<String, (Value, Vec<Witness>)>,
    documents: BTreeSet<(String, String)>,
    rules: String,
    fingerprints: BTreeSet<String>,
}

/// A piece of evidence in a release.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Witness {
    fp: String,
    doc: String,
}

/// An event as JSON: what a citation states.
const EVENT: &str = "json_object('headline', e.headline, 'date', e.edtf, 'type', e.type, 'subtype', e.subtype, \
     'modality', e.modality, 'place', e.place, 'status', e.status, 'actors', (SELECT json_group_array(p.role || ' ' || \
     p.code) FROM (SELECT role, code FROM participation WHERE event_id = e.id ORDER BY ord) p))";

/// Its evidence as JSON.
const EVIDENCE: &str = "(SELECT json_group_array(json_object('fp', w.fp, 'doc', w.name)) FROM (SELECT m.fp, d.name FROM \
     event_mention em JOIN mention m ON m.id = em.mention_id JOIN document d ON d.id = m.document_id \
     WHERE em.event_id = e.id ORDER BY m.id) w)";

impl Store {
    /// Freezes the events that stand under a name. `at` is the time, which this module does not know.
    ///
    /// # Errors
    /// [`Error::Usage`] when the name is taken; [`Error::Database`] when the database cannot be written.
    pub fn release(&mut self, name: &str, at: &str) -> Result<usize> {
        if name.trim().is_empty() {
            return Err(Error::Usage("a release needs a name".into()));
        }
        if self.release_row(name)?.is_some() {
            return Err(Error::Usage(format!("there is a release \"{name}\" already; releases are never changed")));
        }
        let path = self.path().to_path_buf();
        self.transaction(&path, |tx| {
            tx.execute(
                "INSERT INTO release (name, at, rules, curation_id) VALUES (?1, ?2, \
                 coalesce((SELECT value FROM state WHERE name = 'rules'), ''), (SELECT max(id) FROM curation))",
                params![name, at],
            )?;
            let id = tx.last_insert_rowid();
            tx.execute("INSERT OR IGNORE INTO release_document SELECT ?1, name, sha256 FROM document", [id])?;
            tx.execute(
                &format!(
                    "INSERT INTO release_event SELECT ?1, e.uid, {EVENT}, {EVIDENCE} FROM event e WHERE e.status <> 'rejected'"
                ),
                [id],
            )
        })
    }

    fn release_row(&self, name: &str) -> Result<Option<i64>> {
        self.conn
            .query_row("SELECT id FROM release WHERE name = ?1", [name], |row| row.get(0))
            .optional()
            .map_err(|e| self.explain(e))
    }

    /// The releases: name, time, number of events.
    ///
    /// # Errors
    /// [`Error::Database`] when the database cannot be read.
    pub fn releases(&self) -> Result<Vec<(String, String, usize)>> {
        let read = || -> rusqlite::Result<Vec<(String, String, usize)>> {
            let sql = "SELECT r.name, r.at, (SELECT count(*) FROM release_event x WHERE x.release_id = r.id) \
                       FROM release r ORDER BY r.id";
            let mut statement = self.conn.prepare(sql)?;
            statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect()
        };
        read().map_err(|e| self.explain(e))
    }

    /// What differs between a release and another one, or the events of now.
    ///
    /// # Errors
    /// [`Error::Usage`] when there is no such release; [`Error::Database`] when the database cannot be read.
    pub fn diff(&self, from: &str, to: Option<&str>) -> Result<Vec<Change>> {
        let before = self.released(from)?;
        let after = match to {
            Some(name) => self.released(name)?,
            None => self.now().map_err(|e| self.explain(e))?,
        };
        let aliases = self.aliases().map_err(|e| self.explain(e))?;
        let uids: BTreeSet<&String> = before.events.keys().chain(after.events.keys()).collect();
        Ok(uids.into_iter().filter_map(|uid| change(uid, &before, &after, &aliases)).collect())
    }

    fn released(&self, name: &str) -> Result<State> {
        let Some(id) = self.release_row(name)? else {
            let known: Vec<String> = self.releases()?.into_iter().map(|r| r.0).collect();
            let known = if known.is_empty() { "there is none yet".to_string() } else { known.join(", ") };
            return Err(Error::Usage(format!("no release \"{name}\"; releases: {known}")));
        };
        let read = || {
            let rules = self.conn.query_row("SELECT rules FROM release WHERE id = ?1", [id], |row| row.get(0))?;
            self.read_state(
                rules,
                &format!("SELECT uid, event, evidence FROM release_event WHERE release_id = {id}"),
                &format!("SELECT name, sha256 FROM release_document WHERE release_id = {id}"),
            )
        };
        read().map_err(|e| self.explain(e))
    }

    fn now(&self) -> rusqlite::Result<State> {
        let sql = "SELECT coalesce((SELECT value FROM state WHERE name = 'rules'), '')";
        let rules = self.conn.query_row(sql, [], |row| row.get(0))?;
        let events = format!("SELECT e.uid, {EVENT}, {EVIDENCE} FROM event e WHERE e.status <> 'rejected'");
        self.read_state(rules, &events, "SELECT name, sha256 FROM document")
    }

    fn read_state(&self, rules: String, events: &str, documents: &str) -> rusqlite::Result<State> {
        let mut state = State { rules, ..State::default() };
        let mut statement = self.conn.prepare(events)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (event, evidence): (String, String) = (row.get(1)?, row.get(2)?);
            let event = serde_json::from_str(&event).unwrap_or(Value::Null);
            let witnesses: Vec<Witness> = serde_json::from_str(&evidence).unwrap_or_default();
            state.fingerprints.extend(witnesses.iter().map(|w| w.fp.clone()));
            state.events.insert(row.get(0)?, (event, witnesses));
        }
        let mut statement = self.conn.prepare(documents)?;
        let documents = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        state.documents = documents.collect::<rusqlite::Result<_>>()?;
        Ok(state)
    }

    fn aliases(&self) -> rusqlite::Result<BTreeMap<String, String>> {
        let mut statement = self.conn.prepare("SELECT old_uid, uid FROM event_alias")?;
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
    }
}

fn change(uid: &str, before: &State, after: &State, aliases: &BTreeMap<String, String>) -> Option<Change> {
    let headline = |v: &Value| v["headline"].as_str().unwrap_or_default().to_string();
    let one =
        |what, event: &Value, fields, why| Change { uid: uid.into(), what, headline: headline(event), fields, why };
    match (before.events.get(uid), after.events.get(uid)) {
        (None, Some((event, told))) => Some(one("new", event, Vec::new(), why_new(told, before, after))),
        (Some((event, told)), None) => {
            Some(one("gone", event, Vec::new(), why_gone(told, before, after, aliases.get(uid))))
        }
        (Some((old, old_told)), Some((new, told))) => {
            let fields = differing(old, new);
            if fields.is_empty() && old_told == told {
                return None;
            }
            let mut fields = fields;
            if old_told.len() != told.len() {
                fields.push(("accounts".into(), old_told.len().into(), told.len().into()));
            }
            let more: Vec<Witness> = told.iter().filter(|w| !old_told.contains(w)).cloned().collect();
            let why = if matches!(new["status"].as_str(), Some("edited" | "manual")) && old["status"] != new["status"] {
                "a decision".to_string()
            } else if more.is_empty() {
                why_gone(old_told, before, after, None)
            } else {
                why_new(&more, before, after)
            };
            Some(one("changed", new, fields, why))
        }
        (None, None) => None,
    }
}

fn differing(old: &Value, new: &Value) -> Vec<(String, Value, Value)> {
    let empty = serde_json::Map::new();
    let (a, b) = (old.as_object().unwrap_or(&empty), new.as_object().unwrap_or(&empty));
    let names: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
    let at = |m: &serde_json::Map<String, Value>, n: &str| m.get(n).cloned().unwrap_or(Value::Null);
    names.into_iter().filter(|n| a.get(*n) != b.get(*n)).map(|n| (n.clone(), at(a, n), at(b, n))).collect()
}

fn why_new(told: &[Witness], before: &State, after: &State) -> String {
    if told.is_empty() {
        return "a decision".into();
    }
    let old_names: BTreeSet<&str> = before.documents.iter().map(|(name, _)| name.as_str()).collect();
    let fresh: BTreeSet<&str> = told.iter().map(|w| w.doc.as_str()).filter(|d| !old_names.contains(d)).collect();
    if !fresh.is_empty() {
        return format!("new document {}", fresh.into_iter().collect::<Vec<_>>().join(", "));
    }
    if told.iter().all(|w| before.fingerprints.contains(&w.fp)) {
        return "a decision, or other merging".into();
    }
    let changed: BTreeSet<&str> =
        after.documents.difference(&before.documents).map(|(name, _)| name.as_str()).collect();
    match told.iter().find(|w| changed.contains(w.doc.as_str())) {
        Some(w) => format!("changed document {}", w.doc),
        None if before.rules != after.rules => "new rules".into(),
        None => "a decision, or other merging".into(),
    }
}

fn why_gone(told: &[Witness], before: &State, after: &State, alias: Option<&String>) -> String {
    if let Some(uid) = alias {
        return format!("merged into {uid}");
    }
    let names: BTreeSet<&str> = after.documents.iter().map(|(name, _)| name.as_str()).collect();
    if let Some(w) = told.iter().find(|w| !names.contains(w.doc.as_str())) {
        return format!("document {} is gone", w.doc);
    }
    let changed: BTreeSet<&str> =
        before.documents.difference(&after.documents).map(|(name, _)| name.as_str()).collect();
    if let Some(w) = told.iter().find(|w| changed.contains(w.doc.as_str())) {
        return format!("changed document {}", w.doc);
    }
    if before.rules != after.rules { "new rules".into() } else { "a decision".into() }
}
