//! The trained model: lexicon, quantised weights, and its file format.

use super::bytes::{Reader, Writer};
use super::decode::Transitions;
use super::error::TaggerError;
use super::hash;
use super::labels::LABELS;
use super::lexicon::Lexicon;
use std::sync::OnceLock;

const MAGIC: &[u8; 8] = b"HWNER\0\0\x02";
const PACKING_LEVEL: i32 = 19;
/// More unpacked bytes than any model of ours; a damaged file may not ask for more.
const MOST_BYTES: usize = 64 << 20;

/// One feature's weights, a byte a label.
pub(super) type Row = [i8; LABELS];

/// Feature weights, found by the key's fingerprint.
#[derive(Debug, Default, Clone)]
pub(super) struct Weights {
    keys: Vec<u32>,
    rows: Vec<Row>,
    /// Open addressing: the fingerprint in the upper half, the row's number + 1 in the lower; 0 is free.
    slots: Vec<u64>,
    mask: usize,
}

impl Weights {
    /// Weights of rows; of rows with one fingerprint the first stays.
    pub(super) fn of(mut entries: Vec<(u32, Row)>) -> Self {
        entries.sort_by_key(|entry| entry.0);
        entries.dedup_by_key(|entry| entry.0);
        let (keys, rows) = entries.into_iter().unzip();
        Self::indexed(keys, rows)
    }

    fn indexed(keys: Vec<u32>, rows: Vec<Row>) -> Self {
        let size = (keys.len() * 5 / 2).next_power_of_two().max(16);
        let mut slots = vec![0_u64; size];
        let mask = size - 1;
        for (number, &key) in keys.iter().enumerate() {
            let mut place = Self::place(key, mask);
            while slots[place] != 0 {
                place = (place + 1) & mask;
            }
            slots[place] = u64::from(key) << 32 | (number as u64 + 1);
        }
        Self { keys, rows, slots, mask }
    }

    #[inline]
    fn place(key: u32, mask: usize) -> usize {
        (key.wrapping_mul(0x9E37_79B1) >> 7) as usize & mask
    }

    /// The row of a feature key.
    #[inline]
    pub(super) fn get(&self, hash: u64) -> Option<&Row> {
        let key = hash::fingerprint(hash);
        let mut place = Self::place(key, self.mask);
        loop {
            let slot = self.slots[place];
            if slot == 0 {
                return None;
            }
            if (slot >> 32) as u32 == key {
                return self.rows.get((slot as u32) as usize - 1);
            }
            place = (place + 1) & self.mask;
        }
    }

    /// How many features have weights.
    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    fn write(&self, writer: &mut Writer) {
        writer.sorted(&self.keys);
        for label in 0..LABELS {
            let column: Vec<u8> = self.rows.iter().map(|row| row[label] as u8).collect();
            writer.raw(&column);
        }
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, TaggerError> {
        let keys = reader.sorted()?;
        let mut rows = vec![[0; LABELS]; keys.len()];
        for label in 0..LABELS {
            let column = reader.take(keys.len())?;
            for (row, &byte) in rows.iter_mut().zip(column) {
                row[label] = byte as i8;
            }
        }
        Ok(Self::indexed(keys, rows))
    }
}

/// Parts of the tagger that can be left out, to measure what they are worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts {
    /// Look at a document as a whole.
    pub document: bool,
    /// Decode a second time with the first result at hand.
    pub second_pass: bool,
}

impl Default for Parts {
    fn default() -> Self {
        Self { document: true, second_pass: true }
    }
}

/// A trained tagger.
pub struct Model {
    pub(super) lexicon: Lexicon,
    pub(super) weights: Weights,
    pub(super) transitions: Transitions,
    /// The keys of the sets that a text can resemble, in the order of the register's weights.
    pub(super) sets: Vec<u64>,
    /// What a word says for each set.
    pub(super) register: Weights,
    pub(super) parts: Parts,
    /// How many units of the rows' scale make a natural logarithm of odds.
    pub(super) unit: u32,
}

impl Model {
    /// The model that is compiled in.
    #[must_use]
    pub fn built_in() -> &'static Self {
        static MODEL: OnceLock<Model> = OnceLock::new();
        MODEL.get_or_init(|| match Self::from_bytes(include_bytes!("weights.bin")) {
            Ok(model) => model,
            // The file is part of the source and a test reads it, so this is a broken build, not a user's mistake.
            Err(error) => unreachable!("the built-in model cannot be read: {error}"),
        })
    }

    /// Reads a model file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, TaggerError> {
        let Some(packed) = bytes.strip_prefix(MAGIC) else {
            return Err(TaggerError::new("this is not a model file of this version of the tagger"));
        };
        let plain =
            zstd::bulk::decompress(packed, MOST_BYTES).map_err(|error| TaggerError::new(format!("the model file is damaged: {error}")))?;
        let mut reader = Reader::new(&plain);
        let parts = reader.number()?;
        let unit = reader.number()?.max(1);
        let halves = reader.numbers()?;
        let sets = halves.chunks_exact(2).map(|pair| u64::from(pair[0]) | u64::from(pair[1]) << 32).collect();
        let lexicon = Lexicon::read(&mut reader)?;
        let transitions = read_transitions(&mut reader)?;
        let weights = Weights::read(&mut reader)?;
        let register = Weights::read(&mut reader)?;
        let parts = Parts { document: parts & 1 != 0, second_pass: parts & 2 != 0 };
        Ok(Self { lexicon, weights, transitions, sets, register, parts, unit })
    }

    /// The bytes of the model file.
    pub fn to_bytes(&self) -> Result<Vec<u8>, TaggerError> {
        let mut writer = Writer::default();
        writer.number(u32::from(self.parts.document) | u32::from(self.parts.second_pass) << 1);
        writer.number(self.unit);
        writer.numbers(&self.sets.iter().flat_map(|&set| [set as u32, (set >> 32) as u32]).collect::<Vec<_>>());
        self.lexicon.write(&mut writer);
        write_transitions(&self.transitions, &mut writer);
        self.weights.write(&mut writer);
        self.register.write(&mut writer);
        let packed = zstd::bulk::compress(&writer.finish(), PACKING_LEVEL)
            .map_err(|error| TaggerError::new(format!("the model cannot be packed: {error}")))?;
        Ok([MAGIC.as_slice(), &packed].concat())
    }

    /// How many features have weights, and how many words have clusters, flags, phrases.
    #[must_use]
    pub fn sizes(&self) -> [usize; 4] {
        [self.weights.len(), self.lexicon.words.len(), self.lexicon.flagged.len(), self.lexicon.phrases.len()]
    }
}

// Steps are whole numbers on the scale of the rows, so sums are exact in 32-bit floats.
fn write_transitions(transitions: &Transitions, writer: &mut Writer) {
    for cell in transitions.iter().flatten() {
        writer.number((*cell as i32).cast_unsigned());
    }
}

fn read_transitions(reader: &mut Reader<'_>) -> Result<Transitions, TaggerError> {
    let mut transitions = [[0.0; LABELS]; LABELS];
    for cell in transitions.iter_mut().flatten() {
        *cell = reader.number()?.cast_signed() as f32;
    }
    Ok(transitions)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_by_key() {
        let entries = (0..500_u64).map(|n| (hash::fingerprint(hash::join(n, 3)), [n as i8; LABELS])).collect();
        let weights = Weights::of(entries);
        assert_eq!(weights.len(), 500);
        assert_eq!(weights.get(hash::join(42, 3)), Some(&[42; LABELS]));
        assert_eq!(weights.get(hash::join(42, 4)), None);
    }

    #[test]
    fn damaged_files_are_refused() {
        assert!(Model::from_bytes(b"something").is_err());
        assert!(Model::from_bytes(MAGIC).is_err());
        let packed = zstd::bulk::compress(&[7; 100], 3).expect("packs");
        assert!(Model::from_bytes(&[MAGIC.as_slice(), &packed].concat()).is_err());
    }
}
