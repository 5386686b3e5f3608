//! Answers as a table for people to read.

use crate::date::Fit;
use crate::event::Modality;
use crate::merge::Event;
use crate::query::{Answer, Status};
use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width, presets};

/// The width of a table: that of the terminal where the shell tells it (COLUMNS), else 100.
fn width() -> u16 {
    let told = std::env::var("COLUMNS").ok().and_then(|c| c.parse::<u16>().ok());
    told.map_or(100, |w| w.clamp(72, 140))
}

/// A table of events: when, what, on how many documents it rests, its identifier.
pub(super) fn of_events(answers: &[Answer]) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic).set_width(width());
    table.set_header(["", "When", "What", "Who", "Docs", "Id"]);
    for a in answers {
        let mark = if a.fit == Fit::Possible { "?" } else { "" };
        table.add_row([
            mark.to_string(),
            a.event.date.in_words(),
            what(a),
            tops(&a.event).join(" "),
            a.event.documents.to_string(),
            a.event.uid.clone(),
        ]);
    }
    // Identifiers are copied, so they never wrap.
    for (i, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, 2));
        match i {
            0 => column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(3))),
            1 => column.set_constraint(ColumnConstraint::UpperBoundary(Width::Fixed(26))),
            3 => column.set_constraint(ColumnConstraint::UpperBoundary(Width::Fixed(16))),
            4 | 5 => column.set_constraint(ColumnConstraint::ContentWidth),
            _ => column,
        };
    }
    table.lines().map(|line| line.trim_end().to_string()).collect::<Vec<_>>().join("\n")
}

/// The headline with what must not be overlooked: that it did not happen yet or at all, that its dates contradict each
/// other, whose word it is.
fn what(answer: &Answer) -> String {
    let mut text = answer.event.headline.clone();
    let marks = [caveat(&answer.event), answer.event.conflict.then_some("dates contradict"), decided(answer.status)];
    // A headline may say it already.
    for mark in marks.into_iter().flatten().filter(|mark| !answer.event.headline.contains(mark)) {
        text.push_str(&format!(" [{mark}]"));
    }
    text
}

/// What a reader must know of an event that is no plain fact.
pub(super) fn caveat(event: &Event) -> Option<&'static str> {
    match event.modality {
        Modality::Asserted | Modality::Reported => None,
        Modality::Ongoing => Some("ongoing"),
        Modality::Future => Some("planned"),
        Modality::Hypothetical => Some("possible"),
        Modality::Negated => Some("did not happen"),
    }
}

/// What the researcher decided, if anything.
pub(super) fn decided(status: Status) -> Option<&'static str> {
    match status {
        Status::Machine => None,
        other => Some(other.as_str()),
    }
}

/// The states and organisations in it, each once, in order.
fn tops(event: &Event) -> Vec<&str> {
    let mut tops: Vec<&str> = Vec::new();
    for actor in &event.actors {
        if !tops.contains(&actor.top.as_str()) {
            tops.push(&actor.top);
        }
    }
    tops
}
