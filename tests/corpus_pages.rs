//! Every real cable page: read without loss, and what its header says found in two independent ways.
//!
//! The second way knows nothing of the reader: an HTML library's tree (`dom_query`), the page's own links and plain
//! searches of the raw text. What differs is printed (`cargo test --test corpus_pages -- --nocapture`).

use dateline::document::{DateBasis, Document, Zone};
use itertools::Itertools;
use regex::Regex;
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
    words(&text.replace('\\', " ").replace('…', "")).join(" ").trim_end_matches("...").to_string()
}

#[test]
fn header_fields_are_found_in_two_ways() {
    let Some(pages) = pages() else { return };
    let field = |p: &Page, name: &str| {
        p.doc.meta.other.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone()).unwrap_or_default()
    };
    let subject = Regex::new(
        r"(?ms)^SUBJ(?:ECT)?: *(.*?)\s*(?:\n\s*\n|\n *¶?(?:REF|Ref|CLASSIFIED|Classified)|\.\.\.|\n[A-Z]+ \d{8}|\z)",
    )
    .expect("a pattern");
    let decl = Regex::new(r"DECL: *([^\s:]+)(?:\s|TAGS)").expect("a pattern");
    let refs = Regex::new(r"(?m)^ *(?:REF|Ref)(?:S|TEL|s|tel)? *: *\S").expect("a pattern");
    let name = Regex::new(r"(?:^|\n) *([A-Z][A-Z'-]{2,}(?: [A-Z'-]+)?)[ \\\n]*(?:NNNN)?[ \\\n]*$").expect("a pattern");

    let first =
        |p: &Page, re: &Regex| p.raw.iter().find_map(|r| re.captures(r).map(|c| squeezed(&c[1]))).unwrap_or_default();
    let results = [
        compare(
            "TAGS",
            pages.iter().filter(|p| !p.linked.is_empty()).map(|p| {
                let once = |tags: &[String]| tags.iter().unique().join(" ");
                (p.doc.id.as_str(), once(&p.doc.meta.tags), once(&p.linked))
            }),
        ),
        compare(
            "SUBJECT",
            pages.iter().map(|p| (p.doc.id.as_str(), squeezed(&field(p, "subject")), first(p, &subject))),
        ),
        compare(
            "DECL",
            pages.iter().map(|p| {
                let ours = field(p, "decl");
                (p.doc.id.as_str(), words(&ours).first().unwrap_or(&"").to_string(), first(p, &decl))
            }),
        ),
        compare(
            "REF",
            pages.iter().map(|p| {
                let has = |b: bool| if b { "yes" } else { "no" }.to_string();
                (p.doc.id.as_str(), has(!p.doc.meta.references.is_empty()), has(p.raw.iter().any(|r| refs.is_match(r))))
            }),
        ),
        compare(
            "signature",
            pages.iter().filter_map(|p| {
                let found = name.captures(p.raw.last()?.trim_end())?;
                Some((p.doc.id.as_str(), p.doc.meta.author.clone().unwrap_or_default(), squeezed(&found[1])))
            }),
        ),
    ];
    for (agree, all) in results {
        assert!(agree * 100 >= all * 90, "{agree} of {all}");
    }
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
