//! A decision done at once gives what merging everything anew gives.

mod support;

use dateline::document::Document;
use dateline::event::{EventType, Extraction};
use dateline::query::{Details, EventFilter, Sort, details, events};
use dateline::store::{Decision, Evidence, Op, Store, check, dump};
use proptest::prelude::*;
use serde_json::{Value, json};

const DAYS: [&str; 4] = ["2005-05-11", "2005-05-12", "2005-05", "../2005-05-12"];
const ACTORS: [&[&str]; 4] = [&["RUR", "DUS"], &["RUR.KING", "DUS"], &["RUR", "NORD"], &["RUR", "DUS", "NORD"]];

/// Documents that tell of the same few events, so that there is something to merge.
fn corpus(told: &[Vec<(usize, usize)>]) -> Store {
    let mut store = Store::in_memory().expect("a database");
    for (n, events) in told.iter().enumerate() {
        let name = format!("d{n}");
        let text: Vec<String> = events
            .iter()
            .enumerate()
            .map(|(i, (day, who))| format!("Sentence {n} {i}: they of {who} signed the paper of Dustville on {day}."))
            .collect();
        let mut doc = Document::from_text(&name, text.join(" "));
        doc.source = format!("docs/{name}.txt");
        let sentences = dateline::text::sentences(&doc);
        let mentions = events
            .iter()
            .zip(&text)
            .map(|((day, who), sentence)| {
                let told = support::Told {
                    trigger: "signed",
                    date: DAYS[*day],
                    kind: EventType::Support,
                    subtype: Some("treaty.sign"),
                    actors: ACTORS[*who],
                    ..support::PLAIN
                };
                support::mention_in(&doc, &told, sentence)
            })
            .collect();
        let found = Extraction { sentences, timexes: Vec::new(), mentions };
        store.write_document(&doc, &found, "test").expect("written");
    }
    store.rebuild_events().expect("merged");
    store
}

fn evidence(store: &Store, event: &Details) -> Vec<Evidence> {
    if event.told_by.is_empty() {
        let keys = store.evidence_of(&event.answer.event.uid).expect("read");
        return keys.iter().map(|k| Evidence::manual(k)).collect();
    }
    event.told_by.iter().map(|row| Evidence::of(&row.fp, &row.mention)).collect()
}

/// The decision that three numbers stand for, about the events that there are.
fn decision(store: &Store, step: usize, (what, a, b): (u8, usize, usize)) -> Option<Decision> {
    let all = EventFilter { rejected: true, ..EventFilter::default() };
    let found = events(store, &all, Sort::Date, None).expect("answered");
    let pick = |n: usize| details(store, &found[n % found.len()].event.uid).expect("shown");
    let (one, other) = (pick(a), pick(b));
    let mine = evidence(store, &one);
    let two = one.answer.id != other.answer.id;
    let told = !one.told_by.is_empty() && !other.told_by.is_empty();
    let undo = |last: bool| {
        let ledger = store.ledger().expect("read");
        let open: Vec<_> = ledger.iter().filter(|e| !e.undone).collect();
        let chosen = if last { open.last() } else { open.get(a % open.len().max(1)) };
        chosen.map(|e| (Op::Undo, Vec::new(), json!({"undoes": e.key})))
    };
    let (op, evidence, value) = match what {
        0 => (Op::Accept, mine, Value::Null),
        1 => (Op::Reject, mine, Value::Null),
        2 => (Op::Set, mine, json!({"set": {"date": (["2004", "2005-05-12", "2006-01", "1999/.."][b % 4])}})),
        3 => (Op::Set, mine, json!({"set": {"initiators": (["RUR", "XYZ", "NORD,ABC"][b % 3]), "place": "Dustville"}})),
        4 => (Op::Note, mine, json!({"text": "a remark"})),
        5 if two => (Op::Link, mine, json!({"relation": "before", "others": [evidence(store, &other)]})),
        6 => (Op::Add, Vec::new(), json!({"set": {"headline": "A flood", "date": (["2005", "2005-05-12"][b % 2])}})),
        7 | 8 if two && told => (Op::Merge, mine, json!({"others": [evidence(store, &other)]})),
        9 if mine.len() > 1 && told => (Op::Split, mine.clone(), json!({"others": [[mine[b % mine.len()]]]})),
        10 => undo(false)?,
        11 => undo(true)?,
        _ => return None,
    };
    Some(Decision { at: format!("{step:05}"), who: "test".into(), op, evidence, value, why: None })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn what_is_done_at_once_is_what_merging_anew_gives(
        told in prop::collection::vec(prop::collection::vec((0..DAYS.len(), 0..ACTORS.len()), 1..5), 1..5),
        steps in prop::collection::vec((0u8..12, 0usize..20, 0usize..20), 1..20),
    ) {
        let (mut quick, mut slow) = (corpus(&told), corpus(&told));
        let (mut anew, mut merges) = (0, 0);
        for (i, step) in steps.into_iter().enumerate() {
            let Some(decision) = decision(&quick, i, step) else { continue };
            quick.curate(std::slice::from_ref(&decision), &mut || anew += 1).expect("decided");
            merges += usize::from(matches!(decision.op, Op::Split | Op::Undo));
            slow.decide(&decision).expect("decided");
            slow.rebuild_events().expect("merged");
            support::same(&dump(&quick).expect("dumped"), &dump(&slow).expect("dumped"));
            prop_assert_eq!(check(&quick).expect("checked"), Vec::<String>::new());
        }
        prop_assert!(anew <= merges, "only a split, or what undoes one, needs all accounts: {} of {}", anew, merges);
    }
}

#[test]
fn simple_decisions_and_whole_merges_merge_nothing_anew() {
    let mut store = corpus(&[vec![(0, 0), (1, 2), (2, 3)], vec![(0, 0), (3, 1)]]);
    let mut anew = 0;
    for (i, what) in [0, 1, 2, 3, 4, 5, 6, 7, 11, 7, 2, 0].into_iter().enumerate() {
        let pairs = (0..6).flat_map(|a| (0..6).map(move |b| (what, a, b)));
        let decision = pairs.filter_map(|step| decision(&store, i, step)).next().expect("a decision");
        store.curate(&[decision], &mut || anew += 1).expect("decided");
    }
    assert_eq!(anew, 0);
}
