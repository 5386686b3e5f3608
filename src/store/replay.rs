//! Replaying the ledger: find the words each decision is tied to, and do what it says.
//!
//! A pure function of the accounts and the ledger. What no longer finds its words is stale: told, never dropped.

use super::events::Draft;
use super::evidence::{Finder, groups};
use super::ledger::{Entry, Op};
use crate::date::Date;
use crate::event::{EventType, Modality, Participant, Place, Role};
use crate::merge::{Decisions, Event};
use rustc_hash::FxHashMap;
use serde_json::Value;

/// What became of a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fate {
    pub id: i64,
    pub state: &'static str,
    pub uid: Option<String>,
    pub note: Option<String>,
}

/// A relation that a decision states: uid, relation, other uid, row of the decision.
pub(super) type Relation = (String, String, String, i64);

/// The ledger with its evidence found in the accounts of today.
pub(super) struct Replay<'a> {
    entries: &'a [Entry],
    /// For each entry, the keys of today's accounts that it is about.
    found: Vec<Vec<String>>,
    /// The same for the other events that a merge or a link names.
    others: Vec<Vec<Vec<String>>>,
}

impl<'a> Replay<'a> {
    /// Finds the evidence of every decision.
    pub fn new(entries: &'a [Entry], finder: &Finder) -> Self {
        let found = entries
            .iter()
            .map(|e| match e.decision.op {
                Op::Add => vec![e.key.clone()],
                _ => finder.all(&e.decision.evidence),
            })
            .collect();
        let others =
            entries.iter().map(|e| groups(&e.decision.value).iter().map(|g| finder.all(g)).collect()).collect();
        Replay { entries, found, others }
    }

    fn active(&self) -> impl Iterator<Item = (usize, &'a Entry)> {
        self.entries.iter().enumerate().filter(|(_, e)| !e.undone)
    }

    /// Which accounts belong together or apart; the later decision overrules the earlier.
    pub fn decisions(&self) -> Decisions {
        let mut pairs: Vec<((String, String), bool)> = Vec::new();
        let mut decide = |a: &String, b: &String, together: bool| {
            if a != b {
                let pair = if a < b { (a.clone(), b.clone()) } else { (b.clone(), a.clone()) };
                pairs.retain(|(p, _)| *p != pair);
                pairs.push((pair, together));
            }
        };
        for (i, entry) in self.active() {
            let here = &self.found[i];
            match entry.decision.op {
                Op::Merge => {
                    for key in self.others[i].iter().flatten() {
                        here.iter().for_each(|a| decide(a, key, true));
                    }
                }
                Op::Split => {
                    let out: Vec<&String> = self.others[i].iter().flatten().collect();
                    for a in here.iter().filter(|a| !out.contains(a)) {
                        out.iter().for_each(|b| decide(a, b, false));
                    }
                    out.iter().skip(1).for_each(|b| decide(out[0], b, true));
                }
                _ => {}
            }
        }
        let mut decisions = Decisions::default();
        for (pair, together) in pairs {
            if together { decisions.together.push(pair) } else { decisions.apart.push(pair) }
        }
        decisions
    }

    /// The events that were added by hand.
    pub fn added(&self) -> Vec<Draft> {
        self.active().filter(|(_, e)| e.decision.op == Op::Add).map(|(_, e)| manual(e)).collect()
    }

    /// Does to the events what the ledger says, and tells what became of each decision.
    pub fn apply(&self, drafts: &mut [Draft]) -> (Vec<Fate>, Vec<Relation>) {
        let mut owner: Owners = FxHashMap::default();
        for (i, draft) in drafts.iter().enumerate() {
            for key in &draft.keys {
                let mine = owner.entry(key.clone()).or_insert((draft.event.uid.clone(), i));
                // Copies of a document share their fingerprints.
                if draft.event.uid < mine.0 {
                    *mine = (draft.event.uid.clone(), i);
                }
            }
        }
        let (mut fates, mut relations) = (Vec::new(), Vec::new());
        for (i, entry) in self.entries.iter().enumerate() {
            let fate = |state, uid: Option<&str>, note: Option<String>| Fate {
                id: entry.id,
                state,
                uid: uid.map(str::to_string),
                note,
            };
            if entry.undone {
                fates.push(fate("undone", None, None));
                continue;
            }
            if entry.decision.op == Op::Undo {
                fates.push(fate("applied", None, None));
                continue;
            }
            let Some(at) = main_owner(&self.found[i], &owner).filter(|&at| at < drafts.len()) else {
                fates.push(fate("stale", None, Some("its words are in no document any more".into())));
                continue;
            };
            let note = match entry.decision.op {
                Op::Link => self.link(i, entry, &drafts[at], drafts, &owner, &mut relations),
                _ => one(entry, &mut drafts[at]),
            };
            let missing = entry.decision.evidence.len() > self.found[i].len();
            let note = note.or_else(|| missing.then(|| "part of its words are in no document any more".into()));
            fates.push(fate("applied", Some(&drafts[at].event.uid), note));
        }
        (fates, relations)
    }

    fn link(
        &self,
        i: usize,
        entry: &Entry,
        from: &Draft,
        drafts: &[Draft],
        owner: &Owners,
        relations: &mut Vec<Relation>,
    ) -> Option<String> {
        let keys: Vec<String> = self.others[i].iter().flatten().cloned().collect();
        let Some(to) = main_owner(&keys, owner).and_then(|at| drafts.get(at)) else {
            return Some("the other event's words are in no document any more".into());
        };
        let relation = entry.decision.value["relation"].as_str().unwrap_or("part-of").to_string();
        relations.push((from.event.uid.clone(), relation, to.event.uid.clone(), entry.id));
        None
    }
}

/// Which event each piece of evidence belongs to: identifier and index.
type Owners = FxHashMap<String, (String, usize)>;

/// The event that owns most of these accounts; of equals, the first by its identifier.
fn main_owner(keys: &[String], owner: &Owners) -> Option<usize> {
    let mut counts: Vec<(&(String, usize), usize)> = Vec::new();
    for at in keys.iter().filter_map(|k| owner.get(k)) {
        match counts.iter_mut().find(|(known, _)| known.1 == at.1) {
            Some((_, n)) => *n += 1,
            None => counts.push((at, 1)),
        }
    }
    counts.into_iter().min_by_key(|(at, n)| (std::cmp::Reverse(*n), &at.0)).map(|(at, _)| at.1)
}

/// Applies one decision about one event; gives back what could not be done.
fn one(entry: &Entry, draft: &mut Draft) -> Option<String> {
    match entry.decision.op {
        Op::Accept if matches!(draft.status, "edited" | "manual") => {}
        Op::Accept => draft.status = if draft.edited { "edited" } else { "accepted" },
        Op::Reject => draft.status = "rejected",
        Op::Set => {
            let failed = set(&mut draft.event, &entry.decision.value, &entry.decision.who);
            draft.edited = true;
            if draft.status != "manual" {
                draft.status = "edited";
            }
            return failed;
        }
        Op::Merge | Op::Split if draft.status == "machine" => draft.status = "accepted",
        _ => {}
    }
    None
}

/// Sets the fields that `value` names; gives back what could not be read.
fn set(event: &mut Event, value: &Value, who: &str) -> Option<String> {
    let mut failed = Vec::new();
    let Some(fields) = value.get("set").and_then(Value::as_object) else { return Some("nothing to set".into()) };
    for (name, value) in fields {
        if let Err(reason) = set_field(event, name, value.as_str().unwrap_or_default(), who) {
            failed.push(reason);
        }
    }
    (!failed.is_empty()).then(|| failed.join("; "))
}

/// The fields that can be set.
pub const FIELDS: [&str; 10] =
    ["date", "headline", "type", "mode", "subtype", "contexts", "modality", "place", "initiators", "targets"];

/// Sets one field of an event from text.
///
/// # Errors
/// What is wrong with the name or the value.
pub(crate) fn set_field(event: &mut Event, name: &str, value: &str, who: &str) -> Result<(), String> {
    let maybe = || (!value.is_empty()).then(|| value.to_string());
    match name {
        "date" => {
            let date = crate::date::Date::from_edtf(value).map_err(|e| e.to_string())?;
            let was = &event.date.edtf;
            event.date_trace = format!("set by {who} (was {was}: {})", event.date_trace);
            (event.date, event.conflict) = (date, false);
        }
        "headline" if value.trim().is_empty() => return Err("a headline needs words".into()),
        "headline" => event.headline = value.to_string(),
        "type" => event.kind = EventType::parse(value).ok_or_else(|| format!("no type {value:?}"))?,
        "mode" => event.mode = maybe(),
        "subtype" => event.subtype = maybe(),
        "contexts" => {
            event.contexts =
                value.split([',', ';']).map(|c| c.trim().to_lowercase()).filter(|c| !c.is_empty()).collect();
        }
        "modality" => event.modality = Modality::parse(value).ok_or_else(|| format!("no modality {value:?}"))?,
        "place" => event.place = place(value),
        "initiators" => set_actors(event, Role::Initiator, value),
        "targets" => set_actors(event, Role::Target, value),
        other => return Err(format!("no field {other:?}; there are {}", FIELDS.join(", "))),
    }
    Ok(())
}

/// "Karshi-Khanabad, UZB", "Karshi-Khanabad", or nothing.
fn place(value: &str) -> Option<Place> {
    let (name, country) = value.rsplit_once(',').unwrap_or((value, ""));
    let (name, country) = (name.trim().to_string(), country.trim().to_string());
    (!name.is_empty()).then_some(Place { name, country, lat: None, lon: None })
}

fn set_actors(event: &mut Event, role: Role, codes: &str) {
    event.actors.retain(|a| a.role != role);
    for code in codes.split([',', ';']).map(str::trim).filter(|c| !c.is_empty()) {
        let top = code.split('.').next().unwrap_or(code).to_string();
        event.actors.push(Participant { code: code.to_string(), top, role, text: String::new() });
    }
    event.actors.sort_by_key(|a| a.role);
}

/// An event of which nothing is known yet.
pub(crate) fn blank_event() -> Event {
    Event {
        uid: String::new(),
        headline: "An event without a headline".into(),
        kind: EventType::Other,
        mode: None,
        subtype: None,
        contexts: Vec::new(),
        actors: Vec::new(),
        modality: Modality::Asserted,
        place: None,
        date: Date::from_span(crate::date::Span::default()),
        date_trace: String::new(),
        conflict: false,
        warning: None,
        named_event: None,
        salience: 1.0,
        confidence: 1.0,
        accounts: 0,
        documents: 0,
        sources: 0,
    }
}

/// The event that a decision adds.
pub(super) fn manual(entry: &Entry) -> Draft {
    let mut event = Event { uid: crate::merge::uid(&entry.key), ..blank_event() };
    set(&mut event, &entry.decision.value, &entry.decision.who);
    event.date_trace = format!("added by {}", entry.decision.who);
    // An event that was imported from a table has the source that the table names.
    if let Some(source) = entry.decision.value.get("source").and_then(Value::as_str) {
        event.date_trace.push_str(&format!(", source: {source}"));
    }
    Draft {
        event,
        mentions: Vec::new(),
        keys: vec![entry.key.clone()],
        first_report: None,
        status: "manual",
        edited: false,
    }
}
