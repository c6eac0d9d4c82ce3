//! The values of one column: numbers without a tag each, texts as numbers of distinct strings.

use crate::memory::StringArena;
use std::ops::Range;
use std::sync::Arc;

/// Values of one type, of which some may be missing; a value costs its own size.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cells<T> {
    /// What is missing has the type's default here.
    values: Vec<T>,
    /// A bit for each missing value, as far as the last of them.
    missing: Vec<u64>,
}

impl<T: Copy + Default> Cells<T> {
    /// Number of values, missing ones too.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there is no value.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Makes room for `rows` more values.
    pub fn reserve(&mut self, rows: usize) {
        self.values.reserve_exact(rows);
    }

    /// Appends a value or a missing one.
    #[inline]
    pub fn push(&mut self, value: Option<T>) {
        if value.is_none() {
            let row = self.values.len();
            self.missing.resize(row / 64 + 1, 0);
            self.missing[row / 64] |= 1 << (row % 64);
        }
        self.values.push(value.unwrap_or_default());
    }

    /// The value at `row`, if it is not missing.
    #[inline]
    pub fn get(&self, row: usize) -> Option<T> {
        let is_missing = self.missing.get(row / 64).is_some_and(|bits| bits >> (row % 64) & 1 == 1);
        (!is_missing).then_some(self.values[row])
    }

    /// All values in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Option<T>> + '_ {
        (0..self.len()).map(|row| self.get(row))
    }

    /// The values of some rows.
    pub fn slice(&self, rows: Range<usize>) -> Vec<Option<T>> {
        rows.map(|row| self.get(row)).collect()
    }
}

impl<T: Copy + Default> FromIterator<Option<T>> for Cells<T> {
    fn from_iter<I: IntoIterator<Item = Option<T>>>(values: I) -> Self {
        let values = values.into_iter();
        let mut cells = Self { values: Vec::with_capacity(values.size_hint().0), missing: Vec::new() };
        values.for_each(|value| cells.push(value));
        cells
    }
}

/// Texts, of which some may be missing: the same term or group stands in many rows and is kept once.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    strings: Arc<StringArena>,
    codes: Vec<u32>,
}

/// The code of a missing text.
const MISSING: u32 = u32::MAX;

impl Texts {
    /// Texts by their positions in `strings`.
    pub fn of_codes(strings: Arc<StringArena>, codes: Vec<u32>) -> Self {
        debug_assert!(codes.iter().all(|&code| code == MISSING || (code as usize) < strings.len()));
        Self { strings, codes }
    }

    /// Number of texts, missing ones too.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// Makes room for `rows` more texts.
    pub fn reserve(&mut self, rows: usize) {
        self.codes.reserve_exact(rows);
    }

    /// Appends a text or a missing one.
    pub fn push(&mut self, text: Option<&str>) {
        let code = match (text, self.codes.last()) {
            (None, _) => MISSING,
            (Some(text), Some(&last)) if last != MISSING && self.strings.get(last) == text => last,
            (Some(text), _) => Arc::make_mut(&mut self.strings).push(text),
        };
        self.codes.push(code);
    }

    /// The text at `row`, if it is not missing.
    #[inline]
    pub fn get(&self, row: usize) -> Option<&str> {
        let code = self.codes[row];
        (code != MISSING).then(|| self.strings.get(code))
    }

    /// A number that rows share only if they have the same text or all lack one.
    #[inline]
    pub fn code(&self, row: usize) -> u32 {
        self.codes[row]
    }

    /// All texts in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Option<&str>> {
        (0..self.len()).map(|row| self.get(row))
    }

    /// The texts at `positions`, in that order.
    #[must_use]
    pub fn taken(&self, positions: &[usize]) -> Self {
        Self { strings: self.strings.clone(), codes: positions.iter().map(|&position| self.codes[position]).collect() }
    }
}

impl PartialEq for Texts {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<'a> FromIterator<Option<&'a str>> for Texts {
    fn from_iter<I: IntoIterator<Item = Option<&'a str>>>(texts: I) -> Self {
        let mut column = Self::default();
        texts.into_iter().for_each(|text| column.push(text));
        column
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::maths::RandomStream;

    #[test]
    fn cells_are_a_list_of_options() {
        let mut stream = RandomStream::new(8, 0);
        for one_in in [1, 2, 70, 1_000] {
            let values: Vec<Option<i64>> = (0..500).map(|row| (stream.below(one_in) > 0).then_some(row)).collect();
            let cells: Cells<i64> = values.iter().copied().collect();
            assert!(cells.iter().eq(values.iter().copied()));
            assert_eq!(cells.slice(100..200), values[100..200]);
        }
    }

    #[test]
    fn texts_are_a_list_of_options_and_equal_by_what_they_say() {
        let listed = [Some("a"), Some("a"), None, Some("a"), Some(""), None, Some("b")];
        let texts: Texts = listed.into_iter().collect();
        assert!(texts.iter().eq(listed));
        assert_eq!(texts.code(0), texts.code(1));
        let strings = Arc::new(["b", "", "a"].into_iter().collect::<StringArena>());
        assert_eq!(Texts::of_codes(strings, vec![2, 2, MISSING, 2, 1, MISSING, 0]), texts);
        assert!(texts.taken(&[6, 2]).iter().eq([Some("b"), None]));
    }
}
