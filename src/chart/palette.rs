//! Sets of colours. Every colour goes with a shape or a place, so that each set, and a grey print, can be read.

use super::scene::Colour;
use super::style::Kind;

/// A set of colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Palette {
    /// Eight colours at least 3:1 against white (WCAG 1.4.11) and far apart for every kind of colour vision (least
    /// CIE76 distance 28.7 over normal, protan, deutan and tritan sight; `reference/charts.md` §6.0).
    #[default]
    House,
    /// Okabe and Ito 2008, as many journals ask for; what is paler than 3:1 gets a darker outline.
    OkabeIto,
    /// Greys alone, for journals that print no colour.
    Grey,
}

impl Palette {
    /// The colour of a kind of events.
    pub fn kind(self, kind: Kind) -> Colour {
        let set: [u32; 8] = match self {
            Palette::House => [0x003685, 0x5D6AFF, 0x0CAA69, 0xF66A07, 0xB782B5, 0x5D2E53, 0x964010, 0x000000],
            Palette::OkabeIto => [0x0072B2, 0x56B4E9, 0x009E73, 0xE69F00, 0xCC79A7, 0x5D2E53, 0xD55E00, 0x000000],
            Palette::Grey => [0x1A1A1A, 0x707070, 0x4A4A4A, 0x8C8C8C, 0x7E7E7E, 0x333333, 0x565656, 0x000000],
        };
        Colour(set[kind as usize])
    }

    /// Cooperation, conflict, neither.
    pub fn lean(self) -> [Colour; 3] {
        match self {
            Palette::Grey => [Colour(0x4A4A4A), Colour(0x1A1A1A), Colour(0x8C8C8C)],
            _ => [Colour(0x0072B2), Colour(0xD55E00), Colour(0x7F7F7F)],
        }
    }

    /// Five steps of one hue, light to dark: ColorBrewer's "Blues" or "Greys" without the palest.
    pub fn steps(self) -> [Colour; 5] {
        match self {
            Palette::Grey => [0xD9D9D9, 0xBDBDBD, 0x969696, 0x636363, 0x252525].map(Colour),
            _ => [0xC6DBEF, 0x9ECAE1, 0x6BAED6, 0x3182BD, 0x08519C].map(Colour),
        }
    }

    /// One source, two, three and more.
    pub fn sources(self) -> [Colour; 3] {
        match self {
            Palette::House => [0xD9772B, 0x9ECAE1, 0x08519C].map(Colour),
            Palette::OkabeIto => [0xD55E00, 0x56B4E9, 0x0072B2].map(Colour),
            Palette::Grey => [0x8C8C8C, 0xC8C8C8, 0x252525].map(Colour),
        }
    }
}

/// Relative luminance (WCAG 2.2), 0 to 1.
fn luminance(Colour(rgb): Colour) -> f64 {
    let part = |shift: u32| {
        let c = f64::from(rgb >> shift & 0xFF) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(16) + 0.7152 * part(8) + 0.0722 * part(0)
}

/// The outline of an area of this colour: the colour itself where it stands out from white by 3:1, else darkened
/// until it does.
pub fn edge(colour: Colour) -> Colour {
    let mut edge = colour;
    while 1.05 / (luminance(edge) + 0.05) < 3.0 {
        let part = |shift: u32| (edge.0 >> shift & 0xFF) * 9 / 10;
        edge = Colour(part(16) << 16 | part(8) << 8 | part(0));
    }
    edge
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn kinds_differ_in_every_palette_and_stand_out_from_the_page() {
        for palette in [Palette::House, Palette::OkabeIto, Palette::Grey] {
            let colours: BTreeSet<Colour> = Kind::ALL.iter().map(|k| palette.kind(*k)).collect();
            assert_eq!(colours.len(), Kind::ALL.len(), "{palette:?}");
            for colour in colours {
                let edge = edge(colour);
                assert!(1.05 / (luminance(edge) + 0.05) >= 3.0, "{palette:?} {colour}");
                assert!(palette == Palette::OkabeIto || edge == colour, "{palette:?} {colour} is too pale");
            }
        }
    }

    #[test]
    fn steps_grow_darker() {
        for palette in [Palette::House, Palette::Grey] {
            let steps = palette.steps().map(luminance);
            assert!(steps.windows(2).all(|s| s[0] > s[1]), "{steps:?}");
        }
    }
}
