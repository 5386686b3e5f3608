//! The command line: one file a command. Thin: what can be done without a terminal is in the other modules.

mod ask;
mod build;
mod chart;
mod check;
mod curate;
mod demo;
mod document;
mod documents;
mod events;
mod explain;
mod export;
mod extract;
mod filter;
mod import;
mod ledger;
mod long;
mod output;
mod release;
mod review;
mod rules;
mod show;
mod stats;
mod table;
mod tag;

use events::Order;
pub use filter::FilterArgs;
pub use output::Output;

use crate::query::sheet;
use crate::store::{Op, Store};
use crate::{Error, Result};
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// dateline reads documents, finds every event that can be dated, and keeps who did what to whom, when, and on whose
/// word.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(Clone, Debug, Args)]
pub struct Global {
    /// The database.
    #[arg(long, global = true, value_name = "FILE", default_value = "dateline.db")]
    pub db: PathBuf,
    /// No progress bar and no notes; errors are still told.
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

impl Global {
    /// Opens the database to ask it, with a note where its events are not current.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open(&self) -> Result<Store> {
        let store = Store::open(&self.db)?;
        self.tell(&store);
        if !self.quiet && store.state("events")?.is_some_and(|s| s != "current") {
            eprintln!(
                "dateline: note: the last build of {} was not finished; run `dateline build` again",
                self.db.display()
            );
        }
        Ok(store)
    }
}

impl Global {
    /// Opens the database to write it, and makes it where there is none.
    ///
    /// # Errors
    /// As [`Store::create`].
    pub fn create(&self) -> Result<Store> {
        let store = Store::create(&self.db)?;
        self.tell(&store);
        Ok(store)
    }

    /// Tells what was done to a file of an earlier version.
    fn tell(&self, store: &Store) {
        if let (false, Some(done)) = (self.quiet, store.upgraded()) {
            eprintln!("dateline: note: {} was {done}", self.db.display());
        }
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read documents into the database
    Build(build::BuildArgs),
    /// List events: what happened in a period
    Events(events::EventsArgs),
    /// Show everything about one event
    Show(show::ShowArgs),
    /// List the documents
    Documents(documents::DocumentsArgs),
    /// Show everything about one document
    Document(document::DocumentArgs),
    /// The corpus at a glance
    Stats(stats::StatsArgs),
    /// Write events for papers and for other programs: latex, docx, biblatex, csv, json, ics, geojson, …
    Export(export::ExportArgs),
    /// Read accounts that extract wrote, or a table of events
    Import(import::ImportArgs),
    /// Draw events: timeline, relations, density, network, coverage
    Chart(chart::ChartArgs),
    /// Find events in documents and write them as JSON Lines, without a database
    Extract(extract::ExtractArgs),
    /// Show how each date and event of a document was found
    Explain(explain::ExplainArgs),
    /// Accept events: they stand as they are
    Accept(curate::EventsArgs),
    /// Reject events: they leave answers and charts
    Reject(curate::EventsArgs),
    /// Set fields of an event
    Set(curate::SetArgs),
    /// Merge events: their accounts tell of one
    Merge(curate::EventsArgs),
    /// Split accounts off an event
    Split(curate::SplitArgs),
    /// Say how an event lies to another
    Link(curate::LinkArgs),
    /// Add an event of which no document tells
    Add(curate::AddArgs),
    /// Write a remark on an event
    Note(curate::NoteArgs),
    /// Decide upon events one by one, on a terminal screen
    Review(review::ReviewArgs),
    /// Undo a decision
    Undo(curate::UndoArgs),
    /// The decisions: list, export, import
    Ledger(ledger::LedgerArgs),
    /// Freeze a citable state of the events, or list such states
    Release(release::ReleaseArgs),
    /// What came, went and changed since a release, and why
    Diff(release::DiffArgs),
    /// Yearly tone between actors (--actor A --with B): events and scores
    Tone(ask::AskArgs),
    /// Who met whom, how often, where
    Meetings(ask::AskArgs),
    /// How long after events documents first told of them
    Lag(ask::AskArgs),
    /// The longest stretches without an event, and whether there are documents from them
    Silences(ask::AskArgs),
    /// Documents and events month by month
    Coverage(ask::AskArgs),
    /// Who held which office, who was a member of what, and when
    Roles(ask::RolesArgs),
    /// Find time expressions in texts: JSON Lines or TimeML, without a database
    Tag(tag::TagArgs),
    /// Check the rule files
    #[command(subcommand)]
    Rules(rules::RulesArgs),
    /// See it work: sample documents, a database, an answer and figures
    Demo(demo::DemoArgs),
    /// Check that the database is whole
    Check(check::CheckArgs),
}

/// How a command ended, where it did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done: exit code 0.
    Done,
    /// Nothing was found: exit code 1.
    Nothing,
    /// Some input failed, the rest is done: exit code 2.
    SomeFailed,
}

/// Runs the program with the process's arguments.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Ok(Outcome::SomeFailed) => ExitCode::from(2),
        // Whoever reads our output has read enough.
        Err(Error::Io { source, .. }) if source.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("dateline: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(cli: Cli) -> Result<Outcome> {
    let global = &cli.global;
    match cli.command {
        Command::Build(args) => build::run(global, &args),
        Command::Events(args) => events::run(global, &args),
        Command::Show(args) => show::run(global, &args),
        Command::Documents(args) => documents::run(global, &args),
        Command::Document(args) => document::run(global, &args),
        Command::Stats(args) => stats::run(global, &args),
        Command::Export(args) => export::run(global, &args),
        Command::Import(args) => import::run(global, &args),
        Command::Chart(args) => chart::run(global, &args),
        Command::Extract(args) => extract::run(global, &args),
        Command::Explain(args) => explain::run(global, &args),
        Command::Accept(args) => curate::judge(global, &args, Op::Accept),
        Command::Reject(args) => curate::judge(global, &args, Op::Reject),
        Command::Set(args) => curate::set(global, &args),
        Command::Merge(args) => curate::merge(global, &args),
        Command::Split(args) => curate::split(global, &args),
        Command::Link(args) => curate::link(global, &args),
        Command::Add(args) => curate::add(global, &args),
        Command::Note(args) => curate::note(global, &args),
        Command::Review(args) => review::run(global, &args),
        Command::Undo(args) => curate::undo(global, &args),
        Command::Ledger(args) => ledger::run(global, &args),
        Command::Release(args) => release::release(global, &args),
        Command::Diff(args) => release::diff(global, &args),
        Command::Tone(args) => ask::run(global, &args, sheet::tone),
        Command::Meetings(args) => ask::run(global, &args, sheet::meetings),
        Command::Lag(args) => ask::run(global, &args, sheet::lag),
        Command::Silences(args) => ask::run(global, &args, sheet::silences),
        Command::Coverage(args) => ask::run(global, &args, sheet::coverage),
        Command::Roles(args) => ask::roles(global, &args),
        Command::Tag(args) => tag::run(global, &args),
        Command::Rules(args) => rules::run(global, &args),
        Command::Demo(args) => demo::run(global, &args),
        Command::Check(args) => check::run(global, &args),
    }
}

/// The rules compiled in, with the user's own.
pub(crate) fn rules(dir: Option<&PathBuf>) -> Result<crate::rules::Rules> {
    let builtin = crate::rules::Rules::builtin();
    match dir {
        Some(dir) => builtin.with_dir(dir),
        None => Ok(builtin),
    }
}
