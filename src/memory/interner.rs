//! Strings in one buffer, and ids for distinct strings.

use hashbrown::HashTable;
use std::hash::{BuildHasher, Hasher};

/// Many strings in one byte buffer; a string costs its bytes and four more.
///
/// Holds at most 4 GiB of text: enough for distinct words and document ids, not for whole corpora.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StringArena {
    bytes: String,
    ends: Vec<u32>,
}

impl StringArena {
    /// Appends `text` and returns its position.
    pub fn push(&mut self, text: &str) -> u32 {
        let position = self.ends.len() as u32;
        self.bytes.push_str(text);
        self.ends.push(self.bytes.len() as u32);
        position
    }

    /// The string at `position`.
    #[inline]
    pub fn get(&self, position: u32) -> &str {
        let position = position as usize;
        let start = if position == 0 { 0 } else { self.ends[position - 1] as usize };
        &self.bytes[start..self.ends[position] as usize]
    }

    /// How many strings there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no string.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The strings in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.ends.len() as u32).map(|position| self.get(position))
    }

    /// Bytes of text held.
    pub fn text_bytes(&self) -> usize {
        self.bytes.len()
    }
}

impl<'a> FromIterator<&'a str> for StringArena {
    fn from_iter<I: IntoIterator<Item = &'a str>>(strings: I) -> Self {
        let mut arena = Self::default();
        for text in strings {
            arena.push(text);
        }
        arena
    }
}

/// Gives each distinct string the next id, in order of arrival.
///
/// The hash has a fixed seed, and ids depend on arrival only, so that no result depends on hashing.
#[derive(Debug, Clone)]
pub struct Interner {
    arena: StringArena,
    slots: HashTable<(u32, u32)>,
    state: foldhash::fast::FixedState,
}

impl Default for Interner {
    fn default() -> Self {
        Self { arena: StringArena::default(), slots: HashTable::new(), state: foldhash::fast::FixedState::with_seed(0x6865_6164) }
    }
}

impl Interner {
    /// The id of `text`, new or known.
    #[inline]
    pub fn intern(&mut self, text: &str) -> u32 {
        let hash = self.hash(text);
        let (arena, tag) = (&self.arena, hash as u32);
        // The stored half of the hash spares most look-ups in the arena and all re-hashing when the table grows.
        match self.slots.find(hash, |&(id, stored)| stored == tag && arena.get(id) == text) {
            Some(&(id, _)) => id,
            None => {
                let id = self.arena.push(text);
                let (arena, state) = (&self.arena, &self.state);
                self.slots.insert_unique(hash, (id, tag), |&(id, _)| hash_with(state, arena.get(id)));
                id
            }
        }
    }

    /// The id of `text` if it is known.
    pub fn find(&self, text: &str) -> Option<u32> {
        let hash = self.hash(text);
        self.slots.find(hash, |&(id, tag)| tag == hash as u32 && self.arena.get(id) == text).map(|&(id, _)| id)
    }

    /// The string of `id`.
    #[inline]
    pub fn get(&self, id: u32) -> &str {
        self.arena.get(id)
    }

    /// How many distinct strings there are.
    pub fn len(&self) -> usize {
        self.arena.len()
    }

    /// Whether there is no string.
    pub fn is_empty(&self) -> bool {
        self.arena.is_empty()
    }

    /// The strings in id order.
    pub fn arena(&self) -> &StringArena {
        &self.arena
    }

    /// For each rank in byte order its id, and for each id its rank: `(order, ranks)`.
    pub fn sorted(&self) -> (Vec<u32>, Vec<u32>) {
        let mut order: Vec<u32> = (0..self.len() as u32).collect();
        order.sort_unstable_by(|&a, &b| self.get(a).cmp(self.get(b)));
        let mut ranks = vec![0; order.len()];
        for (rank, &id) in order.iter().enumerate() {
            ranks[id as usize] = rank as u32;
        }
        (order, ranks)
    }

    fn hash(&self, text: &str) -> u64 {
        hash_with(&self.state, text)
    }
}

#[inline]
fn hash_with(state: &foldhash::fast::FixedState, text: &str) -> u64 {
    let mut hasher = state.build_hasher();
    hasher.write(text.as_bytes());
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_follow_arrival_and_ranks_follow_bytes() {
        let mut interner = Interner::default();
        let ids: Vec<u32> = ["b", "a", "b", "", "ä"].iter().map(|text| interner.intern(text)).collect();
        assert_eq!(ids, [0, 1, 0, 2, 3]);
        let (order, ranks) = interner.sorted();
        assert_eq!(order, [2, 1, 0, 3]);
        assert_eq!(ranks, [2, 1, 0, 3]);
        assert_eq!(interner.find("a"), Some(1));
        assert_eq!(interner.find("c"), None);
    }

    #[test]
    fn many_strings_keep_their_ids_while_the_table_grows() {
        let mut interner = Interner::default();
        for number in 0..10_000 {
            assert_eq!(interner.intern(&format!("word{number}")), number);
        }
        for number in 0..10_000 {
            assert_eq!(interner.find(&format!("word{number}")), Some(number));
        }
    }
}
