//! What the benches of the store and of the exports share: a database of made-up events, and medians.
#![allow(dead_code)]

use dateline::date::Date;
use dateline::store::Store;
use rusqlite::Connection;
use std::path::Path;
use std::time::{Duration, Instant};

/// The time that is in the middle of `rounds` turns of `work`, after one that does not count.
pub fn median(rounds: usize, mut work: impl FnMut()) -> Duration {
    work();
    let mut times: Vec<Duration> = (0..rounds)
        .map(|_| {
            let began = Instant::now();
            work();
            began.elapsed()
        })
        .collect();
    times.sort();
    times[rounds / 2]
}

/// In milliseconds.
pub fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

const QUOTE: &str = "The ministers met for two hours and agreed, in the presence of their generals, that the base was to \
    be handed over before the winter, and that both would tell the press nothing of it until then.";

/// Events between 1985 and 2020, mostly of one day, some of months, years and open ends; two or three of sixty actors
/// each (A00 to A59), and each told by one account, in documents of a hundred accounts.
pub fn database(path: &Path, events: i64) {
    drop(Store::create(path).expect("a database"));
    let mut conn = Connection::open(path).expect("opens");
    let tx = conn.transaction().expect("begun");
    let mut seed = 0x2545_F491_4F6C_DD1Du64;
    let mut next = |n: u64| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed % n
    };
    {
        let prepare = |sql: &str| tx.prepare(sql).expect("prepared");
        let mut document = prepare(
            "INSERT INTO document (id, name, source, stem, sha256, rules, format, title, origin, day, lo, hi, date_basis, \
             text) VALUES (?1, ?2, ?2, ?2, ?3, 'bench', 'cable-browser', 'A title', 'Embassy', ?4, ?4, ?4, 'header', '')",
        );
        let mut event = prepare(
            "INSERT INTO event (id, uid, headline, type, quad, score, modality, edtf, lo, hi, precision, date_trace, \
             conflict, salience, confidence, accounts, documents, sources, status) VALUES (?1, ?2, ?3, 'CONSULT', \
             'verbal-cooperation', 2.5, 'asserted', ?4, ?5, ?6, ?7, 'a date → bound-timex', 0, 0.5, 0.8, 1, 1, 1, 'machine')",
        );
        let mut mention = prepare(
            "INSERT INTO mention (id, document_id, fp, start, end_, quote, trigger, trigger_start, trigger_end, lemma, \
             paragraph, marking, zone, type, modality, edtf, lo, hi, precision, date_rule, date_anchor, date_trace, \
             headline, salience, confidence) VALUES (?1, ?2, ?3, 0, 200, ?4, 'met', 14, 17, 'meet', 4, 'C', 'body', \
             'CONSULT', 'asserted', ?5, ?6, ?7, ?8, 'r', 'a', 't', ?9, 0.5, 0.8)",
        );
        let mut mention_actor = prepare("INSERT INTO mention_actor VALUES (?1, ?2, ?3, ?3, ?4, '')");
        let mut link = prepare("INSERT INTO event_mention VALUES (?1, ?1)");
        let mut evidence = prepare("INSERT INTO evidence VALUES (?1, ?2)");
        let mut span = prepare("INSERT INTO event_span VALUES (?1, ?2, ?3)");
        let mut part = prepare("INSERT INTO participation VALUES (?1, ?2, ?3, ?3, ?4, '')");
        let mut days: Vec<i64> = (0..events).map(|_| 5_479 + next(12_784) as i64).collect();
        days.sort_unstable(); // events are numbered in the order of time
        for (id, from) in (1..).zip(days) {
            if id % 100 == 1 {
                let name = format!("05DUSTVILLE{id}");
                document.execute((id / 100 + 1, name, format!("{id:064}"), from)).expect("written");
            }
            let (lo, hi, precision): (Option<i64>, Option<i64>, &str) = match next(100) {
                0..=79 => (Some(from), Some(from), "day"),
                80..=91 => (Some(from), Some(from + 30), "range"),
                92..=96 => (Some(from), Some(from + 365), "range"),
                97 | 98 => (None, Some(from), "open"),
                _ => (Some(from), Some(from + 3_650), "range"),
            };
            let headline = format!("Actor {} meets actor {} about matter {}", next(60), next(60), next(1000));
            let (edtf, uid, fp) = (edtf(lo, hi), format!("e{id:010x}"), format!("{id:032}"));
            event.execute((id, &uid, &headline, &edtf, lo, hi, precision)).expect("written");
            mention
                .execute((id, (id - 1) / 100 + 1, &fp, QUOTE, &edtf, lo, hi, precision, &headline))
                .expect("written");
            link.execute([id]).expect("written");
            evidence.execute((&fp, &uid)).expect("written");
            span.execute((id, lo.unwrap_or(-2_147_483_648), hi.unwrap_or(2_147_483_647))).expect("written");
            for ord in 0..2 + next(2) as i64 {
                let role = if ord == 0 { "initiator" } else { "target" };
                let who = format!("A{:02}", next(60));
                part.execute((id, ord, &who, role)).expect("written");
                mention_actor.execute((id, ord, &who, role)).expect("written");
            }
        }
        for (name, value) in [("events", "current"), ("joined", "[]")] {
            prepare("INSERT INTO state VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = ?2")
                .execute((name, value))
                .expect("written");
        }
    }
    tx.commit().expect("committed");
}

/// The EDTF of days counted from 1970-01-01.
fn edtf(lo: Option<i64>, hi: Option<i64>) -> String {
    let day = |n: i64| chrono::NaiveDate::default() + chrono::TimeDelta::days(n);
    Date::from_span(dateline::date::Span { earliest: lo.map(day), latest: hi.map(day) }).edtf
}
