//! An account as a line of JSON: what `extract` and `export mentions` write and `import` reads.

use super::row::{day_number, ends, number_day};
use crate::date::{Date, NaiveDate, Span};
use crate::document::Document;
use crate::event::Mention;
use rusqlite::Row;
use serde::{Deserialize, Serialize};

/// In front of the source of a document of which only accounts were imported: no file of that name was read.
pub(crate) const IMPORTED: &str = "import:";

/// One account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AccountLine {
    /// Identifier of the document; `doc` of the mention is the stem of its file.
    pub document: String,
    /// The event that it tells of, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// Fingerprint of the evidence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fp: Option<String>,
    /// The document, as far as an account needs it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about_document: Option<DocumentLine>,
    /// What the sentence reports.
    #[serde(flatten)]
    pub mention: Mention,
}

/// A document without its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentLine {
    /// Where it was read from.
    pub source: String,
    /// SHA-256 of the bytes read.
    pub sha256: String,
    /// The reader that recognised it.
    pub format: String,
    /// Title or subject.
    pub title: Option<String>,
    /// Author as stated.
    pub author: Option<String>,
    /// Where it comes from.
    pub origin: Option<String>,
    /// Classification as stated.
    pub classification: Option<String>,
    /// The day that stands for it.
    pub day: Option<NaiveDate>,
    /// The days on which it may have been written.
    pub earliest: Option<NaiveDate>,
    /// The last of them.
    pub latest: Option<NaiveDate>,
    /// What the day rests on.
    pub date_basis: Option<String>,
    /// The words it was read from.
    pub date_note: Option<String>,
}

/// The columns that [`DocumentLine::of_row`] reads, of `document d`.
pub(crate) const DOCUMENT_COLUMNS: &str = "d.source, d.sha256, d.format, d.title, d.author, d.origin, d.classification, d.day, d.lo, \
     d.hi, d.date_basis, d.date_note";

impl DocumentLine {
    /// A document as read.
    pub fn of(doc: &Document) -> Self {
        let date = doc.date.as_ref();
        DocumentLine {
            source: doc.source.clone(),
            sha256: doc.sha256.clone(),
            format: doc.format.to_string(),
            title: doc.meta.title.clone(),
            author: doc.meta.author.clone(),
            origin: doc.meta.origin.clone(),
            classification: doc.meta.classification.clone(),
            day: date.map(|d| d.day),
            earliest: date.and_then(|d| d.span.earliest),
            latest: date.and_then(|d| d.span.latest),
            date_basis: date.map(|d| d.basis.as_str().to_string()),
            date_note: date.map(|d| d.note.clone()),
        }
    }

    /// A document from the columns that begin at `first`.
    pub(crate) fn of_row(row: &Row, first: usize) -> rusqlite::Result<Self> {
        let day = |at: usize| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(first + at)?.and_then(number_day));
        let source: String = row.get(first)?;
        Ok(DocumentLine {
            source: source.strip_prefix(IMPORTED).map_or(source.clone(), str::to_string),
            sha256: row.get(first + 1)?,
            format: row.get(first + 2)?,
            title: row.get(first + 3)?,
            author: row.get(first + 4)?,
            origin: row.get(first + 5)?,
            classification: row.get(first + 6)?,
            day: day(7)?,
            earliest: day(8)?,
            latest: day(9)?,
            date_basis: row.get(first + 10)?,
            date_note: row.get(first + 11)?,
        })
    }

    /// The days on which it may have been written, as a date.
    pub fn date(&self) -> Option<Date> {
        let span = Span { earliest: self.earliest, latest: self.latest };
        self.day.map(|day| if span == Span::default() { Date::day(day) } else { Date::from_span(span) })
    }

    /// Its day and the days it may have been written on, as the database counts them.
    pub(super) fn days(&self) -> (Option<i64>, Option<i64>, Option<i64>) {
        let (lo, hi) = ends(Span { earliest: self.earliest, latest: self.latest });
        (self.day.map(day_number), lo, hi)
    }
}
