//! Plain text: what no other format recognises. Paragraphs are parted by blank lines.
//!
//! The first line is the title if it is short, ends in no full stop and stands alone. A posted line, a dateline or a line
//! that is a date gives the day.

use super::draft::{Draft, squeeze};
use super::lines::paragraphs;
use super::{Block, DateBasis, Zone, article, dateline, press, stated};

/// Longest line, in characters, that may be a title or heading.
const HEADING: usize = 100;

/// Reads a text of which nothing is known.
pub(super) fn read(text: String) -> Draft {
    let mut draft = Draft::new(text);
    let whole = 0..draft.text.len();
    for range in paragraphs(&draft.text, whole) {
        let zone = if is_heading(&draft.text[range.clone()]) { Zone::Heading } else { Zone::Body };
        draft.blocks.push(Block { range, zone, number: None, marking: None, skip: Vec::new() });
    }
    let title = draft.blocks.first().filter(|b| b.zone == Zone::Heading).map(|b| squeeze(&draft.text[b.range.clone()]));
    if title.is_some()
        && let Some(first) = draft.blocks.first_mut()
    {
        first.zone = Zone::Header;
        draft.meta.title = title;
    }
    byline(&mut draft);
    press::cite(&mut draft);
    draft
}

/// A byline or posted line among the first paragraphs gives the day and is no part of the account.
fn byline(draft: &mut Draft) {
    let mut found = None;
    for block in draft.blocks.iter_mut().take(6) {
        let piece = squeeze(&draft.text[block.range.clone()]);
        if piece.len() < 160 && article::is_byline(&piece) {
            block.zone = Zone::Header;
            found = found.or_else(|| stated::day(&piece).map(|(day, _)| (day, piece)));
        }
    }
    if let Some((day, line)) = found {
        draft.claim(day, DateBasis::Posted, line);
    } else {
        dateline::claim(draft);
    }
}

/// One short line without an end mark, not a bare number, not a list item.
pub(super) fn is_heading(paragraph: &str) -> bool {
    let line = paragraph.trim();
    !line.contains('\n')
        && line.chars().count() <= HEADING
        && line.chars().any(char::is_alphabetic)
        && !line.ends_with(['.', '!', '?', ':', ';', ',', '”', '"', ')'])
        && !line.starts_with(['-', '*', '•', '('])
        && line.split_whitespace().count() <= 14
        && line.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric())
}
