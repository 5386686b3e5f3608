//! How likely a candidate is an event told rightly: a logistic model over named features.
//!
//! Weights: `rules/data/confidence-events.toml`, fitted by `examples/calibrate` on annotated documents.

use super::features::Put;
use crate::Result;
use crate::rules::Rules;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::fmt::Write;

/// The weights of the features and the least confidence of what is kept.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confidence {
    /// What is less likely to be right is not told.
    keep: f64,
    /// The weight of what always holds.
    bias: f64,
    /// Weight of each feature, in logits.
    weights: FxHashMap<String, f64>,
}

impl Confidence {
    /// Loads the section `confidence`; of several files the last counts.
    ///
    /// # Errors
    /// [`crate::Error::Rules`] when a file is not of the form.
    pub fn new(rules: &Rules) -> Result<Self> {
        let files = rules.section::<Self>("confidence")?;
        Ok(files.into_iter().last().map(|(_, c)| c).unwrap_or_default())
    }

    /// The probability that a candidate is right, 0..1, to two decimals; `tell` hands on the names of its features.
    pub fn of(&self, tell: impl FnOnce(Put<'_>)) -> f64 {
        let (mut name, mut sum) = (String::new(), 0.0);
        tell(&mut |feature| {
            name.clear();
            // Writing to a string does not fail.
            let _ = name.write_fmt(feature);
            sum += self.weights.get(&name).copied().unwrap_or_default();
        });
        (100.0 / (1.0 + (-(self.bias + sum)).exp())).round() / 100.0
    }

    /// Whether a candidate of this confidence is kept.
    pub fn keeps(&self, confidence: f64) -> bool {
        confidence >= self.keep
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_add_up_and_unknown_features_count_nothing() {
        let model: Confidence =
            toml::from_str("keep = 0.5\nbias = 0.0\n[weights]\n\"a\" = 2.0\n\"b\" = -3.0").expect("a model");
        let of = |names: &[&str]| model.of(|put| names.iter().for_each(|name| put(format_args!("{name}"))));
        assert_eq!(of(&["c"]), 0.5);
        assert_eq!(of(&["a"]), 0.88);
        assert!(!model.keeps(of(&["a", "b"])));
    }
}
