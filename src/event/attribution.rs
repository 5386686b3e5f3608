//! On whose word a mention rests.

use super::facts::Facts;
use super::lexicon::Lexicon;
use super::{args, trigger::Found};
use crate::text::syntax::Relation;

/// Who is given as the source of what the trigger tells: an actor's code, or the words that name it.
pub fn of(facts: &Facts, lexicon: &Lexicon, found: &Found) -> Option<String> {
    let tree = facts.tree;
    let saying = |v: usize| tree.is_verb(v) && lexicon.is("saying.verbs", &tree.lemma(v).to_lowercase());
    let mut below = found.head;
    for above in tree.ancestors(found.head) {
        let content = matches!(tree.relation(below), Relation::Ccomp | Relation::Xcomp | Relation::Parataxis);
        if content && saying(above) {
            return speaker(facts, above);
        }
        // "…, Simmons said": the verb of saying hangs on what was said.
        if let Some(aside) = tree.with(above, &[Relation::Parataxis]).find(|&c| saying(c) && c != below) {
            return speaker(facts, aside);
        }
        below = above;
    }
    if let Some(aside) = tree.with(found.head, &[Relation::Parataxis]).find(|&c| saying(c)) {
        return speaker(facts, aside);
    }
    according(facts, lexicon)
}

fn speaker(facts: &Facts, verb: usize) -> Option<String> {
    let args = args::of_verb(facts.tree, verb);
    let head = *args.agents.first()?;
    let words = facts.tree.phrase(head, true);
    facts.actors_in(&words).next().map(|a| a.code.clone())
}

/// "according to Nazarov".
fn according(facts: &Facts, lexicon: &Lexicon) -> Option<String> {
    let tree = facts.tree;
    if facts.actors.is_empty() {
        return None;
    }
    for words in lexicon.phrases("saying.phrases") {
        if let Some(at) = tree.lower.windows(words.len()).position(|w| w == words) {
            let after = at + words.len();
            return facts.actors.iter().find(|a| (after..after + 5).contains(&a.tokens.start)).map(|a| a.code.clone());
        }
    }
    None
}
