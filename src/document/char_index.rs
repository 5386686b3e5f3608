//! From byte offsets to character offsets and back: what the program keeps are bytes, what it exports are characters.

use std::ops::Range;

/// Bytes between two remembered places.
const STEP: usize = 128;

/// Character offsets of a text, found without counting from its beginning.
#[derive(Clone, Debug)]
pub struct CharIndex<'a> {
    text: &'a str,
    /// Characters that begin before byte `i * STEP`; empty where the text is ASCII.
    marks: Vec<usize>,
}

impl<'a> CharIndex<'a> {
    /// The index of a text; nothing is kept for an ASCII text.
    pub fn new(text: &'a str) -> Self {
        let mut marks = Vec::new();
        if !text.is_ascii() {
            marks.reserve(text.len() / STEP + 1);
            let mut count = 0;
            for chunk in text.as_bytes().chunks(STEP) {
                marks.push(count);
                count += starts(chunk);
            }
        }
        CharIndex { text, marks }
    }

    /// How many characters begin before byte `byte`. A byte past the end counts as the end.
    pub fn char_of(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        match self.marks.get(byte / STEP) {
            None if self.marks.is_empty() => byte,
            None => {
                self.marks.last().map_or(0, |m| m + starts(&self.text.as_bytes()[(self.marks.len() - 1) * STEP..byte]))
            }
            Some(mark) => mark + starts(&self.text.as_bytes()[byte / STEP * STEP..byte]),
        }
    }

    /// Bytes to characters.
    pub fn range(&self, bytes: &Range<usize>) -> Range<usize> {
        self.char_of(bytes.start)..self.char_of(bytes.end)
    }

    /// The byte at which character `index` begins; the text's length where there are fewer.
    pub fn byte_of(&self, index: usize) -> usize {
        if self.marks.is_empty() {
            return index.min(self.text.len());
        }
        let chunk = self.marks.partition_point(|&m| m <= index).saturating_sub(1);
        let mut left = index - self.marks[chunk];
        for (at, byte) in self.text.as_bytes().iter().enumerate().skip(chunk * STEP) {
            if byte & 0xC0 != 0x80 {
                if left == 0 {
                    return at;
                }
                left -= 1;
            }
        }
        self.text.len()
    }
}

/// Characters that begin in these bytes of UTF-8.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&b| b & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_counting() {
        let long = "Ko‘kdala, Brzeziński — ”é” ".repeat(40);
        for text in ["", "plain", "é", long.as_str()] {
            let index = CharIndex::new(text);
            for (n, (byte, _)) in text.char_indices().enumerate() {
                assert_eq!(index.char_of(byte), n);
                assert_eq!(index.byte_of(n), byte);
            }
            assert_eq!(index.char_of(text.len()), text.chars().count());
            assert_eq!(index.byte_of(text.chars().count()), text.len());
            assert_eq!(index.char_of(usize::MAX), text.chars().count());
        }
    }
}
