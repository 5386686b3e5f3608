//! A spreadsheet (Office Open XML, written by rust_xlsxwriter): typed cells, a frozen header with filters, and sheets of
//! the sources and of what the file rests on. Texts are texts: no cell holds a formula.

use super::columns::{Cell, Kind, chosen};
use super::csv::{DYADS, depth, dyad_rows};
use super::reference::Reference;
use super::{Selection, Style, failed};
use crate::date::NaiveDate;
use crate::query::Depth;
use crate::{Error, Result};
use chrono::Datelike;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::io::Write;

/// Rows of a sheet, and characters of a cell, that Excel takes.
const ROWS: u32 = 1_048_576;
const CHARACTERS: usize = 32_767;

fn wrong(error: XlsxError) -> Error {
    match error {
        XlsxError::IoError(e) => failed(e),
        other => Error::Usage(format!("the spreadsheet cannot be written: {other}")),
    }
}

/// Writes the selection as a workbook.
pub(super) fn xlsx(selection: &Selection, style: &Style, out: &mut dyn Write) -> Result<usize> {
    let mut book = Workbook::new();
    // The file says nothing of when it was made, so that the same data make the same file.
    let epoch = ExcelDateTime::from_ymd(2000, 1, 1).map_err(wrong)?;
    let about = selection.about();
    let properties =
        DocProperties::new().set_creation_datetime(&epoch).set_title("Events").set_comment(about.sentences());
    book.set_properties(&properties);
    let sheet = book.add_worksheet_with_constant_memory().map_err(wrong)?;
    let count = if style.dyads { dyads(selection, sheet)? } else { events(selection, style, sheet)? };
    let sheet = book.add_worksheet_with_constant_memory().map_err(wrong)?;
    sources(selection, style, sheet)?;
    let sheet = book.add_worksheet().set_name("About").map_err(wrong)?;
    let state = about.state();
    let rows = [
        ("Events", about.answer.as_str()),
        ("Query", &about.query),
        ("Corpus", &about.coverage),
        ("Made by", &about.generator),
        ("From", &state),
    ];
    sheet.set_column_width(1, 100).map_err(wrong)?;
    for (row, (name, value)) in (0..).zip(rows) {
        sheet.write_string(row, 0, name).map_err(wrong)?.write_string(row, 1, value).map_err(wrong)?;
    }
    let bytes = book.save_to_buffer().map_err(wrong)?;
    out.write_all(&bytes).map_err(failed)?;
    Ok(count)
}

/// A sheet under work.
struct Sheet<'a> {
    sheet: &'a mut Worksheet,
    day: Format,
    row: u32,
    width: u16,
}

impl<'a> Sheet<'a> {
    /// Begins a sheet with its header: bold, frozen.
    fn new<'b>(sheet: &'a mut Worksheet, name: &str, columns: impl Iterator<Item = (&'b str, Kind)>) -> Result<Self> {
        sheet.set_name(name).map_err(wrong)?.set_freeze_panes(1, 0).map_err(wrong)?;
        let bold = Format::new().set_bold();
        let mut width = 0;
        for (name, kind) in columns {
            let wide = match (name, kind) {
                ("headline" | "citations" | "quotes" | "reference", _) => 60.0,
                ("date_in_words" | "when" | "why_this_date" | "title", _) => 30.0,
                (_, Kind::Text) => 16.0,
                _ => 11.0,
            };
            sheet.set_column_width(width, wide).map_err(wrong)?;
            sheet.write_string_with_format(0, width, name, &bold).map_err(wrong)?;
            width += 1;
        }
        Ok(Sheet { sheet, day: Format::new().set_num_format("yyyy-mm-dd"), row: 1, width })
    }

    fn row<'b>(&mut self, cells: impl Iterator<Item = Cell<'b>>) -> Result<()> {
        if self.row >= ROWS {
            return Err(Error::Usage(format!(
                "a spreadsheet holds {} rows; narrow the question, or export csv",
                ROWS - 1
            )));
        }
        for (at, cell) in (0..).zip(cells) {
            self.cell(at, cell).map_err(wrong)?;
        }
        self.row += 1;
        Ok(())
    }

    fn cell(&mut self, at: u16, cell: Cell) -> Result<(), XlsxError> {
        let row = self.row;
        match cell {
            Cell::Empty => {}
            Cell::Text(text) => {
                self.sheet.write_string(row, at, shortened(&text))?;
            }
            Cell::Integer(n) => {
                self.sheet.write_number(row, at, n as f64)?;
            }
            Cell::Number(x) => {
                self.sheet.write_number(row, at, x)?;
            }
            Cell::Truth(t) => {
                self.sheet.write_boolean(row, at, t)?;
            }
            Cell::Day(day) if excel_knows(day) => {
                self.sheet.write_date_with_format(row, at, day, &self.day)?;
            }
            Cell::Day(day) => {
                self.sheet.write_string(row, at, day.to_string())?;
            }
        }
        Ok(())
    }

    /// Ends the sheet: filters over all rows.
    fn end(self) -> Result<()> {
        let last = self.row.saturating_sub(1).max(1);
        self.sheet.autofilter(0, 0, last, self.width.saturating_sub(1)).map_err(wrong)?;
        Ok(())
    }
}

/// A text as long as a cell may be.
fn shortened(text: &str) -> std::borrow::Cow<'_, str> {
    // Excel counts UTF-16 units.
    if text.encode_utf16().count() <= CHARACTERS {
        return text.into();
    }
    let mut room = CHARACTERS - 1;
    let kept = text.chars().take_while(|c| {
        room = room.saturating_sub(c.len_utf16());
        room > 0
    });
    format!("{}…", kept.collect::<String>()).into()
}

/// Excel's calendar begins in 1900, with a 29 February 1900 that never was: days before March 1900 are text.
fn excel_knows(day: NaiveDate) -> bool {
    NaiveDate::from_ymd_opt(1900, 3, 1).is_some_and(|first| day >= first) && day.year() <= 9999
}

fn events(selection: &Selection, style: &Style, sheet: &mut Worksheet) -> Result<usize> {
    let columns = chosen(style)?;
    let mut sheet = Sheet::new(sheet, "Events", columns.iter().map(|c| (c.name, c.kind)))?;
    let count = selection.each_to(depth(&columns), |record| {
        sheet.row(columns.iter().map(|c| c.cell(record, selection.names(), style)))
    })?;
    sheet.end()?;
    Ok(count)
}

fn dyads(selection: &Selection, sheet: &mut Worksheet) -> Result<usize> {
    let mut sheet = Sheet::new(sheet, "Dyads", DYADS.iter().map(|c| (c.0, c.1)))?;
    let count = selection.each_to(Depth::Events, |record| {
        dyad_rows(record, selection.names()).into_iter().try_for_each(|row| sheet.row(row.into_iter()))
    })?;
    sheet.end()?;
    Ok(count)
}

fn sources(selection: &Selection, style: &Style, sheet: &mut Worksheet) -> Result<()> {
    let columns = [
        ("key", Kind::Text),
        ("date", Kind::Day),
        ("title", Kind::Text),
        ("reference", Kind::Text),
        ("file", Kind::Text),
    ];
    let mut sheet = Sheet::new(sheet, "Sources", columns.into_iter())?;
    selection.sources(|source| {
        let reference = Reference::of(source);
        let said = reference.in_words(style.lang);
        let text = |t: String| Cell::Text(t.into());
        let day = source.known_day().map_or(Cell::Empty, Cell::Day);
        sheet
            .row([text(reference.key), day, text(reference.title), text(said), text(source.source.clone())].into_iter())
    })?;
    sheet.end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_fit_a_cell_and_days_before_1900_are_text() {
        assert_eq!(shortened("short"), "short");
        let long = "\u{1f600}".repeat(20_000);
        let cut = shortened(&long);
        assert!(cut.ends_with('…') && cut.encode_utf16().count() <= CHARACTERS);
        let day = |t: &str| t.parse().expect("a day");
        assert!(excel_knows(day("2005-05-13")) && !excel_knows(day("1899-12-31")) && !excel_knows(day("1900-02-01")));
    }

    #[test]
    fn the_same_data_make_the_same_workbook() {
        let store = crate::export::tests::store();
        let filter = crate::query::EventFilter::default();
        let selection = Selection::new(&store, &filter, crate::query::Sort::Date, None).expect("selected");
        let write = |style: &Style| {
            let mut out = Vec::new();
            assert_eq!(xlsx(&selection, style, &mut out).expect("written"), 4);
            out
        };
        let first = write(&Style::default());
        assert!(first.starts_with(b"PK") && first == write(&Style::default()));
        assert_ne!(first, write(&Style { dyads: true, ..Style::default() }));
    }
}
