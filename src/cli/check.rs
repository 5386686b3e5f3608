//! `dateline check`: is the database whole?

use super::output::{stdout, to_stdout};
use super::{Global, Outcome};
use crate::Result;
use crate::store::check;

pub(super) fn run(global: &Global) -> Result<Outcome> {
    let store = global.open()?;
    let faults = check(&store)?;
    for fault in &faults {
        eprintln!("dateline: {}: {fault}", global.db.display());
    }
    if faults.is_empty() {
        if !global.quiet {
            to_stdout(|out| writeln!(out, "{} is whole", global.db.display()).map_err(stdout))?;
        }
        return Ok(Outcome::Done);
    }
    Ok(Outcome::SomeFailed)
}
