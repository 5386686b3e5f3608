//! Tables of small weights, looked up by the hash of a feature. They lie in the weights file as they are used, so
//! loading them costs nothing.
//!
//! A bucket holds four slots of four bytes; the upper half of a feature's hash picks the bucket, a fingerprint from the
//! lower half tells features of one bucket apart. A feature that is not in the table weighs nothing (or, once in some
//! hundreds to thousands of cases, what another one weighs).

/// Most classes that a table can tell apart.
pub const CLASSES: usize = 64;

/// Scores by class.
pub type Scores = [i32; CLASSES];

/// Something that weighs features.
pub trait Weights {
    /// Adds what all `features` say for each class to `scores`.
    fn add(&self, features: &[u64], scores: &mut Scores);
}

/// Slots in a bucket.
pub const SLOTS: usize = 4;
/// Bits of the fingerprint in a slot of [`Lists`]; the others are the offset of the list, in
/// units of two bytes.
pub const LIST_PRINT_BITS: u32 = 12;
/// Features looked up together.
const BATCH: usize = 48;
const OFFSET_BITS: u32 = 32 - LIST_PRINT_BITS;

/// Index of the bucket for `feature` in a table of `buckets` buckets.
pub fn bucket(feature: u64, buckets: u32) -> usize {
    (((feature >> 32) * u64::from(buckets)) >> 32) as usize
}

/// Fingerprint of `bits` bits, never 0: 0 marks an empty slot.
pub fn fingerprint(feature: u64, bits: u32) -> u32 {
    ((feature as u32) >> (32 - bits)).max(1)
}

/// The weight that a byte stands for: its square, with its sign. So few bits hold the small weights of most features
/// as well as the large ones that decide.
#[inline]
pub fn weight(byte: u8) -> i32 {
    WEIGHTS[usize::from(byte)]
}

static WEIGHTS: [i32; 256] = {
    let mut out = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let root = byte as u8 as i8 as i32;
        out[byte] = root * root.abs();
        byte += 1;
    }
    out
};

/// Bytes of a list that are fetched at once: its length and its first pairs.
pub const HEAD: usize = 1 + 2 * IN_HEAD;
/// Pairs among them.
const IN_HEAD: usize = 7;

/// The bytes of a bucket.
type Bucket = [u8; SLOTS * 4];

/// The buckets of a batch of features. Copying them first, in a loop that does nothing else, asks the memory for many
/// at once; they are mostly not in the cache.
#[inline]
fn gather(buckets: &[Bucket], batch: &[u64]) -> [Bucket; BATCH] {
    let mut out = [[0; SLOTS * 4]; BATCH];
    let count = buckets.len() as u32;
    for (place, &feature) in out.iter_mut().zip(batch) {
        if let Some(bucket) = buckets.get(bucket(feature, count)) {
            *place = *bucket;
        }
    }
    out
}

#[inline(always)]
fn slots(bucket: &Bucket) -> [u32; SLOTS] {
    let &[a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = bucket;
    let word = u32::from_le_bytes;
    [word([a, b, c, d]), word([e, f, g, h]), word([i, j, k, l]), word([m, n, o, p])]
}

/// The slot of a bucket that begins with this fingerprint, the last of several; 0 where there is none.
#[inline]
fn slot_of(bucket: &Bucket, print: u32, bits: u32) -> u32 {
    let mut found = 0;
    for slot in slots(bucket) {
        found = if slot >> (32 - bits) == print { slot } else { found };
    }
    found
}

/// A table for three classes, of which the first always weighs 0: a slot is a fingerprint of 16 bits and two weights (see
/// [`weight`]).
#[derive(Clone, Copy, Debug)]
pub struct Pairs<'a> {
    buckets: &'a [Bucket],
}

impl<'a> Pairs<'a> {
    /// A table over its bytes; a rest that fills no bucket is ignored.
    pub fn new(bytes: &'a [u8]) -> Self {
        Pairs { buckets: bytes.as_chunks().0 }
    }

    /// A slot of this table: the fingerprint of `feature` with the weights of the second and third class.
    pub fn slot(feature: u64, second: i8, third: i8) -> u32 {
        fingerprint(feature, 16) << 16 | u32::from(second as u8) << 8 | u32::from(third as u8)
    }
}

impl Weights for Pairs<'_> {
    fn add(&self, features: &[u64], scores: &mut Scores) {
        let (mut second, mut third) = (0, 0);
        for batch in features.chunks(BATCH) {
            for (bucket, &feature) in gather(self.buckets, batch).iter().zip(batch) {
                // No branch: whether a feature is known cannot be guessed, and a wrong guess costs more than a sum.
                let slot = slot_of(bucket, fingerprint(feature, 16), 16);
                second += weight((slot >> 8) as u8);
                third += weight(slot as u8);
            }
        }
        scores[1] += second;
        scores[2] += third;
    }
}

/// A table for any number of classes: a slot points to a list of (class, weight), which begins with its length.
#[derive(Clone, Copy, Debug)]
pub struct Lists<'a> {
    index: &'a [Bucket],
    lists: &'a [u8],
}

impl<'a> Lists<'a> {
    /// A table over its index and its lists.
    pub fn new(index: &'a [u8], lists: &'a [u8]) -> Self {
        Lists { index: index.as_chunks().0, lists }
    }

    /// Whether a feature has weights in this table (once in a thousand cases, whether another one has).
    pub fn holds(&self, feature: u64) -> bool {
        let print = fingerprint(feature, LIST_PRINT_BITS);
        let bucket = self.index.get(bucket(feature, self.index.len() as u32));
        bucket.is_some_and(|bucket| slots(bucket).into_iter().any(|slot| slot >> OFFSET_BITS == print))
    }

    /// A slot of this table: the fingerprint of `feature` with the offset of its list; none when that is too far or odd.
    pub fn slot(feature: u64, offset: usize) -> Option<u32> {
        let units = offset / 2;
        let fits = offset.is_multiple_of(2) && units < 1 << OFFSET_BITS;
        fits.then(|| fingerprint(feature, LIST_PRINT_BITS) << OFFSET_BITS | units as u32)
    }
}

impl Weights for Lists<'_> {
    fn add(&self, features: &[u64], scores: &mut Scores) {
        // First where the lists are, without a branch, then the lists.
        let mut offsets = [0u32; BATCH];
        for batch in features.chunks(BATCH) {
            let mut known = 0;
            for (bucket, &feature) in gather(self.index, batch).iter().zip(batch) {
                let slot = slot_of(bucket, fingerprint(feature, LIST_PRINT_BITS), LIST_PRINT_BITS);
                offsets[known % BATCH] = slot & ((1 << OFFSET_BITS) - 1);
                known += usize::from(slot != 0);
            }
            // The beginnings of all lists next, for the same reason as the buckets; most lists are no longer.
            let mut heads = [[0; HEAD]; BATCH];
            for (head, &offset) in heads.iter_mut().zip(&offsets).take(known) {
                let list = self.lists.get(2 * offset as usize..).unwrap_or_default();
                match list.first_chunk() {
                    Some(bytes) => *head = *bytes,
                    None => head.iter_mut().zip(list).for_each(|(to, from)| *to = *from),
                }
            }
            for (head, &offset) in heads.iter().zip(&offsets).take(known) {
                self.add_list(head, 2 * offset as usize, scores);
            }
        }
    }
}

impl Lists<'_> {
    #[inline]
    fn add_list(&self, head: &[u8; HEAD], at: usize, scores: &mut Scores) {
        let count = usize::from(head[0]);
        for (i, &[class, byte]) in head[1..].as_chunks().0.iter().enumerate() {
            scores[usize::from(class) % CLASSES] += if i < count { weight(byte) } else { 0 };
        }
        if count > IN_HEAD {
            let rest = at + HEAD..at + 1 + 2 * count;
            for &[class, byte] in self.lists.get(rest).unwrap_or_default().as_chunks().0 {
                scores[usize::from(class) % CLASSES] += weight(byte);
            }
        }
    }
}

/// Bits of the fingerprint in a slot of [`Sure`]; the others are the class.
const SURE_PRINT_BITS: u32 = 24;

/// A table of contexts in which a decision is always the same, so that nothing needs to be weighed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sure<'a> {
    buckets: &'a [Bucket],
}

impl<'a> Sure<'a> {
    /// A table over its bytes; a rest that fills no bucket is ignored.
    pub fn new(bytes: &'a [u8]) -> Self {
        Sure { buckets: bytes.as_chunks().0 }
    }

    /// A slot of this table.
    pub fn slot(context: u64, class: u8) -> u32 {
        fingerprint(context, SURE_PRINT_BITS) << 8 | u32::from(class)
    }

    /// The class that is sure in this context.
    #[inline]
    pub fn class(&self, context: u64) -> Option<u8> {
        let bucket = self.buckets.get(bucket(context, self.buckets.len() as u32))?;
        let slot = slot_of(bucket, fingerprint(context, SURE_PRINT_BITS), SURE_PRINT_BITS);
        (slot != 0).then_some(slot as u8)
    }
}
