//! `dateline tag`: texts in, time expressions out, as a stream: one line in, its lines out.

use super::long::{self, Decoded, Head};
use super::output::Output;
use super::{Global, Outcome, rules};
use crate::date::NaiveDate;
use crate::timex::{Anchoring, Stream, Tagger, TimeMl, Timex, records};
use crate::{Error, Result};
use clap::ValueEnum;
use serde::Deserialize;
use std::borrow::Cow;
use std::io::{BufRead, BufReader, Read, Seek, Write};
use std::path::{Path, PathBuf};

/// A line of JSON that is longer (bytes) is not held in memory.
const LONG: u64 = 1 << 21;

/// Which texts, and how.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct TagArgs {
    /// JSON Lines {"doc_id","dct","text"} or plain text; standard input where none is given, or for "-".
    #[arg(value_name = "FILE")]
    paths: Vec<PathBuf>,
    /// The day a plain text was written, YYYY-MM-DD.
    #[arg(long, value_name = "DAY")]
    dct: Option<String>,
    /// What relative expressions are counted from: the document date, or the time just told of.
    #[arg(long, value_enum, default_value_t = AnchoringArg::Auto)]
    anchoring: AnchoringArg,
    /// How to write what is found.
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
    /// A folder of rule files (*.toml) to use besides those compiled in.
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    #[command(flatten)]
    output: Output,
}

/// [`Anchoring`] as an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum AnchoringArg {
    /// Decided from each text
    Auto,
    /// The document date
    News,
    /// The time just told of
    Narrative,
}

/// Output formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One JSON object an expression
    Jsonl,
    /// The text with inline TIMEX3
    Timeml,
}

/// One line of input.
#[derive(Debug, Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    doc_id: Cow<'a, str>,
    #[serde(borrow, default)]
    dct: Option<Cow<'a, str>>,
    #[serde(borrow)]
    text: Cow<'a, str>,
}

pub(super) fn run(global: &Global, args: &TagArgs) -> Result<Outcome> {
    let anchoring = match args.anchoring {
        AnchoringArg::Auto => Anchoring::Auto,
        AnchoringArg::News => Anchoring::News,
        AnchoringArg::Narrative => Anchoring::Narrative,
    };
    let tagger = Tagger::new(&rules(args.rules.as_ref())?)?;
    let job = Job { tagger, anchoring, format: args.format, dct: args.dct.as_deref(), quiet: global.quiet };
    let (mut failed, mut found) = (false, 0);
    args.output.write(|out| {
        let standard = [PathBuf::from("-")];
        for path in if args.paths.is_empty() { &standard[..] } else { &args.paths[..] } {
            match job.source(path, out) {
                Ok((n, bad)) => {
                    found += n;
                    failed |= bad;
                }
                // What cannot be written is the end; what cannot be read is told and passed over.
                Err(error @ Error::Io { .. }) if !is_of(&error, path) => return Err(error),
                Err(error) => {
                    failed = true;
                    eprintln!("dateline: {error}");
                }
            }
        }
        Ok(())
    })?;
    Ok(match (failed, found) {
        (true, _) => Outcome::SomeFailed,
        (_, 0) => Outcome::Nothing,
        _ => Outcome::Done,
    })
}

fn is_of(error: &Error, file: &Path) -> bool {
    matches!(error, Error::Io { path, .. } if path == file)
}

struct Job<'a> {
    tagger: Tagger,
    anchoring: Anchoring,
    format: Format,
    dct: Option<&'a str>,
    quiet: bool,
}

impl Job<'_> {
    /// Tags one file; returns how many expressions it has, and whether some of its lines could not be read.
    fn source(&self, path: &Path, out: &mut dyn Write) -> Result<(usize, bool)> {
        let standard = path.as_os_str() == "-";
        let reader: Box<dyn Read> = if standard {
            Box::new(std::io::stdin().lock())
        } else {
            Box::new(std::fs::File::open(path).map_err(|e| Error::io(path, e))?)
        };
        let mut reader = BufReader::with_capacity(1 << 16, reader);
        let name = if standard { "stdin".into() } else { path.file_stem().unwrap_or_default().to_string_lossy() };
        let json = reader.fill_buf().map_err(|e| Error::io(path, e))?.trim_ascii_start().first() == Some(&b'{');
        if json { self.lines(path, reader, out) } else { self.plain(path, &name, reader, out) }
    }

    fn plain(&self, path: &Path, name: &str, reader: impl Read, out: &mut dyn Write) -> Result<(usize, bool)> {
        let unreadable = |e| Error::io(path, e);
        let day = self.day(self.dct, &path.display().to_string());
        Ok((self.long(name, day, Decoded::new(reader), &unreadable, out)?, false))
    }

    fn lines(&self, path: &Path, mut reader: impl BufRead, out: &mut dyn Write) -> Result<(usize, bool)> {
        let (mut count, mut failed, mut number) = (0, false, 0);
        let mut bytes = Vec::new();
        let unreadable = |e| Error::io(path, e);
        loop {
            bytes.clear();
            if reader.by_ref().take(LONG).read_until(b'\n', &mut bytes).map_err(unreadable)? == 0 {
                return Ok((count, failed));
            }
            number += 1;
            let line = bytes.trim_ascii();
            let place = format!("{}:{number}", path.display());
            let found = if bytes.len() as u64 == LONG && !bytes.ends_with(b"\n") {
                self.long_line(path, &place, &bytes, &mut reader, out)?
            } else if line.is_empty() {
                continue;
            } else {
                match serde_json::from_slice::<Line>(line) {
                    Ok(line) => {
                        let day = self.day(line.dct.as_deref().or(self.dct), &place);
                        Ok(self.whole(&line.doc_id, day, &line.text, out)?)
                    }
                    Err(error) => Err(error.to_string()),
                }
            };
            match found {
                Ok(found) => count += found,
                Err(error) => {
                    failed = true;
                    eprintln!("dateline: {place}: {error}; a line is {{\"doc_id\",\"dct\",\"text\"}}");
                }
            }
        }
    }

    /// A line of JSON too long for memory: laid down in a temporary file, checked, then decoded piece by piece. The
    /// inner error is one of the line.
    fn long_line(
        &self,
        path: &Path,
        place: &str,
        begin: &[u8],
        reader: &mut impl BufRead,
        out: &mut dyn Write,
    ) -> Result<Result<usize, String>> {
        let unreadable = |e| Error::io(path, e);
        let mut file = long::lay_down(begin, reader).map_err(unreadable)?;
        let head: Head = match serde_json::from_reader(BufReader::with_capacity(1 << 16, &file)) {
            Ok(head) => head,
            Err(error) => return Ok(Err(error.to_string())),
        };
        file.rewind().map_err(unreadable)?;
        let Some(text) = long::text_of(BufReader::with_capacity(1 << 16, file)).map_err(unreadable)? else {
            return Ok(Err("\"text\" is no string".into()));
        };
        let day = self.day(head.dct.as_deref().or(self.dct), place);
        Ok(Ok(self.long(&head.doc_id, day, Decoded::new(text), &unreadable, out)?))
    }

    /// The document date, where it is one.
    fn day(&self, dct: Option<&str>, place: &str) -> Option<NaiveDate> {
        let day = dct.and_then(day_of);
        if let (Some(wrong), None, false) = (dct.filter(|d| !d.is_empty()), day, self.quiet) {
            eprintln!("dateline: note: {place}: \"{wrong}\" is no day (YYYY-MM-DD); relative dates stay open");
        }
        day
    }

    /// Tags a text in memory; returns how many expressions it has.
    fn whole(&self, id: &str, day: Option<NaiveDate>, text: &str, out: &mut dyn Write) -> Result<usize> {
        let mut writer = Writer::begin(self.format, id, day, out)?;
        let (mut stream, mut rest) = (self.tagger.stream(day, self.anchoring), text);
        while !rest.is_empty() {
            let length = writer.piece(&mut stream, rest)?;
            rest = rest.get(length..).unwrap_or("");
        }
        writer.end()
    }

    /// Tags a text as it is read.
    fn long(
        &self,
        id: &str,
        day: Option<NaiveDate>,
        mut text: Decoded<impl Read>,
        unreadable: &dyn Fn(std::io::Error) -> Error,
        out: &mut dyn Write,
    ) -> Result<usize> {
        let mut writer = Writer::begin(self.format, id, day, out)?;
        let mut stream = self.tagger.stream(day, self.anchoring);
        loop {
            let rest = text.ahead(Stream::AHEAD).map_err(unreadable)?;
            if rest.is_empty() {
                return writer.end();
            }
            let length = writer.piece(&mut stream, rest)?;
            text.drop_first(length);
        }
    }
}

/// Writes what is found in one document.
struct Writer<'a> {
    id: &'a str,
    out: &'a mut dyn Write,
    /// Where the format is TimeML.
    timeml: Option<TimeMl>,
    /// TimeML about to be written.
    buffer: String,
    /// JSON about to be written.
    json: Vec<u8>,
    /// Characters before the piece.
    before: usize,
    found: usize,
}

impl<'a> Writer<'a> {
    fn begin(format: Format, id: &'a str, day: Option<NaiveDate>, out: &'a mut dyn Write) -> Result<Self> {
        let mut buffer = String::new();
        let timeml = match format {
            Format::Jsonl => None,
            Format::Timeml => Some(TimeMl::begin(id, day.map(|d| d.to_string()).as_deref(), &mut buffer)),
        };
        Ok(Writer { id, out, timeml, buffer, json: Vec::new(), before: 0, found: 0 })
    }

    /// Tags the next piece; returns its length.
    fn piece(&mut self, stream: &mut Stream, rest: &str) -> Result<usize> {
        let (mut at, mut done) = (0, Ok(()));
        let length = stream.piece(rest, |piece, found| {
            if done.is_ok() {
                done = self.batch(piece, &mut at, &found);
            }
        });
        done?;
        let piece = rest.get(..length).unwrap_or(rest);
        if let Some(timeml) = &mut self.timeml {
            timeml.part(piece, at..length, &[], &mut self.buffer);
            self.flush()?;
        }
        if length < rest.len() || self.before > 0 {
            self.before += piece.chars().count();
        }
        Ok(length)
    }

    /// Writes some expressions of a piece, whose text is written up to `at`.
    fn batch(&mut self, piece: &str, at: &mut usize, found: &[Timex]) -> Result<()> {
        self.found += found.len();
        match &mut self.timeml {
            Some(timeml) => {
                let end = found.last().map_or(*at, |last| last.range.end);
                timeml.part(piece, *at..end, found, &mut self.buffer);
                *at = end;
            }
            None => {
                for mut record in records(self.id, piece, found) {
                    record.start += self.before;
                    record.end += self.before;
                    serde_json::to_writer(&mut self.json, &record).map_err(|e| unwritable(e.into()))?;
                    self.json.push(b'\n');
                }
                self.out.write_all(&self.json).map_err(unwritable)?;
                self.json.clear();
            }
        }
        self.flush()
    }

    /// Writes the TimeML made so far.
    fn flush(&mut self) -> Result<()> {
        self.out.write_all(self.buffer.as_bytes()).map_err(unwritable)?;
        self.buffer.clear();
        Ok(())
    }

    /// Returns how many expressions were found.
    fn end(mut self) -> Result<usize> {
        if self.timeml.is_some() {
            TimeMl::end(&mut self.buffer);
            self.flush()?;
        }
        Ok(self.found)
    }
}

fn unwritable(error: std::io::Error) -> Error {
    Error::io("the output", error)
}

/// The day that a document creation time begins with.
fn day_of(text: &str) -> Option<NaiveDate> {
    text.get(..10)?.parse().ok()
}
