//! The named-entity tagger: a linear structured model with its own trainer.
//!
//! Most features depend on one word type at one distance from the token, so their weights are summed once a surface
//! of the corpus; a token's scores are then a few short vectors added up, plus hashed features that join words.

mod bytes;
mod chain;
mod conll;
mod context;
mod dataset;
mod decode;
mod error;
mod evaluate;
mod features;
mod gazetteer;
mod hash;
mod labels;
mod learn;
mod lexicon;
mod model;
mod options;
mod register;
mod revise;
mod shrink;
mod surface;
mod tag;
mod train;

pub use conll::{TaggedDocument, TaggedFile, read_tagged};
pub use context::TaggerDocument;
pub use dataset::TrainingSet;
pub use error::TaggerError;
pub use evaluate::{FileScores, Score, evaluate, score_table, tag_file};
pub use gazetteer::Resources;
pub use labels::{EntityKind, EntitySpan};
pub use model::{Model, Parts};
pub use options::{SetOptions, TrainingOptions};
pub use train::train;

/// Something that finds entities. Another tagger can stand in for ours.
pub trait EntityTagger: Send + Sync {
    /// Gets ready for a corpus whose distinct surfaces are given; documents then name them by position.
    fn prepare<'a>(&'a self, surfaces: &[&str]) -> Box<dyn DocumentTagger + 'a>;
    /// What reports call this tagger.
    fn name(&self) -> String;
}

/// A tagger that knows the corpus' surfaces.
pub trait DocumentTagger: Send + Sync {
    /// The entities of one document, in order, none inside another. A pure function of the document.
    fn tag(&self, document: &TaggerDocument<'_>) -> Vec<EntitySpan>;
}
