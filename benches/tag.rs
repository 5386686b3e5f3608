//! Speed of the time tagger: running text, and inputs made to be slow. Compare the throughput of the `slow` cases with
//! each other: it must not fall as the input grows.

#![allow(missing_docs)]

use aho_corasick::AhoCorasick;
use criterion::{BenchmarkId, Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use dateline::rules::Rules;
use dateline::timex::{Anchoring, Tagger};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// A page of running text in the manner of a cable, written for this benchmark.
const PAGE: &str = "The ambassador met the deputy minister on November 14 to discuss the agreement that both sides had \
    signed in May. He said the government would review the basing accord early next year, and that two weeks ago the \
    parliament had asked for a report by the end of March 2006. The minister, who has served since 2001, did not hide \
    his concern about the growing number of refugees in the border provinces, nor about the price of wheat, which rose \
    by twelve percent in the third quarter.\n\nAccording to the embassy's contacts, the delegation will travel to the \
    capital on Thursday and return the following day. Nobody expects the talks to change the positions of the parties: \
    they may meet again, as they did in the spring of 1999, but the questions that divide them are older than that.\n\n";

/// The yardstick: one Aho–Corasick pass over the same bytes for a handful of words.
fn yardstick() -> AhoCorasick {
    let words = ["january", "may", "monday", "yesterday", "week", "year", "ago", "spring", "quarter", "2006"];
    AhoCorasick::builder().ascii_case_insensitive(true).build(words).expect("a few words")
}

fn running_text(c: &mut Criterion) {
    let tagger = Tagger::new(&Rules::builtin()).expect("the built-in rules");
    let text = PAGE.repeat(1000);
    let day = "2005-11-21".parse().ok();
    let automaton = yardstick();
    let mut group = c.benchmark_group("running text");
    group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(10);
    group.bench_function("tag", |b| b.iter(|| black_box(tagger.tag_text(&text, day, Anchoring::News))));
    group.bench_function("aho-corasick", |b| b.iter(|| black_box(automaton.find_iter(&text).count())));
    group.finish();
    // On a busy machine only turns shorter than a time slice tell anything: the best of many over a few pages.
    let pages = PAGE.repeat(10);
    let turn = |work: &dyn Fn() -> usize| {
        let start = Instant::now();
        black_box(work());
        start.elapsed().as_secs_f64()
    };
    let (mut tag, mut scan) = (f64::MAX, f64::MAX);
    for _ in 0..500 {
        tag = tag.min(turn(&|| tagger.tag_text(&pages, day, Anchoring::News).len()));
        scan = scan.min(turn(&|| automaton.find_iter(&pages).count()));
    }
    let megabytes = pages.len() as f64 / 1e6;
    println!(
        "tag {:.1} MB/s, aho-corasick {:.1} MB/s: tagging takes {:.1} times one pass",
        megabytes / tag,
        megabytes / scan,
        tag / scan
    );
    c.bench_function("start-up", |b| b.iter(|| black_box(Tagger::new(&Rules::builtin()).is_ok())));
}

fn slow(c: &mut Criterion) {
    let tagger = Tagger::new(&Rules::builtin()).expect("the built-in rules");
    let mut group = c.benchmark_group("slow");
    group.sample_size(10).sampling_mode(SamplingMode::Flat);
    group.warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_millis(500));
    for (name, piece, most) in [
        ("digits", "7", 10),
        ("may", "may ", 10),
        ("one line", "a few words more ", 10),
        // What is found is held in memory here.
        ("dates", "May 5 ", 3),
        ("day after", "the day after ", 10),
        ("edges", "early late mid ", 10),
        ("marks", ",-'", 10),
    ] {
        for megabytes in [1usize, most] {
            let text = piece.repeat(megabytes * 1_000_000 / piece.len());
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
