//! Exporting in every format, and importing: whole files or none, and what goes out comes back.

mod support;

use dateline::export::{Aside, Format, Shape};
use dateline::store::{Store, dump};
use support::{Bench, database, same};

fn bench() -> Bench {
    let bench = Bench::new();
    database(&bench.path("dateline.db"));
    bench
}

/// The names in the folder, in order.
fn names(bench: &Bench) -> Vec<String> {
    let entries = std::fs::read_dir(bench.dir.path()).expect("listed");
    let mut names: Vec<String> =
        entries.map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn every_format_is_written_whole_the_same_every_time_and_never_over_a_file() {
    let bench = bench();
    for format in Format::all() {
        let (word, shape) = (format.as_str(), format.shape());
        let (one, two) = (format!("one.{word}"), format!("two.{word}"));
        for name in [&one, &two] {
            bench.run(&["export", word, "-o", name, "-q"]).ok();
        }
        if shape != Shape::Folder {
            let read = |name: &str| std::fs::read(bench.path(name)).expect("written");
            assert!(read(&one) == read(&two), "{word} differs from run to run");
            assert!(!read(&one).is_empty());
        }
        let told = bench.run(&["export", word, "-o", &one]).failed(2);
        assert!(told.contains(&one) && told.contains("--force overwrites it"), "{told}");
        bench.run(&["export", word, "-o", &one, "--force", "-q"]).ok();
        let metadata = bench.path(&format!("{one}-metadata.json"));
        assert_eq!(metadata.is_file(), format.aside() == Aside::Beside, "{word}");
        if metadata.is_file() {
            let text = std::fs::read_to_string(metadata).expect("written");
            let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
            assert_eq!((&value["url"], &value["dateline"]["query"]), (&one.into(), &"all events, by date".into()));
        }
    }
    assert!(!names(&bench).iter().any(|n| n.ends_with(".part")), "{:?}", names(&bench));
}

#[test]
fn a_format_answers_the_question_that_the_list_answers() {
    let bench = bench();
    let csv = bench.run(&["export", "csv", "2005", "--actor", "RUR", "--columns", "id,fit", "-q"]).ok();
    let listed: serde_json::Value =
        serde_json::from_str(&bench.run(&["events", "2005", "--actor", "RUR", "--format", "json"]).ok()).expect("JSON");
    let expected: Vec<String> = listed["events"]
        .as_array()
        .expect("events")
        .iter()
        .map(|e| format!("{},{}", e["uid"].as_str().expect("an id"), e["fit"].as_str().expect("a fit")))
        .collect();
    assert_eq!(csv.lines().skip(1).collect::<Vec<_>>(), expected);
    let nothing = bench.run(&["export", "latex", "2900", "-q"]);
    assert_eq!(nothing.code, 1);
    assert!(nothing.out.contains("\\end{document}"));
    let first = bench.run(&["export", "csv", "--sort", "salience", "--limit", "1", "--columns", "id", "-q"]).ok();
    assert_eq!(first.lines().count(), 2);
    let told = bench.run(&["export", "csv", "--columns", "colour"]).failed(2);
    assert!(told.contains("no column \"colour\"") && told.contains("date_in_words"), "{told}");
}

#[test]
fn a_full_disk_is_told_and_the_device_stays() {
    let full = std::path::Path::new("/dev/full");
    if !full.exists() {
        eprintln!("skipped: there is no /dev/full here");
        return;
    }
    let bench = bench();
    for format in Format::all().filter(|f| matches!(f.shape(), Shape::Text | Shape::Binary)) {
        let told = bench.run(&["export", format.as_str(), "-o", "/dev/full", "--force", "-q"]).failed(2);
        assert!(told.contains("/dev/full: No space left on device"), "{}: {told}", format.as_str());
    }
    assert!(!full.metadata().expect("it is still there").is_file());
}

#[test]
fn a_slice_is_a_database_of_just_these_events() {
    let bench = bench();
    bench.run(&["add", "headline=A visit by hand", "date=2005-06", "-q"]).ok();
    bench.run(&["export", "sqlite", "2005", "-o", "slice.db", "-q"]).ok();
    bench.run(&["check", "--db", "slice.db"]).ok();
    let answer = |db: &str| bench.run(&["events", "2005", "--format", "jsonl", "--db", db]).ok();
    assert_eq!(answer("slice.db"), answer("dateline.db"));
    let announced = |db: &str| bench.run(&["events", "--type", "agree", "--db", db]).code;
    assert_eq!((announced("dateline.db"), announced("slice.db")), (0, 1));
    bench.run(&["events", "--text", "Dustville", "--db", "slice.db"]).ok();
    // A decision in the slice makes its events anew from what it holds.
    bench.run(&["note", &answer("slice.db")[8..19], "seen", "-q", "--db", "slice.db"]).ok();
    assert_eq!(answer("slice.db"), answer("dateline.db"));
}

#[test]
fn a_folder_is_replaced_only_if_an_export_made_it() {
    let bench = bench();
    bench.run(&["export", "brat", "-o", "brat", "-q"]).ok();
    bench.write("brat/old.txt", "from before");
    bench.run(&["export", "brat", "-o", "brat", "--force", "-q"]).ok();
    assert!(bench.path("brat/alpha.ann").is_file() && !bench.path("brat/old.txt").exists());
    bench.write("mine/paper.txt", "mine");
    let told = bench.run(&["export", "brat", "-o", "mine", "--force"]).failed(2);
    assert!(told.contains("no folder that an export made"), "{told}");
    assert!(bench.path("mine/paper.txt").is_file());
    assert!(bench.run(&["export", "sqlite"]).failed(2).contains("-o"));
}

#[test]
fn accounts_go_out_and_come_back_the_same() {
    let bench = bench();
    bench.run(&["export", "mentions", "-o", "one.jsonl", "-q"]).ok();
    bench.run(&["import", "one.jsonl", "--db", "two.db", "-q"]).ok();
    bench.run(&["check", "--db", "two.db"]).ok();
    bench.run(&["export", "mentions", "-o", "two.jsonl", "--db", "two.db", "-q"]).ok();
    let read = |name: &str| std::fs::read_to_string(bench.path(name)).expect("written");
    same(&read("one.jsonl"), &read("two.jsonl"));
    assert_eq!(read("one.jsonl").lines().count(), 5);
    let events = |db: &str| bench.run(&["export", "jsonl", "--db", db, "-q"]).ok();
    same(&events("dateline.db"), &events("two.db"));
    let again = bench.run(&["import", "one.jsonl"]).ok();
    assert!(again.contains("5 accounts left as they are"), "{again}");
    let refused = bench.run_with(&["import", "-"], &events("two.db")).failed(2);
    assert!(refused.contains("line 1: is an event, made from accounts"), "{refused}");
}

#[test]
fn what_was_extracted_elsewhere_makes_the_same_events() {
    let bench = Bench::new();
    bench.write("docs/a.txt", "The treaty\n\nRussia and Uzbekistan signed a treaty on 3 May 1994 in Moscow.\n");
    bench.write("docs/b.txt", "A visit\n\nOn 7 June 1999 the Russian defense minister visited Uzbekistan.\n");
    bench.run(&["build", "docs", "-q"]).ok();
    bench.run(&["extract", "docs", "-o", "all.jsonl", "-q"]).ok();
    bench.run(&["import", "all.jsonl", "--db", "two.db", "-q"]).ok();
    let events = |db: &str| bench.run(&["export", "jsonl", "--db", db, "-q"]).ok();
    assert!(!events("dateline.db").is_empty());
    same(&events("dateline.db"), &events("two.db"));
    // The documents themselves take the place of what was imported of them.
    bench.run(&["build", "docs", "--db", "two.db", "-q"]).ok();
    assert_eq!(bench.run(&["documents", "--db", "two.db"]).ok().matches("docs/").count(), 0);
    let content = |db: &str| dump(&Store::open(&bench.path(db)).expect("opens")).expect("dumped");
    let counts = |db: &str| content(db).lines().filter(|l| l.contains("docs/")).count();
    assert_eq!(counts("two.db"), counts("dateline.db"));
    same(&events("dateline.db"), &events("two.db"));
}

const TABLE: &str = "Date,Headline,Source,Type,Initiators,Targets,Place,Country,Note
1997-10~,\"The \"\"Four\"\" meet, and talk\",\"Smith 2010, p. 12\",consult,Ruritania,RUR.RUDOLF,Dustville,DUS,seen
\"[2001-05-01,2001-05-08]\",'=Not a formula,,,,,,,
";

#[test]
fn a_table_of_events_is_added_by_hand_and_survives_builds() {
    let bench = bench();
    let table = TABLE.replace("Ruritania", "RUR");
    let told = bench.run_with(&["import", "-", "--who", "anna"], &table).ok();
    assert_eq!(told, "2 events added, 0 known already\n");
    let look = || bench.run(&["export", "json", "--type", "consult", "1997"]).ok();
    let value: serde_json::Value = serde_json::from_str(&look()).expect("JSON");
    let event = &value["events"][0];
    assert_eq!(event["headline"], "The \"Four\" meet, and talk");
    assert_eq!((&event["edtf"], &event["status"]), (&"1997-10~".into(), &"manual".into()));
    assert_eq!(event["date_trace"], "added by anna, source: Smith 2010, p. 12");
    assert_eq!((&event["place"]["name"], &event["place"]["country"]), (&"Dustville".into(), &"DUS".into()));
    assert!(bench.run(&["events", "2001"]).ok().contains("=Not a formula"));
    let paper = bench.run(&["export", "markdown", "1997"]).ok();
    assert!(paper.contains("Smith 2010, p. 12"), "{paper}");
    // A build makes all events anew; a second import of the table, grown by a row, adds the new row alone.
    bench.write("docs/new.txt", "Nothing happened.\n");
    bench.run(&["build", "docs/new.txt", "-q"]).ok();
    assert_eq!(look().matches("manual").count(), 1);
    let told = bench.run_with(&["import", "-", "--who", "anna"], &(table + "2002,More,,,,,,,\n")).ok();
    assert_eq!(told, "1 event added, 2 known already\n");
}

#[test]
fn faults_of_a_table_are_told_by_line_and_nothing_is_added() {
    let bench = bench();
    let before = dump(&Store::open(&bench.path("dateline.db")).expect("opens")).expect("dumped");
    for (table, told) in [
        ("date,headline\n2005-02-30,A\n2005,\n2005,B,extra\n", "line 2: \"2005-02-30\" is no EDTF date"),
        ("date,headline\n2005-02-30,A\n2005,\n", "line 3: the headline is missing"),
        ("date,headline\n2005,B,extra\n", "line 2: has 3 cells, the header has 2"),
        ("date,headline,colour\n2005,A,red\n", "line 1: no column \"colour\""),
        ("headline\nA\n", "line 1: the column \"date\" is missing"),
        ("date,headline,type\n2005,A,DANCE\n", "line 2: no type \"DANCE\""),
        ("date,headline,initiators\n\n2005,\"A\nB\",RUX\n", "line 3: no actor \"RUX\""),
        ("date,headline\n", "there is no event behind the header"),
        ("{\"doc\":1}\n", "line 1: "),
        ("{\"op\":\"add\",\"at\":\"\"}\n", "ledger import"),
        ("\n", "is empty"),
    ] {
        let message = bench.run_with(&["import", "-"], table).failed(2);
        assert!(message.contains(told), "{table:?} gives {message}");
        assert!(message.contains("nothing was imported") || message.contains("is empty"), "{message}");
    }
    bench.write("latin.csv", b"date,headline\n2005,caf\xe9\n");
    assert!(bench.run(&["import", "latin.csv"]).failed(2).contains("latin.csv, line 2: is not UTF-8"));
    assert_eq!(dump(&Store::open(&bench.path("dateline.db")).expect("opens")).expect("dumped"), before);
}

#[test]
fn readable_exports_speak_russian() {
    let bench = bench();
    let text = bench.run(&["export", "markdown", "--lang", "ru"]).ok();
    assert!(
        text.contains("13 мая 2005") && text.contains("не позднее 21 ноября 2005") && text.contains("июнь 1999"),
        "{text}"
    );
}

#[test]
fn the_readme_names_every_format() {
    let readme = include_str!("../README.md");
    let missing: Vec<&str> =
        Format::all().map(Format::as_str).filter(|f| !readme.contains(&format!("`{f}`"))).collect();
    assert!(missing.is_empty(), "README.md does not name: {missing:?}");
}
