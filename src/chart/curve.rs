//! The mean score of events over time with its band: a Gaussian window, and repeated draws of events and days.

use super::axis::Scale;
use super::seeded::Seeded;
use super::when::Day;

/// Standard deviation of the window in days: half a year.
const SIGMA: f64 = 183.0;
/// Weight of the pull towards zero, in events.
const PRIOR: f64 = 0.5;
/// Below this weight of evidence no line is drawn.
const THIN: f64 = 0.12;
/// Points of a curve.
const BINS: usize = 240;
/// Draws for the band; fewer for large sets, whose band is narrow.
const DRAWS: usize = 200;
/// A scored event on the axis: score, first and last day.
#[derive(Clone, Copy)]
pub struct Point {
    /// Its score.
    pub score: f64,
    /// First possible day.
    pub first: Day,
    /// Last possible day.
    pub last: Day,
}

/// A stretch of a curve with enough evidence: the mean and the band around it.
#[derive(Default)]
pub struct Curve {
    /// The mean.
    pub mean: Vec<(Day, f64)>,
    /// Lower edge of the band.
    pub low: Vec<(Day, f64)>,
    /// Upper edge of the band.
    pub high: Vec<(Day, f64)>,
}

/// Sums and weights of scores by bin.
struct Bins {
    sum: Vec<f64>,
    weight: Vec<f64>,
}

impl Bins {
    fn new() -> Self {
        Bins { sum: vec![0.0; BINS], weight: vec![0.0; BINS] }
    }

    fn add(&mut self, bin: usize, score: f64, weight: f64) {
        self.sum[bin] += score * weight;
        self.weight[bin] += weight;
    }

    /// Mean and weight of evidence at each bin under the window.
    fn smooth(&self, kernel: &[f64]) -> Vec<(f64, f64)> {
        let reach = kernel.len() - 1;
        (0..BINS)
            .map(|i| {
                let (from, to) = (i.saturating_sub(reach), (i + reach).min(BINS - 1));
                let (mut sum, mut weight) = (0.0, 0.0);
                for j in from..=to {
                    let k = kernel[i.abs_diff(j)];
                    sum += k * self.sum[j];
                    weight += k * self.weight[j];
                }
                (sum / (weight + PRIOR), weight)
            })
            .collect()
    }
}

/// The curves of these events: one for each stretch with enough evidence.
pub fn curves(points: &[Point], scale: &Scale) -> Vec<Curve> {
    let width = (scale.days() as f64 / BINS as f64).max(1e-9);
    let bin = |day: Day| (((day - scale.first) as f64 / width) as usize).min(BINS - 1);
    let reach = ((3.0 * SIGMA / width).ceil() as usize).clamp(1, BINS);
    let kernel: Vec<f64> = (0..=reach).map(|i| (-0.5 * (i as f64 * width / SIGMA).powi(2)).exp()).collect();
    let mut whole = Bins::new();
    for p in points {
        let (a, b) = (bin(p.first), bin(p.last));
        (a..=b).for_each(|i| whole.add(i, p.score, 1.0 / (b - a + 1) as f64));
    }
    let mean = whole.smooth(&kernel);
    let mut draws: Vec<Vec<f64>> = vec![Vec::new(); BINS];
    let mut random = Seeded(2005);
    for _ in 0..if points.len() > 2_000 { DRAWS / 5 } else { DRAWS } {
        let mut bins = Bins::new();
        for _ in 0..points.len() {
            let p = points[random.below(points.len() as u64) as usize];
            bins.add(bin(p.first + random.below((p.last - p.first + 1) as u64) as Day), p.score, 1.0);
        }
        for (all, (value, _)) in draws.iter_mut().zip(bins.smooth(&kernel)) {
            all.push(value);
        }
    }
    let mut out: Vec<Curve> = Vec::new();
    let mut open = false;
    for (i, (value, weight)) in mean.iter().enumerate() {
        if *weight < THIN {
            open = false;
            continue;
        }
        if !open {
            out.push(Curve::default());
            open = true;
        }
        let day = scale.first + ((i as f64 + 0.5) * width) as Day;
        draws[i].sort_by(f64::total_cmp);
        let at = |part: usize| draws[i].get(draws[i].len() * part / 100).copied().unwrap_or(*value);
        if let Some(curve) = out.last_mut() {
            curve.mean.push((day, *value));
            curve.low.push((day, at(5).min(*value)));
            curve.high.push((day, at(95).max(*value)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_leans_to_the_scores_and_ends_where_evidence_does() {
        let scale = Scale { first: 0, last: 7999, x0: 0, x1: 1000 };
        let good = Point { score: 9.5, first: 1000, last: 1000 };
        let bad = Point { score: -9.0, first: 6000, last: 6030 };
        let all = curves(&[good, good, good, bad], &scale);
        assert_eq!(all.len(), 2, "two stretches of evidence");
        let peak = all[0].mean.iter().map(|p| p.1).fold(f64::MIN, f64::max);
        assert!(peak > 7.0 && peak < 9.5, "{peak}");
        assert!(all[1].mean.iter().all(|p| p.1 < 0.0));
        for curve in &all {
            for ((low, mean), high) in curve.low.iter().zip(&curve.mean).zip(&curve.high) {
                assert!(low.1 <= mean.1 && mean.1 <= high.1);
            }
        }
    }
}
