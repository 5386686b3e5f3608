//! Trains the tagger, the parser and the lemmatiser of `dateline::text::syntax` and writes their weights file.
//!
//! `cargo run --release --example train -- ../shared/corpora/ud src/text/syntax/weights.bin`
//!
//! A third argument `score` only scores the file that there is; `sure` only learns anew what needs no weighing.
//!
//! The folder holds `ewt-train.conllu.gz`, `ewt-dev…`, `ewt-test…` and `pud-test.conllu.gz` (Universal Dependencies). Only
//! the first is learnt from; the others are scored. The same input gives the same bytes.

mod conllu;
mod learn;
mod lemmas;
mod pack;
mod perceptron;
mod projective;
mod score;
mod sure;

use anyhow::{Context, Result};
use conllu::Sentence;
use dateline::text::syntax::Model;
use dateline::text::syntax::model::{MAGIC, SECTIONS};
use learn::{Example, Writing};
use std::path::PathBuf;

/// Passes over the training sentences.
const TAGGER_EPOCHS: usize = 4;
const PARSER_EPOCHS: usize = 5;
/// Bytes for each table.
const TAGGER_BYTES: (usize, usize) = (560_000, 1_100_000);
const ACTION_BYTES: usize = 1_000_000;
const LABEL_BYTES: (usize, usize) = (330_000, 850_000);

fn main() -> Result<()> {
    let mut args = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(folder), Some(target)) = (args.next(), args.next()) else {
        anyhow::bail!("usage: train FOLDER WEIGHTS, where FOLDER holds ewt-train.conllu.gz");
    };
    let mode = args.next();
    let mode = mode.as_deref().and_then(|mode| mode.to_str()).unwrap_or_default();
    if mode != "score" {
        let train = conllu::read(&folder.join("ewt-train.conllu.gz"))?;
        let mut sections = match mode {
            "sure" => {
                sections_of(&std::fs::read(&target).with_context(|| format!("cannot read {}", target.display()))?)?
            }
            _ => weights(&train),
        };
        sections[SECTIONS - 1].clear();
        let bare = file(&sections);
        let model = Model::from_bytes(&bare).context("what was written is no weights file")?;
        sections[SECTIONS - 1] = sure::table(&model, &train);
        std::fs::write(&target, file(&sections)).with_context(|| format!("cannot write {}", target.display()))?;
    }
    score::all(&folder, &target)
}

/// The sections of the weights file, but for what needs no weighing.
fn weights(train: &[Sentence]) -> [Vec<u8>; SECTIONS] {
    let tagset = learn::tagset(train);
    eprintln!("{} sentences, {} tags", train.len(), tagset.len());
    let mut examples: Vec<Example> = Vec::new();
    for writing in [Writing::AsIs, Writing::Lower] {
        examples.extend(train.iter().map(|s| learn::example(s, writing, &tagset)));
    }
    let all: Vec<&Example> = examples.iter().collect();
    let tagger = learn::tagger_selected(&all, tagset.len(), TAGGER_EPOCHS).average();
    let (tag_index, tag_lists) = pack::lists("tagger", tagger, TAGGER_BYTES.0, TAGGER_BYTES.1);
    learn::jackknife(&mut examples, train.len(), tagset.len());
    let (actions, labels) = learn::parser_selected(&examples, PARSER_EPOCHS);
    let actions = pack::pairs(actions.average(), ACTION_BYTES);
    let (label_index, label_lists) = pack::lists("labels", labels.average(), LABEL_BYTES.0, LABEL_BYTES.1);
    let tags = tagset.iter().flat_map(|&(upos, form)| [upos as u8, form as u8]).collect();
    let lemmas = lemmas::learn(train).into_bytes();
    [tags, tag_index, tag_lists, actions, label_index, label_lists, lemmas, Vec::new()]
}

/// The weights file of these sections.
fn file(sections: &[Vec<u8>; SECTIONS]) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    for section in sections {
        out.extend((section.len() as u32).to_le_bytes());
    }
    out.extend(sections.concat());
    out
}

/// The sections of a weights file.
fn sections_of(bytes: &[u8]) -> Result<[Vec<u8>; SECTIONS]> {
    let rest = bytes.strip_prefix(MAGIC).context("no weights file")?;
    let (lengths, mut rest) = rest.split_at_checked(4 * SECTIONS).context("cut off")?;
    let mut out: [Vec<u8>; SECTIONS] = Default::default();
    for (section, length) in out.iter_mut().zip(lengths.as_chunks().0) {
        let (own, after) = rest.split_at_checked(u32::from_le_bytes(*length) as usize).context("cut off")?;
        (*section, rest) = (own.to_vec(), after);
    }
    Ok(out)
}
