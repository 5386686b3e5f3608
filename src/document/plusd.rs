//! A page of WikiLeaks' Public Library of US Diplomacy (PLUSD): a title, a table of labelled fields
//! (`Canonical ID:`, `Original Classification:`, `Date:` …), the cable, and for old cables a second table below it.
//!
//! As text the page has its fields one a line, label and value on lines of their own, or all in one line; the labels
//! are looked for wherever they stand. Cables of the 1970s have numbers with four digits of year (`1973DUSTVILLE00042`).

use super::draft::{Draft, squeeze};
use super::lines::lines;
use super::page::{self, Fields, Parts};
use super::{DateBasis, cable, stated};
use cable::line::pattern;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

pattern!(
    LABEL,
    r"(?:^|\s)(Date|Canonical ID|Original Classification|Current Classification|Handling Restrictions|Character Count|Executive Order|Locator|TAGS|Concepts|Enclosure|Type|Office Origin|Office Action|Archive Status|From|Markings|To|Linked documents or other documents with the same ID)\b ?:?[ \t]*(?:\r?\n|\s|$)"
);
// What PLUSD prints for nothing.
pattern!(NOTHING, r"^-- ?(?:N/A|Not Assigned|n/a)\b");
// Behind the message: the page's tools, and the archive's own fields.
pattern!(
    FOOTER,
    r"^(?:Raw content|Metadata|You can use this tool to generate|Automatic Decaptioning:|Capture Date:|Use your credit card|Courage is contagious|Share$|e-Highlighter|Current Classification: +\S+ +Concepts:)"
);
pattern!(ROUTED, r"^(?:PAGE 0?1 |ORIGIN |ACTION )");
/// Farthest, in bytes, that the table reaches behind its first label.
const TABLE: usize = 6000;

/// Whether the text has the page's two defining labels.
pub(super) fn recognise(text: &str) -> bool {
    text.contains("Canonical ID:") && text.contains("Original Classification:")
}

/// A label of the table with its value.
struct Field<'a> {
    label: &'a str,
    value: &'a str,
    start: usize,
    end: usize,
}

/// The fields of the page's table, in order.
fn fields(text: &str) -> Vec<Field<'_>> {
    let Some(anchor) = text.find("Canonical ID:") else { return Vec::new() };
    let marks: Vec<_> = LABEL
        .captures_iter(text)
        .filter_map(|c| c.get(1))
        .filter(|m| m.start() + TABLE > anchor && m.start() < anchor + TABLE)
        .filter(|m| labels_a_field(text, m.range()))
        .collect();
    // The addressees' field is the table's last.
    let last = marks.iter().position(|m| m.as_str() == "To" && m.start() > anchor).map_or(marks.len(), |at| at + 1);
    let marks = &marks[..last];
    let value = |(at, mark): (usize, &regex::Match)| {
        let colon = usize::from(text[mark.end()..].starts_with(':'));
        let end = marks.get(at + 1).map_or_else(|| last_value(text, mark.end() + colon), regex::Match::start);
        let value = text[mark.end() + colon..end].trim();
        let label = &text[mark.range()];
        Field { label, value: if NOTHING.is_match(value) { "" } else { value }, start: mark.start(), end }
    };
    marks.iter().enumerate().map(value).collect()
}

/// A label has a colon, or stands alone on its line.
fn labels_a_field(text: &str, label: Range<usize>) -> bool {
    let begins = text[..label.start].ends_with('\n') || label.start == 0;
    let ends = text[label.end..].trim_start_matches([' ', '\t']).starts_with(['\n', '\r']);
    text[label.end..].starts_with(':') || begins && ends
}

/// The end of the last field's value: its own line, or the next that is filled.
fn last_value(text: &str, from: usize) -> usize {
    let mut filled = lines(text, from..text.len()).filter(|l| !text[l.clone()].trim().is_empty());
    filled.next().map_or(from, |l| l.end)
}

/// Reads the page.
pub(super) fn read(text: String) -> Result<Draft, String> {
    let mut draft = Draft::new(text);
    let text = &draft.text;
    let found = fields(text);
    let value =
        |label: &str| found.iter().find(|f| f.label == label && !f.value.is_empty()).map(|f| f.value.to_string());
    let (Some(first), Some(last)) = (found.first(), found.last()) else {
        return Err("is a PLUSD page without its fields; the page may be cut short: download it again".to_string());
    };
    let (first, last) = (first.start, last.end);
    let start = message_start(text, last);
    let end = lines(text, start..text.len())
        .find(|l| FOOTER.is_match(text[l.clone()].trim()))
        .map_or(text.len(), |l| l.start);
    let above: Vec<&str> = lines(text, 0..first).map(|l| text[l].trim()).filter(|l| !l.is_empty()).collect();
    let dated = |line: &&&str| line.len() < 60 && stated::day(line).is_some();
    let date = value("Date").or_else(|| above.iter().find(dated).map(|l| l.to_string()));
    // Between title and table stand the day, the number and the classification once more.
    let title = above.iter().rev().find(|l| l.len() > 8 && !dated(l) && !is_number(l) && !is_class(l));
    let tag_list = value("TAGS").map(|t| tags(&t));
    let fields = Fields {
        id: value("Canonical ID").map(|id| id.split('_').next().unwrap_or_default().to_string()),
        title: title.map(|t| squeeze(t)),
        classification: value("Original Classification"),
        origin: value("From"),
        tags: tag_list,
        ..Fields::default()
    };
    let order = value("Executive Order");
    let parts = Parts::in_order(first, start, end, text.len());
    page::read(&mut draft, fields, parts)?;
    if let Some(order) = order.filter(|_| draft.get("executive_order").is_none()) {
        draft.other("executive_order", order);
    }
    match date.as_deref().map(|d| (d, stated::day(d))) {
        Some((date, Some((day, _)))) => draft.claim(day, DateBasis::Header, format!("Date: {}", squeeze(date))),
        Some((date, None)) => draft.warnings.push(format!("the page's Date field is no date: \"{}\"", squeeze(date))),
        None => {}
    }
    Ok(draft)
}

/// The message begins with its first routing line behind the table; an old cable's with "PAGE 01" or its routing.
fn message_start(text: &str, from: usize) -> usize {
    let routed = lines(text, from..text.len()).find(|l| ROUTED.is_match(text[l.clone()].trim())).map(|l| l.start);
    let told = cable::message_start(text, from..text.len());
    match (routed, told) {
        (Some(a), Some(b)) => a.min(b),
        (a, b) => a.or(b).unwrap_or(from),
    }
}

fn is_number(line: &str) -> bool {
    !line.contains(' ') && line.chars().any(|c| c.is_ascii_digit()) && line.chars().any(char::is_alphabetic)
}

fn is_class(line: &str) -> bool {
    ["UNCLASSIFIED", "CONFIDENTIAL", "SECRET", "LIMITED OFFICIAL USE"].iter().any(|c| line.starts_with(c))
        && line.len() < 60
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
            S E C R E T DUSTVILLE 000042\n\nSIPDIS\n\nTAGS: PREL, PGOV\nSUBJECT: DUST RISES\n\n1. (C) The minister left in May.\n\nHILL\n";
        let doc = Document::from_bytes("p.txt", text.as_bytes()).expect("reads");
        assert_eq!((doc.id.as_str(), doc.format), ("05DUSTVILLE42", "plusd"));
        assert_eq!(doc.date.map(|d| (d.day.to_string(), d.basis)), Some(("2005-11-21".into(), DateBasis::Header)));
        assert_eq!(doc.meta.tags, ["PREL", "PGOV"]);
    }

    const FLAT: &str = "Show Headers\nDUST SETTLES ON THE PLAINS\n1973 July 2, 21:30 (Monday)\n1973DUSTVILLE00042_b\nLIMITED OFFICIAL USE\n\
        Date: 1973 July 2, 21:30 (Monday) Canonical ID: 1973DUSTVILLE00042_b Original Classification: LIMITED OFFICIAL USE \
        Current Classification: UNCLASSIFIED Handling Restrictions -- N/A or Blank -- Character Count: 1529 Executive Order: GS \
        Locator: TEXT ON MICROFILM,TEXT ONLINE TAGS: PFOR - Foreign Policy | UR - Russia Concepts: -- N/A or Blank -- \
        Enclosure: -- N/A or Blank -- Type: TE - Telegram (cable) Office Origin: -- N/A or Blank -- Archive Status: Electronic Telegrams \
        From: Dustville Markings: Declassified/Released US Department of State EO Systematic Review 30 JUN 2005 To: State\n\
        Content\nPAGE 01 DUSTVI 00042 022130Z\n\n11\nACTION EUR-25\n\nINFO OCT-01 /026 W\n--------------------- 012345\nR 022110Z JUL 73\n\
        FM AMEMBASSY DUSTVILLE\nTO SECSTATE WASHDC 1234\n\nLIMITED OFFICIAL USE DUSTVILLE 0042\n\nE.O. 11652: N/A\nTAGS: PFOR, UR\n\
        SUBJECT: DUST SETTLES ON THE PLAINS\n\n1. THE MINISTER LEFT ON JULY 1. HE SAID NOTHING.\n\nLIMITED OFFICIAL USE\n\nPAGE 02 DUSTVI 00042 022130Z\n\n\
        2. NOBODY CAME BACK.\n\nHILL\n\nNNNN\n\nMetadata\n---\nAutomatic Decaptioning: X\nCapture Date: 01 JAN 1994\nConcepts: TRAVEL\n";

    #[test]
    fn fields_in_one_line_and_a_cable_of_1973() {
        let doc = Document::from_bytes("p.txt", FLAT.as_bytes()).expect("reads");
        assert_eq!((doc.id.as_str(), doc.format), ("1973DUSTVILLE00042", "plusd"));
        assert_eq!(
            doc.date.as_ref().map(|d| (d.day.to_string(), d.basis)),
            Some(("1973-07-02".into(), DateBasis::Header))
        );
        assert_eq!(doc.meta.classification.as_deref(), Some("LIMITED OFFICIAL USE"));
        assert_eq!(doc.meta.origin.as_deref(), Some("Dustville"));
        assert_eq!(doc.meta.title.as_deref(), Some("DUST SETTLES ON THE PLAINS"));
        assert_eq!(doc.meta.tags, ["PFOR", "UR"]);
        let sentences = crate::text::sentences(&doc);
        let told: Vec<&str> =
            sentences.iter().filter(|s| s.zone.tells_events()).map(|s| &doc.text[s.range.clone()]).collect();
        assert_eq!(told, ["THE MINISTER LEFT ON JULY 1.", "HE SAID NOTHING.", "NOBODY CAME BACK."]);
    }

    #[test]
    fn a_page_of_html_and_one_cut_short() {
        let row = |label: &str, value: &str| format!("<tr><td><b>{label}</b></td><td>{value}</td></tr>");
        let table: String = [
            ("Date:", "2005 November 21, 12:22 (Monday)"),
            ("Canonical ID:", "05DUSTVILLE42_a"),
            ("Original Classification:", "CONFIDENTIAL"),
            ("Handling Restrictions", "-- Not Assigned --"),
            ("TAGS:", "PREL - Political Affairs"),
            ("Concepts:", "-- Not Assigned --"),
            ("From:", "Kyrgyzstan Dustville"),
            ("To:", "Secretary of State"),
        ]
        .iter()
        .map(|(l, v)| row(l, v))
        .collect();
        let head = format!("<!DOCTYPE html><html><body><h2>DUST RISES</h2><table>{table}</table>");
        let page = format!(
            "{head}<pre>S E C R E T DUSTVILLE 000042\n\nTAGS: PREL\nSUBJECT: DUST RISES\n\n1. (C) The minister left.\n\nHILL</pre></body></html>"
        );
        let doc = Document::from_bytes("p.html", page.as_bytes()).expect("reads");
        assert_eq!((doc.id.as_str(), doc.format), ("05DUSTVILLE42", "plusd-html"));
        assert_eq!((doc.meta.tags, doc.meta.origin), (vec!["PREL".to_string()], Some("Kyrgyzstan Dustville".into())));
        assert_eq!(doc.blocks.iter().filter(|b| b.zone.tells_events()).count(), 1);
        let error = Document::from_bytes("cut.html", head.as_bytes()).expect_err("no cable").to_string();
        assert!(error.contains("without a cable"), "{error}");
    }
}
