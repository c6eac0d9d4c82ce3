//! Opened inputs: the schema is known, batches are cut one after the other.

use super::batch::{Batch, BatchContext, Part, Work};
use super::elements::Elements;
use super::encoding::Utf8Stream;
use super::files::TextFile;
use super::first_look::{self, Table, TableKind};
use super::formats::open_metered;
use super::inputs::survey;
use super::lines::Lines;
use super::metadata::Metadata;
use super::options::ReadOptions;
use super::parquet::Slices;
use super::records::Records;
use super::schema::field_name;
use super::spare::SpareBuffers;
use super::tally::plural;
use super::window::{BATCH_BYTES, BATCH_ROWS, Window};
use crate::corpus::Reject;
use crate::error::{Error, Result};
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Opened inputs.
#[derive(Debug)]
pub struct Source {
    texts: VecDeque<TextFile>,
    tables: VecDeque<Table>,
    current: Option<Reader>,
    context: BatchContext,
    remarks: Vec<String>,
    columns: Vec<(String, String)>,
    meter: Arc<AtomicU64>,
    number: u64,
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
        let required: Vec<String> = options
            .required_fields
            .iter()
            .map(|name| field_name(name))
            .filter(|name| !metadata.as_deref().is_some_and(|metadata: &Metadata| metadata.has_field(name)))
            .collect();
        let tables =
            survey.tables.into_iter().map(|file| first_look::look(file, options, &required, encoding)).collect::<Result<Vec<Table>>>()?;
        remarks.extend(first_look::remarks(&tables));
        if let Some(encoding) = encoding {
            remarks.push(format!("encoding: read as {}, as told", encoding.name()));
        }
        let columns = first_look::agreed_columns(&tables);
        let context = BatchContext {
            date_order: options.date_order,
            encoding,
            metadata,
            required_fields: options.required_fields.iter().map(|name| field_name(name)).collect(),
            max_row_bytes: options.max_row_bytes,
            spare: SpareBuffers::default(),
        };
        Ok(Self {
            texts: survey.texts.into(),
            tables: tables.into(),
            current: None,
            context,
            remarks,
            columns,
            meter: Arc::default(),
            number: 0,
        })
    }

    /// Sentences for people about what was found and guessed before reading; `ReadingTally::remarks` tells what reading met.
    pub fn remarks(&self) -> &[String] {
        &self.remarks
    }

    /// Which column plays which part (`text`, `outlet` …), as (part, column): those on which all tables agree.
    pub fn columns(&self) -> &[(String, String)] {
        &self.columns
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

    /// Bytes of the files read so far, packed files by their packed size; for progress, not for results.
    pub fn bytes_read(&self) -> u64 {
        self.meter.load(Ordering::Relaxed)
    }

    /// The next batch: about 1 MiB or 2,000 documents, cut by content, so that the cuts are the same on every machine.
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
                if let Work::Rows(_, slice) = &work {
                    self.meter.fetch_add(slice.bytes(), Ordering::Relaxed);
                }
                if matches!(work, Work::Nothing) {
                    self.current = None;
                    if met.rejects.is_empty() && met.tally == Default::default() {
                        continue;
                    }
                }
                return Ok(Some(self.batch(work, met)));
            }
            let Some(table) = self.tables.pop_front() else { return Ok(None) };
            if let Some(reader) = Reader::open(table, &self.context, &self.meter)? {
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
        self.meter.fetch_add(bytes, Ordering::Relaxed);
        files
    }
}

impl Reader {
    fn open(table: Table, context: &BatchContext, meter: &Arc<AtomicU64>) -> Result<Option<Self>> {
        let limit = context.max_row_bytes;
        let window = || {
            let file = open_metered(&table.file.path, &table.file.relative, table.file.packing, meter.clone())?;
            Ok::<_, Error>(Window::new(Utf8Stream::new(file, context.encoding), context.spare.clone()))
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
