//! Where output goes: standard output, or a file that appears whole or not at all.

use crate::{Error, Result};
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
            None => to_stdout(write),
            Some(path) => to_file(path, self.force, write),
        }
    }
}

/// Calls `write` with standard output.
pub(crate) fn to_stdout(write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    write(&mut out)?;
    out.flush().map_err(stdout)
}

/// An error of writing to standard output.
pub(crate) fn stdout(error: io::Error) -> Error {
    Error::io("standard output", error)
}

fn to_file(path: &Path, force: bool, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    if path.exists() && !force {
        return Err(Error::Usage(format!("{} exists already; --force overwrites it", path.display())));
    }
    if path.is_dir() {
        return Err(Error::Usage(format!("{} is a folder; name a file", path.display())));
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.{}.part", std::process::id()));
    let file = File::create(&beside).map_err(|e| Error::io(path, e))?;
    let mut out = BufWriter::new(file);
    let done = write(&mut out)
        .and_then(|()| out.flush().map_err(|e| Error::io(path, e)))
        .and_then(|()| std::fs::rename(&beside, path).map_err(|e| Error::io(path, e)));
    if done.is_err() {
        // The failure is told; what was written so far is of no use.
        let _ = std::fs::remove_file(&beside);
    }
    done
}
