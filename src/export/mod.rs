//! Events for other programs and for papers: one format a file. Each takes a [`Selection`] and writes to what it is
//! given; none knows SQL or the command line.
//!
//! Every format says what it rests on: the question, the state of the data, the program, what the corpus covers. Where
//! a format has no place for that (CSV, JSON Lines), [`Format::aside`] says so, and it goes into a file beside it.

mod biblatex;
mod brat;
mod columns;
mod csl;
mod csv;
mod docx;
mod event_data;
mod ftm;
mod geojson;
mod html;
mod ics;
mod json;
mod jsonld;
mod latex;
mod markdown;
mod markwhen;
mod mentions;
mod phrase;
mod plover;
mod reference;
mod ris;
mod selection;
mod timelinejs;
mod vis;
mod xlsx;

pub use brat::{MARK, brat};
pub use columns::{DEFAULT_COLUMNS, column_names};
pub use csv::metadata;
pub use mentions::mention_line;
pub use phrase::{citation, cite_account};
pub use selection::{Selection, Style};

use crate::{Error, Result};
use std::io::Write;

/// A form in which events leave the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// A chronology in LaTeX.
    Latex,
    /// A chronology in Markdown.
    Markdown,
    /// A chronology for a word processor.
    Docx,
    /// A table for a web page.
    Html,
    /// References in BibLaTeX.
    Biblatex,
    /// References in CSL-JSON.
    CslJson,
    /// References in RIS.
    Ris,
    /// A table of events, or of dyads.
    Csv,
    /// The same for a spreadsheet program.
    Xlsx,
    /// One JSON object.
    Json,
    /// One JSON object a line, one an event.
    Jsonl,
    /// One JSON object a line, one an account.
    Mentions,
    /// PLOVER records.
    Plover,
    /// A table as ICEWS has it.
    Icews,
    /// A table as GDELT has it.
    Gdelt,
    /// A small database.
    Sqlite,
    /// A timeline of TimelineJS.
    Timelinejs,
    /// Items of vis-timeline.
    Vis,
    /// A calendar.
    Ics,
    /// A map.
    Geojson,
    /// Markwhen text.
    Markwhen,
    /// Linked data.
    JsonLd,
    /// Entities for Aleph.
    Ftm,
    /// Stand-off annotation of the documents.
    Brat,
}

/// Where what a format's file rests on is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aside {
    /// In the file itself.
    Within,
    /// In a file beside it.
    Beside,
}

/// What a format is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Text, to a file or to standard output.
    Text,
    /// Bytes that no terminal shows.
    Binary,
    /// A file that must have a name.
    File,
    /// A folder.
    Folder,
}

/// Formats with their words, what they are good for, their shape, and where their particulars go.
const FORMATS: [(Format, &str, &str, Shape, Aside); 24] = [
    (
        Format::Latex,
        "latex",
        "Chronology in LaTeX, a footnote for each account (--autocite: citations)",
        Shape::Text,
        Aside::Within,
    ),
    (Format::Markdown, "markdown", "Chronology in Markdown with footnotes", Shape::Text, Aside::Within),
    (Format::Docx, "docx", "Chronology for a word processor, with footnotes", Shape::Binary, Aside::Within),
    (Format::Html, "html", "Table for a web page", Shape::Text, Aside::Within),
    (Format::Biblatex, "biblatex", "References of the documents in BibLaTeX", Shape::Text, Aside::Within),
    (Format::CslJson, "csl-json", "References in CSL-JSON (Zotero, pandoc)", Shape::Text, Aside::Beside),
    (Format::Ris, "ris", "References in RIS (EndNote, Zotero)", Shape::Text, Aside::Beside),
    (
        Format::Csv,
        "csv",
        "Table, one row an event (--dyads: a row for each pair of states)",
        Shape::Text,
        Aside::Beside,
    ),
    (Format::Xlsx, "xlsx", "The same for a spreadsheet program", Shape::Binary, Aside::Within),
    (Format::Json, "json", "One JSON object with all events", Shape::Text, Aside::Within),
    (Format::Jsonl, "jsonl", "JSON Lines, one event a line", Shape::Text, Aside::Beside),
    (
        Format::Mentions,
        "mentions",
        "JSON Lines, one account a line, with offsets into the documents",
        Shape::Text,
        Aside::Beside,
    ),
    (Format::Plover, "plover", "JSON Lines of PLOVER records", Shape::Text, Aside::Beside),
    (Format::Icews, "icews", "Table with the columns of ICEWS", Shape::Text, Aside::Beside),
    (Format::Gdelt, "gdelt", "Table with the columns of GDELT 1.0", Shape::Text, Aside::Beside),
    (Format::Sqlite, "sqlite", "A small database of just these events and their evidence", Shape::File, Aside::Within),
    (Format::Timelinejs, "timelinejs", "JSON for TimelineJS", Shape::Text, Aside::Within),
    (Format::Vis, "vis", "JSON for vis-timeline", Shape::Text, Aside::Within),
    (Format::Ics, "ics", "Calendar (iCalendar)", Shape::Text, Aside::Within),
    (Format::Geojson, "geojson", "Map (GeoJSON) of the events with a place", Shape::Text, Aside::Within),
    (Format::Markwhen, "markwhen", "Markwhen text", Shape::Text, Aside::Within),
    (Format::JsonLd, "json-ld", "Linked data: schema.org, PROV, Web Annotation", Shape::Text, Aside::Within),
    (Format::Ftm, "ftm", "FollowTheMoney entities for Aleph, JSON Lines", Shape::Text, Aside::Beside),
    (
        Format::Brat,
        "brat",
        "A folder of the documents with stand-off annotation for brat",
        Shape::Folder,
        Aside::Within,
    ),
];

impl Format {
    fn row(self) -> &'static (Format, &'static str, &'static str, Shape, Aside) {
        FORMATS.iter().find(|row| row.0 == self).unwrap_or(&FORMATS[7])
    }

    /// All formats.
    pub fn all() -> impl Iterator<Item = Format> {
        FORMATS.iter().map(|row| row.0)
    }

    /// Its word on the command line.
    pub fn as_str(self) -> &'static str {
        self.row().1
    }

    /// What it is good for, in a line.
    pub fn purpose(self) -> &'static str {
        self.row().2
    }

    /// What it is written to.
    pub fn shape(self) -> Shape {
        self.row().3
    }

    /// Where the particulars of its file are told.
    pub fn aside(self) -> Aside {
        self.row().4
    }

    /// The format called `word`.
    pub fn parse(word: &str) -> Option<Self> {
        let word = if word == "md" { "markdown" } else { word };
        FORMATS.iter().find(|row| row.1 == word).map(|row| row.0)
    }
}

/// Writes a selection in a format, and gives back how many events (of references: documents) it holds.
///
/// # Errors
/// [`Error::Usage`] when the style asks for what the format has not, or the format is written to a place of its own
/// ([`Shape::File`], [`Shape::Folder`]); [`Error::Database`] and [`Error::Io`] when it cannot be read or written.
pub fn write(format: Format, selection: &Selection, style: &Style, out: &mut dyn Write) -> Result<usize> {
    style.check(format)?;
    match format {
        Format::Latex => latex::latex(selection, style, out),
        Format::Markdown => markdown::markdown(selection, style, out),
        Format::Docx => docx::docx(selection, style, out),
        Format::Html => html::html(selection, style, out),
        Format::Biblatex => biblatex::biblatex(selection, out),
        Format::CslJson => csl::csl_json(selection, out),
        Format::Ris => ris::ris(selection, out),
        Format::Csv => csv::csv(selection, style, out),
        Format::Xlsx => xlsx::xlsx(selection, style, out),
        Format::Json => json::json(selection, out),
        Format::Jsonl => json::jsonl(selection, out),
        Format::Mentions => mentions::mentions(selection, out),
        Format::Plover => plover::plover(selection, out),
        Format::Icews => event_data::icews(selection, out),
        Format::Gdelt => event_data::gdelt(selection, out),
        Format::Timelinejs => timelinejs::timelinejs(selection, style, out),
        Format::Vis => vis::vis(selection, style, out),
        Format::Ics => ics::ics(selection, style, out),
        Format::Geojson => geojson::geojson(selection, style, out),
        Format::Markwhen => markwhen::markwhen(selection, style, out),
        Format::JsonLd => jsonld::json_ld(selection, out),
        Format::Ftm => ftm::ftm(selection, out),
        Format::Sqlite | Format::Brat => {
            Err(Error::Usage(format!("{} is written to a file or folder of its own; name it with -o", format.as_str())))
        }
    }
}

/// An error of writing the output.
fn failed(error: std::io::Error) -> Error {
    Error::io("output", error)
}

/// Writes text to the output.
fn put(out: &mut dyn Write, text: &str) -> Result<()> {
    out.write_all(text.as_bytes()).map_err(failed)
}

/// Writes a value as JSON on one line, without the end of the line.
fn put_json(out: &mut (impl Write + ?Sized), value: &impl serde::Serialize) -> Result<()> {
    serde_json::to_writer(out, value).map_err(|e| failed(e.into()))
}

#[cfg(test)]
pub(crate) mod tests;
