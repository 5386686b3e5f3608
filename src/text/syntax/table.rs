//! Tables of small weights, looked up by the hash of a feature. They lie in the weights file as they are used, so
//! loading them costs nothing.
//!
//! A bucket holds four slots of four bytes; the upper half of a feature's hash picks the bucket, a fingerprint from the
//! lower half tells features of one bucket apart. A feature that is not in the table weighs nothing (or, once in some
//! hundreds to thousands of cases, what another one weighs).

/// Adds the weights of a feature to the scores of the classes.
pub trait Weights {
    /// Adds what `feature` says for each class to `scores`.
    fn add(&self, feature: u64, scores: &mut [i32]);
}

/// Slots in a bucket.
pub const SLOTS: usize = 4;
/// Bits of the fingerprint in a slot of [`Lists`]; the others are the offset of the list.
pub const LIST_PRINT_BITS: u32 = 10;
const OFFSET_BITS: u32 = 32 - LIST_PRINT_BITS;

/// Index of the bucket for `feature` in a table of `buckets` buckets.
pub fn bucket(feature: u64, buckets: u32) -> usize {
    (((feature >> 32) * u64::from(buckets)) >> 32) as usize
}

/// Fingerprint of `bits` bits, never 0: 0 marks an empty slot.
pub fn fingerprint(feature: u64, bits: u32) -> u32 {
    ((feature as u32) >> (32 - bits)).max(1)
}

/// The slots of a bucket, or four empty ones where the file is too short.
fn slots(bytes: &[u8], at: usize) -> [u32; SLOTS] {
    let start = at * SLOTS * 4;
    let mut out = [0; SLOTS];
    if let Some(bytes) = bytes.get(start..start + SLOTS * 4) {
        for (slot, chunk) in out.iter_mut().zip(bytes.chunks_exact(4)) {
            *slot = u32::from_le_bytes([chunk[0], chunk[1], chunk[2], chunk[3]]);
        }
    }
    out
}

/// A table for three classes, of which the first always weighs 0: a slot is a fingerprint of 16 bits and two weights.
#[derive(Clone, Copy, Debug)]
pub struct Pairs<'a> {
    buckets: u32,
    bytes: &'a [u8],
}

impl<'a> Pairs<'a> {
    /// A table over its bytes; a rest that fills no bucket is ignored.
    pub fn new(bytes: &'a [u8]) -> Self {
        Pairs { buckets: (bytes.len() / (SLOTS * 4)) as u32, bytes }
    }

    /// A slot of this table: the fingerprint of `feature` with the weights of the second and third class.
    pub fn slot(feature: u64, second: i8, third: i8) -> u32 {
        fingerprint(feature, 16) << 16 | u32::from(second as u8) << 8 | u32::from(third as u8)
    }
}

impl Weights for Pairs<'_> {
    #[inline]
    fn add(&self, feature: u64, scores: &mut [i32]) {
        let print = fingerprint(feature, 16);
        for slot in slots(self.bytes, bucket(feature, self.buckets)) {
            if slot >> 16 == print
                && let [_, second, third] = scores
            {
                *second += i32::from((slot >> 8) as u8 as i8);
                *third += i32::from(slot as u8 as i8);
            }
        }
    }
}

/// A table for any number of classes: a slot points to a list of (class, weight), which begins with its length.
#[derive(Clone, Copy, Debug)]
pub struct Lists<'a> {
    buckets: u32,
    index: &'a [u8],
    lists: &'a [u8],
}

impl<'a> Lists<'a> {
    /// A table over its index and its lists.
    pub fn new(index: &'a [u8], lists: &'a [u8]) -> Self {
        Lists { buckets: (index.len() / (SLOTS * 4)) as u32, index, lists }
    }

    /// A slot of this table: the fingerprint of `feature` with the offset of its list; none when that is too far.
    pub fn slot(feature: u64, offset: usize) -> Option<u32> {
        (offset < 1 << OFFSET_BITS).then(|| fingerprint(feature, LIST_PRINT_BITS) << OFFSET_BITS | offset as u32)
    }
}

impl Weights for Lists<'_> {
    #[inline]
    fn add(&self, feature: u64, scores: &mut [i32]) {
        let print = fingerprint(feature, LIST_PRINT_BITS);
        for slot in slots(self.index, bucket(feature, self.buckets)) {
            if slot >> OFFSET_BITS != print {
                continue;
            }
            let at = (slot & ((1 << OFFSET_BITS) - 1)) as usize;
            let count = self.lists.get(at).map_or(0, |&n| usize::from(n));
            for pair in self.lists.get(at + 1..at + 1 + 2 * count).unwrap_or_default().chunks_exact(2) {
                if let Some(score) = scores.get_mut(usize::from(pair[0])) {
                    *score += i32::from(pair[1] as i8);
                }
            }
        }
    }
}
