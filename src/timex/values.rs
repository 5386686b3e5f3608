//! TIMEX3 values of what is no calendar period: partial dates, lengths, recurrences, times of day.

use super::calendar::{Period, write_year};
use super::meaning::{Amount, Clock, Fields, Fixture, Often, Unit};
use chrono::Datelike;

/// The value of fields that could not be placed.
pub(super) fn partial(fields: &Fields) -> String {
    match (fields.month, fields.day, fields.weekday, fields.season) {
        (Some(month), Some(day), ..) => format!("XXXX-{month:02}-{day:02}"),
        (Some(month), ..) => format!("XXXX-{month:02}"),
        (_, _, Some(weekday), _) => format!("XXXX-WXX-{weekday}"),
        (.., Some(season)) => format!("XXXX-{}", ["SP", "SU", "FA", "WI"][(season as usize + 3) % 4]),
        _ => match (fields.quarter, fields.half) {
            (Some(quarter), _) => format!("XXXX-Q{quarter}"),
            (_, Some(half)) => format!("XXXX-H{half}"),
            _ if fields.week.is_some() => format!("XXXX-W{:02}", fields.week.unwrap_or(0)),
            _ => match (&fields.fixture, fields.day) {
                (Some(Fixture::Fixed { month, day }), _) => format!("XXXX-{month:02}-{day:02}"),
                (Some(_), _) => "XXXX-XX-XX".into(),
                (None, Some(day)) => format!("XXXX-XX-{day:02}"),
                (None, None) => "XXXX".into(),
            },
        },
    }
}

pub(super) fn unknown(unit: Unit) -> String {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => "XXXX-XX-XXTXX",
        Unit::Night => "XXXX-XX-XXTNI",
        Unit::Day => "XXXX-XX-XX",
        Unit::Week => "XXXX-WXX",
        Unit::Weekend => "XXXX-WXX-WE",
        Unit::Month => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        Unit::Half => "XXXX-HX",
        Unit::Decade => "XXX",
        Unit::Century | Unit::Millennium => "XX",
        Unit::Year | Unit::Season => "XXXX",
    }
    .into()
}

/// `P2W`, `PXY`, `PT1H30M`, `P2Y6M`.
pub(super) fn length_value(parts: &[(Amount, Unit)]) -> String {
    let (mut days, mut hours) = (String::new(), String::new());
    for (amount, unit) in parts {
        let (mut code, of_day) = unit.code();
        let mut amount = *amount;
        // Half-years are told in months, decades in tens of years.
        if let (Amount::Exact(n), Unit::Decade) = (amount, unit) {
            amount = Amount::Exact(n * 10.0);
            code = "Y";
        }
        if let (Amount::Exact(n), Unit::Century) = (amount, unit) {
            amount = Amount::Exact(n * 100.0);
            code = "Y";
        }
        if let (Amount::Exact(n), Unit::Half) = (amount, unit) {
            amount = Amount::Exact(n * 6.0);
            code = "M";
        }
        let to = if of_day { &mut hours } else { &mut days };
        to.push_str(&amount_value(amount, code, *unit));
    }
    if hours.is_empty() { format!("P{days}") } else { format!("P{days}T{hours}") }
}

/// A half year is six months, a half hour thirty minutes; other fractions keep their point.
pub(super) fn amount_value(amount: Amount, code: &str, unit: Unit) -> String {
    match amount {
        Amount::Vague => format!("X{code}"),
        Amount::Exact(n) if n.fract() == 0.0 => format!("{n:.0}{code}"),
        Amount::Exact(n) => {
            let (finer, each) = match unit {
                Unit::Year | Unit::Decade => ("M", 12.0),
                Unit::Hour => ("M", 60.0),
                Unit::Minute => ("S", 60.0),
                Unit::Day => return format!("{n}{code}"),
                _ => return format!("{n}{code}"),
            };
            let rest = n.fract() * each;
            if rest.fract() != 0.0 {
                return format!("{n}{code}");
            }
            let whole = if n >= 1.0 { format!("{:.0}{code}", n.trunc()) } else { String::new() };
            format!("{whole}{rest:.0}{finer}")
        }
    }
}

pub(super) fn set_value(often: &Often) -> String {
    match often {
        // "every weekend", "every morning": the day is what is left open.
        Often::Every(Amount::Exact(1.0), Unit::Weekend) => "XXXX-WXX-WE".into(),
        Often::Open(unit) => unknown(*unit),
        Often::Every(amount, unit) => length_value(&[(*amount, *unit)]),
        Often::Fields(fields, part) => {
            let day = if **fields == Fields::default() { "XXXX-XX-XX".into() } else { partial(fields) };
            format!("{day}{}", part.as_ref().map(|p| format!("T{p}")).unwrap_or_default())
        }
    }
}

pub(super) fn clock_value(clock: &Clock) -> String {
    let mut text = String::from("T");
    match (clock.hour, &clock.part) {
        (Some(hour), _) => {
            text.push_str(&format!("{hour:02}"));
            if let Some(minute) = clock.minute {
                text.push_str(&format!(":{minute:02}"));
            } else {
                text.push_str(":00");
            }
            if let Some(second) = clock.second {
                text.push_str(&format!(":{second:02}"));
            }
        }
        (None, Some(part)) => text.push_str(part),
        (None, None) => {}
    }
    text.push_str(clock.zone.as_deref().unwrap_or(""));
    text
}

/// The day part of a time value: days in full, longer periods with `XX`.
pub(super) fn to_day(period: &Period) -> String {
    match period.unit {
        Unit::Month => format!("{}-XX", period.value()),
        Unit::Year => format!("{}-XX-XX", write_year(period.first.year())),
        _ => period.value(),
    }
}
