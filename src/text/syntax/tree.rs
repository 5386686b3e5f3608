//! The tree of a sentence, and ways to walk it.

use super::{Form, Relation, Upos};
use std::ops::Range;

/// What the analysis says of one token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Word class.
    pub upos: Upos,
    /// Inflected form, for verbs also tense.
    pub form: Form,
    /// Dictionary form, lower-cased but for names.
    pub lemma: String,
    /// Index of the word that it depends on; `None` for the head of the sentence.
    pub head: Option<usize>,
    /// How it depends on it.
    pub relation: Relation,
}

/// An analysed sentence: one word a token, and exactly one of them without a head (unless it is empty).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Syntax {
    /// The words, in the order of the tokens.
    pub words: Vec<Word>,
    /// Children of all words, sorted by (head, position).
    children: Vec<u32>,
    /// Where the children of word i begin in `children`; one entry more than there are words.
    starts: Vec<u32>,
}

impl Syntax {
    /// A tree over words. A head that is no index of `words` counts as none.
    pub fn new(mut words: Vec<Word>) -> Self {
        let n = words.len();
        let mut starts = vec![0u32; n + 1];
        for word in &mut words {
            word.head = word.head.filter(|&h| h < n);
            if let Some(h) = word.head {
                starts[h + 1] += 1;
            }
        }
        for i in 0..n {
            starts[i + 1] += starts[i];
        }
        let mut at = starts.clone();
        let mut children = vec![0; starts[n] as usize];
        for (i, word) in words.iter().enumerate() {
            if let Some(h) = word.head {
                children[at[h] as usize] = i as u32;
                at[h] += 1;
            }
        }
        Syntax { words, children, starts }
    }

    /// The word that has no head; `None` in an empty sentence.
    pub fn root(&self) -> Option<usize> {
        self.words.iter().position(|w| w.head.is_none())
    }

    /// The words that depend on word `i` directly, in text order; none where there is no such word.
    pub fn children(&self, i: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        let bounds = self.starts.get(i).zip(self.starts.get(i + 1));
        let range = bounds.map_or(0..0, |(&from, &to)| from as usize..to as usize);
        self.children.get(range).unwrap_or_default().iter().map(|&c| c as usize)
    }

    /// The children of word `i` with that relation, in text order.
    pub fn children_by(&self, i: usize, relation: Relation) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.children(i).filter(move |&c| self.words.get(c).is_some_and(|w| w.relation == relation))
    }

    /// The first child of word `i` with one of these relations.
    pub fn child(&self, i: usize, relations: &[Relation]) -> Option<usize> {
        self.children(i).find(|&c| self.words.get(c).is_some_and(|w| relations.contains(&w.relation)))
    }

    /// The heads of word `i`, from its own up to the root.
    pub fn ancestors(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        let head = |i: usize| self.words.get(i).and_then(|w| w.head);
        // A tree that a caller built may hold a circle: no chain is longer than the sentence.
        std::iter::successors(head(i), move |&h| head(h)).take(self.words.len())
    }

    /// Whether word `i` lies under word `above` (or is that word).
    pub fn is_under(&self, i: usize, above: usize) -> bool {
        i == above || self.ancestors(i).any(|h| h == above)
    }

    /// The words from the leftmost to the rightmost one under word `i`, itself included. Trees are projective, so all
    /// of them lie under it. Empty where there is no such word.
    pub fn span(&self, i: usize) -> Range<usize> {
        self.span_without(i, &[])
    }

    /// As [`Syntax::span`], but leaving out the children (at any depth) with one of these relations, and what hangs
    /// on them: a noun phrase without its relative clauses, say. The range may enclose what was left out.
    pub fn span_without(&self, i: usize, relations: &[Relation]) -> Range<usize> {
        if i >= self.words.len() {
            return 0..0;
        }
        let (mut first, mut last) = (i, i);
        let mut open = vec![i];
        let mut left = self.words.len();
        while let Some(at) = open.pop() {
            (first, last) = (first.min(at), last.max(at));
            left -= 1;
            if left == 0 {
                break;
            }
            open.extend(
                self.children(at).filter(|&c| self.words.get(c).is_some_and(|w| !relations.contains(&w.relation))),
            );
        }
        first..last + 1
    }

    /// The way from word `from` to word `to`: the words passed, both ends included, and which of them is the highest.
    /// `None` when one of them is missing or no word joins them.
    pub fn path(&self, from: usize, to: usize) -> Option<Path> {
        if from >= self.words.len() || to >= self.words.len() {
            return None;
        }
        let up: Vec<usize> = std::iter::once(from).chain(self.ancestors(from)).collect();
        let down: Vec<usize> = std::iter::once(to).chain(self.ancestors(to)).collect();
        let top = up.iter().position(|word| down.contains(word))?;
        let joint = *up.get(top)?;
        let mut words: Vec<usize> = up.get(..=top)?.to_vec();
        words.extend(down.iter().copied().take_while(|&word| word != joint).collect::<Vec<_>>().into_iter().rev());
        Some(Path { words, top })
    }

    /// The first member of the coordination that word `i` belongs to (itself when it belongs to none).
    pub fn first_conjunct(&self, i: usize) -> usize {
        let mut at = i;
        for _ in 0..self.words.len() {
            match self.words.get(at) {
                Some(Word { relation: Relation::Conj, head: Some(head), .. }) => at = *head,
                _ => break,
            }
        }
        at
    }

    /// Word `i` and the members of a coordination that hang on it, in text order.
    pub fn conjuncts(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::once(i).chain(self.children_by(i, Relation::Conj))
    }
}

/// A way through a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The words passed, both ends included.
    pub words: Vec<usize>,
    /// Index in `words` of the highest: the steps before it go up, those after it down.
    pub top: usize,
}
