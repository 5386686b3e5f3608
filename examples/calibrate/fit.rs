//! Logistic regression over features that hold or do not, with a penalty on large weights.

/// A candidate: the numbers of its features, and whether it is right.
pub struct Row {
    pub features: Vec<usize>,
    pub right: bool,
    /// How much it counts beside others.
    pub weight: f64,
}

/// Weights of the features, and of what always holds.
pub struct Model {
    pub bias: f64,
    pub weights: Vec<f64>,
}

impl Model {
    /// The probability that a candidate with these features is right.
    pub fn of(&self, features: &[usize]) -> f64 {
        let sum: f64 = self.bias + features.iter().filter_map(|&f| self.weights.get(f)).sum::<f64>();
        1.0 / (1.0 + (-sum).exp())
    }
}

/// Passes over all features; the weights move by less than a hundredth after about half of them.
const SWEEPS: usize = 120;

/// Fits `count` weights by coordinate descent. Each step takes the largest curvature that the loss can have, so that the
/// loss never grows; the order of the features is fixed, and so is the answer.
pub fn fit(rows: &[&Row], count: usize, penalty: f64) -> Model {
    let mut model = Model { bias: 0.0, weights: vec![0.0; count] };
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (i, row) in rows.iter().enumerate() {
        row.features.iter().for_each(|&f| members[f].push(i));
    }
    let mut sums = vec![0.0; rows.len()];
    let everyone: Vec<usize> = (0..rows.len()).collect();
    for _ in 0..SWEEPS {
        for feature in 0..=count {
            let (here, weight, penalty) = match members.get(feature) {
                Some(here) => (here, model.weights[feature], penalty),
                None => (&everyone, model.bias, 0.0),
            };
            if here.is_empty() {
                continue;
            }
            let miss =
                |&i: &usize| rows[i].weight * (1.0 / (1.0 + f64::exp(-sums[i])) - f64::from(u8::from(rows[i].right)));
            let slope: f64 = here.iter().map(miss).sum::<f64>() + penalty * weight;
            let curvature: f64 = 0.25 * here.iter().map(|&i| rows[i].weight).sum::<f64>();
            let step = -slope / (curvature + penalty);
            here.iter().for_each(|&i| sums[i] += step);
            match model.weights.get_mut(feature) {
                Some(w) => *w += step,
                None => model.bias += step,
            }
        }
    }
    model
}
