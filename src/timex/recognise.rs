//! Matching: the compiled rules over the kinds of a sentence's tokens.
//!
//! Patterns have no repetition, and a category is matched at most once at a place (its matches are remembered), so the
//! work at one token is bounded by the grammar, and the whole grows with the length of the text.

use super::automaton::{Automaton, LONGEST};
use super::compile::{Compiled, Name, Near, Step, Tables};
use super::lexicon::{KindId, NOTHING, Symbol};
use crate::text::{Case, Token, TokenKind};
use std::rc::Rc;

/// A sentence as the matcher sees it.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    /// The kind of each token.
    pub kinds: &'a [KindId],
    pub tables: &'a Tables,
    pub narrative: bool,
}

impl View<'_> {
    /// The text of a token.
    pub fn word(&self, at: usize) -> &str {
        self.tokens.get(at).and_then(|t| self.text.get(t.range())).unwrap_or("")
    }

    /// Whether a token can stand for a symbol.
    pub fn is(&self, at: usize, symbol: Symbol) -> bool {
        self.kinds.get(at).is_some_and(|&k| self.tables.stands_for(k, symbol))
    }

    /// Whether no white space stands before a token.
    pub fn glued(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| !t.spaced)
    }

    fn near(&self, at: Option<usize>, near: Near, after: bool) -> bool {
        let Some((at, token)) = at.and_then(|at| Some((at, self.tokens.get(at)?))) else {
            return near == Near::Edge;
        };
        match near {
            Near::Symbol(symbol) => self.is(at, symbol),
            Near::Edge => false,
            Near::Capital => matches!(token.case, Case::Title | Case::Upper | Case::Mixed),
            Near::Lower => token.case == Case::Lower && token.kind == TokenKind::Word,
            Near::Plural => {
                let word = self.word(at);
                token.kind == TokenKind::Word
                    && word.len() > 3
                    && word.ends_with('s')
                    && !word.ends_with("ss")
                    && !self.tables.no_plural.is_some_and(|symbol| self.is(at, symbol))
            }
            // A neighbour without white space between it and the match.
            Near::Glued => {
                if after {
                    !token.spaced
                } else {
                    self.glued(at + 1)
                }
            }
            Near::Comma => self.word(at) == ",",
        }
    }
}

/// What a capture holds.
#[derive(Clone, Debug)]
pub(super) enum Held {
    /// A token, as this symbol.
    Token(usize, Symbol),
    /// The match of a category.
    Node(Rc<Node>),
}

/// A match of one rule.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub rule: u16,
    pub start: usize,
    pub end: usize,
    pub held: Vec<(Name, Held)>,
}

/// The matches of a category at a place.
type Matches = Rc<Vec<Rc<Node>>>;

/// Finds matches in one sentence.
pub(super) struct Matcher<'a, 'b> {
    view: View<'a>,
    automaton: &'b mut Automaton,
    /// What the automaton found at the token being tried: (end, rule).
    found: Vec<(usize, u16)>,
    /// The first token that is too far from the one being tried to be part of an expression.
    limit: usize,
    /// The category matches known at the token being tried.
    memo: Vec<(u16, usize, Matches)>,
    nothing: Matches,
}

impl<'a, 'b> Matcher<'a, 'b> {
    pub fn new(view: View<'a>, automaton: &'b mut Automaton) -> Self {
        Matcher { view, automaton, found: Vec::new(), limit: 0, memo: Vec::new(), nothing: Rc::default() }
    }

    /// The first match of a top rule at a token that `accept` takes: the longest first, among equals the earliest rule.
    pub fn best<T>(&mut self, at: usize, accept: impl Fn(&Node) -> Option<T>) -> Option<(T, Rc<Node>)> {
        let mut found = std::mem::take(&mut self.found);
        self.automaton.walk(&self.view, at, &mut found);
        found.sort_unstable_by_key(|&(end, rule)| (std::cmp::Reverse(end), rule));
        self.limit = at + LONGEST;
        let best = found.iter().find_map(|&(end, rule)| {
            let compiled = self.rule(rule);
            if !self.holds(compiled) || !self.guarded(compiled, at, end) {
                return None;
            }
            let mut run = Run { rule, start: at, only: Some(end), held: Vec::new(), out: Vec::new() };
            self.step(&mut run, 0, at);
            let node = run.out.pop()?;
            Some((accept(&node)?, node))
        });
        self.memo.clear();
        found.clear();
        self.found = found;
        best
    }

    /// Whether a rule is for texts of this sort.
    fn holds(&self, rule: &Compiled) -> bool {
        rule.narrative.is_none_or(|wanted| wanted == self.view.narrative)
    }

    /// Adds the matches of one rule, at most one for each end.
    fn run_rule(&mut self, rule: u16, at: usize, out: &mut Vec<Rc<Node>>) {
        if !self.holds(self.rule(rule)) {
            return;
        }
        let mut run = Run { rule, start: at, only: None, held: Vec::new(), out: Vec::new() };
        self.step(&mut run, 0, at);
        out.append(&mut run.out);
    }

    fn rule(&self, rule: u16) -> &'a Compiled {
        &self.view.tables.rules[usize::from(rule)]
    }

    /// Runs a rule's program from a step on; true when the match that was asked for is found.
    fn step(&mut self, run: &mut Run, pc: usize, at: usize) -> bool {
        match &self.rule(run.rule).steps[pc] {
            Step::Done => run.done(at),
            Step::Jump(to) => self.step(run, usize::from(*to), at),
            Step::Split(to) => self.step(run, pc + 1, at) || self.step(run, usize::from(*to), at),
            Step::Token { symbol, glued, capture } => {
                if at >= self.limit || !self.view.is(at, *symbol) || *glued && !self.view.glued(at) {
                    return false;
                }
                if let Some(name) = capture {
                    run.held.push((*name, Held::Token(at, *symbol)));
                }
                let found = self.step(run, pc + 1, at + 1);
                if capture.is_some() {
                    run.held.pop();
                }
                found
            }
            Step::Category { category, glued, capture } => {
                if *glued && !self.view.glued(at) {
                    return false;
                }
                for node in self.category(*category, at).iter() {
                    run.held.push((*capture, Held::Node(Rc::clone(node))));
                    let found = self.step(run, pc + 1, node.end);
                    run.held.pop();
                    if found {
                        return true;
                    }
                }
                false
            }
        }
    }

    /// The matches of a category at a token, one for each end, the longest first.
    fn category(&mut self, category: u16, at: usize) -> Matches {
        let here = self.view.kinds.get(at).copied().unwrap_or(NOTHING);
        let rules = self.view.tables.of_category(category, here);
        if rules.is_empty() {
            return Rc::clone(&self.nothing);
        }
        if let Some((.., known)) = self.memo.iter().find(|(c, a, _)| *c == category && *a == at) {
            return Rc::clone(known);
        }
        let next = self.view.kinds.get(at + 1).copied().unwrap_or(NOTHING);
        let mut all: Vec<Rc<Node>> = Vec::new();
        for &rule in rules {
            if !self.view.tables.may_continue(rule, next) {
                continue;
            }
            let from = all.len();
            self.run_rule(rule, at, &mut all);
            let mut i = from;
            while i < all.len() {
                // A part's guards hold wherever it stands; an earlier rule takes precedence at the same end.
                let taken = all[..from].iter().any(|n| n.end == all[i].end);
                if taken || (!self.rule(rule).top && !self.guarded(self.rule(rule), at, all[i].end)) {
                    all.remove(i);
                } else {
                    i += 1;
                }
            }
        }
        all.sort_by_key(|node| std::cmp::Reverse(node.end));
        let all = Rc::new(all);
        self.memo.push((category, at, Rc::clone(&all)));
        all
    }

    /// Whether a rule's guards let it match the tokens `start..end`.
    fn guarded(&self, rule: &Compiled, start: usize, end: usize) -> bool {
        let guards = &rule.guards;
        let before = |all: &[Near]| {
            all.iter().rev().enumerate().all(|(i, n)| self.view.near(start.checked_sub(i + 1), *n, false))
        };
        let after = |all: &[Near]| all.iter().enumerate().all(|(i, n)| self.view.near(Some(end + i), *n, true));
        if guards.not_prev.iter().any(|n| before(n)) || guards.not_next.iter().any(|n| after(n)) {
            return false;
        }
        let prev = guards.prev.is_empty() || guards.prev.iter().any(|n| before(n));
        let next = guards.next.is_empty() || guards.next.iter().any(|n| after(n));
        let around = if guards.either {
            !guards.prev.is_empty() && prev || !guards.next.is_empty() && next
        } else {
            prev && next
        };
        around && (!guards.capital || self.view.near(Some(start), Near::Capital, false))
    }
}

/// One rule being tried at one place.
struct Run {
    rule: u16,
    start: usize,
    /// The end that is asked for; without it all are.
    only: Option<usize>,
    held: Vec<(Name, Held)>,
    out: Vec<Rc<Node>>,
}

impl Run {
    /// Notes a match; true when it is the one asked for.
    fn done(&mut self, end: usize) -> bool {
        if end > self.start && self.only.is_none_or(|only| only == end) && !self.out.iter().any(|n| n.end == end) {
            self.out.push(Rc::new(Node { rule: self.rule, start: self.start, end, held: self.held.clone() }));
            return self.only.is_some();
        }
        false
    }
}
