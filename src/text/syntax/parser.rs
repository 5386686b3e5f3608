//! The parser: greedy, arc-hybrid transitions (Kuhlmann, Gómez-Rodríguez and Satta 2011), trained with the dynamic
//! oracle of Goldberg and Nivre (2013), so that it finds its way back after a mistake.
//!
//! Two decisions a word: which of three actions, and at each arc its relation. Trees are projective and have one root.
//! Time is linear in the length of the sentence.

use super::lexeme::Lexeme;
use super::table::{CLASSES, Scores, Sure, Weights};
use super::tagger::{Features, best};

/// What the parser can do. Numbers are the classes of the action table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Action {
    /// Moves the next word onto the stack.
    Shift,
    /// The top of the stack becomes a child of the next word.
    Left,
    /// The top of the stack becomes a child of the one below it.
    Right,
}

impl Action {
    /// Every action, by number.
    pub const ALL: [Action; 3] = [Action::Shift, Action::Left, Action::Right];
}

/// Label of no arc, and of words that are not there.
pub const NO_LABEL: u8 = u8::MAX;

/// What features need of a word: numbers 0 to n-1 are words, n is the root, n+1 stands for no word.
#[derive(Clone, Copy, Debug, Default)]
struct Node {
    word: u32,
    tag: u32,
    head: u32,
    label: u8,
    /// Outermost and second outermost children on the left and on the right.
    left: [u32; 2],
    right: [u32; 2],
    /// Relations of the children on each side, one bit each.
    left_set: u64,
    right_set: u64,
}

/// A sentence half parsed.
#[derive(Debug, Default)]
pub struct State {
    nodes: Vec<Node>,
    stack: Vec<u32>,
    next: u32,
    root: u32,
    none: u32,
}

/// The words around a decision.
struct View {
    s0: u32,
    s1: u32,
    s2: u32,
    b0: u32,
    b1: u32,
    b2: u32,
}

impl State {
    /// Starts on a sentence.
    pub fn reset(&mut self, words: &[Lexeme], tags: &[u8]) {
        let n = words.len() as u32;
        (self.root, self.none, self.next) = (n, n + 1, 0);
        self.stack.clear();
        self.nodes.clear();
        let empty =
            Node { head: self.none, label: NO_LABEL, left: [self.none; 2], right: [self.none; 2], ..Node::default() };
        self.nodes.extend(words.iter().zip(tags).map(|(word, &tag)| Node {
            word: word.word,
            tag: u32::from(tag),
            ..empty
        }));
        self.nodes.push(Node { word: 1, tag: 254, ..empty });
        self.nodes.push(Node { word: 2, tag: 255, ..empty });
    }

    /// Whether every word has its head.
    pub fn finished(&self) -> bool {
        self.next == self.root && self.stack.is_empty()
    }

    /// Whether `action` keeps the tree whole and its root single.
    pub fn allows(&self, action: Action) -> bool {
        match action {
            Action::Shift => self.next < self.root,
            Action::Left => !self.stack.is_empty() && (self.next < self.root || self.stack.len() == 1),
            Action::Right => self.stack.len() >= 2,
        }
    }

    /// Whether more than one action is allowed.
    pub fn has_choice(&self) -> bool {
        !self.stack.is_empty() && self.next < self.root
    }

    /// The arc that `action` would draw: (head, child).
    pub fn arc(&self, action: Action) -> Option<(u32, u32)> {
        let view = self.view();
        match action {
            Action::Shift => None,
            Action::Left => Some((self.next, view.s0)),
            Action::Right => Some((view.s1, view.s0)),
        }
    }

    /// Number of the root; words come before it.
    pub fn root(&self) -> u32 {
        self.root
    }

    /// The word that stands next.
    pub fn next(&self) -> u32 {
        self.next
    }

    /// The words waiting for their head, bottom first.
    pub fn stack(&self) -> &[u32] {
        &self.stack
    }

    /// Head and label of a word.
    pub fn head(&self, word: usize) -> (u32, u8) {
        self.nodes.get(word).map_or((self.none, NO_LABEL), |n| (n.head, n.label))
    }

    fn view(&self) -> View {
        let below = |depth: usize| {
            self.stack.len().checked_sub(depth + 1).and_then(|at| self.stack.get(at)).copied().unwrap_or(self.none)
        };
        let ahead = |by: u32| (self.next + by).min(self.none);
        View { s0: below(0), s1: below(1), s2: below(2), b0: ahead(0), b1: ahead(1), b2: ahead(2) }
    }

    /// A node by number; numbers come from the state itself, so it is always there.
    #[inline]
    fn node(&self, at: u32) -> &Node {
        &self.nodes[at as usize]
    }

    /// Takes `action`, which [`State::allows`]; a new arc gets `label`.
    pub fn apply(&mut self, action: Action, label: u8) {
        let Some((head, child)) = self.arc(action) else {
            self.stack.push(self.next);
            self.next += 1;
            return;
        };
        self.stack.pop();
        let node = &mut self.nodes[child as usize];
        (node.head, node.label) = (head, label);
        let node = &mut self.nodes[head as usize];
        let bit = 1 << (label & 63);
        if child < head {
            node.left = [child, node.left[0]];
            node.left_set |= bit;
        } else {
            node.right = [child, node.right[0]];
            node.right_set |= bit;
        }
    }

    /// The features of the choice between actions. Words that are not there give none: what is there tells them.
    pub fn action_features(&self, out: &mut Features) {
        let v = self.view();
        let [s0, s1, s2, b0, b1, b2] = [v.s0, v.s1, v.s2, v.b0, v.b1, v.b2].map(|at| self.node(at));
        out.start(1000);
        for node in [s0, b0, b1] {
            out.join([node.tag]);
            out.join([node.word, node.tag]);
        }
        pair_features(s0, b0, out);
        out.join([b0.tag, b1.tag]);
        out.join([s0.tag, b1.tag, b0.word]);
        out.join([s0.word, b1.word]);
        out.join([b0.tag, b1.tag, b2.tag]);
        out.join([s0.word, b0.tag, b1.tag]);
        out.join([s1.tag, s0.tag, b0.tag]);
        out.join([s1.tag, s0.tag, b0.tag, b1.tag]);
        self.own_features(&v, out);
        if v.s1 != self.none {
            out.go_on(1200);
            out.join([s1.word, s1.tag]);
            pair_features(s1, s0, out);
            out.join([s1.word, b0.word]);
            out.join([s1.tag, s0.word, b0.tag]);
            out.join([s1.word, s0.tag, b0.tag]);
            out.join([s1.tag, s0.tag, b0.word]);
            out.join([s2.tag, s1.tag, s0.tag, b0.tag]);
            self.below_features(&v, out);
        }
        self.child_features(&v, out);
    }

    /// Distances, neighbours and kinds of children of the top of the stack and the next word.
    fn own_features(&self, v: &View, out: &mut Features) {
        let [s0, s1, b0] = [v.s0, v.s1, v.b0].map(|at| self.node(at));
        let near = distance(v.s0, v.b0);
        out.join([near, s0.tag, b0.tag]);
        out.join([near, s0.word]);
        out.join([near, b0.word]);
        set_features(s0, s0.left_set, out);
        set_features(s0, s0.right_set, out);
        set_features(b0, b0.left_set, out);
        out.join([s0.tag, b0.tag, s0.left_set as u32, (s0.left_set >> 32) as u32]);
        let before = self.node(v.b0.checked_sub(1).unwrap_or(self.none));
        let after = self.node((v.s0 + 1).min(self.none));
        out.join([before.tag, b0.tag, s0.tag]);
        out.join([after.tag, b0.tag, s0.tag]);
        out.join([after.word, s0.tag, s1.tag]);
    }

    /// The same of the word below the top.
    fn below_features(&self, v: &View, out: &mut Features) {
        let [s0, s1, b0] = [v.s0, v.s1, v.b0].map(|at| self.node(at));
        let (near, far) = (distance(v.s0, v.b0), distance(v.s1, v.s0));
        out.join([far, s1.tag, s0.tag]);
        out.join([far, s1.word]);
        out.join([far, near, s1.tag, s0.tag, b0.tag]);
        set_features(s1, s1.left_set, out);
        set_features(s1, s1.right_set, out);
        out.join([s1.tag, s0.tag, s1.right_set as u32, (s1.right_set >> 32) as u32]);
    }

    fn child_features(&self, v: &View, out: &mut Features) {
        let [s0, s1, b0] = [v.s0, v.s1, v.b0].map(|at| self.node(at));
        let near = [(1300, s0.left), (1320, s0.right), (1340, b0.left), (1360, s1.left), (1380, s1.right)];
        for (template, [outer, second]) in near {
            if outer == self.none {
                continue;
            }
            let child = self.node(outer);
            let label = u32::from(child.label);
            out.go_on(template);
            out.join([child.tag, label]);
            out.join([child.word]);
            out.join([s0.tag, b0.tag, child.tag, label]);
            out.join([s1.tag, s0.tag, child.tag, label]);
            if second != self.none {
                let second = self.node(second);
                out.join([second.tag, u32::from(second.label)]);
            }
        }
        // Where a phrase belongs: the preposition or conjunction that opens it, with the words it could hang on.
        if b0.left[0] != self.none {
            let opener = self.node(b0.left[0]);
            out.go_on(1400);
            out.join([s0.word, opener.word, b0.tag]);
            out.join([s1.word, opener.word, b0.tag]);
            out.join([s0.tag, s1.tag, opener.word, b0.tag]);
            out.join([s0.word, opener.word, b0.word]);
        }
        if s0.left[0] != self.none {
            let opener = self.node(s0.left[0]);
            out.go_on(1420);
            out.join([s1.word, opener.word, s0.tag]);
            out.join([s1.tag, opener.word, s0.tag, b0.tag]);
        }
    }

    /// The contexts in which the relation between a head and a child may need no weighing.
    pub fn sure_label_contexts(&self, head: u32, child: u32, work: &mut Features) -> [u64; 2] {
        let (h, c) = (self.node(head), self.node(child));
        let side = u32::from(child < head);
        let far = distance(child, head);
        let siblings = if side == 1 { h.left_set } else { h.right_set };
        work.start(5010);
        work.join([side, h.tag, c.tag, c.word]);
        let [left, left_high] = [c.left_set as u32, (c.left_set >> 32) as u32];
        let [beside, beside_high] = [siblings as u32, (siblings >> 32) as u32];
        work.join([side, h.tag, c.tag, far, left, left_high, beside, beside_high]);
        let hashes = work.hashes();
        [hashes[0], hashes[1]]
    }

    /// The features of the relation between a head and a child, whose own children are known.
    pub fn label_features(&self, head: u32, child: u32, out: &mut Features) {
        let (h, c) = (self.node(head), self.node(child));
        let side = u32::from(child < head);
        let before = self.node(child.checked_sub(1).unwrap_or(self.none));
        let after = self.node((child + 1).min(self.none));
        let far = distance(child, head);
        let siblings = if side == 1 { h.left_set } else { h.right_set };
        let first = 3000 + 1000 * u64::from(side);
        out.start(first);
        out.join([c.tag]);
        out.join([c.word]);
        out.join([c.tag, h.tag]);
        out.join([c.word, h.tag]);
        out.join([c.tag, h.word]);
        out.join([c.word, h.word]);
        out.join([h.word]);
        out.join([h.tag, c.tag, far]);
        let near = [(40, c.left[0]), (50, c.right[0])];
        for (template, at) in near.into_iter().filter(|&(_, at)| at != self.none) {
            let child = self.node(at);
            out.go_on(first + template);
            out.join([child.word, c.tag, h.tag]);
            out.join([child.tag, u32::from(child.label), c.tag, h.tag]);
            out.join([child.word, h.word]);
        }
        let near = [(60, c.left[1]), (70, c.right[1])];
        for (template, at) in near.into_iter().filter(|&(_, at)| at != self.none) {
            let child = self.node(at);
            out.go_on(first + template);
            out.join([child.word, u32::from(child.label), c.tag, h.tag]);
        }
        let near = [(80, h.left[0]), (90, h.right[0]), (100, h.left[1])];
        for (template, at) in near.into_iter().filter(|&(_, at)| at != self.none) {
            let sibling = self.node(at);
            out.go_on(first + template);
            out.join([sibling.word, h.tag, c.tag]);
            out.join([sibling.tag, u32::from(sibling.label), h.tag, c.tag]);
        }
        out.go_on(first + 110);
        for set in [c.left_set, c.right_set, h.left_set, h.right_set, siblings] {
            out.join([set as u32, (set >> 32) as u32, h.tag, c.tag]);
        }
        out.join([siblings as u32, (siblings >> 32) as u32, h.word]);
        out.join([c.left_set as u32, (c.left_set >> 32) as u32, c.word]);
        out.join([before.tag, c.tag, after.tag]);
        out.join([before.word, c.tag, h.tag]);
        out.join([after.word, c.tag, h.tag]);
    }
}

fn pair_features(a: &Node, b: &Node, out: &mut Features) {
    out.join([a.word, b.word]);
    out.join([a.tag, b.tag]);
    out.join([a.word, a.tag, b.tag]);
    out.join([a.tag, b.word, b.tag]);
}

fn set_features(node: &Node, set: u64, out: &mut Features) {
    out.join([node.tag, set as u32, (set >> 32) as u32]);
    out.join([node.word, set as u32, (set >> 32) as u32]);
}

/// Distance of two words, coarser the larger it is.
fn distance(a: u32, b: u32) -> u32 {
    match a.abs_diff(b) {
        d @ 0..=4 => d,
        5..=6 => 5,
        7..=10 => 6,
        11..=20 => 7,
        _ => 8,
    }
}

/// The best action that is allowed, the first of equals; `None` only when the sentence is finished.
pub fn choose(state: &State, scores: &Scores) -> Option<Action> {
    let mut best: Option<(Action, i32)> = None;
    for (action, &score) in Action::ALL.into_iter().zip(scores) {
        if state.allows(action) && best.is_none_or(|(_, top)| score > top) {
            best = Some((action, score));
        }
    }
    best.map(|(action, _)| action)
}

/// What a parser decides by.
#[derive(Clone, Copy, Debug)]
pub struct Tables<'t, A, L> {
    /// Weights of the actions.
    pub actions: &'t A,
    /// Weights of the labels.
    pub labels: &'t L,
    /// What needs no weighing.
    pub sure: &'t Sure<'t>,
    /// How many labels there are.
    pub label_count: usize,
    /// The label of the arc from the root.
    pub root_label: u8,
}

/// Parses a sentence on which `state` was reset. `seen` is told each label that was weighed, with the contexts it was
/// decided in.
pub fn parse(
    state: &mut State,
    tables: &Tables<impl Weights, impl Weights>,
    work: &mut Features,
    mut seen: impl FnMut(&[u64], u8),
) {
    while !state.finished() {
        let mut scores = [0; CLASSES];
        if state.has_choice() {
            state.action_features(work);
            tables.actions.add(work.hashes(), &mut scores);
        }
        let Some(action) = choose(state, &scores) else { break };
        let label = match state.arc(action) {
            None => NO_LABEL,
            Some((head, _)) if head == state.root() => tables.root_label,
            Some((head, child)) => {
                let contexts = state.sure_label_contexts(head, child, work);
                let sure = contexts.into_iter().find_map(|context| tables.sure.class(context));
                sure.unwrap_or_else(|| {
                    state.label_features(head, child, work);
                    let mut scores = [0; CLASSES];
                    tables.labels.add(work.hashes(), &mut scores);
                    let label = best(scores.iter().take(tables.label_count)).unwrap_or(0);
                    seen(&contexts, label);
                    label
                })
            }
        };
        state.apply(action, label);
    }
}
