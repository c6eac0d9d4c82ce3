//! Tables as files: CSV, TSV, JSON, JSON Lines, Parquet, Markdown, a terminal table, and one workbook of many tables.
//!
//! Comes in: a `Table` (and, for the workbook, a cover and pictures). Goes out: bytes, the same on every machine. Not
//! here: choosing rows, computing a value, opening a file.

mod delimited;
mod dictionary;
mod json;
mod markdown;
mod parquet;
#[cfg(test)]
pub(crate) mod samples;
mod sheet;
mod terminal;
mod workbook;

pub use dictionary::{columns_csv, dictionary_csv};
pub use workbook::{Picture, Workbook, workbook};

use std::io::Write;

use crate::error::{Error, Result, nearest};
use crate::table::Table;

/// The forms in which one table can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFormat {
    /// RFC 4180, full precision, dangerous texts made harmless.
    Csv,
    /// The same with tabs between cells.
    Tsv,
    /// One object: name, columns with their meaning, rows as objects.
    Json,
    /// One object a row and line.
    JsonLines,
    /// Parquet; the columns' meaning stands in the Arrow schema's field metadata.
    Parquet,
    /// A GitHub table, formatted for people.
    Markdown,
    /// A workbook of this one table, with a cover.
    Workbook,
    /// Aligned text for a terminal, formatted for people.
    Terminal,
}

/// The formats with the names that users type, in the order of the help.
pub static FORMATS: &[(&str, TableFormat)] = &[
    ("csv", TableFormat::Csv),
    ("tsv", TableFormat::Tsv),
    ("json", TableFormat::Json),
    ("jsonl", TableFormat::JsonLines),
    ("parquet", TableFormat::Parquet),
    ("markdown", TableFormat::Markdown),
    ("xlsx", TableFormat::Workbook),
    ("table", TableFormat::Terminal),
];

impl TableFormat {
    /// The format called `name`.
    ///
    /// # Errors
    /// A usage error with the nearest name as hint when there is no such format.
    pub fn named(name: &str) -> Result<Self> {
        if let Some((_, format)) = FORMATS.iter().find(|(known, _)| *known == name) {
            return Ok(*format);
        }
        let names: Vec<&str> = FORMATS.iter().map(|(known, _)| *known).collect();
        let error = Error::usage(format!("there is no format `{name}`"));
        Err(match nearest(name, names.iter().copied()) {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error.hint(format!("the formats are {}", names.join(", "))),
        })
    }

    /// The extension of its files, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Json => "json",
            Self::JsonLines => "jsonl",
            Self::Parquet => "parquet",
            Self::Markdown => "md",
            Self::Workbook => "xlsx",
            Self::Terminal => "txt",
        }
    }
}

/// Choices that change how a table is written, never what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExportOptions {
    /// CSV and TSV for Excel: a byte order mark, and CRLF for line ends.
    pub excel: bool,
    /// CSV and TSV with a decimal comma; a CSV then has `;` between cells.
    pub decimal_comma: bool,
    /// Width of the terminal table in columns; a table that can't be made so narrow leaves columns out and says so.
    pub width: usize,
    /// Most rows of the terminal and Markdown tables, which say how many they left out; `None` for all.
    pub rows: Option<usize>,
}

impl Default for ExportOptions {
    fn default() -> Self {
        Self { excel: false, decimal_comma: false, width: 100, rows: None }
    }
}

/// Writes `table` to `out` in `format`.
///
/// # Errors
/// An output error when `out` refuses a write.
pub fn write_table(table: &Table, format: TableFormat, options: &ExportOptions, out: &mut dyn Write) -> Result<()> {
    let written = match format {
        TableFormat::Csv => delimited::write(table, if options.decimal_comma { ';' } else { ',' }, options, out),
        TableFormat::Tsv => delimited::write(table, '\t', options, out),
        TableFormat::Json => json::write(table, out),
        TableFormat::JsonLines => json::write_lines(table, out),
        TableFormat::Markdown => markdown::write(table, options.rows, out),
        TableFormat::Terminal => terminal::write(table, options, out),
        TableFormat::Parquet => return parquet::write(table, out),
        TableFormat::Workbook => {
            let content = Workbook { title: table.spec.title.to_owned(), tables: vec![table], ..Workbook::default() };
            out.write_all(&workbook(&content)?)
        }
    };
    written.map_err(|error| Error::output(format!("can't write table `{}`: {error}", table.spec.name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_found_by_name_and_slips_get_a_hint() {
        assert_eq!(TableFormat::named("parquet"), Ok(TableFormat::Parquet));
        let error = TableFormat::named("parqet").expect_err("a slip");
        assert_eq!((error.exit_code(), error.hint_text()), (2, Some("did you mean `parquet`?")));
    }

    #[test]
    fn every_format_writes_every_table_and_the_same_bytes_twice() {
        for (name, format) in FORMATS {
            for table in [samples::hostile(), Table::new(&samples::SPEC), Table::new(&samples::ONE_COLUMN)] {
                let bytes = || {
                    let mut out = Vec::new();
                    write_table(&table, *format, &ExportOptions::default(), &mut out).expect("written");
                    out
                };
                assert_eq!(bytes(), bytes(), "{name}");
                assert!(!bytes().is_empty() || *format == TableFormat::JsonLines, "{name}");
            }
        }
    }

    #[test]
    fn a_writer_that_refuses_gives_an_error_with_the_tables_name() {
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
                Err(std::io::Error::other("disk full"))
            }
            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }
        for (name, format) in FORMATS {
            let error = write_table(&samples::hostile(), *format, &ExportOptions::default(), &mut Full).expect_err(name);
            assert!(error.to_string().contains("`terms`") && error.to_string().contains("disk full"), "{error}");
        }
    }
}
