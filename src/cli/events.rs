//! `dateline events`: what happened in a period.

use super::output::{stdout, to_stdout};
use super::{FilterArgs, Global, Outcome, table};
use crate::export;
use crate::query::{Sort, events, summary};
use crate::{Error, Result};
use serde_json::json;

/// Which events, and how they are shown.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct EventsArgs {
    #[command(flatten)]
    filter: FilterArgs,
    /// How they are written.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// At most so many.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Their order.
    #[arg(long, value_enum, default_value = "date")]
    sort: Order,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people.
    Table,
    /// One object with the sum and the events.
    Json,
    /// One event a line.
    Jsonl,
    /// A spreadsheet.
    Csv,
    /// A chronology with its sources.
    Md,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Order {
    /// By day; undated events last.
    Date,
    /// The most salient first.
    Salience,
    /// The best attested first.
    Sources,
    /// By the day of the first report.
    Report,
}

impl From<Order> for Sort {
    fn from(order: Order) -> Self {
        match order {
            Order::Date => Sort::Date,
            Order::Salience => Sort::Salience,
            Order::Sources => Sort::Sources,
            Order::Report => Sort::Report,
        }
    }
}

pub(super) fn run(global: &Global, args: &EventsArgs) -> Result<Outcome> {
    let store = global.open()?;
    let filter = args.filter.filter(&store)?;
    let sum = summary(&store, &filter)?;
    let found = events(&store, &filter, args.sort.into(), args.limit)?;
    to_stdout(|out| match args.format {
        Format::Table if found.is_empty() => writeln!(out, "{}", sum.sentence(&filter)).map_err(stdout),
        Format::Table => {
            writeln!(out, "{}\n", table::of_events(&found)).map_err(stdout)?;
            let shown = if found.len() < sum.definite + sum.possible {
                format!(" ({} shown)", found.len())
            } else {
                String::new()
            };
            writeln!(out, "{}{shown}", sum.sentence(&filter)).map_err(stdout)
        }
        Format::Json => {
            let span = filter.span();
            let whole = json!({
                "period": { "earliest": span.earliest, "latest": span.latest },
                "definite": sum.definite, "possible": sum.possible, "documents": sum.documents,
                "events": found,
            });
            let text = serde_json::to_string_pretty(&whole).map_err(|e| Error::Usage(e.to_string()))?;
            writeln!(out, "{text}").map_err(stdout)
        }
        Format::Jsonl => export::jsonl(&found, out).map_err(stdout),
        Format::Csv => export::csv(&found, out).map_err(stdout),
        Format::Md => export::markdown(&store, &found, &sum.sentence(&filter), out),
    })?;
    Ok(if found.is_empty() { Outcome::Nothing } else { Outcome::Done })
}
