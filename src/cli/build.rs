//! `dateline build`: read documents into the database.

use super::output::Json;
use super::{Global, Outcome, rules};
use crate::document::Mapping;
use crate::query::count;
use crate::store::{Report, build_mapped};
use crate::{Error, Result};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::path::PathBuf;

/// Which documents.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct BuildArgs {
    /// Files and folders; folders are read with all that is in them.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// A folder of rule files (*.toml) to use besides those compiled in.
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// Read and extract everything anew, also what is unchanged.
    #[arg(long)]
    force: bool,
    /// What a field of a collection's records means: id=KEY, date=SENT, text=MEMO, header, title, author, origin, tags.
    #[arg(long, value_name = "WHAT=NAME")]
    map: Vec<String>,
    #[command(flatten)]
    json: Json,
}

pub(super) fn run(global: &Global, args: &BuildArgs) -> Result<Outcome> {
    let rules = rules(args.rules.as_ref())?;
    let mapping = Mapping::parse(&args.map)?;
    for path in &args.paths {
        // Before the database is touched.
        path.metadata().map_err(|e| Error::io(path, e))?;
    }
    let mut store = global.create()?;
    let bar = bar(global.quiet);
    let report = build_mapped(&mut store, &args.paths, &mapping, &rules, args.force, &mut |done, all| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    });
    bar.finish_and_clear();
    let report = report?;
    for message in &report.failed {
        eprintln!("dateline: {message}");
    }
    args.json.tell(global.quiet, &report, || sentence(global, &report))?;
    Ok(match report {
        Report { failed, .. } if !failed.is_empty() => Outcome::SomeFailed,
        Report { read: 0, unchanged: 0, removed: 0, .. } => Outcome::Nothing,
        _ => Outcome::Done,
    })
}

/// A bar on a terminal; nothing elsewhere.
pub(super) fn bar(quiet: bool) -> ProgressBar {
    if quiet || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} documents, {eta} left") {
        bar.set_style(style);
    }
    bar
}

fn sentence(global: &Global, report: &Report) -> String {
    let mut parts = vec![format!("{} read", count(report.read, "document"))];
    for (n, what) in [(report.unchanged, "unchanged"), (report.removed, "removed"), (report.failed.len(), "failed")] {
        if n > 0 {
            parts.push(format!("{n} {what}"));
        }
    }
    let holds = format!(
        "{} holds {}, {}, {}",
        global.db.display(),
        count(report.documents, "document"),
        count(report.accounts, "account"),
        count(report.events, "event")
    );
    let changed = if report.changed { "" } else { "; nothing changed" };
    if report.read + report.unchanged + report.removed + report.failed.len() == 0 {
        return format!("no documents found; {holds}");
    }
    format!("{}{changed}; {holds}", parts.join(", "))
}
