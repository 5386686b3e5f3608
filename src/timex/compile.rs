//! From rule files to tables: symbols, the lexicon, one small program a rule, and the first-token index.

use super::firsts::{Firsts, SymbolSet};
use super::grammar::{self, File, Rule, Value};
use super::lexicon::{Builder, Kind, KindId, Lexicon, NOTHING, Symbol, Symbols, is_shape};
use super::meaning::{Fixture, Op};
use super::pattern::{self, Item};
use crate::{Error, Result};
use itertools::Itertools;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// A capture's name, interned.
pub(super) type Name = u8;

/// One step of a rule's program.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// A token that can stand for the symbol.
    Token { symbol: Symbol, glued: bool, capture: Option<Name> },
    /// A match of a category.
    Category { category: u16, glued: bool, capture: Name },
    /// Try the next step, then the one at the given place.
    Split(u16),
    /// Go on at the given place.
    Jump(u16),
    /// The rule has matched.
    Done,
}

/// A condition on a neighbouring token.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Near {
    Symbol(Symbol),
    Edge,
    Capital,
    Lower,
    Plural,
    Glued,
    Comma,
}

/// The conditions of one rule, compiled.
#[derive(Clone, Debug, Default)]
pub(super) struct Guards {
    pub prev: Vec<Vec<Near>>,
    pub not_prev: Vec<Vec<Near>>,
    pub next: Vec<Vec<Near>>,
    pub not_next: Vec<Vec<Near>>,
    pub either: bool,
    pub capital: bool,
}

/// A rule ready to run.
#[derive(Clone, Debug)]
pub(super) struct Compiled {
    pub name: String,
    pub steps: Vec<Step>,
    pub op: Op,
    pub with: Vec<(Name, Value)>,
    pub guards: Guards,
    pub top: bool,
    /// Whether the noun phrase behind the match belongs to it.
    pub tail: bool,
    pub outside: Option<Symbol>,
    /// `Some(true)`: only in narratives; `Some(false)`: only in news.
    pub narrative: Option<bool>,
    /// For rules made from `[[named]]` entries.
    pub fixture: Option<Fixture>,
    /// What its second token may be.
    second: SymbolSet,
}

/// The whole grammar as tables.
#[derive(Clone, Debug)]
pub(super) struct Tables {
    pub lexicon: Lexicon,
    pub symbols: Symbols,
    /// The names of captures.
    names: Vec<String>,
    pub rules: Vec<Compiled>,
    /// Rules of each category.
    pub categories: Vec<Vec<u16>>,
    /// For each class: the top rules that a token of the class can begin.
    first: Vec<Vec<u16>>,
    /// Words in -s that are no plural.
    pub no_plural: Option<Symbol>,
    /// For each kind its class: kinds that patterns cannot tell apart have one.
    classes: Vec<u16>,
    /// For each kind, as bits: its symbols.
    stands_for: Bits,
    /// For each class, as bits: the classes that may follow it in some rule.
    gate: Bits,
    /// For each category and class: the rules that can begin.
    category_first: Vec<Vec<Vec<u16>>>,
}

impl Tables {
    /// The class of a kind: kinds that patterns cannot tell apart have one.
    #[inline]
    pub fn class_of(&self, kind: KindId) -> u16 {
        self.classes[usize::from(kind)]
    }

    /// Whether tokens of a kind can stand for a symbol.
    #[inline]
    pub fn stands_for(&self, kind: KindId, symbol: Symbol) -> bool {
        self.stands_for.has(kind, symbol)
    }

    /// The top rules that may match at a token of this kind.
    pub fn begins(&self, here: KindId) -> &[u16] {
        &self.first[usize::from(self.class_of(here))]
    }

    /// Whether a rule may go on with a token of this kind behind its first.
    #[inline]
    pub fn may_continue(&self, rule: u16, next: KindId) -> bool {
        self.rules[usize::from(rule)].second.accepts(&self.lexicon.kinds[usize::from(next)])
    }

    /// Whether any top rule may begin with these two tokens.
    #[inline]
    pub fn may_begin(&self, here: KindId, next: KindId) -> bool {
        here != NOTHING && self.gate.has(self.class_of(here), self.class_of(next))
    }

    /// The rules of a category that may begin with a token of this kind.
    pub fn of_category(&self, category: u16, here: KindId) -> &[u16] {
        &self.category_first[usize::from(category)][usize::from(self.class_of(here))]
    }

    /// The name of a capture.
    pub fn name(&self, name: Name) -> &str {
        self.names.get(usize::from(name)).map_or("", String::as_str)
    }

    /// The symbol of a word class, where the grammar has it.
    pub fn class(&self, name: &str) -> Option<Symbol> {
        self.symbols.get('@', name)
    }
}

/// Compiles rule files. A rule that is wrong is reported with its file and name.
pub(super) fn compile(files: &[(String, File)]) -> Result<Tables> {
    let mut maker = Maker::default();
    let mut names = FxHashSet::default();
    for (file, content) in files {
        maker.classes(content);
        if !content.named.is_empty() {
            maker.category("named");
        }
        for rule in &content.rule {
            if let Some(category) = &rule.category {
                maker.category(category);
            }
            if !names.insert(&rule.name) {
                return Err(wrong(file, &rule.name, "the name is taken twice"));
            }
        }
    }
    for (file, content) in files {
        for rule in &content.rule {
            let compiled = maker.rule(rule).map_err(|reason| wrong(file, &rule.name, &reason))?;
            maker.add(rule.category.as_deref(), compiled);
        }
        for named in &content.named {
            for name in &named.names {
                let compiled = maker.named(named, name).map_err(|reason| wrong(file, name, &reason))?;
                maker.add(Some("named"), compiled);
            }
        }
    }
    maker.finish()
}

fn wrong(file: &str, rule: &str, reason: &str) -> Error {
    Error::Rules { file: file.to_string(), reason: format!("rule \"{rule}\": {reason}") }
}

#[derive(Default)]
struct Maker {
    symbols: Symbols,
    builder: Builder,
    names: FxHashMap<String, Name>,
    category_ids: BTreeMap<String, u16>,
    categories: Vec<Vec<u16>>,
    class_names: Vec<String>,
    rules: Vec<Compiled>,
}

impl Maker {
    fn classes(&mut self, file: &File) {
        for (name, class) in &file.class {
            let symbol = self.symbol('@', name);
            self.class_names.push(name.clone());
            for (word, value) in &class.words {
                self.builder.word(word, symbol, Some(value.clone()), class.capital);
            }
            for word in &class.list {
                self.builder.word(word, symbol, None, class.capital);
            }
        }
        for (name, suffix) in &file.suffix {
            let symbol = self.symbol('#', name);
            self.class_names.push(format!("#{name}"));
            for (letters, value) in &suffix.words {
                self.builder.suffix(letters, symbol, value.clone(), &suffix.digits);
            }
        }
    }

    fn category(&mut self, name: &str) -> u16 {
        if let Some(&id) = self.category_ids.get(name) {
            return id;
        }
        let id = self.categories.len() as u16;
        self.category_ids.insert(name.to_string(), id);
        self.categories.push(Vec::new());
        id
    }

    fn name(&mut self, name: &str) -> Name {
        let next = self.names.len() as Name;
        *self.names.entry(name.to_string()).or_insert(next)
    }

    fn symbol(&mut self, prefix: char, name: &str) -> Symbol {
        self.symbols.intern(prefix, name)
    }

    fn rule(&mut self, rule: &Rule) -> Result<Compiled, String> {
        let items = pattern::parse(&rule.pattern)?;
        let mut steps = Vec::new();
        self.steps(&items, &mut steps)?;
        steps.push(Step::Done);
        let op = Op::parse(&rule.op).ok_or_else(|| format!("there is no operation \"{}\"", rule.op))?;
        let with = rule.with.iter().map(|(name, value)| (self.name(name), value.clone())).collect();
        let narrative = match rule.only.as_deref() {
            None => None,
            Some("narrative") => Some(true),
            Some("news") => Some(false),
            Some(other) => return Err(format!("only = \"{other}\" is neither news nor narrative")),
        };
        Ok(Compiled {
            name: rule.name.clone(),
            steps,
            op,
            with,
            guards: self.guards(&rule.guard)?,
            top: !rule.part,
            tail: rule.tail,
            outside: rule.outside.as_deref().map(|class| self.symbol('@', class)),
            narrative,
            fixture: None,
            second: SymbolSet::default(),
        })
    }

    fn named(&mut self, named: &grammar::Named, name: &str) -> Result<Compiled, String> {
        let fixture = Fixture::parse(&named.when).ok_or_else(|| format!("\"{}\" is no date of a name", named.when))?;
        let mut tokens = Vec::new();
        crate::text::tokenize(name, 0, name.len(), &mut tokens);
        let mut steps: Vec<Step> = Vec::new();
        for token in &tokens {
            let word = &name[token.range()];
            let symbol = self.symbol('\'', word);
            self.builder.word(word, symbol, None, named.capital && word.starts_with(char::is_alphabetic));
            let glued = !steps.is_empty() && !token.spaced;
            steps.push(Step::Token { symbol, glued, capture: None });
        }
        steps.push(Step::Done);
        Ok(Compiled {
            name: format!("named {name}"),
            steps,
            op: Op::Named,
            with: Vec::new(),
            guards: Guards::default(),
            top: named.timex,
            tail: false,
            outside: None,
            narrative: None,
            fixture: Some(fixture),
            second: SymbolSet::default(),
        })
    }

    fn add(&mut self, category: Option<&str>, compiled: Compiled) {
        if let Some(category) = category {
            let id = self.category(category);
            self.categories[usize::from(id)].push(self.rules.len() as u16);
        }
        self.rules.push(compiled);
    }

    fn steps(&mut self, items: &[Item], out: &mut Vec<Step>) -> Result<(), String> {
        for item in items {
            match item {
                Item::Word { text, glued } => {
                    let text = text.to_lowercase();
                    if text.len() > 2 && text.starts_with(|c: char| c.is_ascii_digit()) {
                        return Err(format!("\"{text}\": a literal number has at most two digits"));
                    }
                    let symbol = self.symbol('\'', &text);
                    self.builder.word(&text, symbol, None, false);
                    out.push(Step::Token { symbol, glued: *glued, capture: None });
                }
                Item::Class { name, capture, glued } => {
                    if !self.class_names.contains(name) {
                        return Err(format!("there is no class @{name}"));
                    }
                    let capture = Some(self.name(capture));
                    out.push(Step::Token { symbol: self.symbol('@', name), glued: *glued, capture });
                }
                Item::Shape { name, capture, glued } => {
                    if !is_shape(name) && !self.class_names.contains(&format!("#{name}")) {
                        return Err(format!("there is no number shape #{name}"));
                    }
                    let capture = Some(self.name(capture));
                    out.push(Step::Token { symbol: self.symbol('#', name), glued: *glued, capture });
                }
                Item::Category { name, capture, glued } => {
                    let category =
                        *self.category_ids.get(name).ok_or_else(|| format!("there is no category <{name}>"))?;
                    out.push(Step::Category { category, glued: *glued, capture: self.name(capture) });
                }
                Item::Optional(inner) => {
                    let split = out.len();
                    out.push(Step::Done);
                    self.steps(inner, out)?;
                    out[split] = Step::Split(out.len() as u16);
                }
                Item::Choice(all) => self.choice(all, out)?,
            }
        }
        Ok(())
    }

    fn choice(&mut self, all: &[Vec<Item>], out: &mut Vec<Step>) -> Result<(), String> {
        let mut jumps = Vec::new();
        for (i, sequence) in all.iter().enumerate() {
            let last = i + 1 == all.len();
            let split = out.len();
            if !last {
                out.push(Step::Done);
            }
            self.steps(sequence, out)?;
            if !last {
                jumps.push(out.len());
                out.push(Step::Done);
                out[split] = Step::Split(out.len() as u16);
            }
        }
        for jump in jumps {
            out[jump] = Step::Jump(out.len() as u16);
        }
        Ok(())
    }

    fn guards(&mut self, guard: &grammar::Guard) -> Result<Guards, String> {
        let mut sequence = |text: &String| text.split_whitespace().map(|word| self.near(word)).collect();
        let mut list = |all: &[String]| all.iter().map(&mut sequence).collect::<Result<Vec<Vec<_>>, _>>();
        Ok(Guards {
            prev: list(&guard.prev)?,
            not_prev: list(&guard.not_prev)?,
            next: list(&guard.next)?,
            not_next: list(&guard.not_next)?,
            either: guard.either,
            capital: guard.capital,
        })
    }

    fn near(&mut self, text: &str) -> Result<Near, String> {
        Ok(match text {
            "^" | "$" => Near::Edge,
            "%capital" => Near::Capital,
            "%lower" => Near::Lower,
            "%plural" => Near::Plural,
            "%glued" => Near::Glued,
            "," => Near::Comma,
            _ if text.len() > 1 && text.starts_with('%') => return Err(format!("there is no mark {text}")),
            _ => {
                let item = match text.strip_prefix(['@', '#']).filter(|name| !name.is_empty()) {
                    Some(_) => pattern::parse(text)?,
                    None => vec![Item::Word { text: text.to_string(), glued: false }],
                };
                let mut steps = Vec::new();
                self.steps(&item, &mut steps)?;
                match steps.as_slice() {
                    [Step::Token { symbol, .. }] => Near::Symbol(*symbol),
                    _ => return Err(format!("a guard is one token, not \"{text}\"")),
                }
            }
        })
    }

    fn finish(self) -> Result<Tables> {
        let Maker { symbols, builder, names, categories, mut rules, category_ids, .. } = self;
        let lexicon = builder.build(&symbols);
        let firsts = Firsts::new(&rules, &categories).map_err(|id| {
            let name = category_ids.iter().find(|(_, i)| **i == id).map_or("", |(name, _)| name.as_str());
            wrong("timex rules", name, "the category begins with itself")
        })?;
        for (rule, compiled) in rules.iter_mut().enumerate() {
            compiled.second = firsts.second(rule);
        }
        let tokens = rules.iter().flat_map(|rule| &rule.steps).filter_map(|step| match step {
            Step::Token { symbol, .. } => Some(*symbol),
            _ => None,
        });
        let (classes, members) = classes(&lexicon.kinds, &tokens.collect());
        let mut stands_for = Bits::new(lexicon.kinds.len(), symbols.len());
        for (kind, entry) in lexicon.kinds.iter().enumerate() {
            entry.symbols.iter().for_each(|(symbol, _)| stands_for.set(kind, usize::from(*symbol)));
        }
        let mut tables = Tables {
            no_plural: symbols.get('@', "no-plural"),
            first: Vec::new(),
            gate: Bits::new(members.len(), members.len()),
            classes,
            stands_for,
            category_first: vec![Vec::new(); categories.len()],
            lexicon,
            symbols,
            names: names.into_iter().sorted_by_key(|(_, name)| *name).map(|(text, _)| text).collect(),
            rules,
            categories,
        };
        let begun = firsts.by_symbol(tables.symbols.len());
        let mut begins = vec![false; tables.rules.len()];
        for &kind in &members {
            begins.fill(false);
            for (symbol, _) in &tables.lexicon.kinds[kind].symbols {
                begun[usize::from(*symbol)].iter().for_each(|&rule| begins[usize::from(rule)] = true);
            }
            let top = |rule: u16| begins[usize::from(rule)] && tables.rules[usize::from(rule)].top;
            tables.first.push((0..tables.rules.len() as u16).filter(|&rule| top(rule)).collect());
            for (category, members) in tables.categories.iter().enumerate() {
                let list = members.iter().copied().filter(|&rule| begins[usize::from(rule)]).collect();
                tables.category_first[category].push(list);
            }
        }
        for class in 0..members.len() {
            let mut gate = SymbolSet::default();
            tables.first[class].iter().for_each(|&r| gate.extend(&tables.rules[usize::from(r)].second));
            for (next, &kind) in members.iter().enumerate() {
                if gate.accepts(&tables.lexicon.kinds[kind]) {
                    tables.gate.set(class, next);
                }
            }
        }
        Ok(tables)
    }
}

/// The class of each kind, and one kind of each class. Only symbols of patterns part classes: what guards alone ask for
/// would multiply the automaton's states for nothing.
fn classes(kinds: &[Kind], patterns: &FxHashSet<Symbol>) -> (Vec<u16>, Vec<usize>) {
    let (mut known, mut members) = (FxHashMap::default(), Vec::new());
    let class = |(kind, entry): (usize, &Kind)| {
        let symbols: Vec<Symbol> = entry.symbols.iter().map(|(s, _)| *s).filter(|s| patterns.contains(s)).collect();
        *known.entry(symbols).or_insert_with(|| {
            members.push(kind);
            members.len() as u16 - 1
        })
    };
    (kinds.iter().enumerate().map(class).collect(), members)
}

/// A table of bits.
#[derive(Clone, Debug)]
struct Bits {
    words: Vec<u64>,
    width: usize,
}

impl Bits {
    fn new(rows: usize, columns: usize) -> Self {
        let width = columns.div_ceil(64);
        Bits { words: vec![0; rows * width], width }
    }

    fn set(&mut self, row: usize, column: usize) {
        self.words[row * self.width + column / 64] |= 1 << (column % 64);
    }

    #[inline]
    fn has(&self, row: u16, column: u16) -> bool {
        self.words[usize::from(row) * self.width + usize::from(column / 64)] & (1 << (column % 64)) != 0
    }
}
