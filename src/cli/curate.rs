//! The researcher's decisions: accept, reject, set, merge, split, link, add, note, undo.

use super::output::Json;
use super::{Global, Outcome};
use crate::date::Date;
use crate::query::{Answer, Details, actor, details, find, period};
use crate::store::{Decision, Evidence, Op, Store, set_field};
use crate::{Error, Result};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// What every decision takes.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct Why {
    /// Why: kept with the decision.
    #[arg(long, value_name = "TEXT")]
    pub why: Option<String>,
    /// Whose decision it is; the name of the user by default.
    #[arg(long, value_name = "NAME")]
    pub who: Option<String>,
    #[command(flatten)]
    pub json: Json,
}

/// Events to accept or reject.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct EventsArgs {
    /// The events' identifiers, or the beginnings of them.
    #[arg(value_name = "EVENT", required = true)]
    events: Vec<String>,
    #[command(flatten)]
    why: Why,
}

/// Fields to set.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct SetArgs {
    /// The event.
    #[arg(value_name = "EVENT")]
    event: String,
    /// date=2005-05-13, "date=May 2005", headline=…, type=…, mode=…, subtype=…, contexts=military,economic, modality=…, "place=Karshi, UZB",
    /// initiators=RUS,UZB, targets=…
    #[arg(value_name = "FIELD=VALUE", required = true)]
    fields: Vec<String>,
    #[command(flatten)]
    why: Why,
}

/// Accounts that tell of another event.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct SplitArgs {
    /// The event.
    #[arg(value_name = "EVENT")]
    event: String,
    /// The accounts to take out, by their numbers in `dateline show`.
    #[arg(value_name = "ACCOUNT", required = true)]
    accounts: Vec<usize>,
    #[command(flatten)]
    why: Why,
}

/// How an event lies to another.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct LinkArgs {
    /// The event.
    #[arg(value_name = "EVENT")]
    event: String,
    /// How it lies to the other.
    #[arg(value_parser = ["before", "after", "in-response-to", "part-of", "realises"])]
    relation: String,
    /// The other event.
    #[arg(value_name = "OTHER")]
    other: String,
    #[command(flatten)]
    why: Why,
}

/// An event of which no document tells.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct AddArgs {
    /// headline=… date=… and, as they are known, the other fields of `dateline set`.
    #[arg(value_name = "FIELD=VALUE", required = true)]
    fields: Vec<String>,
    #[command(flatten)]
    why: Why,
}

/// A remark.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct NoteArgs {
    /// The event.
    #[arg(value_name = "EVENT")]
    event: String,
    /// The remark.
    #[arg(value_name = "TEXT")]
    text: String,
    #[command(flatten)]
    why: Why,
}

/// The decision that does not hold.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct UndoArgs {
    /// The decision's key in `dateline ledger`; the last one by default.
    #[arg(value_name = "KEY")]
    key: Option<String>,
    #[command(flatten)]
    why: Why,
}

/// Opens the database to decide. There must be one.
pub(super) fn open(global: &Global) -> Result<Store> {
    if global.db.is_file() { global.create() } else { Store::open(&global.db) }
}

pub(super) fn judge(global: &Global, args: &EventsArgs, op: Op) -> Result<Outcome> {
    let mut store = open(global)?;
    let decisions = judgements(&store, &args.why, &args.events, op)?;
    decide(global, args.why.json, &mut store, &decisions)
}

/// One decision for each event: accept it, or reject it.
pub(super) fn judgements(store: &Store, why: &Why, events: &[String], op: Op) -> Result<Vec<Decision>> {
    let found = events.iter().map(|e| details(store, e)).collect::<Result<Vec<_>>>()?;
    found.iter().map(|event| Ok(why.decision(op, evidence(store, event)?, Value::Null))).collect()
}

pub(super) fn set(global: &Global, args: &SetArgs) -> Result<Outcome> {
    let mut store = open(global)?;
    let decision = setting(&store, &args.why, &args.event, &args.fields)?;
    decide(global, args.why.json, &mut store, &[decision])
}

/// The decision that sets fields of an event, each written FIELD=VALUE.
pub(super) fn setting(store: &Store, why: &Why, event: &str, asked: &[String]) -> Result<Decision> {
    let event = details(store, event)?;
    let fields = fields(store, asked, &event.answer.event)?;
    Ok(why.decision(Op::Set, evidence(store, &event)?, json!({ "set": fields })))
}

pub(super) fn merge(global: &Global, args: &EventsArgs) -> Result<Outcome> {
    let mut store = open(global)?;
    let decision = merging(&store, &args.why, &args.events)?;
    decide(global, args.why.json, &mut store, &[decision])
}

/// The decision that the accounts of these events tell of one.
pub(super) fn merging(store: &Store, why: &Why, events: &[String]) -> Result<Decision> {
    let found = events.iter().map(|e| details(store, e)).collect::<Result<Vec<_>>>()?;
    let (Some(first), others) = (found.first(), found.get(1..).unwrap_or_default()) else {
        return Err(Error::Usage("name the events to merge".into()));
    };
    if others.is_empty() {
        return Err(Error::Usage("name at least two events to merge".into()));
    }
    if found.iter().any(|d| d.told_by.is_empty()) {
        return Err(Error::Usage("an event that was added by hand has no accounts to merge; reject it instead".into()));
    }
    if found.iter().enumerate().any(|(i, d)| found.iter().take(i).any(|e| e.answer.id == d.answer.id)) {
        return Err(Error::Usage("an event cannot be merged with itself".into()));
    }
    let others = others.iter().map(|d| evidence(store, d)).collect::<Result<Vec<_>>>()?;
    Ok(why.decision(Op::Merge, evidence(store, first)?, json!({ "others": others })))
}

pub(super) fn split(global: &Global, args: &SplitArgs) -> Result<Outcome> {
    let mut store = open(global)?;
    let event = details(&store, &args.event)?;
    let all = &event.told_by;
    let mut out = Vec::new();
    for number in &args.accounts {
        let row = number.checked_sub(1).and_then(|i| all.get(i)).ok_or_else(|| {
            Error::Usage(format!("{} has no account {number}; it has {}", event.answer.event.uid, all.len()))
        })?;
        out.push(Evidence::of(&row.fp, &row.mention));
    }
    if all.iter().all(|row| out.iter().any(|e| e.fp == row.fp)) {
        return Err(Error::Usage("leave at least one account with the event".into()));
    }
    let decision = args.why.decision(Op::Split, evidence(&store, &event)?, json!({ "others": [out] }));
    decide(global, args.why.json, &mut store, &[decision])
}

pub(super) fn link(global: &Global, args: &LinkArgs) -> Result<Outcome> {
    let mut store = open(global)?;
    let (event, other) = (details(&store, &args.event)?, details(&store, &args.other)?);
    if event.answer.id == other.answer.id {
        return Err(Error::Usage("an event cannot be linked to itself".into()));
    }
    let value = json!({ "relation": args.relation, "others": [evidence(&store, &other)?] });
    let decision = args.why.decision(Op::Link, evidence(&store, &event)?, value);
    decide(global, args.why.json, &mut store, &[decision])
}

pub(super) fn add(global: &Global, args: &AddArgs) -> Result<Outcome> {
    let mut store = open(global)?;
    let blank = crate::store::blank_event();
    let fields = fields(&store, &args.fields, &blank)?;
    for needed in ["headline", "date"] {
        if !fields.contains_key(needed) {
            return Err(Error::Usage(format!("an event needs a {needed}: write {needed}=…")));
        }
    }
    let decision = args.why.decision(Op::Add, Vec::new(), json!({ "set": fields }));
    decide(global, args.why.json, &mut store, &[decision])
}

pub(super) fn note(global: &Global, args: &NoteArgs) -> Result<Outcome> {
    let mut store = open(global)?;
    let event = details(&store, &args.event)?;
    let decision = args.why.decision(Op::Note, evidence(&store, &event)?, json!({ "text": args.text }));
    decide(global, args.why.json, &mut store, &[decision])
}

pub(super) fn undo(global: &Global, args: &UndoArgs) -> Result<Outcome> {
    let mut store = open(global)?;
    let decision = undoing(&store, &args.why, args.key.as_deref())?;
    decide(global, args.why.json, &mut store, &[decision])
}

/// The decision that an earlier one does not hold: the one of this key, or the last one.
pub(super) fn undoing(store: &Store, why: &Why, key: Option<&str>) -> Result<Decision> {
    let ledger = store.ledger()?;
    let chosen = match key {
        Some(key) => ledger.iter().find(|e| e.key.starts_with(key.trim()) && !key.trim().is_empty()),
        None => ledger.iter().rev().find(|e| !e.undone && e.decision.op != Op::Undo),
    };
    let entry = chosen.ok_or_else(|| {
        Error::Usage(match key {
            Some(key) => format!("no decision \"{key}\"; `dateline ledger` lists them"),
            None => "there is nothing to undo".into(),
        })
    })?;
    if entry.undone {
        return Err(Error::Usage(format!("decision {} is undone already", entry.key)));
    }
    Ok(why.decision(Op::Undo, Vec::new(), json!({ "undoes": entry.key })))
}

impl Why {
    pub(super) fn decision(&self, op: Op, evidence: Vec<Evidence>, value: Value) -> Decision {
        let user = || std::env::var("USER").or_else(|_| std::env::var("USERNAME")).unwrap_or_else(|_| "unknown".into());
        Decision {
            at: chrono::Utc::now().format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string(),
            who: self.who.clone().unwrap_or_else(user),
            op,
            evidence,
            value,
            why: self.why.clone(),
        }
    }
}

/// The words that an event rests on.
fn evidence(store: &Store, event: &Details) -> Result<Vec<Evidence>> {
    if event.told_by.is_empty() {
        return Ok(store.evidence_of(&event.answer.event.uid)?.iter().map(|key| Evidence::manual(key)).collect());
    }
    Ok(event.told_by.iter().map(|row| Evidence::of(&row.fp, &row.mention)).collect())
}

/// Reads FIELD=VALUE and checks each on a copy of the event.
pub(super) fn fields(store: &Store, asked: &[String], event: &crate::merge::Event) -> Result<Map<String, Value>> {
    let mut event = event.clone();
    let mut fields = Map::new();
    for field in asked {
        let (name, value) =
            field.split_once('=').ok_or_else(|| Error::Usage(format!("\"{field}\": write FIELD=VALUE")))?;
        let (name, value) = (name.trim(), value.trim());
        let value = match name {
            "date" => date(value)?,
            "initiators" | "targets" => {
                let codes = value.split([',', ';']).map(str::trim).filter(|c| !c.is_empty());
                codes.map(|c| actor(store, c)).collect::<Result<Vec<_>>>()?.join(",")
            }
            "type" => value.to_uppercase(),
            _ => value.to_string(),
        };
        set_field(&mut event, name, &value, "").map_err(Error::Usage)?;
        fields.insert(name.to_string(), Value::String(value));
    }
    Ok(fields)
}

/// A date in EDTF from EDTF or from the period language.
fn date(text: &str) -> Result<String> {
    match Date::from_edtf(text) {
        Ok(date) => Ok(date.edtf),
        Err(_) => Ok(Date::from_span(period::parse(text)?.span).edtf),
    }
}

/// Tells who waits at a terminal what for.
pub(super) fn slow(global: &Global) {
    if !global.quiet && std::io::IsTerminal::is_terminal(&std::io::stderr()) {
        eprintln!("dateline: merging all accounts anew …");
    }
}

/// What became of a decision.
#[derive(Debug, Serialize)]
struct Done {
    /// The decision's name in the ledger.
    key: String,
    op: Op,
    /// The event as it is now, where there is one.
    event: Option<Answer>,
}

/// Writes decisions to the ledger, replays it, and says what the events are now.
fn decide(global: &Global, json: Json, store: &mut Store, decisions: &[Decision]) -> Result<Outcome> {
    let keys = store.curate(decisions, &mut || slow(global))?;
    let mut done = Vec::new();
    for entry in store.ledger()?.into_iter().filter(|e| keys.contains(&e.key)) {
        let event = match &entry.uid {
            Some(uid) if find(store, uid).is_ok() => Some(details(store, uid)?.answer),
            _ => None,
        };
        done.push(Done { key: entry.key, op: entry.decision.op, event });
    }
    json.tell(global.quiet, &done, || done.iter().map(|d| d.in_words() + "\n").collect())?;
    Ok(Outcome::Done)
}

impl Done {
    fn in_words(&self) -> String {
        let (key, op) = (&self.key, self.op.as_str());
        let Some(Answer { event, status, .. }) = &self.event else { return format!("{key} {op}") };
        let (status, date) = (status.as_str(), event.date.in_words());
        format!("{key} {op}  {} ({status}): {}, {date}", event.uid, event.headline)
    }
}
