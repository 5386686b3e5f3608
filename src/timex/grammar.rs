//! The form of the `timex-*.toml` files: word classes, suffix classes, rules with their examples.

use serde::Deserialize;
use std::collections::BTreeMap;

/// One file of the grammar.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    /// Word classes by name. A class may be spread over several files.
    #[serde(default)]
    pub class: BTreeMap<String, Class>,
    /// Classes of letters that follow digits in one token ("26th", "1990s").
    #[serde(default)]
    pub suffix: BTreeMap<String, Suffix>,
    /// The rules, in order of preference among equally long matches.
    #[serde(default)]
    pub rule: Vec<Rule>,
    /// Named days and periods: each is matched as written and needs no pattern.
    #[serde(default)]
    pub named: Vec<Named>,
}

/// Words that play one part in the grammar, each with its value.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Class {
    /// Words (lower case) with what they stand for.
    #[serde(default)]
    pub words: BTreeMap<String, Value>,
    /// Words without a value.
    #[serde(default)]
    pub list: Vec<String>,
    /// Whether a word counts only when it is written with a capital.
    #[serde(default)]
    pub capital: bool,
}

/// Letters after digits.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Suffix {
    /// The letters, lower case, with what they stand for.
    pub words: BTreeMap<String, Value>,
    /// How many digits may stand before them.
    pub digits: Vec<usize>,
}

/// What a word stands for.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub(super) enum Value {
    /// A number: a month, a weekday (1 = Monday), an amount.
    Int(i64),
    /// A fraction ("half").
    Float(f64),
    /// A code the engine knows: a unit (`week`), a part of day (`MO`), a modifier (`START`).
    Text(String),
}

/// A rule: what to recognise and what it means.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    /// Its name, unique; shown in traces.
    pub name: String,
    /// What it matches; see [`super::pattern`].
    pub pattern: String,
    /// The category it defines: `<category>` in other patterns. Without one the rule only stands for itself.
    #[serde(default, rename = "as")]
    pub category: Option<String>,
    /// Whether it is only a part of other rules and never an expression of its own.
    #[serde(default)]
    pub part: bool,
    /// The operation of the engine that gives it its meaning.
    pub op: String,
    /// Constants for the operation, used where the pattern captures none of that name.
    #[serde(default)]
    pub with: BTreeMap<String, Value>,
    /// Conditions on the tokens around the match.
    #[serde(default)]
    pub guard: Guard,
    /// Whether, in a narrative, the noun phrase behind the match belongs to it ("two years of war").
    #[serde(default)]
    pub tail: bool,
    /// A class whose word, where the match begins with one, counts for the meaning but is left out of the expression in
    /// news ("about" in "about two weeks").
    #[serde(default)]
    pub outside: Option<String>,
    /// `news` or `narrative`: where the rule holds; everywhere if absent.
    #[serde(default)]
    pub only: Option<String>,
    /// Texts in which the rule must find just this.
    #[serde(default)]
    pub examples: Vec<Example>,
    /// Texts in which the rule must find nothing.
    #[serde(default)]
    pub rejects: Vec<String>,
}

/// Conditions on the neighbours of a match. Each entry is one token or several, parted by blanks, in reading order:
/// classes (`@cue`), shapes (`#int`), literal words, and the marks `^` (start of the sentence), `$` (its end),
/// `%capital`, `%lower`, `%plural`, `%glued` (no white space between).
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Guard {
    /// What stands before is one of these.
    #[serde(default)]
    pub prev: Vec<String>,
    /// What stands before is none of these.
    #[serde(default)]
    pub not_prev: Vec<String>,
    /// What stands after is one of these.
    #[serde(default)]
    pub next: Vec<String>,
    /// What stands after is none of these.
    #[serde(default)]
    pub not_next: Vec<String>,
    /// One of the two lists of `prev` and `next` is enough.
    #[serde(default)]
    pub either: bool,
    /// The first token of the match is written with a capital.
    #[serde(default)]
    pub capital: bool,
}

/// A text and what must be found in it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Example {
    /// The text.
    pub text: String,
    /// The expression, as written; the whole text if absent.
    #[serde(default)]
    pub find: Option<String>,
    /// Document date.
    #[serde(default)]
    pub dct: Option<String>,
    /// TIMEX3 value.
    pub value: String,
    /// TIMEX3 type, where it is not `DATE`.
    #[serde(default, rename = "type")]
    pub kind: Option<String>,
    /// TIMEX3 `mod`.
    #[serde(default, rename = "mod")]
    pub modifier: Option<String>,
    /// TIMEX3 `quant`.
    #[serde(default)]
    pub quant: Option<String>,
    /// TIMEX3 `freq`.
    #[serde(default)]
    pub freq: Option<String>,
    /// EDTF of the days it means.
    #[serde(default)]
    pub edtf: Option<String>,
    /// Whether the year must be known to be implied.
    #[serde(default)]
    pub implied: Option<bool>,
    /// `news` (the default here) or `narrative`.
    #[serde(default)]
    pub anchoring: Option<String>,
}

/// A day or period known by name.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Named {
    /// Its names, lower case, words parted by blanks.
    pub names: Vec<String>,
    /// When it is: `12-25` (every year), `11-W4-4` (fourth Thursday of November), `5-WL-1` (last Monday of May),
    /// `easter-2` (days from Easter Sunday), `2001-09-11` or `1939-09-01/1945-09-02` (once).
    pub when: String,
    /// Whether the name counts only when written with capitals.
    #[serde(default)]
    pub capital: bool,
    /// Whether the name is itself a time expression (`true`), or only an anchor for others ("after the war").
    #[serde(default = "yes")]
    pub timex: bool,
    /// Where the dates come from.
    pub source: String,
}

fn yes() -> bool {
    true
}
