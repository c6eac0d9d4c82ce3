//! Numbers that agree on every machine: logarithms, special functions, random streams, ordered parallel map.
//!
//! Comes in: numbers. Goes out: numbers, the same bits for any thread count. Not here: what is counted.

pub mod float;
mod parallel;
mod random;
pub mod special;
pub mod summary;

pub use parallel::{map_in_order, sort_in_parallel};
pub use random::RandomStream;
