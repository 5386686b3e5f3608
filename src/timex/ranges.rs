//! Two expressions joined into a range ("from 1961 to 1963", "March 5 - April 2"): the first takes the days of both.

use super::compile::Tables;
use super::lexicon::Symbol;
use super::recognise::View;
use super::{Relation, Timex, TimexKind};
use crate::date::{Date, Span};

/// The words that join and open a range.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Links {
    /// "to", "through", "until", a dash.
    joins: Option<Symbol>,
    /// "and", which joins only behind `between`.
    and: Option<Symbol>,
    between: Option<Symbol>,
    /// "and", "or", a comma, a dash: what stands between two dates that are told together.
    list: Option<Symbol>,
    the: Option<Symbol>,
}

impl Links {
    pub fn new(tables: &Tables) -> Self {
        Links {
            joins: tables.class("range-to"),
            and: tables.class("range-and"),
            between: tables.class("range-between"),
            list: tables.class("date-list"),
            the: tables.class("the"),
        }
    }

    /// Gives the first of each joined pair the days of the whole range.
    pub fn join<'a>(&self, found: &mut [Timex], view: impl Fn(usize) -> View<'a>) {
        for i in 1..found.len() {
            let (left, right) = found.split_at_mut(i);
            let (Some(a), Some(b)) = (left.last_mut(), right.first()) else { continue };
            if a.sentence != b.sentence || b.tokens.start != a.tokens.end + 1 {
                continue;
            }
            if !self.linked(&view(a.sentence), a, b) {
                continue;
            }
            if let Some(span) = whole(a, b) {
                let date = Date::from_span(span);
                if !a.trace.is_empty() {
                    a.trace = format!("{} → range to \"{}\" → {}", a.trace, b.value, date.edtf);
                }
                a.date = Some(date);
                if a.relation == Relation::Since {
                    a.relation = Relation::At;
                }
            }
        }
    }

    /// Whether only joining words stand between two expressions.
    pub fn side_by_side(&self, view: &View, end: usize, start: usize) -> bool {
        let is = |at: usize, symbol: Option<Symbol>| symbol.is_some_and(|s| view.is(at, s));
        let joins = |at: usize| is(at, self.list) || is(at, self.joins);
        // "Jan. to March 2009".
        let end = if view.word(end) == "." && end + 1 < start { end + 1 } else { end };
        match start.checked_sub(end) {
            Some(1) => joins(end),
            Some(2) => joins(end) && (is(end + 1, self.the) || is(end + 1, self.list)),
            _ => false,
        }
    }

    /// Whether "to", "through" or a dash stands at a token.
    pub fn ranged(&self, view: &View, at: usize) -> bool {
        self.joins.is_some_and(|s| view.is(at, s))
    }

    fn linked(&self, view: &View, first: &Timex, second: &Timex) -> bool {
        let is = |at: usize, symbol: Option<Symbol>| symbol.is_some_and(|s| view.is(at, s));
        let link = first.tokens.end;
        let opened = first.tokens.start.checked_sub(1).is_some_and(|at| is(at, self.between));
        is(link, self.joins) || is(link, self.and) && (opened || next_day(first, second))
    }
}

/// Whether the second is the day after the first: "on June 12 and 13" is one stretch of time.
fn next_day(first: &Timex, second: &Timex) -> bool {
    let day = |timex: &Timex| timex.date.as_ref().map(|d| d.span).filter(|s| s.earliest == s.latest)?.earliest;
    day(first).and_then(|d| d.succ_opt()).is_some_and(|next| day(second) == Some(next))
}

fn whole(a: &Timex, b: &Timex) -> Option<Span> {
    if a.kind != TimexKind::Date || b.kind != TimexKind::Date {
        return None;
    }
    let (start, end) = (a.date.as_ref()?.span, b.date.as_ref()?.span);
    let span = Span { earliest: Some(start.earliest?), latest: Some(end.latest?) };
    (start.latest? < end.latest? && span.earliest < span.latest).then_some(span)
}
