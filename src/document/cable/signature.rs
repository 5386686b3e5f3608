//! Who signed: the last words of a cable's body.

use super::line::pattern;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

pattern!(
    LINE,
    r"(?:^|\n)[ \t]*([A-Z][A-Za-z’'.-]*[A-Za-z](?:[ -](?:[A-Z][A-Za-z’'-]*|DE|VAN|LA)){0,2})[ \t]*[\\\x22”]*\s*$"
);
pattern!(TAIL, r"[.!?)\]”\x22][ \t]+([A-Z][A-Za-z’'-]{2,}(?: [A-Z][A-Z’'-]{2,})?)[ \t]*[\\\x22”]*\s*$");
pattern!(
    NOT_A_NAME,
    r"(?i)^(?:END|SUMMARY|COMMENT|UNCLAS.*|CONFIDENTIAL|SECRET|SIPDIS|NNNN|NOTE|BT|TEXT|NOFORN|SENSITIVE|END .*)$"
);

/// The signature at the end of `text[range]`, and whether it stands on a line of its own.
pub(super) fn find(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let piece = text.get(range.clone())?;
    // Only the end is of interest; cut at a character boundary.
    let mut from = piece.len().saturating_sub(120);
    while !piece.is_char_boundary(from) {
        from += 1;
    }
    let tail = &piece[from..];
    let found = LINE.captures(tail).or_else(|| TAIL.captures(tail))?.get(1)?;
    let name = found.as_str();
    let is_name = !NOT_A_NAME.is_match(name) && name.len() <= 32 && (name.len() > 2);
    is_name.then(|| range.start + from + found.start()..range.start + from + found.end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_words_are_a_name_or_not() {
        let name = |text: &str| find(text, 0..text.len()).map(|r| text[r].to_string());
        assert_eq!(name("He left.\nHOLLANDER \\\n").as_deref(), Some("HOLLANDER"));
        assert_eq!(name("He left. END COMMENT. VAN DUSTEN\n").as_deref(), Some("VAN DUSTEN"));
        assert_eq!(name("He left.\n\nHILL \"").as_deref(), Some("HILL"));
        assert_eq!(name("they avoid them. Herring").as_deref(), Some("Herring"));
        assert_eq!(name("He left.\nEND COMMENT"), None);
        assert_eq!(name("He met Smith"), None);
    }
}
