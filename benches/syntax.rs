//! Speed of tagger and parser, in words a second on one core.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dateline::text::syntax::Model;
use dateline::text::{Token, tokenize};
use std::hint::black_box;

/// Sentences of the kind the program reads, made for this benchmark; words are exchanged so that the caches are not
/// always asked for the same.
fn sentences() -> Vec<String> {
    let states = ["Uzbekistan", "Russia", "Kazakhstan", "Germany", "Turkey", "Georgia", "Ukraine", "Armenia"];
    let verbs = ["signed", "rejected", "discussed", "announced", "ratified", "suspended", "denounced", "proposed"];
    let things = ["treaty", "base", "loan", "visit", "exercise", "alliance", "transit agreement", "border dispute"];
    let mut out = Vec::new();
    for (i, state) in states.iter().enumerate() {
        for (j, verb) in verbs.iter().enumerate() {
            for (k, thing) in things.iter().enumerate() {
                let other = states[(i + j + k + 1) % states.len()];
                out.push(format!(
                    "After talks in {other} that lasted {} days, the government of {state} {verb} the {thing}, which \
                     its foreign minister had called a \"first step\" toward closer ties with {other}'s neighbours.",
                    2 + j + k
                ));
            }
        }
    }
    out
}

fn analyse(c: &mut Criterion) {
    let texts = sentences();
    let tokens: Vec<Vec<Token>> = texts
        .iter()
        .map(|text| {
            let mut tokens = Vec::new();
            tokenize(text, 0, text.len(), &mut tokens);
            tokens
        })
        .collect();
    let model = Model::builtin();
    let mut group = c.benchmark_group("syntax");
    group.throughput(Throughput::Elements(tokens.iter().map(|t| t.len() as u64).sum()));
    group.bench_function("tag and parse (elements are words)", |b| {
        b.iter(|| {
            for (text, tokens) in texts.iter().zip(&tokens) {
                black_box(model.analyse(text, tokens));
            }
        });
    });
    group.finish();
}

fn load(c: &mut Criterion) {
    let bytes = include_bytes!("../src/text/syntax/weights.bin");
    c.bench_function("syntax/load the weights", |b| b.iter(|| black_box(Model::from_bytes(bytes))));
}

criterion_group!(benches, analyse, load);
criterion_main!(benches);
