//! From a match to a meaning: each operation reads the captures of its rule and the rule's constants.
//!
//! A match whose captures make no sense (31 April, minute 75, month 13) has no meaning, and the next shorter match is
//! tried.

mod clock;
mod fields;

use super::compile::{Compiled, Name};
use super::grammar::Value;
use super::lexicon::GLUED_UNITS;
use super::meaning::{Amount, Base, Fields, Meaning, Often, Op, Part, Sem, Unit};
use super::recognise::{Held, Node, View};

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
                // "3rd" counts three, "several" nobody knows how many.
                Value::Text(_) => Some(self.leading(name).map_or(Amount::Vague, |n| Amount::Exact(n as f64))),
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
            Op::YearMonth => self.year_month()?,
            Op::Glued => Sem::Fields(self.glued()?),
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
            Op::Nearest => {
                let steps =
                    if self.held("steps").is_some() { self.int("steps")? } else { self.int("steps").unwrap_or(1) };
                Sem::Nearest { fields: self.fields()?, offset: self.nearest_offset(steps)?, base: self.base()? }
            }
            Op::SomeDay => Sem::SomeDay,
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

    /// How many such dates on (+) or back (-).
    fn nearest_offset(&self, steps: i64) -> Option<i64> {
        let side = self.int("offset")?;
        side.checked_mul(steps).filter(|n| n.abs() <= 1000)
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
            let back = self.int("sign")? < 0;
            meaning.modifier = sub.modifier.map(|modifier| of_point(modifier, back));
        }
        Some(meaning)
    }

    fn length(&self) -> Option<Meaning> {
        if let Some(word) = self.word("glued-length") {
            return Some(Sem::Length(glued_length(word)?).into());
        }
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
        let sem = match parts.as_slice() {
            [(amount @ Amount::Exact(_), unit)] if self.value("within").is_some() => {
                Sem::Within { amount: *amount, unit: *unit }
            }
            _ => Sem::Length(parts),
        };
        Some(Meaning { sem, modifier })
    }

    fn set(&self) -> Option<Sem> {
        let freq = self.amount("freq").and_then(Amount::whole).map(|n| {
            // "Five days a week" is 5D, "five times a week" 5X.
            let what = self.unit("frequnit").map_or("X", |unit| unit.code().0);
            format!("{n}{what}")
        });
        let quant = self.text("quant").map(|q| q.to_uppercase());
        let often = if self.value("open").is_some() {
            Often::Open(self.unit("unit")?)
        } else if self.value("unit").is_some() {
            let measured = if self.held("number").is_some() || self.value("number").is_some() {
                self.measure("number", "unit")?
            } else {
                (Amount::Exact(if self.text("unit")? == "fortnight" { 2.0 } else { 1.0 }), self.unit("unit")?)
            };
            Often::Every(measured.0, measured.1)
        } else {
            Often::Fields(Box::new(self.fields()?), self.part_or_clock()?)
        };
        Some(Sem::Set { often, quant, freq })
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

/// The modifier of a point in time whose distance has one: more than a year ago is before that year.
fn of_point(modifier: &'static str, back: bool) -> &'static str {
    match (modifier, back) {
        ("MORE_THAN", true) | ("LESS_THAN", false) => "BEFORE",
        ("LESS_THAN", true) | ("MORE_THAN", false) => "AFTER",
        ("EQUAL_OR_MORE", true) | ("EQUAL_OR_LESS", false) => "ON_OR_BEFORE",
        ("EQUAL_OR_LESS", true) | ("EQUAL_OR_MORE", false) => "ON_OR_AFTER",
        (other, _) => other,
    }
}

/// The lengths of one token: "2h30m", "45min".
fn glued_length(word: &str) -> Option<Vec<(Amount, Unit)>> {
    let lower = word.to_ascii_lowercase();
    let (number, rest) = lower.split_at(lower.find(|c: char| !c.is_ascii_digit())?);
    let (unit, tail) = rest.split_at(rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len()));
    let amount = |digits: &str| digits.parse::<f64>().ok().map(Amount::Exact);
    let name = GLUED_UNITS.iter().find(|(written, _)| *written == unit)?.1;
    let mut parts = vec![(amount(number)?, Unit::parse(name)?)];
    if !tail.is_empty() {
        parts.push((amount(tail.trim_end_matches(|c: char| c.is_ascii_alphabetic()))?, Unit::Minute));
    }
    Some(parts)
}

/// The number that a token's text is: `12`, `2,000`, `26th`, `1.5`.
fn digits(word: &str) -> Option<Value> {
    let end = word.find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.')).unwrap_or(word.len());
    let plain: String = word.get(..end)?.chars().filter(|c| *c != ',').collect();
    plain.parse::<i64>().map(Value::Int).or_else(|_| plain.parse::<f64>().map(Value::Float)).ok()
}
