//! What the tests of the formats share: events of made-up states, with everything in them that breaks naive writers.

use super::*;
use crate::date::{Date, Fit};
use crate::query::{Answer, EventFilter, Sort, Source, Status, Told};
use crate::store::Store;
use crate::store::tests::{event, found};
use std::sync::Arc;

/// An event as an answer.
pub(crate) fn answer(uid: &str, edtf: &str) -> Answer {
    Answer { id: 1, event: event(uid, edtf), fit: Fit::Definite, status: Status::Machine, first_report: None }
}

/// The document of [`told`].
pub(crate) fn cable() -> Source {
    let day = "2005-11-21".parse().expect("a day");
    Source {
        id: 1,
        name: "05DUSTVILLE7".into(),
        stem: "05DUSTVILLE7".into(),
        source: "dir/05DUSTVILLE7.txt".into(),
        title: Some("A TREATY & ITS 100% COST".into()),
        author: Some("RUDOLF".into()),
        origin: Some("Embassy Dustville".into()),
        classification: Some("CONFIDENTIAL".into()),
        day: Some(day),
        date: Some(Date::day(day)),
        date_basis: Some("header".into()),
        format: "cable-browser".into(),
        sha256: "0".repeat(64),
        fields: vec![("from".into(), "AMEMBASSY DUSTVILLE".into())],
    }
}

/// An account in a made-up cable.
pub(crate) fn told() -> Told {
    Told {
        id: 1,
        fp: "f".into(),
        document: Arc::new(cable()),
        paragraph: Some(2),
        marking: Some("C".into()),
        quote: "The treaty\nwas signed.".into(),
        start: 0,
        end: 22,
    }
}

/// A headline with everything in it that breaks a naive writer.
pub(crate) const EVIL: &str =
    "=cmd() \"quotes\", 'x'; 100% & $5_#1 {a} ~^\\ <b>\nnew line \u{1f600} \u{202e}rtl ¶ Ўзбекистон *m* [l](u) |p";

/// A database: dated to the day, to a month, open, undated, one with the evil headline, one with a place.
pub(crate) fn store() -> Store {
    let mut store = Store::in_memory().expect("a database");
    let texts = [
        ("05DUSTVILLE7", "Ruritania signed the Treaty of Dustville.", "2005-05-13"),
        ("ü weird/name", "Dustland signed “it” & left 100% <b>; later.", "2005-05~"),
        ("open", "Ruritania signed off.", "../2005-11-21"),
        ("undated", "Ruritania signed on.", "2005"),
    ];
    for (i, (source, text, edtf)) in texts.into_iter().enumerate() {
        let (mut doc, mut extraction) = found(source, text, edtf);
        doc.sha256 = format!("{i:064}");
        for mention in &mut extraction.mentions {
            mention.subtype = None;
            if source == "undated" {
                mention.when.date = Date::from_span(crate::date::Span::default());
            }
            if i == 0 {
                (mention.paragraph, mention.marking) = (Some(2), Some("C".into()));
                mention.place = Some(crate::event::Place {
                    name: "Dustville".into(),
                    country: "DUS".into(),
                    lat: Some(38.8),
                    lon: Some(65.9),
                });
            } else {
                mention.headline = if i == 1 { EVIL.into() } else { format!("Event {i}") };
                mention.kind = crate::event::EventType::all().nth(i * 3).expect("a category");
            }
        }
        store.write_document(&doc, &extraction, "r").expect("written");
    }
    store.rebuild_events().expect("merged");
    store
}

/// A selection of all events of [`store`] written in a format.
pub(crate) fn written(format: Format, style: &Style) -> String {
    let store = store();
    let filter = EventFilter::default();
    let selection = Selection::new(&store, &filter, Sort::Date, None).expect("selected");
    let mut out = Vec::new();
    assert_eq!(write(format, &selection, style, &mut out).expect("written"), 4);
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn every_format_is_named_once_and_found_by_its_word() {
    assert_eq!(Format::all().count(), 24);
    for format in Format::all() {
        assert_eq!(Format::parse(format.as_str()), Some(format));
    }
    assert_eq!(Format::parse("md"), Some(Format::Markdown));
    assert_eq!(Format::parse("no"), None);
}

#[test]
fn what_a_format_has_not_is_refused() {
    for style in [
        Style { columns: vec!["id".into()], ..Style::default() },
        Style { dyads: true, ..Style::default() },
        Style { autocite: true, ..Style::default() },
    ] {
        let message = style.check(Format::Ics).expect_err("refused").to_string();
        assert!(message.contains("ics has no such thing"), "{message}");
    }
    let unknown = Style { columns: vec!["no".into()], ..Style::default() };
    assert!(unknown.check(Format::Csv).expect_err("refused").to_string().contains("date_in_words"));
}

#[test]
fn every_text_that_tells_within_says_question_state_program_and_coverage() {
    for format in Format::all().filter(|f| f.aside() == Aside::Within && f.shape() == Shape::Text) {
        let text = written(format, &Style::default());
        for part in ["all events", "data", "dateline 0", "4 documents"] {
            assert!(text.contains(part), "{} lacks {part:?}: {text}", format.as_str());
        }
    }
}
