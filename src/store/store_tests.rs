use super::*;
use crate::date::Date;
use crate::document::Document;
use crate::event::{EventType, Extraction, Mention, MentionDate, Modality, Participant, Place, Role, Trigger};
use crate::merge::Event;
use crate::rules::Rules;

/// An event of that identifier and date between two states.
pub(crate) fn event(uid: &str, edtf: &str) -> Event {
    Event {
        uid: uid.into(),
        headline: "Ruritania signs a treaty with Dustland".into(),
        kind: EventType::Support,
        mode: None,
        subtype: Some("treaty.sign".into()),
        contexts: Vec::new(),
        actors: vec![actor("RUR.KING", Role::Initiator), actor("DUS", Role::Target)],
        modality: Modality::Asserted,
        place: None,
        date: Date::from_edtf(edtf).expect("a date"),
        date_trace: String::new(),
        conflict: false,
        warning: None,
        named_event: None,
        salience: 0.5,
        confidence: 0.8,
        accounts: 1,
        documents: 1,
        sources: 1,
    }
}

fn actor(code: &str, role: Role) -> Participant {
    Participant { code: code.into(), top: code.split('.').next().unwrap_or(code).into(), role, text: String::new() }
}

/// A document with one mention for each sentence that holds "signed", dated `edtf`.
pub(crate) fn found(source: &str, text: &str, edtf: &str) -> (Document, Extraction) {
    let mut doc = Document::from_text(source, text);
    doc.source = format!("dir/{source}.txt");
    let sentences = crate::text::sentences(&doc);
    let chars = crate::document::CharIndex::new(&doc.text);
    let mentions = sentences
        .iter()
        .filter_map(|s| {
            let quote = doc.text[s.range.clone()].to_string();
            let at = s.range.start + quote.find("signed")?;
            let (place, trigger) = (chars.range(&s.range), chars.range(&(at..at + 6)));
            Some(Mention {
                doc: doc.id.clone(),
                start: place.start,
                end: place.end,
                quote,
                trigger: Trigger { start: trigger.start, end: trigger.end, text: "signed".into() },
                lemma: "sign".into(),
                paragraph: Some(1),
                marking: None,
                zone: "body".into(),
                kind: EventType::Support,
                mode: None,
                subtype: Some("treaty.sign".into()),
                contexts: Vec::new(),
                actors: event("", edtf).actors,
                modality: Modality::Asserted,
                attributed_to: None,
                place: None,
                when: MentionDate {
                    date: Date::from_edtf(edtf).expect("a date"),
                    rule: "bound-timex".into(),
                    anchor: "none".into(),
                    trace: "test".into(),
                    warning: None,
                },
                named_event: None,
                headline: "Ruritania signs a treaty with Dustland".into(),
                salience: 0.5,
                confidence: 0.8,
            })
        })
        .collect();
    (doc, Extraction { sentences, timexes: Vec::new(), mentions })
}

const TEXT: &str = "The König of Ruritania signed a treaty. It was raining — hard. Dustland signed it later.\n";

#[test]
fn what_is_written_is_read_back_and_whole() {
    let mut store = Store::in_memory().expect("a database");
    let (doc, extraction) = found("a", TEXT, "2005-05");
    store.write_document(&doc, &extraction, "r1").expect("written");
    store.rebuild_events().expect("merged");
    assert_eq!(check(&store).expect("checked"), Vec::<String>::new());
    let (_, accounts) = store.accounts().expect("read");
    assert_eq!(accounts.iter().map(|a| a.mention.clone()).collect::<Vec<_>>(), extraction.mentions);
    let hits: i64 = store
        .conn
        .query_row("SELECT count(*) FROM sentence_fts WHERE sentence_fts MATCH 'dustland'", [], |r| r.get(0))
        .expect("searched");
    assert_eq!(hits, 1);
    for view in ["events", "accounts", "dyads", "timeline", "sources"] {
        let rows: i64 =
            store.conn.query_row(&format!("SELECT count(*) FROM {view}"), [], |r| r.get(0)).expect("a view answers");
        assert!(rows > 0, "{view}");
    }
}

#[test]
fn check_finds_what_does_not_fit() {
    let mut store = Store::in_memory().expect("a database");
    let (doc, extraction) = found("a", TEXT, "2005-05");
    store.write_document(&doc, &extraction, "r1").expect("written");
    store.rebuild_events().expect("merged");
    for (harm, told) in [
        ("UPDATE mention SET lo = lo - 400", "date: mention "),
        ("UPDATE event SET edtf = '2005-99'", "date: event "),
        ("UPDATE block SET end_ = end_ + 100000", "paragraph outside its document"),
        ("UPDATE mention SET quote = 'other words'", "quote not in its document"),
        ("DROP TRIGGER sentence_changed; UPDATE sentence SET text = 'other words'", "search index"),
    ] {
        store.conn.execute_batch(&format!("SAVEPOINT harm; {harm}")).expect("harmed");
        let faults = check(&store).expect("checked");
        assert!(faults.iter().any(|f| f.contains(told)), "{harm}: {faults:?}");
        store.conn.execute_batch("ROLLBACK TO harm; RELEASE harm").expect("mended");
        assert_eq!(check(&store).expect("checked"), Vec::<String>::new());
    }
}

#[test]
fn what_a_build_was_told_of_merging_holds_whenever_events_are_merged_again() {
    let mut store = Store::in_memory().expect("a database");
    let (one, mut told) = found("a", "Ruritania and Dustland signed a border pact.", "2005-05-13");
    let (other, mut again) = found("b", "What Dustland and Ruritania signed was an accord.", "2005-05-13");
    for mention in [&mut told.mentions[0], &mut again.mentions[0]] {
        mention.subtype = None;
        mention.place = Some(Place { name: "Strelsau".into(), country: "RUR".into(), lat: None, lon: None });
    }
    again.mentions[0].lemma = "paraph".into();
    store.write_document(&one, &told, "r1").expect("written");
    store.write_document(&other, &again, "r1").expect("written");
    let events = |store: &mut Store| -> i64 {
        store.rebuild_events().expect("merged");
        store.conn.query_row("SELECT count(*) FROM event", [], |r| r.get(0)).expect("counted")
    };
    assert_eq!(events(&mut store), 2, "nobody knows the word");
    let text = "[[family]]\nname = \"signature\"\nwords = [\"paraph\"]\nsame = [[\"paraph\", \"sign\"]]";
    let own = Rules::builtin().with_files([("merge-own.toml".to_string(), text.to_string())]);
    store.set_merge_words(&own).expect("remembered");
    assert_eq!(events(&mut store), 1);
    assert_eq!(events(&mut store), 1, "no rules are given to a later merge");
    store.set_merge_words(&Rules::builtin()).expect("forgotten");
    assert_eq!(events(&mut store), 2);
}

#[test]
fn writing_again_replaces_and_events_keep_their_names() {
    let mut store = Store::in_memory().expect("a database");
    let (doc, extraction) = found("a", TEXT, "2005-05");
    store.write_document(&doc, &extraction, "r1").expect("written");
    store.rebuild_events().expect("merged");
    let first = dump(&store).expect("dumped");
    store.write_document(&doc, &extraction, "r1").expect("written again");
    assert_eq!(store.state("events").expect("read").as_deref(), Some("stale"));
    store.rebuild_events().expect("merged again");
    assert_eq!(dump(&store).expect("dumped"), first);
    store.remove_document("dir/a.txt").expect("removed");
    store.rebuild_events().expect("merged");
    let left: i64 = store
        .conn
        .query_row(
            "SELECT (SELECT count(*) FROM mention) + (SELECT count(*) FROM sentence) + (SELECT count(*) FROM event)",
            [],
            |r| r.get(0),
        )
        .expect("counted");
    assert_eq!(left, 0);
    assert_eq!(check(&store).expect("checked"), Vec::<String>::new());
}

#[test]
fn a_quote_that_is_not_there_is_refused() {
    let mut store = Store::in_memory().expect("a database");
    let (doc, mut extraction) = found("a", TEXT, "2005-05");
    extraction.mentions[1].start += 1;
    let message = store.write_document(&doc, &extraction, "r1").expect_err("refused").to_string();
    assert!(message.contains("dir/a.txt") && message.contains("does not stand at characters"), "{message}");
    assert!(store.stored().expect("read").is_empty());
}

#[test]
fn fingerprints_tell_sentences_apart_and_ignore_line_breaks() {
    let (doc, extraction) = found("a", TEXT, "2005-05");
    let prints = fingerprint(&doc.text, &extraction.mentions);
    assert_ne!(prints[0], prints[1]);
    let (wrapped, again) = found("a", &TEXT.replace("a treaty", "a\ntreaty"), "1999");
    assert_eq!(fingerprint(&wrapped.text, &again.mentions), prints);
    let mut twice = extraction.mentions.clone();
    twice[1] = twice[0].clone();
    let prints = fingerprint(&doc.text, &twice);
    assert_ne!(prints[0], prints[1]);
}

#[test]
fn what_is_no_database_of_ours_is_refused() {
    let dir = tempfile::tempdir().expect("a folder");
    let told = |path: &std::path::Path| {
        (
            Store::open(path).expect_err("refused to read").to_string(),
            Store::create(path).expect_err("refused to write").to_string(),
        )
    };
    let text = dir.path().join("text.db");
    std::fs::write(&text, "This is no database, only a text that is long enough to look at. ".repeat(20))
        .expect("written");
    let other = dir.path().join("other.db");
    rusqlite::Connection::open(&other).and_then(|c| c.execute_batch("CREATE TABLE t (x)")).expect("made");
    for path in [&text, &other] {
        let (read, write) = told(path);
        assert!(read.contains("is no dateline database") && read.contains("--db"), "{read}");
        assert!(write.contains("is no dateline database"), "{write}");
    }
    let newer = dir.path().join("newer.db");
    Store::create(&newer).expect("made");
    rusqlite::Connection::open(&newer).and_then(|c| c.pragma_update(None, "user_version", 99)).expect("set");
    let (read, write) = told(&newer);
    assert!(read.contains("newer dateline (schema 99") && write.contains("newer"), "{read}");
    assert!(Store::open(&dir.path().join("none.db")).expect_err("missing").to_string().contains("dateline build"));
    assert!(Store::create(&dir.path().join("no/x.db")).expect_err("no folder").to_string().contains("does not exist"));
    assert!(Store::create(dir.path()).expect_err("a folder").to_string().contains("is a folder"));
    assert_eq!(std::fs::read_to_string(&text).expect("unharmed").len(), 65 * 20);
}

#[test]
fn a_second_writer_waits_then_says_who_writes() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("a.db");
    let first = Store::create(&path).expect("made");
    let soon = std::time::Duration::from_millis(150);
    let message = Store::create_within(&path, soon).expect_err("held").to_string();
    assert!(message.contains(&format!("process {}", std::process::id())), "{message}");
    assert!(Store::open(&path).is_ok(), "readers are not kept out");
    drop(first);
    drop(Store::create_within(&path, soon).expect("free again"));
    let left: Vec<_> =
        std::fs::read_dir(dir.path()).expect("listed").filter_map(|e| Some(e.ok()?.file_name())).collect();
    assert_eq!(left, ["a.db"]);
}

#[test]
fn a_full_disk_is_told_and_harms_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("a.db");
    let mut store = Store::create(&path).expect("made");
    let (doc, extraction) = found("a", TEXT, "2005-05");
    store.write_document(&doc, &extraction, "r1").expect("written");
    let pages: i64 = store.conn.pragma_query_value(None, "page_count", |r| r.get(0)).expect("counted");
    store.conn.pragma_update(None, "max_page_count", pages).expect("set");
    let (big, found_in_it) = found("b", &TEXT.repeat(2000), "2005-05");
    let message = store.write_document(&big, &found_in_it, "r1").expect_err("no room").to_string();
    assert!(message.contains("a.db") && message.contains("disk is full"), "{message}");
    drop(store);
    let store = Store::open(&path).expect("opens");
    assert_eq!(check(&store).expect("checked"), Vec::<String>::new());
    assert_eq!(store.stored().expect("read").len(), 1);
}

#[test]
fn findings_that_cannot_be_true_are_that_documents_error_and_leave_what_was_stored() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut store = Store::create(&dir.path().join("a.db")).expect("made");
    let (doc, good) = found("a", TEXT, "2005-05");
    store.write_document(&doc, &good, "r1").expect("written");
    let before = store.conn.query_row("SELECT count(*) FROM mention", [], |r| r.get::<_, i64>(0)).expect("counted");
    let mut bad = good.clone();
    let span = &mut bad.mentions[0].when.date.span;
    (span.earliest, span.latest) = ("2005-05-02".parse().ok(), "2005-05-01".parse().ok());
    let error = store.write_document(&doc, &bad, "r1").expect_err("refused");
    assert!(matches!(&error, crate::Error::Document { .. }), "{error}");
    assert!(error.to_string().contains("dir/a.txt"), "{error}");
    let after = store.conn.query_row("SELECT count(*) FROM mention", [], |r| r.get::<_, i64>(0)).expect("counted");
    assert_eq!((before, after > 0), (after, true));
}
