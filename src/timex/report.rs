//! Time expressions as records and as TimeML, with offsets in characters.

use super::Timex;
use serde::Serialize;
use std::fmt::Write;
use std::ops::Range;

/// One time expression as `dateline tag` writes it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Record<'a> {
    /// The document it was found in.
    pub doc_id: &'a str,
    /// First character of the document's text, from 0.
    pub start: usize,
    /// One past its last character.
    pub end: usize,
    /// The expression as written.
    pub text: &'a str,
    /// TIMEX3 type.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// TIMEX3 value; empty where nothing can be said.
    pub value: &'a str,
    /// TIMEX3 `mod`.
    #[serde(rename = "mod")]
    pub modifier: Option<&'static str>,
    /// TIMEX3 `quant` of a set, e.g. `EVERY`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quant: Option<&'a str>,
    /// TIMEX3 `freq` of a set, e.g. `2X`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub freq: Option<&'a str>,
    /// The days it means, as EDTF.
    pub edtf: Option<&'a str>,
    /// First possible day.
    pub earliest: Option<String>,
    /// Last possible day.
    pub latest: Option<String>,
    /// How finely the date is known.
    pub precision: Option<&'static str>,
    /// What it was resolved against.
    pub anchor: &'a str,
    /// The rule that found it.
    pub rule: &'a str,
    /// A doubt worth telling.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warning: Option<&'a str>,
}

/// The records of a document's expressions. `found` is in the order of the text.
pub fn records<'a>(doc_id: &'a str, text: &'a str, found: &'a [Timex]) -> impl Iterator<Item = Record<'a>> {
    let (mut bytes, mut chars) = (0, 0);
    let mut count = move |to: usize| {
        chars += text.get(bytes..to).map_or(0, |s| s.chars().count());
        bytes = to;
        chars
    };
    found.iter().map(move |timex| {
        let (start, end) = (count(timex.range.start), count(timex.range.end));
        let span = timex.date.as_ref().map(|d| d.span).unwrap_or_default();
        Record {
            doc_id,
            start,
            end,
            text: text.get(timex.range.clone()).unwrap_or(""),
            kind: timex.kind.as_str(),
            value: &timex.value,
            modifier: timex.modifier,
            quant: timex.quant.as_deref(),
            freq: timex.freq.as_deref(),
            edtf: timex.date.as_ref().map(|d| d.edtf.as_str()),
            earliest: span.earliest.map(|d| d.to_string()),
            latest: span.latest.map(|d| d.to_string()),
            precision: timex.date.as_ref().map(|d| d.precision.as_str()),
            anchor: &timex.anchor,
            rule: &timex.rule,
            warning: timex.warning.as_deref(),
        }
    })
}

/// The text with inline TIMEX3 elements, as one TimeML document.
pub fn timeml(doc_id: &str, document_date: Option<&str>, text: &str, found: &[Timex]) -> String {
    let mut out = String::with_capacity(text.len() + 64 * found.len() + 200);
    let mut writer = TimeMl::begin(doc_id, document_date, &mut out);
    writer.part(text, 0..text.len(), found, &mut out);
    TimeMl::end(&mut out);
    out
}

/// A TimeML document that is written part by part.
#[derive(Debug)]
pub struct TimeMl {
    /// How many expressions have been written.
    count: usize,
}

impl TimeMl {
    /// Writes what stands before the text.
    pub fn begin(doc_id: &str, document_date: Option<&str>, out: &mut String) -> Self {
        let _ = write!(out, "<TimeML>\n<DOCID>{}</DOCID>\n", Escaped(doc_id));
        if let Some(day) = document_date {
            let _ = writeln!(
                out,
                "<DCT><TIMEX3 tid=\"t0\" type=\"DATE\" value=\"{0}\" functionInDocument=\"CREATION_TIME\">{0}</TIMEX3></DCT>",
                Escaped(day)
            );
        }
        out.push_str("<TEXT>");
        TimeMl { count: 0 }
    }

    /// Writes the bytes `part` of a text with the expressions in them.
    pub fn part(&mut self, text: &str, part: Range<usize>, found: &[Timex], out: &mut String) {
        let mut at = part.start;
        for timex in found {
            let (before, words) = (text.get(at..timex.range.start), text.get(timex.range.clone()));
            let attributes =
                [("mod", timex.modifier), ("quant", timex.quant.as_deref()), ("freq", timex.freq.as_deref())];
            let modifier: String =
                attributes.iter().filter_map(|(name, v)| Some(format!(" {name}=\"{}\"", Escaped((*v)?)))).collect();
            self.count += 1;
            let _ = write!(
                out,
                "{}<TIMEX3 tid=\"t{}\" type=\"{}\" value=\"{}\"{modifier}>{}</TIMEX3>",
                Escaped(before.unwrap_or("")),
                self.count,
                timex.kind.as_str(),
                Escaped(&timex.value),
                Escaped(words.unwrap_or("")),
            );
            at = timex.range.end;
        }
        let _ = write!(out, "{}", Escaped(text.get(at..part.end).unwrap_or("")));
    }

    /// Writes what stands behind the text.
    pub fn end(out: &mut String) {
        out.push_str("</TEXT>\n</TimeML>\n");
    }
}

/// Text as XML character data; control characters that XML cannot hold become U+FFFD.
struct Escaped<'a>(&'a str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                // A parser would read a bare carriage return as a line end.
                '\r' => f.write_str("&#13;")?,
                '\t' | '\n' => f.write_char(c)?,
                c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => f.write_char('\u{fffd}')?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Rules;
    use crate::timex::{Anchoring, Tagger};

    #[test]
    fn offsets_count_characters_and_xml_is_escaped() {
        let tagger = Tagger::new(&Rules::builtin()).expect("the built-in rules");
        let text = "𝒜 & Müller came in May 1999.\r\n";
        let found = tagger.tag_text(text, None, Anchoring::News);
        let all: Vec<Record> = records("d", text, &found).collect();
        assert_eq!(all.len(), 1);
        assert_eq!((all[0].start, all[0].end, all[0].value), (19, 27, "1999-05"));
        let xml = timeml("d", None, text, &found);
        let want =
            "𝒜 &amp; Müller came in <TIMEX3 tid=\"t1\" type=\"DATE\" value=\"1999-05\">May 1999</TIMEX3>.&#13;\n";
        assert!(xml.contains(want), "{xml}");
    }
}
