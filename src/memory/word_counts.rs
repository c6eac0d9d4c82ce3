//! Occurrences of distinct strings within one document after the other.

use super::interner::Interner;
use super::short_key::ShortKey;

/// Counts strings of a document and gives each distinct one an id that stays over all documents.
///
/// The count of a short string stands in its slot of the hash table, so that a word costs one look at memory.
#[derive(Debug, Default)]
pub struct WordCounts {
    strings: Interner,
    /// Slots of the short strings of this document; what is behind `slots_seen` means nothing.
    slots: Vec<u32>,
    slots_seen: usize,
    /// Every occurrence of a long string in this document.
    long: Vec<u32>,
}

impl WordCounts {
    /// The strings counted in all documents.
    pub fn strings(&self) -> &Interner {
        &self.strings
    }

    /// Tells that a short string whose key has `hash` will be counted soon.
    #[inline(always)]
    pub fn expect(&self, hash: u64) {
        self.strings.expect(hash);
    }

    /// Counts a short string and returns its id; `hash` is the key's.
    #[inline]
    pub fn add(&mut self, key: ShortKey, hash: u64) -> u32 {
        let slots = self.strings.slots();
        let place = self.strings.place(key, hash);
        if self.strings.slots() != slots {
            self.find_again();
        }
        if self.slots_seen == self.slots.len() {
            self.slots.resize(self.slots.len() * 2 + 1024, 0);
        }
        let slot = self.strings.slot_mut(place);
        // Written in any case and kept if it is the first: a branch would go either way too often.
        self.slots[self.slots_seen] = place as u32;
        self.slots_seen += usize::from(slot.note == 0);
        slot.note += 1;
        slot.id
    }

    /// Counts a string of more than 15 bytes and returns its id; `hash` is [`Interner::hash_of_long`] of it.
    pub fn add_long(&mut self, text: &str, hash: u64) -> u32 {
        let id = self.strings.intern_long(text, hash);
        self.long.push(id);
        id
    }

    /// Calls `each(id, count)` for every string of the document, and begins a new document.
    pub fn finish(&mut self, mut each: impl FnMut(u32, u32)) {
        for &place in &self.slots[..self.slots_seen] {
            let slot = self.strings.slot_mut(place as usize);
            each(slot.id, std::mem::take(&mut slot.note));
        }
        self.slots_seen = 0;
        self.long.sort_unstable();
        self.long.chunk_by(|a, b| a == b).for_each(|run| each(run[0], run.len() as u32));
        self.long.clear();
    }

    /// The table has grown within a document, so its strings have moved.
    #[cold]
    #[inline(never)]
    fn find_again(&mut self) {
        let places = (0..self.strings.slots()).filter(|&place| self.strings.slot(place).note > 0);
        let places: Vec<u32> = places.map(|place| place as u32).collect();
        self.slots_seen = places.len();
        self.slots = places;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::maths::RandomStream;
    use std::collections::BTreeMap;

    #[test]
    fn documents_are_counted_one_by_one_while_the_table_grows() {
        let mut stream = RandomStream::new(17, 0);
        let mut counts = WordCounts::default();
        for _ in 0..20 {
            let mut expected: BTreeMap<String, u32> = BTreeMap::new();
            for _ in 0..stream.below(3_000) {
                let word = format!("{}{}", ["w", "a rather long word "][stream.below(2) as usize], stream.below(4_000));
                match ShortKey::of(word.as_bytes()) {
                    Some(key) => counts.add(key, key.hash()),
                    None => counts.add_long(&word, counts.strings().hash_of_long(&word)),
                };
                *expected.entry(word).or_default() += 1;
            }
            let mut found = Vec::new();
            counts.finish(|id, count| found.push((id, count)));
            let found: BTreeMap<String, u32> = found.into_iter().map(|(id, count)| (counts.strings().get(id).to_owned(), count)).collect();
            assert_eq!(found, expected);
        }
    }
}
