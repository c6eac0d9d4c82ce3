//! Compact containers: many strings in one buffer, ids for strings, sparse rows.
//!
//! Comes in: bytes and numbers. Goes out: dense ids and slices. Not here: what a string or a number means.

mod allocator;
mod arena;
mod bits;
mod interner;
mod short_key;
mod sparse;
mod spool;
mod word_counts;

pub use allocator::return_large_blocks;
pub use arena::StringArena;
pub use bits::BitList;
pub use interner::Interner;
pub use short_key::{LONGEST_SHORT, ShortKey};
pub use sparse::SparseRows;
pub use spool::Spool;
pub use word_counts::WordCounts;
