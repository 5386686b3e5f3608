//! The ledger of the researcher's decisions: append-only, tied to the words that an event rests on, never to rows.

use super::Store;
use super::fingerprint::{hash, one_line};
use crate::event::Mention;
use crate::{Error, Result};
use rusqlite::params;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Op {
    /// The event stands as it is.
    Accept,
    /// It is no event, or not one to keep.
    Reject,
    /// Some of its fields are other than the program thinks.
    Set,
    /// Its accounts and those of other events tell of one event.
    Merge,
    /// Some of its accounts tell of another event.
    Split,
    /// It lies to another event in a named way.
    Link,
    /// An event of which no document tells.
    Add,
    /// A remark.
    Note,
    /// An earlier decision does not hold.
    Undo,
}

impl Op {
    const ALL: [(Op, &'static str); 9] = [
        (Op::Accept, "accept"),
        (Op::Reject, "reject"),
        (Op::Set, "set"),
        (Op::Merge, "merge"),
        (Op::Split, "split"),
        (Op::Link, "link"),
        (Op::Add, "add"),
        (Op::Note, "note"),
        (Op::Undo, "undo"),
    ];

    /// The word used in databases and ledgers.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(op, _)| *op == self).map_or("note", |(_, word)| word)
    }

    /// The operation called `word`.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, w)| *w == word).map(|(op, _)| *op)
    }
}

/// The words that a decision is tied to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Evidence {
    /// The fingerprint, or for an event added by hand the key of the decision that added it.
    pub fp: String,
    /// Name of the document.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub doc: String,
    /// The sentence, on one line.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub quote: String,
    /// The word that names the event, in lower case.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub trigger: String,
    /// The quadrant of its type.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub family: String,
}

impl Evidence {
    /// The evidence of a mention whose fingerprint is known.
    pub fn of(fp: &str, mention: &Mention) -> Self {
        Evidence {
            fp: fp.to_string(),
            doc: mention.doc.clone(),
            quote: one_line(&mention.quote),
            trigger: mention.trigger.text.to_lowercase(),
            family: mention.kind.quad().as_str().to_string(),
        }
    }

    /// The evidence of an event that was added by hand.
    pub fn manual(key: &str) -> Self {
        Evidence {
            fp: key.to_string(),
            doc: String::new(),
            quote: String::new(),
            trigger: String::new(),
            family: String::new(),
        }
    }
}

/// One decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// When (UTC, ISO 8601).
    pub at: String,
    /// By whom.
    pub who: String,
    /// What.
    pub op: Op,
    /// About which words.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// The particulars: fields set, the other event's evidence, a note's text, the key of what is undone.
    #[serde(default)]
    pub value: Value,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

impl Decision {
    /// The name of the decision: a hash of all that it says.
    pub fn key(&self) -> String {
        let evidence = serde_json::to_string(&self.evidence).unwrap_or_default();
        let why = self.why.clone().unwrap_or_default();
        let parts = [&self.at, &self.who, self.op.as_str(), &evidence, &self.value.to_string(), &why];
        hash(&parts)[..12].to_string()
    }
}

/// A decision in the ledger.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entry {
    /// Its row, in the order of the ledger.
    #[serde(skip)]
    pub id: i64,
    /// Its name.
    pub key: String,
    /// The decision.
    #[serde(flatten)]
    pub decision: Decision,
    /// Whether a later decision undoes it.
    pub undone: bool,
    /// What became of it at the last replay: `applied`, `undone`, `stale`, `void`.
    pub state: Option<String>,
    /// The event it was applied to.
    pub uid: Option<String>,
}

impl Store {
    /// Adds a decision and gives back its key. Nothing is applied before [`Store::rebuild_events`].
    ///
    /// # Errors
    /// [`Error::Usage`] when the same decision is there already; [`Error::Database`] when the database cannot be written.
    pub fn decide(&mut self, decision: &Decision) -> Result<String> {
        let key = decision.key();
        match self.append(&key, decision) {
            Ok(true) => Ok(key),
            Ok(false) => Err(Error::Usage("that was decided in this very moment already".into())),
            Err(error) => Err(self.explain(error)),
        }
    }

    /// Adds the decisions that are not there yet, in their order, and gives back how many.
    ///
    /// # Errors
    /// [`Error::Database`] when the database cannot be written; nothing is added then.
    pub fn import(&mut self, decisions: &[Decision]) -> Result<usize> {
        let path = self.path().to_path_buf();
        self.transaction(&path, |tx| {
            let mut added = 0;
            for decision in decisions {
                added += insert(tx, &decision.key(), decision)?;
            }
            Ok(added)
        })
    }

    fn append(&self, key: &str, decision: &Decision) -> rusqlite::Result<bool> {
        Ok(insert(&self.conn, key, decision)? > 0)
    }

    /// The whole ledger, in order.
    ///
    /// # Errors
    /// [`Error::Database`] when the database cannot be read or the ledger holds what this program does not know.
    pub fn ledger(&self) -> Result<Vec<Entry>> {
        let rows = self.read_ledger().map_err(|e| self.explain(e))?;
        let mut entries = Vec::with_capacity(rows.len());
        for row in rows {
            entries.push(row.entry().map_err(|reason| Error::Database { path: self.path().to_path_buf(), reason })?);
        }
        mark_undone(&mut entries);
        Ok(entries)
    }

    fn read_ledger(&self) -> rusqlite::Result<Vec<Raw>> {
        let mut statement = self.conn.prepare(
            "SELECT c.id, c.key, c.at, c.who, c.op, c.evidence, c.value, c.why, s.state, s.uid \
             FROM curation c LEFT JOIN curation_state s ON s.curation_id = c.id ORDER BY c.id",
        )?;
        statement
            .query_map([], |row| {
                Ok(Raw {
                    id: row.get(0)?,
                    key: row.get(1)?,
                    at: row.get(2)?,
                    who: row.get(3)?,
                    op: row.get(4)?,
                    evidence: row.get(5)?,
                    value: row.get(6)?,
                    why: row.get(7)?,
                    state: row.get(8)?,
                    uid: row.get(9)?,
                })
            })?
            .collect()
    }
}

pub(super) fn insert(conn: &rusqlite::Connection, key: &str, d: &Decision) -> rusqlite::Result<usize> {
    let evidence = serde_json::to_string(&d.evidence).unwrap_or_else(|_| "[]".into());
    conn.execute(
        "INSERT INTO curation (key, at, who, op, evidence, value, why) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
         ON CONFLICT (key) DO NOTHING",
        params![key, d.at, d.who, d.op.as_str(), evidence, d.value.to_string(), d.why],
    )
}

/// A row of the ledger before its JSON is read.
struct Raw {
    id: i64,
    key: String,
    at: String,
    who: String,
    op: String,
    evidence: String,
    value: String,
    why: Option<String>,
    state: Option<String>,
    uid: Option<String>,
}

impl Raw {
    fn entry(self) -> std::result::Result<Entry, String> {
        let wrong = |e: serde_json::Error| format!("decision {} cannot be read: {e}", self.key);
        let decision = Decision {
            op: Op::parse(&self.op).ok_or_else(|| format!("decision {}: no operation {:?}", self.key, self.op))?,
            evidence: serde_json::from_str(&self.evidence).map_err(wrong)?,
            value: serde_json::from_str(&self.value).map_err(wrong)?,
            at: self.at,
            who: self.who,
            why: self.why,
        };
        Ok(Entry { id: self.id, key: self.key, decision, undone: false, state: self.state, uid: self.uid })
    }
}

/// An undo that itself is undone undoes nothing: the last word is read first.
pub(super) fn mark_undone(entries: &mut [Entry]) {
    entries.iter_mut().for_each(|e| e.undone = false);
    let place: FxHashMap<String, usize> = entries.iter().enumerate().map(|(i, e)| (e.key.clone(), i)).collect();
    let mut undone: FxHashSet<usize> = FxHashSet::default();
    for (i, entry) in entries.iter().enumerate().rev() {
        if entry.decision.op == Op::Undo
            && !undone.contains(&i)
            && let Some(target) = entry.decision.value["undoes"].as_str().and_then(|k| place.get(k))
        {
            undone.insert(*target);
        }
    }
    for i in undone {
        if let Some(entry) = entries.get_mut(i) {
            entry.undone = true;
        }
    }
}

/// The ledger as text: one decision a line, in order, as JSON. Two authors can compare and merge such files.
pub fn ledger_text(entries: &[Entry]) -> String {
    let mut text = String::new();
    for entry in entries {
        text.push_str(&serde_json::to_string(&entry.decision).unwrap_or_default());
        text.push('\n');
    }
    text
}

/// Reads a ledger from text.
///
/// # Errors
/// [`Error::Usage`] naming the line that is no decision; `name` says what is read.
pub fn read_ledger(text: &str, name: &str) -> Result<Vec<Decision>> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(i, line)| {
            let decision: Decision = serde_json::from_str(line).map_err(|e| {
                let known: Vec<&str> = Op::ALL.iter().map(|(_, word)| *word).collect();
                Error::Usage(format!(
                    "{name}, line {}: {e}; a ledger has one decision a line, of {} (nothing was imported)",
                    i + 1,
                    known.join(", ")
                ))
            })?;
            Ok(decision)
        })
        .collect()
}
