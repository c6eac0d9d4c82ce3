//! What readers cut and workers parse.

/// Bytes of whole rows.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) bytes: Vec<u8>,
    /// Line in the file of the first row, from 1.
    pub(super) line: u64,
    /// Number of the first row, from 1, a header not counted.
    pub(super) row: u64,
    /// The byte that ends a line.
    pub(super) end: u8,
    /// A row that could not be cut.
    pub(super) bad: Option<BadRow>,
}

/// A row that a reader could not cut.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BadRow {
    pub(super) line: u64,
    pub(super) reason: String,
    pub(super) start: String,
}

impl BadRow {
    pub(super) fn new(line: u64, reason: String, bytes: &[u8]) -> Self {
        Self { line, reason, start: String::from_utf8_lossy(&bytes[..bytes.len().min(600)]).into_owned() }
    }
}
