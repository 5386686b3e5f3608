//! The "Cable Viewer" page as text: its labels first (`Identifier`, `Created`, `Classification`, `Origin`), then their
//! values, each on a line; then `Cable title:`, `Tags:` and the cable.

use super::cable;
use super::draft::Draft;
use super::lines::lines;
use super::page::{self, Fields, Parts};
use std::ops::Range;

const LABELS: [&str; 4] = ["Identifier", "Created", "Classification", "Origin"];

/// Whether the four labels stand on lines of their own, one after the other.
pub(super) fn recognise(text: &str) -> bool {
    find_labels(text).is_some()
}

fn find_labels(text: &str) -> Option<Vec<Range<usize>>> {
    let filled: Vec<Range<usize>> =
        lines(text, 0..text.len()).filter(|l| !text[l.clone()].trim().is_empty()).take(400).collect();
    let at = filled.windows(4).position(|w| w.iter().zip(LABELS).all(|(l, label)| text[l.clone()].trim() == label))?;
    filled.get(at..).map(<[_]>::to_vec)
}

/// Reads the page.
pub(super) fn read(text: String) -> Result<Draft, String> {
    let mut draft = Draft::new(text);
    let text = &draft.text;
    let Some(found) = find_labels(text) else { return Err("holds no cable fields".to_string()) };
    let value = |at: usize| found.get(4 + at).map(|l| text[l.clone()].trim().to_string());
    let first = found[0].start;
    let start = found
        .get(8)
        .and_then(|l| cable::message_start(text, l.start..text.len()))
        .ok_or("is a cable page without a cable; the page may be cut short: download it again")?;
    let title_at = found.iter().position(|l| text[l.clone()].trim_start().starts_with("Cable title:"));
    let title = title_at.and_then(|at| {
        let own = text[found[at].clone()].trim_start().trim_start_matches("Cable title:").trim().to_string();
        if own.is_empty() { found.get(at + 1).map(|l| text[l.clone()].trim().to_string()) } else { Some(own) }
    });
    let fields = Fields {
        id: value(0),
        created: value(1),
        classification: value(2),
        origin: value(3),
        title,
        tags: page::labelled(text, first..start, "Tags:").map(|(v, _)| v),
        ..Fields::default()
    };
    let parts = Parts::in_order(first, start, text.len(), text.len());
    page::read(&mut draft, fields, parts)?;
    Ok(draft)
}

#[cfg(test)]
mod tests {
    use super::super::Document;

    #[test]
    fn labels_first_then_values() {
        let page = "Identifier\nCreated\nClassification\nOrigin\n07DUSTVILLE42\n2007-06-05 08:20:00\nCONFIDENTIAL\n\
            Embassy Dustville\nCable title:  \n\nDUST PURSUED\n\nTags:  PGOV PREL \npdf how-to read a cable\nVZCZCXRO0042\n\
            DE RUEHXX #0042/01 1560820\nP 050820Z JUN 07\nFM AMEMBASSY DUSTVILLE\nTO RUEHC/SECSTATE WASHDC PRIORITY 0007\n\
            S E C R E T SECTION 01 OF 02 DUSTVILLE 000042 \n\nSIPDIS\n\nTAGS: PGOV\nSUBJECT: DUST PURSUED\n\n\
            REF: A. 06 DUSTVILLE 77\n\nB. DUSTVILLE 12\n\nClassified By: Hill FOR REASONS 1.4 (B, D)\n\n\
            S E C R E T SECTION 01 OF 02 DUSTVILLE 000042\n\nSIPDIS\n\nTAGS: PGOV\nSUBJECT: DUST PURSUED\n\n\
            REF: A. 06 DUSTVILLE 77\n\nB. DUSTVILLE 12\n\nClassified By: Hill FOR REASONS 1.4 (B, D)\n\n\n\
            1. (C) Summary: Dust was pursued in May. End\nsummary.\n\n\n2. (C) It rose again.\nHILL";
        let doc = Document::from_bytes("x.txt", page.as_bytes()).expect("reads");
        assert_eq!((doc.id.as_str(), doc.format), ("07DUSTVILLE42", "cable-viewer"));
        let ids: Vec<Option<&str>> = doc.meta.references.iter().map(|r| r.id.as_deref()).collect();
        assert_eq!(ids, [Some("06DUSTVILLE77"), Some("07DUSTVILLE12")]);
        let zones: Vec<&str> = doc.blocks.iter().filter(|b| b.zone.tells_events()).map(|b| b.zone.as_str()).collect();
        assert_eq!(zones, ["summary", "body"]);
    }

    #[test]
    fn a_page_without_a_cable_is_refused() {
        let page = "Identifier\nCreated\nClassification\nOrigin\n07DUSTVILLE42\n2007-06-05 08:20:00\nCONFIDENTIAL\nEmbassy Dustville\n";
        let error = Document::from_bytes("cut.txt", page.as_bytes()).expect_err("no body").to_string();
        assert!(error.starts_with("cut.txt: is a cable page without a cable"), "{error}");
    }
}
