//! From a match to a meaning: each operation reads the captures of its rule and the rule's constants.
//!
//! A match whose captures make no sense (31 April, minute 75, month 13) has no meaning, and the next shorter match is
//! tried.

use super::compile::{Compiled, Name};
use super::grammar::Value;
use super::meaning::{Amount, Base, Clock, Fields, Meaning, Often, Op, Order, Part, Sem, Unit, Year};
use super::recognise::{Held, Node, View};
use chrono::Datelike;
use std::rc::Rc;

/// The TIMEX3 modifiers.
const MODIFIERS: [&str; 10] = [
    "BEFORE",
    "AFTER",
    "ON_OR_BEFORE",
    "ON_OR_AFTER",
    "LESS_THAN",
    "MORE_THAN",
    "EQUAL_OR_LESS",
    "EQUAL_OR_MORE",
    "APPROX",
    "START",
];
const EDGES: [&str; 2] = ["MID", "END"];
const REFS: [&str; 4] = ["PAST_REF", "PRESENT_REF", "FUTURE_REF", ""];

/// The meaning of a match, if it has one.
pub(super) fn meaning(view: &View, node: &Node) -> Option<Meaning> {
    let slots = Slots { view, node, rule: view.tables.rules.get(usize::from(node.rule))? };
    let mut meaning = slots.meaning()?;
    if let Some(word) = slots.text("mod") {
        let wanted = MODIFIERS.iter().chain(&EDGES).find(|m| **m == word).copied();
        meaning.modifier = wanted.or(meaning.modifier);
    }
    Some(meaning)
}

/// The captures of one match, with the rule's constants behind them.
struct Slots<'a> {
    view: &'a View<'a>,
    node: &'a Node,
    rule: &'a Compiled,
}

impl Slots<'_> {
    /// Whether a capture has this name. A match has few captures: comparing is quicker than looking the name up.
    fn is(&self, capture: Name, name: &str) -> bool {
        self.view.tables.name(capture) == name
    }

    fn held(&self, name: &str) -> Option<&Held> {
        self.node.held.iter().find(|(n, _)| self.is(*n, name)).map(|(_, held)| held)
    }

    /// The value of a captured token, or of the rule's constant.
    fn value(&self, name: &str) -> Option<Value> {
        match self.held(name) {
            Some(Held::Token(at, symbol)) => {
                let kind = self.view.kinds.get(*at)?;
                let value = self.view.tables.lexicon.kinds.get(usize::from(*kind))?.value(*symbol);
                value.cloned().or_else(|| digits(self.view.word(*at)))
            }
            Some(Held::Node(_)) => None,
            None => self.rule.with.iter().find(|(n, _)| self.is(*n, name)).map(|(_, v)| v.clone()),
        }
    }

    fn text(&self, name: &str) -> Option<String> {
        match self.value(name)? {
            Value::Text(text) => Some(text),
            Value::Int(n) => Some(n.to_string()),
            Value::Float(_) => None,
        }
    }

    /// A number: a token's value, the digits it begins with, or a captured number.
    fn int(&self, name: &str) -> Option<i64> {
        match self.value(name) {
            Some(Value::Int(n)) => Some(n),
            Some(Value::Float(f)) => Some(f as i64),
            Some(Value::Text(_)) => self.leading(name),
            None => match self.sub(name)?.sem {
                Sem::Number(amount) => amount.whole(),
                _ => None,
            },
        }
    }

    /// The digits that a captured token begins with ("26" of "26th").
    fn leading(&self, name: &str) -> Option<i64> {
        let Some(Held::Token(at, _)) = self.held(name) else { return None };
        let word = self.view.word(*at);
        let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
        word.get(..end)?.parse().ok()
    }

    fn word(&self, name: &str) -> Option<&str> {
        match self.held(name)? {
            Held::Token(at, _) => Some(self.view.word(*at)),
            Held::Node(_) => None,
        }
    }

    /// The meaning of a captured category.
    fn sub(&self, name: &str) -> Option<Meaning> {
        match self.held(name)? {
            Held::Node(node) => meaning(self.view, node),
            Held::Token(..) => None,
        }
    }

    fn unit(&self, name: &str) -> Option<Unit> {
        Unit::parse(&self.text(name)?)
    }

    fn base(&self) -> Option<Base> {
        if self.held("it").is_some() {
            return Some(Base::On(Box::new(self.sub("it")?.sem)));
        }
        Base::parse(&self.text("base").unwrap_or_else(|| "auto".into()))
    }

    fn amount(&self, name: &str) -> Option<Amount> {
        match self.sub(name) {
            Some(Meaning { sem: Sem::Number(amount), .. }) => Some(amount),
            Some(_) => None,
            None => match self.value(name)? {
                Value::Int(n) => Some(Amount::Exact(n as f64)),
                Value::Float(f) => Some(Amount::Exact(f)),
                Value::Text(_) => Some(Amount::Vague),
            },
        }
    }

    fn meaning(&self) -> Option<Meaning> {
        let sem = match self.rule.op {
            Op::Same => return self.same(),
            Op::Number => self.number()?,
            Op::Fields => Sem::Fields(self.fields()?),
            Op::SpokenYear => self.spoken_year()?,
            Op::Numeric => self.numeric()?,
            Op::Compact => self.compact()?,
            Op::YearDay => self.year_day()?,
            Op::IsoTime => self.iso_time()?,
            Op::Group => self.group()?,
            Op::Era => self.era()?,
            Op::Unit => Sem::Unit {
                unit: self.unit("unit")?,
                offset: self.int("offset")?,
                base: self.base()?,
                fiscal: self.held("fiscal").is_some(),
            },
            Op::Nearest => Sem::Nearest { fields: self.fields()?, offset: self.int("offset")?, base: self.base()? },
            Op::Shift => return self.shift(),
            Op::Window => {
                let (amount, unit) = self.measure("number", "unit")?;
                Sem::Window { amount, unit, sign: self.int("sign")?, base: self.base()? }
            }
            Op::Length => return self.length(),
            Op::Set => self.set()?,
            Op::Then => Sem::Then,
            Op::Ref => {
                let word = self.text("ref")?;
                Sem::Ref(REFS.iter().find(|r| **r == word)?)
            }
            Op::Clock => self.clock()?,
            Op::Part => self.part()?,
            Op::Range => Sem::Range(Box::new(self.sub("from")?.sem), Box::new(self.sub("to")?.sem)),
            Op::Ignore => Sem::Nothing,
            Op::Named => Sem::Fields(Fields { fixture: self.rule.fixture.clone(), ..Fields::default() }),
        };
        Some(sem.into())
    }

    /// The meaning of `it`; with `clip`, its part before or after the anchor.
    fn same(&self) -> Option<Meaning> {
        let mut meaning = self.sub("it")?;
        if let Some(side) = self.int("clip") {
            meaning.sem = Sem::Clip { of: Box::new(meaning.sem), side };
        }
        Some(meaning)
    }

    fn number(&self) -> Option<Sem> {
        if self.held("vague").is_some() || self.value("vague").is_some() {
            return Some(Sem::Number(Amount::Vague));
        }
        let exact = |name: &str| match self.amount(name) {
            Some(Amount::Exact(n)) => Some(n),
            _ => None,
        };
        let mut total = 0.0;
        let mut any = false;
        for name in ["head", "tens", "small"] {
            if let Some(n) = exact(name) {
                total += n;
                any = true;
            }
        }
        let times = exact("times");
        any |= times.is_some();
        total = if any && total == 0.0 && times.is_some() { 1.0 } else { total } * times.unwrap_or(1.0);
        if let Some(rest) = exact("rest") {
            total += rest;
        }
        if let (Some(over), Some(under)) = (exact("over"), exact("under")) {
            if under == 0.0 {
                return None;
            }
            total += over / under;
        }
        any.then_some(Sem::Number(Amount::Exact(total)))
    }

    /// The date that captures and captured categories add up to.
    fn fields(&self) -> Option<Fields> {
        let mut fields = Fields::default();
        // In "the Friday before Easter" Easter is what the Friday is counted from.
        for (name, held) in &self.node.held {
            if let Held::Node(node) = held
                && !(self.rule.op == Op::Nearest && self.is(*name, "it"))
                && let Some(Meaning { sem: Sem::Fields(part), .. }) = self.cached(node)
            {
                fields = fields.merge(part)?;
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
        let all = fields.merge(own)?;
        possible(&all).then_some(all)
    }

    fn cached(&self, node: &Rc<Node>) -> Option<Meaning> {
        meaning(self.view, node)
    }

    /// A captured number between 1 and `most`: `Some(None)` if absent, `None` if out of bounds.
    fn within(&self, name: &str, most: u32) -> Option<Option<u32>> {
        let n = match self.value(name) {
            None => return Some(None),
            Some(Value::Int(n)) => n,
            Some(_) => self.leading(name)?,
        };
        u32::try_from(n).ok().filter(|n| (1..=most).contains(n)).map(Some)
    }

    /// The year written as digits, with its era.
    fn year(&self) -> Option<Option<Year>> {
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

    fn spoken_year(&self) -> Option<Sem> {
        let rest = if self.held("rest").is_some() { self.int("rest")? } else { 0 };
        let scale = self.int("scale").unwrap_or(100);
        let year = i32::try_from(self.int("hundreds")? * scale + rest).ok()?;
        (1000..=2199).contains(&year).then(|| year_fields(year))
    }

    fn numeric(&self) -> Option<Sem> {
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

    /// "2011-075", "day 75 of 2011".
    fn year_day(&self) -> Option<Sem> {
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
    fn iso_time(&self) -> Option<Sem> {
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

    /// A zone by name, or by its distance from UTC: `+0100`, `-05:30`.
    fn zone(&self) -> Option<String> {
        if let (Some(sign), Some(offset)) = (self.text("sign"), self.word("utc")) {
            let hours = offset.get(..2)?;
            let minutes = offset.get(2..4).or_else(|| self.word("utcmin")).filter(|m| *m != "00");
            return Some(format!("{sign}{hours}{}", minutes.map(|m| format!(":{m}")).unwrap_or_default()));
        }
        self.text("zone").filter(|zone| !zone.is_empty())
    }

    fn compact(&self) -> Option<Sem> {
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
    fn group(&self) -> Option<Sem> {
        let word = self.word("time").or_else(|| self.word("dtg"))?;
        let part = |range: std::ops::Range<usize>| word.get(range)?.parse::<u32>().ok();
        let mut fields = Fields { day: part(0..2).filter(|d| (1..=31).contains(d)), ..self.fields()? };
        fields.day?;
        if let Some(rest) = self.word("dtg").and_then(|w| w.get(7..)) {
            const MONTHS: &str = "janfebmaraprmayjunjulaugsepoctnovdec";
            let (month, year) = (rest.get(..3)?.to_lowercase(), rest.get(3..)?);
            let at = MONTHS.find(&month).filter(|at| at % 3 == 0)?;
            fields.month = Some(at as u32 / 3 + 1);
            let n = year.parse().ok()?;
            fields.year = Some(if year.len() == 2 { Year::Short(n) } else { Year::Known(n) });
        }
        let clock = Clock {
            hour: Some(part(2..4).filter(|h| *h < 24)?),
            minute: Some(part(4..6).filter(|m| *m < 60)?),
            zone: word.get(6..7).filter(|z| z.eq_ignore_ascii_case("z")).map(|_| "Z".to_string()),
            ..Clock::default()
        };
        possible(&fields).then(|| Sem::Clock { clock, day: Some(Box::new(Sem::Fields(fields))) })
    }

    fn era(&self) -> Option<Sem> {
        let before = self.text("era").as_deref() == Some("BC");
        if let Some(nth) = self.int("nth").filter(|n| (1..=60).contains(n)) {
            let first = if before { -100 * nth + 1 } else { (nth - 1) * 100 };
            return Some(Sem::Era { unit: Unit::Century, first: first as i32, short: false });
        }
        let year = i32::try_from(self.int("year").or_else(|| self.int("tens"))?).ok()?;
        if year % 10 != 0 {
            return None;
        }
        let short = year < 100;
        let first = if before { -year - 8 } else { year };
        let unit = if self.text("unit").as_deref() == Some("century") { Unit::Century } else { Unit::Decade };
        Some(Sem::Era { unit, first, short })
    }

    /// A number of units; a fortnight is two weeks.
    fn measure(&self, number: &str, unit: &str) -> Option<(Amount, Unit)> {
        let amount = match (self.amount(number)?, self.text(unit)?.as_str()) {
            (Amount::Exact(n), "fortnight") => Amount::Exact(2.0 * n),
            (amount, _) => amount,
        };
        Some((amount, self.unit(unit)?))
    }

    fn shift(&self) -> Option<Meaning> {
        let (mut amount, unit) = self.measure("number", "unit")?;
        if let (Some(Value::Float(half)), Amount::Exact(n)) = (self.value("plus"), amount) {
            amount = Amount::Exact(n + half);
        }
        let mut meaning: Meaning = Sem::Shift { amount, unit, sign: self.int("sign")?, base: self.base()? }.into();
        if let Some(sub) = self.sub("number") {
            meaning.modifier = sub.modifier;
        }
        Some(meaning)
    }

    fn length(&self) -> Option<Meaning> {
        let (mut first, unit) = self.measure("number", "unit")?;
        if let (Some(half), Amount::Exact(n)) = (self.value("plus"), first) {
            let Value::Float(half) = half else { return None };
            first = Amount::Exact(n + half);
        }
        let mut parts = vec![(first, unit)];
        if self.held("unit2").is_some() {
            parts.push(self.measure("number2", "unit2")?);
        }
        let modifier = self.sub("number").and_then(|m| m.modifier);
        Some(Meaning { sem: Sem::Length(parts), modifier })
    }

    fn set(&self) -> Option<Sem> {
        let freq = self.amount("freq").and_then(Amount::whole).map(|n| format!("{n}X"));
        let quant = self.text("quant").map(|q| q.to_uppercase());
        let often = if self.value("unit").is_some() {
            let measured = if self.held("number").is_some() || self.value("number").is_some() {
                self.measure("number", "unit")?
            } else {
                (Amount::Exact(if self.text("unit")? == "fortnight" { 2.0 } else { 1.0 }), self.unit("unit")?)
            };
            Often::Every(measured.0, measured.1)
        } else {
            Often::Fields(Box::new(self.fields()?), self.text("part"))
        };
        Some(Sem::Set { often, quant, freq })
    }

    /// A time of day: a captured one with the day beside it, or one by its parts.
    fn clock(&self) -> Option<Sem> {
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

    fn time_of_day(&self) -> Option<Clock> {
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

    fn within_zero(&self, name: &str, most: u32) -> Option<Option<u32>> {
        match self.value(name) {
            None => Some(None),
            Some(_) => {
                let n = self.leading(name).or_else(|| self.int(name))?;
                u32::try_from(n).ok().filter(|n| *n <= most).map(Some)
            }
        }
    }

    fn part(&self) -> Option<Sem> {
        if let Some(weekday) = self.within("weekday", 7)? {
            return Some(Sem::Part {
                part: Part::Weekday(self.int("nth")?, weekday),
                of: Box::new(self.sub("it")?.sem),
            });
        }
        let unit = self.unit("unit")?;
        let part = if self.held("number").is_some() || self.value("number").is_some() {
            Part::Run(self.amount("number")?, unit, self.int("nth")? > 0)
        } else {
            Part::Nth(self.int("nth")?, unit)
        };
        Some(Sem::Part { part, of: Box::new(self.sub("it")?.sem) })
    }
}

fn year_fields(year: i32) -> Sem {
    Sem::Fields(Fields { year: Some(Year::Known(year)), ..Fields::default() })
}

/// The number that a token's text is: `12`, `2,000`, `26th`, `1.5`.
fn digits(word: &str) -> Option<Value> {
    let end = word.find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.')).unwrap_or(word.len());
    let plain: String = word.get(..end)?.chars().filter(|c| *c != ',').collect();
    plain.parse::<i64>().map(Value::Int).or_else(|_| plain.parse::<f64>().map(Value::Float)).ok()
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
