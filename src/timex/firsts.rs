//! Which symbols a rule can begin with, and which its second token can be: what lets the matcher pass over most tokens.

use super::compile::{Compiled, Step};
use super::lexicon::{Symbol, bit};
use std::collections::BTreeSet;

/// First symbols and second-token masks of all rules.
pub(super) struct Firsts {
    found: Vec<Option<Begin>>,
}

/// How a rule can begin.
#[derive(Clone, Debug, Default)]
struct Begin {
    first: BTreeSet<Symbol>,
    second: u128,
    /// Whether one token can be all of it.
    single: bool,
}

impl Firsts {
    /// `any` is the mask of "one token is enough". Fails with a category that begins with itself.
    pub fn new(rules: &[Compiled], categories: &[Vec<u16>], any: u128) -> Result<Self, u16> {
        let mut finder = Finder { rules, categories, found: vec![None; rules.len()] };
        for rule in 0..rules.len() {
            finder.rule(rule, 0)?;
        }
        for begin in finder.found.iter_mut().flatten() {
            if begin.single {
                begin.second |= any;
            }
        }
        Ok(Firsts { found: finder.found })
    }

    /// Whether a rule can begin with a symbol.
    pub fn begins(&self, rule: u16, symbol: Symbol) -> bool {
        self.found[usize::from(rule)].as_ref().is_some_and(|b| b.first.contains(&symbol))
    }

    /// The Bloom mask of a rule's second tokens.
    pub fn second(&self, rule: usize) -> u128 {
        self.found[rule].as_ref().map_or(0, |b| b.second)
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
                    begin.second |= part.second;
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
                Step::Token { symbol, .. } => begin.second |= bit(symbol),
                Step::Category { category, .. } => {
                    let part = self.category(category, depth)?;
                    begin.second |= part.first.iter().fold(0, |mask, s| mask | bit(*s));
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
            all.second |= part.second;
            all.single |= part.single;
        }
        Ok(all)
    }
}

/// The token, category and end steps that can be next from `at`.
fn reachable(steps: &[Step], at: usize) -> Vec<usize> {
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
