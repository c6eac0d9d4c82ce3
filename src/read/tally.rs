//! What reading counted on the way, mergeable in batch order, and the sentences made from it.

use super::dates::DateReading;
use std::collections::BTreeMap;

/// Counters of one or more batches. Merge them in batch order: the examples kept are the first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadingTally {
    /// Documents read.
    pub documents: u64,
    /// Damaged bytes that became U+FFFD, those of rejected rows included.
    pub replaced_characters: u64,
    /// NUL characters that were dropped.
    pub dropped_nuls: u64,
    /// Documents without a date.
    pub undated: u64,
    /// Dates that could not be read.
    pub unreadable_dates: Examples,
    /// Dates whose day and month could be swapped while no order was stated.
    pub ambiguous_dates: Examples,
    /// Dates that were only a month or a year and were taken as its first day.
    pub partial_dates: Examples,
    /// Values left out because they were longer than `MAX_FIELD_BYTES`, by field.
    pub long_values: BTreeMap<String, u64>,
    /// Files by encoding, without plain UTF-8 and ASCII.
    pub encodings: BTreeMap<String, u64>,
    /// HTML pages where no main text was found, so that the whole visible text was taken.
    pub pages_without_main_text: u64,
    /// Lines of JSON that were mended (raw control characters, `NaN`, lone surrogates).
    pub mended_lines: u64,
    /// Table rows that found their row in the metadata file.
    pub metadata_matches: u64,
    /// Values of list or struct columns that were left out.
    pub nested_values: u64,
}

/// A count and the first thing counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Examples {
    /// How many there were.
    pub count: u64,
    /// The first of them; empty if there was none.
    pub first: String,
}

impl Examples {
    fn add(&mut self, example: &str) {
        if self.count == 0 {
            self.first = excerpt(example, 40);
        }
        self.count += 1;
    }

    fn merge(&mut self, later: Self) {
        if self.count == 0 {
            self.first = later.first;
        }
        self.count += later.count;
    }
}

impl ReadingTally {
    /// Adds a later batch's counts.
    pub fn merge(&mut self, later: Self) {
        self.documents += later.documents;
        self.replaced_characters += later.replaced_characters;
        self.dropped_nuls += later.dropped_nuls;
        self.undated += later.undated;
        self.unreadable_dates.merge(later.unreadable_dates);
        self.ambiguous_dates.merge(later.ambiguous_dates);
        self.partial_dates.merge(later.partial_dates);
        for (field, count) in later.long_values {
            *self.long_values.entry(field).or_default() += count;
        }
        for (encoding, count) in later.encodings {
            *self.encodings.entry(encoding).or_default() += count;
        }
        self.pages_without_main_text += later.pages_without_main_text;
        self.mended_lines += later.mended_lines;
        self.metadata_matches += later.metadata_matches;
        self.nested_values += later.nested_values;
    }

    /// Notes what `cell` said and returns the day.
    pub(super) fn note_date(&mut self, cell: &str, reading: DateReading) -> Option<i32> {
        match reading {
            DateReading::Day(day) => Some(day),
            DateReading::FirstOf(day) => {
                self.partial_dates.add(cell);
                Some(day)
            }
            DateReading::Ambiguous => {
                self.ambiguous_dates.add(cell);
                None
            }
            DateReading::Unreadable => {
                self.unreadable_dates.add(cell);
                None
            }
        }
    }

    /// Sentences for people about what was counted; nothing is said about what did not happen.
    pub fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        for (encoding, files) in &self.encodings {
            remarks.push(format!("encoding: {} read as {encoding}", plural(*files, "file")));
        }
        if self.replaced_characters > 0 {
            remarks.push(format!("{} became U+FFFD", plural(self.replaced_characters, "damaged byte sequence")));
        }
        if self.dropped_nuls > 0 {
            remarks.push(format!("{} dropped", plural(self.dropped_nuls, "NUL character")));
        }
        if self.mended_lines > 0 {
            remarks.push(format!(
                "{} of JSON mended (raw control characters, `NaN` or half surrogate pairs)",
                plural(self.mended_lines, "line")
            ));
        }
        if self.undated > 0 && self.documents > 0 {
            let verb = if self.undated == 1 { "has" } else { "have" };
            remarks.push(format!("{} of {} {verb} no date", self.undated, plural(self.documents, "document")));
        }
        if self.unreadable_dates.count > 0 {
            let dates = &self.unreadable_dates;
            remarks.push(format!("{} not understood and left missing, the first `{}`", plural(dates.count, "date"), dates.first));
        }
        if self.ambiguous_dates.count > 0 {
            let dates = &self.ambiguous_dates;
            remarks.push(format!(
                "{} left missing because day and month could be swapped, the first `{}`; state the order with `--date-order`",
                plural(dates.count, "date"),
                dates.first
            ));
        }
        if self.partial_dates.count > 0 {
            let dates = &self.partial_dates;
            remarks.push(format!("{} taken as the first day of a month or year, the first `{}`", plural(dates.count, "date"), dates.first));
        }
        for (field, values) in &self.long_values {
            remarks.push(format!("{} of `{field}` left out: longer than {} bytes", plural(*values, "value"), super::MAX_FIELD_BYTES));
        }
        if self.nested_values > 0 {
            remarks.push(format!("{} left out: neither text nor number", plural(self.nested_values, "nested value")));
        }
        if self.pages_without_main_text > 0 {
            remarks.push(format!(
                "{} without a main text that could be told apart: all visible text taken",
                plural(self.pages_without_main_text, "page")
            ));
        }
        remarks
    }
}

/// `1 file`, `2 files`.
pub(super) fn plural(count: u64, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// The first `characters` characters of `text` on one line, with control characters replaced by blanks.
pub(super) fn excerpt(text: &str, characters: usize) -> String {
    let mut shown: String = text.chars().take(characters).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(characters).is_some() {
        shown.pop();
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merging_keeps_the_first_example() {
        let mut first = ReadingTally::default();
        let mut second = ReadingTally::default();
        second.note_date("soon", DateReading::Unreadable);
        let mut third = ReadingTally::default();
        third.note_date("later", DateReading::Unreadable);
        first.merge(second);
        first.merge(third);
        assert_eq!(first.unreadable_dates, Examples { count: 2, first: "soon".into() });
        assert_eq!(first.remarks(), ["2 dates not understood and left missing, the first `soon`"]);
    }

    #[test]
    fn excerpts_are_short_and_on_one_line() {
        assert_eq!(excerpt("a\nb\tc\u{7}", 120), "a b c ");
        assert_eq!(excerpt("abcdef", 4), "abc…");
        assert_eq!(excerpt("äöü", 3), "äöü");
    }
}
