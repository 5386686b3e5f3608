//! Which words of a sentence stand between quotation marks.

use crate::text::Sentence;
use std::cell::OnceCell;

/// For each token of a sentence whether it stands between quotation marks that open before it in its paragraph; found
/// when it is first asked for, in one pass over the paragraph.
#[derive(Debug, Default)]
pub struct Quotes {
    tokens: OnceCell<Vec<bool>>,
}

impl Quotes {
    /// Whether a token of this sentence of the text is quoted.
    pub fn hold(&self, text: &str, sentence: &Sentence, token: usize) -> bool {
        self.tokens.get_or_init(|| within(text, sentence)).get(token).copied().unwrap_or_default()
    }
}

fn within(text: &str, sentence: &Sentence) -> Vec<bool> {
    let start = sentence.tokens.first().map_or(0, |t| t.start as usize);
    let mut marks = Marks::default();
    let mut at = paragraph(text, start);
    let mut out = Vec::with_capacity(sentence.tokens.len());
    for token in &sentence.tokens {
        marks.read(text.get(at..token.start as usize).unwrap_or_default());
        at = token.start as usize;
        out.push(marks.open());
    }
    out
}

/// The quotation marks told so far in a paragraph.
#[derive(Default)]
struct Marks {
    /// Whether the last curly mark opens.
    curly: Option<bool>,
    /// How many straight ones there were.
    straight: usize,
    /// Whether the text read last ends with a line.
    line: bool,
}

impl Marks {
    fn read(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '“' => self.curly = Some(true),
                '”' => self.curly = Some(false),
                '"' => self.straight += 1,
                // An empty line: another paragraph begins.
                '\n' if self.line => *self = Marks::default(),
                _ => {}
            }
            self.line = c == '\n';
        }
    }

    fn open(&self) -> bool {
        self.curly.unwrap_or(self.straight % 2 == 1)
    }
}

/// Where the paragraph begins in which a text is read up to `end`: behind the last empty line.
fn paragraph(text: &str, end: usize) -> usize {
    text.get(..end).and_then(|before| before.rfind("\n\n")).map_or(0, |line| line + 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::text::sentences;

    #[test]
    fn words_between_quotation_marks_are_quoted() {
        let cases = [
            ("He said \"we shall go\" and went.", "we shall go \""),
            ("He said “we shall go” and went.", "we shall go ”"),
            ("“We go. We stay.” He left.", "We go . We stay . ”"),
            ("\"Never closed.\n\nNobody spoke.", "Never closed ."),
        ];
        for (text, expected) in cases {
            let document = Document::from_text("example", text);
            let mut quoted = Vec::new();
            for sentence in sentences(&document) {
                let quotes = Quotes::default();
                let inside = (0..sentence.tokens.len()).filter(|&t| quotes.hold(&document.text, &sentence, t));
                quoted.extend(inside.map(|t| sentence.tokens[t].word(&document.text).into_owned()));
            }
            assert_eq!(quoted.join(" "), expected, "{text}");
        }
    }
}
