//! A growing list of single bits.

/// Bits, eight to a byte.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BitList {
    words: Vec<u64>,
    length: usize,
}

impl BitList {
    /// Appends a bit.
    #[inline]
    pub fn push(&mut self, bit: bool) {
        if self.length.is_multiple_of(64) {
            self.words.push(0);
        }
        let last = self.words.len() - 1;
        self.words[last] |= u64::from(bit) << (self.length % 64);
        self.length += 1;
    }

    /// Changes the bit at `position`, which the list has.
    #[inline]
    pub fn set(&mut self, position: usize, bit: bool) {
        let word = &mut self.words[position / 64];
        *word = *word & !(1 << (position % 64)) | u64::from(bit) << (position % 64);
    }

    /// The bit at `position`; `false` past the end.
    #[inline]
    pub fn get(&self, position: usize) -> bool {
        self.words.get(position / 64).is_some_and(|word| word >> (position % 64) & 1 == 1)
    }

    /// How many bits there are.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_come_back_across_words() {
        let bits: Vec<bool> = (0..1_000).map(|position| position * position % 7 < 3).collect();
        let mut list = BitList::default();
        assert!(list.is_empty() && !list.get(0));
        bits.iter().for_each(|&bit| list.push(bit));
        assert_eq!(list.len(), 1_000);
        assert!(bits.iter().enumerate().all(|(position, &bit)| list.get(position) == bit));
        (0..1_000).for_each(|position| list.set(position, !bits[position]));
        assert!(bits.iter().enumerate().all(|(position, &bit)| list.get(position) != bit));
        assert!(!list.get(1_000) && !list.get(100_000));
    }
}
