//! Which documents the database holds, and everything about one of them.

use crate::date::NaiveDate;
use crate::store::{Store, number_day};
use crate::{Error, Result};
use rusqlite::{OptionalExtension, Row, params};
use rustc_hash::FxHashMap;
use serde::Serialize;

/// One document, as a row of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DocumentRow {
    /// Its identifier.
    pub id: String,
    /// Its day, where it has one.
    pub date: Option<NaiveDate>,
    /// What the day rests on.
    pub date_basis: Option<String>,
    /// Title or subject.
    pub title: Option<String>,
    /// Where it comes from.
    pub origin: Option<String>,
    /// Classification as stated.
    pub classification: Option<String>,
    /// The reader that recognised it.
    pub format: String,
    /// Accounts found in it.
    pub accounts: usize,
    /// Doubts told of it.
    pub warnings: usize,
    /// Where it was read from.
    pub source: String,
    /// Copies of it that were read too: mirrors, other layouts, reprints. They are no documents of their own.
    pub copies: usize,
}

/// A claim about a document's day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClaimRow {
    /// The day claimed.
    pub day: Option<NaiveDate>,
    /// The first day that the claim allows.
    pub earliest: Option<NaiveDate>,
    /// The last one.
    pub latest: Option<NaiveDate>,
    /// What the claim rests on.
    pub basis: String,
    /// The words it was read from.
    pub note: String,
}

/// A paragraph, or a part of one in another zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BlockRow {
    /// Its zone.
    pub zone: String,
    /// The paragraph's number as printed.
    pub number: Option<u32>,
    /// The portion mark as printed.
    pub marking: Option<String>,
    /// First character in the document's text.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
}

/// Everything about a document but its sentences and accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DocumentDetails {
    /// As in the list.
    #[serde(flatten)]
    pub row: DocumentRow,
    /// Where its copies were read from.
    pub copy_sources: Vec<String>,
    /// Author as stated.
    pub author: Option<String>,
    /// SHA-256 of the bytes read.
    pub sha256: String,
    /// Every claim about its day, the best first.
    pub claims: Vec<ClaimRow>,
    /// Further fields by name, in order; `warning` is a doubt, `tag` a tag.
    pub fields: Vec<(String, String)>,
    /// What it refers to: letter, words, identifier.
    pub references: Vec<(Option<String>, String, Option<String>)>,
    /// Its parts.
    pub blocks: Vec<BlockRow>,
    /// Its text as read.
    #[serde(skip)]
    pub text: String,
}

const COLUMNS: &str = "d.name, d.day, d.date_basis, d.title, d.origin, d.classification, d.format,
    (SELECT count(*) FROM mention m WHERE m.document_id = d.id),
    (SELECT count(*) FROM doc_meta w WHERE w.document_id = d.id AND w.name = 'warning'), d.source, d.id";

fn row_of(row: &Row) -> rusqlite::Result<DocumentRow> {
    Ok(DocumentRow {
        id: row.get(0)?,
        date: row.get::<_, Option<i64>>(1)?.and_then(number_day),
        date_basis: row.get(2)?,
        title: row.get(3)?,
        origin: row.get(4)?,
        classification: row.get(5)?,
        format: row.get(6)?,
        accounts: row.get(7)?,
        warnings: row.get(8)?,
        source: row.get(9)?,
        copies: 0,
    })
}

/// Which documents are copies of one text: for each document its group, and for each group its documents in the order
/// they were read.
struct Groups {
    of: FxHashMap<i64, String>,
    members: FxHashMap<String, Vec<i64>>,
}

impl Groups {
    fn new(store: &Store) -> rusqlite::Result<Groups> {
        let of = store.sources()?;
        let mut members = FxHashMap::<String, Vec<i64>>::default();
        for (id, group) in &of {
            members.entry(group.clone()).or_default().push(*id);
        }
        members.values_mut().for_each(|ids| ids.sort_unstable());
        Ok(Groups { of, members })
    }

    /// The documents of the same text, the first one that was read in front.
    fn members(&self, id: i64) -> &[i64] {
        self.of.get(&id).and_then(|group| self.members.get(group)).map_or(&[], Vec::as_slice)
    }
}

/// Every document, by day; those without one last. Copies of one text are one document.
///
/// # Errors
/// [`Error::Database`] when the database cannot be read.
pub fn documents(store: &Store) -> Result<Vec<DocumentRow>> {
    let read = || -> rusqlite::Result<Vec<DocumentRow>> {
        let sql = format!("SELECT {COLUMNS} FROM document d ORDER BY d.day IS NULL, d.day, d.name, d.source");
        let groups = Groups::new(store)?;
        let mut statement = store.conn.prepare(&sql)?;
        let mut rows = statement.query([])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(10)?;
            let members = groups.members(id);
            if members.first().is_none_or(|&first| first == id) {
                out.push(DocumentRow { copies: members.len().saturating_sub(1), ..row_of(row)? });
            }
        }
        Ok(out)
    };
    read().map_err(|e| store.explain(e))
}

/// The document called so: its identifier, file stem or source, or the beginning of one that no other shares.
///
/// # Errors
/// [`Error::Usage`] when there is none or more than one; [`Error::Database`] when the database cannot be read.
pub fn document(store: &Store, asked: &str) -> Result<DocumentDetails> {
    let sql = "SELECT id, source FROM document WHERE name = ?1 OR stem = ?1 OR source = ?1 ORDER BY id";
    let begins =
        "SELECT id, source FROM document WHERE substr(name, 1, length(?1)) = ?1 OR substr(stem, 1, length(?1)) = ?1
        ORDER BY id LIMIT 20";
    let find = |sql: &str| -> rusqlite::Result<Vec<(i64, String)>> {
        store.conn.prepare(sql)?.query_map([asked], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
    };
    let mut found = find(sql).map_err(|e| store.explain(e))?;
    if found.is_empty() && !asked.is_empty() {
        found = find(begins).map_err(|e| store.explain(e))?;
    }
    // A name that copies of one document share means the document.
    if let [(id, _), ..] = found[..] {
        let groups = Groups::new(store).map_err(|e| store.explain(e))?;
        let members = groups.members(id);
        if found.iter().all(|(other, _)| members.contains(other)) {
            found.truncate(1);
        }
    }
    match found.as_slice() {
        [(id, _)] => details(store, *id).map_err(|e| store.explain(e)),
        [] => Err(Error::Usage(format!(
            "no document \"{asked}\" in {}; `dateline documents` lists them",
            store.path().display()
        ))),
        several => {
            let sources: Vec<&str> = several.iter().map(|(_, s)| s.as_str()).take(4).collect();
            Err(Error::Usage(format!(
                "\"{asked}\" is more than one document: name one by its source: {}",
                sources.join(", ")
            )))
        }
    }
}

fn details(store: &Store, id: i64) -> rusqlite::Result<DocumentDetails> {
    let conn = &store.conn;
    let mut row = conn.query_row(&format!("SELECT {COLUMNS} FROM document d WHERE d.id = ?1"), [id], row_of)?;
    let mut copy_sources = Vec::new();
    for other in Groups::new(store)?.members(id).iter().filter(|other| **other != id) {
        copy_sources.push(conn.query_row("SELECT source FROM document WHERE id = ?1", [other], |r| r.get(0))?);
    }
    row.copies = copy_sources.len();
    let (author, sha256, text) = conn
        .query_row("SELECT author, sha256, text FROM document WHERE id = ?1", [id], |r| {
            Ok((r.get(0)?, r.get(1)?, r.get(2)?))
        })
        .optional()?
        .unwrap_or((None, String::new(), String::new()));
    let claims = conn
        .prepare("SELECT day, lo, hi, basis, note FROM doc_date WHERE document_id = ?1 ORDER BY ord")?
        .query_map(params![id], |r| {
            let day = |at: usize| -> rusqlite::Result<_> { Ok(r.get::<_, Option<i64>>(at)?.and_then(number_day)) };
            Ok(ClaimRow { day: day(0)?, earliest: day(1)?, latest: day(2)?, basis: r.get(3)?, note: r.get(4)? })
        })?
        .collect::<rusqlite::Result<_>>()?;
    let fields = conn
        .prepare("SELECT name, value FROM doc_meta WHERE document_id = ?1 AND name <> 'fingerprint' ORDER BY ord")?
        .query_map([id], |r| Ok((r.get(0)?, r.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let references = conn
        .prepare("SELECT letter, text, name FROM doc_ref WHERE document_id = ?1 ORDER BY ord")?
        .query_map([id], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let blocks = conn
        .prepare("SELECT zone, number, marking, start, end_ FROM block WHERE document_id = ?1 ORDER BY ord")?
        .query_map([id], |r| {
            Ok(BlockRow { zone: r.get(0)?, number: r.get(1)?, marking: r.get(2)?, start: r.get(3)?, end: r.get(4)? })
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(DocumentDetails { row, copy_sources, author, sha256, claims, fields, references, blocks, text })
}
