//! Which documents the database holds, and everything about one of them.

use crate::date::NaiveDate;
use crate::store::{Store, number_day};
use crate::{Error, Result};
use rusqlite::{OptionalExtension, Row, params};
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
}

/// A claim about a document's day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClaimRow {
    /// The day claimed.
    pub day: Option<NaiveDate>,
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
    (SELECT count(*) FROM doc_meta w WHERE w.document_id = d.id AND w.name = 'warning'), d.source";

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
    })
}

/// Every document, by day; those without one last.
///
/// # Errors
/// [`Error::Database`] when the database cannot be read.
pub fn documents(store: &Store) -> Result<Vec<DocumentRow>> {
    let read = || -> rusqlite::Result<Vec<DocumentRow>> {
        let sql = format!("SELECT {COLUMNS} FROM document d ORDER BY d.day IS NULL, d.day, d.name, d.source");
        store.conn.prepare(&sql)?.query_map([], row_of)?.collect()
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
    let row = conn.query_row(&format!("SELECT {COLUMNS} FROM document d WHERE d.id = ?1"), [id], row_of)?;
    let (author, sha256, text) = conn
        .query_row("SELECT author, sha256, text FROM document WHERE id = ?1", [id], |r| {
            Ok((r.get(0)?, r.get(1)?, r.get(2)?))
        })
        .optional()?
        .unwrap_or((None, String::new(), String::new()));
    let claims = conn
        .prepare("SELECT day, basis, note FROM doc_date WHERE document_id = ?1 ORDER BY ord")?
        .query_map(params![id], |r| Ok(ClaimRow { day: number_day(r.get(0)?), basis: r.get(1)?, note: r.get(2)? }))?
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
    Ok(DocumentDetails { row, author, sha256, claims, fields, references, blocks, text })
}
