//! Dates without a year and weekdays: which of them is meant.
//!
//! The figures below were checked in November 2026 by moving each of them alone, on either half of the development
//! corpora: neighbouring values do as well within a few tenths of a point, so none is tuned to a text.

use super::*;

/// How much a step back in a narrative weighs against one forward.
const BACKWARD: f64 = 1.5;
/// The same, where both stand in one sentence: "the revolution of February 1917, and in October …".
const BACKWARD_AT_ONCE: f64 = 2.0;
/// What a step forward weighs against a pluperfect (months): "where war had broken out in the spring".
const AGAINST_PLUPERFECT: f64 = 12.0;
/// The most that a step to the next written date weighs (months): behind a long way back a new thread begins.
const NEW_THREAD: f64 = 18.0;
/// The weight of the last exact date beside a bare year that stands nearer.
const EXACT_WEIGHT: f64 = 0.5;
/// In news, without a telling tense, a date up to so many days ahead is the coming one …
const SOON: i64 = 90;
/// … and one more than so many days back as well: the coming one is nearer then.
const LONG_PAST: i64 = 240;
/// Behind an exact day in one sentence, a date without a year that comes so many days later is of the same year …
const NEXT: i64 = 92;
/// … unless it is one of so many days around the day of the document.
const LATE: i64 = 45;
/// Half a year: the nearer of two dates a year apart lies within it.
const HALF_YEAR: i64 = 183;
/// Half a season, in days.
const HALF_SEASON: i64 = 45;
/// How far an exact day may stand against the tense beside it, which may belong to another verb.
const AGAINST_TENSE: i64 = 30;

impl Run<'_> {
    /// The year of a narrative's first date, when only the next one is written in full: it lies before that.
    pub(super) fn year_before_next(&self, fields: &Fields) -> Option<i32> {
        let (year, next) = self.state.ahead.0.filter(|_| self.state.narrative)?;
        Some(if fields.month? > next? { year - 1 } else { year })
    }

    /// The year of a date written without one.
    pub(super) fn year_for(&mut self, fields: &Fields, base: Period) -> Option<i32> {
        let year =
            if fields.season == Some(4) && base.first.month() < 3 { base.first.year() - 1 } else { base.first.year() };
        let of = |year: i32| in_year(fields, year).and_then(|f| span_of(&f));
        // A written weekday tells the year.
        if let (Some(weekday), Some(_)) = (fields.weekday, fields.day) {
            let near = [year, year - 1, year + 1]
                .into_iter()
                .find(|y| of(*y).and_then(|s| s.earliest).is_some_and(|d| d.weekday().number_from_monday() == weekday));
            return Some(near.unwrap_or(year));
        }
        if self.state.narrative {
            return Some(self.narrative_year(fields, base, year));
        }
        if let Some(year) = self.state.beside {
            return Some(year);
        }
        if let Some(section) = self.state.section {
            self.anchor = Some(format!("heading {section}"));
            return Some(section);
        }
        let now = self.news_year(fields, base.first, year, of(year));
        Some(self.told_at_once(fields, base.first, now).unwrap_or(now))
    }

    /// "On 5 October 2001 he flew there, and on 12 October they signed", told much later: the year of the day that the
    /// sentence told just before, unless the date may as well be a late one.
    fn told_at_once(&self, fields: &Fields, day: NaiveDate, now: i32) -> Option<i32> {
        let told = self.state.exact.filter(|_| self.state.told == self.state.sentence && fields.day.is_some())?.first;
        let first = |year: i32| in_year(fields, year).and_then(|f| span_of(&f)?.earliest);
        let next = (first(told.year())? - told).num_days();
        let late = (first(now)? - day).num_days().abs() <= LATE;
        ((0..=NEXT).contains(&next) && !late).then_some(told.year())
    }

    /// In news the year is that of the nearest such date, the past one unless a tense or the nearness speaks for the
    /// coming one.
    fn news_year(&self, fields: &Fields, day: NaiveDate, year: i32, now: Option<Span>) -> i32 {
        let ahead = now.and_then(|s| s.earliest).map_or(0, |first| (first - day).num_days());
        let behind = now.and_then(|s| s.latest).map_or(0, |last| (day - last).num_days());
        // "Rose from January through November": all of it is over.
        let until = self.state.until.as_ref().and_then(|until| span_of(&in_year(until, year)?)?.earliest);
        let ahead = until.map_or(ahead, |until| ahead.max((until - day).num_days()));
        let slack = if fields.day.is_some() { AGAINST_TENSE } else { 0 };
        match self.direction {
            _ if fields.quarter.is_some() && behind > 0 && behind < HALF_YEAR => year,
            Direction::Future if behind > slack => year + 1,
            Direction::Planned if behind > HALF_YEAR => year + 1,
            Direction::Planned if ahead > HALF_YEAR => year - 1,
            Direction::Past | Direction::Earlier if ahead > slack => year - 1,
            // "In the fall he had been arrested", told in the first weeks of one.
            Direction::Earlier if fields.season.is_some() && behind <= 0 && ahead > -HALF_SEASON => year - 1,
            Direction::Cited if ahead > 0 => year - 1,
            Direction::Unknown if ahead > SOON => year - 1,
            Direction::Unknown if behind > LONG_PAST => year + 1,
            _ => year,
        }
    }

    /// In a narrative the year is the one that fits best between the time just told of and the next date whose year
    /// is written: time mostly goes on, and a step back costs more than the same step forward.
    fn narrative_year(&self, fields: &Fields, base: Period, year: i32) -> i32 {
        let month = match (fields.month, fields.season, fields.quarter) {
            (Some(month), ..) => month,
            (_, Some(season), _) => (season * 3).min(12),
            (.., Some(quarter)) => quarter * 3 - 1,
            _ => return year,
        };
        let months = |year: i32, month: u32| f64::from(year * 12) + f64::from(month);
        let backward = match self.direction {
            Direction::Earlier => 1.0,
            // Within one sentence time goes on.
            _ if self.state.told == self.state.sentence => BACKWARD_AT_ONCE,
            _ => BACKWARD,
        };
        let step = |from: f64, to: f64| if to < from { (from - to) * backward } else { to - from };
        let cost = |candidate: i32| {
            let here = months(candidate, month);
            let behind = if base.unit >= Unit::Year {
                let from = self.state.exact.map(|p| step(months(p.first.year(), p.first.month()), here));
                (months(candidate, 0) - months(year, 0)).abs() + EXACT_WEIGHT * from.unwrap_or(0.0).min(24.0)
            } else {
                let from = months(base.first.year(), base.first.month());
                let against = self.direction == Direction::Earlier && here > from;
                step(from, here) + if against { AGAINST_PLUPERFECT } else { 0.0 }
            };
            let ahead = match self.state.ahead.0 {
                Some((next, Some(month))) if (next - year).abs() < 4 => step(here, months(next, month)).min(NEW_THREAD),
                Some((next, None)) if (next - year).abs() < 4 => step(here, months(next.max(candidate), 12)).min(12.0),
                _ => 0.0,
            };
            behind + ahead
        };
        let all = [year, year + 1, year - 1];
        all.into_iter().min_by(|a, b| cost(*a).total_cmp(&cost(*b))).unwrap_or(year)
    }

    /// A weekday alone, by the tense beside it.
    pub(super) fn weekday(&mut self, fields: &Fields) -> Found {
        let Some(base) = self.base(&Base::Auto) else { return Found::Partial(partial(fields)) };
        let day = if base.unit == Unit::Day { base.first } else { base.last().unwrap_or(base.first) };
        let wanted = i64::from(fields.weekday.unwrap_or(1));
        let today = i64::from(day.weekday().number_from_monday());
        let back = (today - wanted).rem_euclid(7);
        self.implied = true;
        let step = match self.direction {
            Direction::Future | Direction::Planned if back > 0 => 7 - back,
            _ if self.state.narrative && back > 0 => 7 - back,
            _ => -back,
        };
        match Period::day(day).shift(step) {
            Some(period) => Found::Period(period),
            None => Found::Partial(partial(fields)),
        }
    }

    /// "last December", "next Tuesday", "this summer".
    pub(super) fn nearest(&mut self, fields: &Fields, offset: i64, base: &Base) -> Found {
        let Some(base) = self.base(base) else { return Found::Partial(partial(fields)) };
        self.implied = true;
        // "In 1995 he fled; the following February": behind all of the year.
        let day = if offset > 0 && base.unit >= Unit::Year { base.last().unwrap_or(base.first) } else { base.first };
        if let (Some(weekday), None) = (fields.weekday, fields.month) {
            let today = i64::from(day.weekday().number_from_monday());
            let wanted = i64::from(weekday);
            let step = match offset {
                0 => wanted - today,
                n if n < 0 => -((today - wanted).rem_euclid(7) + if today == wanted { 7 } else { 0 }) + 7 * (n + 1),
                n => (wanted - today).rem_euclid(7) + if today == wanted { 7 } else { 0 } + 7 * (n - 1),
            };
            if offset == 0 && step == 0 {
                self.warning = Some("the weekday named is the anchor's own day; the week before may be meant".into());
                if let Some(before) = Period::day(day).shift(-7) {
                    return Found::OneOf(before.first, day);
                }
            }
            return Period::day(day).shift(step).map_or_else(|| Found::Partial(partial(fields)), Found::Period);
        }
        let year = base.first.year();
        let of = |year: i32| in_year(fields, year);
        let years = match offset {
            0 => vec![year],
            n if n < 0 => vec![year, year - 1, year - 2],
            _ => vec![year - 1, year, year + 1],
        };
        let fits = |found: &Found| match span_of(found) {
            Some(Span { earliest: Some(a), latest: Some(b) }) => match offset {
                0 => true,
                n if n < 0 => b < day,
                _ => a > day,
            },
            _ => false,
        };
        // The nearest, then as many years on as there are steps more.
        let more = i32::try_from(offset - offset.signum()).unwrap_or(0);
        let nearest = years.into_iter().find(|year| of(*year).is_some_and(|found| fits(&found)));
        nearest.and_then(|year| of(year.checked_add(more)?)).unwrap_or_else(|| Found::Partial(partial(fields)))
    }
}
