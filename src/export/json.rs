//! JSON and JSON Lines: everything that the database says of an event, with the words it rests on.

use super::phrase::citation;
use super::{Selection, put, put_json};
use crate::Result;
use crate::date::words::Lang;
use crate::query::{Answer, Depth, Record, Told};
use serde::Serialize;
use std::io::Write;

/// One event with what it rests on.
#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    answer: &'a Answer,
    /// Its accounts, in the order of their documents' dates.
    told_by: Vec<Evidence<'a>>,
}

/// The words of an account and where they stand; offsets are characters of the document's text.
#[derive(Serialize)]
struct Evidence<'a> {
    fp: &'a str,
    document: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    document_title: Option<&'a str>,
    /// When it was written, in EDTF.
    document_date: Option<&'a str>,
    paragraph: Option<u32>,
    marking: Option<&'a str>,
    citation: String,
    quote: &'a str,
    start: usize,
    end: usize,
}

fn evidence(told: &Told) -> Evidence<'_> {
    Evidence {
        fp: &told.fp,
        document: &told.document.name,
        document_title: told.document.title.as_deref(),
        document_date: told.document.date.as_ref().map(|d| d.edtf.as_str()),
        paragraph: told.paragraph,
        marking: told.marking.as_deref(),
        citation: citation(told, Lang::En),
        quote: &told.quote,
        start: told.start,
        end: told.end,
    }
}

fn line(record: &Record) -> Line<'_> {
    Line { answer: &record.answer, told_by: record.told_by.iter().map(evidence).collect() }
}

/// Writes the selection as JSON Lines.
pub(super) fn jsonl(selection: &Selection, out: &mut dyn Write) -> Result<usize> {
    selection.write_to(out, Depth::Accounts, |_, records, bytes| {
        for record in records {
            put_json(bytes, &line(record))?;
            bytes.push(b'\n');
        }
        Ok(())
    })
}

/// Writes the selection as one JSON object: `about` and `events`.
pub(super) fn json(selection: &Selection, out: &mut dyn Write) -> Result<usize> {
    list(selection, "events", out, |record, out| put_json(out, &line(record)))
}

/// Writes `{"about": …, NAME: [ … ]}` with what `item` writes for each event.
pub(super) fn list(
    selection: &Selection,
    name: &str,
    out: &mut dyn Write,
    mut item: impl FnMut(&Record, &mut dyn Write) -> Result<()>,
) -> Result<usize> {
    put(out, "{\"about\":")?;
    put_json(out, selection.about())?;
    put(out, &format!(",\"{name}\":["))?;
    let mut first = true;
    let count = selection.each(|record| {
        put(out, if std::mem::take(&mut first) { "\n" } else { ",\n" })?;
        item(record, out)
    })?;
    put(out, "\n]}\n")?;
    Ok(count)
}

#[cfg(test)]
mod tests {
    use crate::date::{Date, Span};
    use crate::export::tests::{EVIL, written};
    use crate::export::{Format, Style};
    use serde_json::Value;

    #[test]
    fn lines_and_object_hold_the_same_events_with_their_words() {
        let lines: Vec<Value> =
            written(Format::Jsonl, &Style::default()).lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
        let whole: Value = serde_json::from_str(&written(Format::Json, &Style::default())).expect("JSON");
        assert_eq!(whole["events"].as_array(), Some(&lines));
        assert_eq!(whole["about"]["query"], "all events, by date");
        assert_eq!(lines[0]["headline"], EVIL);
        assert_eq!(lines[1]["told_by"][0]["citation"], "05DUSTVILLE7, ¶ 2 (C), 2005");
        assert_eq!(lines[1]["told_by"][0]["quote"], "Ruritania signed the Treaty of Dustville.");
    }

    #[test]
    fn dates_parse_back_to_the_same_bounds() {
        for line in written(Format::Jsonl, &Style::default()).lines() {
            let event: Value = serde_json::from_str(line).expect("JSON");
            let edtf = event["edtf"].as_str().expect("EDTF");
            // What is known of no day at all has no form in EDTF.
            let date =
                if edtf == "../.." { Date::from_span(Span::default()) } else { Date::from_edtf(edtf).expect(edtf) };
            for (end, name) in [(date.span.earliest, "earliest"), (date.span.latest, "latest")] {
                assert_eq!(event[name].as_str().map(str::to_string), end.map(|d| d.to_string()), "{event}");
            }
        }
    }
}
