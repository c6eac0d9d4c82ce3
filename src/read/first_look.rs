//! A first look at a table: its format, its columns, where its rows begin.
//!
//! Comes in: a file. Goes out: a `Table` that can be read. The file is opened again for reading, so that many tables need not be open
//! at once.

use super::batch::TableHead;
use super::elements::{Elements, Layout, layout_of};
use super::encoding::Utf8Stream;
use super::formats::{Format, open, without_extensions};
use super::inputs::TableFile;
use super::lines::Lines;
use super::options::ReadOptions;
use super::parquet::ParquetFile;
use super::records::count_lines;
use super::schema::{ColumnSample, SAMPLE_ROWS, Schema};
use super::spare::SpareBuffers;
use super::tally::plural;
use super::window::Window;
use super::{delimited, json_rows};
use crate::error::{Error, Result};
use encoding_rs::Encoding;
use std::sync::Arc;

/// A table whose head is known.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) file: TableFile,
    pub(super) head: Arc<TableHead>,
    pub(super) kind: TableKind,
}

#[derive(Debug, Clone)]
pub(super) enum TableKind {
    Lines,
    /// Delimiter, bytes and lines before the first record.
    Records(u8, usize, u64),
    Elements(Layout),
    Parquet(Arc<ParquetFile>),
    Empty,
}

/// Which column plays which part, as (part, column), where all tables agree.
pub(super) fn agreed_columns(tables: &[Table]) -> Vec<(String, String)> {
    let mut with_rows = tables.iter().filter(|table| !matches!(table.kind, TableKind::Empty));
    let Some(first) = with_rows.next() else { return Vec::new() };
    let others: Vec<&Table> = with_rows.collect();
    let parts = first.head.schema.parts().into_iter();
    parts
        .filter(|part| others.iter().all(|table| table.head.schema.parts().contains(part)))
        .map(|(part, column)| (part.to_owned(), column.to_owned()))
        .collect()
}

const NO_ROWS: &str = "no rows";

/// What was found, for people; tables with the same columns share a sentence.
pub(super) fn remarks(tables: &[Table]) -> Vec<String> {
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    for table in tables {
        let remark = match &table.kind {
            TableKind::Empty => NO_ROWS.to_owned(),
            _ => table.head.schema.remark(),
        };
        match groups.iter_mut().find(|(known, _)| *known == remark) {
            Some((_, names)) => names.push(&table.head.relative),
            None => groups.push((remark, vec![&table.head.relative])),
        }
        if let TableKind::Parquet(file) = &table.kind
            && !file.unread.is_empty()
        {
            let names: Vec<String> = file.unread.iter().map(|name| format!("`{name}`")).collect();
            groups.push((format!("left out, neither text nor number: {}", names.join(", ")), vec![&table.head.relative]));
        }
    }
    let sentence = |(remark, names): (String, Vec<&str>)| {
        let others = match names.len() {
            0 | 1 => String::new(),
            count => format!(" and {}", plural(count as u64 - 1, "other table")),
        };
        let first = names.first().copied().unwrap_or_default();
        if remark == NO_ROWS { format!("no rows in `{first}`{others}") } else { format!("columns of `{first}`{others}: {remark}") }
    };
    groups.into_iter().map(sentence).collect()
}

/// Looks at the beginning of a table.
///
/// # Errors
/// Usage and input errors with a hint: it can't be read, is not what its name says, lacks a column.
pub(super) fn look(file: TableFile, options: &ReadOptions, required: &[String], encoding: Option<&'static Encoding>) -> Result<Table> {
    let stem = without_extensions(&file.relative).to_owned();
    let (samples, kind) = match file.format {
        Format::Parquet => {
            let parquet = ParquetFile::open(&file.path, &file.relative)?;
            let samples = parquet.sample().map_err(|reason| Error::input(format!("can't read `{}`: {reason}", file.relative)))?;
            (samples, TableKind::Parquet(Arc::new(parquet)))
        }
        _ => look_at(&file, encoding, options.max_row_bytes)?,
    };
    let schema = if matches!(kind, TableKind::Empty) {
        Schema::empty()
    } else {
        Schema::decide(&file.relative, &samples, &options.columns, required)?
    };
    let head = Arc::new(TableHead { relative: file.relative.clone(), stem, schema });
    Ok(Table { file, head, kind })
}

/// The columns of a text table, by its first rows.
fn look_at(file: &TableFile, encoding: Option<&'static Encoding>, limit: usize) -> Result<(Vec<ColumnSample>, TableKind)> {
    const FIRST_LOOK: usize = 1 << 20;
    let shown = &file.relative;
    let mut window = Window::new(Utf8Stream::new(open(&file.path, shown, file.packing)?, encoding), SpareBuffers::default());
    window.fill(FIRST_LOOK);
    if window.bytes().iter().all(u8::is_ascii_whitespace) && window.has_ended() {
        return match window.failure() {
            Some(failure) => Err(Error::input(format!("can't read `{shown}`: {failure}")).hint("is the download complete?")),
            None => Ok((Vec::new(), TableKind::Empty)),
        };
    }
    if matches!(file.format, Format::CommaSeparated | Format::TabSeparated) {
        return look_at_records(window, file.format, shown, limit);
    }
    let has_lines = file.format == Format::JsonLines && window.bytes().trim_ascii_start().first() != Some(&b'[');
    let mut samples = Vec::new();
    let mut objects = 0;
    if has_lines {
        let mut lines = Lines::new(window, limit);
        if let Some(block) = lines.next() {
            // A giant first line is looked at, giant later ones would only take time.
            let lines = block.bytes.split(|byte| *byte == block.end).filter(|line| !line.trim_ascii().is_empty());
            for line in lines.take(SAMPLE_ROWS) {
                if objects > 0 && line.len() > FIRST_LOOK {
                    break;
                }
                objects += usize::from(json_rows::sample(line, &mut samples));
            }
        }
        if objects > 0 {
            return Ok((samples, TableKind::Lines));
        }
        return Err(Error::input(format!("no line at the start of `{shown}` is a JSON object"))
            .hint("JSON Lines holds one object a line; a JSON array ends in `.json`"));
    }
    let Some(mut layout) = layout_of(window.bytes(), window.has_ended()) else {
        return Err(
            Error::input(format!("`{shown}` is no JSON of documents")).hint("it should hold an array of objects: `[{\"text\": …}, …]`")
        );
    };
    if layout == Layout::Wrapped && is_one_document(window.bytes()) {
        layout = Layout::Concatenated;
    }
    let mut elements = Elements::new(window, layout, limit);
    if let Some(block) = elements.next() {
        for range in block.ranges.iter().take(SAMPLE_ROWS) {
            objects += usize::from(json_rows::sample(&block.bytes[range.clone()], &mut samples));
        }
    }
    if objects == 0 {
        return Err(Error::input(format!("`{shown}` holds no JSON object that can be read"))
            .hint("it should hold an array of objects: `[{\"text\": …}, …]`"));
    }
    Ok((samples, TableKind::Elements(layout)))
}

/// Whether one outer object is itself an article that holds lists, such as its authors.
fn is_one_document(bytes: &[u8]) -> bool {
    let mut samples = Vec::new();
    json_rows::sample(bytes.trim_ascii(), &mut samples)
        && samples.iter().any(|sample| sample.longest > 0 && Schema::is_text_name(&sample.name))
}

fn look_at_records(mut window: Window, format: Format, shown: &str, limit: usize) -> Result<(Vec<ColumnSample>, TableKind)> {
    // Spreadsheets may write the delimiter as a line of its own.
    let mut before = 0;
    let mut delimiter = if format == Format::TabSeparated { b'\t' } else { delimited::guess_delimiter(window.bytes()) };
    if let [b's', b'e', b'p', b'=', told, b'\r' | b'\n', ..] = window.bytes() {
        delimiter = *told;
        before = if window.bytes().get(5..7) == Some(b"\r\n") { 7 } else { 6 };
    }
    // Blank lines above the header.
    before += window.bytes()[before..].iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
    loop {
        if let Some((samples, header)) = delimited::sample(&window.bytes()[before..], delimiter, window.has_ended()) {
            let bytes = before + header;
            let lines = count_lines(&window.bytes()[..bytes]);
            return Ok((samples, TableKind::Records(delimiter, bytes, lines)));
        }
        if window.bytes().len() > limit || !window.grow() {
            return Err(Error::input(format!("`{shown}` has no header that can be read")).hint("the first line names the columns"));
        }
    }
}
