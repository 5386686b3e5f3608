//! What a figure consists of: positioned primitives in hundredths of a millimetre, in groups that carry meaning.
//!
//! A scene is plain data. Layout makes it, [`super::svg`] writes it, tests look at it: [`Scene::overlaps`] finds every
//! pair of texts that touch. It knows nothing of events and dates.

use super::font::{ASCENT, DESCENT, Face};

/// A length or place in hundredths of a millimetre.
pub type Hmm = i32;

/// A colour: red, green and blue in one number, `0xRRGGBB`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Colour(pub u32);

impl std::fmt::Display for Colour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{:06X}", self.0)
    }
}

/// A rectangle; `x1` and `y1` are its right and lower edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rect {
    /// Left.
    pub x0: Hmm,
    /// Top.
    pub y0: Hmm,
    /// Right.
    pub x1: Hmm,
    /// Bottom.
    pub y1: Hmm,
}

impl Rect {
    /// A rectangle from its edges.
    pub fn new(x0: Hmm, y0: Hmm, x1: Hmm, y1: Hmm) -> Self {
        Rect { x0, y0, x1, y1 }
    }

    /// Whether the two share an area.
    pub fn overlaps(&self, other: &Rect) -> bool {
        self.x0 < other.x1 && other.x0 < self.x1 && self.y0 < other.y1 && other.y0 < self.y1
    }

    /// Whether `other` lies inside.
    pub fn contains(&self, other: &Rect) -> bool {
        self.x0 <= other.x0 && self.y0 <= other.y0 && self.x1 >= other.x1 && self.y1 >= other.y1
    }
}

/// How an area is filled.
#[derive(Clone, Debug, PartialEq)]
pub enum Fill {
    /// Not at all.
    None,
    /// One colour at an opacity of 0..=100 per cent.
    Solid(Colour, u8),
    /// From left to right through these (place in per cent of the width, opacity in per cent).
    Fade(Colour, Vec<(u8, u8)>),
}

/// How a line is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub colour: Colour,
    /// Its width.
    pub width: Hmm,
    /// Dash and gap lengths, empty for a full line.
    pub dash: Vec<Hmm>,
    /// Opacity in per cent.
    pub opacity: u8,
}

impl Stroke {
    /// A full line.
    pub fn new(colour: Colour, width: Hmm) -> Self {
        Stroke { colour, width, dash: Vec::new(), opacity: 100 }
    }

    /// The same line, dashed.
    pub fn dashed(mut self, dash: &[Hmm]) -> Self {
        self.dash = dash.to_vec();
        self
    }
}

/// One block of text: one line or several.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// Left edge.
    pub x: Hmm,
    /// Baseline of the first line.
    pub y: Hmm,
    /// The lines.
    pub lines: Vec<String>,
    /// Distance of the baselines.
    pub leading: Hmm,
    /// Font size.
    pub size: Hmm,
    /// Cut of the typeface.
    pub face: Face,
    /// Colour.
    pub colour: Colour,
    /// Lines are set flush right within the block.
    pub flush_right: bool,
}

impl Text {
    /// A single line in the regular face.
    pub fn line(x: Hmm, y: Hmm, size: Hmm, text: impl Into<String>) -> Self {
        Text::block(x, y, size, 0, vec![text.into()])
    }

    /// Several lines, flush left, in the regular face.
    pub fn block(x: Hmm, y: Hmm, size: Hmm, leading: Hmm, lines: Vec<String>) -> Self {
        let colour = super::style::INK;
        Text { x, y, lines, leading, size, face: Face::Regular, colour, flush_right: false }
    }

    /// Left edge of each line.
    pub fn starts(&self) -> Vec<Hmm> {
        let width = self.width();
        let start = |l: &String| if self.flush_right { self.x + width - self.face.width(l, self.size) } else { self.x };
        self.lines.iter().map(start).collect()
    }

    /// The same text in another cut.
    pub fn face(mut self, face: Face) -> Self {
        self.face = face;
        self
    }

    /// The same text in another colour.
    pub fn colour(mut self, colour: Colour) -> Self {
        self.colour = colour;
        self
    }

    /// Width of the widest line.
    pub fn width(&self) -> Hmm {
        self.lines.iter().map(|l| self.face.width(l, self.size)).max().unwrap_or(0)
    }

    /// The box that the text fills on every reader's machine: the line boxes of browsers, which are higher than ink.
    pub fn bounds(&self) -> Rect {
        let size = i64::from(self.size);
        let more = self.leading * (self.lines.len() as Hmm - 1).max(0);
        Rect::new(
            self.x,
            self.y - (size * ASCENT / 1000) as Hmm,
            self.x + self.width(),
            self.y + more + (size * DESCENT / 1000) as Hmm,
        )
    }
}

/// What a group of primitives stands for; becomes `<g>`, `<a>` and `<title>`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// ARIA role.
    pub role: Option<&'static str>,
    /// CSS class.
    pub class: Option<&'static str>,
    /// Identifier, for links to it.
    pub id: Option<String>,
    /// Accessible name, read out; shown as tooltip too.
    pub name: Option<String>,
    /// Where a click leads.
    pub link: Option<String>,
}

/// A primitive or a group of them.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// An open line through points.
    Line(Vec<(Hmm, Hmm)>, Stroke),
    /// Many straight lines that look the same.
    Strokes(Vec<((Hmm, Hmm), (Hmm, Hmm))>, Stroke),
    /// A closed area.
    Area(Vec<(Hmm, Hmm)>, Fill, Option<Stroke>),
    /// A rectangle.
    Rect(Rect, Fill, Option<Stroke>),
    /// A circle: centre and radius.
    Circle((Hmm, Hmm), Hmm, Fill, Option<Stroke>),
    /// A text.
    Text(Text),
    /// Several items that mean something together.
    Group(Group, Vec<Item>),
}

/// A whole figure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// Width of the page.
    pub width: Hmm,
    /// Height of the page.
    pub height: Hmm,
    /// Name of the figure, for `<title>`.
    pub title: String,
    /// Description in prose, for `<desc>`.
    pub description: String,
    /// Name and value of what is noted in `<metadata>`.
    pub metadata: Vec<(&'static str, String)>,
    /// Language code of the words.
    pub lang: String,
    /// What is drawn, from back to front.
    pub items: Vec<Item>,
}

impl Scene {
    /// Adds an item in front.
    pub fn push(&mut self, item: Item) {
        self.items.push(item);
    }

    /// Every text in it.
    pub fn texts(&self) -> Vec<&Text> {
        fn walk<'a>(items: &'a [Item], out: &mut Vec<&'a Text>) {
            for item in items {
                match item {
                    Item::Text(text) => out.push(text),
                    Item::Group(_, inner) => walk(inner, out),
                    _ => {}
                }
            }
        }
        let mut out = Vec::new();
        walk(&self.items, &mut out);
        out
    }

    /// Every pair of texts whose boxes overlap: empty in a good figure. A sweep from left to right.
    pub fn overlaps(&self) -> Vec<(String, String)> {
        let mut boxes: Vec<(Rect, &Text)> = self.texts().into_iter().map(|t| (t.bounds(), t)).collect();
        boxes.sort_by_key(|(r, _)| (r.x0, r.y0));
        let mut found = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        for i in 0..boxes.len() {
            open.retain(|&j| boxes[j].0.x1 > boxes[i].0.x0);
            for &j in &open {
                if boxes[j].0.overlaps(&boxes[i].0) {
                    found.push((boxes[j].1.lines.join(" "), boxes[i].1.lines.join(" ")));
                }
            }
            open.push(i);
        }
        found
    }

    /// Every text that leaves the page: empty in a good figure.
    pub fn outside(&self) -> Vec<String> {
        let page = Rect::new(0, 0, self.width, self.height);
        self.texts().into_iter().filter(|t| !page.contains(&t.bounds())).map(|t| t.lines.join(" ")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_touch_are_found_and_others_not() {
        let mut scene = Scene { width: 8800, height: 3000, ..Scene::default() };
        scene.push(Item::Text(Text::line(100, 500, 229, "Tashkent")));
        scene.push(Item::Text(Text::line(100, 850, 229, "Samarkand")));
        assert!(scene.overlaps().is_empty());
        scene.push(Item::Group(Group::default(), vec![Item::Text(Text::line(500, 600, 229, "Bukhara"))]));
        assert_eq!(scene.overlaps().len(), 2);
        assert!(scene.outside().is_empty());
        scene.push(Item::Text(Text::line(8700, 2000, 229, "Khiva")));
        assert_eq!(scene.outside(), ["Khiva"]);
    }
}
