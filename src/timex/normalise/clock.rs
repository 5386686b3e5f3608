//! Times of day from captures.

use super::super::grammar::Value;
use super::super::meaning::{Clock, Meaning, Sem, Unit};
use super::Slots;

impl Slots<'_> {
    /// A zone by name, or by its distance from UTC: `+0100`, `-05:30`.
    pub(super) fn zone(&self) -> Option<String> {
        if let (Some(sign), Some(offset)) = (self.text("sign"), self.word("utc")) {
            let hours = offset.get(..2)?;
            let minutes = offset.get(2..4).or_else(|| self.word("utcmin")).filter(|m| *m != "00");
            return Some(format!("{sign}{hours}{}", minutes.map(|m| format!(":{m}")).unwrap_or_default()));
        }
        self.text("zone").filter(|zone| !zone.is_empty())
    }

    /// A time of day: a captured one with the day beside it, or one by its parts.
    pub(super) fn clock(&self) -> Option<Sem> {
        let clock = match self.sub("clock") {
            Some(Meaning { sem: Sem::Clock { clock, day: None }, .. }) => clock,
            Some(_) => return None,
            None => self.time_of_day()?,
        };
        let day = match (self.sub("it"), self.value("offset")) {
            (Some(day), _) => Some(day.sem),
            (None, Some(Value::Int(offset))) => {
                Some(Sem::Unit { unit: Unit::Day, offset, base: self.base()?, fiscal: false })
            }
            _ if self.held("it").is_some() => return None,
            _ => None,
        };
        Some(Sem::Clock { clock, day: day.map(Box::new) })
    }

    pub(super) fn time_of_day(&self) -> Option<Clock> {
        let mut hour = self.within_zero("hour", 24)?;
        let ampm = self.text("ampm").or_else(|| self.text("hour").filter(|text| text.ends_with('M')));
        match (hour, ampm.as_deref()) {
            (Some(h), Some("PM")) if h < 12 => hour = Some(h + 12),
            (Some(12), Some("AM")) => hour = Some(0),
            (Some(h), Some(_)) if h > 12 => return None,
            _ => {}
        }
        let part = self.text("part");
        let hour = match (hour, part.as_deref()) {
            (Some(h), Some("AF" | "EV")) if h < 12 => Some(h + 12),
            (Some(h), Some("NI")) if (6..12).contains(&h) => Some(h + 12),
            (hour, _) => hour,
        };
        let (hour, minute) = match self.word("hhmm") {
            Some(word) => {
                let n: u32 = word.parse().ok()?;
                (Some(n / 100).filter(|h| *h <= 24), Some(n % 100).filter(|m| *m < 60))
            }
            None => (hour, self.within_zero("minute", 59)?),
        };
        // "twenty to five" is 4:40.
        let (hour, minute) = match (hour, self.int("before")) {
            (Some(hour), Some(before)) => (Some((hour + 23) % 24), u32::try_from(60 - before).ok()),
            _ => (hour, minute),
        };
        let clock = Clock {
            hour,
            minute,
            second: self.within_zero("second", 59)?,
            part: if hour.is_some() { None } else { part },
            zone: self.zone(),
        };
        (clock.hour.is_some() || clock.part.is_some()).then_some(clock)
    }

    pub(super) fn within_zero(&self, name: &str, most: u32) -> Option<Option<u32>> {
        match self.value(name) {
            None => Some(None),
            Some(_) => {
                let n = self.leading(name).or_else(|| self.int(name))?;
                u32::try_from(n).ok().filter(|n| *n <= most).map(Some)
            }
        }
    }
}
