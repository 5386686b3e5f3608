//! Averaged weights → the tables of the weights file: squeezed into a byte, the weightiest features kept.

use crate::perceptron::Row;
use dateline::text::syntax::table::{Lists, Pairs, SLOTS, bucket};
use std::collections::HashMap;

/// Bytes nearer to 0 than this are left out of lists: they would cost room and decide nothing.
const LEAST: i8 = 3;

/// The largest weight, which becomes the largest byte. (Cutting off even a few of the largest costs a point of LAS.)
fn largest(rows: &[Row]) -> f32 {
    rows.iter().flat_map(|(_, row)| row.iter().map(|(_, w)| w.abs())).fold(f32::MIN_POSITIVE, f32::max)
}

/// The byte that stands for a weight: the inverse of [`dateline::text::syntax::table::weight`].
fn byte(weight: f32, largest: f32) -> i8 {
    ((weight.abs() / largest).sqrt() * 127.0).round().min(127.0).copysign(weight) as i8
}

/// Features by weight, heaviest first.
fn by_weight(mut rows: Vec<Row>) -> Vec<Row> {
    let weight = |row: &Row| row.1.iter().map(|(_, w)| w.abs()).fold(0.0, f32::max);
    rows.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then(a.0.cmp(&b.0)));
    rows
}

/// Puts slots into buckets; counts what found no room.
pub struct Index {
    slots: Vec<u32>,
    buckets: u32,
    lost: usize,
}

impl Index {
    /// An empty index of so many buckets.
    pub fn new(buckets: u32) -> Self {
        Index { slots: vec![0; buckets as usize * SLOTS], buckets, lost: 0 }
    }

    fn room(&self, feature: u64) -> Option<usize> {
        let at = bucket(feature, self.buckets) * SLOTS;
        (at..at + SLOTS).find(|&i| self.slots[i] == 0)
    }

    /// Puts in the slot of a feature, where there is room.
    pub fn put(&mut self, feature: u64, slot: u32) {
        match self.room(feature) {
            Some(at) => self.slots[at] = slot,
            None => self.lost += 1,
        }
    }

    /// Says how full it is.
    pub fn report(&self, name: &str) {
        let kept = self.slots.iter().filter(|&&slot| slot != 0).count();
        eprintln!("{name}: {kept} kept in {} slots, {} found no room", self.slots.len(), self.lost);
    }

    /// The table as it lies in the file.
    pub fn bytes(&self) -> Vec<u8> {
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
    let largest = largest(&rows);
    let mut index = Index::new((bytes / (SLOTS * 4)) as u32);
    let total = rows.len();
    for (feature, row) in by_weight(rows) {
        let (second, third) = (byte(row[0].1, largest), byte(row[1].1, largest));
        if second == 0 && third == 0 {
            continue;
        }
        index.put(feature, Pairs::slot(feature, second, third));
    }
    report("actions", total, &index, 0);
    index.bytes()
}

/// A table for many classes, its index in at most `index_bytes` and its lists in at most `list_bytes`.
pub fn lists(name: &str, rows: Vec<Row>, index_bytes: usize, list_bytes: usize) -> (Vec<u8>, Vec<u8>) {
    let largest = largest(&rows);
    let mut index = Index::new((index_bytes / (SLOTS * 4)) as u32);
    let mut out: Vec<u8> = Vec::new();
    let mut known: HashMap<Vec<u8>, usize> = HashMap::new();
    let total = rows.len();
    for (feature, row) in by_weight(rows) {
        let mut pairs: Vec<(u8, i8)> =
            row.iter().map(|&(class, w)| (class, byte(w, largest))).filter(|&(_, w)| w.abs() >= LEAST).collect();
        pairs.sort_unstable();
        if pairs.is_empty() {
            continue;
        }
        let mut list = vec![pairs.len() as u8];
        list.extend(pairs.iter().flat_map(|&(class, w)| [class, w as u8]));
        list.push(0);
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
