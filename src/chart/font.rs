//! How wide a text is, and how it is carried along: metrics and subsets of the one typeface of all charts.
//!
//! The typeface is Noto Sans (SIL Open Font License 1.1), taken from the crate `notosans`. It has every Latin, Greek
//! and Cyrillic letter, the Uzbek ones among them. Letters it lacks (Arabic, Chinese) are measured by a cautious guess;
//! `textLength` in the drawing then holds them to it whatever face the reader's machine takes.
//!
//! No shaping and no kerning: browsers are told not to kern either (see [`super::svg`]).

use super::scene::Hmm;
use std::collections::BTreeSet;
use std::sync::OnceLock;
use unicode_segmentation::UnicodeSegmentation;

/// The cuts of the typeface that charts use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Face {
    /// Labels, axes, legends.
    Regular,
    /// Lane names, panel letters, keys, titles.
    Bold,
    /// Labels of what has not happened (planned, possible, denied).
    Italic,
}

/// Height of the line box above the baseline, in thousandths of the size. The face asks for 1069, which leaves room for
/// accents stacked on capitals; its Latin, Greek and Cyrillic letters stay below this. Figures that carry the face state
/// it (`ascent-override`), so that browsers report the same box.
pub const ASCENT: i64 = 950;
/// Depth of the line box below the baseline, in thousandths of the size (the face asks for 293).
pub const DESCENT: i64 = 250;
/// Guessed width of a letter that the face lacks, in thousandths of the size.
const GUESS: u16 = 650;
/// Guessed width of a letter of the wide scripts (Chinese, Japanese, Korean), in thousandths of the size.
const GUESS_WIDE: u16 = 1000;
/// Letters below this code point are looked up in a table.
const TABLE: usize = 0x2200;

struct Metrics {
    face: Option<ttf_parser::Face<'static>>,
    table: Vec<u16>,
}

impl Face {
    /// All cuts.
    pub const ALL: [Face; 3] = [Face::Regular, Face::Bold, Face::Italic];

    /// The font file.
    pub fn bytes(self) -> &'static [u8] {
        match self {
            Face::Regular => notosans::REGULAR_TTF,
            Face::Bold => notosans::BOLD_TTF,
            Face::Italic => notosans::ITALIC_TTF,
        }
    }

    fn metrics(self) -> &'static Metrics {
        static ALL: [OnceLock<Metrics>; 3] = [OnceLock::new(), OnceLock::new(), OnceLock::new()];
        ALL[self as usize].get_or_init(|| {
            let face = ttf_parser::Face::parse(self.bytes(), 0).ok();
            let table = (0..TABLE as u32)
                .map(|code| char::from_u32(code).map_or(0, |letter| advance(face.as_ref(), letter)))
                .collect();
            Metrics { face, table }
        })
    }

    /// Whether the face has this letter.
    pub fn has(self, letter: char) -> bool {
        self.metrics().face.as_ref().is_some_and(|face| face.glyph_index(letter).is_some())
    }

    /// Width of a text at this size, both in hundredths of a millimetre, rounded up.
    pub fn width(self, text: &str, size: Hmm) -> Hmm {
        let metrics = self.metrics();
        let sum: i64 = text
            .chars()
            .map(|c| match metrics.table.get(c as usize) {
                Some(width) => i64::from(*width),
                None => i64::from(advance(metrics.face.as_ref(), c)),
            })
            .sum();
        Hmm::try_from((sum * i64::from(size) + 999) / 1000).unwrap_or(Hmm::MAX / 4)
    }
}

/// Advance width in thousandths of the size.
fn advance(face: Option<&ttf_parser::Face<'_>>, letter: char) -> u16 {
    let known = face.and_then(|f| {
        let width = f.glyph_hor_advance(f.glyph_index(letter)?)?;
        u16::try_from(u32::from(width) * 1000 / u32::from(f.units_per_em()).max(1)).ok()
    });
    known.unwrap_or(match letter as u32 {
        0x0300..=0x036F | 0x0591..=0x05C7 | 0x064B..=0x065F | 0x200B..=0x200F | 0xFE00..=0xFE0F => 0,
        0x1100..=0x11FF | 0x2E80..=0xD7FF | 0xF900..=0xFAFF | 0xFF00..=0xFF60 | 0x1F000..=0x3FFFF => GUESS_WIDE,
        _ => GUESS,
    })
}

/// Points to hundredths of a millimetre (1 pt = 25.4 mm / 72).
pub fn points(size: f64) -> Hmm {
    (size * 2540.0 / 72.0).round() as Hmm
}

/// A text made safe to draw: no control characters, no direction overrides, white space single. These are the
/// characters that XML 1.0 forbids or that let a title reorder the text around it.
pub fn clean(text: &str) -> String {
    let kept: String = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !c.is_control())
        .filter(|c| {
            !matches!(*c as u32, 0x061C | 0x200B | 0x200E | 0x200F | 0x2028..=0x202E | 0x2060..=0x206F
                | 0xFEFF | 0xFFF9..=0xFFFB | 0xFFFE | 0xFFFF | 0xE0000..=0xE0FFF)
        })
        .collect();
    kept.split(' ').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Breaks a text into lines no wider than `limit`; a word wider than that is broken between letters.
pub fn wrap(text: &str, face: Face, size: Hmm, limit: Hmm) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    let space = face.width(" ", size);
    for piece in pieces(text, face, size, limit) {
        let width = face.width(&piece.text, size);
        let gap = if line.is_empty() || piece.glued { 0 } else { space };
        if !line.is_empty() && used + gap + width > limit {
            lines.push(std::mem::take(&mut line));
            used = 0;
        } else if gap > 0 {
            line.push(' ');
            used += gap;
        }
        line.push_str(&piece.text);
        used += width;
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

struct Piece {
    text: String,
    /// Follows the piece before without a space.
    glued: bool,
}

/// The words of a text, those that are too wide cut between letters; a word may also break after a hyphen or dash.
fn pieces(text: &str, face: Face, size: Hmm, limit: Hmm) -> Vec<Piece> {
    let mut out = Vec::new();
    for word in text.split(' ').filter(|w| !w.is_empty()) {
        if face.width(word, size) <= limit {
            out.push(Piece { text: word.to_string(), glued: false });
            continue;
        }
        let mut part = String::new();
        let mut used = 0;
        let mut glued = false;
        for letter in word.graphemes(true) {
            let width = face.width(letter, size);
            if !part.is_empty() && used + width > limit {
                out.push(Piece { text: std::mem::take(&mut part), glued });
                glued = true;
                used = 0;
            }
            part.push_str(letter);
            used += width;
        }
        out.push(Piece { text: part, glued });
    }
    out
}

/// Breaks a text into at most `lines` lines of about the same width: the narrowest block that needs no more lines.
/// Returns the lines and the width of the widest.
pub fn balance(text: &str, face: Face, size: Hmm, lines: usize) -> (Vec<String>, Hmm) {
    let whole = face.width(text, size);
    if lines <= 1 {
        return (vec![text.to_string()], whole);
    }
    // No word is cut for the sake of balance: the widest sets the least width.
    let widest = text.split(' ').map(|w| face.width(w, size)).max().unwrap_or(0);
    let (mut low, mut high) = ((whole / lines as Hmm).max(widest - 1).min(whole), whole);
    while high - low > size / 8 {
        let middle = low + (high - low) / 2;
        if wrap(text, face, size, middle).len() <= lines { high = middle } else { low = middle }
    }
    let wrapped = wrap(text, face, size, high);
    let width = wrapped.iter().map(|l| face.width(l, size)).max().unwrap_or(0);
    (wrapped, width)
}

/// The letters of a text that the face has, cut out of it as WOFF2. `None` where the face cannot be cut (then the
/// reader's machine takes its own face, and `textLength` keeps the widths).
pub fn subset(face: Face, letters: &BTreeSet<char>) -> Option<Vec<u8>> {
    let mut letters: BTreeSet<char> = letters.iter().copied().filter(|c| face.has(*c)).collect();
    letters.insert(' ');
    let font = font_subset::Font::opentype(face.bytes()).ok()?;
    Some(font.subset(&letters).ok()?.to_woff2())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_face_has_the_letters_of_the_domain() {
        for face in Face::ALL {
            for c in "Oʻzbekiston gʻalaba maʼno Ўзбекистон қғҳ Россия – × − …«»„“ ğıçş".chars()
            {
                assert!(face.has(c), "{face:?} lacks {c}");
            }
        }
    }

    #[test]
    fn widths_are_measured_not_counted_in_bytes() {
        let size = points(6.5);
        let latin = Face::Regular.width("nnnn", size);
        let cyrillic = Face::Regular.width("пппп", size);
        assert!((latin - cyrillic).abs() < latin / 5, "{latin} {cyrillic}");
        assert!(Face::Bold.width("Tashkent", size) > Face::Regular.width("Tashkent", size));
        assert_eq!(Face::Regular.width("", size), 0);
    }

    #[test]
    fn lines_keep_to_the_limit_and_lose_no_letter() {
        let size = points(6.5);
        let text = format!("Treaty on {} and friendship", "x".repeat(500));
        let lines = wrap(&text, Face::Regular, size, 3000);
        assert!(lines.iter().all(|l| Face::Regular.width(l, size) <= 3000));
        let joined: String = lines.concat().replace(' ', "");
        assert_eq!(joined, text.replace(' ', ""));
    }

    #[test]
    fn a_balanced_block_has_lines_of_like_width() {
        let size = points(6.5);
        let text = "Uzbekistan and Russia sign a treaty on allied relations";
        let (lines, width) = balance(text, Face::Regular, size, 2);
        assert_eq!(lines.len(), 2);
        assert!(width < Face::Regular.width(text, size) * 2 / 3);
    }

    #[test]
    fn hostile_characters_are_dropped() {
        assert_eq!(clean("a\u{0}b\u{202E}c\n\t d\u{FFFE}"), "abc d");
    }

    #[test]
    fn a_subset_is_small_and_the_same_each_time() {
        let letters: BTreeSet<char> = "Uzbekistan orders US forces out".chars().collect();
        let one = subset(Face::Regular, &letters).expect("a subset");
        assert!(one.len() < 5000, "{}", one.len());
        assert_eq!(subset(Face::Regular, &letters), Some(one));
    }
}
