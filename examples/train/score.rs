//! Scores a weights file on the treebanks.

use crate::conllu::{self, Sentence};
use anyhow::{Context, Result, anyhow};
use dateline::text::syntax::{Model, Upos};
use std::path::Path;
use std::time::Instant;

/// Prints the scores of the development and test files, as written and lower-cased.
pub fn all(folder: &Path, weights: &Path) -> Result<()> {
    let bytes = std::fs::read(weights).with_context(|| weights.display().to_string())?;
    let started = Instant::now();
    let model = Model::from_bytes(&bytes).ok_or_else(|| anyhow!("{} is no weights file", weights.display()))?;
    println!("{} bytes, loaded in {:.1} ms", bytes.len(), started.elapsed().as_secs_f64() * 1e3);
    println!("{:26} {:>7} {:>7} {:>7} {:>7} {:>7} {:>10}", "", "UPOS", "tag", "UAS", "LAS", "lemma", "tokens/s");
    for name in ["ewt-dev", "ewt-test", "pud-test"] {
        let gold = conllu::read(&folder.join(format!("{name}.conllu.gz")))?;
        one(name, &model, &gold, |form| form.to_string());
        one(&format!("{name}, lower-cased"), &model, &gold, str::to_lowercase);
        one(&format!("{name}, capitals"), &model, &gold, str::to_uppercase);
    }
    Ok(())
}

fn one(name: &str, model: &Model, gold: &[Sentence], write: impl Fn(&str) -> String) {
    let written: Vec<Vec<String>> = gold.iter().map(|s| s.forms.iter().map(|f| write(f)).collect()).collect();
    let forms: Vec<Vec<&str>> = written.iter().map(|s| s.iter().map(String::as_str).collect()).collect();
    let started = Instant::now();
    let parsed: Vec<_> = forms.iter().map(|s| model.analyse_words(s)).collect();
    let seconds = started.elapsed().as_secs_f64();
    let (mut n, mut upos, mut tag, mut head, mut label, mut lemma, mut lemmas) = (0, 0, 0, 0, 0, 0, 0);
    for (sentence, syntax) in gold.iter().zip(&parsed) {
        for (i, word) in syntax.words.iter().enumerate() {
            n += 1;
            upos += usize::from(word.upos == sentence.tags[i].0);
            tag += usize::from((word.upos, word.form) == sentence.tags[i]);
            let right = word.head.unwrap_or(sentence.forms.len()) == sentence.heads[i] as usize;
            head += usize::from(right);
            label += usize::from(right && word.relation == sentence.labels[i]);
            if matches!(sentence.tags[i].0, Upos::Verb | Upos::Noun | Upos::Adj | Upos::Adv | Upos::Aux) {
                lemmas += 1;
                lemma += usize::from(word.lemma == sentence.lemmas[i].to_lowercase());
            }
        }
    }
    let share = |k: usize, n: usize| 100.0 * k as f64 / n.max(1) as f64;
    println!(
        "{name:26} {:7.2} {:7.2} {:7.2} {:7.2} {:7.2} {:10.0}",
        share(upos, n),
        share(tag, n),
        share(head, n),
        share(label, n),
        share(lemma, lemmas),
        n as f64 / seconds
    );
}
