//! What an analysis needs to be built; the planner takes the union and builds nothing else.

/// A set of corpus products.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Needs(u8);

impl Needs {
    /// Group counts only: a streaming run that keeps no document's words.
    pub const GROUP_COUNTS: Self = Self(0);
    /// Documents × terms.
    pub const DOCUMENT_TERMS: Self = Self(1);
    /// Every document's tokens in order.
    pub const TOKENS: Self = Self(2);
    /// The texts as read and each token's place in them.
    pub const TEXTS: Self = Self(4 | 2);
    /// Each document's language; otherwise it is guessed for a few, which tell the corpus' own.
    pub const LANGUAGES: Self = Self(8);

    /// The union of two sets.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all of `other` is in this set.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}
