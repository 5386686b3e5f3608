//! A page of WikiLeaks' Public Library of US Diplomacy (PLUSD) as text: a title, a table of labelled fields
//! (`Canonical ID:`, `Original Classification:`, `Date:` …), and the cable.

use super::draft::{Draft, squeeze};
use super::lines::lines;
use super::page::{self, Fields, Parts};
use super::{DateBasis, cable, stated};
use std::ops::Range;

/// The labels that only this page has.
const DEFINING: [&str; 2] = ["Canonical ID:", "Original Classification:"];
const LABELS: [&str; 18] = [
    "Date:",
    "Canonical ID:",
    "Original Classification:",
    "Current Classification:",
    "Handling Restrictions",
    "Character Count:",
    "Executive Order:",
    "Locator:",
    "TAGS:",
    "Concepts:",
    "Enclosure:",
    "Type:",
    "Office Origin:",
    "Office Action:",
    "Archive Status:",
    "From:",
    "Markings:",
    "To:",
];

/// Whether the text has the page's labels.
pub(super) fn recognise(text: &str) -> bool {
    DEFINING.iter().all(|label| page::labelled(text, 0..text.len(), label).is_some())
}

/// Reads the page.
pub(super) fn read(text: String) -> Result<Draft, String> {
    let mut draft = Draft::new(text);
    let text = &draft.text;
    let all: Vec<Range<usize>> = lines(text, 0..text.len()).filter(|l| !text[l.clone()].trim().is_empty()).collect();
    let is_label = |line: &str| LABELS.iter().any(|label| line.trim_start().starts_with(label));
    let first = all.iter().find(|l| is_label(&text[l.start..l.end])).map_or(0, |l| l.start);
    let last =
        all.iter().rev().find(|l| is_label(&text[l.start..l.end]) && l.start < first + 4000).map_or(first, |l| l.end);
    // A value stands on its label's line or on the next.
    let value = |label: &str| {
        let at = all.iter().position(|l| text[l.clone()].trim_start().starts_with(label))?;
        let own = text[all[at].clone()].trim_start().trim_start_matches(label).trim().to_string();
        if !own.is_empty() {
            return Some(own);
        }
        all.get(at + 1).map(|l| text[l.clone()].trim().to_string()).filter(|v| !is_label(v))
    };
    let start = cable::message_start(text, last..text.len()).unwrap_or(last);
    let date = value("Date:").or_else(|| {
        all.iter()
            .map(|l| text[l.clone()].trim())
            .find(|l| l.len() < 60 && stated::day(l).is_some())
            .map(str::to_string)
    });
    let title = all
        .iter()
        .map(|l| &text[l.clone()])
        .rfind(|l| l.trim().len() > 8 && l.as_ptr() < text[first..].as_ptr() && stated::day(l).is_none());
    let fields = Fields {
        id: value("Canonical ID:").map(|id| id.split('_').next().unwrap_or_default().to_string()),
        title: title.map(squeeze),
        classification: value("Original Classification:"),
        origin: value("From:"),
        tags: value("TAGS:").map(|t| tags(&t)),
        ..Fields::default()
    };
    let parts = Parts {
        around: std::iter::once(0..first).collect(),
        header: first..start,
        title: None,
        message: start..text.len(),
    };
    page::read(&mut draft, fields, parts)?;
    if let Some((date, (day, _))) = date.and_then(|d| stated::day(&d).map(|day| (d, day))) {
        draft.claim(day, DateBasis::Header, format!("Date: {date}"));
    }
    Ok(draft)
}

/// "PREL - Political Affairs | UZ - Uzbekistan": the codes alone.
fn tags(field: &str) -> String {
    let codes: Vec<&str> = field.split('|').filter_map(|t| t.split_whitespace().next()).collect();
    codes.join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::{DateBasis, Document};

    #[test]
    fn labels_and_a_date_with_the_year_first() {
        let text = "DUST RISES OVER THE PLAINS\n2005 November 21, 12:22 (Monday)\nDate:\n2005 November 21, 12:22 (Monday)\nCanonical ID:\n\
            05DUSTVILLE42_a\nOriginal Classification:\nCONFIDENTIAL\nTAGS:\nPREL - Political Affairs | PGOV - Government\nFrom:\nDustville\nTo:\nSecretary of State\n\n\
            C O N F I D E N T I A L DUSTVILLE 000042\n\nSIPDIS\n\nTAGS: PREL, PGOV\nSUBJECT: DUST RISES\n\n1. (C) The minister left in May.\n\nHILL\n";
        let doc = Document::from_bytes("p.txt", text.as_bytes()).expect("reads");
        assert_eq!((doc.id.as_str(), doc.format), ("05DUSTVILLE42", "plusd"));
        assert_eq!(doc.date.map(|d| (d.day.to_string(), d.basis)), Some(("2005-11-21".into(), DateBasis::Header)));
        assert_eq!(doc.meta.tags, ["PREL", "PGOV"]);
    }
}
