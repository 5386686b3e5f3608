//! JSON Lines: one event a line, with everything that the database says of it.

use crate::query::Answer;
use std::io::{self, Write};

/// Writes events as JSON Lines.
///
/// # Errors
/// When it cannot be written.
pub fn jsonl(answers: &[Answer], out: &mut dyn Write) -> io::Result<()> {
    for answer in answers {
        serde_json::to_writer(&mut *out, answer)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
