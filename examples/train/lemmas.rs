//! Learns the lemmatiser's tables: rules by ending, and the words that no rule gets right.

use crate::conllu::Sentence;
use dateline::text::syntax::lemma::{LONGEST, Lemmas, class};
use dateline::text::syntax::{Form, Upos};
use std::collections::BTreeMap;
use std::fmt::Write;

/// What a form becomes in a class: counts of its lemmas.
type Types = BTreeMap<(&'static str, String), BTreeMap<String, usize>>;

/// An edit of a form's end: bytes to cut, bytes to add.
type Edit<'a> = (usize, &'a str);

/// Irregular forms that a treebank of this size may not hold: class, form, lemma.
const IRREGULAR: &str = include_str!("irregular.tsv");

/// The tables as text, in the form that [`Lemmas::read`] reads.
pub fn learn(sentences: &[Sentence]) -> String {
    let known = types(sentences);
    let majority: Vec<(&str, &str, &str)> = known
        .iter()
        .filter_map(|((class, form), lemmas)| {
            // The first of the most frequent: the order is fixed.
            let (lemma, _) = lemmas.iter().max_by_key(|&(lemma, n)| (*n, std::cmp::Reverse(lemma.clone())))?;
            Some((*class, form.as_str(), lemma.as_str()))
        })
        .collect();
    let mut out = String::new();
    for (&(class, ending), &(cut, add)) in &rules(&majority) {
        let _ = writeln!(out, "{class}\t-{ending}\t{cut}\t{add}");
    }
    let so_far = out.clone();
    let lemmas = Lemmas::read(&so_far);
    let listed: Vec<(&str, &str, &str)> = IRREGULAR
        .lines()
        .filter_map(|line| {
            let mut parts = line.split('\t');
            Some((parts.next()?, parts.next()?, parts.next()?))
        })
        .collect();
    for &(class, form, lemma) in listed.iter().chain(&majority) {
        let other = listed.iter().any(|l| l.0 == class && l.1 == form && l.2 != lemma);
        let ruled = lemmas.by_ending(form, class);
        if ruled.as_deref().unwrap_or(form) != lemma && !other {
            let _ = writeln!(out, "{class}\t{form}\t{lemma}");
        }
    }
    out
}

fn types(sentences: &[Sentence]) -> Types {
    let mut types = Types::new();
    for sentence in sentences {
        for ((form, lemma), &(upos, inflection)) in sentence.forms.iter().zip(&sentence.lemmas).zip(&sentence.tags) {
            if matches!(upos, Upos::Propn | Upos::X | Upos::Punct | Upos::Sym) || lemma == "_" {
                continue;
            }
            let form = form.to_lowercase().replace('’', "'");
            let lemma = if lemma == "I" { lemma.clone() } else { lemma.to_lowercase() };
            *types.entry((class(upos, inflection), form)).or_default().entry(lemma).or_default() += 1;
        }
    }
    // A lemma's regular forms teach the endings too, even those that the treebank does not show.
    let verbs: Vec<String> = types
        .iter()
        .filter(|((class, form), lemmas)| *class == Upos::Verb.name() && lemmas.contains_key(form))
        .map(|((_, form), _)| form.clone())
        .filter(|v| v.len() > 2 && v.bytes().all(|b| b.is_ascii_lowercase()))
        .collect();
    for verb in verbs {
        for (inflection, form) in regular(&verb) {
            let known = types.entry((class(Upos::Verb, inflection), form)).or_default();
            if known.is_empty() {
                known.insert(verb.clone(), 1);
            }
        }
    }
    types
}

/// The third person and, for verbs in -e or -y, the other regular forms; doubling is left to the treebank.
fn regular(verb: &str) -> Vec<(Form, String)> {
    let mut out = Vec::new();
    let consonant_y = verb.ends_with('y') && !verb.ends_with(['a', 'e', 'o', 'u']) && {
        let before = verb.as_bytes()[verb.len() - 2];
        !b"aeou".contains(&before)
    };
    let hissing = ["s", "x", "z", "ch", "sh"].iter().any(|e| verb.ends_with(e));
    let third = if consonant_y {
        format!("{}ies", &verb[..verb.len() - 1])
    } else if hissing {
        format!("{verb}es")
    } else {
        format!("{verb}s")
    };
    out.push((Form::Present3, third));
    if let Some(stem) = verb.strip_suffix('e').filter(|stem| !stem.ends_with(['e', 'i', 'o', 'y'])) {
        out.push((Form::Past, format!("{stem}ed")));
        out.push((Form::Gerund, format!("{stem}ing")));
    } else if consonant_y {
        out.push((Form::Past, format!("{}ied", &verb[..verb.len() - 1])));
        out.push((Form::Gerund, format!("{verb}ing")));
    }
    out
}

/// For each class and ending the edit that most words with it take, where a shorter ending says otherwise.
fn rules<'a>(words: &[(&'a str, &'a str, &'a str)]) -> BTreeMap<(&'a str, &'a str), Edit<'a>> {
    let mut counts: BTreeMap<(&str, &str), BTreeMap<Edit, usize>> = BTreeMap::new();
    for &(class, form, lemma) in words {
        let same = form.bytes().zip(lemma.bytes()).take_while(|(a, b)| a == b).count();
        let same = (0..=same).rev().find(|&at| form.is_char_boundary(at) && lemma.is_char_boundary(at)).unwrap_or(0);
        let edit = (form.len() - same, &lemma[same..]);
        // Irregular words teach no rule.
        if edit.0 > 3 || edit.1.len() > 2 || !class.contains('-') {
            continue;
        }
        for length in edit.0.max(1)..=LONGEST.min(form.len().saturating_sub(2)) {
            if let Some(ending) = form.get(form.len() - length..) {
                *counts.entry((class, ending)).or_default().entry(edit).or_default() += 1;
            }
        }
    }
    let mut rules: BTreeMap<(&str, &str), Edit> = BTreeMap::new();
    let mut endings: Vec<_> = counts.into_iter().collect();
    endings.sort_by_key(|((_, ending), _)| ending.len());
    for ((class, ending), edits) in endings {
        let total: usize = edits.values().sum();
        let Some((&edit, &count)) = edits.iter().max_by_key(|&(edit, n)| (*n, std::cmp::Reverse(*edit))) else {
            continue;
        };
        let shorter = (1..ending.len()).rev().find_map(|l| rules.get(&(class, ending.get(ending.len() - l..)?)));
        let enough = ending.len() <= 2 || total >= 2 && count * 3 >= total * 2;
        if enough && shorter != Some(&edit) {
            rules.insert((class, ending), edit);
        }
    }
    rules
}
