//! The caption: how many events there are and what became of each. The numbers add up.

use super::when::{Day, calendar};
use super::words::{Words, grouped};

/// What became of the events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All that were given.
    pub events: usize,
    /// With a label.
    pub labelled: usize,
    /// With a number and a line in the list.
    pub numbered: usize,
    /// Drawn without a label, or counted in a cell.
    pub marked: usize,
    /// Without any date.
    pub undated: usize,
    /// Outside the period drawn.
    pub outside: usize,
    /// In the period, but without what this chart draws: a score, a pair of actors.
    pub unfit: usize,
    /// Left out because fewer were asked for.
    pub left_out: usize,
    /// Of those drawn, not known to the day.
    pub imprecise: usize,
    /// Of those drawn, shown larger in a second panel.
    pub enlarged: usize,
    /// Labels shortened.
    pub shortened: usize,
    /// Lanes with events.
    pub lanes: usize,
}

impl Counts {
    /// Events on the figure.
    pub fn drawn(&self) -> usize {
        self.labelled + self.numbered + self.marked
    }

    /// Whether every event is accounted for.
    pub fn adds_up(&self) -> bool {
        self.drawn() + self.undated + self.outside + self.unfit + self.left_out == self.events
    }
}

/// The caption in one sentence or two.
pub fn caption(counts: &Counts, days: Option<(Day, Day)>, words: &Words) -> String {
    debug_assert!(counts.adds_up(), "{counts:?}");
    let mut parts = Vec::new();
    if let Some((a, b)) = days {
        let lanes = counts.lanes.to_string();
        let (from, to) = (calendar(a).to_string(), calendar(b).to_string());
        let drawn = words.events(counts.drawn());
        parts.push(words.fill("caption_drawn", &[("events", &drawn), ("from", &from), ("to", &to), ("lanes", &lanes)]));
    }
    let mut add = |key: &str, n: usize| {
        if n > 0 {
            parts.push(words.fill(key, &[("n", &grouped(n)), ("panel", "b")]));
        }
    };
    add("caption_labelled", counts.labelled);
    add("caption_keyed", counts.numbered);
    add("caption_marked", counts.marked);
    add("caption_focus", counts.enlarged);
    add("caption_uncertain", counts.imprecise);
    add("caption_shortened", counts.shortened);
    add("caption_top", counts.left_out);
    add("caption_unfit", counts.unfit);
    add("caption_undated", counts.undated);
    add("caption_outside", counts.outside);
    format!("{}.", parts.join("; "))
}
