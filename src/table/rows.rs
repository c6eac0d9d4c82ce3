//! A table: a specification and its columns.

use super::column::{Column, Value};
use super::spec::TableSpec;

/// Columns that follow a `TableSpec`.
#[derive(Debug, Clone)]
pub struct Table {
    /// What the columns are.
    pub spec: &'static TableSpec,
    /// The values, in the order of `spec.columns`.
    pub columns: Vec<Column>,
    /// Rows that the default filter left out (see `--all`); 0 if there is none.
    pub hidden_rows: usize,
    /// Remarks for readers: the filter, the number of tests, why something is missing.
    pub notes: Vec<String>,
}

impl Table {
    /// An empty table.
    pub fn new(spec: &'static TableSpec) -> Self {
        TableBuilder::new(spec).finish()
    }

    /// A table of whole columns, equally long and in the order of `spec.columns`.
    pub fn of_columns(spec: &'static TableSpec, columns: Vec<Column>) -> Self {
        debug_assert!(columns.len() == spec.columns.len() && columns.windows(2).all(|pair| pair[0].len() == pair[1].len()));
        Self { spec, columns, hidden_rows: 0, notes: Vec::new() }
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, Column::len)
    }

    /// The column called `name`, if the specification has it.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.spec.position(name).map(|position| &self.columns[position])
    }

    /// The cell of `column` at `row`; missing if there is no such column.
    pub fn value(&self, column: &str, row: usize) -> Value {
        self.column(column).map_or(Value::Missing, |values| values.value(row))
    }

    /// The number of `column` at `row`, if it has one.
    pub fn number(&self, column: &str, row: usize) -> Option<f64> {
        self.column(column).and_then(|values| values.number(row))
    }

    /// The text of `column` at `row`, if it has one.
    pub fn text(&self, column: &str, row: usize) -> Option<&str> {
        self.column(column).and_then(|values| values.text(row))
    }

    /// A table of the rows at `positions`, in that order.
    #[must_use]
    pub fn taken(&self, positions: &[usize]) -> Self {
        Self {
            spec: self.spec,
            columns: self.columns.iter().map(|column| column.taken(positions)).collect(),
            hidden_rows: self.hidden_rows,
            notes: self.notes.clone(),
        }
    }

    /// Adds a remark for readers.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }
}

/// Builds a table row by row.
#[derive(Debug)]
pub struct TableBuilder {
    table: Table,
}

impl TableBuilder {
    /// Starts a table for `spec`.
    pub fn new(spec: &'static TableSpec) -> Self {
        let columns = spec.columns.iter().map(|column| Column::for_kind(column.kind)).collect();
        Self { table: Table { spec, columns, hidden_rows: 0, notes: Vec::new() } }
    }

    /// Starts a table for `spec` that will have `rows` rows.
    pub fn with_rows(spec: &'static TableSpec, rows: usize) -> Self {
        let mut builder = Self::new(spec);
        builder.table.columns.iter_mut().for_each(|column| column.reserve(rows));
        builder
    }

    /// Appends a row; one value a column, in the specification's order.
    pub fn row<const N: usize>(&mut self, values: [Value; N]) {
        debug_assert_eq!(N, self.table.columns.len(), "a row of table {} has the wrong length", self.table.spec.name);
        for (column, value) in self.table.columns.iter_mut().zip(values) {
            column.push(value);
        }
    }

    /// The finished table.
    pub fn finish(self) -> Table {
        self.table
    }
}
