//! `dateline stats`: the corpus at a glance.

use super::output::Json;
use super::{Global, Outcome};
use crate::Result;
use crate::date::words::of_day;
use crate::query::{Stats, count, stats};
use std::fmt::Write as _;

/// How it is shown.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct StatsArgs {
    #[command(flatten)]
    json: Json,
}

/// Actors that are listed.
const SHOWN: usize = 15;

pub(super) fn run(global: &Global, args: &StatsArgs) -> Result<Outcome> {
    let store = global.open()?;
    let stats = stats(&store)?;
    args.json.tell(false, &stats, || text_of(&stats))?;
    Ok(if stats.documents == 0 { Outcome::Nothing } else { Outcome::Done })
}

fn text_of(s: &Stats) -> String {
    let mut text = count(s.documents, "document");
    if let (Some(first), Some(last)) = (s.first_document, s.last_document) {
        let _ = write!(text, ", from {} to {}", of_day(first), of_day(last));
    }
    if s.undated_documents > 0 {
        let _ = write!(text, ", {} without a date", s.undated_documents);
    }
    let _ = writeln!(text, "\n{}, {}", count(s.sentences, "sentence"), count(s.timexes, "time expression"));
    let _ = writeln!(text, "{} of {}", count(s.accounts, "account"), count(s.events, "event"));
    for (n, what) in [
        (s.to_the_day, "dated to the day"),
        (s.one_source, "resting on one source"),
        (s.conflicts, "with contradictory dates"),
        (s.decided, "decided upon by you"),
    ] {
        let _ = writeln!(text, "  {n:>6} {what}");
    }
    if s.rejected > 0 {
        let _ = writeln!(text, "  and {} rejected", s.rejected);
    }
    years(&mut text, s);
    for (title, rows) in [("Categories", &s.types), ("Actors", &s.actors), ("Formats", &s.formats)] {
        if !rows.is_empty() {
            let listed: Vec<String> = rows.iter().take(SHOWN).map(|(name, n)| format!("{name} {n}")).collect();
            let more = if rows.len() > SHOWN { format!(", and {} more", rows.len() - SHOWN) } else { String::new() };
            let _ = writeln!(text, "\n{title}\n  {}{more}", listed.join(", "));
        }
    }
    text
}

/// Years with their documents and events: a year without documents is no year without events.
fn years(text: &mut String, s: &Stats) {
    if s.years.is_empty() {
        return;
    }
    let _ = writeln!(text, "\nYear   documents  events");
    let most = s.years.iter().map(|y| y.events).max().unwrap_or(1).max(1);
    for year in &s.years {
        let bar = "▪".repeat((year.events * 40).div_ceil(most));
        let _ = writeln!(text, "{:<6} {:>9}  {:>6}  {bar}", year.year, year.documents, year.events);
    }
}
