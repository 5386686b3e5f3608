//! `dateline export`: events for other programs and for papers.

use super::output::to_file;
use super::{FilterArgs, Global, Order, Outcome, Output};
use crate::date::words::Lang;
use crate::export::{self, Aside, Format, MARK, Selection, Shape, Style};
use crate::query::{Depth, Sort, count};
use crate::{Error, Result};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// What is written, and where.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct ExportArgs {
    /// The format.
    #[arg(value_parser = format_parser())]
    format: Format,
    #[command(flatten)]
    filter: FilterArgs,
    /// The order of the events.
    #[arg(long, value_enum, default_value = "date")]
    sort: Order,
    /// The first so many events.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// The columns of a table (csv, xlsx, html), in their order.
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    columns: Vec<String>,
    /// A row for each pair of states or organisations instead of each event (csv, xlsx).
    #[arg(long)]
    dyads: bool,
    /// Citations that a bibliography resolves instead of footnotes (latex).
    #[arg(long)]
    autocite: bool,
    /// The language of dates and labels in what people read.
    #[arg(long, value_enum, default_value = "en")]
    lang: Language,
    #[command(flatten)]
    output: Output,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Language {
    /// English.
    En,
    /// Russian.
    Ru,
}

fn format_parser() -> impl TypedValueParser<Value = Format> {
    let value = |format: Format| {
        let value = PossibleValue::new(format.as_str()).help(format.purpose());
        if format == Format::Markdown { value.alias("md") } else { value }
    };
    PossibleValuesParser::new(Format::all().map(value)).map(|word| Format::parse(&word).unwrap_or(Format::Csv))
}

pub(super) fn run(global: &Global, args: &ExportArgs) -> Result<Outcome> {
    let style = Style {
        lang: match args.lang {
            Language::En => Lang::En,
            Language::Ru => Lang::Ru,
        },
        columns: args.columns.iter().map(|c| c.trim().to_string()).filter(|c| !c.is_empty()).collect(),
        dyads: args.dyads,
        autocite: args.autocite,
    };
    style.check(args.format)?;
    let store = global.open()?;
    let filter = args.filter.filter(&store)?;
    let sort: Sort = args.sort.into();
    let selection = Selection::new(&store, &filter, sort, args.limit)?;
    let beside = beside(args)?;
    let mut written = 0;
    match args.format.shape() {
        Shape::Folder => args.output.write_path(true, is_ours, |folder| {
            written = export::brat(&selection, folder)?;
            Ok(())
        })?,
        Shape::File => args.output.write_path(
            false,
            |_| true,
            |file| {
                written = slice(&selection, file)?;
                Ok(())
            },
        )?,
        Shape::Binary if args.output.output.is_none() && std::io::stdout().is_terminal() => {
            return Err(Error::Usage(format!("{} is nothing to show; name a file with -o", args.format.as_str())));
        }
        Shape::Text | Shape::Binary => args.output.write(|out| {
            written = export::write(args.format, &selection, &style, out)?;
            Ok(())
        })?,
    }
    if let Some(path) = &beside {
        describe(&selection, &style, args, path)?;
    }
    tell(global, args, &selection, written, beside.as_deref());
    Ok(if written == 0 { Outcome::Nothing } else { Outcome::Done })
}

/// Where the particulars of a file go that has no place for them itself.
fn beside(args: &ExportArgs) -> Result<Option<PathBuf>> {
    let Some(path) = args.output.output.as_ref().filter(|_| args.format.aside() == Aside::Beside) else {
        return Ok(None);
    };
    // What is no file (a device, a pipe) has nothing beside it.
    if path.metadata().is_ok_and(|m| !m.is_file()) {
        return Ok(None);
    }
    let mut name = path.as_os_str().to_owned();
    name.push("-metadata.json");
    let name = PathBuf::from(name);
    if name.exists() && !args.output.force {
        return Err(Error::Usage(format!("{} exists already; --force overwrites it", name.display())));
    }
    Ok(Some(name))
}

fn describe(selection: &Selection, style: &Style, args: &ExportArgs, path: &Path) -> Result<()> {
    let file =
        args.output.output.as_ref().and_then(|p| p.file_name()).unwrap_or_default().to_string_lossy().into_owned();
    let metadata = export::metadata(selection, style, args.format == Format::Csv, &file)?;
    let text = serde_json::to_string_pretty(&metadata).map_err(|e| Error::Usage(e.to_string()))?;
    to_file(path, true, |out| writeln!(out, "{text}").map_err(|e| Error::io(path, e)))
}

/// Whether a folder was written by an export: only such a one is replaced.
fn is_ours(folder: &Path) -> bool {
    folder.join(MARK).is_file()
}

/// Writes the selection as a database of its own.
fn slice(selection: &Selection, file: &Path) -> Result<usize> {
    let mut events = Vec::new();
    let count = selection.each_to(Depth::Events, |record| {
        events.push(record.answer.id);
        Ok(())
    })?;
    let about = serde_json::to_string(selection.about()).map_err(|e| Error::Usage(e.to_string()))?;
    selection.store().slice(&events, &about, file)?;
    Ok(count)
}

fn tell(global: &Global, args: &ExportArgs, selection: &Selection, written: usize, beside: Option<&Path>) {
    if global.quiet {
        return;
    }
    let what =
        if matches!(args.format, Format::Biblatex | Format::CslJson | Format::Ris) { "document" } else { "event" };
    match &args.output.output {
        Some(path) => {
            let beside = beside.map(|p| format!(" (what they rest on: {})", p.display())).unwrap_or_default();
            eprintln!("dateline: {} written to {}{beside}", count(written, what), path.display());
        }
        None if args.format.aside() == Aside::Beside => eprintln!("dateline: {}", selection.about().sentences()),
        None => {}
    }
}
