//! Words that a line end breaks in two: "inter-⏎national" is one word, "US-⏎led" is three tokens as it is within a line.
//!
//! A hyphen at a line's end may be the typesetter's or the word's own. It is the typesetter's where the halves make a
//! word without it: one of common English, or one that the document writes elsewhere; or where the second half is no
//! word, unless the document writes the two with a hyphen elsewhere. A soft hyphen (U+00AD) is never the word's own.

use super::syntax::Model;
use super::token::case;
use super::{Token, TokenKind};
use crate::document::Document;
use rustc_hash::FxHashSet;

/// Fewest letters of a half: below, the hyphen is the word's own ("e-mail", "t-shirt").
const HALF: usize = 2;
const SOFT: char = '\u{ad}';

/// Mends the broken words of one document.
pub(super) struct Broken<'a> {
    document: &'a Document,
    /// The words of the document, and its pairs of words with a hyphen between; made when they are first asked for.
    written: Option<FxHashSet<String>>,
}

impl<'a> Broken<'a> {
    pub fn new(document: &'a Document) -> Self {
        Broken { document, written: None }
    }

    /// Makes one token of the two halves of each broken word and the hyphen between them. `tokens` are those of one
    /// block, in order; what the block skips may lie between the halves.
    pub fn mend(&mut self, tokens: &mut Vec<Token>) {
        let mut kept = 0;
        let mut at = 0;
        while at < tokens.len() {
            let mut token = tokens[at];
            at += 1;
            while let Some(&[hyphen, half]) = tokens.get(at..at + 2)
                && self.breaks(token, hyphen, half)
            {
                token = Token { end: half.end, broken: true, ..token };
                token.case = case(&token.word(&self.document.text));
                at += 2;
            }
            tokens[kept] = token;
            kept += 1;
        }
        tokens.truncate(kept);
    }

    fn breaks(&mut self, first: Token, hyphen: Token, half: Token) -> bool {
        let words = first.kind == TokenKind::Word && half.kind == TokenKind::Word;
        if !words || hyphen.kind != TokenKind::Punct || hyphen.spaced {
            return false;
        }
        let text = &self.document.text;
        let gap = text.get(hyphen.end as usize..half.start as usize).unwrap_or_default();
        let (start, end) = (first.word(text), half.word(text));
        match text.get(hyphen.range()).unwrap_or_default() {
            "\u{ad}" => !half.spaced || gap.contains('\n'),
            "-" | "‐" if gap.contains('\n') => self.is_one(&start, &end),
            _ => false,
        }
    }

    /// Whether two halves are one word.
    fn is_one(&mut self, start: &str, end: &str) -> bool {
        let letters = |w: &str| w.chars().count() >= HALF && w.chars().all(char::is_alphabetic);
        let upper = |w: &str| w.chars().all(char::is_uppercase);
        if !letters(start) || !letters(end) {
            return false;
        }
        let same_case = end.chars().all(char::is_lowercase) || upper(start) && upper(end);
        if !same_case {
            return false;
        }
        let model = Model::builtin();
        let whole = format!("{start}{end}").to_lowercase();
        if model.knows(&whole) || self.written().contains(&whole) {
            return true;
        }
        let end = end.to_lowercase();
        let compound = format!("{}-{end}", start.to_lowercase());
        !model.knows(&end) && !self.written().contains(&end) && !self.written().contains(&compound)
    }

    fn written(&mut self) -> &FxHashSet<String> {
        self.written.get_or_insert_with(|| written(&self.document.text))
    }
}

/// The words of a text, in small letters, that no hyphen ends or begins, and its pairs "this-that".
fn written(text: &str) -> FxHashSet<String> {
    let mut out = FxHashSet::default();
    let mut last: Option<(usize, usize)> = None;
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c.is_alphabetic() {
            start.get_or_insert(at);
            continue;
        }
        let Some(from) = start.take() else { continue };
        match last.filter(|&(_, end)| text.get(end..from) == Some("-")) {
            Some((first, _)) => {
                out.insert(text[first..at].to_lowercase());
            }
            None if !text[at..].starts_with('-') && !text[..from].trim_end().ends_with('-') => {
                out.insert(text[from..at].to_lowercase());
            }
            None => {}
        }
        last = Some((from, at));
    }
    out
}

/// The word of a broken token's bytes: its letters before the break and behind it.
pub(super) fn mended(written: &str) -> String {
    let inside = |c: &char| c.is_alphanumeric() || matches!(*c, SOFT | '\'' | '’' | '.');
    let start: String = written.chars().take_while(inside).collect();
    let mut out = start;
    if out.len() < written.len() {
        let end: Vec<char> = written.chars().rev().take_while(inside).collect();
        out.extend(end.into_iter().rev());
    }
    out.retain(|c| c != SOFT);
    out
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::text::{one_line, sentences};

    fn told(text: &str) -> String {
        let doc = Document::from_text("d", text);
        let found = sentences(&doc);
        for token in found.iter().flat_map(|s| &s.tokens) {
            assert!(doc.text.get(token.range()).is_some());
        }
        let words = found.iter().flat_map(|s| &s.tokens).map(|t| t.word(&doc.text).into_owned());
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_line_end_breaks_a_word_or_stands_in_a_compound() {
        for (text, want) in [
            (
                "They signed an inter-\nnational agree-  \n  ment today.",
                "They signed an international agreement today .",
            ),
            (
                "A US-\nled force and a well-\nknown pro-\nRussian mayor met.",
                "A US - led force and a well - known pro - Russian mayor met .",
            ),
            ("DUSTA HAS JURIS-\nDICTION OVER THE PLAINS.", "DUSTA HAS JURISDICTION OVER THE PLAINS ."),
            ("He left Dusti-\nstan in May.", "He left Dustistan in May ."),
            ("The e-\nmail of 2005-\n2006 came.", "The e - mail of 2005 - 2006 came ."),
            ("The Plains-Dusta line. The Plains-\nDusta line.", "The Plains - Dusta line . The Plains - Dusta line ."),
            ("An agro-biznes plan for the agro-\nbiznes.", "An agro - biznes plan for the agro - biznes ."),
            ("The inter\u{ad}na\u{ad}tional treaty.", "The international treaty ."),
            ("Talks --\nlong ones -- failed.", "Talks -- long ones -- failed ."),
        ] {
            assert_eq!(told(text), want);
        }
    }

    #[test]
    fn quotes_keep_the_break_and_lines_do_not() {
        let doc = Document::from_text("d", "The inter-\nnational treaty\nfailed.");
        let sentence = &sentences(&doc)[0];
        assert_eq!(&doc.text[sentence.range.clone()], "The inter-\nnational treaty\nfailed.");
        assert_eq!(one_line(&doc.text, &sentence.tokens), "The international treaty failed.");
    }
}
