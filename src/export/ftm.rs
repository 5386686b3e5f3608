//! FollowTheMoney entities as JSON Lines (followthemoney.tech, "Schema reference"): for Aleph. An `Event`, the
//! `Document`s it is told in as its proof, and the actors it involves as `LegalEntity`, each entity once. Dates are
//! prefixes of ISO 8601 there: what is vaguer goes into the summary in words.

use super::phrase::{citation, headline, one_line};
use super::{Selection, put, put_json};
use crate::Result;
use crate::date::words::Lang;
use crate::query::Record;
use rustc_hash::FxHashSet;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::io::Write;

/// Writes the entities.
pub(super) fn ftm(selection: &Selection, out: &mut dyn Write) -> Result<usize> {
    let mut written: FxHashSet<String> = FxHashSet::default();
    selection.each(|record| {
        let mut entities = Vec::new();
        for actor in &record.answer.event.actors {
            entities.push(entity(
                &id("actor", &actor.code),
                "LegalEntity",
                [("name", vec![selection.name(&actor.code).to_string()])],
            ));
        }
        for told in &record.told_by {
            let d = &told.document;
            let fields = [
                ("title", vec![d.title.clone().unwrap_or_else(|| d.name.clone())]),
                ("fileName", vec![d.stem.clone()]),
                ("date", d.date.iter().flat_map(|d| prefix(&d.edtf)).collect()),
                ("publisher", d.origin.iter().cloned().collect()),
                ("author", d.author.iter().cloned().collect()),
            ];
            entities.push(entity(&id("document", &d.sha256), "Document", fields));
        }
        for entity in entities {
            if written.insert(entity["id"].as_str().unwrap_or_default().to_string()) {
                line(out, &entity)?;
            }
        }
        line(out, &event(record))
    })
}

fn line(out: &mut dyn Write, entity: &Value) -> Result<()> {
    put_json(out, entity)?;
    put(out, "\n")
}

fn event(record: &Record) -> Value {
    let e = &record.answer.event;
    let words: Vec<String> =
        record.told_by.iter().map(|t| format!("“{}” ({})", one_line(&t.quote), citation(t, Lang::En))).collect();
    let fields = [
        ("name", vec![headline(&record.answer, Lang::En)]),
        ("date", prefix(&e.date.edtf)),
        ("summary", vec![e.date.in_words()]),
        ("description", words),
        ("location", e.place.iter().map(|p| p.name.clone()).collect()),
        ("keywords", [Some(e.kind.as_str().to_string()), e.subtype.clone()].into_iter().flatten().collect()),
        ("involved", e.actors.iter().map(|a| id("actor", &a.code)).collect()),
        ("proof", record.told_by.iter().map(|t| id("document", &t.document.sha256)).collect()),
    ];
    entity(&id("event", &e.uid), "Event", fields)
}

fn entity<const N: usize>(id: &str, schema: &str, fields: [(&str, Vec<String>); N]) -> Value {
    let mut properties = Map::new();
    for (name, mut values) in fields {
        values.retain(|v| !v.is_empty());
        values.dedup();
        if !values.is_empty() {
            properties.insert(name.to_string(), json!(values));
        }
    }
    json!({ "id": id, "schema": schema, "properties": properties })
}

/// A date that is one day, month or year, as FollowTheMoney has it.
fn prefix(edtf: &str) -> Vec<String> {
    let plain = matches!(edtf.len(), 4 | 7 | 10) && edtf.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let season = edtf.get(5..7).is_some_and(|m| m > "12");
    (plain && !season && !edtf.starts_with('-')).then(|| edtf.to_string()).into_iter().collect()
}

/// An identifier as Aleph takes it: letters and digits alone.
fn id(kind: &str, name: &str) -> String {
    let hash: String = Sha256::digest(name.as_bytes()).iter().take(10).map(|b| format!("{b:02x}")).collect();
    format!("dateline-{kind}-{hash}")
}

#[cfg(test)]
mod tests {
    use crate::export::tests::written;
    use crate::export::{Format, Style};
    use serde_json::Value;

    #[test]
    fn what_an_event_refers_to_stands_before_it_and_once() {
        let lines: Vec<Value> =
            written(Format::Ftm, &Style::default()).lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
        let count = |schema: &str| lines.iter().filter(|l| l["schema"] == schema).count();
        assert_eq!((count("Event"), count("Document"), count("LegalEntity")), (4, 4, 2));
        let mut seen: Vec<&str> = Vec::new();
        for line in &lines {
            for name in ["involved", "proof"] {
                for id in line["properties"][name].as_array().into_iter().flatten() {
                    assert!(seen.contains(&id.as_str().expect("an id")), "{id}");
                }
            }
            seen.push(line["id"].as_str().expect("an id"));
        }
        let dates: Vec<&Value> =
            lines.iter().filter(|l| l["schema"] == "Event").map(|l| &l["properties"]["date"]).collect();
        assert_eq!((dates[0], &dates[1][0]), (&Value::Null, &"2005-05-13".into()));
    }
}
