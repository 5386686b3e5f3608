//! Grouping accounts: best pairs first, complete linkage, never chaining.

use super::likeness::Weights;
use super::profile::Profile;
use super::words::Words;
use super::{Account, Decisions};
use rustc_hash::FxHashMap;

/// Accounts this alike tell of one event (reference/events.md §5.6).
const LINK: f64 = 0.65;
/// In a group, no two accounts may be less alike than this.
const HOLD: f64 = 0.5;
/// Accounts compared within one block at the most; a block beyond it is compared in windows of time.
const BLOCK: usize = 400;

/// The groups, each a sorted list of indices, in order of their first member.
pub fn groups(accounts: &[Account], decisions: &Decisions, words: &Words) -> Vec<Vec<usize>> {
    let profiles: Vec<Profile> = accounts.iter().map(|a| Profile::new(a, words)).collect();
    let scores = pairs(&profiles);
    let decided = Decided::new(accounts, decisions);
    let mut group_of: Vec<usize> = (0..accounts.len()).collect();
    let mut members: Vec<Vec<usize>> = (0..accounts.len()).map(|i| vec![i]).collect();
    for &(a, b) in &decided.together {
        join(&mut group_of, &mut members, a, b);
    }
    let mut order: Vec<(&(usize, usize), &f64)> = scores.iter().filter(|(_, s)| **s >= LINK).collect();
    order.sort_by(|x, y| y.1.total_cmp(x.1).then(x.0.cmp(y.0)));
    for (&(a, b), _) in order {
        let (ga, gb) = (group_of[a], group_of[b]);
        if ga == gb {
            continue;
        }
        let fits = |x: usize, y: usize| {
            let key = (x.min(y), x.max(y));
            let known = scores.get(&key).map_or_else(|| profiles[x].one_name(&profiles[y]), |s| *s >= HOLD);
            known && !decided.apart.contains(&key)
        };
        if members[ga].iter().all(|&x| members[gb].iter().all(|&y| fits(x, y))) {
            join(&mut group_of, &mut members, a, b);
        }
    }
    let mut out: Vec<Vec<usize>> = members.into_iter().filter(|m| !m.is_empty()).collect();
    out.iter_mut().for_each(|m| m.sort_unstable());
    out.sort();
    out
}

fn join(group_of: &mut [usize], members: &mut [Vec<usize>], a: usize, b: usize) {
    let (keep, gone) = (group_of[a].min(group_of[b]), group_of[a].max(group_of[b]));
    if keep == gone {
        return;
    }
    let moved = std::mem::take(&mut members[gone]);
    for &m in &moved {
        group_of[m] = keep;
    }
    members[keep].extend(moved);
}

/// Likeness of all pairs that meet in a block and are not forbidden.
fn pairs(profiles: &[Profile]) -> FxHashMap<(usize, usize), f64> {
    let weight = Weights::new(profiles);
    let mut blocks: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (i, profile) in profiles.iter().enumerate() {
        for key in profile.blocks() {
            blocks.entry(key).or_default().push(i);
        }
    }
    let mut scores = FxHashMap::default();
    for block in blocks.values_mut() {
        // Accounts of one event lie near each other in time: where not all are compared, those are.
        if block.len() > BLOCK {
            block.sort_by_key(|&i| (profiles[i].span.earliest.or(profiles[i].span.latest), i));
        }
        for (at, &i) in block.iter().enumerate() {
            for &j in block[at + 1..].iter().take(BLOCK) {
                let key = (i.min(j), i.max(j));
                if !scores.contains_key(&key) && !profiles[i].forbids(&profiles[j]) {
                    scores.insert(key, profiles[i].likeness(&profiles[j], &weight));
                }
            }
        }
    }
    scores
}

/// The researcher's decisions as pairs of indices.
struct Decided {
    together: Vec<(usize, usize)>,
    apart: rustc_hash::FxHashSet<(usize, usize)>,
}

impl Decided {
    fn new(accounts: &[Account], decisions: &Decisions) -> Self {
        let index: FxHashMap<&str, usize> = accounts.iter().enumerate().map(|(i, a)| (a.key.as_str(), i)).collect();
        let pair = |(a, b): &(String, String)| {
            let (a, b) = (*index.get(a.as_str())?, *index.get(b.as_str())?);
            Some((a.min(b), a.max(b)))
        };
        Decided {
            together: decisions.together.iter().filter_map(pair).collect(),
            apart: decisions.apart.iter().filter_map(pair).collect(),
        }
    }
}
