//! One writer at a time: a lock file beside the database says who writes.
//!
//! SQLite itself locks each transaction; a build is many of them, and two builds must not take turns. The system
//! releases the lock when its holder ends, however it ends.

use crate::{Error, Result};
use std::fs::File;
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How often a waiting writer tries again.
const PAUSE: Duration = Duration::from_millis(100);

/// The right to write a database, until dropped.
#[derive(Debug)]
pub(super) struct WriterLock {
    file: File,
    path: PathBuf,
}

impl WriterLock {
    /// Takes the lock, waiting at most `patience` for another writer.
    pub(super) fn take(database: &Path, patience: Duration) -> Result<Self> {
        let mut path = database.as_os_str().to_owned();
        path.push("-writer");
        let path = PathBuf::from(path);
        let mut waited = Duration::ZERO;
        loop {
            if let Some(lock) = Self::attempt(database, &path)? {
                return Ok(lock);
            }
            if waited >= patience {
                let holder = std::fs::read_to_string(&path).unwrap_or_default();
                let holder = if holder.trim().is_empty() { "another dateline" } else { holder.trim() };
                let reason = format!("is being written by {holder}; wait until it is done and try again");
                return Err(Error::Database { path: database.to_path_buf(), reason });
            }
            std::thread::sleep(PAUSE);
            waited += PAUSE;
        }
    }

    /// Whether a lock file can be made beside the database.
    pub(super) fn possible(database: &Path) -> bool {
        let folder = database.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        tempfile::tempfile_in(folder).is_ok()
    }

    fn attempt(database: &Path, path: &Path) -> Result<Option<Self>> {
        let cannot = |e: std::io::Error| Error::Database {
            path: database.to_path_buf(),
            reason: format!("cannot be written ({}: {e}); name another file with --db", path.display()),
        };
        let mut file =
            File::options().read(true).write(true).create(true).truncate(false).open(path).map_err(cannot)?;
        if file.try_lock().is_err() {
            return Ok(None);
        }
        let me = format!("dateline, process {}", std::process::id());
        file.set_len(0).and_then(|()| file.rewind()).and_then(|()| file.write_all(me.as_bytes())).map_err(cannot)?;
        // The last holder may have removed the file between our opening and locking it: then ours is nobody's lock.
        let mut seen = String::new();
        let ours = File::open(path).and_then(|mut f| f.read_to_string(&mut seen)).is_ok() && seen == me;
        Ok(ours.then(|| WriterLock { file, path: path.to_path_buf() }))
    }
}

impl Drop for WriterLock {
    fn drop(&mut self) {
        // Nothing can be done about a failure, and the lock itself goes with the handle.
        let _ = std::fs::remove_file(&self.path);
        let _ = self.file.unlock();
    }
}
