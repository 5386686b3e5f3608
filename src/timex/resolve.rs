//! From a meaning to days: each relative or partial expression is counted from its anchor.
//!
//! What cannot be anchored keeps a value with `X` in the places that are unknown, and has no days.

mod counted;
mod placed;

use super::calendar::{Period, add_months, fixture_day};
use super::meaning::{Amount, Base, Clock, Fields, Fixture, Meaning, Part, Sem, Unit, Year};
use super::state::{Direction, State};
use super::values::{clock_value, length_value, partial, set_value, to_day, unknown};
use super::{FEWEST, MOST, TimexKind};
use crate::date::{Date, NaiveDate, Span};
use chrono::Datelike;

/// A resolved expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Outcome {
    pub kind: TimexKind,
    pub value: String,
    pub modifier: Option<&'static str>,
    pub quant: Option<String>,
    pub freq: Option<String>,
    pub date: Option<Date>,
    /// The period it stands for, where it is one: later expressions may count from it.
    pub focus: Option<Period>,
    pub year_implied: bool,
    pub anchor: String,
    pub warning: Option<String>,
}

/// What a meaning comes to.
#[derive(Clone, Debug, PartialEq)]
enum Found {
    Period(Period),
    /// Days that are no whole unit, with their value.
    Days {
        value: String,
        span: Span,
        focus: Option<Period>,
    },
    /// One of two days; the value is the second.
    OneOf(NaiveDate, NaiveDate),
    /// A value with unknown parts.
    Partial(String),
    Length {
        value: String,
        span: Option<Span>,
    },
    Set(String),
    Ref {
        value: &'static str,
        span: Option<Span>,
    },
    Clock {
        day: Option<Period>,
        value: String,
        /// The days it falls on, where these are more than the one of the value: a night named by both.
        days: Option<Span>,
    },
}

/// Resolves a meaning. `text` is the expression as written.
pub(super) fn resolve(state: &State, meaning: &Meaning, direction: Direction) -> Outcome {
    let mut run = Run { state, direction, anchor: None, implied: false, warning: None };
    let found = run.sem(&meaning.sem);
    let anchor = run.anchor.take().unwrap_or_else(|| "none".into());
    let mut outcome = Outcome {
        kind: TimexKind::Date,
        value: String::new(),
        modifier: meaning.modifier,
        quant: None,
        freq: None,
        date: None,
        focus: None,
        year_implied: run.implied,
        anchor,
        warning: run.warning.take(),
    };
    match found {
        None => outcome.value = "XXXX".into(),
        Some(Found::Period(period)) => {
            outcome.value = period.value();
            outcome.date = period.date();
            outcome.focus = Some(period);
        }
        Some(Found::Days { value, span, focus }) => {
            outcome.value = value;
            outcome.date = Some(Date::from_span(span));
            outcome.focus = focus;
        }
        Some(Found::OneOf(a, b)) => {
            outcome.value = Period::day(b).value();
            outcome.date = Date::from_edtf(&format!("[{a},{b}]")).ok();
            outcome.focus = Some(Period::day(b));
        }
        Some(Found::Partial(value)) => outcome.value = value,
        Some(Found::Length { value, span }) => {
            outcome.kind = TimexKind::Duration;
            outcome.value = value;
            outcome.date = span.map(Date::from_span);
        }
        Some(Found::Set(value)) => {
            outcome.kind = TimexKind::Set;
            outcome.value = value;
        }
        Some(Found::Ref { value, span }) => {
            outcome.value = value.into();
            outcome.date = span.map(Date::from_span);
        }
        Some(Found::Clock { day, value, days }) => {
            outcome.kind = TimexKind::Time;
            outcome.value = value;
            outcome.date = days.map(Date::from_span).or_else(|| day.and_then(Period::date));
            // What is told after a night is told of the day that it ends on.
            outcome.focus = days.and_then(|d| d.latest).map(Period::day).or(day);
        }
    }
    if let Sem::Set { quant, freq, .. } = &meaning.sem {
        outcome.quant.clone_from(quant);
        outcome.freq.clone_from(freq);
    }
    if let Some(modifier) = meaning.modifier
        && !matches!(meaning.sem, Sem::Clip { .. })
    {
        modify(&mut outcome, modifier);
    }
    outcome
}

/// Narrows or blurs the days as the modifier says: "early 2005" is its first third, "about 1910" is `1910~`.
fn modify(outcome: &mut Outcome, modifier: &str) {
    let Some(date) = &mut outcome.date else { return };
    let Span { earliest: Some(a), latest: Some(b) } = date.span else { return };
    let days = (b - a).num_days() + 1;
    if days < 3 || outcome.kind == TimexKind::Duration {
        return;
    }
    let third = days.div_euclid(3);
    let at = |n: i64| super::calendar::add_days(a, n);
    let part = match modifier {
        "START" => at(third - 1).map(|end| Span::between(a, end)),
        "MID" => at(third).zip(at(days - 2 - third)).map(|(start, end)| Span::between(start, end)),
        "END" => at(days - 1 - third).map(|start| Span::between(start, b)),
        "APPROX" => {
            if let Ok(blurred) = Date::from_edtf(&format!("{}~", date.edtf)) {
                let precision = date.precision;
                *date = Date { precision, ..blurred };
            }
            None
        }
        _ => None,
    };
    if let Some(span) = part {
        *date = Date::from_span(span);
    }
}

struct Run<'a> {
    state: &'a State,
    direction: Direction,
    anchor: Option<String>,
    implied: bool,
    warning: Option<String>,
}

impl Run<'_> {
    fn sem(&mut self, sem: &Sem) -> Option<Found> {
        match sem {
            Sem::Number(_) | Sem::Nothing => None,
            Sem::Fields(fields) => self.fields(fields),
            Sem::Era { unit, first, short } => self.era(*unit, *first, *short).map(Found::Period),
            Sem::Unit { unit, offset, base, fiscal: _ } => Some(self.unit(*unit, *offset, base)),
            Sem::Nearest { fields, offset, base } => Some(self.nearest(fields, *offset, base)),
            Sem::Shift { amount, unit, sign, base } => self.shift(*amount, *unit, *sign, base),
            Sem::Window { amount, unit, sign, base } => {
                let span = self.window(*amount, *unit, *sign, base);
                Some(Found::Length { value: length_value(&[(*amount, *unit)]), span })
            }
            Sem::Within { amount, unit } if self.direction == Direction::Future && *unit >= Unit::Day => {
                self.shift(*amount, *unit, 1, &Base::Document)
            }
            Sem::Within { amount, unit } => {
                Some(Found::Length { value: length_value(&[(*amount, *unit)]), span: None })
            }
            Sem::Length(parts) => Some(Found::Length { value: length_value(parts), span: None }),
            Sem::Set { often, .. } => Some(Found::Set(set_value(often))),
            Sem::SomeDay => Some(self.some_day()),
            Sem::Then => Some(match self.base(&Base::Reference) {
                Some(period) => Found::Period(period),
                None => Found::Ref { value: "", span: None },
            }),
            Sem::Ref(value) => Some(self.reference_word(value)),
            Sem::Clock { clock, day } => self.clock(clock, day.as_deref()),
            Sem::Part { part, of } => self.part(*part, of),
            Sem::Clip { of, side } => self.clip(of, *side),
            Sem::Range(from, to) => self.range(from, to),
        }
    }

    /// The period that an anchor stands for; notes it.
    fn base(&mut self, base: &Base) -> Option<Period> {
        let document = self.state.document.map(Period::day);
        match base {
            Base::On(inner) => match self.sem(inner)? {
                Found::Period(period) => Some(period),
                Found::Days { span, .. } => Some(Period::day(span.latest?)),
                Found::Clock { day, .. } => day,
                _ => None,
            },
            Base::Quarter => match self.state.quarter() {
                Some(quarter) => {
                    self.anchor = Some(format!("quarter {}", quarter.value()));
                    Some(quarter)
                }
                None => {
                    let day = self.note_document(document)?;
                    Period::containing(Unit::Quarter, day.first)?.shift(-1)
                }
            },
            Base::Auto | Base::Document if !self.state.narrative => self.note_document(document),
            Base::Auto | Base::Document | Base::Reference => match &self.state.reference {
                Some((period, words)) => {
                    self.anchor = Some(format!("timex \"{words}\""));
                    Some(*period)
                }
                None if self.state.narrative => None,
                None => self.note_document(document),
            },
        }
    }

    fn note_document(&mut self, document: Option<Period>) -> Option<Period> {
        let day = document?;
        let basis = if self.state.basis.is_empty() { String::new() } else { format!(" ({})", self.state.basis) };
        self.anchor = Some(format!("document date {}{basis}", day.first));
        Some(day)
    }

    fn era(&mut self, unit: Unit, first: i32, short: bool) -> Option<Period> {
        // "the twenties" have begun: of a decade only the past is spoken of by its short name.
        let first = if short { self.century_of(first, 0)? } else { first };
        Some(Period { unit, first: NaiveDate::from_ymd_opt(first, 1, 1)? })
    }

    /// The full year of a two-digit one: the nearest to the anchor, at most `ahead` years after it.
    fn century_of(&mut self, two: i32, ahead: i32) -> Option<i32> {
        let near = self.base(&Base::Auto).or_else(|| self.state.document.map(Period::day));
        let year = near.map_or(2000, |p| p.first.year());
        self.implied = true;
        let same = year.div_euclid(100) * 100 + two;
        [same - 100, same, same + 100].into_iter().filter(|y| *y <= year + ahead).max()
    }

    fn known_year(&mut self, year: &Year) -> Option<i32> {
        match year {
            Year::Known(year) => Some(*year),
            Year::Short(two) => {
                let year = self.century_of(*two, 30);
                self.implied = false;
                year
            }
            Year::Relative(offset, base) => {
                self.implied = true;
                let base = self.base(base)?;
                Some(base.first.year() + i32::try_from(*offset).ok()?)
            }
        }
    }

    fn fields(&mut self, fields: &Fields) -> Option<Found> {
        if let Some(Fixture::Once(a, b)) = fields.fixture {
            let focus = (a == b).then(|| Period::day(a));
            let value = if a == b { Period::day(a).value() } else { format!("{a}/{b}") };
            return Some(match focus {
                Some(day) => Found::Period(day),
                None => Found::Days { value, span: Span::between(a, b), focus: None },
            });
        }
        if let (Some(day), Some(weekday), None) = (fields.day, fields.weekday, fields.month) {
            return Some(self.weekday_of_month(day, weekday));
        }
        if let (Some(day), None) = (fields.day, fields.month) {
            // The tail of a range: its month is that of the date before.
            let base = self.base(&Base::Reference)?;
            self.implied = true;
            let first = NaiveDate::from_ymd_opt(base.first.year(), base.first.month(), day)?;
            return Some(Found::Period(Period::day(first)));
        }
        if let Some(year) = &fields.year {
            let year = match self.known_year(year) {
                Some(year) => year,
                None => return Some(Found::Partial(partial(fields))),
            };
            // "The 1988 period" beside a third quarter is that of 1988.
            if fields.fiscal
                && let Some(quarter) = self.state.quarter()
            {
                self.anchor = Some(format!("quarter {}", quarter.value()));
                let same = Fields { quarter: Some(quarter.first.month().div_ceil(3)), ..Fields::default() };
                return in_year(&same, year);
            }
            return in_year(fields, year);
        }
        if fields.weekday.is_some() && fields.month.is_none() && fields.fixture.is_none() {
            return Some(self.weekday(fields));
        }
        let base = self.base(&Base::Auto);
        let Some(base) = base else {
            let before = self.year_before_next(fields).and_then(|year| in_year(fields, year));
            self.implied |= before.is_some();
            return Some(before.unwrap_or_else(|| Found::Partial(partial(fields))));
        };
        self.implied = true;
        let year = self.year_for(fields, base)?;
        in_year(fields, year).or_else(|| Some(Found::Partial(partial(fields))))
    }

    fn unit(&mut self, unit: Unit, offset: i64, base: &Base) -> Found {
        if self.state.narrative && unit == Unit::Day && *base == Base::Document {
            let value = if offset == 0 { "PRESENT_REF" } else { "XXXX-XX-XX" };
            return Found::Partial(value.into());
        }
        let Some(mut period) = self.base(base) else { return Found::Partial(unknown(unit)) };
        if *base == Base::Reference && period.unit > unit && !self.state.narrative {
            // "the preceding week" does not count from a month: the day last named, or that of the document, is meant.
            let day = self.state.day.clone();
            let document = self.state.document.map(Period::day);
            period = match day {
                Some((day, words)) => {
                    self.anchor = Some(format!("timex \"{words}\""));
                    day
                }
                None => self.note_document(document).unwrap_or(period),
            };
        }
        if unit < Unit::Year || offset != 0 {
            self.implied = true;
        }
        // The week before Christmas is the calendar week in which most of the seven days before it lie.
        let from = match base {
            Base::On(_) if unit == Unit::Week && period.unit == Unit::Day && offset != 0 => {
                Period::day(period.first).shift(4 * offset.signum()).zip(Some(offset - offset.signum()))
            }
            // A holiday on a Monday has the weekend before it.
            Base::On(_)
                if unit == Unit::Weekend && offset == 0 && period.first.weekday().num_days_from_monday() < 2 =>
            {
                Some((period, -1))
            }
            // The weekend after a Wednesday is that of its own week.
            Base::On(_) if unit == Unit::Weekend && offset > 0 && period.first.weekday().num_days_from_monday() < 5 => {
                Some((period, offset - 1))
            }
            _ => None,
        };
        let (from, offset) = from.unwrap_or((period, offset));
        let whole = match Period::containing(unit, from.first).and_then(|p| p.shift(offset)) {
            Some(whole) => whole,
            None => return Found::Partial(unknown(unit)),
        };
        // Late in the week, without a tense that tells, the weekend is the coming one.
        let coming = match self.direction {
            Direction::Unknown => period.first.weekday().num_days_from_monday() > 1,
            direction => direction.ahead(),
        };
        if unit == Unit::Weekend && offset == 0 && !coming && period.first < whole.first {
            return whole.shift(-1).map_or_else(|| Found::Partial(unknown(unit)), Found::Period);
        }
        if unit == Unit::Day && period.unit > Unit::Day {
            // A day of which only the month or year is known.
            return blurred(period, offset);
        }
        Found::Period(whole)
    }
}

impl Run<'_> {
    /// "Tuesday the 22nd": in the nearest month in which that day falls so.
    fn weekday_of_month(&mut self, day: u32, weekday: u32) -> Found {
        let near = self.base(&Base::Auto).and_then(|base| {
            let month = Period::containing(Unit::Month, base.first)?;
            (0..=14).flat_map(|n| if self.direction.ahead() { [n, -n] } else { [-n, n] }).find_map(|n| {
                let first = month.shift(n)?.first;
                let date = NaiveDate::from_ymd_opt(first.year(), first.month(), day)?;
                (date.weekday().number_from_monday() == weekday).then_some(date)
            })
        });
        self.implied = true;
        near.map_or_else(|| Found::Partial(format!("XXXX-XX-{day:02}")), |date| Found::Period(Period::day(date)))
    }

    /// A day of the month, or of the longer time, just told of.
    fn some_day(&mut self) -> Found {
        // "It is the second day of the strike": that on which it is written.
        if !self.state.narrative && self.direction == Direction::Unknown {
            return self.base(&Base::Document).map_or_else(|| Found::Partial(unknown(Unit::Day)), Found::Period);
        }
        let told = self.base(&Base::Reference);
        let month =
            told.and_then(|p| if p.unit < Unit::Month { Period::containing(Unit::Month, p.first) } else { Some(p) });
        self.implied = true;
        match month {
            Some(month) => blurred(month, 0),
            None => Found::Partial(unknown(Unit::Day)),
        }
    }
}

impl Period {
    /// This period, which holds `from`, moved by `n` units counted from the day of `from`.
    fn shift_from(self, n: i64, from: Period) -> Option<Period> {
        if self.unit == Unit::Week && from.unit == Unit::Day {
            let day = from.shift(n.checked_mul(7)?)?;
            return Period::containing(Unit::Week, day.first);
        }
        self.shift(n)
    }
}

/// A day (or another unit) of which only the longer period is known.
fn blurred(period: Period, days: i64) -> Found {
    let tail = match period.unit {
        Unit::Year => "-XX-XX",
        Unit::Month => "-XX",
        _ => "",
    };
    let moved = |day| super::calendar::add_days(day, days);
    let span = period.span().and_then(|s| Some(Span::between(moved(s.earliest?)?, moved(s.latest?)?)));
    match span {
        Some(span) => Found::Days { value: format!("{}{tail}", period.value()), span, focus: Some(period) },
        None => Found::Partial(period.value()),
    }
}

fn span_of(found: &Found) -> Option<Span> {
    match found {
        Found::Period(period) => period.span(),
        Found::Days { span, .. } => Some(*span),
        Found::Clock { day, days, .. } => days.or_else(|| day.and_then(Period::span)),
        _ => None,
    }
}

/// The date that fields mean in a year.
fn in_year(fields: &Fields, year: i32) -> Option<Found> {
    let whole =
        |unit, month: u32| Some(Found::Period(Period { unit, first: NaiveDate::from_ymd_opt(year, month, 1)? }));
    if let Some(fixture) = &fields.fixture {
        return Some(Found::Period(Period::day(fixture_day(fixture, year)?)));
    }
    match (fields.month, fields.day) {
        (Some(month), Some(day)) => {
            let first = NaiveDate::from_ymd_opt(year, month, day)?;
            match fields.last_day {
                None => Some(Found::Period(Period::day(first))),
                Some(last) => {
                    let last = NaiveDate::from_ymd_opt(year, month, last)?;
                    Some(Found::Days {
                        value: format!("{}/{}", Period::day(first).value(), Period::day(last).value()),
                        span: Span::between(first, last),
                        focus: Some(Period::day(last)),
                    })
                }
            }
        }
        (Some(month), None) => whole(Unit::Month, month),
        (None, _) if fields.week.is_some() => {
            let monday = NaiveDate::from_isoywd_opt(year, fields.week?, chrono::Weekday::Mon)?;
            if let Some(weekday) = fields.weekday {
                return Some(Found::Period(Period::day(super::calendar::add_days(monday, i64::from(weekday) - 1)?)));
            }
            Some(Found::Period(Period { unit: Unit::Week, first: monday }))
        }
        (None, _) => match (fields.season, fields.quarter, fields.half) {
            (Some(season), ..) => whole(Unit::Season, season * 3),
            (_, Some(quarter), _) => whole(Unit::Quarter, quarter * 3 - 2),
            (.., Some(half)) => whole(Unit::Half, half * 6 - 5),
            _ => Some(Found::Period(Period::year(year)?)),
        },
    }
}
