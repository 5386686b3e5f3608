//! Fits the weights of the confidence on annotated documents, each document judged by weights fitted on the others.
//!
//! `cargo run --release --example calibrate -- [--rules DIR] [--keep LIMIT] [--penalty P] [--without PREFIX]...
//! [--write FILE] [--dump FILE] [WEIGHT*]GOLD=DOCUMENTS...`
//!
//! GOLD is an `events.jsonl` of the form that `eval/score_events.py` reads, DOCUMENTS the folder of its documents, WEIGHT
//! how much each of its candidates counts (1 where none is given). A candidate is right when what it tells and when are (the scorer's level "relaxed"). Printed: precision, recall and F1
//! for several limits of what is kept (`--keep` is the one written), and how often candidates of each confidence are
//! right. Features whose names begin with a PREFIX are left out. Only names of features and weights are written, no text.

mod fit;
mod gold;

use anyhow::{Context, Result, bail};
use dateline::document::{Mapping, inputs};
use dateline::event::Extractor;
use dateline::rules::Rules;
use fit::{Model, Row};
use gold::{Account, accounts, matches};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

/// Penalty on the squares of the weights: of 16, 32, 48, 64 the one that judges documents left out best.
const PENALTY: f64 = 32.0;
/// A feature that holds of fewer candidates is left out.
const SELDOM: usize = 8;

/// A document with its candidates and accounts.
struct Read {
    set: String,
    weight: f64,
    name: String,
    mentions: Vec<Value>,
    features: Vec<Vec<String>>,
    accounts: Vec<Account>,
}

fn main() -> Result<()> {
    let (mut rules, mut write, mut dump, mut keep, mut sets) = (Rules::builtin(), None, None, 0.47, Vec::new());
    let (mut penalty, mut without) = (PENALTY, Vec::new());
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut value = || args.next().with_context(|| format!("{arg} needs a value"));
        match arg.as_str() {
            "--rules" => rules = rules.with_dir(&PathBuf::from(value()?))?,
            "--write" => write = Some(PathBuf::from(value()?)),
            "--dump" => dump = Some(PathBuf::from(value()?)),
            "--keep" => keep = value()?.parse()?,
            "--penalty" => penalty = value()?.parse()?,
            "--without" => without.push(value()?),
            _ => match arg.split_once('=') {
                Some((gold, documents)) => {
                    let (weight, gold) = match gold.split_once('*') {
                        Some((weight, gold)) => (weight.parse().with_context(|| arg.clone())?, gold),
                        None => (1.0, gold),
                    };
                    sets.push((weight, PathBuf::from(gold), PathBuf::from(documents)));
                }
                None => bail!("{arg}: [WEIGHT*]GOLD=DOCUMENTS is wanted"),
            },
        }
    }
    let extractor = Extractor::new(&rules)?;
    let mut reads = Vec::new();
    for (weight, gold, documents) in sets {
        reads.extend(read(&extractor, weight, gold, documents)?);
    }
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    for name in reads.iter().flat_map(|r| &r.features).flatten() {
        *numbers.entry(name).or_default() += 1;
    }
    numbers.retain(|name, n| *n >= SELDOM && !without.iter().any(|w| name.starts_with(w.as_str())));
    numbers.values_mut().enumerate().for_each(|(i, n)| *n = i);
    let rows: Vec<Vec<Row>> = reads.iter().map(|r| rows(r, &numbers)).collect();
    // Each document by what the others teach.
    let judged: Vec<Vec<f64>> = (0..reads.len())
        .map(|out| {
            let others: Vec<&Row> = rows.iter().enumerate().filter(|(i, _)| *i != out).flat_map(|(_, r)| r).collect();
            let model = fit::fit(&others, numbers.len(), penalty);
            rows[out].iter().map(|row| model.of(&row.features)).collect()
        })
        .collect();
    report(&reads, &judged);
    reliability(&rows, &judged);
    let all: Vec<&Row> = rows.iter().flatten().collect();
    let model = fit::fit(&all, numbers.len(), penalty);
    if let Some(path) = write {
        std::fs::write(path, weights(&model, &numbers, keep)?)?;
    }
    if let Some(path) = dump {
        let mut text = String::new();
        for ((read, rows), judged) in reads.iter().zip(&rows).zip(&judged) {
            for (((mention, features), row), p) in read.mentions.iter().zip(&read.features).zip(rows).zip(judged) {
                let line = serde_json::json!({
                    "set": read.set, "document": read.name, "right": row.right, "p": p, "features": features,
                    "mention": mention,
                });
                writeln!(text, "{line}")?;
            }
        }
        std::fs::write(path, text)?;
    }
    Ok(())
}

/// The documents of one gold file with their candidates.
fn read(extractor: &Extractor, weight: f64, gold: PathBuf, documents: PathBuf) -> Result<Vec<Read>> {
    let set = gold.parent().and_then(|p| p.file_name()).unwrap_or_default().to_string_lossy().into_owned();
    let text = std::fs::read_to_string(&gold).with_context(|| gold.display().to_string())?;
    let rows: Vec<Value> = text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let mut out = Vec::new();
    for input in inputs(&[documents], &Mapping::default())? {
        let document = input?.read()?;
        let name = document.stem();
        let short = name.split('_').next().unwrap_or_default().to_string();
        let own: Vec<Value> = rows.iter().filter(|r| r["doc"] == *name || r["doc"] == *short).cloned().collect();
        if own.is_empty() {
            continue;
        }
        let mut candidates = Vec::new();
        for candidate in extractor.candidates(&document) {
            candidates.push((serde_json::to_value(&candidate.mention)?, candidate.features));
        }
        let accounts = accounts(&own);
        // What tells of the document itself, and what nobody judged, is neither right nor wrong.
        let mentions: Vec<&Value> = candidates.iter().map(|(m, _)| m).collect();
        let every: Vec<&Account> = accounts.iter().collect();
        let pairs = matches(&mentions, &every, false);
        let neutral: Vec<usize> = pairs.into_iter().filter(|(_, j)| every[*j].is_neutral()).map(|(i, _)| i).collect();
        let kept = candidates.into_iter().enumerate().filter(|(i, _)| !neutral.contains(i)).map(|(_, c)| c);
        let (mentions, features) = kept.unzip();
        let accounts = accounts.into_iter().filter(|a| !a.is_neutral()).collect();
        out.push(Read { set: set.clone(), weight, name, mentions, features, accounts });
    }
    Ok(out)
}

/// The candidates of a document as rows of the regression.
fn rows(read: &Read, numbers: &BTreeMap<&str, usize>) -> Vec<Row> {
    let mentions: Vec<&Value> = read.mentions.iter().collect();
    let accounts: Vec<&Account> = read.accounts.iter().collect();
    let mut right = vec![false; mentions.len()];
    matches(&mentions, &accounts, true).into_iter().for_each(|(i, _)| right[i] = true);
    let number = |names: &Vec<String>| names.iter().filter_map(|n| numbers.get(n.as_str()).copied()).collect();
    read.features
        .iter()
        .zip(right)
        .map(|(names, right)| Row { features: number(names), right, weight: read.weight })
        .collect()
}

/// Precision, recall and F1 of what is kept at several limits, by set.
fn report(reads: &[Read], judged: &[Vec<f64>]) {
    let sets: std::collections::BTreeSet<&str> = reads.iter().map(|r| r.set.as_str()).collect();
    for set in sets {
        for limit in [0.0, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.47, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8] {
            let (mut told, mut gold, mut what, mut when, mut typed, mut of_type) = (0, 0, 0, 0, 0, 0);
            for (read, judged) in reads.iter().zip(judged).filter(|(r, _)| r.set == set) {
                let kept = read.mentions.iter().zip(judged).filter(|(_, p)| **p >= limit).map(|(m, _)| m);
                let mentions: Vec<&Value> = kept.collect();
                let accounts: Vec<&Account> = read.accounts.iter().collect();
                let pairs = matches(&mentions, &accounts, false);
                (told, gold, what) = (told + mentions.len(), gold + accounts.len(), what + pairs.len());
                when += matches(&mentions, &accounts, true).len();
                for (i, j) in pairs {
                    let row = &accounts[j].row;
                    typed += usize::from(row["event_type"].is_string());
                    let same = row["event_type"] == mentions[i]["type"] || row["event_type_alt"] == mentions[i]["type"];
                    of_type += usize::from(row["event_type"].is_string() && same);
                }
            }
            let f1 = |hit: usize| 2.0 * hit as f64 / (told + gold).max(1) as f64;
            let share = |hit: usize, of: usize| hit as f64 / of.max(1) as f64;
            println!(
                "{set:6} keep {limit:.2}  {told:4} told  timeless P {:.3} R {:.3} F1 {:.3}  relaxed P {:.3} R {:.3} F1 {:.3}  type {:.3}",
                share(what, told),
                share(what, gold),
                f1(what),
                share(when, told),
                share(when, gold),
                f1(when),
                share(of_type, typed)
            );
        }
    }
}

/// How often candidates are right, by the confidence that the other documents give them.
fn reliability(rows: &[Vec<Row>], judged: &[Vec<f64>]) {
    let mut bins = [(0usize, 0usize, 0.0f64); 10];
    let mut loss = 0.0;
    for (row, p) in rows.iter().zip(judged).flat_map(|(r, j)| r.iter().zip(j)) {
        let bin = &mut bins[((p * 10.0) as usize).min(9)];
        *bin = (bin.0 + 1, bin.1 + usize::from(row.right), bin.2 + p);
        loss -= if row.right { p.ln() } else { (1.0 - p).ln() };
    }
    let all: usize = bins.iter().map(|b| b.0).sum();
    println!("reliability ({all} candidates, mean loss {:.4})", loss / all.max(1) as f64);
    for (i, (n, right, sum)) in bins.iter().enumerate().filter(|(_, b)| b.0 > 0) {
        let of = *n as f64;
        println!("  0.{i}  {n:5} candidates  given {:.2}  right {:.2}", sum / of, *right as f64 / of);
    }
}

/// The weights as a rule file.
fn weights(model: &Model, numbers: &BTreeMap<&str, usize>, keep: f64) -> Result<String> {
    let mut text = String::new();
    writeln!(
        text,
        "# How likely a candidate is an event told rightly. Fitted by `examples/calibrate`; not written by hand."
    )?;
    writeln!(
        text,
        "# keep: what is less likely is not told. Weights are logits of the features in `src/event/features.rs`."
    )?;
    writeln!(text, "\nkeep = {keep}\nbias = {:.2}\n\n[weights]", model.bias)?;
    for (name, &number) in numbers {
        let weight = model.weights[number];
        if weight.abs() >= 0.005 {
            writeln!(text, "{name:?} = {weight:.2}")?;
        }
    }
    Ok(text)
}
