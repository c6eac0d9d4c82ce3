//! Passages of the texts that show what numbers count: for the rows that findings cite, and for exploring two groups.
//!
//! Comes in: the corpus, tables, findings. Goes out: passages with their word marked. Which documents are taken is
//! decided by a shuffle with the run's seed, one place a document, so that passages are a fair sample of the places and
//! not the first ones. Not here: any number of a table.

mod evidence;
mod explorer;
mod passage;
mod phrases;
#[cfg(test)]
mod tests;

pub use evidence::contexts_of_findings;
pub use explorer::explorer;

/// Most places shown for one finding or one word of two groups.
const MOST_PLACES: usize = 10;

/// Task numbers of this module's random streams.
const SHUFFLE_OF_EVIDENCE: u64 = 0x636f_6e74_6578_7401;
const SHUFFLE_OF_EXPLORER: u64 = 0x636f_6e74_6578_7402;

/// All documents in the order in which places are looked for.
fn shuffled_documents(documents: usize, seed: u64, task: u64) -> Vec<u32> {
    let mut order: Vec<u32> = (0..documents as u32).collect();
    crate::maths::RandomStream::new(seed, task).shuffle(&mut order);
    order
}
