//! Summary, comment and note zones of a cable's body, by the labels that open and close them.

use super::body::Paragraph;
use super::line::pattern;
use crate::document::Zone;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A part of a paragraph in one zone.
#[derive(Debug)]
pub(super) struct Part {
    pub range: Range<usize>,
    pub zone: Zone,
    pub skip: Vec<Range<usize>>,
}

pattern!(
    OPEN,
    r"(?i)^[(\[]?(?:BEGIN )?((?:EXECUTIVE |BRIEF )?SUMMARY|INTRODUCTION AND SUMMARY|(?:[A-Z]+[’'S]* )?COMMENT|NOTE|BIO(?:GRAPHIC)? NOTE)S?((?: AND| &|/) ?[A-Z ]{4,24}?)? *[:.–-]+[ \t\r\n\\]*"
);
pattern!(
    HEADING,
    r"(?i)^\W*(?:BEGIN )?((?:EXECUTIVE |BRIEF )?SUMMARY|(?:[A-Z]+[’'S]* )?COMMENT|NOTE)S?(?:(?: AND| &|/) ?[A-Z ]{4,24})?\W*$"
);
pattern!(
    CLOSE,
    r"(?i)[(\[]?\bEND[ \t\r\n\\]+(?:OF[ \t\r\n]+)?(?:[A-Z]+[ \t\r\n\\]+)?(SUMMARY|COMMENT|NOTE)S?(?:(?: AND| &|/)\s?[A-Z]{4,12})?\b[.:)\]]*"
);
pattern!(INLINE, r"(?i)[(\[] ?(?:BEGIN )?(?:(?:[A-Z]+[’'S]*) )?(NOTE|COMMENT|FYI|N\.B\.|BIO NOTE) ?[:.–-]");
pattern!(
    BARE,
    r"(?:^|[.!?][”\x22)]?\s+)((?:(?:BEGIN|Begin) )?(NOTE|COMMENT|Note|Comment|Embassy Comment|EMBASSY COMMENT|Post comment) ?:)"
);

fn zone(word: &str) -> Zone {
    let word = word.to_uppercase();
    if word.contains("SUMMARY") {
        Zone::Summary
    } else if word.contains("COMMENT") {
        Zone::Comment
    } else {
        Zone::Note
    }
}

/// Which zone is in force, and what ends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Force {
    None,
    /// Until an "end" label.
    Closed(Zone),
    /// Until the next heading.
    Headed(Zone),
}

/// The zone parts of every paragraph.
pub(super) fn assign(text: &str, paragraphs: &[Paragraph]) -> Vec<Vec<Part>> {
    let mut force = Force::None;
    let mut out = Vec::with_capacity(paragraphs.len());
    for (at, paragraph) in paragraphs.iter().enumerate() {
        if paragraph.heading {
            force = after_heading(&text[paragraph.range.clone()], force);
            out.push(vec![Part { range: paragraph.range.clone(), zone: Zone::Heading, skip: Vec::new() }]);
            continue;
        }
        let (base, labels) = opening(text, paragraph, force);
        let later = base.map(|z| closes_later(text, &paragraphs[at..], z)).unwrap_or(false);
        if let Some(z) = base {
            force = match force {
                Force::Headed(_) => force,
                _ if later => Force::Closed(z),
                Force::Closed(_) => force,
                Force::None => Force::None,
            };
        }
        let current = base.or(match force {
            Force::Closed(z) | Force::Headed(z) => Some(z),
            Force::None => None,
        });
        let (parts, closed) = parts(text, paragraph, current.unwrap_or(Zone::Body), labels);
        if closed {
            force = Force::None;
        }
        out.push(parts);
    }
    out
}

fn after_heading(heading: &str, force: Force) -> Force {
    match HEADING.captures(heading.trim()) {
        Some(found) if !heading.to_uppercase().trim_start().starts_with("END") => Force::Headed(zone(&found[1])),
        _ if CLOSE.is_match(heading) => Force::None,
        _ => match force {
            Force::Headed(_) => Force::None,
            other => other,
        },
    }
}

/// Where the paragraph's text begins, after number and mark.
fn text_start(text: &str, paragraph: &Paragraph) -> usize {
    let mut at = paragraph.range.start;
    for skip in &paragraph.skip {
        if text.get(at..skip.start).is_some_and(|gap| gap.trim().is_empty()) {
            at = skip.end;
        }
    }
    at + text.get(at..paragraph.range.end).map_or(0, |t| t.len() - t.trim_start().len())
}

/// The zone that the paragraph's own label opens, with the label's bytes.
fn opening(text: &str, paragraph: &Paragraph, force: Force) -> (Option<Zone>, Vec<Range<usize>>) {
    let start = text_start(text, paragraph);
    let piece = text.get(start..paragraph.range.end).unwrap_or_default();
    let Some(found) = OPEN.captures(piece) else { return (None, Vec::new()) };
    let bracket = found[0].starts_with(['(', '[']);
    let word = zone(&found[1]);
    if bracket || word == Zone::Note && force != Force::None {
        return (None, Vec::new());
    }
    (Some(word), std::iter::once(start..start + found[0].trim_end().len()).collect())
}

/// Whether an "end" label of the zone comes in a later paragraph (but not in this one).
fn closes_later(text: &str, paragraphs: &[Paragraph], zone_open: Zone) -> bool {
    for (at, paragraph) in paragraphs.iter().enumerate().take(14) {
        let piece = &text[paragraph.range.clone()];
        if at > 0
            && OPEN
                .captures(piece.get(text_start(text, paragraph) - paragraph.range.start..).unwrap_or_default())
                .is_some_and(|c| zone(&c[1]) == zone_open)
        {
            return false;
        }
        if CLOSE.captures_iter(piece).any(|c| zone(&c[1]) == zone_open) {
            return at > 0;
        }
    }
    false
}

/// Cuts a paragraph at its inline notes and at the label that closes its zone. The flag tells whether the zone closed.
fn parts(text: &str, paragraph: &Paragraph, base: Zone, labels: Vec<Range<usize>>) -> (Vec<Part>, bool) {
    let mut skip = labels;
    let mut out: Vec<Part> = Vec::new();
    let mut at = paragraph.range.start;
    let end = paragraph.range.end;
    let mut current = base;
    let mut closed = false;
    let body = text_start(text, paragraph);
    let mut from = body;
    while let Some((range, word)) = next_mark(text, from, end) {
        from = range.end;
        match word {
            Mark::Close(z) if z == current => {
                skip.push(range.clone());
                out.push(Part { range: at..range.end, zone: current, skip: std::mem::take(&mut skip) });
                (at, current, closed) = (range.end, Zone::Body, true);
            }
            Mark::Close(_) => skip.push(range),
            Mark::Note(z) if z != current => {
                if text[at..range.start].trim().len() > at.max(body) - at {
                    out.push(Part { range: at..range.start, zone: current, skip: std::mem::take(&mut skip) });
                    at = range.start;
                }
                let label = note_label(text, &range);
                skip.push(label);
                skip.extend(
                    CLOSE.find_iter(&text[range.clone()]).map(|m| range.start + m.start()..range.start + m.end()),
                );
                out.push(Part { range: at..range.end, zone: z, skip: std::mem::take(&mut skip) });
                at = range.end;
            }
            Mark::Note(_) => {}
        }
    }
    if text[at..end].trim().len() > 1 || out.is_empty() {
        out.push(Part { range: at..end, zone: current, skip });
    } else if let Some(last) = out.last_mut() {
        last.range.end = end;
    }
    (out, closed)
}

enum Mark {
    Close(Zone),
    Note(Zone),
}

/// The next label that closes a zone, or the next inline note as a whole.
fn next_mark(text: &str, from: usize, end: usize) -> Option<(Range<usize>, Mark)> {
    let piece = text.get(from..end)?;
    let close = CLOSE.captures(piece).and_then(|c| Some((c.get(0)?, zone(&c[1]))));
    let note = INLINE
        .captures_iter(piece)
        .filter_map(|c| Some((c.get(0)?, zone(&c[1]))))
        .find(|(m, _)| ended(&piece[..m.start()]));
    let bare = BARE.captures(piece).and_then(|c| Some((c.get(1)?, zone(&c[2]))));
    let close_at = close.as_ref().map_or(usize::MAX, |(m, _)| m.start());
    let note_at = note.as_ref().map_or(usize::MAX, |(m, _)| m.start());
    let bare_at = bare.as_ref().filter(|(m, _)| m.start() > 0).map_or(usize::MAX, |(m, _)| m.start());
    if let Some((found, z)) = note.filter(|_| note_at < close_at && note_at <= bare_at) {
        let range = found.start()..note_end(piece, found.start());
        return Some((from + range.start..from + range.end, Mark::Note(z)));
    }
    if let Some((found, z)) = bare.filter(|_| bare_at < close_at) {
        let stop = CLOSE.find_at(piece, found.end()).map_or(piece.len(), |m| m.end());
        return Some((from + found.start()..from + stop, Mark::Note(z)));
    }
    close.map(|(m, z)| (from + m.start()..from + m.end(), Mark::Close(z)))
}

/// Whether a sentence has ended before an inline note; a note inside a sentence stays in it.
fn ended(before: &str) -> bool {
    let bare = before.trim_end().trim_end_matches(['"', '”', ')', '’', '\\', '\n', ' ']);
    bare.is_empty() || bare.ends_with(['.', '?', '!', ':'])
}

/// The end of a bracketed note: its closing bracket, or the label that ends it, or the paragraph.
fn note_end(piece: &str, start: usize) -> usize {
    let mut depth = 0usize;
    for (at, c) in piece[start..].char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return start + at + c.len_utf8();
                }
            }
            _ => {}
        }
    }
    CLOSE.find_at(piece, start).map_or(piece.len(), |m| m.end())
}

/// The label of an inline note: "(Note:".
fn note_label(text: &str, range: &Range<usize>) -> Range<usize> {
    let piece = &text[range.clone()];
    let length =
        INLINE.find(piece).filter(|m| m.start() == 0).map(|m| m.end()).or_else(|| piece.find(':').map(|c| c + 1));
    range.start..range.start + length.unwrap_or(0).min(40)
}
