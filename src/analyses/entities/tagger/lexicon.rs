//! The tables that ship with the weights: word clusters, gazetteer flags, phrases, lower-case words seen in names.
//!
//! Entries are 32-bit fingerprints, sorted, so a table is a few bytes an entry and is used without much decoding.

use super::bytes::{Reader, Writer};
use super::error::TaggerError;
use super::hash;
use super::surface::{Case, Strength};

/// Flags of single words and phrases. The numbers are part of the weights file.
pub(super) mod flag {
    /// A title such as Mr or General.
    pub(in super::super) const TITLE: u32 = 1;
    /// A word that names kinds of organisations.
    pub(in super::super) const ORGANISATION_WORD: u32 = 1 << 1;
    /// A first name.
    pub(in super::super) const FIRST_NAME: u32 = 1 << 2;
    /// A frequent surname.
    pub(in super::super) const SURNAME: u32 = 1 << 3;
    /// A rare surname.
    pub(in super::super) const RARE_SURNAME: u32 = 1 << 4;
    /// A big city or one of its other names.
    pub(in super::super) const CITY: u32 = 1 << 5;
    /// A small city.
    pub(in super::super) const SMALL_CITY: u32 = 1 << 6;
    /// A country.
    pub(in super::super) const COUNTRY: u32 = 1 << 7;
    /// A demonym or an adjective of a country.
    pub(in super::super) const DEMONYM: u32 = 1 << 8;
    /// A state or province.
    pub(in super::super) const STATE: u32 = 1 << 9;
    /// A day or a month.
    pub(in super::super) const CALENDAR: u32 = 1 << 10;
    /// A region, sea or mountain from our own list.
    pub(in super::super) const REGION: u32 = 1 << 11;
    /// An organisation from our own list.
    pub(in super::super) const ORGANISATION: u32 = 1 << 12;
    /// A team or club from our own list.
    pub(in super::super) const TEAM: u32 = 1 << 13;
    /// Another name (faith, language, event, product) from our own list.
    pub(in super::super) const OTHER: u32 = 1 << 14;
    /// A word that ends names of places (River, Airport).
    pub(in super::super) const PLACE_WORD: u32 = 1 << 15;
    /// A word for a role (minister, coach, spokesman).
    pub(in super::super) const ROLE: u32 = 1 << 16;
    /// The sign before an account's name.
    pub(in super::super) const HANDLE: u32 = 1 << 17;
    /// A weapon, an aircraft or a ship from our own list.
    pub(in super::super) const WEAPON: u32 = 1 << 18;
    /// The first word of a phrase in the phrase table.
    pub(in super::super) const STARTS_PHRASE: u32 = 1 << 31;
}

/// The longest phrase that is looked for, in tokens.
pub(super) const LONGEST_PHRASE: usize = 5;

/// A sorted table from fingerprint to value.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Table {
    keys: Vec<u32>,
    values: Vec<u16>,
    starts: Vec<u32>,
}

impl Table {
    /// A table of entries; of entries with one fingerprint the first stays.
    pub(super) fn of(mut entries: Vec<(u32, u16)>) -> Self {
        entries.sort_by_key(|entry| entry.0);
        entries.dedup_by_key(|entry| entry.0);
        let (keys, values) = entries.into_iter().unzip();
        Self::indexed(keys, values)
    }

    fn indexed(keys: Vec<u32>, values: Vec<u16>) -> Self {
        let mut starts = vec![0_u32; (1 << 16) + 1];
        for &key in &keys {
            starts[(key >> 16) as usize + 1] += 1;
        }
        for bucket in 0..1 << 16 {
            starts[bucket + 1] += starts[bucket];
        }
        Self { keys, values, starts }
    }

    /// The value of a hash.
    #[inline]
    pub(super) fn get(&self, hash: u64) -> Option<u16> {
        let key = hash::fingerprint(hash);
        let bucket = (key >> 16) as usize;
        let from = *self.starts.get(bucket)? as usize;
        let to = *self.starts.get(bucket + 1)? as usize;
        let place = self.keys[from..to].iter().position(|&other| other == key)?;
        Some(self.values[from + place])
    }

    /// How many entries there are.
    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// Writes the table.
    pub(super) fn write(&self, writer: &mut Writer) {
        writer.sorted(&self.keys);
        writer.shorts(&self.values);
    }

    /// Reads a table back.
    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self, TaggerError> {
        let keys = reader.sorted()?;
        let values = reader.shorts()?;
        if keys.len() != values.len() {
            return Err(TaggerError::new("the model file is damaged: a table has keys without values"));
        }
        Ok(Self::indexed(keys, values))
    }
}

/// All tables.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Lexicon {
    /// Word → place in `tuples`.
    pub(super) words: Table,
    /// The distinct sets of four cluster numbers.
    pub(super) tuples: Vec<[u16; 4]>,
    /// Lower-case word → place in `flag_sets`.
    pub(super) flagged: Table,
    /// Phrase → place in `flag_sets`.
    pub(super) phrases: Table,
    /// The distinct sets of flags.
    pub(super) flag_sets: Vec<u32>,
    /// Lower-case words that training saw in entities: 1 beside names, 2 alone.
    pub(super) inner: Table,
}

impl Lexicon {
    /// The clusters of a word, by its own form, else by a form with other capitals.
    pub(super) fn clusters_of(&self, normal: &str, lower: &str, case: Case) -> [u16; 4] {
        let look = |text: &str| self.words.get(hash::of_text(text));
        let found = look(normal).or_else(|| {
            let titled = (case == Case::Upper && normal.len() > 1).then(|| title_case(lower));
            titled
                .as_deref()
                .and_then(look)
                .or_else(|| look(lower))
                .or_else(|| if case == Case::Lower { look(&title_case(lower)) } else { None })
        });
        found.and_then(|place| self.tuples.get(place as usize)).copied().unwrap_or_default()
    }

    /// The flags of a lower-case word's hash.
    pub(super) fn flags_of(&self, lower: u64) -> u32 {
        self.flagged.get(lower).and_then(|place| self.flag_sets.get(place as usize)).copied().unwrap_or(0)
    }

    /// The flags of a phrase, 0 if it is none.
    #[inline]
    pub(super) fn phrase_flags(&self, phrase: u64) -> u32 {
        self.phrases.get(phrase).and_then(|place| self.flag_sets.get(place as usize)).copied().unwrap_or(0)
    }

    /// What a word without capitals may do.
    pub(super) fn strength_of(&self, lower: u64, case: Case) -> Strength {
        match self.inner.get(lower) {
            Some(2) => Strength::Strong,
            Some(_) => Strength::Weak,
            None if matches!(case, Case::Digits | Case::Coded) => Strength::Weak,
            None => Strength::None,
        }
    }

    /// Writes all tables.
    pub(super) fn write(&self, writer: &mut Writer) {
        for table in [&self.words, &self.flagged, &self.phrases, &self.inner] {
            table.write(writer);
        }
        for level in 0..4 {
            writer.shorts(&self.tuples.iter().map(|tuple| tuple[level]).collect::<Vec<_>>());
        }
        writer.numbers(&self.flag_sets);
    }

    /// Reads all tables back.
    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self, TaggerError> {
        let words = Table::read(reader)?;
        let flagged = Table::read(reader)?;
        let phrases = Table::read(reader)?;
        let inner = Table::read(reader)?;
        let mut tuples = Vec::new();
        for level in 0..4 {
            let column = reader.shorts()?;
            tuples.resize(column.len(), [0; 4]);
            for (tuple, value) in tuples.iter_mut().zip(column) {
                tuple[level] = value;
            }
        }
        let flag_sets = reader.numbers()?;
        Ok(Self { words, tuples, flagged, phrases, flag_sets, inner })
    }
}

/// The word with its first letter as a capital.
pub(super) fn title_case(lower: &str) -> String {
    let mut letters = lower.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// The hash of a phrase of one word more.
#[inline]
pub(super) fn extend_phrase(phrase: u64, word: u64) -> u64 {
    hash::join3(0xF4A5, phrase, word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_find_what_was_put_in() {
        let table = Table::of((0..1000_u64).map(|n| (hash::fingerprint(hash::join(n, 1)), n as u16)).collect());
        assert_eq!(table.get(hash::join(77, 1)), Some(77));
        assert_eq!(table.get(hash::join(77, 2)), None);
        let mut writer = Writer::default();
        table.write(&mut writer);
        let bytes = writer.finish();
        assert_eq!(Table::read(&mut Reader::new(&bytes)), Ok(table));
        assert!(Table::read(&mut Reader::new(&bytes[..bytes.len() / 2])).is_err());
    }

    #[test]
    fn first_letters_become_capitals() {
        assert_eq!(title_case("élan"), "Élan");
        assert_eq!(title_case(""), "");
    }
}
