//! A million synthetic events: how long questions take, and how that compares with SQL written by hand on the same
//! indexes. `cargo bench --bench store` prints medians and ratios.

#[path = "made/mod.rs"]
mod made;

use dateline::query::{EventFilter, Sort, details, events, period, stats};
use dateline::store::{Decision, Evidence, Op, Store};
use made::{median, ms};
use rusqlite::Connection;
use std::hint::black_box;
use std::time::Instant;

const EVENTS: i64 = 1_000_000;
const ROUNDS: usize = 21;

fn main() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("million.db");
    let began = Instant::now();
    made::database(&path, EVENTS);
    println!("{EVENTS} events made in {:.1} s", began.elapsed().as_secs_f64());

    let first = median(ROUNDS, || {
        let store = Store::open(&path).expect("opens");
        let found = events(&store, &filter("13 May 2005", &[]), Sort::Date, Some(20)).expect("answers");
        black_box(found.len());
    });
    println!("opening and the first answer: {:.1} ms (bound: 30 ms)", ms(first));

    let store = Store::open(&path).expect("opens");
    let conn = Connection::open(&path).expect("opens");
    for (name, asked, actors, bound) in [
        ("period of a month", "May 2005", &[][..], 1.5),
        ("period of a year", "2005", &[], 1.5),
        ("actor and month", "May 2005", &["A07"], 2.0),
        ("actor and year", "2005", &["A07"], 2.0),
        ("actor and twenty years", "1991..2010", &["A07"], 2.0),
    ] {
        let filter = filter(asked, actors);
        let mut rows = 0;
        let ours = median(ROUNDS, || rows = events(&store, &filter, Sort::Date, None).expect("answers").len());
        let mut rows_by_hand = 0;
        let by_hand = median(ROUNDS, || rows_by_hand = by_hand(&conn, &filter, actors.first().copied()));
        assert_eq!(rows, rows_by_hand, "{name}");
        let ratio = ours.as_secs_f64() / by_hand.as_secs_f64();
        println!(
            "{name}: {rows} rows, {:.2} ms, by hand {:.2} ms, ratio {ratio:.2} (bound: {bound})",
            ms(ours),
            ms(by_hand)
        );
    }
    println!("stats: {:.0} ms", ms(median(3, || drop(stats(&store).expect("answers")))));
    drop((store, conn));
    decisions(&path);
}

/// Accepts one event after another, as `dateline accept` does.
fn decisions(path: &std::path::Path) {
    let mut store = Store::create(path).expect("opens");
    let mut turn = 0;
    let mut anew = 0;
    let time = median(ROUNDS, || {
        turn += 40_000;
        let uid = format!("e{turn:010x}");
        let found = details(&store, &uid).expect("an event");
        let decision = Decision {
            at: format!("2026-01-01T00:00:00.{turn:06}Z"),
            who: "bench".into(),
            op: Op::Accept,
            evidence: found.told_by.iter().map(|row| Evidence::of(&row.fp, &row.mention)).collect(),
            value: serde_json::Value::Null,
            why: None,
        };
        store.curate(&[decision], &mut || anew += 1).expect("decided");
    });
    println!("one decision: {:.1} ms (all merged anew: {anew} times)", ms(time));
}

fn filter(asked: &str, actors: &[&str]) -> EventFilter {
    EventFilter {
        period: Some(period::parse(asked).expect("a period")),
        actors: actors.iter().map(|a| a.to_string()).collect(),
        ..EventFilter::default()
    }
}

/// The same rows as a person would fetch them who knows the indexes: all columns of the event and its actors.
fn by_hand(conn: &Connection, filter: &EventFilter, actor: Option<&str>) -> usize {
    let span = filter.span();
    let number = |d: Option<chrono::NaiveDate>| d.map_or(0, |d| (d - chrono::NaiveDate::default()).num_days());
    let who = if actor.is_some() {
        "AND EXISTS (SELECT 1 FROM participation q WHERE q.event_id = e.id AND q.top = ?3)"
    } else {
        "AND ?3 IS NULL"
    };
    let sql = format!(
        "SELECT e.*, p.code, p.top, p.role, p.text FROM event e LEFT JOIN participation p ON p.event_id = e.id \
         WHERE e.id IN (SELECT id FROM event_span WHERE lo <= ?2 AND hi >= ?1) AND e.status <> 'rejected' {who} \
         ORDER BY e.id, p.ord"
    );
    let mut statement = conn.prepare_cached(&sql).expect("prepared");
    let width = statement.column_count();
    let mut rows = statement.query((number(span.earliest), number(span.latest), actor)).expect("asked");
    let (mut count, mut last) = (0, -1i64);
    while let Some(row) = rows.next().expect("read") {
        for i in 0..width {
            black_box(row.get::<_, rusqlite::types::Value>(i).expect("a value"));
        }
        let id: i64 = row.get(0).expect("an id");
        if id != last {
            (count, last) = (count + 1, id);
        }
    }
    count
}
