//! Reading one file: decode, recognise the format by its content, hand it to that format's reader.

use super::collection::{GZIP, is_collection};
use super::draft::Draft;
use super::{
    Document, binary, cable_browser, cable_text, cable_viewer, encoding, html, mail, markdown, monitor, paperblog,
    plain, plusd, wikileaks_text,
};
use crate::{Error, Result};
use sha2::{Digest, Sha256};
use std::io::Read;
use std::path::Path;

/// A text format: how it is recognised and read.
pub(super) struct Format {
    /// Its name in [`Document::format`].
    pub name: &'static str,
    /// Whether this text is of the format.
    pub recognise: fn(&str) -> bool,
    /// Reads it. The error is a reason to be told with the file's name.
    pub read: fn(String) -> std::result::Result<Draft, String>,
}

/// Every text format, the most particular first. What none recognises is plain text.
const FORMATS: &[Format] = &[
    Format { name: "wikileaks-text", recognise: wikileaks_text::recognise, read: wikileaks_text::read },
    Format { name: "cable-browser", recognise: cable_browser::recognise, read: cable_browser::read },
    Format { name: "cable-viewer", recognise: cable_viewer::recognise, read: cable_viewer::read },
    Format { name: "periodical-brief", recognise: monitor::recognise, read: monitor::read },
    Format { name: "plusd", recognise: plusd::recognise, read: plusd::read },
    Format { name: "paperblog", recognise: paperblog::recognise, read: paperblog::read },
    Format { name: "cable-text", recognise: cable_text::recognise, read: cable_text::read },
    Format { name: "markdown", recognise: markdown::recognise, read: markdown::read },
];

impl Document {
    /// Reads a file. Its format is recognised by its content.
    ///
    /// # Errors
    /// [`Error::Io`] when the file cannot be read; [`Error::Document`] when it is empty, no text, or a page without a
    /// body.
    pub fn read(path: &Path) -> Result<Document> {
        if path.is_dir() {
            return Err(Error::document(path, "is a folder, no document"));
        }
        let bytes = std::fs::read(path).map_err(|e| Error::io(path, e))?;
        Self::from_bytes(&path.to_string_lossy(), &bytes)
    }

    /// Reads a document from the bytes of a file; `source` names it (the identifier may be taken from it).
    ///
    /// # Errors
    /// [`Error::Document`] as for [`Document::read`].
    pub fn from_bytes(source: &str, bytes: &[u8]) -> Result<Document> {
        if bytes.starts_with(&GZIP) {
            return Self::from_bytes(source, &unzipped(source, bytes)?);
        }
        if is_collection(&bytes[..bytes.len().min(64 << 10)]) && bytes.trim_ascii().contains(&b'\n') {
            let way = "is a collection of records, no single document; give its path to a command that reads files";
            return Err(Error::document(source, way));
        }
        let sha256: String = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
        let other = binary::read(bytes).or_else(|| mail::recognise(bytes).then(|| mail::read(bytes)));
        if let Some(answer) = other {
            let (draft, format) = answer.map_err(|reason| Error::document(source, reason))?;
            return Ok(draft.finish(source, sha256, format));
        }
        let decoded = encoding::decode(bytes).map_err(|reason| Error::document(source, reason))?;
        if decoded.text.trim().is_empty() {
            return Err(Error::document(source, "is empty; there is nothing to read"));
        }
        let text = decoded.text.into_owned();
        let (mut draft, format) = of_text(text).map_err(|reason| Error::document(source, reason))?;
        draft.warnings.extend(decoded.warning);
        Ok(draft.finish(source, sha256, format))
    }

    /// The name of the file it was read from, without folders and extension: what evaluation files call a document.
    pub fn stem(&self) -> String {
        super::draft::stem(&self.source)
    }

    /// Reads a text that comes from no file, as plain text: for standard input and tests.
    pub fn from_text(id: &str, text: impl Into<String>) -> Document {
        let text = text.into();
        let sha256: String = Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
        let mut draft = plain::read(text);
        draft.id = Some(id.to_string());
        draft.finish(id, sha256, "plain-text")
    }
}

/// Largest document that a gzip file may hold, in bytes.
const MAX_UNZIPPED: u64 = 512 << 20;

fn unzipped(source: &str, bytes: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let mut reader = flate2::bufread::MultiGzDecoder::new(bytes).take(MAX_UNZIPPED + 1);
    reader
        .read_to_end(&mut out)
        .map_err(|e| Error::document(source, format!("the gzip file is damaged or cut short ({e})")))?;
    if out.len() as u64 > MAX_UNZIPPED {
        return Err(Error::document(source, format!("holds more than {} MB when unzipped", MAX_UNZIPPED >> 20)));
    }
    if out.starts_with(&GZIP) {
        return Err(Error::document(source, "is gzipped twice; unzip it first"));
    }
    Ok(out)
}

/// Reads a text by the format it is of, or as plain text.
pub(super) fn of_text(text: String) -> std::result::Result<(Draft, &'static str), String> {
    if html::recognise(&text) {
        return html::read(&text);
    }
    match FORMATS.iter().find(|f| (f.recognise)(&text)) {
        Some(format) => Ok(((format.read)(text)?, format.name)),
        None => Ok((plain::read(text), "plain-text")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Zone;
    use super::*;

    #[test]
    fn plain_text_has_a_title_and_paragraphs() {
        let text = "The Treaty of Dustville\n\nThe treaty was signed\non 3 May 1994.\n\nIt failed in 1999.\n";
        let doc = Document::from_bytes("dir/dustville.txt", text.as_bytes()).expect("reads");
        assert_eq!((doc.id.as_str(), doc.format), ("dustville", "plain-text"));
        assert_eq!(doc.meta.title.as_deref(), Some("The Treaty of Dustville"));
        let zones: Vec<Zone> = doc.blocks.iter().map(|b| b.zone).collect();
        assert_eq!(zones, [Zone::Header, Zone::Body, Zone::Body]);
        assert_eq!(crate::text::sentences(&doc).len(), 3);
    }

    #[test]
    fn empty_and_binary_files_are_refused_by_name() {
        for bytes in [&b""[..], b" \n\t ", b"\x00\x01\x02binary"] {
            let error = Document::from_bytes("some/file.txt", bytes).expect_err("no document").to_string();
            assert!(error.starts_with("some/file.txt: is "), "{error}");
        }
        assert!(Document::read(Path::new("no/such/file")).is_err());
    }
}
