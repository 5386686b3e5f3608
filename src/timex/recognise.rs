//! Matching: the compiled rules over the kinds of a sentence's tokens.
//!
//! Patterns have no repetition, and a category is matched at most once at a place (its matches are remembered), so the
//! work at one token is bounded by the grammar, and the whole grows with the length of the text.

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
        self.kinds.get(at).is_some_and(|&k| self.tables.lexicon.kinds[usize::from(k)].has(symbol))
    }

    /// Whether no white space stands before a token.
    fn glued(&self, at: usize) -> bool {
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
                token.kind == TokenKind::Word && word.len() > 3 && word.ends_with('s') && !word.ends_with("ss")
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
pub(super) struct Matcher<'a> {
    view: View<'a>,
    /// The category matches known at the token being tried.
    memo: Vec<(u16, usize, Matches)>,
    nothing: Matches,
}

impl<'a> Matcher<'a> {
    pub fn new(view: View<'a>) -> Self {
        Matcher { view, memo: Vec::new(), nothing: Rc::default() }
    }

    /// All matches of top rules at a token, the longest first, among equals the earliest rule first.
    pub fn at(&mut self, at: usize) -> Vec<Rc<Node>> {
        let here = self.view.kinds[at];
        let next = self.view.kinds.get(at + 1).copied().unwrap_or_default();
        let mut all = Vec::new();
        for rule in self.view.tables.candidates(here, next) {
            self.run_rule(rule, at, &mut all);
        }
        self.memo.clear();
        all.retain(|node: &Rc<Node>| self.guarded(node));
        all.sort_by_key(|node| (std::cmp::Reverse(node.end), node.rule));
        all
    }

    /// Adds the matches of one rule, at most one for each end.
    fn run_rule(&mut self, rule: u16, at: usize, out: &mut Vec<Rc<Node>>) {
        let compiled = self.rule(rule);
        if compiled.narrative.is_some_and(|wanted| wanted != self.view.narrative) {
            return;
        }
        let mut run = Run { rule, start: at, held: Vec::new(), out: Vec::new() };
        self.step(&mut run, 0, at);
        out.append(&mut run.out);
    }

    fn rule(&self, rule: u16) -> &'a Compiled {
        &self.view.tables.rules[usize::from(rule)]
    }

    fn step(&mut self, run: &mut Run, pc: usize, at: usize) {
        match &self.rule(run.rule).steps[pc] {
            Step::Done => run.done(at),
            Step::Jump(to) => self.step(run, usize::from(*to), at),
            Step::Split(to) => {
                self.step(run, pc + 1, at);
                self.step(run, usize::from(*to), at);
            }
            Step::Token { symbol, glued, capture } => {
                if !self.view.is(at, *symbol) || *glued && !self.view.glued(at) {
                    return;
                }
                if let Some(name) = capture {
                    run.held.push((*name, Held::Token(at, *symbol)));
                }
                self.step(run, pc + 1, at + 1);
                if capture.is_some() {
                    run.held.pop();
                }
            }
            Step::Category { category, glued, capture } => {
                if *glued && !self.view.glued(at) {
                    return;
                }
                for node in self.category(*category, at).iter() {
                    run.held.push((*capture, Held::Node(Rc::clone(node))));
                    self.step(run, pc + 1, node.end);
                    run.held.pop();
                }
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
                if taken || (!self.rule(rule).top && !self.guarded(&all[i])) {
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

    fn guarded(&self, node: &Node) -> bool {
        let guards = &self.rule(node.rule).guards;
        let before = |all: &[Near]| {
            all.iter().rev().enumerate().all(|(i, n)| self.view.near(node.start.checked_sub(i + 1), *n, false))
        };
        let after = |all: &[Near]| all.iter().enumerate().all(|(i, n)| self.view.near(Some(node.end + i), *n, true));
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
        around && (!guards.capital || self.view.near(Some(node.start), Near::Capital, false))
    }
}

/// One rule being tried at one place.
struct Run {
    rule: u16,
    start: usize,
    held: Vec<(Name, Held)>,
    out: Vec<Rc<Node>>,
}

impl Run {
    fn done(&mut self, end: usize) {
        if end > self.start && !self.out.iter().any(|n| n.end == end) {
            self.out.push(Rc::new(Node { rule: self.rule, start: self.start, end, held: self.held.clone() }));
        }
    }
}
