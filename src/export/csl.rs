//! References in CSL-JSON (citeproc-js manual, "CSL-JSON"; csl-data.json of the Citation Style Language, 1.0.2).

use super::reference::{Reference, Sort};
use super::{Selection, put, put_json};
use crate::Result;
use crate::date::{Date, Precision};
use chrono::Datelike;
use serde_json::{Map, Value, json};
use std::io::Write;

/// Writes an array with an item for every document that tells of the events.
pub(super) fn csl_json(selection: &Selection, out: &mut dyn Write) -> Result<usize> {
    put(out, "[")?;
    let mut first = true;
    let count = selection.sources(|source| {
        put(out, if std::mem::take(&mut first) { "\n" } else { ",\n" })?;
        put_json(out, &item(&Reference::of(source)))
    })?;
    put(out, "\n]\n")?;
    Ok(count)
}

fn item(r: &Reference) -> Value {
    let kind = match r.sort {
        Sort::Cable => "report",
        Sort::Issue => "article-journal",
        Sort::Article => "article",
        Sort::Other => "document",
    };
    let literal = |name: &String| json!([{ "literal": name }]);
    let (author, container) = match r.sort {
        Sort::Cable => (r.origin.as_ref().map(literal), None),
        _ => (r.author.as_ref().map(literal), r.origin.clone()),
    };
    let notes = r.notes();
    let text = |t: Option<&str>| t.map(|t| Value::String(t.to_string()));
    let fields = [
        ("id", text(Some(&r.key))),
        ("type", text(Some(kind))),
        ("title", text(Some(&r.title))),
        ("author", author),
        ("container-title", text(container.as_deref())),
        ("issued", r.date.as_ref().and_then(issued)),
        ("genre", text(r.genre())),
        ("number", text(r.number.as_deref())),
        ("volume", text(r.volume.as_deref())),
        ("issue", text(r.issue.as_deref())),
        ("publisher", text(r.publisher)),
        ("archive", text(r.archive)),
        ("archive_location", text(r.number.as_deref().filter(|_| r.archive.is_some()))),
        ("note", (!notes.is_empty()).then(|| notes.join(", ").into())),
        ("URL", text(r.url.as_deref())),
    ];
    Value::Object(fields.into_iter().filter_map(|(n, v)| Some((n.to_string(), v?))).collect::<Map<_, _>>())
}

/// A date in parts, as finely as it is known; a date between two days as a range.
fn issued(date: &Date) -> Option<Value> {
    let (from, to) = (date.span.earliest?, date.span.latest?);
    let parts = match date.precision {
        Precision::Day => json!([[from.year(), from.month(), from.day()]]),
        Precision::Month => json!([[from.year(), from.month()]]),
        Precision::Year => json!([[from.year()]]),
        _ => json!([[from.year(), from.month(), from.day()], [to.year(), to.month(), to.day()]]),
    };
    Some(json!({ "date-parts": parts }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::{cable, written};
    use crate::export::{Format, Style};

    #[test]
    fn a_cable_has_its_archive_data_in_their_fields() {
        let item = item(&Reference::of(&cable()));
        for (field, value) in [
            ("type", json!("report")),
            ("number", json!("05DUSTVILLE7")),
            ("archive", json!("WikiLeaks, Cablegate")),
            ("issued", json!({ "date-parts": [[2005, 11, 21]] })),
            ("author", json!([{ "literal": "Embassy Dustville" }])),
            ("note", json!("CONFIDENTIAL, signed RUDOLF")),
        ] {
            assert_eq!(item[field], value, "{field}");
        }
    }

    #[test]
    fn a_processor_of_others_reads_it() {
        let text = written(Format::CslJson, &Style::default());
        let items: Vec<citationberg::json::Item> = serde_json::from_str(&text).expect("CSL-JSON");
        assert_eq!(items.len(), 4);
    }

    #[test]
    fn a_date_between_two_days_is_a_range() {
        let range = issued(&Date::from_edtf("2005-05-13/2005-06-01").expect("EDTF")).expect("two ends");
        assert_eq!(range, json!({ "date-parts": [[2005, 5, 13], [2005, 6, 1]] }));
        assert_eq!(issued(&Date::from_edtf("../2005").expect("EDTF")), None);
    }
}
