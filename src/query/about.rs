//! What an answer rests on, for whoever meets it in a file: the question, the state of the data, the program, and what
//! the corpus covers.

use super::{EventFilter, Sort, Summary, count, summary};
use crate::Result;
use crate::date::words;
use crate::store::{Store, number_day};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// What an answer rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct About {
    /// The program and its version.
    pub generator: String,
    /// The question in words.
    pub query: String,
    /// The answer's sum in words.
    pub answer: String,
    /// The release that the events are those of, if they are.
    pub release: Option<String>,
    /// SHA-256, first 16 digits, over the documents' hashes, the rules and the ledger: equal data, equal events.
    pub data: String,
    /// What the corpus covers, in words.
    pub coverage: String,
}

impl About {
    /// The state of the data in words: "release 2026-11, data 0123456789abcdef".
    pub fn state(&self) -> String {
        match &self.release {
            Some(name) => format!("release {name}, data {}", self.data),
            None => format!("data {}", self.data),
        }
    }

    /// All of it in sentences, for a head or a foot of a page.
    pub fn sentences(&self) -> String {
        format!(
            "{}. Query: {}. Corpus: {}. Made by {} from {}.",
            self.answer,
            self.query,
            self.coverage,
            self.generator,
            self.state()
        )
    }
}

/// What the answer to this filter rests on.
///
/// # Errors
/// [`crate::Error::Database`] when the database cannot be read.
pub fn about(store: &Store, filter: &EventFilter, sort: Sort) -> Result<About> {
    let sum: Summary = summary(store, filter)?;
    let explain = |e| store.explain(e);
    Ok(About {
        generator: format!("dateline {}", env!("CARGO_PKG_VERSION")),
        query: format!("{}, {}", filter.in_words(), sort.in_words()),
        answer: sum.sentence(filter),
        release: release(store).map_err(explain)?,
        data: data(store).map_err(explain)?,
        coverage: coverage(store).map_err(explain)?,
    })
}

/// "15 documents of 6 April 1999 to 2 July 2012, 2 of them without a date".
fn coverage(store: &Store) -> rusqlite::Result<String> {
    let (documents, undated, first, last): (usize, usize, Option<i64>, Option<i64>) = store.conn.query_row(
        "SELECT count(*), coalesce(sum(day IS NULL), 0), min(coalesce(lo, day)), max(coalesce(hi, day)) FROM document",
        [],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )?;
    let mut said = count(documents, "document");
    if let (Some(first), Some(last)) = (first.and_then(number_day), last.and_then(number_day)) {
        said.push_str(&format!(" written {} to {}", words::of_day(first), words::of_day(last)));
    }
    if undated > 0 {
        said.push_str(&format!(", {undated} of them without a date"));
    }
    Ok(said)
}

/// The newest release, where its documents, rules and decisions are those of now: events are a function of these.
fn release(store: &Store) -> rusqlite::Result<Option<String>> {
    use rusqlite::OptionalExtension;
    store
        .conn
        .query_row(
            "SELECT r.name FROM release r WHERE r.id = (SELECT max(id) FROM release) \
             AND r.rules = coalesce((SELECT value FROM state WHERE name = 'rules'), '') \
             AND r.curation_id IS (SELECT max(id) FROM curation) \
             AND NOT EXISTS (SELECT name, sha256 FROM document EXCEPT \
                 SELECT name, sha256 FROM release_document WHERE release_id = r.id) \
             AND NOT EXISTS (SELECT name, sha256 FROM release_document WHERE release_id = r.id EXCEPT \
                 SELECT name, sha256 FROM document)",
            [],
            |row| row.get(0),
        )
        .optional()
}

fn data(store: &Store) -> rusqlite::Result<String> {
    let mut hasher = Sha256::new();
    for sql in [
        "SELECT name || ' ' || sha256 FROM document ORDER BY 1",
        "SELECT value FROM state WHERE name = 'rules'",
        "SELECT key FROM curation ORDER BY id",
    ] {
        let mut statement = store.conn.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            hasher.update(row.get_ref(0)?.as_bytes().unwrap_or_default());
            hasher.update(b"\n");
        }
        hasher.update(b"\n");
    }
    Ok(hasher.finalize().iter().take(8).map(|b| format!("{b:02x}")).collect())
}

impl Sort {
    /// The order in words.
    pub fn in_words(self) -> &'static str {
        match self {
            Sort::Date => "by date",
            Sort::Salience => "the most salient first",
            Sort::Sources => "the best attested first",
            Sort::Latest => "by date, the latest first",
            Sort::Report => "by the first report",
        }
    }
}

impl EventFilter {
    /// What is asked for, in words: "2005, actor UZB, with USA or NATO"; "all events" where nothing is.
    pub fn in_words(&self) -> String {
        let mut parts: Vec<String> = self.period.iter().map(|p| p.asked.clone()).collect();
        let mut list = |what: &str, words: &[&str]| {
            if !words.is_empty() {
                parts.push(format!("{what} {}", words.join(" or ")));
            }
        };
        let borrowed = |all: &'_ [String]| -> Vec<String> { all.to_vec() };
        for (what, words) in [
            ("actor", borrowed(&self.actors)),
            ("with", borrowed(&self.with)),
            ("by", borrowed(&self.by)),
            ("to", borrowed(&self.to)),
            ("type", self.types.iter().map(|t| t.as_str().to_string()).collect()),
            ("sub-type", borrowed(&self.subtypes)),
            ("context", borrowed(&self.contexts)),
            ("quad", self.quads.iter().map(|q| q.as_str().to_string()).collect()),
            ("modality", self.modalities.iter().map(|m| m.as_str().to_string()).collect()),
            ("words", self.text.iter().map(|t| format!("“{t}”")).collect()),
            ("document", self.document.iter().cloned().collect()),
            ("place", self.place.iter().cloned().collect()),
            ("salience of at least", self.min_salience.iter().map(f64::to_string).collect()),
            ("confidence of at least", self.min_confidence.iter().map(f64::to_string).collect()),
            ("on day", self.on_day.iter().map(|(m, d)| format!("{m:02}-{d:02}")).collect()),
            ("without event", self.without.iter().cloned().collect()),
        ] {
            list(what, &words.iter().map(String::as_str).collect::<Vec<_>>());
        }
        for (on, what) in [
            (self.one_source, "with one source"),
            (self.conflicts, "with dates that contradict each other"),
            (self.dated_by_document, "dated by their documents only"),
            (self.unconfirmed, "announced and never told of as done"),
            (self.rejected, "rejected ones too"),
        ] {
            if on {
                parts.push(what.to_string());
            }
        }
        if parts.is_empty() { "all events".into() } else { parts.join(", ") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::found;

    #[test]
    fn a_release_is_named_as_long_as_the_data_are_its_own() {
        let mut store = Store::in_memory().expect("a database");
        let (doc, extraction) = found("a", "Ruritania signed a paper.", "2005");
        store.write_document(&doc, &extraction, "r").expect("written");
        store.rebuild_events().expect("merged");
        store.release("one", "2026-11-21").expect("released");
        let filter = EventFilter::default();
        let before = about(&store, &filter, Sort::Date).expect("told");
        assert_eq!(before.release.as_deref(), Some("one"));
        assert_eq!(
            (before.query.as_str(), before.coverage.as_str()),
            ("all events, by date", "1 document, 1 of them without a date")
        );
        let (doc, extraction) = found("b", "Dustland signed a paper.", "2006");
        store.write_document(&doc, &extraction, "r").expect("written");
        store.rebuild_events().expect("merged");
        let after = about(&store, &filter, Sort::Date).expect("told");
        assert_eq!(after.release, None);
        assert_ne!(after.data, before.data);
    }

    #[test]
    fn a_filter_says_all_that_it_asks() {
        let filter = EventFilter {
            period: Some(crate::query::period::parse("May 2005").expect("a period")),
            actors: vec!["UZB".into()],
            with: vec!["USA".into(), "NATO".into()],
            min_salience: Some(0.5),
            conflicts: true,
            ..EventFilter::default()
        };
        let said =
            "May 2005, actor UZB, with USA or NATO, salience of at least 0.5, with dates that contradict each other";
        assert_eq!(filter.in_words(), said);
    }
}
