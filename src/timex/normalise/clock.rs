//! Times of day from captures.

use super::super::grammar::Value;
use super::super::meaning::{Clock, Meaning, Sem, Unit};
use super::super::values::clock_value;
use super::Slots;

impl Slots<'_> {
    /// A zone by name, or by its distance from UTC: `+0100`, `-05:30`.
    pub(super) fn zone(&self) -> Option<String> {
        if let (Some(sign), Some(offset)) = (self.text("sign"), self.word("utc")) {
            let hours = offset.get(..2)?;
            let minutes = offset.get(2..4).or_else(|| self.word("utcmin")).filter(|m| *m != "00");
            return Some(format!("{sign}{hours}{}", minutes.map(|m| format!(":{m}")).unwrap_or_default()));
        }
        // "1430Z" is one token; behind "1430hrs" may stand a zone.
        if let Some(letter) = self
            .word("hhmm")
            .filter(|word| word.len() == 5 && !word.ends_with(['h', 'H']))
            .and_then(|word| word.get(4..))
        {
            return military_zone(letter);
        }
        // So is "00Z" of "15:00Z".
        if ["second", "minute"].iter().any(|name| self.word(name).is_some_and(|word| word.ends_with(['Z', 'z']))) {
            return Some("Z".into());
        }
        self.text("zone").filter(|zone| !zone.is_empty())
    }

    /// A time of day: a captured one with the day beside it, or one by its parts.
    pub(super) fn clock(&self) -> Option<Sem> {
        let mut clock = match self.sub("clock") {
            Some(Meaning { sem: Sem::Clock { clock, day: None }, .. }) => clock,
            Some(_) => return None,
            None => self.time_of_day()?,
        };
        let day = match (self.sub("it"), self.value("offset")) {
            // "tomorrow evening at 7": the part of the day tells which seven.
            (Some(Meaning { sem: Sem::Clock { clock: part, day: Some(day) }, .. }), _) if clock.hour.is_some() => {
                clock.hour = clock.hour.map(|hour| in_part(hour, part.part.as_deref()));
                Some(*day)
            }
            (Some(day), _) => Some(day.sem),
            (None, Some(Value::Int(offset))) => {
                Some(Sem::Unit { unit: Unit::Day, offset, base: self.base()?, fiscal: false })
            }
            _ if self.held("it").is_some() => return None,
            _ => None,
        };
        // "Nov 21 14:05 2005": the year stands behind the time.
        let day = match (day, self.sub("year")) {
            (Some(Sem::Fields(day)), Some(Meaning { sem: Sem::Fields(year), .. })) => {
                Some(Sem::Fields(day.merge(year)?))
            }
            (day, _) => day,
        };
        Some(Sem::Clock { clock, day: day.map(Box::new) })
    }

    /// What a recurring day is narrowed to: a time ("every night at 10"), else a part of day.
    pub(super) fn part_or_clock(&self) -> Option<Option<String>> {
        let mut clock = match self.sub("clock") {
            Some(Meaning { sem: Sem::Clock { clock, .. }, .. }) => clock,
            Some(_) => return None,
            None if self.held("hour").is_some() => self.time_of_day()?,
            None => return Some(self.text("part")),
        };
        clock.hour = clock.hour.map(|hour| in_part(hour, self.text("part").as_deref()));
        Some(clock_value(&clock).strip_prefix('T').map(str::to_string))
    }

    pub(super) fn time_of_day(&self) -> Option<Clock> {
        let mut hour = self.within_zero("hour", 24)?;
        // "9am", "9:30am": the letters stand on the number.
        let on_number = |name| self.text(name).filter(|text| text.ends_with('M'));
        let glued = || {
            self.word("hm")
                .map(str::to_uppercase)
                .filter(|w| w.ends_with('M'))
                .and_then(|w| Some(w.get(w.len() - 2..)?.to_string()))
        };
        let ampm = self.text("ampm").or_else(|| on_number("hour")).or_else(|| on_number("minute")).or_else(glued);
        let mut minute = self.within_zero("minute", 59)?;
        if let Some((h, m)) = self.word("hm").and_then(|word| word.split_once(['.', 'h', 'H'])) {
            let (h, m) = (h.trim(), m.trim_end_matches(|c: char| c.is_ascii_alphabetic()));
            hour = Some(h.parse().ok().filter(|h| *h <= 24)?);
            minute = Some(m.parse().ok().filter(|n| m.len() == 2 && *n <= 59)?);
        }
        match (hour, ampm.as_deref()) {
            (Some(h), Some("PM")) if h < 12 => hour = Some(h + 12),
            (Some(12), Some("AM")) => hour = Some(0),
            (Some(h), Some(_)) if h > 12 => return None,
            _ => {}
        }
        let part = self.text("part");
        let part_told = part.clone();
        let hour = hour.map(|hour| in_part(hour, part.as_deref()));
        let (hour, minute) = match self.word("hhmm") {
            Some(word) => {
                let n: u32 = word.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()?;
                (Some(n / 100).filter(|h| *h <= 24), Some(n % 100).filter(|m| *m < 60))
            }
            None => (hour, minute),
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
            open: ampm.is_none()
                && part_told.is_none()
                && hour.is_some_and(|hour| hour < 12)
                && self.word("hhmm").is_none(),
        };
        (clock.hour.is_some() || clock.part.is_some()).then_some(clock)
    }

    pub(super) fn within_zero(&self, name: &str, most: u32) -> Option<Option<u32>> {
        match self.value(name) {
            None if self.int(name).is_none() => Some(None),
            _ => {
                let n = self.leading(name).or_else(|| self.int(name))?;
                u32::try_from(n).ok().filter(|n| *n <= most).map(Some)
            }
        }
    }
}

/// The zone of a military letter: `Z` is UTC, `A` an hour east of it, `N` an hour west; `J` and, as armies use it, `L` are
/// the writer's own time.
pub(super) fn military_zone(letter: &str) -> Option<String> {
    let letter = letter.bytes().next()?.to_ascii_uppercase();
    match letter {
        b'Z' => Some("Z".into()),
        b'A'..=b'I' => Some(format!("+{:02}", letter - b'A' + 1)),
        b'K' | b'M' => Some(format!("+{:02}", letter - b'A')),
        b'N'..=b'Y' => Some(format!("-{:02}", letter - b'N' + 1)),
        _ => None,
    }
}

/// The hour of the day that an hour of a part of it is: 7 in the evening is 19.
fn in_part(hour: u32, part: Option<&str>) -> u32 {
    match part {
        Some("AF" | "EV") if hour < 12 => hour + 12,
        Some("NI") if (6..12).contains(&hour) => hour + 12,
        _ => hour,
    }
}
