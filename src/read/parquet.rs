//! Reads Parquet in slices of rows, with only the columns that are used; the file is mapped, never loaded.
//!
//! Comes in: a file. Goes out: slices cut by content, and their documents. Days and instants are decoded as the integers that the
//! file stores, and texts as bytes, so that damaged UTF-8 is counted like everywhere else. Nested columns are left out.

use super::batch::{BatchContext, Part, TableHead};
use super::encoding::replace_damage;
use super::rows::Row;
use super::schema::{ColumnSample, Role, SAMPLE_ROWS, Schema, Use};
use super::window::{BATCH_BYTES, BATCH_ROWS};
use crate::error::{Error, Result};
use polars::prelude::{ArrowDataType, ArrowField, ArrowTimeUnit, NamedFrom, Series};
use polars_arrow::array::{Array, PrimitiveArray};
use polars_io::SerReader;
use polars_io::mmap::ReaderBytes;
use polars_io::parquet::metadata::FileMetadataRef;
use polars_io::parquet::read::{_internal::to_deserializer, ParquetReader};
use polars_parquet::parquet::page::CompressedPage;
use polars_parquet::read::{ColumnChunkMetadata, Filter, PageReader, PhysicalType};
use std::collections::VecDeque;
use std::fmt;
use std::fs::File;
use std::io::Cursor;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

/// An open file.
pub(super) struct ParquetFile {
    bytes: ReaderBytes<'static>,
    metadata: FileMetadataRef,
    columns: Vec<Column>,
    /// Names of columns that are left out because they are nested or of a rare type.
    pub(super) unread: Vec<String>,
}

struct Column {
    name: String,
    field: ArrowField,
    kind: Kind,
}

/// How a column's values become text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Boolean,
    Small,
    Large,
    Unsigned,
    Huge,
    Single,
    Double,
    Days,
    /// Instants, so many of them a day.
    Instants(i64),
}

/// Some rows of a file.
#[derive(Debug, Clone)]
pub(super) struct Slice {
    file: Arc<ParquetFile>,
    group: usize,
    rows: Range<usize>,
    /// Number in the file of the first row, from 1.
    first_row: u64,
}

impl Slice {
    /// The slice's share of the file's bytes, by its rows; for progress.
    pub(super) fn bytes(&self) -> u64 {
        (self.file.bytes.len() as f64 * self.rows.len() as f64 / self.file.metadata.num_rows.max(1) as f64) as u64
    }
}

impl fmt::Debug for ParquetFile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ParquetFile").field("rows", &self.metadata.num_rows).finish_non_exhaustive()
    }
}

/// Runs `task`; damaged files make `polars` panic in places.
fn guarded<T>(task: impl FnOnce() -> std::result::Result<T, String>) -> std::result::Result<T, String> {
    catch_unwind(AssertUnwindSafe(task)).unwrap_or_else(|_| Err("the file is damaged".into()))
}

fn first_line(error: impl fmt::Display) -> String {
    error.to_string().lines().next().unwrap_or_default().to_owned()
}

impl ParquetFile {
    /// Opens the file at `path`.
    ///
    /// # Errors
    /// An input error if it is no Parquet file or its footer is damaged.
    pub(super) fn open(path: &Path, shown: &str) -> Result<Self> {
        let failed = |reason: String| Error::input(format!("can't read `{shown}` as Parquet: {reason}"));
        let mut file = File::open(path).map_err(|error| failed(super::formats::reason(&error)))?;
        if file.metadata().map_or(0, |metadata| metadata.len()) < 12 {
            return Err(failed("it is too short".into()).hint("is the download complete?"));
        }
        let (metadata, schema) = guarded(|| {
            let mut reader = ParquetReader::new(file.try_clone().map_err(first_line)?);
            let schema = reader.schema().map_err(first_line)?;
            Ok((reader.get_metadata().map_err(first_line)?.clone(), schema))
        })
        .map_err(|reason| failed(reason).hint("is it a Parquet file, and complete?"))?;
        let ReaderBytes::Owned(bytes) = guarded(|| Ok(ReaderBytes::from(&mut file))).map_err(failed)? else {
            return Err(Error::internal("a mapped file is borrowed"));
        };
        let mut columns = Vec::new();
        let mut unread = Vec::new();
        for (name, field) in schema.iter() {
            match kind_of(&field.dtype) {
                Some((kind, dtype)) => {
                    columns.push(Column { name: name.to_string(), field: ArrowField::new(name.clone(), dtype, true), kind })
                }
                None => unread.push(name.to_string()),
            }
        }
        Ok(Self { bytes: ReaderBytes::Owned(bytes), metadata, columns, unread })
    }

    /// The columns and the lengths of their first values.
    pub(super) fn sample(&self) -> std::result::Result<Vec<ColumnSample>, String> {
        let rows = self.metadata.row_groups.first().map_or(0, |group| group.num_rows().min(SAMPLE_ROWS));
        self.columns
            .iter()
            .map(|column| {
                let mut longest = 0;
                if column.kind == Kind::Text && rows > 0 {
                    let series = self.decode(column, 0, 0..rows)?;
                    longest = series.binary().map_err(first_line)?.iter().flatten().map(<[u8]>::len).max().unwrap_or(0);
                }
                Ok(ColumnSample { name: column.name.clone(), longest })
            })
            .collect()
    }

    fn chunk(&self, name: &str, group: usize) -> std::result::Result<&ColumnChunkMetadata, String> {
        let mut chunks = self.metadata.row_groups[group].columns_under_root_iter(name).ok_or("a column is missing")?;
        chunks.next().ok_or_else(|| "a column is missing".to_owned())
    }

    fn decode(&self, column: &Column, group: usize, rows: Range<usize>) -> std::result::Result<Series, String> {
        guarded(|| {
            let chunk = self.chunk(&column.name, group)?;
            let range = chunk.byte_range();
            let ReaderBytes::Owned(bytes) = &self.bytes else { return Err("the file is closed".into()) };
            let bytes = bytes.clone().sliced(range.start as usize..range.end as usize);
            let filter = Filter::new_ranged(rows.start, rows.end);
            // Spark still writes instants in twelve bytes, which are decoded under their own type only.
            let is_long_instant = chunk.physical_type() == PhysicalType::Int96;
            let instant = || ArrowField::new(column.field.name.clone(), ArrowDataType::Timestamp(ArrowTimeUnit::Nanosecond, None), true);
            let field = if is_long_instant { instant() } else { column.field.clone() };
            let (arrays, _) = to_deserializer(vec![(chunk, bytes)], field, Some(filter)).map_err(first_line)?;
            let series = if is_long_instant {
                Series::new(column.field.name.clone(), nanoseconds(&arrays)?)
            } else {
                Series::try_from((&column.field, arrays)).map_err(first_line)?
            };
            if series.len() == rows.len() { Ok(series) } else { Err("the file has fewer rows than it says".into()) }
        })
    }

    /// Cuts a row group at the borders of the text column's pages, because a page is unpacked whole.
    fn cut(&self, group: usize, text_column: &str) -> Vec<Range<usize>> {
        let total = self.metadata.row_groups[group].num_rows();
        let pages = guarded(|| {
            let chunk = self.chunk(text_column, group)?;
            let range = chunk.byte_range();
            let ReaderBytes::Owned(bytes) = &self.bytes else { return Err("the file is closed".into()) };
            let bytes = bytes.clone().sliced(range.start as usize..range.end as usize);
            let mut pages = Vec::new();
            for page in PageReader::new(Cursor::new(bytes), chunk, Vec::new(), usize::MAX) {
                if let CompressedPage::Data(page) = page.map_err(first_line)? {
                    pages.push((page.num_values(), page.uncompressed_size()));
                }
            }
            Ok(pages)
        });
        cut_pages(total, &pages.unwrap_or_default())
    }
}

fn nanoseconds(arrays: &[Box<dyn Array>]) -> std::result::Result<Vec<Option<i64>>, String> {
    let mut values = Vec::new();
    for array in arrays {
        let instants = array.as_any().downcast_ref::<PrimitiveArray<i64>>().ok_or("an instant of an unknown type")?;
        // The largest number stands for an instant out of range.
        values.extend(instants.iter().map(|instant| instant.copied().filter(|instant| *instant != i64::MAX)));
    }
    Ok(values)
}

/// Ranges of rows, of about a batch each; `pages` holds rows and bytes.
fn cut_pages(total: usize, pages: &[(usize, usize)]) -> Vec<Range<usize>> {
    // Reading a part of a page unpacks all of it, so a page isn't cut into more than this many parts.
    const MAX_PARTS: usize = 8;
    let mut cuts = Vec::new();
    let (mut start, mut end, mut bytes) = (0, 0, 0);
    let mut close = |start: &mut usize, end: usize| {
        if end > *start {
            cuts.push(*start..end);
            *start = end;
        }
    };
    for &(rows, size) in pages {
        let rows = rows.min(total - end);
        if bytes + size > BATCH_BYTES || end - start + rows > BATCH_ROWS {
            close(&mut start, end);
            bytes = 0;
        }
        let parts = size.div_ceil(BATCH_BYTES).max(rows.div_ceil(BATCH_ROWS)).clamp(1, MAX_PARTS);
        if parts > 1 {
            let step = rows.div_ceil(parts).max(1);
            let page_end = end + rows;
            while end < page_end {
                end = (end + step).min(page_end);
                close(&mut start, end);
            }
        } else {
            end += rows;
            bytes += size;
        }
    }
    close(&mut start, end);
    // Rows that no page tells of: the decoder will say what is wrong with them.
    while end < total {
        end = (end + BATCH_ROWS).min(total);
        close(&mut start, end);
    }
    cuts
}

/// How a stored type is read, and the type to decode it as; `None` for nested and rare ones.
fn kind_of(dtype: &ArrowDataType) -> Option<(Kind, ArrowDataType)> {
    use ArrowDataType as Stored;
    Some(match dtype {
        Stored::Utf8 | Stored::LargeUtf8 | Stored::Utf8View | Stored::Binary | Stored::LargeBinary | Stored::BinaryView => {
            (Kind::Text, Stored::BinaryView)
        }
        Stored::Dictionary(_, values, _) => match kind_of(values)? {
            text @ (Kind::Text, _) => text,
            _ => return None,
        },
        Stored::Boolean => (Kind::Boolean, Stored::Boolean),
        Stored::Int8 | Stored::Int16 | Stored::Int32 | Stored::UInt8 | Stored::UInt16 => (Kind::Small, Stored::Int32),
        Stored::Int64 => (Kind::Large, Stored::Int64),
        Stored::UInt32 => (Kind::Unsigned, Stored::UInt32),
        Stored::UInt64 => (Kind::Huge, Stored::UInt64),
        Stored::Float32 => (Kind::Single, Stored::Float32),
        Stored::Float64 => (Kind::Double, Stored::Float64),
        Stored::Date32 => (Kind::Days, Stored::Int32),
        Stored::Date64 => (Kind::Instants(86_400_000), Stored::Int64),
        Stored::Timestamp(unit, _) => {
            let seconds = match unit {
                ArrowTimeUnit::Second => 1,
                ArrowTimeUnit::Millisecond => 1_000,
                ArrowTimeUnit::Microsecond => 1_000_000,
                ArrowTimeUnit::Nanosecond => 1_000_000_000,
            };
            (Kind::Instants(86_400 * seconds), Stored::Int64)
        }
        _ => return None,
    })
}

/// Cuts a file into slices.
pub(super) struct Slices {
    file: Arc<ParquetFile>,
    text_column: String,
    group: usize,
    waiting: VecDeque<Range<usize>>,
    rows_before: u64,
}

impl Slices {
    pub(super) fn new(file: Arc<ParquetFile>, schema: &Schema) -> Self {
        let text_column = schema.columns.iter().find(|(_, usage)| matches!(usage, Use::Role(Role::Text, _)));
        let text_column = text_column.map(|(name, _)| name.clone()).unwrap_or_default();
        Self { file, text_column, group: 0, waiting: VecDeque::new(), rows_before: 0 }
    }

    /// The next slice.
    pub(super) fn next(&mut self) -> Option<Slice> {
        loop {
            if let Some(rows) = self.waiting.pop_front() {
                let first_row = self.rows_before + rows.start as u64 + 1;
                return Some(Slice { file: self.file.clone(), group: self.group - 1, rows, first_row });
            }
            if self.group == self.file.metadata.row_groups.len() {
                return None;
            }
            if let Some(before) = self.group.checked_sub(1) {
                self.rows_before += self.file.metadata.row_groups[before].num_rows() as u64;
            }
            self.waiting = self.file.cut(self.group, &self.text_column).into();
            self.group += 1;
        }
    }
}

/// Decodes a slice.
pub(super) fn parse(slice: &Slice, table: &TableHead, context: &BatchContext, part: &mut Part) {
    let mut columns = Vec::new();
    for column in &slice.file.columns {
        let Some(usage) = table.schema.usage(&column.name).filter(|usage| **usage != Use::Skip) else { continue };
        match slice.file.decode(column, slice.group, slice.rows.clone()) {
            Ok(series) => columns.push((series, column.kind, usage)),
            Err(reason) => {
                let last = slice.first_row + slice.rows.len() as u64 - 1;
                let reason = format!("rows {} to {last} can't be decoded: column `{}`: {reason}", slice.first_row, column.name);
                part.reject(table, slice.first_row, reason, "");
                return;
            }
        }
    }
    for index in 0..slice.rows.len() {
        let number = slice.first_row + index as u64;
        let mut row = Row::default();
        let mut replaced = 0;
        for (series, kind, usage) in &columns {
            match cell(series, *kind, index) {
                None => {}
                Some(Cell::Text(text, damaged)) => {
                    replaced += damaged;
                    row.put(usage, text);
                }
                Some(Cell::Day(day)) => {
                    if matches!(usage, Use::Role(Role::Date, _)) {
                        row.day = Some(day);
                    }
                    row.put(usage, iso_day(day));
                }
            }
        }
        let name = || format!("{}-row-{number}", table.stem);
        match row.into_document(name, table.place(number), replaced, context, &mut part.tally) {
            Ok(document) => part.documents.push(document),
            Err(reason) => part.reject(table, number, reason.to_owned(), ""),
        }
    }
}

enum Cell {
    Text(String, u64),
    Day(i32),
}

fn cell(series: &Series, kind: Kind, index: usize) -> Option<Cell> {
    Some(match kind {
        Kind::Text => {
            let (text, damaged) = replace_damage(series.binary().ok()?.get(index)?);
            Cell::Text(text.into_owned(), damaged)
        }
        Kind::Boolean => Cell::Text(series.bool().ok()?.get(index)?.to_string(), 0),
        Kind::Small => Cell::Text(series.i32().ok()?.get(index)?.to_string(), 0),
        Kind::Large => Cell::Text(series.i64().ok()?.get(index)?.to_string(), 0),
        Kind::Unsigned => Cell::Text(series.u32().ok()?.get(index)?.to_string(), 0),
        Kind::Huge => Cell::Text(series.u64().ok()?.get(index)?.to_string(), 0),
        Kind::Single => Cell::Text(format!("{:?}", series.f32().ok()?.get(index)?), 0),
        Kind::Double => Cell::Text(format!("{:?}", series.f64().ok()?.get(index)?), 0),
        Kind::Days => Cell::Day(series.i32().ok()?.get(index)?),
        Kind::Instants(per_day) => Cell::Day(i32::try_from(series.i64().ok()?.get(index)?.div_euclid(per_day)).ok()?),
    })
}

/// A day as `2023-09-26`; empty outside the calendar.
fn iso_day(day: i32) -> String {
    let date = jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(day).unwrap_or_default());
    date.map(|date| date.to_string()).unwrap_or_default()
}
