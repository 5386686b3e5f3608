//! `dateline documents`: one row a document.

use super::output::{json, json_lines, stdout, to_stdout};
use super::{Global, Outcome};
use crate::query::{DocumentRow, count, documents};
use crate::{Error, Result};
use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width, presets};
use std::io::Write;

/// How they are shown.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct DocumentsArgs {
    /// How they are written.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// Write JSON, for scripts: the same as --format json.
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people.
    Table,
    /// One list.
    Json,
    /// One document a line.
    Jsonl,
    /// A spreadsheet.
    Csv,
}

pub(super) fn run(global: &Global, args: &DocumentsArgs) -> Result<Outcome> {
    let store = global.open()?;
    let found = documents(&store)?;
    let format = if args.json { Format::Json } else { args.format };
    to_stdout(|out| match format {
        Format::Table => writeln!(out, "{}", of_documents(&found)).map_err(stdout),
        Format::Json => json(out, &found),
        Format::Jsonl => json_lines(out, &found),
        Format::Csv => csv(&found, out),
    })?;
    Ok(if found.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

fn csv(found: &[DocumentRow], out: &mut dyn Write) -> Result<()> {
    let failed = |e: csv::Error| Error::Usage(format!("the table cannot be written: {e}"));
    let mut writer = csv::Writer::from_writer(out);
    for row in found {
        writer.serialize(row).map_err(failed)?;
    }
    writer.flush().map_err(stdout)
}

fn of_documents(found: &[DocumentRow]) -> String {
    let mut table = Table::new();
    let width = std::env::var("COLUMNS").ok().and_then(|c| c.parse::<u16>().ok()).map_or(100, |w| w.clamp(72, 160));
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    table.set_header(["Day", "Document", "Title", "Accounts", ""]);
    for row in found {
        let doubt = if row.warnings > 0 { "!" } else { "" };
        let copies = if row.copies > 0 { format!("+{}", row.copies) } else { String::new() };
        table.add_row([
            row.date.map(|d| d.to_string()).unwrap_or_else(|| "undated".into()),
            row.id.clone(),
            row.title.clone().unwrap_or_default(),
            row.accounts.to_string(),
            format!("{copies}{doubt}"),
        ]);
    }
    for (i, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, 2));
        if i == 0 {
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(12)));
        }
    }
    let mut text = String::new();
    for line in table.lines() {
        text.push_str(line.trim_end());
        text.push('\n');
    }
    let doubtful = found.iter().filter(|r| r.warnings > 0).count();
    text.push_str(&format!("\n{}", count(found.len(), "document")));
    let copies: usize = found.iter().map(|r| r.copies).sum();
    if copies > 0 {
        text.push_str(&format!(
            ", and {} of them (+): `dateline document ID` names them",
            if copies == 1 { "1 copy".to_string() } else { format!("{copies} copies") }
        ));
    }
    if doubtful > 0 {
        text.push_str(&format!(", {doubtful} with doubts (!): `dateline document ID` tells them"));
    }
    text
}
