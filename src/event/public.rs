//! What a document tells of as said or written in public: occasions with a day, dated papers, who spoke when.

use super::story::{REPORT_DAYS, Story};
use crate::date::Date;

/// What somebody said or wrote in public: the names of who did, the day, its trace.
pub(super) type Speech = (Vec<String>, Date, String);

impl Story {
    /// Notes the day of an occasion at which things are said, by the noun that names it ("presentation").
    pub fn hold(&mut self, occasion: &str, date: &Date, trace: &str) {
        self.occasions.push((occasion.to_string(), date.clone(), trace.to_string()));
    }

    /// The day of the occasion of this name told in the document, if there is but one.
    pub fn held(&self, occasion: &str) -> Option<(&Date, &str)> {
        let mut named = self.occasions.iter().filter(|(name, ..)| name == occasion);
        let (_, date, trace) = named.next()?;
        named.all(|(_, other, _)| other.span == date.span).then_some((date, trace.as_str()))
    }

    /// Notes the day of a letter, statement or the like, by the noun that names it.
    pub fn file(&mut self, sentence: usize, paper: &str, date: &Date, trace: &str) {
        self.papers.push((sentence, paper.to_string(), date.clone(), trace.to_string()));
    }

    /// The day of the paper of this name told last in the paragraph of a sentence.
    pub fn filed(&self, sentence: usize, paper: &str) -> Option<(&Date, &str)> {
        let here =
            |p: &&(usize, String, Date, String)| p.1 == paper && p.0 <= sentence && self.same_paragraph(p.0, sentence);
        self.papers.iter().rev().find(here).map(|(_, _, date, trace)| (date, trace.as_str()))
    }

    /// Notes the day on which somebody spoke or wrote in public, by the names of who did.
    pub fn speak(&mut self, names: Vec<String>, date: &Date, trace: &str) {
        let fresh = self.reference.zip(date.span.latest).map(|(r, l)| (r - l).num_days());
        if fresh.is_some_and(|age| (0..=REPORT_DAYS).contains(&age)) {
            self.speeches.push((names, date.clone(), trace.to_string()));
        }
    }

    /// The day on which whoever bears one of these names spoke in public, if the document tells of but one, not long
    /// before it: most of what it lets him say was said then.
    pub fn spoken(&self, names: &[String]) -> Option<(&Date, &str)> {
        let by = |speech: &&Speech| speech.0.iter().any(|n| names.contains(n));
        let mut speeches = self.speeches.iter().filter(by);
        let (_, date, trace) = speeches.next()?;
        speeches.all(|(_, other, _)| other.span == date.span).then_some((date, trace.as_str()))
    }
}
