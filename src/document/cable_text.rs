//! A cable without any page around it: a whole message from its routing lines or date-time group on, or a partial
//! extract, which begins with a notice in English or with the classification line.

use super::cable::line::{Kind, kind, pattern};
use super::draft::Draft;
use super::lines::lines;
use super::page::{self, Fields, Parts};
use super::{DateBasis, cable};
use chrono::Datelike;
use regex::Regex;
use std::sync::LazyLock;

pattern!(STATION, r"(?m)\b([A-Z]{2,}(?: [A-Z]{2,}){0,2}) 0*(\d{1,6})(?:\s|\\|$)");
const NOTICE: &str = "is a partial extract";

/// Whether the text begins as a message does, and has a header's labels.
pub(super) fn recognise(text: &str) -> bool {
    let mut filled = lines(text, 0..text.len()).map(|l| &text[l]).filter(|l| !l.trim().is_empty());
    let Some(first) = filled.next() else { return false };
    let begins = matches!(kind(first), Kind::Routing | Kind::Dtg | Kind::Banner) || first.contains(NOTICE);
    begins
        && filled
            .take(300)
            .any(|l| matches!(kind(l), Kind::Subject | Kind::Tags | Kind::ExecutiveOrder | Kind::Address))
}

/// Reads the message. Its identifier is made of station, number and the date-time group's year.
pub(super) fn read(text: String) -> Result<Draft, String> {
    let mut draft = Draft::new(text);
    let start = cable::message_start(&draft.text, 0..draft.text.len()).unwrap_or(0);
    let message = start..draft.text.len();
    page::read(&mut draft, Fields::default(), Parts { around: Vec::new(), header: 0..start, title: None, message })?;
    draft.id = identifier(&draft);
    Ok(draft)
}

fn identifier(draft: &Draft) -> Option<String> {
    let sent = draft.claims.iter().find(|c| c.basis == DateBasis::DateTimeGroup)?.day;
    let banner = lines(&draft.text, 0..draft.text.len()).map(|l| &draft.text[l]).find(|l| kind(l) == Kind::Banner)?;
    let rest =
        banner.rsplit_once(" OF ").map_or(banner, |(_, rest)| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    let found = STATION.captures_iter(rest).last()?;
    // A spaced-out classification is not part of the station's name.
    let station: String = found[1].split(' ').filter(|w| w.len() > 1 && !is_class(w)).collect();
    (station.len() > 2).then(|| format!("{:02}{station}{}", sent.year().rem_euclid(100), &found[2]))
}

fn is_class(word: &str) -> bool {
    matches!(word, "UNCLAS" | "UNCLASSIFIED" | "CONFIDENTIAL" | "SECRET" | "SENSITIVE" | "NOFORN" | "SECTION")
}

#[cfg(test)]
mod tests {
    use super::super::Document;

    #[test]
    fn a_raw_message_names_itself() {
        let text = "VZCZCXRO1234\nRR RUEHWEB\nDE RUEHXX #0042/01 3201039\nZNY CCCCC ZZH\nR 161039Z NOV 07\nFM AMEMBASSY DUSTVILLE\n\
            TO SECSTATE WASHDC\nS E C R E T SECTION 01 OF 02 EL DUSTVILLE 000042\nSIPDIS\nTAGS: PGOV\nSUBJECT: DUST\n\n\
            1. (C) The minister left on May 3. Nobody came.\n\nHILL\nBT\n#0042\nNNNN\n";
        let doc = Document::from_bytes("m.txt", text.as_bytes()).expect("reads");
        assert_eq!((doc.id.as_str(), doc.format), ("07ELDUSTVILLE42", "cable-text"));
        assert_eq!(doc.meta.author.as_deref(), Some("HILL"));
        assert_eq!(doc.meta.origin.as_deref(), Some("Embassy Dustville"));
        let told: Vec<_> = doc.blocks.iter().filter(|b| b.zone.tells_events()).collect();
        assert_eq!((told.len(), told[0].number), (1, Some(1)));
    }

    #[test]
    fn two_date_time_groups_are_warned_of() {
        let text = "R 161039Z NOV 07\nFM AMEMBASSY DUSTVILLE\nR 181039Z NOV 07\nUNCLAS DUSTVILLE 000042\nSUBJECT: DUST\n\n1. (C) He left.\n";
        let doc = Document::from_bytes("m.txt", text.as_bytes()).expect("reads");
        assert!(doc.warnings.iter().any(|w| w.contains("two date-time groups")), "{:?}", doc.warnings);
        assert_eq!(doc.date.map(|d| d.day.to_string()).as_deref(), Some("2007-11-16"));
    }
}
