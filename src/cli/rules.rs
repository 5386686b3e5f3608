//! `dateline rules check`: every example and counter-example of the rule files, run.

use super::output::Json;
use super::{Global, Outcome, rules};
use crate::Result;
use crate::event::Extractor;
use crate::merge::Words;
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
    let (merging, unlike) = Words::new(&rules)?.check_examples();
    for failure in &unlike {
        eprintln!("dateline: {failure}");
    }
    let wrong = failures.len() + events.len() + unlike.len();
    let told = json!({ "time_examples": count, "merge_examples": merging, "wrong": wrong });
    answer.tell(global.quiet || wrong > 0, &told, || {
        format!("{count} examples of the time rules, {merging} of the words of merging and all of the event rules come out right")
    })?;
    Ok(if wrong > 0 { Outcome::SomeFailed } else { Outcome::Done })
}
