//! Stand-off annotation for brat (brat.nlplab.org, "Standoff format"): for each document its text as it is, and beside
//! it triggers, actors and events with their offsets. `annotation.conf` and `visual.conf` declare what occurs.

use super::Selection;
use crate::event::{EventType, Mention, Role};
use crate::query::{AccountRow, accounts, text};
use crate::{Error, Result};
use std::collections::BTreeMap;
use std::path::Path;

/// The file by which a folder is known to be ours.
pub const MARK: &str = "dateline-about.json";

/// Writes the folder, which must be there and empty, and gives back how many events its documents tell of.
///
/// # Errors
/// [`Error::Database`] when the database cannot be read, [`Error::Io`] when a file cannot be written.
pub fn brat(selection: &Selection, folder: &Path) -> Result<usize> {
    // Documents come back in the order of events: what is told of each is gathered first, by its row.
    let mut keys: BTreeMap<i64, String> = BTreeMap::new();
    let mut rows: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    let count = selection.each(|record| {
        for told in &record.told_by {
            keys.entry(told.document.id).or_insert_with(|| super::reference::key(&told.document.name));
            rows.entry(told.document.id).or_default().push(record.answer.id);
        }
        Ok(())
    })?;
    let names = names(keys.iter().map(|(id, key)| (*id, key.as_str())));
    for (document, mut events) in rows {
        events.dedup();
        let text = text(selection.store(), document)?;
        let name = names.get(&document).cloned().unwrap_or_default();
        let mut told: Vec<AccountRow> = Vec::new();
        for event in events {
            told.extend(accounts(selection.store(), event)?.into_iter().filter(|row| row.document == document));
        }
        told.sort_by_key(|row| (row.mention.start, row.mention.trigger.start));
        told.dedup_by(|a, b| a.fp == b.fp);
        write(folder, &format!("{name}.txt"), &text)?;
        write(folder, &format!("{name}.ann"), &annotations(&text, &told))?;
    }
    write(folder, "annotation.conf", &configuration())?;
    write(folder, "visual.conf", "[labels]\n\n[drawing]\n")?;
    let about = serde_json::to_string_pretty(selection.about()).map_err(|e| Error::Usage(e.to_string()))?;
    write(folder, MARK, &format!("{about}\n"))?;
    Ok(count)
}

/// Names of files: the key of the document, with a number where copies share it.
fn names<'a>(documents: impl Iterator<Item = (i64, &'a str)>) -> BTreeMap<i64, String> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    documents
        .map(|(id, name)| {
            let n = seen.entry(name).or_insert(0);
            *n += 1;
            (id, if *n == 1 { name.to_string() } else { format!("{name}-copy{n}") })
        })
        .collect()
}

fn write(folder: &Path, name: &str, content: &str) -> Result<()> {
    let path = folder.join(name);
    std::fs::write(&path, content).map_err(|e| Error::io(&path, e))
}

/// What stands in a document: text-bound annotations (T), events (E), attributes (A) and notes (#).
fn annotations(text: &str, told: &[AccountRow]) -> String {
    let chars: Vec<char> = text.chars().collect();
    let (mut out, mut bound) = (String::new(), 0);
    for (n, row) in (1..).zip(told) {
        let m = &row.mention;
        bound += 1;
        let kind = label(m.kind);
        out.push_str(&bound_text(&chars, bound, &kind, m.trigger.start, m.trigger.end));
        let mut event = format!("E{n}\t{kind}:T{bound}");
        let mut roles: BTreeMap<&str, usize> = BTreeMap::new();
        for (words, role) in m.actors.iter().map(|a| (a.text.as_str(), a.role)) {
            let Some((start, end)) = find(&chars, m, words) else { continue };
            bound += 1;
            out.push_str(&bound_text(&chars, bound, "Actor", start, end));
            let role = match role {
                Role::Initiator => "Initiator",
                Role::Target => "Target",
                Role::Other => "Other",
            };
            let number = roles.entry(role).or_insert(0);
            *number += 1;
            let number = if *number == 1 { String::new() } else { number.to_string() };
            event.push_str(&format!(" {role}{number}:T{bound}"));
        }
        out.push_str(&event);
        out.push_str(&format!("\nA{n}\tModality E{n} {}\n", capital(m.modality.as_str())));
        let note = format!("{}: {} ({})", row.event, m.when.date.edtf, m.when.trace);
        out.push_str(&format!("#{n}\tAnnotatorNotes E{n}\t{}\n", super::phrase::one_line(&note)));
    }
    out
}

/// Where an actor's words stand in the sentence.
fn find(chars: &[char], m: &Mention, words: &str) -> Option<(usize, usize)> {
    let wanted: Vec<char> = words.chars().collect();
    let sentence = chars.get(m.start..m.end)?;
    if wanted.is_empty() {
        return None;
    }
    let at = sentence.windows(wanted.len()).position(|w| w == wanted.as_slice())?;
    Some((m.start + at, m.start + at + wanted.len()))
}

/// A text-bound annotation. Words with the end of a line between them are pieces, since a line may not hold one.
fn bound_text(chars: &[char], number: usize, kind: &str, start: usize, end: usize) -> String {
    let words = chars.get(start..end).unwrap_or_default();
    let (mut pieces, mut texts, mut at) = (Vec::new(), Vec::new(), start);
    for piece in words.split(|c| matches!(c, '\n' | '\r')) {
        if !piece.is_empty() {
            pieces.push(format!("{at} {}", at + piece.len()));
            texts.push(piece.iter().collect::<String>());
        }
        at += piece.len() + 1;
    }
    format!("T{number}\t{kind} {}\t{}\n", pieces.join(";"), texts.join(" "))
}

fn label(kind: EventType) -> String {
    capital(&kind.as_str().to_lowercase())
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|c| c.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}

fn configuration() -> String {
    let mut text = String::from("[entities]\nActor\n\n[relations]\n\n[events]\n");
    for kind in EventType::all() {
        text.push_str(&format!("{}\tInitiator*:Actor, Target*:Actor, Other*:Actor\n", label(kind)));
    }
    text.push_str("\n[attributes]\nModality\tArg:<EVENT>, Value:");
    let values: Vec<String> = crate::event::Modality::all().map(|m| capital(m.as_str())).collect();
    text.push_str(&values.join("|"));
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{EventFilter, Sort};

    #[test]
    fn every_offset_gives_the_words_it_says() {
        let store = crate::export::tests::store();
        let filter = EventFilter::default();
        let selection = Selection::new(&store, &filter, Sort::Date, None).expect("selected");
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(brat(&selection, folder.path()).expect("written"), 4);
        let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect(name);
        let (text, annotations) = (read("05DUSTVILLE7.txt"), read("05DUSTVILLE7.ann"));
        let chars: Vec<char> = text.chars().collect();
        let mut checked = 0;
        for line in annotations.lines().filter(|l| l.starts_with('T')) {
            let fields: Vec<&str> = line.split('\t').collect();
            let ends: Vec<usize> = fields[1].split(' ').skip(1).map(|n| n.parse().expect("an offset")).collect();
            assert_eq!(chars[ends[0]..ends[1]].iter().collect::<String>(), fields[2]);
            checked += 1;
        }
        assert!(checked > 0 && annotations.contains("E1\tSupport:T1"), "{annotations}");
        assert!(read("annotation.conf").contains("Support\tInitiator*:Actor"));
        assert!(read(MARK).contains("all events"));
    }

    #[test]
    fn words_over_two_lines_are_two_pieces() {
        let chars: Vec<char> = "a signed\nup b".chars().collect();
        assert_eq!(bound_text(&chars, 1, "Support", 2, 11), "T1\tSupport 2 8;9 11\tsigned up\n");
    }
}
