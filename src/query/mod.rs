//! Questions to the database: a period and filters in, rows out.

pub mod period;

pub use period::Period;
