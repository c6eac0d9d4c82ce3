//! Findings: sentences worth reading first, each with its evidence.

/// A sentence with a number in it, and where the number stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The sentence, with number, unit and interval.
    pub sentence: String,
    /// How much it deserves to be read first: higher first; comparable across analyses, about 0 to 100.
    pub weight: f64,
    /// The table that holds the evidence.
    pub table: &'static str,
    /// The row of that table, if it is one row.
    pub row: Option<usize>,
}
