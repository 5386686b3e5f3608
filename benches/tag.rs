//! Speed of the time tagger: running text, and inputs made to be slow. Compare the throughput of the `slow` cases with
//! each other: it must not fall as the input grows.

#![allow(missing_docs)]

use aho_corasick::AhoCorasick;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use dateline::rules::Rules;
use dateline::timex::{Anchoring, Tagger};
use std::hint::black_box;

/// A page of running text in the manner of a cable, written for this benchmark.
const PAGE: &str = "The ambassador met the deputy minister on November 14 to discuss the agreement that both sides had \
    signed in May. He said the government would review the basing accord early next year, and that two weeks ago the \
    parliament had asked for a report by the end of March 2006. The minister, who has served since 2001, did not hide \
    his concern about the growing number of refugees in the border provinces, nor about the price of wheat, which rose \
    by twelve percent in the third quarter.\n\nAccording to the embassy's contacts, the delegation will travel to the \
    capital on Thursday and return the following day. Nobody expects the talks to change the positions of the parties: \
    they may meet again, as they did in the spring of 1999, but the questions that divide them are older than that.\n\n";

fn running_text(c: &mut Criterion) {
    let tagger = Tagger::new(&Rules::builtin()).expect("the built-in rules");
    let text = PAGE.repeat(1000);
    let day = "2005-11-21".parse().ok();
    let mut group = c.benchmark_group("running text");
    group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(10);
    group.bench_function("tag", |b| b.iter(|| black_box(tagger.tag_text(&text, day, Anchoring::News))));
    // The yardstick: one Aho–Corasick pass over the same bytes for a handful of words.
    let words = ["january", "may", "monday", "yesterday", "week", "year", "ago", "spring", "quarter", "2006"];
    let automaton = AhoCorasick::builder().ascii_case_insensitive(true).build(words).expect("a few words");
    group.bench_function("aho-corasick", |b| b.iter(|| black_box(automaton.find_iter(&text).count())));
    group.finish();
    c.bench_function("start-up", |b| b.iter(|| black_box(Tagger::new(&Rules::builtin()).is_ok())));
}

fn slow(c: &mut Criterion) {
    let tagger = Tagger::new(&Rules::builtin()).expect("the built-in rules");
    let mut group = c.benchmark_group("slow");
    group.sample_size(10);
    for megabytes in [1usize, 10] {
        let size = megabytes * 1_000_000;
        let fill = |piece: &str| piece.repeat(size / piece.len());
        for (name, text) in [
            ("digits", fill("7")),
            ("may", fill("may ")),
            ("one line", fill("a few words more ")),
            ("dates", fill("May 5 ")),
        ] {
            group.throughput(Throughput::Bytes(text.len() as u64));
            group.bench_with_input(BenchmarkId::new(name, megabytes), &text, |b, text| {
                b.iter(|| black_box(tagger.tag_text(text, None, Anchoring::News).len()));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, running_text, slow);
criterion_main!(benches);
