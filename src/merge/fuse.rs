//! One event from its accounts: the tightest date they agree on, everybody who took part, the best headline.

use super::{Account, Event, uid};
use crate::date::{Date, Span};
use crate::event::{Mention, Modality, Participant, Role, of_witnesses};
use itertools::Itertools;

/// The event that these accounts tell of. `members` is not empty.
pub fn fuse(accounts: &[Account], members: &[usize]) -> Event {
    let best = members.iter().copied().max_by(|&a, &b| rank(accounts, a).cmp(&rank(accounts, b))).unwrap_or(members[0]);
    let m = &accounts[best].mention;
    let mentions: Vec<&Mention> = members.iter().map(|&i| &accounts[i].mention).collect();
    let (date, trace, conflict) = fuse_dates(accounts, members, best);
    let documents = mentions.iter().map(|m| m.doc.as_str()).unique().count();
    let sources = members.iter().map(|&i| accounts[i].source.as_str()).unique().count();
    let first = members.iter().map(|&i| accounts[i].key.as_str()).min().unwrap_or_default();
    let witnesses = of_witnesses(sources).map_or(0.0, |reason| reason.weight);
    Event {
        uid: uid(first),
        headline: m.headline.clone(),
        kind: m.kind,
        mode: m.mode.clone().or_else(|| mentions.iter().find_map(|m| m.mode.clone())),
        subtype: m.subtype.clone().or_else(|| mentions.iter().find_map(|m| m.subtype.clone())),
        contexts: mentions.iter().flat_map(|m| &m.contexts).unique().cloned().collect(),
        actors: everybody(&mentions, m),
        modality: mentions.iter().map(|m| m.modality).min_by_key(|m| strength(*m)).unwrap_or(m.modality),
        place: m.place.clone().or_else(|| mentions.iter().find_map(|m| m.place.clone())),
        date,
        date_trace: trace,
        conflict,
        warning: mentions.iter().find_map(|m| m.when.warning.clone()),
        named_event: mentions.iter().find_map(|m| m.named_event.clone()),
        salience: round((mentions.iter().map(|m| m.salience).fold(0.0, f64::max) + witnesses).min(1.0)),
        confidence: round((mentions.iter().map(|m| m.confidence).fold(0.0, f64::max) + witnesses).min(0.99)),
        accounts: members.len(),
        documents,
        sources,
    }
}

/// Two decimals: more would be a claim to a precision that is not there.
fn round(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// The account that speaks for the event: both sides named, sure, salient; then the first in order of keys.
fn rank(accounts: &[Account], i: usize) -> (bool, i64, i64, std::cmp::Reverse<&str>) {
    let m = &accounts[i].mention;
    let both = m.actors.iter().any(|p| p.role == Role::Initiator) && m.actors.iter().any(|p| p.role == Role::Target);
    let cents = |x: f64| (x * 100.0) as i64;
    (both, cents(m.confidence), cents(m.salience), std::cmp::Reverse(&accounts[i].key))
}

fn strength(modality: Modality) -> u8 {
    match modality {
        Modality::Asserted => 0,
        Modality::Reported => 1,
        Modality::Ongoing => 2,
        Modality::Future => 3,
        Modality::Hypothetical => 4,
        Modality::Negated => 5,
    }
}

/// Every actor once, in the strongest role any account gives it, the best account's order first.
fn everybody(mentions: &[&Mention], best: &Mention) -> Vec<Participant> {
    let mut cast: Vec<Participant> = best.actors.clone();
    for p in mentions.iter().flat_map(|m| &m.actors) {
        match cast.iter_mut().find(|known| known.code == p.code) {
            Some(known) => known.role = known.role.min(p.role),
            None => cast.push(p.clone()),
        }
    }
    // A state named only through its person in one account is not a further participant.
    let specific: Vec<(String, Role)> =
        cast.iter().filter(|p| p.code != p.top).map(|p| (p.top.clone(), p.role)).collect();
    cast.retain(|p| p.code != p.top || p.role != Role::Other || !specific.iter().any(|(top, _)| *top == p.top));
    cast.sort_by_key(|p| p.role);
    cast
}

/// The days on which all accounts agree; where they contradict each other, the best account's, and a conflict.
fn fuse_dates(accounts: &[Account], members: &[usize], best: usize) -> (Date, String, bool) {
    let when = |i: usize| &accounts[i].mention.when;
    let shared = members.iter().try_fold(Span::default(), |span, &i| span.intersect(when(i).date.span));
    let Some(span) = shared else {
        let own = when(best);
        return (own.date.clone(), format!("{} (accounts contradict each other)", own.trace), true);
    };
    // The account that says just this, if one does, keeps its EDTF form ("1999-01-22~") and its trace.
    let exact = members.iter().copied().filter(|&i| when(i).date.span == span).min_by_key(|&i| (i != best, i));
    match exact {
        Some(i) => (when(i).date.clone(), when(i).trace.clone(), false),
        None => {
            let traces = members.iter().map(|&i| when(i).trace.as_str()).unique().join(" ∩ ");
            (Date::from_span(span), traces, false)
        }
    }
}
