//! Headings that carry a year: "2004", "2004: a year of talks", "Chronology of 2004". In news and letters the dates below
//! that have no year are of that one; in a narrative the year leads the reference time as any other does.
//!
//! A serial number of a cable on a line of its own looks the same, so only years about that of the document count.

use super::compile::Tables;
use super::lexicon::Symbol;
use super::meaning::{Fields, Sem, Year};
use super::recognise::View;
use crate::date::NaiveDate;
use chrono::Datelike;
use std::ops::Range;

/// How many years a heading may lie before the document.
const LONGEST_AGO: i32 = 60;

/// The words that may stand with a year in a heading.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Headings {
    words: Option<Symbol>,
}

impl Headings {
    pub fn new(tables: &Tables) -> Self {
        Headings { words: tables.class("heading-word") }
    }

    /// The year that an expression gives as a heading: it opens its line before a colon, or the line says nothing else.
    pub fn year(&self, view: &View, tokens: Range<usize>, sem: &Sem, document: Option<NaiveDate>) -> Option<i32> {
        let Sem::Fields(Fields { year: Some(Year::Known(year)), day: None, weekday: None, .. }) = sem else {
            return None;
        };
        let near = (document?.year() - LONGEST_AGO..=document?.year() + 1).contains(year);
        let word = |at: usize| self.words.is_some_and(|words| view.is(at, words));
        let mark = |at: usize| !view.word(at).chars().any(char::is_alphanumeric);
        let (before, after) = (0..tokens.start, tokens.end..view.tokens.len());
        let alone = || after.clone().all(|at| mark(at) && !matches!(view.word(at), "." | "?" | "!" | "," | ";"));
        let heads = before.clone().all(|at| mark(at) || word(at)) && (view.word(tokens.end) == ":" || alone());
        (near && heads).then_some(*year)
    }
}
