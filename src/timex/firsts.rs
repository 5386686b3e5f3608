//! Which symbols a rule can begin with, and which its second token can be: what lets the matcher pass over most tokens.

use super::compile::{Compiled, Step};
use super::lexicon::{Kind, Symbol};
use std::collections::BTreeSet;

/// A set of symbols as bits.
#[derive(Clone, Debug, Default)]
pub(super) struct SymbolSet {
    bits: Vec<u64>,
    any: bool,
}

impl SymbolSet {
    fn insert(&mut self, symbol: Symbol) {
        let word = usize::from(symbol / 64);
        if self.bits.len() <= word {
            self.bits.resize(word + 1, 0);
        }
        self.bits[word] |= 1 << (symbol % 64);
    }

    /// Adds all of another set.
    pub fn extend(&mut self, other: &SymbolSet) {
        if self.bits.len() < other.bits.len() {
            self.bits.resize(other.bits.len(), 0);
        }
        self.bits.iter_mut().zip(&other.bits).for_each(|(a, b)| *a |= b);
        self.any |= other.any;
    }

    /// Whether a token of this kind may stand here.
    #[inline]
    pub fn accepts(&self, kind: &Kind) -> bool {
        let has = |s: Symbol| self.bits.get(usize::from(s / 64)).is_some_and(|word| word & (1 << (s % 64)) != 0);
        self.any || kind.symbols.iter().any(|(symbol, _)| has(*symbol))
    }
}

/// First symbols and second-token masks of all rules.
pub(super) struct Firsts {
    found: Vec<Option<Begin>>,
}

/// How a rule can begin.
#[derive(Clone, Debug, Default)]
struct Begin {
    first: BTreeSet<Symbol>,
    second: BTreeSet<Symbol>,
    /// Whether one token can be all of it.
    single: bool,
}

impl Firsts {
    /// Fails with a category that begins with itself.
    pub fn new(rules: &[Compiled], categories: &[Vec<u16>]) -> Result<Self, u16> {
        let mut finder = Finder { rules, categories, found: vec![None; rules.len()] };
        for rule in 0..rules.len() {
            finder.rule(rule, 0)?;
        }
        Ok(Firsts { found: finder.found })
    }

    /// For each of `count` symbols: the rules that can begin with it.
    pub fn by_symbol(&self, count: usize) -> Vec<Vec<u16>> {
        let mut rules = vec![Vec::new(); count];
        for (rule, begin) in self.found.iter().enumerate() {
            let first = begin.iter().flat_map(|b| &b.first);
            first.for_each(|symbol| rules[usize::from(*symbol)].push(rule as u16));
        }
        rules
    }

    /// What a rule's second token may be; anything where one token can be all of it.
    pub fn second(&self, rule: usize) -> SymbolSet {
        let mut set = SymbolSet::default();
        if let Some(begin) = &self.found[rule] {
            begin.second.iter().for_each(|s| set.insert(*s));
            set.any = begin.single;
        }
        set
    }
}

struct Finder<'a> {
    rules: &'a [Compiled],
    categories: &'a [Vec<u16>],
    found: Vec<Option<Begin>>,
}

impl Finder<'_> {
    fn rule(&mut self, rule: usize, depth: u16) -> Result<Begin, u16> {
        if let Some(begin) = &self.found[rule] {
            return Ok(begin.clone());
        }
        let rules = self.rules;
        let steps = &rules[rule].steps;
        let mut begin = Begin::default();
        for at in reachable(steps, 0) {
            match steps[at] {
                Step::Token { symbol, .. } => {
                    begin.first.insert(symbol);
                    self.follow(steps, at + 1, &mut begin, depth)?;
                }
                Step::Category { category, .. } => {
                    let part = self.category(category, depth)?;
                    begin.first.extend(&part.first);
                    begin.second.extend(&part.second);
                    if part.single {
                        self.follow(steps, at + 1, &mut begin, depth)?;
                    }
                }
                _ => {}
            }
        }
        self.found[rule] = Some(begin.clone());
        Ok(begin)
    }

    /// Adds what can stand at `at` to the second tokens.
    fn follow(&mut self, steps: &[Step], at: usize, begin: &mut Begin, depth: u16) -> Result<(), u16> {
        for at in reachable(steps, at) {
            match steps[at] {
                Step::Token { symbol, .. } => {
                    begin.second.insert(symbol);
                }
                Step::Category { category, .. } => {
                    let part = self.category(category, depth)?;
                    begin.second.extend(&part.first);
                }
                Step::Done => begin.single = true,
                _ => {}
            }
        }
        Ok(())
    }

    fn category(&mut self, category: u16, depth: u16) -> Result<Begin, u16> {
        if depth > 40 {
            return Err(category);
        }
        let mut all = Begin::default();
        for &member in &self.categories[usize::from(category)] {
            let part = self.rule(usize::from(member), depth + 1)?;
            all.first.extend(&part.first);
            all.second.extend(&part.second);
            all.single |= part.single;
        }
        Ok(all)
    }
}

/// The token, category and end steps that can be next from `at`.
pub(super) fn reachable(steps: &[Step], at: usize) -> Vec<usize> {
    let (mut stack, mut out) = (vec![at], Vec::new());
    while let Some(at) = stack.pop() {
        match steps[at] {
            Step::Split(to) => stack.extend([usize::from(to), at + 1]),
            Step::Jump(to) => stack.push(usize::from(to)),
            _ => out.push(at),
        }
    }
    out
}
