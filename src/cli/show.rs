//! `dateline show`: everything about one event.

use super::output::Json;
use super::{Global, Outcome, table};
use crate::Result;
use crate::event::Role;
use crate::export::cite_account;
use crate::query::{AccountRow, Details, details, names};
use rustc_hash::FxHashMap;
use std::fmt::Write as _;

/// Which event.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct ShowArgs {
    /// The event's identifier, or the beginning of it.
    #[arg(value_name = "EVENT", required = true)]
    events: Vec<String>,
    #[command(flatten)]
    json: Json,
}

pub(super) fn run(global: &Global, args: &ShowArgs) -> Result<Outcome> {
    let store = global.open()?;
    let names = names(&store)?;
    for (i, asked) in args.events.iter().enumerate() {
        let found = details(&store, asked)?;
        let rule = if i > 0 { "\n" } else { "" };
        args.json.tell(false, &found, || format!("{rule}{}", text_of(&found, &names)))?;
    }
    Ok(Outcome::Done)
}

fn text_of(found: &Details, names: &FxHashMap<String, String>) -> String {
    let (answer, event) = (&found.answer, &found.answer.event);
    let mut text = format!("{}\n{}\n\n", event.headline, "=".repeat(event.headline.chars().count().min(100)));
    let mut line = |name: &str, value: String| {
        if !value.is_empty() {
            let _ = writeln!(text, "{name:<12}{value}");
        }
    };
    line("Event", format!("{} ({})", event.uid, answer.status.as_str()));
    line("When", format!("{} ({}, {})", event.date.in_words(), event.date.edtf, event.date.precision.as_str()));
    line("Why", event.date_trace.clone());
    if event.conflict {
        line("Conflict", "the accounts contradict each other's dates (see below)".into());
    }
    line("Doubt", event.warning.clone().unwrap_or_default());
    line("What", kind_of(found));
    line("Modality", table::caveat(event).map_or(event.modality.as_str(), |c| c).to_string());
    for (role, name) in [(Role::Initiator, "Who"), (Role::Target, "To whom"), (Role::Other, "Also")] {
        let named: Vec<String> =
            event.actors.iter().filter(|a| a.role == role).map(|a| actor(&a.code, &a.top, names)).collect();
        line(name, named.join("; "));
    }
    line("Where", event.place.as_ref().map(|p| format!("{} ({})", p.name, p.country)).unwrap_or_default());
    line(
        "Rests on",
        format!(
            "{} in {}, {} independent; confidence {:.2}",
            crate::query::count(event.accounts, "account"),
            crate::query::count(event.documents, "document"),
            event.sources,
            event.confidence
        ),
    );
    let reasons: Vec<String> = found.salience_reasons.iter().map(|r| format!("{} {:.2}", r.what, r.weight)).collect();
    let because = if reasons.is_empty() { String::new() } else { format!(" = {}", reasons.join(" + ")) };
    line("Salience", format!("{:.2}{because}", event.salience));
    if let Some(day) = answer.first_report {
        line("First told", crate::date::words::of_day(day));
    }
    for relation in &found.relations {
        line("Relation", relation.clone());
    }
    for decision in &found.decisions {
        line("Decided", decision.clone());
    }
    for (i, row) in found.told_by.iter().enumerate() {
        account(&mut text, i + 1, row);
    }
    text
}

fn kind_of(found: &Details) -> String {
    let event = &found.answer.event;
    let parts = [Some(event.kind.as_str()), event.mode.as_deref(), event.subtype.as_deref()];
    let kind: Vec<&str> = parts.into_iter().flatten().collect();
    let contexts = if event.contexts.is_empty() { String::new() } else { format!("; {}", event.contexts.join(", ")) };
    format!(
        "{} ({}, score {:+}){contexts}",
        kind.join(" / "),
        event.kind.quad().as_str().replace('-', " "),
        event.kind.score()
    )
}

fn actor(code: &str, top: &str, names: &FxHashMap<String, String>) -> String {
    let named = match names.get(code) {
        Some(name) if name != code => format!("{name} ({code})"),
        _ => code.to_string(),
    };
    match names.get(top) {
        Some(of) if top != code && of != top => format!("{named}, {of}"),
        _ => named,
    }
}

fn account(text: &mut String, number: usize, row: &AccountRow) {
    let m = &row.mention;
    let _ = writeln!(text, "\n{number}. {}, {}", cite_account(row), m.zone);
    if let Some(title) = &row.title {
        let _ = writeln!(text, "   {title}");
    }
    let _ = writeln!(text, "   “{}”", marked(row));
    let _ = writeln!(text, "   {}: {}", m.when.date.in_words(), m.when.trace);
    if let Some(warning) = &m.when.warning {
        let _ = writeln!(text, "   doubt: {warning}");
    }
    let word = m.attributed_to.as_ref().map(|a| format!(", on the word of {a}")).unwrap_or_default();
    let _ = writeln!(text, "   {}{word}; {} characters {} to {}", m.modality.as_str(), row.source, m.start, m.end);
}

/// The quote on one line with its trigger between » and «.
fn marked(row: &AccountRow) -> String {
    let m = &row.mention;
    let chars: Vec<char> = m.quote.chars().collect();
    let at = |n: usize| n.saturating_sub(m.start).min(chars.len());
    let (start, end) = (at(m.trigger.start), at(m.trigger.end));
    let piece = |range: std::ops::Range<usize>| chars.get(range).unwrap_or_default().iter().collect::<String>();
    let whole = format!("{}»{}«{}", piece(0..start), piece(start..end.max(start)), piece(end.max(start)..chars.len()));
    whole.split_whitespace().collect::<Vec<_>>().join(" ")
}
