//! `dateline export`: events for other programs and for papers.

use super::{FilterArgs, Global, Outcome, Output};
use crate::query::{Sort, events, summary};
use crate::{Error, Result, export};

/// What is written, and where.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct ExportArgs {
    /// The format.
    #[arg(value_enum)]
    format: Format,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    output: Output,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// A spreadsheet, one row an event.
    Csv,
    /// JSON Lines, one event a line.
    Jsonl,
    /// JSON Lines, one account a line, with offsets into the documents.
    Mentions,
    /// A chronology in Markdown with its sources.
    Md,
}

pub(super) fn run(global: &Global, args: &ExportArgs) -> Result<Outcome> {
    let store = global.open()?;
    let filter = args.filter.filter(&store)?;
    let found = events(&store, &filter, Sort::Date, None)?;
    let failed = |e| Error::io("output", e);
    args.output.write(|out| match args.format {
        Format::Csv => export::csv(&found, out).map_err(failed),
        Format::Jsonl => export::jsonl(&found, out).map_err(failed),
        Format::Mentions => export::mentions(&store, &found, out),
        Format::Md => export::markdown(&store, &found, &summary(&store, &filter)?.sentence(&filter), out),
    })?;
    if let (Some(path), false) = (&args.output.output, global.quiet) {
        eprintln!("dateline: {} written to {}", crate::query::count(found.len(), "event"), path.display());
    }
    Ok(if found.is_empty() { Outcome::Nothing } else { Outcome::Done })
}
