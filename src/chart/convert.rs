//! Figures as PDF and PNG, from the same SVG and the same typeface. Behind the features `write-pdf` and `write-png`:
//! what they need is nine tenths of a build.

use super::font::Face;
use super::scene::Scene;
use super::svg::Fonts;
use crate::{Error, Result};

#[cfg(not(feature = "write-pdf"))]
use resvg::usvg;
#[cfg(feature = "write-pdf")]
use svg2pdf::usvg;

/// Pixels an inch that CSS means; lengths in millimetres are turned into these.
const CSS_DPI: f32 = 96.0;

fn tree(page: &Scene) -> Result<usvg::Tree> {
    let mut options = usvg::Options { font_family: "Noto Sans".to_string(), dpi: CSS_DPI, ..usvg::Options::default() };
    for face in Face::ALL {
        options.fontdb_mut().load_font_data(face.bytes().to_vec());
    }
    usvg::Tree::from_str(&page.svg(Fonts::Named), &options).map_err(failed)
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::Usage(format!("the figure cannot be converted: {error}; write .svg instead"))
}

impl Scene {
    /// The page as PDF in its true size, with selectable text. The same page gives the same bytes.
    ///
    /// # Errors
    /// [`Error::Usage`] when it cannot be converted.
    #[cfg(feature = "write-pdf")]
    pub fn pdf(&self) -> Result<Vec<u8>> {
        let page = svg2pdf::PageOptions { dpi: CSS_DPI };
        ordered(&svg2pdf::to_pdf(&tree(self)?, svg2pdf::ConversionOptions::default(), page).map_err(failed)?)
    }

    /// The page as PNG with so many pixels an inch, which the file states.
    ///
    /// # Errors
    /// [`Error::Usage`] when it would have more than 20,000 pixels a side or cannot be converted.
    #[cfg(feature = "write-png")]
    pub fn png(&self, dpi: u32) -> Result<Vec<u8>> {
        use resvg::tiny_skia::{Pixmap, Transform};
        let pixels = |mm100: i32| (f64::from(mm100) * f64::from(dpi) / 2540.0).round().max(1.0) as u32;
        let (width, height) = (pixels(self.width), pixels(self.height));
        if !(30..=2400).contains(&dpi) || width > 20_000 || height > 20_000 {
            return Err(Error::Usage(format!(
                "a PNG of {width} by {height} pixels at {dpi} dpi is out of range: choose 30 to 2400 dpi and at most \
                 20000 pixels a side"
            )));
        }
        let mut pixmap = Pixmap::new(width, height).ok_or_else(|| failed("no such size"))?;
        let scale = dpi as f32 / CSS_DPI;
        resvg::render(&tree(self)?, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
        Ok(with_density(pixmap.encode_png().map_err(failed)?, dpi))
    }
}

/// The same document in an order that follows from its content: svg2pdf 0.13 numbers fonts and writes dictionaries in
/// the order of hash maps, which differs from run to run. Keys are sorted, and objects numbered in the order in which
/// the sorted keys reach them.
#[cfg(feature = "write-pdf")]
fn ordered(pdf: &[u8]) -> Result<Vec<u8>> {
    use lopdf::{Document, Object, ObjectId};
    use std::collections::BTreeMap;

    fn sort(object: &mut Object) {
        let dictionary = match object {
            Object::Dictionary(d) => d,
            Object::Stream(s) => &mut s.dict,
            Object::Array(list) => return list.iter_mut().for_each(sort),
            _ => return,
        };
        dictionary.iter_mut().for_each(|(_, value)| sort(value));
        let mut all: Vec<(Vec<u8>, Object)> = dictionary.iter().map(|(k, v)| (k.clone(), v.clone())).collect();
        all.sort_by(|a, b| a.0.cmp(&b.0));
        *dictionary = lopdf::Dictionary::from_iter(all);
    }

    /// Calls `visit` on every reference in an object, in order.
    fn references(object: &mut Object, visit: &mut dyn FnMut(&mut ObjectId)) {
        match object {
            Object::Reference(id) => visit(id),
            Object::Array(list) => list.iter_mut().for_each(|o| references(o, visit)),
            Object::Dictionary(d) => d.iter_mut().for_each(|(_, o)| references(o, visit)),
            Object::Stream(s) => s.dict.iter_mut().for_each(|(_, o)| references(o, visit)),
            _ => {}
        }
    }

    let mut document = Document::load_mem(pdf).map_err(failed)?;
    document.objects.values_mut().for_each(sort);
    let mut trailer = Object::Dictionary(document.trailer.clone());
    sort(&mut trailer);
    let mut numbers: BTreeMap<ObjectId, ObjectId> = BTreeMap::new();
    let mut waiting: std::collections::VecDeque<ObjectId> = Default::default();
    let mut meet = |id: &mut ObjectId, waiting: &mut std::collections::VecDeque<ObjectId>| {
        let next = (numbers.len() as u32 + 1, 0);
        let old = *id;
        *id = *numbers.entry(old).or_insert_with(|| {
            waiting.push_back(old);
            next
        });
    };
    references(&mut trailer, &mut |id| meet(id, &mut waiting));
    let mut objects = BTreeMap::new();
    while let Some(old) = waiting.pop_front() {
        let Some(mut object) = document.objects.remove(&old) else { continue };
        references(&mut object, &mut |id| meet(id, &mut waiting));
        let mut id = old;
        meet(&mut id, &mut waiting);
        objects.insert(id, object);
    }
    document.max_id = objects.len() as u32;
    document.objects = objects;
    if let Object::Dictionary(trailer) = trailer {
        document.trailer = trailer;
    }
    let mut out = Vec::new();
    document.save_to(&mut out).map_err(|e| failed(e))?;
    Ok(out)
}

/// Adds the chunk that states the density (pHYs, pixels a metre) after the header (PNG specification, 11.3.4.3).
#[cfg(feature = "write-png")]
fn with_density(png: Vec<u8>, dpi: u32) -> Vec<u8> {
    /// Signature and IHDR chunk.
    const HEADER: usize = 8 + 25;
    if png.len() < HEADER {
        return png;
    }
    let metre = (f64::from(dpi) / 0.0254).round() as u32;
    let mut chunk = b"pHYs".to_vec();
    chunk.extend(metre.to_be_bytes());
    chunk.extend(metre.to_be_bytes());
    chunk.push(1);
    let mut crc = flate2::Crc::new();
    crc.update(&chunk);
    let mut out = png[..HEADER].to_vec();
    out.extend(9u32.to_be_bytes());
    out.extend(&chunk);
    out.extend(crc.sum().to_be_bytes());
    out.extend(&png[HEADER..]);
    out
}

#[cfg(test)]
mod tests {
    use crate::chart::tests::options;
    use crate::chart::{fixture::sample, timeline};

    #[test]
    #[cfg(feature = "write-pdf")]
    fn a_pdf_is_small_and_has_its_fonts() {
        let events = sample();
        let figure = timeline(&events, &options(&events, 18_000)).expect("a figure");
        let pdf = figure.scene.pdf().expect("a PDF");
        for _ in 0..4 {
            assert!(figure.scene.pdf().expect("a PDF") == pdf, "another PDF from the same page");
        }
        let document = lopdf::Document::load_mem(&pdf).expect("a PDF that can be read");
        let text: String = document.extract_text(&[1]).expect("text").split_whitespace().collect();
        assert!(text.contains("TroopsfireonthecrowdinAndijan"), "{text}");
        assert!(pdf.starts_with(b"%PDF") && pdf.len() < 120_000, "{}", pdf.len());
        for face in [&b"NotoSans"[..], b"NotoSans-Bold", b"/ToUnicode"] {
            assert!(pdf.windows(face.len()).any(|w| w == face), "{}", String::from_utf8_lossy(face));
        }
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/charts");
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join("sample-180.pdf"), pdf).expect("a file");
    }

    #[test]
    #[cfg(feature = "write-png")]
    fn a_png_has_the_size_asked_for() {
        let events = sample();
        let figure = timeline(&events, &options(&events, 8_800)).expect("a figure");
        let png = figure.scene.png(150).expect("a PNG");
        let number = |at: usize| u32::from_be_bytes([png[at], png[at + 1], png[at + 2], png[at + 3]]);
        assert_eq!((&png[1..4], number(16)), (&b"PNG"[..], 520));
        assert_eq!((&png[37..41], number(41)), (&b"pHYs"[..], 5906));
        assert_eq!(figure.scene.png(150).expect("a PNG"), png);
        assert!(figure.scene.png(1).is_err() && figure.scene.png(100_000).is_err());
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/charts");
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join("sample-88.png"), png).expect("a file");
    }
}
