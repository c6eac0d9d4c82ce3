//! What a reader owes: documents as read, and the rows it could not use.

/// A document as a reader hands it over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawDocument {
    /// Id: the path in the folder without extension, or the table's id column, or `row-N`.
    pub id: String,
    /// Where it was read: file (relative to the input) and row, for messages.
    pub place: String,
    /// Title or headline; empty if none.
    pub title: String,
    /// Address; empty if none.
    pub url: String,
    /// The text as read (for HTML the extracted main text).
    pub text: String,
    /// Publication date as days since 1970-01-01.
    pub date: Option<i32>,
    /// Metadata fields as (name, value), e.g. `("outlet", "Harbour Times")`; missing values are left out.
    pub fields: Vec<(String, String)>,
    /// Damaged bytes that became U+FFFD in this document.
    pub replaced_characters: u32,
}

/// A row or file that could not be used.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reject {
    /// File, relative to the input.
    pub file: String,
    /// Row or line number from 1; 0 for a whole file.
    pub row: u64,
    /// Why, in words.
    pub reason: String,
    /// The first characters of the row, for finding it again.
    pub excerpt: String,
}

impl RawDocument {
    /// The value by which this document is grouped under `field`: a metadata field, or `year` and `month` from its date.
    pub fn group_value(&self, field: &str) -> Option<String> {
        let own = self.fields.iter().find(|(name, _)| name == field).map(|(_, value)| value.clone());
        own.or_else(|| derived_from_date(self.date, field))
    }
}

/// `year` (`2026`) or `month` (`2026-03`) of a day counted from 1970-01-01.
pub fn derived_from_date(date: Option<i32>, field: &str) -> Option<String> {
    let date = crate::table::format::civil(date?)?;
    match field {
        "year" => Some(format!("{:04}", date.year())),
        "month" => Some(format!("{:04}-{:02}", date.year(), date.month())),
        _ => None,
    }
}
