//! Speed of each stage between a file and its events, over the same made-up documents: throughputs are bytes of text a
//! second on one core, so what a stage costs beside the others can be read off. `cargo bench --bench extract`.

#![allow(missing_docs)]

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use dateline::actor::{Context as ActorContext, Gazetteer, Lexicon, NamedEvents};
use dateline::document::Document;
use dateline::event::{Extractor, Mention};
use dateline::merge::{Account, Decisions, Words, merge};
use dateline::rules::Rules;
use dateline::text::syntax::Model;
use dateline::text::{Sentence, sentences};
use dateline::timex::{Anchoring, Context, Tagger};
use std::hint::black_box;

/// Documents in the manner of a cable, written for this benchmark; names, days and deeds are exchanged, so that the
/// caches are not always asked for the same.
fn documents(count: usize) -> Vec<Document> {
    let states = ["Uzbekistan", "Russia", "Kazakhstan", "Germany", "Turkey", "Georgia", "Ukraine", "Armenia"];
    let deeds = ["signed", "rejected", "ratified", "suspended", "denounced", "welcomed", "postponed", "proposed"];
    let things = ["a treaty", "the loan", "joint exercises", "a visit", "the transit agreement", "an embargo"];
    let months = ["January", "March", "April", "June", "September", "November"];
    let pick = |list: &[&str], n: usize| list[n % list.len()].to_string();
    let page = |d: usize| {
        let paragraph = |p: usize| {
            let n = 7 * d + 3 * p;
            let (own, other, third) = (pick(&states, n), pick(&states, n + 1), pick(&states, n + 3));
            format!(
                "{}. The foreign minister of {own} {} {} with {other} on {} {}, 200{}. He told the ambassador that the \
                 talks in {third} had been long and, in his words, \"not easy\". The price of wheat rose, roads were \
                 bad, and most of those who live in the valley have never seen a minister. On the next day officials \
                 announced that {third} would send a delegation in {}; {other}'s parliament, which had asked for a \
                 report two weeks earlier, {} the plan. Nobody expects that to change much.\n\n",
                p + 1,
                pick(&deeds, n),
                pick(&things, n + d),
                pick(&months, n),
                1 + n % 28,
                n % 8,
                pick(&months, n + 2),
                pick(&deeds, n + 5),
            )
        };
        let text: String = (0..12).map(paragraph).collect();
        Document::from_bytes(&format!("made-up-{d}.txt"), text.as_bytes()).expect("plain text")
    };
    (0..count).map(page).collect()
}

fn stages(c: &mut Criterion) {
    let documents = documents(16);
    let bytes: usize = documents.iter().map(|d| d.text.len()).sum();
    let split: Vec<Vec<Sentence>> = documents.iter().map(sentences).collect();
    let rules = Rules::builtin();
    let mut group = c.benchmark_group("stage");
    group.throughput(Throughput::Bytes(bytes as u64)).sample_size(20);
    group.bench_function("read", |b| {
        b.iter(|| documents.iter().filter(|d| Document::from_bytes("a.txt", d.text.as_bytes()).is_ok()).count())
    });
    group.bench_function("sentences and tokens", |b| {
        b.iter(|| documents.iter().map(|d| black_box(sentences(d)).len()).sum::<usize>())
    });

    let tagger = Tagger::new(&rules).expect("the built-in rules");
    let context =
        Context { anchor: "2008-05-04".parse().ok(), basis: String::new(), anchoring: Anchoring::News, untraced: true };
    group.bench_function("time expressions", |b| {
        b.iter(|| documents.iter().zip(&split).map(|(d, s)| tagger.tag(&d.text, s, &context).len()).sum::<usize>())
    });

    let actors = Lexicon::new(&rules).expect("the built-in rules");
    let context = ActorContext { origin: Some("Embassy Tashkent"), date: "2008-05-04".parse().ok() };
    group.bench_function("actors", |b| {
        b.iter(|| {
            documents.iter().zip(&split).map(|(d, s)| actors.find_document(&d.text, s, &context).len()).sum::<usize>()
        })
    });
    let places = Gazetteer::new(&rules).expect("the built-in rules");
    let named = NamedEvents::new(&rules).expect("the built-in rules");
    group.bench_function("places and named events", |b| {
        b.iter(|| {
            let of = |d: &Document, s: &Sentence| places.find(&d.text, s).len() + named.find(&d.text, s).len();
            documents.iter().zip(&split).map(|(d, s)| s.iter().map(|s| of(d, s)).sum::<usize>()).sum::<usize>()
        })
    });

    let model = Model::builtin();
    let forms: Vec<Vec<&str>> = documents
        .iter()
        .zip(&split)
        .flat_map(|(d, s)| s.iter().map(|s| s.tokens.iter().map(|t| &d.text[t.range()]).collect()))
        .collect();
    group.bench_function("tag", |b| b.iter(|| forms.iter().map(|f| model.tags(f).len()).sum::<usize>()));
    group.bench_function("tag and parse", |b| {
        b.iter(|| forms.iter().map(|f| model.analyse_words(f).words.len()).sum::<usize>())
    });

    let extractor = Extractor::new(&rules).expect("the built-in rules");
    group.bench_function("extract (all but read and merge)", |b| {
        b.iter(|| documents.iter().map(|d| extractor.extract(d).mentions.len()).sum::<usize>())
    });
    group.finish();

    let mentions: Vec<Mention> = documents.iter().flat_map(|d| extractor.extract(d).mentions).collect();
    let account = |(n, mention): (usize, Mention)| Account {
        key: format!("{n:08}"),
        source: mention.doc.clone(),
        mention,
        doc_date: None,
    };
    let accounts: Vec<Account> = mentions.into_iter().enumerate().map(account).collect();
    let words = Words::new(&rules).expect("the built-in words");
    let mut group = c.benchmark_group("merge (elements are accounts)");
    group.throughput(Throughput::Elements(accounts.len() as u64)).sample_size(10);
    group.bench_function("merge", |b| b.iter(|| merge(&accounts, &Decisions::default(), &words).len()));
    group.finish();
}

/// One document of growing length: the throughput must not fall.
fn growth(c: &mut Criterion) {
    let extractor = Extractor::new(&Rules::builtin()).expect("the built-in rules");
    let page: String = documents(8).iter().map(|d| d.text.as_str()).collect();
    let mut group = c.benchmark_group("one document");
    group.sample_size(10);
    for times in [1, 4, 16] {
        let document = Document::from_bytes("long.txt", page.repeat(times).as_bytes()).expect("plain text");
        group.throughput(Throughput::Bytes(document.text.len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(document.text.len()), &document, |b, d| {
            b.iter(|| extractor.extract(d).mentions.len())
        });
    }
    group.finish();
}

criterion_group!(benches, stages, growth);
criterion_main!(benches);
