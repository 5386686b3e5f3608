//! `dateline ledger`: the decisions, their fate, and their exchange between authors.

use super::output::Json;
use super::{Global, Outcome, Output, curate};
use crate::query::count;
use crate::store::{Entry, ledger_text, read_ledger};
use crate::{Error, Result};
use serde_json::json;
use std::path::PathBuf;

/// What to do with the ledger; lists it by default.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct LedgerArgs {
    #[command(subcommand)]
    what: Option<What>,
    #[command(flatten)]
    json: Json,
}

#[derive(Clone, Debug, clap::Subcommand)]
enum What {
    /// Write the decisions as text, one a line
    Export(Output),
    /// Add the decisions of a text file that are not here yet
    Import {
        /// The file that `ledger export` wrote, here or elsewhere.
        file: PathBuf,
    },
}

pub(super) fn run(global: &Global, args: &LedgerArgs) -> Result<Outcome> {
    match &args.what {
        None => list(global, args.json),
        Some(What::Export(output)) => {
            let text = ledger_text(&global.open()?.ledger()?);
            output.write(|out| out.write_all(text.as_bytes()).map_err(|e| Error::io("output", e)))?;
            Ok(Outcome::Done)
        }
        Some(What::Import { file }) => {
            let text = std::fs::read_to_string(file).map_err(|e| Error::io(file, e))?;
            let decisions = read_ledger(&text, &file.display().to_string())?;
            let mut store = curate::open(global)?;
            let mut keys: rustc_hash::FxHashSet<String> = store.ledger()?.into_iter().map(|e| e.key).collect();
            let fresh: Vec<_> = decisions.iter().filter(|d| keys.insert(d.key())).cloned().collect();
            let added = fresh.len();
            store.curate(&fresh, &mut || curate::slow(global))?;
            let stale = store.ledger()?.iter().filter(|e| e.state.as_deref() == Some("stale")).count();
            let known = decisions.len() - added;
            args.json.tell(global.quiet, &json!({ "added": added, "known": known, "stale": stale }), || {
                format!("{} added, {known} known already, {stale} stale", count(added, "decision"))
            })?;
            Ok(Outcome::Done)
        }
    }
}

fn list(global: &Global, json: Json) -> Result<Outcome> {
    let ledger = global.open()?.ledger()?;
    json.tell(ledger.is_empty(), &ledger, || ledger.iter().map(|entry| line(entry) + "\n").collect())?;
    Ok(if ledger.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

fn line(entry: &Entry) -> String {
    let d = &entry.decision;
    let state = if entry.undone { "undone" } else { entry.state.as_deref().unwrap_or("not replayed") };
    let particulars = match (d.value.get("set"), d.value.get("text"), d.value.get("relation"), d.value.get("undoes")) {
        (Some(set), ..) => set.to_string(),
        (_, Some(text), ..) => text.as_str().unwrap_or_default().to_string(),
        (_, _, Some(relation), _) => relation.as_str().unwrap_or_default().to_string(),
        (_, _, _, Some(key)) => key.as_str().unwrap_or_default().to_string(),
        _ => String::new(),
    };
    let about = d.evidence.first().filter(|e| !e.doc.is_empty()).map(|e| {
        let words: String = e.quote.chars().take(60).collect();
        format!("{}: “{words}…”", e.doc)
    });
    let why = d.why.as_ref().map(|w| format!("({w})"));
    let parts = [
        Some(format!("{}  {:.16}  {}  {:<6}  {state:<8}", entry.key, d.at, d.who, d.op.as_str())),
        entry.uid.clone(),
        Some(particulars).filter(|p| !p.is_empty()),
        about,
        why,
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ").trim_end().to_string()
}
