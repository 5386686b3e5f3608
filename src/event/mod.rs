//! Events as sentences report them: trigger, type, actors with roles, modality, attribution, place and date.

mod extract;
mod kind;
mod mention;

pub use extract::{Extraction, Extractor};
pub use kind::{EventType, Quad};
pub use mention::{Mention, MentionDate, Modality, Participant, Place, Role, Trigger};
