//! The text layer of a PDF, by `pdf-extract`. A scan without text is an error: dateline reads no pictures.

use super::binary::Answer;
use super::read::of_text;
use std::panic::catch_unwind;

/// Fewest letters that count as a text layer.
const LETTERS: usize = 20;

/// Reads a PDF. The library may panic on a damaged file; that is caught.
pub(super) fn read(bytes: &[u8]) -> Answer {
    let text = match catch_unwind(|| pdf_extract::extract_text_from_mem(bytes)) {
        Ok(Ok(text)) => text,
        Ok(Err(error)) => {
            return Err(format!("is a PDF that cannot be read ({error}); print it to a new PDF or export its text"));
        }
        Err(_) => {
            return Err("is a PDF that the PDF library fails on; print it to a new PDF or export its text".to_string());
        }
    };
    if text.chars().filter(|c| c.is_alphabetic()).count() < LETTERS {
        return Err("is a PDF without text (a scan?); run text recognition (OCR) on it first".to_string());
    }
    let (draft, format) = of_text(text.replace("\r\n", "\n"))?;
    Ok((draft, if format == "plain-text" { "pdf" } else { format }))
}
