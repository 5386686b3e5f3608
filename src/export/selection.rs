//! What is exported: the events that answer one question, and how they are to be written.

use super::{Format, columns};
use crate::date::words::Lang;
use crate::query::{About, Depth, EventFilter, Record, Sort, Source, about, each, each_made, names, sources};
use crate::store::Store;
use crate::{Error, Result};
use rustc_hash::FxHashMap;
use std::io::Write;

/// The events that answer one question, read as they are written.
#[derive(Debug)]
pub struct Selection<'a> {
    store: &'a Store,
    filter: &'a EventFilter,
    sort: Sort,
    limit: Option<usize>,
    about: About,
    names: Names,
}

/// The display names of actors.
#[derive(Debug)]
pub(super) struct Names(FxHashMap<String, String>);

impl Names {
    /// The display name of an actor; its code where the database knows none.
    pub fn of<'b>(&'b self, code: &'b str) -> &'b str {
        self.0.get(code).map_or(code, String::as_str)
    }
}

impl<'a> Selection<'a> {
    /// The events of `store` that answer `filter`, in the order of `sort`, `limit` at most.
    ///
    /// # Errors
    /// [`Error::Database`] when the database cannot be read.
    pub fn new(store: &'a Store, filter: &'a EventFilter, sort: Sort, limit: Option<usize>) -> Result<Self> {
        Ok(Selection { store, filter, sort, limit, about: about(store, filter, sort)?, names: Names(names(store)?) })
    }

    /// The database.
    pub fn store(&self) -> &'a Store {
        self.store
    }

    /// What it rests on.
    pub fn about(&self) -> &About {
        &self.about
    }

    /// The display name of an actor; its code where the database knows none.
    pub fn name<'b>(&'b self, code: &'b str) -> &'b str {
        self.names.of(code)
    }

    /// The display names of actors.
    pub(super) fn names(&self) -> &Names {
        &self.names
    }

    /// Calls `take` with every event and the accounts it rests on, and gives back how many there were.
    ///
    /// # Errors
    /// [`Error::Database`] when the database cannot be read; whatever `take` fails with.
    pub fn each(&self, take: impl FnMut(&Record) -> Result<()>) -> Result<usize> {
        self.each_to(Depth::Accounts, take)
    }

    /// As [`Selection::each`], with or without the accounts.
    ///
    /// # Errors
    /// As [`Selection::each`].
    pub fn each_to(&self, depth: Depth, take: impl FnMut(&Record) -> Result<()>) -> Result<usize> {
        each(self.store, self.filter, self.sort, self.limit, depth, take)
    }

    /// Writes what `make` makes of every event, some at a time and in order, in several threads where there are many;
    /// gives back how many events there were. `make` is given the database that its thread reads.
    ///
    /// # Errors
    /// [`Error::Database`] when the database cannot be read; [`Error::Io`] when it cannot be written; whatever `make`
    /// fails with.
    pub(super) fn write_to(
        &self,
        out: &mut dyn Write,
        depth: Depth,
        make: impl Fn(&Store, &[Record], &mut Vec<u8>) -> Result<()> + Sync,
    ) -> Result<usize> {
        each_made(self.store, self.filter, self.sort, self.limit, depth, make, |bytes| {
            out.write_all(bytes).map_err(super::failed)
        })
    }

    /// Calls `take` with every document that tells of the events, by name, and gives back how many there were.
    ///
    /// # Errors
    /// [`Error::Database`] when the database cannot be read; whatever `take` fails with.
    pub fn sources(&self, take: impl FnMut(&Source) -> Result<()>) -> Result<usize> {
        sources(self.store, self.filter, take)
    }
}

/// How it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// The language of dates and labels.
    pub lang: Lang,
    /// The columns of a table; empty for the usual ones.
    pub columns: Vec<String>,
    /// A row for each pair of states instead of each event.
    pub dyads: bool,
    /// Citations that a bibliography resolves, instead of footnotes.
    pub autocite: bool,
}

impl Style {
    /// Checks that the format has what is asked for.
    ///
    /// # Errors
    /// [`Error::Usage`] naming what the format has not, or the columns there are.
    pub fn check(&self, format: Format) -> Result<()> {
        let no = |option: &str, which: &str| {
            Err(Error::Usage(format!("{option} is for {which}; {} has no such thing", format.as_str())))
        };
        if !self.columns.is_empty() && !matches!(format, Format::Csv | Format::Xlsx | Format::Html) {
            return no("--columns", "csv, xlsx and html");
        }
        if self.dyads && !matches!(format, Format::Csv | Format::Xlsx) {
            return no("--dyads", "csv and xlsx");
        }
        if self.autocite && format != Format::Latex {
            return no("--autocite", "latex");
        }
        columns::chosen(self).map(|_| ())
    }
}
