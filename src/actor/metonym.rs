//! Whether a capital's name stands for its government or for the place.
//!
//! The context decides: what stands right before and right after, and, for the later members of a row ("between
//! Tashkent and Moscow"), what stands before the first. Without any sign it is the government when the word is not in
//! a place adverbial, which in diplomatic prose is the common case.

use super::fold::norm;
use super::lexicon::is_dash;
use super::scan::{Atom, Words};
use super::schema::MetonymDef;
use crate::{Error, Result};
use rustc_hash::FxHashSet;

/// The words that decide, normalised.
#[derive(Debug, Default)]
pub(super) struct Metonyms {
    place_after: FxHashSet<String>,
    place_before: FxHashSet<String>,
    place_after_two: FxHashSet<(String, String)>,
    government_after: FxHashSet<String>,
    government_before: FxHashSet<String>,
    government_after_two: FxHashSet<(String, String)>,
    /// Words passed over when looking to the left: articles, "the city of".
    skip: FxHashSet<String>,
    /// Words that join the members of a row.
    join: FxHashSet<String>,
}

impl Metonyms {
    pub fn add(&mut self, rule: &MetonymDef, file: &str) -> Result<()> {
        let words = |list: &[String]| list.iter().map(|w| norm(w)).collect::<Vec<_>>();
        let pairs = rule.after_two.iter().filter_map(|p| p.split_once(' ')).map(|(a, b)| (norm(a), norm(b)));
        match rule.reading.as_str() {
            "place" => {
                self.place_after.extend(words(&rule.after));
                self.place_before.extend(words(&rule.before));
                self.place_after_two.extend(pairs);
            }
            "government" => {
                self.government_after.extend(words(&rule.after));
                self.government_before.extend(words(&rule.before));
                self.government_after_two.extend(pairs);
            }
            "skip" => self.skip.extend(words(&rule.after)),
            "join" => self.join.extend(words(&rule.after)),
            other => {
                let reason = format!("metonym: reading {other:?} is none of place, government, skip, join");
                return Err(Error::Rules { file: file.to_string(), reason });
            }
        }
        Ok(())
    }

    /// Whether the capital at `atom` is a place. `names` are the atoms of the sentence that are states or capitals.
    pub fn is_place(&self, words: &Words, atom: &Atom, names: &[Atom]) -> bool {
        let after = words.get(atom.end);
        if self.government_before.contains(after) {
            return false;
        }
        if self.place_before.contains(after) || (after == "," && self.place_before.contains(words.get(atom.end + 1))) {
            return true;
        }
        let mut first = atom.start;
        loop {
            while first > 0 && self.skip.contains(words.before(first)) {
                first -= 1;
            }
            if first == 0 {
                return false;
            }
            let before = words.get(first - 1);
            if self.join.contains(before) || is_dash(before) {
                // A member of a row: go on from the member before it.
                match names.iter().find(|a| a.end == first - 1) {
                    Some(previous) => first = previous.start,
                    None => return false,
                }
                continue;
            }
            let two = (words.before(first - 1).to_string(), before.to_string());
            if self.government_after_two.contains(&two) {
                return false;
            }
            return self.place_after_two.contains(&two)
                || self.place_after.contains(before) && !self.government_after.contains(before);
        }
    }
}
