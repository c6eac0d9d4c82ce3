//! From a file that is one document to that document.

use super::batch::{BatchContext, Part};
use super::dates::read_date;
use super::encoding::decode;
use super::formats::{Format, Packing, open, reason};
use super::rows::{is_blank, is_missing, label, settle};
use super::schema::{Role, field_name, usual_role};
use super::tally::{ReadingTally, excerpt};
use super::{front_matter, html};
use crate::corpus::{RawDocument, Reject};
use std::io::Read;
use std::path::PathBuf;

/// A file to read as one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TextFile {
    pub(super) path: PathBuf,
    /// Path in the input folder, with `/`.
    pub(super) relative: String,
    pub(super) id: String,
    pub(super) bytes: u64,
    pub(super) format: Format,
    pub(super) packing: Packing,
    /// The outlet that its folder names.
    pub(super) folder: Option<String>,
    /// Its row in the metadata file.
    pub(super) metadata_row: Option<usize>,
}

/// Reads `file` into `part`.
pub(super) fn read(file: TextFile, context: &BatchContext, part: &mut Part) {
    match read_document(&file, context, &mut part.tally) {
        Ok(document) => part.documents.push(document),
        Err((reason, text)) => part.rejects.push(Reject { file: file.relative, row: 0, reason, excerpt: excerpt(&text, 120) }),
    }
}

fn read_document(file: &TextFile, context: &BatchContext, tally: &mut ReadingTally) -> Result<RawDocument, (String, String)> {
    let without_text = |reason: String| (reason, String::new());
    let mut bytes = Vec::new();
    let limit = context.max_row_bytes as u64;
    let source = open(&file.path, &file.relative, file.packing).map_err(|error| without_text(error.to_string()))?;
    let outcome = source.take(limit + 1).read_to_end(&mut bytes);
    if let Err(error) = outcome {
        return Err((format!("can't be read: {}", reason(&error)), String::from_utf8_lossy(&bytes[..bytes.len().min(600)]).into_owned()));
    }
    if bytes.len() as u64 > limit {
        return Err((
            format!("the file is longer than {limit} bytes"),
            String::from_utf8_lossy(&bytes[..600.min(bytes.len())]).into_owned(),
        ));
    }
    let stated = if file.format == Format::Html { html::stated_encoding(&bytes) } else { None };
    let decoded = decode(bytes, context.encoding, stated);
    tally.replaced_characters += decoded.replaced;
    let text = settle(decoded.text, tally);
    let mut document = RawDocument {
        id: file.id.clone(),
        place: file.relative.clone(),
        replaced_characters: u32::try_from(decoded.replaced).unwrap_or(u32::MAX),
        ..RawDocument::default()
    };
    if let Some(folder) = &file.folder {
        document.fields.push(("outlet".into(), folder.clone()));
    }
    match file.format {
        Format::Html => fill_from_page(&text, &mut document, context, tally).map_err(|reason| (reason.to_owned(), text.clone()))?,
        _ => fill_from_text(text, &mut document, context, tally),
    }
    if is_blank(&document.text) {
        return Err(("no text".into(), document.text));
    }
    if let (Some(metadata), Some(row)) = (&context.metadata, file.metadata_row) {
        metadata.apply(row, &mut document, context, tally);
    }
    if decoded.encoding != "UTF-8" {
        *tally.encodings.entry(decoded.encoding.to_owned()).or_default() += 1;
    }
    tally.documents += 1;
    tally.undated += u64::from(document.date.is_none());
    Ok(document)
}

fn fill_from_page(text: &str, document: &mut RawDocument, context: &BatchContext, tally: &mut ReadingTally) -> Result<(), &'static str> {
    let page = html::extract(text)?;
    tally.pages_without_main_text += u64::from(page.is_whole_body && !page.text.is_empty());
    document.text = page.text;
    document.title = label(Some(page.title), tally).unwrap_or_default();
    if let Some(date) = label(page.date, tally) {
        document.date = tally.note_date(&date, read_date(&date, context.date_order));
    }
    // The user's own folders say more about outlets than what pages call themselves.
    if let (true, Some(site)) = (document.fields.is_empty(), label(page.site, tally)) {
        document.fields.push(("outlet".into(), site));
    }
    Ok(())
}

fn fill_from_text(text: String, document: &mut RawDocument, context: &BatchContext, tally: &mut ReadingTally) {
    let Some((pairs, start)) = front_matter::split(&text) else {
        document.title = first_line_title(&text).unwrap_or_default();
        document.text = text;
        return;
    };
    document.text = text[start..].to_owned();
    let mut taken = Vec::new();
    for (key, value) in pairs {
        let Some(value) = label(Some(value), tally).filter(|value| !is_missing(value)) else { continue };
        let role = usual_role(&key).filter(|role| !taken.contains(role));
        taken.extend(role);
        match role {
            Some(Role::Title) => document.title = value,
            Some(Role::Url) => document.url = value,
            Some(Role::Date) => document.date = tally.note_date(&value, read_date(&value, context.date_order)),
            Some(Role::Outlet) => super::metadata::set_field(&mut document.fields, "outlet", value),
            Some(Role::Text | Role::Id) | None => {
                let name = field_name(&key);
                if value.len() > super::MAX_FIELD_BYTES && !context.is_required(&name) {
                    *tally.long_values.entry(name).or_default() += 1;
                } else {
                    super::metadata::set_field(&mut document.fields, &name, value);
                }
            }
        }
    }
    if document.title.is_empty() {
        document.title = first_line_title(&document.text).unwrap_or_default();
    }
}

/// A first line that reads as a headline: short, not closed like a sentence, with more text after it.
fn first_line_title(text: &str) -> Option<String> {
    let (line, rest) = text.trim_start().split_once('\n')?;
    let line = line.trim().trim_start_matches('#').trim();
    let is_headline = !line.is_empty()
        && line.chars().take(201).count() <= 200
        && line.chars().any(char::is_alphabetic)
        && !line.ends_with(['.', ',', ';', ':', '|'])
        && !is_blank(rest);
    is_headline.then(|| line.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_is_told_from_a_sentence() {
        assert_eq!(first_line_title("# Ferry  late again\n\nText.").as_deref(), Some("Ferry late again"));
        assert_eq!(first_line_title("\nWho pays?\nText.").as_deref(), Some("Who pays?"));
        assert_eq!(first_line_title("The ferry was late again.\nText."), None);
        assert_eq!(first_line_title("Only line"), None);
        assert_eq!(first_line_title(&format!("{}\nText.", "long ".repeat(60))), None);
        assert_eq!(first_line_title("Line\n \n"), None);
    }
}
