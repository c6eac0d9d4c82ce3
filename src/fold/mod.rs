//! From surfaces to terms: case, stems, stop words. Works on types, so the stemmer runs once a type.
//!
//! Comes in: surfaces with their kinds. Goes out: one term (or none) a surface, and the sorted vocabulary.
//! Not here: texts, and counting occurrences.

mod folder;
mod languages;

pub use folder::{FoldRule, Folder, fold, stem_classes};
pub use languages::{Language, detect};
