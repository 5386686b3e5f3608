//! Questions whose answer is a small table: `tone`, `meetings`, `lag`, `silences`, `coverage`, `roles`.

use super::output::{json, stdout, to_stdout};
use super::{FilterArgs, Global, Outcome};
use crate::Result;
use crate::date::Span;
use crate::query::{EventFilter, Sheet, actor, period, sheet};
use crate::store::Store;
use comfy_table::{Table, presets};
use std::io::Write;

/// Which events.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct AskArgs {
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    look: Look,
}

/// Which offices and memberships.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct RolesArgs {
    /// The day or period; ever, by default.
    #[arg(value_name = "PERIOD")]
    period: Vec<String>,
    /// Of this person or state, and all that belongs to it.
    #[arg(long, value_name = "ACTOR")]
    actor: Option<String>,
    /// In this organisation or state.
    #[arg(long, value_name = "ACTOR")]
    of: Option<String>,
    #[command(flatten)]
    look: Look,
}

/// How the table is written.
#[derive(Clone, Debug, clap::Args)]
struct Look {
    /// How it is written.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// Write JSON, for scripts: the same as --format json.
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// At most so many rows.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people.
    Table,
    /// A list of objects.
    Json,
    /// A spreadsheet.
    Csv,
}

type Question = fn(&Store, &EventFilter) -> Result<Sheet>;

pub(super) fn run(global: &Global, args: &AskArgs, question: Question) -> Result<Outcome> {
    let store = global.open()?;
    let filter = args.filter.filter(&store)?;
    args.look.write(question(&store, &filter)?)
}

pub(super) fn roles(global: &Global, args: &RolesArgs) -> Result<Outcome> {
    let store = global.open()?;
    let span = if args.period.is_empty() { Span::default() } else { period::parse(&args.period.join(" "))?.span };
    let code = |asked: &Option<String>| asked.as_deref().map(|a| actor(&store, a)).transpose();
    let (who, of) = (code(&args.actor)?, code(&args.of)?);
    args.look.write(sheet::roles(&store, who.as_deref(), of.as_deref(), span)?)
}

impl Look {
    fn write(&self, mut sheet: Sheet) -> Result<Outcome> {
        if let Some(limit) = self.limit {
            sheet.rows.truncate(limit);
        }
        let format = if self.json { Format::Json } else { self.format };
        to_stdout(|out| match format {
            Format::Table => table(&sheet, out),
            Format::Json => json(out, &objects(&sheet)),
            Format::Csv => csv(&sheet, out).map_err(stdout),
        })?;
        Ok(if sheet.rows.is_empty() { Outcome::Nothing } else { Outcome::Done })
    }
}

fn table(sheet: &Sheet, out: &mut dyn Write) -> Result<()> {
    if sheet.rows.is_empty() {
        return Ok(());
    }
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_header(sheet.columns.clone());
    table.add_rows(sheet.rows.clone());
    for line in table.lines() {
        writeln!(out, "{}", line.trim_end()).map_err(stdout)?;
    }
    Ok(())
}

/// The rows as objects whose keys are the columns' names.
fn objects(sheet: &Sheet) -> Vec<serde_json::Map<String, serde_json::Value>> {
    let object = |row: &Vec<String>| {
        sheet.columns.iter().zip(row).map(|(c, v)| (c.replace(' ', "_"), v.as_str().into())).collect()
    };
    sheet.rows.iter().map(object).collect()
}

fn csv(sheet: &Sheet, out: &mut dyn Write) -> std::io::Result<()> {
    let mut writer = ::csv::Writer::from_writer(out);
    writer.write_record(&sheet.columns)?;
    for row in &sheet.rows {
        writer.write_record(row)?;
    }
    writer.flush()
}
