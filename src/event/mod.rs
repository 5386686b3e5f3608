//! Events as sentences report them: trigger, type, actors with roles, modality, attribution, place and date.
//!
//! [`Extractor::extract`] reads one document. Inside: `trigger` finds the words that name events (by the lexicon of
//! `rules/data/events-*.toml` and the parse), `roles` who takes part, `modality` whether it happened, `attribution` on
//! whose word, `binding` and `dating` when, `headline` says it in one line. Accounts of one event are joined by
//! [`crate::merge`], not here.

mod apart;
mod args;
mod assemble;
mod attribution;
mod binding;
mod check;
mod clause;
mod company;
mod complement;
mod confidence;
mod coref;
mod counted;
mod dating;
#[cfg(test)]
mod dating_tests;
mod described;
mod doubt;
mod extract;
mod facts;
mod features;
mod former;
mod frame;
mod gather;
mod headline;
mod kind;
mod lexicon;
mod mend;
mod mention;
mod modality;
mod occasion;
mod parsing;
mod probe;
mod public;
mod quotes;
mod reaction;
mod roles;
mod said;
mod salience;
mod since;
mod speaker;
mod story;
#[cfg(test)]
mod telling_tests;
mod tie;
mod tree;
mod trigger;
mod unnamed;
mod when;
mod wording;
mod worth;

pub use assemble::Candidate;
pub use extract::{Extraction, Extractor};
pub use kind::{EventType, Quad};
pub use mention::{Mention, MentionDate, Modality, Participant, Place, Role, Trigger};
pub use probe::Mark;
pub use salience::{Reason, of_witnesses, reasons, salience};
