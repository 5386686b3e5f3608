//! Questions to the database: a period and filters in, rows out.
//!
//! Range semantics are the same everywhere: *definite* = the whole interval lies in the asked period, *possible* = it
//! overlaps it; both are answered, marked apart. Nothing here changes the database or reads a clock.

mod about;
mod actors;
mod details;
mod documents;
mod events;
mod filter;
mod outcomes;
pub mod period;
mod record;
mod refill;
pub mod sheet;
mod source;
mod stats;
mod twins;

pub use about::{About, about};
pub use actors::{actor, names};
pub use details::{AccountRow, Details, accounts, details, find};
pub use documents::{BlockRow, ClaimRow, DocumentDetails, DocumentRow, document, documents};
pub use events::{Answer, Sort, Status, Summary, events, summary};
pub use filter::EventFilter;
pub use period::Period;
pub use record::{Depth, Record, Told, each, each_made};
pub use sheet::Sheet;
pub use source::{Source, sources, text};
pub use stats::{Stats, stats};
pub use twins::{Twin, surroundings, twins};

/// "1 document", "3 documents".
pub(crate) fn count(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}
