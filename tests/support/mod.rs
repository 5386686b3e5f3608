//! What the whole-program tests share: the program, a folder to work in, and a database with known events.
#![allow(dead_code)]

use assert_cmd::Command;
use dateline::date::Date;
use dateline::document::{CharIndex, Document};
use dateline::event::{EventType, Extraction, Mention, MentionDate, Modality, Participant, Place, Role, Trigger};
use dateline::store::Store;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder that goes when the test ends.
pub struct Bench {
    pub dir: TempDir,
}

impl Bench {
    pub fn new() -> Self {
        Bench { dir: tempfile::tempdir().expect("a folder") }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("created");
        std::fs::write(&path, content).expect("written");
        path
    }

    /// The program, run in the folder, with these arguments.
    pub fn run(&self, args: &[&str]) -> Ran {
        self.run_with(args, "")
    }

    pub fn run_with(&self, args: &[&str], stdin: &str) -> Ran {
        let mut command = Command::cargo_bin("dateline").expect("the program is built");
        command.current_dir(self.dir.path()).env("COLUMNS", "100").args(args).write_stdin(stdin);
        let output = command.output().expect("it runs");
        Ran {
            code: output.status.code().expect("it ended by itself"),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }
}

/// Two texts must be equal; tells the first lines that are not.
pub fn same(left: &str, right: &str) {
    let differing: Vec<(&str, &str)> = left.lines().zip(right.lines()).filter(|(a, b)| a != b).take(3).collect();
    assert!(differing.is_empty(), "{differing:#?}");
    assert_eq!(left.lines().count(), right.lines().count());
}

/// How a run ended.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// The standard output of a run that must have ended well.
    pub fn ok(self) -> String {
        assert_eq!(self.code, 0, "{self:?}");
        self.out
    }

    /// The error output of a run that must have ended with this code.
    pub fn failed(self, code: i32) -> String {
        assert_eq!(self.code, code, "{self:?}");
        self.err
    }
}

/// One event of the made-up corpus: document, the sentence's trigger, date, category, actors ("<" targets), modality.
pub struct Told {
    pub doc: &'static str,
    pub sentence: &'static str,
    pub trigger: &'static str,
    pub date: &'static str,
    pub kind: EventType,
    pub subtype: Option<&'static str>,
    pub actors: &'static [&'static str],
    pub modality: Modality,
    pub place: Option<&'static str>,
}

/// An event of which all is left open.
pub const PLAIN: Told = Told {
    doc: "",
    sentence: "",
    trigger: "",
    date: "",
    kind: EventType::Consult,
    subtype: None,
    actors: &[],
    modality: Modality::Asserted,
    place: None,
};

/// Events of two made-up states, Ruritania (RUR) and Dustland (DUS), and the alliance NORD.
pub const CORPUS: &[Told] = &[
    Told {
        doc: "alpha",
        sentence: "King Rudolf signed the Treaty of Dustville on 13 May 2005.",
        trigger: "signed",
        date: "2005-05-13",
        kind: EventType::Support,
        subtype: Some("treaty.sign"),
        actors: &["RUR.RUDOLF", "<DUS"],
        place: Some("Dustville"),
        ..PLAIN
    },
    Told {
        doc: "alpha",
        sentence: "Ruritania expelled the Dustish garrison from its air base in 2005.",
        trigger: "expelled",
        date: "2005",
        kind: EventType::Sanction,
        subtype: Some("base.evict"),
        actors: &["RUR", "<DUS.ARMY"],
        ..PLAIN
    },
    Told {
        doc: "alpha",
        sentence: "Dustland will join NORD in spring 2006.",
        trigger: "join",
        date: "2006-21",
        kind: EventType::Agree,
        subtype: Some("member.join"),
        actors: &["DUS", "<NORD"],
        modality: Modality::Future,
        ..PLAIN
    },
    Told {
        doc: "beta",
        sentence: "The ministers of Ruritania and NORD met before 21 November 2005.",
        trigger: "met",
        date: "../2005-11-21",
        actors: &["RUR.MFA", "NORD"],
        ..PLAIN
    },
    Told {
        doc: "beta",
        sentence: "Dustland did not attack Ruritania in June 1999.",
        trigger: "attack",
        date: "1999-06",
        kind: EventType::Assault,
        actors: &["DUS", "<RUR"],
        modality: Modality::Negated,
        ..PLAIN
    },
];

fn mention(doc: &Document, told: &Told) -> Mention {
    mention_in(doc, told, told.sentence)
}

/// The mention of an event in a sentence of the document.
pub fn mention_in(doc: &Document, told: &Told, sentence: &str) -> Mention {
    let chars = CharIndex::new(&doc.text);
    let at = doc.text.find(sentence).expect("the sentence is in the document");
    let word = at + sentence.find(told.trigger).expect("the trigger is in the sentence");
    let quote = chars.range(&(at..at + sentence.len()));
    let trigger = chars.range(&(word..word + told.trigger.len()));
    let actors = told.actors.iter().map(|a| participant(a)).collect();
    Mention {
        doc: doc.id.clone(),
        start: quote.start,
        end: quote.end,
        quote: sentence.into(),
        trigger: Trigger { start: trigger.start, end: trigger.end, text: told.trigger.into() },
        lemma: told.trigger.into(),
        paragraph: Some(1),
        marking: Some("C".into()),
        zone: "body".into(),
        kind: told.kind,
        mode: None,
        subtype: told.subtype.map(Into::into),
        contexts: Vec::new(),
        actors,
        modality: told.modality,
        attributed_to: None,
        place: told.place.map(|p| Place { name: p.into(), country: "DUS".into(), lat: None, lon: None }),
        when: MentionDate {
            date: Date::from_edtf(told.date).expect("a date"),
            rule: "bound-timex".into(),
            anchor: "none".into(),
            trace: format!("\"{}\" by test", told.date),
            warning: None,
        },
        named_event: None,
        headline: sentence.split(" in ").next().unwrap_or_default().trim_end_matches('.').into(),
        salience: 0.5,
        confidence: 0.8,
    }
}

fn participant(code: &str) -> Participant {
    let (code, role) = match code.strip_prefix('<') {
        Some(code) => (code, Role::Target),
        None => (code, Role::Initiator),
    };
    let top = code.split('.').next().unwrap_or(code);
    Participant { code: code.into(), top: top.into(), role, text: String::new() }
}

/// A database with the made-up corpus; the same every time.
pub fn database(path: &Path) {
    let mut store = Store::create(path).expect("a database");
    let mut names: Vec<&str> = CORPUS.iter().map(|t| t.doc).collect();
    names.dedup();
    for name in names {
        let told: Vec<&Told> = CORPUS.iter().filter(|t| t.doc == name).collect();
        let text: Vec<&str> = told.iter().map(|t| t.sentence).collect();
        let mut doc = Document::from_text(name, text.join(" "));
        doc.source = format!("docs/{name}.txt");
        let sentences = dateline::text::sentences(&doc);
        let mentions = told.iter().map(|t| mention(&doc, t)).collect();
        let found = Extraction { sentences, timexes: Vec::new(), mentions };
        store.write_document(&doc, &found, "test").expect("written");
    }
    store.rebuild_events().expect("merged");
}
