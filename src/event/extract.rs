//! From a document to the events its sentences report: the one entry that `build`, `extract` and `explain` share.
//!
//! A pure function of one document and the rules: no clock, no network, no database.

use super::Mention;
use crate::Result;
use crate::document::Document;
use crate::rules::Rules;
use crate::text::Sentence;
use crate::timex::Timex;

/// The rules, compiled once and shared by all threads.
#[derive(Debug)]
pub struct Extractor {}

/// What one document tells.
#[derive(Clone, Debug, Default)]
pub struct Extraction {
    /// Its sentences, in order.
    pub sentences: Vec<Sentence>,
    /// Its time expressions, in order.
    pub timexes: Vec<Timex>,
    /// Its events, in order of their triggers.
    pub mentions: Vec<Mention>,
}

impl Extractor {
    /// Compiles the rules.
    ///
    /// # Errors
    /// [`crate::Error::Rules`] when a rule file is wrong.
    pub fn new(_rules: &Rules) -> Result<Self> {
        Ok(Extractor {})
    }

    /// Reads one document.
    pub fn extract(&self, _document: &Document) -> Extraction {
        Extraction::default()
    }
}
