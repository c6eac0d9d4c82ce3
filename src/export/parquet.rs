//! Parquet: exact values and types, with each column's heading, kind, unit, meaning and source as metadata of its Arrow
//! field (`pyarrow.parquet.read_schema(path).field("count").metadata`).
//!
//! Written from Arrow arrays by polars' own Parquet crate: a `DataFrame` carries no field metadata, and its dates would
//! need a feature of polars that nothing else here does.

use std::io::Write;

use polars_arrow::array::{Array, BooleanArray, Int32Array, PrimitiveArray, Utf8ViewArray};
use polars_arrow::datatypes::{ArrowDataType, ArrowSchema, Field, Metadata};
use polars_arrow::record_batch::RecordBatchT;
use polars_parquet::write::{
    CompressionOptions, FileWriter, RowGroupIterator, StatisticsOptions, Version, WriteOptions, get_dtype_encoding,
};

use super::dictionary::kind_name;
use crate::error::{Error, Result};
use crate::table::{Column, ColumnSpec, Table};

const ROWS_A_GROUP: usize = 1 << 18;

pub(super) fn write(table: &Table, out: &mut dyn Write) -> Result<()> {
    let failed = |error: &dyn std::fmt::Display| Error::output(format!("can't write table `{}`: {error}", table.spec.name));
    let schema = schema(table);
    let options = WriteOptions {
        statistics: StatisticsOptions::default(),
        version: Version::V1,
        compression: CompressionOptions::Zstd(None),
        data_page_size: None,
    };
    let batches = (0..table.rows()).step_by(ROWS_A_GROUP).map(|start| {
        let end = (start + ROWS_A_GROUP).min(table.rows());
        let arrays = table.columns.iter().map(|column| array(column, start, end)).collect();
        RecordBatchT::try_new(end - start, schema.clone().into(), arrays)
    });
    let encodings = schema.iter_values().map(|field| get_dtype_encoding(&field.dtype)).collect();
    let groups = RowGroupIterator::try_new(batches, &schema, options, encodings).map_err(|error| failed(&error))?;
    let mut writer = FileWriter::try_new(out, schema.clone(), options).map_err(|error| failed(&error))?;
    for (index, group) in groups.enumerate() {
        let rows = (table.rows() - index * ROWS_A_GROUP).min(ROWS_A_GROUP);
        writer.write(rows as u64, group.map_err(|error| failed(&error))?).map_err(|error| failed(&error))?;
    }
    writer.end(None).map(|_| ()).map_err(|error| failed(&error))
}

fn schema(table: &Table) -> ArrowSchema {
    table
        .spec
        .columns
        .iter()
        .zip(&table.columns)
        .map(|(spec, column)| Field::new(spec.name.into(), arrow_type(column), true).with_metadata(metadata(spec)))
        .collect()
}

fn arrow_type(column: &Column) -> ArrowDataType {
    match column {
        Column::Text(_) => ArrowDataType::Utf8View,
        Column::Integer(_) => ArrowDataType::Int64,
        Column::Number(_) => ArrowDataType::Float64,
        Column::Date(_) => ArrowDataType::Date32,
        Column::Boolean(_) => ArrowDataType::Boolean,
    }
}

fn metadata(spec: &ColumnSpec) -> Metadata {
    let pairs = [
        ("heading", spec.heading),
        ("kind", kind_name(spec.kind)),
        ("unit", spec.unit),
        ("meaning", spec.meaning),
        ("source", spec.source),
    ];
    pairs.into_iter().filter(|(_, text)| !text.is_empty()).map(|(key, text)| (key.into(), text.into())).collect()
}

fn array(column: &Column, start: usize, end: usize) -> Box<dyn Array> {
    match column {
        Column::Text(values) => Box::new(Utf8ViewArray::from_slice((start..end).map(|row| values.get(row)).collect::<Vec<_>>())),
        Column::Integer(values) => Box::new(PrimitiveArray::<i64>::from(values.slice(start..end))),
        Column::Number(values) => Box::new(PrimitiveArray::<f64>::from(values.slice(start..end))),
        Column::Date(values) => Box::new(Int32Array::from(values.slice(start..end)).to(ArrowDataType::Date32)),
        Column::Boolean(values) => Box::new(BooleanArray::from(values.slice(start..end))),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use polars_parquet::read::{BasicDecompressor, PageReader, column_iter_to_arrays, infer_schema, read_metadata};

    use super::*;
    use crate::export::samples::{SPEC, TEXTS, hostile};

    fn written(table: &Table) -> Vec<u8> {
        let mut out = Vec::new();
        write(table, &mut out).expect("written to memory");
        out
    }

    #[test]
    fn every_value_type_and_meaning_is_read_back() {
        let table = hostile();
        let bytes = written(&table);
        let file = read_metadata(&mut Cursor::new(&bytes)).expect("a footer");
        let schema = infer_schema(&file).expect("a schema");
        let types: Vec<ArrowDataType> = schema.iter_values().map(|field| field.dtype.clone()).collect();
        let expected: Vec<ArrowDataType> = table.columns.iter().map(arrow_type).collect();
        assert_eq!(types, expected);
        let count = schema.get("count").and_then(|field| field.metadata.clone()).expect("metadata");
        assert_eq!(count.get("unit").map(AsRef::as_ref), Some("occurrences"));
        assert_eq!(count.get("meaning").map(AsRef::as_ref), Some(SPEC.columns[1].meaning));

        assert_eq!(file.num_rows, TEXTS.len() + 1);
        let chunks = file.row_groups[0].parquet_columns();
        for ((column, field), chunk) in table.columns.iter().zip(schema.iter_values()).zip(chunks) {
            let range = chunk.byte_range();
            let stored = bytes[range.start as usize..range.end as usize].to_vec();
            let pages = PageReader::new(Cursor::new(stored.into()), chunk, Vec::new(), usize::MAX);
            let types = vec![&chunk.descriptor().descriptor.primitive_type];
            let (read, _) =
                column_iter_to_arrays(vec![BasicDecompressor::new(pages, Vec::new())], types, field.clone(), None).expect("read");
            assert_eq!(array(column, 0, table.rows()).as_ref(), read[0].as_ref());
        }
    }

    #[test]
    fn an_empty_table_keeps_its_columns() {
        let bytes = written(&Table::new(&SPEC));
        let file = read_metadata(&mut Cursor::new(&bytes)).expect("a footer");
        assert_eq!((file.num_rows, infer_schema(&file).expect("a schema").len()), (0, SPEC.columns.len()));
    }
}
