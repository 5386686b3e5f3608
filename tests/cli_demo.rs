//! The demonstration: the one command that must work on a fresh machine.

mod support;

use dateline::store::{Store, dump};
use support::{Bench, same};

#[test]
fn the_demonstration_builds_answers_and_draws() {
    let bench = Bench::new();
    let out = bench.run(&["demo"]).ok();
    assert!(out.contains("15 documents read") && out.contains("$ dateline events 2005"), "{out}");
    assert!(out.contains("In 2005: ") && out.contains("Try next:"), "{out}");
    let charts = || -> Vec<(String, String)> {
        let mut all: Vec<(String, String)> = std::fs::read_dir(bench.path("charts"))
            .expect("a gallery")
            .filter_map(|e| {
                let path = e.ok()?.path();
                Some((path.file_name()?.to_string_lossy().into_owned(), std::fs::read_to_string(&path).ok()?))
            })
            .collect();
        all.sort();
        all
    };
    let first = charts();
    assert!(first.len() == 8 && first.iter().all(|(_, svg)| svg.contains("<svg")), "{} figures", first.len());
    let content = || dump(&Store::open(&bench.path("demo/dateline.db")).expect("opens")).expect("dumped");
    let before = content();
    let again = bench.run(&["demo"]).ok();
    assert!(again.contains("nothing changed"), "{again}");
    same(&content(), &before);
    assert!(charts() == first, "the figures are the same to the byte");
    assert_eq!(bench.run(&["check", "--db", "demo/dateline.db"]).ok(), "demo/dateline.db is whole\n");
}
