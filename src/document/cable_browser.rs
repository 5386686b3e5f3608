//! The "cable browser" page as text: one labelled field a line (`Identifier: …`, `Created: …`), then the cable.
//!
//! Example of its header:
//! ```text
//! Identifier: 05DUSTVILLE42
//! Origin: Embassy Dustville
//! Created: 2005-03-08 09:41:00
//! Classification: CONFIDENTIAL
//! Tags: PGOV PREL
//! ```

use super::draft::Draft;
use super::page::{self, Fields, Parts, labelled};
use super::{cable, lines};

const LABELS: [&str; 3] = ["Identifier:", "Created:", "Origin:"];

/// Whether the text has this page's three defining fields.
pub(super) fn recognise(text: &str) -> bool {
    LABELS.iter().all(|label| labelled(text, 0..text.len(), label).is_some())
        && labelled(text, 0..text.len(), "Identifier:").is_some_and(|(v, _)| cable::identifier(&v).is_some())
}

/// Reads the page.
pub(super) fn read(text: String) -> Result<Draft, String> {
    let mut draft = Draft::new(text);
    let text = &draft.text;
    let whole = 0..text.len();
    let field = |label: &str| labelled(text, whole.clone(), label).map(|(v, _)| v);
    let first = labelled(text, whole.clone(), "Identifier:").map_or(0, |(_, r)| r.start);
    let start = cable::message_start(text, first..text.len()).unwrap_or(first);
    let end = footer(text, start);
    let title = title_above(text, first);
    let fields = Fields {
        id: field("Identifier:"),
        title: title.clone().map(|r| text[r].to_string()),
        created: field("Created:"),
        classification: field("Classification:"),
        origin: field("Origin:"),
        tags: field("Tags:"),
        ..Fields::default()
    };
    let header = title.as_ref().map_or(first, |r| r.start);
    let parts = Parts::in_order(header, start, end, text.len());
    page::read(&mut draft, fields, parts)?;
    Ok(draft)
}

/// The title is the last line with words above the fields.
fn title_above(text: &str, first: usize) -> Option<std::ops::Range<usize>> {
    lines::paragraphs(text, 0..first).pop().filter(|r| r.len() < 400)
}

/// Where the page's footer begins.
fn footer(text: &str, start: usize) -> usize {
    lines::lines(text, start..text.len())
        .filter(|l| text[l.clone()].trim_start().starts_with("Latest source of this page"))
        .last()
        .map_or(text.len(), |l| l.start)
}

#[cfg(test)]
mod tests {
    use super::super::{DateBasis, Document, Zone};

    const PAGE: &str = "US embassy cable - 05DUSTVILLE42\n\nDisclaimer: nothing was harmed in 1990.\n\nDUST RISES\n\n\
        Identifier: 05DUSTVILLE42\nOrigin: Embassy Dustville\nCreated: 2005-03-08 09:41:00\nClassification: CONFIDENTIAL\n\
        Tags: PGOV PREL\nThis record is a partial extract.\n\n\
        S E C R E T  DUSTVILLE 000042 \n \nSIPDIS \n \nSTATE FOR EUR/DUST \n \n\
        E.O. 12958: DECL:  11/21/2015 \nTAGS: PGOV, PREL \nSUBJECT: DUST RISES OVER ALL OF THE WIDE PLAINS OF THE \n\
        COUNTRY \n \nREF: HILL E-MAIL DTD 11-18-05 \n \nCLASSIFIED BY: Ann Hill, Ambassador, EXEC, Embassy \n\
        Dustville. \nREASON: 1.4 (b), (d) \n \n1.  (C) SUMMARY:  The minister met the Ambassador on November 20 and said \n\
        nothing.  END \nSUMMARY. \n \n2.  (C) He named a list of twelve officials, all of them from the \n \n \n\
        Ministry of Dust.  They left. \n \nDUST SETTLES \n \n3.  (C) COMMENT:  He is pleased.  END COMMENT. \nHILL \n \nNNNN \n\n\
        Latest source of this page is example-9, given out 2010-09-08";

    #[test]
    fn the_page_is_read_with_fields_zones_and_bridges() {
        let doc = Document::from_bytes("x.txt", PAGE.as_bytes()).expect("reads");
        assert_eq!((doc.id.as_str(), doc.format), ("05DUSTVILLE42", "cable-browser"));
        assert_eq!(
            doc.date.as_ref().map(|d| (d.day.to_string(), d.basis)),
            Some(("2005-03-08".into(), DateBasis::Header))
        );
        assert_eq!(doc.meta.title.as_deref(), Some("DUST RISES OVER ALL OF THE WIDE PLAINS OF THE COUNTRY"));
        assert_eq!(doc.meta.author.as_deref(), Some("HILL"));
        assert_eq!(doc.meta.references.len(), 1);
        let told: Vec<(Zone, Option<u32>, &str)> = doc
            .blocks
            .iter()
            .filter(|b| b.zone.tells_events())
            .map(|b| (b.zone, b.number, b.marking.as_deref().unwrap_or("")))
            .collect();
        let want = [
            (Zone::Summary, Some(1), "C"),
            (Zone::Body, Some(2), "C"),
            (Zone::Heading, None, ""),
            (Zone::Comment, Some(3), "C"),
        ];
        assert_eq!(told, want);
        let sentences = crate::text::sentences(&doc);
        let told: Vec<&str> =
            sentences.iter().filter(|s| s.zone.tells_events()).map(|s| &doc.text[s.range.clone()]).collect();
        assert_eq!(told[1], "He named a list of twelve officials, all of them from the \n \n \nMinistry of Dust.");
        assert_eq!(told.last(), Some(&"He is pleased."));
    }
}
