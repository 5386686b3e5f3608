//! From a file to a document: its text, its parts, what its header says, and the day it was written.
//!
//! A format is recognised by content, never by name; each lives in a file of its own. The text of a document is
//! stored as it was read (decoded; for HTML, PDF and the like: the text taken out of it) and never changed.
//! Everything else points into it by byte offsets.
//!
//! This module does not split sentences (`text`) and finds no dates but those of the header.

mod article;
mod binary;
mod cable;
mod cable_browser;
mod cable_text;
mod cable_viewer;
mod char_index;
mod collection;
mod dateline;
mod draft;
mod encoding;
mod fingerprint;
mod html;
mod lines;
mod mail;
mod markdown;
mod monitor;
#[cfg(feature = "read-office")]
mod office;
mod page;
mod paperblog;
#[cfg(feature = "read-pdf")]
mod pdf;
mod plain;
mod plusd;
mod press;
mod read;
mod record;
mod stated;
mod walk;
mod wikileaks_text;

pub use char_index::CharIndex;
pub use collection::{Input, Inputs, inputs};
pub use fingerprint::{Fingerprint, copies};
pub use record::Mapping;
pub use walk::walk;

use crate::date::{NaiveDate, Span};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// One document as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Stable identifier: the cable number where there is one (`05DUSHANBE1839`), else the file stem.
    pub id: String,
    /// Where it was read from, as given (path, or collection path with `#` and the record's line).
    pub source: String,
    /// SHA-256 of the bytes read, in hexadecimal.
    pub sha256: String,
    /// The format that recognised it, e.g. `wikileaks-text`.
    pub format: &'static str,
    /// The text. Never changed after reading.
    pub text: String,
    /// What header and page say about the document.
    pub meta: Metadata,
    /// The day the document was written, with its basis; `None` where nothing tells.
    pub date: Option<DocumentDate>,
    /// Every date that something in the document claims for it, best basis first (the first is `date`).
    pub date_claims: Vec<DocumentDate>,
    /// The text's paragraphs in order, without gaps that hold words: all that is read is in one of them.
    pub blocks: Vec<Block>,
    /// What a reader should know: conflicts, repairs, doubts.
    pub warnings: Vec<String>,
}

/// Facts about a document. Fields that the document does not state are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// Title or subject line.
    pub title: Option<String>,
    /// Author as stated (a signature, a byline).
    pub author: Option<String>,
    /// Where it comes from: "Embassy Dushanbe", "Jamestown Monitor".
    pub origin: Option<String>,
    /// Classification as stated: "CONFIDENTIAL".
    pub classification: Option<String>,
    /// TAGS or keywords, in order.
    pub tags: Vec<String>,
    /// Documents it refers to, in order.
    pub references: Vec<Reference>,
    /// Further fields by name, in order: `precedence`, `dtg`, `from`, `to`, `info`, `decl`, `classified_by`, `released`, …
    pub other: Vec<(String, String)>,
}

/// A document that this one refers to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// The letter by which the text calls it ("A" for "reftel A"), if any.
    pub letter: Option<String>,
    /// The reference as written.
    pub text: String,
    /// The cable's identifier where it can be told ("06TASHKENT2332").
    pub id: Option<String>,
    /// The year it was sent, where it can be told.
    pub year: Option<i32>,
}

/// What a document date rests on, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateBasis {
    /// The page's own field ("Created: 2005-11-21").
    Header,
    /// The message's date-time group ("021155Z NOV 00").
    DateTimeGroup,
    /// A posted line or byline.
    Posted,
    /// Machine-readable metadata of a page (meta tags, JSON-LD).
    PageMetadata,
    /// Volume and issue of a periodical.
    Issue,
    /// The latest press date it cites.
    LatestPress,
    /// A date in the file's name.
    FileName,
    /// Bounds that a cable's header sets: its number, the executive order, the declassification date, its references.
    HeaderBounds,
}

impl DateBasis {
    /// The word used in databases and output, e.g. `date-time-group`.
    pub fn as_str(self) -> &'static str {
        match self {
            DateBasis::Header => "header",
            DateBasis::DateTimeGroup => "date-time-group",
            DateBasis::Posted => "posted",
            DateBasis::PageMetadata => "page-metadata",
            DateBasis::Issue => "issue",
            DateBasis::LatestPress => "latest-press",
            DateBasis::FileName => "file-name",
            DateBasis::HeaderBounds => "header-bounds",
        }
    }
}

/// One claim about when the document was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentDate {
    /// The day that stands for the document (relative expressions are resolved against it).
    pub day: NaiveDate,
    /// The days it may have been written on; one day unless the basis is weak.
    pub span: Span,
    /// What the claim rests on.
    pub basis: DateBasis,
    /// The words it was read from, or how it was inferred.
    pub note: String,
}

/// What a stretch of text is (DESIGN.md, "zone").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Zone {
    /// Metadata lines: never events.
    Header,
    /// The summary of a cable.
    Summary,
    /// The document's own account.
    Body,
    /// The author's comment.
    Comment,
    /// A parenthetical note of the author.
    Note,
    /// A caption of a picture.
    Caption,
    /// A heading inside the body.
    Heading,
    /// Navigation, disclaimers, footers, signatures, press citations: never events.
    Boilerplate,
}

impl Zone {
    /// The word used in databases and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Zone::Header => "header",
            Zone::Summary => "summary",
            Zone::Body => "body",
            Zone::Comment => "comment",
            Zone::Note => "note",
            Zone::Caption => "caption",
            Zone::Heading => "heading",
            Zone::Boilerplate => "boilerplate",
        }
    }

    /// Whether events may be told here.
    pub fn tells_events(self) -> bool {
        !matches!(self, Zone::Header | Zone::Boilerplate)
    }
}

/// A paragraph (or a part of one in another zone, such as a parenthetical note).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Bytes of [`Document::text`].
    pub range: Range<usize>,
    /// What it is.
    pub zone: Zone,
    /// The paragraph's number as printed ("2."), inherited by its parts.
    pub number: Option<u32>,
    /// The portion mark as printed: "C", "SBU", "C/NF".
    pub marking: Option<String>,
    /// Stretches inside `range` that are no part of the text: page-break lines, the number and portion mark,
    /// "SUMMARY:" labels, image texts. In order, not overlapping.
    pub skip: Vec<Range<usize>>,
}
