//! Finding the words of the ledger among the accounts of today.

use super::fingerprint::one_line;
use super::ledger::{Entry, Evidence, Op};
use crate::event::EventType;
use crate::merge::Account;
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

/// How alike two sentences must be for one to stand for the other (after a correction of the file, say).
const ALIKE: f64 = 0.85;

/// What of an account is looked at where its fingerprint is not that of the evidence.
#[derive(Clone, Debug)]
pub(super) struct Words {
    pub key: String,
    /// The quote on one line.
    quote: String,
    /// The trigger in lower case.
    trigger: String,
    family: &'static str,
}

impl Words {
    pub fn new(key: &str, quote: &str, trigger: &str, kind: EventType) -> Self {
        Words {
            key: key.to_string(),
            quote: one_line(quote),
            trigger: trigger.to_lowercase(),
            family: kind.quad().as_str(),
        }
    }
}

/// Finds the accounts that a decision is about.
#[derive(Debug, Default)]
pub(super) struct Finder {
    /// Fingerprints that there are.
    pub keys: FxHashSet<String>,
    /// Accounts of the documents of which some evidence is missing.
    pub by_doc: FxHashMap<String, Vec<Words>>,
}

/// The groups of evidence that a decision's value names under "others".
pub(super) fn groups(value: &Value) -> Vec<Vec<Evidence>> {
    value.get("others").and_then(|v| serde_json::from_value(v.clone()).ok()).unwrap_or_default()
}

/// The keys of events added by hand that stand.
pub(super) fn added(entries: &[Entry]) -> impl Iterator<Item = &str> {
    entries.iter().filter(|e| e.decision.op == Op::Add && !e.undone).map(|e| e.key.as_str())
}

/// Every piece of evidence that the ledger names.
pub(super) fn all(entries: &[Entry]) -> Vec<Evidence> {
    let nested = entries.iter().flat_map(|e| groups(&e.decision.value)).flatten();
    entries.iter().flat_map(|e| e.decision.evidence.iter().cloned()).chain(nested).collect()
}

impl Finder {
    /// Looks for the evidence of these entries in all accounts.
    pub fn new(entries: &[Entry], accounts: &[Account]) -> Self {
        let mut keys: FxHashSet<String> = accounts.iter().map(|a| a.key.clone()).collect();
        keys.extend(added(entries).map(str::to_string));
        // Only documents of which some evidence is missing are looked at closely.
        let named = all(entries);
        let missing: FxHashSet<&str> = named.iter().filter(|e| !keys.contains(&e.fp)).map(|e| e.doc.as_str()).collect();
        let mut by_doc: FxHashMap<String, Vec<Words>> = FxHashMap::default();
        for a in accounts.iter().filter(|a| missing.contains(a.mention.doc.as_str())) {
            let words = Words::new(&a.key, &a.mention.quote, &a.mention.trigger.text, a.mention.kind);
            by_doc.entry(a.mention.doc.clone()).or_default().push(words);
        }
        Finder { keys, by_doc }
    }

    /// The keys of these pieces of evidence, each once; what is not found is left out.
    pub fn all(&self, evidence: &[Evidence]) -> Vec<String> {
        let mut keys: Vec<String> = Vec::new();
        for key in evidence.iter().filter_map(|e| self.one(e)) {
            if !keys.iter().any(|k| k == key) {
                keys.push(key.to_string());
            }
        }
        keys
    }

    /// By fingerprint; else the same word of the same sentence; else the same sentence; else a sentence much like it
    /// with the same word.
    fn one<'b>(&'b self, e: &'b Evidence) -> Option<&'b str> {
        if self.keys.contains(e.fp.as_str()) {
            return Some(&e.fp);
        }
        let rows = self.by_doc.get(e.doc.as_str())?;
        let same: Vec<&Words> = rows.iter().filter(|r| r.quote == e.quote).collect();
        let by_word = same.iter().find(|r| r.trigger == e.trigger);
        let by_family = || same.iter().find(|r| r.family == e.family || same.len() == 1);
        if let Some(row) = by_word.or_else(by_family) {
            return Some(&row.key);
        }
        rows.iter()
            .filter(|r| r.trigger == e.trigger)
            .map(|r| (strsim::normalized_levenshtein(&r.quote, &e.quote), r))
            .filter(|(score, _)| *score >= ALIKE)
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, r)| r.key.as_str())
    }
}
