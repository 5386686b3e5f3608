//! Packing: which row of a lane each event takes and where its label stands, so that nothing touches.
//!
//! A greedy best fit: events come in a given order; each takes the row and the label place of least cost whose room is
//! free. A new row is always free, so every event is placed: the function is total, and no two footprints in a row
//! overlap. O(events · rows · places · log). Knows nothing of dates or fonts.

use super::scene::Hmm;

/// Cost of one row further down; label places cost in the same unit.
pub const ROW_COST: i32 = 100;

/// A stretch of a row: left and right edge.
pub type Stretch = (Hmm, Hmm);

/// One way to place a label beside a glyph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The stretch that the label takes.
    pub label: Stretch,
    /// The label's first row below the glyph's row: 0 beside it, 1 beneath it.
    pub below: usize,
    /// How many rows the label takes.
    pub lines: usize,
    /// What it costs, to be weighed against [`ROW_COST`].
    pub cost: i32,
}

/// What wants a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// The stretch that the glyph takes.
    pub glyph: Stretch,
    /// Ways to place its label; empty for a glyph without one.
    pub places: Vec<Place>,
}

/// Where it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The glyph's row.
    pub row: usize,
    /// Index into [`Wish::places`]; `None` where there is no label.
    pub place: Option<usize>,
}

/// Rows of a lane and what is taken in each, sorted by left edge.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    taken: Vec<Vec<Stretch>>,
}

impl Rows {
    /// Number of rows used.
    pub fn count(&self) -> usize {
        self.taken.len()
    }

    /// Whether a stretch of a row is free.
    pub fn free(&self, row: usize, (a, b): Stretch) -> bool {
        let Some(taken) = self.taken.get(row) else { return true };
        let next = taken.partition_point(|s| s.0 < b);
        next == 0 || taken[next - 1].1 <= a
    }

    /// Marks a stretch as taken.
    pub fn take(&mut self, row: usize, stretch: Stretch) {
        while self.taken.len() <= row {
            self.taken.push(Vec::new());
        }
        let taken = &mut self.taken[row];
        let at = taken.partition_point(|s| s.0 < stretch.0);
        taken.insert(at, stretch);
    }

    /// Places wishes in their order; `pad` is kept free to the right of each.
    #[cfg(test)]
    pub fn place(&mut self, wishes: &[Wish], pad: Hmm) -> Vec<Slot> {
        wishes.iter().map(|wish| self.put(wish, pad)).collect()
    }

    /// Places one wish; `pad` is kept free to the right.
    pub fn put(&mut self, wish: &Wish, pad: Hmm) -> Slot {
        let mut best: Option<(i32, Slot)> = None;
        if wish.places.is_empty() {
            let row = (0..).find(|r| self.free(*r, (wish.glyph.0, wish.glyph.1 + pad))).unwrap_or(0);
            best = Some((0, Slot { row, place: None }));
        }
        for (index, place) in wish.places.iter().enumerate() {
            for row in 0..=self.taken.len() {
                let cost = row as i32 * ROW_COST + place.cost;
                if best.as_ref().is_some_and(|(least, _)| *least <= cost) {
                    break;
                }
                if footprint(wish, place, row, pad).all(|(r, s)| self.free(r, s)) {
                    best = Some((cost, Slot { row, place: Some(index) }));
                    break;
                }
            }
        }
        let slot = best.map_or(Slot { row: self.taken.len(), place: None }, |(_, slot)| slot);
        match slot.place.and_then(|i| wish.places.get(i)) {
            Some(place) => {
                let all: Vec<_> = footprint(wish, place, slot.row, pad).collect();
                all.into_iter().for_each(|(r, s)| self.take(r, s));
            }
            None => self.take(slot.row, (wish.glyph.0, wish.glyph.1 + pad)),
        }
        slot
    }
}

/// The stretches that a glyph in `row` with its label takes, row by row.
fn footprint(wish: &Wish, place: &Place, row: usize, pad: Hmm) -> impl Iterator<Item = (usize, Stretch)> {
    let glyph = wish.glyph;
    let label = place.label;
    let below = place.below;
    let first = if below == 0 { (glyph.0.min(label.0), glyph.1.max(label.1)) } else { glyph };
    let rest = (below.max(1)..below + place.lines).map(move |r| (row + r, (label.0, label.1 + pad)));
    std::iter::once((row, (first.0, first.1 + pad))).chain(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wish() -> impl Strategy<Value = Wish> {
        let place = (0..20_000, 1..3000, 0..2usize, 1..4usize, 0..300).prop_map(|(a, w, below, lines, cost)| Place {
            label: (a, a + w),
            below,
            lines,
            cost,
        });
        (0..20_000, 1..2000, proptest::collection::vec(place, 0..5))
            .prop_map(|(a, w, places)| Wish { glyph: (a, a + w), places })
    }

    proptest! {
        #[test]
        fn nothing_overlaps_and_nothing_is_lost(wishes in proptest::collection::vec(wish(), 0..80)) {
            let mut rows = Rows::default();
            let slots = rows.place(&wishes, 50);
            prop_assert_eq!(slots.len(), wishes.len());
            for row in &rows.taken {
                for pair in row.windows(2) {
                    prop_assert!(pair[0].1 <= pair[1].0, "{:?}", pair);
                }
            }
            for (slot, wish) in slots.iter().zip(&wishes) {
                prop_assert_eq!(slot.place.is_some(), !wish.places.is_empty());
            }
        }
    }

    #[test]
    fn the_cheapest_free_place_is_taken() {
        let place = |a, b, cost| Place { label: (a, b), below: 0, lines: 1, cost };
        let wish = Wish { glyph: (100, 200), places: vec![place(200, 900, 5), place(0, 100, 45)] };
        let mut rows = Rows::default();
        let slots = rows.place(&[wish.clone(), wish], 10);
        assert_eq!(slots[0], Slot { row: 0, place: Some(0) });
        assert_eq!(slots[1], Slot { row: 1, place: Some(0) });
        assert_eq!(rows.count(), 2);
    }
}
