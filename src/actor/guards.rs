//! Aliases that count only where nothing around them says otherwise ("Allies" only where NATO is spoken of).

use super::fold::norm;
use super::lexicon::{CaseRule, Lexicon, What, key_words};
use super::schema::GuardDef;
use crate::{Error, Result};
use rustc_hash::FxHashMap;

/// A guard with its words normalised.
#[derive(Debug, Default)]
pub(super) struct Guard {
    pub not_after: Vec<String>,
    pub not_before: Vec<String>,
    pub caps_not_after: Vec<String>,
    pub only_with: Vec<u32>,
}

/// Guards by the words of their alias.
#[derive(Default)]
pub(super) struct Guards {
    by_alias: FxHashMap<Vec<String>, (Option<CaseRule>, u32)>,
}

impl Guards {
    /// How an alias must be written to count as this, and the number of its guard.
    pub(super) fn of(&self, alias: &str, words: &[String], what: What) -> (CaseRule, Option<u32>) {
        let default = match what {
            What::Actor(..) if is_abbreviation(alias) => CaseRule::Upper,
            _ => CaseRule::Any,
        };
        if !matches!(what, What::Actor(..) | What::Surname(_)) {
            return (default, None);
        }
        match self.by_alias.get(words) {
            Some((case, guard)) => (case.unwrap_or(default), Some(*guard)),
            None => (default, None),
        }
    }
}

/// Whether an alias is written as an abbreviation: one word, all capitals.
pub(super) fn is_abbreviation(alias: &str) -> bool {
    alias.len() > 1
        && !alias.contains(' ')
        && alias.chars().all(|c| !c.is_lowercase())
        && alias.chars().any(char::is_uppercase)
}

impl Lexicon {
    /// Reads the guards; answers alias → (its case rule, its number).
    pub(super) fn add_guards(&mut self, given: &[(String, GuardDef)]) -> Result<Guards> {
        let mut guards = Guards::default();
        for (file, def) in given {
            let wrong = |reason: String| Error::Rules { file: file.clone(), reason };
            let case = match def.case.as_str() {
                "" => None,
                "any" => Some(CaseRule::Any),
                "title" => Some(CaseRule::Title),
                "upper" => Some(CaseRule::Strict),
                other => return Err(wrong(format!("guard {}: {other:?} is no case", def.alias))),
            };
            let norms = |words: &[String]| words.iter().map(|w| norm(w)).collect::<Vec<_>>();
            let mut only_with = Vec::new();
            for code in &def.only_with {
                let known = self.codes.get(code);
                only_with.push(*known.ok_or_else(|| wrong(format!("guard {}: no actor {code}", def.alias)))?);
            }
            guards.by_alias.insert(key_words(&def.alias), (case, self.guards.len() as u32));
            self.guards.push(Guard {
                not_after: norms(&def.not_after),
                not_before: norms(&def.not_before),
                caps_not_after: norms(&def.caps_not_after),
                only_with,
            });
        }
        Ok(guards)
    }
}
