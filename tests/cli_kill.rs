//! A build may be killed at any moment: the database opens, is whole, and the next build completes it to what an
//! undisturbed one holds.

mod support;

use dateline::store::{Store, check, dump};
use std::process::Stdio;
use std::time::{Duration, Instant};
use support::{Bench, same};

/// Kills of an ordinary run; DATELINE_KILLS asks for another number (200 were run by hand).
const KILLS: u32 = 12;

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
    let kills: u32 = std::env::var("DATELINE_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(KILLS);
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
        // Evenly over the time that a build takes, which is random enough for where it is by then.
        kill_after(&bench, &db, whole.1 * i / kills);
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
