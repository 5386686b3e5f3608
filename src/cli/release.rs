//! `dateline release` and `dateline diff`: citable states, and what differs between them.

use super::output::{Json, json_lines, stdout, to_stdout};
use super::{Global, Outcome, curate};
use crate::Result;
use crate::query::count;
use crate::store::Change;
use serde_json::json;
use std::io::Write;

/// The name of the state to freeze.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct ReleaseArgs {
    /// The release's name; lists the releases where none is given.
    #[arg(value_name = "NAME")]
    name: Option<String>,
    #[command(flatten)]
    json: Json,
}

/// The states to compare.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct DiffArgs {
    /// The earlier release.
    #[arg(value_name = "FROM")]
    from: String,
    /// The later release; the events of now by default.
    #[arg(value_name = "TO")]
    to: Option<String>,
    /// Write JSON Lines.
    #[arg(long)]
    json: bool,
}

pub(super) fn release(global: &Global, args: &ReleaseArgs) -> Result<Outcome> {
    let Some(name) = &args.name else {
        let releases = global.open()?.releases()?;
        let objects: Vec<_> =
            releases.iter().map(|(name, at, events)| json!({ "name": name, "at": at, "events": events })).collect();
        let line =
            |(name, at, events): &(String, String, usize)| format!("{name}  {at}  {}\n", count(*events, "event"));
        args.json.tell(releases.is_empty(), &objects, || releases.iter().map(line).collect())?;
        return Ok(if releases.is_empty() { Outcome::Nothing } else { Outcome::Done });
    };
    let mut store = curate::open(global)?;
    let at = chrono::Utc::now().format("%Y-%m-%dT%H:%M:%SZ").to_string();
    let events = store.release(name, &at)?;
    let object = json!({ "name": name, "at": at, "events": events });
    args.json.tell(global.quiet, &object, || format!("{name}: {} frozen", count(events, "event")))?;
    Ok(Outcome::Done)
}

pub(super) fn diff(global: &Global, args: &DiffArgs) -> Result<Outcome> {
    let changes = global.open()?.diff(&args.from, args.to.as_deref())?;
    to_stdout(|out| {
        if args.json {
            return json_lines(out, &changes);
        }
        for change in &changes {
            tell(change, out)?;
        }
        let n = |what| changes.iter().filter(|c| c.what == what).count();
        let to = args.to.as_deref().unwrap_or("now");
        let sum = format!("From {} to {to}: {} new, {} gone, {} changed", args.from, n("new"), n("gone"), n("changed"));
        writeln!(out, "{sum}").map_err(stdout)
    })?;
    Ok(if changes.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

fn tell(change: &Change, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "{:<8} {}  {}  ({})", change.what, change.uid, change.headline, change.why).map_err(stdout)?;
    for (field, before, after) in &change.fields {
        writeln!(out, "         {field}: {before} → {after}").map_err(stdout)?;
    }
    Ok(())
}
