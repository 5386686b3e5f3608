//! A chronology in Markdown: dates, headlines, and the words they rest on, each with its source.

use crate::date::{Fit, words};
use crate::query::{AccountRow, Answer, accounts};
use crate::store::Store;
use crate::{Error, Result};
use std::io::Write;

/// Writes a chronology. `summary` is the sentence that stands above it.
///
/// # Errors
/// [`Error::Database`] when the database cannot be read, [`Error::Io`] when it cannot be written.
pub fn markdown(store: &Store, answers: &[Answer], summary: &str, out: &mut dyn Write) -> Result<()> {
    let mut text = format!("# Chronology\n\n{}.\n", escape(summary));
    for answer in answers {
        text.push_str(&entry(answer, &accounts(store, answer.id)?));
        out.write_all(text.as_bytes()).map_err(failed)?;
        text.clear();
    }
    out.write_all(text.as_bytes()).map_err(failed)
}

fn failed(error: std::io::Error) -> Error {
    Error::io("output", error)
}

fn entry(answer: &Answer, told_by: &[AccountRow]) -> String {
    let event = &answer.event;
    let possible = if answer.fit == Fit::Possible { "possibly " } else { "" };
    let when = format!("{possible}{}", event.date.in_words());
    let mut text = format!("\n- **{}** — {}. `{}`\n", escape(&when), escape(&event.headline), event.uid);
    if let Some(warning) = &event.warning {
        text.push_str(&format!("  Note: {}.\n", escape(warning.trim_end_matches('.'))));
    }
    for row in told_by {
        text.push_str(&format!("  - “{}” ({})\n", escape(&one_line(&row.mention.quote)), escape(&citation(row))));
    }
    text
}

/// The account's source as a footnote has it: `05DUSHANBE1839, ¶ 2 (C), 21 November 2005`.
pub fn citation(row: &AccountRow) -> String {
    let paragraph = row.mention.paragraph.map(|p| format!(", ¶ {p}")).unwrap_or_default();
    let marking = row.mention.marking.as_ref().map(|m| format!(" ({m})")).unwrap_or_default();
    let day = row.document_date.map(|d| format!(", {}", words::of_day(d))).unwrap_or_default();
    format!("{}{paragraph}{marking}{day}", row.mention.doc)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text in which Markdown sees no marks.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|') {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::{answer, row};

    #[test]
    fn an_entry_has_its_date_words_and_sources() {
        let mut possible = answer("e1", "2005-05");
        possible.fit = Fit::Possible;
        possible.event.headline = "Ruritania *signs*".into();
        let text = entry(&possible, &[row()]);
        assert_eq!(
            text,
            "\n- **possibly May 2005** — Ruritania \\*signs\\*. `e1`\n  - “The treaty was signed.” (05DUSTVILLE7, ¶ 2 (C), 1 June 2005)\n"
        );
    }
}
