//! One event made ready to be drawn: its lane, date form, label and accessible name, and the places its label may take.

use super::font::{Face, balance, clean, wrap};
use super::lane::LanePlan;
use super::mark::{Glyph, Traits};
use super::pack::Place;
use super::scene::Hmm;
use super::style::{GAP, Kind, Sizes};
use super::when::When;
use super::words::Words;
use crate::event::Modality;
use crate::merge::Event;

/// A label gets no more lines than this; what is longer is shortened, counted, and whole in its accessible name.
const MOST_LINES: usize = 6;
/// Lines narrower than this are not worth a further line.
const LEAST_WIDTH: Hmm = 1700;

/// A label broken into lines: the lines and the width of the widest.
pub type Block = (Vec<String>, Hmm);

/// One event made ready.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// The event.
    pub event: &'a Event,
    /// When.
    pub when: When,
    /// Index of its lane.
    pub lane: usize,
    /// Colour and shape.
    pub kind: Kind,
    /// What is printed beside it.
    pub label: String,
    /// In which cut.
    pub face: Face,
    /// What is read out and shown on hovering.
    pub name: String,
}

impl<'a> Entry<'a> {
    /// Makes an event ready.
    pub fn new(event: &'a Event, plan: &LanePlan, words: &Words) -> Self {
        let when = When::of(&event.date, event.modality);
        let lane = plan.lane_of(event);
        let kind = Kind::of(event.kind);
        let headline = clean(&event.headline);
        let headline = if headline.is_empty() { event.uid.clone() } else { headline };
        let face = match event.modality {
            Modality::Future | Modality::Hypothetical | Modality::Negated => Face::Italic,
            _ => Face::Regular,
        };
        let name = words.fill(
            "event_name",
            &[
                ("date", &event.date.edtf),
                ("headline", &headline),
                ("kind", words.kind(kind.key())),
                ("lane", plan.lanes.get(lane).map_or("", |l| &l.name)),
            ],
        );
        let label =
            if when.uncertain { format!("{headline} {}", words.fill("uncertain_suffix", &[])) } else { headline };
        Entry { event, when, lane, kind, label, face, name }
    }

    /// What its glyph tells besides the date.
    pub fn traits(&self, mark_single: bool) -> Traits {
        Traits {
            kind: self.kind,
            modality: self.event.modality,
            conflict: self.event.conflict,
            single: mark_single && self.event.sources <= 1,
        }
    }

    /// Order on the chart: by first day, longer ones first, then by identifier.
    pub fn order(&self) -> (i64, i64, &'a str) {
        let (first, last) = self.when.reach();
        let first = first.or(last).unwrap_or(0);
        (first, first - last.unwrap_or(first), &self.event.uid)
    }

    /// The label in one line, two lines and so on, each no wider than `limit`; and whether it had to be shortened.
    pub fn blocks(&self, sizes: &Sizes, limit: Hmm) -> (Vec<Block>, bool) {
        let whole = self.face.width(&self.label, sizes.label);
        let mut blocks = Vec::new();
        if whole <= limit {
            blocks.push((vec![self.label.clone()], whole));
        }
        for lines in 2..=MOST_LINES {
            if whole / lines as Hmm > limit || (whole / (lines as Hmm) < LEAST_WIDTH && !blocks.is_empty()) {
                continue;
            }
            let (block, width) = balance(&self.label, self.face, sizes.label, lines);
            if width <= limit && blocks.last().is_none_or(|(_, w)| width < *w) {
                blocks.push((block, width));
            }
            if blocks.len() >= 4 {
                break;
            }
        }
        if !blocks.is_empty() {
            return (blocks, false);
        }
        let mut lines = wrap(&self.label, self.face, sizes.label, limit - self.face.width("…", sizes.label));
        let shortened = lines.len() > MOST_LINES;
        lines.truncate(MOST_LINES);
        if let Some(last) = lines.last_mut().filter(|_| shortened) {
            last.push('…');
        }
        let width = lines.iter().map(|l| self.face.width(l, sizes.label)).max().unwrap_or(0);
        (vec![(lines, width)], shortened)
    }
}

/// Where labels may stand on a panel: left and right edge.
pub type Room = (Hmm, Hmm);

/// Every place that a label may take beside its glyph, with the block that goes there.
pub fn places(glyph: &Glyph, blocks: &[Block], room: Room) -> Vec<(Place, usize)> {
    let (g0, g1) = glyph.stretch;
    let mut out = Vec::new();
    for (index, (lines, width)) in blocks.iter().enumerate() {
        let n = lines.len();
        let cost = 60 * (n as i32 - 1);
        let place = |label, below, cost| (Place { label, below, lines: n, cost }, index);
        if n == 1
            && let Some((a, _)) = glyph.inside().filter(|(a, b)| b - a >= *width)
        {
            out.push(place((a, a + width), 0, 0));
        }
        if g1 + GAP + width <= room.1 {
            out.push(place((g1 + GAP, g1 + GAP + width), 0, cost + 5));
        }
        if g0 - GAP - width >= room.0 {
            out.push(place((g0 - GAP - width, g0 - GAP), 0, cost + 45));
        }
        let x = g0.min(room.1 - width).max(room.0);
        // Under a wide glyph a label reads well; under a mere marker it may be taken for a neighbour's.
        let beneath = if g1 - g0 >= *width { 130 } else { 450 };
        out.push(place((x, x + width), 1, cost + beneath));
    }
    out
}
