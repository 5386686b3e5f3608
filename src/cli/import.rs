//! `dateline import`: accounts that `extract` or `export mentions` wrote, or a table of events that a researcher typed.
//! All or nothing: what is wrong is told line by line, and then nothing is written.

use super::curate::{self, Why};
use super::{Global, Outcome};
use crate::query::count;
use crate::rules::Rules;
use crate::store::{AccountLine, Decision, Imported, Numbered, Op, Store, blank_event};
use crate::{Error, Result};
use serde::Serialize;
use serde_json::{Value, json};
use std::io::Read;
use std::path::{Path, PathBuf};

/// What is read.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct ImportArgs {
    /// JSON Lines of accounts, or CSV with the columns date (EDTF), headline, source and, as they are known, type, mode,
    /// subtype, contexts, modality, place, country, initiators, targets, note; "-" for standard input.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    why: Why,
}

/// Faults told before the rest is only counted.
const SHOWN: usize = 20;

/// The columns of a table of events; the first two must be there.
const COLUMNS: [&str; 13] = [
    "date",
    "headline",
    "source",
    "type",
    "mode",
    "subtype",
    "contexts",
    "modality",
    "place",
    "country",
    "initiators",
    "targets",
    "note",
];

pub(super) fn run(global: &Global, args: &ImportArgs) -> Result<Outcome> {
    let (name, text) = read(&args.file)?;
    let first = text.trim_start().chars().next();
    let Some(first) = first else {
        return Err(Error::Usage(format!("{name} is empty: there is nothing to import")));
    };
    if !global.db.exists() {
        // What is wrong is found before there is a file: none is left empty, and none needs to be taken away again.
        into(&mut Store::in_memory()?, args, &name, &text, first)?;
    }
    let told = into(&mut Store::create(&global.db)?, args, &name, &text, first)?;
    args.why.json.tell(global.quiet, &told, || told.in_words())?;
    Ok(Outcome::Done)
}

/// What an import did.
#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
enum Told {
    Accounts(Imported),
    Events { added: usize, known: usize },
}

impl Told {
    fn in_words(&self) -> String {
        match self {
            Told::Accounts(done) => said(done),
            Told::Events { added, known } => format!("{} added, {known} known already", count(*added, "event")),
        }
    }
}

fn into(store: &mut Store, args: &ImportArgs, name: &str, text: &str, first: char) -> Result<Told> {
    actors(store)?;
    let told = if first == '{' {
        let lines = accounts(text, name)?;
        Told::Accounts(store.import_accounts(lines)?.map_err(|faults| refused(name, &faults))?)
    } else {
        let decisions = table(store, text, name, &args.why)?;
        let fresh = new_ones(store, &decisions)?;
        store.import(&fresh)?;
        Told::Events { added: fresh.len(), known: decisions.len() - fresh.len() }
    };
    store.rebuild_events()?;
    Ok(told)
}

fn read(file: &Path) -> Result<(String, String)> {
    let mut bytes = Vec::new();
    let name = if file == Path::new("-") {
        std::io::stdin().lock().read_to_end(&mut bytes).map_err(|e| Error::io("standard input", e))?;
        "standard input".to_string()
    } else {
        bytes = std::fs::read(file).map_err(|e| Error::io(file, e))?;
        file.display().to_string()
    };
    match String::from_utf8(bytes) {
        Ok(text) => Ok((name, text.trim_start_matches('\u{feff}').to_string())),
        Err(error) => {
            let bytes = error.as_bytes();
            let line = bytes.iter().take(error.utf8_error().valid_up_to()).filter(|b| **b == b'\n').count() + 1;
            Err(Error::Usage(format!("{name}, line {line}: is not UTF-8; save it as UTF-8 (nothing was imported)")))
        }
    }
}

/// A new database knows no actors yet: it gets those that are compiled in, so that names are understood.
fn actors(store: &mut Store) -> Result<()> {
    if crate::query::names(store)?.is_empty() {
        let lexicon = crate::actor::Lexicon::new(&Rules::builtin())?;
        store.write_actors(&lexicon)?;
    }
    Ok(())
}

fn refused(name: &str, faults: &[String]) -> Error {
    let mut text = String::new();
    for fault in faults.iter().take(SHOWN) {
        text.push_str(&format!("{name}, {fault}\n"));
    }
    if faults.len() > SHOWN {
        text.push_str(&format!("… and {} more\n", faults.len() - SHOWN));
    }
    Error::Usage(format!("{text}nothing was imported"))
}

fn said(done: &Imported) -> String {
    let known = if done.known > 0 {
        format!("; {} left as they are, since their documents are in the database", count(done.known, "account"))
    } else {
        String::new()
    };
    format!("{} of {} imported{known}", count(done.accounts, "account"), count(done.documents, "document"))
}

/// The accounts in JSON Lines.
fn accounts(text: &str, name: &str) -> Result<Vec<Numbered>> {
    let (mut lines, mut faults) = (Vec::new(), Vec::new());
    for (n, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str::<AccountLine>(line) {
            Ok(account) => lines.push((n, account)),
            Err(error) => faults.push(format!("line {n}: {}", what_it_is(line).unwrap_or(error.to_string()))),
        }
    }
    if faults.is_empty() { Ok(lines) } else { Err(refused(name, &faults)) }
}

/// What a line is that is no account, where it is known.
fn what_it_is(line: &str) -> Option<String> {
    let value: Value = serde_json::from_str(line).ok()?;
    if value.get("op").is_some() {
        return Some("is a decision: `dateline ledger import` reads those".into());
    }
    let event = value.get("uid").is_some() || value.get("about").is_some();
    event.then(|| {
        "is an event, made from accounts: import what `dateline extract` or `dateline export mentions` writes".into()
    })
}

/// The events of a table, as decisions that add them.
fn table(store: &Store, text: &str, name: &str, why: &Why) -> Result<Vec<Decision>> {
    // A spreadsheet in a language with a decimal comma writes semicolons.
    let head = text.lines().next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|d| head.bytes().filter(|b| b == d).count());
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter.unwrap_or(b','))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let wrong = |e: csv::Error| Error::Usage(format!("{name}: {e} (nothing was imported)"));
    let header: Vec<String> = reader.headers().map_err(wrong)?.iter().map(str::to_lowercase).collect();
    let mut faults: Vec<String> = header
        .iter()
        .filter(|h| !COLUMNS.contains(&h.as_str()))
        .map(|h| format!("line 1: no column {h:?}; there are {}", COLUMNS.join(", ")))
        .collect();
    for needed in &COLUMNS[..2] {
        if !header.iter().any(|h| h == needed) {
            faults.push(format!("line 1: the column {needed:?} is missing"));
        }
    }
    let mut decisions = Vec::new();
    if faults.is_empty() {
        for record in reader.records() {
            let at = |p: Option<&csv::Position>| p.map_or(0, |p| line_at(text, p.byte()));
            match record {
                Ok(row) if row.iter().all(str::is_empty) => {}
                Ok(row) => match decision(store, &header, &row, why) {
                    Ok(decision) => decisions.push(decision),
                    Err(error) => faults.push(format!("line {}: {error}", at(row.position()))),
                },
                Err(error) => {
                    let reason = match error.kind() {
                        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => format!(
                            "has {len} cells, the header has {expected_len}; a text with a comma in it stands in \
                             quotation marks"
                        ),
                        _ => error.to_string(),
                    };
                    faults.push(format!("line {}: {reason}", at(error.position())));
                }
            }
        }
    }
    if decisions.is_empty() && faults.is_empty() {
        faults.push("line 1: there is no event behind the header".into());
    }
    if faults.is_empty() { Ok(decisions) } else { Err(refused(name, &faults)) }
}

/// The number of the line on which a row begins that is read from here on: blank lines before it are not its own.
fn line_at(text: &str, byte: u64) -> usize {
    let byte = usize::try_from(byte).unwrap_or(usize::MAX).min(text.len());
    let blank = text.bytes().skip(byte).take_while(|b| matches!(b, b'\n' | b'\r')).count();
    text.bytes().take(byte + blank).filter(|b| *b == b'\n').count() + 1
}

/// The decision that adds the event of a row.
fn decision(store: &Store, header: &[String], row: &csv::StringRecord, why: &Why) -> Result<Decision> {
    let cell = |name: &str| {
        let at = header.iter().position(|h| h == name)?;
        row.get(at).map(unguarded).filter(|t| !t.is_empty())
    };
    for needed in &COLUMNS[..2] {
        if cell(needed).is_none() {
            return Err(Error::Usage(format!("the {needed} is missing")));
        }
    }
    if let Some(date) = cell("date") {
        crate::date::Date::from_edtf(date)?;
    }
    let mut fields = Vec::new();
    for name in ["date", "headline", "type", "mode", "subtype", "contexts", "modality", "initiators", "targets"] {
        fields.extend(cell(name).map(|value| format!("{name}={value}")));
    }
    let place = [cell("place"), cell("country").filter(|_| cell("place").is_some())];
    let place: Vec<&str> = place.into_iter().flatten().collect();
    if !place.is_empty() {
        fields.push(format!("place={}", place.join(", ")));
    }
    let set = curate::fields(store, &fields, &blank_event())?;
    let mut value = json!({ "set": set });
    if let Some(source) = cell("source") {
        value["source"] = source.into();
    }
    let mut decision = why.decision(Op::Add, Vec::new(), value);
    decision.why = cell("note").map(str::to_string).or(decision.why);
    Ok(decision)
}

/// A text without the apostrophe that keeps a spreadsheet from taking it for a formula.
fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => text,
    }
}

/// Those that no decision in force has added already, so that a table can be imported again after it has grown.
fn new_ones(store: &Store, decisions: &[Decision]) -> Result<Vec<Decision>> {
    let ledger = store.ledger()?;
    let mut known: Vec<&Value> =
        ledger.iter().filter(|e| e.decision.op == Op::Add && !e.undone).map(|e| &e.decision.value).collect();
    let mut fresh = Vec::new();
    for decision in decisions {
        if !known.contains(&&decision.value) {
            known.push(&decision.value);
            fresh.push(decision.clone());
        }
    }
    Ok(fresh)
}
