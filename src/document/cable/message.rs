//! Where a cable's header ends and its body begins, also where either is printed twice or in sections.
//!
//! A message is read line by line. Header lines run from the routing lines to the last label (SUBJECT, REF, CLASSIFIED
//! BY …); a classification banner in the middle of the body begins the header of a further section or a second copy.

use super::line::{Kind, clean, kind, pattern};
use crate::document::lines::lines;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Lines longer than this are not hard-wrapped: paragraphs may begin in their middle.
pub(super) const UNWRAPPED: usize = 160;

/// One line, or a part of a long line.
#[derive(Clone, Debug)]
pub(in crate::document) struct Line {
    pub range: Range<usize>,
    pub kind: Kind,
    /// The line belongs to a header: first of all, or repeated.
    pub header: bool,
}

pattern!(
    START,
    r"(?:^|[\s.)”-])((?:¶ ?)?(\d{1,3}) ?\. {0,3}[(\[]((?i:TS|S|C|U|SBU|LOU|FOUO)(?:[ /,-]+[A-Za-z]{1,9}){0,4})[)\]])"
);

// The body begins on a header's line: "… for reasons 1.4 (b) and (d) (C) The minister …", "REF: STATE 12 1. The …".
pattern!(
    MARKED,
    r"\s(\((?:C|S|U|SBU)(?:[/-]+[A-Z]+)?\) +[A-Z“\x22][A-Za-z/' ]{0,40}[a-z]{3})|\s(1\. {1,3}(?:[A-Z][a-z]+,? [a-z]|In [A-Z]))"
);
// The same without any mark: three words in a row that only prose has.
pattern!(PROSE, r"[\s)]([A-Z][a-z]+ [a-z]+,? (?:[A-Z]?[a-z]+) [a-z]+)");
pattern!(HEADING, r"[.?!”)\x22]\s+([A-Z][A-Z0-9 ,.'’“”:&/()-]{5,140}? -{4,}[- ]*)(?:\d|¶|$)");

/// Cuts a message into lines and marks which of them are header.
pub(in crate::document) fn split(text: &str, range: Range<usize>) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    let mut number = 0;
    for line in lines(text, range) {
        for piece in cut(text, line, &mut number) {
            let kind = kind(&text[piece.clone()]);
            out.push(Line { range: piece, kind, header: false });
        }
    }
    mark_headers(text, &mut out);
    out
}

/// Cuts a long line before each numbered paragraph that begins in it, provided the numbers rise by one.
fn cut(text: &str, line: Range<usize>, number: &mut u32) -> Vec<Range<usize>> {
    let piece = &text[line.clone()];
    if piece.len() < UNWRAPPED {
        if let Some(n) =
            START.captures(piece).filter(|c| c.get(1).is_some_and(|m| m.start() == 0)).and_then(|c| c[2].parse().ok())
        {
            *number = n;
        }
        return vec![line];
    }
    let mut cuts = vec![0];
    for found in START.captures_iter(piece) {
        let (Some(whole), Ok(n)) = (found.get(1), found[2].parse::<u32>()) else { continue };
        if *number == 0 || n == *number + 1 || whole.start() == 0 {
            *number = n;
            cuts.push(whole.start());
        }
    }
    if *number == 0 {
        let marked = MARKED.captures(piece).and_then(|c| c.get(1).or(c.get(2))).map(|m| m.start());
        let label = kind(piece);
        let prose = || PROSE.captures(piece).and_then(|c| c.get(1)).map(|m| m.start());
        let lost = (matches!(label, Kind::Subject | Kind::Reference | Kind::Tags) || piece.contains("REF: "))
            && piece.len() > 2 * UNWRAPPED;
        cuts.extend(marked.filter(|_| cuts.len() == 1).or_else(|| prose().filter(|_| lost && cuts.len() == 1)));
    }
    for found in HEADING.captures_iter(piece) {
        cuts.extend(found.get(1).map(|m| m.start()));
    }
    cuts.push(piece.len());
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2).map(|w| line.start + w[0]..line.start + w[1]).filter(|r| !r.is_empty()).collect()
}

/// How a header goes on.
struct Header {
    /// Index of the last label that belongs to this header, if one is still ahead.
    last: Option<usize>,
    /// The label that the last lines belong to.
    label: Kind,
    /// A blank line was seen since.
    blank: bool,
    /// Length of the last line.
    length: usize,
    /// Lines of the label so far.
    lines: usize,
}

/// Lines of text that may stand between two labels of one header (a long SUBJECT, a list of REFs).
const BETWEEN: usize = 12;
/// Lines that may stand before the first label (addressees).
const BEFORE: usize = 260;

impl Header {
    /// The header that begins at `at`. One in the middle of a body has no list of addressees before its labels.
    fn at(text: &str, lines: &[Line], at: usize, whole: bool) -> Self {
        let last = last_label(text, lines, at, if whole { BEFORE } else { BETWEEN });
        Header { last, label: Kind::Routing, blank: false, length: 0, lines: 0 }
    }
}

fn is_label(kind: Kind) -> bool {
    matches!(kind, Kind::ExecutiveOrder | Kind::Tags | Kind::Subject | Kind::Reference | Kind::Classified)
}

/// The last of the labels that follow `at`, each within reach of the one before and none behind a paragraph's start.
fn last_label(text: &str, lines: &[Line], at: usize, reach: usize) -> Option<usize> {
    let mut found = None;
    let mut between = 0;
    for (index, line) in lines.iter().enumerate().skip(at) {
        let piece = &text[line.range.clone()];
        if is_label(line.kind) || index > at && INLINE_LABEL.is_match(piece) {
            found = Some(index);
            between = 0;
            continue;
        }
        let long = piece.len() > UNWRAPPED && !is_upper(piece);
        let body = line.kind == Kind::Text && (long || starts_paragraph(piece));
        between += usize::from(!matches!(line.kind, Kind::Blank | Kind::PageBreak));
        if index > at && body || between > if found.is_some() { BETWEEN } else { reach } {
            break;
        }
    }
    found
}

fn mark_headers(text: &str, lines: &mut [Line]) {
    let opens = lines.iter().find(|l| l.kind != Kind::Blank).is_some_and(|l| l.kind != Kind::Text);
    // What stands before a header that begins with text (a damaged banner, a database row) belongs to it.
    let mut header = Some(Header::at(text, lines, 0, opens)).filter(|h| opens || h.last.is_some());
    for at in 0..lines.len() {
        let line = lines[at].clone();
        let piece = &text[line.range.clone()];
        if let Some(state) = &mut header {
            if state.label == Kind::Subject
                && !state.blank
                && matches!(line.kind, Kind::Address | Kind::Attention | Kind::ExecutiveOrder)
            {
                // "SUBJECT: A LONG ROAD" goes on with "TO PEACE": no addressee.
                lines[at].kind = Kind::Text;
            }
            if state.takes(at, &lines[at].clone(), piece) {
                lines[at].header = true;
                continue;
            }
            header = None;
        }
        let whole = line.kind == Kind::Dtg || line.kind == Kind::Routing && piece.contains("VZCZC");
        if whole || line.kind == Kind::Banner {
            let mut state = Header::at(text, lines, at, whole);
            state.takes(at, &line, piece);
            lines[at].header = true;
            header = Some(state);
        }
    }
}

pattern!(BODY_START, r"(?i)^\(?(?:BEGIN )?(?:EXECUTIVE )?SUMMARY\b|^THIS IS AN? ACTION");
pattern!(PLAIN_START, r"^\d{1,2}\. *[A-Z“\x22(]|^\d{1,2}\. +[a-z]");
pattern!(SIGN_START, r"^¶ ?\d{1,3}[. (]");
// Labels in the middle of a line: the page has lost its line breaks.
pattern!(INLINE_LABEL, r"E\.O\. 1\d{4}|\bTAGS:");
pattern!(PORTION, r"^\((?:C|S|U|SBU)(?:[/-]+[A-Z]+)?\) +[A-Z“\x22]");
pattern!(REF_ITEM, r"^(?:\(?[A-Z][.):]|(?:\d\d )?[A-Z]{3,}[A-Z ]* \d{2,})");

impl Header {
    /// Whether the header goes on with this line.
    fn takes(&mut self, at: usize, line: &Line, piece: &str) -> bool {
        let bare = clean(piece);
        let body = starts_paragraph(piece) || BODY_START.is_match(bare);
        let taken = match line.kind {
            Kind::Blank => {
                self.blank = true;
                return true;
            }
            Kind::PageBreak | Kind::Rule => return true,
            Kind::Text => !body && self.takes_text(at, bare),
            Kind::Attention | Kind::Caption => !body,
            kind => {
                (self.label, self.lines) = (kind, 0);
                true
            }
        };
        self.blank = false;
        self.length = bare.len();
        self.lines += 1;
        taken
    }

    fn takes_text(&mut self, at: usize, bare: &str) -> bool {
        if self.last.is_some_and(|last| at <= last) {
            return true;
        }
        match self.label {
            Kind::Routing | Kind::Dtg | Kind::Address if !self.blank => is_upper(bare),
            Kind::Reference if REF_ITEM.is_match(bare) => true,
            Kind::Reference | Kind::Subject | Kind::Classified | Kind::Tags | Kind::ExecutiveOrder if !self.blank => {
                // A hard wrap: the line before had no room for this line's first word.
                let first = bare.split_whitespace().next().map_or(0, str::len);
                self.length < UNWRAPPED && self.length + first + 1 > 48 && self.lines < 12
            }
            _ => false,
        }
    }
}

fn is_upper(line: &str) -> bool {
    line.chars().any(char::is_alphabetic) && !line.chars().any(char::is_lowercase)
}

/// Whether the line begins with a paragraph's number, as cables print it.
pub(super) fn starts_paragraph(line: &str) -> bool {
    let line = line.trim_start();
    START.captures(line).and_then(|c| c.get(1)).is_some_and(|m| m.start() == 0)
        || PORTION.is_match(line)
        || SIGN_START.is_match(line)
        || PLAIN_START.is_match(line)
}
