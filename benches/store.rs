//! A million synthetic events: how long questions take, and how that compares with SQL written by hand on the same
//! indexes. `cargo bench --bench store` prints medians and ratios.

use dateline::query::{EventFilter, Sort, events, period};
use dateline::store::Store;
use rusqlite::Connection;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

const EVENTS: i64 = 1_000_000;
const ROUNDS: usize = 21;

fn main() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("million.db");
    let began = Instant::now();
    generate(&path);
    println!("{EVENTS} events made in {:.1} s", began.elapsed().as_secs_f64());

    let first = median(|| {
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
        let ours = median(|| rows = events(&store, &filter, Sort::Date, None).expect("answers").len());
        let mut rows_by_hand = 0;
        let by_hand = median(|| rows_by_hand = by_hand(&conn, &filter, actors.first().copied()));
        assert_eq!(rows, rows_by_hand, "{name}");
        let ratio = ours.as_secs_f64() / by_hand.as_secs_f64();
        println!(
            "{name}: {rows} rows, {:.2} ms, by hand {:.2} ms, ratio {ratio:.2} (bound: {bound})",
            ms(ours),
            ms(by_hand)
        );
    }
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

fn median(mut work: impl FnMut()) -> Duration {
    work();
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let began = Instant::now();
            work();
            began.elapsed()
        })
        .collect();
    times.sort();
    times[ROUNDS / 2]
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Events between 1985 and 2020, mostly of one day, some of months, years and open ends; two or three actors each.
fn generate(path: &Path) {
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
        let mut event = tx
            .prepare(
                "INSERT INTO event (id, uid, headline, type, quad, score, modality, edtf, lo, hi, precision, date_trace, \
                 conflict, salience, confidence, accounts, documents, sources, status) VALUES (?1, ?2, ?3, 'CONSULT', \
                 'verbal-cooperation', 2.5, 'asserted', ?4, ?5, ?6, ?7, 'bench', 0, 0.5, 0.8, 1, 1, 1, 'machine')",
            )
            .expect("prepared");
        let mut span = tx.prepare("INSERT INTO event_span VALUES (?1, ?2, ?3)").expect("prepared");
        let mut part = tx.prepare("INSERT INTO participation VALUES (?1, ?2, ?3, ?3, ?4, '')").expect("prepared");
        let mut days: Vec<i64> = (0..EVENTS).map(|_| 5_479 + next(12_784) as i64).collect();
        days.sort_unstable(); // events are numbered in the order of time
        for (id, from) in (1..).zip(days) {
            let (lo, hi, precision): (Option<i64>, Option<i64>, &str) = match next(100) {
                0..=79 => (Some(from), Some(from), "day"),
                80..=91 => (Some(from), Some(from + 30), "month"),
                92..=96 => (Some(from), Some(from + 365), "year"),
                97 | 98 => (None, Some(from), "open"),
                _ => (Some(from), Some(from + 3_650), "decade"),
            };
            let headline = format!("Actor {} meets actor {} about matter {}", next(60), next(60), next(1000));
            event.execute((id, format!("e{id:010x}"), headline, "2005", lo, hi, precision)).expect("written");
            span.execute((id, lo.unwrap_or(-2_147_483_648), hi.unwrap_or(2_147_483_647))).expect("written");
            for ord in 0..2 + next(2) as i64 {
                let role = if ord == 0 { "initiator" } else { "target" };
                part.execute((id, ord, format!("A{:02}", next(60)), role)).expect("written");
            }
        }
    }
    tx.commit().expect("committed");
}
