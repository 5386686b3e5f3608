//! The WikiLeaks page of a cable as text: a table (`Reference ID`, `Created`, `Released`, `Classification`, `Origin`)
//! and the cable below it, with or without the site's navigation around. Cells are parted by tabs, blanks or lines.

use super::cable;
use super::cable::line::pattern;
use super::draft::Draft;
use super::lines::lines;
use super::page::{self, Fields, Parts, stamps};
use regex::Regex;
use std::sync::LazyLock;

pattern!(TABLE, r"(?m)^Reference ID\s+Created\s+(?:Released\s+)?Classification\s+Origin");
pattern!(VIEWING, r"Viewing cable (\d{2}[A-Z]+\d+), *([^\n]*)");
pattern!(CLASS, r"(?:TOP SECRET|SECRET|CONFIDENTIAL|UNCLASSIFIED)(?://[A-Z]+(?: OFFICIAL USE ONLY)?)*");

/// Whether the text holds the page's table.
pub(super) fn recognise(text: &str) -> bool {
    TABLE.is_match(text)
}

/// Reads the page.
pub(super) fn read(text: String) -> Result<Draft, String> {
    let mut draft = Draft::new(text);
    let text = &draft.text;
    let Some(table) = TABLE.find(text) else { return Err("holds no cable table".to_string()) };
    let viewing = VIEWING.captures(&text[..table.start()]);
    let title = viewing.as_ref().and_then(|c| c.get(0)).map(|m| m.range());
    let start = cable::message_start(text, table.end()..text.len()).unwrap_or_else(|| after_row(text, table.end()));
    let row = &text[table.end()..start];
    let days = stamps(row);
    let class = CLASS.find(row);
    let fields = Fields {
        id: cable::identifier(row).map(str::to_string),
        title: viewing.as_ref().map(|c| c[2].trim().to_string()),
        created: days.first().cloned(),
        released: days.get(1).cloned(),
        classification: class.map(|m| m.as_str().to_string()),
        origin: class.and_then(|m| row[m.end()..].lines().find(|l| !l.trim().is_empty())).map(|l| l.trim().to_string()),
        tags: None,
    };
    let header = table.start()..start;
    let around = match &title {
        Some(title) => vec![0..title.start, title.end..header.start],
        None => std::iter::once(0..header.start).collect(),
    };
    let parts = Parts { around, header, title, message: start..text.len() };
    page::read(&mut draft, fields, parts)?;
    Ok(draft)
}

/// Past the table's row, where no line of a message can be told.
fn after_row(text: &str, from: usize) -> usize {
    let mut seen = false;
    for line in lines(text, from..text.len()) {
        let piece = text[line.clone()].trim();
        if seen && CLASS.find(piece).is_none() && cable::identifier(piece).is_none() && stamps(piece).is_empty() {
            return line.start;
        }
        seen |= CLASS.is_match(piece);
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::super::{Document, Zone};

    const HEAD: &str = "Reference ID\tCreated\tReleased\tClassification\tOrigin\n\
        08DUSTVILLE72\t2008-09-18 08:08\t2011-02-22 00:12\tCONFIDENTIAL//NOFORN\tEmbassy Dustville\n\n\
        VZCZCXYZ0001\nRR RUEHWEB\n\nDE RUEHXX #0072 2620853\nZNY CCCCC ZZH\nR 180853Z SEP 08\nFM AMEMBASSY DUSTVILLE\n\
        TO RUEHC/SECSTATE WASHDC 0300\nINFO RUEHZG/NATO EU COLLECTIVE\nRUEHAH/AMEMBASSY NOWHERE 1999\n\n";
    const BODY: &str = "S E C R E T DUSTVILLE 000072 \\\n \\\nSIPDIS \\\n \\\nE.O. 12958: DECL: 09/18/2018 \\\n\
        TAGS: PGOV PINR\nSUBJECT: A NEW ENVOY \\\n \\\nClassified By: Poloff Ann Hill for reasons 1.4 (b, d). \\\n \\\n\
        ¶1. (C) The envoy left on \\\nMay 3.  He said that talks \\\n\nDUSTVILLE 00000072 002 OF 002\n\n\nwith us had failed. (Note: He said \\\n\
        so twice. End Note.) We DUSTVILLE 00000072 002.2 OF 002 agreed. \\\n \\\nHILL \\\n";

    #[test]
    fn tabs_backslashes_paragraph_signs_and_page_breaks() {
        let doc = Document::from_bytes("x.txt", format!("{HEAD}{BODY}").as_bytes()).expect("reads");
        assert_eq!((doc.id.as_str(), doc.format), ("08DUSTVILLE72", "wikileaks-text"));
        assert_eq!(doc.meta.classification.as_deref(), Some("CONFIDENTIAL//NOFORN"));
        assert_eq!(doc.meta.origin.as_deref(), Some("Embassy Dustville"));
        assert_eq!(doc.date_claims.len(), 2);
        assert!(doc.warnings.is_empty(), "{:?}", doc.warnings);
        let told: Vec<String> = crate::text::sentences(&doc)
            .iter()
            .filter(|s| s.zone.tells_events())
            .map(|s| {
                let words: Vec<&str> = s.tokens.iter().map(|t| &doc.text[t.range()]).collect();
                format!("{}: {}", s.zone.as_str(), words.join(" "))
            })
            .collect();
        let want = [
            "body: The envoy left on May 3 .",
            "body: He said that talks with us had failed .",
            "note: He said so twice .",
            "body: We agreed .",
        ];
        assert_eq!(told, want);
    }

    #[test]
    fn a_flattened_copy_after_a_cut_header_is_read() {
        let cut = "S E C R E T DUSTVILLE 000072 NOFORN E.O. 12958: DECL: 07/14/2019 TAGS: PREL MARR SUBJECT: A NEW ENVOY CLASSIFIED BY: Hill\n\
            THE ENVOY ARRIVES AT LAST ---------------------------------- 3.(C/NF) The envoy came on May 3 and said at once that he would not stay for long. He spoke of dust. \
            4.(S/NF) Nonetheless he stayed and praised the dust, the plains and the people of the country at length. HILL\n";
        let text = format!(
            "{HEAD}S E C R E T DUSTVILLE 000072 \n \nTAGS: PREL NATO\nSUBJECT: A NEW ENVOY \n \nClassified By: ...\n\n{cut}"
        );
        let doc = Document::from_bytes("x.txt", text.as_bytes()).expect("reads");
        let zones: Vec<(Zone, Option<u32>)> =
            doc.blocks.iter().filter(|b| b.zone.tells_events()).map(|b| (b.zone, b.number)).collect();
        assert_eq!(zones, [(Zone::Heading, None), (Zone::Body, Some(3)), (Zone::Body, Some(4))]);
        assert_eq!(doc.meta.author.as_deref(), Some("HILL"));
    }
}
