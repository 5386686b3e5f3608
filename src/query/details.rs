//! Everything about one event: its accounts with their words.

use super::events::{Answer, events_by_id};
use super::outcomes::outcomes;
use crate::date::NaiveDate;
use crate::event::{Mention, Reason, of_witnesses, reasons, salience};
use crate::merge::Event;
use crate::store::{
    DOCUMENT_COLUMNS, DocumentLine, MENTION_COLUMNS, MENTION_WIDTH, Store, mention_of, number_day, participant_of,
};
use crate::{Error, Result};
use serde::Serialize;

/// An event and its accounts.
#[derive(Clone, Debug, Serialize)]
pub struct Details {
    /// The event.
    #[serde(flatten)]
    pub answer: Answer,
    /// Its accounts, in the order of their documents' dates.
    pub told_by: Vec<AccountRow>,
    /// Why it is as salient as it is; empty where its salience was given by a researcher or an import.
    pub salience_reasons: Vec<Reason>,
    /// How it lies to other events, in words: "realised by e123".
    pub relations: Vec<String>,
    /// What the researcher decided about it, in order: operation, who, when, remark or reason.
    pub decisions: Vec<String>,
}

/// One account with what is to be cited of its document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AccountRow {
    /// What the sentence reports.
    #[serde(flatten)]
    pub mention: Mention,
    /// Fingerprint of the evidence.
    pub fp: String,
    /// Stem of the document's file.
    pub stem: String,
    /// Where the document was read from.
    pub source: String,
    /// Title of the document.
    pub title: Option<String>,
    /// Author and origin of the document.
    pub author: Option<String>,
    /// Where the document comes from.
    pub origin: Option<String>,
    /// The day it was written.
    pub document_date: Option<NaiveDate>,
    /// What that rests on.
    pub document_date_basis: Option<String>,
    /// Row of the document.
    #[serde(skip)]
    pub document: i64,
    /// The document as a line of accounts tells of it.
    #[serde(skip)]
    pub about_document: Option<DocumentLine>,
    /// The event that the account tells of.
    pub event: String,
}

/// The identifier of the event that `asked` names: its identifier or the beginning of it.
///
/// # Errors
/// [`Error::Usage`] when there is none, there are several, or it is now part of another event (the message says which).
pub fn find(store: &Store, asked: &str) -> Result<String> {
    let asked = asked.trim().to_lowercase();
    let found = begin_with(store, &asked).map_err(|e| store.explain(e))?;
    match found.as_slice() {
        [one] => Ok(one.clone()),
        [] => Err(no_event(store, &asked)?),
        many => {
            let some: Vec<&str> = many.iter().take(5).map(String::as_str).collect();
            let more = if many.len() > 5 { ", …" } else { "" };
            let message =
                format!("{} events begin with \"{asked}\": {}{more}; write more of it", many.len(), some.join(", "));
            Err(Error::Usage(message))
        }
    }
}

fn begin_with(store: &Store, asked: &str) -> rusqlite::Result<Vec<String>> {
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let mut statement = store.conn.prepare_cached(
        "SELECT uid FROM event WHERE uid = ?1 UNION SELECT uid FROM event WHERE uid >= ?1 AND uid < ?1 || char(1114111) \
         ORDER BY 1",
    )?;
    let found: Vec<String> = statement.query_map([asked], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(if found.iter().any(|uid| uid == asked) { vec![asked.to_string()] } else { found })
}

fn no_event(store: &Store, asked: &str) -> Result<Error> {
    use rusqlite::OptionalExtension;
    let now: Option<String> = store
        .conn
        .query_row("SELECT uid FROM event_alias WHERE old_uid = ?1", [asked], |row| row.get(0))
        .optional()
        .map_err(|e| store.explain(e))?;
    Ok(Error::Usage(match now {
        Some(uid) => format!("event {asked} was merged into {uid}; ask for that one"),
        None => format!("no event \"{asked}\" in {}; `dateline events` lists them", store.path().display()),
    }))
}

/// Everything about an event.
///
/// # Errors
/// [`Error::Usage`] as [`find`]; [`Error::Database`] when the database cannot be read.
pub fn details(store: &Store, asked: &str) -> Result<Details> {
    let uid = find(store, asked)?;
    let answer = events_by_id(store, &uid)?.ok_or_else(|| Error::Usage(format!("no event \"{uid}\"")))?;
    let told_by = accounts(store, answer.id)?;
    let mut relations = relations(store, &uid).map_err(|e| store.explain(e))?;
    for (other, deed) in outcomes(store, &answer, &told_by)? {
        let word = RELATIONS.iter().find(|r| r.0 == "realises").map_or("", |r| if deed { r.1 } else { r.2 });
        let said = format!("{word} {other}");
        // What the researcher said already needs no saying again.
        if !relations.contains(&said) {
            relations.push(format!("{said} (by their accounts)"));
        }
    }
    let decisions = decisions(store, &uid).map_err(|e| store.explain(e))?;
    let salience_reasons = reasons_of(&answer.event, &told_by);
    Ok(Details { answer, told_by, salience_reasons, relations, decisions })
}

/// Why an event is as salient as it is: by its most salient account, and by how many sources tell it.
fn reasons_of(event: &Event, told_by: &[AccountRow]) -> Vec<Reason> {
    let Some(best) = told_by.iter().map(|row| &row.mention).max_by(|a, b| a.salience.total_cmp(&b.salience)) else {
        return Vec::new();
    };
    let mut all = reasons(best);
    if salience(&all) != best.salience {
        return Vec::new();
    }
    all.extend(of_witnesses(event.sources));
    if salience(&all) == event.salience { all } else { Vec::new() }
}

/// Relations by their words, seen from either event.
const RELATIONS: [(&str, &str, &str); 5] = [
    ("before", "before", "after"),
    ("after", "after", "before"),
    ("in-response-to", "in response to", "answered by"),
    ("part-of", "part of", "includes"),
    ("realises", "realises", "realised by"),
];

fn relations(store: &Store, uid: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = store.conn.prepare_cached(
        "SELECT relation, other_uid, 0 FROM event_relation WHERE uid = ?1 \
         UNION ALL SELECT relation, uid, 1 FROM event_relation WHERE other_uid = ?1 ORDER BY 3, 1, 2",
    )?;
    let said = |row: &rusqlite::Row| -> rusqlite::Result<String> {
        let (relation, other, reverse): (String, String, bool) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let words = RELATIONS.iter().find(|r| r.0 == relation);
        let word = words.map_or(relation.as_str(), |r| if reverse { r.2 } else { r.1 });
        Ok(format!("{word} {other}"))
    };
    statement.query_map([uid], said)?.collect()
}

fn decisions(store: &Store, uid: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = store.conn.prepare_cached(
        "SELECT c.op || ' by ' || c.who || ', ' || substr(c.at, 1, 10) || coalesce(': ' || (c.value ->> '$.text'), '') \
         || coalesce(': ' || (c.value ->> '$.set'), '') || coalesce(' (' || c.why || ')', '') || coalesce('; ' || s.note, '') \
         FROM curation c JOIN curation_state s ON s.curation_id = c.id WHERE s.uid = ?1 AND s.state = 'applied' ORDER BY c.id",
    )?;
    statement.query_map([uid], |row| row.get(0))?.collect()
}

/// The accounts of the event in this row.
///
/// # Errors
/// [`Error::Database`] when the database cannot be read.
pub fn accounts(store: &Store, event: i64) -> Result<Vec<AccountRow>> {
    read(store, event).map_err(|e| store.explain(e))
}

fn read(store: &Store, event: i64) -> rusqlite::Result<Vec<AccountRow>> {
    let sql = format!(
        "SELECT {MENTION_COLUMNS}, d.stem, d.source, d.title, d.author, d.origin, d.day, d.date_basis, e.uid, d.id, {DOCUMENT_COLUMNS} \
         FROM event_mention em JOIN mention m ON m.id = em.mention_id JOIN document d ON d.id = m.document_id \
         JOIN event e ON e.id = em.event_id WHERE em.event_id = ?1 \
         ORDER BY d.day IS NULL, d.day, d.id, m.start, m.trigger_start"
    );
    let mut statement = store.conn.prepare_cached(&sql)?;
    let mut actors = store
        .conn
        .prepare_cached("SELECT code, top, role, text FROM mention_actor WHERE mention_id = ?1 ORDER BY ord")?;
    let mut rows = statement.query([event])?;
    let mut told_by = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, mut mention, fp) = mention_of(row)?;
        mention.actors = actors.query_map([id], |r| participant_of(r, 0))?.collect::<rusqlite::Result<_>>()?;
        told_by.push(AccountRow {
            mention,
            fp,
            stem: row.get(MENTION_WIDTH)?,
            source: row.get(MENTION_WIDTH + 1)?,
            title: row.get(MENTION_WIDTH + 2)?,
            author: row.get(MENTION_WIDTH + 3)?,
            origin: row.get(MENTION_WIDTH + 4)?,
            document_date: row.get::<_, Option<i64>>(MENTION_WIDTH + 5)?.and_then(number_day),
            document_date_basis: row.get(MENTION_WIDTH + 6)?,
            event: row.get(MENTION_WIDTH + 7)?,
            document: row.get(MENTION_WIDTH + 8)?,
            about_document: Some(DocumentLine::of_row(row, MENTION_WIDTH + 9)?),
        });
    }
    Ok(told_by)
}
