//! Word classes, dictionary forms and grammatical relations of a sentence.
//!
//! An averaged-perceptron tagger and a greedy transition parser, trained on UD English EWT by `examples/train` (see
//! NOTICE); the weights are compiled in. Lower-cased text and text in capitals are read too. The analysis is a best
//! guess, right for about 19 tags and 4 relations of 5 words each: rules should ask it for evidence, not for proof.
//! It finds no sentences and no tokens ([`crate::text`] does), no names and no meanings.
//!
//! ```
//! use dateline::text::syntax::{Model, Relation, Upos};
//! let syntax = Model::builtin().analyse_words(&["The", "troops", "were", "ordered", "home", "in", "May", "."]);
//! assert_eq!(syntax.words[3].lemma, "order");
//! assert_eq!(syntax.words[1].relation, Relation::NsubjPass);
//! assert_eq!(syntax.words[1].head, Some(3));
//! assert_eq!(syntax.words[6].upos, Upos::Propn);
//! ```

mod tags;
#[cfg(test)]
mod tests;
mod tree;
mod vocabulary;

// What the trainer in `examples/train` shares with the program: features, transitions, and the form of the tables. Not
// meant for other users.
#[doc(hidden)]
pub mod lemma;
#[doc(hidden)]
pub mod lexeme;
#[doc(hidden)]
pub mod model;
#[doc(hidden)]
pub mod parser;
#[doc(hidden)]
pub mod table;
#[doc(hidden)]
pub mod tagger;

pub use model::Model;
pub use tags::{Form, Relation, Upos};
pub use tree::{Syntax, Word};
