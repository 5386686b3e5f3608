//! What articles taken from web pages share: a paragraph a line, captions in capitals, picture names between sentences.

use super::cable::line::pattern;
use super::draft::{Draft, squeeze, trim};
use super::lines::lines;
use super::{Zone, plain, stated};
use crate::date::NaiveDate;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Fewest words in capitals that make a caption.
const CAPTION_WORDS: usize = 6;

/// The lines with words: in such a text a line is a paragraph, unless its lines are hard-wrapped.
pub(super) fn paragraphs(text: &str, from: usize) -> Vec<Range<usize>> {
    let whole = from..text.len();
    let wrapped = {
        let lengths: Vec<usize> = lines(text, whole.clone()).map(|l| l.len()).filter(|&l| l > 0).collect();
        let long = lengths.iter().filter(|&&l| l > 120).count();
        lengths.len() >= 8 && long * 10 < lengths.len()
    };
    if wrapped {
        return super::lines::paragraphs(text, whole);
    }
    lines(text, whole).map(|l| trim(text, l)).filter(|l| !l.is_empty()).collect()
}

/// Adds one paragraph: heading, caption and body parts; the title's repetitions are skipped.
pub(super) fn paragraph(draft: &mut Draft, range: Range<usize>) {
    let text = &draft.text;
    let title = draft.meta.title.clone().unwrap_or_default();
    if plain::is_heading(&text[range.clone()]) {
        draft.block(range, Zone::Heading);
        return;
    }
    let caption = caption(text, &range);
    let mut skip = repeated_title(text, &range, &title);
    match caption {
        Some(caption) => {
            let rest = caption.end..range.end;
            skip.retain(|s| s.start >= rest.start);
            if range.start < caption.start
                && let Some(block) = draft.block(range.start..caption.start, Zone::Body)
            {
                block.skip.extend(skip.iter().filter(|s| s.end <= caption.start).cloned());
            }
            draft.block(caption, Zone::Caption);
            if let Some(block) = draft.block(rest, Zone::Body) {
                block.skip = skip;
            }
        }
        None => {
            if let Some(block) = draft.block(range, Zone::Body) {
                block.skip = skip;
            }
        }
    }
}

/// A run of words in capitals at the paragraph's start, longer than any name.
fn caption(text: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let piece = &text[range.clone()];
    let (mut end, mut words) = (0, 0);
    for word in piece.split_inclusive(char::is_whitespace) {
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        if letters > 0 && word.chars().any(char::is_lowercase) {
            break;
        }
        words += usize::from(letters > 1);
        end += word.len();
    }
    (words >= CAPTION_WORDS && end < piece.len()).then(|| trim(text, range.start..range.start + end))
}

/// Where the title stands between sentences or at the paragraph's start: the name of a picture, not its text.
fn repeated_title(text: &str, range: &Range<usize>, title: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let words: Vec<String> = title.split_whitespace().map(str::to_lowercase).collect();
    if words.len() < 3 {
        return out;
    }
    let piece = &text[range.clone()];
    let found: Vec<(usize, String)> = {
        let mut at = 0;
        piece
            .split_inclusive(char::is_whitespace)
            .map(|w| {
                let start = at;
                at += w.len();
                (start, w.trim().to_lowercase())
            })
            .filter(|(_, w)| !w.is_empty())
            .collect()
    };
    for (at, window) in found.windows(words.len()).enumerate() {
        if window.iter().zip(&words).all(|((_, a), b)| a == b) {
            let start = window[0].0;
            let (last, word) = &window[window.len() - 1];
            let end = last + piece[*last..].split(char::is_whitespace).next().map_or(word.len(), str::len);
            let before = piece[..start].trim_end();
            let between = before.is_empty()
                || before.ends_with(['.', '!', '?', '”', '"'])
                || !before.chars().any(char::is_lowercase);
            let next_upper =
                found.get(at + words.len()).is_some_and(|(s, _)| piece[*s..].starts_with(char::is_uppercase));
            // In the middle of a paragraph a capitalised next word tells that a sentence begins behind it.
            if between && next_upper || before.is_empty() || !before.chars().any(char::is_lowercase) {
                out.push(range.start + start..range.start + end);
            }
        }
    }
    out
}

pattern!(BYLINE, r"(?i)^(?:by|posted|published|updated|last updated|first published|date)\b");

/// Whether a line is a byline or posted line.
pub(super) fn is_byline(line: &str) -> bool {
    BYLINE.is_match(line.trim())
        && (stated::day(line).is_some() || line.split_whitespace().count() <= 6 && line.starts_with("By "))
}

/// The day that a byline or posted line of the text states, with the line: "By X | May 20, 2005 | Page 5".
pub(super) fn posted(text: &str) -> Option<(NaiveDate, String)> {
    lines(text, 0..text.len()).take(2000).find_map(|line| {
        let piece = text[line].trim();
        if piece.len() > 160 || !is_byline(piece) {
            return None;
        }
        stated::day(piece).map(|(day, _)| (day, squeeze(piece)))
    })
}
