//! Markdown: front matter, headings, code, and marks that are no words (CommonMark 0.31, the parts that notes use).
//!
//! The text is kept as it is; marks are skipped, so that offsets point into the file.

use super::cable::line::pattern;
use super::draft::{Draft, squeeze};
use super::lines::{lines, paragraphs};
use super::{DateBasis, Zone, article, stated};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

pattern!(HEADING, r"(?m)^ {0,3}#{1,6}[ \t]+\S");
pattern!(LINK, r"!?\[[^\]\n]*\]\([^)\n]*\)");
pattern!(FRONT, r"\A---[ \t]*\r?\n((?:[A-Za-z_-]+:.*\r?\n|[ \t]+.*\r?\n|- .*\r?\n)+)---[ \t]*\r?\n");
pattern!(MARKS, r"!\[[^\]\n]*\]\([^)\n]*\)|\[([^\]\n]*)\]\([^)\n]*\)|\*\*|__|`");

/// Whether the text is Markdown: front matter, or headings and something else that only Markdown has.
pub(super) fn recognise(text: &str) -> bool {
    FRONT.is_match(text)
        || HEADING.find_iter(text).take(2).count() == 2
        || HEADING.is_match(text) && (LINK.is_match(text) || text.contains("**") || text.contains("\n```"))
}

/// Reads it.
pub(super) fn read(text: String) -> Result<Draft, String> {
    let mut draft = Draft::new(text);
    let body = front_matter(&mut draft);
    let fences = fences(&draft.text, body);
    for range in paragraphs(&draft.text, body..draft.text.len()) {
        if fences.iter().any(|f| f.start <= range.start && range.end <= f.end) {
            draft.block(range, Zone::Boilerplate);
            continue;
        }
        // A heading needs no blank line behind it.
        let mut rest = range.clone();
        for line in lines(&draft.text, range).collect::<Vec<_>>() {
            if !HEADING.is_match(&draft.text[line.clone()]) {
                break;
            }
            heading(&mut draft, line.clone());
            rest.start = line.end;
        }
        let skip = marks(&draft.text, rest.clone());
        if let Some(block) = draft.block(rest, Zone::Body) {
            block.skip = skip;
        }
    }
    if let Some((day, line)) = article::posted(&draft.text) {
        draft.claim(day, DateBasis::Posted, line);
    }
    Ok(draft)
}

fn heading(draft: &mut Draft, line: Range<usize>) {
    let piece = &draft.text[line.clone()];
    let marks = piece.len() - piece.trim_start_matches([' ', '#', '\t']).len();
    let words = squeeze(piece[marks..].trim_end_matches('#'));
    let title = draft.meta.title.is_none();
    if title {
        draft.meta.title = Some(words);
    }
    if let Some(block) = draft.block(line.clone(), if title { Zone::Header } else { Zone::Heading }) {
        block.skip.push(line.start..line.start + marks);
    }
}

/// Reads the front matter and returns where it ends.
fn front_matter(draft: &mut Draft) -> usize {
    let Some(found) = FRONT.captures(&draft.text) else { return 0 };
    let end = found.get(0).map_or(0, |m| m.end());
    let fields: Vec<(String, String)> = found[1]
        .lines()
        .filter_map(|l| l.split_once(':'))
        .map(|(k, v)| (k.trim().to_lowercase(), v.trim().trim_matches(['"', '\'']).to_string()))
        .collect();
    for (key, value) in fields {
        match key.as_str() {
            "title" => draft.meta.title = Some(value),
            "author" => draft.meta.author = Some(value),
            "tags" | "keywords" => {
                draft.meta.tags =
                    value.trim_matches(['[', ']']).split(',').map(squeeze).filter(|t| !t.is_empty()).collect();
            }
            "date" | "published" | "created" => {
                if let Some((day, _)) = stated::day(&value) {
                    draft.claim(day, DateBasis::PageMetadata, format!("{key}: {value}"));
                }
            }
            _ => draft.other(&key, value),
        }
    }
    draft.block(0..end, Zone::Header);
    end
}

/// Code between fences.
fn fences(text: &str, from: usize) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut open = None;
    for line in lines(text, from..text.len()) {
        if text[line.clone()].trim_start().starts_with("```") {
            match open.take() {
                Some(start) => out.push(start..line.end),
                None => open = Some(line.start),
            }
        }
    }
    out.extend(open.map(|start| start..text.len()));
    out
}

/// Marks of emphasis and links, pictures with their texts.
fn marks(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let piece = &text[range.clone()];
    let mut out = Vec::new();
    for found in MARKS.captures_iter(piece) {
        let Some(whole) = found.get(0).map(|m| range.start + m.start()..range.start + m.end()) else { continue };
        match found.get(1) {
            // Of a link only its words stay.
            Some(words) => {
                out.push(whole.start..range.start + words.start());
                out.push(range.start + words.end()..whole.end);
            }
            None => out.push(whole),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::{Document, Zone};

    #[test]
    fn front_matter_headings_and_links() {
        let text = "---\ntitle: \"Dust\"\ndate: 2005-05-20\n---\n# Dust\n\nThe **minister** [left](http://x.org/2001) on May 3. ![Pic of 1999](a.png)\n\n\
            ## Later\nHe came back.\n\n```\ncode 2001\n```\n";
        let doc = Document::from_bytes("a.md", text.as_bytes()).expect("reads");
        assert_eq!((doc.format, doc.meta.title.as_deref()), ("markdown", Some("Dust")));
        assert_eq!(doc.date.as_ref().map(|d| d.day.to_string()).as_deref(), Some("2005-05-20"));
        let told: Vec<String> = crate::text::sentences(&doc)
            .iter()
            .filter(|s| s.zone == Zone::Body)
            .map(|s| s.tokens.iter().map(|t| &doc.text[t.range()]).collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(told, ["The minister left on May 3 .", "He came back ."]);
    }
}
