//! `dateline rules check`: every example and counter-example of the rule files, run.

use super::output::Json;
use super::{Global, Outcome, rules};
use crate::Result;
use crate::event::Extractor;
use crate::timex;
use clap::Subcommand;
use serde_json::json;
use std::path::PathBuf;

/// What to do with the rules.
#[derive(Clone, Debug, Subcommand)]
pub(super) enum RulesArgs {
    /// Run every example and counter-example of the rule files
    Check {
        /// A folder of rule files (*.toml) to check besides those compiled in.
        #[arg(long, value_name = "DIR")]
        rules: Option<PathBuf>,
        #[command(flatten)]
        json: Json,
    },
}

pub(super) fn run(global: &Global, args: &RulesArgs) -> Result<Outcome> {
    let RulesArgs::Check { rules: dir, json: answer } = args;
    let rules = rules(dir.as_ref())?;
    let (count, failures) = timex::check(&rules)?;
    let events = Extractor::new(&rules)?.check_examples();
    for failure in &events {
        eprintln!("dateline: {failure}");
    }
    for failure in &failures {
        eprintln!("dateline: {}: rule \"{}\": \"{}\": {}", failure.file, failure.rule, failure.text, failure.reason);
    }
    let wrong = failures.len() + events.len();
    answer.tell(global.quiet || wrong > 0, &json!({ "time_examples": count, "wrong": wrong }), || {
        format!("{count} examples of the time rules and all of the event rules come out right")
    })?;
    Ok(if wrong > 0 { Outcome::SomeFailed } else { Outcome::Done })
}
