//! What can go wrong while files are read, models are decoded or training is set up.

use std::fmt;

/// An error with its place, if it has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaggerError {
    /// The file, empty if there is none.
    pub file: String,
    /// The line, counted from 1; 0 if there is none.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

impl TaggerError {
    /// An error without a place.
    pub fn new(message: impl Into<String>) -> Self {
        Self { file: String::new(), line: 0, message: message.into() }
    }

    /// An error in a file's line.
    pub fn at(file: impl Into<String>, line: usize, message: impl Into<String>) -> Self {
        Self { file: file.into(), line, message: message.into() }
    }
}

impl fmt::Display for TaggerError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.file.is_empty(), self.line) {
            (true, _) => write!(formatter, "{}", self.message),
            (false, 0) => write!(formatter, "{}: {}", self.file, self.message),
            (false, line) => write!(formatter, "{}:{line}: {}", self.file, self.message),
        }
    }
}

impl std::error::Error for TaggerError {}
