//! Every real cable page: read without loss, and what its header says found in two independent ways.
//!
//! The second way knows nothing of the reader: an HTML library's tree (`dom_query`), the page's own links and plain
//! searches of the raw text. What differs is printed (`cargo test --test corpus_pages -- --nocapture`).

use dateline::document::{DateBasis, Document, Fingerprint, Zone, copies};
use itertools::Itertools;
use regex::Regex;
use std::io::BufRead;
use std::path::PathBuf;
use std::sync::LazyLock;

struct Page {
    doc: Document,
    /// The raw text of the page's preformatted parts, by the HTML library.
    raw: Vec<String>,
    /// The tags that the page links to.
    linked: Vec<String>,
}

fn pages() -> Option<&'static [Page]> {
    static PAGES: LazyLock<Option<Vec<Page>>> = LazyLock::new(read_pages);
    PAGES.as_deref()
}

fn read_pages() -> Option<Vec<Page>> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpora/cables/pages"));
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("SKIPPED: {} is not here", folder.display());
        return None;
    };
    let mut paths: Vec<PathBuf> = entries.filter_map(|e| e.ok().map(|e| e.path())).collect();
    paths.sort();
    let link = Regex::new(r"<a href='/tag/[^']*'>([^<]+)</a>").expect("a pattern");
    let pages = paths.iter().map(|path| {
        let html = std::fs::read_to_string(path).expect("a page is UTF-8");
        let doc = Document::read(path).unwrap_or_else(|e| panic!("a page is not read: {e}"));
        let message = html.find("<code><pre>").map_or("", |at| &html[at..]);
        let mut linked: Vec<String> = Vec::new();
        for found in link.captures_iter(message) {
            // A header printed twice links its tags twice.
            if !linked.iter().any(|t| t == found[1].trim()) {
                linked.push(found[1].trim().to_string());
            }
        }
        let tree = dom_query::Document::from(html.as_str());
        let raw = tree.select("pre").iter().map(|n| n.text().to_string()).collect();
        Page { doc, raw, linked }
    });
    Some(pages.collect())
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

#[test]
fn no_word_of_a_message_is_lost() {
    let Some(pages) = pages() else { return };
    assert!(pages.len() >= 300);
    let mut changed = 0;
    for page in pages {
        let raw = page.raw.join("\n");
        let (all, kept) = (words(&raw), words(&page.doc.text));
        assert!(all.len() > 10, "{}: no message", page.doc.id);
        let start = kept.windows(10).position(|w| w == &all[..10]).unwrap_or_else(|| panic!("{}", page.doc.id));
        assert_eq!(kept.len() - start, all.len(), "{}: the message's length", page.doc.id);
        for (ours, theirs) in kept[start..].iter().zip(&all).filter(|(a, b)| a != b) {
            // The tree reads "&pounding" as "£ing"; so did browsers, and so nobody meant it.
            println!("{}: {ours} is {theirs} to the tree", page.doc.id);
            changed += 1;
        }
        let mut at = 0;
        for block in &page.doc.blocks {
            let gap = &page.doc.text[at..block.range.start];
            assert!(!gap.contains(char::is_alphanumeric), "{}: lost {gap:?}", page.doc.id);
            at = block.range.end;
        }
        assert!(!page.doc.text[at..].contains(char::is_alphanumeric), "{}: lost the end", page.doc.id);
    }
    println!("pages read: {}", pages.len());
    assert!(changed <= 3, "{changed} words differ");
}

#[test]
fn the_day_of_the_group_is_the_day_created() {
    let Some(pages) = pages() else { return };
    let (mut both, mut agree) = (0, 0);
    for page in pages {
        let day = |basis| page.doc.date_claims.iter().find(|c| c.basis == basis).map(|c| c.day);
        let created = day(DateBasis::Header).unwrap_or_else(|| panic!("{}: no date", page.doc.id));
        if let Some(sent) = day(DateBasis::DateTimeGroup) {
            both += 1;
            agree += usize::from(sent == created);
            if sent != created {
                println!("{}: created {created}, sent {sent}: {:?}", page.doc.id, page.doc.warnings);
                assert!(!page.doc.warnings.is_empty(), "{}: a conflict is not warned of", page.doc.id);
            }
        }
    }
    println!("date-time group and Created agree: {agree} of {both}");
    assert!(agree * 100 >= both * 97);
}

/// Compares two sets of findings, prints what differs and returns how many agree and how many there are.
fn compare<'a>(name: &str, findings: impl Iterator<Item = (&'a str, String, String)>) -> (usize, usize) {
    let (mut agree, mut all) = (0, 0);
    for (id, ours, theirs) in findings {
        all += 1;
        agree += usize::from(ours == theirs);
        if ours != theirs {
            println!("{name} {id}: read {ours:?}, searched {theirs:?}");
        }
    }
    println!("{name}: {agree} of {all} agree");
    (agree, all)
}

fn squeezed(text: &str) -> String {
    words(&text.replace(['\\', '¶', '…'], " ")).join(" ").trim_end_matches("...").trim().to_string()
}

/// The second way of finding a field: searches over the message's text, which know labels but no lines, kinds or
/// headers.
struct Search {
    subject: Regex,
    stop: Regex,
    reference: Regex,
    cited: Regex,
    decl: Regex,
    signed: Regex,
}

impl Search {
    fn new() -> Self {
        let re = |p: &str| Regex::new(p).expect("a pattern");
        Search {
            subject: re(r"(?i)\bSUBJ(?:ECT)?\s*:\s*(?:SUBJECT:\s*)?"),
            stop: re(concat!(
                r"(?i)\bREF(?:S|TELS?|ERENCES?|\(S\))?\s*[:.]|\bREF\s+[A-Z]\.|\bCLASSIFIE|\bDECLASSIF|\bDERIVED FROM|\bREASONS?\s*:",
                r"|\bE\.?O\.?\s*(?:12958|13526|12356|12065|11652)|\bTAGS\s*:|\.\.\.\s*(?:\n|$)|\b(?:[A-Z] ){5}|\bSECTION \d+ OF\b|\bVZCZC|\n(?:FM|TO|INFO) (?:AM|SEC|RUE|USM)|\n\s*-{4,}|-{5,}|\b1\s*\.\s*\([A-Z]|\n\s*1\.\s|\bSUMMARY\b|\bSIPDIS\b|\bSENSITIVE\b",
                r"|\b[A-Z]+\s0\d{6,8}\s+\d{3}(?:\.\d+)? OF \d{3}|\n\s*\((?:[CSU]|[CS]/NF|SBU)\)\s|\n\s*KEY POINTS|\nINTRODUCTION|\nCOMMENT\b|\nOVERVIEW|\nBACKGROUND|\nThis record is"
            )),
            reference: re(
                r"(?m)(?:^|\s)(?:REF|Ref|ref)(?:S|TELS?|s|tels?|ERENCES?|\(S\)|\(s\))?\s*(?::|\.\s|\s[A-Z][.)]\s)",
            ),
            cited: re(r"\b([A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+){0,2})\s+0*(\d{1,6})\b"),
            decl: re(
                r"(?i)\b(?:E\.?O\.?|12958)[^\n]{0,24}?\bDECL?[:.;]?\s*(.*?)\s*(?:\n|TAGS\b|\bTA\.\.\.|\bSUBJECT\b|$)",
            ),
            signed: re(r"(?:\n|[.!?)\]”\x22]\s+|\s{4,})([A-Z][A-Za-z'-]{2,}(?:[ -][A-Z][A-Za-z'-]+){0,2})$"),
        }
    }

    /// The message's text: backslashes that end lines and paragraph signs left out.
    fn text(page: &Page) -> String {
        let lines = page.raw.iter().flat_map(|r| r.lines());
        lines.map(|l| l.trim().trim_end_matches('\\').trim_end().replace('¶', "")).join("\n")
    }

    /// What follows the first match of a label, up to the next label or the body.
    fn field(&self, text: &str, label: &Regex) -> String {
        let Some(found) = label.find(text) else { return String::new() };
        let rest = &text[found.end()..];
        rest[..self.stop.find(rest).map_or(rest.len().min(400), |m| m.start())].to_string()
    }

    /// The subject up to the next label, or (in a message whose lines are not double-spaced) to the blank line.
    fn subjects(&self, text: &str) -> [String; 2] {
        let whole = self.field(text, &self.subject);
        let paragraph = whole.split("\n\n").next().unwrap_or_default();
        [squeezed(&whole), squeezed(paragraph)]
    }

    /// The cables cited, as station and number.
    fn references(&self, text: &str, own: &str) -> Vec<String> {
        let field = squeezed(&self.field(text, &self.reference)).to_uppercase();
        let found = self.cited.captures_iter(&field).filter_map(|c| {
            let station: String = c[1].chars().filter(|c| c.is_alphabetic()).collect();
            let prose =
                ["OF", "ON", "BY", "FOR", "IN", "DTD", "DATED", "PARA", "SECTION", "MAY", "FEBRUARY", "OCTOBER"];
            let other = c[1].split(' ').any(|w| prose.contains(&w));
            let id = format!("{station}{}", &c[2]);
            // A message's own number stands in its banner and page breaks, which may follow the field.
            (station.len() > 2 && !other && &c[2] != "0" && !own.ends_with(&id)).then_some(id)
        });
        found.sorted().dedup().collect()
    }

    /// The last name of the message, behind the last sentence.
    fn signature(&self, text: &str) -> String {
        let end = |c: char| c.is_whitespace() || matches!(c, '=' | '"' | '\\' | '#');
        let mut text = text.trim_end_matches(end);
        for tail in ["CABLE ENDS", "NNNN", "BT", "END TEXT"] {
            text = text.strip_suffix(tail).unwrap_or(text).trim_end_matches(end);
        }
        let found = self.signed.captures(text).map(|c| c[1].to_string()).unwrap_or_default();
        let label = ["END", "SUMMARY", "COMMENT", "NOTE", "UNCLAS", "CONFIDENTIAL", "SECRET", "TEXT", "NNNN", "SIPDIS"];
        if found.to_uppercase().split(' ').any(|w| label.contains(&w)) { String::new() } else { found }
    }
}

/// What the reader found in a further field.
fn field(page: &Page, name: &str) -> String {
    page.doc.meta.other.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone()).unwrap_or_default()
}

#[test]
fn header_fields_are_found_in_two_ways() {
    let Some(pages) = pages() else { return };
    let search = Search::new();
    let texts: Vec<(&Page, String)> = pages.iter().map(|p| (p, Search::text(p))).collect();
    let all = || texts.iter().map(|(p, t)| (*p, t.as_str()));
    let results = [
        compare(
            "TAGS",
            all().filter(|(p, _)| !p.linked.is_empty()).map(|(p, text)| {
                // The page links the first line of the tags; the field's own words are the rest.
                let label = Regex::new(r"(?i)\bTAGS?\b\s*:?").expect("a pattern");
                let words = search.field(text, &label).to_uppercase();
                let written = |t: &&String| words.split(|c: char| !c.is_alphanumeric()).any(|w| w == t.as_str());
                let once = |tags: &[String]| tags.iter().unique().join(" ");
                let theirs = p.doc.meta.tags.iter().filter(|t| p.linked.contains(t) || written(t)).cloned();
                let missed = p.linked.iter().filter(|t| !p.doc.meta.tags.contains(t)).cloned();
                (p.doc.id.as_str(), once(&p.doc.meta.tags), once(&theirs.chain(missed).collect::<Vec<_>>()))
            }),
        ),
        compare(
            "SUBJECT",
            all().map(|(p, text)| {
                let ours = squeezed(&field(p, "subject"));
                let [whole, paragraph] = search.subjects(text);
                let theirs = if ours == paragraph { paragraph } else { whole };
                (p.doc.id.as_str(), ours, theirs)
            }),
        ),
        compare(
            "DECL",
            all().map(|(p, text)| {
                let theirs = search.decl.captures(text).map(|c| squeezed(&c[1])).unwrap_or_default();
                (p.doc.id.as_str(), squeezed(&field(p, "decl")), theirs)
            }),
        ),
        compare(
            "REF",
            all().map(|(p, text)| {
                let ids = p.doc.meta.references.iter().filter_map(|r| r.id.as_deref());
                let ours = ids.map(|id| id.trim_start_matches(|c: char| c.is_ascii_digit()).to_string());
                (p.doc.id.as_str(), ours.sorted().dedup().join(" "), search.references(text, &p.doc.id).join(" "))
            }),
        ),
        compare(
            "signature",
            all().map(|(p, text)| {
                (p.doc.id.as_str(), p.doc.meta.author.clone().unwrap_or_default(), search.signature(text))
            }),
        ),
    ];
    for (agree, all) in results {
        assert!(agree * 100 >= all * 98, "{agree} of {all}");
    }
}

/// The records beside the pages, each as its text alone: identifier, day created, body.
fn records() -> Option<Vec<(String, String, String)>> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpora/cables/cables.jsonl.gz"));
    let Ok(file) = std::fs::File::open(&path) else {
        eprintln!("SKIPPED: {} is not here", path.display());
        return None;
    };
    let lines = std::io::BufReader::new(flate2::read::MultiGzDecoder::new(file)).lines();
    let record = |line: std::io::Result<String>| {
        let value: serde_json::Value = serde_json::from_str(&line.expect("a line")).expect("a record");
        let text = |name: &str| value[name].as_str().unwrap_or_default().to_string();
        (text("id"), text("created"), text("body"))
    };
    Some(lines.map(record).collect())
}

#[test]
fn extracts_without_a_day_are_dated_between_bounds() {
    let Some(records) = records() else { return };
    let (mut right, mut days, mut dated) = (0, 0, 0);
    let picked: Vec<_> = records.iter().step_by(7).collect();
    for (id, created, body) in &picked {
        let Ok(doc) = Document::from_bytes(&format!("{id}.txt"), body.as_bytes()) else { continue };
        let Some(date) = doc.date.filter(|d| d.basis == DateBasis::HeaderBounds) else { continue };
        let created = created[..10].parse().expect("a day");
        dated += 1;
        let inside = date.span.contains(dateline::date::Span::day(created));
        right += usize::from(inside);
        days += date.span.days().unwrap_or(0);
        if !inside {
            println!("{id}: created {created}: {}", date.note);
        }
    }
    println!(
        "extracts of {}: {dated} dated by their header's bounds, {right} rightly, {} days wide on average",
        picked.len(),
        days / dated.max(1) as i64
    );
    assert!(dated * 100 >= picked.len() * 95, "{dated} of {}", picked.len());
    assert!(right * 100 >= dated * 97, "{right} of {dated}");
}

#[test]
fn a_cable_as_page_and_as_record_is_one_document_with_a_copy() {
    let (Some(pages), Some(records)) = (pages(), records()) else { return };
    let mut prints = Vec::new();
    let mut ids = Vec::new();
    for page in pages {
        prints.push(Fingerprint::of(&page.doc));
        ids.push(page.doc.id.clone());
    }
    let (mut found, mut both) = (0, 0);
    for (id, _, body) in &records {
        let Some(at) = ids.iter().position(|i| i == id) else { continue };
        let Ok(doc) = Document::from_bytes(&format!("{id}.txt"), body.as_bytes()) else { continue };
        both += 1;
        let copy = Fingerprint::of(&doc).is_copy(&prints[at]);
        found += usize::from(copy);
        if !copy {
            println!("{id}: {:.2} alike", Fingerprint::of(&doc).similarity(&prints[at]));
        }
    }
    println!("cables that are page and record: {both}, known as copies: {found}");
    let groups = copies(&prints);
    let different = groups.iter().enumerate().filter(|&(at, &first)| first != at && ids[at] != ids[first]);
    for (at, &first) in different.clone() {
        println!("{} counts as a copy of {}", ids[at], ids[first]);
    }
    assert!(found * 100 >= both * 97, "{found} of {both}");
    assert!(different.count() <= 3);
}

#[test]
fn no_header_line_tells_events() {
    let Some(pages) = pages() else { return };
    let header = Regex::new(r"(?m)^(?:E\.O\. 12958|TAGS:|SUBJECT:|VZCZC|ZNY |INFO RUEH|SIPDIS *$|Classified By:)")
        .expect("a pattern");
    let mut wrong = 0;
    for page in pages {
        for block in page.doc.blocks.iter().filter(|b| b.zone.tells_events()) {
            let mut text = page.doc.text[block.range.clone()].to_string();
            for skip in block.skip.iter().rev() {
                text.replace_range(skip.start - block.range.start..skip.end - block.range.start, "");
            }
            if let Some(found) = header.find(&text) {
                wrong += 1;
                println!(
                    "{}: {:?} in {}: {:.80}",
                    page.doc.id,
                    found.as_str(),
                    block.zone.as_str(),
                    text.replace('\n', " ")
                );
            }
        }
        let told =
            page.doc.blocks.iter().filter(|b| matches!(b.zone, Zone::Body | Zone::Summary | Zone::Comment)).count();
        if told == 0 {
            println!("{}: no body: {:?}", page.doc.id, page.doc.warnings);
        }
    }
    println!("header lines in the body: {wrong}");
    assert!(wrong <= 3);
}
