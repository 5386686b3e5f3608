//! A diplomatic telegram, whatever page it is printed on: header, body, signature.
//!
//! Pages differ in what they print around a message; the message itself is read here once for all of them. This module
//! knows no page.

mod body;
pub(super) mod bounds;
pub(super) mod dtg;
mod header;
pub(super) mod line;
pub(super) mod message;
mod refs;
mod signature;
mod zones;

use super::draft::{Draft, trim};
use super::{Block, Zone};
use body::Paragraph;
use line::{Kind, pattern};

use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

// "=====CABLE ENDS=====", or a stray quote, behind the message.
pattern!(ENDS, r"^(?:[=*_#-]{3,}[A-Z ]*[=*_#-]{3,}|[\x22”]+)$");
pattern!(END_MARK, r"[ \t]NNNN$");
pattern!(ID, r"\b(\d{2}[A-Z][A-Z]{2,}\d{1,7})\b");

/// The first cable identifier in a text ("05DUSHANBE1839").
pub(super) fn identifier(text: &str) -> Option<&str> {
    ID.find(text).map(|m| m.as_str())
}

/// Where a message begins in `range`: its first routing, date-time-group or banner line.
pub(super) fn message_start(text: &str, range: Range<usize>) -> Option<usize> {
    super::lines::lines(text, range)
        .find(|line| {
            let piece = &text[line.clone()];
            match line::kind(piece) {
                Kind::Routing => line::clean(piece) != "NNNN",
                Kind::Dtg | Kind::Address => true,
                Kind::Banner => line::clean(piece).len() > 12,
                _ => false,
            }
        })
        .map(|line| line.start)
}

/// Reads the message in `range`: fields into the draft's metadata, lines into its blocks.
///
/// # Errors
/// When nothing of the message is a body.
pub(super) fn read(draft: &mut Draft, range: Range<usize>) -> Result<(), String> {
    let range = sign(draft, range);
    let lines = message::split(&draft.text, range);
    header::read(draft, &lines);
    header::read_references(draft, &lines);
    let (paragraphs, aside) = body::paragraphs(&draft.text, &lines);
    if paragraphs.is_empty() {
        draft.warnings.push("holds only the cable's header: its body is missing".to_string());
    }
    let parts = zones::assign(&draft.text, &paragraphs);
    // Repeated headers and page breaks inside a paragraph are its skips; a header block must not lie across it.
    for paragraph in &paragraphs {
        draft.blocks.retain(|b| b.zone != Zone::Header || !inside(&b.range, &paragraph.range));
    }
    for (paragraph, parts) in paragraphs.iter().zip(parts) {
        draft.blocks.extend(parts.into_iter().filter_map(|part| block(&draft.text, paragraph, part)));
    }
    for range in aside {
        if !draft.blocks.iter().any(|b| inside(&range, &b.range)) {
            draft.block(range, Zone::Boilerplate);
        }
    }
    Ok(())
}

fn inside(inner: &Range<usize>, outer: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

fn block(text: &str, paragraph: &Paragraph, part: zones::Part) -> Option<Block> {
    let range = trim(text, part.range);
    if range.is_empty() {
        return None;
    }
    let mut skip = part.skip;
    skip.extend(paragraph.skip.iter().filter(|s| s.start < range.end && range.start < s.end).cloned());
    Some(Block { range, zone: part.zone, number: paragraph.number, marking: paragraph.marking.clone(), skip })
}

/// Takes end mark and signature off the end of a message; what is left is read.
fn sign(draft: &mut Draft, range: Range<usize>) -> Range<usize> {
    let mut range = trim(&draft.text, range);
    loop {
        let last = draft.text[range.clone()].rfind('\n').map_or(range.start, |at| range.start + at + 1);
        let piece = draft.text[last..range.end].trim();
        let ends = ENDS.is_match(piece)
            || matches!(
                line::kind(&draft.text[last..range.end]),
                Kind::Routing | Kind::Blank | Kind::Rule | Kind::PageBreak
            );
        if !ends || last == range.start {
            break;
        }
        draft.block(last..range.end, Zone::Boilerplate);
        range = trim(&draft.text, range.start..last);
    }
    // "HILL NNNN": the end mark on the signature's line.
    if let Some(mark) = END_MARK.find(&draft.text[range.clone()]).map(|m| range.start + m.start()) {
        draft.block(mark..range.end, Zone::Boilerplate);
        range = trim(&draft.text, range.start..mark);
    }
    if let Some(name) = signature::find(&draft.text, range.clone()) {
        draft.meta.author = Some(draft.text[name.clone()].to_string());
        let value = draft.text[name.clone()].to_string();
        draft.other("signature", value);
        draft.block(name.start..range.end, Zone::Boilerplate);
        range = trim(&draft.text, range.start..name.start);
    }
    range
}
