//! A hundred thousand events, each told by one account: how many events a second leave as CSV and as JSON Lines, and
//! how much memory that takes. `cargo bench --bench export` prints both.

use dateline::export::{Format, Selection, Style, write};
use dateline::query::{EventFilter, Sort};
use dateline::store::Store;
use rusqlite::Connection;
use std::path::Path;
use std::time::{Duration, Instant};

const EVENTS: i64 = 100_000;
const ROUNDS: usize = 7;

fn main() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("events.db");
    generate(&path);
    let store = Store::open(&path).expect("opens");
    let filter = EventFilter::default();
    let about = median(|| drop(Selection::new(&store, &filter, Sort::Date, None).expect("selected")));
    println!("what the export rests on: {:.1} ms", about.as_secs_f64() * 1000.0);
    let selection = Selection::new(&store, &filter, Sort::Date, None).expect("selected");
    for format in [Format::Csv, Format::Jsonl, Format::Markdown, Format::Latex, Format::Mentions] {
        let before = resident();
        let mut out = Counter::default();
        let time = median(|| {
            out = Counter::default();
            let count = write(format, &selection, &Style::default(), &mut std::io::BufWriter::new(&mut out));
            assert_eq!(count.expect("written") as i64, EVENTS);
        });
        println!(
            "{}: {:.0} events/s, {:.1} MB written, memory {} kB more than before (bound for csv and jsonl: 200,000 events/s)",
            format.as_str(),
            EVENTS as f64 / time.as_secs_f64(),
            out.0 as f64 / 1e6,
            resident() - before
        );
    }
}

/// Counts what is written and throws it away.
#[derive(Default)]
struct Counter(usize);

impl std::io::Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
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

/// Peak memory of this process in kB, where the system tells it (Linux).
fn resident() -> i64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    peak.and_then(|p| p.trim().trim_end_matches(" kB").trim().parse().ok()).unwrap_or(0)
}

/// Events between 1985 and 2020 with two or three actors, in documents of a hundred accounts each.
fn generate(path: &Path) {
    drop(Store::create(path).expect("a database"));
    let mut conn = Connection::open(path).expect("opens");
    let tx = conn.transaction().expect("begun");
    {
        let mut document = tx
            .prepare(
                "INSERT INTO document (id, name, source, stem, sha256, rules, format, title, origin, day, lo, hi, date_basis, text) \
                 VALUES (?1, ?2, ?2, ?2, ?3, 'bench', 'cable-browser', 'A title', 'Embassy', ?4, ?4, ?4, 'header', '')",
            )
            .expect("prepared");
        let mut event = tx
            .prepare(
                "INSERT INTO event (id, uid, headline, type, quad, score, modality, edtf, lo, hi, precision, date_trace, \
                 conflict, salience, confidence, accounts, documents, sources, status) VALUES (?1, ?2, ?3, 'CONSULT', \
                 'verbal-cooperation', 2.5, 'asserted', ?4, ?5, ?6, ?7, 'a date → bound-timex → 2005', 0, 0.5, 0.8, 1, 1, 1, \
                 'machine')",
            )
            .expect("prepared");
        let mut mention = tx
            .prepare(
                "INSERT INTO mention (id, document_id, fp, start, end_, quote, trigger, trigger_start, trigger_end, lemma, \
                 paragraph, marking, zone, type, modality, edtf, precision, date_rule, date_anchor, date_trace, headline, \
                 salience, confidence) VALUES (?1, ?2, ?3, 0, 200, ?4, 'met', 0, 3, 'meet', 4, 'C', 'body', 'CONSULT', \
                 'asserted', '2005', 'year', 'r', 'a', 't', 'h', 0.5, 0.8)",
            )
            .expect("prepared");
        let mut link = tx.prepare("INSERT INTO event_mention VALUES (?1, ?2)").expect("prepared");
        let mut span = tx.prepare("INSERT INTO event_span VALUES (?1, ?2, ?3)").expect("prepared");
        let mut part = tx.prepare("INSERT INTO participation VALUES (?1, ?2, ?3, ?3, ?4, '')").expect("prepared");
        let quote = "The ministers met for two hours and agreed, in the presence of their generals, that the base was to be \
                     handed over before the winter, and that both would tell the press nothing of it until then.";
        for id in 1..=EVENTS {
            let day = 5_479 + id * 12_784 / EVENTS;
            if id % 100 == 1 {
                let name = format!("05DUSTVILLE{id}");
                document.execute((id / 100 + 1, name, format!("{id:064}"), day)).expect("written");
            }
            let (hi, precision, edtf) =
                if id % 5 == 0 { (day + 40, "range", range(day)) } else { (day, "day", date(day)) };
            let headline = format!("Actor {} meets actor {} about matter {id}", id % 60, id % 59);
            event.execute((id, format!("e{id:010x}"), headline, edtf, day, hi, precision)).expect("written");
            mention.execute((id, (id - 1) / 100 + 1, format!("{id:032}"), quote)).expect("written");
            link.execute((id, id)).expect("written");
            span.execute((id, day, hi)).expect("written");
            for ord in 0..2 + id % 2 {
                let role = if ord == 0 { "initiator" } else { "target" };
                part.execute((id, ord, format!("A{:02}", (id + ord) % 60), role)).expect("written");
            }
        }
    }
    tx.commit().expect("committed");
}

fn date(day: i64) -> String {
    dateline::store::number_day(day).expect("a day").to_string()
}

fn range(day: i64) -> String {
    format!("{}/{}", date(day), date(day + 40))
}
