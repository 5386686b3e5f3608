//! Which sentences need no tree: those that tell no event whatever their grammar is.

use super::lexicon::Lexicon;
use super::tree::lower;
use super::trigger::stems;
use crate::text::Sentence;
use crate::text::syntax::Model;
use rustc_hash::FxHashMap;
use std::cell::RefCell;

/// Words whose signs are remembered before all are forgotten.
const MOST_WORDS: usize = 16_384;

/// What a word can mean for the sentence it stands in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sign {
    /// It may head an event that is told without people and without a time.
    alone: bool,
    /// It may head a visit, whose place says who was visited.
    visit: bool,
    /// It may stand for somebody named before.
    refers: bool,
}

#[derive(Debug, Default)]
struct Signs {
    /// The lexicon they were looked up in.
    lexicon: u64,
    of: FxHashMap<Box<str>, Sign>,
}

thread_local! {
    static SIGNS: RefCell<Signs> = RefCell::default();
}

/// What surrounds a sentence that names nobody, no event and no day.
#[derive(Clone, Copy, Debug, Default)]
pub struct Around {
    /// Somebody was named before it in its paragraph.
    pub named: bool,
    /// A place is named in it.
    pub place: bool,
}

/// Whether a sentence that names nobody, no event and no day tells none: nothing in it stands for somebody named
/// before, and no word of it names what may be told of nobody, or a visit to a place named there.
pub fn is_idle(text: &str, sentence: &Sentence, lexicon: &Lexicon, model: &Model, around: Around) -> bool {
    SIGNS.with_borrow_mut(|signs| {
        if signs.lexicon != lexicon.number() || signs.of.len() > MOST_WORDS {
            *signs = Signs { lexicon: lexicon.number(), ..Signs::default() };
        }
        sentence.tokens.iter().all(|token| {
            let word = token.word(text);
            let sign = match signs.of.get(word.as_ref()) {
                Some(sign) => *sign,
                None => {
                    let sign = sign(&word, lexicon, model);
                    signs.of.insert(word.as_ref().into(), sign);
                    sign
                }
            };
            !sign.alone && !(sign.refers && around.named) && !(sign.visit && around.place)
        })
    })
}

/// Every form that the search for triggers may look the word up by is tried.
fn sign(word: &str, lexicon: &Lexicon, model: &Model) -> Sign {
    let small = lower(word);
    let mut forms = model.lemmas_of(word);
    forms.extend(stems(&small));
    forms.push(word.to_lowercase());
    forms.push(small);
    Sign {
        alone: forms.iter().any(|form| lexicon.stands_alone(form)),
        visit: forms.iter().any(|form| lexicon.visits(form)),
        refers: forms.last().is_some_and(|small| lexicon.refers(small)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::event::Extractor;
    use crate::rules::Rules;
    use crate::text::sentences;

    #[test]
    fn words_that_need_nobody_and_pronouns_keep_a_sentence() {
        let lexicon = Lexicon::new(&Rules::builtin()).expect("the built-in rules load");
        let idle = |text: &str, named: bool| {
            let document = Document::from_text("example", text);
            let sentence = sentences(&document).remove(0);
            is_idle(text, &sentence, &lexicon, Model::builtin(), Around { named, place: true })
        };
        assert!(idle("The price of bread was high again.", true));
        assert!(!idle("Heavy fighting broke out in the streets.", false));
        assert!(!idle("Hundreds fled over the hills.", false));
        assert!(!idle("The coup failed.", false));
        assert!(idle("He was in the room.", false));
        assert!(!idle("He was in the room.", true));
        assert!(idle("The road to the valley is bad.", true));
        assert!(!idle("The visit to the valley was short.", false));
        assert!(!idle("Both sides were in the room.", true));
    }

    #[test]
    fn what_is_passed_over_tells_nothing() {
        let extractor = Extractor::new(&Rules::builtin()).expect("the built-in rules load");
        let text = "Norway signed a treaty with Sweden on 4 May 2001. The price of bread had risen. It denounced the \
                    treaty. The officials left the room and the door was closed. The war went on. They met again. Roads in Oslo \
                    were bad. A visit to Oslo was arranged. Now the prices are high.";
        let document = Document::from_text("example", text);
        let all = extractor.candidates_of_all(&document);
        assert!(all.len() > 1);
        assert_eq!(extractor.candidates(&document), all);
    }
}
