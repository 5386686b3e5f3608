//! HTML pages: cable pages by their text, articles by a readability library (`dom_smoothie`), all else as text.
//!
//! A page that prints a cable is stripped of its tags and read by the reader of the text layout. An article's main
//! content is found by `dom_smoothie`; where that fails, the whole page's text is read and a warning says so.

mod entity;
mod head;
mod strip;

use super::draft::{Draft, squeeze};
use super::read::Format;
use super::{DateBasis, Zone, article, cable_browser, cable_viewer, monitor, plusd, press, stated, wikileaks_text};
use strip::{Mark, Stripped, strip};

/// Deepest nesting that is handed to the readability library, whose tree functions may recurse.
const MAX_DEPTH: usize = 400;
/// Largest page that is handed to it, in bytes.
const MAX_ARTICLE: usize = 24 << 20;
/// Shortest main content, in characters, that is believed.
const MIN_CONTENT: usize = 140;

/// Page layouts that are read by their text.
const LAYOUTS: &[Format] = &[
    Format { name: "wikileaks-html", recognise: wikileaks_text::recognise, read: wikileaks_text::read },
    Format { name: "cable-browser-html", recognise: cable_browser::recognise, read: cable_browser::read },
    Format { name: "cable-viewer-html", recognise: cable_viewer::recognise, read: cable_viewer::read },
    Format { name: "plusd-html", recognise: plusd::recognise, read: plusd::read },
    Format { name: "periodical-brief-html", recognise: monitor::recognise, read: monitor::read },
];

/// Whether the text is an HTML page: it opens with a tag of one.
pub(super) fn recognise(text: &str) -> bool {
    let mut end = text.len().min(2048);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text[..end].trim_start().to_ascii_lowercase();
    let tag = |t: &str| head.contains(t);
    head.starts_with('<')
        && (head.starts_with("<!doctype html")
            || tag("<html")
            || tag("<head")
            || tag("<body")
            || tag("<title")
            || tag("<div")
            || tag("<p>"))
}

/// Reads a page; also says which format it turned out to be.
///
/// # Errors
/// When the page has no text.
pub(super) fn read(html: &str) -> Result<(Draft, &'static str), String> {
    // The navigation above a WikiLeaks cable is ten times the cable; it tells nothing.
    let from = html.find("<h3>Viewing cable").unwrap_or(0);
    let stripped = strip(&html[from..]);
    if stripped.text.trim().is_empty() {
        return Err(
            "is a page without a body: its text may be made by a script; save the page from a browser".to_string()
        );
    }
    if let Some(layout) = LAYOUTS.iter().find(|l| (l.recognise)(&stripped.text)) {
        return Ok(((layout.read)(stripped.text)?, layout.name));
    }
    if html.contains("<h3>Viewing cable") {
        return Err(
            "is a WikiLeaks page without its cable table; the page may be cut short: download it again".to_string()
        );
    }
    let head = head::read(html);
    let mut draft = match main_content(html, &stripped) {
        Ok(content) => body(content),
        Err(reason) => {
            let mut draft = body(stripped);
            draft.warnings.push(format!("the page's main content was not found ({reason}); the whole page is read"));
            draft
        }
    };
    take_head(&mut draft, head, html);
    press::cite(&mut draft);
    Ok((draft, "html-article"))
}

/// The text of a page without more ado.
#[cfg_attr(not(feature = "read-office"), allow(dead_code))]
pub(super) fn text_of_page(html: &str) -> String {
    strip(html).text
}

/// The main content of an article, by the readability library.
fn main_content(html: &str, page: &Stripped) -> Result<Stripped, String> {
    if page.depth > MAX_DEPTH {
        return Err(format!("tags are nested {} deep", page.depth));
    }
    if html.len() > MAX_ARTICLE {
        return Err("the page is too large".to_string());
    }
    let config = dom_smoothie::Config { disable_json_ld: true, ..dom_smoothie::Config::default() };
    let mut reader = dom_smoothie::Readability::new(html, None, Some(config)).map_err(|e| e.to_string())?;
    let found = reader.parse().map_err(|e| e.to_string())?;
    let content = strip(&found.content);
    if content.text.chars().filter(|c| c.is_alphanumeric()).count() < MIN_CONTENT.min(page.text.len() / 2) {
        return Err("too little text".to_string());
    }
    Ok(content)
}

/// Blocks of a stripped page by its marks.
fn body(content: Stripped) -> Draft {
    let mut draft = Draft::new(content.text);
    let marks = content.marks;
    for range in super::article::paragraphs(&draft.text, 0) {
        let mark = marks.iter().find(|(r, _)| r.start <= range.start && range.end <= r.end).map(|(_, m)| *m);
        match mark {
            Some(Mark::Heading) => drop(draft.block(range, Zone::Heading)),
            Some(Mark::Caption) => drop(draft.block(range, Zone::Caption)),
            Some(Mark::Around) => drop(draft.block(range, Zone::Boilerplate)),
            None => article::paragraph(&mut draft, range),
        }
    }
    draft
}

fn take_head(draft: &mut Draft, head: head::Head, html: &str) {
    draft.meta.title = head.title.or_else(|| {
        draft.blocks.first().filter(|b| b.zone == Zone::Heading).map(|b| squeeze(&draft.text[b.range.clone()]))
    });
    draft.meta.author = head.author;
    draft.meta.origin = head.site;
    for (day, note) in head.days.into_iter().take(4) {
        if draft.claims.iter().all(|c| c.day != day) {
            draft.claim(day, DateBasis::PageMetadata, note);
        }
    }
    if let Some((day, line)) = article::posted(&strip(html).text) {
        draft.claim(day, DateBasis::Posted, line);
    }
    let title = draft.meta.title.clone().unwrap_or_default().to_lowercase();
    for block in &mut draft.blocks {
        let piece = squeeze(&draft.text[block.range.clone()]);
        let is_title = block.zone == Zone::Heading && !title.is_empty() && title.starts_with(&piece.to_lowercase());
        let dateline =
            piece.len() < 90 && article::is_byline(&piece) || piece.len() < 40 && stated::day(&piece).is_some();
        if is_title || dateline && block.zone != Zone::Caption {
            block.zone = Zone::Header;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{DateBasis, Document, Zone};

    #[test]
    fn an_article_is_read_with_its_head() {
        let paragraph = "<p>The President of Dusta, who had long been silent, signed the Plains Treaty on Monday, and the \
            parliament, after a debate of many hours, ratified it with a large majority, officials said.</p>";
        let html = format!(
            "<!DOCTYPE html><html><head><title>Dusta Signs</title><meta property='article:published_time' content='2005-05-20T10:00'>\
             </head><body><nav><a href='/'>Home</a><a href='/x'>News</a></nav><article><h1>Dusta Signs</h1><p>By A. Writer | May 20, 2005</p>{}\
             <h2>Reactions</h2>{}</article><footer>Copyright 2011 Dust Daily</footer></body></html>",
            paragraph.repeat(3),
            paragraph.repeat(2)
        );
        let doc = Document::from_bytes("a.html", html.as_bytes()).expect("reads");
        assert_eq!((doc.format, doc.meta.title.as_deref()), ("html-article", Some("Dusta Signs")));
        let date = doc.date.as_ref().expect("a date");
        assert_eq!((date.day.to_string().as_str(), date.basis), ("2005-05-20", DateBasis::Posted));
        assert_eq!(doc.blocks.iter().filter(|b| b.zone == Zone::Body).count(), 5);
        assert!(doc.warnings.is_empty(), "{:?}", doc.warnings);
    }

    #[test]
    fn a_page_without_a_body_and_a_very_deep_one() {
        let empty = "<!DOCTYPE html><html><head><title>x</title></head><body><script>1</script></body></html>";
        assert!(
            Document::from_bytes("e.html", empty.as_bytes())
                .expect_err("no body")
                .to_string()
                .contains("without a body")
        );
        let deep = format!("<html><body>{}<p>Dusta signed the treaty in 2005.</p>", "<div>".repeat(10_000));
        let doc = Document::from_bytes("d.html", deep.as_bytes()).expect("reads");
        assert!(doc.text.contains("signed") && doc.warnings[0].contains("nested 1000"), "{:?}", doc.warnings);
    }
}
