//! Places in the texts: what stands around a word that a number counts. Sentences and pages show them as evidence.

/// One place in a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Context {
    /// The document's id.
    pub document: String,
    /// Its title; empty if it has none.
    pub title: String,
    /// Its group, if it has one.
    pub group: Option<String>,
    /// Its day, if known: days since 1970-01-01.
    pub date: Option<i32>,
    /// What stands before.
    pub before: String,
    /// What is marked.
    pub word: String,
    /// What stands after.
    pub after: String,
}

/// Places in the texts for one row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowContexts {
    /// The table's name.
    pub table: &'static str,
    /// The row.
    pub row: usize,
    /// The places, at most ten are shown.
    pub contexts: Vec<Context>,
}

/// Words by group, to be explored as a scatter of any two groups, with passages that hold them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Explorer {
    /// The groups, at least two.
    pub groups: Vec<ExplorerGroup>,
    /// The groups shown first, as positions in `groups`.
    pub start: (usize, usize),
    /// The words, the most telling first.
    pub terms: Vec<ExplorerTerm>,
    /// The documents that passages come from.
    pub documents: Vec<ExplorerDocument>,
    /// Passages: each serves all words that point into it, so that the page holds it once.
    pub passages: Vec<ExplorerPassage>,
    /// What is shown and what is not, for the reader: a sentence each.
    pub notes: Vec<String>,
}

/// A group of the explorer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExplorerGroup {
    /// Its name.
    pub name: String,
    /// Its words, the denominator of rates.
    pub words: u64,
    /// Its documents.
    pub documents: u64,
    /// Its colour in the charts on light and on dark ground, `#rrggbb`; empty for none.
    pub colours: (String, String),
}

/// A word of the explorer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExplorerTerm {
    /// The word.
    pub term: String,
    /// Occurrences, one number a group.
    pub counts: Vec<u64>,
    /// Documents that hold it, one number a group.
    pub documents: Vec<u64>,
    /// Where it stands, in the order in which places are shown.
    pub places: Vec<ExplorerPlace>,
}

/// A document of the explorer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExplorerDocument {
    /// Its id.
    pub id: String,
    /// Its title; empty if it has none.
    pub title: String,
    /// Position of its group in the explorer's groups.
    pub group: usize,
    /// Its day, if known: days since 1970-01-01.
    pub date: Option<i32>,
}

/// A passage of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExplorerPassage {
    /// Position of its document in the explorer's documents.
    pub document: usize,
    /// The text.
    pub text: String,
}

/// A word in a passage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ExplorerPlace {
    /// Position in the explorer's passages.
    pub passage: usize,
    /// First byte of the word in the passage's text.
    pub start: usize,
    /// Byte after its last.
    pub end: usize,
}
