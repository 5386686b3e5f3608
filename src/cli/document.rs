//! `dateline document`: everything about one document.

use super::output::Json;
use super::{Global, Outcome};
use crate::Result;
use crate::date::Span;
use crate::date::words::of_span;
use crate::document::CharIndex;
use crate::query::{DocumentDetails, count, document};
use std::fmt::Write as _;

/// Which document, and how much of it.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct DocumentArgs {
    /// Its identifier, file name or source, or the beginning of one.
    #[arg(value_name = "ID")]
    id: String,
    /// Print its text too, each part with its zone.
    #[arg(long)]
    text: bool,
    #[command(flatten)]
    json: Json,
}

pub(super) fn run(global: &Global, args: &DocumentArgs) -> Result<Outcome> {
    let store = global.open()?;
    let found = document(&store, &args.id)?;
    args.json.tell(false, &found, || text_of(&found, args.text))?;
    Ok(Outcome::Done)
}

fn text_of(found: &DocumentDetails, whole: bool) -> String {
    let row = &found.row;
    let title = row.title.as_deref().unwrap_or(&row.id);
    let mut text = format!("{title}\n{}\n\n", "=".repeat(title.chars().count().min(100)));
    let mut line = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(text, "{name:<16}{value}");
        }
    };
    line("Document", &row.id);
    line("Source", &row.source);
    for (at, copy) in found.copy_sources.iter().enumerate() {
        line(if at == 0 { "Copies" } else { "" }, copy);
    }
    line("Format", &row.format);
    line("Origin", row.origin.as_deref().unwrap_or_default());
    line("Author", found.author.as_deref().unwrap_or_default());
    line("Classification", row.classification.as_deref().unwrap_or_default());
    let tags: Vec<&str> = found.fields.iter().filter(|(n, _)| n == "tag").map(|(_, v)| v.as_str()).collect();
    line("Tags", &tags.join(" "));
    for (at, claim) in found.claims.iter().enumerate() {
        let day = match (claim.earliest, claim.latest) {
            (Some(a), Some(b)) if a == b => a.to_string(),
            (None, None) => claim.day.map(|d| d.to_string()).unwrap_or_default(),
            (a, b) => of_span(Span { earliest: a, latest: b }),
        };
        line(if at == 0 { "Day" } else { "" }, &format!("{day} by {}: {}", claim.basis, claim.note));
    }
    if found.claims.is_empty() {
        line("Day", "none is stated");
    }
    for (at, (letter, words, id)) in found.references.iter().enumerate() {
        let letter = letter.as_ref().map(|l| format!("{l}. ")).unwrap_or_default();
        let id = id.as_ref().map(|id| format!(" ({id})")).unwrap_or_default();
        line(if at == 0 { "Refers to" } else { "" }, &format!("{letter}{words}{id}"));
    }
    for (name, value) in found.fields.iter().filter(|(n, _)| n != "tag" && n != "warning") {
        line(name, value);
    }
    line("Accounts", &row.accounts.to_string());
    line("Parts", &parts(found));
    for (_, warning) in found.fields.iter().filter(|(n, _)| n == "warning") {
        line("Doubt", warning);
    }
    if whole {
        zones(&mut text, found);
    }
    text
}

/// "12 body, 1 summary, 3 note".
fn parts(found: &DocumentDetails) -> String {
    let mut zones: Vec<(&str, usize)> = Vec::new();
    for block in &found.blocks {
        match zones.iter_mut().find(|(zone, _)| *zone == block.zone) {
            Some((_, n)) => *n += 1,
            None => zones.push((&block.zone, 1)),
        }
    }
    let listed: Vec<String> = zones.iter().map(|(zone, n)| format!("{n} {zone}")).collect();
    if listed.is_empty() { count(0, "part") } else { listed.join(", ") }
}

fn zones(text: &mut String, found: &DocumentDetails) {
    let index = CharIndex::new(&found.text);
    for block in &found.blocks {
        let number = block.number.map(|n| format!(" {n}")).unwrap_or_default();
        let marking = block.marking.as_ref().map(|m| format!(" ({m})")).unwrap_or_default();
        let range = index.byte_of(block.start)..index.byte_of(block.end);
        let words = found.text.get(range).unwrap_or_default();
        let _ = writeln!(text, "\n[{}{number}{marking}]\n{words}", block.zone);
    }
}
