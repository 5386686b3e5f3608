//! The events judged by hand in cables (`tests/judged`) still lie on words of the cables as they are read now. Reads
//! `../shared`; where it is missing the test says so and passes.

use dateline::document::{Mapping, inputs};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Deserialize)]
struct Judged {
    doc: String,
    id: String,
    mentions: Vec<Told>,
}

#[derive(Deserialize)]
struct Told {
    trigger_start: usize,
    trigger_end: usize,
    char_start: usize,
    char_end: usize,
}

#[test]
fn judged_events_lie_on_words() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pages = root.join("../shared/corpora/cables/pages");
    if !pages.is_dir() {
        eprintln!("skipped: {} is missing", pages.display());
        return;
    }
    let text = std::fs::read_to_string(root.join("tests/judged/cables.jsonl")).expect("the judged events");
    let mut judged: BTreeMap<String, Vec<Judged>> = BTreeMap::new();
    for line in text.lines() {
        let row: Judged = serde_json::from_str(line).expect("a judged event");
        judged.entry(row.doc.clone()).or_default().push(row);
    }
    assert!(judged.len() > 50, "{} cables", judged.len());
    for (name, rows) in judged {
        let page = pages.join(format!("{name}.html"));
        let mut read = inputs(&[page], &Mapping::default()).expect("a page");
        let document = read.next().expect("a page").expect("a page").read().expect("read");
        let letters: Vec<char> = document.text.chars().collect();
        let word = |at: usize| letters.get(at).is_some_and(|c| c.is_alphanumeric());
        for row in rows {
            assert!(!row.mentions.is_empty(), "{}", row.id);
            for told in row.mentions {
                let (start, end) = (told.trigger_start, told.trigger_end);
                assert!(start < end && word(start) && word(end - 1), "{}: no word at {start}", row.id);
                assert!(start == 0 || !word(start - 1), "{}: {start} lies inside a word", row.id);
                assert!(!word(end), "{}: {end} lies inside a word", row.id);
                let quote = told.char_start..told.char_end;
                assert!(quote.contains(&start) && end <= quote.end, "{}: not in its sentence", row.id);
            }
        }
    }
}
