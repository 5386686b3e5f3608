//! The glyph of an event: how its date, kind and modality look (table 6.0.1 of the chart reference).
//!
//! [`Glyph::new`] decides the form and its room from left to right; [`Glyph::draw`] draws it at a height. Both look at
//! the same value, so that what was packed is what is drawn.

use super::axis::Scale;
use super::palette::edge;
use super::scene::{Colour, Fill, Hmm, Item, Rect, Stroke};
use super::style::{BAR, HAIR, INK, Kind, LINE, PAPER, RADIUS, Shape, outline};
use super::when::{Day, End, Form, When};
use crate::event::Modality;

/// Length of the arrow that says "not later than" or "not earlier than".
const STUB: Hmm = 420;
/// Length of the head of an arrow.
const HEAD: Hmm = 75;
/// Radius of the ring around what one source alone tells.
const RING: Hmm = 140;
/// Least length of a fade.
const WING: Hmm = 150;

/// How an end of a bar or whisker looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Known: a cap or a solid edge.
    Sharp,
    /// Known roughly: the edge lies between here and this place.
    Coarse(Hmm),
    /// About here.
    Fade,
    /// Goes on: an arrow.
    Arrow,
    /// Unknown: fades without an arrow.
    Unknown,
}

/// What is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Body {
    /// A marker alone.
    Point,
    /// A marker on a whisker.
    Whisker(Hmm, Hmm, Edge, Edge),
    /// A bar.
    Bar(Hmm, Hmm, Edge, Edge),
    /// Several markers, joined.
    Several(Vec<Hmm>, bool),
}

/// The glyph of one event on one axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glyph {
    body: Body,
    /// Where the marker stands.
    at: Hmm,
    hollow: bool,
    dashed: bool,
    struck: bool,
    conflict: bool,
    single: bool,
    colour: Colour,
    shape: Shape,
    /// Left and right edge of all that is drawn.
    pub stretch: (Hmm, Hmm),
    /// The entries of the legend that explain it.
    pub keys: Vec<&'static str>,
}

/// What a glyph tells besides its date.
#[derive(Clone, Copy, Debug)]
pub struct Traits {
    /// Shape.
    pub kind: Kind,
    /// Colour.
    pub colour: Colour,
    /// Hollow, dashed, struck.
    pub modality: Modality,
    /// Whether sources disagree on the date.
    pub conflict: bool,
    /// Whether it is to be marked as told by one source only.
    pub single: bool,
}

impl Glyph {
    /// The glyph of a date on an axis; `None` where it has no day on it.
    pub fn new(when: &When, scale: &Scale, traits: Traits) -> Option<Self> {
        let (first, last) = when.reach();
        if first.is_none() && last.is_none()
            || first.is_some_and(|d| d > scale.last)
            || last.is_some_and(|d| d < scale.first)
        {
            return None;
        }
        let mut keys = Vec::new();
        let (body, at) = body(when, scale, &mut keys);
        let (body, at) = clip_marker(body, at, scale);
        let modality = traits.modality;
        let imprecise = !matches!(when.form, Form::Day(_) | Form::Range(..) | Form::AllOf(_));
        let glyph = Glyph {
            stretch: stretch(&body, at, traits),
            hollow: imprecise
                || when.approximate
                || when.uncertain
                || matches!(modality, Modality::Future | Modality::Hypothetical | Modality::Negated),
            dashed: when.uncertain || modality == Modality::Hypothetical,
            struck: modality == Modality::Negated,
            conflict: traits.conflict,
            single: traits.single,
            colour: traits.colour,
            shape: traits.kind.shape(),
            body,
            at,
            keys,
        };
        Some(glyph.explained(when, traits))
    }

    /// The same glyph in another look: samples of legends stand for no kind.
    pub fn look(mut self, colour: Colour, shape: Shape) -> Self {
        (self.colour, self.shape) = (colour, shape);
        self
    }

    fn explained(mut self, when: &When, traits: Traits) -> Self {
        if when.uncertain {
            self.keys.push("uncertain");
        }
        if when.approximate {
            self.keys.push("about");
        }
        if traits.conflict {
            self.keys.push("conflict");
        }
        if traits.single {
            self.keys.push("single_source");
        }
        match traits.modality {
            Modality::Future => self.keys.push("future"),
            Modality::Hypothetical => self.keys.push("hypothetical"),
            Modality::Negated => self.keys.push("negated"),
            _ => {}
        }
        if self.keys.iter().all(|k| *k == "single_source") {
            self.keys.push("day");
        }
        self
    }

    /// A bar's room for a label inside: left and right edge.
    pub fn inside(&self) -> Option<(Hmm, Hmm)> {
        match self.body {
            Body::Bar(x0, x1, ..) => Some(((self.at + RADIUS + 50).max(x0), x1 - 60)),
            _ => None,
        }
    }

    /// The primitives, with the middle at height `y`.
    pub fn draw(&self, y: Hmm) -> Vec<Item> {
        let colour = self.colour;
        let mut items = Vec::new();
        match &self.body {
            Body::Point if self.conflict => items.extend(stacked(self.at - 220, self.at + 220, y, colour)),
            Body::Point => {}
            Body::Whisker(x0, x1, left, right) => self.whisker((*x0, *x1), (*left, *right), y, &mut items),
            Body::Bar(x0, x1, left, right) => self.bar((*x0, *x1), (*left, *right), y, &mut items),
            Body::Several(spots, each) => {
                let (a, b) = (spots.first().copied().unwrap_or(self.at), spots.last().copied().unwrap_or(self.at));
                let line = Stroke::new(colour, LINE);
                let line = if *each { line } else { line.dashed(&[25, 45]) };
                items.push(Item::Line(vec![(a, y), (b, y)], line));
                if self.conflict {
                    items.push(Item::Line(vec![(a, y + 60), (b, y + 60)], Stroke::new(colour, HAIR)));
                }
                let extra: Vec<Hmm> = spots.iter().copied().filter(|x| *x != self.at).collect();
                extra.into_iter().for_each(|x| self.marker((x, y), &mut items));
            }
        }
        self.marker((self.at, y), &mut items);
        items
    }

    fn marker(&self, (x, y): (Hmm, Hmm), items: &mut Vec<Item>) {
        let colour = self.colour;
        let fill = if self.hollow { Fill::Solid(PAPER, 100) } else { Fill::Solid(colour, 100) };
        let mut stroke = Stroke::new(edge(colour), LINE);
        if self.dashed {
            stroke = stroke.dashed(&[32, 30]);
        }
        // A hollow marker's outline lies outside its area: drawn a little smaller, it looks as big as a solid one.
        let r = if self.hollow { RADIUS - LINE / 3 } else { RADIUS - LINE / 2 };
        items.push(match outline(self.shape, (x, y), r) {
            Some(points) => Item::Area(points, fill, Some(stroke)),
            None => Item::Circle((x, y), r, fill, Some(stroke)),
        });
        if self.single {
            items.push(Item::Circle((x, y), RING, Fill::None, Some(Stroke::new(INK, HAIR + 3))));
        }
        if self.struck {
            let d = RADIUS + 35;
            items.push(Item::Line(vec![(x - d, y + d), (x + d, y - d)], Stroke::new(INK, LINE)));
        }
    }

    fn whisker(&self, (x0, x1): (Hmm, Hmm), (left, right): (Edge, Edge), y: Hmm, items: &mut Vec<Item>) {
        let colour = self.colour;
        if self.conflict {
            items.extend(stacked(x0, x1, y, colour));
        } else if left == Edge::Fade || right == Edge::Fade {
            let stops = fade(left == Edge::Fade, right == Edge::Fade, 25, 100);
            items.push(Item::Rect(Rect::new(x0, y - LINE / 2, x1, y + LINE / 2), Fill::Fade(colour, stops), None));
        } else {
            items.push(Item::Line(vec![(x0, y), (x1, y)], Stroke::new(colour, LINE)));
        }
        for (x, edge, way) in [(x0, left, -1), (x1, right, 1)] {
            match edge {
                Edge::Sharp => {
                    items.push(Item::Line(vec![(x, y - 55), (x, y + 55)], Stroke::new(colour, LINE)));
                }
                Edge::Arrow => items.push(head(x, y, way, colour)),
                _ => {}
            }
        }
    }

    fn bar(&self, (x0, x1): (Hmm, Hmm), (left, right): (Edge, Edge), y: Hmm, items: &mut Vec<Item>) {
        let colour = self.colour;
        let soft = |e: Edge| matches!(e, Edge::Fade | Edge::Arrow | Edge::Unknown);
        let tint: u8 = if self.hollow { 10 } else { 36 };
        let (mut a, mut b) = (x0, x1);
        for (edge, way) in [(left, -1), (right, 1)] {
            if let Edge::Coarse(inner) = edge {
                let part = if way < 0 {
                    Rect::new(x0, y - BAR, inner, y + BAR)
                } else {
                    Rect::new(inner, y - BAR, x1, y + BAR)
                };
                items.push(Item::Rect(part, Fill::Solid(colour, tint / 2), None));
                if way < 0 { a = inner } else { b = inner }
            }
        }
        let fill = if soft(left) || soft(right) {
            Fill::Fade(colour, fade(soft(left), soft(right), 22, tint))
        } else {
            Fill::Solid(colour, tint)
        };
        let outline = (self.hollow || self.dashed).then(|| {
            let line = Stroke::new(colour, HAIR + 4);
            if self.dashed { line.dashed(&[60, 45]) } else { line }
        });
        items.push(Item::Rect(Rect::new(a, y - BAR, b, y + BAR), fill, outline));
        for (x, edge, way) in [(x0, left, -1), (x1, right, 1)] {
            match edge {
                Edge::Sharp => items.push(Item::Line(vec![(x, y - BAR), (x, y + BAR)], Stroke::new(colour, 30))),
                Edge::Arrow => items.push(head(x, y, way, colour)),
                _ => {}
            }
        }
        if self.conflict {
            items.push(Item::Line(vec![(x0, y + BAR + 25), (x1, y + BAR + 25)], Stroke::new(colour, HAIR)));
        }
    }
}

/// Two thin lines, one above the other: sources disagree.
fn stacked(x0: Hmm, x1: Hmm, y: Hmm, colour: Colour) -> Vec<Item> {
    [-45, 45].map(|d| Item::Line(vec![(x0, y + d), (x1, y + d)], Stroke::new(colour, HAIR + 4))).to_vec()
}

/// The head of an arrow that points right (`way` 1) or left (−1) and ends at `x`.
fn head(x: Hmm, y: Hmm, way: Hmm, colour: Colour) -> Item {
    Item::Area(vec![(x, y), (x - way * HEAD, y - 55), (x - way * HEAD, y + 55)], Fill::Solid(colour, 100), None)
}

/// Stops of a gradient that fades at one end or both over `part` per cent.
fn fade(left: bool, right: bool, part: u8, full: u8) -> Vec<(u8, u8)> {
    let mut stops = Vec::new();
    stops.extend(if left { vec![(0, 0), (part, full)] } else { vec![(0, full)] });
    stops.extend(if right { vec![(100 - part, full), (100, 0)] } else { vec![(100, full)] });
    stops
}

/// A marker must lie on the plot although its day does not.
fn clip_marker(body: Body, at: Hmm, scale: &Scale) -> (Body, Hmm) {
    (body, at.clamp(scale.x0, scale.x1))
}

/// Left and right edge of what is drawn.
fn stretch(body: &Body, at: Hmm, traits: Traits) -> (Hmm, Hmm) {
    let r = if traits.single { RING + HAIR } else { RADIUS * 13 / 10 + LINE / 2 };
    let (mut a, mut b) = (at - r, at + r);
    match body {
        Body::Point if traits.conflict => (a, b) = (at - 220, at + 220),
        Body::Point => {}
        Body::Whisker(x0, x1, ..) | Body::Bar(x0, x1, ..) => (a, b) = (a.min(*x0 - LINE / 2), b.max(*x1 + LINE / 2)),
        Body::Several(spots, _) => {
            for x in spots {
                (a, b) = (a.min(x - r), b.max(x + r));
            }
        }
    }
    (a, b)
}

fn body(when: &When, scale: &Scale, keys: &mut Vec<&'static str>) -> (Body, Hmm) {
    match &when.form {
        Form::Day(day) if when.approximate => {
            let x = scale.middle(*day);
            let wing = WING.max(scale.width(3)) + RADIUS;
            (Body::Whisker(x - wing, x + wing, Edge::Fade, Edge::Fade), x)
        }
        Form::Day(day) => (Body::Point, scale.middle(*day)),
        Form::Within(a, b) => within(*a, *b, when.approximate, scale, keys),
        Form::Range(start, end) => range(*start, *end, scale, keys),
        Form::OneOf(list) => several(list, false, scale, keys),
        Form::AllOf(list) => several(list, true, scale, keys),
        Form::Before(day) => {
            keys.push("open");
            let x = scale.end(*day);
            if *day > scale.last {
                // The known end lies beyond the chart: the whole of it is possible.
                keys.push("clipped");
                return (
                    Body::Whisker(scale.x1 - STUB - RADIUS, scale.x1, Edge::Arrow, Edge::Arrow),
                    scale.x1 - STUB / 2,
                );
            }
            (Body::Whisker((x - STUB - RADIUS).max(scale.x0 - 60), x, Edge::Arrow, Edge::Unknown), x)
        }
        Form::After(day) => {
            keys.push("open");
            let x = scale.start(*day);
            if *day < scale.first {
                keys.push("clipped");
                return (
                    Body::Whisker(scale.x0, scale.x0 + STUB + RADIUS, Edge::Arrow, Edge::Arrow),
                    scale.x0 + STUB / 2,
                );
            }
            (Body::Whisker(x, (x + STUB + RADIUS).min(scale.x1 + 60), Edge::Unknown, Edge::Arrow), x)
        }
        Form::Undated => (Body::Point, scale.x0),
    }
}

/// Some time between two days: a whisker, unless the marker covers it.
fn within(a: Day, b: Day, about: bool, scale: &Scale, keys: &mut Vec<&'static str>) -> (Body, Hmm) {
    let (mut x0, mut x1) = (scale.start(a), scale.end(b));
    let at = if a < scale.first || b > scale.last { (x0 + x1) / 2 } else { scale.middle(a + (b - a) / 2) };
    if about {
        let wing = WING.max((x1 - x0) / 6);
        (x0, x1) = ((x0 - wing).min(at - RADIUS - WING), (x1 + wing).max(at + RADIUS + WING));
    }
    keys.push("within");
    if x1 - x0 < 2 * RADIUS + 60 && !about {
        return (Body::Point, at);
    }
    let edge = |cut: bool| match (cut, about) {
        (true, _) => Edge::Arrow,
        (false, true) => Edge::Fade,
        (false, false) => Edge::Sharp,
    };
    let (left, right) = (edge(a < scale.first), edge(b > scale.last));
    if left == Edge::Arrow || right == Edge::Arrow {
        keys.push("clipped");
    }
    if about {
        keys.retain(|k| *k != "within");
    }
    (Body::Whisker(x0, x1, left, right), at)
}

fn range(start: End, end: End, scale: &Scale, keys: &mut Vec<&'static str>) -> (Body, Hmm) {
    let (x0, left) = match start {
        End::Exact(d) => (scale.start(d), Edge::Sharp),
        End::Within(a, b) => (scale.start(a), Edge::Coarse(scale.end(b))),
        End::About(a, _) => (scale.start(a), Edge::Fade),
        End::Open => (scale.x0, Edge::Arrow),
        End::Unknown => (scale.x0, Edge::Unknown),
    };
    let (x1, right) = match end {
        End::Exact(d) => (scale.end(d), Edge::Sharp),
        End::Within(a, b) => (scale.end(b), Edge::Coarse(scale.start(a))),
        End::About(_, b) => (scale.end(b), Edge::Fade),
        End::Open => (scale.x1, Edge::Arrow),
        End::Unknown => (scale.x1, Edge::Unknown),
    };
    let first = |e: End| matches!(e, End::Exact(d) | End::Within(d, _) | End::About(d, _) if d < scale.first);
    let last = |e: End| matches!(e, End::Exact(d) | End::Within(_, d) | End::About(_, d) if d > scale.last);
    let left = if first(start) { Edge::Arrow } else { left };
    let right = if last(end) { Edge::Arrow } else { right };
    if first(start) || last(end) {
        keys.push("clipped");
    }
    if x1 - x0 < 3 * RADIUS {
        return (Body::Point, (x0 + x1) / 2);
    }
    keys.push("range");
    if matches!(left, Edge::Coarse(_) | Edge::Fade) || matches!(right, Edge::Coarse(_) | Edge::Fade) {
        keys.push("coarse");
    }
    let inset = if left == Edge::Arrow { HEAD + 20 } else { 40 };
    (Body::Bar(x0, x1, left, right), (x0 + RADIUS + inset).min((x0 + x1) / 2))
}

fn several(list: &[(Day, Day)], each: bool, scale: &Scale, keys: &mut Vec<&'static str>) -> (Body, Hmm) {
    keys.push(if each { "all_of" } else { "one_of" });
    let mut spots: Vec<Hmm> = list.iter().map(|(a, b)| (scale.start(*a) + scale.end(*b)) / 2).collect();
    spots.sort_unstable();
    spots.dedup();
    let first = spots.first().copied().unwrap_or(scale.x0);
    if spots.len() < 2 { (Body::Point, first) } else { (Body::Several(spots, each), first) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::when::number;
    use crate::date::Date;

    fn glyph(edtf: &str, modality: Modality) -> Option<Glyph> {
        let day = |t: &str| number(t.parse().expect("a test date"));
        let scale = Scale { first: day("2005-01-01"), last: day("2005-12-31"), x0: 1000, x1: 17000 };
        let when = When::of(&Date::from_edtf(edtf).expect(edtf), modality);
        Glyph::new(&when, &scale, Traits { kind: Kind::Talks, colour: INK, modality, conflict: false, single: false })
    }

    #[test]
    fn every_form_has_its_own_glyph() {
        let forms = [
            "2005-05-13",
            "2005-06",
            "2005-06~",
            "2005-06?",
            "2005-06%",
            "2005-03-01/2005-06-30",
            "2005-03/2005-06-30",
            "2005-03~/2005-06-30",
            "2005-03-01/..",
            "../2005-06-30",
            "[2005-05,2005-08]",
            "{2005-05,2005-08}",
        ];
        let drawn: Vec<Vec<Item>> = forms
            .iter()
            .map(|f| {
                // A closed interval is a bar where the event lasts.
                let lasts = f.contains('/') && !f.contains("..");
                let modality = if lasts { Modality::Ongoing } else { Modality::Asserted };
                glyph(f, modality).expect(f).draw(500)
            })
            .collect();
        for i in 0..drawn.len() {
            for j in 0..i {
                assert_ne!(drawn[i], drawn[j], "{} and {} look alike", forms[i], forms[j]);
            }
        }
    }

    #[test]
    fn modality_shows() {
        let drawn: Vec<Vec<Item>> = [Modality::Asserted, Modality::Future, Modality::Hypothetical, Modality::Negated]
            .iter()
            .map(|m| glyph("2005-05-13", *m).expect("a glyph").draw(500))
            .collect();
        for i in 0..drawn.len() {
            for j in 0..i {
                assert_ne!(drawn[i], drawn[j]);
            }
        }
    }

    #[test]
    fn a_wide_open_date_takes_little_room_and_stays_on_the_plot() {
        for edtf in ["../2005-11-01", "2005-02-01/..", "../2030-01-01", "1990-01-01/.."] {
            let (a, b) = glyph(edtf, Modality::Asserted).expect(edtf).stretch;
            assert!(b - a < 900, "{edtf}: {a} {b}");
            assert!(a >= 800 && b <= 17200, "{edtf}: {a} {b}");
        }
        let decade = glyph("200X", Modality::Asserted).expect("on the plot");
        assert!(decade.stretch.0 >= 900 && decade.stretch.1 <= 17100);
        assert!(decade.keys.contains(&"clipped"));
    }

    #[test]
    fn what_lies_outside_has_no_glyph() {
        assert_eq!(glyph("2004-05-13", Modality::Asserted), None);
        assert_eq!(glyph("2006", Modality::Asserted), None);
        assert_eq!(glyph("../2004-12-31", Modality::Asserted), None);
    }
}
