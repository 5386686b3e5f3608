//! Events made ready for a chart: what every chart does before it draws.

use super::Row;
use super::caption::Counts;
use super::entry::Entry;
use super::font::clean;
use super::options::Options;
use super::page::period;
use super::style::Sizes;
use super::when::Day;
use crate::Result;
use crate::merge::Event;
use std::collections::BTreeSet;

/// Events in order of time, the days drawn, and which events lie on them.
pub struct Ready<'a> {
    /// All events, by [`Entry::order`].
    pub entries: Vec<Entry<'a>>,
    /// First and last day drawn; `None` where no event has a date.
    pub days: Option<(Day, Day)>,
    /// Indices of the entries to be drawn, ascending.
    pub inside: Vec<usize>,
    /// What became of the others.
    pub counts: Counts,
    /// Names of the lanes, cleaned.
    pub names: Vec<String>,
    /// Font sizes.
    pub sizes: Sizes,
}

impl<'a> Ready<'a> {
    /// Sorts the events, finds the period, and leaves those that `drawable` lets through: of these as many of the most
    /// salient as the options ask for.
    ///
    /// # Errors
    /// [`crate::Error::Usage`] when the width or the font size is out of range.
    pub fn new(
        events: &'a [Event],
        options: &'a Options,
        drawable: impl Fn(&Entry<'_>, (Day, Day)) -> bool,
    ) -> Result<Self> {
        options.check()?;
        let mut entries: Vec<Entry<'_>> = events.iter().map(|e| Entry::new(e, options)).collect();
        entries.sort_by_cached_key(Entry::order);
        let days = period(&entries, options.period);
        let mut counts = Counts { events: entries.len(), ..Counts::default() };
        counts.undated = entries.iter().filter(|e| e.when.middle().is_none()).count();
        let mut inside = Vec::new();
        if let Some(days) = days {
            inside = (0..entries.len()).filter(|i| entries[*i].touches(days)).collect();
            counts.outside = entries.len() - counts.undated - inside.len();
            let touching = inside.len();
            inside.retain(|i| drawable(&entries[*i], days));
            counts.unfit = touching - inside.len();
        }
        let mut ready = Ready {
            days,
            inside,
            counts,
            names: options.plan.lanes.iter().map(|l| clean(&l.name)).collect(),
            sizes: Sizes::new(options.label_points),
            entries,
        };
        if let Some(top) = options.top.filter(|n| *n < ready.inside.len()) {
            ready.counts.left_out = ready.inside.len() - top;
            let keep: BTreeSet<usize> = ready.ranking().into_iter().take(top).collect();
            ready.inside.retain(|i| keep.contains(i));
        }
        ready.counts.imprecise = ready.inside.iter().filter(|i| !ready.entries[**i].when.is_day()).count();
        ready.counts.lanes = ready.inside.iter().map(|i| ready.entries[*i].lane).collect::<BTreeSet<_>>().len();
        Ok(ready)
    }

    /// The days drawn, if anything is.
    pub fn drawn_days(&self) -> Option<(Day, Day)> {
        self.days.filter(|_| !self.inside.is_empty())
    }

    /// The entries to be drawn, from the most to the least salient. Equals are taken from all over the period in turn
    /// (bit-reversed order), so that labels do not crowd at its beginning.
    pub fn ranking(&self) -> Vec<usize> {
        let mut rank: Vec<(u32, usize)> =
            self.inside.iter().enumerate().map(|(n, i)| ((n as u32).reverse_bits(), *i)).collect();
        let salience = |i: usize| self.entries[i].event.salience;
        rank.sort_by(|a, b| salience(b.1).total_cmp(&salience(a.1)).then(a.cmp(b)));
        rank.into_iter().map(|(_, i)| i).collect()
    }

    /// Name of a lane.
    pub fn name(&self, lane: usize) -> &str {
        self.names.get(lane).map_or("", String::as_str)
    }

    /// The lines of the data file, each with how the event is shown.
    pub fn rows(&self, shown: impl Fn(usize) -> String) -> Vec<Row> {
        let row = |i: &usize| Row::new(&self.entries[*i], self.name(self.entries[*i].lane), shown(*i));
        self.inside.iter().map(row).collect()
    }
}
