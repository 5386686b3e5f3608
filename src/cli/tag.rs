//! `dateline tag`: texts in, time expressions out, as a stream: one line in, its lines out.

use super::output::Output;
use super::{Global, Outcome, rules};
use crate::date::NaiveDate;
use crate::timex::{Anchoring, Tagger, records, timeml};
use crate::{Error, Result};
use clap::ValueEnum;
use serde::Deserialize;
use std::borrow::Cow;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

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

    fn plain(&self, path: &Path, name: &str, mut reader: impl Read, out: &mut dyn Write) -> Result<(usize, bool)> {
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).map_err(|e| Error::io(path, e))?;
        let text = String::from_utf8_lossy(&bytes);
        Ok((self.text(name, self.dct, &text, &path.display().to_string(), out)?, false))
    }

    fn lines(&self, path: &Path, mut reader: impl BufRead, out: &mut dyn Write) -> Result<(usize, bool)> {
        let (mut count, mut failed, mut number) = (0, false, 0);
        let mut bytes = Vec::new();
        loop {
            bytes.clear();
            if reader.read_until(b'\n', &mut bytes).map_err(|e| Error::io(path, e))? == 0 {
                return Ok((count, failed));
            }
            number += 1;
            let line = bytes.trim_ascii();
            if line.is_empty() {
                continue;
            }
            let place = format!("{}:{number}", path.display());
            match serde_json::from_slice::<Line>(line) {
                Ok(line) => {
                    let dct = line.dct.as_deref().or(self.dct);
                    count += self.text(&line.doc_id, dct, &line.text, &place, out)?;
                }
                Err(error) => {
                    failed = true;
                    eprintln!("dateline: {place}: {error}; a line is {{\"doc_id\",\"dct\",\"text\"}}");
                }
            }
        }
    }

    fn text(&self, id: &str, dct: Option<&str>, text: &str, place: &str, out: &mut dyn Write) -> Result<usize> {
        let day = dct.and_then(day_of);
        if let (Some(wrong), None, false) = (dct.filter(|d| !d.is_empty()), day, self.quiet) {
            eprintln!("dateline: note: {place}: \"{wrong}\" is no day (YYYY-MM-DD); relative dates stay open");
        }
        let found = self.tagger.tag_text(text, day, self.anchoring);
        let wrong = |error| Error::io("the output", error);
        match self.format {
            Format::Jsonl => {
                for record in records(id, text, &found) {
                    serde_json::to_writer(&mut *out, &record).map_err(|e| wrong(e.into()))?;
                    out.write_all(b"\n").map_err(wrong)?;
                }
            }
            Format::Timeml => {
                let day = day.map(|d| d.to_string());
                out.write_all(timeml(id, day.as_deref(), text, &found).as_bytes()).map_err(wrong)?;
            }
        }
        Ok(found.len())
    }
}

/// The day that a document creation time begins with.
fn day_of(text: &str) -> Option<NaiveDate> {
    text.get(..10)?.parse().ok()
}
