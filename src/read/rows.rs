//! From the cells of one row to a document, the same way for every table format.
//!
//! Comes in: cells by role. Goes out: a `RawDocument`, or the reason why there is none.

use super::batch::BatchContext;
use super::dates::read_date;
use super::options::MAX_FIELD_BYTES;
use super::schema::{Role, Use};
use super::tally::ReadingTally;
use crate::corpus::RawDocument;
use std::sync::Arc;

/// The cells of one row as they are collected.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) text: Option<String>,
    title: Option<String>,
    outlet: Option<String>,
    date: Option<String>,
    /// The day itself, from formats that store dates as such.
    pub(super) day: Option<i32>,
    url: Option<String>,
    id: Option<String>,
    fields: Vec<(Arc<str>, String)>,
    too_long: Vec<Arc<str>>,
    /// Values that were neither text nor number.
    pub(super) nested: u64,
}

impl Row {
    /// Puts `cell` where `usage` says.
    pub(super) fn put(&mut self, usage: &Use, cell: String) {
        match usage {
            Use::Skip => {}
            Use::Field(name, is_required) => self.put_field(name, cell, *is_required),
            Use::Role(role, own_name) => {
                if let Some(name) = own_name {
                    self.put_field(name, cell.clone(), true);
                }
                let slot = match role {
                    Role::Text => &mut self.text,
                    Role::Title => &mut self.title,
                    Role::Outlet => &mut self.outlet,
                    Role::Date => &mut self.date,
                    Role::Url => &mut self.url,
                    Role::Id => &mut self.id,
                };
                *slot = Some(cell);
            }
        }
    }

    fn put_field(&mut self, name: &Arc<str>, cell: String, is_required: bool) {
        if cell.len() > MAX_FIELD_BYTES && !is_required {
            self.too_long.push(name.clone());
        } else if let Some((_, old)) = self.fields.iter_mut().find(|(old, _)| old == name) {
            *old = cell;
        } else {
            self.fields.push((name.clone(), cell));
        }
    }

    /// The document of this row; `name` is the id it gets if it has none, `replaced` the damaged bytes met in it.
    ///
    /// # Errors
    /// The reason why the row can't be used.
    pub(super) fn into_document(
        self,
        name: impl FnOnce() -> String,
        place: String,
        replaced: u64,
        context: &BatchContext,
        tally: &mut ReadingTally,
    ) -> Result<RawDocument, &'static str> {
        tally.replaced_characters += replaced;
        tally.nested_values += self.nested;
        for field in &self.too_long {
            *tally.long_values.entry(field.to_string()).or_default() += 1;
        }
        let Some(text) = self.text else { return Err("no text") };
        let text = settle(text, tally);
        if is_blank(&text) {
            return Err("no text");
        }
        let id = label(self.id, tally).unwrap_or_else(name);
        let mut date = self.day;
        if let (None, Some(cell)) = (date, label(self.date, tally).filter(|cell| !is_missing(cell))) {
            date = tally.note_date(&cell, read_date(&cell, context.date_order));
        }
        let mut fields = Vec::with_capacity(self.fields.len() + 1);
        if let Some(outlet) = label(self.outlet, tally).filter(|outlet| !is_missing(outlet)) {
            fields.push(("outlet".to_owned(), outlet));
        }
        for (field, value) in self.fields {
            if let Some(value) = label(Some(value), tally).filter(|value| !is_missing(value))
                && !fields.iter().any(|(name, _)| **name == *field)
            {
                fields.push((field.to_string(), value));
            }
        }
        let mut document = RawDocument {
            id,
            place,
            title: label(self.title, tally).unwrap_or_default(),
            url: label(self.url, tally).unwrap_or_default(),
            text,
            date,
            fields,
            replaced_characters: u32::try_from(replaced).unwrap_or(u32::MAX),
        };
        if let Some(metadata) = &context.metadata
            && let Some(row) = metadata.row_of_id(&document.id)
        {
            tally.metadata_matches += 1;
            metadata.apply(row, &mut document, context, tally);
        }
        tally.documents += 1;
        tally.undated += u64::from(document.date.is_none());
        Ok(document)
    }
}

/// Whether `text` shows nothing: white space, control and invisible characters only.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}'))
}

/// Values that tables write for "missing".
pub(super) fn is_missing(value: &str) -> bool {
    matches!(value, "" | "NA" | "N/A" | "n/a" | "null" | "NULL" | "NaN" | "nan" | "NaT" | "<NA>")
}

/// The text as read: line ends become `\n`, NULs go.
pub(super) fn settle(mut text: String, tally: &mut ReadingTally) -> String {
    if memchr::memchr2(0, b'\r', text.as_bytes()).is_none() {
        return text;
    }
    if memchr::memchr(0, text.as_bytes()).is_some() {
        tally.dropped_nuls += memchr::memchr_iter(0, text.as_bytes()).count() as u64;
        text.retain(|c| c != '\0');
    }
    if memchr::memchr(b'\r', text.as_bytes()).is_some() {
        text = text.replace("\r\n", "\n").replace('\r', "\n");
    }
    text
}

/// A short value on one line: trimmed, white space runs as one blank; `None` if nothing is left.
pub(super) fn label(value: Option<String>, tally: &mut ReadingTally) -> Option<String> {
    let value = value?;
    let is_neat = !value.is_empty()
        && value.trim().len() == value.len()
        && !value.contains("  ")
        && value.chars().all(|c| c == ' ' || (!c.is_whitespace() && !c.is_control()));
    if is_neat {
        return Some(value);
    }
    let value = settle(value, tally);
    let neat = value.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    (!neat.is_empty()).then_some(neat)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_one_neat_line() {
        let mut tally = ReadingTally::default();
        assert_eq!(label(Some(" Harbour\r\n  Times\t".into()), &mut tally).as_deref(), Some("Harbour Times"));
        assert_eq!(label(Some("\u{0}\u{0} ".into()), &mut tally), None);
        assert_eq!(tally.dropped_nuls, 2);
    }

    #[test]
    fn line_ends_become_one_kind() {
        assert_eq!(settle("a\r\nb\rc\nd\0".into(), &mut ReadingTally::default()), "a\nb\nc\nd");
    }

    #[test]
    fn invisible_text_is_blank() {
        assert!(is_blank(" \n\u{200b}\u{feff}\t"));
        assert!(!is_blank(" . "));
    }
}
