//! One table with everything that breaks writers, for the tests of all formats.

use crate::table::{ColumnKind, ColumnSpec, Table, TableBuilder, TableSpec, Value};

const fn column(name: &'static str, heading: &'static str, kind: ColumnKind, unit: &'static str) -> ColumnSpec {
    ColumnSpec { name, heading, kind, unit, meaning: "A column of the test, with \"quotes\" & <marks>.", source: "Nobody 1901" }
}

static TEXT: ColumnSpec = column("term", "Term", ColumnKind::Text, "");
static COUNT: ColumnSpec = column("count", "Count", ColumnKind::Integer, "occurrences");
static RATE: ColumnSpec = column("per_million", "Per million", ColumnKind::Decimal(1), "per million words");
static SHARE: ColumnSpec = column("document_share", "Share of documents", ColumnKind::Share, "share of documents");
static P: ColumnSpec = column("p_value", "p", ColumnKind::Probability, "probability");
static DAY: ColumnSpec = column("date", "Date", ColumnKind::Date, "");
static TRUTH: ColumnSpec = column("is_stop", "Stop word", ColumnKind::Boolean, "");

pub(crate) static SPEC: TableSpec = TableSpec {
    name: "terms",
    title: "Terms",
    summary: "One row a term.",
    order: "as given",
    columns: &[&TEXT, &COUNT, &RATE, &SHARE, &P, &DAY, &TRUTH],
};

pub(crate) static ONE_COLUMN: TableSpec =
    TableSpec { name: "names", title: "Names", summary: "One row a name.", order: "as given", columns: &[&TEXT] };

/// Texts that are dangerous, or that a careless writer changes.
pub(crate) static TEXTS: &[&str] = &[
    "=1+1",
    "+49 30 1234",
    "-5 degrees",
    "@SUM(A1)",
    "\tindented",
    "\rreturned",
    "\nbelow",
    "＝1+1",
    "'=quoted already",
    "'tis",
    "say \"no\", then go",
    "two\nlines",
    "windows\r\nlines",
    "tab\tinside",
    "nul\0inside",
    "\u{1b}[31mred\u{1b}[0m",
    "semi;colon",
    "pipe|and `tick` <b>&amp;</b>",
    "😀 naïve Ελλάδα 東京 שלום",
    "007",
    "12345678901234567890",
    "1e5",
    "3/4",
    "TRUE",
    "_x0041_",
    "",
    " padded ",
    "http://example.org/?a=1&b=2",
];

/// A row a text, with numbers that are hard to write.
pub(crate) fn hostile() -> Table {
    let mut builder = TableBuilder::new(&SPEC);
    let rates = [-1.5, 0.1 + 0.2, 1e-7, 1.0, 12345.678901234567, -0.0, 1e21, f64::MIN_POSITIVE];
    for (index, text) in TEXTS.iter().enumerate() {
        let rate = rates[index % rates.len()];
        builder.row([
            (*text).into(),
            (index as i64 * 12_345 - 20_000).into(),
            rate.into(),
            (index as f64 / 40.0).into(),
            (0.1_f64 / (1 + index * index * index) as f64).into(),
            Value::Date(20_500 + index as i32),
            index.is_multiple_of(2).into(),
        ]);
    }
    builder.row([Value::Missing, Value::Missing, Value::Missing, Value::Missing, Value::Missing, Value::Missing, Value::Missing]);
    builder.finish()
}
