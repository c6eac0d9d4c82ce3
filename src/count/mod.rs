//! From raw documents to a corpus: every text is touched once, here.
//!
//! Comes in: raw documents in any order, spread over any number of counters. Goes out: one corpus that is the same
//! whatever the order and the spreading. Not here: opening files, statistics.
//!
//! A counter is a partial result: counting two halves and freezing both together equals counting the whole.

mod copies;
mod counter;
mod documents;
mod freeze;
mod kept;
mod noting;
mod repeated;
mod streaming;
#[cfg(test)]
mod tests;

pub use counter::{CountOptions, Counter};
pub use freeze::freeze;
