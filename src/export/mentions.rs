//! JSON Lines of accounts: one mention a line, with its document and the event that it tells of. What `extract` writes
//! and `import` reads.

use super::{Selection, put, put_json};
use crate::Result;
use crate::document::Document;
use crate::event::Mention;
use crate::query::{AccountRow, Depth, accounts};
use crate::store::{AccountLine, DocumentLine};
use std::io::Write;

/// Writes the accounts of the events, each once, in the order of the events.
pub(super) fn mentions(selection: &Selection, out: &mut dyn Write) -> Result<usize> {
    selection.write_to(out, Depth::Events, |store, records, bytes| {
        for record in records {
            for row in accounts(store, record.answer.id)? {
                put_json(bytes, &of_row(row, &record.answer.event.uid))?;
                bytes.push(b'\n');
            }
        }
        Ok(())
    })
}

fn of_row(row: AccountRow, event: &str) -> AccountLine {
    AccountLine {
        document: row.mention.doc.clone(),
        event: Some(event.to_string()),
        fp: Some(row.fp),
        about_document: row.about_document,
        mention: Mention { doc: row.stem, ..row.mention },
    }
}

/// Writes a mention that belongs to no event yet; `fp` is its fingerprint.
///
/// # Errors
/// [`crate::Error::Io`] when it cannot be written.
pub fn mention_line(mention: &Mention, fp: &str, doc: &Document, out: &mut dyn Write) -> Result<()> {
    let line = AccountLine {
        document: mention.doc.clone(),
        event: None,
        fp: Some(fp.to_string()),
        about_document: Some(DocumentLine::of(doc)),
        mention: Mention { doc: doc.stem(), ..mention.clone() },
    };
    put_json(out, &line)?;
    put(out, "\n")
}
