//! Fixed hashing: feature keys and lexicon entries are hashes, and they are written to the weights file,
//! so the function may never depend on a platform, a run or a library version.

const FIRST: u64 = 0x9E37_79B9_7F4A_7C15;
const SECOND: u64 = 0xD1B5_4A32_D192_ED03;

/// Joins two values into one hash (a folded 128-bit product).
#[inline]
pub(super) fn join(left: u64, right: u64) -> u64 {
    let product = u128::from(left ^ FIRST) * u128::from(right.rotate_left(29) ^ SECOND);
    (product as u64) ^ ((product >> 64) as u64)
}

/// Joins three values; the order counts.
#[inline]
pub(super) fn join3(first: u64, second: u64, third: u64) -> u64 {
    join(join(first, second), third)
}

/// Hashes bytes, eight at a time.
pub(super) fn of_bytes(bytes: &[u8]) -> u64 {
    let mut state = join(bytes.len() as u64, FIRST);
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let mut word = [0_u8; 8];
        word.copy_from_slice(chunk);
        state = join(state, u64::from_le_bytes(word));
    }
    let rest = chunks.remainder();
    if !rest.is_empty() {
        let mut word = [0_u8; 8];
        word[..rest.len()].copy_from_slice(rest);
        state = join(state, u64::from_le_bytes(word));
    }
    state
}

/// Hashes a text.
#[inline]
pub(super) fn of_text(text: &str) -> u64 {
    of_bytes(text.as_bytes())
}

/// The 32 bits of a hash that tables in the weights file keep.
#[inline]
pub(super) fn fingerprint(hash: u64) -> u32 {
    (hash >> 32) as u32 ^ hash as u32
}

/// A hasher for maps whose keys are hashes already; such maps are only looked up, never walked.
#[derive(Default, Clone, Copy)]
pub(super) struct PassThrough(u64);

impl std::hash::Hasher for PassThrough {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0 = join(self.0, of_bytes(bytes));
    }
    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

/// A map from hash to value.
pub(super) type HashedMap<V> = std::collections::HashMap<u64, V, std::hash::BuildHasherDefault<PassThrough>>;

/// A small fixed stream of random numbers (splitmix64).
pub(super) struct Stream(u64);

impl Stream {
    /// The stream of one seed.
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(FIRST);
        let mut value = self.0;
        value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        value ^ (value >> 31)
    }

    /// A number below `bound` (bound > 0).
    pub(super) fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }

    /// True `per_mille` times in a thousand.
    pub(super) fn chance(&mut self, per_mille: u32) -> bool {
        self.below(1000) < per_mille as usize
    }

    /// Puts the items in random order.
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}
