//! A batch: the unit that one worker parses.

use super::block::Block;
use super::elements::ElementBlock;
use super::files::TextFile;
use super::metadata::Metadata;
use super::options::{DateOrder, MAX_ROW_BYTES};
use super::parquet::Slice;
use super::schema::Schema;
use super::spare::SpareBuffers;
use super::tally::{ReadingTally, excerpt};
use super::{delimited, files, json_rows, parquet};
use crate::corpus::{RawDocument, Reject};
use encoding_rs::Encoding;
use std::sync::Arc;

/// What all batches share; clones are cheap.
#[derive(Debug, Clone)]
pub struct BatchContext {
    pub(super) date_order: DateOrder,
    pub(super) encoding: Option<&'static Encoding>,
    pub(super) metadata: Option<Arc<Metadata>>,
    pub(super) required_fields: Arc<[String]>,
    pub(super) max_row_bytes: usize,
    pub(super) spare: SpareBuffers,
}

impl Default for BatchContext {
    fn default() -> Self {
        Self {
            date_order: DateOrder::Unstated,
            encoding: None,
            metadata: None,
            required_fields: Arc::new([]),
            max_row_bytes: MAX_ROW_BYTES,
            spare: SpareBuffers::default(),
        }
    }
}

impl BatchContext {
    /// Whether the run needs the field called `name`.
    pub(super) fn is_required(&self, name: &str) -> bool {
        self.required_fields.iter().any(|required| required == name)
    }
}

/// What the rows of one table share.
#[derive(Debug)]
pub(super) struct TableHead {
    /// The file, relative to the input.
    pub(super) relative: String,
    /// The file's name without extensions, for documents without an id.
    pub(super) stem: String,
    pub(super) schema: Schema,
}

impl TableHead {
    pub(super) fn place(&self, row: u64) -> String {
        format!("{}:{row}", self.relative)
    }
}

/// Work for one worker: some files, or some rows of a table as raw bytes.
#[derive(Debug)]
pub struct Batch {
    /// Number of the batch, from 0, in reading order; merge results by it.
    pub number: u64,
    pub(super) work: Work,
    /// What the reader itself met while cutting.
    pub(super) met: Part,
}

#[derive(Debug)]
pub(super) enum Work {
    Files(Vec<TextFile>),
    Lines(Arc<TableHead>, Block),
    Records(Arc<TableHead>, u8, Block),
    Elements(Arc<TableHead>, ElementBlock),
    Rows(Arc<TableHead>, Slice),
    Nothing,
}

/// What a worker made of a batch.
#[derive(Debug, Default)]
pub struct ParsedBatch {
    /// Number of the batch.
    pub number: u64,
    /// Documents in reading order.
    pub documents: Vec<RawDocument>,
    /// Rows and files that can't be used, in reading order.
    pub rejects: Vec<Reject>,
    /// What was counted on the way.
    pub tally: ReadingTally,
}

/// Documents, rejects and counts while a batch is parsed.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub(super) documents: Vec<RawDocument>,
    pub(super) rejects: Vec<Reject>,
    pub(super) tally: ReadingTally,
}

impl Part {
    pub(super) fn reject(&mut self, table: &TableHead, row: u64, reason: String, start: &str) {
        self.rejects.push(Reject { file: table.relative.clone(), row, reason, excerpt: excerpt(start, 120) });
    }
}

impl Batch {
    /// Parses the batch. A pure function of the batch and the context, so that any worker gives the same result.
    pub fn parse(self, context: &BatchContext) -> ParsedBatch {
        let mut part = self.met;
        match self.work {
            Work::Files(list) => list.into_iter().for_each(|file| files::read(file, context, &mut part)),
            Work::Lines(table, block) => {
                parse_lines(&block, &table, context, &mut part);
                context.spare.give(block.bytes);
            }
            Work::Records(table, delimiter, block) => {
                delimited::parse(&block, delimiter, &table, context, &mut part);
                reject_bad(block.bad, &table, &mut part);
                context.spare.give(block.bytes);
            }
            Work::Elements(table, block) => parse_elements(block, &table, context, &mut part),
            Work::Rows(table, slice) => parquet::parse(&slice, &table, context, &mut part),
            Work::Nothing => {}
        }
        ParsedBatch { number: self.number, documents: part.documents, rejects: part.rejects, tally: part.tally }
    }
}

fn parse_lines(block: &Block, table: &TableHead, context: &BatchContext, part: &mut Part) {
    let mut start = 0;
    let mut number = block.line;
    while start < block.bytes.len() {
        let end = memchr::memchr(block.end, &block.bytes[start..]).map_or(block.bytes.len(), |found| start + found);
        let line = block.bytes[start..end].trim_ascii();
        start = end + 1;
        if !line.iter().all(|byte| *byte == 0) {
            parse_row(line, number, number, table, context, part);
        }
        number += 1;
    }
    if let Some(bad) = &block.bad {
        part.reject(table, bad.line, bad.reason.clone(), &bad.start);
    }
}

fn parse_elements(block: ElementBlock, table: &TableHead, context: &BatchContext, part: &mut Part) {
    for (row, range) in (block.row..).zip(&block.ranges) {
        parse_row(&block.bytes[range.clone()], row, row, table, context, part);
    }
    reject_bad(block.bad, table, part);
}

fn reject_bad(bad: Option<super::block::BadRow>, table: &TableHead, part: &mut Part) {
    if let Some(bad) = bad {
        part.reject(table, bad.line, bad.reason, &bad.start);
    }
}

fn parse_row(bytes: &[u8], place: u64, row: u64, table: &TableHead, context: &BatchContext, part: &mut Part) {
    let name = || format!("{}-row-{row}", table.stem);
    match json_rows::parse_object(bytes, &table.schema, name, table.place(place), context, &mut part.tally) {
        Ok(document) => part.documents.push(document),
        Err(reason) => part.reject(table, place, reason, &String::from_utf8_lossy(&bytes[..bytes.len().min(600)])),
    }
}
