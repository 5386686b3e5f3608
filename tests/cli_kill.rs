//! A build may be killed at any moment: the database opens, is whole, and the next build completes it to what an
//! undisturbed one holds.

mod support;

use dateline::store::{Store, check, dump};
use std::process::Stdio;
use std::time::{Duration, Instant};
use support::{Bench, same};

/// Kills of an ordinary run; DATELINE_KILLS asks for another number.
const KILLS: u32 = 12;

/// The moments are random, but the same in every run; DATELINE_SEED asks for others.
const SEED: u64 = 0x2545_F491_4F6C_DD1D;

fn asked<T: std::str::FromStr>(name: &str) -> Option<T> {
    std::env::var(name).ok()?.parse().ok()
}

/// A number from 0 to 1 (xorshift).
fn random(state: &mut u64) -> f64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    (*state >> 11) as f64 / (1u64 << 53) as f64
}

fn document(i: usize) -> String {
    format!(
        "Report {i}\n\nOn {} May 200{} the foreign ministers of Russia and Uzbekistan signed a treaty in Tashkent. \
         Two weeks later Uzbekistan expelled an American diplomat.\n",
        i % 27 + 1,
        i % 9
    )
}

#[test]
fn a_killed_build_harms_nothing() {
    let kills: u32 = asked("DATELINE_KILLS").unwrap_or(KILLS);
    let mut state = asked("DATELINE_SEED").unwrap_or(SEED).max(1);
    let bench = Bench::new();
    for i in 0..60 {
        bench.write(&format!("docs/{i:02}.txt"), document(i));
    }
    let content = |db: &str| dump(&Store::open(&bench.path(db)).expect("opens")).expect("dumped");
    let began = Instant::now();
    bench.run(&["build", "docs", "--db", "whole.db"]).ok();
    let whole = (content("whole.db"), began.elapsed());
    for i in 0..kills {
        let db = format!("{i}.db");
        kill_after(&bench, &db, whole.1.mul_f64(random(&mut state)));
        if !bench.path(&db).exists() {
            continue;
        }
        if let Ok(store) = Store::open(&bench.path(&db)) {
            assert_eq!(check(&store).expect("checked"), Vec::<String>::new(), "kill {i}");
        }
        if i % 4 == 0 || i + 1 == kills {
            bench.run(&["build", "docs", "--db", &db]).ok();
            same(&content(&db), &whole.0);
        }
        std::fs::remove_file(bench.path(&db)).expect("removed");
    }
}

fn kill_after(bench: &Bench, db: &str, time: Duration) {
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("dateline"))
        .current_dir(bench.dir.path())
        .args(["build", "docs", "--quiet", "--db", db])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("started");
    std::thread::sleep(time);
    child.kill().expect("killed, or ended before");
    child.wait().expect("ended");
}
