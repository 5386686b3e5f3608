//! Learns in which contexts the finished model always decides alike, so that nothing needs to be weighed there.

use crate::conllu::Sentence;
use crate::pack::Index;
use dateline::text::syntax::Model;
use dateline::text::syntax::table::{SLOTS, Sure};
use std::collections::BTreeMap;

/// How often a context must have been seen.
const LEAST: u32 = 20;
/// In how many of a hundred cases it must have led to the same class.
const PURE: u32 = 99;

/// The table for a model, from its decisions on the sentences as written and lower-cased.
pub fn table(model: &Model, train: &[Sentence]) -> Vec<u8> {
    let mut seen: BTreeMap<u64, BTreeMap<u8, u32>> = BTreeMap::new();
    let mut note = |contexts: &[u64], class: u8| {
        for &context in contexts {
            *seen.entry(context).or_default().entry(class).or_default() += 1;
        }
    };
    for sentence in train {
        let lower: Vec<String> = sentence.forms.iter().map(|f| f.to_lowercase()).collect();
        for forms in [&sentence.forms, &lower] {
            let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
            model.watch(&forms, &mut note);
        }
    }
    let sure: Vec<(u64, u8)> = seen
        .into_iter()
        .filter_map(|(context, classes)| {
            let count: u32 = classes.values().sum();
            let (&class, &most) = classes.iter().max_by_key(|&(_, &n)| n)?;
            (count >= LEAST && most * 100 >= PURE * count).then_some((context, class))
        })
        .collect();
    // Two thirds full.
    let mut index = Index::new((sure.len() * 3 / 2 / SLOTS) as u32 + 1);
    for (context, class) in sure {
        index.put(context, Sure::slot(context, class));
    }
    index.report("sure contexts");
    index.bytes()
}
