//! A growing list of single bits.

use std::ops::Range;

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

    /// Appends the bits of `other` at `range`, which lies within it.
    pub fn extend_from(&mut self, other: &Self, range: Range<usize>) {
        let mut position = range.start;
        while position < range.end {
            // As many as fit behind this list's last bit, from as many as two words of the other.
            let (filled, offset) = (self.length % 64, position % 64);
            let count = (64 - filled).min(range.end - position);
            let mut bits = other.words[position / 64] >> offset;
            if offset > 0 && offset + count > 64 {
                bits |= other.words[position / 64 + 1] << (64 - offset);
            }
            if count < 64 {
                bits &= (1 << count) - 1;
            }
            match self.words.last_mut().filter(|_| filled > 0) {
                Some(last) => *last |= bits << filled,
                None => self.words.push(bits),
            }
            self.length += count;
            position += count;
        }
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
    fn parts_of_lists_are_appended_bit_by_bit() {
        let mut stream = crate::maths::RandomStream::new(3, 0);
        let mut source = BitList::default();
        (0..1_000).for_each(|_| source.push(stream.below(2) == 1));
        let (mut fast, mut slow) = (BitList::default(), BitList::default());
        for _ in 0..300 {
            let start = stream.below(1_000) as usize;
            let range = start..start + stream.below(1_001 - start as u32) as usize;
            fast.extend_from(&source, range.clone());
            range.for_each(|position| slow.push(source.get(position)));
            assert_eq!(fast, slow);
        }
    }

    #[test]
    fn bits_come_back_across_words() {
        let bits: Vec<bool> = (0..1_000).map(|position| position * position % 7 < 3).collect();
        let mut list = BitList::default();
        assert!(list.is_empty() && !list.get(0));
        bits.iter().for_each(|&bit| list.push(bit));
        assert_eq!(list.len(), 1_000);
        assert!(bits.iter().enumerate().all(|(position, &bit)| list.get(position) == bit));
        assert!(!list.get(1_000) && !list.get(100_000));
    }
}
