//! Sizes, line widths and marker shapes: one place for how all charts look. Colours are in [`super::palette`].

use super::font::points;
use super::scene::{Colour, Hmm};
use crate::event::EventType;

/// Text and what must be seen.
pub const INK: Colour = Colour(0x1A1A1A);
/// Text of second rank.
pub const GREY: Colour = Colour(0x595959);
/// Rules between lanes.
pub const RULE: Colour = Colour(0x888888);
/// Grid lines.
pub const GRID: Colour = Colour(0xD9D9D9);
/// Shade of the part that another panel shows larger.
pub const SHADE: Colour = Colour(0xEFEFEF);
/// The page, and the inside of hollow markers.
pub const PAPER: Colour = Colour(0xFFFFFF);

/// A quarter of a point: hairlines.
pub const HAIR: Hmm = 9;
/// Outline of markers and whiskers.
pub const LINE: Hmm = 25;
/// Half the width of a marker.
pub const RADIUS: Hmm = 85;
/// Half the height of a bar.
pub const BAR: Hmm = 105;
/// Space between a glyph and its label.
pub const GAP: Hmm = 55;
/// Least space between neighbours in a row.
pub const PAD: Hmm = 130;

/// Font sizes and what follows from them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sizes {
    /// Labels of events.
    pub label: Hmm,
    /// Axis.
    pub axis: Hmm,
    /// Legend: a little smaller than labels, for it explains and does not tell.
    pub legend: Hmm,
    /// Lane names.
    pub lane: Hmm,
    /// Panel letters.
    pub panel: Hmm,
    /// Title.
    pub title: Hmm,
    /// Height of a row of labels: a little more than the line box of the face, so that no two rows touch.
    pub row: Hmm,
    /// Distance of the lines of one label.
    pub leading: Hmm,
}

impl Sizes {
    /// The sizes that go with labels of this many points (6.5 is the house size; below 5 nothing is printed).
    pub fn new(label_points: f64) -> Self {
        let label = points(label_points);
        let scaled = |p: f64| points(p * label_points / 6.5);
        Sizes {
            label,
            axis: scaled(6.5),
            legend: scaled(6.0).max(points(5.0)),
            lane: scaled(7.0),
            panel: scaled(8.0),
            title: scaled(9.0),
            row: label * 130 / 100 + 1,
            leading: label * 120 / 100,
        }
    }

    /// The baseline of a text of this size whose middle lies at `y`.
    pub fn baseline(y: Hmm, size: Hmm) -> Hmm {
        y + size * 33 / 100
    }
}

/// Shape of a marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// ■
    Square,
    /// ●
    Circle,
    /// ◆
    Diamond,
    /// ◀
    Left,
    /// ▼
    Down,
    /// ⬢
    Hexagon,
    /// ✚
    Cross,
    /// ★
    Star,
}

/// A group of event types that look alike on charts: eighteen types are more than a reader tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// AGREE.
    Agreement,
    /// CONSULT, SUPPORT, REQUEST, STATEMENT.
    Talks,
    /// COOPERATE, AID.
    Cooperation,
    /// CONCEDE, RETREAT.
    Concession,
    /// ACCUSE, REJECT, THREATEN.
    Dispute,
    /// SANCTION, COERCE.
    Sanction,
    /// PROTEST, MOBILIZE, ASSAULT.
    Force,
    /// OTHER.
    Other,
}

impl Kind {
    /// All kinds, in the order of legends.
    pub const ALL: [Kind; 8] = [
        Kind::Agreement,
        Kind::Talks,
        Kind::Cooperation,
        Kind::Concession,
        Kind::Dispute,
        Kind::Sanction,
        Kind::Force,
        Kind::Other,
    ];

    /// The group that a type belongs to.
    pub fn of(kind: EventType) -> Self {
        use EventType::*;
        match kind {
            Agree => Kind::Agreement,
            Consult | Support | Request | Statement => Kind::Talks,
            Cooperate | Aid => Kind::Cooperation,
            Concede | Retreat => Kind::Concession,
            Accuse | Reject | Threaten => Kind::Dispute,
            Sanction | Coerce => Kind::Sanction,
            Protest | Mobilize | Assault => Kind::Force,
            Other => Kind::Other,
        }
    }

    /// The word that names it in word files.
    pub fn key(self) -> &'static str {
        ["agreement", "talks", "cooperation", "concession", "dispute", "sanction", "force", "other"][self as usize]
    }

    /// Its shape.
    pub fn shape(self) -> Shape {
        use Shape::*;
        [Square, Circle, Diamond, Left, Down, Hexagon, Cross, Star][self as usize]
    }
}

/// The outline of a shape of half-width `r` around a place; `None` for the circle. Scaled so that all look equally big.
pub fn outline(shape: Shape, (x, y): (Hmm, Hmm), r: Hmm) -> Option<Vec<(Hmm, Hmm)>> {
    // Hundredths of r.
    let points: &[(Hmm, Hmm)] = match shape {
        Shape::Circle => return None,
        Shape::Square => &[(-86, -86), (86, -86), (86, 86), (-86, 86)],
        Shape::Diamond => &[(0, -122), (122, 0), (0, 122), (-122, 0)],
        Shape::Left => &[(-112, 0), (72, -106), (72, 106)],
        Shape::Down => &[(0, 112), (-106, -72), (106, -72)],
        Shape::Hexagon => &[(-108, 0), (-54, -94), (54, -94), (108, 0), (54, 94), (-54, 94)],
        Shape::Cross => &[
            (-38, -112),
            (38, -112),
            (38, -38),
            (112, -38),
            (112, 38),
            (38, 38),
            (38, 112),
            (-38, 112),
            (-38, 38),
            (-112, 38),
            (-112, -38),
            (-38, -38),
        ],
        Shape::Star => &[
            (0, -115),
            (28, -38),
            (109, -36),
            (46, 15),
            (67, 93),
            (0, 48),
            (-67, 93),
            (-46, 15),
            (-109, -36),
            (-28, -38),
        ],
    };
    Some(points.iter().map(|(dx, dy)| (x + dx * r / 100, y + dy * r / 100)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_kinds_share_a_shape() {
        for (n, kind) in Kind::ALL.iter().enumerate() {
            assert!(Kind::ALL[..n].iter().all(|other| other.shape() != kind.shape()));
        }
    }

    #[test]
    fn a_row_is_higher_than_the_line_box_of_its_text() {
        for size in [5.0, 6.0, 6.5, 8.0, 12.0] {
            let sizes = Sizes::new(size);
            let text = super::super::scene::Text::line(0, 0, sizes.label, "x");
            let bounds = text.bounds();
            assert!(bounds.y1 - bounds.y0 <= sizes.row, "{size}");
        }
    }
}
