//! What chronologies for readers say: dates, caveats, citations, in the reader's language.

use crate::date::words::{Lang, short_day};
use crate::date::{Date, Fit};
use crate::event::Modality;
use crate::query::{AccountRow, Answer, Record, Told};
use std::fmt::Write as _;

/// The fixed words of a chronology.
pub(super) struct Labels {
    pub chronology: &'static str,
    pub date: &'static str,
    pub event: &'static str,
    pub sources: &'static str,
    pub possibly: &'static str,
    paragraph: &'static str,
    ongoing: &'static str,
    planned: &'static str,
    possible: &'static str,
    negated: &'static str,
    conflict: &'static str,
}

const EN: Labels = Labels {
    chronology: "Chronology",
    date: "Date",
    event: "Event",
    sources: "Sources",
    possibly: "possibly ",
    paragraph: "¶ ",
    ongoing: "ongoing",
    planned: "planned",
    possible: "possible",
    negated: "did not happen",
    conflict: "sources contradict each other on the date",
};

const RU: Labels = Labels {
    chronology: "Хронология",
    date: "Дата",
    event: "Событие",
    sources: "Источники",
    possibly: "возможно, ",
    paragraph: "абз. ",
    ongoing: "продолжается",
    planned: "планировалось",
    possible: "возможно",
    negated: "не произошло",
    conflict: "источники расходятся в дате",
};

/// The words of a language.
pub(super) fn labels(lang: Lang) -> &'static Labels {
    match lang {
        Lang::En => &EN,
        Lang::Ru => &RU,
    }
}

/// When it was, as surely as it is known: "13 May 2005", "possibly between 13 May and 21 November 2005".
pub(super) fn when(answer: &Answer, lang: Lang) -> String {
    let possibly = if answer.fit == Fit::Possible { labels(lang).possibly } else { "" };
    format!("{possibly}{}", answer.event.date.said_in(lang))
}

/// What a reader must know of an event that is no plain fact: "planned", "did not happen", contradicting dates.
pub(super) fn caveats(answer: &Answer, lang: Lang) -> Vec<&'static str> {
    let words = labels(lang);
    let of = |words: &Labels| match answer.event.modality {
        Modality::Asserted | Modality::Reported => None,
        Modality::Ongoing => Some(words.ongoing),
        Modality::Future => Some(words.planned),
        Modality::Hypothetical => Some(words.possible),
        Modality::Negated => Some(words.negated),
    };
    // A headline, which is English, may say it already.
    let said = of(&EN).is_some_and(|word| answer.event.headline.contains(word));
    of(words).filter(|_| !said).into_iter().chain(answer.event.conflict.then_some(words.conflict)).collect()
}

/// The headline with its caveats: "Ruritania joins the League [planned]".
pub(super) fn headline(answer: &Answer, lang: Lang) -> String {
    let mut text = one_line(&answer.event.headline);
    for caveat in caveats(answer, lang) {
        text.push_str(&format!(" [{caveat}]"));
    }
    text
}

/// An account's source as a footnote has it: "05DUSHANBE1839, ¶ 2 (C), 21 Nov. 2005".
pub fn citation(told: &Told, lang: Lang) -> String {
    cite(&told.document.name, told.paragraph, told.marking.as_deref(), told.document.date.as_ref(), lang)
}

/// The same of an account with all its particulars, in English.
pub fn cite_account(row: &AccountRow) -> String {
    let m = &row.mention;
    let date = row.about_document.as_ref().and_then(|d| d.date());
    cite(&m.doc, m.paragraph, m.marking.as_deref(), date.as_ref(), Lang::En)
}

/// Paragraph and portion mark alone: "¶ 2 (C)"; empty where neither is known.
pub(super) fn place_in(told: &Told, lang: Lang) -> String {
    place(told.paragraph, told.marking.as_deref(), lang)
}

fn place(paragraph: Option<u32>, marking: Option<&str>, lang: Lang) -> String {
    // Writing to a string does not fail.
    let mut said = String::new();
    if let Some(number) = paragraph {
        let _ = write!(said, "{}{number}", labels(lang).paragraph);
    }
    if let Some(mark) = marking {
        let _ = write!(said, "{}({mark})", if said.is_empty() { "" } else { " " });
    }
    said
}

fn cite(name: &str, paragraph: Option<u32>, marking: Option<&str>, date: Option<&Date>, lang: Lang) -> String {
    let mut said = name.to_string();
    let date = date.map(|d| short_date(d, lang)).unwrap_or_default();
    for part in [place(paragraph, marking, lang), date].iter().filter(|p| !p.is_empty()) {
        if !said.is_empty() {
            said.push_str(", ");
        }
        said.push_str(part);
    }
    said
}

/// What an event rests on, a footnote each: the words of its accounts with their sources; of an event that no document
/// tells of, who added it and from where.
pub(super) fn footnotes(record: &Record, lang: Lang) -> Vec<String> {
    if record.told_by.is_empty() {
        let trace = one_line(&record.answer.event.date_trace);
        let mut chars = trace.chars();
        let said = chars.next().map(|c| format!("{}{}.", c.to_uppercase(), chars.as_str()));
        return said.into_iter().collect();
    }
    record.told_by.iter().map(|told| format!("“{}” ({})", one_line(&told.quote), citation(told, lang))).collect()
}

/// A date as a footnote has it: "21 Nov. 2005"; what is no one day in words.
pub(super) fn short_date(date: &Date, lang: Lang) -> String {
    match (date.span.earliest, date.span.latest) {
        (Some(a), Some(b)) if a == b => short_day(a, lang),
        _ => date.said_in(lang),
    }
}

/// Words with single spaces between them, without the invisible marks that turn the direction of writing: in a
/// quotation they would turn what comes after it.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.chars().filter(|c| !turns(*c)));
    }
    line
}

/// Marks of direction (Unicode bidirectional formatting characters) and the byte order mark.
fn turns(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Text for HTML and XML, in content or in an attribute. Characters that XML 1.0 forbids are left out.
pub(super) fn escape_xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::{answer, told};

    #[test]
    fn a_citation_points_to_cable_paragraph_and_mark() {
        let mut told = told();
        assert_eq!(citation(&told, Lang::En), "05DUSTVILLE7, ¶ 2 (C), 21 Nov. 2005");
        assert_eq!(citation(&told, Lang::Ru), "05DUSTVILLE7, абз. 2 (C), 21 нояб. 2005");
        (told.paragraph, told.marking) = (None, None);
        assert_eq!(citation(&told, Lang::En), "05DUSTVILLE7, 21 Nov. 2005");
    }

    #[test]
    fn what_is_no_plain_fact_is_said_once() {
        let mut event = answer("e1", "2005-05-13/2005-11-21");
        event.fit = Fit::Possible;
        event.event.modality = Modality::Future;
        assert_eq!(when(&event, Lang::En), "possibly between 13 May and 21 November 2005");
        assert_eq!(headline(&event, Lang::En), "Ruritania signs a treaty with Dustland [planned]");
        event.event.headline = "A planned visit".into();
        assert_eq!(headline(&event, Lang::En), "A planned visit");
    }

    #[test]
    fn lines_are_joined_and_marks_of_direction_do_not_leak() {
        assert_eq!(one_line(" a\r\n\tb\u{202e} c\u{7} \u{1f600}"), "a b c \u{1f600}");
        assert_eq!(escape_xml("<a href='x'>&\u{0}"), "&lt;a href=&#39;x&#39;&gt;&amp;");
    }
}
