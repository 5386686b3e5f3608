//! References in RIS (Research Information Systems format, 2011 specification of tags): a tag of two letters, two
//! spaces, a hyphen and a space before each value, CRLF behind it.

use super::reference::{Reference, Sort};
use super::{Selection, put};
use crate::Result;
use crate::date::{Date, Precision};
use chrono::Datelike;
use std::io::Write;

/// Writes a record for every document that tells of the events.
pub(super) fn ris(selection: &Selection, out: &mut dyn Write) -> Result<usize> {
    selection.sources(|source| put(out, &record(&Reference::of(source))))
}

fn record(r: &Reference) -> String {
    let kind = match r.sort {
        Sort::Cable => "RPRT",
        Sort::Issue => "JOUR",
        Sort::Article => "ELEC",
        Sort::Other => "GEN",
    };
    let (author, journal) = match r.sort {
        Sort::Cable => (r.origin.clone(), None),
        _ => (r.author.clone(), r.origin.clone()),
    };
    let text = |t: &str| Some(t.to_string());
    let fields = [
        ("TY", text(kind)),
        ("ID", text(&r.key)),
        // A comma would part family from given name: an institution and a name as printed have neither.
        ("AU", author.map(|a| a.replace(',', " "))),
        ("TI", text(&r.title)),
        ("T2", journal),
        ("PY", r.date.as_ref().and_then(year)),
        ("DA", r.date.as_ref().and_then(day)),
        ("VL", r.volume.clone()),
        ("IS", r.issue.clone()),
        ("SN", r.number.clone()),
        ("M3", r.genre().map(str::to_string)),
        ("PB", r.publisher.map(str::to_string)),
        ("DB", r.archive.map(str::to_string)),
        ("AN", r.number.clone().filter(|_| r.archive.is_some())),
        ("UR", r.url.clone()),
    ];
    let notes = r.notes().into_iter().map(|n| ("N1", Some(n)));
    let mut text = String::new();
    for (tag, value) in fields.into_iter().chain(notes) {
        if let Some(value) = value {
            text.push_str(&format!("{tag}  - {}\r\n", super::phrase::one_line(&value)));
        }
    }
    text + "ER  - \r\n\r\n"
}

fn year(date: &Date) -> Option<String> {
    let (from, to) = (date.span.earliest?, date.span.latest?);
    (from.year() == to.year()).then(|| from.year().to_string())
}

/// "YYYY/MM/DD/other", as much of it as is known; what the figures cannot say is said in words as other.
fn day(date: &Date) -> Option<String> {
    let from = date.span.earliest?;
    Some(match date.precision {
        Precision::Day => format!("{:04}/{:02}/{:02}/", from.year(), from.month(), from.day()),
        Precision::Month => format!("{:04}/{:02}//", from.year(), from.month()),
        Precision::Year => format!("{:04}///", from.year()),
        _ => format!("{}///{}", year(date).unwrap_or_default(), date.in_words()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::{cable, written};
    use crate::export::{Format, Style};

    #[test]
    fn a_record_has_its_tags_in_order() {
        let record = record(&Reference::of(&cable()));
        let lines: Vec<&str> = record.split("\r\n").collect();
        assert_eq!(lines[0], "TY  - RPRT");
        for line in ["AU  - Embassy Dustville", "DA  - 2005/11/21/", "AN  - 05DUSTVILLE7", "N1  - CONFIDENTIAL"] {
            assert!(lines.contains(&line), "{line} in {record}");
        }
        assert!(record.ends_with("ER  - \r\n\r\n"));
    }

    #[test]
    fn every_document_has_a_record() {
        assert_eq!(written(Format::Ris, &Style::default()).matches("ER  - \r\n").count(), 4);
    }
}
