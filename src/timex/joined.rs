//! Dates joined by "and", "to", a dash or a comma are written with their month or year once: "6-7 February 1920", "the
//! spring and summer of 1943", "October to March 1945". The first takes from the second what it lacks.

use super::Timex;
use super::calendar::{Period, add_days};
use super::meaning::{Fields, Order, Sem, Year};

/// Gives each of two expressions what only the other writes: the first month, year and day, the second its century. Both
/// stand side by side in one sentence.
pub(super) fn share(first: &mut Sem, second: &mut Sem) {
    // "1914-18": the century is written once.
    if let (Sem::Fields(Fields { year: Some(Year::Known(from)), .. }), Sem::Fields(b)) = (&*first, &mut *second)
        && let Some(Year::Short(two)) = b.year
        && *b == (Fields { year: Some(Year::Short(two)), ..Fields::default() })
    {
        let to = from - from.rem_euclid(100) + two;
        b.year = Some(Year::Known(if to < *from { to + 100 } else { to }));
        return;
    }
    let second = &*second;
    // "from 2 to 4 pm": the half of the day is written once.
    if let (Sem::Clock { clock: a, .. }, Sem::Clock { clock: b, .. }) = (&mut *first, second)
        && let (true, Some(from), Some(to)) = (a.open && !b.open, a.hour, b.hour)
        && from + 12 <= to
    {
        a.hour = Some(from + 12);
    }
    // "from 3pm to 5pm on Friday".
    if let (Sem::Clock { day: a @ None, clock }, Sem::Clock { day: Some(b), .. }) = (&mut *first, second)
        && clock.hour.is_some()
    {
        *a = Some(b.clone());
        return;
    }
    let (Sem::Fields(a), Sem::Fields(b)) = (first, second) else { return };
    if a.year.is_some() || a.weekday.is_some() && a.month.is_none() {
        return;
    }
    let bare_day = a.day.is_some() && a.month.is_none();
    if bare_day {
        let fits = b.day.is_some_and(|day| a.day < Some(day));
        let (Some(month), true) = (b.month, fits) else { return };
        a.month = Some(month);
        a.year = b.year.clone();
        return;
    }
    let (Some(from), Some(to), Some(Year::Known(year))) = (place(a), place(b), &b.year) else { return };
    // What begins later in the year than the second belongs to the year before.
    a.year = Some(Year::Known(if from > to { year - 1 } else { *year }));
}

/// The year of the second of two dates joined without a year, when that of the first is known: the same, or the next
/// where the second would lie before the first.
pub(super) fn year_of_second(first: &Sem, year: i32, second: &Sem) -> Option<i32> {
    let (Sem::Fields(a), Sem::Fields(b)) = (first, second) else { return None };
    let months = a.year.is_none() && b.year.is_none() && a.month.is_some() && b.month.is_some();
    let (from, to) = (place(a)?, place(b)?);
    months.then_some(if to < from { year + 1 } else { year })
}

/// Two weekdays joined to a range follow each other: "from Monday to Friday" told on a Wednesday is the week before, or,
/// of what is planned, the week to come.
pub(super) fn in_order(first: &mut Timex, second: &mut Timex, ahead: bool) {
    let day = |timex: &Timex| timex.date.as_ref().map(|d| d.span).filter(|s| s.earliest == s.latest)?.earliest;
    let (Some(a), Some(b)) = (day(first), day(second)) else { return };
    let gap = (a - b).num_days();
    let (timex, moved) = if ahead { (second, add_days(b, 7)) } else { (first, add_days(a, -7)) };
    let Some(period) = moved.map(Period::day).filter(|_| (1..7).contains(&gap)) else { return };
    timex.value = period.value();
    timex.date = period.date();
}

/// Whether a meaning is a weekday and nothing else.
pub(super) fn is_weekday(sem: &Sem) -> bool {
    matches!(sem, Sem::Fields(fields) if fields.weekday.is_some()
        && *fields == Fields { weekday: fields.weekday, ..Fields::default() })
}

/// Reads the numeric dates that may be either ("05/06/2005") as the others of the document are written; American where
/// nothing tells.
pub(super) fn agree_on_order<'a>(all: impl Iterator<Item = &'a mut Sem>) {
    let (mut american, mut european, mut open) = (0usize, 0usize, Vec::new());
    for sem in all {
        let fields = match sem {
            Sem::Fields(fields) => fields,
            Sem::Clock { day: Some(day), .. } => match &mut **day {
                Sem::Fields(fields) => fields,
                _ => continue,
            },
            _ => continue,
        };
        match fields.order {
            Some(Order::MonthFirst) => american += 1,
            Some(Order::DayFirst) => european += 1,
            Some(Order::Either) => open.push(fields),
            None => {}
        }
    }
    if european > american {
        open.into_iter().for_each(|fields| std::mem::swap(&mut fields.month, &mut fields.day));
    }
}

/// Where in its year a date begins: month and day.
fn place(fields: &Fields) -> Option<(u32, u32)> {
    let month = match (fields.month, fields.season, fields.quarter, fields.half) {
        (Some(month), ..) => month,
        (_, Some(season), ..) => season * 3,
        (.., Some(quarter), _) => quarter * 3 - 2,
        (.., Some(half)) => half * 6 - 5,
        _ => return None,
    };
    Some((month, fields.day.unwrap_or(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: Option<i32>, month: Option<u32>, day: Option<u32>) -> Sem {
        Sem::Fields(Fields { year: year.map(Year::Known), month, day, ..Fields::default() })
    }

    #[test]
    fn what_is_written_once_holds_for_both() {
        let mut tail = Sem::Fields(Fields { year: Some(Year::Short(18)), ..Fields::default() });
        share(&mut date(Some(1914), None, None), &mut tail);
        assert_eq!(tail, date(Some(1918), None, None));
        for (first, second, wanted) in [
            (date(None, Some(4), None), date(Some(1945), Some(6), None), date(Some(1945), Some(4), None)),
            (date(None, Some(10), None), date(Some(1945), Some(3), None), date(Some(1944), Some(10), None)),
            (date(None, None, Some(6)), date(Some(1920), Some(2), Some(7)), date(Some(1920), Some(2), Some(6))),
            (date(None, None, Some(8)), date(Some(1920), Some(2), Some(7)), date(None, None, Some(8))),
            (date(None, Some(5), None), date(Some(1945), None, None), date(None, Some(5), None)),
        ] {
            let mut found = first;
            share(&mut found, &mut second.clone());
            assert_eq!(found, wanted);
        }
    }
}
