//! The words by which accounts of one event are known again (`merge-*.toml`).

use crate::Result;
use crate::rules::Rules;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

/// One file of the section `merge`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    definite: Definite,
    #[serde(default)]
    ordinals: List,
    #[serde(default)]
    common: List,
    #[serde(default)]
    family: Vec<Family>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    words: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Definite {
    words: Vec<String>,
    any: Vec<String>,
    possessive: Vec<String>,
}

/// Verbs and nouns that name the same act.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Family {
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
    #[serde(default)]
    same: Vec<(String, String)>,
    /// Pairs that are not.
    #[serde(default)]
    other: Vec<(String, String)>,
}

impl Family {
    /// What another file says of the family of this name.
    fn add(&mut self, more: Family) {
        self.words.extend(more.words);
        self.holds.extend(more.holds);
        self.said |= more.said;
        self.once |= more.once;
        self.same.extend(more.same);
        self.other.extend(more.other);
    }

    fn examples(&self) -> impl Iterator<Item = Example> {
        let of = |pairs: &[(String, String)], same| {
            let example =
                |lemmas: &(String, String)| Example { family: self.name.clone(), lemmas: lemmas.clone(), same };
            pairs.iter().map(example).collect::<Vec<_>>()
        };
        of(&self.same, true).into_iter().chain(of(&self.other, false))
    }
}

/// The words of all files of the section `merge`, ready to be looked up.
#[derive(Debug, Default)]
pub struct Words {
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
    examples: Vec<Example>,
}

/// Two lemmas, and whether they are of one family.
#[derive(Debug)]
struct Example {
    family: String,
    lemmas: (String, String),
    same: bool,
}

/// The section of rule files that these words come from.
pub(crate) const SECTION: &str = "merge";

impl Words {
    /// Loads the section `merge`; of a word that two files give a family to, the later file's counts.
    ///
    /// # Errors
    /// [`crate::Error::Rules`] when a file is not of the form.
    pub fn new(rules: &Rules) -> Result<Self> {
        let files = rules.section::<File>(SECTION)?;
        let mut words = Words::default();
        let mut families: Vec<Family> = Vec::new();
        for (_, file) in files {
            words.definite.extend(file.definite.words);
            words.possessive.extend(file.definite.possessive);
            words.any.extend(file.definite.any);
            words.ordinals.extend(file.ordinals.words);
            words.common.extend(file.common.words);
            for family in file.family {
                match families.iter_mut().find(|f| f.name == family.name) {
                    Some(known) => known.add(family),
                    None => families.push(family),
                }
            }
        }
        words.telling = families.iter().position(|f| f.name == "telling");
        for (number, family) in families.iter().enumerate() {
            if !family.said {
                words.deeds.insert(number);
            }
            if family.once {
                words.once.insert(number);
            }
            for word in &family.words {
                words.family.insert(word.clone(), number);
            }
            words.examples.extend(family.examples());
            let held = family.holds.iter().filter_map(|name| families.iter().position(|f| f.name == *name));
            words.holds.extend(held.map(|inner| (number, inner)));
        }
        Ok(words)
    }

    /// Runs the examples of all families: how many there are, and what does not come out as they say.
    pub fn check_examples(&self) -> (usize, Vec<String>) {
        let wrong = |e: &&Example| {
            let (a, b) = (self.family(&e.lemmas.0), self.family(&e.lemmas.1));
            (a.is_some() && a == b) != e.same
        };
        let failures = self.examples.iter().filter(wrong).map(|Example { family, lemmas: (a, b), same }| {
            let should = if *same { "should be" } else { "should not be" };
            format!("merging, family \"{family}\": \"{a}\" and \"{b}\" {should} one act")
        });
        (self.examples.len(), failures.collect())
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
