//! The words by which accounts of one event are known again (`merge-*.toml`).

use crate::rules::Rules;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::sync::LazyLock;

/// One file of the section `merge`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default)]
    definite: Definite,
    #[serde(default)]
    ordinals: List,
    #[serde(default)]
    common: List,
    #[serde(default)]
    pub(super) family: Vec<Family>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    words: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Definite {
    words: Vec<String>,
    any: Vec<String>,
    possessive: Vec<String>,
}

/// Verbs and nouns that name the same act.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Family {
    name: String,
    words: Vec<String>,
    #[serde(default)]
    holds: Vec<String>,
    /// It is done in words: one conversation holds many.
    #[serde(default)]
    said: bool,
    /// One document seldom tells of two that befell the same person.
    #[serde(default)]
    once: bool,
    /// Pairs that are of one family, as an example.
    #[cfg_attr(not(test), allow(dead_code))]
    pub(super) same: Vec<(String, String)>,
    /// Pairs that are not.
    #[cfg_attr(not(test), allow(dead_code))]
    pub(super) other: Vec<(String, String)>,
}

/// The words of all files, ready to be looked up.
#[derive(Debug, Default)]
pub(super) struct Words {
    definite: FxHashSet<String>,
    possessive: Vec<String>,
    any: Vec<String>,
    ordinals: Vec<String>,
    common: FxHashSet<String>,
    family: FxHashMap<String, usize>,
    /// Families of deeds.
    deeds: FxHashSet<usize>,
    /// The family of telling somebody.
    telling: Option<usize>,
    /// Families of what befalls a person once.
    once: FxHashSet<usize>,
    /// Pairs of families of which the first holds the second.
    holds: FxHashSet<(usize, usize)>,
}

/// The built-in words; a fault in them is caught by the tests, at run time it only costs some joins.
pub(super) static WORDS: LazyLock<Words> =
    LazyLock::new(|| Words::new(Rules::builtin().section::<File>("merge").unwrap_or_default()));

impl Words {
    pub(super) fn new(files: Vec<(String, File)>) -> Self {
        let mut words = Words::default();
        let families: Vec<Family> = files
            .into_iter()
            .flat_map(|(_, file)| {
                words.definite.extend(file.definite.words);
                words.possessive.extend(file.definite.possessive);
                words.any.extend(file.definite.any);
                words.ordinals.extend(file.ordinals.words);
                words.common.extend(file.common.words);
                file.family
            })
            .collect();
        words.telling = families.iter().position(|f| f.name == "telling");
        for (number, family) in families.iter().enumerate() {
            if !family.said {
                words.deeds.insert(number);
            }
            if family.once {
                words.once.insert(number);
            }
            for word in &family.words {
                words.family.entry(word.clone()).or_insert(number);
            }
            let held = family.holds.iter().filter_map(|name| families.iter().position(|f| f.name == *name));
            words.holds.extend(held.map(|inner| (number, inner)));
        }
        words
    }

    /// Whether this word makes the noun after it known: an article, a possessive.
    pub(super) fn is_definite(&self, word: &str) -> bool {
        self.definite.contains(word) || self.possessive.iter().any(|end| word.ends_with(end.as_str()))
    }

    /// Whether this word before "of" leaves open which one is meant ("one of his meetings").
    pub(super) fn is_any(&self, word: &str) -> bool {
        self.any.iter().any(|w| w == word)
    }

    /// The number of an ordinal.
    pub(super) fn ordinal(&self, word: &str) -> Option<usize> {
        self.ordinals.iter().position(|o| o == word)
    }

    /// Whether two sentences may share this word without telling of the same.
    pub(super) fn is_common(&self, word: &str) -> bool {
        self.common.contains(word)
    }

    /// The family of a lemma.
    pub(super) fn family(&self, lemma: &str) -> Option<usize> {
        self.family.get(lemma).copied()
    }

    /// Whether a family is of deeds and not of words.
    pub(super) fn is_deed(&self, family: Option<usize>) -> bool {
        family.is_some_and(|f| self.deeds.contains(&f))
    }

    /// Whether a family is of verbs that open a report of what was said ("told", "informed").
    pub(super) fn is_telling(&self, family: Option<usize>) -> bool {
        family.is_some() && family == self.telling
    }

    /// Whether acts of a family befall a person once: a death, an appointment.
    pub(super) fn is_once(&self, family: Option<usize>) -> bool {
        family.is_some_and(|f| self.once.contains(&f))
    }

    /// Whether an act of one of the families is part of an act of the other (a meeting of a visit).
    pub(super) fn holds(&self, a: Option<usize>, b: Option<usize>) -> bool {
        let (Some(a), Some(b)) = (a, b) else { return false };
        self.holds.contains(&(a, b)) || self.holds.contains(&(b, a))
    }
}
