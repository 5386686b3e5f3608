//! `dateline events`: what happened in a period.

use super::output::{json, stdout, to_stdout};
use super::{FilterArgs, Global, Outcome, table};
use crate::Result;
use crate::export::{self, Selection, Style};
use crate::query::{Sort, events, summary};

/// Which events, and how they are shown.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct EventsArgs {
    #[command(flatten)]
    filter: FilterArgs,
    /// How they are written.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// Write JSON, for scripts: the same as --format json.
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// At most so many: the first of them.
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
pub(super) enum Order {
    /// By day; undated events last.
    Date,
    /// By day, the latest first; undated events last.
    Latest,
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
            Order::Latest => Sort::Latest,
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
    let sort: Sort = args.sort.into();
    let format = if args.json { Format::Json } else { args.format };
    let written = match format {
        Format::Jsonl => Some(export::Format::Jsonl),
        Format::Csv => Some(export::Format::Csv),
        Format::Md => Some(export::Format::Markdown),
        Format::Table | Format::Json => None,
    };
    if let Some(format) = written {
        let selection = Selection::new(&store, &filter, sort, args.limit)?;
        let mut count = 0;
        to_stdout(|out| {
            count = export::write(format, &selection, &Style::default(), out)?;
            Ok(())
        })?;
        return Ok(if count == 0 { Outcome::Nothing } else { Outcome::Done });
    }
    let found = events(&store, &filter, sort, args.limit)?;
    to_stdout(|out| match format {
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
            let whole = serde_json::json!({
                "period": { "earliest": span.earliest, "latest": span.latest },
                "definite": sum.definite, "possible": sum.possible, "documents": sum.documents, "documents_written_then": sum.written,
                "events": found,
            });
            json(out, &whole)
        }
        // Written above.
        Format::Jsonl | Format::Csv | Format::Md => Ok(()),
    })?;
    Ok(if found.is_empty() { Outcome::Nothing } else { Outcome::Done })
}
