//! The fingerprint of a piece of evidence: what a decision is tied to, so that it survives every new build.

use crate::event::Mention;
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

/// Characters of the surroundings that count on either side.
const AROUND: usize = 32;

/// The fingerprints of a document's mentions, in their order. Where two are told by the same word of the same
/// sentence, the second carries its number.
pub fn fingerprint(text: &str, mentions: &[Mention]) -> Vec<String> {
    let mut seen: FxHashMap<String, usize> = FxHashMap::default();
    let chars = crate::document::CharIndex::new(text);
    mentions
        .iter()
        .map(|m| {
            let (before, after) = (chars.byte_of(m.start), chars.byte_of(m.end));
            let (prefix, suffix) = (tail(&text[..before]), head(&text[after..]));
            let base = hash(&[
                &m.doc,
                &one_line(&m.quote),
                &prefix,
                &suffix,
                &m.trigger.text.to_lowercase(),
                m.kind.quad().as_str(),
            ]);
            let number = seen.entry(base.clone()).or_insert(0);
            *number += 1;
            if *number == 1 { base } else { hash(&[&base, &number.to_string()]) }
        })
        .collect()
}

/// Sixteen bytes of SHA-256 over the parts, in hexadecimal.
pub(crate) fn hash(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().iter().take(16).map(|b| format!("{b:02x}")).collect()
}

/// Words with single spaces between them.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn tail(text: &str) -> String {
    let start = text.char_indices().rev().nth(2 * AROUND).map_or(0, |(at, _)| at);
    let line = one_line(&text[start..]);
    let skip = line.chars().count().saturating_sub(AROUND);
    line.chars().skip(skip).collect()
}

fn head(text: &str) -> String {
    let end = text.char_indices().nth(2 * AROUND).map_or(text.len(), |(at, _)| at);
    one_line(&text[..end]).chars().take(AROUND).collect()
}
