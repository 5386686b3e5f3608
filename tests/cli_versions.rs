//! Files of every earlier version open, with nothing lost; a file of a newer one is refused.

mod support;

use dateline::store::{SCHEMA_VERSION, Store, check};
use rusqlite::Connection;
use support::Bench;

/// A file of each earlier version as text, the first one first.
const VERSIONS: &[&str] = &[include_str!("versions/v1.sql")];

fn file(bench: &Bench, name: &str, sql: &str) {
    Connection::open(bench.path(name)).and_then(|c| c.execute_batch(sql)).expect("made");
}

fn version(bench: &Bench, name: &str) -> i64 {
    let conn = Connection::open(bench.path(name)).expect("opens");
    conn.pragma_query_value(None, "user_version", |r| r.get(0)).expect("a version")
}

/// Tables with their columns, and everything else with its definition.
fn schema(bench: &Bench, name: &str) -> Vec<String> {
    let conn = Connection::open(bench.path(name)).expect("opens");
    let list = |sql: &str| -> Vec<String> {
        let mut statement = conn.prepare(sql).expect("prepared");
        statement.query_map([], |r| r.get(0)).expect("asked").map(|r| r.expect("a text")).collect()
    };
    let mut all = list(
        "SELECT t.name || '.' || c.name || ' ' || c.cid || ' ' || c.type || ' ' || c.\"notnull\" || ' ' \
         || coalesce(c.dflt_value, '') || ' ' || c.pk || ' ' || t.strict || ' ' || t.wr FROM pragma_table_list t, \
         pragma_table_xinfo(t.name) c WHERE t.schema = 'main' AND t.name NOT LIKE 'sqlite_%' ORDER BY 1",
    );
    all.extend(list("SELECT type || ' ' || name || ' ' || tbl_name FROM sqlite_schema ORDER BY 1"));
    // Comments are no part of what a view or trigger does.
    let plain = |sql: String| sql.lines().map(|l| l.split("--").next().unwrap_or(l).trim().to_string()).collect();
    let defined = list(
        "SELECT sql FROM sqlite_schema WHERE type IN ('view', 'trigger', 'index') AND sql IS NOT NULL ORDER BY name",
    );
    all.extend(defined.into_iter().map(|sql| {
        let lines: Vec<String> = plain(sql);
        lines.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
    }));
    all
}

#[test]
fn a_file_of_every_earlier_version_is_kept_here() {
    assert_eq!(VERSIONS.len() as i64, SCHEMA_VERSION - 1);
}

#[test]
fn readers_bring_an_earlier_file_up_to_date_and_keep_it_as_it_was() {
    let bench = Bench::new();
    drop(Store::create(&bench.path("new.db")).expect("made"));
    for (from, sql) in (1..).zip(VERSIONS) {
        file(&bench, "old.db", sql);
        let ran = bench.run(&["events", "--db", "old.db"]);
        assert_eq!(ran.code, 0, "{ran:?}");
        let kept = format!("old.db.v{from}");
        assert!(ran.err.contains("brought up to date") && ran.err.contains(&kept), "{ran:?}");
        assert!(ran.out.contains("A flood in Tashkent [manual]") && ran.out.contains("8 June 1999"), "{ran:?}");
        assert_eq!((version(&bench, "old.db"), version(&bench, &kept)), (SCHEMA_VERSION, from));
        assert_eq!(schema(&bench, "old.db"), schema(&bench, "new.db"));
        let again = bench.run(&["events", "--db", "old.db"]);
        assert_eq!((again.out, again.err.as_str()), (ran.out, ""));
        assert_eq!(bench.run(&["check", "--db", "old.db"]).ok(), "old.db is whole\n");
        std::fs::remove_file(bench.path("old.db")).expect("removed");
    }
}

#[test]
fn decisions_and_releases_of_an_earlier_file_hold() {
    let bench = Bench::new();
    for sql in VERSIONS {
        file(&bench, "old.db", sql);
        bench.run(&["accept", "eb9f", "--db", "old.db"]).ok();
        let ledger = bench.run(&["ledger", "--db", "old.db"]).ok();
        assert_eq!(ledger.lines().count(), 8);
        assert!(!ledger.contains("stale"), "{ledger}");
        let since = bench.run(&["diff", "v1", "--db", "old.db"]).ok();
        assert!(since.contains("A flood in Tashkent") && since.contains("1 new, 0 gone, 2 changed"), "{since}");
        let store = Store::open(&bench.path("old.db")).expect("opens");
        assert_eq!(check(&store).expect("checked"), Vec::<String>::new());
        drop(store);
        std::fs::remove_file(bench.path("old.db")).expect("removed");
    }
}

#[test]
fn an_earlier_file_that_may_not_be_written_is_asked_in_memory() {
    let bench = Bench::new();
    file(&bench, "old.db", VERSIONS[0]);
    let before = std::fs::read(bench.path("old.db")).expect("read");
    let mut rights = std::fs::metadata(bench.path("old.db")).expect("there").permissions();
    rights.set_readonly(true);
    std::fs::set_permissions(bench.path("old.db"), rights).expect("set");
    let ran = bench.run(&["events", "--db", "old.db"]);
    assert!(ran.out.contains("4 events, from 2 documents") && ran.err.contains("copy in memory"), "{ran:?}");
    let told = bench.run(&["accept", "eb9f", "--db", "old.db"]).failed(2);
    assert!(told.contains("old.db: is read-only"), "{told}");
    assert_eq!(std::fs::read(bench.path("old.db")).expect("read"), before);
    assert!(!bench.path("old.db.v1").exists());
}

#[test]
fn backups_never_overwrite_and_no_backup_means_no_change() {
    let bench = Bench::new();
    file(&bench, "old.db", VERSIONS[0]);
    bench.write("old.db.v1", "mine");
    bench.run(&["stats", "--db", "old.db", "--quiet"]).ok();
    assert_eq!(std::fs::read_to_string(bench.path("old.db.v1")).expect("kept"), "mine");
    assert_eq!(version(&bench, "old.db.v1-2"), 1);
    file(&bench, "other.db", VERSIONS[0]);
    // What stands where the copy is to be written cannot be replaced by a file.
    std::fs::create_dir_all(bench.path("other.db.v1.part/full")).expect("made");
    let told = bench.run(&["stats", "--db", "other.db"]).failed(2);
    assert!(told.contains("must be backed up") && told.contains("nothing was changed"), "{told}");
    assert_eq!(version(&bench, "other.db"), 1);
}

#[test]
fn a_file_of_a_newer_version_is_refused() {
    let bench = Bench::new();
    support::database(&bench.path("dateline.db"));
    let conn = Connection::open(bench.path("dateline.db")).expect("opens");
    conn.pragma_update(None, "user_version", SCHEMA_VERSION + 1).expect("set");
    drop(conn);
    let before = std::fs::read(bench.path("dateline.db")).expect("read");
    bench.write("docs/a.txt", "A text.");
    for args in [&["events"][..], &["accept", "e1"], &["build", "docs"], &["check"], &["ledger"]] {
        let told = bench.run(args).failed(2);
        assert!(
            told.contains("dateline.db: was made by a newer dateline") && told.contains("update dateline"),
            "{told}"
        );
    }
    assert_eq!(std::fs::read(bench.path("dateline.db")).expect("read"), before);
}
