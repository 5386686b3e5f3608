//! The researcher's decisions: they show, they survive every build, they can be undone and exchanged.

mod support;

use dateline::store::{Store, dump};
use support::{Bench, database};

fn bench() -> Bench {
    let bench = Bench::new();
    database(&bench.path("dateline.db"));
    bench
}

/// The identifier of the only event told with this word.
fn event(bench: &Bench, word: &str) -> String {
    let out = bench.run(&["events", "--all", "--text", word, "--format", "json"]).ok();
    let json: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(json["events"].as_array().map(Vec::len), Some(1), "{word}: {out}");
    json["events"][0]["uid"].as_str().expect("an identifier").to_string()
}

fn field(bench: &Bench, uid: &str, name: &str) -> serde_json::Value {
    let out = bench.run(&["show", uid, "--json"]).ok();
    serde_json::from_str::<serde_json::Value>(&out).expect("JSON")[name].clone()
}

#[test]
fn accepted_rejected_and_edited_events_look_different() {
    let bench = bench();
    let (treaty, base, visit) = (event(&bench, "treaty"), event(&bench, "garrison"), event(&bench, "ministers"));
    bench.run(&["accept", &treaty, "--why", "checked"]).ok();
    bench.run(&["reject", &base]).ok();
    let out =
        bench.run(&["set", &visit, "date=between 1 and 5 October 2005", "type=SUPPORT", "headline=A meeting"]).ok();
    assert!(out.contains("(edited): A meeting, between 1 and 5 October 2005"), "{out}");
    assert_eq!(field(&bench, &treaty, "status"), "accepted");
    assert_eq!(field(&bench, &visit, "edtf"), "2005-10-01/2005-10-05");
    let listed = bench.run(&["events"]).ok();
    assert!(listed.contains("[accepted]") && listed.contains("[edited]") && !listed.contains("garrison"), "{listed}");
    assert!(bench.run(&["events", "--all"]).ok().contains("[rejected]"));
    let shown = bench.run(&["show", &visit]).ok();
    assert!(shown.contains("was ../2005-11-21"), "{shown}");
    assert_eq!(bench.run(&["check"]).ok(), "dateline.db is whole\n");
}

#[test]
fn merged_and_split_events_can_be_undone() {
    let bench = bench();
    let (treaty, base) = (event(&bench, "treaty"), event(&bench, "garrison"));
    bench.run(&["merge", &treaty, &base]).ok();
    let one = event(&bench, "treaty");
    assert_eq!(one, event(&bench, "garrison"));
    assert_eq!(field(&bench, &one, "accounts"), 2);
    let gone = if one == treaty { &base } else { &treaty };
    let told = bench.run(&["show", gone]).failed(2);
    assert!(told.contains(&format!("was merged into {one}")), "{told}");
    bench.run(&["split", &one, "2"]).ok();
    assert_ne!(event(&bench, "treaty"), event(&bench, "garrison"));
    bench.run(&["undo"]).ok();
    assert_eq!(event(&bench, "treaty"), event(&bench, "garrison"));
    let merge = bench.run(&["ledger"]).ok();
    let key = merge.lines().find(|l| l.contains(" merge ")).and_then(|l| l.split(' ').next()).expect("a key");
    bench.run(&["undo", key]).ok();
    assert_ne!(event(&bench, "treaty"), event(&bench, "garrison"));
    assert!(bench.run(&["undo", key]).failed(2).contains("undone already"));
    assert_eq!(bench.run(&["check"]).ok(), "dateline.db is whole\n");
}

#[test]
fn events_are_added_linked_and_remarked_upon() {
    let bench = bench();
    let out = bench.run(&["add", "headline=Ruritania joins NORD", "date=May 2006", "initiators=RUR,NORD"]).ok();
    assert!(out.contains("(manual): Ruritania joins NORD, May 2006"), "{out}");
    let added = event(&bench, "Ruritania joins");
    let plan = event(&bench, "spring");
    bench.run(&["link", &added, "realises", &plan]).ok();
    bench.run(&["note", &plan, "Compare the yearbook."]).ok();
    let shown = bench.run(&["show", &plan]).ok();
    assert!(shown.contains("Compare the yearbook.") && shown.contains(&format!("realised by {added}")), "{shown}");
    assert_eq!(bench.run(&["events", "--unconfirmed"]).code, 1);
    bench.run(&["set", &added, "contexts=Military, diplomatic"]).ok();
    assert_eq!(field(&bench, &added, "contexts"), serde_json::json!(["military", "diplomatic"]));
    assert_eq!(bench.run(&["events", "--context", "economic,military"]).ok().matches(&added).count(), 1);
    assert_eq!(bench.run(&["events", "--context", "economic"]).code, 1);
    assert!(bench.run(&["add", "headline=Nothing"]).failed(2).contains("needs a date"));
    assert!(bench.run(&["set", &added, "colour=red"]).failed(2).contains("there are date, headline"));
    assert!(bench.run(&["set", &added, "initiators=RUX"]).failed(2).contains("did you mean RUR"));
    assert_eq!(bench.run(&["check"]).ok(), "dateline.db is whole\n");
}

#[test]
fn ledgers_go_from_one_author_to_another() {
    let (anna, ben) = (bench(), bench());
    anna.run(&["accept", &event(&anna, "treaty"), "--who", "anna"]).ok();
    anna.run(&["set", &event(&anna, "garrison"), "date=2005-11", "--who", "anna"]).ok();
    ben.run(&["reject", &event(&ben, "attack"), "--who", "ben"]).ok();
    anna.run(&["ledger", "export", "-o", "anna.jsonl", "-q"]).ok();
    std::fs::copy(anna.path("anna.jsonl"), ben.path("anna.jsonl")).expect("sent");
    let out = ben.run(&["ledger", "import", "anna.jsonl"]).ok();
    assert_eq!(out, "2 decisions added, 0 known already, 0 stale\n");
    assert_eq!(ben.run(&["ledger", "import", "anna.jsonl"]).ok(), "0 decisions added, 2 known already, 0 stale\n");
    assert_eq!(field(&ben, &event(&ben, "garrison"), "edtf"), "2005-11");
    assert_eq!(ben.run(&["ledger"]).ok().lines().count(), 3);
    let text = std::fs::read_to_string(ben.path("anna.jsonl")).expect("read");
    ben.write("wrong.jsonl", text.replace("\"accept\"", "\"praise\""));
    let told = ben.run(&["ledger", "import", "wrong.jsonl"]).failed(2);
    assert!(told.contains("wrong.jsonl, line 1") && told.contains("nothing was imported"), "{told}");
}

#[test]
fn replaying_changes_nothing_and_lost_words_are_stale() {
    let bench = bench();
    let (treaty, base, visit) = (event(&bench, "treaty"), event(&bench, "garrison"), event(&bench, "ministers"));
    bench.run(&["accept", &treaty]).ok();
    bench.run(&["set", &base, "place=Karshi, DUS"]).ok();
    bench.run(&["reject", &visit]).ok();
    let content = || dump(&Store::open(&bench.path("dateline.db")).expect("opens")).expect("dumped");
    let before = content();
    Store::create(&bench.path("dateline.db")).and_then(|mut s| s.rebuild_events()).expect("replayed");
    support::same(&content(), &before);
    let mut store = Store::create(&bench.path("dateline.db")).expect("opens");
    store.remove_document("docs/beta.txt").and_then(|()| store.rebuild_events()).expect("removed");
    drop(store);
    let ledger = bench.run(&["ledger"]).ok();
    assert!(ledger.lines().any(|l| l.contains("reject") && l.contains("stale")), "{ledger}");
    database(&bench.path("dateline.db"));
    // When its words are back, the decision holds again.
    support::same(&content(), &before);
}

#[test]
fn releases_are_frozen_and_compared() {
    let bench = bench();
    assert_eq!(bench.run(&["release", "v1"]).ok(), "v1: 5 events frozen\n");
    assert!(bench.run(&["release", "v1"]).failed(2).contains("already"));
    assert_eq!(bench.run(&["diff", "v1"]).code, 1);
    bench.run(&["set", &event(&bench, "treaty"), "date=2005-05-14"]).ok();
    bench.run(&["reject", &event(&bench, "garrison")]).ok();
    bench.run(&["add", "headline=A flood", "date=2001"]).ok();
    let out = bench.run(&["diff", "v1"]).ok();
    assert!(out.contains("date: \"2005-05-13\" → \"2005-05-14\"") && out.contains("(a decision)"), "{out}");
    assert!(out.ends_with("From v1 to now: 1 new, 1 gone, 1 changed\n"), "{out}");
    bench.run(&["release", "v2"]).ok();
    assert_eq!(bench.run(&["diff", "v1", "v2"]).ok().replace("v2", "now"), out);
    assert!(bench.run(&["diff", "v0"]).failed(2).contains("releases: v1, v2"));
    assert_eq!(bench.run(&["release"]).ok().lines().count(), 2);
}

#[test]
fn small_tables_answer() {
    let bench = bench();
    let tone = bench.run(&["tone", "--actor", "RUR", "--with", "DUS", "--format", "csv"]).ok();
    assert_eq!(tone, "year,events,cooperation,conflict,mean score,sum of scores\n2005,2,1,1,-0.50,-1.0\n");
    let met = bench.run(&["meetings"]).ok();
    assert!(met.contains("NORD") && met.contains("RUR.MFA") && met.contains("2005-11-21"), "{met}");
    assert_eq!(bench.run(&["lag"]).code, 1, "the documents have no dates");
    let gaps = bench.run(&["silences", "--format", "json"]).ok();
    assert!(gaps.contains("1 July 1999") && gaps.contains("12 May 2005"), "{gaps}");
    let months = bench.run(&["coverage", "--format", "csv"]).ok();
    assert_eq!(months, "month,documents,events\n1999-06,0,1\n2005-05,0,1\n");
    assert_eq!(bench.run(&["roles"]).code, 1);
    let near = bench.run(&["events", "--around", &event(&bench, "treaty"), "--days", "200"]).ok();
    assert!(near.contains("Between 25 October 2004 and 29 November 2005: 0 definite, 2 possible events"), "{near}");
}
