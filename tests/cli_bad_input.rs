//! What a user may do wrong: each is told with the file and the way out, and harms nothing.

mod support;

use support::{Bench, database};

const GOOD: &str = "The Treaty of Dustville\n\nThe treaty was signed on 3 May 1994.\n";

#[test]
fn one_bad_document_does_not_stop_the_others() {
    let bench = Bench::new();
    bench.write("docs/good.txt", GOOD);
    bench.write("docs/empty.txt", "");
    bench.write("docs/blank.txt", " \n\n\t");
    bench.write("docs/picture.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00");
    bench.write("docs/page.html", "<!DOCTYPE html><html><head><title>x</title></head><body></body></html>");
    let ran = bench.run(&["build", "docs"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    for name in ["empty.txt", "blank.txt", "picture.png", "page.html"] {
        assert!(ran.err.lines().any(|l| l.starts_with("dateline: docs/") && l.contains(name)), "{name}: {}", ran.err);
    }
    assert!(ran.out.starts_with("1 document read, 4 failed; dateline.db holds 1 document"), "{}", ran.out);
    assert_eq!(bench.run(&["check"]).ok(), "dateline.db is whole\n");
}

#[test]
fn bytes_that_are_no_utf8_are_read() {
    let bench = Bench::new();
    bench.write("docs/latin.txt", b"Le trait\xe9 de Poussi\xe8reville\n\nIl fut sign\xe9 le 3 mai 1994.\n");
    assert!(bench.run(&["build", "docs"]).ok().starts_with("1 document read"));
}

#[test]
fn a_long_line_is_read() {
    // The issue asks for 50 MB, which a debug build takes too long for: 200 kB here, 50 MB by hand on a release build.
    let bench = Bench::new();
    bench.write("docs/long.txt", format!("The treaty. {}", "words and more words of no use, ".repeat(6000)));
    assert!(bench.run(&["build", "docs"]).ok().starts_with("1 document read"));
}

#[test]
fn what_does_not_exist_is_told_before_a_database_is_made() {
    let bench = Bench::new();
    let told = bench.run(&["build", "no/such/folder"]).failed(2);
    assert!(told.contains("no/such/folder"), "{told}");
    assert!(!bench.path("dateline.db").exists());
    let told = bench.run(&["events"]).failed(2);
    assert!(told.contains("dateline.db") && told.contains("dateline build"), "{told}");
    bench.write("docs/a.txt", GOOD);
    let told = bench.run(&["build", "docs", "--db", "no/folder/x.db"]).failed(2);
    assert!(told.contains("no/folder/x.db") && told.contains("does not exist"), "{told}");
    std::fs::create_dir(bench.path("nothing")).expect("made");
    assert_eq!(bench.run(&["build", "nothing"]).code, 1);
}

#[test]
fn a_file_that_is_no_database_stays_as_it_is() {
    let bench = Bench::new();
    bench.write("docs/a.txt", GOOD);
    let text = "no database at all ".repeat(100);
    bench.write("notes.txt", &text);
    for args in
        [&["build", "docs", "--db", "notes.txt"][..], &["events", "--db", "notes.txt"], &["check", "--db", "notes.txt"]]
    {
        let told = bench.run(args).failed(2);
        assert!(told.contains("notes.txt") && told.contains("is no dateline database"), "{told}");
    }
    assert_eq!(std::fs::read_to_string(bench.path("notes.txt")).expect("still there"), text);
}

#[test]
fn arguments_that_are_not_understood_are_explained() {
    let bench = Bench::new();
    database(&bench.path("dateline.db"));
    for (args, told) in [
        (&["events", "2005-11/2005-05"][..], "before it begins"),
        (&["events", "5/13/2005"], "which number is the day"),
        (&["events", "sometime"], "is no period"),
        (&["events", "--actor", "RUX"], "did you mean RUR"),
        (&["events", "--actor", "rudolf"], "RUR.RUDOLF"),
        (&["events", "--actor", "'; DROP TABLE event; --"], "no actor"),
        (&["events", "--type", "SANCTIONS"], "there are AGREE, CONSULT"),
        (&["events", "--modality", "maybe"], "hypothetical"),
        (&["events", "--quad", "x"], "verbal-conflict"),
        (&["events", "--on-day", "13 May"], "write month and day: 05-13"),
        (&["events", "--min-salience", "7"], "0 to 1"),
        (&["show", "e"], "write more of it"),
        (&["show", "zzz"], "no event \"zzz\""),
        (&["show", "'; DROP TABLE event; --"], "no event"),
    ] {
        let err = bench.run(args).failed(2);
        assert!(err.starts_with("dateline: ") && err.contains(told), "{args:?}: {err}");
    }
    assert_eq!(bench.run(&["check"]).ok(), "dateline.db is whole\n");
}

#[test]
fn a_second_writer_is_told_who_writes_and_readers_go_on() {
    let bench = Bench::new();
    database(&bench.path("dateline.db"));
    let before = std::fs::read(bench.path("dateline.db")).expect("read");
    let event = bench.run(&["events", "--format", "jsonl", "--limit", "1"]).ok();
    let event: serde_json::Value = serde_json::from_str(&event).expect("JSON");
    let writer = dateline::store::Store::create(&bench.path("dateline.db")).expect("the lock");
    let told = bench.run(&["accept", event["uid"].as_str().expect("a name")]).failed(2);
    assert!(told.contains(&format!("is being written by dateline, process {}", std::process::id())), "{told}");
    bench.run(&["events"]).ok();
    drop(writer);
    assert_eq!(std::fs::read(bench.path("dateline.db")).expect("read"), before);
}

#[test]
fn a_failed_import_leaves_no_empty_database() {
    let bench = Bench::new();
    bench.write("events.csv", "date,headline,source\n2005-05-13,Uprising in Andijan,own notes\n31 June,Nothing,none\n");
    let told = bench.run(&["import", "events.csv", "--db", "new.db"]).failed(2);
    assert!(told.contains("line 3") && told.contains("nothing was imported"), "{told}");
    let left: Vec<_> =
        std::fs::read_dir(bench.dir.path()).expect("a folder").flatten().map(|e| e.file_name()).collect();
    assert_eq!(left, ["events.csv"]);
}

#[test]
fn sql_in_a_search_finds_nothing_and_does_nothing() {
    let bench = Bench::new();
    database(&bench.path("dateline.db"));
    for text in ["'; DROP TABLE event; --", "\" OR 1=1", "NEAR(", "*", "a:b", "^"] {
        for option in ["--text", "--document", "--place", "--subtype"] {
            let ran = bench.run(&["events", &format!("{option}={text}")]);
            assert_eq!((ran.code, ran.err.as_str()), (1, ""), "{option} {text}: {ran:?}");
        }
    }
    assert!(bench.run(&["events"]).ok().contains("5 events"));
}

#[test]
fn outputs_that_cannot_be_written_are_told() {
    let bench = Bench::new();
    database(&bench.path("dateline.db"));
    bench.write("kept.csv", "mine");
    let told = bench.run(&["export", "csv", "-o", "kept.csv"]).failed(2);
    assert!(told.contains("kept.csv exists already; --force overwrites it"), "{told}");
    assert_eq!(std::fs::read_to_string(bench.path("kept.csv")).expect("kept"), "mine");
    assert!(bench.run(&["export", "csv", "-o", "no/x.csv"]).failed(2).contains("no/x.csv"));
    assert!(bench.run(&["export", "csv", "-o", ".", "--force"]).failed(2).contains("is a folder"));
    let full = std::path::Path::new("/dev/full");
    if full.exists() {
        let status = std::process::Command::new(assert_cmd::cargo::cargo_bin("dateline"))
            .args(["events", "--db"])
            .arg(bench.path("dateline.db"))
            .stdout(std::fs::File::options().write(true).open(full).expect("opened"))
            .stderr(std::process::Stdio::piped())
            .output()
            .expect("runs");
        let err = String::from_utf8_lossy(&status.stderr).into_owned();
        assert_eq!(status.status.code(), Some(2));
        assert!(err.contains("standard output: No space left"), "{err}");
    } else {
        eprintln!("skipped: /dev/full is missing here, a full disk is not tested");
    }
}
