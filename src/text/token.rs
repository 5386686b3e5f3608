//! Splitting text into tokens.
//!
//! The cuts follow the English Universal Dependencies treebanks where it matters to a parser: possessives and
//! contractions are tokens of their own ("Karimov" + "'s", "do" + "n't"), hyphens and slashes split
//! ("Russia" + "-" + "Uzbekistan"). Digits that run into letters stay one word ("1990s", "26th", "021155Z").

use super::{Case, Token, TokenKind};

/// Contractions that are tokens of their own when they end a word, longest first.
const CLITICS: [&str; 7] = ["n't", "'re", "'ve", "'ll", "'s", "'d", "'m"];

/// Appends the tokens of `text[start..end]` to `out`. Offsets are bytes of `text`; `start` and `end` must lie on
/// character boundaries. `spaced` of the first token is true.
pub fn tokenize(text: &str, start: usize, end: usize, out: &mut Vec<Token>) {
    cut::<true>(text, start, end, out);
}

/// [`tokenize`], with or without the short way for plain ASCII; both cut alike.
fn cut<const PLAIN: bool>(text: &str, start: usize, end: usize, out: &mut Vec<Token>) {
    let mut at = start;
    let mut spaced = true;
    while at < end {
        // Most of a text is plain ASCII words and blanks: those need none of the care below.
        match if PLAIN { plain(text.as_bytes(), at, end) } else { Plain::Other } {
            Plain::Blank(next) => {
                spaced = true;
                at = next;
                continue;
            }
            Plain::Token(next, kind, case) => {
                out.push(Token { start: at as u32, end: next as u32, kind, case, spaced, broken: false });
                spaced = false;
                at = next;
                continue;
            }
            Plain::Other => {}
        }
        let rest = &text[at..end];
        let Some(c) = rest.chars().next() else { break };
        if c.is_whitespace() {
            spaced = true;
            at += c.len_utf8();
            continue;
        }
        let length = if c.is_alphanumeric() { word(rest) } else { punct(rest, c) };
        push(text, at, at + length, spaced, out);
        spaced = false;
        at += length;
    }
}

/// What the plain path makes of a place.
enum Plain {
    /// White space up to here.
    Blank(usize),
    /// A token up to here.
    Token(usize, TokenKind, Case),
    /// Something that needs a closer look: an apostrophe, a full stop inside, a letter beyond ASCII.
    Other,
}

/// A run of ASCII white space, letters or digits that nothing follows which could belong to it.
#[inline]
fn plain(bytes: &[u8], at: usize, end: usize) -> Plain {
    let Some(&first) = bytes.get(at) else { return Plain::Other };
    let mut next = at + 1;
    if matches!(first, b' ' | b'\n' | b'\r' | b'\t') {
        while next < end && matches!(bytes[next], b' ' | b'\n' | b'\r' | b'\t') {
            next += 1;
        }
        return Plain::Blank(next);
    }
    if matches!(first, b',' | b';' | b':' | b'(' | b')' | b'"' | b'/' | b'?' | b'!') {
        return Plain::Token(next, TokenKind::Punct, Case::Lower);
    }
    if matches!(first, b'-' | b'.' | b'=' | b'_' | b'*') {
        while next < end && bytes[next] == first {
            next += 1;
        }
        return Plain::Token(next, TokenKind::Punct, Case::Lower);
    }
    if !first.is_ascii_alphanumeric() {
        return Plain::Other;
    }
    let mut seen = 0;
    for byte in bytes.get(next..end).unwrap_or_default() {
        match CLASSES[usize::from(*byte)] {
            0 => break,
            NEAR => return Plain::after(bytes, at, next, end, seen),
            class => seen |= class,
        }
        next += 1;
    }
    Plain::word(bytes, at, next, seen)
}

/// Classes of bytes inside a word, as bits.
const LOWER: u8 = 1;
const UPPER: u8 = 2;
const DIGIT: u8 = 4;
/// An apostrophe, a full stop, a comma or a letter beyond ASCII.
const NEAR: u8 = 8;

/// The class of each byte; 0 for what ends a word.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            b'0'..=b'9' => DIGIT,
            b'\'' | b'.' | b',' | 128.. => NEAR,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

impl Plain {
    /// The token `at..next` behind which an apostrophe, a full stop, a comma or a letter beyond ASCII stands: plain only
    /// where a full stop or comma ends a longer word.
    fn after(bytes: &[u8], at: usize, next: usize, end: usize, seen: u8) -> Plain {
        let digits = seen & DIGIT != 0 || bytes[at].is_ascii_digit();
        let closes = match bytes[next] {
            b',' => !digits,
            b'.' => !digits && next - at > 1,
            _ => false,
        };
        let follows = bytes.get(next + 1).filter(|_| next + 1 < end);
        if closes && follows.is_none_or(|b| !b.is_ascii_alphanumeric() && *b < 128) {
            return Plain::word(bytes, at, next, seen);
        }
        Plain::Other
    }

    /// The token `at..next`; `seen` has the classes of the bytes behind its first.
    fn word(bytes: &[u8], at: usize, next: usize, seen: u8) -> Plain {
        let first = bytes[at];
        if first.is_ascii_digit() {
            // Digits that run into letters need the careful way.
            let number = seen & !DIGIT == 0;
            return if number { Plain::Token(next, TokenKind::Number, Case::Lower) } else { Plain::Other };
        }
        let case = match (first.is_ascii_uppercase(), seen & UPPER != 0, seen & LOWER != 0) {
            (false, false, _) => Case::Lower,
            (true, false, _) => Case::Title,
            (true, true, false) => Case::Upper,
            _ => Case::Mixed,
        };
        Plain::Token(next, TokenKind::Word, case)
    }
}

/// Adds the piece as one token, or as a word and its contraction.
fn push(text: &str, start: usize, end: usize, spaced: bool, out: &mut Vec<Token>) {
    let piece = &text[start..end];
    let kind = kind(piece);
    let cut = if kind == TokenKind::Word { clitic(piece) } else { None };
    let middle = start + cut.unwrap_or(piece.len());
    out.push(token(text, start, middle, kind, spaced));
    if middle < end {
        out.push(token(text, middle, end, TokenKind::Word, false));
    }
}

fn token(text: &str, start: usize, end: usize, kind: TokenKind, spaced: bool) -> Token {
    Token { start: start as u32, end: end as u32, kind, case: case(&text[start..end]), spaced, broken: false }
}

fn kind(piece: &str) -> TokenKind {
    match piece.chars().next() {
        Some(c) if c.is_alphabetic() || is_apostrophe(c) && piece.len() > c.len_utf8() => TokenKind::Word,
        Some(c) if c.is_numeric() => {
            if piece.chars().any(char::is_alphabetic) {
                TokenKind::Word
            } else {
                TokenKind::Number
            }
        }
        _ => TokenKind::Punct,
    }
}

/// Bytes of the word or number that `rest` begins with.
fn word(rest: &str) -> usize {
    let mut chars = rest.char_indices().peekable();
    let mut end = 0;
    let mut letters = 0; // letters since the last full stop, to tell "U.S." from "end."
    let mut dotted = false; // every part so far was one letter and a full stop
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, n)| n);
        if c.is_alphanumeric() || is_mark(c) {
            letters += 1;
            end = at + c.len_utf8();
        } else if is_apostrophe(c) && next.is_some_and(char::is_alphabetic) && end > 0 {
            letters += 2;
            end = at + c.len_utf8();
        } else if (c == '.' || c == ',') && next.is_some_and(|n| n.is_ascii_digit()) && ends_in_digit(&rest[..end]) {
            end = at + 1;
        } else if c == '.' && letters == 1 && rest[..end].ends_with(char::is_alphabetic) {
            let more = next.is_some_and(char::is_alphabetic) && single(&rest[at + 1..]);
            if !more && !dotted {
                break;
            }
            end = at + 1;
            dotted = true;
            letters = 0;
            if !more {
                break;
            }
        } else {
            break;
        }
    }
    end
}

/// Whether `rest` begins with one letter that a full stop or a non-letter follows.
fn single(rest: &str) -> bool {
    let mut chars = rest.chars();
    chars.next().is_some_and(char::is_alphabetic) && !chars.next().is_some_and(char::is_alphanumeric)
}

fn ends_in_digit(piece: &str) -> bool {
    piece.ends_with(|c: char| c.is_ascii_digit()) && !piece.contains(char::is_alphabetic)
}

/// Bytes of the run of punctuation: dashes and full stops run together, all else stands alone.
fn punct(rest: &str, first: char) -> usize {
    if is_apostrophe(first)
        && let Some(clitic) = CLITICS[1..].iter().find(|c| {
            let tail = &rest[first.len_utf8()..];
            tail.get(..c.len() - 1).is_some_and(|t| t.eq_ignore_ascii_case(&c[1..]))
                && !tail[c.len() - 1..].starts_with(char::is_alphanumeric)
        })
    {
        return first.len_utf8() + clitic.len() - 1;
    }
    if matches!(first, '-' | '.' | '=' | '_' | '*') {
        return rest.chars().take_while(|&c| c == first).map(char::len_utf8).sum();
    }
    first.len_utf8()
}

/// Byte offset of the contraction that `piece` ends with, if any and if something stands before it.
fn clitic(piece: &str) -> Option<usize> {
    if !piece.contains(['\'', '’']) {
        return None;
    }
    let plain = piece.replace('’', "'");
    let longer = piece.len() - plain.len();
    for c in CLITICS {
        let cut = plain.len().checked_sub(c.len())?;
        if cut > 0 && plain.is_char_boundary(cut) && plain[cut..].eq_ignore_ascii_case(c) {
            // The longer apostrophe lies in the contraction itself unless the word holds several.
            let cut = if longer == 0 { cut } else { piece.len() - c.len() - '’'.len_utf8() + 1 };
            return piece.is_char_boundary(cut).then_some(cut);
        }
    }
    None
}

fn is_apostrophe(c: char) -> bool {
    c == '\'' || c == '’' || c == 'ʼ' || c == 'ʻ'
}

/// Combining marks belong to the letter before them.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

pub(super) fn case(piece: &str) -> Case {
    let mut letters = piece.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else { return Case::Lower };
    let (mut upper, mut lower) = (0, 0);
    for c in letters {
        if c.is_uppercase() {
            upper += 1;
        } else {
            lower += 1;
        }
    }
    match (first.is_uppercase(), upper, lower) {
        (false, 0, _) => Case::Lower,
        (true, 0, _) => Case::Title,
        (true, _, 0) => Case::Upper,
        _ => Case::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        let mut tokens = Vec::new();
        tokenize(text, 0, text.len(), &mut tokens);
        let words: Vec<&str> = tokens.iter().map(|t| &text[t.range()]).collect();
        words.join(" ")
    }

    #[test]
    fn tokens_are_cut_as_in_the_treebanks() {
        for (text, want) in [
            ("Karimov's visit", "Karimov 's visit"),
            ("Uzbekistan’s move", "Uzbekistan ’s move"),
            ("the officials' lists", "the officials ' lists"),
            ("don't, can’t", "do n't , ca n’t"),
            ("the U.S. and u.n. talks", "the U.S. and u.n. talks"),
            ("the end. U.S.-Uzbek", "the end . U.S. - Uzbek"),
            ("treaty–of 1992", "treaty – of 1992"),
            ("Sana'a o'clock", "Sana'a o'clock"),
            ("2,000 troops, 1.4 (b)", "2,000 troops , 1.4 ( b )"),
            ("in 1992, 26th 1990s 1990's", "in 1992 , 26th 1990s 1990 's"),
            ("9/11 11-18-05 12:22", "9 / 11 11 - 18 - 05 12 : 22"),
            ("021155Z NOV 00", "021155Z NOV 00"),
            ("...--", "... --"),
            ("He paid 5.", "He paid 5 ."),
            ("plan B. Then", "plan B . Then"),
            ("Brzeziński as “well”", "Brzeziński as “ well ”"),
        ] {
            assert_eq!(words(text), want);
        }
    }

    #[test]
    fn the_short_way_changes_nothing() {
        for text in [
            "Ab cD EF gh1 1990s 26th 2,000 1.4 a.m. U.S. end. x, y;z (A) U. He's 'twas o'clock 5. 1,a a.b ab.c NATO's",
            "11-18-05 12:22:00 -.-..=*_ x--y a1.b 7th, 7. \t\r\n -- ... --- 9/11 \"Q\" a,b a, 1, 1. A. Mr. B.C. 480 BC. The é ab’s c’d abé, ab.é a\u{301}",
        ] {
            let (mut fast, mut careful) = (Vec::new(), Vec::new());
            cut::<true>(text, 0, text.len(), &mut fast);
            cut::<false>(text, 0, text.len(), &mut careful);
            assert_eq!(fast, careful, "{text}");
        }
    }

    #[test]
    fn case_is_told() {
        let text = "Tashkent NATO visit McCain U.S. A 1990s";
        let mut tokens = Vec::new();
        tokenize(text, 0, text.len(), &mut tokens);
        let cases: Vec<Case> = tokens.iter().map(|t| t.case).collect();
        assert_eq!(cases, [Case::Title, Case::Upper, Case::Lower, Case::Mixed, Case::Upper, Case::Title, Case::Lower]);
    }
}
