//! DOCX (ECMA-376), ODT (OASIS OpenDocument 1.3) and EPUB (3.3): ZIP files whose parts are XML.
//!
//! What unpacks to more than [`MAX`] bytes is refused: it is a bomb, or no document.

use super::binary::Answer;
use super::draft::{Draft, squeeze};
use super::html::text_of_page;
use super::read::of_text;
use super::{DateBasis, stated};
use quick_xml::Reader;
use quick_xml::events::Event;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Most bytes that all parts read may unpack to.
const MAX: u64 = 128 << 20;

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Reads the document in a ZIP file.
pub(super) fn read(bytes: &[u8]) -> Answer {
    let mut archive = ZipArchive::new(Cursor::new(bytes))
        .map_err(|e| format!("is a damaged ZIP file ({e}); save the document anew"))?;
    let mut left = MAX;
    if has(&archive, "word/document.xml") {
        let text = paragraphs(&part(&mut archive, "word/document.xml", &mut left)?, &DOCX)?;
        return finish(text, "docx", &mut archive, "docProps/core.xml", &mut left);
    }
    if has(&archive, "META-INF/container.xml") {
        let text = epub(&mut archive, &mut left)?;
        return finish(text, "epub", &mut archive, "", &mut left);
    }
    if has(&archive, "content.xml") {
        let text = paragraphs(&part(&mut archive, "content.xml", &mut left)?, &ODT)?;
        return finish(text, "odt", &mut archive, "meta.xml", &mut left);
    }
    Err("is a ZIP file but no DOCX, ODT or EPUB; unzip it and read what it holds".to_string())
}

fn has(archive: &Archive, name: &str) -> bool {
    archive.index_for_name(name).is_some()
}

/// One part as text, counted against what may be unpacked.
fn part(archive: &mut Archive, name: &str, left: &mut u64) -> Result<String, String> {
    let file = archive.by_name(name).map_err(|e| format!("its part {name} cannot be read ({e})"))?;
    let mut bytes = Vec::new();
    file.take(*left + 1).read_to_end(&mut bytes).map_err(|e| format!("its part {name} is damaged ({e})"))?;
    *left = left
        .checked_sub(bytes.len() as u64)
        .ok_or_else(|| format!("unpacks to more than {} MB; that is no document (a ZIP bomb?)", MAX >> 20))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Names of the elements that make text of an XML vocabulary.
struct Vocabulary {
    /// Ends a paragraph.
    paragraph: &'static [&'static str],
    /// Only text inside these counts; all of it where empty.
    text: &'static [&'static str],
    tab: &'static str,
    line: &'static str,
}

const DOCX: Vocabulary = Vocabulary { paragraph: &["w:p"], text: &["w:t"], tab: "w:ta", line: "w:br" };
const ODT: Vocabulary = Vocabulary {
    paragraph: &["text:p", "text:h"],
    text: &["text:p", "text:h"],
    tab: "text:ta",
    line: "text:line-break",
};

/// The paragraphs of an XML part, parted by blank lines.
fn paragraphs(xml: &str, words: &Vocabulary) -> Result<String, String> {
    let mut reader = Reader::from_str(xml);
    let mut out = String::new();
    let mut inside = 0usize;
    loop {
        match reader.read_event().map_err(|e| format!("holds broken XML ({e}); save the document anew"))? {
            Event::Start(e) => inside += usize::from(words.text.contains(&e.name().as_ref())),
            Event::End(e) => {
                inside -= usize::from(words.text.contains(&e.name().as_ref())).min(inside);
                if words.paragraph.contains(&e.name().as_ref()) {
                    out.push_str("\n\n");
                }
            }
            Event::Empty(e) if e.name().as_ref() == words.tab => out.push('\t'),
            Event::Empty(e) if e.name().as_ref() == words.line => out.push('\n'),
            Event::Empty(e) if e.name().as_ref() == "text:s" => out.push(' '),
            Event::Text(t) if inside > 0 => out.push_str(&t.xml10_content()),
            Event::GeneralRef(r) if inside > 0 => {
                let name: &str = r.as_ref();
                out.push_str(&text_of_page(&format!("<b>&{name};</b>")));
            }
            Event::Eof => return Ok(out),
            _ => {}
        }
    }
}

/// The chapters of an EPUB in the order of its spine.
fn epub(archive: &mut Archive, left: &mut u64) -> Result<String, String> {
    let container = part(archive, "META-INF/container.xml", left)?;
    let package =
        attributes(&container, "rootfile", &["full-path"]).into_iter().next().and_then(|a| a.into_iter().next());
    let package = package.filter(|p| !p.is_empty()).ok_or("is an EPUB without a package file; save the book anew")?;
    let folder = package.rsplit_once('/').map_or(String::new(), |(f, _)| format!("{f}/"));
    let opf = part(archive, &package, left)?;
    let items = attributes(&opf, "item", &["id", "href"]);
    let mut text = String::new();
    for chapter in attributes(&opf, "itemref", &["idref"]) {
        if let Some(item) = items.iter().find(|i| i[0] == chapter[0]) {
            let name = format!("{folder}{}", item[1]);
            if has(archive, &name) {
                text.push_str(&text_of_page(&part(archive, &name, left)?));
                text.push_str("\n\n");
            }
        }
    }
    Ok(text)
}

/// The named attributes of every element called `element`; an attribute that is not there is empty.
fn attributes(xml: &str, element: &str, names: &[&str]) -> Vec<Vec<String>> {
    let mut reader = Reader::from_str(xml);
    let mut out = Vec::new();
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(e) | Event::Empty(e) if e.local_name().as_ref() == element => {
                let value = |name: &&str| {
                    let found = e.try_get_attribute(name).ok().flatten();
                    found.map(|a| a.value.into_owned()).unwrap_or_default()
                };
                out.push(names.iter().map(value).collect());
            }
            Event::Eof => break,
            _ => {}
        }
    }
    out
}

/// Reads the text taken out and adds what the document's properties say.
fn finish(text: String, name: &'static str, archive: &mut Archive, properties: &str, left: &mut u64) -> Answer {
    if !text.chars().any(char::is_alphanumeric) {
        return Err("holds no text (pictures only?)".to_string());
    }
    let (mut draft, format) = of_text(text)?;
    if has(archive, properties) {
        take_properties(&mut draft, &part(archive, properties, left)?);
    }
    Ok((draft, if format == "plain-text" { name } else { format }))
}

/// Title, author and day of a Dublin Core part.
fn take_properties(draft: &mut Draft, xml: &str) {
    let value = |name: &str| {
        let (open, close) = (format!("<{name}"), format!("</{name}>"));
        let from = xml.find(&open)?;
        let start = from + xml[from..].find('>')? + 1;
        let end = start + xml[start..].find(&close)?;
        Some(squeeze(&text_of_page(&xml[start..end]))).filter(|v| !v.is_empty())
    };
    draft.meta.title = value("dc:title").or(draft.meta.title.take());
    draft.meta.author = draft.meta.author.take().or_else(|| value("dc:creator"));
    for name in ["dcterms:created", "meta:creation-date", "dc:date"] {
        if let Some((day, note)) = value(name).and_then(|v| Some((stated::day(&v)?.0, v))) {
            draft.claim(day, DateBasis::PageMetadata, format!("{name}: {note}"));
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Document;
    use std::io::Write;

    fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
            writer.write_all(bytes).expect("written");
        }
        writer.finish().expect("a file").into_inner()
    }

    #[test]
    fn a_docx_an_odt_and_an_epub() {
        let docx = zipped(&[
            ("word/document.xml", b"<w:document><w:p><w:r><w:t>Dust &amp; Rain</w:t></w:r></w:p><w:p><w:r><w:t>They met on </w:t></w:r><w:r><w:t>3 May 1999.</w:t></w:r></w:p></w:document>"),
            ("docProps/core.xml", b"<cp><dc:creator>A. Hill</dc:creator><dcterms:created x='y'>2001-02-03T00:00:00Z</dcterms:created></cp>"),
        ]);
        let doc = Document::from_bytes("a.docx", &docx).expect("reads");
        assert_eq!((doc.format, doc.meta.author.as_deref()), ("docx", Some("A. Hill")));
        assert!(doc.text.contains("Dust & Rain") && doc.text.contains("They met on 3 May 1999."), "{}", doc.text);
        assert_eq!(doc.date.map(|d| d.day.to_string()).as_deref(), Some("2001-02-03"));
        let odt = zipped(&[("content.xml", b"<o><text:h>Dust</text:h><text:p>They<text:s/>met.</text:p></o>")]);
        assert!(Document::from_bytes("a.odt", &odt).expect("reads").text.contains("They met."));
        let epub = zipped(&[
            ("META-INF/container.xml", b"<c><rootfile full-path='b/p.opf'/></c>"),
            ("b/p.opf", b"<p><item id='1' href='one.xhtml'/><itemref idref='1'/></p>"),
            ("b/one.xhtml", b"<html><body><p>They met again.</p></body></html>"),
        ]);
        assert!(Document::from_bytes("a.epub", &epub).expect("reads").text.contains("They met again."));
    }

    #[test]
    fn a_zip_bomb_is_refused() {
        let zeros = vec![b' '; (super::MAX + 4096) as usize];
        let bomb = zipped(&[("word/document.xml", &zeros)]);
        let error = Document::from_bytes("bomb.docx", &bomb).expect_err("a bomb").to_string();
        assert!(error.contains("unpacks to more than"), "{error}");
    }
}
