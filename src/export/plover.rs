//! PLOVER records as JSON Lines, with the fields of the PLOVER manual (actors and recipients as lists, event, mode,
//! context) and the interval of the date beside it: `date` is given only where the day is known.

use super::{Selection, put, put_json};
use crate::Result;
use crate::date::{NaiveDate, Precision};
use crate::event::{EventType, Role};
use crate::query::Record;
use serde::Serialize;
use std::io::Write;

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    date: Option<NaiveDate>,
    date_edtf: &'a str,
    date_earliest: Option<NaiveDate>,
    date_latest: Option<NaiveDate>,
    actor: Vec<Party<'a>>,
    recipient: Vec<Party<'a>>,
    other: Vec<Party<'a>>,
    /// Category; `null` for what PLOVER has none for, told in `subtype`.
    event: Option<&'static str>,
    mode: Option<&'a str>,
    context: &'a [String],
    subtype: Option<&'a str>,
    /// PLOVER codes no denials: what did not happen and what is only announced is marked.
    modality: &'static str,
    quad: &'static str,
    score: f64,
    location: Option<Location<'a>>,
    #[serde(rename = "eventText")]
    event_text: &'a str,
    source: Vec<Source<'a>>,
    language: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Party<'a> {
    code: &'a str,
    country: &'a str,
    name: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct Location<'a> {
    text: &'a str,
    country: &'a str,
    latitude: Option<f64>,
    longitude: Option<f64>,
}

#[derive(Serialize)]
struct Source<'a> {
    id: &'a str,
    publication: Option<&'a str>,
    date: Option<NaiveDate>,
    paragraph: Option<u32>,
    text: &'a str,
}

/// Writes the selection as PLOVER records.
pub(super) fn plover(selection: &Selection, out: &mut dyn Write) -> Result<usize> {
    selection.each(|record| {
        put_json(out, &line(record, selection))?;
        put(out, "\n")
    })
}

fn line<'a>(record: &'a Record, selection: &'a Selection) -> Line<'a> {
    let e = &record.answer.event;
    let parties = |role: Role| {
        let actors = e.actors.iter().filter(|a| a.role == role);
        actors.map(|a| Party { code: &a.code, country: &a.top, name: selection.name(&a.code), text: &a.text }).collect()
    };
    Line {
        id: &e.uid,
        date: e.date.span.earliest.filter(|_| e.date.precision == Precision::Day),
        date_edtf: &e.date.edtf,
        date_earliest: e.date.span.earliest,
        date_latest: e.date.span.latest,
        actor: parties(Role::Initiator),
        recipient: parties(Role::Target),
        other: parties(Role::Other),
        event: (!matches!(e.kind, EventType::Statement | EventType::Other)).then(|| e.kind.as_str()),
        mode: e.mode.as_deref(),
        context: &e.contexts,
        subtype: e.subtype.as_deref(),
        modality: e.modality.as_str(),
        quad: e.kind.quad().as_str(),
        score: e.kind.score(),
        location: e.place.as_ref().map(|p| Location {
            text: &p.name,
            country: &p.country,
            latitude: p.lat,
            longitude: p.lon,
        }),
        event_text: &e.headline,
        source: record
            .told_by
            .iter()
            .map(|t| Source {
                id: &t.document.name,
                publication: t.document.origin.as_deref(),
                date: t.document.known_day(),
                paragraph: t.paragraph,
                text: &t.quote,
            })
            .collect(),
        language: "en",
        version: concat!("dateline ", env!("CARGO_PKG_VERSION")),
    }
}

#[cfg(test)]
mod tests {
    use crate::export::tests::written;
    use crate::export::{Format, Style};

    #[test]
    fn a_day_is_given_only_where_it_is_known() {
        let lines: Vec<serde_json::Value> = written(Format::Plover, &Style::default())
            .lines()
            .map(|l| serde_json::from_str(l).expect("JSON"))
            .collect();
        assert_eq!((&lines[1]["date"], &lines[1]["event"]), (&"2005-05-13".into(), &"SUPPORT".into()));
        assert_eq!((&lines[0]["date"], &lines[0]["date_edtf"]), (&serde_json::Value::Null, &"2005-05~".into()));
        assert_eq!(lines[1]["actor"][0]["code"], "RUR.KING");
        assert_eq!(lines[1]["recipient"][0]["country"], "DUS");
        assert_eq!(lines[1]["source"][0]["paragraph"], 2);
    }
}
