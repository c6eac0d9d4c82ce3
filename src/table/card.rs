//! Cards: judgements that a reader needs before the findings, such as whether the groups can be compared at all.

/// How something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing speaks against it.
    Sound,
    /// To be read with care.
    Care,
    /// Not to be relied on.
    Poor,
}

/// A judgement with its reason, on comparability or robustness.
#[derive(Debug, Clone)]
pub struct Card {
    /// What is judged.
    pub title: String,
    /// The judgement.
    pub standing: Standing,
    /// The judgement in a few words.
    pub verdict: String,
    /// The reason, with its numbers.
    pub detail: String,
}
