//! Text out of HTML in one pass: tags dropped, entities decoded, block elements on lines of their own, preformatted text
//! kept as it is.
//!
//! This is no HTML parser: it builds no tree, so nested or broken tags of any depth cost it nothing. What it follows of
//! the HTML standard: raw-text elements (script, style …), comments, character references, the rule that a `<` which no
//! letter follows is text.

use super::entity;
use std::ops::Range;

/// An element whose place in the text matters to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::document) enum Mark {
    /// h1 … h6.
    Heading,
    /// figcaption, caption.
    Caption,
    /// nav, footer, aside, form: not the page's own account.
    Around,
}

/// Text with the places of its marked elements.
#[derive(Debug, Default)]
pub(in crate::document) struct Stripped {
    pub text: String,
    pub marks: Vec<(Range<usize>, Mark)>,
    /// How deep elements are nested, at most.
    pub depth: usize,
}

/// Takes the text out of HTML.
pub(in crate::document) fn strip(html: &str) -> Stripped {
    let mut writer = Writer { out: Stripped::default(), pre: 0, blank: true, open: Vec::new(), depth: 0 };
    let mut at = 0;
    while at < html.len() {
        let Some(next) = html[at..].find('<').map(|n| at + n) else {
            writer.text(&html[at..]);
            break;
        };
        writer.text(&html[at..next]);
        at = markup(html, next, &mut writer);
    }
    writer.finish()
}

/// Handles what begins with the `<` at `at`; returns where text goes on.
fn markup(html: &str, at: usize, writer: &mut Writer) -> usize {
    let rest = &html[at..];
    if let Some(comment) = rest.strip_prefix("<!--") {
        return comment.find("-->").map_or(html.len(), |n| at + 4 + n + 3);
    }
    if rest.starts_with("<!") || rest.starts_with("<?") {
        return rest.find('>').map_or(html.len(), |n| at + n + 1);
    }
    let closing = rest.starts_with("</");
    let name_at = if closing { 2 } else { 1 };
    let name_length = rest[name_at..].bytes().take_while(|b| b.is_ascii_alphanumeric()).count();
    if name_length == 0 || !rest.as_bytes()[name_at].is_ascii_alphabetic() {
        writer.text("<");
        return at + 1;
    }
    let mut name = [0u8; 12];
    let short = name_length.min(name.len());
    name[..short].copy_from_slice(&rest.as_bytes()[name_at..name_at + short]);
    name[..short].make_ascii_lowercase();
    let name = std::str::from_utf8(&name[..short]).unwrap_or_default();
    let end = tag_end(rest).map_or(html.len(), |n| at + n + 1);
    if !closing && matches!(name, "script" | "style" | "noscript" | "template" | "svg" | "iframe" | "object" | "head") {
        return skip_element(html, end, name);
    }
    writer.tag(name, closing, rest[..end - at].ends_with("/>"));
    end
}

/// The `>` that ends a tag, past those in quoted values.
fn tag_end(rest: &str) -> Option<usize> {
    let mut quote = 0u8;
    for (at, byte) in rest.bytes().enumerate() {
        match byte {
            b'"' | b'\'' if quote == 0 && rest.as_bytes()[..at].last() == Some(&b'=') => quote = byte,
            b'"' | b'\'' if quote == byte => quote = 0,
            b'>' if quote == 0 => return Some(at),
            _ => {}
        }
        if at > 64 * 1024 {
            // A quote that nothing closes would swallow the page: take the first `>`.
            return rest.find('>');
        }
    }
    rest.find('>')
}

/// Past the end tag of an element whose content is no text.
fn skip_element(html: &str, from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(next) = html[at..].find("</").map(|n| at + n) {
        let tail = &html.as_bytes()[next + 2..];
        if tail.len() >= name.len() && tail[..name.len()].eq_ignore_ascii_case(name.as_bytes()) {
            return html[next..].find('>').map_or(html.len(), |n| next + n + 1);
        }
        at = next + 2;
    }
    // Never closed: only the tag itself is dropped.
    from
}

struct Writer {
    out: Stripped,
    /// Depth of preformatted elements.
    pre: usize,
    /// The last thing written was white space (or nothing).
    blank: bool,
    open: Vec<(Mark, usize)>,
    depth: usize,
}

impl Writer {
    fn text(&mut self, piece: &str) {
        if piece.is_empty() {
            return;
        }
        if self.pre > 0 {
            entity::decode(piece, &mut self.out.text);
            self.blank = self.out.text.ends_with(char::is_whitespace);
            return;
        }
        let mut decoded = String::new();
        let piece = if piece.contains('&') {
            entity::decode(piece, &mut decoded);
            &decoded
        } else {
            piece
        };
        for part in piece.split_inclusive(is_space) {
            let word = part.trim_end_matches(is_space);
            if !word.is_empty() {
                self.out.text.push_str(word);
                self.blank = false;
            }
            if word.len() < part.len() && !self.blank {
                self.out.text.push(' ');
                self.blank = true;
            }
        }
    }

    fn tag(&mut self, name: &str, closing: bool, empty: bool) {
        if !empty && !is_void(name) {
            self.depth = if closing { self.depth.saturating_sub(1) } else { self.depth + 1 };
            self.out.depth = self.out.depth.max(self.depth);
        }
        match name {
            "pre" | "textarea" => {
                self.line();
                self.pre = if closing { self.pre.saturating_sub(1) } else { self.pre + 1 };
            }
            "br" => self.newline(),
            "td" | "th" if closing => self.tab(),
            "p" | "blockquote" | "article" | "section" => self.paragraph(),
            _ if is_block(name) => self.line(),
            _ => {}
        }
        if let Some(mark) = mark_of(name) {
            self.mark(mark, closing);
        }
    }

    fn mark(&mut self, mark: Mark, closing: bool) {
        if !closing {
            self.open.push((mark, self.out.text.len()));
        } else if let Some(at) = self.open.iter().rposition(|(m, _)| *m == mark) {
            let (mark, start) = self.open.remove(at);
            self.out.marks.push((start..self.out.text.len(), mark));
        }
    }

    /// Ends the line, unless one has just begun.
    fn line(&mut self) {
        if self.pre == 0 {
            trim_blanks(&mut self.out.text);
        }
        if !self.out.text.is_empty() && !self.out.text.ends_with('\n') {
            self.newline();
        }
        self.blank = true;
    }

    fn newline(&mut self) {
        if self.pre == 0 {
            trim_blanks(&mut self.out.text);
        }
        self.out.text.push('\n');
        self.blank = true;
    }

    /// Leaves a blank line.
    fn paragraph(&mut self) {
        self.line();
        if !self.out.text.is_empty() && !self.out.text.ends_with("\n\n") {
            self.newline();
        }
    }

    fn tab(&mut self) {
        trim_blanks(&mut self.out.text);
        self.out.text.push('\t');
        self.blank = true;
    }

    fn finish(mut self) -> Stripped {
        let end = self.out.text.trim_end().len();
        self.out.text.truncate(end);
        for (range, _) in &mut self.out.marks {
            range.end = range.end.min(end);
            range.start = range.start.min(range.end);
        }
        self.out.marks.retain(|(range, _)| !range.is_empty());
        self.out.marks.sort_by_key(|(range, _)| range.start);
        self.out
    }
}

fn trim_blanks(text: &mut String) {
    while text.ends_with([' ', '\t']) {
        text.pop();
    }
}

/// White space that HTML collapses; the no-break space stays.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c')
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "br" | "img"
            | "hr"
            | "input"
            | "meta"
            | "link"
            | "area"
            | "base"
            | "col"
            | "embed"
            | "source"
            | "wbr"
            | "track"
    )
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "div"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "ul"
            | "ol"
            | "li"
            | "dl"
            | "dt"
            | "dd"
            | "table"
            | "tr"
            | "thead"
            | "tbody"
            | "tfoot"
            | "caption"
            | "figure"
            | "figcaption"
            | "header"
            | "footer"
            | "nav"
            | "aside"
            | "main"
            | "form"
            | "fieldset"
            | "hr"
            | "body"
            | "html"
            | "address"
            | "details"
            | "summary"
            | "option"
            | "select"
            | "title"
    )
}

fn mark_of(name: &str) -> Option<Mark> {
    match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(Mark::Heading),
        "figcaption" | "caption" => Some(Mark::Caption),
        "nav" | "footer" | "aside" | "form" => Some(Mark::Around),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_taken_out_and_nothing_else() {
        for (html, want) in [
            ("<p>One  <b>two</b>\nthree</p><p>Four</p>", "One two three\n\nFour"),
            ("<pre>a&#x000A;  b &amp; c\n</pre>d", "a\n  b & c\nd"),
            ("<table><tr><td>a</td> <td>b</td></tr><tr><td>c</td></tr></table>", "a\tb\nc"),
            ("a<script>if (a<b) x</script>b<!-- c -->d<style>p{}</style>", "abd"),
            ("3 < 4 and 5 > 4", "3 < 4 and 5 > 4"),
            ("<a title='x > y' href=\"z\">w</a>", "w"),
            ("line<br/>break<br>end", "line\nbreak\nend"),
            ("truncated <a href='x", "truncated"),
            ("<p>Caf&eacute; &mdash; &#8220;x&#8221; &nosuch; AT&T", "Café — “x” &nosuch; AT&T"),
        ] {
            assert_eq!(strip(html).text, want, "{html}");
        }
    }

    #[test]
    fn marks_and_depth() {
        let out = strip("<h1>Title</h1><figure><figcaption>Pic</figcaption></figure><p>Text</p>");
        let marks: Vec<(&str, Mark)> = out.marks.iter().map(|(r, m)| (out.text[r.clone()].trim(), *m)).collect();
        assert_eq!(marks, [("Title", Mark::Heading), ("Pic", Mark::Caption)]);
        let deep = "<div>".repeat(10_000) + "x";
        assert_eq!((strip(&deep).text.as_str(), strip(&deep).depth), ("x", 10_000));
    }
}
