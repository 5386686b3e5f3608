//! The sample documents: each is read by its own format, is dated, says that it is a sample, and names its actors.

use dateline::actor::{Context, Lexicon};
use dateline::document::Document;
use dateline::rules::Rules;
use dateline::text::sentences;
use std::path::PathBuf;

/// File, format, day of the document, and a state or organisation that its text must name.
const SAMPLES: [(&str, &str, &str, &str); 15] = [
    ("05TASHKENT90001.txt", "cable-browser", "2005-07-30", "UZB"),
    ("05DUSHANBE90002.txt", "cable-browser", "2005-11-23", "RUS"),
    ("05BISHKEK90003.txt", "wikileaks-text", "2005-06-20", "KGZ"),
    ("99TASHKENT90006.txt", "wikileaks-text", "1999-04-06", "CST"),
    ("06MOSCOW90004.txt", "cable-viewer", "2006-08-18", "CSTO"),
    ("08USNATO90005.txt", "cable-viewer", "2008-04-07", "NATO"),
    ("paperblog-2009.txt", "paperblog", "2009-10-30", "EU"),
    ("paperblog-2012.txt", "paperblog", "2012-07-02", "SCO"),
    ("monitor-1999-04.txt", "periodical-brief", "1999-04-05", "CST"),
    ("monitor-2001-10.txt", "periodical-brief", "2001-10-15", "USA"),
    ("chronology-1991-1994.txt", "plain-text", "1996-08-12", "CST"),
    ("retrospect-2013.txt", "plain-text", "2013-03-03", "CSTO"),
    ("us-uzbek-relations.md", "markdown", "2003-03-05", "IMU"),
    ("news-2005-11-15.html", "html-article", "2005-11-15", "EU"),
    ("news-2012-06-29.html", "html-article", "2012-06-29", "CSTO"),
];

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/samples"))
}

#[test]
fn every_sample_is_listed_and_reads_as_what_it_is() {
    let mut files: Vec<String> = std::fs::read_dir(folder())
        .expect("tests/samples")
        .map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    files.sort();
    let mut listed: Vec<&str> = SAMPLES.iter().map(|s| s.0).collect();
    listed.sort_unstable();
    assert_eq!(files, listed);
    for (file, format, day, _) in SAMPLES {
        let doc = Document::read(&folder().join(file)).expect(file);
        assert_eq!(doc.format, format, "{file}");
        match doc.date.as_ref().map(|d| d.day.to_string()) {
            Some(date) => assert_eq!(date, day, "{file}: {:?}", doc.warnings),
            None => assert_eq!(format, "plain-text", "{file} has no date: {:?}", doc.warnings),
        }
        let bytes = std::fs::read_to_string(folder().join(file)).expect(file);
        assert!(bytes.contains("SAMPLE written for dateline"), "{file} does not say that it is a sample");
    }
}

#[test]
fn every_sample_names_its_actors() {
    let lexicon = Lexicon::new(&Rules::builtin()).expect("the built-in actor files");
    for (file, _, _, actor) in SAMPLES {
        let doc = Document::read(&folder().join(file)).expect(file);
        let all = sentences(&doc);
        let context = Context { origin: doc.meta.origin.as_deref(), date: doc.date.as_ref().map(|d| d.day) };
        let hits = lexicon.find_document(&doc.text, &all, &context);
        let told = all.iter().zip(&hits).filter(|(s, _)| s.zone.tells_events()).flat_map(|(_, h)| h);
        let tops: Vec<&str> = told.map(|h| lexicon.top(&h.code)).collect();
        assert!(tops.contains(&actor) && tops.contains(&"UZB"), "{file}: {tops:?}");
    }
}
