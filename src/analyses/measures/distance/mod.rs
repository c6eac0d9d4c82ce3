//! How far apart two texts are as a whole.

mod cosine_distance;
mod jensen_shannon;

pub use cosine_distance::{COSINE_DISTANCE, cosine_distance};
pub use jensen_shannon::{JENSEN_SHANNON, divergence_term, jensen_shannon};
