//! CSV and TSV after RFC 4180, for machines and spreadsheets at once.
//!
//! - UTF-8; LF ends a line, or CRLF (RFC 4180's own choice) with a byte order mark for Excel.
//! - Numbers have the fewest digits that read back as the same number; a text is never written as a number.
//! - A text cell that a spreadsheet would run as a formula gets a leading apostrophe; see [`harmless`].
//! - Control characters are U+FFFD; tabs and line ends inside a cell stay and are quoted. No cell is shortened.
//! - A missing value is an empty cell, an empty text is `""`.
//!
//! Written by hand, since `csv::Writer` can't quote one cell and not the next; the tests read it with `csv`.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::ops::Range;

use super::ExportOptions;
use crate::maths::in_waves;
use crate::table::format::{iso_date, printable};
use crate::table::{Column, Table};

const BYTE_ORDER_MARK: &str = "\u{FEFF}";

/// Rows that one task formats.
const CHUNK: usize = 4096;
/// Chunks that are held in memory at once, some eight megabytes: threads wait for each other between waves.
const WAVE: usize = 32;

pub(super) fn write(table: &Table, delimiter: char, options: &ExportOptions, out: &mut dyn Write) -> io::Result<()> {
    let line_end = if options.excel { "\r\n" } else { "\n" };
    let mut line = String::new();
    if options.excel {
        line.push_str(BYTE_ORDER_MARK);
    }
    for (position, column) in table.spec.columns.iter().enumerate() {
        if position > 0 {
            line.push(delimiter);
        }
        push_text(&mut line, column.name, delimiter);
    }
    line.push_str(line_end);
    out.write_all(line.as_bytes())?;
    // Rows are formatted on the run's threads, a bounded number of chunks at a time, and written in order.
    let format = |chunk: usize| {
        let first = chunk * CHUNK;
        let mut rows = Rows::new(table, delimiter, options.decimal_comma);
        (first..table.rows().min(first + CHUNK)).for_each(|row| rows.push(row, line_end));
        rows.text
    };
    in_waves(table.rows().div_ceil(CHUNK), WAVE, format, |lines| out.write_all(lines.as_bytes()))?;
    out.flush()
}

/// Rows as they are written, with where the last cell of each column stands: what a column repeats is copied.
struct Rows<'a> {
    table: &'a Table,
    delimiter: char,
    decimal_comma: bool,
    text: String,
    last: Vec<Last>,
}

/// The last cell of a column that was not empty: what it held and where it was written.
#[derive(Clone, Default)]
struct Last {
    key: Option<u64>,
    place: Range<usize>,
}

impl<'a> Rows<'a> {
    fn new(table: &'a Table, delimiter: char, decimal_comma: bool) -> Self {
        let last = vec![Last::default(); table.columns.len()];
        Self { table, delimiter, decimal_comma, text: String::with_capacity(CHUNK * 64), last }
    }

    fn push(&mut self, row: usize, line_end: &str) {
        let start = self.text.len();
        let table = self.table;
        for (position, column) in table.columns.iter().enumerate() {
            if position > 0 {
                self.text.push(self.delimiter);
            }
            match column {
                Column::Text(texts) => {
                    let key = u64::from(texts.code(row));
                    self.push_once(position, key, |rows| {
                        if let Some(text) = texts.get(row) {
                            push_text_cell(&mut rows.text, text, rows.delimiter);
                        }
                    });
                }
                Column::Integer(numbers) => {
                    if let Some(number) = numbers.get(row) {
                        self.text.push_str(itoa::Buffer::new().format(number));
                    }
                }
                Column::Number(numbers) => {
                    if let Some(number) = numbers.get(row) {
                        self.push_once(position, number.to_bits(), |rows| rows.push_number(number));
                    }
                }
                Column::Date(days) => {
                    if let Some(day) = days.get(row) {
                        self.text.push_str(&iso_date(day));
                    }
                }
                Column::Boolean(values) => {
                    if let Some(truth) = values.get(row) {
                        self.text.push_str(if truth { "true" } else { "false" });
                    }
                }
            }
        }
        // A blank line would be no record to most readers.
        if self.text.len() == start {
            self.text.push_str("\"\"");
        }
        self.text.push_str(line_end);
    }

    /// Copies the column's last cell if it held the same, else writes it.
    #[inline]
    fn push_once(&mut self, position: usize, key: u64, write: impl FnOnce(&mut Self)) {
        if self.last[position].key == Some(key) {
            self.text.extend_from_within(self.last[position].place.clone());
        } else {
            let start = self.text.len();
            write(self);
            self.last[position] = Last { key: Some(key), place: start..self.text.len() };
        }
    }

    fn push_number(&mut self, number: f64) {
        // Only a TSV or a `;` file can hold a decimal comma bare.
        if self.decimal_comma {
            self.text.push_str(&shortest(number).replace('.', ","));
        } else {
            push_shortest(&mut self.text, number);
        }
    }
}

fn push_text_cell(lines: &mut String, text: &str, delimiter: char) {
    if is_plain(text) {
        lines.push_str(text);
    } else {
        push_text(lines, &harmless(&printable(text)), delimiter);
    }
}

/// Whether a text is plainly a word, so that nothing about it needs a closer look: most cells are.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.first().is_some_and(u8::is_ascii_alphabetic)
        && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
        // No longer word reads as a number.
        && (bytes.len() > 5 || !reads_as_number(text))
}

/// The fewest digits that read back as the same number, with an exponent for the very large and small; zero has no sign.
pub(super) fn shortest(number: f64) -> String {
    let mut text = String::new();
    push_shortest(&mut text, number);
    text
}

fn push_shortest(text: &mut String, number: f64) {
    if number == 0.0 {
        text.push_str("0.0");
    } else if (1e-4..1e15).contains(&number.abs()) {
        text.push_str(zmij::Buffer::new().format_finite(number));
    } else {
        // Writing to a String can't fail.
        let _ = write!(text, "{number:?}");
    }
}

fn push_text(line: &mut String, text: &str, delimiter: char) {
    let needs_quotes = text.is_empty()
        || text.contains(['"', '\n', '\r', delimiter])
        || text.starts_with([' ', '\u{FEFF}'])
        || text.ends_with(' ')
        || reads_as_number(text);
    if needs_quotes {
        line.push('"');
        line.push_str(&text.replace('"', "\"\""));
        line.push('"');
    } else {
        line.push_str(text);
    }
}

/// Whether a reader that honours "quoted field as text" needs the quotes to keep `007`, `1e5`, `3/4` or `TRUE` a text.
fn reads_as_number(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit() || first == '.')
        || ["true", "false", "inf", "nan", "null", "na"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// `text` with an apostrophe before it when a spreadsheet could take it for a formula.
///
/// That is when it begins with `=`, `+`, `-`, `@` (also their full-width forms), a tab, CR or LF, or with apostrophes and
/// then one of those; so the text is had back by taking one apostrophe from every cell that begins with apostrophes and
/// one of those. OWASP, "CSV Injection".
pub(super) fn harmless(text: &str) -> Cow<'_, str> {
    let first = text.trim_start_matches('\'').chars().next();
    match first {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠') => Cow::Owned(format!("'{text}")),
        _ => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::samples::{ONE_COLUMN, TEXTS, hostile};
    use crate::maths::RandomStream;
    use crate::table::{TableBuilder, Value};

    fn written(table: &Table, delimiter: char, options: &ExportOptions) -> String {
        let mut out = Vec::new();
        write(table, delimiter, options, &mut out).expect("written to memory");
        String::from_utf8(out).expect("UTF-8")
    }

    fn records(text: &str, delimiter: u8) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).from_reader(text.as_bytes());
        reader.records().map(|record| record.expect("RFC 4180").iter().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn the_csv_crate_reads_back_every_value() {
        let table = hostile();
        for (delimiter, excel, decimal_comma) in [(',', false, false), ('\t', true, false), (';', true, true), ('\t', false, true)] {
            let options = ExportOptions { excel, decimal_comma, ..ExportOptions::default() };
            let text = written(&table, delimiter, &options);
            let text = if excel { text.strip_prefix(BYTE_ORDER_MARK).expect("a byte order mark") } else { &text };
            let records = records(text, delimiter as u8);
            assert_eq!(records[0], ["term", "count", "per_million", "document_share", "p_value", "date", "is_stop"]);
            assert_eq!(records.len(), TEXTS.len() + 2);
            for (row, record) in records[1..=TEXTS.len()].iter().enumerate() {
                assert_eq!(unguarded(&record[0]), printable(TEXTS[row]), "row {row}");
                assert_eq!(record[1].parse(), Ok(row as i64 * 12_345 - 20_000));
                for (cell, column) in record.iter().zip(&table.columns).skip(2).take(3) {
                    let number: f64 = cell.replace(',', ".").parse().expect("a number");
                    assert_eq!(Some(number), column.number(row));
                }
                assert_eq!(record[6], if row % 2 == 0 { "true" } else { "false" });
            }
            assert_eq!(records[1][5], "2026-02-16");
            assert!(records[TEXTS.len() + 1].iter().all(String::is_empty));
        }
    }

    fn unguarded(cell: &str) -> &str {
        match cell.strip_prefix('\'') {
            Some(rest) if harmless(rest) != rest => rest,
            _ => cell,
        }
    }

    #[test]
    fn no_text_cell_begins_like_a_formula_and_no_number_is_touched() {
        let text = written(&hostile(), ',', &ExportOptions::default());
        for record in &records(&text, b',')[1..] {
            let first = record[0].trim_start().chars().next().unwrap_or('a');
            assert!(!"=+-@＝".contains(first) && !record[0].starts_with(['\t', '\r', '\n']), "{:?}", record[0]);
        }
        assert!(text.contains("'=1+1,-20000,-1.5,"), "{text}");
        assert!(text.contains("\n''=quoted already,") && text.contains("\n'tis,"));
        assert!(!text.contains('\0') && !text.contains('\u{1b}'));
    }

    #[test]
    fn numbers_read_back_and_are_as_short_as_the_standard_librarys() {
        let mut stream = RandomStream::new(14, 0);
        // Of two equally near numbers of as many digits either may be printed, so the digits themselves may differ.
        let check = |number: f64| {
            let text = shortest(number);
            assert_eq!(text.parse(), Ok(number));
            assert_eq!(text.len(), format!("{number:?}").len(), "{text}");
        };
        for _ in 0..100_000 {
            let (part, whole) = (f64::from(stream.below(u32::MAX)), f64::from(1 + stream.below(1_000_000)));
            // Rates, shares, and numbers of every size.
            check(part / whole);
            check(whole * 1e6 / (whole + part));
            let bits = (u64::from(stream.below(u32::MAX)) << 32) | u64::from(stream.below(u32::MAX));
            let any = f64::from_bits(bits);
            if any.is_finite() && any != 0.0 {
                check(any);
                check(-any);
            }
        }
        [1e-5, 1e-4, 0.001, 1.0, 1e15, 1e16, 1e17, 123_456_789_012_345.6, f64::MIN_POSITIVE].into_iter().for_each(check);
        assert_eq!((shortest(0.0), shortest(-0.0)), ("0.0".to_owned(), "0.0".to_owned()));
    }

    #[test]
    fn excel_gets_a_byte_order_mark_and_crlf() {
        let mut builder = TableBuilder::new(&ONE_COLUMN);
        builder.row(["one".into()]);
        let options = ExportOptions { excel: true, ..ExportOptions::default() };
        assert_eq!(written(&builder.finish(), ',', &options), "\u{FEFF}term\r\none\r\n");
    }

    #[test]
    fn a_lone_missing_cell_stays_a_record_and_an_empty_text_differs_from_missing() {
        let mut table = hostile().taken(&[0]);
        table.columns[0] = Column::Text([Some("")].into_iter().collect());
        assert!(written(&table, ',', &ExportOptions::default()).contains("\n\"\",-20000"));
        let mut builder = TableBuilder::new(&ONE_COLUMN);
        builder.row([Value::Missing]);
        builder.row(["last".into()]);
        assert_eq!(records(&written(&builder.finish(), ',', &ExportOptions::default()), b',').len(), 3);
    }
}
