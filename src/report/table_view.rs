//! Tables for the page: their first rows and the rows that findings cite, formatted and ready to sort.

use serde::Serialize;

use super::inline::{Part, parts};
use super::view::slug;
use crate::table::format::{decimal, display, grouped_integer, printable};
use crate::table::{ColumnKind, ColumnSpec, Table, Value};

/// Rows of a table that the page shows from its start.
pub(super) const FIRST_ROWS: usize = 500;
/// Bytes of a page that tables, charts and the explorer may take together; texts and notes need the rest of the 5 MB.
const BYTES_A_PAGE: usize = 4_300_000;
/// Bytes of a cell with its markup, on average over reports.
const BYTES_A_CELL: usize = 34;
/// Cells that all tables of a page may show together, about 2 MB of HTML; larger pages show fewer rows a table.
const CELLS_A_PAGE: usize = 60_000;
/// Rows that even a table of a very large page shows.
pub(super) const FEWEST_ROWS: usize = 50;
/// Longer texts are cut in the page; the files have them whole.
const LONGEST_TEXT: usize = 280;
/// Characters of a cell that stay on one line.
const LONGEST_LINE: usize = 32;

#[derive(Serialize)]
pub(super) struct TableView {
    id: String,
    name: &'static str,
    title: &'static str,
    summary: Vec<Part>,
    notes: Vec<Vec<Part>>,
    columns: Vec<HeaderView>,
    rows: Vec<RowView>,
    extent: String,
    is_empty: bool,
}

#[derive(Serialize)]
struct HeaderView {
    heading: &'static str,
    unit: &'static str,
    tip: String,
    /// `number`, `text` or `date`: how the script sorts.
    kind: &'static str,
}

#[derive(Serialize)]
struct RowView {
    id: String,
    cells: Vec<CellView>,
}

#[derive(Serialize)]
struct CellView {
    is_number: bool,
    /// Whether the text may be broken into lines: names and words stay whole, titles do not.
    is_long: bool,
    text: String,
    /// The exact value where the text does not say it.
    sort: Option<String>,
}

/// The id of row `row` (from 0) of table `name` in the page; ids count from 1, as the rows of the CSV do.
pub(super) fn row_id(name: &str, row: usize) -> String {
    format!("{}-row-{}", slug(name), row + 1)
}

/// How many first rows each table may show so that the page stays light, when pictures take `other_bytes` of it.
pub(super) fn rows_a_table(tables: &[&Table], other_bytes: usize) -> usize {
    let most = CELLS_A_PAGE.min(BYTES_A_PAGE.saturating_sub(other_bytes) / BYTES_A_CELL);
    let cells = |rows: usize| tables.iter().map(|table| table.rows().min(rows) * table.columns.len()).sum::<usize>();
    let mut rows = FIRST_ROWS;
    while rows > FEWEST_ROWS && cells(rows) > most {
        rows -= 10;
    }
    rows
}

/// The rows that the page shows: the first `limit`, and those of `cited` further down.
pub(super) fn shown_rows(table: &Table, limit: usize, cited: &[usize]) -> Vec<usize> {
    let first = table.rows().min(limit);
    let mut rows: Vec<usize> = (0..first).collect();
    let mut further: Vec<usize> = cited.iter().copied().filter(|row| (first..table.rows()).contains(row)).collect();
    further.sort_unstable();
    further.dedup();
    rows.append(&mut further);
    rows
}

/// The view of `table` with the rows of `shown`.
pub(super) fn table_view(table: &Table, limit: usize, shown: &[usize]) -> TableView {
    let spec = table.spec;
    let rows = shown
        .iter()
        .map(|&row| RowView {
            id: row_id(spec.name, row),
            cells: spec.columns.iter().zip(&table.columns).map(|(spec, column)| cell(spec, &column.value(row))).collect(),
        })
        .collect();
    TableView {
        id: format!("table-{}", slug(spec.name)),
        name: spec.name,
        title: spec.title,
        summary: parts(spec.summary),
        notes: table.notes.iter().map(|note| parts(note)).collect(),
        columns: spec.columns.iter().map(|column| header(column)).collect(),
        rows,
        extent: extent(table, limit, shown.len()),
        is_empty: shown.is_empty(),
    }
}

fn header(spec: &'static ColumnSpec) -> HeaderView {
    let mut tip = spec.meaning.to_owned();
    for (name, text) in [("Unit", spec.unit), ("Source", spec.source)] {
        if !text.is_empty() {
            tip.push_str(&format!(" {name}: {text}."));
        }
    }
    let kind = match spec.kind {
        ColumnKind::Text | ColumnKind::Boolean => "text",
        ColumnKind::Date => "date",
        _ => "number",
    };
    // "Words" in the unit "words" need not say so twice.
    let is_said = spec.unit.to_lowercase().starts_with(&spec.heading.to_lowercase());
    HeaderView { heading: spec.heading, unit: if is_said { "" } else { spec.unit }, tip, kind }
}

fn cell(spec: &ColumnSpec, value: &Value) -> CellView {
    let text = display(value, spec.kind);
    match value {
        Value::Text(_) => {
            CellView { is_number: false, is_long: text.chars().count() > LONGEST_LINE, text: shortened(&printable(&text)), sort: None }
        }
        Value::Integer(_) => CellView { is_number: true, is_long: false, text: with_minus(&text), sort: None },
        Value::Number(number) => {
            let is_exact =
                matches!(spec.kind, ColumnKind::Decimal(decimals) if decimal(*number, decimals).replace(',', "").parse() == Ok(*number));
            CellView { is_number: true, is_long: false, text: with_minus(&text), sort: (!is_exact).then(|| sort_key(*number)) }
        }
        Value::Missing | Value::Date(_) | Value::Boolean(_) => CellView { is_number: false, is_long: false, text, sort: None },
    }
}

/// `number` with six significant digits: enough to sort by, short enough to repeat in every cell.
fn sort_key(number: f64) -> String {
    format!("{number:.5e}").parse::<f64>().map_or_else(|_| number.to_string(), |rounded| format!("{rounded:?}"))
}

/// A true minus, as wide as a digit, for the hyphen of a negative number.
fn with_minus(text: &str) -> String {
    text.replace('-', "−")
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST_TEXT) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// What is shown of how much: "All 40 rows", "The first 500 of 12,345 rows and 2 that findings cite".
fn extent(table: &Table, limit: usize, shown: usize) -> String {
    let count = |number: usize| grouped_integer(number as i64);
    let rows = table.rows();
    let mut text = match rows {
        0 => "No rows".to_owned(),
        1 => "One row".to_owned(),
        _ if shown == rows => format!("All {} rows", count(rows)),
        _ if shown > limit => {
            format!("The first {} of {} rows, and {} further down that findings cite", count(limit), count(rows), count(shown - limit))
        }
        _ => format!("The first {} of {} rows", count(shown), count(rows)),
    };
    text.push('.');
    if rows > 1 {
        text.push_str(&format!(" Order: {}.", table.spec.order.trim_end_matches('.')));
    }
    if table.hidden_rows > 0 {
        text.push_str(&format!(" {} more did not pass the filter; --all gives them.", count(table.hidden_rows)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::TableBuilder;
    use crate::table::TableSpec;
    use crate::table::glossary::{COUNT, DOCUMENT_SHARE, LOG_RATIO, P_VALUE, TERM};

    static SPEC: TableSpec = TableSpec {
        name: "keyness",
        title: "Keyness",
        summary: "A row a term.",
        order: "G², largest first.",
        columns: &[&TERM, &COUNT, &LOG_RATIO, &DOCUMENT_SHARE, &P_VALUE],
    };

    fn table(rows: usize) -> Table {
        let mut builder = TableBuilder::new(&SPEC);
        for row in 0..rows {
            builder.row(["term".into(), (row as i64 - 1_500).into(), (-0.25 * row as f64).into(), 0.12345.into(), 0.000_04.into()]);
        }
        builder.finish()
    }

    #[test]
    fn cells_say_what_people_read_and_keep_what_scripts_sort() {
        let table = table(3);
        let cells: Vec<CellView> = SPEC.columns.iter().zip(&table.columns).map(|(spec, column)| cell(spec, &column.value(1))).collect();
        let texts: Vec<&str> = cells.iter().map(|cell| cell.text.as_str()).collect();
        assert_eq!(texts, ["term", "−1,499", "−0.25", "12.3%", "< 0.001"]);
        let sorts: Vec<Option<&str>> = cells.iter().map(|cell| cell.sort.as_deref()).collect();
        assert_eq!(sorts, [None, None, None, Some("0.12345"), Some("4e-5")]);
    }

    #[test]
    fn cited_rows_beyond_the_first_are_shown_and_counted() {
        let table = table(2_000);
        let shown = shown_rows(&table, 500, &[1_234, 3, 900, 1_234, 5_000]);
        assert_eq!((shown.len(), &shown[499..]), (502, &[499, 900, 1_234][..]));
        let view = table_view(&table, 500, &shown);
        assert_eq!(view.extent, "The first 500 of 2,000 rows, and 2 further down that findings cite. Order: G², largest first.");
        assert_eq!(view.rows[501].id, "keyness-row-1235");
    }

    #[test]
    fn many_tables_share_the_pages_room() {
        let table = table(2_000);
        assert_eq!(rows_a_table(&[&table; 10], 0), 500);
        let rows = rows_a_table(&[&table; 60], 0);
        assert!((150..=200).contains(&rows), "{rows}");
        assert_eq!(rows_a_table(&[&table; 5_000], 0), FEWEST_ROWS);
        let beside_pictures = rows_a_table(&[&table; 60], 3_000_000);
        assert!((100..rows).contains(&beside_pictures), "{beside_pictures}");
        assert_eq!(rows_a_table(&[&table; 60], usize::MAX), FEWEST_ROWS);
    }

    #[test]
    fn long_texts_are_cut_at_a_character() {
        assert_eq!(shortened(&"é".repeat(400)).chars().count(), LONGEST_TEXT + 1);
        assert_eq!(shortened("short"), "short");
    }
}
