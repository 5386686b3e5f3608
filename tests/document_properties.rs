//! Whatever the bytes: reading never panics, blocks lie in order inside the text on character boundaries, no word is
//! outside them, and sentences lie inside their blocks.

use dateline::document::{CharIndex, Document, Fingerprint};
use dateline::text::sentences;
use proptest::prelude::*;

fn check(bytes: &[u8]) -> Result<(), TestCaseError> {
    let Ok(doc) = Document::from_bytes("x.txt", bytes) else { return Ok(()) };
    let mut at = 0;
    for block in &doc.blocks {
        prop_assert!(
            at <= block.range.start && block.range.start < block.range.end && block.range.end <= doc.text.len()
        );
        prop_assert!(doc.text.get(block.range.clone()).is_some());
        prop_assert!(!doc.text[at..block.range.start].contains(char::is_alphanumeric), "lost words: {:?}", doc.text);
        let mut inner = block.range.start;
        for skip in &block.skip {
            prop_assert!(inner <= skip.start && skip.start < skip.end && skip.end <= block.range.end);
            prop_assert!(doc.text.get(skip.clone()).is_some());
            inner = skip.end;
        }
        at = block.range.end;
    }
    prop_assert!(!doc.text[at..].contains(char::is_alphanumeric), "lost the end of {:?}", doc.text);
    let index = CharIndex::new(&doc.text);
    let mut last = 0;
    for sentence in sentences(&doc) {
        let block = &doc.blocks[sentence.block];
        prop_assert!(block.range.start <= sentence.range.start && sentence.range.end <= block.range.end);
        prop_assert!(last <= sentence.range.start && !sentence.tokens.is_empty());
        prop_assert!(doc.text.get(sentence.range.clone()).is_some());
        let chars = index.range(&sentence.range);
        prop_assert_eq!(chars.end - chars.start, doc.text[sentence.range.clone()].chars().count());
        last = sentence.range.end;
    }
    prop_assert_eq!(Fingerprint::of(&doc), Fingerprint::of(&doc));
    Ok(())
}

/// Lines as cables, pages, briefs and notes have them, with some that none has.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("S E C R E T SECTION 01 OF 02 DUSTVILLE 000042 \\".to_string()),
        Just("Reference ID\tCreated\tReleased\tClassification\tOrigin".to_string()),
        Just("05DUSTVILLE42\t2005-11-21 12:22\t2011-02-03 00:12\tSECRET\tEmbassy Dustville".to_string()),
        Just("Identifier: 05DUSTVILLE42".to_string()),
        Just("Created: 2005-11-21".to_string()),
        Just("Origin: Embassy Dustville".to_string()),
        Just("R 211222Z NOV 05".to_string()),
        Just("E.O. 12958: DECL: 11/21/2015 TAGS: PGOV, ÜÄ".to_string()),
        Just("SUBJECT: DUST RISES OVER THE PLAINS".to_string()),
        Just("REF: A. 06 DUSTVILLE 12 ¶B. STATE 7".to_string()),
        Just("DUSTVILLE 00000042 002 OF 002".to_string()),
        Just("HEADING HERE ---------- 3.(C) “Text” follows.".to_string()),
        Just("Publication: Monitor Volume: 5 Issue: 25".to_string()),
        Just("Posted on the 21 June 2012 by A. Writer @a Paperblog".to_string()),
        Just("# Heading **bold** [link](http://x)".to_string()),
        Just("<!DOCTYPE html><p>Ünder <b>tags</p><pre>a\nb".to_string()),
        Just("NNNN".to_string()),
        (0u32..30, "[ -~é“”–¶]{0,60}").prop_map(|(n, t)| format!("¶{n}. (C/NF) Summary: {t}. End summary.")),
        (0u32..30, "[ -~éß“”–¶]{0,200}").prop_map(|(n, t)| format!("{n}. (SBU) {t} (Note: {t}. End note.) {t}")),
        "[ -~é“”–¶\t]{0,240}",
        "\\PC{0,40}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lines_of_documents(lines in prop::collection::vec(line(), 0..40)) {
        check(lines.join("\n").as_bytes())?;
    }

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        check(&bytes)?;
    }
}
