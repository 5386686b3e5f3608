//! The database: opening and upgrading it, writing documents and events, the ledger of decisions.
//!
//! One SQLite file described by `schema.sql`. Mentions are never edited, events are derived, decisions are only added.
//! This module asks no questions of a researcher's kind (see `query`) and reads no clock.

mod actors;
mod build;
mod companions;
mod dump;
mod events;
mod evidence;
mod fingerprint;
mod import;
mod ledger;
mod line;
mod local;
mod lock;
mod migrate;
mod open;
mod read;
mod release;
mod replay;
mod row;
mod slice;
mod write;

pub use build::{Report, build, build_mapped, rules_name};
pub use dump::{check, dump};
pub use fingerprint::fingerprint;
pub use import::{Imported, Numbered};
pub use ledger::{Decision, Entry, Evidence, Op, ledger_text, read_ledger};
pub use line::{AccountLine, DocumentLine};
pub use open::{SCHEMA_VERSION, Store};
pub use release::Change;
pub use replay::FIELDS;
pub(crate) use replay::{blank_event, set_field};
pub use row::{day_number, number_day};
pub use write::Stored;

pub(crate) use line::DOCUMENT_COLUMNS;
pub(crate) use read::{MENTION_COLUMNS, MENTION_WIDTH, mention_of, participant_of, words_of};
pub(crate) use read::{blank_participant, fill_maybe, fill_participant, fill_place, fill_text};
pub(crate) use row::ends;

use crate::Error;
use std::path::Path;

/// Makes an error of SQLite one that names the file and the way out.
pub(crate) fn explain(path: &Path, error: rusqlite::Error) -> Error {
    use rusqlite::ErrorCode::*;
    let reason = match error.sqlite_error_code() {
        Some(DiskFull) => {
            "the disk is full; free some space and run the command again (nothing was damaged)".to_string()
        }
        Some(SystemIoFailure) => format!(
            "the disk could not be read or written ({error}); if it is full, free some space and run the command again"
        ),
        Some(NotADatabase) => "is no dateline database; name another file with --db".to_string(),
        Some(DatabaseCorrupt) => {
            format!("is damaged ({error}); restore a backup, or delete it and build it again from the documents")
        }
        Some(ReadOnly | PermissionDenied) => {
            "cannot be written; change its permissions or name another file with --db".to_string()
        }
        Some(DatabaseBusy | DatabaseLocked) => {
            "is being written by another program; wait until it is done and try again".to_string()
        }
        Some(CannotOpen) => "cannot be opened; check the folder and its permissions".to_string(),
        _ => return Error::Sqlite(error),
    };
    Error::Database { path: path.to_path_buf(), reason }
}

#[cfg(test)]
#[path = "store_tests.rs"]
pub(crate) mod tests;
