use super::super::{FilterArgs, Global};
use super::session::{Mode, Session};
use super::{ReviewArgs, screen};
use crate::store::tests::found;
use crate::store::{Store, check};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// Three documents of which two tell of the same treaty, with dates too far apart to be merged by themselves.
fn review(dir: &std::path::Path) -> Session {
    let db = dir.join("a.db");
    let mut store = Store::create(&db).expect("made");
    for (name, text, date) in [
        (
            "a",
            "It rained all day. The King of Ruritania signed a treaty with Dustland. The crowd went home.",
            "2005-05",
        ),
        ("b", "A year on. Ruritania's king signed the paper with Dustland. It holds.", "2005-05-31/2006-05-31"),
        ("c", "Dustland signed another one with the same king.", "1999"),
    ] {
        let (doc, extraction) = found(name, text, date);
        store.write_document(&doc, &extraction, "test").expect("written");
    }
    store.rebuild_events().expect("merged");
    drop(store);
    let args = ReviewArgs { filter: FilterArgs::default(), salient: false, again: false, who: Some("anna".into()) };
    Session::open(&Global { db, quiet: true }, &args).expect("opened")
}

fn press(session: &mut Session, keys: &str) {
    for c in keys.chars() {
        let code = match c {
            '\n' => KeyCode::Enter,
            '\x08' => KeyCode::Backspace,
            '\x1b' => KeyCode::Esc,
            c => KeyCode::Char(c),
        };
        session.key(KeyEvent::new(code, KeyModifiers::NONE));
    }
}

/// The screen as text.
fn screen(session: &mut Session, width: u16, height: u16) -> String {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("a terminal");
    terminal.draw(|frame| screen::draw(frame, session)).expect("drawn");
    let buffer = terminal.backend().buffer();
    let rows = buffer.content().chunks(usize::from(width));
    rows.map(|row| row.iter().map(|cell| cell.symbol()).collect::<String>().trim_end().to_string() + "\n").collect()
}

fn status(dir: &std::path::Path) -> Vec<String> {
    let store = Store::open(&dir.join("a.db")).expect("opens");
    assert_eq!(check(&store).expect("checked"), Vec::<String>::new());
    let mut statement = store.conn.prepare("SELECT edtf || ' ' || status FROM event ORDER BY id").expect("prepared");
    statement.query_map([], |r| r.get(0)).expect("asked").map(|r| r.expect("a text")).collect()
}

#[test]
fn one_event_at_a_time_with_its_quote_in_context() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut session = review(dir.path());
    press(&mut session, "s");
    let text = screen(&mut session, 100, 30);
    for part in [
        "2 of 3",
        "Ruritania signs a treaty with Dustland",
        "May 2005",
        "…It rained all day. The King of Ruritania",
        "The crowd went home.…",
        "May be the same (m merges):",
        "a accept  r reject",
    ] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
    let mut terminal = Terminal::new(TestBackend::new(100, 30)).expect("a terminal");
    terminal.draw(|frame| screen::draw(frame, &mut session)).expect("drawn");
    let marked: String = terminal
        .backend()
        .buffer()
        .content()
        .iter()
        .skip(100)
        .filter(|c| c.modifier.contains(ratatui::style::Modifier::REVERSED))
        .map(|c| c.symbol())
        .collect();
    assert_eq!(marked, "signed");
    // A screen too small for anything is no failure.
    for (width, height) in [(1, 1), (20, 4), (400, 3)] {
        screen(&mut session, width, height);
    }
}

#[test]
fn keys_decide_and_undo_takes_back() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut session = review(dir.path());
    press(&mut session, "ar");
    assert_eq!(status(dir.path()), ["1999 accepted", "2005-05 rejected", "2005-05-31/2006-05-31 machine"]);
    press(&mut session, "u");
    assert!(screen(&mut session, 80, 20).contains("2 of 3"));
    assert_eq!(status(dir.path())[1], "2005-05 machine");
    press(&mut session, "uu");
    assert_eq!(status(dir.path())[0], "1999 machine");
    assert_eq!(session.message, "nothing was decided in this review");
    press(&mut session, "q");
    assert!(session.over);
}

#[test]
fn fields_are_edited_and_slips_are_kept() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut session = review(dir.path());
    press(&mut session, "d");
    assert_eq!(session.mode, Mode::Edit(0, "1999".into()));
    press(&mut session, "zz\n");
    assert!(session.message.contains("is no period"), "{}", session.message);
    assert_eq!(session.mode, Mode::Edit(0, "1999zz".into()));
    press(&mut session, "\x1b");
    press(&mut session, "d\x08\x08\x08\x08May 2006\n");
    assert_eq!(status(dir.path())[2], "2006-05 edited");
    press(&mut session, "i\x08\x08\x08\x08\x08\x08\x08\x08DUS\n");
    press(&mut session, "yX\n");
    assert!(session.message.contains("no type"), "{}", session.message);
    press(&mut session, "\x1b\x1b");
    assert!(session.over);
}

#[test]
fn twins_are_merged_and_parted_again() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut session = review(dir.path());
    press(&mut session, "sm1");
    assert_eq!(status(dir.path()), ["1999 machine", "2005-05-31 accepted"], "{}", session.message);
    let shown = screen(&mut session, 100, 30);
    assert!(shown.contains("2 of 2"), "{shown}");
    press(&mut session, "u");
    assert_eq!(status(dir.path()).len(), 3);
    press(&mut session, "m9");
    assert_eq!(session.message, "not merged");
}
