//! A document in the making: what the format readers fill in, and the checks that make it a [`Document`].

use super::{Block, DateBasis, Document, DocumentDate, Metadata, Zone, cable, stated};
use crate::date::{NaiveDate, Span};
use std::ops::Range;

/// What a format's reader hands back.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// The document's own identifier, where it has one.
    pub id: Option<String>,
    pub text: String,
    pub meta: Metadata,
    pub claims: Vec<DocumentDate>,
    pub blocks: Vec<Block>,
    pub warnings: Vec<String>,
}

impl Draft {
    /// An empty draft of a text.
    pub fn new(text: String) -> Self {
        Draft { text, ..Draft::default() }
    }

    /// Adds a block of the trimmed range, if it holds anything.
    pub fn block(&mut self, range: Range<usize>, zone: Zone) -> Option<&mut Block> {
        let range = trim(&self.text, range);
        if range.is_empty() {
            return None;
        }
        self.blocks.push(Block { range, zone, number: None, marking: None, skip: Vec::new() });
        self.blocks.last_mut()
    }

    /// Adds a claim about the document's day.
    pub fn claim(&mut self, day: NaiveDate, basis: DateBasis, note: impl Into<String>) {
        self.claims.push(DocumentDate { day, span: Span::day(day), basis, note: note.into() });
    }

    /// Adds a further field, unless it is empty.
    pub fn other(&mut self, name: &str, value: impl AsRef<str>) {
        let value = squeeze(value.as_ref());
        if !value.is_empty() {
            self.meta.other.push((name.to_string(), value));
        }
    }

    /// The first value of a further field.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.meta.other.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// Sorts blocks and claims, covers words that no block covers, and makes the document.
    pub fn finish(mut self, source: &str, sha256: String, format: &'static str) -> Document {
        self.blocks.sort_by_key(|b| b.range.start);
        self.cover_gaps();
        if self.claims.is_empty()
            && let Some(day) = stated::in_name(&stem(source))
        {
            self.claim(day, DateBasis::FileName, stem(source));
        }
        if self.claims.is_empty() {
            let name = self.id.clone().filter(|id| !id.is_empty()).unwrap_or_else(|| stem(source));
            cable::bounds::claim(&mut self, &name);
        }
        self.claims.sort_by_key(|c| c.basis);
        self.note_conflicts();
        for block in &mut self.blocks {
            tidy_skip(block);
        }
        let id = self.id.filter(|id| !id.is_empty()).unwrap_or_else(|| stem(source));
        Document {
            id,
            source: source.to_string(),
            sha256,
            format,
            date: self.claims.first().cloned(),
            date_claims: self.claims,
            text: self.text,
            meta: self.meta,
            blocks: self.blocks,
            warnings: self.warnings,
        }
    }

    /// Words outside every block get a body block of their own: a reader may miss a zone, never a word.
    fn cover_gaps(&mut self) {
        let mut gaps = Vec::new();
        let mut at = 0;
        self.blocks.retain_mut(|block| {
            block.range.start = block.range.start.max(at);
            let keep = block.range.start < block.range.end;
            if keep {
                gaps.push(at..block.range.start);
                at = block.range.end;
            }
            keep
        });
        gaps.push(at..self.text.len());
        for gap in gaps {
            if self.text.get(gap.clone()).is_some_and(|t| t.chars().any(char::is_alphanumeric)) {
                self.block(gap, Zone::Body);
            }
        }
        self.blocks.sort_by_key(|b| b.range.start);
    }

    /// Two bases that name different days are both kept; the reader is told.
    fn note_conflicts(&mut self) {
        let Some(best) = self.claims.first().cloned() else { return };
        for other in &self.claims[1..] {
            if best.span.intersect(other.span).is_none() {
                self.warnings.push(format!(
                    "the {} says {} ({}), the {} says {} ({}); taken: {}",
                    best.basis.as_str(),
                    best.day,
                    best.note,
                    other.basis.as_str(),
                    other.day,
                    other.note,
                    best.day
                ));
            }
        }
    }
}

/// In order, inside the block, not overlapping, none empty.
fn tidy_skip(block: &mut Block) {
    block.skip.sort_by_key(|s| s.start);
    let mut at = block.range.start;
    let end = block.range.end;
    block.skip.retain_mut(|s| {
        s.start = s.start.max(at);
        s.end = s.end.min(end);
        let keep = s.start < s.end;
        if keep {
            at = s.end;
        }
        keep
    });
}

/// The range without the white space at its ends.
pub(super) fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let Some(piece) = text.get(range.clone()) else { return range.start..range.start };
    let start = range.start + (piece.len() - piece.trim_start().len());
    let end = range.start + piece.trim_end().len();
    start..end.max(start)
}

/// White space runs as one blank, none at the ends.
pub(super) fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The name of a file without folders and extension; of a record the whole source after the last folder.
pub(super) fn stem(source: &str) -> String {
    let name = source.rsplit(['/', '\\']).next().unwrap_or(source);
    if name.contains('#') {
        return name.to_string();
    }
    let short = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if short.is_empty() { name.to_string() } else { short.to_string() }
}
