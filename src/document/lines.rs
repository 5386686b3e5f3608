//! Lines and paragraphs of a text, as byte ranges.

use std::ops::Range;

/// The lines of `range`, without their line ends, in order; empty lines included.
pub(super) fn lines(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
    let piece = text.get(range.clone()).unwrap_or_default();
    let base = range.start;
    let mut at = 0;
    piece.split_inclusive('\n').map(move |line| {
        let start = base + at;
        at += line.len();
        start..start + line.trim_end_matches(['\n', '\r']).len()
    })
}

/// Runs of lines that are not blank, trimmed.
pub(super) fn paragraphs(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for line in lines(text, range) {
        let piece = &text[line.clone()];
        let trimmed = piece.trim_end();
        if trimmed.trim_start().is_empty() {
            open = false;
            continue;
        }
        let start = line.start + (trimmed.len() - trimmed.trim_start().len());
        let end = line.start + trimmed.len();
        match out.last_mut().filter(|_| open) {
            Some(last) => last.end = end,
            None => out.push(start..end),
        }
        open = true;
    }
    out
}
