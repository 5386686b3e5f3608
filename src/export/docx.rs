//! A chronology for a word processor (Office Open XML, ECMA-376): a table of dates and events with a real footnote for
//! each account, and the list of sources. Written here part by part: the libraries that write DOCX give footnotes no
//! number of their own (`w:footnoteRef`), which Word then does not show.

use super::phrase::{escape_xml, footnotes, headline, labels, when};
use super::reference::Reference;
use super::{Selection, Style, failed};
use crate::date::words::Lang;
use crate::{Error, Result};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/><Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>"#;

const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#;

const DOCUMENT_RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings" Target="settings.xml"/></Relationships>"#;

/// Notes 0 and 1 are the lines between text and notes, which Word wants to be there.
const SEPARATORS: &str = r#"<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>"#;

const SETTINGS: &str = r#"<w:footnotePr><w:footnote w:id="0"/><w:footnote w:id="1"/></w:footnotePr>"#;

/// The usual styles by their usual names, so that a journal's template takes over.
const STYLES: &str = r#"<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr><w:spacing w:after="80"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="160"/></w:pPr><w:rPr><w:sz w:val="40"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="320" w:after="120"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="28"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="FootnoteText"><w:name w:val="footnote text"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="0"/></w:pPr><w:rPr><w:sz w:val="18"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Bibliography"><w:name w:val="Bibliography"/><w:basedOn w:val="Normal"/><w:pPr><w:ind w:left="360" w:hanging="360"/></w:pPr></w:style><w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>"#;

/// Widths of the two columns in twentieths of a point: together A4 between margins of an inch.
const COLUMNS: [u32; 2] = [2200, 6826];

/// Writes the chronology.
pub(super) fn docx(selection: &Selection, style: &Style, out: &mut dyn Write) -> Result<usize> {
    let words = labels(style.lang);
    let about = selection.about();
    let mut body = paragraph("Title", words.chronology);
    body.push_str(&paragraph("Normal", &about.sentences()));
    body.push_str(&format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblBorders><w:top {RULE}/><w:bottom {RULE}/></w:tblBorders>\
         <w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid><w:gridCol w:w=\"{}\"/><w:gridCol w:w=\"{}\"/></w:tblGrid>",
        COLUMNS[0] + COLUMNS[1],
        COLUMNS[0],
        COLUMNS[1]
    ));
    body.push_str(&format!(
        "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{}{}</w:tr>",
        cell(0, &bold(words.date), true),
        cell(1, &bold(words.event), true)
    ));
    let mut notes = String::from(SEPARATORS);
    let mut note = 1;
    let count = selection.each(|record| {
        let mut marks = String::new();
        for (n, said) in footnotes(record, style.lang).into_iter().enumerate() {
            note += 1;
            // Two marks side by side would read as one number.
            if n > 0 {
                marks.push_str("<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>,</w:t></w:r>");
            }
            marks.push_str(&format!(
                "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteReference w:id=\"{note}\"/></w:r>"
            ));
            notes.push_str(&footnote(note, &format!(" {said}")));
        }
        let event = run(&headline(&record.answer, style.lang)) + &marks;
        body.push_str(&format!(
            "<w:tr><w:trPr><w:cantSplit/></w:trPr>{}{}</w:tr>",
            cell(0, &run(&when(&record.answer, style.lang)), false),
            cell(1, &event, false)
        ));
        Ok(())
    })?;
    // A table needs a paragraph behind it.
    body.push_str("</w:tbl>");
    body.push_str(&paragraph("Heading1", words.sources));
    selection.sources(|source| {
        body.push_str(&paragraph("Bibliography", &Reference::of(source).in_words(style.lang)));
        Ok(())
    })?;
    let bytes = pack(style.lang, &body, &notes, &escape_xml(&about.generator)).map_err(packed)?;
    out.write_all(&bytes).map_err(failed)?;
    Ok(count)
}

const RULE: &str = "w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"000000\"";

fn packed(error: zip::result::ZipError) -> Error {
    Error::Usage(format!("the document cannot be written: {error}"))
}

fn run(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escape_xml(text))
}

fn bold(text: &str) -> String {
    format!("<w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r>", escape_xml(text))
}

fn paragraph(style: &str, text: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}</w:p>", run(text))
}

fn cell(column: usize, runs: &str, head: bool) -> String {
    let rule = if head { format!("<w:tcBorders><w:bottom {RULE}/></w:tcBorders>") } else { String::new() };
    format!(
        "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/>{rule}</w:tcPr><w:p>{runs}</w:p></w:tc>",
        COLUMNS[column % 2]
    )
}

fn footnote(id: usize, text: &str) -> String {
    format!(
        "<w:footnote w:id=\"{id}\"><w:p><w:pPr><w:pStyle w:val=\"FootnoteText\"/></w:pPr><w:r><w:rPr>\
         <w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteRef/></w:r>{}</w:p></w:footnote>",
        run(text)
    )
}

fn pack(lang: Lang, body: &str, notes: &str, generator: &str) -> zip::result::ZipResult<Vec<u8>> {
    let lang = match lang {
        Lang::En => "en-GB",
        Lang::Ru => "ru-RU",
    };
    let page = "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1440\" w:right=\"1440\" w:bottom=\"1440\" \
                w:left=\"1440\" w:header=\"720\" w:footer=\"720\" w:gutter=\"0\"/></w:sectPr>";
    let defaults = format!(
        "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" \
         w:cs=\"Times New Roman\"/><w:sz w:val=\"22\"/><w:lang w:val=\"{lang}\"/></w:rPr></w:rPrDefault></w:docDefaults>"
    );
    let core = format!(
        "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>Chronology</dc:title><dc:creator>{generator}</dc:creator>\
         </cp:coreProperties>"
    );
    let parts = [
        ("[Content_Types].xml", TYPES.to_string()),
        ("_rels/.rels", RELATIONS.to_string()),
        ("docProps/core.xml", core),
        ("word/_rels/document.xml.rels", DOCUMENT_RELATIONS.to_string()),
        ("word/document.xml", format!("<w:document {W}><w:body>{body}{page}</w:body></w:document>")),
        ("word/footnotes.xml", format!("<w:footnotes {W}>{notes}</w:footnotes>")),
        ("word/settings.xml", format!("<w:settings {W}>{SETTINGS}</w:settings>")),
        ("word/styles.xml", format!("<w:styles {W}>{defaults}{STYLES}</w:styles>")),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // The time of the entries is fixed, so that the same data make the same file.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, content) in parts {
        zip.start_file(name, options)?;
        zip.write_all(HEAD.as_bytes())?;
        zip.write_all(content.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{EventFilter, Sort};
    use std::io::Read;

    #[test]
    fn every_account_has_a_numbered_footnote() {
        let store = crate::export::tests::store();
        let filter = EventFilter::default();
        let selection = Selection::new(&store, &filter, Sort::Date, None).expect("selected");
        let mut out = Vec::new();
        assert_eq!(docx(&selection, &Style::default(), &mut out).expect("written"), 4);
        let mut zip = zip::ZipArchive::new(Cursor::new(out)).expect("a zip");
        let mut part = |name: &str| {
            let mut text = String::new();
            zip.by_name(name).expect(name).read_to_string(&mut text).expect("UTF-8");
            text
        };
        let (body, notes) = (part("word/document.xml"), part("word/footnotes.xml"));
        assert_eq!(body.matches("<w:footnoteReference ").count(), 4);
        assert_eq!(notes.matches("<w:footnoteRef/>").count(), 4);
        assert!(notes.contains("“Ruritania signed the Treaty of Dustville.” (05DUSTVILLE7, ¶ 2 (C), 2005)"), "{notes}");
        assert!(body.contains("100% &amp; $5_#1 {a} ~^\\ &lt;b&gt; new line"), "{body}");
        for part in [body, notes] {
            let rest = part.trim_start_matches(HEAD);
            let read = dom_query::Document::fragment(rest);
            assert!(read.select("*").length() > 10);
        }
    }
}
