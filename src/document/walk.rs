//! Which documents there are: files and folders as given, in a fixed order.

use super::collection::Input;
use crate::{Error, Result};
use std::path::PathBuf;

/// The files named or held by folders named, each once, folders in the order of their entries' names. Hidden files and
/// folders (a name that begins with a full stop) inside a folder are left out.
///
/// # Errors
/// [`Error::Io`] when something named does not exist or a folder cannot be listed.
pub fn walk(paths: &[PathBuf]) -> Result<Vec<Input>> {
    let mut inputs: Vec<Input> = Vec::new();
    let mut seen = rustc_hash::FxHashSet::default();
    for path in paths {
        let entries = walkdir::WalkDir::new(path)
            .follow_links(true)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|e| e.depth() == 0 || !e.file_name().to_string_lossy().starts_with('.'));
        for entry in entries {
            let entry = entry.map_err(|e| {
                let place = e.path().unwrap_or(path).to_path_buf();
                Error::io(
                    place,
                    e.into_io_error().unwrap_or_else(|| std::io::Error::other("a link that leads to itself")),
                )
            })?;
            if entry.file_type().is_file() && seen.insert(entry.path().to_path_buf()) {
                inputs.push(Input::file(entry.into_path()));
            }
        }
    }
    Ok(inputs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_walked_in_order_without_hidden_files() {
        let dir = tempfile::tempdir().expect("a folder");
        for name in ["b.txt", "a.txt", ".hidden", "sub/c.txt"] {
            let path = dir.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("created");
            std::fs::write(path, "Text.").expect("written");
        }
        let found = walk(&[dir.path().to_path_buf(), dir.path().join("a.txt")]).expect("walks");
        let names: Vec<String> =
            found.iter().map(|i| i.path.strip_prefix(dir.path()).expect("inside").display().to_string()).collect();
        assert_eq!(names, ["a.txt", "b.txt", "sub/c.txt"]);
        assert!(walk(&[PathBuf::from("no/such/folder")]).expect_err("missing").to_string().contains("no/such/folder"));
    }
}
