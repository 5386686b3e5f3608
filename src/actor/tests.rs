//! The lexicon against its own examples, and what must hold of the files as a whole.

use super::*;
use crate::document::Zone;
use crate::rules::Rules;
use crate::text::{Sentence, tokenize};

/// One sentence out of a whole text.
fn sentence(text: &str) -> Sentence {
    let mut tokens = Vec::new();
    tokenize(text, 0, text.len(), &mut tokens);
    Sentence { range: 0..text.len(), block: 0, zone: Zone::Body, tokens }
}

fn lexicon() -> Lexicon {
    Lexicon::new(&Rules::builtin()).expect("the built-in actor files")
}

fn written<'a>(text: &'a str, s: &Sentence, tokens: &std::ops::Range<usize>) -> &'a str {
    &text[s.tokens[tokens.start].start as usize..s.tokens[tokens.end - 1].end as usize]
}

/// "words=CODE" of every hit; a capital read as a place ends in "@place".
fn found(lexicon: &Lexicon, text: &str, context: &Context) -> Vec<String> {
    let s = sentence(text);
    let hits = lexicon.find_document(text, std::slice::from_ref(&s), context);
    let show = |h: &ActorHit| {
        let place = if h.place_reading { "@place" } else { "" };
        format!("{}={}{place}", written(text, &s, &h.tokens), h.code)
    };
    hits.iter().flatten().map(show).collect()
}

#[test]
fn every_example_of_the_files_holds() {
    let lexicon = lexicon();
    let mut wrong = Vec::new();
    assert!(lexicon.examples.len() > 20);
    for (file, example) in &lexicon.examples {
        let context = Context {
            origin: (!example.origin.is_empty()).then_some(example.origin.as_str()),
            date: (!example.date.is_empty()).then(|| example.date.parse().expect("an example's date")),
        };
        let found = found(&lexicon, &example.text, &context);
        let missing: Vec<_> = example.finds.iter().filter(|f| !found.contains(f)).collect();
        let has = |n: &String| found.iter().any(|f| f == n || f.split('=').next() == Some(n));
        let extra: Vec<_> = example.not.iter().filter(|n| has(n)).collect();
        if !missing.is_empty() || !extra.is_empty() {
            wrong.push(format!(
                "{file}: {:?}: found {found:?}, missing {missing:?}, not wanted {extra:?}",
                example.text
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
