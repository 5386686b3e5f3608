//! What is counted from an anchor: steps, windows, times of day, parts and ranges of other times.

use super::*;
use chrono::TimeDelta;

/// "An hour ago": a time of the day that it is counted from, or of another where whole days lie between; "two nights
/// later": the night of one.
fn time_of(period: Period, n: i64, unit: Unit) -> Found {
    let days = match unit {
        Unit::Night => n,
        Unit::Hour => n / 24,
        Unit::Minute => n / (24 * 60),
        _ => n / (24 * 3600),
    };
    let day = Some(period).filter(|p| p.unit == Unit::Day).and_then(|p| p.shift(days));
    match day {
        Some(day) => {
            let part = if unit == Unit::Night { "NI" } else { "XX" };
            Found::Clock { value: format!("{}T{part}", day.value()), day: Some(day), days: None }
        }
        None => Found::Clock { value: unknown(unit), day: None, days: None },
    }
}

/// The day so many units after another, or before it.
fn away(day: NaiveDate, n: i64, unit: Unit) -> Option<NaiveDate> {
    let days = |n: i64| day.checked_add_signed(TimeDelta::try_days(n)?);
    match unit {
        Unit::Second | Unit::Minute => Some(day),
        Unit::Hour => days(n.signum() * ((n.abs() + 23) / 24)),
        Unit::Night | Unit::Day => days(n),
        Unit::Week | Unit::Weekend => days(n.checked_mul(7)?),
        Unit::Month => add_months(day, n),
        Unit::Quarter | Unit::Season => add_months(day, n * 3),
        Unit::Half => add_months(day, n * 6),
        Unit::Year => add_months(day, n * 12),
        Unit::Decade => add_months(day, n * 120),
        Unit::Century => add_months(day, n * 1200),
        Unit::Millennium => add_months(day, n.checked_mul(12_000)?),
    }
}

impl Run<'_> {
    pub(super) fn shift(&mut self, amount: Amount, unit: Unit, sign: i64, base: &Base) -> Option<Found> {
        // "A week from Friday" counts from the Friday to come.
        if let Base::On(of) = base
            && sign > 0
            && self.direction == Direction::Unknown
            && matches!(&**of, Sem::Fields(Fields { weekday: Some(_), month: None, day: None, .. }))
        {
            self.direction = Direction::Future;
        }
        let Some(n) = amount.whole().map(|n| n * sign) else {
            let period = self.base(base);
            return Some(match amount {
                Amount::Exact(n) if n.fract() != 0.0 => self.fraction(n, unit, sign, period),
                Amount::Vague => self.some_way(unit, sign, period),
                Amount::Exact(_) => self.vaguely(sign, period),
            });
        };
        if unit == Unit::Year
            && !self.state.narrative
            && !matches!(base, Base::On(_))
            && let Some(quarter) = self.state.quarter()
        {
            self.anchor = Some(format!("quarter {}", quarter.value()));
            self.implied = true;
            let moved = quarter.shift(n.saturating_mul(4));
            return Some(moved.map_or_else(|| Found::Partial(unknown(Unit::Quarter)), Found::Period));
        }
        let Some(period) = self.base(base) else {
            return Some(Found::Partial(unknown(unit)));
        };
        self.implied = true;
        if unit < Unit::Day {
            return Some(time_of(period, n, unit));
        }
        // "a week before Christmas" is a day; "two weeks ago" a week.
        if unit == Unit::Week && period.unit == Unit::Day && matches!(base, Base::On(_)) {
            return Some(period.shift(n * 7).map_or_else(|| Found::Partial(unknown(Unit::Day)), Found::Period));
        }
        // "Two years ago today" is a day.
        if let Base::On(of) = base
            && matches!(**of, Sem::Unit { base: Base::Document, .. })
            && period.unit < unit
        {
            // "A year ago this week" is the week about the same days.
            let middle = if period.unit == Unit::Week { 3 } else { 0 };
            let from = super::super::calendar::add_days(period.first, middle)?;
            let months = |each: i64| add_months(from, n.checked_mul(each)?);
            let day = match unit {
                Unit::Month => months(1),
                Unit::Year => months(12),
                Unit::Decade => months(120),
                _ => period.shift(n * 7).map(|p| p.first),
            };
            return Some(
                day.and_then(|day| Period::containing(period.unit, day))
                    .map_or(Found::Partial(unknown(unit)), Found::Period),
            );
        }
        if unit < period.unit {
            return Some(blurred(period, if unit == Unit::Day { n } else { 0 }));
        }
        Some(
            Period::containing(unit, period.first)?
                .shift_from(n, period)
                .map_or(Found::Partial(unknown(unit)), Found::Period),
        )
    }

    /// "a year and a half ago": by months; "half a century ago": by years.
    pub(super) fn fraction(&mut self, n: f64, unit: Unit, sign: i64, base: Option<Period>) -> Found {
        let (months, unit) = match unit {
            Unit::Year => (n * 12.0, Unit::Month),
            Unit::Decade => (n * 120.0, Unit::Year),
            Unit::Century => (n * 1200.0, Unit::Year),
            _ => return self.vaguely(sign, base),
        };
        let Some(base) = base else { return Found::Partial(unknown(unit)) };
        self.implied = true;
        let unit = unit.max(base.unit);
        add_months(base.first, months.round() as i64 * sign)
            .and_then(|day| Period::containing(unit, day))
            .map_or_else(|| Found::Partial(unknown(unit)), Found::Period)
    }

    /// "a few days later", "weeks ago": between the fewest and the most that such words mean.
    fn some_way(&mut self, unit: Unit, sign: i64, base: Option<Period>) -> Found {
        let Found::Ref { value, span } = self.vaguely(sign, base) else { return Found::Partial(unknown(unit)) };
        let within = base.filter(|_| unit >= Unit::Day).and_then(|p| {
            let (near, far) = (away(p.first, sign * FEWEST, unit)?, away(p.first, sign * MOST, unit)?);
            Some(Span::between(near.min(far), near.max(far)))
        });
        Found::Ref { value, span: within.or(span) }
    }

    /// "Once upon a time", "half a week later": only the side of the anchor is known.
    pub(super) fn vaguely(&mut self, sign: i64, base: Option<Period>) -> Found {
        let (value, span) = if sign < 0 {
            ("PAST_REF", base.map(|p| Span { earliest: None, latest: Some(p.first) }))
        } else {
            ("FUTURE_REF", base.map(|p| Span { earliest: Some(p.first), latest: None }))
        };
        Found::Ref { value, span }
    }

    pub(super) fn window(&mut self, amount: Amount, unit: Unit, sign: i64, base: &Base) -> Option<Span> {
        let base = self.base(base)?;
        let n = match amount {
            Amount::Vague => MOST,
            Amount::Exact(_) => amount.whole()?,
        };
        let day = if sign < 0 { base.last()? } else { base.first };
        let far = away(day, sign * n, unit)?;
        Some(if sign < 0 { Span::between(far, day) } else { Span::between(day, far) })
    }

    pub(super) fn reference_word(&mut self, value: &'static str) -> Found {
        let span = match (value, self.state.narrative) {
            ("PAST_REF", false) => self.base(&Base::Document).map(|p| Span { earliest: None, latest: Some(p.first) }),
            ("FUTURE_REF", false) => self.base(&Base::Document).map(|p| Span { earliest: Some(p.first), latest: None }),
            _ => None,
        };
        Found::Ref { value, span }
    }

    pub(super) fn clock(&mut self, clock: &Clock, day: Option<&Sem>) -> Option<Found> {
        let tail = clock_value(clock);
        // "Friday at 5" without a telling tense is an appointment.
        if clock.hour.is_some() && self.direction == Direction::Unknown && !self.state.narrative {
            self.direction = Direction::Future;
        }
        let mut days = None;
        let day = match day {
            Some(day) => match self.sem(day)? {
                Found::Period(period) => Ok(period),
                // The night of two days begins on the first, and falls on both.
                Found::Days { focus: Some(_), span: span @ Span { earliest: Some(first), .. }, .. }
                    if clock.part.as_deref() == Some("NI")
                        && matches!(day, Sem::Fields(Fields { last_day: Some(_), .. })) =>
                {
                    days = Some(span);
                    Ok(Period::day(first))
                }
                // Of a week or a season the day has no value of its own.
                Found::Days { focus: Some(period), .. }
                    if matches!(period.unit, Unit::Day | Unit::Month | Unit::Year) =>
                {
                    Ok(period)
                }
                Found::Partial(value) if value.starts_with('X') => Err(value),
                Found::Partial(_) => Err("XXXX-XX-XX".into()),
                Found::Clock { day: Some(day), .. } => Ok(day),
                _ => Err("XXXX-XX-XX".into()),
            },
            None if clock.hour.is_some() => {
                let near = self.base(&Base::Reference).filter(|p| p.unit == Unit::Day);
                self.implied = true;
                near.ok_or("XXXX-XX-XX".to_string())
            }
            None => Err("XXXX-XX-XX".to_string()),
        };
        Some(match day {
            Ok(day) => Found::Clock { value: format!("{}{tail}", to_day(&day)), day: Some(day), days },
            Err(value) => Found::Clock { value: format!("{value}{tail}"), day: None, days: None },
        })
    }

    pub(super) fn part(&mut self, part: Part, of: &Sem) -> Option<Found> {
        let whole = match self.sem(of)? {
            Found::Period(period) => period.span()?,
            Found::Days { span, .. } => span,
            Found::Partial(_) => {
                let unit = match part {
                    Part::Nth(_, unit) => unit,
                    Part::Weekday(..) => Unit::Day,
                    Part::Run(amount, unit, _) => {
                        return Some(Found::Length { value: length_value(&[(amount, unit)]), span: None });
                    }
                };
                return Some(Found::Partial(unknown(unit)));
            }
            _ => return None,
        };
        let (first, last) = (whole.earliest?, whole.latest?);
        match part {
            // "The week of November 4", a Sunday, begins with it.
            Part::Nth(1, Unit::Week) if first == last && first.weekday() == chrono::Weekday::Sun => {
                let focus = Period::containing(Unit::Week, first.succ_opt()?)?;
                let span = Span::between(first, Period::day(first).shift(6)?.first);
                Some(Found::Days { value: focus.value(), span, focus: Some(focus) })
            }
            // The first week of May is that of its first seven days, the last that of its last seven: the calendar week
            // in which most of them lie.
            Part::Nth(n, Unit::Week) if (last - first).num_days() > 26 => {
                let middle = if n < 0 {
                    super::super::calendar::add_days(last, 7 * (n + 1) - 3)?
                } else {
                    super::super::calendar::add_days(first, 7 * (n - 1) + 3)?
                };
                (first <= middle && middle <= last).then_some(())?;
                Some(Found::Period(Period::containing(Unit::Week, middle)?))
            }
            // "The weekend of June 5", whatever day that is.
            Part::Nth(1, Unit::Weekend) if first == last => {
                Some(Found::Period(Period::containing(Unit::Weekend, first)?))
            }
            Part::Nth(n, unit) => {
                let at = if n < 0 {
                    Period::containing(unit, last)?.shift(n + 1)?
                } else {
                    Period::containing(unit, first)?.shift(n - 1)?
                };
                let at = match unit {
                    Unit::Weekend if at.first < first => at.shift(1)?,
                    Unit::Weekend if at.first > last => at.shift(-1)?,
                    _ => at,
                };
                let overlaps = at.span()?.intersect(Span::between(first, last)).is_some();
                overlaps.then_some(Found::Period(at))
            }
            Part::Weekday(n, weekday) => {
                let ahead = |from: chrono::NaiveDate| {
                    (i64::from(weekday) - i64::from(from.weekday().number_from_monday())).rem_euclid(7)
                };
                let at = if n < 0 {
                    Period::day(last).shift(ahead(last) - if ahead(last) > 0 { 7 } else { 0 } + 7 * (n + 1))?
                } else {
                    Period::day(first).shift(ahead(first) + 7 * (n - 1))?
                };
                (first <= at.first && at.first <= last).then_some(Found::Period(at))
            }
            Part::Run(amount, unit, from_start) => {
                let value = length_value(&[(amount, unit)]);
                let n = amount.whole();
                let far = n.and_then(|n| {
                    if from_start {
                        Period::containing(unit, first)?.shift(n)?.first.pred_opt()
                    } else {
                        Some(Period::containing(unit, last)?.shift(1 - n)?.first)
                    }
                });
                let span = far.map_or(Span::between(first, last), |far| {
                    if from_start {
                        Span::between(first, far.clamp(first, last))
                    } else {
                        Span::between(far.clamp(first, last), last)
                    }
                });
                Some(Found::Length { value, span: Some(span) })
            }
        }
    }

    /// "later this month": from the anchor to the end of the month, with the month's value.
    pub(super) fn clip(&mut self, of: &Sem, side: i64) -> Option<Found> {
        let anchor = match of {
            Sem::Unit { base, .. } => self.base(base),
            _ => None,
        };
        let found = self.sem(of)?;
        let (Found::Period(period), Some(anchor)) = (&found, anchor) else { return Some(found) };
        let whole = period.span()?;
        let side = if side < 0 {
            Span { earliest: None, latest: anchor.last() }
        } else {
            Span { earliest: Some(anchor.first), latest: None }
        };
        match whole.intersect(side) {
            Some(span) => Some(Found::Days { value: period.value(), span, focus: Some(*period) }),
            None => Some(found),
        }
    }

    pub(super) fn range(&mut self, from: &Sem, to: &Sem) -> Option<Found> {
        let to_found = self.sem(to)?;
        let to_span = span_of(&to_found)?;
        let from_found = match (from, to) {
            // "June 12 to July 3, 2005": the year is written once.
            (Sem::Fields(a), Sem::Fields(b)) if a.year.is_none() => {
                let end = to_span.latest?;
                let known = b.year.is_some();
                let found = in_year(a, end.year())?;
                let after = span_of(&found).and_then(|s| s.earliest).is_some_and(|start| start > end);
                self.implied = !known;
                if after { in_year(a, end.year() - 1)? } else { found }
            }
            _ => self.sem(from)?,
        };
        let from_span = span_of(&from_found)?;
        let (a, b) = (from_span.earliest?, to_span.latest?);
        let value = |found: &Found| match found {
            Found::Period(period) => period.value(),
            Found::Days { value, .. } => value.clone(),
            _ => String::new(),
        };
        (a <= b).then(|| Found::Days {
            value: format!("{}/{}", value(&from_found), value(&to_found)),
            span: Span::between(a, b),
            focus: Some(Period::day(b)),
        })
    }
}
