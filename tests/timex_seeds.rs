//! The time expressions of the seeds that the calendar resolves: at least 95 of 100 with the right value. Reads
//! `../shared`; where it is missing the test says so and passes.

use dateline::timex::{Anchoring, Tagger};
use dateline::{document::Document, rules::Rules};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The share that must be right.
const FLOOR: f64 = 0.95;

#[derive(Deserialize)]
struct Wanted {
    doc: String,
    text: String,
    char_start: usize,
    char_end: usize,
    value: String,
    edtf: Option<String>,
    tier: String,
}

fn shared() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared")
}

/// The file of a seed, by the beginning of its name.
fn seed(prefix: &str) -> PathBuf {
    let files = std::fs::read_dir(shared().join("seeds")).expect("the seeds").filter_map(Result::ok).map(|f| f.path());
    let named = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(prefix));
    files.into_iter().find(named).unwrap_or_else(|| panic!("no seed {prefix}"))
}

#[test]
fn calendar_expressions_of_the_seeds_have_the_right_value() {
    let gold = shared().join("gold/seeds/timex.jsonl");
    let Ok(lines) = std::fs::read_to_string(&gold) else {
        eprintln!("skipped: {} is missing", gold.display());
        return;
    };
    let wanted: Vec<Wanted> = lines.lines().map(|line| serde_json::from_str(line).expect("a line of gold")).collect();
    let wanted: Vec<Wanted> = wanted.into_iter().filter(|w| w.tier == "calendar").collect();
    let tagger = Tagger::new(&Rules::builtin()).expect("the built-in rules");
    let mut wrong = Vec::new();
    let mut known = "";
    let (mut text, mut found) = (String::new(), Vec::new());
    for want in &wanted {
        if want.doc != known {
            known = &want.doc;
            let path = seed(known);
            text = std::fs::read_to_string(&path).expect("a seed in UTF-8");
            let day = Document::read(&path).expect("a seed that is read").date.map(|date| date.day);
            found = tagger.tag_text(&text, day, Anchoring::News);
        }
        let byte = |chars: usize| text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at);
        let (start, end) = (byte(want.char_start), byte(want.char_end));
        let right = found
            .iter()
            .filter(|t| t.range.start < end && start < t.range.end)
            .any(|t| t.value == want.value || t.date.as_ref().is_some_and(|d| Some(&d.edtf) == want.edtf.as_ref()));
        if !right {
            wrong.push(format!("{} \"{}\" is {}", want.doc, want.text, want.value));
        }
    }
    let share = 1.0 - wrong.len() as f64 / wanted.len() as f64;
    println!(
        "seeds: {:.1} % of {} calendar expressions right; wrong: {}",
        100.0 * share,
        wanted.len(),
        wrong.join(", ")
    );
    assert!(wanted.len() > 50 && share >= FLOOR, "{share:.3} of {} right; wrong: {}", wanted.len(), wrong.join(", "));
}
