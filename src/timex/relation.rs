//! The bound word in front of an expression: "since", "before", "until", "by".

use super::Relation;
use super::compile::Tables;
use super::lexicon::Symbol;
use super::recognise::View;

/// The word classes that make an expression a limit.
#[derive(Clone, Debug, Default)]
pub(super) struct Bounds {
    by_class: Vec<(Symbol, Relation)>,
    filler: Option<Symbol>,
}

impl Bounds {
    pub fn new(tables: &Tables) -> Self {
        let classes = [
            ("bound-since", Relation::Since),
            ("bound-after", Relation::After),
            ("bound-before", Relation::Before),
            ("bound-until", Relation::Until),
            ("bound-by", Relation::By),
        ];
        let by_class = classes.into_iter().filter_map(|(name, r)| Some((tables.class(name)?, r))).collect();
        Bounds { by_class, filler: tables.class("bound-filler") }
    }

    /// The relation that the words before token `start` give.
    pub fn relation(&self, view: &View, start: usize) -> Relation {
        let mut at = start;
        // "since early", "before the": fillers stand between.
        while at > 0 && self.filler.is_some_and(|f| view.is(at - 1, f)) && start - at < 3 {
            at -= 1;
        }
        let Some(before) = at.checked_sub(1) else { return Relation::At };
        self.by_class.iter().find(|(symbol, _)| view.is(before, *symbol)).map_or(Relation::At, |(_, r)| *r)
    }
}
