//! dateline reads documents, finds every event that can be dated, and keeps who did what to whom, when, and on whose
//! word in one SQLite file.
#![doc = include_str!("tour.md")]

pub mod actor;
pub mod chart;
pub mod cli;
pub mod date;
pub mod document;
pub mod error;
pub mod event;
pub mod export;
pub mod merge;
pub mod query;
pub mod rules;
pub mod store;
pub mod text;
pub mod timex;

pub use error::{Error, Result};
