//! Strings in one buffer, and ids for distinct strings.

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
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
/// Strings up to 15 bytes, which are nearly all words, are compared inside the hash table's own slots; only longer ones
/// are looked up in the arena. The hash has a fixed seed, and ids depend on arrival only, so that no result depends on
/// hashing.
#[derive(Debug, Clone)]
pub struct Interner {
    arena: StringArena,
    short: HashTable<(u128, u32)>,
    long: HashTable<(u64, u32)>,
    state: foldhash::fast::FixedState,
}

impl Default for Interner {
    fn default() -> Self {
        Self {
            arena: StringArena::default(),
            short: HashTable::new(),
            long: HashTable::new(),
            state: foldhash::fast::FixedState::with_seed(0x6865_6164),
        }
    }
}

impl Interner {
    /// The id of `text`, new or known.
    #[inline]
    pub fn intern(&mut self, text: &str) -> u32 {
        match short_key(text.as_bytes()) {
            Some(key) => match self.short.entry(hash_short(key), |slot| slot.0 == key, |slot| hash_short(slot.0)) {
                Entry::Occupied(slot) => slot.get().1,
                Entry::Vacant(slot) => {
                    let id = self.arena.push(text);
                    slot.insert((key, id));
                    id
                }
            },
            None => {
                let hash = hash_long(&self.state, text);
                let arena = &self.arena;
                match self.long.entry(hash, |slot| slot.0 == hash && arena.get(slot.1) == text, |slot| slot.0) {
                    Entry::Occupied(slot) => slot.get().1,
                    Entry::Vacant(slot) => {
                        let id = self.arena.push(text);
                        slot.insert((hash, id));
                        id
                    }
                }
            }
        }
    }

    /// The id of `text` if it is known.
    pub fn find(&self, text: &str) -> Option<u32> {
        match short_key(text.as_bytes()) {
            Some(key) => self.short.find(hash_short(key), |slot| slot.0 == key).map(|slot| slot.1),
            None => {
                let hash = hash_long(&self.state, text);
                self.long.find(hash, |slot| slot.0 == hash && self.arena.get(slot.1) == text).map(|slot| slot.1)
            }
        }
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
}

/// Bytes and length of a string of at most 15 bytes as one number.
#[inline]
fn short_key(bytes: &[u8]) -> Option<u128> {
    let length = bytes.len();
    // Two overlapping loads instead of a copy of variable length, which would be a call.
    let text = if length >= 8 {
        if length > 15 {
            return None;
        }
        let low = u64::from_le_bytes(bytes[..8].try_into().ok()?);
        let high = u64::from_le_bytes(bytes[length - 8..].try_into().ok()?);
        u128::from(low) | (u128::from(high) << (8 * (length - 8)))
    } else if length >= 4 {
        let low = u32::from_le_bytes(bytes[..4].try_into().ok()?);
        let high = u32::from_le_bytes(bytes[length - 4..].try_into().ok()?);
        u128::from(low) | (u128::from(high) << (8 * (length - 4)))
    } else {
        bytes.iter().rev().fold(0, |number, &byte| (number << 8) | u128::from(byte))
    };
    Some(text | ((length as u128) << 120))
}

#[inline]
fn hash_short(key: u128) -> u64 {
    let product = u128::from(key as u64 ^ 0x243F_6A88_85A3_08D3) * u128::from((key >> 64) as u64 ^ 0x1319_8A2E_0370_7344);
    (product as u64 ^ (product >> 64) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

fn hash_long(state: &foldhash::fast::FixedState, text: &str) -> u64 {
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
    fn strings_of_every_length_are_told_apart() {
        let mut interner = Interner::default();
        let strings: Vec<String> = (0..40)
            .flat_map(|length| [("a".repeat(length)), format!("{}b", "a".repeat(length)), format!("b{}", "a".repeat(length))])
            .collect();
        let mut twin: Vec<&str> = Vec::new();
        for text in strings.iter().chain(&strings) {
            let expected = twin.iter().position(|known| known == text).unwrap_or_else(|| {
                twin.push(text);
                twin.len() - 1
            });
            assert_eq!(interner.intern(text) as usize, expected, "{text}");
        }
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
