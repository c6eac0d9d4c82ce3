//! Writes a table of everything that breaks spreadsheets in every format, for `scripts/office/check_spreadsheets.py`:
//! `cargo run --example hostile_tables -- FOLDER`.

use std::fs;
use std::path::Path;

use headword::error::{Error, Result};
use headword::export::{ExportOptions, TableFormat, Workbook, workbook, write_table};
use headword::table::glossary::{COUNT, DATE, DOCUMENT_SHARE, P_VALUE, PER_MILLION, TERM};
use headword::table::{Table, TableBuilder, TableSpec, Value};

static SPEC: TableSpec = TableSpec {
    name: "hostile",
    title: "Hostile texts",
    summary: "A row a text that a careless writer changes or a careless reader runs.",
    order: "as listed",
    columns: &[&TERM, &COUNT, &PER_MILLION, &DOCUMENT_SHARE, &P_VALUE, &DATE],
};

static TEXTS: &[&str] = &[
    "=1+1",
    "=HYPERLINK(\"http://example.org\";\"x\")",
    "=cmd|' /C calc'!A0",
    "+49 30 1234",
    "-5 degrees",
    "-1",
    "@SUM(A1)",
    "\tindented",
    "\rreturned",
    "\nbelow",
    "'=quoted already",
    "'tis",
    "say \"no\", then go; or stay",
    "two\nlines",
    "windows\r\nlines",
    "tab\tinside",
    "nul\0inside",
    "\u{1b}[31mred\u{1b}[0m",
    "😀 naïve Ελλάδα 東京 שלום مرحبا e\u{301}",
    "007",
    "12345678901234567890",
    "1e5",
    "3/4",
    "2026-03-04",
    "TRUE",
    "12,5",
    "50%",
    "_x0041_",
    " padded ",
    "http://example.org/?a=1&b=2",
    "</text:p><x/>",
];

fn table() -> Table {
    let mut builder = TableBuilder::new(&SPEC);
    let numbers = [-1.5, 0.1 + 0.2, 1e-7, 1.0, 12_345.678_901_234_567, -0.0, 1e21, -987_654.321];
    let long = "long ".repeat(8_000);
    for (index, text) in TEXTS.iter().copied().chain([long.as_str()]).enumerate() {
        builder.row([
            text.into(),
            (index as i64 * 12_345 - 20_000).into(),
            numbers[index % numbers.len()].into(),
            (index as f64 / 40.0).into(),
            (0.1 / (1.0 + (index * index * index) as f64)).into(),
            Value::Date(20_500 + index as i32),
        ]);
    }
    builder.row([Value::Missing, Value::Missing, Value::Missing, Value::Missing, Value::Missing, Value::Missing]);
    builder.finish()
}

fn main() -> Result<()> {
    let folder = std::env::args().nth(1).ok_or_else(|| Error::usage("no folder to write into"))?;
    let written = |name: &str, bytes: &[u8]| {
        fs::write(Path::new(&folder).join(name), bytes).map_err(|error| Error::output(format!("can't write `{name}`: {error}")))
    };
    let table = table();
    let plain = ExportOptions::default();
    let excel = ExportOptions { excel: true, ..plain };
    let comma = ExportOptions { decimal_comma: true, ..excel };
    let files = [
        ("hostile.csv", TableFormat::Csv, plain),
        ("hostile_excel.csv", TableFormat::Csv, excel),
        ("hostile_comma.csv", TableFormat::Csv, comma),
        ("hostile.tsv", TableFormat::Tsv, plain),
        ("hostile.json", TableFormat::Json, plain),
        ("hostile.parquet", TableFormat::Parquet, plain),
    ];
    for (name, format, options) in files {
        let mut bytes = Vec::new();
        write_table(&table, format, &options, &mut bytes)?;
        written(name, &bytes)?;
    }
    let book = Workbook {
        title: "=1+1".to_owned(),
        cover: vec![("Corpus".to_owned(), "@SUM(1)".to_owned())],
        tables: vec![&table],
        pictures: Vec::new(),
    };
    written("hostile.xlsx", &workbook(&book)?)
}
