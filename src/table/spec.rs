//! Descriptions of columns and tables: one row makes header, number format, column note, tool-tip, axis title and docs.

/// What a column holds and how it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Words.
    Text,
    /// A whole number.
    Integer,
    /// A number shown with this many decimals in pages and spreadsheets; files keep full precision.
    Decimal(u8),
    /// A share between 0 and 1, shown as a percentage.
    Share,
    /// A probability, shown with few significant digits ("< 0.001").
    Probability,
    /// A day.
    Date,
    /// Yes or no.
    Boolean,
}

/// A column: the same name has the same meaning and denominator everywhere.
#[derive(Debug, PartialEq, Eq)]
pub struct ColumnSpec {
    /// Name in files: lower case with underscores.
    pub name: &'static str,
    /// Heading for people.
    pub heading: &'static str,
    /// What it holds.
    pub kind: ColumnKind,
    /// The unit in words ("per million words", "documents"); empty for texts.
    pub unit: &'static str,
    /// What it means, in one or two sentences, with the denominator.
    pub meaning: &'static str,
    /// Where the formula is from; empty for plain counts.
    pub source: &'static str,
}

/// A table: its columns and what a row is.
#[derive(Debug)]
pub struct TableSpec {
    /// File name without extension, e.g. `keyness`.
    pub name: &'static str,
    /// Title for people.
    pub title: &'static str,
    /// What a row is and what the table is for.
    pub summary: &'static str,
    /// The rule by which rows are ordered, in words.
    pub order: &'static str,
    /// The columns in order.
    pub columns: &'static [&'static ColumnSpec],
}

impl TableSpec {
    /// The position of the column called `name`.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}
