//! A cable's body: its paragraphs with numbers and portion marks, its headings, and what lies between.
//!
//! A paragraph runs across page-break lines, repeated section headers and stray blank lines where its last line has no
//! end; all that is not its text is skipped, never lost.

use super::line::{Kind, clean, pattern};
use super::message::{Line, UNWRAPPED};
use crate::document::draft::trim;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// One paragraph or heading of the body.
#[derive(Clone, Debug)]
pub(super) struct Paragraph {
    pub range: Range<usize>,
    pub skip: Vec<Range<usize>>,
    pub number: Option<u32>,
    /// The number is printed here, not inherited.
    pub numbered: bool,
    pub marking: Option<String>,
    pub heading: bool,
    /// Lines of text.
    pub lines: usize,
    /// The last line of text.
    last: Range<usize>,
}

pattern!(
    NUMBER,
    r"^\s*(¶ ?)?(\d{1,3}) ?[.)]?(?: *[(\[]((?i:TS|S|C|U|SBU|LOU|FOUO)(?:[ /,-]+[A-Za-z]{1,9}){0,4})[)\]])?[ \t:.-]*"
);
pattern!(MARK, r"^\s*[(\[]((?i:TS|S|C|U|SBU|LOU)(?:[ /,-]+(?i:NF|NOFORN|REL|FOUO|SBU|OC|LES)){0,3})[)\]][ \t]*");

// A page-break line that the page has run into a paragraph.
pattern!(INLINE_BREAK, r"\b[A-Z][A-Z'-]+(?: [A-Z]+)? 0\d{7} \d{3}(?:\.\d+)? OF \d{3}\b");

/// What a paragraph begins with.
struct Start {
    number: Option<u32>,
    marking: Option<String>,
    /// Bytes of number and mark.
    length: usize,
}

/// Reads the number and portion mark that a line begins with. Without a mark, only the number due next counts.
/// `fresh`: nothing goes on from the line before. A page puts its paragraph sign before any number that begins a line,
/// also before a day or year ("¶2009.").
fn start(line: &str, last: u32, fresh: bool) -> Option<Start> {
    if let Some(found) = NUMBER.captures(line) {
        let number: u32 = found[2].parse().ok()?;
        let sign = found.get(1).is_some();
        let marking = found.get(3).map(|m| m.as_str().to_uppercase());
        let length = found[0].len();
        let stop =
            found[0].trim_start_matches(|c: char| c == '¶' || c.is_whitespace() || c.is_ascii_digit()).starts_with('.');
        let near = number > last && number <= last + 4 || last == 0 && number < 40;
        let rest = &line[length..];
        let due =
            number == last + 1 && stop && rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '"' | '“' | '('));
        if marking.is_some() && (near || number <= 199) || fresh && (sign && near && stop || due) {
            return Some(Start { number: Some(number), marking, length });
        }
    }
    let found = MARK.captures(line)?;
    Some(Start { number: None, marking: Some(found[1].to_uppercase()), length: found[0].len() })
}

/// Gathers the body's paragraphs; header lines that were repeated come back as ranges of their own, unless a paragraph
/// runs across them.
pub(super) fn paragraphs(text: &str, lines: &[Line]) -> (Vec<Paragraph>, Vec<Range<usize>>) {
    let mut builder = Builder {
        text,
        done: Vec::new(),
        open: None,
        aside: Vec::new(),
        pending: Vec::new(),
        blank: false,
        last: 0,
        marking: None,
    };
    for (at, line) in lines.iter().enumerate() {
        let next = lines[at + 1..].iter().find(|l| l.kind != Kind::Blank && !l.header);
        builder.line(line, next);
    }
    builder.close(None);
    let mut aside = builder.aside;
    aside.append(&mut builder.pending);
    (builder.done, aside)
}

struct Builder<'a> {
    text: &'a str,
    done: Vec<Paragraph>,
    open: Option<Paragraph>,
    /// Header and page-break lines outside every paragraph.
    aside: Vec<Range<usize>>,
    /// Such lines since the open paragraph's last line.
    pending: Vec<Range<usize>>,
    blank: bool,
    /// The last number printed, and its mark.
    last: u32,
    marking: Option<String>,
}

impl Builder<'_> {
    fn line(&mut self, line: &Line, next: Option<&Line>) {
        if line.header || matches!(line.kind, Kind::PageBreak | Kind::Routing | Kind::Caption) {
            let range = trim(self.text, line.range.clone());
            if !range.is_empty() {
                self.pending.push(range);
            }
            return;
        }
        match line.kind {
            Kind::Blank => self.blank = true,
            Kind::Rule => {
                self.close(Some(true));
                self.blank = true;
            }
            _ => self.text_line(line, next),
        }
    }

    fn text_line(&mut self, line: &Line, next: Option<&Line>) {
        let range = trim(self.text, line.range.clone());
        let piece = &self.text[range.clone()];
        let fresh = match &self.open {
            Some(open) => {
                self.blank || open.last.len() > UNWRAPPED || ends_sentence(clean(&self.text[open.last.clone()]))
            }
            None => true,
        };
        let start = start(piece, self.last, fresh);
        if start.is_none() && self.goes_on(piece, next) {
            let mut skip = std::mem::take(&mut self.pending);
            if let Some(open) = &mut self.open {
                open.skip.append(&mut skip);
                open.range.end = range.end;
                open.lines += 1;
                open.last = range.clone();
                skip_signs(self.text, range, open);
            }
        } else {
            self.close(start.as_ref().map(|s| s.number.is_some()));
            self.open(range, start);
        }
        self.blank = false;
    }

    fn open(&mut self, range: Range<usize>, start: Option<Start>) {
        self.aside.append(&mut self.pending);
        let mut skip = Vec::new();
        let numbered = start.as_ref().is_some_and(|s| s.number.is_some());
        if let Some(start) = start {
            skip.push(range.start..range.start + start.length);
            self.last = start.number.unwrap_or(self.last);
            if numbered || start.marking.is_some() {
                self.marking = start.marking;
            }
        }
        let mut paragraph = Paragraph {
            range: range.clone(),
            skip,
            number: (self.last > 0).then_some(self.last),
            numbered,
            marking: self.marking.clone(),
            heading: false,
            lines: 1,
            last: range.clone(),
        };
        skip_signs(self.text, range, &mut paragraph);
        self.open = Some(paragraph);
    }

    /// Whether the line belongs to the open paragraph.
    fn goes_on(&self, piece: &str, next: Option<&Line>) -> bool {
        let Some(open) = &self.open else { return false };
        let last = clean(&self.text[open.last.clone()]);
        let piece = clean(piece);
        if !self.blank && self.pending.is_empty() {
            // A line that is not hard-wrapped is a paragraph of its own, unless it breaks off.
            let wrapped = open.last.len() <= UNWRAPPED && piece.len() <= UNWRAPPED;
            return wrapped || starts_lower(piece) && !ends_sentence(last) && !is_all_upper(last);
        }
        let ended = ends_sentence(last);
        if ended || is_bullet(piece) || open.last.len() > UNWRAPPED && !starts_lower(piece) {
            // Behind a page break a paragraph goes on although its last sentence has ended.
            let broken = !self.pending.is_empty() && ended && open.lines > 1 && open.last.len() <= UNWRAPPED;
            return broken && !is_bullet(piece) && !looks_like_heading(piece) && piece.len() > 40;
        }
        let short = next.is_none_or(|n| n.kind == Kind::Rule);
        starts_lower(piece) && !is_all_upper(last)
            || last.len() >= 42 && !short && !looks_like_heading(piece) && (open.numbered || open.lines > 1)
    }

    /// Ends the open paragraph. `before`: what follows is a rule or a numbered paragraph.
    fn close(&mut self, before: Option<bool>) {
        let Some(mut open) = self.open.take() else { return };
        let piece = &self.text[open.range.clone()];
        if !open.numbered && open.skip.iter().all(|s| s.start > open.range.start) {
            let fits = open.lines <= 3 && piece.len() <= 200 && !is_bullet(clean(piece));
            let bare = clean(piece);
            let ended = bare.ends_with(['.', '?', '!', ';', ',']) && !bare.ends_with("...");
            open.heading =
                fits && !ended && (looks_like_heading(bare) || before == Some(true) && self.blank_or_lone(&open));
        }
        if open.heading {
            (open.number, open.marking) = (None, None);
        }
        self.done.push(open);
    }

    /// A heading in mixed case stands alone: it is short.
    fn blank_or_lone(&self, open: &Paragraph) -> bool {
        self.text[open.range.clone()].split_whitespace().count() <= 16
    }
}

/// A paragraph sign before anything, and a backslash that ends a line, are no part of the text.
fn skip_signs(text: &str, line: Range<usize>, paragraph: &mut Paragraph) {
    let piece = &text[line.clone()];
    if piece.starts_with('¶') && paragraph.skip.last().is_none_or(|s| s.end <= line.start) {
        paragraph.skip.push(line.start..line.start + '¶'.len_utf8());
    }
    if piece.contains(" OF 0") {
        let inline = INLINE_BREAK.find_iter(piece).map(|found| line.start + found.start()..line.start + found.end());
        paragraph.skip.extend(inline);
    }
    if piece.ends_with('\\') {
        paragraph.skip.push(line.end - 1..line.end);
    }
    trailing_rule(text, line, paragraph);
}

/// Dashes at the end of a flattened heading: "HEADING ----------------".
fn trailing_rule(text: &str, line: Range<usize>, paragraph: &mut Paragraph) {
    let piece = text[line.clone()].trim_end_matches(['\\', ' ']);
    let bare = piece.trim_end_matches(['-', '=', '_', ' ']);
    if piece.len() >= bare.len() + 4 && piece[bare.len()..].contains("----") {
        paragraph.skip.push(line.start + bare.len()..line.start + piece.len());
    }
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '”', ')', '\'', '’']).ends_with(['.', '?', '!', ':', ';'])
}

fn starts_lower(piece: &str) -> bool {
    piece.chars().next().is_some_and(char::is_lowercase)
}

fn is_bullet(piece: &str) -> bool {
    piece.starts_with(['-', '*', '•', '·'])
        || piece.starts_with('(') && piece.chars().nth(2) == Some(')')
        || piece.chars().nth(1) == Some(')')
        || piece.chars().nth(1) == Some('.') && piece.chars().nth(2).is_some_and(char::is_whitespace)
}

fn is_all_upper(piece: &str) -> bool {
    let letters = piece.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2 && piece.chars().filter(|c| c.is_lowercase()).count() * 12 <= letters
}

/// Upper case throughout and no end mark; a flattened heading may end in its underline.
fn looks_like_heading(piece: &str) -> bool {
    let bare = piece.trim_end_matches(['-', '=', '_', ' ', '\\']);
    bare.len() <= 160 && is_all_upper(bare) && bare.split_whitespace().count() <= 20 && !bare.ends_with(['.', ',', ';'])
}
