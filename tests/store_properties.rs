//! What must hold for any events, periods and decisions.

mod support;

use dateline::date::{Fit, NaiveDate, Span};
use dateline::document::Document;
use dateline::event::{EventType, Extraction, Mention};
use dateline::query::{EventFilter, Period, Sort, details, events, summary};
use dateline::store::{Decision, Evidence, Op, Store, dump};
use proptest::prelude::*;
use serde_json::json;

fn day(number: i64) -> NaiveDate {
    NaiveDate::default() + chrono::TimeDelta::days(number)
}

/// Spans of any kind: a day, an interval, open at one end or both.
fn spans() -> impl Strategy<Value = Span> {
    (8_000i64..16_000, 0i64..900, 0u8..6).prop_map(|(from, length, kind)| match kind {
        0 => Span::day(day(from)),
        1 => Span { earliest: None, latest: Some(day(from)) },
        2 => Span { earliest: Some(day(from)), latest: None },
        3 if length % 10 == 0 => Span::default(),
        _ => Span::between(day(from), day(from + length)),
    })
}

/// A database with an event for each span.
fn holding(spans: &[Span]) -> Store {
    let mut store = Store::in_memory().expect("a database");
    let decisions: Vec<Decision> = spans
        .iter()
        .enumerate()
        .map(|(i, span)| Decision {
            at: format!("{i:05}"),
            who: "test".into(),
            op: Op::Add,
            evidence: Vec::new(),
            value: json!({"set": {"headline": format!("{i}"), "date": dateline::date::Date::from_span(*span).edtf}}),
            why: None,
        })
        .collect();
    store.import(&decisions).expect("imported");
    store.rebuild_events().expect("built");
    store
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn definite_and_possible_are_those_of_a_naive_scan(
        held in prop::collection::vec(spans(), 1..40),
        asked in prop::collection::vec(spans(), 1..12),
    ) {
        let store = holding(&held);
        for period in asked {
            let mut naive: Vec<(String, Fit)> = held
                .iter()
                .enumerate()
                .filter_map(|(i, span)| Some((i.to_string(), span.fit(period)?)))
                .collect();
            let filter = EventFilter { period: Some(Period { span: period, asked: String::new() }), ..EventFilter::default() };
            let found = events(&store, &filter, Sort::Date, None).expect("answered");
            let mut answered: Vec<(String, Fit)> = found.iter().map(|a| (a.event.headline.clone(), a.fit)).collect();
            naive.sort_by(|a, b| a.0.cmp(&b.0));
            answered.sort_by(|a, b| a.0.cmp(&b.0));
            prop_assert_eq!(&answered, &naive, "{:?}", period);
            let sum = summary(&store, &filter).expect("summed");
            prop_assert_eq!(sum.definite, naive.iter().filter(|n| n.1 == Fit::Definite).count());
            prop_assert_eq!(sum.definite + sum.possible, naive.len());
            let days: Vec<_> = found.iter().map(|a| a.event.date.span.earliest.or(a.event.date.span.latest)).collect();
            let dated: Vec<_> = days.iter().take_while(|d| d.is_some()).collect();
            prop_assert!(dated.windows(2).all(|w| w[0] <= w[1]), "in the order of time");
            prop_assert!(days[dated.len()..].iter().all(Option::is_none), "undated ones last");
        }
    }

    #[test]
    fn decisions_survive_a_changed_lexicon(
        choices in prop::collection::vec(0u8..5, 3..25),
        changes in prop::collection::vec(0u8..4, 25),
    ) {
        let mut store = Store::in_memory().expect("a database");
        let (doc, found) = document(choices.len(), &[]);
        store.write_document(&doc, &found, "one").expect("written");
        store.rebuild_events().expect("merged");
        for (i, choice) in choices.iter().enumerate() {
            decide(&mut store, &doc, &found.mentions[i], *choice, i);
        }
        store.rebuild_events().expect("replayed");
        let once = dump(&store).expect("dumped");
        store.rebuild_events().expect("replayed again");
        support::same(&dump(&store).expect("dumped"), &once);
        let before = effects(&store, choices.len());

        let (doc, found) = document(choices.len(), &changes);
        store.write_document(&doc, &found, "two").expect("written anew");
        store.rebuild_events().expect("replayed");
        let lost: Vec<_> = store.ledger().expect("read").into_iter().filter(|e| e.state.as_deref() != Some("applied")).collect();
        prop_assert!(lost.is_empty(), "{lost:?}");
        prop_assert_eq!(effects(&store, choices.len()), before);
    }
}

/// A document of `n` sentences with one event each. A change alters what the rules make of a sentence, not its words:
/// another category, another trigger, another headline and date.
fn document(n: usize, changes: &[u8]) -> (Document, Extraction) {
    let text: Vec<String> =
        (0..n).map(|i| format!("In year {i} the envoy number {i} signed the paper and left.")).collect();
    let mut doc = Document::from_text("paper", text.join(" "));
    doc.source = "docs/paper.txt".into();
    let sentences = dateline::text::sentences(&doc);
    let mut mentions: Vec<Mention> = Vec::new();
    for (i, sentence) in text.iter().enumerate() {
        let told = support::Told { doc: "paper", sentence: "", trigger: "signed", date: "2005", ..support::PLAIN };
        let mut mention = support::mention_in(&doc, &told, sentence);
        match changes.get(i) {
            Some(1) => mention.kind = EventType::Assault,
            Some(2) => {
                let from = mention.trigger.end + 1;
                mention.trigger = dateline::event::Trigger { start: from, end: from + 3, text: "the".into() };
            }
            Some(3) => mention.headline = "Something else".into(),
            _ => {}
        }
        mentions.push(mention);
    }
    (doc, Extraction { sentences, timexes: Vec::new(), mentions })
}

fn decide(store: &mut Store, doc: &Document, mention: &Mention, choice: u8, i: usize) {
    let key = dateline::store::fingerprint(&doc.text, std::slice::from_ref(mention)).remove(0);
    let (op, value) = match choice {
        0 => (Op::Accept, json!(null)),
        1 => (Op::Reject, json!(null)),
        2 => (Op::Set, json!({"set": {"date": "1999-05"}})),
        3 => (Op::Set, json!({"set": {"place": "Dustville"}})),
        _ => (Op::Note, json!({"text": "a remark"})),
    };
    let evidence = vec![Evidence::of(&key, mention)];
    let decision = Decision { at: format!("{i:05}"), who: "test".into(), op, evidence, value, why: None };
    store.decide(&decision).expect("decided");
}

/// What the decisions did, by sentence: status, date set, place set.
fn effects(store: &Store, n: usize) -> Vec<(String, bool, bool)> {
    let filter = EventFilter { rejected: true, ..EventFilter::default() };
    let found = events(store, &filter, Sort::Date, None).expect("answered");
    let mut effects = vec![(String::new(), false, false); n];
    for answer in found {
        for row in details(store, &answer.event.uid).expect("shown").told_by {
            let number: usize = row.mention.quote.split(' ').nth(2).and_then(|w| w.parse().ok()).expect("a number");
            effects[number] = (
                answer.status.as_str().to_string(),
                answer.event.date.edtf == "1999-05",
                answer.event.place.as_ref().is_some_and(|p| p.name == "Dustville"),
            );
        }
    }
    effects
}
