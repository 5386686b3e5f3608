//! Rule and lexicon files: TOML compiled into the program, and a user's own beside them.
//!
//! A file belongs to the section that its name begins with: `timex-relative.toml` to `timex`, `actors-states.toml` to
//! `actors`. Sections are deserialised by the stage that uses them ([`Rules::section`]); this module knows no rule.

use crate::{Error, Result};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::path::Path;

/// Every rule file that is compiled in: (name, text). A new file is added here.
const BUILTIN: &[(&str, &str)] = &[
    ("chart-en.toml", include_str!("data/chart-en.toml")),
    ("chart-ru.toml", include_str!("data/chart-ru.toml")),
    ("confidence-events.toml", include_str!("data/confidence-events.toml")),
    ("events-homographs.toml", include_str!("data/events-homographs.toml")),
    ("events-history.toml", include_str!("data/events-history.toml")),
    ("events-domestic.toml", include_str!("data/events-domestic.toml")),
    ("events-material-conflict.toml", include_str!("data/events-material-conflict.toml")),
    ("events-material-cooperation.toml", include_str!("data/events-material-cooperation.toml")),
    ("events-force.toml", include_str!("data/events-force.toml")),
    ("events-other.toml", include_str!("data/events-other.toml")),
    ("events-speech.toml", include_str!("data/events-speech.toml")),
    ("events-verbal-conflict.toml", include_str!("data/events-verbal-conflict.toml")),
    ("events-verbal-cooperation.toml", include_str!("data/events-verbal-cooperation.toml")),
    ("events-deeds.toml", include_str!("data/events-deeds.toml")),
    ("events-positions.toml", include_str!("data/events-positions.toml")),
    ("events-acts.toml", include_str!("data/events-acts.toml")),
    ("events-words.toml", include_str!("data/events-words.toml")),
    ("lanes-default.toml", include_str!("data/lanes-default.toml")),
    ("actors-bodies-world.toml", include_str!("data/actors-bodies-world.toml")),
    ("actors-grammar.toml", include_str!("data/actors-grammar.toml")),
    ("actors-organisations.toml", include_str!("data/actors-organisations.toml")),
    ("actors-persons.toml", include_str!("data/actors-persons.toml")),
    ("actors-persons-world.toml", include_str!("data/actors-persons-world.toml")),
    ("actors-region.toml", include_str!("data/actors-region.toml")),
    ("actors-world.toml", include_str!("data/actors-world.toml")),
    ("merge-words.toml", include_str!("data/merge-words.toml")),
    ("named-events.toml", include_str!("data/named-events.toml")),
    ("named-events-world.toml", include_str!("data/named-events-world.toml")),
    ("places-region.toml", include_str!("data/places-region.toml")),
    ("places-world.toml", include_str!("data/places-world.toml")),
    ("periodicals-daily.toml", include_str!("data/periodicals-daily.toml")),
    ("press-agencies.toml", include_str!("data/press-agencies.toml")),
    ("sentences-abbreviations.toml", include_str!("data/sentences-abbreviations.toml")),
    ("timex-words.toml", include_str!("data/timex-words.toml")),
    ("timex-numbers.toml", include_str!("data/timex-numbers.toml")),
    ("timex-dates.toml", include_str!("data/timex-dates.toml")),
    ("timex-relative.toml", include_str!("data/timex-relative.toml")),
    ("timex-durations.toml", include_str!("data/timex-durations.toml")),
    ("timex-clock.toml", include_str!("data/timex-clock.toml")),
    ("timex-vague.toml", include_str!("data/timex-vague.toml")),
    ("timex-counted.toml", include_str!("data/timex-counted.toml")),
    ("timex-feasts.toml", include_str!("data/timex-feasts.toml")),
    ("timex-named.toml", include_str!("data/timex-named.toml")),
];

/// A set of rule files, in a fixed order: the built-in ones, then the user's by name.
#[derive(Clone, Debug)]
pub struct Rules {
    files: Vec<(String, String)>,
}

impl Rules {
    /// The rules compiled into the program.
    pub fn builtin() -> Self {
        Rules { files: BUILTIN.iter().map(|(name, text)| (name.to_string(), text.to_string())).collect() }
    }

    /// Adds every `*.toml` of a folder. A file's section is the part of its name before the first `-` or `.`; a file with
    /// the name of a built-in one takes its place.
    ///
    /// # Errors
    /// [`Error::Io`] when the folder or a file cannot be read; [`Error::Rules`] when a name begins with no known section.
    pub fn with_dir(mut self, dir: &Path) -> Result<Self> {
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(dir).map_err(|e| Error::io(dir, e))? {
            let path = entry.map_err(|e| Error::io(dir, e))?.path();
            if path.extension().is_some_and(|e| e == "toml") {
                paths.push(path);
            }
        }
        paths.sort();
        for path in paths {
            let name = name_of(&path);
            if !BUILTIN.iter().any(|(known, _)| section_of(known) == section_of(&name)) {
                let known: std::collections::BTreeSet<&str> = BUILTIN.iter().map(|(n, _)| section_of(n)).collect();
                let known: Vec<&str> = known.into_iter().collect();
                return Err(Error::Rules {
                    file: path.display().to_string(),
                    reason: format!("a rule file's name begins with one of: {}", known.join(", ")),
                });
            }
            let text = std::fs::read_to_string(&path).map_err(|e| Error::io(&path, e))?;
            self.put(path.display().to_string(), text);
        }
        Ok(self)
    }

    /// Adds files, each with its name and text, as [`Rules::with_dir`] does: what [`Rules::own`] gave.
    pub fn with_files(mut self, files: impl IntoIterator<Item = (String, String)>) -> Self {
        files.into_iter().for_each(|(name, text)| self.put(name, text));
        self
    }

    fn put(&mut self, name: String, text: String) {
        match self.files.iter_mut().find(|(known, _)| Path::new(known).file_name() == Path::new(&name).file_name()) {
            Some(file) => *file = (name, text),
            None => self.files.push((name, text)),
        }
    }

    /// The files of one section that are not as they are compiled in, each with its name and text, in order.
    pub fn own(&self, section: &str) -> Vec<(&str, &str)> {
        let compiled = |name: &str, text: &str| BUILTIN.iter().any(|&(n, t)| n == name && t == text);
        self.of(section).filter(|(name, text)| !compiled(name, text)).collect()
    }

    fn of(&self, section: &str) -> impl Iterator<Item = (&str, &str)> {
        let files = self.files.iter().filter(move |(name, _)| section_of(&name_of(Path::new(name))) == section);
        files.map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// The files of one section, each with its name, in order.
    ///
    /// # Errors
    /// [`Error::Rules`] with file, line and column when a file is not of the section's form.
    pub fn section<T: DeserializeOwned>(&self, section: &str) -> Result<Vec<(String, T)>> {
        let read = |(name, text): (&str, &str)| {
            let wrong = |e: toml::de::Error| Error::Rules { file: name.into(), reason: e.to_string().trim().into() };
            Ok((name.to_string(), toml::from_str(text).map_err(wrong)?))
        };
        self.of(section).map(read).collect()
    }

    /// SHA-256 over all files: the same rules give the same answer, and a database says which rules made it.
    pub fn hash(&self) -> String {
        let mut hasher = Sha256::new();
        for (_, text) in &self.files {
            hasher.update((text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        }
        hasher.finalize().iter().map(|b| format!("{b:02x}")).collect()
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn section_of(name: &str) -> &str {
    name.split(['-', '.']).next().unwrap_or(name)
}
