//! What to read and how, as gathered from flags; nothing is opened here.

use crate::error::{Error, Result, nearest};
use encoding_rs::Encoding;
use std::path::PathBuf;

/// Rows and files above this many bytes are rejected: one gibibyte.
pub const MAX_ROW_BYTES: usize = 1 << 30;

/// Values of metadata fields longer than this many bytes are left out, because they are prose and no label.
pub const MAX_FIELD_BYTES: usize = 200;

/// Columns set by the user; `None` means "guess from the usual names".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ColumnNames {
    /// Column of the text.
    pub text: Option<String>,
    /// Column of the title or headline.
    pub title: Option<String>,
    /// Column of the outlet.
    pub outlet: Option<String>,
    /// Column of the publication date.
    pub date: Option<String>,
    /// Column of the address.
    pub url: Option<String>,
    /// Column of the document's id.
    pub id: Option<String>,
}

/// How to read dates such as `03/04/2023`, whose day and month could be swapped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DateOrder {
    /// `03/04/2023` is 3 April.
    DayFirst,
    /// `03/04/2023` is 4 March.
    MonthFirst,
    /// Nobody said: such dates are counted and left missing.
    #[default]
    Unstated,
}

/// What to read and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadOptions {
    /// Folders and files, in any order.
    pub inputs: Vec<PathBuf>,
    /// A CSV whose rows are joined on file names (or, for tables, on document ids).
    pub metadata: Option<PathBuf>,
    /// Columns set by the user.
    pub columns: ColumnNames,
    /// Fields that the run needs (the `--by` field, the weight column): kept whatever their length, and a table without them
    /// is an error.
    pub required_fields: Vec<String>,
    /// How to read dates whose day and month could be swapped.
    pub date_order: DateOrder,
    /// An encoding label such as `windows-1252` that overrides detection; Parquet ignores it.
    pub encoding: Option<String>,
    /// Rows and files above this many bytes are rejected.
    pub max_row_bytes: usize,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            inputs: Vec::new(),
            metadata: None,
            columns: ColumnNames::default(),
            required_fields: Vec::new(),
            date_order: DateOrder::default(),
            encoding: None,
            max_row_bytes: MAX_ROW_BYTES,
        }
    }
}

impl ReadOptions {
    /// The encoding that the user set.
    ///
    /// # Errors
    /// A usage error for an unknown label, with the nearest known one.
    pub(super) fn encoding_override(&self) -> Result<Option<&'static Encoding>> {
        let Some(label) = &self.encoding else { return Ok(None) };
        if let Some(encoding) = Encoding::for_label(label.as_bytes()) {
            return Ok(Some(encoding));
        }
        let error = Error::usage(format!("`{label}` is no encoding that headword knows"));
        Err(match nearest(label, COMMON_ENCODINGS.iter().copied()) {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error.hint("give a label such as `utf-8`, `windows-1252` or `utf-16le`"),
        })
    }
}

const COMMON_ENCODINGS: [&str; 22] = [
    "utf-8",
    "utf-16le",
    "utf-16be",
    "windows-1250",
    "windows-1251",
    "windows-1252",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "iso-8859-1",
    "iso-8859-2",
    "iso-8859-15",
    "latin1",
    "koi8-r",
    "macintosh",
    "shift_jis",
    "euc-jp",
    "gbk",
    "gb18030",
    "big5",
    "euc-kr",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_encoding_names_the_nearest() {
        let options = ReadOptions { encoding: Some("windows-125".into()), ..ReadOptions::default() };
        let error = options.encoding_override().unwrap_err();
        assert_eq!(error.exit_code(), 2);
        assert_eq!(error.hint_text(), Some("did you mean `windows-1250`?"));
        let options = ReadOptions { encoding: Some("Latin1".into()), ..ReadOptions::default() };
        assert_eq!(options.encoding_override().unwrap().unwrap().name(), "windows-1252");
    }
}
