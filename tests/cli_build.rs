//! Building: idempotent, incremental, deterministic.

mod support;

use dateline::store::{Store, dump};
use support::{Bench, same};

const TREATY: &str = "The Treaty of Dustville\n\nRussia and Uzbekistan signed a treaty on 3 May 1994 in Moscow.\n";
const WAR: &str = "A visit\n\nOn 7 June 1999 the Russian defense minister visited Uzbekistan.\n";

fn content(bench: &Bench, db: &str) -> String {
    dump(&Store::open(&bench.path(db)).expect("opens")).expect("dumped")
}

#[test]
fn a_second_build_changes_nothing_and_says_so() {
    let bench = Bench::new();
    bench.write("docs/a.txt", TREATY);
    bench.write("docs/b.txt", WAR);
    let first = bench.run(&["build", "docs"]).ok();
    assert!(first.starts_with("2 documents read; dateline.db holds 2 documents, "), "{first}");
    let before = content(&bench, "dateline.db");
    let second = bench.run(&["build", "docs"]).ok();
    assert!(second.starts_with("0 documents read, 2 unchanged; nothing changed; "), "{second}");
    same(&content(&bench, "dateline.db"), &before);
    assert!(bench.run(&["build", "docs", "--force"]).ok().starts_with("2 documents read; "));
    same(&content(&bench, "dateline.db"), &before);
    assert_eq!(bench.run(&["build", "docs", "--quiet"]).ok(), "");
}

#[test]
fn what_changed_is_replaced_and_what_vanished_removed() {
    let bench = Bench::new();
    bench.write("docs/a.txt", TREATY);
    let b = bench.write("docs/b.txt", WAR);
    bench.write("other/c.txt", WAR);
    bench.run(&["build", "docs", "other"]).ok();
    bench.write("docs/a.txt", TREATY.replace("1994", "1995"));
    std::fs::remove_file(&b).expect("removed");
    let out = bench.run(&["build", "docs"]).ok();
    assert!(out.starts_with("1 document read, 1 removed; dateline.db holds 2 documents, "), "{out}");
    assert!(content(&bench, "dateline.db").contains("3 May 1995"));
    assert!(!content(&bench, "dateline.db").contains("3 May 1994"));
    assert!(content(&bench, "dateline.db").contains("other/c.txt"), "another folder's documents stay");
    assert_eq!(bench.run(&["check"]).ok(), "dateline.db is whole\n");
}

#[test]
fn a_document_that_cannot_be_read_any_more_is_kept() {
    let bench = Bench::new();
    let a = bench.write("docs/a.txt", TREATY);
    bench.run(&["build", "docs"]).ok();
    std::fs::write(&a, "").expect("emptied");
    assert_eq!(bench.run(&["build", "docs"]).code, 2);
    assert!(content(&bench, "dateline.db").contains("3 May 1994"));
}

#[test]
fn the_same_documents_give_the_same_database() {
    let bench = Bench::new();
    for i in 0..40 {
        bench.write(&format!("docs/{i:02}.txt"), TREATY.replace('3', &(i % 28 + 1).to_string()));
    }
    bench.run(&["build", "docs", "--db", "one.db"]).ok();
    bench.run(&["build", "docs", "--db", "two.db"]).ok();
    same(&content(&bench, "one.db"), &content(&bench, "two.db"));
}

#[test]
fn extract_and_build_say_the_same() {
    let bench = Bench::new();
    bench.write("docs/a.txt", TREATY);
    bench.write("docs/b.txt", WAR);
    bench.run(&["build", "docs"]).ok();
    let strip = |text: &str| -> Vec<serde_json::Value> {
        let mut lines: Vec<serde_json::Value> = text.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
        for line in &mut lines {
            for key in ["event", "fp"] {
                line.as_object_mut().expect("an object").remove(key);
            }
        }
        lines.sort_by_key(|l| l.to_string());
        lines
    };
    let extracted = bench.run(&["extract", "docs"]);
    let exported = bench.run(&["export", "mentions"]);
    assert_eq!(extracted.code, exported.code);
    assert_eq!(strip(&extracted.out), strip(&exported.out));
    let piped = bench.run_with(&["extract"], TREATY);
    assert_eq!(piped.out.lines().count(), bench.run(&["extract", "docs/a.txt"]).out.lines().count());
}
