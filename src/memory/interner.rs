//! Ids for distinct strings.

use super::arena::StringArena;
use super::short_key::ShortKey;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use std::hash::{BuildHasher, Hasher};

/// Gives each distinct string the next id, in order of arrival.
///
/// Strings up to 15 bytes, which are nearly all words, are compared inside the hash table's own slots; only longer ones
/// are looked up in the arena. The hash has a fixed seed, and ids depend on arrival only, so that no result depends on
/// hashing.
#[derive(Debug, Clone)]
pub struct Interner {
    arena: StringArena,
    /// A power of two of slots, at most half of them taken; a key is at its hash's slot or in the next ones.
    short: Vec<Slot>,
    taken: usize,
    long: HashTable<(u64, u32)>,
    state: foldhash::fast::FixedState,
}

/// A key and its id; an all-zero key marks a free slot.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Slot {
    key: ShortKey,
    pub id: u32,
    /// What the interner's user keeps beside it: a slot has room for it.
    pub note: u32,
}

/// Slots of a new table.
const FEWEST_SLOTS: usize = 1 << 10;

impl Default for Interner {
    fn default() -> Self {
        Self {
            arena: StringArena::default(),
            short: vec![Slot::default(); FEWEST_SLOTS],
            taken: 0,
            long: HashTable::new(),
            state: foldhash::fast::FixedState::with_seed(0x6865_6164),
        }
    }
}

impl Interner {
    /// An empty interner with room for `strings` strings.
    pub fn with_room(strings: usize) -> Self {
        let slots = (2 * strings).next_power_of_two().max(FEWEST_SLOTS);
        Self { short: vec![Slot::default(); slots], ..Self::default() }
    }

    /// The id of `text`, new or known.
    #[inline]
    pub fn intern(&mut self, text: &str) -> u32 {
        match ShortKey::of(text.as_bytes()) {
            Some(key) => self.intern_key(key, key.hash()),
            None => self.intern_long(text, self.hash_of_long(text)),
        }
    }

    /// The id of the string that `key` holds, new or known; `hash` is the key's.
    #[inline]
    pub fn intern_key(&mut self, key: ShortKey, hash: u64) -> u32 {
        let place = self.place(key, hash);
        self.short[place].id
    }

    /// The id of the string that `key` holds and what was noted beside it: `note` says what, when the string is new.
    #[inline]
    pub fn intern_noted(&mut self, key: ShortKey, hash: u64, note: impl FnOnce(&str) -> u32) -> (u32, u32) {
        let before = self.taken;
        let place = self.place(key, hash);
        if self.taken > before {
            self.short[place].note = key.with_text(note);
        }
        let slot = &self.short[place];
        (slot.id, slot.note)
    }

    /// The slot of `key`, new or known.
    #[inline]
    pub(super) fn place(&mut self, key: ShortKey, hash: u64) -> usize {
        let mask = self.short.len() - 1;
        let mut place = hash as usize & mask;
        loop {
            let slot = &self.short[place & mask];
            if slot.key == key {
                return place;
            }
            if slot.key.is_free() {
                return self.insert(key, place);
            }
            place = (place + 1) & mask;
        }
    }

    /// Has the processor fetch the slot of a short key with `hash`, which will be looked up soon.
    #[inline(always)]
    pub(super) fn expect(&self, hash: u64) {
        #[cfg(target_arch = "x86_64")]
        safe_arch::prefetch_t0(&self.short[hash as usize & (self.short.len() - 1)]);
        #[cfg(not(target_arch = "x86_64"))]
        let _ = hash;
    }

    /// Number of slots; when it changes, strings have moved to others.
    pub(super) fn slots(&self) -> usize {
        self.short.len()
    }

    #[inline]
    pub(super) fn slot(&self, place: usize) -> &Slot {
        &self.short[place]
    }

    #[inline]
    pub(super) fn slot_mut(&mut self, place: usize) -> &mut Slot {
        &mut self.short[place]
    }

    /// The id of a string of more than 15 bytes; `hash` is [`Self::hash_of_long`] of it.
    pub fn intern_long(&mut self, text: &str, hash: u64) -> u32 {
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

    /// The hash of a string of any length, the same in every interner.
    pub fn hash_of_long(&self, text: &str) -> u64 {
        let mut hasher = self.state.build_hasher();
        hasher.write(text.as_bytes());
        hasher.finish()
    }

    #[cold]
    #[inline(never)]
    fn insert(&mut self, key: ShortKey, mut place: usize) -> usize {
        if self.taken * 2 >= self.short.len() {
            self.grow();
            place = free_place(&self.short, key);
        }
        let id = key.with_text(|text| self.arena.push(text));
        self.short[place] = Slot { key, id, note: 0 };
        self.taken += 1;
        place
    }

    fn grow(&mut self) {
        // Frequent words arrive early: in the order of their ids they get the slots where they are found at once.
        let mut by_id = vec![Slot::default(); self.arena.len()];
        self.short.iter().filter(|slot| !slot.key.is_free()).for_each(|slot| by_id[slot.id as usize] = *slot);
        self.short = vec![Slot::default(); self.short.len() * 2];
        // Ids without a slot are those of long strings.
        for slot in by_id.into_iter().filter(|slot| !slot.key.is_free()) {
            let place = free_place(&self.short, slot.key);
            self.short[place] = slot;
        }
    }

    /// The id of `text` if it is known.
    pub fn find(&self, text: &str) -> Option<u32> {
        match ShortKey::of(text.as_bytes()) {
            Some(key) => {
                let mask = self.short.len() - 1;
                let first = key.hash() as usize & mask;
                let run = (0..self.short.len()).map(|step| self.short[(first + step) & mask]).take_while(|slot| !slot.key.is_free());
                run.filter(|slot| slot.key == key).map(|slot| slot.id).next()
            }
            None => {
                let hash = self.hash_of_long(text);
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
}

/// The first free slot for `key`; at least every second is.
fn free_place(slots: &[Slot], key: ShortKey) -> usize {
    let mask = slots.len() - 1;
    let mut place = key.hash() as usize & mask;
    while !slots[place].key.is_free() {
        place = (place + 1) & mask;
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_follow_arrival() {
        let mut interner = Interner::default();
        let ids: Vec<u32> = ["b", "a", "b", "", "ä"].iter().map(|text| interner.intern(text)).collect();
        assert_eq!(ids, [0, 1, 0, 2, 3]);
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
