//! Calendar fields from captures: years, months and days in words and figures, numeric dates, decades and centuries.

use super::super::grammar::Value;
use super::super::meaning::{Clock, Fields, Op, Order, Sem, Unit, Year};
use super::super::recognise::Held;
use super::{Slots, meaning};
use chrono::Datelike;

impl Slots<'_> {
    /// The date that captures and captured categories add up to.
    pub(super) fn fields(&self) -> Option<Fields> {
        let mut fields = Fields::default();
        // In "the Friday before Easter" Easter is what the Friday is counted from.
        for (name, held) in &self.node.held {
            if let Held::Node(node) = held
                && !(self.rule.op == Op::Nearest && self.is(*name, "it"))
            {
                // A part that makes no sense (31 February) makes none of the whole.
                if let Sem::Fields(part) = meaning(self.view, node)?.sem {
                    fields = fields.merge(part)?;
                }
            }
        }
        let own = Fields {
            year: self.year()?,
            month: self.within("month", 12)?,
            day: self.within("day", 31)?,
            last_day: self.within("last", 31)?,
            weekday: self.within("weekday", 7)?,
            season: self.within("season", 4)?,
            quarter: self.within("quarter", 4)?,
            half: self.within("half", 2)?,
            week: self.within("week", 53)?,
            order: None,
            fixture: None,
            fiscal: self.held("fiscal").is_some(),
        };
        // "the winter of 1941-42": the second year is the next.
        if let (Some(Year::Known(year)), Some(next)) = (&own.year, self.int("next"))
            && i64::from(year + 1).rem_euclid(if next < 100 { 100 } else { 10_000 }) != next
        {
            return None;
        }
        let all = fields.merge(own)?;
        (possible(&all) && !self.leap_day_of_no_leap_year(&all)).then_some(all)
    }

    /// Whether this is 29 February and the year written behind it has none: then it is not that of another year either.
    fn leap_day_of_no_leap_year(&self, fields: &Fields) -> bool {
        let end = self.node.end;
        let behind = if self.view.word(end) == "," { end + 1 } else { end };
        let year = || self.view.word(behind).parse().ok().filter(|year: &i32| *year > 999);
        fields.year.is_none()
            && (fields.month, fields.day) == (Some(2), Some(29))
            && year().is_some_and(|year| chrono::NaiveDate::from_ymd_opt(year, 2, 29).is_none())
    }

    /// A captured number between 1 and `most`: `Some(None)` if absent, `None` if out of bounds.
    pub(super) fn within(&self, name: &str, most: u32) -> Option<Option<u32>> {
        let n = match self.value(name) {
            // A number in words is a part of its own ("twenty-first").
            None => match self.int(name) {
                Some(n) => n,
                None => return Some(None),
            },
            Some(Value::Int(n)) => n,
            Some(_) => self.leading(name)?,
        };
        u32::try_from(n).ok().filter(|n| (1..=most).contains(n)).map(Some)
    }

    /// The year written as digits, with its era.
    pub(super) fn year(&self) -> Option<Option<Year>> {
        if let Some(offset) = self.value("yearoffset") {
            let Value::Int(offset) = offset else { return None };
            return Some(Some(Year::Relative(offset, self.base()?)));
        }
        if self.held("fiscalyear").is_some() {
            return Some(Some(Year::Known(i32::try_from(self.int("fiscalyear")?).ok()?)));
        }
        let Some(Held::Token(..)) = self.held("year") else { return Some(None) };
        let n = i32::try_from(self.int("year")?).ok()?;
        let before = self.text("era").as_deref() == Some("BC");
        let width = self.word("year").map_or(4, |w| w.bytes().take_while(u8::is_ascii_digit).count());
        Some(Some(match () {
            () if before && n > 0 => Year::Known(1 - n),
            () if before || n == 0 && width > 2 => return None,
            () if width == 2 && self.held("era").is_none() => Year::Short(n),
            () => Year::Known(n),
        }))
    }

    pub(super) fn spoken_year(&self) -> Option<Sem> {
        let rest = if self.held("rest").is_some() { self.int("rest")? } else { 0 };
        let scale = self.int("scale").unwrap_or(100);
        let head = match self.int("thousands") {
            Some(thousands) => thousands * 1000,
            None => self.int("hundreds")? * scale,
        };
        let year = i32::try_from(head + rest).ok()?;
        (1000..=2199).contains(&year).then(|| year_fields(year))
    }

    pub(super) fn numeric(&self) -> Option<Sem> {
        let order = self.text("order")?;
        // A dotted date is one token; its widths tell where the year stands.
        let dotted: Option<Vec<&str>> = self.word("dotted").map(|word| word.split('.').collect());
        let order = match &dotted {
            Some(parts) if parts.first().is_some_and(|p| p.len() == 4) => "ymd".to_string(),
            _ => order,
        };
        let piece = |wanted: char| -> Option<&str> {
            let at = order.find(wanted)?;
            match &dotted {
                Some(parts) => parts.get(at).copied(),
                None => self.word(["a", "b", "c"].get(at)?),
            }
        };
        let number = |wanted: char| piece(wanted)?.parse::<u32>().ok();
        let (mut month, mut day) = (number('m')?, number('d')?);
        let mut first = if order.starts_with('m') { Order::MonthFirst } else { Order::DayFirst };
        if month > 12 && day <= 12 && self.text("swap").is_some() {
            std::mem::swap(&mut month, &mut day);
            first = Order::DayFirst;
        }
        let year = match piece('y') {
            None => None,
            Some(word) => {
                let n = word.parse().ok()?;
                Some(if word.len() <= 2 { Year::Short(n) } else { Year::Known(n) })
            }
        };
        let either = day <= 12 && day != month;
        let fields = Fields {
            year,
            month: Some(month).filter(|m| (1..=12).contains(m)),
            day: Some(day).filter(|d| (1..=31).contains(d)),
            order: if order.starts_with('y') || dotted.is_some() {
                None
            } else {
                Some(if either { Order::Either } else { first })
            },
            ..Fields::default()
        };
        (fields.month.is_some() && fields.day.is_some() && possible(&fields)).then_some(Sem::Fields(fields))
    }

    /// "2010-03"; "2001-05" is rather from 2001 to 2005.
    pub(super) fn year_month(&self) -> Option<Sem> {
        let (year, month) = (i32::try_from(self.int("a")?).ok()?, self.within("b", 12)??);
        let run = i32::try_from(month).ok()? > year.rem_euclid(100);
        (!run).then(|| Sem::Fields(Fields { year: Some(Year::Known(year)), month: Some(month), ..Fields::default() }))
    }

    /// "2Q10", "1H2010", "2010Q2"; "05Mar2010", "14,2011" behind a month.
    pub(super) fn glued(&self) -> Option<Fields> {
        let word = self.word("period").or_else(|| self.word("glued-day"))?.to_ascii_lowercase();
        let (head, rest) = word.split_at(word.find(|c: char| !c.is_ascii_digit())?);
        let (letters, tail) = rest.split_at(rest.find(|c: char| c.is_ascii_digit())?);
        let (head, tail) = if head.len() == 4 { (tail, head) } else { (head, tail) };
        let (number, year): (u32, i32) = (head.parse().ok()?, tail.parse().ok()?);
        let mut fields = self.fields()?;
        fields.year = Some(if tail.len() == 2 { Year::Short(year) } else { Year::Known(year) });
        match letters {
            "q" => fields.quarter = Some(number).filter(|n| (1..=4).contains(n)),
            "h" => fields.half = Some(number).filter(|n| (1..=2).contains(n)),
            "," => fields.day = Some(number),
            month => {
                fields.day = Some(number);
                fields.month = Some(month_number(month)?);
            }
        }
        let told = fields.quarter.is_some() || fields.half.is_some() || fields.month.is_some() && fields.day.is_some();
        (told && possible(&fields)).then_some(fields)
    }

    /// "2011-075", "day 75 of 2011".
    pub(super) fn year_day(&self) -> Option<Sem> {
        let year = self.sub("it").map(|m| m.sem);
        let year = match year {
            Some(Sem::Fields(Fields { year: Some(Year::Known(year)), .. })) => year,
            Some(_) => return None,
            None => i32::try_from(self.int("year")?).ok()?,
        };
        let day = chrono::NaiveDate::from_yo_opt(year, u32::try_from(self.int("yday")?).ok()?)?;
        Some(Sem::Fields(Fields {
            year: Some(Year::Known(year)),
            month: Some(day.month()),
            day: Some(day.day()),
            ..Fields::default()
        }))
    }

    /// "2011-03-16T10:15:30Z".
    pub(super) fn iso_time(&self) -> Option<Sem> {
        let (day, hour) = self.word("dayhour")?.split_once(['T', 't'])?;
        let fields = Fields {
            year: Some(Year::Known(i32::try_from(self.int("year")?).ok()?)),
            month: Some(u32::try_from(self.int("b")?).ok().filter(|m| (1..=12).contains(m))?),
            day: Some(day.parse().ok().filter(|d| (1..=31).contains(d))?),
            ..Fields::default()
        };
        let last = ["second", "minute"].into_iter().find_map(|name| self.word(name));
        let clock = Clock {
            hour: Some(hour.parse().ok().filter(|h| *h <= 24)?),
            minute: self.within_zero("minute", 59)?,
            second: self.within_zero("second", 59)?,
            zone: if last.is_some_and(|w| w.ends_with(['Z', 'z'])) { Some("Z".into()) } else { self.zone() },
            ..Clock::default()
        };
        possible(&fields).then(|| Sem::Clock { clock, day: Some(Box::new(Sem::Fields(fields))) })
    }

    pub(super) fn compact(&self) -> Option<Sem> {
        let word = self.word("digits")?;
        let part = |range: std::ops::Range<usize>| word.get(range)?.parse::<u32>().ok();
        let year = i32::try_from(part(0..4)?).ok().filter(|y| (1900..=2099).contains(y))?;
        let fields = Fields {
            year: Some(Year::Known(year)),
            month: part(4..6).filter(|m| (1..=12).contains(m)),
            day: part(6..8),
            ..Fields::default()
        };
        (fields.month.is_some() && fields.day.is_some_and(|d| d > 0) && possible(&fields))
            .then_some(Sem::Fields(fields))
    }

    /// DDHHMM and a zone letter, then month and year.
    pub(super) fn group(&self) -> Option<Sem> {
        let word = self.word("time").or_else(|| self.word("dtg"))?;
        let part = |range: std::ops::Range<usize>| word.get(range)?.parse::<u32>().ok();
        let mut fields = Fields { day: part(0..2).filter(|d| (1..=31).contains(d)), ..self.fields()? };
        fields.day?;
        if let Some(rest) = self.word("dtg").and_then(|w| w.get(7..)) {
            let (month, year) = (rest.get(..3)?.to_lowercase(), rest.get(3..)?);
            fields.month = Some(month_number(&month)?);
            let n = year.parse().ok()?;
            fields.year = Some(if year.len() == 2 { Year::Short(n) } else { Year::Known(n) });
        }
        let clock = Clock {
            hour: Some(part(2..4).filter(|h| *h < 24)?),
            minute: Some(part(4..6).filter(|m| *m < 60)?),
            zone: word.get(6..7).and_then(super::clock::military_zone),
            ..Clock::default()
        };
        possible(&fields).then(|| Sem::Clock { clock, day: Some(Box::new(Sem::Fields(fields))) })
    }

    pub(super) fn era(&self) -> Option<Sem> {
        let before = self.text("era").as_deref() == Some("BC");
        if let Some(nth) = self.int("nth").filter(|n| (1..=60).contains(n)) {
            let first = if before { -100 * nth + 1 } else { (nth - 1) * 100 };
            return Some(Sem::Era { unit: Unit::Century, first: first as i32, short: false });
        }
        let year = i32::try_from(self.int("year").or_else(|| self.int("tens"))?).ok()?;
        if year % 10 != 0 {
            return None;
        }
        // "The nineteen-sixties".
        let year = year + self.int("hundreds").and_then(|n| i32::try_from(n * 100).ok()).unwrap_or(0);
        let short = year < 100;
        let first = if before { -year - 8 } else { year };
        // "The 1800s" are a century; "the 2000s" have been a decade so far.
        let written = self.word("year").is_some_and(|word| word.ends_with(['s', 'S']));
        let century = written && !before && year % 100 == 0 && (1000..2000).contains(&year);
        let unit = if century { Unit::Century } else { Unit::Decade };
        Some(Sem::Era { unit, first, short })
    }
}

/// The number of a month that is written with three letters.
fn month_number(name: &str) -> Option<u32> {
    const MONTHS: &str = "janfebmaraprmayjunjulaugsepoctnovdec";
    let at = MONTHS.find(name).filter(|at| at % 3 == 0 && name.len() == 3)?;
    u32::try_from(at / 3 + 1).ok()
}

fn year_fields(year: i32) -> Sem {
    Sem::Fields(Fields { year: Some(Year::Known(year)), ..Fields::default() })
}

/// Whether day, month and year go together (29 February needs a leap year, or none).
fn possible(fields: &Fields) -> bool {
    let (Some(month), Some(day)) = (fields.month, fields.day) else { return true };
    let year = match fields.year {
        Some(Year::Known(y)) => y,
        Some(Year::Short(y)) => 2000 + y,
        _ => 2000,
    };
    let ok = |d| chrono::NaiveDate::from_ymd_opt(year, month, d).is_some();
    ok(day) && fields.last_day.is_none_or(|last| last > day && ok(last))
}
