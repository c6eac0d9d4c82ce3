//! Ids are positions in sorted lists, never hashes.

/// Position of a document in `Documents`.
pub type DocId = u32;
/// Position of a term in `Vocabulary`.
pub type TermId = u32;
/// Position of a surface in `Surfaces`.
pub type SurfaceId = u32;
/// Position of a group in `Groups`.
pub type GroupId = u16;

/// "No term", "no level": the id that points nowhere.
pub const NONE: u32 = u32::MAX;
