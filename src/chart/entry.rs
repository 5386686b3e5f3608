//! One event made ready to be drawn: its lane, date form, label and accessible name, and the places its label may take.

use super::font::{Face, balance, clean, wrap};
use super::mark::{Glyph, Traits};
use super::options::Options;
use super::pack::Place;
use super::scene::Hmm;
use super::style::{GAP, Kind, Sizes};
use super::when::{Day, Form, When};
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
    options: &'a Options,
}

impl<'a> Entry<'a> {
    /// Makes an event ready.
    pub fn new(event: &'a Event, options: &'a Options) -> Self {
        let when = When::of(&event.date, event.modality);
        Entry { event, when, lane: options.plan.lane_of(event), kind: Kind::of(event.kind), options }
    }

    /// The cut of its label.
    pub fn face(&self) -> Face {
        match self.event.modality {
            Modality::Future | Modality::Hypothetical | Modality::Negated => Face::Italic,
            _ => Face::Regular,
        }
    }

    fn headline(&self) -> String {
        let headline = clean(&self.event.headline);
        if headline.is_empty() { self.event.uid.clone() } else { headline }
    }

    /// What is printed beside it.
    pub fn label(&self) -> String {
        let headline = self.headline();
        if !self.when.uncertain {
            return headline;
        }
        // The mark of doubt stays on the line of the last word.
        format!("{headline}\u{a0}{}", self.words().fill("uncertain_suffix", &[]))
    }

    /// Date and label, for lists.
    pub fn line(&self) -> String {
        let date = self.date();
        let mut letters = date.chars();
        let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        format!("{first}{}: {}", letters.as_str(), self.label())
    }

    fn date(&self) -> String {
        let date = &self.event.date;
        if matches!(self.when.form, Form::Range(..)) { self.words().lasting(date) } else { self.words().date(date) }
    }

    /// What is read out and shown on hovering.
    pub fn name(&self) -> String {
        self.words().fill(
            "event_name",
            &[
                ("date", &self.date()),
                ("headline", &self.headline()),
                ("kind", self.words().kind(self.kind.key())),
                ("lane", self.options.plan.lanes.get(self.lane).map_or("", |l| &l.name)),
            ],
        )
    }

    /// Where a click leads.
    pub fn link(&self) -> Option<String> {
        self.options.link.as_ref().map(|t| t.replace("{uid}", &self.event.uid))
    }

    fn words(&self) -> &'a Words {
        &self.options.words
    }

    /// Whether it has a date that may lie between these days.
    pub fn touches(&self, (first, last): (Day, Day)) -> bool {
        let (a, b) = self.when.reach();
        (a.is_some() || b.is_some()) && a.is_none_or(|d| d <= last) && b.is_none_or(|d| d >= first)
    }

    /// The days between these that it may lie on; of an open date, the day that is known.
    pub fn days(&self, (first, last): (Day, Day)) -> Option<(Day, Day)> {
        let (a, b) = match self.when.reach() {
            (Some(a), Some(b)) => (a, b),
            (Some(d), None) | (None, Some(d)) => (d, d),
            (None, None) => return None,
        };
        (a <= last && b >= first).then_some((a.max(first), b.min(last)))
    }

    /// Whether one source alone tells of it.
    pub fn is_single(&self) -> bool {
        self.event.sources <= 1
    }

    /// What its glyph tells besides the date.
    pub fn traits(&self) -> Traits {
        Traits {
            kind: self.kind,
            colour: self.options.palette.kind(self.kind),
            modality: self.event.modality,
            conflict: self.event.conflict,
            single: self.options.mark_single && self.is_single(),
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
        let (label, face) = (self.label(), self.face());
        let whole = face.width(&label, sizes.label);
        let mut blocks = Vec::new();
        if whole <= limit {
            blocks.push((vec![label.clone()], whole));
        }
        for lines in 2..=MOST_LINES {
            if whole / lines as Hmm > limit || (whole / (lines as Hmm) < LEAST_WIDTH && !blocks.is_empty()) {
                continue;
            }
            let (block, width) = balance(&label, face, sizes.label, lines);
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
        let mut lines = wrap(&label, face, sizes.label, limit - face.width("…", sizes.label));
        let shortened = lines.len() > MOST_LINES;
        lines.truncate(MOST_LINES);
        if let Some(last) = lines.last_mut().filter(|_| shortened) {
            last.push('…');
        }
        let width = lines.iter().map(|l| face.width(l, sizes.label)).max().unwrap_or(0);
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
