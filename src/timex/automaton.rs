//! The lazy automaton: all rules at once over the kinds of the next tokens, to learn which rules can match and how far.
//!
//! A state is a set of places in the rules' programs, each with the places to return to once its category is matched.
//! States and edges are made when a text first needs them and kept. What the automaton does not know are guards and
//! captures, so it finds a superset of the matches; [`super::recognise`] runs the few rules that are left.

use super::compile::{Step, Tables};
use super::firsts::reachable;
use super::lexicon::KindId;
use super::recognise::View;
use rustc_hash::FxHashMap;
use std::sync::Mutex;

/// The longest expression, in tokens: what bounds the work at one token whatever the grammar nests.
pub(super) const LONGEST: usize = 48;
/// How many places all states together may have; beyond it the automaton begins anew.
const PLACES: usize = 1 << 18;
/// The state from which nothing can match.
const DEAD: u32 = 0;
/// No frame: the rule is not part of another.
const BOTTOM: u32 = u32::MAX;

/// A place in a rule's program and the frame to return to when the rule is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Place {
    rule: u16,
    pc: u16,
    frame: u32,
}

/// What an edge depends on: a state, the class of the next token and whether it is glued to the one before.
#[derive(Clone, Copy)]
struct Key {
    state: u32,
    class: u16,
    glued: bool,
}

impl Key {
    /// One number for each key: quick to hash.
    fn number(self) -> u64 {
        u64::from(self.state) << 32 | u64::from(self.class) << 1 | u64::from(self.glued)
    }
}

#[derive(Debug, Default)]
struct State {
    places: Box<[Place]>,
    /// The top rules that are matched when this state is reached.
    matched: Box<[u16]>,
}

/// States made so far. One serves one text at a time.
#[derive(Debug, Default)]
pub(super) struct Automaton {
    states: Vec<State>,
    /// How many places they have.
    places: usize,
    known: FxHashMap<Box<[Place]>, u32>,
    /// By [`Key`].
    edges: FxHashMap<u64, u32>,
    frames: Vec<Place>,
    frame_ids: FxHashMap<Place, u32>,
}

impl Automaton {
    /// Adds (end, rule) for each top rule that may match the tokens from `at` on; guards are not looked at.
    pub fn walk(&mut self, view: &View, at: usize, found: &mut Vec<(usize, u16)>) {
        if self.places > PLACES || self.states.is_empty() {
            *self = Automaton::default();
            self.states.push(State::default());
        }
        let tables = view.tables;
        let Some(&kind) = view.kinds.get(at) else { return };
        // The beginning of a rule is no state: which rules begin with a kind is in the tables.
        let key = Key { state: DEAD, class: tables.class_of(kind), glued: view.glued(at) };
        let mut state = match self.edges.get(&key.number()) {
            Some(&state) => state,
            None => {
                let begins: Vec<Place> =
                    tables.begins(kind).iter().map(|&rule| Place { rule, pc: 0, frame: BOTTOM }).collect();
                self.edge(tables, key, kind, &begins)
            }
        };
        for (offset, &kind) in view.kinds[at + 1..].iter().chain([&0]).take(LONGEST).enumerate() {
            let end = at + 1 + offset;
            found.extend(self.states[state as usize].matched.iter().map(|&rule| (end, rule)));
            if state == DEAD || end == view.kinds.len() || offset + 1 == LONGEST {
                return;
            }
            let key = Key { state, class: tables.class_of(kind), glued: view.glued(end) };
            state = match self.edges.get(&key.number()) {
                Some(&next) => next,
                None => {
                    let places = std::mem::take(&mut self.states[state as usize].places);
                    let next = self.edge(tables, key, kind, &places);
                    self.states[state as usize].places = places;
                    next
                }
            };
        }
    }

    /// Makes the edge for a token of this kind, and the state it leads to.
    fn edge(&mut self, tables: &Tables, key: Key, kind: KindId, from: &[Place]) -> u32 {
        let mut next = Vec::new();
        for place in from {
            self.advance(tables, *place, kind, key.glued, &mut next);
        }
        next.sort_unstable();
        next.dedup();
        let state = if next.is_empty() { DEAD } else { self.state(tables, next.into_boxed_slice()) };
        self.edges.insert(key.number(), state);
        state
    }

    fn state(&mut self, tables: &Tables, places: Box<[Place]>) -> u32 {
        if let Some(&state) = self.known.get(&places) {
            return state;
        }
        let mut matched = Vec::new();
        for place in &places {
            self.matched(tables, *place, &mut matched);
        }
        matched.sort_unstable();
        matched.dedup();
        let state = self.states.len() as u32;
        self.places += places.len();
        self.known.insert(places.clone(), state);
        self.states.push(State { places, matched: matched.into_boxed_slice() });
        state
    }

    /// The places behind a token, from one before it.
    fn advance(&mut self, tables: &Tables, place: Place, kind: KindId, glued: bool, next: &mut Vec<Place>) {
        let steps = &tables.rules[usize::from(place.rule)].steps;
        for at in reachable(steps, usize::from(place.pc)) {
            let behind = Place { pc: at as u16 + 1, ..place };
            match &steps[at] {
                Step::Token { symbol, glued: must, .. } if (glued || !must) && tables.stands_for(kind, *symbol) => {
                    next.push(behind);
                }
                Step::Category { category, glued: must, .. } => {
                    if *must && !glued {
                        continue;
                    }
                    let rules = tables.of_category(*category, kind);
                    if rules.is_empty() {
                        continue;
                    }
                    // What is last in a rule returns to where the rule itself would.
                    let last = place.frame != BOTTOM && matches!(steps[at + 1], Step::Done);
                    let frame = if last { place.frame } else { self.frame(behind) };
                    for &rule in rules {
                        self.advance(tables, Place { rule, pc: 0, frame }, kind, glued, next);
                    }
                }
                // No rule matches nothing at all: only a rule that has taken a token is done.
                Step::Done if place.pc > 0 => {
                    if let Some(&back) = self.frames.get(place.frame as usize) {
                        self.advance(tables, back, kind, glued, next);
                    }
                }
                _ => {}
            }
        }
    }

    /// The top rules that are complete at a place.
    fn matched(&self, tables: &Tables, place: Place, out: &mut Vec<u16>) {
        let steps = &tables.rules[usize::from(place.rule)].steps;
        if !reachable(steps, usize::from(place.pc)).iter().any(|&at| matches!(steps[at], Step::Done)) {
            return;
        }
        match self.frames.get(place.frame as usize) {
            Some(&back) => self.matched(tables, back, out),
            None => out.push(place.rule),
        }
    }

    fn frame(&mut self, place: Place) -> u32 {
        let next = self.frames.len() as u32;
        let frame = *self.frame_ids.entry(place).or_insert(next);
        if frame == next {
            self.frames.push(place);
        }
        frame
    }
}

/// The automata of a tagger: each text that is being tagged has one, and the next text goes on with it.
#[derive(Debug, Default)]
pub(super) struct Pool(Mutex<Vec<Automaton>>);

impl Pool {
    /// Runs `work` with an automaton of the pool.
    pub fn with<T>(&self, work: impl FnOnce(&mut Automaton) -> T) -> T {
        let idle = self.0.lock().ok().and_then(|mut all| all.pop());
        let mut automaton = idle.unwrap_or_default();
        let out = work(&mut automaton);
        if let Ok(mut all) = self.0.lock() {
            all.push(automaton);
        }
        out
    }
}

impl Clone for Pool {
    /// What has been made is not copied: it is made again when needed.
    fn clone(&self) -> Self {
        Pool::default()
    }
}
