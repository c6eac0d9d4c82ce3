//! The metadata file: rows joined on file names, or on ids for tables.
//!
//! Comes in: a small CSV, read whole. Goes out: titles, addresses, dates and fields that override what documents say of themselves.

use super::batch::BatchContext;
use super::dates::read_date;
use super::encoding::decode;
use super::formats::{Format, classify, open, without_extensions};
use super::rows::{is_missing, label};
use super::schema::{Role, field_name, usual_role};
use super::tally::ReadingTally;
use crate::corpus::RawDocument;
use crate::error::{Error, Result};
use encoding_rs::Encoding;
use std::collections::HashMap;
use std::io::Read;
use std::path::Path;

/// Names of the column that holds file names, the likeliest first.
const KEY_COLUMNS: [&str; 14] = [
    "file",
    "filename",
    "file_name",
    "path",
    "filepath",
    "file_path",
    "text_file",
    "document",
    "name",
    "id",
    "doc_id",
    "document_id",
    "article_id",
    "article",
];

/// A metadata file's rows by file name.
#[derive(Debug)]
pub(super) struct Metadata {
    rows: Vec<Vec<(Column, String)>>,
    /// Looked up only, never walked through, so its order can't show.
    by_key: HashMap<String, usize>,
    fields: Vec<String>,
    pub(super) key_column: String,
    pub(super) repeated_keys: u64,
    pub(super) short_rows: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Column {
    Title,
    Url,
    Date,
    Field(String),
    Ignored,
}

impl Metadata {
    /// Reads the metadata file at `path`.
    ///
    /// # Errors
    /// An input error if it can't be read or is no CSV or TSV with a header.
    pub(super) fn read(path: &Path, set: Option<&'static Encoding>) -> Result<Self> {
        let shown = path.display().to_string();
        if !path.exists() {
            return Err(super::inputs::missing(path).context("metadata"));
        }
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let Some((format @ (Format::CommaSeparated | Format::TabSeparated), packing)) = classify(&name) else {
            return Err(
                Error::input(format!("`{shown}` is no CSV or TSV")).hint("give `--metadata` a .csv or .tsv with a column of file names")
            );
        };
        let mut bytes = Vec::new();
        open(path, &shown, packing)?
            .read_to_end(&mut bytes)
            .map_err(|error| Error::input(format!("can't read `{shown}`: {}", super::formats::reason(&error))))?;
        let text = decode(bytes, set, None).text;
        let delimiter = if format == Format::TabSeparated { b'\t' } else { super::delimited::guess_delimiter(text.as_bytes()) };
        Self::from_text(&text, delimiter)
            .ok_or_else(|| Error::input(format!("`{shown}` holds no rows")).hint("its first line names the columns, one of them `file`"))
    }

    fn from_text(text: &str, delimiter: u8) -> Option<Self> {
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(true).from_reader(text.as_bytes());
        let header: Vec<String> = reader.headers().ok()?.iter().map(field_name).collect();
        if header.is_empty() {
            return None;
        }
        let key = KEY_COLUMNS.iter().find_map(|usual| header.iter().position(|name| name == usual)).unwrap_or(0);
        let mut taken = Vec::new();
        let columns: Vec<Column> = header
            .iter()
            .enumerate()
            .map(|(position, name)| {
                if position == key || name.is_empty() {
                    return Column::Ignored;
                }
                let role = usual_role(name).filter(|role| !taken.contains(role));
                taken.extend(role);
                match role {
                    Some(Role::Title) => Column::Title,
                    Some(Role::Url) => Column::Url,
                    Some(Role::Date) => Column::Date,
                    Some(Role::Outlet) => Column::Field("outlet".into()),
                    Some(Role::Text) => Column::Ignored,
                    Some(Role::Id) | None => Column::Field(name.clone()),
                }
            })
            .collect();
        let fields = columns.iter().filter_map(|column| if let Column::Field(name) = column { Some(name.clone()) } else { None }).collect();
        let mut metadata =
            Self { fields, rows: Vec::new(), by_key: HashMap::new(), key_column: header[key].clone(), repeated_keys: 0, short_rows: 0 };
        for record in reader.records().flatten() {
            let name = record.get(key).map(|name| normal(name.trim())).unwrap_or_default();
            if name.is_empty() || record.len() != columns.len() {
                metadata.short_rows += 1;
                continue;
            }
            let row = record.iter().zip(&columns).filter(|(_, column)| **column != Column::Ignored);
            let row = row.map(|(cell, column)| (column.clone(), cell.to_owned())).collect();
            let position = metadata.rows.len();
            if *metadata.by_key.entry(name).or_insert(position) == position {
                metadata.rows.push(row);
            } else {
                metadata.repeated_keys += 1;
            }
        }
        Some(metadata)
    }

    /// Whether a column gives the field called `name`.
    pub(super) fn has_field(&self, name: &str) -> bool {
        self.fields.iter().any(|field| field == name)
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The row of a file: by its path, its path without extension, its name, its name without extension.
    pub(super) fn row_of_file(&self, relative: &str) -> Option<usize> {
        let relative = normal(relative);
        let name = relative.rsplit('/').next().unwrap_or(&relative);
        [relative.as_str(), without_extensions(&relative), name, without_extensions(name)]
            .into_iter()
            .find_map(|key| self.by_key.get(key).copied())
    }

    /// The row of a table's document.
    pub(super) fn row_of_id(&self, id: &str) -> Option<usize> {
        self.by_key.get(id).copied()
    }

    /// Overrides what `document` says of itself by what `row` says.
    pub(super) fn apply(&self, row: usize, document: &mut RawDocument, context: &BatchContext, tally: &mut ReadingTally) {
        for (column, cell) in &self.rows[row] {
            let Some(value) = label(Some(cell.clone()), tally).filter(|value| !is_missing(value)) else { continue };
            match column {
                Column::Title => document.title = value,
                Column::Url => document.url = value,
                Column::Date => {
                    let day = tally.note_date(&value, read_date(&value, context.date_order));
                    document.date = day.or(document.date);
                }
                Column::Field(name) => set_field(&mut document.fields, name, value),
                Column::Ignored => {}
            }
        }
    }
}

/// Sets the field called `name`, replacing an older value.
pub(super) fn set_field(fields: &mut Vec<(String, String)>, name: &str, value: String) {
    match fields.iter_mut().find(|(old, _)| old == name) {
        Some((_, old)) => *old = value,
        None => fields.push((name.to_owned(), value)),
    }
}

fn normal(path: &str) -> String {
    let path = path.replace('\\', "/");
    path.trim_start_matches("./").trim_start_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_with_and_without_folder_and_extension() {
        let metadata =
            Metadata::from_text("File,Source,Date\na/one.txt,Herald,2024-01-02\ntwo,Times,\n.\\b\\three.txt,Post,\nshort\n", b',').unwrap();
        assert_eq!(metadata.key_column, "file");
        assert_eq!(metadata.row_of_file("a/one.txt"), Some(0));
        assert_eq!(metadata.row_of_file("x/two.md"), Some(1));
        assert_eq!(metadata.row_of_file("b/three.txt"), Some(2));
        assert_eq!(metadata.row_of_file("b/four.txt"), None);
        assert_eq!((metadata.len(), metadata.short_rows), (3, 1));
    }

    #[test]
    fn a_row_overrides_and_an_empty_cell_does_not() {
        let metadata = Metadata::from_text("file,publication,date,headline,party\none,Herald,2024-01-02,,Left\n", b',').unwrap();
        let mut document = RawDocument { title: "Old".into(), fields: vec![("outlet".into(), "folder".into())], ..RawDocument::default() };
        metadata.apply(0, &mut document, &BatchContext::default(), &mut ReadingTally::default());
        assert_eq!(document.title, "Old");
        assert_eq!(document.date, Some(19_724));
        assert_eq!(document.fields, [("outlet".to_owned(), "Herald".to_owned()), ("party".to_owned(), "Left".to_owned())]);
    }
}
