//! Asking: events, show, stats, export.

mod support;

use support::{Bench, database};

fn bench() -> Bench {
    let bench = Bench::new();
    database(&bench.path("dateline.db"));
    bench
}

#[test]
fn a_table_marks_possible_answers_and_sums_up() {
    let out = bench().run(&["events", "2005-05..2005-12"]).ok();
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(
        *lines.last().expect("a sum"),
        "Between May and December 2005: 1 definite, 2 possible events, from 2 documents"
    );
    assert!(lines[0].contains("When") && lines[0].contains("Docs"), "{out}");
    assert!(lines.iter().any(|l| l.starts_with("   13 May 2005") && l.contains("King Rudolf signed")), "{out}");
    assert!(lines.iter().any(|l| l.starts_with("?  by 21 November 2005")), "{out}");
    assert!(lines.iter().all(|l| l.chars().count() <= 100), "{out}");
}

#[test]
fn filters_choose() {
    let bench = bench();
    let sum = |args: &[&str]| {
        let ran = bench.run(&[&["events"], args].concat());
        ran.out.lines().last().unwrap_or_default().split(',').next().unwrap_or_default().to_string()
    };
    for (args, events) in [
        (&[][..], "5 events"),
        (&["--actor", "RUR"], "4 events"),
        (&["--actor", "rur.rudolf"], "1 event"),
        (&["--actor", "RUR", "--with", "NORD"], "1 event"),
        (&["--actor", "RUR", "--with", "NORD,DUS"], "4 events"),
        (&["--by", "RUR", "--to", "DUS"], "2 events"),
        (&["--to", "DUS.ARMY"], "1 event"),
        (&["--type", "sanction,support"], "2 events"),
        (&["--subtype", "treaty"], "1 event"),
        (&["--quad", "verbal-cooperation"], "3 events"),
        (&["--modality", "future,negated"], "2 events"),
        (&["--text", "garrison"], "1 event"),
        (&["--text", "\"air base\""], "1 event"),
        (&["--text", "\"base air\""], "0 events"),
        (&["--text", "garris*"], "1 event"),
        (&["--document", "BETA"], "2 events"),
        (&["--place", "dustv"], "1 event"),
        (&["--place", "DUS"], "1 event"),
        (&["--on-day", "05-13"], "1 event"),
        (&["--min-salience", "0.9"], "0 events"),
        (&["--one-source"], "5 events"),
        (&["--conflicts"], "0 events"),
        (&["--actor", "NORD", "--modality", "future"], "1 event"),
    ] {
        assert_eq!(sum(args), events, "{args:?}");
    }
    assert_eq!(bench.run(&["events", "2900"]).code, 1);
}

#[test]
fn what_is_no_plain_fact_says_so() {
    let out = bench().run(&["events"]).ok();
    let whole = out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(whole.contains("[planned]") && whole.contains("[did not") && whole.contains("happen]"), "{out}");
    assert!(whole.contains("spring 2006") && whole.contains("June 1999"), "{out}");
}

#[test]
fn machines_read_json_jsonl_and_csv() {
    let bench = bench();
    let whole: serde_json::Value =
        serde_json::from_str(&bench.run(&["events", "2005", "--format", "json"]).ok()).expect("JSON");
    assert_eq!((&whole["definite"], &whole["possible"]), (&2.into(), &1.into()));
    assert_eq!(whole["events"][1]["edtf"], "2005-05-13");
    assert_eq!(whole["events"][0]["fit"], "definite");
    assert_eq!(bench.run(&["events", "2005", "--json"]).ok(), bench.run(&["events", "2005", "--format", "json"]).ok());
    let lines = bench.run(&["events", "--format", "jsonl", "--limit", "2"]).ok();
    assert_eq!(lines.lines().count(), 2);
    let csv = bench.run(&["events", "--format", "csv"]).ok();
    assert_eq!(csv.lines().count(), 6);
    assert!(csv.starts_with("id,date,"));
    let empty = bench.run(&["events", "2900", "--format", "jsonl"]);
    assert_eq!((empty.code, empty.out.as_str()), (1, ""));
}

#[test]
fn the_first_and_the_last_of_a_kind() {
    let bench = bench();
    let day = |sort: &str| {
        let line = bench.run(&["events", "--format", "jsonl", "--sort", sort, "--limit", "1"]).ok();
        let event: serde_json::Value = serde_json::from_str(&line).expect("JSON");
        event["edtf"].as_str().expect("a date").to_string()
    };
    let all = bench.run(&["events", "--format", "jsonl"]).ok();
    let mut days: Vec<(String, String)> = all
        .lines()
        .filter_map(|line| {
            let event: serde_json::Value = serde_json::from_str(line).ok()?;
            Some((event["earliest"].as_str()?.to_string(), event["edtf"].as_str()?.to_string()))
        })
        .collect();
    days.sort();
    assert!(days.first().is_some_and(|(_, first)| *first == day("date")), "{days:?}");
    assert!(days.last().is_some_and(|(_, last)| *last == day("latest")), "{days:?}");
}

#[test]
fn what_is_done_is_told_as_json() {
    let bench = bench();
    let json = |args: &[&str]| serde_json::from_str::<serde_json::Value>(&bench.run(args).ok()).expect("JSON");
    assert_eq!(json(&["check", "--json"])["whole"], true);
    assert!(json(&["documents", "--json"]).as_array().is_some_and(|d| !d.is_empty()));
    assert!(json(&["coverage", "--json"]).as_array().is_some_and(|d| !d.is_empty()));
    let uid = json(&["events", "--json"])["events"][0]["uid"].as_str().expect("a name").to_string();
    let accepted = json(&["accept", &uid, "--json", "--quiet"]);
    assert_eq!((&accepted[0]["op"], &accepted[0]["event"]["status"]), (&"accept".into(), &"accepted".into()));
    assert_eq!(json(&["ledger", "--json"])[0]["key"], accepted[0]["key"]);
    assert_eq!(json(&["release", "v1", "--json"])["name"], "v1");
    assert_eq!(json(&["release", "--json"])[0]["events"], 5);
}

#[test]
fn exports_are_files_that_are_whole() {
    let bench = bench();
    bench.run(&["export", "mentions", "-o", "m.jsonl", "-q"]).ok();
    let lines = std::fs::read_to_string(bench.path("m.jsonl")).expect("written");
    let first: serde_json::Value = serde_json::from_str(lines.lines().next().expect("a line")).expect("JSON");
    for key in ["doc", "document", "start", "end", "trigger", "edtf", "earliest", "latest", "precision", "event", "fp"]
    {
        assert!(first.get(key).is_some(), "{key} in {first}");
    }
    assert_eq!(lines.lines().count(), 5);
    let md = bench.run(&["export", "md", "2005", "--actor", "RUR"]).ok();
    assert!(md.starts_with("# Chronology\n\nIn 2005: 2 definite, 1 possible events, from 2 documents.\n"), "{md}");
    assert!(md.contains("- **13 May 2005** — King Rudolf signed the Treaty of Dustville on 13 May 2005.[^"), "{md}");
    assert!(md.contains("(alpha, ¶ 1 (C))"), "{md}");
    let out = bench.run(&["export", "csv", "-o", "m.jsonl", "--force"]);
    assert_eq!((out.code, out.out.as_str()), (0, ""));
    assert!(out.err.contains("5 events written to m.jsonl"));
    let left: Vec<_> =
        std::fs::read_dir(bench.dir.path()).expect("listed").filter_map(|e| Some(e.ok()?.file_name())).collect();
    assert_eq!(left.len(), 3, "the database, the table and what it rests on: {left:?}");
}

#[test]
fn one_event_is_shown_whole() {
    let bench = bench();
    let listed: serde_json::Value =
        serde_json::from_str(&bench.run(&["events", "--type", "support", "--format", "json"]).ok()).expect("JSON");
    let uid = listed["events"][0]["uid"].as_str().expect("an identifier");
    let shown = bench.run(&["show", &uid[..7]]).ok();
    for part in [
        "13 May 2005 (2005-05-13, day)",
        "SUPPORT / treaty.sign",
        "RUR.RUDOLF",
        "1. alpha, ¶ 1 (C), body",
        "“King Rudolf »signed« the Treaty of Dustville on 13 May 2005.”",
        "docs/alpha.txt characters 0 to 58",
    ] {
        assert!(shown.contains(part), "{part} in\n{shown}");
    }
    let json: serde_json::Value = serde_json::from_str(&bench.run(&["show", uid, "--json"]).ok()).expect("JSON");
    assert_eq!(json["told_by"][0]["stem"], "alpha");
}

#[test]
fn the_corpus_at_a_glance() {
    let bench = bench();
    let out = bench.run(&["stats"]).ok();
    for part in ["2 documents, 2 without a date", "5 accounts of 5 events", "RUR 4", "CONSULT 1"] {
        assert!(out.contains(part), "{part} in\n{out}");
    }
    let json: serde_json::Value = serde_json::from_str(&bench.run(&["stats", "--json"]).ok()).expect("JSON");
    assert_eq!(json["events"], 5);
}

#[test]
fn a_reader_that_stops_reading_is_no_error() {
    let bench = bench();
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("dateline"))
        .args(["events", "--format", "json", "--db"])
        .arg(bench.path("dateline.db"))
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("started");
    drop(child.stdout.take());
    let ended = child.wait_with_output().expect("ended");
    assert_eq!((ended.status.code(), String::from_utf8_lossy(&ended.stderr).as_ref()), (Some(0), ""));
}
