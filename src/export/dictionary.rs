//! `NAME.columns.csv`: what each column of a table means, for those who get only the table.

use crate::table::{ColumnKind, Table, TableSpec};

/// The columns of `spec` as CSV: `column`, `heading`, `kind`, `unit`, `meaning`, `source`; one row a column, LF, UTF-8.
pub fn columns_csv(spec: &TableSpec) -> String {
    let mut text = String::from("column,heading,kind,unit,meaning,source\n");
    for column in spec.columns {
        let cells = [column.name, column.heading, kind_name(column.kind), column.unit, column.meaning, column.source];
        text.push_str(&cells.map(quoted).join(","));
        text.push('\n');
    }
    text
}

/// The columns of all `tables` as CSV: `table`, then as in [`columns_csv`]; one row a column, LF, UTF-8.
pub fn dictionary_csv(tables: &[&Table]) -> String {
    let mut text = String::from("table,column,heading,kind,unit,meaning,source\n");
    for table in tables {
        for line in columns_csv(table.spec).split_inclusive('\n').skip(1) {
            text.push_str(&quoted(table.spec.name));
            text.push(',');
            text.push_str(line);
        }
    }
    text
}

/// The kind in words for dictionaries and metadata.
pub(super) fn kind_name(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Text => "text",
        ColumnKind::Integer => "whole number",
        ColumnKind::Decimal(_) => "number",
        ColumnKind::Share => "share between 0 and 1",
        ColumnKind::Probability => "probability",
        ColumnKind::Date => "date (ISO 8601)",
        ColumnKind::Boolean => "true or false",
    }
}

fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use crate::export::samples::{ONE_COLUMN, SPEC};
    use crate::table::Table;

    #[test]
    fn a_dictionary_has_the_columns_of_all_tables() {
        let text = super::dictionary_csv(&[&Table::new(&SPEC), &Table::new(&ONE_COLUMN)]);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let tables: Vec<String> = reader.records().map(|record| record.expect("RFC 4180")[0].to_owned()).collect();
        assert_eq!(tables, [vec!["terms"; SPEC.columns.len()], vec!["names"]].concat());
    }

    #[test]
    fn the_csv_crate_reads_a_row_a_column() {
        let text = super::columns_csv(&SPEC);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let records: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("RFC 4180");
        assert_eq!(records.len(), SPEC.columns.len());
        for (record, column) in records.iter().zip(SPEC.columns) {
            assert_eq!((&record[0], &record[1], &record[3]), (column.name, column.heading, column.unit));
            assert_eq!((&record[4], &record[5]), (column.meaning, column.source));
        }
        assert_eq!(&records[2][2], "number");
    }
}
