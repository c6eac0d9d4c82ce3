//! The one error that headword shows: what failed, where, and what to type instead.
//!
//! Comes in: a message, contexts added at borders, a hint. Goes out: text for people and an exit code for scripts.
//! Not here: bad rows of a corpus, which are counted rejects and no errors (see `corpus::Reject`).

use std::fmt;

/// What kind of thing went wrong; decides the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The command line is wrong: an unknown flag, verb or value.
    Usage,
    /// A configuration file or a parameter is wrong.
    Configuration,
    /// An input is missing, unreadable or not what it claims to be.
    Input,
    /// An output can't be written.
    Output,
    /// More rows were rejected than `--max-rejects` allows.
    TooManyRejects,
    /// The user pressed Ctrl-C.
    Interrupted,
    /// A broken promise inside headword; worth a bug report.
    Internal,
}

/// An error with its kind, message, contexts (innermost first) and hint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    contexts: Vec<String>,
    hint: Option<String>,
}

/// The result of everything that can fail.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// Makes an error of `kind` that says `message`.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), contexts: Vec::new(), hint: None }
    }

    /// A wrong command line.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Usage, message)
    }

    /// A wrong configuration or parameter.
    pub fn configuration(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Configuration, message)
    }

    /// An input that can't be used.
    pub fn input(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Input, message)
    }

    /// An output that can't be written.
    pub fn output(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Output, message)
    }

    /// A broken promise inside headword.
    pub fn internal(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Internal, message)
    }

    /// Adds where this happened, from the inside out.
    #[must_use]
    pub fn context(mut self, context: impl Into<String>) -> Self {
        self.contexts.push(context.into());
        self
    }

    /// Adds what to do or type instead.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The kind, for callers that react to it.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The hint, if there is one.
    pub fn hint_text(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// The process's exit code for this error: 1 failed, 2 usage or configuration, 3 too many rejects, 130 interrupted.
    pub fn exit_code(&self) -> u8 {
        match self.kind {
            ErrorKind::Usage | ErrorKind::Configuration => 2,
            ErrorKind::TooManyRejects => 3,
            ErrorKind::Interrupted => 130,
            ErrorKind::Input | ErrorKind::Output | ErrorKind::Internal => 1,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for context in self.contexts.iter().rev() {
            write!(formatter, "{context}: ")?;
        }
        write!(formatter, "{}", self.message)
    }
}

impl std::error::Error for Error {}

/// The candidate nearest to `typed` by edit distance, for "did you mean" hints; `None` when nothing is near.
pub fn nearest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| (edit_distance(&typed, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.chars().count() / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

fn edit_distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in right.iter().enumerate() {
            let substitution = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = substitution.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contexts_read_from_the_outside_in() {
        let error = Error::input("no such column").context("in `news.csv`").context("reading");
        assert_eq!(error.to_string(), "reading: in `news.csv`: no such column");
    }

    #[test]
    fn nearest_finds_a_slip_and_refuses_a_stranger() {
        assert_eq!(nearest("min-document", ["max-rows", "min-documents"]), Some("min-documents"));
        assert_eq!(nearest("zebra", ["outlet", "date"]), None);
    }
}
