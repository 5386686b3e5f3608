//! Periods of the calendar: a unit and its first day, with arithmetic, TIMEX3 values and dates.

use super::meaning::{Fixture, Unit};
use crate::date::{Date, NaiveDate, Precision, Span};
use chrono::{Datelike, Days, Months, Weekday};

/// A whole unit of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Period {
    /// Day or longer.
    pub unit: Unit,
    /// Its first day.
    pub first: NaiveDate,
}

impl Period {
    /// The day itself.
    pub fn day(first: NaiveDate) -> Self {
        Period { unit: Unit::Day, first }
    }

    /// The whole year.
    pub fn year(year: i32) -> Option<Self> {
        Some(Period { unit: Unit::Year, first: NaiveDate::from_ymd_opt(year, 1, 1)? })
    }

    /// The unit that holds a day. Seasons are meteorological; winter belongs to the year of its December.
    pub fn containing(unit: Unit, day: NaiveDate) -> Option<Self> {
        let (y, m) = (day.year(), day.month());
        let first = match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Night | Unit::Day => return Some(Period::day(day)),
            Unit::Week => day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday())))?,
            Unit::Weekend => {
                let monday = Period::containing(Unit::Week, day)?.first;
                monday.checked_add_days(Days::new(5))?
            }
            Unit::Month => NaiveDate::from_ymd_opt(y, m, 1)?,
            Unit::Quarter => NaiveDate::from_ymd_opt(y, (m - 1) / 3 * 3 + 1, 1)?,
            Unit::Season if m < 3 => NaiveDate::from_ymd_opt(y - 1, 12, 1)?,
            Unit::Season => NaiveDate::from_ymd_opt(y, m / 3 * 3, 1)?,
            Unit::Half => NaiveDate::from_ymd_opt(y, (m - 1) / 6 * 6 + 1, 1)?,
            Unit::Year => NaiveDate::from_ymd_opt(y, 1, 1)?,
            // Years BC count backwards: the 480s BC are 489–480 BC, astronomically -488 to -479.
            Unit::Decade if y <= 0 => NaiveDate::from_ymd_opt(-((1 - y) / 10 * 10) - 8, 1, 1)?,
            Unit::Decade => NaiveDate::from_ymd_opt(y.div_euclid(10) * 10, 1, 1)?,
            Unit::Century if y <= 0 => NaiveDate::from_ymd_opt(-((-y) / 100 * 100) - 99, 1, 1)?,
            Unit::Century => NaiveDate::from_ymd_opt(y.div_euclid(100) * 100, 1, 1)?,
            Unit::Millennium => NaiveDate::from_ymd_opt(y.div_euclid(1000) * 1000, 1, 1)?,
        };
        Some(Period { unit, first })
    }

    /// The period so many units later (earlier if negative).
    pub fn shift(self, n: i64) -> Option<Self> {
        let months = |each: i64| add_months(self.first, n.checked_mul(each)?);
        let days = |each: i64| add_days(self.first, n.checked_mul(each)?);
        let first = match self.unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Night | Unit::Day => days(1)?,
            Unit::Week | Unit::Weekend => days(7)?,
            Unit::Month => months(1)?,
            Unit::Quarter | Unit::Season => months(3)?,
            Unit::Half => months(6)?,
            Unit::Year => months(12)?,
            Unit::Decade => months(120)?,
            Unit::Century => months(1200)?,
            Unit::Millennium => months(12_000)?,
        };
        Some(Period { unit: self.unit, first })
    }

    /// Its last day.
    pub fn last(self) -> Option<NaiveDate> {
        if self.unit == Unit::Weekend {
            return self.first.succ_opt();
        }
        self.shift(1)?.first.pred_opt()
    }

    /// Its days.
    pub fn span(self) -> Option<Span> {
        Some(Span::between(self.first, self.last()?))
    }

    /// Its TIMEX3 value: `1999-W03`, `1989-Q3`, `2008-SP`, `199`, `BC0480`.
    pub fn value(self) -> String {
        let (y, m) = (self.first.year(), self.first.month());
        match self.unit {
            Unit::Week | Unit::Weekend => {
                let week = self.first.iso_week();
                let tail = if self.unit == Unit::Weekend { "-WE" } else { "" };
                format!("{}-W{:02}{tail}", write_year(week.year()), week.week())
            }
            Unit::Month => format!("{}-{m:02}", write_year(y)),
            Unit::Quarter => format!("{}-Q{}", write_year(y), (m - 1) / 3 + 1),
            Unit::Season => format!("{}-{}", write_year(y), SEASONS[(m / 3) as usize % 4]),
            Unit::Half => format!("{}-H{}", write_year(y), (m - 1) / 6 + 1),
            Unit::Year => write_year(y),
            Unit::Decade if y <= 0 => cut(write_year(y + 8), 1),
            Unit::Decade => cut(write_year(y), 1),
            Unit::Century if y <= 0 => cut(write_year(y + 98), 2),
            Unit::Century => cut(write_year(y), 2),
            Unit::Millennium => cut(write_year(y), 3),
            _ => format!("{}-{m:02}-{:02}", write_year(y), self.first.day()),
        }
    }

    /// Its days as a date with the precision of the unit.
    pub fn date(self) -> Option<Date> {
        let span = self.span()?;
        let mut date = Date::from_span(span);
        date.precision = match self.unit {
            Unit::Week | Unit::Weekend => Precision::Week,
            Unit::Month => Precision::Month,
            Unit::Quarter | Unit::Season | Unit::Half => Precision::Season,
            Unit::Year => Precision::Year,
            Unit::Decade => Precision::Decade,
            Unit::Century => Precision::Century,
            Unit::Millennium => Precision::Range,
            _ => Precision::Day,
        };
        if self.unit == Unit::Season && date.span == span {
            let code = [24, 21, 22, 23][(self.first.month() / 3) as usize % 4];
            let (sign, year) = if self.first.year() < 0 { ("-", -self.first.year()) } else { ("", self.first.year()) };
            if let Ok(season) = Date::from_edtf(&format!("{sign}{year:04}-{code}"))
                && season.span == span
            {
                date.edtf = season.edtf;
            }
        }
        Some(date)
    }
}

const SEASONS: [&str; 4] = ["WI", "SP", "SU", "FA"];

fn cut(mut text: String, by: usize) -> String {
    text.truncate(text.len() - by);
    text
}

/// `0480`, `1999`, `BC0480`.
pub(super) fn write_year(year: i32) -> String {
    if year <= 0 { format!("BC{:04}", 1 - year) } else { format!("{year:04}") }
}

/// A day so many days later.
pub(super) fn add_days(day: NaiveDate, n: i64) -> Option<NaiveDate> {
    let days = Days::new(n.unsigned_abs());
    if n < 0 { day.checked_sub_days(days) } else { day.checked_add_days(days) }
}

/// The same day of the month so many months later, or the month's last day.
pub(super) fn add_months(day: NaiveDate, n: i64) -> Option<NaiveDate> {
    let months = Months::new(u32::try_from(n.unsigned_abs()).ok()?);
    if n < 0 { day.checked_sub_months(months) } else { day.checked_add_months(months) }
}

/// The day of a named day in a year; `None` for what happened once.
pub(super) fn fixture_day(fixture: &Fixture, year: i32) -> Option<NaiveDate> {
    match *fixture {
        Fixture::Fixed { month, day } => NaiveDate::from_ymd_opt(year, month, day),
        Fixture::Weekday { month, nth, weekday } => {
            let wanted = Weekday::try_from(u8::try_from(weekday.checked_sub(1)?).ok()?).ok()?;
            if nth > 0 {
                return NaiveDate::from_weekday_of_month_opt(year, month, wanted, u8::try_from(nth).ok()?);
            }
            (4..=5).rev().find_map(|n| NaiveDate::from_weekday_of_month_opt(year, month, wanted, n))
        }
        Fixture::Easter(days) => add_days(easter(year)?, days),
        Fixture::Once(..) => None,
    }
}

/// Western Easter Sunday (the anonymous Gregorian computus, Meeus, Astronomical Algorithms, ch. 8).
fn easter(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year.rem_euclid(19), year.div_euclid(100), year.rem_euclid(100));
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - b / 4 - g + 15).rem_euclid(30);
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4).rem_euclid(7);
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19).rem_euclid(32);
    NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> NaiveDate {
        text.parse().expect("a test date")
    }

    #[test]
    fn periods_know_their_value_and_days() {
        for (unit, day, value, first, last) in [
            (Unit::Week, "1999-01-22", "1999-W03", "1999-01-18", "1999-01-24"),
            (Unit::Week, "2000-01-01", "1999-W52", "1999-12-27", "2000-01-02"),
            (Unit::Season, "2008-04-10", "2008-SP", "2008-03-01", "2008-05-31"),
            (Unit::Season, "1919-01-10", "1918-WI", "1918-12-01", "1919-02-28"),
            (Unit::Quarter, "1989-09-30", "1989-Q3", "1989-07-01", "1989-09-30"),
            (Unit::Decade, "1999-01-01", "199", "1990-01-01", "1999-12-31"),
            (Unit::Century, "1999-01-01", "19", "1900-01-01", "1999-12-31"),
        ] {
            let period = Period::containing(unit, d(day)).expect(value);
            assert_eq!(period.value(), value);
            assert_eq!(period.span(), Some(Span::between(d(first), d(last))), "{value}");
        }
    }

    #[test]
    fn years_before_christ_count_backwards() {
        let day = NaiveDate::from_ymd_opt(-479, 5, 1).expect("480 BC");
        let value = |unit| Period::containing(unit, day).expect("a period").value();
        assert_eq!(value(Unit::Year), "BC0480");
        assert_eq!(value(Unit::Month), "BC0480-05");
        assert_eq!(value(Unit::Decade), "BC048");
        assert_eq!(value(Unit::Century), "BC04");
        let decade = Period::containing(Unit::Decade, day).expect("a decade");
        assert_eq!(decade.first.year(), -488);
        assert_eq!(decade.last().map(|d| d.year()), Some(-479));
    }

    #[test]
    fn feasts_are_computed() {
        assert_eq!(easter(2000), Some(d("2000-04-23")));
        assert_eq!(easter(2024), Some(d("2024-03-31")));
        let thanksgiving = Fixture::parse("11-W4-4").expect("a fixture");
        assert_eq!(fixture_day(&thanksgiving, 1999), Some(d("1999-11-25")));
        let memorial = Fixture::parse("5-WL-1").expect("a fixture");
        assert_eq!(fixture_day(&memorial, 2004), Some(d("2004-05-31")));
    }
}
