//! From bytes to text. A byte-order mark decides, then UTF-8 if the bytes are UTF-8, then the encoding a page declares,
//! then a guess by `chardetng`. Whatever was not plain UTF-8 is told in a warning; nothing is dropped silently.
//!
//! This follows the WHATWG encoding standard in all but one point: a page that is valid UTF-8 is read as UTF-8 whatever
//! it declares, since text that is UTF-8 by chance is next to impossible.

use encoding_rs::{Encoding, UTF_8};
use std::borrow::Cow;

/// Decoded text with what should be said about the decoding.
pub(super) struct Decoded<'a> {
    pub text: Cow<'a, str>,
    pub warning: Option<String>,
}

/// Why bytes are no text.
pub(super) const BINARY: &str =
    "is no text (it holds zero bytes); if it is a document of another program, export it as text, HTML or PDF";

/// Decodes a file.
///
/// # Errors
/// [`BINARY`] when the bytes are no text in any encoding.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, String> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let (text, failed) = encoding.decode_without_bom_handling(&bytes[length..]);
        let warning = if failed {
            Some(format!(
                "some bytes are no {} although the byte-order mark says so; they read as \u{FFFD}",
                encoding.name()
            ))
        } else {
            (encoding != UTF_8).then(|| format!("decoded from {} (byte-order mark)", encoding.name()))
        };
        return Ok(Decoded { text, warning });
    }
    if looks_binary(bytes) {
        return Err(BINARY.to_string());
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Decoded { text: Cow::Borrowed(text), warning: None }),
        Err(error) => Ok(guess(bytes, error.valid_up_to())),
    }
}

/// Zero bytes, or more control characters than a text has.
fn looks_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(64 * 1024)];
    let controls =
        head.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b | 0x1a)).count();
    head.contains(&0) || controls * 20 > head.len()
}

fn guess(bytes: &[u8], first_wrong: usize) -> Decoded<'_> {
    let line = bytes[..first_wrong].iter().filter(|&&b| b == b'\n').count() + 1;
    let declared = declared(bytes).filter(|&e| e != UTF_8);
    let (encoding, why) = match declared {
        Some(encoding) => (encoding, "as it declares"),
        None => {
            let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
            detector.feed(bytes, true);
            (detector.guess(None, chardetng::Utf8Detection::Deny), "a guess")
        }
    };
    // One damaged character in a UTF-8 file is likelier than another encoding: keep UTF-8 if nearly all of it is.
    let lossy = String::from_utf8_lossy(bytes);
    let wrong = lossy.matches('\u{FFFD}').count();
    let right = lossy.chars().filter(|c| !c.is_ascii() && *c != '\u{FFFD}').count();
    if declared.is_none() && right >= 8 * wrong {
        let warning = format!("line {line}: {wrong} broken UTF-8 character(s), read as \u{FFFD}");
        return Decoded { text: lossy, warning: Some(warning) };
    }
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Decoded { text, warning: Some(format!("line {line} is no UTF-8; decoded from {} ({why})", encoding.name())) }
}

/// The encoding that an HTML or XML page declares in its first kilobyte.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    for key in ["charset=", "encoding="] {
        if let Some(at) = head.find(key) {
            let label: String = head[at + key.len()..]
                .trim_start_matches(['"', '\'', ' '])
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.'))
                .collect();
            if let Some(encoding) = Encoding::for_label(label.as_bytes()) {
                return Some(encoding);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> (String, bool) {
        let decoded = decode(bytes).expect("text");
        (decoded.text.into_owned(), decoded.warning.is_some())
    }

    #[test]
    fn utf8_is_taken_as_it_is_and_all_else_warned_of() {
        assert_eq!(text("Brzeziński".as_bytes()), ("Brzeziński".into(), false));
        assert_eq!(text(b"\xEF\xBB\xBFplain"), ("plain".into(), false));
        assert_eq!(text(b"\xFF\xFEa\0b\0"), ("ab".into(), true));
        assert_eq!(text(b"<meta charset=\"iso-8859-1\">caf\xE9"), ("<meta charset=\"iso-8859-1\">café".into(), true));
        assert_eq!(
            text(b"<meta charset=\"utf-8\">Le caf\xE9 est ferm\xE9.").0,
            "<meta charset=\"utf-8\">Le café est fermé."
        );
    }

    #[test]
    fn one_broken_character_does_not_change_the_encoding() {
        let mut bytes = "Ташкент и Москва подписали договор. ".repeat(4).into_bytes();
        bytes.push(0xD0);
        bytes.extend(b" end");
        let (text, warned) = text(&bytes);
        assert!(text.contains("Ташкент") && text.contains('\u{FFFD}') && warned);
    }

    #[test]
    fn binary_is_refused() {
        assert!(decode(b"\x7fELF\0\0\0\x01").is_err());
        assert!(decode(&[1u8; 100]).is_err());
    }
}
