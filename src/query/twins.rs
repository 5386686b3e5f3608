//! Events that may be one and the same, and what stands around a quote: what a researcher looks at before deciding.

use super::details::{AccountRow, accounts};
use super::{Answer, EventFilter, Period, Sort, events};
use crate::Result;
use crate::date::Span;
use crate::merge::alike;
use crate::store::Store;
use chrono::Days;
use itertools::Itertools;

/// An event that may be the same as another one.
#[derive(Clone, Debug)]
pub struct Twin {
    /// The event.
    pub answer: Answer,
    /// How alike the likest accounts of the two are, 0 to 1.
    pub likeness: f64,
}

/// Days by which the dates of two accounts of one event may lie apart.
const SLACK: Days = Days::new(15);
/// How far back an open interval is searched.
const OPEN: Days = Days::new(366);
/// Events that are compared at the most.
const COMPARED: usize = 300;
/// Below this, two events are not worth showing side by side: below it, groups are never joined (merge).
const WORTH: f64 = 0.4;

/// The events likest to this one, at most `limit`, the likest first.
///
/// # Errors
/// [`crate::Error::Database`] when the database cannot be read.
pub fn twins(store: &Store, event: &Answer, told_by: &[AccountRow], limit: usize) -> Result<Vec<Twin>> {
    let Some(span) = around(event.event.date.span) else { return Ok(Vec::new()) };
    let words = store.merge_words()?;
    let filter = of_kind(event, span);
    let mut found = Vec::new();
    for answer in events(store, &filter, Sort::Date, Some(COMPARED))? {
        let theirs = accounts(store, answer.id)?;
        let pairs = told_by.iter().cartesian_product(&theirs);
        let pairs = pairs.map(|(a, b)| alike(&a.mention, &b.mention, &words));
        let likeness = pairs.flatten().fold(0.0, f64::max);
        if likeness >= WORTH {
            found.push(Twin { answer, likeness });
        }
    }
    found.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then(a.answer.id.cmp(&b.answer.id)));
    found.truncate(limit);
    Ok(found)
}

/// Other events of the same kind with any of the same states or organisations, in these days.
pub(super) fn of_kind(event: &Answer, span: Span) -> EventFilter {
    let mut actors: Vec<String> = event.event.actors.iter().map(|a| a.top.clone()).collect();
    actors.sort();
    actors.dedup();
    EventFilter {
        period: Some(Period { span, asked: String::new() }),
        actors,
        types: vec![event.event.kind],
        without: Some(event.event.uid.clone()),
        ..EventFilter::default()
    }
}

/// The days in which twins are looked for; `None` where nothing is known.
fn around(span: Span) -> Option<Span> {
    let (earliest, latest) = match (span.earliest, span.latest) {
        (Some(a), Some(b)) => (a, b),
        (Some(a), None) => (a, a.checked_add_days(OPEN)?),
        (None, Some(b)) => (b.checked_sub_days(OPEN)?, b),
        (None, None) => return None,
    };
    Some(Span::between(earliest.checked_sub_days(SLACK)?, latest.checked_add_days(SLACK)?))
}

/// Up to `characters` of the document's text before and after an account's quote.
///
/// # Errors
/// [`crate::Error::Database`] when the database cannot be read.
pub fn surroundings(store: &Store, account: &AccountRow, characters: usize) -> Result<(String, String)> {
    let (start, end) = (account.mention.start, account.mention.end);
    let from = start.saturating_sub(characters);
    store
        .conn
        .prepare_cached("SELECT substr(text, ?2, ?3), substr(text, ?4, ?5) FROM document WHERE source = ?1")
        .and_then(|mut s| {
            s.query_row(rusqlite::params![account.source, from + 1, start - from, end + 1, characters], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
        })
        .map_err(|e| store.explain(e))
}
