//! Distinct surfaces and terms, frozen: sorted by bytes, so that ids don't depend on arrival.

use super::ids::{NONE, TermId};
use super::tokens::TokenKind;
use crate::memory::{SparseRows, StringArena};

/// Distinct token forms.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surfaces {
    /// The forms, sorted by bytes.
    pub forms: StringArena,
    /// Kind of each form.
    pub kinds: Vec<TokenKind>,
    /// Occurrences of each form in the corpus.
    pub counts: Vec<u64>,
}

/// From surfaces to terms: lowercasing, stemming and stopping in one array.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folding {
    /// For each surface its term, or `NONE` for what is no term (punctuation, stop words where they are left out).
    pub term_of_surface: Vec<TermId>,
    /// Whether words that differ in case only are one term.
    pub lower_case: bool,
    /// What was done, in words, for reports: "lower case", "lower case, stems (eng)".
    pub description: String,
}

/// Distinct terms with their frequencies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vocabulary {
    /// The terms, sorted by bytes.
    pub terms: StringArena,
    /// For stems the most frequent surface in lower case, else empty: `terms` are shown as they are.
    pub displayed: StringArena,
    /// Whether each term is on the stop list.
    pub is_stop: Vec<bool>,
    /// Occurrences of each term in the corpus.
    pub counts: Vec<u64>,
    /// Documents that hold each term.
    pub documents: Vec<u32>,
}

impl Vocabulary {
    /// Terms with the frequencies that `columns` (terms × documents) give, shown as they are.
    pub fn of_columns(terms: StringArena, is_stop: Vec<bool>, columns: &SparseRows) -> Self {
        let counts = (0..columns.rows()).map(|term| columns.row(term).1.iter().map(|&count| u64::from(count)).sum()).collect();
        let documents = (0..columns.rows()).map(|term| columns.row(term).0.len() as u32).collect();
        Self { terms, displayed: StringArena::default(), is_stop, counts, documents }
    }

    /// How many terms there are.
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// Whether there is no term.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// What to show for `term`: the term, or for a stem its most frequent surface.
    pub fn label(&self, term: TermId) -> &str {
        if self.displayed.is_empty() { self.terms.get(term) } else { self.displayed.get(term) }
    }

    /// Whether `term` says something by itself: no function word, and with a letter in it.
    pub fn is_content(&self, term: TermId) -> bool {
        !self.is_stop[term as usize] && self.label(term).chars().any(char::is_alphabetic)
    }

    /// The id of `text`, by binary search.
    pub fn find(&self, text: &str) -> Option<TermId> {
        self.terms.find_sorted(text)
    }
}

impl Folding {
    /// The term of `surface`, if it is one.
    #[inline]
    pub fn term(&self, surface: u32) -> Option<TermId> {
        let term = self.term_of_surface[surface as usize];
        (term != NONE).then_some(term)
    }
}
