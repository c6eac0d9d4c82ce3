//! One column a field of all documents.

use super::ids::NONE;

/// A metadata field: distinct values and each document's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The field's name in lower case, e.g. `outlet`.
    pub name: String,
    /// Distinct values, sorted by bytes.
    pub levels: Vec<String>,
    /// For each document the position of its value in `levels`, or `NONE`.
    pub codes: Vec<u32>,
}

impl Field {
    /// The value of `document`, if it has one.
    pub fn value(&self, document: usize) -> Option<&str> {
        let code = self.codes[document];
        (code != NONE).then(|| self.levels[code as usize].as_str())
    }
}

/// All documents, sorted by id.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Documents {
    /// Ids, distinct, sorted by bytes.
    pub ids: Vec<String>,
    /// Titles; empty where there is none.
    pub titles: Vec<String>,
    /// Addresses; empty where there is none.
    pub urls: Vec<String>,
    /// Dates as days since 1970-01-01.
    pub dates: Vec<Option<i32>>,
    /// Languages as ISO 639-3 codes; empty where unknown.
    pub languages: Vec<String>,
    /// Words (tokens of kind word or number) of each document.
    pub words: Vec<u32>,
    /// Distinct surfaces among a document's words.
    pub types: Vec<u32>,
    /// Sentences of each document.
    pub sentences: Vec<u32>,
    /// Fingerprint of the text without case, space and punctuation: equal for exact duplicates.
    pub fingerprints: Vec<u128>,
    /// Weight of each document in rates, intervals and tests: 1 unless a column gives another (`--weight-column`) or it is
    /// one of several near-identical copies (`--wire-weights`). Never negative; 0 leaves a document out of the sums.
    pub weights: Vec<f64>,
    /// Metadata fields, sorted by name.
    pub fields: Vec<Field>,
}

impl Documents {
    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is no document.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Whether some document weighs other than 1, so that counts are no whole numbers.
    pub fn is_weighted(&self) -> bool {
        self.weights.iter().any(|&weight| weight != 1.0)
    }

    /// The field called `name`.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The title of `document`, or its id where it has none.
    pub fn label(&self, document: usize) -> &str {
        if self.titles[document].is_empty() { &self.ids[document] } else { &self.titles[document] }
    }
}
