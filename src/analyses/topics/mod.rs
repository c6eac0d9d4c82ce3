//! Topics: clusters of documents that use the same words.

pub mod features;
pub mod fit;
pub mod mixture;
pub mod neighbours;
pub mod weighting;
