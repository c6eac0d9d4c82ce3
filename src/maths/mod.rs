//! Numbers that agree on every machine: logarithms, special functions, random streams, ordered parallel map.
//!
//! Comes in: numbers. Goes out: numbers, the same bits for any thread count. Not here: what is counted.

pub mod agreement;
pub mod dense;
pub mod float;
mod incomplete_beta;
mod incomplete_gamma;
pub mod kmeans;
pub mod lanes;
pub mod many_tests;
mod near_duplicates;
#[cfg(test)]
mod oracle_values;
pub mod order;
mod parallel;
mod probability_mass;
mod processor;
mod random;
pub mod resampling;
pub mod silhouette;
pub mod special;
pub mod summary;
pub mod symmetric;
mod truncated_svd;
pub mod ward;
mod weighted;

pub use near_duplicates::near_duplicates;
#[cfg(test)]
pub(crate) use parallel::on_threads;
pub use parallel::{
    Threads, both, filled_in_parallel, in_waves, map_in_order, map_parts, on_run_threads, sort_in_parallel, sort_in_parallel_by, with_rows,
};
pub(crate) use processor::by_processor;
pub use random::RandomStream;
pub use truncated_svd::{TruncatedSvd, truncated_svd};
pub use weighted::WeightedRows;
