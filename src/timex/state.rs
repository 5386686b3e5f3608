//! What a document has told so far: the reference time of a narrative, the last day and quarter, what comes next.

use super::calendar::Period;
use super::meaning::{Fields, Meaning, Sem, Unit, Year};
use crate::date::NaiveDate;
use chrono::Datelike;

/// What is known while a document is read.
#[derive(Clone, Debug, Default)]
pub(super) struct State {
    /// The document date.
    pub document: Option<NaiveDate>,
    /// Where it comes from.
    pub basis: String,
    /// Whether nobody reads traces.
    pub untraced: bool,
    /// Whether relative expressions follow the running reference time.
    pub narrative: bool,
    /// The time last spoken of, with its words.
    pub reference: Option<(Period, String)>,
    /// The sentence in which that was.
    pub told: usize,
    /// The day or week last spoken of, with its words.
    pub day: Option<(Period, String)>,
    /// The last leading date of a month or finer.
    pub exact: Option<Period>,
    /// The quarter last told of as past, with its sentence: "a year earlier" beside it means the same quarter.
    pub quarter: Option<(Period, usize)>,
    /// The year of the heading above.
    pub section: Option<i32>,
    /// The year of a date joined to the one that stands before it: "in June or July".
    pub beside: Option<i32>,
    /// The end of a range without a year that is being begun: "from January through November".
    pub until: Option<Fields>,
    /// The sentence being read.
    pub sentence: usize,
    /// The next date whose year is written.
    pub ahead: Ahead,
}

/// How many years a bare year may leap in a narrative without being an aside ("declassified in 2005"). Anything from two
/// to forty does as well on the development corpora.
const LEAP: i32 = 12;
/// For how many sentences a quarter stays in mind; from six on nothing changes on the development corpora.
const QUARTER_REACH: usize = 8;

impl State {
    /// Notes the time that an expression speaks of. A year that only describes something ("the 1954 accords") or leaps
    /// far does not lead the narrative away from a date already told.
    pub fn note(&mut self, focus: Period, words: &str, leads: bool, written: bool, past: bool) {
        if focus.unit == Unit::Quarter && written {
            // A fiscal quarter may be over before that of the calendar.
            let over = self.document.is_none_or(|day| focus.last().is_none_or(|last| last < day));
            self.quarter = (over || past).then_some((focus, self.sentence)).or(self.quarter);
        }
        if focus.unit <= Unit::Week {
            self.day = Some((focus, words.to_string()));
        }
        if let Some((known, _)) = &self.reference {
            // News has its document date to go by; in a narrative an aside must not lead away.
            let leap = (known.first.year() - focus.first.year()).abs() > LEAP;
            let aside = !leads || focus.unit >= Unit::Year && known.unit < Unit::Year && leap;
            if aside && (self.narrative || focus.unit >= Unit::Year) {
                return;
            }
        }
        if focus.unit < Unit::Season {
            self.exact = Some(focus);
        }
        self.reference = Some((focus, words.to_string()));
        self.told = self.sentence;
    }

    /// Whether a time looks back from what a narrative has told: "He had been jailed in 1962", after "in 1990".
    pub fn behind(&self, focus: Period, looks_back: bool) -> bool {
        let earlier = |known: &Period| focus.first < known.first;
        looks_back && self.narrative && self.reference.as_ref().is_some_and(|(known, _)| earlier(known))
    }

    /// Notes the year of a heading; another year that is told below takes its place.
    pub fn section(&mut self, heads: Option<i32>, sem: &Sem, leads: bool) {
        if heads.is_some() {
            self.section = heads;
        } else if leads
            && let Sem::Fields(Fields { year: Some(Year::Known(year)), .. }) = sem
            && self.section.is_some_and(|section| section != *year)
        {
            self.section = None;
        }
    }

    /// The quarter in mind: the last that figures were told of.
    pub fn quarter(&self) -> Option<Period> {
        let (period, sentence) = self.quarter?;
        (self.sentence - sentence <= QUARTER_REACH).then_some(period)
    }
}

/// The next date of a text whose year is written: year, and month if given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Ahead(pub Option<(i32, Option<u32>)>);

impl Ahead {
    /// For each meaning (with whether it leads), the next leading written date behind it.
    pub fn of_all<'a>(meanings: impl DoubleEndedIterator<Item = (&'a Meaning, bool)>) -> Vec<Ahead> {
        let mut next = Ahead::default();
        let mut all: Vec<Ahead> = meanings
            .rev()
            .map(|(meaning, leads)| {
                let here = next;
                if leads && let Sem::Fields(Fields { year: Some(Year::Known(year)), month, .. }) = &meaning.sem {
                    next = Ahead(Some((*year, *month)));
                }
                here
            })
            .collect();
        all.reverse();
        all
    }
}

/// Where an expression without a year lies, as the verb beside it says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Direction {
    /// A past tense.
    Past,
    /// A pluperfect: before what is told.
    Earlier,
    /// The date of what is cited, which was written before.
    Cited,
    /// A future tense, a plan.
    Future,
    /// A past tense with a word that looks ahead: "extended the offer until".
    Planned,
    /// Nothing tells.
    #[default]
    Unknown,
}

impl Direction {
    /// Whether a past tense tells of it.
    pub fn behind(self) -> bool {
        matches!(self, Direction::Past | Direction::Earlier)
    }

    /// Whether the date lies ahead.
    pub fn ahead(self) -> bool {
        matches!(self, Direction::Future | Direction::Planned)
    }
}
