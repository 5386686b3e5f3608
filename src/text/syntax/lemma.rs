//! Dictionary forms: a table of irregular words, and rules by the end of the word, both learnt from the treebank (see
//! `examples/train`) and kept as text in the weights file.
//!
//! Names keep their form. A word in no table is cut by the longest ending that has a rule.

use super::{Form, Upos};
use std::collections::HashMap;

/// Longest ending, in bytes, that a rule looks at.
pub const LONGEST: usize = 6;

/// The tables.
#[derive(Debug, Default)]
pub struct Lemmas<'a> {
    words: HashMap<(&'a str, &'a str), &'a str, rustc_hash::FxBuildHasher>,
    endings: HashMap<(&'a str, &'a str), (usize, &'a str), rustc_hash::FxBuildHasher>,
}

/// The class of inflection that a tag belongs to, as the tables write it; an empty one has no rules but may have words.
pub fn class(upos: Upos, form: Form) -> &'static str {
    match (upos, form) {
        (Upos::Verb | Upos::Aux, Form::Past | Form::PastParticiple) => "VERB-ed",
        (Upos::Verb | Upos::Aux, Form::Gerund) => "VERB-ing",
        (Upos::Verb | Upos::Aux, Form::Present3) => "VERB-s",
        (Upos::Noun, Form::Plural) => "NOUN-s",
        (Upos::Adj | Upos::Adv, Form::Comparative) => "ADJ-er",
        (Upos::Adj | Upos::Adv, Form::Superlative) => "ADJ-est",
        (upos, _) => upos.name(),
    }
}

impl<'a> Lemmas<'a> {
    /// Reads the tables: lines of class, form, lemma; or of class, "-" and an ending, bytes to cut, bytes to add.
    /// Lines of any other kind are passed over.
    pub fn read(text: &'a str) -> Self {
        let mut out = Lemmas::default();
        for line in text.lines() {
            let mut parts = line.split('\t');
            let (Some(class), Some(form), Some(third)) = (parts.next(), parts.next(), parts.next()) else { continue };
            match (form.strip_prefix('-'), parts.next()) {
                (Some(ending), Some(add)) => {
                    let Ok(cut) = third.parse() else { continue };
                    out.endings.insert((class, ending), (cut, add));
                }
                _ => {
                    out.words.insert((class, form), third);
                }
            }
        }
        out
    }

    /// The dictionary form of `form`; `lower` is a buffer for its lower-cased copy.
    pub fn lemma(&self, form: &str, upos: Upos, inflection: Form, lower: &mut String) -> String {
        if upos == Upos::Propn {
            return form.to_string();
        }
        lower.clear();
        for c in form.chars() {
            match c {
                '’' => lower.push('\''),
                c => lower.extend(c.to_lowercase()),
            }
        }
        let class = class(upos, inflection);
        if let Some(&lemma) = self.words.get(&(class, lower.as_str())) {
            return lemma.to_string();
        }
        self.by_ending(lower, class).unwrap_or_else(|| lower.clone())
    }

    /// What the longest ending with a rule makes of a word.
    pub fn by_ending(&self, lower: &str, class: &str) -> Option<String> {
        for length in (1..=LONGEST.min(lower.len())).rev() {
            let Some(ending) = lower.get(lower.len() - length..) else { continue };
            if let Some(&(cut, add)) = self.endings.get(&(class, ending)) {
                let stem = lower.get(..lower.len().checked_sub(cut)?)?;
                return Some(format!("{stem}{add}"));
            }
        }
        None
    }
}
