//! A hundred thousand events, each told by one account: how many events a second leave as CSV and as JSON Lines, and
//! how much memory that takes. `cargo bench --bench export` prints both.

#[path = "made/mod.rs"]
mod made;

use dateline::export::{Format, Selection, Style, write};
use dateline::query::{EventFilter, Sort};
use dateline::store::Store;
use made::{median, ms};

/// Two sizes: what streams takes as much memory for the second as for the first.
const EVENTS: [i64; 2] = [20_000, 100_000];
const ROUNDS: usize = 7;

fn main() {
    for events in EVENTS {
        println!("{events} events");
        run(events);
    }
}

fn run(events: i64) {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("events.db");
    made::database(&path, events);
    let store = Store::open(&path).expect("opens");
    let filter = EventFilter::default();
    let about = median(ROUNDS, || drop(Selection::new(&store, &filter, Sort::Date, None).expect("selected")));
    println!("  what the export rests on: {:.1} ms", ms(about));
    let selection = Selection::new(&store, &filter, Sort::Date, None).expect("selected");
    for format in [Format::Csv, Format::Jsonl, Format::Markdown, Format::Latex, Format::Mentions] {
        let before = resident();
        let mut out = Counter::default();
        let time = median(ROUNDS, || {
            out = Counter::default();
            let count = write(format, &selection, &Style::default(), &mut std::io::BufWriter::new(&mut out));
            assert_eq!(count.expect("written") as i64, events);
        });
        println!(
            "  {}: {:.0} events/s, {:.1} MB written, peak memory {} kB, {} kB more than before (bound for csv and \
             jsonl: 200,000 events/s)",
            format.as_str(),
            events as f64 / time.as_secs_f64(),
            out.0 as f64 / 1e6,
            resident(),
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

/// Peak memory of this process in kB, where the system tells it (Linux).
fn resident() -> i64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    peak.and_then(|p| p.trim().trim_end_matches(" kB").trim().parse().ok()).unwrap_or(0)
}
