//! From files to a database: read and extract in parallel, write in a fixed order, merge once at the end.
//!
//! What is unchanged since the last build (same bytes, same rules) is left alone; what has changed is replaced; what
//! has vanished from the paths given is removed. Every document is one transaction: a build that is broken off leaves
//! whole documents, and the next one goes on from there.

use super::Store;
use crate::document::{Document, Input, Mapping, inputs};
use crate::event::{Extraction, Extractor};
use crate::merge::Words;
use crate::rules::Rules;
use crate::{Error, Result};
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

/// Documents held in memory at a time.
const CHUNK: usize = 32;

/// How a build went.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Report {
    /// Documents read and written.
    pub read: usize,
    /// Documents that were as they had been.
    pub unchanged: usize,
    /// Documents that had vanished and were removed.
    pub removed: usize,
    /// What could not be read: a message that names the file.
    pub failed: Vec<String>,
    /// Documents in the database after it.
    pub documents: usize,
    /// Accounts in the database after it.
    pub accounts: usize,
    /// Events in the database after it.
    pub events: usize,
    /// Whether anything in the database was changed.
    pub changed: bool,
}

/// The name under which a database remembers with what its documents were read: rules and program version.
pub fn rules_name(rules: &Rules) -> String {
    format!("{} {}", env!("CARGO_PKG_VERSION"), rules.hash())
}

/// Brings the database up to date with the documents at `paths`. With `force`, everything is read and extracted anew.
/// `progress` is told, for each document, how many are done, and how many there are.
///
/// # Errors
/// [`Error::Io`] when a path does not exist; [`Error::Rules`] when a rule is wrong; [`Error::Database`] when the
/// database cannot be written. A document that cannot be read is no error: it is in [`Report::failed`].
pub fn build(
    store: &mut Store,
    paths: &[PathBuf],
    rules: &Rules,
    force: bool,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Report> {
    build_mapped(store, paths, &Mapping::default(), rules, force, progress)
}

/// As [`build`], with the meaning of the fields that the records of collections have.
///
/// # Errors
/// As [`build`].
pub fn build_mapped(
    store: &mut Store,
    paths: &[PathBuf],
    mapping: &Mapping,
    rules: &Rules,
    force: bool,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Report> {
    let mut inputs = inputs(paths, mapping)?;
    // A fault in the words of merging is told before anything is read.
    Words::new(rules)?;
    let work = Work { extractor: Extractor::new(rules)?, stored: store.stored()?, rules: rules_name(rules), force };
    let mut report = Report::default();
    let mut seen: FxHashSet<String> = FxHashSet::default();
    progress(0, inputs.files());
    loop {
        // A collection is read as a stream: only so many of its records are in memory at a time.
        let chunk: Vec<Result<Input>> = inputs.by_ref().take(CHUNK).collect();
        if chunk.is_empty() {
            break;
        }
        let found: Vec<Outcome> = chunk.into_par_iter().map(|input| work.one(input)).collect();
        for outcome in found {
            take(store, outcome, &work.rules, &mut seen, &mut report)?;
        }
        progress(inputs.begun(), inputs.files());
    }
    for source in vanished(&work, paths, &seen) {
        store.remove_document(&source)?;
        report.removed += 1;
    }
    finish(store, &work, rules, &mut report)?;
    Ok(report)
}

/// What all threads share.
struct Work {
    extractor: Extractor,
    stored: rustc_hash::FxHashMap<String, super::Stored>,
    rules: String,
    force: bool,
}

/// What became of one input.
enum Outcome {
    Unchanged(String),
    Found(Box<(Document, Extraction)>),
    Failed { source: String, message: String },
}

impl Work {
    fn one(&self, input: Result<Input>) -> Outcome {
        let input = match input {
            Ok(input) => input,
            Err(error) => {
                let message = error.to_string();
                let path = match error {
                    Error::Document { path, .. } | Error::Io { path, .. } => path.to_string_lossy().into_owned(),
                    _ => String::new(),
                };
                // The records of a broken collection that cannot be read now are not gone.
                let source = path.rsplit_once('#').map_or(path.as_str(), |(file, _)| file).to_string();
                return Outcome::Failed { source, message };
            }
        };
        let source = input.source();
        // A document must never bring down the build of all others, whatever it holds.
        match catch_unwind(AssertUnwindSafe(|| self.read(&input))) {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(error)) => Outcome::Failed { source, message: error.to_string() },
            Err(_) => {
                let message = format!("{source}: dateline failed on this document; please report it with the file");
                Outcome::Failed { source, message }
            }
        }
    }

    fn read(&self, input: &Input) -> Result<Outcome> {
        let doc = input.read()?;
        let same = |s: &super::Stored| s.sha256 == doc.sha256 && s.rules == self.rules;
        if !self.force && self.stored.get(&doc.source).is_some_and(same) {
            return Ok(Outcome::Unchanged(doc.source));
        }
        let extraction = self.extractor.extract(&doc);
        Ok(Outcome::Found(Box::new((doc, extraction))))
    }
}

fn take(
    store: &mut Store,
    outcome: Outcome,
    rules: &str,
    seen: &mut FxHashSet<String>,
    report: &mut Report,
) -> Result<()> {
    match outcome {
        Outcome::Unchanged(source) => {
            report.unchanged += 1;
            seen.insert(source);
        }
        Outcome::Failed { source, message } => {
            report.failed.push(message);
            seen.insert(source);
        }
        Outcome::Found(found) => {
            let (doc, extraction) = *found;
            match store.write_document(&doc, &extraction, rules) {
                Ok(()) => report.read += 1,
                Err(error @ Error::Document { .. }) => report.failed.push(error.to_string()),
                Err(error) => return Err(error),
            }
            seen.insert(doc.source);
        }
    }
    Ok(())
}

/// Sources that the database holds from under the paths given, and that are there no more.
fn vanished(work: &Work, paths: &[PathBuf], seen: &FxHashSet<String>) -> Vec<String> {
    let under = |source: &str| {
        // A record of a collection is named by its file, # and its line.
        let file = source.rsplit_once('#').map_or(source, |(file, _)| file);
        paths.iter().any(|p| std::path::Path::new(source).starts_with(p) || std::path::Path::new(file).starts_with(p))
    };
    // A file that cannot be read now is not gone, nor are its records.
    let kept = |source: &str| seen.contains(source) || source.rsplit_once('#').is_some_and(|(f, _)| seen.contains(f));
    let mut gone: Vec<String> = work.stored.keys().filter(|s| !kept(s) && under(s)).cloned().collect();
    gone.sort();
    gone
}

/// Merges, unless nothing has changed since the last merge, and counts.
fn finish(store: &mut Store, work: &Work, rules: &Rules, report: &mut Report) -> Result<()> {
    report.changed = report.read + report.removed > 0
        || store.state("events")?.as_deref() != Some("current")
        || store.state("rules")?.as_deref() != Some(work.rules.as_str());
    if report.changed {
        store.write_actors(work.extractor.actors())?;
        store.set_merge_words(rules)?;
        store.rebuild_events()?;
        store.set_state("rules", &work.rules)?;
    }
    let count = |table: &str| -> rusqlite::Result<usize> {
        store.conn.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))
    };
    let counts = || Ok((count("document")?, count("mention")?, count("event")?));
    (report.documents, report.accounts, report.events) = counts().map_err(|e| store.explain(e))?;
    Ok(())
}
