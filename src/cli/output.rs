//! Where output goes: standard output, or a file that appears whole or not at all.

use crate::{Error, Result};
use serde::Serialize;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// The options of every command that writes.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Output {
    /// Write to this file instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Overwrite the file if there is one.
    #[arg(long)]
    pub force: bool,
}

impl Output {
    /// Calls `write` with the place to write to. A file is written beside its place and then moved there, so that a
    /// failure leaves what was there before.
    ///
    /// # Errors
    /// [`Error::Usage`] when the file exists and may not be overwritten; [`Error::Io`] when it cannot be written;
    /// whatever `write` fails with.
    pub fn write(&self, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
        match &self.output {
            None => to_stdout(write).map_err(|e| named(e, Path::new("standard output"))),
            Some(path) => to_file(path, self.force, write),
        }
    }

    /// Calls `write` with the path of a file, or of an empty folder, that is then moved to its place. `ours` tells
    /// whether a folder that is there already may be replaced.
    ///
    /// # Errors
    /// [`Error::Usage`] when no place is named or it is taken; [`Error::Io`] when it cannot be written; whatever
    /// `write` fails with.
    pub(super) fn write_path(
        &self,
        folder: bool,
        ours: impl Fn(&Path) -> bool,
        write: impl FnOnce(&Path) -> Result<()>,
    ) -> Result<()> {
        let what = if folder { "folder" } else { "file" };
        let Some(path) = &self.output else {
            return Err(Error::Usage(format!("this format is a {what} of its own: name it with -o")));
        };
        free(path, self.force)?;
        if folder && path.exists() && !(path.is_dir() && ours(path)) {
            let message = format!("{} is no folder that an export made; name another one", path.display());
            return Err(Error::Usage(message));
        }
        if !folder && path.exists() && !path.is_file() {
            return Err(Error::Usage(format!("{} is no file; name another one", path.display())));
        }
        let beside = beside(path);
        let made = if folder { std::fs::create_dir(&beside) } else { Ok(()) };
        let done = made.map_err(|e| Error::io(path, e)).and_then(|()| write(&beside)).and_then(|()| {
            if folder && path.is_dir() {
                std::fs::remove_dir_all(path).map_err(|e| Error::io(path, e))?;
            }
            std::fs::rename(&beside, path).map_err(|e| Error::io(path, e))
        });
        if done.is_err() {
            // The failure is told; what was written so far is of no use.
            let _ = if folder { std::fs::remove_dir_all(&beside) } else { std::fs::remove_file(&beside) };
        }
        done
    }
}

/// Calls `write` with standard output.
pub(crate) fn to_stdout(write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    write(&mut out)?;
    out.flush().map_err(stdout)
}

/// Whether the answer is for a script.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub struct Json {
    /// Write JSON, for scripts.
    #[arg(long)]
    pub json: bool,
}

impl Json {
    /// Says what was done: `value` as JSON where it is asked for, else `words`, unless notes are not wanted.
    pub(super) fn tell<T: Serialize>(self, quiet: bool, value: &T, words: impl FnOnce() -> String) -> Result<()> {
        if self.json {
            return to_stdout(|out| json(out, value));
        }
        if quiet { Ok(()) } else { to_stdout(|out| writeln!(out, "{}", words().trim_end()).map_err(stdout)) }
    }
}

/// Writes a value as JSON over several lines.
pub(super) fn json<T: Serialize + ?Sized>(out: &mut dyn Write, value: &T) -> Result<()> {
    let text = serde_json::to_string_pretty(value).map_err(|e| Error::Usage(e.to_string()))?;
    writeln!(out, "{text}").map_err(stdout)
}

/// Writes values as JSON, one a line.
pub(super) fn json_lines<T: Serialize>(out: &mut dyn Write, values: &[T]) -> Result<()> {
    values.iter().try_for_each(|value| {
        let line = serde_json::to_string(value).map_err(|e| Error::Usage(e.to_string()))?;
        writeln!(out, "{line}").map_err(stdout)
    })
}

/// An error of writing to standard output.
pub(crate) fn stdout(error: io::Error) -> Error {
    Error::io("standard output", error)
}

/// Refuses a place that is taken.
fn free(path: &Path, force: bool) -> Result<()> {
    if path.exists() && !force {
        return Err(Error::Usage(format!("{} exists already; --force overwrites it", path.display())));
    }
    Ok(())
}

/// A name beside a file's, for what is not finished.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.part", std::process::id()))
}

pub(super) fn to_file(path: &Path, force: bool, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let there = path.metadata().ok();
    if path.is_dir() {
        free(path, force)?;
        return Err(Error::Usage(format!("{} is a folder; name a file", path.display())));
    }
    if there.is_some_and(|m| !m.is_file()) {
        // A device or a pipe is written to; nothing may be moved in its place.
        let mut out = BufWriter::new(File::options().write(true).open(path).map_err(|e| Error::io(path, e))?);
        return write(&mut out).and_then(|()| out.flush().map_err(|e| Error::io(path, e))).map_err(|e| named(e, path));
    }
    free(path, force)?;
    // What a link points to is replaced, not the link.
    let path = &path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let beside = beside(path);
    let file = File::create(&beside).map_err(|e| Error::io(path, e))?;
    let mut out = BufWriter::new(file);
    let done = write(&mut out)
        .and_then(|()| out.flush().map_err(|e| Error::io(path, e)))
        .and_then(|()| std::fs::rename(&beside, path).map_err(|e| Error::io(path, e)));
    if done.is_err() {
        // The failure is told; what was written so far is of no use.
        let _ = std::fs::remove_file(&beside);
    }
    done.map_err(|e| named(e, path))
}

/// An error of a writer that knew no name gets that of the file.
fn named(error: Error, path: &Path) -> Error {
    match error {
        Error::Io { path: unnamed, source } if unnamed == Path::new("output") => Error::io(path, source),
        other => other,
    }
}
