//! Topics: clusters of documents that use the same words.

pub mod choice;
pub mod features;
pub mod fit;
pub mod mixture;
pub mod neighbours;
pub mod weighting;
pub mod coherence;
pub mod labels;
pub mod model;
pub mod stability;
