//! Whether two documents are copies of one text: a mirror in another layout, a syndicated article, a longer extract.
//!
//! What is compared is what the documents tell, without headers, numbers and page breaks: a hash of its words, and a
//! MinHash sketch (Broder 1997) of its runs of five words, which estimates how much of it two texts share.

use super::Document;
use rustc_hash::FxHashMap;

/// Words in a run.
const RUN: usize = 5;
/// Values in a sketch: the estimate's standard error is about 1/√64, 0.06 at a half, less towards 1.
const SKETCH: usize = 64;
/// Values in a band: pairs that share a band are compared.
const BAND: usize = 4;
/// Runs below which only identical texts are copies.
const FEW: usize = 24;
/// Share of common runs from which two texts are copies.
const COPY: f64 = 0.7;

/// What identifies a document's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// Hash of the words told, in order.
    pub words: u64,
    /// Number of runs.
    pub runs: usize,
    /// The smallest hash of a run, by each of the sketch's hash functions; empty for a text of few runs.
    pub sketch: Vec<u32>,
}

impl Fingerprint {
    /// The fingerprint of what a document tells. A pure function of its text and blocks.
    pub fn of(document: &Document) -> Fingerprint {
        let words = told(document);
        let whole = words.iter().fold(0, |h, w| mix(h ^ w));
        let runs: Vec<u64> = words.windows(RUN).map(|run| run.iter().fold(1, |h, w| mix(h ^ w))).collect();
        let mut sketch = Vec::new();
        if runs.len() >= FEW {
            sketch = vec![u32::MAX; SKETCH];
            for run in &runs {
                for (at, least) in sketch.iter_mut().enumerate() {
                    let hash = mix(run ^ (at as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
                    *least = (*least).min((hash >> 32) as u32);
                }
            }
        }
        Fingerprint { words: whole, runs: runs.len(), sketch }
    }

    /// The fingerprint as one word of text, which [`Fingerprint::parse`] reads back.
    pub fn to_text(&self) -> String {
        let sketch: String = self.sketch.iter().map(|v| format!("{v:08x}")).collect();
        format!("{:016x}-{}-{sketch}", self.words, self.runs)
    }

    /// Reads what [`Fingerprint::to_text`] wrote; `None` where it is something else.
    pub fn parse(text: &str) -> Option<Fingerprint> {
        let mut parts = text.split('-');
        let (words, runs, sketch) = (parts.next()?, parts.next()?, parts.next()?);
        if !sketch.is_ascii() || !sketch.is_empty() && sketch.len() != 8 * SKETCH {
            return None;
        }
        let values = (0..sketch.len() / 8).map(|at| u32::from_str_radix(&sketch[8 * at..8 * at + 8], 16).ok());
        Some(Fingerprint {
            words: u64::from_str_radix(words, 16).ok()?,
            runs: runs.parse().ok()?,
            sketch: values.collect::<Option<_>>()?,
        })
    }

    /// How many of the runs of both texts they share, 0..1, as the sketches estimate it.
    pub fn similarity(&self, other: &Fingerprint) -> f64 {
        if self.words == other.words && self.runs == other.runs {
            return 1.0;
        }
        if self.sketch.is_empty() || other.sketch.is_empty() {
            return 0.0;
        }
        let same = self.sketch.iter().zip(&other.sketch).filter(|(a, b)| a == b).count();
        same as f64 / SKETCH as f64
    }

    /// Whether one is a copy of the other. Two texts that tell nothing are no copies.
    pub fn is_copy(&self, other: &Fingerprint) -> bool {
        self.runs > 0 && other.runs > 0 && self.similarity(other) >= COPY
    }
}

/// For each document the first one that it is a copy of (directly or by way of another copy), itself where it is none.
pub fn copies(prints: &[Fingerprint]) -> Vec<usize> {
    let mut first: Vec<usize> = (0..prints.len()).collect();
    let mut bands: FxHashMap<(usize, u64), Vec<usize>> = FxHashMap::default();
    for (at, print) in prints.iter().enumerate() {
        let mut keys: Vec<(usize, u64)> = vec![(usize::MAX, print.words)];
        let band = |(n, values): (usize, &[u32])| (n, values.iter().fold(2, |h, v| mix(h ^ u64::from(*v))));
        keys.extend(print.sketch.chunks(BAND).enumerate().map(band));
        for key in keys {
            let before = bands.entry(key).or_default();
            for &other in before.iter() {
                if root(&first, other) != root(&first, at) && print.is_copy(&prints[other]) {
                    let (a, b) = (root(&first, at), root(&first, other));
                    first[a.max(b)] = a.min(b);
                }
            }
            before.push(at);
        }
    }
    (0..prints.len()).map(|at| root(&first, at)).collect()
}

fn root(first: &[usize], mut at: usize) -> usize {
    while first[at] != at {
        at = first[at];
    }
    at
}

/// Hashes of the words of all blocks that tell events, in small letters, without what they skip.
fn told(document: &Document) -> Vec<u64> {
    let mut out = Vec::new();
    for block in document.blocks.iter().filter(|b| b.zone.tells_events()) {
        let mut at = block.range.start;
        for skip in &block.skip {
            if at < skip.start {
                words(&document.text[at..skip.start], &mut out);
            }
            at = at.max(skip.end);
        }
        if at < block.range.end {
            words(&document.text[at..block.range.end], &mut out);
        }
    }
    out
}

fn words(text: &str, out: &mut Vec<u64>) {
    let letters = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    out.extend(
        letters.map(|w| w.chars().flat_map(char::to_lowercase).fold(3, |h, c| mix(h ^ u64::from(u32::from(c))))),
    );
}

/// SplitMix64's finaliser (Steele et al. 2014): the same on every machine.
fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(text: String) -> Fingerprint {
        Fingerprint::of(&Document::from_text("t", text))
    }

    fn story(from: usize, to: usize) -> String {
        (from..to)
            .map(|n| format!("On day {n} the minister of dust met envoy {} in hall {}. ", n * 7, n * n % 31))
            .collect()
    }

    #[test]
    fn mirrors_are_copies_and_other_texts_are_not() {
        let prints = [
            print(story(0, 60)),
            print(story(100, 160)),
            print(story(0, 60).replace(' ', "\n").to_uppercase()),
            print(story(0, 66)),
            print("They met.".into()),
            print("They left.".into()),
            print("They met.".into()),
        ];
        assert_eq!(prints[0].similarity(&prints[2]), 1.0);
        assert!(prints.iter().all(|p| Fingerprint::parse(&p.to_text()).as_ref() == Some(p)));
        assert_eq!(Fingerprint::parse("x"), None);
        assert!(prints[0].similarity(&prints[1]) < 0.3);
        // Texts of a few words are no copies of each other, even where they are the same.
        assert_eq!(copies(&prints), [0, 1, 0, 0, 4, 5, 6]);
    }
}
