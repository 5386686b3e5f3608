//! An averaged perceptron (Collins 2002) over hashed features, sparse: a feature gets weights when it is first wrong.

use dateline::text::syntax::table::{Scores, Weights};
use rustc_hash::{FxHashMap, FxHashSet};

struct Cell {
    class: u8,
    weight: i32,
    /// Sum of the weight over the steps up to `stamp`.
    total: i64,
    stamp: u32,
}

/// Weights in training.
#[derive(Default)]
pub struct Perceptron {
    index: FxHashMap<u64, u32>,
    rows: Vec<Vec<Cell>>,
    /// How often each row was changed.
    updates: Vec<u32>,
    step: u32,
    /// The only features that may get weights; any when there is no list.
    allowed: Option<FxHashSet<u64>>,
}

/// Averaged weights of one feature, by class.
pub type Row = (u64, Vec<(u8, f32)>);

impl Perceptron {
    /// No weights yet; only these features may get any, or all.
    pub fn only(allowed: Option<FxHashSet<u64>>) -> Self {
        Perceptron { allowed, ..Perceptron::default() }
    }

    /// Counts one decision.
    pub fn tick(&mut self) {
        self.step += 1;
    }

    /// Raises `truth` and lowers `guess` for every feature.
    pub fn update(&mut self, features: &[u64], truth: u8, guess: u8) {
        for &feature in features {
            if self.allowed.as_ref().is_some_and(|allowed| !allowed.contains(&feature)) {
                continue;
            }
            let (rows, updates) = (&mut self.rows, &mut self.updates);
            let at = *self.index.entry(feature).or_insert_with(|| {
                rows.push(Vec::new());
                updates.push(0);
                rows.len() as u32 - 1
            });
            self.updates[at as usize] += 1;
            change(&mut self.rows[at as usize], truth, 1, self.step);
            change(&mut self.rows[at as usize], guess, -1, self.step);
        }
    }

    /// The features that were changed at least so often.
    pub fn changed(&self, least: u32) -> FxHashSet<u64> {
        self.index.iter().filter(|&(_, &at)| self.updates[at as usize] >= least).map(|(&feature, _)| feature).collect()
    }

    /// The averages, in a fixed order.
    pub fn average(mut self) -> Vec<Row> {
        let step = self.step;
        let mut features: Vec<(u64, u32)> = self.index.drain().collect();
        features.sort_unstable();
        let mut out = Vec::new();
        for (feature, at) in features {
            let row: Vec<(u8, f32)> = self.rows[at as usize]
                .iter()
                .map(|c| {
                    let total = c.total + i64::from(c.weight) * i64::from(step - c.stamp);
                    (c.class, total as f32 / step as f32)
                })
                .filter(|&(_, weight)| weight != 0.0)
                .collect();
            if !row.is_empty() {
                out.push((feature, row));
            }
        }
        out
    }
}

/// A model that decides by averages.
pub fn averaged(model: Perceptron) -> Perceptron {
    from_rows(model.average())
}

/// A model that decides by these weights.
pub fn from_rows(rows: Vec<Row>) -> Perceptron {
    let mut out = Perceptron::default();
    for (at, (feature, row)) in rows.into_iter().enumerate() {
        out.index.insert(feature, at as u32);
        let cell = |(class, weight): (u8, f32)| Cell { class, weight: (weight * 1000.0) as i32, total: 0, stamp: 0 };
        out.rows.push(row.into_iter().map(cell).collect());
    }
    out
}

fn change(row: &mut Vec<Cell>, class: u8, by: i32, step: u32) {
    let at = row.iter().position(|c| c.class == class).unwrap_or_else(|| {
        row.push(Cell { class, weight: 0, total: 0, stamp: step });
        row.len() - 1
    });
    let cell = &mut row[at];
    cell.total += i64::from(cell.weight) * i64::from(step - cell.stamp);
    cell.stamp = step;
    cell.weight += by;
}

impl Weights for Perceptron {
    fn add(&self, features: &[u64], scores: &mut Scores) {
        for at in features.iter().filter_map(|feature| self.index.get(feature)) {
            for cell in &self.rows[*at as usize] {
                scores[usize::from(cell.class)] += cell.weight;
            }
        }
    }
}

/// Numbers that look random and are the same in every run (xorshift64*, Vigna 2016).
pub struct Dice(pub u64);

impl Dice {
    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % n.max(1)
    }

    /// Puts a slice into another order.
    pub fn shuffle<T>(&mut self, slice: &mut [T]) {
        for i in (1..slice.len()).rev() {
            slice.swap(i, self.below(i + 1));
        }
    }
}
