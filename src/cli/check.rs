//! `dateline check`: is the database whole?

use super::output::Json;
use super::{Global, Outcome};
use crate::Result;
use crate::store::check;
use serde_json::json;

/// How it is told.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    json: Json,
}

pub(super) fn run(global: &Global, args: &CheckArgs) -> Result<Outcome> {
    let store = global.open()?;
    let faults = check(&store)?;
    for fault in &faults {
        eprintln!("dateline: {}: {fault}", global.db.display());
    }
    let (file, whole) = (global.db.display(), faults.is_empty());
    let object = json!({ "database": file.to_string(), "whole": whole, "faults": faults });
    args.json.tell(global.quiet || !whole, &object, || format!("{file} is whole"))?;
    Ok(if whole { Outcome::Done } else { Outcome::SomeFailed })
}
