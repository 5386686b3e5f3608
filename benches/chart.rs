//! Layout of a thousand labelled events, and figures from a hundred thousand (`reference/charts.md` §8).
#![allow(missing_docs, clippy::unwrap_used)]

use criterion::{Criterion, criterion_group, criterion_main};
use dateline::chart::{Fonts, LanePlan, Options, Words, density, timeline};
use dateline::date::{Date, NaiveDate};
use dateline::event::EventType;
use dateline::merge::Event;
use dateline::rules::Rules;
use std::hint::black_box;

/// Events spread over 22 years, three in ten of them in one.
fn events(n: usize) -> Vec<Event> {
    let kinds: Vec<EventType> = EventType::all().collect();
    let partners = ["RUS", "USA", "NATO", "CSTO", "SCO", "KAZ", "BRA"];
    let first = NaiveDate::from_ymd_opt(1991, 1, 1).unwrap();
    let template: Event = serde_json::from_value(serde_json::json!({
        "uid": "e", "headline": "", "type": "CONSULT", "mode": null, "subtype": null,
        "actors": [
            {"code": "UZB", "top": "UZB", "role": "initiator", "text": ""},
            {"code": "", "top": "", "role": "initiator", "text": ""}
        ],
        "modality": "asserted", "place": null, "edtf": "2005", "earliest": "2005-01-01", "latest": "2005-12-31",
        "precision": "year", "date_trace": "", "conflict": false, "warning": null, "named_event": null,
        "salience": 0.5, "confidence": 0.5, "accounts": 1, "documents": 1, "sources": 1
    }))
    .unwrap();
    (0..n)
        .map(|i| {
            let day = if i % 10 < 3 { 5113 + (i * 31) % 365 } else { (i * 7919) % 8036 };
            let partner = partners[(i * 5 + i / 7) % partners.len()];
            let mut event = template.clone();
            event.uid = format!("e{i:010x}");
            event.headline = format!("Meeting number {i} of Uzbekistan and {partner} on trade and borders");
            event.kind = kinds[i % kinds.len()];
            event.actors[1].code = partner.to_string();
            event.actors[1].top = partner.to_string();
            event.date = Date::day(first + chrono::Days::new(day as u64));
            event.salience = ((i * 37) % 101) as f64 / 101.0;
            event
        })
        .collect()
}

fn options(events: &[Event], width: i32) -> Options {
    let words = Words::english();
    let plan = LanePlan::choose(&Rules::builtin(), events, &Default::default(), &words).unwrap();
    Options::new(plan, words, width)
}

fn charts(c: &mut Criterion) {
    let thousand = events(1_000);
    let mut tall = options(&thousand, 18_000);
    tall.max_height = None;
    c.bench_function("layout of 1,000 labelled events", |b| {
        b.iter(|| timeline(black_box(&thousand), &tall).unwrap().scene.height)
    });
    let forty = events(45);
    let usual = options(&forty, 18_000);
    c.bench_function("45 events to SVG with fonts", |b| {
        b.iter(|| timeline(black_box(&forty), &usual).unwrap().svg(Fonts::Embedded).len())
    });
    let crowd = events(100_000);
    let page = options(&crowd, 18_000);
    let mut group = c.benchmark_group("100,000 events");
    group.sample_size(10);
    group.bench_function("density to SVG", |b| {
        b.iter(|| density(black_box(&crowd), &page).unwrap().svg(Fonts::Embedded).len())
    });
    group.bench_function("timeline to SVG", |b| {
        b.iter(|| timeline(black_box(&crowd), &page).unwrap().svg(Fonts::Embedded).len())
    });
    group.finish();
    for (name, size) in [
        ("density", density(&crowd, &page).unwrap().svg(Fonts::Embedded).len()),
        ("timeline", timeline(&crowd, &page).unwrap().svg(Fonts::Embedded).len()),
    ] {
        println!("{name} of 100,000 events: {size} bytes");
        assert!(size < 300_000, "{name}: {size} bytes");
    }
}

criterion_group!(benches, charts);
criterion_main!(benches);
