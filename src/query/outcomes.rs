//! Plans and what came of them: which event told as done is the one that another event announced.
//!
//! Found when asked, from the accounts: a decision of the researcher links two events for good, this only shows.

use super::details::{AccountRow, accounts};
use super::twins::of_kind;
use super::{Answer, EventFilter, Sort, events};
use crate::Result;
use crate::date::Span;
use crate::event::Modality;
use crate::merge::{PLANNED, realises};
use crate::store::Store;

/// Events looked at for one event at the most.
const COMPARED: usize = 200;

/// The events that this one realises, or that realise it: identifiers in order, and whether this one is the deed.
///
/// # Errors
/// [`crate::Error::Database`] when the database cannot be read.
pub fn outcomes(store: &Store, event: &Answer, told_by: &[AccountRow]) -> Result<Vec<(String, bool)>> {
    let done = match event.event.modality {
        Modality::Future => false,
        Modality::Asserted | Modality::Reported | Modality::Ongoing => true,
        Modality::Hypothetical | Modality::Negated => return Ok(Vec::new()),
    };
    let known = event.event.date.span;
    // Of a plan without an end, the next years; of a deed, whatever was announced for its days.
    let end = known.latest.or(known.earliest.and_then(|e| e.checked_add_days(chrono::Days::new(PLANNED))));
    let span = Span { earliest: known.earliest, latest: end };
    if span.days().is_none() {
        return Ok(Vec::new());
    }
    let modalities =
        if done { vec![Modality::Future] } else { vec![Modality::Asserted, Modality::Reported, Modality::Ongoing] };
    let words = store.merge_words()?;
    let filter = EventFilter { modalities, ..of_kind(event, span) };
    let mut found = Vec::new();
    for answer in events(store, &filter, Sort::Date, Some(COMPARED))? {
        let theirs = accounts(store, answer.id)?;
        let fits = |a: &AccountRow, b: &AccountRow| {
            let (deed, plan) = if done { (a, b) } else { (b, a) };
            realises(&deed.mention, &plan.mention, &words)
        };
        if told_by.iter().any(|a| theirs.iter().any(|b| fits(a, b))) {
            found.push((answer.event.uid, done));
        }
    }
    Ok(found)
}
