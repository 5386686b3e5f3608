//! A scene as SVG 1.1: sizes in millimetres, real text, links, names for screen readers, the typeface inside.
//!
//! The same scene gives the same bytes. Every text states its width (`textLength`), so that the layout holds on
//! machines with other faces. What comes from outside is cleaned of what XML forbids and escaped; links are let
//! through by their scheme.

use super::font::{ASCENT, DESCENT, Face, clean, subset};
use super::scene::{Colour, Fill, Group, Hmm, Item, Scene, Stroke, Text};
use super::style::INK;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Whether the typeface goes into the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fonts {
    /// A subset inside the file: looks the same everywhere, opens in browsers.
    Embedded,
    /// By name only: for editing in drawing programs.
    Named,
}

/// Schemes of links that are let through; a link without a scheme points into the page.
const SCHEMES: [&str; 5] = ["https:", "http:", "doi:", "file:", "#"];

/// Writes a scene as SVG.
pub fn svg(scene: &Scene, fonts: Fonts) -> String {
    let mut writer = Writer { out: String::new(), fades: BTreeMap::new() };
    let mut body = Writer { out: String::new(), fades: BTreeMap::new() };
    body.items(&scene.items);
    writer.head(scene);
    writer.style(scene, fonts);
    writer.fade_definitions(&body.fades);
    writer.out.push_str(&body.out);
    writer.out.push_str("</svg>\n");
    writer.out
}

/// Gradients by what they look like, numbered in order of appearance.
type Fades = BTreeMap<(Colour, Vec<(u8, u8)>), usize>;

struct Writer {
    out: String,
    fades: Fades,
}

/// Hundredths of a millimetre as millimetres: `12.34`, without needless zeros.
fn mm(value: Hmm) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let (whole, rest) = (value.abs() / 100, value.abs() % 100);
    match rest {
        0 => format!("{sign}{whole}"),
        r if r % 10 == 0 => format!("{sign}{whole}.{}", r / 10),
        r => format!("{sign}{whole}.{r:02}"),
    }
}

/// Text for XML: cleaned and escaped.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in clean(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// A link that may stand in a figure, `None` where its scheme could run code.
pub fn safe_link(link: &str) -> Option<String> {
    let link = clean(link).replace(' ', "%20");
    let lower = link.to_ascii_lowercase();
    SCHEMES.iter().any(|s| lower.starts_with(s)).then_some(link)
}

/// Base64 (RFC 4648) with padding.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let n = chunk.iter().fold(0u32, |n, b| n << 8 | u32::from(*b)) << (8 * (3 - chunk.len()));
        for i in 0..4 {
            let digit = DIGITS[(n >> (18 - 6 * i) & 63) as usize] as char;
            out.push(if i <= chunk.len() { digit } else { '=' });
        }
    }
    out
}

impl Writer {
    fn head(&mut self, scene: &Scene) {
        let (w, h) = (mm(scene.width), mm(scene.height));
        let _ = write!(
            self.out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" \
             width=\"{w}mm\" height=\"{h}mm\" viewBox=\"0 0 {w} {h}\" xml:lang=\"{}\" \
             role=\"graphics-document document\" aria-labelledby=\"title desc\">\n\
             <title id=\"title\">{}</title>\n<desc id=\"desc\">{}</desc>\n",
            escape(&scene.lang),
            escape(&scene.title),
            escape(&scene.description)
        );
        if !scene.metadata.is_empty() {
            self.out.push_str("<metadata>");
            for (name, value) in &scene.metadata {
                let _ = write!(self.out, "<d:{name} xmlns:d=\"urn:dateline\">{}</d:{name}>", escape(value));
            }
            self.out.push_str("</metadata>\n");
        }
    }

    fn style(&mut self, scene: &Scene, fonts: Fonts) {
        self.out.push_str("<style>");
        if fonts == Fonts::Embedded {
            let mut letters: BTreeMap<Face, BTreeSet<char>> = BTreeMap::new();
            for text in scene.texts() {
                letters.entry(text.face).or_default().extend(text.lines.iter().flat_map(|l| l.chars()));
            }
            for (face, letters) in letters {
                let Some(bytes) = subset(face, &letters) else { continue };
                let (weight, style) = weight_and_style(face);
                let _ = writeln!(
                    self.out,
                    "@font-face{{font-family:\"Dateline Sans\";font-weight:{weight};font-style:{style};\
                     ascent-override:{}%;descent-override:{}%;line-gap-override:0%;src:url(data:font/woff2;base64,{}) format(\"woff2\")}}",
                    ASCENT / 10,
                    DESCENT / 10,
                    base64(&bytes)
                );
            }
        }
        let _ = writeln!(
            self.out,
            "text{{font-family:\"Dateline Sans\",\"Noto Sans\",Arial,sans-serif;fill:{INK};font-kerning:none;\
             font-variant-ligatures:none;white-space:pre;unicode-bidi:isolate}}\
             .b{{font-weight:700}}.i{{font-style:italic}}\
             a:focus text,a:hover text{{text-decoration:underline}}</style>"
        );
        let _ = writeln!(self.out, "<rect width=\"100%\" height=\"100%\" fill=\"#FFFFFF\"/>");
    }

    fn fade_definitions(&mut self, fades: &Fades) {
        if fades.is_empty() {
            return;
        }
        let mut all: Vec<_> = fades.iter().collect();
        all.sort_by_key(|(_, number)| **number);
        self.out.push_str("<defs>");
        for ((colour, stops), number) in all {
            let _ = write!(self.out, "<linearGradient id=\"f{number}\">");
            for (place, opacity) in stops {
                let _ = write!(
                    self.out,
                    "<stop offset=\"{place}%\" stop-color=\"{colour}\" stop-opacity=\"{}\"/>",
                    percent(*opacity)
                );
            }
            self.out.push_str("</linearGradient>");
        }
        self.out.push_str("</defs>\n");
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            self.item(item);
        }
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Line(points, stroke) => {
                let path = path(points);
                let stroke = stroke_attributes(stroke);
                let _ = writeln!(self.out, "<path d=\"{path}\" fill=\"none\"{stroke}/>");
            }
            Item::Strokes(lines, stroke) => {
                let path: String = lines.iter().map(|(a, b)| path(&[*a, *b])).collect();
                let stroke = stroke_attributes(stroke);
                let _ = writeln!(self.out, "<path d=\"{path}\" fill=\"none\"{stroke}/>");
            }
            Item::Area(points, fill, stroke) => {
                let paint = self.paint(fill, stroke.as_ref());
                let _ = writeln!(self.out, "<path d=\"{}z\"{paint}/>", path(points));
            }
            Item::Rect(r, fill, stroke) => {
                let paint = self.paint(fill, stroke.as_ref());
                let (w, h) = (mm((r.x1 - r.x0).max(0)), mm((r.y1 - r.y0).max(0)));
                let (x, y) = (mm(r.x0), mm(r.y0));
                let _ = writeln!(self.out, "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"{paint}/>");
            }
            Item::Circle((x, y), r, fill, stroke) => {
                let paint = self.paint(fill, stroke.as_ref());
                let _ = writeln!(self.out, "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"{paint}/>", mm(*x), mm(*y), mm(*r));
            }
            Item::Text(text) => self.text(text),
            Item::Group(group, items) => self.group(group, items),
        }
    }

    /// The link goes inside the list item: the other way round, the item would hide it from screen readers.
    fn group(&mut self, group: &Group, items: &[Item]) {
        self.out.push_str("<g");
        let attribute = |out: &mut String, name: &str, value: Option<&str>| {
            if let Some(value) = value {
                let _ = write!(out, " {name}=\"{}\"", escape(value));
            }
        };
        let link = group.link.as_deref().and_then(safe_link);
        attribute(&mut self.out, "role", group.role);
        attribute(&mut self.out, "class", group.class.filter(|c| *c != "cell"));
        attribute(&mut self.out, "id", group.id.as_deref());
        // A name without a role is a mere tooltip.
        attribute(&mut self.out, "aria-label", group.name.as_deref().filter(|_| group.role.is_some()));
        self.out.push('>');
        if let Some(link) = &link {
            let _ = write!(self.out, "<a href=\"{}\">", escape(link));
        }
        if let Some(name) = group.name.as_deref().filter(|_| group.role != Some("list")) {
            let _ = write!(self.out, "<title>{}</title>", escape(name));
        }
        self.items(items);
        self.out.push_str(if link.is_some() { "</a></g>\n" } else { "</g>\n" });
    }

    fn text(&mut self, text: &Text) {
        if text.lines.iter().all(|l| l.is_empty()) {
            return;
        }
        let class = match text.face {
            Face::Regular => "",
            Face::Bold => " class=\"b\"",
            Face::Italic => " class=\"i\"",
        };
        let colour = if text.colour == INK { String::new() } else { format!(" style=\"fill:{}\"", text.colour) };
        let _ = write!(self.out, "<text font-size=\"{}\"{class}{colour}", mm(text.size));
        let place = |x: Hmm, y: Hmm, line: &str| {
            let width = mm(text.face.width(line, text.size));
            format!(" x=\"{}\" y=\"{}\" textLength=\"{width}\" lengthAdjust=\"spacingAndGlyphs\"", mm(x), mm(y))
        };
        let starts = text.starts();
        if let ([line], [x]) = (text.lines.as_slice(), starts.as_slice()) {
            let _ = writeln!(self.out, "{}>{}</text>", place(*x, text.y, line), escape(line));
            return;
        }
        self.out.push('>');
        for (n, (line, x)) in text.lines.iter().zip(starts).enumerate() {
            let y = text.y + text.leading * n as Hmm;
            let _ = write!(self.out, "<tspan{}>{}</tspan>", place(x, y, line), escape(line));
        }
        self.out.push_str("</text>\n");
    }

    fn paint(&mut self, fill: &Fill, stroke: Option<&Stroke>) -> String {
        let mut out = match fill {
            Fill::None => " fill=\"none\"".to_string(),
            Fill::Solid(colour, 100) => format!(" fill=\"{colour}\""),
            Fill::Solid(colour, opacity) => format!(" fill=\"{colour}\" fill-opacity=\"{}\"", percent(*opacity)),
            Fill::Fade(colour, stops) => {
                let next = self.fades.len() + 1;
                let number = *self.fades.entry((*colour, stops.clone())).or_insert(next);
                format!(" fill=\"url(#f{number})\"")
            }
        };
        if let Some(stroke) = stroke {
            out.push_str(&stroke_attributes(stroke));
        }
        out
    }
}

fn weight_and_style(face: Face) -> (u32, &'static str) {
    match face {
        Face::Regular => (400, "normal"),
        Face::Bold => (700, "normal"),
        Face::Italic => (400, "italic"),
    }
}

fn percent(value: u8) -> String {
    if value >= 100 { "1".to_string() } else { format!("{:.2}", f64::from(value) / 100.0) }
}

fn path(points: &[(Hmm, Hmm)]) -> String {
    let mut out = String::new();
    for (n, (x, y)) in points.iter().enumerate() {
        let _ = write!(out, "{}{} {}", if n == 0 { 'M' } else { 'L' }, mm(*x), mm(*y));
    }
    out
}

fn stroke_attributes(stroke: &Stroke) -> String {
    let mut out = format!(" stroke=\"{}\" stroke-width=\"{}\"", stroke.colour, mm(stroke.width));
    if !stroke.dash.is_empty() {
        let dash: Vec<String> = stroke.dash.iter().map(|d| mm(*d)).collect();
        let _ = write!(out, " stroke-dasharray=\"{}\"", dash.join(" "));
    }
    if stroke.opacity < 100 {
        let _ = write!(out, " stroke-opacity=\"{}\"", percent(stroke.opacity));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_base64_are_exact() {
        assert_eq!([mm(0), mm(1230), mm(1205), mm(-5)], ["0", "12.3", "12.05", "-0.05"]);
        assert_eq!([base64(b""), base64(b"f"), base64(b"fo"), base64(b"foobar")], ["", "Zg==", "Zm8=", "Zm9vYmFy"]);
    }

    #[test]
    fn links_that_could_run_code_are_dropped() {
        for bad in
            ["javascript:alert(1)", " JaVaScript:alert(1)", "java\u{0}script:x", "data:text/html,x", "vbscript:x"]
        {
            assert_eq!(safe_link(bad), None, "{bad}");
        }
        assert_eq!(safe_link("#e0123456789"), Some("#e0123456789".into()));
        assert_eq!(safe_link("https://example.org/a b"), Some("https://example.org/a%20b".into()));
    }
}
