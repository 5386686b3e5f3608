//! Collections: JSON Lines, one record a line, plain or gzipped. Read as a stream: only one record is in memory at a
//! time, however large the collection is.

use super::record::{self, Mapping};
use super::{Document, walk};
use crate::{Error, Result};
use flate2::bufread::MultiGzDecoder;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Longest record, in bytes: past it a file is no collection, or a bomb.
const MAX_RECORD: usize = 256 << 20;
/// The first two bytes of a gzip file (RFC 1952).
pub(super) const GZIP: [u8; 2] = [0x1f, 0x8b];

/// One document to read: a file, or a record of a collection.
#[derive(Clone, Debug)]
pub struct Input {
    /// The file.
    pub path: PathBuf,
    record: Option<Record>,
}

#[derive(Clone, Debug)]
struct Record {
    line: usize,
    bytes: Vec<u8>,
    mapping: Arc<Mapping>,
}

impl Input {
    pub(super) fn file(path: PathBuf) -> Self {
        Input { path, record: None }
    }

    /// What names it: the path, for a record with `#` and its line.
    pub fn source(&self) -> String {
        let path = self.path.to_string_lossy();
        match &self.record {
            Some(record) => format!("{path}#{}", record.line),
            None => path.into_owned(),
        }
    }

    /// Reads the document.
    ///
    /// # Errors
    /// As [`Document::read`]; for a record also where it is no JSON object or holds no text.
    pub fn read(&self) -> Result<Document> {
        match &self.record {
            Some(record) => record::read(&self.source(), &record.bytes, &record.mapping),
            None => Document::read(&self.path),
        }
    }
}

/// Every document that `paths` name or hold, collections opened: a stream in a fixed order.
///
/// # Errors
/// As [`walk`].
pub fn inputs(paths: &[PathBuf], mapping: &Mapping) -> Result<Inputs> {
    let mut files = walk(paths)?;
    files.reverse();
    Ok(Inputs { total: files.len(), files, open: None, mapping: Arc::new(mapping.clone()) })
}

/// The stream of [`inputs`]. An error concerns one file or line; the stream goes on behind it.
pub struct Inputs {
    /// Files still to come, the next one last.
    files: Vec<Input>,
    total: usize,
    open: Option<Lines>,
    mapping: Arc<Mapping>,
}

impl Inputs {
    /// Files in all, a collection counted as one.
    pub fn files(&self) -> usize {
        self.total
    }

    /// Files begun so far.
    pub fn begun(&self) -> usize {
        self.total - self.files.len()
    }
}

impl Iterator for Inputs {
    type Item = Result<Input>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(lines) = &mut self.open {
                match lines.next() {
                    Some(Ok((line, bytes))) => {
                        let record = Record { line, bytes, mapping: Arc::clone(&self.mapping) };
                        return Some(Ok(Input { path: lines.path.clone(), record: Some(record) }));
                    }
                    Some(Err(error)) => {
                        self.open = None;
                        return Some(Err(error));
                    }
                    None => self.open = None,
                }
                continue;
            }
            let file = self.files.pop()?;
            match Lines::open(&file.path) {
                Ok(Some(lines)) => self.open = Some(lines),
                Ok(None) => return Some(Ok(file)),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

/// The lines of a collection.
struct Lines {
    path: PathBuf,
    reader: Box<dyn BufRead + Send>,
    line: usize,
}

impl Lines {
    /// Opens the file if it is a collection.
    fn open(path: &Path) -> Result<Option<Lines>> {
        let io = |e| Error::io(path, e);
        let mut file = BufReader::new(File::open(path).map_err(io)?);
        let gzipped = file.fill_buf().map_err(io)?.starts_with(&GZIP);
        let mut reader: Box<dyn BufRead + Send> = if gzipped {
            Box::new(BufReader::with_capacity(64 << 10, MultiGzDecoder::new(file)))
        } else {
            Box::new(file)
        };
        let head = match reader.fill_buf() {
            Ok(head) => head,
            // A damaged gzip file is told by the reader of whole files.
            Err(_) => return Ok(None),
        };
        let collection = is_collection(head);
        Ok(collection.then(|| Lines { path: path.to_path_buf(), reader, line: 0 }))
    }

    /// The next line that is not blank, with its number.
    fn next(&mut self) -> Option<Result<(usize, Vec<u8>)>> {
        loop {
            let mut bytes = Vec::new();
            self.line += 1;
            let read = (&mut self.reader).take(MAX_RECORD as u64).read_until(b'\n', &mut bytes);
            let at = || format!("{}#{}", self.path.display(), self.line);
            match read {
                Ok(0) => return None,
                Ok(n) if n >= MAX_RECORD && bytes.last() != Some(&b'\n') => {
                    let reason = format!("a record of more than {} MB; the rest is not read", MAX_RECORD >> 20);
                    return Some(Err(Error::document(at(), reason)));
                }
                Ok(_) if bytes.iter().all(u8::is_ascii_whitespace) => {}
                Ok(_) => return Some(Ok((self.line, bytes))),
                Err(e) => {
                    let reason = format!("the file breaks off here ({e}); the records before it are read");
                    return Some(Err(Error::document(at(), reason)));
                }
            }
        }
    }
}

/// Whether a file that begins so is JSON Lines: its first line is an object, or begins one with a quoted name.
pub(super) fn is_collection(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    if !head.starts_with(b"{") {
        return false;
    }
    match head.iter().position(|&b| b == b'\n') {
        Some(end) => serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(&head[..end]).is_ok(),
        None => head[1..].trim_ascii_start().starts_with(b"\""),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{DateBasis, Zone};
    use super::*;
    use std::io::Write;

    const LINES: &str = "{\"id\":\"05DUSTVILLE42\",\"created\":\"2005-11-21 12:22\",\"origin\":\"Embassy Dustville\",\
        \"header\":\"R 211222Z NOV 05\\nFM AMEMBASSY DUSTVILLE\",\"body\":\"UNCLAS DUSTVILLE 000042 \\n \\nTAGS: PGOV\\nSUBJECT: DUST \\n \\n\
        1. (C) The minister left in May.\\nHILL\"}\n\nno object\n{\"title\":\"Rain\",\"date\":\"3 May 2006\",\"text\":\"It rained. They left.\"}\n";

    fn read(bytes: &[u8], mapping: &Mapping) -> Vec<Result<Document>> {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("c.jsonl");
        std::fs::write(&path, bytes).expect("written");
        inputs(&[path], mapping).expect("walks").map(|i| i.and_then(|i| i.read())).collect()
    }

    #[test]
    fn records_are_read_and_a_bad_line_is_named() {
        let found = read(LINES.as_bytes(), &Mapping::default());
        assert_eq!(found.len(), 3);
        let cable = found[0].as_ref().expect("a cable");
        assert_eq!((cable.id.as_str(), cable.format), ("05DUSTVILLE42", "cable-record"));
        assert_eq!(
            cable.date_claims.iter().map(|c| c.basis).collect::<Vec<_>>(),
            [DateBasis::Header, DateBasis::DateTimeGroup]
        );
        assert_eq!(cable.blocks.iter().filter(|b| b.zone == Zone::Body).count(), 1);
        assert!(found[1].as_ref().expect_err("no object").to_string().contains("c.jsonl#3: is no JSON object"));
        let rain = found[2].as_ref().expect("a record");
        assert_eq!((rain.id.as_str(), rain.meta.title.as_deref()), ("c.jsonl#4", Some("Rain")));
        assert_eq!(rain.date.as_ref().map(|d| d.day.to_string()).as_deref(), Some("2006-05-03"));
    }

    #[test]
    fn a_gzip_file_cut_short_gives_what_it_holds_and_an_error() {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        for n in 0..2000 {
            writeln!(encoder, "{{\"id\":\"r{n}\",\"text\":\"Dust {} fell in {n}.\"}}", n * 7919 % 1000)
                .expect("written");
        }
        let whole = encoder.finish().expect("compressed");
        assert_eq!(read(&whole, &Mapping::default()).iter().filter(|d| d.is_ok()).count(), 2000);
        let cut = read(&whole[..whole.len() / 2], &Mapping::default());
        assert!(cut.len() > 10 && cut[..cut.len() - 1].iter().all(Result::is_ok));
        let error = cut.last().and_then(|d| d.as_ref().err()).expect("an error").to_string();
        assert!(error.contains("breaks off"), "{error}");
    }

    #[test]
    fn fields_are_mapped_by_the_user() {
        let mapping = Mapping::parse(&["id=key,text=memo"]).expect("parses");
        let found = read(b"{\"key\":\"a1\",\"memo\":\"They met.\",\"text\":\"no\"}\n", &mapping);
        let doc = found[0].as_ref().expect("reads");
        assert_eq!((doc.id.as_str(), doc.text.as_str()), ("a1", "They met."));
        assert!(Mapping::parse(&["text"]).is_err() && Mapping::parse(&["colour=red"]).is_err());
        let none = read(b"{\"key\":\"a1\",\"memo\":\"They met.\"}\n", &Mapping::default());
        assert!(none[0].as_ref().expect_err("no text").to_string().contains("key, memo"));
    }
}
