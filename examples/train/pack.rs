//! Averaged weights → the tables of the weights file: rounded to a byte, the weightiest features kept.

use crate::perceptron::Row;
use dateline::text::syntax::table::{Lists, Pairs, SLOTS, bucket};
use std::collections::HashMap;

/// Share of the weights that are cut to the largest byte, so that the others are rounded less.
const CLIPPED: f64 = 0.0005;

/// What one unit of the rounded weights stands for.
fn unit(rows: &[Row]) -> f32 {
    let mut sizes: Vec<f32> = rows.iter().flat_map(|(_, row)| row.iter().map(|(_, w)| w.abs())).collect();
    sizes.sort_unstable_by(f32::total_cmp);
    let at = (sizes.len() as f64 * (1.0 - CLIPPED)) as usize;
    sizes.get(at.min(sizes.len().saturating_sub(1))).copied().unwrap_or(1.0) / 127.0
}

fn byte(weight: f32, unit: f32) -> i8 {
    (weight / unit).round().clamp(-127.0, 127.0) as i8
}

/// Features by weight, heaviest first.
fn by_weight(mut rows: Vec<Row>) -> Vec<Row> {
    let weight = |row: &Row| row.1.iter().map(|(_, w)| w.abs()).fold(0.0, f32::max);
    rows.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then(a.0.cmp(&b.0)));
    rows
}

/// Puts slots into buckets; counts what found no room.
struct Index {
    slots: Vec<u32>,
    buckets: u32,
    lost: usize,
}

impl Index {
    fn new(buckets: u32) -> Self {
        Index { slots: vec![0; buckets as usize * SLOTS], buckets, lost: 0 }
    }

    fn room(&self, feature: u64) -> Option<usize> {
        let at = bucket(feature, self.buckets) * SLOTS;
        (at..at + SLOTS).find(|&i| self.slots[i] == 0)
    }

    fn bytes(&self) -> Vec<u8> {
        self.slots.iter().flat_map(|slot| slot.to_le_bytes()).collect()
    }
}

/// A table for three classes in at most `bytes` bytes.
pub fn pairs(rows: Vec<Row>, bytes: usize) -> Vec<u8> {
    // Only differences count: the first class is brought to 0.
    let rows: Vec<Row> = rows
        .into_iter()
        .map(|(feature, row)| {
            let weight = |class: u8| row.iter().find(|(c, _)| *c == class).map_or(0.0, |&(_, w)| w);
            let zero = weight(0);
            (feature, vec![(1, weight(1) - zero), (2, weight(2) - zero)])
        })
        .collect();
    let unit = unit(&rows);
    let mut index = Index::new((bytes / (SLOTS * 4)) as u32);
    let total = rows.len();
    for (feature, row) in by_weight(rows) {
        let (second, third) = (byte(row[0].1, unit), byte(row[1].1, unit));
        if second == 0 && third == 0 {
            continue;
        }
        match index.room(feature) {
            Some(at) => index.slots[at] = Pairs::slot(feature, second, third),
            None => index.lost += 1,
        }
    }
    report("actions", total, &index, 0);
    index.bytes()
}

/// A table for many classes, its index in at most `index_bytes` and its lists in at most `list_bytes`.
pub fn lists(name: &str, rows: Vec<Row>, index_bytes: usize, list_bytes: usize) -> (Vec<u8>, Vec<u8>) {
    let unit = unit(&rows);
    let mut index = Index::new((index_bytes / (SLOTS * 4)) as u32);
    let mut out: Vec<u8> = Vec::new();
    let mut known: HashMap<Vec<u8>, usize> = HashMap::new();
    let total = rows.len();
    for (feature, row) in by_weight(rows) {
        let mut pairs: Vec<(u8, i8)> =
            row.iter().map(|&(class, w)| (class, byte(w, unit))).filter(|&(_, w)| w != 0).collect();
        pairs.sort_unstable();
        if pairs.is_empty() {
            continue;
        }
        let mut list = vec![pairs.len() as u8];
        list.extend(pairs.iter().flat_map(|&(class, w)| [class, w as u8]));
        let offset = known.get(&list).copied().unwrap_or(out.len());
        let slot = Lists::slot(feature, offset).filter(|_| offset < out.len() || out.len() + list.len() <= list_bytes);
        match (index.room(feature), slot) {
            (Some(at), Some(slot)) => {
                index.slots[at] = slot;
                if offset == out.len() {
                    out.extend(&list);
                    known.insert(list, offset);
                }
            }
            _ => index.lost += 1,
        }
    }
    report(name, total, &index, out.len());
    (index.bytes(), out)
}

fn report(name: &str, total: usize, index: &Index, list_bytes: usize) {
    let kept = index.slots.iter().filter(|&&slot| slot != 0).count();
    eprintln!(
        "{name}: {total} features, {kept} kept in {} slots, {} found no room; lists {list_bytes} bytes",
        index.slots.len(),
        index.lost
    );
}
