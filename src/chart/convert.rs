//! Figures as PDF and PNG, from the same SVG and the same typeface. Behind the features `write-pdf` and `write-png`:
//! what they need is nine tenths of a build.

use super::Figure;
use super::font::Face;
use super::svg::Fonts;
use crate::{Error, Result};

#[cfg(not(feature = "write-pdf"))]
use resvg::usvg;
#[cfg(feature = "write-pdf")]
use svg2pdf::usvg;

/// Pixels an inch that CSS means; lengths in millimetres are turned into these.
const CSS_DPI: f32 = 96.0;

fn tree(figure: &Figure) -> Result<usvg::Tree> {
    let mut options = usvg::Options { font_family: "Noto Sans".to_string(), dpi: CSS_DPI, ..usvg::Options::default() };
    for face in Face::ALL {
        options.fontdb_mut().load_font_data(face.bytes().to_vec());
    }
    usvg::Tree::from_str(&figure.svg(Fonts::Named), &options).map_err(failed)
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::Usage(format!("the figure cannot be converted: {error}; write .svg instead"))
}

impl Figure {
    /// The figure as PDF in its true size, with selectable text. The same figure gives the same page, but not the
    /// same bytes: svg2pdf 0.13 writes its objects in the order of a hash map.
    ///
    /// # Errors
    /// [`Error::Usage`] when it cannot be converted.
    #[cfg(feature = "write-pdf")]
    pub fn pdf(&self) -> Result<Vec<u8>> {
        let page = svg2pdf::PageOptions { dpi: CSS_DPI };
        svg2pdf::to_pdf(&tree(self)?, svg2pdf::ConversionOptions::default(), page).map_err(failed)
    }

    /// The figure as PNG with so many pixels an inch, which the file states.
    ///
    /// # Errors
    /// [`Error::Usage`] when it would have more than 20,000 pixels a side or cannot be converted.
    #[cfg(feature = "write-png")]
    pub fn png(&self, dpi: u32) -> Result<Vec<u8>> {
        use resvg::tiny_skia::{Pixmap, Transform};
        let pixels = |mm100: i32| (f64::from(mm100) * f64::from(dpi) / 2540.0).round().max(1.0) as u32;
        let (width, height) = (pixels(self.scene.width), pixels(self.scene.height));
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
        let pdf = figure.pdf().expect("a PDF");
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
        let png = figure.png(150).expect("a PNG");
        let number = |at: usize| u32::from_be_bytes([png[at], png[at + 1], png[at + 2], png[at + 3]]);
        assert_eq!((&png[1..4], number(16)), (&b"PNG"[..], 520));
        assert_eq!((&png[37..41], number(41)), (&b"pHYs"[..], 5906));
        assert_eq!(figure.png(150).expect("a PNG"), png);
        assert!(figure.png(1).is_err() && figure.png(100_000).is_err());
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/charts");
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join("sample-88.png"), png).expect("a file");
    }
}
