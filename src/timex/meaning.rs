//! What an expression means before it is resolved: fields of a calendar, steps from an anchor, lengths, recurrences.

/// Units of time, fine to coarse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Night,
    Day,
    Weekend,
    Week,
    Month,
    Quarter,
    Season,
    Half,
    Year,
    Decade,
    Century,
    Millennium,
}

impl Unit {
    /// The unit that rule files call by this word.
    pub fn parse(word: &str) -> Option<Self> {
        use Unit::*;
        let all = [
            ("second", Second),
            ("minute", Minute),
            ("hour", Hour),
            ("night", Night),
            ("day", Day),
            ("weekend", Weekend),
            ("week", Week),
            ("fortnight", Week),
            ("month", Month),
            ("quarter", Quarter),
            ("season", Season),
            ("half", Half),
            ("year", Year),
            ("decade", Decade),
            ("century", Century),
            ("millennium", Millennium),
        ];
        all.iter().find(|(name, _)| *name == word).map(|(_, unit)| *unit)
    }

    /// The designator in a TIMEX3 duration, with whether it stands behind `T`.
    pub fn code(self) -> (&'static str, bool) {
        match self {
            Unit::Second => ("S", true),
            Unit::Minute => ("M", true),
            Unit::Hour => ("H", true),
            Unit::Night => ("NI", false),
            Unit::Day => ("D", false),
            Unit::Weekend => ("WE", false),
            Unit::Week => ("W", false),
            Unit::Month => ("M", false),
            Unit::Quarter => ("Q", false),
            Unit::Season => ("SE", false),
            Unit::Half => ("H", false),
            Unit::Year => ("Y", false),
            Unit::Decade => ("DE", false),
            Unit::Century => ("CE", false),
            Unit::Millennium => ("ML", false),
        }
    }
}

/// How many.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Amount {
    /// A number.
    Exact(f64),
    /// "several", "a few", or no number at all: `X`.
    Vague,
}

impl Amount {
    /// The whole number, where it is one of sensible size.
    pub fn whole(self) -> Option<i64> {
        match self {
            Amount::Exact(n) if n.fract() == 0.0 && n.abs() < 100_000.0 => Some(n as i64),
            _ => None,
        }
    }
}

/// What a relative expression is resolved against.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Base {
    /// The document date in news, the reference time in a narrative.
    Auto,
    /// The document date.
    Document,
    /// The time last spoken of.
    Reference,
    /// The quarter last spoken of; without one, the last that was over at the document date.
    Quarter,
    /// Another expression inside this one.
    On(Box<Sem>),
}

impl Base {
    /// The base that rule files call by this word.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "auto" => Some(Base::Auto),
            "document" => Some(Base::Document),
            "reference" => Some(Base::Reference),
            "quarter" => Some(Base::Quarter),
            _ => None,
        }
    }
}

/// Which year.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Year {
    /// As written; years BC are astronomical (1 BC = 0).
    Known(i32),
    /// Two digits; the century is the one that lies nearest.
    Short(i32),
    /// So many years from that of the base.
    Relative(i64, Base),
}

/// A calendar date with parts missing.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Fields {
    pub year: Option<Year>,
    /// 1–12.
    pub month: Option<u32>,
    /// 1–31.
    pub day: Option<u32>,
    /// Last day of a range inside the month.
    pub last_day: Option<u32>,
    /// 1 = Monday.
    pub weekday: Option<u32>,
    /// 1 = spring … 4 = winter.
    pub season: Option<u32>,
    pub quarter: Option<u32>,
    pub half: Option<u32>,
    /// ISO week, 1–53.
    pub week: Option<u32>,
    /// Which number of a numeric date is the month, where it is one.
    pub order: Option<Order>,
    pub fixture: Option<Fixture>,
    /// A period that is reported on: the quarter in mind, of this year.
    pub fiscal: bool,
}

impl Fields {
    /// Adds what `other` knows and this does not; `None` where both know the same field.
    pub fn merge(mut self, other: Fields) -> Option<Fields> {
        fn one<T>(a: &mut Option<T>, b: Option<T>) -> Option<()> {
            match (a.is_some(), b) {
                (true, Some(_)) => None,
                (_, None) => Some(()),
                (false, some) => {
                    *a = some;
                    Some(())
                }
            }
        }
        one(&mut self.year, other.year)?;
        one(&mut self.month, other.month)?;
        one(&mut self.day, other.day)?;
        one(&mut self.last_day, other.last_day)?;
        one(&mut self.weekday, other.weekday)?;
        one(&mut self.season, other.season)?;
        one(&mut self.quarter, other.quarter)?;
        one(&mut self.half, other.half)?;
        one(&mut self.week, other.week)?;
        one(&mut self.order, other.order)?;
        one(&mut self.fixture, other.fixture)?;
        self.fiscal |= other.fiscal;
        Some(self)
    }
}

/// The order of month and day in a numeric date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// "11/21/2005": American.
    MonthFirst,
    /// "21/11/2005": European.
    DayFirst,
    /// "05/06/2005": read as American, unless the document's other dates are European.
    Either,
}

/// A time of day.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Clock {
    pub hour: Option<u32>,
    pub minute: Option<u32>,
    pub second: Option<u32>,
    /// TIMEX3 part of day (`MO`, `AF`, …).
    pub part: Option<String>,
    /// `Z`, `-05`.
    pub zone: Option<String>,
    /// Whether it is not told which half of the day is meant ("2" in "from 2 to 4 pm").
    pub open: bool,
}

/// A part of a longer time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Part {
    /// The nth unit of it; -1 is the last.
    Nth(i64, Unit),
    /// Its nth such weekday (1 = Monday); -1 is the last.
    Weekday(i64, u32),
    /// Its first (`true`) or last few units.
    Run(Amount, Unit, bool),
}

/// When a named day is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Fixture {
    /// The same day every year.
    Fixed { month: u32, day: u32 },
    /// The nth weekday of a month; -1 is the last.
    Weekday { month: u32, nth: i64, weekday: u32 },
    /// So many days from Easter Sunday.
    Easter(i64),
    /// Once: first and last day, and the value.
    Once(chrono::NaiveDate, chrono::NaiveDate),
}

impl Fixture {
    /// Reads the `when` of a `[[named]]` entry.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(days) = text.strip_prefix("easter") {
            return Some(Fixture::Easter(if days.is_empty() { 0 } else { days.parse().ok()? }));
        }
        if let Some((a, b)) = text.split_once('/') {
            return Some(Fixture::Once(a.parse().ok()?, b.parse().ok()?)).filter(|f| match f {
                Fixture::Once(a, b) => a <= b,
                _ => true,
            });
        }
        if let Ok(day) = text.parse() {
            return Some(Fixture::Once(day, day));
        }
        let parts: Vec<&str> = text.split('-').collect();
        match parts.as_slice() {
            [month, day] => Some(Fixture::Fixed { month: month.parse().ok()?, day: day.parse().ok()? }),
            [month, nth, weekday] => {
                let nth = nth.strip_prefix('W')?;
                let nth = if nth == "L" { -1 } else { nth.parse().ok()? };
                Some(Fixture::Weekday { month: month.parse().ok()?, nth, weekday: weekday.parse().ok()? })
            }
            _ => None,
        }
    }
}

/// How often.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Often {
    /// Every so many units.
    Every(Amount, Unit),
    /// Every such unit, told as the date that is left open.
    Open(Unit),
    /// Every such date ("each Monday", "every May"), with a part of day.
    Fields(Box<Fields>, Option<String>),
}

/// What an expression means.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Sem {
    /// A number (only as a part of others).
    Number(Amount),
    /// A date by its parts.
    Fields(Fields),
    /// A decade or century that begins with this year (astronomical); `short` = without its century ("the nineties").
    Era { unit: Unit, first: i32, short: bool },
    /// The unit so many steps from the one that holds the base.
    Unit { unit: Unit, offset: i64, base: Base, fiscal: bool },
    /// The nearest such date before (-1) or after (+1) the base, the next nearest (-2, +2), or that in the same unit (0).
    Nearest { fields: Fields, offset: i64, base: Base },
    /// A day of the time just told of, which one is open.
    SomeDay,
    /// So many units before (-1) or after (+1) the base.
    Shift { amount: Amount, unit: Unit, sign: i64, base: Base },
    /// The run of units that ends (-1) or begins (+1) with the base.
    Window { amount: Amount, unit: Unit, sign: i64, base: Base },
    /// A length of time.
    Length(Vec<(Amount, Unit)>),
    /// "in two weeks": a length of time, and of what lies ahead the day it is over.
    Within { amount: Amount, unit: Unit },
    /// A recurrence, with TIMEX3 `quant` ("EVERY") and `freq` ("2X").
    Set { often: Often, quant: Option<String>, freq: Option<String> },
    /// No time at all.
    Nothing,
    /// The time last spoken of ("at the same time").
    Then,
    /// `PAST_REF`, `PRESENT_REF`, `FUTURE_REF`; empty where nothing can be said.
    Ref(&'static str),
    /// A time of day on a day (the base's if none is given).
    Clock { clock: Clock, day: Option<Box<Sem>> },
    /// A part of a longer time.
    Part { part: Part, of: Box<Sem> },
    /// The part of a period before (-1) or after (+1) its anchor ("later this month").
    Clip { of: Box<Sem>, side: i64 },
    /// From one date to another, both inclusive.
    Range(Box<Sem>, Box<Sem>),
}

impl Sem {
    /// Whether it is a month or a day of one, without its year.
    pub fn is_of_year(&self) -> bool {
        matches!(self, Sem::Fields(Fields { year: None, month: Some(_), .. }))
    }

    /// Whether a narrative goes on from here: dates that are told and steps forward lead, flashbacks and dates that
    /// only describe something do not. `told`: the expression stands at the start of a sentence or behind a preposition.
    pub fn leads(&self, told: bool) -> bool {
        match self {
            // "its summer offensive" describes; "in the summer" tells.
            Sem::Fields(Fields { season: Some(_), year: None, .. }) => told,
            Sem::Fields(fields) => told || fields.year.is_none(),
            Sem::Shift { sign, base, .. } => *sign > 0 && *base == Base::Reference,
            Sem::Unit { offset, base, .. } => *offset >= 0 && *base == Base::Reference,
            Sem::Nearest { base, .. } => *base == Base::Reference,
            Sem::Clip { of, .. } => of.leads(told),
            Sem::Clock { day: Some(day), .. } => day.leads(told),
            Sem::Range(_, to) => to.leads(told),
            Sem::Part { of, .. } => of.leads(told),
            _ => false,
        }
    }
}

/// A meaning with its TIMEX3 `mod`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Meaning {
    pub sem: Sem,
    pub modifier: Option<&'static str>,
}

impl From<Sem> for Meaning {
    fn from(sem: Sem) -> Self {
        Meaning { sem, modifier: None }
    }
}

/// The operations that rules may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Op {
    /// The meaning of the captured category `it`, perhaps with a modifier.
    Same,
    /// A number: `head`, `tens`, `small`, `times`, `rest`, `over`/`under` (a fraction), `vague`.
    Number,
    /// A date by its parts: `year`, `month`, `day`, `weekday`, `season`, `quarter`, `half`, `era`, or categories of such.
    Fields,
    /// A year in words: `hundreds`, `rest`.
    SpokenYear,
    /// A numeric date: `a`, `b`, `c` in the order `order` (`ymd`, `mdy`, `dmy`, `auto`).
    Numeric,
    /// Eight digits YYYYMMDD.
    Compact,
    /// A year and its month, "2010-03": `a`, `b`. "2001-05" is rather a run of years.
    YearMonth,
    /// One token: `period` ("2Q10"), or `glued-day` ("05Mar2010", "14,2011" behind `month`).
    Glued,
    /// A year and its day: `year`, `yday` (1–366).
    YearDay,
    /// An ISO date with its time: `year`, `b` (month), `dayhour`, `minute`, `second`, `zone`.
    IsoTime,
    /// A military date-time group: `time`, `month`, `year`.
    Group,
    /// A decade (`year` or `tens`) or century (`nth`).
    Era,
    /// `unit`, `offset`.
    Unit,
    /// A date without a year, and `offset`; `steps` times.
    Nearest,
    /// A day whose month is that of the time last spoken of.
    SomeDay,
    /// `number`, `unit`, `sign`, and `base` or `it`.
    Shift,
    /// `number`, `unit`, `sign`.
    Window,
    /// `number`, `unit`, and perhaps `number2`, `unit2`, `half`; `within`: "in two weeks" may tell when.
    Length,
    /// `number`, `unit`; or a date; or `part`.
    Set,
    /// The time last spoken of, whatever its unit.
    Then,
    /// `ref`.
    Ref,
    /// `hour`, `minute`, `second`, `ampm`, `part`, `zone`, and `it` (the day).
    Clock,
    /// `nth` or `number`, `unit`, `from` (`start`, `end`), `it`.
    Part,
    /// `from`, `to`.
    Range,
    /// A named day or period.
    Named,
    /// What looks like a time and is none: the match is passed over.
    Ignore,
}

impl Op {
    /// The operation that rule files call by this word.
    pub fn parse(word: &str) -> Option<Self> {
        use Op::*;
        let all = [
            ("same", Same),
            ("number", Number),
            ("fields", Fields),
            ("spoken-year", SpokenYear),
            ("numeric", Numeric),
            ("compact", Compact),
            ("year-month", YearMonth),
            ("glued", Glued),
            ("year-day", YearDay),
            ("iso-time", IsoTime),
            ("group", Group),
            ("era", Era),
            ("unit", Unit),
            ("nearest", Nearest),
            ("some-day", SomeDay),
            ("shift", Shift),
            ("window", Window),
            ("length", Length),
            ("set", Set),
            ("then", Then),
            ("ref", Ref),
            ("clock", Clock),
            ("part", Part),
            ("range", Range),
            ("named", Named),
            ("ignore", Ignore),
        ];
        all.iter().find(|(name, _)| *name == word).map(|(_, op)| *op)
    }
}
