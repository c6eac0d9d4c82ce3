//! Reads folders, files and tables into documents, in batches whose cuts depend on content only.
//!
//! Comes in: paths and options. Goes out: `Source` (remarks, then batches one after the other), and from each `Batch`, on any thread,
//! documents, rejects and counts. What can be told early fails early: a missing file, an unknown column. Not here: choosing what of a
//! text is counted (`clean`), numbering repeated ids, the `rejects.csv`.

mod batch;
mod block;
mod dates;
mod delimited;
mod elements;
mod encoding;
mod files;
mod first_look;
mod formats;
mod front_matter;
mod html;
mod inputs;
mod json_mending;
mod json_rows;
mod lines;
mod metadata;
mod options;
mod parquet;
mod records;
mod rows;
mod schema;
mod source;
mod spare;
mod tally;
#[cfg(test)]
mod tests;
mod window;

pub use batch::{Batch, BatchContext, ParsedBatch};
pub use dates::{DateReading, read_date};
pub use options::{ColumnNames, DateOrder, MAX_FIELD_BYTES, MAX_ROW_BYTES, ReadOptions};
pub use schema::field_name;
pub use source::Source;
pub use tally::{Examples, ReadingTally};
