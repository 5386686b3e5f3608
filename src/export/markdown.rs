//! A chronology in Markdown: dates and headlines, with a footnote for each account (footnotes as pandoc, GitHub and
//! most others read them).

use super::phrase::{footnotes, headline, labels, when};
use super::reference::Reference;
use super::{Selection, Style, put};
use crate::Result;
use std::io::Write;

/// Writes the chronology: head, entries, footnotes after each, list of sources.
pub(super) fn markdown(selection: &Selection, style: &Style, out: &mut dyn Write) -> Result<usize> {
    let words = labels(style.lang);
    let about = selection.about();
    put(out, &format!("# {}\n\n{}.\n", words.chronology, escape(&about.answer)))?;
    put(
        out,
        &format!(
            "\n*{}*\n",
            escape(&format!(
                "Query: {}. Corpus: {}. Made by {} from {}.",
                about.query,
                about.coverage,
                about.generator,
                about.state()
            ))
        ),
    )?;
    let mut note = 0;
    let count = selection.each(|record| {
        let answer = &record.answer;
        let (mut text, mut notes) = (String::new(), String::new());
        for said in footnotes(record, style.lang) {
            note += 1;
            text.push_str(&format!("[^{note}]"));
            notes.push_str(&format!("[^{note}]: {}\n", escape(&said)));
        }
        let warning =
            answer.event.warning.as_deref().map(|w| format!("  Note: {}.\n", escape(w.trim_end_matches('.'))));
        put(
            out,
            &format!(
                "\n- **{}** — {}.{text} `{}`\n{}{}{notes}",
                escape(&when(answer, style.lang)),
                escape(headline(answer, style.lang).trim_end_matches('.')),
                answer.event.uid,
                warning.unwrap_or_default(),
                if notes.is_empty() { "" } else { "\n" },
            ),
        )
    })?;
    put(out, &format!("\n## {}\n\n", words.sources))?;
    selection.sources(|source| {
        let said = Reference::of(source).in_words(style.lang);
        put(out, &format!("- {}\n", escape(&said)))
    })?;
    Ok(count)
}

/// A text in which Markdown sees no marks: every ASCII sign that may be one stands behind a backslash (CommonMark 2.4).
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '&' | '$' | '~' | '^' | '@' | '{' | '}'
        ) {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::export::tests::written;
    use crate::export::{Format, Style};

    #[test]
    fn an_entry_has_its_date_words_and_sources() {
        let text = written(Format::Markdown, &Style::default());
        assert!(text.starts_with("# Chronology\n\n4 events, from 4 documents.\n"), "{text}");
        assert!(text.contains("\n- **13 May 2005** — Ruritania signs a treaty with Dustland.[^2] `e"), "{text}");
        assert!(
            text.contains("\n[^2]: “Ruritania signed the Treaty of Dustville.” (05DUSTVILLE7, ¶ 2 (C), 2005)\n"),
            "{text}"
        );
        assert!(
            text.contains("=cmd() \"quotes\", 'x'; 100% \\& \\$5\\_\\#1 \\{a\\} \\~\\^\\\\ \\<b\\> new line"),
            "{text}"
        );
        assert!(text.contains("by 21 November 2005") && text.contains("date unknown"));
        assert!(!text.contains('\u{202e}'));
    }

    #[test]
    fn it_speaks_russian() {
        let style = Style { lang: crate::date::words::Lang::Ru, ..Style::default() };
        let text = written(Format::Markdown, &style);
        assert!(text.contains("# Хронология") && text.contains("**13 мая 2005**") && text.contains("абз. 2 (C)"));
        assert!(text.contains("не позднее 21 ноября 2005") && text.contains("около мая 2005"));
    }
}
