//! Formats that are no text: PDF, and (by feature) DOCX, ODT and EPUB. Each is recognised by its first bytes.
//!
//! What a build leaves out is not guessed at: the error says which feature brings it.

use super::draft::Draft;

/// A reader's answer: the draft and the format's name, or the reason why not.
pub(super) type Answer = Result<(Draft, &'static str), String>;

/// Reads a file that begins as a known binary format does; `None` where it does not.
pub(super) fn read(bytes: &[u8]) -> Option<Answer> {
    let head = &bytes[..bytes.len().min(1024)];
    if head.windows(5).any(|w| w == b"%PDF-") {
        return Some(pdf(bytes));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Some(office(bytes));
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Some(Err(
            "is a document of an old Office format (.doc, .xls); save it as DOCX, PDF or text".to_string()
        ));
    }
    None
}

#[cfg(feature = "read-pdf")]
fn pdf(bytes: &[u8]) -> Answer {
    super::pdf::read(bytes)
}

#[cfg(not(feature = "read-pdf"))]
fn pdf(_: &[u8]) -> Answer {
    Err("is a PDF; this build does not read PDF: build dateline with --features read-pdf".to_string())
}

#[cfg(feature = "read-office")]
fn office(bytes: &[u8]) -> Answer {
    super::office::read(bytes)
}

#[cfg(not(feature = "read-office"))]
fn office(_: &[u8]) -> Answer {
    Err("is a ZIP file (DOCX, ODT, EPUB?); this build does not read it: build dateline with --features read-office"
        .to_string())
}

#[cfg(test)]
mod tests {
    use super::super::Document;

    #[test]
    fn known_binary_files_are_refused_with_a_way_out() {
        let error = |bytes: &[u8]| Document::from_bytes("x.bin", bytes).expect_err("no text").to_string();
        assert!(error(b"\xD0\xCF\x11\xE0 old").contains("save it as"));
        assert!(error(b"PK\x03\x04 broken").contains("x.bin: "));
        assert!(error(b"%PDF-1.4 broken").contains("PDF"));
    }
}
