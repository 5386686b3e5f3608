//! What tagger and parser look at in a word: hashes of its lower-cased form, its ends, its shape.
//!
//! Hashes are our own and fixed: the weights file depends on them.

/// Hashes of one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lexeme {
    /// Lower-cased form; numbers by their length, quotes and dashes by their kind.
    pub word: u32,
    /// Last 1 to 5 bytes.
    pub suffix: [u32; 5],
    /// First 1 to 3 bytes.
    pub prefix: [u32; 3],
    /// Pattern of capitals, small letters, digits and others, runs cut to two.
    pub shape: u32,
}

/// How a whole sentence uses capitals; it tells how far a word's own capital means anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Capitals {
    /// As in running text.
    Usual,
    /// None at all.
    None,
    /// Nearly all letters.
    All,
    /// Nearly all long words begin with one, as in a headline.
    Title,
}

/// Mixes one number into a hash.
#[inline]
pub fn mix(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(5) ^ value).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Spreads a hash over all 64 bits.
#[inline]
pub fn finish(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    hash ^ (hash >> 32)
}

/// Hash of a string of bytes.
pub fn hash_bytes(bytes: impl Iterator<Item = u8>) -> u32 {
    finish(bytes.fold(0x51_7C_C1, |hash, b| mix(hash, u64::from(b)))) as u32
}

/// Reads the words of a sentence. One in capitals is read as if it were in small letters: [`Capitals::None`].
pub fn sentence(forms: &[&str], scratch: &mut String, out: &mut Vec<Lexeme>) -> Capitals {
    out.clear();
    match capitals(forms.iter().map(|form| Letters::of(form))) {
        Capitals::All => {
            out.extend(forms.iter().map(|form| lexeme(&form.to_lowercase(), scratch)));
            Capitals::None
        }
        capitals => {
            out.extend(forms.iter().map(|form| lexeme(form, scratch)));
            capitals
        }
    }
}

/// Reads a word. `scratch` is a buffer that is used again from word to word; it holds the lower-cased form afterwards.
pub fn lexeme(form: &str, scratch: &mut String) -> Lexeme {
    normalise(form, scratch);
    let bytes = scratch.as_bytes();
    let mut out = Lexeme { word: hash_bytes(bytes.iter().copied()), shape: shape(form), ..Lexeme::default() };
    let mut hash = 1;
    for (i, suffix) in out.suffix.iter_mut().enumerate() {
        // A word shorter than the suffix gives the whole word once more: harmless and cheap.
        if let Some(&b) = bytes.len().checked_sub(i + 1).and_then(|at| bytes.get(at)) {
            hash = mix(hash, u64::from(b));
        }
        *suffix = (finish(hash) as u32) ^ i as u32;
    }
    hash = 2;
    for (i, prefix) in out.prefix.iter_mut().enumerate() {
        if let Some(&b) = bytes.get(i) {
            hash = mix(hash, u64::from(b));
        }
        *prefix = (finish(hash) as u32) ^ i as u32;
    }
    out
}

/// Writes the form that features see: lower case, one kind of quote and dash, digits of a number as zeros.
fn normalise(form: &str, out: &mut String) {
    out.clear();
    let number = form.bytes().all(|b| b.is_ascii_digit() || b == b',' || b == b'.') && form.len() > 1;
    if number && form.len() == 4 && (form.starts_with("19") || form.starts_with("20")) {
        out.push_str("1999");
        return;
    }
    for c in form.chars() {
        match c {
            '0'..='9' if number => out.push('0'),
            '’' | '‘' | 'ʼ' | 'ʻ' => out.push('\''),
            '“' | '”' => out.push('"'),
            '–' | '—' => out.push('-'),
            c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            c => out.extend(c.to_lowercase()),
        }
    }
}

fn shape(form: &str) -> u32 {
    let mut hash = 3;
    let (mut last, mut run, mut length) = (0, 0, 0);
    for c in form.chars() {
        let class = match c {
            c if c.is_lowercase() => 1,
            c if c.is_uppercase() => 2,
            c if c.is_alphabetic() => 3,
            c if c.is_numeric() => 4,
            '.' => 5,
            '-' => 6,
            '\'' | '’' => 7,
            _ => 8,
        };
        run = if class == last { run + 1 } else { 1 };
        last = class;
        if run <= 2 && length < 8 {
            hash = mix(hash, class);
            length += 1;
        }
    }
    finish(hash) as u32
}

/// The letters of a word, as far as they tell how its sentence uses capitals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Letters {
    /// How many, at most 4.
    count: u8,
    /// Whether the first is a capital.
    first: bool,
    /// Whether any is one.
    any: bool,
    /// Whether any is none.
    small: bool,
}

impl Letters {
    /// The letters of `word`.
    pub fn of(word: &str) -> Self {
        let mut out = Letters::default();
        for c in word.chars().filter(|c| c.is_alphabetic()) {
            let upper = c.is_uppercase();
            out.first |= out.count == 0 && upper;
            out.any |= upper;
            out.small |= !upper;
            out.count = (out.count + 1).min(4);
        }
        out
    }
}

/// How a sentence of words with these letters uses capitals.
pub fn capitals(words: impl Iterator<Item = Letters>) -> Capitals {
    let (mut words_seen, mut upper, mut long, mut long_title, mut any) = (0, 0, 0, 0, false);
    for word in words {
        any |= word.any;
        words_seen += usize::from(word.count >= 2);
        upper += usize::from(word.count >= 2 && !word.small);
        long += usize::from(word.count >= 4);
        long_title += usize::from(word.count >= 4 && word.first);
    }
    if !any {
        Capitals::None
    } else if upper * 10 >= words_seen * 7 && words_seen >= 2 {
        Capitals::All
    } else if long >= 4 && long_title * 10 >= long * 9 {
        Capitals::Title
    } else {
        Capitals::Usual
    }
}
