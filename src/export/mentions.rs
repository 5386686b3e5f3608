//! JSON Lines of accounts: one mention a line, with the event that it tells of.

use crate::event::Mention;
use crate::query::{Answer, accounts};
use crate::store::Store;
use crate::{Error, Result};
use serde::Serialize;
use std::io::Write;

/// One line.
#[derive(Serialize)]
struct Line<'a> {
    /// Identifier of the document; `doc` is the stem of its file.
    document: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fp: Option<&'a str>,
    #[serde(flatten)]
    mention: Mention,
}

/// Writes the accounts of these events, each once, in the order of the events.
///
/// # Errors
/// [`Error::Database`] when the database cannot be read, [`Error::Io`] when it cannot be written.
pub fn mentions(store: &Store, answers: &[Answer], out: &mut dyn Write) -> Result<()> {
    for answer in answers {
        for row in accounts(store, answer.id)? {
            let mention = Mention { doc: row.stem.clone(), ..row.mention.clone() };
            let line = Line { document: &row.mention.doc, event: Some(&answer.event.uid), fp: Some(&row.fp), mention };
            write(&line, out)?;
        }
    }
    Ok(())
}

/// Writes a mention that belongs to no event yet; `stem` names its file.
///
/// # Errors
/// [`Error::Io`] when it cannot be written.
pub fn mention_line(mention: &Mention, stem: &str, out: &mut dyn Write) -> Result<()> {
    let line = Line {
        document: &mention.doc,
        event: None,
        fp: None,
        mention: Mention { doc: stem.to_string(), ..mention.clone() },
    };
    write(&line, out)
}

fn write(line: &Line, out: &mut dyn Write) -> Result<()> {
    let text = serde_json::to_string(line).map_err(|e| Error::Usage(e.to_string()))?;
    writeln!(out, "{text}").map_err(|e| Error::io("output", e))
}
