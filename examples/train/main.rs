//! Trains the tagger, the parser and the lemmatiser of `dateline::text::syntax` and writes their weights file.
//!
//! `cargo run --release --example train -- ../shared/corpora/ud src/text/syntax/weights.bin`
//!
//! The folder holds `ewt-train.conllu.gz`, `ewt-dev…`, `ewt-test…` and `pud-test.conllu.gz` (Universal Dependencies). Only
//! the first is learnt from; the others are scored. The same input gives the same bytes.

mod conllu;
mod learn;
mod lemmas;
mod pack;
mod perceptron;
mod score;

use anyhow::{Context, Result};
use conllu::Sentence;
use dateline::text::syntax::model::{MAGIC, SECTIONS};
use dateline::text::syntax::{Form, Upos};
use learn::{Example, Writing};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Passes over the training sentences.
const TAGGER_EPOCHS: usize = 8;
const PARSER_EPOCHS: usize = 10;
/// Parts into which the sentences are cut so that each is tagged by a tagger that did not see it.
const FOLDS: usize = 5;
/// A tag with fewer words loses its form.
const RAREST_TAG: usize = 20;
/// Bytes for each table.
const TAGGER_BYTES: (usize, usize) = (500_000, 600_000);
const ACTION_BYTES: usize = 1_500_000;
const LABEL_BYTES: (usize, usize) = (500_000, 600_000);

fn main() -> Result<()> {
    let mut args = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(folder), Some(target)) = (args.next(), args.next()) else {
        anyhow::bail!("usage: train FOLDER WEIGHTS, where FOLDER holds ewt-train.conllu.gz");
    };
    if args.next().is_none_or(|mode| mode.as_os_str() != "score") {
        let train = conllu::read(&folder.join("ewt-train.conllu.gz"))?;
        let bytes = weights(&train);
        std::fs::write(&target, bytes).with_context(|| format!("cannot write {}", target.display()))?;
    }
    score::all(&folder, &target)
}

/// The whole weights file.
fn weights(train: &[Sentence]) -> Vec<u8> {
    let tagset = tagset(train);
    eprintln!("{} sentences, {} tags", train.len(), tagset.len());
    let mut examples: Vec<Example> = Vec::new();
    for writing in [Writing::AsIs, Writing::Lower] {
        examples.extend(train.iter().map(|s| learn::example(s, writing, &tagset)));
    }
    let upper: Vec<Example> = train.iter().step_by(4).map(|s| learn::example(s, Writing::Upper, &tagset)).collect();
    let all: Vec<&Example> = examples.iter().chain(&upper).collect();
    let tagger = learn::tagger(&all, tagset.len(), TAGGER_EPOCHS).average();
    let (tag_index, tag_lists) = pack::lists("tagger", tagger, TAGGER_BYTES.0, TAGGER_BYTES.1);
    jackknife(&mut examples, train.len(), tagset.len());
    let (actions, labels) = learn::parser(&examples, PARSER_EPOCHS);
    let actions = pack::pairs(actions, ACTION_BYTES);
    let (label_index, label_lists) = pack::lists("labels", labels, LABEL_BYTES.0, LABEL_BYTES.1);
    let tags = tagset.iter().flat_map(|&(upos, form)| [upos as u8, form as u8]).collect();
    let lemmas = lemmas::learn(train).into_bytes();
    let sections: [Vec<u8>; SECTIONS] = [tags, tag_index, tag_lists, actions, label_index, label_lists, lemmas];
    let mut out = MAGIC.to_vec();
    for section in &sections {
        out.extend((section.len() as u32).to_le_bytes());
    }
    out.extend(sections.concat());
    out
}

/// The tags that occur often enough, and every word class without a form.
fn tagset(train: &[Sentence]) -> Vec<(Upos, Form)> {
    let mut counts: BTreeMap<(Upos, Form), usize> = BTreeMap::new();
    for &upos in Upos::ALL {
        counts.insert((upos, Form::Plain), RAREST_TAG);
    }
    for &tag in train.iter().flat_map(|s| &s.tags) {
        *counts.entry(tag).or_default() += 1;
    }
    counts.into_iter().filter(|&(_, n)| n >= RAREST_TAG).map(|(tag, _)| tag).collect()
}

/// Replaces the tags by those of taggers that did not see the sentence: the parser must learn to live with their
/// mistakes. `period` is the number of sentences, of which `examples` may hold several writings.
fn jackknife(examples: &mut [Example], period: usize, classes: usize) {
    let gold = examples.to_vec();
    for fold in 0..FOLDS {
        let own = |i: usize| (i % period) % FOLDS == fold;
        let rest: Vec<&Example> = gold.iter().enumerate().filter(|&(i, _)| !own(i)).map(|(_, e)| e).collect();
        let model = perceptron::averaged(learn::tagger(&rest, classes, 3));
        let mut part: Vec<&mut Example> =
            examples.iter_mut().enumerate().filter(|&(i, _)| own(i)).map(|(_, e)| e).collect();
        learn::retag(&mut part, classes, &model);
    }
}
