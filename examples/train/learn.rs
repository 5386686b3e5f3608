//! Trains tagger and parser on sentences.

use crate::conllu::Sentence;
use crate::perceptron::{Dice, Perceptron, averaged};
use crate::projective::projectivise;
use dateline::text::syntax::lexeme::{self, Capitals, Lexeme};
use dateline::text::syntax::parser::{Action, NO_LABEL, State, choose};
use dateline::text::syntax::table::{CLASSES, Weights};
use dateline::text::syntax::tagger::{self, Features, best};
use dateline::text::syntax::{Form, Relation, Upos};
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;

/// A sentence as the learners see it.
#[derive(Clone)]
pub struct Example {
    pub words: Vec<Lexeme>,
    pub capitals: Capitals,
    pub tags: Vec<u8>,
    pub heads: Vec<u32>,
    pub labels: Vec<Relation>,
}

/// How a copy of a sentence is written.
#[derive(Clone, Copy, PartialEq)]
pub enum Writing {
    AsIs,
    Lower,
}

/// Prepares a sentence in one of its writings. Tags outside the tag set lose their form.
pub fn example(sentence: &Sentence, writing: Writing, tagset: &[(Upos, Form)]) -> Example {
    let mut scratch = String::new();
    let forms: Vec<String> = sentence
        .forms
        .iter()
        .map(|form| match writing {
            Writing::AsIs => form.clone(),
            Writing::Lower => form.to_lowercase(),
        })
        .collect();
    let tag = |&(upos, form): &(Upos, Form)| {
        let at = tagset.iter().position(|t| *t == (upos, form));
        at.or_else(|| tagset.iter().position(|t| *t == (upos, Form::Plain))).unwrap_or(0) as u8
    };
    let mut heads = sentence.heads.clone();
    projectivise(&mut heads);
    let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
    let mut words = Vec::new();
    let capitals = lexeme::sentence(&forms, &mut scratch, &mut words);
    Example { words, capitals, tags: sentence.tags.iter().map(tag).collect(), heads, labels: sentence.labels.clone() }
}

/// A tag with fewer words loses its form.
const RAREST_TAG: usize = 20;
/// Parts into which the sentences are cut so that each is tagged by a tagger that did not see it.
const FOLDS: usize = 5;
/// A decision is learnt from when its lead over the best wrong one is not larger than this.
const TAGGER_MARGIN: i32 = 30;
const ACTION_MARGIN: i32 = 40;
const LABEL_MARGIN: i32 = 30;
/// Features that a first training changed less often are left out of the second: they cost room and help little.
const LEAST_TAGGER_CHANGES: u32 = 4;
const LEAST_PARSER_CHANGES: u32 = 6;

/// Trains a tagger twice, the second time with the features that the first one used.
pub fn tagger_selected(examples: &[&Example], classes: usize, epochs: usize) -> Perceptron {
    let useful = tagger(examples, classes, 3, None).changed(LEAST_TAGGER_CHANGES);
    tagger(examples, classes, epochs, Some(useful))
}

/// Trains a parser twice, as [`tagger_selected`].
pub fn parser_selected(examples: &[Example], epochs: usize) -> (Perceptron, Perceptron) {
    let (actions, labels) = parser(examples, 3, None);
    parser(examples, epochs, Some((actions.changed(LEAST_PARSER_CHANGES), labels.changed(LEAST_PARSER_CHANGES))))
}

/// Trains a tagger.
pub fn tagger(examples: &[&Example], classes: usize, epochs: usize, allowed: Option<FxHashSet<u64>>) -> Perceptron {
    let margin = TAGGER_MARGIN;
    let mut model = Perceptron::only(allowed);
    let mut dice = Dice(88_172_645_463_325_252);
    let mut order: Vec<&Example> = examples.to_vec();
    let mut work = Features::default();
    for epoch in 0..epochs {
        dice.shuffle(&mut order);
        let (mut seen, mut wrong) = (0, 0);
        for example in &order {
            let mut tags: Vec<u8> = Vec::with_capacity(example.words.len());
            for (i, &truth) in example.tags.iter().enumerate() {
                tagger::features(&example.words, &tags, i, example.capitals, &mut work);
                let mut scores = [0; CLASSES];
                model.add(work.hashes(), &mut scores);
                let guess = best(scores.iter().take(classes)).unwrap_or(0);
                model.tick();
                seen += 1;
                wrong += i32::from(guess != truth);
                let own = std::mem::replace(&mut scores[usize::from(truth)], i32::MIN);
                let rival = best(scores.iter().take(classes)).unwrap_or(0);
                if own - scores[usize::from(rival)] <= margin {
                    model.update(work.hashes(), truth, rival);
                }
                tags.push(guess);
            }
        }
        eprintln!("  tagger, epoch {}: {:.2} % wrong", epoch + 1, 100.0 * f64::from(wrong) / f64::from(seen));
    }
    model
}

/// Tags examples with weights.
pub fn retag<W: Weights>(examples: &mut [&mut Example], classes: usize, weights: &W) {
    let mut work = Features::default();
    for example in examples {
        let mut tags = Vec::new();
        tagger::tag(&example.words, example.capitals, classes, weights, &mut work, &mut tags);
        example.tags = tags;
    }
}

/// Words to which `action` makes the gold tree unreachable (Goldberg and Nivre 2013, arc-hybrid).
fn cost(state: &State, action: Action, heads: &[u32]) -> usize {
    let (next, stack) = (state.next(), state.stack());
    let head = |word: u32| heads.get(word as usize).copied().unwrap_or(u32::MAX);
    let below = stack.len().checked_sub(2).map(|i| stack[i]);
    // Words from `next` on wait in the buffer, the root last.
    let children_ahead = |word: u32| (next..state.root()).filter(|&w| head(w) == word).count();
    match (action, stack.last()) {
        (Action::Shift, _) => {
            let parent = head(next);
            let lost_head = stack[..stack.len().saturating_sub(1)].contains(&parent);
            usize::from(lost_head) + stack.iter().filter(|&&w| head(w) == next).count()
        }
        (Action::Left, Some(&top)) => {
            let parent = head(top);
            usize::from(Some(parent) == below || parent > next) + children_ahead(top)
        }
        (Action::Right, Some(&top)) => usize::from(head(top) >= next) + children_ahead(top),
        _ => 0,
    }
}

/// Trains the parser: weights of the actions and of the labels.
pub fn parser(
    examples: &[Example],
    epochs: usize,
    allowed: Option<(FxHashSet<u64>, FxHashSet<u64>)>,
) -> (Perceptron, Perceptron) {
    let (for_actions, for_labels) = allowed.unzip();
    let (mut actions, mut labels) = (Perceptron::only(for_actions), Perceptron::only(for_labels));
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let mut order: Vec<&Example> = examples.iter().collect();
    let mut pass = Pass { state: State::default(), work: Features::default(), margins: (ACTION_MARGIN, LABEL_MARGIN) };
    for epoch in 0..epochs {
        dice.shuffle(&mut order);
        let (mut heads, mut right) = (0, 0);
        for example in &order {
            pass.sentence(example, &mut actions, &mut labels, if epoch == 0 { None } else { Some(&mut dice) });
            heads += example.words.len();
            right += (0..example.words.len()).filter(|&i| pass.state.head(i).0 == example.heads[i]).count();
        }
        eprintln!("  parser, epoch {}: {:.2} % of heads", epoch + 1, 100.0 * right as f64 / heads as f64);
    }
    (actions, labels)
}

struct Pass {
    state: State,
    work: Features,
    margins: (i32, i32),
}

impl Pass {
    /// Learns from one sentence. With `dice`, the parser mostly follows its own choices, wrong ones too.
    fn sentence(
        &mut self,
        example: &Example,
        actions: &mut Perceptron,
        labels: &mut Perceptron,
        mut dice: Option<&mut Dice>,
    ) {
        self.state.reset(&example.words, &example.tags);
        while !self.state.finished() {
            let state = &self.state;
            let mut scores = [0; CLASSES];
            if state.has_choice() {
                state.action_features(&mut self.work);
                actions.add(self.work.hashes(), &mut scores);
            }
            let Some(guess) = choose(state, &scores) else { break };
            let costs = Action::ALL.map(|a| if state.allows(a) { cost(state, a, &example.heads) } else { usize::MAX });
            let least = costs.iter().min().copied().unwrap_or(0);
            let good = Action::ALL.into_iter().filter(|&a| costs[a as usize] == least);
            let truth = good.max_by_key(|&a| (scores[a as usize], std::cmp::Reverse(a as u8))).unwrap_or(guess);
            actions.tick();
            let bad = Action::ALL.into_iter().filter(|&a| state.allows(a) && costs[a as usize] > least);
            if let Some(rival) = bad.max_by_key(|&a| (scores[a as usize], std::cmp::Reverse(a as u8)))
                && scores[truth as usize] - scores[rival as usize] <= self.margins.0
            {
                actions.update(self.work.hashes(), truth as u8, rival as u8);
            }
            let explore = dice.as_mut().is_some_and(|d| d.below(10) < 9);
            let taken = if explore { guess } else { truth };
            let label = self.label(taken, example, labels);
            self.state.apply(taken, label);
        }
    }

    /// The label of the arc that an action draws, as the model has it; learns from it where the arc is right.
    fn label(&mut self, action: Action, example: &Example, labels: &mut Perceptron) -> u8 {
        let Some((head, child)) = self.state.arc(action) else { return NO_LABEL };
        if head == self.state.root() {
            return Relation::Root as u8;
        }
        self.state.label_features(head, child, &mut self.work);
        let mut scores = [0; CLASSES];
        labels.add(self.work.hashes(), &mut scores);
        let classes = Relation::ALL.len();
        let guess = best(scores.iter().take(classes)).unwrap_or(0);
        labels.tick();
        let truth = example.labels[child as usize];
        if example.heads[child as usize] == head && truth != Relation::Root {
            let own = std::mem::replace(&mut scores[truth as usize], i32::MIN);
            let rival = best(scores.iter().take(classes)).unwrap_or(0);
            if own - scores[usize::from(rival)] <= self.margins.1 {
                labels.update(self.work.hashes(), truth as u8, rival);
            }
        }
        guess
    }
}

/// The tags that occur often enough, and every word class without a form.
pub fn tagset(train: &[Sentence]) -> Vec<(Upos, Form)> {
    let mut counts: BTreeMap<(Upos, Form), usize> = BTreeMap::new();
    for &upos in Upos::ALL {
        counts.insert((upos, Form::Plain), RAREST_TAG);
    }
    for &tag in train.iter().flat_map(|s| &s.tags) {
        *counts.entry(tag).or_default() += 1;
    }
    counts.into_iter().filter(|&(_, n)| n >= RAREST_TAG).map(|(tag, _)| tag).collect()
}

/// Replaces the tags by those of taggers that did not see the sentence: the parser must learn to live with their
/// mistakes. `period` is the number of sentences, of which `examples` may hold several writings.
pub fn jackknife(examples: &mut [Example], period: usize, classes: usize) {
    let gold = examples.to_vec();
    for fold in 0..FOLDS {
        let own = |i: usize| (i % period) % FOLDS == fold;
        let rest: Vec<&Example> = gold.iter().enumerate().filter(|&(i, _)| !own(i)).map(|(_, e)| e).collect();
        let model = averaged(tagger(&rest, classes, 3, None));
        let mut part: Vec<&mut Example> =
            examples.iter_mut().enumerate().filter(|&(i, _)| own(i)).map(|(_, e)| e).collect();
        retag(&mut part, classes, &model);
    }
}
