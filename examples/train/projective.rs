//! Trees without crossing arcs, as the parser builds them.

/// Makes a tree projective: while an arc crosses another, the shorter of its kind is hung one step higher (Nivre and
/// Nilsson 2005, without their encoding).
pub fn projectivise(heads: &mut [u32]) {
    let n = heads.len() as u32;
    let under = |heads: &[u32], mut word: u32, above: u32| {
        while word != above && word < n {
            word = heads[word as usize];
        }
        word == above
    };
    loop {
        let crossed = (0..n)
            .filter(|&child| heads[child as usize] < n)
            .filter(|&child| {
                let head = heads[child as usize];
                (child.min(head) + 1..child.max(head)).any(|between| !under(heads, between, head))
            })
            .min_by_key(|&child| child.abs_diff(heads[child as usize]));
        let Some(child) = crossed else { return };
        heads[child as usize] = heads[heads[child as usize] as usize];
    }
}
