//! Scores of tagger and parser on treebanks that they did not learn from, held above a floor.

#[path = "../examples/train/conllu.rs"]
mod conllu;

use dateline::text::syntax::Model;
use std::path::{Path, PathBuf};

/// Share of right word classes, heads, heads with their relation, and lemmas, in per cent.
fn scores(path: &Path, step: usize, write: impl Fn(&str) -> String) -> [f64; 4] {
    let (mut n, mut right) = (0, [0; 4]);
    for sentence in conllu::read(path).expect("a treebank").iter().step_by(step) {
        let forms: Vec<String> = sentence.forms.iter().map(|f| write(f)).collect();
        let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
        for (i, word) in Model::builtin().analyse_words(&forms).words.iter().enumerate() {
            let head = word.head.unwrap_or(forms.len()) == sentence.heads[i] as usize;
            n += 1;
            right[0] += usize::from(word.upos == sentence.tags[i].0);
            right[1] += usize::from(head);
            right[2] += usize::from(head && word.relation == sentence.labels[i]);
            right[3] += usize::from(word.lemma.to_lowercase() == sentence.lemmas[i].to_lowercase());
        }
    }
    right.map(|k| 100.0 * k as f64 / f64::from(n.max(1)))
}

fn check(name: &str, floors: [f64; 4], lower_floors: [f64; 4]) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/ud").join(name);
    if !path.exists() {
        eprintln!("SKIPPED: {} is missing, nothing was scored", path.display());
        return;
    }
    // Unoptimised, a third of the sentences is enough to see a loss.
    let step = if cfg!(debug_assertions) { 3 } else { 1 };
    for (what, got, floors) in [
        ("as written", scores(&path, step, str::to_string), floors),
        ("lower-cased", scores(&path, step, str::to_lowercase), lower_floors),
    ] {
        println!("{name}, {what}: UPOS {:.2}, UAS {:.2}, LAS {:.2}, lemmas {:.2}", got[0], got[1], got[2], got[3]);
        for (got, floor) in got.into_iter().zip(floors) {
            assert!(got >= floor, "{name}, {what}: {got:.2} is below {floor}");
        }
    }
}

#[test]
fn web_text_ewt() {
    check("ewt-test.conllu.gz", [94.7, 84.0, 80.0, 98.2], [93.7, 84.0, 80.0, 98.2]);
}

#[test]
fn news_and_wikipedia_pud() {
    check("pud-test.conllu.gz", [94.4, 80.5, 76.3, 98.2], [92.3, 79.3, 75.0, 98.0]);
}
