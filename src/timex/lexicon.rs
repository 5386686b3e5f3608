//! From a token to its kind: the set of grammar symbols (words, classes, number shapes) that it can stand for.
//!
//! Most tokens of a text have the kind [`NOTHING`], and most of those are told by their first letter and length alone.

use super::grammar::Value;
use super::words::{LONGEST, Words};
use rustc_hash::FxHashMap;

/// A grammar symbol: a literal word, a word class, a number shape or a suffix class.
pub(super) type Symbol = u16;
/// A set of symbols that tokens share, as an index into [`Lexicon::kinds`].
pub(super) type KindId = u16;
/// The kind of a token that the grammar has no use for.
pub(super) const NOTHING: KindId = 0;
/// Longest run of digits that a suffix may follow.
const DIGITS: usize = 8;

/// What tokens of one kind can stand for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Kind {
    /// Its symbols, sorted, with the value the token has as that symbol.
    pub symbols: Vec<(Symbol, Option<Value>)>,
    /// A Bloom mask of the symbols.
    mask: u128,
}

impl Kind {
    fn add(&mut self, symbol: Symbol, value: Option<Value>) {
        if !self.has(symbol) {
            self.symbols.push((symbol, value));
            self.symbols.sort_by_key(|(s, _)| *s);
            self.mask |= bit(symbol);
        }
    }

    /// Whether tokens of this kind can stand for `symbol`.
    pub fn has(&self, symbol: Symbol) -> bool {
        self.mask & bit(symbol) != 0 && self.symbols.iter().any(|(s, _)| *s == symbol)
    }

    /// The value as `symbol`.
    pub fn value(&self, symbol: Symbol) -> Option<&Value> {
        self.symbols.iter().find(|(s, _)| *s == symbol)?.1.as_ref()
    }
}

/// The place of a symbol in a Bloom mask.
fn bit(symbol: Symbol) -> u128 {
    1 << (symbol % 128)
}

/// The names of all symbols, given out in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Symbols {
    by_name: FxHashMap<String, Symbol>,
    names: Vec<String>,
}

impl Symbols {
    /// The symbol of this name; `prefix` keeps words, classes and shapes apart.
    pub fn intern(&mut self, prefix: char, name: &str) -> Symbol {
        let key = format!("{prefix}{name}");
        if let Some(&symbol) = self.by_name.get(&key) {
            return symbol;
        }
        let symbol = self.names.len() as Symbol;
        self.names.push(key.clone());
        self.by_name.insert(key, symbol);
        symbol
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// The symbol of this name, if there is one.
    pub fn get(&self, prefix: char, name: &str) -> Option<Symbol> {
        self.by_name.get(&format!("{prefix}{name}")).copied()
    }
}

/// A number shape: its name and what it accepts.
type Shape = (&'static str, fn(&Digits) -> bool);

/// Number shapes that the engine knows, with what they accept.
const SHAPES: &[Shape] = &[
    ("int", |d| !d.decimal),
    // A number that something can be counted by: no bare four digits, which are a year.
    ("count", |d| !d.decimal && (!d.plain || d.width != 4)),
    ("decimal", |d| d.decimal),
    ("day", |d| d.plain && d.width <= 2 && (1..=31).contains(&d.value)),
    ("monthno", |d| d.plain && d.width <= 2 && (1..=12).contains(&d.value)),
    ("hour", |d| d.plain && d.width <= 2 && d.value <= 24),
    ("sixty", |d| d.plain && d.width == 2 && d.value < 60),
    ("two", |d| d.plain && d.width == 2),
    ("three", |d| d.plain && d.width == 3),
    ("four", |d| d.plain && d.width == 4),
    ("six", |d| d.plain && d.width == 6),
    ("seven", |d| d.plain && d.width == 7),
    ("eight", |d| d.plain && d.width == 8),
    ("year", |d| d.plain && d.width == 4 && (1000..=2199).contains(&d.value)),
    // The years that texts of today mostly speak of.
    ("modern-year", |d| d.plain && d.width == 4 && MODERN.contains(&(d.value as usize))),
    ("small", |d| d.plain && d.width <= 3),
];

/// The years of the shape `modern-year`.
const MODERN: std::ops::RangeInclusive<usize> = 1900..=2049;

/// Whether the engine knows a number shape of this name.
pub(super) fn is_shape(name: &str) -> bool {
    SHAPES.iter().any(|(shape, _)| *shape == name) || FORMS.contains(&name)
}

#[derive(Clone, Copy)]
struct Digits {
    width: usize,
    value: u64,
    plain: bool,
    decimal: bool,
}

/// From token texts to kinds.
#[derive(Clone, Debug)]
pub(super) struct Lexicon {
    /// All kinds; the first is [`NOTHING`].
    pub kinds: Vec<Kind>,
    words: Words,
    suffixes: FxHashMap<Box<[u8]>, [KindId; DIGITS + 1]>,
    short_numbers: Vec<KindId>,
    long_numbers: [KindId; 10],
    years: KindId,
    modern: KindId,
    grouped: KindId,
    decimal: KindId,
    forms: [KindId; FORMS.len()],
}

/// Dates that are one token: what [`form`] tells apart.
const FORMS: [&str; 7] = ["dotted", "dayhour", "dtg", "period", "glued-day", "glued-clock", "glued-length"];

/// The place in [`FORMS`] of a token that begins with `digits` digits: `16.03.2011` and `2011.03.16`, `16T10` (day and
/// hour of an ISO time), `161030ZMAR11` (a date-time group without blanks), and those of [`glued`].
fn form(bytes: &[u8], digits: usize) -> Option<usize> {
    let rest = bytes.get(digits..)?;
    let number = |b: &[u8]| b.iter().all(u8::is_ascii_digit);
    match rest.first()? {
        b'.' => {
            let parts: Vec<&[u8]> = bytes.split(|b| *b == b'.').collect();
            let widths: Vec<usize> = parts.iter().filter(|p| number(p)).map(|p| p.len()).collect();
            matches!(widths.as_slice(), [1 | 2, 1 | 2, 4] | [4, 1 | 2, 1 | 2] | [2, 2, 2]).then_some(0)
        }
        b'T' | b't' if digits == 2 && rest.len() == 3 && number(&rest[1..]) => Some(1),
        zone if digits == 6 && zone.is_ascii_alphabetic() && matches!(rest.len(), 6 | 8) => {
            let (month, year) = (&rest[1..4], &rest[4..]);
            (month.iter().all(u8::is_ascii_alphabetic) && number(year)).then_some(2)
        }
        _ => None,
    }
    .or_else(|| glued(digits, rest))
}

/// What is written without blanks: `2Q10`, `1H2010` and `2010Q2`; `05Mar2010`, and `14,2011` behind a month; `15h30` and
/// `5.30pm`; `2h30m`, `45min` and `10days`.
fn glued(digits: usize, rest: &[u8]) -> Option<usize> {
    let number = |b: &[u8]| b.iter().all(u8::is_ascii_digit);
    let year = |b: &[u8]| number(b) && matches!(b, [b'1' | b'2', _, _, _]);
    let (letters, tail) = rest.split_at(rest.iter().take_while(|b| b.is_ascii_alphabetic()).count());
    let lower = letters.to_ascii_lowercase();
    match (digits, lower.as_slice(), tail) {
        (1, b"q" | b"h", tail) if number(tail) && matches!(tail.len(), 2 | 4) => Some(3),
        (4, b"q" | b"h", [b'1'..=b'4']) => Some(3),
        (1 | 2, month, tail) if MONTHS.contains(&month) && number(tail) && matches!(tail.len(), 2 | 4) => Some(4),
        (1 | 2, b"", [b',', tail @ ..]) if year(tail) => Some(4),
        (1 | 2, b"h", tail) if number(tail) && tail.len() == 2 => Some(5),
        (1 | 2, b"", [b'.', a, b, m @ ..]) if number(&[*a, *b]) && matches!(m, b"am" | b"pm" | b"AM" | b"PM") => {
            Some(5)
        }
        // "24H." is the label of a paragraph.
        (1 | 2, b"h", b"") => (letters == b"h").then_some(6),
        (1 | 2, b"h" | b"hr" | b"hrs", tail) if !tail.is_empty() => {
            let (minutes, unit) = tail.split_at(tail.iter().take_while(|b| b.is_ascii_digit()).count());
            (matches!(minutes.len(), 1 | 2) && matches!(unit, b"m" | b"min")).then_some(6)
        }
        (1..=3, unit, b"") if unit.len() > 1 && GLUED_UNITS.iter().any(|(name, _)| name.as_bytes() == unit) => Some(6),
        _ => None,
    }
}

/// The months as they are written in one token with day and year.
const MONTHS: [&[u8]; 12] =
    [b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec"];

/// The units that are written in one token with their number.
pub(super) const GLUED_UNITS: [(&str, &str); 17] = [
    ("h", "hour"),
    ("hr", "hour"),
    ("hrs", "hour"),
    ("hours", "hour"),
    ("min", "minute"),
    ("mins", "minute"),
    ("minutes", "minute"),
    ("sec", "second"),
    ("secs", "second"),
    ("days", "day"),
    ("wks", "week"),
    ("weeks", "week"),
    ("mos", "month"),
    ("months", "month"),
    ("yr", "year"),
    ("yrs", "year"),
    ("years", "year"),
];

impl Lexicon {
    /// The kind of a token with this text.
    pub fn kind(&self, text: &str) -> KindId {
        let bytes = text.as_bytes();
        let Some(&first) = bytes.first() else { return NOTHING };
        if first.is_ascii_digit() {
            return self.number(bytes);
        }
        if first >= 128 {
            return self.words.get(text.to_lowercase().as_bytes()).map_or(NOTHING, |(with, _)| with);
        }
        match self.words.get(bytes) {
            Some((with, _)) if first.is_ascii_uppercase() => with,
            Some((_, without)) => without,
            // A word with a typographic apostrophe is looked up with a plain one.
            None if bytes.len() <= LONGEST + 2 && !text.is_ascii() && text.contains('’') => {
                self.kind(&text.replace('’', "'"))
            }
            None => NOTHING,
        }
    }

    fn number(&self, bytes: &[u8]) -> KindId {
        let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
        if digits < bytes.len() {
            return self.mixed(bytes, digits);
        }
        let value = |b: &[u8]| b.iter().fold(0usize, |v, d| v * 10 + usize::from(d - b'0'));
        match digits {
            1 => self.short_numbers[value(bytes)],
            2 => self.short_numbers[10 + value(bytes)],
            4 if MODERN.contains(&value(bytes)) => self.modern,
            4 if (1000..=2199).contains(&value(bytes)) => self.years,
            n => self.long_numbers[n.min(9)],
        }
    }

    /// Digits followed by something: "26th", "2,000", "1.4".
    fn mixed(&self, bytes: &[u8], digits: usize) -> KindId {
        let rest = &bytes[digits..];
        if rest[0] == b',' && rest.len() != 5 && rest.iter().all(|b| b.is_ascii_digit() || *b == b',') {
            return self.grouped;
        }
        if rest[0] == b'.' && rest[1..].iter().all(u8::is_ascii_digit) {
            return self.decimal;
        }
        if let Some(form) = form(bytes, digits) {
            return self.forms[form];
        }
        let mut buffer = [0u8; 4];
        let Some(lower) = buffer.get_mut(..rest.len()) else { return NOTHING };
        for (to, from) in lower.iter_mut().zip(rest) {
            *to = from.to_ascii_lowercase();
        }
        self.suffixes.get(&*lower).and_then(|kinds| kinds.get(digits)).copied().unwrap_or(NOTHING)
    }
}

/// A symbol that a word stands for, its value, and whether only with a capital.
type Entry = (Symbol, Option<Value>, bool);

/// Collects words and suffixes, then makes the [`Lexicon`].
#[derive(Debug, Default)]
pub(super) struct Builder {
    words: FxHashMap<String, Vec<Entry>>,
    suffixes: FxHashMap<String, Vec<(Symbol, Value, Vec<usize>)>>,
}

impl Builder {
    /// Lets `word` stand for `symbol`; with `capital` only when it is written with a capital.
    pub fn word(&mut self, word: &str, symbol: Symbol, value: Option<Value>, capital: bool) {
        self.words.entry(word.to_string()).or_default().push((symbol, value, capital));
    }

    /// Lets digits followed by `letters` stand for `symbol`.
    pub fn suffix(&mut self, letters: &str, symbol: Symbol, value: Value, digits: &[usize]) {
        self.suffixes.entry(letters.to_string()).or_default().push((symbol, value, digits.to_vec()));
    }

    /// The lexicon of all that was added.
    pub fn build(mut self, symbols: &Symbols) -> Lexicon {
        let mut kinds = vec![Kind::default()];
        let mut intern = |kind: Kind| -> KindId {
            kinds.push(kind);
            (kinds.len() - 1) as KindId
        };
        let short_numbers = (0..110)
            .map(|n| {
                let (width, value) = if n < 10 { (1, n) } else { (2, n - 10) };
                let mut kind = number_kind(symbols, Digits { width, value, plain: true, decimal: false });
                let text = format!("{value:0width$}");
                for (symbol, value, _) in self.words.remove(&text).unwrap_or_default() {
                    kind.add(symbol, value);
                }
                intern(kind)
            })
            .collect();
        let plain = |width, value| Digits { width, value, plain: true, decimal: false };
        let long_numbers = std::array::from_fn(|width| intern(number_kind(symbols, plain(width, 9999))));
        let years = intern(number_kind(symbols, plain(4, 1500)));
        let modern = intern(number_kind(symbols, plain(4, 1999)));
        let grouped = intern(number_kind(symbols, Digits { width: 9, value: 9999, plain: false, decimal: false }));
        let decimal = intern(number_kind(symbols, Digits { width: 9, value: 0, plain: false, decimal: true }));
        let forms = FORMS.map(|name| {
            let mut kind = Kind::default();
            symbols.get('#', name).into_iter().for_each(|symbol| kind.add(symbol, None));
            intern(kind)
        });

        let mut sorted: Vec<_> = self.words.into_iter().collect();
        sorted.sort_by(|a, b| a.0.cmp(&b.0));
        let mut words = Words::default();
        for (word, entries) in sorted {
            let (mut with, mut without) = (Kind::default(), Kind::default());
            for (symbol, value, capital) in entries {
                if !capital {
                    without.add(symbol, value.clone());
                }
                with.add(symbol, value);
            }
            let same = with == without;
            let lower = if without.symbols.is_empty() { NOTHING } else { intern(without) };
            let upper = if same { lower } else { intern(with) };
            words.insert(word.as_bytes(), (upper, lower));
        }
        let mut sorted: Vec<_> = self.suffixes.into_iter().collect();
        sorted.sort_by(|a, b| a.0.cmp(&b.0));
        let mut suffixes = FxHashMap::default();
        for (letters, entries) in sorted {
            let by_width: [KindId; DIGITS + 1] = std::array::from_fn(|width| {
                let mut kind = Kind::default();
                for (symbol, value, _) in entries.iter().filter(|(_, _, digits)| digits.contains(&width)) {
                    kind.add(*symbol, Some(value.clone()));
                }
                if kind.symbols.is_empty() { NOTHING } else { intern(kind) }
            });
            suffixes.insert(letters.into_bytes().into_boxed_slice(), by_width);
        }
        Lexicon { kinds, words, suffixes, short_numbers, long_numbers, years, modern, grouped, decimal, forms }
    }
}

fn number_kind(symbols: &Symbols, digits: Digits) -> Kind {
    let mut kind = Kind::default();
    for (name, accepts) in SHAPES {
        if accepts(&digits)
            && let Some(symbol) = symbols.get('#', name)
        {
            kind.add(symbol, None);
        }
    }
    kind
}
