//! Linked data as JSON-LD: events after schema.org, what they are derived from after PROV-O, the words after the Web
//! Annotation model (TextQuoteSelector, TextPositionSelector). A start and an end are given only where they are known
//! to be those of the event; the whole truth of a date is `temporalCoverage` in EDTF.

use super::{Selection, put, put_json};
use crate::Result;
use crate::event::{Modality, Role};
use crate::query::{Record, Told};
use serde_json::{Map, Value, json};
use std::io::Write;

/// Writes one graph. Identifiers are URNs of dateline's own: a database has no address.
pub(super) fn json_ld(selection: &Selection, out: &mut dyn Write) -> Result<usize> {
    let context = json!({
        "schema": "https://schema.org/",
        "prov": "http://www.w3.org/ns/prov#",
        "oa": "http://www.w3.org/ns/oa#",
        "dateline": "urn:dateline:terms:",
    });
    put(out, "{\"@context\":")?;
    put_json(out, &context)?;
    put(out, ",\"dateline:export\":")?;
    put_json(out, selection.about())?;
    put(out, ",\"@graph\":[")?;
    let mut first = true;
    let count = selection.each(|record| {
        put(out, if std::mem::take(&mut first) { "\n" } else { ",\n" })?;
        put_json(out, &event(record, selection))
    })?;
    put(out, "\n]}\n")?;
    Ok(count)
}

fn event(record: &Record, selection: &Selection) -> Value {
    let e = &record.answer.event;
    let people = |role: Role| -> Vec<Value> {
        let actors = e.actors.iter().filter(|a| a.role == role);
        actors
            .map(|a| json!({ "@id": format!("urn:dateline:actor:{}", iri(&a.code)), "schema:name": selection.name(&a.code) }))
            .collect()
    };
    let mut node = json!({
        "@id": format!("urn:dateline:event:{}", e.uid),
        "@type": "schema:Event",
        "schema:identifier": e.uid,
        "schema:name": e.headline,
        "schema:temporalCoverage": e.date.edtf,
        "schema:organizer": people(Role::Initiator),
        "schema:attendee": people(Role::Target),
        "schema:contributor": people(Role::Other),
        "dateline:category": e.kind.as_str(),
        "dateline:modality": e.modality.as_str(),
        "dateline:confidence": e.confidence,
        "prov:wasDerivedFrom": record.told_by.iter().map(annotation).collect::<Vec<_>>(),
    });
    if e.modality == Modality::Future {
        node["schema:eventStatus"] = json!({ "@id": "schema:EventScheduled" });
    }
    if let Some((start, end)) = ends(&e.date.edtf) {
        node["schema:startDate"] = start.into();
        node["schema:endDate"] = end.into();
    }
    if let Some(place) = &e.place {
        let mut location = json!({ "@type": "schema:Place", "schema:name": place.name });
        if !place.country.is_empty() {
            location["schema:address"] =
                json!({ "@type": "schema:PostalAddress", "schema:addressCountry": place.country });
        }
        if let (Some(lat), Some(lon)) = (place.lat, place.lon) {
            location["schema:geo"] =
                json!({ "@type": "schema:GeoCoordinates", "schema:latitude": lat, "schema:longitude": lon });
        }
        node["schema:location"] = location;
    }
    node
}

/// A date that is one day, month or year, as ISO 8601 has it.
fn ends(edtf: &str) -> Option<(&str, &str)> {
    let plain = edtf.bytes().all(|b| b.is_ascii_digit() || b == b'-') && matches!(edtf.len(), 4 | 7 | 10);
    let season = edtf.get(5..7).is_some_and(|m| m > "12");
    (plain && !season && !edtf.starts_with('-')).then_some((edtf, edtf))
}

fn annotation(told: &Told) -> Value {
    let document = &told.document;
    let mut source = Map::new();
    source.insert("@id".into(), format!("urn:sha256:{}", document.sha256).into());
    source.insert("@type".into(), json!(["schema:DigitalDocument", "prov:Entity"]));
    source.insert("schema:identifier".into(), document.name.clone().into());
    source.extend(document.title.clone().map(|t| ("schema:name".to_string(), t.into())));
    source.extend(document.date.as_ref().map(|d| ("schema:temporal".to_string(), d.edtf.clone().into())));
    source.extend(document.origin.clone().map(|o| ("schema:publisher".to_string(), json!({ "schema:name": o }))));
    json!({
        "@id": format!("urn:dateline:account:{}", told.fp),
        "@type": ["oa:Annotation", "prov:Entity"],
        "oa:hasTarget": {
            "@type": "oa:SpecificResource",
            "oa:hasSource": source,
            "oa:hasSelector": [
                { "@type": "oa:TextQuoteSelector", "oa:exact": told.quote },
                { "@type": "oa:TextPositionSelector", "oa:start": told.start, "oa:end": told.end },
            ],
        },
    })
}

/// A code as part of an IRI.
fn iri(code: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    code.chars().map(|c| if plain(c) { c } else { '_' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::{EVIL, written};
    use crate::export::{Format, Style};

    #[test]
    fn events_lead_to_their_words_and_vague_dates_have_no_start() {
        let whole: Value = serde_json::from_str(&written(Format::JsonLd, &Style::default())).expect("JSON");
        let graph = whole["@graph"].as_array().expect("a graph");
        assert_eq!(graph.len(), 4);
        assert_eq!((&graph[0]["schema:name"], &graph[0]["schema:startDate"]), (&EVIL.into(), &Value::Null));
        assert_eq!(graph[1]["schema:startDate"], "2005-05-13");
        let selectors = &graph[1]["prov:wasDerivedFrom"][0]["oa:hasTarget"]["oa:hasSelector"];
        assert_eq!(selectors[0]["oa:exact"], "Ruritania signed the Treaty of Dustville.");
        assert_eq!((&selectors[1]["oa:start"], &selectors[1]["oa:end"]), (&0.into(), &41.into()));
        assert_eq!(whole["dateline:export"]["query"], "all events, by date");
        assert_eq!(ends("2008-21"), None);
    }
}
