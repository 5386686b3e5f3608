//! `dateline rules check`: every example and counter-example of the rule files, run.

use super::output::{stdout, to_stdout};
use super::{Global, Outcome, rules};
use crate::Result;
use crate::event::Extractor;
use crate::timex;
use clap::Subcommand;
use std::path::PathBuf;

/// What to do with the rules.
#[derive(Clone, Debug, Subcommand)]
pub(super) enum RulesArgs {
    /// Run every example and counter-example of the rule files
    Check {
        /// A folder of rule files (*.toml) to check besides those compiled in.
        #[arg(long, value_name = "DIR")]
        rules: Option<PathBuf>,
    },
}

pub(super) fn run(global: &Global, args: &RulesArgs) -> Result<Outcome> {
    let RulesArgs::Check { rules: dir } = args;
    let rules = rules(dir.as_ref())?;
    let (count, failures) = timex::check(&rules)?;
    let events = Extractor::new(&rules)?.check_examples();
    for failure in &events {
        eprintln!("dateline: {failure}");
    }
    for failure in &failures {
        eprintln!("dateline: {}: rule \"{}\": \"{}\": {}", failure.file, failure.rule, failure.text, failure.reason);
    }
    if !failures.is_empty() || !events.is_empty() {
        return Ok(Outcome::SomeFailed);
    }
    if !global.quiet {
        to_stdout(|out| {
            writeln!(out, "{count} examples of the time rules and all of the event rules come out right")
                .map_err(stdout)
        })?;
    }
    Ok(Outcome::Done)
}
