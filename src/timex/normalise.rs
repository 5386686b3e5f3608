//! From a match to a meaning: each operation reads the captures of its rule and the rule's constants.
//!
//! A match whose captures make no sense (31 April, minute 75, month 13) has no meaning, and the next shorter match is
//! tried.

use super::compile::{Compiled, Name};
use super::grammar::Value;
use super::meaning::{Amount, Base, Clock, Fields, Meaning, Often, Op, Part, Sem, Unit, Year};
use super::recognise::{Held, Node, View};
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
    fn name(&self, name: &str) -> Option<Name> {
        self.view.tables.names.get(name).copied()
    }

    fn held(&self, name: &str) -> Option<&Held> {
        let name = self.name(name)?;
        self.node.held.iter().find(|(n, _)| *n == name).map(|(_, held)| held)
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
            None => {
                let name = self.name(name)?;
                self.rule.with.iter().find(|(n, _)| *n == name).map(|(_, v)| v.clone())
            }
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
            Op::Window => Sem::Window {
                amount: self.amount("number")?,
                unit: self.unit("unit")?,
                sign: self.int("sign")?,
                base: self.base()?,
            },
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
        for (_, held) in &self.node.held {
            if let Held::Node(node) = held
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
        let take = |wanted: char| -> Option<i64> {
            let at = order.find(wanted)?;
            self.int(["a", "b", "c"].get(at)?)
        };
        let (mut month, mut day) = (take('m')?, take('d')?);
        if month > 12 && day <= 12 && self.text("swap").is_some() {
            std::mem::swap(&mut month, &mut day);
        }
        let name = ["a", "b", "c"].get(order.find('y').unwrap_or(3)).copied();
        let year = match name {
            None => None,
            Some(name) => {
                let n = i32::try_from(self.int(name)?).ok()?;
                let width = self.word(name).map_or(4, str::len);
                Some(if width <= 2 { Year::Short(n) } else { Year::Known(n) })
            }
        };
        let fields = Fields {
            year,
            month: Some(u32::try_from(month).ok().filter(|m| (1..=12).contains(m))?),
            day: Some(u32::try_from(day).ok().filter(|d| (1..=31).contains(d))?),
            ..Fields::default()
        };
        possible(&fields).then_some(Sem::Fields(fields))
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
        let word = self.word("time")?;
        let part = |range: std::ops::Range<usize>| word.get(range)?.parse::<u32>().ok();
        let fields = Fields { day: part(0..2).filter(|d| (1..=31).contains(d)), ..self.fields()? };
        fields.day?;
        let clock = Clock {
            hour: Some(part(2..4).filter(|h| *h < 24)?),
            minute: Some(part(4..6).filter(|m| *m < 60)?),
            zone: self.text("time").filter(|z| !z.is_empty()),
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

    fn shift(&self) -> Option<Meaning> {
        let (amount, unit) = (self.amount("number")?, self.unit("unit")?);
        let mut meaning: Meaning = Sem::Shift { amount, unit, sign: self.int("sign")?, base: self.base()? }.into();
        if let Some(sub) = self.sub("number") {
            meaning.modifier = sub.modifier;
        }
        Some(meaning)
    }

    fn length(&self) -> Option<Meaning> {
        let mut first = self.amount("number")?;
        if let (Some(half), Amount::Exact(n)) = (self.value("plus"), first) {
            let Value::Float(half) = half else { return None };
            first = Amount::Exact(n + half);
        }
        let mut parts = vec![(first, self.unit("unit")?)];
        if self.held("unit2").is_some() {
            parts.push((self.amount("number2")?, self.unit("unit2")?));
        }
        let modifier = self.sub("number").and_then(|m| m.modifier);
        Some(Meaning { sem: Sem::Length(parts), modifier })
    }

    fn set(&self) -> Option<Sem> {
        if let Some(unit) = self.unit("unit") {
            let amount = self.amount("number").unwrap_or(Amount::Exact(1.0));
            return Some(Sem::Set(Often::Every(amount, unit)));
        }
        Some(Sem::Set(Often::Fields(Box::new(self.fields()?), self.text("part"))))
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
        let clock = Clock {
            hour,
            minute,
            second: self.within_zero("second", 59)?,
            part: if hour.is_some() { None } else { part },
            zone: self.text("zone").filter(|z| !z.is_empty()),
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
