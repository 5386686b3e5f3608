//! The one error type of the library: what went wrong, with which file, and the way out.

use std::path::{Path, PathBuf};

/// Why something could not be done. Every message names the file or argument and, where there is one, the way out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder could not be read or written.
    #[error("{path}: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A document cannot be read as a document.
    #[error("{path}: {reason}")]
    Document {
        /// The file.
        path: PathBuf,
        /// What is wrong and what to do about it.
        reason: String,
    },
    /// A file is no dateline database, is newer than this program, or is damaged.
    #[error("{path}: {reason}")]
    Database {
        /// The database file.
        path: PathBuf,
        /// What is wrong and what to do about it.
        reason: String,
    },
    /// SQLite reported an error.
    #[error("database: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// A rule file is wrong.
    #[error("rules: {file}: {reason}")]
    Rules {
        /// The rule file.
        file: String,
        /// What is wrong, with the entry's name.
        reason: String,
    },
    /// An argument cannot be understood (a period, an actor, an event, a format).
    #[error("{0}")]
    Usage(String),
}

/// The result of everything in the library that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// Wraps an I/O error with the path it belongs to.
    pub fn io(path: impl AsRef<Path>, source: std::io::Error) -> Self {
        Error::Io { path: path.as_ref().to_path_buf(), source }
    }

    /// A document that cannot be read as one.
    pub fn document(path: impl AsRef<Path>, reason: impl Into<String>) -> Self {
        Error::Document { path: path.as_ref().to_path_buf(), reason: reason.into() }
    }
}
