//! Compact containers: many strings in one buffer, ids for strings, sparse rows.
//!
//! Comes in: bytes and numbers. Goes out: dense ids and slices. Not here: what a string or a number means.

mod bits;
mod interner;
mod sparse;

pub use bits::BitList;
pub use interner::{Interner, StringArena};
pub use sparse::SparseRows;
