//! The five seed documents: identifiers, dates with their basis, zones, and that no word is lost.

use dateline::document::{DateBasis, Document, Zone};
use dateline::text::{Sentence, sentences};
use std::path::PathBuf;

/// The seed that begins with `prefix`, or `None` (said aloud) where the shared folder is missing.
fn seed(prefix: &str) -> Option<Document> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds"));
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("SKIPPED: {} is not here", folder.display());
        return None;
    };
    let mut paths: Vec<PathBuf> = entries.filter_map(|e| e.ok().map(|e| e.path())).collect();
    paths.sort();
    let path = paths.into_iter().find(|p| p.file_name().is_some_and(|n| n.to_string_lossy().starts_with(prefix)))?;
    Some(Document::read(&path).expect("a seed reads"))
}

fn told(doc: &Document) -> Vec<(Sentence, String)> {
    sentences(doc)
        .into_iter()
        .filter(|s| s.zone.tells_events())
        .map(|s| {
            let words: Vec<&str> = s.tokens.iter().map(|t| &doc.text[t.range()]).collect();
            let words = words.join(" ");
            (s, words)
        })
        .collect()
}

/// Every word of the text is in a block, in order, and every offset lies on a character boundary.
fn assert_whole(doc: &Document) {
    let mut at = 0;
    for block in &doc.blocks {
        assert!(at <= block.range.start && block.range.start < block.range.end, "{}: blocks overlap", doc.id);
        let gap = &doc.text[at..block.range.start];
        assert!(!gap.contains(char::is_alphanumeric), "{}: lost {gap:?}", doc.id);
        let mut inner = block.range.start;
        for skip in &block.skip {
            assert!(inner <= skip.start && skip.start < skip.end && skip.end <= block.range.end, "{}: skips", doc.id);
            inner = skip.end;
            assert!(doc.text.get(skip.clone()).is_some());
        }
        at = block.range.end;
    }
    assert!(!doc.text[at..].contains(char::is_alphanumeric), "{}: lost the end", doc.id);
}

fn check(prefix: &str, id: &str, format: &str, day: &str, basis: DateBasis) -> Option<Document> {
    let doc = seed(prefix)?;
    assert_eq!((doc.id.as_str(), doc.format), (id, format));
    let date = doc.date.as_ref().expect("a date");
    assert_eq!((date.day.to_string().as_str(), date.basis), (day, basis));
    assert_eq!(date.span.days(), Some(1));
    assert_whole(&doc);
    Some(doc)
}

fn zone_of(doc: &Document, words: &str) -> Vec<Zone> {
    doc.blocks.iter().filter(|b| doc.text[b.range.clone()].contains(words)).map(|b| b.zone).collect()
}

#[test]
fn cable_browser_page() {
    let Some(doc) = check("000", "05DUSHANBE1839", "cable-browser", "2005-11-21", DateBasis::Header) else { return };
    assert_eq!(zone_of(&doc, "15 years ago"), [Zone::Boilerplate]);
    assert_eq!(zone_of(&doc, "released 2011-10-04"), [Zone::Boilerplate]);
    assert_eq!(zone_of(&doc, "DECL:"), [Zone::Header]);
    assert!(
        told(&doc).iter().any(|(_, words)| words.contains("list of 12 Uzbek officials")),
        "blank lines are bridged"
    );
    assert_eq!(doc.blocks.iter().filter_map(|b| b.number).max(), Some(9));
    assert_eq!(doc.meta.author.as_deref(), Some("HOAGLAND"));
}

#[test]
fn wikileaks_page_in_lower_case() {
    let Some(doc) = check("001", "00TASHKENT4223", "wikileaks-text", "2000-11-02", DateBasis::Header) else { return };
    assert_eq!(doc.date_claims.len(), 2);
    let comment = doc.blocks.iter().find(|b| b.zone == Zone::Comment).expect("a comment");
    assert_eq!((comment.number, comment.marking.as_deref()), (Some(16), Some("C")));
    let numbers: Vec<u32> = doc.blocks.iter().filter(|b| b.zone.tells_events()).filter_map(|b| b.number).collect();
    assert_eq!(numbers, (1..=16).collect::<Vec<u32>>());
    assert!(told(&doc).iter().all(|(_, words)| !words.contains("decl :") && !words.contains("Currently released")));
}

#[test]
fn cable_viewer_page() {
    let Some(doc) = check("002", "07TASHKENT1989", "cable-viewer", "2007-11-16", DateBasis::Header) else { return };
    let ids: Vec<Option<&str>> = doc.meta.references.iter().map(|r| r.id.as_deref()).collect();
    assert_eq!(ids, [Some("06TASHKENT2332"), Some("07TASHKENT989")]);
    assert_eq!(doc.blocks.iter().filter(|b| b.zone == Zone::Note).count(), 3);
    let sentences = told(&doc);
    assert!(
        sentences.iter().any(|(_, words)| words.contains("before the Andijon events , but")),
        "a page break is bridged"
    );
    assert!(sentences.iter().all(|(_, words)| !words.contains("KABUL") && !words.contains("SIPDIS")));
}

#[test]
fn paperblog_article() {
    let Some(doc) = check("003", "003_daf8c9d0cb8962a3", "paperblog", "2012-06-21", DateBasis::Posted) else { return };
    let captions: Vec<&str> =
        doc.blocks.iter().filter(|b| b.zone == Zone::Caption).map(|b| &doc.text[b.range.clone()]).collect();
    assert_eq!(captions.len(), 1);
    let sentences = told(&doc);
    assert!(sentences[0].1.starts_with("On Thursday this week"), "the picture's name is skipped");
    assert!(sentences.iter().any(|(_, words)| words.starts_with("After years of poor")));
    assert_eq!(zone_of(&doc, "Back to Featured"), [Zone::Boilerplate]);
}

#[test]
fn monitor_brief() {
    let Some(doc) = check("004", "004_4117c3b4e0a291ab", "periodical-brief", "1999-02-05", DateBasis::Issue) else {
        return;
    };
    assert!(told(&doc).iter().all(|(_, words)| !words.contains("Reuters") && !words.contains("January 27")));
    assert_eq!(zone_of(&doc, "1983-2002"), [Zone::Boilerplate]);
}
