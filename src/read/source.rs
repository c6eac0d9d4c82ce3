//! Opened inputs: the schema is known, batches are cut one after the other.

use super::batch::{Batch, BatchContext, Part, TableHead, Work};
use super::elements::{Elements, Layout, layout_of};
use super::encoding::Utf8Stream;
use super::files::TextFile;
use super::formats::{Format, open, without_extensions};
use super::inputs::{TableFile, survey};
use super::lines::Lines;
use super::metadata::Metadata;
use super::options::ReadOptions;
use super::parquet::{ParquetFile, Slices};
use super::records::{Records, count_lines};
use super::schema::{ColumnSample, Schema, field_name};
use super::tally::plural;
use super::window::{BATCH_BYTES, BATCH_ROWS, Window};
use super::{delimited, json_rows};
use crate::corpus::Reject;
use crate::error::{Error, Result};
use encoding_rs::Encoding;
use std::collections::VecDeque;
use std::sync::Arc;

/// Opened inputs.
#[derive(Debug)]
pub struct Source {
    texts: VecDeque<TextFile>,
    tables: VecDeque<Table>,
    current: Option<Reader>,
    context: BatchContext,
    remarks: Vec<String>,
    number: u64,
}

/// A table whose head is known.
#[derive(Debug)]
struct Table {
    file: TableFile,
    head: Arc<TableHead>,
    kind: TableKind,
}

#[derive(Debug, Clone)]
enum TableKind {
    Lines,
    /// Delimiter, bytes and lines before the first record.
    Records(u8, usize, u64),
    Elements(Layout),
    Parquet(Arc<ParquetFile>),
    Empty,
}

/// A table being read.
struct Reader {
    table: Table,
    rows: Rows,
    has_told_encoding: bool,
}

enum Rows {
    Lines(Lines),
    Records(u8, Records),
    Elements(Elements),
    Parquet(Slices),
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Reader").field("table", &self.table).finish_non_exhaustive()
    }
}

impl Source {
    /// Finds and opens the inputs, guesses columns, joins the metadata file.
    ///
    /// # Errors
    /// Usage and input errors with a hint: nothing to read, a missing file, an unknown column, encoding or extension, a table
    /// without a text column, a damaged Parquet footer.
    pub fn open(options: &ReadOptions) -> Result<Self> {
        let encoding = options.encoding_override()?;
        let mut survey = survey(&options.inputs)?;
        let mut remarks = std::mem::take(&mut survey.remarks);
        let mut metadata = None;
        if let Some(path) = &options.metadata {
            let read = Metadata::read(path, encoding)?;
            remarks.push(join_metadata(&read, &mut survey.texts));
            metadata = Some(Arc::new(read));
        }
        let mut tables = VecDeque::new();
        for file in survey.tables {
            let table = open_table(file, options, encoding)?;
            if !matches!(table.kind, TableKind::Empty) {
                remarks.push(format!("columns of `{}`: {}", table.head.relative, table.head.schema.remark()));
            } else {
                remarks.push(format!("`{}` holds no rows", table.head.relative));
            }
            if let TableKind::Parquet(file) = &table.kind
                && !file.unread.is_empty()
            {
                let names: Vec<String> = file.unread.iter().map(|name| format!("`{name}`")).collect();
                remarks.push(format!("columns of `{}` left out, neither text nor number: {}", table.head.relative, names.join(", ")));
            }
            tables.push_back(table);
        }
        if let Some(encoding) = encoding {
            remarks.push(format!("encoding: read as {}, as told", encoding.name()));
        }
        let context = BatchContext {
            date_order: options.date_order,
            encoding,
            metadata,
            required_fields: options.required_fields.iter().map(|name| field_name(name)).collect(),
            max_row_bytes: options.max_row_bytes,
        };
        Ok(Self { texts: survey.texts.into(), tables, current: None, context, remarks, number: 0 })
    }

    /// Sentences for people about what was found and guessed before reading; `ReadingTally::remarks` tells what reading met.
    pub fn remarks(&self) -> &[String] {
        &self.remarks
    }

    /// What workers need to parse batches.
    pub fn context(&self) -> BatchContext {
        self.context.clone()
    }

    /// Bytes of the files still to read, packed files by their packed size; for progress, not for results.
    pub fn bytes_ahead(&self) -> u64 {
        let tables = self.tables.iter().map(|table| table.file.path.metadata().map_or(0, |metadata| metadata.len()));
        self.texts.iter().map(|file| file.bytes).chain(tables).sum()
    }

    /// The next batch: about 4 MiB or 2,000 documents, cut by content, so that the cuts are the same on every machine.
    ///
    /// # Errors
    /// An input error if a table that could be opened before can't be opened any more.
    pub fn next_batch(&mut self) -> Result<Option<Batch>> {
        if !self.texts.is_empty() {
            let work = Work::Files(self.next_files());
            return Ok(Some(self.batch(work, Part::default())));
        }
        loop {
            if let Some(reader) = &mut self.current {
                let (work, met) = reader.next();
                if matches!(work, Work::Nothing) {
                    self.current = None;
                    if met.rejects.is_empty() && met.tally == Default::default() {
                        continue;
                    }
                }
                return Ok(Some(self.batch(work, met)));
            }
            let Some(table) = self.tables.pop_front() else { return Ok(None) };
            if let Some(reader) = Reader::open(table, &self.context)? {
                self.current = Some(reader);
            }
        }
    }

    fn batch(&mut self, work: Work, met: Part) -> Batch {
        let number = self.number;
        self.number += 1;
        Batch { number, work, met }
    }

    fn next_files(&mut self) -> Vec<TextFile> {
        let mut bytes = 0;
        let mut files = Vec::new();
        while files.len() < BATCH_ROWS && bytes < BATCH_BYTES as u64 {
            let Some(file) = self.texts.pop_front() else { break };
            bytes += file.bytes;
            files.push(file);
        }
        files
    }
}

impl Reader {
    fn open(table: Table, context: &BatchContext) -> Result<Option<Self>> {
        let limit = context.max_row_bytes;
        let window = || {
            Ok::<_, Error>(Window::new(Utf8Stream::new(
                open(&table.file.path, &table.file.relative, table.file.packing)?,
                context.encoding,
            )))
        };
        let rows = match &table.kind {
            TableKind::Empty => return Ok(None),
            TableKind::Lines => Rows::Lines(Lines::new(window()?, limit)),
            TableKind::Records(delimiter, header, lines) => {
                let mut window = window()?;
                window.fill(*header);
                window.skip(*header);
                Rows::Records(*delimiter, Records::new(window, *delimiter, *lines, limit))
            }
            TableKind::Elements(layout) => Rows::Elements(Elements::new(window()?, *layout, limit)),
            TableKind::Parquet(file) => Rows::Parquet(Slices::new(file.clone(), &table.head.schema)),
        };
        Ok(Some(Self { table, rows, has_told_encoding: false }))
    }

    /// The next work, or `Nothing` at the end; with what cutting met.
    fn next(&mut self) -> (Work, Part) {
        let head = self.table.head.clone();
        let work = match &mut self.rows {
            Rows::Lines(lines) => lines.next().map(|block| Work::Lines(head, block)),
            Rows::Records(delimiter, records) => records.next().map(|block| Work::Records(head, *delimiter, block)),
            Rows::Elements(elements) => elements.next().map(|block| Work::Elements(head, block)),
            Rows::Parquet(slices) => slices.next().map(|slice| Work::Rows(head, slice)),
        };
        let mut met = Part::default();
        let window = match &mut self.rows {
            Rows::Lines(lines) => lines.window_mut(),
            Rows::Records(_, records) => records.window_mut(),
            Rows::Elements(elements) => elements.window_mut(),
            Rows::Parquet(_) => return (work.unwrap_or(Work::Nothing), met),
        };
        met.tally.replaced_characters = window.take_replaced();
        if let (false, Some(encoding)) = (self.has_told_encoding, window.legacy_encoding()) {
            self.has_told_encoding = true;
            met.tally.encodings.insert(encoding.to_owned(), 1);
        }
        if let (None, Some(failure)) = (&work, window.failure()) {
            let reason = format!("the file can't be read to its end: {failure}; the rows before were read");
            met.rejects.push(Reject { file: self.table.head.relative.clone(), row: 0, reason, excerpt: String::new() });
        }
        (work.unwrap_or(Work::Nothing), met)
    }
}

/// Gives files their rows of the metadata file; returns how it went.
fn join_metadata(metadata: &Metadata, texts: &mut [TextFile]) -> String {
    let mut is_used = vec![false; metadata.len()];
    let mut found = 0;
    for file in texts.iter_mut() {
        file.metadata_row = metadata.row_of_file(&file.relative);
        if let Some(row) = file.metadata_row {
            is_used[row] = true;
            found += 1;
        }
    }
    let mut remark = format!("metadata: {} by column `{}`", plural(metadata.len() as u64, "row"), metadata.key_column);
    if !texts.is_empty() {
        remark.push_str(&format!(", {found} of {} found", plural(texts.len() as u64, "file")));
        let unused = is_used.iter().filter(|used| !**used).count();
        if unused > 0 {
            remark.push_str(&format!(", {} without a file", plural(unused as u64, "row")));
        }
    }
    if metadata.repeated_keys > 0 {
        remark.push_str(&format!(", {} for a file named before (the first counts)", plural(metadata.repeated_keys, "row")));
    }
    if metadata.short_rows > 0 {
        remark.push_str(&format!(", {} without a file name or with another number of fields", plural(metadata.short_rows, "row")));
    }
    remark
}

/// Looks at the beginning of a table.
fn open_table(file: TableFile, options: &ReadOptions, encoding: Option<&'static Encoding>) -> Result<Table> {
    let name = file.relative.rsplit('/').next().unwrap_or(&file.relative);
    let stem = without_extensions(name).to_owned();
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
        Schema::decide(&file.relative, &samples, &options.columns, &options.required_fields)?
    };
    let head = Arc::new(TableHead { relative: file.relative.clone(), stem, schema });
    Ok(Table { file, head, kind })
}

/// The columns of a text table, by its first rows.
fn look_at(file: &TableFile, encoding: Option<&'static Encoding>, limit: usize) -> Result<(Vec<ColumnSample>, TableKind)> {
    const FIRST_LOOK: usize = 1 << 20;
    let shown = &file.relative;
    let mut window = Window::new(Utf8Stream::new(open(&file.path, shown, file.packing)?, encoding));
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
            for line in block.bytes.split(|byte| *byte == block.end).filter(|line| !line.trim_ascii().is_empty()).take(1_000) {
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
        for range in block.ranges.iter().take(1_000) {
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
