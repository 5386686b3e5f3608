//! The words of the lexicon: a word of up to 24 bytes is looked up as one or three numbers, without regard to case.

use super::lexicon::KindId;
use rustc_hash::FxHashMap;

/// Longest word (bytes) that is looked up.
pub(super) const LONGEST: usize = 24;

/// The kinds of a word: written with a capital, and without.
type Kinds = (KindId, KindId);

/// Words in lower case with their kinds.
#[derive(Clone, Debug)]
pub(super) struct Words {
    short: FxHashMap<u64, Kinds>,
    long: FxHashMap<[u64; 3], Kinds>,
    /// For each pair of first and last byte (their low five bits): the lengths that some word has, as bits. Most words
    /// of a text are told by it alone.
    gate: Vec<u32>,
}

impl Default for Words {
    fn default() -> Self {
        Words { short: FxHashMap::default(), long: FxHashMap::default(), gate: vec![0; 1024] }
    }
}

impl Words {
    /// Adds a word in lower case; one that is too long is never found.
    pub fn insert(&mut self, word: &[u8], kinds: Kinds) {
        let Some(place) = place(word).filter(|_| word.len() <= LONGEST) else { return };
        self.gate[place] |= 1 << word.len();
        if word.len() <= 8 {
            self.short.insert(eight(word), kinds);
        } else {
            self.long.insert(three(word), kinds);
        }
    }

    /// The kinds of a word in any case; letters beyond ASCII must be in lower case.
    #[inline]
    pub fn get(&self, word: &[u8]) -> Option<Kinds> {
        if word.len() > LONGEST || self.gate[place(word)?] & (1 << word.len()) == 0 {
            return None;
        }
        if word.len() <= 8 {
            self.short.get(&lower(eight(word))).copied()
        } else {
            self.long.get(&three(word).map(lower)).copied()
        }
    }
}

/// The place of a word in the gate.
#[inline]
fn place(word: &[u8]) -> Option<usize> {
    let (first, last) = (word.first()?, word.last()?);
    Some(usize::from(first & 31) << 5 | usize::from(last & 31))
}

/// Up to eight bytes as a number.
#[inline]
fn eight(bytes: &[u8]) -> u64 {
    let four = |bytes: &[u8; 4]| u64::from(u32::from_le_bytes(*bytes));
    if let Some(all) = bytes.first_chunk::<8>() {
        return u64::from_le_bytes(*all);
    }
    // Two loads that may overlap are quicker than one byte after the other.
    if let (Some(head), Some(tail)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        return four(head) | four(tail) << (8 * (bytes.len() - 4));
    }
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

fn three(bytes: &[u8]) -> [u64; 3] {
    let part = |from: usize| eight(bytes.get(from..).unwrap_or_default());
    [part(0), part(8), part(16)]
}

/// The same bytes with ASCII letters in lower case, all eight at once.
#[inline]
fn lower(bytes: u64) -> u64 {
    const ONES: u64 = u64::MAX / 255;
    let low = bytes & (0x7f * ONES);
    let from_a = low + (0x80 - u64::from(b'A')) * ONES;
    let beyond_z = low + (0x7f - u64::from(b'Z')) * ONES;
    let capitals = (from_a ^ beyond_z) & !bytes & (0x80 * ONES);
    bytes | capitals >> 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_case_and_only_whole() {
        let mut words = Words::default();
        let all = ["a", "of", "may", "week", "march", "o'clock", "september", "[x]", "é", "the-day-after-tomorrows"];
        for (i, word) in all.iter().enumerate() {
            words.insert(word.as_bytes(), (i as KindId, 0));
        }
        for (i, word) in all.iter().enumerate() {
            for form in [word.to_string(), word.to_ascii_uppercase()] {
                assert_eq!(words.get(form.as_bytes()), Some((i as KindId, 0)), "{form}");
            }
            assert_eq!(words.get(format!("{word}m").as_bytes()), None);
        }
        for other in ["", "{x}", "ma", "mai", "MARC", "Septembre", "septembe\u{7}", "of\0", "É"] {
            assert_eq!(words.get(other.as_bytes()), None, "{other}");
        }
    }

    #[test]
    fn only_ascii_capitals_are_lowered() {
        for byte in 0..=u8::MAX {
            let all = u64::from_le_bytes([byte; 8]);
            assert_eq!(lower(all).to_le_bytes(), [byte.to_ascii_lowercase(); 8]);
        }
    }
}
