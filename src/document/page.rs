//! What the pages that print cables have in common: labelled fields, a Created day, and lines that are no message.

use super::cable;
use super::cable::line::pattern;
use super::draft::{Draft, squeeze, trim};
use super::lines::{lines, paragraphs};
use super::{DateBasis, Zone};
use crate::date::NaiveDate;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

pattern!(STAMP, r"\b(\d{4}-\d{2}-\d{2})(?:[ T]\d{2}:\d{2}(?::\d{2})?)?\b");

/// The fields that such a page prints about its cable.
#[derive(Debug, Default)]
pub(super) struct Fields {
    pub id: Option<String>,
    pub title: Option<String>,
    pub created: Option<String>,
    pub released: Option<String>,
    pub classification: Option<String>,
    pub origin: Option<String>,
    pub tags: Option<String>,
}

/// A page with its parts found: what stands before the message, and the message.
pub(super) struct Parts {
    /// Navigation and notices around the page's own header: boilerplate.
    pub around: Vec<Range<usize>>,
    /// The page's own header; its title may stand above, apart from it.
    pub header: Range<usize>,
    /// The title that stands apart from the header.
    pub title: Option<Range<usize>>,
    pub message: Range<usize>,
}

impl Parts {
    /// The parts of a page whose header begins at `header` and its message at `message`: all above is boilerplate, and
    /// so is what follows `end`.
    pub fn in_order(header: usize, message: usize, end: usize, whole: usize) -> Self {
        Parts { around: vec![0..header, end..whole], header: header..message, title: None, message: message..end }
    }
}

/// Puts a page's fields and parts into the draft and reads its message.
///
/// # Errors
/// When the message has no body.
pub(super) fn read(draft: &mut Draft, fields: Fields, parts: Parts) -> Result<(), String> {
    let clean = |v: Option<String>| v.map(|v| squeeze(&v)).filter(|v| !v.is_empty());
    draft.id = clean(fields.id);
    draft.meta.title = clean(fields.title);
    draft.meta.origin = clean(fields.origin);
    draft.meta.classification = clean(fields.classification);
    if let Some(tags) = clean(fields.tags) {
        draft.meta.tags = tags.split([' ', ',']).filter(|t| !t.is_empty()).map(str::to_string).collect();
    }
    if let Some(created) = clean(fields.created) {
        match day(&created) {
            Some(day) => draft.claim(day, DateBasis::Header, format!("Created: {created}")),
            None => draft.warnings.push(format!("the page's Created field is no date: \"{created}\"")),
        }
        draft.other("created", created);
    }
    if let Some(released) = clean(fields.released) {
        draft.other("released", released);
    }
    for range in parts.around {
        for paragraph in paragraphs(&draft.text, range) {
            note_extract(draft, &paragraph);
            draft.block(paragraph, Zone::Boilerplate);
        }
    }
    for range in parts.title.into_iter().chain([parts.header]) {
        for paragraph in paragraphs(&draft.text, range) {
            let extract = note_extract(draft, &paragraph);
            draft.block(paragraph, if extract { Zone::Boilerplate } else { Zone::Header });
        }
    }
    if trim(&draft.text, parts.message.clone()).is_empty() {
        return Err("is a cable page without a cable; the page may be cut short: download it again".to_string());
    }
    cable::read(draft, parts.message)
}

/// The notice that a record is a part of the cable.
fn note_extract(draft: &mut Draft, paragraph: &Range<usize>) -> bool {
    let partial = draft.text[paragraph.clone()].contains("partial extract of the original cable");
    if partial && draft.get("extract").is_none() {
        draft.other("extract", "partial");
    }
    partial
}

/// The first ISO day in a text.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    STAMP.captures(text).and_then(|c| c[1].parse().ok())
}

/// Every ISO day, with its time, in a text, in order.
pub(super) fn stamps(text: &str) -> Vec<String> {
    STAMP.find_iter(text).map(|m| m.as_str().to_string()).collect()
}

/// The value of the line that begins with `label`, and the line's range.
pub(super) fn labelled(text: &str, range: Range<usize>, label: &str) -> Option<(String, Range<usize>)> {
    lines(text, range).find_map(|line| {
        let piece = text[line.clone()].trim_start();
        let rest = piece.strip_prefix(label)?;
        Some((rest.trim().to_string(), line.clone()))
    })
}
