//! A lane of a timeline, packed: the rows of its labels and marks.

use super::entry::{self, Block, places};
use super::mark::Glyph;
use super::pack::{Place, Rows, Slot, Stretch, Wish};
use super::scene::Hmm;
use super::seeded::Seeded;
use super::style::{PAD, Sizes};
use std::collections::{BTreeMap, BTreeSet};

/// Space above and below the rows of a lane.
pub const LANE_PAD: Hmm = 45;
/// Up to so many marks of a lane that another panel enlarges go into rows that labels leave free.
pub const FEW: usize = 24;
/// Rows for the marks of a lane that have no label anywhere: what these cannot hold is drawn over others.
const REST_ROWS: usize = 3;
/// Rows that marks may take before labels are packed around them.
const MARK_ROWS: usize = 2;
/// What such a mark keeps free at both sides, lest a label be taken for its own.
const ALOOF: Hmm = 220;
/// Lanes with more labels than this are packed in order of time only.
const SEARCHED: usize = 40;
/// Further orders in which a lane is packed, to find one that needs fewer rows.
const SHUFFLES: usize = 16;

/// Where labels may stand.
pub struct Room {
    /// Left and right edge.
    pub edges: entry::Room,
    /// Glyphs longer than this are packed before the others.
    pub long: Hmm,
}

/// An event with its label or number, placed.
#[derive(Clone)]
pub struct Placed {
    /// Index of the event.
    pub entry: usize,
    /// Its glyph.
    pub glyph: Glyph,
    /// Its row.
    pub slot: Slot,
    /// Where its label stands, and the lines of it.
    pub place: Option<(Place, Block)>,
    /// Its number, where it has one instead of a label.
    pub key: Option<usize>,
}

impl Placed {
    /// Its last row.
    fn last(&self) -> usize {
        let label = self.place.as_ref().map_or(0, |(p, _)| p.below + p.lines - 1);
        self.slot.row + label
    }
}

/// An event that gets a label or a number: its glyph, the blocks that the label may take, and the number.
pub struct Labelled<'g> {
    /// Index of the event.
    pub entry: usize,
    /// Its glyph.
    pub glyph: &'g Glyph,
    /// The label broken into lines, in several ways.
    pub blocks: Vec<Block>,
    /// Its number, where it has one instead of a label.
    pub key: Option<usize>,
}

/// A lane packed.
#[derive(Clone, Default)]
pub struct Lane {
    /// Index of the lane.
    pub index: usize,
    /// The lines of its name.
    pub name: Vec<String>,
    /// Events with labels or numbers.
    pub placed: Vec<Placed>,
    /// Marks with their rows.
    pub marks: Vec<(usize, Glyph, usize)>,
    /// Counts by cell, in the last row, where marks are too many.
    pub cells: BTreeMap<Hmm, usize>,
    /// Number of rows.
    pub rows: usize,
}

impl Lane {
    /// The labels and the few marks of a lane in as few rows as can be found: marks where labels leave room, or labels
    /// around marks.
    pub fn fullest(ready: &[Labelled<'_>], marks: &[(usize, &Glyph)], rows: Rows, room: &Room) -> Lane {
        let (placed, taken) = pack(ready, &rows, room);
        let mut first = Lane { placed, rows: taken.count(), ..Lane::default() };
        first.add_marks(marks, &taken);
        if marks.is_empty() || ready.is_empty() {
            return first;
        }
        let mut second = Lane { rows: MARK_ROWS, ..Lane::default() };
        second.add_marks(marks, &rows);
        if second.rows > MARK_ROWS {
            return first;
        }
        let mut around = rows;
        second.marks.iter().map(|(.., row)| *row).collect::<BTreeSet<usize>>().into_iter().for_each(|row| {
            let stretches = second.marks.iter().filter(|(.., r)| *r == row).map(|(_, g, _)| g.stretch);
            unions(stretches.map(|(a, b)| (a - ALOOF, b + ALOOF)).collect())
                .into_iter()
                .for_each(|s| around.take(row, s));
        });
        let (placed, taken) = pack(ready, &around, room);
        (second.placed, second.rows) = (placed, taken.count());
        if second.rows < first.rows { second } else { first }
    }

    /// Puts rows into the order in which their first events begin; rows that a label spans stay together.
    pub fn sort_rows(&mut self) {
        let crossed = |row: usize| self.placed.iter().any(|p| p.slot.row < row && p.last() >= row);
        let mut blocks: Vec<(Hmm, usize, usize)> = Vec::new();
        for row in 0..self.rows {
            let glyphs = self.placed.iter().filter(|p| p.slot.row == row).map(|p| p.glyph.stretch.0);
            let first = glyphs.min().unwrap_or(Hmm::MAX);
            match blocks.last_mut().filter(|_| crossed(row)) {
                Some((key, _, end)) => (*key, *end) = ((*key).min(first), row + 1),
                None => blocks.push((first, row, row + 1)),
            }
        }
        blocks.sort_by_key(|(first, ..)| *first); // stable
        let mut place = vec![0; self.rows];
        let all = blocks.into_iter().flat_map(|(_, a, b)| a..b);
        all.enumerate().for_each(|(new, old)| place[old] = new);
        let moved = |row: &mut usize| *row = place.get(*row).copied().unwrap_or(*row);
        self.placed.iter_mut().for_each(|p| moved(&mut p.slot.row));
        self.marks.iter_mut().for_each(|(.., row)| moved(row));
    }

    fn add_marks(&mut self, marks: &[(usize, &Glyph)], taken: &Rows) {
        let labels = self.rows;
        let mut own = Rows::default();
        for (entry, glyph) in marks {
            let (a, b) = glyph.stretch;
            // Marks may stand side by side: only labels keep them at a distance.
            let free = |row: &usize| taken.free(*row, (a - ALOOF, b + ALOOF)) && own.free(*row, (a, b + 20));
            let free = (0..labels).find(free);
            if let Some(row) = free {
                own.take(row, (a, b + 20));
            }
            let row = free.unwrap_or(labels);
            self.rows = self.rows.max(row + 1);
            self.marks.push((*entry, (*glyph).clone(), row));
        }
    }

    /// Marks in rows of their own, off each other as far as these rows reach.
    pub fn add_rest(&mut self, marks: &[(usize, &Glyph)]) {
        let (first, mut own) = (self.rows, Rows::default());
        for (entry, glyph) in marks {
            let stretch = (glyph.stretch.0, glyph.stretch.1 + 20);
            let free = (0..REST_ROWS).find(|row| own.free(*row, stretch));
            if let Some(row) = free {
                own.take(row, stretch);
            }
            let row = first + free.unwrap_or(REST_ROWS - 1);
            self.rows = self.rows.max(row + 1);
            self.marks.push((*entry, (*glyph).clone(), row));
        }
    }

    /// How high it is.
    pub fn height(&self, sizes: &Sizes) -> Hmm {
        sizes.row * self.rows.max(self.name.len()) as Hmm + 2 * LANE_PAD
    }

    /// The lane cut before a row that no event crosses, at most `most` rows down.
    pub fn cut(&self, most: usize) -> Option<(Lane, Lane)> {
        let crossed = |row: usize| self.placed.iter().any(|p| p.slot.row < row && p.last() >= row);
        let at = (1..self.rows.min(most + 1)).rev().find(|row| !crossed(*row))?;
        let mut head = Lane { rows: at, cells: BTreeMap::new(), ..self.clone() };
        let mut tail = Lane { rows: self.rows - at, ..self.clone() };
        head.placed.retain(|p| p.slot.row < at);
        head.marks.retain(|(.., row)| *row < at);
        tail.placed.retain(|p| p.slot.row >= at);
        tail.marks.retain(|(.., row)| *row >= at);
        tail.placed.iter_mut().for_each(|p| p.slot.row -= at);
        tail.marks.iter_mut().for_each(|(.., row)| *row -= at);
        Some((head, tail))
    }
}

/// Stretches merged where they overlap.
fn unions(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.sort_unstable();
    let mut out: Vec<Stretch> = Vec::new();
    for (a, b) in stretches {
        match out.last_mut().filter(|(_, end)| *end >= a) {
            Some((_, end)) => *end = (*end).max(b),
            None => out.push((a, b)),
        }
    }
    out
}

/// Packs the labels of a lane, long glyphs first: in order of time, unless another order needs fewer rows.
fn pack(ready: &[Labelled<'_>], rows: &Rows, room: &Room) -> (Vec<Placed>, Rows) {
    let is_short = |i: &usize| ready[*i].glyph.stretch.1 - ready[*i].glyph.stretch.0 <= room.long;
    let mut order: Vec<usize> = (0..ready.len()).collect();
    order.sort_by_key(is_short); // stable
    let mut best = arrange(ready, &order, rows.clone(), room);
    if ready.len() > SEARCHED {
        return best;
    }
    let mut random = Seeded(ready.len() as u64);
    let widest = |i: &usize| -ready[*i].blocks.first().map_or(0, |b| b.1);
    for attempt in 0..SHUFFLES {
        if best.1.count() <= 2 {
            break;
        }
        let mut order: Vec<usize> = (0..ready.len()).collect();
        match attempt {
            0 => order.reverse(),
            1 => order.sort_by_key(widest),
            _ => random.shuffle(&mut order),
        }
        order.sort_by_key(is_short);
        let other = arrange(ready, &order, rows.clone(), room);
        if other.1.count() < best.1.count() {
            best = other;
        }
    }
    best.0.sort_by_key(|p| p.entry);
    best
}

/// Packs labels in this order.
fn arrange(ready: &[Labelled<'_>], order: &[usize], mut rows: Rows, room: &Room) -> (Vec<Placed>, Rows) {
    let mut all = Vec::with_capacity(order.len());
    for Labelled { entry, glyph, blocks, key } in order.iter().map(|i| &ready[*i]) {
        let choices = places(glyph, blocks, room.edges);
        let wish = Wish { glyph: glyph.stretch, places: choices.iter().map(|(p, _)| p.clone()).collect() };
        let slot = rows.put(&wish, PAD);
        let place = slot.place.and_then(|i| choices.get(i)).map(|(p, b)| (p.clone(), blocks[*b].clone()));
        all.push(Placed { entry: *entry, glyph: (*glyph).clone(), slot, place, key: *key });
    }
    (all, rows)
}
