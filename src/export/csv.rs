//! CSV (RFC 4180): one row an event, or one row a dyad. What the file rests on goes into a file beside it, in the form
//! that CSV on the Web has for it (W3C, "Metadata Vocabulary for Tabular Data").

use super::columns::{Cell, Column, Kind, chosen};
use super::selection::Names;
use super::{Selection, Style, failed};
use crate::event::{Modality, Role};
use crate::query::{Depth, Record};
use crate::{Error, Result};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::Write;

/// Writes the selection as CSV with a header line.
///
/// # Errors
/// [`Error::Usage`] when there is no such column; [`Error::Database`], [`Error::Io`].
pub(super) fn csv(selection: &Selection, style: &Style, out: &mut dyn Write) -> Result<usize> {
    if style.dyads {
        return dyads(selection, out);
    }
    let columns = chosen(style)?;
    let names = selection.names();
    ::csv::Writer::from_writer(&mut *out).write_record(columns.iter().map(|c| c.name)).map_err(wrong)?;
    selection.write_to(out, depth(&columns), |_, records, bytes| {
        let mut writer = ::csv::Writer::from_writer(bytes);
        records.iter().try_for_each(|r| row(&mut writer, columns.iter().map(|c| c.cell(r, names, style))))?;
        writer.flush().map_err(failed)
    })
}

fn row<'a>(writer: &mut ::csv::Writer<&mut Vec<u8>>, cells: impl Iterator<Item = Cell<'a>>) -> Result<()> {
    let mut field = String::new();
    for value in cells {
        match value {
            Cell::Text(text) if !is_formula(&text) => writer.write_field(text.as_bytes()),
            value => {
                field.clear();
                cell(value, &mut field);
                writer.write_field(&field)
            }
        }
        .map_err(wrong)?;
    }
    writer.write_record(None::<&[u8]>).map_err(wrong)
}

/// Whether these columns need the accounts.
pub(super) fn depth(columns: &[&Column]) -> Depth {
    let accounts = columns.iter().any(|c| matches!(c.name, "citations" | "quotes"));
    if accounts { Depth::Accounts } else { Depth::Events }
}

pub(super) fn wrong(error: ::csv::Error) -> Error {
    match error.into_kind() {
        ::csv::ErrorKind::Io(e) => failed(e),
        other => Error::Usage(format!("{other:?}")),
    }
}

/// A cell as text.
fn cell(cell: Cell, field: &mut String) {
    // Writing to a string does not fail.
    let _ = match cell {
        Cell::Empty => Ok(()),
        Cell::Text(text) => write!(field, "{}{text}", if is_formula(&text) { "'" } else { "" }),
        Cell::Integer(n) => write!(field, "{n}"),
        Cell::Number(x) => write!(field, "{x}"),
        Cell::Truth(t) => write!(field, "{t}"),
        Cell::Day(day) => write!(field, "{day}"),
    };
}

/// Whether a spreadsheet would take this text for a formula (OWASP, "CSV injection"): an apostrophe in front of it
/// makes it text. A date before Christ (`-0043`) begins with a sign, but computes nothing.
pub(super) fn is_formula(text: &str) -> bool {
    // Most texts begin with a letter or a digit: nothing more to look at.
    if text.as_bytes().first().is_none_or(u8::is_ascii_alphanumeric) {
        return false;
    }
    let harmless = || text.bytes().all(|b| b.is_ascii_digit() || b"-.X~?%/".contains(&b));
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) && !harmless()
}

/// The columns of a dyad: who, to whom, and what of the event a series needs.
pub(super) const DYADS: [(&str, Kind, &str); 15] = [
    ("actor", Kind::Text, "state or organisation that does it"),
    ("target", Kind::Text, "state or organisation to which it is done"),
    ("actor_name", Kind::Text, "its name"),
    ("target_name", Kind::Text, "its name"),
    ("id", Kind::Text, "the event"),
    ("date", Kind::Text, "date in EDTF"),
    ("earliest", Kind::Day, "earliest possible day"),
    ("latest", Kind::Day, "latest possible day"),
    ("year", Kind::Integer, "year, where the whole date lies in one"),
    ("type", Kind::Text, "PLOVER category"),
    ("quad", Kind::Text, "quadrant of the category"),
    ("score", Kind::Number, "score of the category"),
    ("headline", Kind::Text, "the event in a sentence"),
    ("modality", Kind::Text, "whether it happened"),
    ("sources", Kind::Integer, "independent sources"),
];

/// Writes a row for each pair of states or organisations of each event that happened. Mutual acts give both
/// directions, as the database's view `dyads` has them.
fn dyads(selection: &Selection, out: &mut dyn Write) -> Result<usize> {
    let names = selection.names();
    ::csv::Writer::from_writer(&mut *out).write_record(DYADS.iter().map(|c| c.0)).map_err(wrong)?;
    selection.write_to(out, Depth::Events, |_, records, bytes| {
        let mut writer = ::csv::Writer::from_writer(bytes);
        let mut rows = records.iter().flat_map(|record| dyad_rows(record, names));
        rows.try_for_each(|cells| row(&mut writer, cells.into_iter()))?;
        writer.flush().map_err(failed)
    })
}

/// The rows of one event.
pub(super) fn dyad_rows<'a>(record: &'a Record, names: &'a Names) -> Vec<[Cell<'a>; 15]> {
    use chrono::Datelike;
    let e = &record.answer.event;
    let text = |t: &'a str| Cell::Text(t.into());
    let day = |d: Option<crate::date::NaiveDate>| d.map_or(Cell::Empty, Cell::Day);
    let (from, to) = (e.date.span.earliest, e.date.span.latest);
    let year = from.zip(to).filter(|(a, b)| a.year() == b.year()).and_then(|(a, _)| usize::try_from(a.year()).ok());
    pairs(record)
        .into_iter()
        .map(|(actor, target)| {
            [
                text(actor),
                text(target),
                text(names.of(actor)),
                text(names.of(target)),
                text(&e.uid),
                text(&e.date.edtf),
                day(from),
                day(to),
                year.map_or(Cell::Empty, Cell::Integer),
                text(e.kind.as_str()),
                text(e.kind.quad().as_str()),
                Cell::Number(e.kind.score()),
                text(&e.headline),
                text(e.modality.as_str()),
                Cell::Integer(e.sources),
            ]
        })
        .collect()
}

/// Who did it to whom, by state or organisation, each pair once; nothing where it did not happen.
pub(super) fn pairs(record: &Record) -> Vec<(&str, &str)> {
    let e = &record.answer.event;
    if !matches!(e.modality, Modality::Asserted | Modality::Reported | Modality::Ongoing) {
        return Vec::new();
    }
    let mut pairs = Vec::new();
    for a in e.actors.iter().filter(|a| a.role == Role::Initiator) {
        for b in e.actors.iter().filter(|b| b.role != Role::Other && b.top != a.top) {
            let pair = (a.top.as_str(), b.top.as_str());
            if !pairs.contains(&pair) {
                pairs.push(pair);
            }
        }
    }
    pairs
}

/// What a file of this selection rests on: of a table, in the form of CSV on the Web.
pub fn metadata(selection: &Selection, style: &Style, table: bool, file: &str) -> Result<Value> {
    let about = selection.about();
    let mut whole = json!({ "url": file, "dc:description": about.sentences(), "dateline": about });
    if !table {
        return Ok(whole);
    }
    let described = |name: &str, kind: Kind, holds: &str| {
        let kind = match kind {
            Kind::Text => "string",
            Kind::Integer => "integer",
            Kind::Number => "number",
            Kind::Truth => "boolean",
            Kind::Day => "date",
        };
        json!({ "name": name, "titles": name, "dc:description": holds, "datatype": kind })
    };
    let columns: Vec<Value> = if style.dyads {
        DYADS.iter().map(|(name, kind, holds)| described(name, *kind, holds)).collect()
    } else {
        chosen(style)?.iter().map(|c| described(c.name, c.kind, c.holds)).collect()
    };
    whole["@context"] = json!("http://www.w3.org/ns/csvw");
    whole["tableSchema"] = json!({ "columns": columns });
    Ok(whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::{EVIL, store, written};
    use crate::export::{DEFAULT_COLUMNS, Format};
    use crate::query::{EventFilter, Sort};

    fn rows(text: &str) -> Vec<::csv::StringRecord> {
        ::csv::Reader::from_reader(text.as_bytes()).records().collect::<Result<_, _>>().expect("rows")
    }

    #[test]
    fn rows_are_read_back_and_hold_no_formulas() {
        let text = written(Format::Csv, &Style::default());
        let rows = rows(&text);
        assert_eq!((rows.len(), rows[0].len()), (4, DEFAULT_COLUMNS));
        assert_eq!((&rows[1][1], &rows[1][3], &rows[1][4]), ("2005-05-13", "2005-05-13", "2005-05-13"));
        assert_eq!((&rows[0][2], &rows[0][7]), ("about May 2005", format!("'{EVIL}").as_str()));
        assert_eq!((&rows[2][3], &rows[2][4]), ("", "2005-11-21"));
        assert_eq!(&rows[1][32], "05DUSTVILLE7, ¶ 2 (C), 2005");
        for row in &rows {
            assert!(!row.iter().any(is_formula), "{row:?}");
        }
    }

    #[test]
    fn columns_are_those_asked_for() {
        let style = Style { columns: vec!["quotes".into(), "id".into()], ..Style::default() };
        let text = written(Format::Csv, &style);
        assert!(text.starts_with("quotes,id\n"), "{text}");
        assert_eq!(&rows(&text)[1][0], "“Ruritania signed the Treaty of Dustville.”");
    }

    #[test]
    fn dyads_are_those_of_the_view() {
        let store = store();
        let filter = EventFilter::default();
        let selection = Selection::new(&store, &filter, Sort::Date, None).expect("selected");
        let mut ours = Vec::new();
        selection
            .each_to(Depth::Events, |r| {
                ours.extend(
                    pairs(r).into_iter().map(|(a, b)| (a.to_string(), b.to_string(), r.answer.event.uid.clone())),
                );
                Ok(())
            })
            .expect("read");
        ours.sort();
        let mut statement = store.conn.prepare("SELECT actor, target, uid FROM dyads ORDER BY 1, 2, 3").expect("asked");
        let view: Vec<(String, String, String)> = statement
            .query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
            .expect("asked")
            .collect::<Result<_, _>>()
            .expect("read");
        assert!(!view.is_empty());
        assert_eq!(ours, view);
        let text = written(Format::Csv, &Style { dyads: true, ..Style::default() });
        assert_eq!(rows(&text).len(), view.len());
    }

    #[test]
    fn formulas_are_known_from_dates() {
        for (text, formula) in [
            ("=1+1", true),
            ("@x", true),
            ("-1+cmd", true),
            ("\tx", true),
            ("-0043", false),
            ("-0043/-0040", false),
            ("a=1", false),
        ] {
            assert_eq!(is_formula(text), formula, "{text}");
        }
    }

    #[test]
    fn the_metadata_describes_every_column() {
        let store = store();
        let filter = EventFilter::default();
        let selection = Selection::new(&store, &filter, Sort::Date, None).expect("selected");
        let metadata = metadata(&selection, &Style::default(), true, "e.csv").expect("described");
        assert_eq!(metadata["tableSchema"]["columns"].as_array().map(Vec::len), Some(DEFAULT_COLUMNS));
        assert_eq!(metadata["url"], "e.csv");
        assert!(metadata["dc:description"].as_str().is_some_and(|d| d.contains("4 events, from 4 documents")));
    }
}
