//! A spreadsheet: one row an event.

use crate::event::Role;
use crate::merge::Event;
use crate::query::Answer;
use std::io::{self, Write};

const HEADER: [&str; 32] = [
    "id",
    "date",
    "date_in_words",
    "earliest",
    "latest",
    "precision",
    "fit",
    "headline",
    "type",
    "mode",
    "subtype",
    "contexts",
    "quad",
    "score",
    "modality",
    "initiators",
    "targets",
    "others",
    "place",
    "country",
    "latitude",
    "longitude",
    "accounts",
    "documents",
    "sources",
    "dates_contradict",
    "status",
    "salience",
    "confidence",
    "first_report",
    "why_this_date",
    "warning",
];

/// Writes events as CSV with a header line. A text that a spreadsheet would take for a formula gets an apostrophe in
/// front (OWASP, "CSV injection").
///
/// # Errors
/// When it cannot be written.
pub fn csv(answers: &[Answer], out: &mut dyn Write) -> io::Result<()> {
    let mut writer = ::csv::Writer::from_writer(out);
    writer.write_record(HEADER)?;
    for answer in answers {
        writer.write_record(record(answer))?;
    }
    writer.flush()
}

fn record(a: &Answer) -> [String; 32] {
    let e = &a.event;
    let text = |t: &str| safe(t);
    let maybe = |t: &Option<String>| t.as_deref().map(safe).unwrap_or_default();
    let number = |n: Option<f64>| n.map(|n| n.to_string()).unwrap_or_default();
    let day = |d: Option<crate::date::NaiveDate>| d.map(|d| d.to_string()).unwrap_or_default();
    let place = e.place.as_ref();
    [
        text(&e.uid),
        text(&e.date.edtf),
        text(&e.date.in_words()),
        day(e.date.span.earliest),
        day(e.date.span.latest),
        e.date.precision.as_str().into(),
        if a.fit == crate::date::Fit::Definite { "definite" } else { "possible" }.into(),
        text(&e.headline),
        e.kind.as_str().into(),
        maybe(&e.mode),
        maybe(&e.subtype),
        text(&e.contexts.join(";")),
        e.kind.quad().as_str().into(),
        e.kind.score().to_string(),
        e.modality.as_str().into(),
        text(&codes(e, Role::Initiator)),
        text(&codes(e, Role::Target)),
        text(&codes(e, Role::Other)),
        place.map(|p| safe(&p.name)).unwrap_or_default(),
        place.map(|p| safe(&p.country)).unwrap_or_default(),
        number(place.and_then(|p| p.lat)),
        number(place.and_then(|p| p.lon)),
        e.accounts.to_string(),
        e.documents.to_string(),
        e.sources.to_string(),
        e.conflict.to_string(),
        a.status.as_str().into(),
        e.salience.to_string(),
        e.confidence.to_string(),
        day(a.first_report),
        text(&e.date_trace),
        maybe(&e.warning),
    ]
}

/// The codes of those who play this role, with ";" between them.
fn codes(event: &Event, role: Role) -> String {
    let codes: Vec<&str> = event.actors.iter().filter(|a| a.role == role).map(|a| a.code.as_str()).collect();
    codes.join(";")
}

/// A text that no spreadsheet takes for a formula.
fn safe(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::answer;

    #[test]
    fn rows_are_read_back_and_hold_no_formulas() {
        let mut evil = answer("e1", "2005-05-13");
        evil.event.headline = "=HYPERLINK(\"http://example.org\"),\n\"x\"".into();
        let mut out = Vec::new();
        csv(&[evil.clone(), answer("e2", "../2005")], &mut out).expect("written");
        let mut reader = ::csv::Reader::from_reader(out.as_slice());
        assert_eq!(reader.headers().expect("a header").len(), 31);
        let rows: Vec<::csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("rows");
        assert_eq!(&rows[0][7], format!("'{}", evil.event.headline));
        assert_eq!((&rows[0][3], &rows[0][2]), ("2005-05-13", "13 May 2005"));
        assert_eq!((&rows[1][3], &rows[1][4]), ("", "2005-12-31"));
        assert_eq!(&rows[1][14], "RUR.KING");
    }
}
