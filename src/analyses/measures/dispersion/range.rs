//! Parts that hold a word.
//! A plain count, also called document frequency.

use super::{GRIES_COUNTS, GRIES_SIZES};
use crate::analyses::measures::{Case, Evaluate, Kind, Measure, Origin, Parts};

/// Parts that hold a word.
pub static RANGE: Measure = Measure {
    name: "range",
    symbol: "R",
    kind: Kind::Dispersion,
    unit: "parts",
    meaning: "Number of parts (documents) that hold the word.",
    formula: "number of parts with v > 0",
    source: "–",
    evaluate: Evaluate::Parts(range),
    cases: &[
        Case::parts(Origin::Literature, "Gries 2008, letter \"a\"", GRIES_COUNTS, GRIES_SIZES, Some(5.0), 0.0),
        Case::parts(Origin::Boundary, "in two of three", &[0.0, 2.0, 1.0], &[9.0, 9.0, 9.0], Some(2.0), 0.0),
        Case::parts(Origin::Boundary, "a word that does not occur", &[0.0, 0.0], &[5.0, 5.0], Some(0.0), 0.0),
    ],
};

/// Parts with at least one occurrence; 0 for a word that does not occur, `None` for lists of unequal length.
pub fn range(parts: &Parts<'_>) -> Option<f64> {
    (parts.counts.len() == parts.sizes.len()).then(|| parts.counts.iter().filter(|count| **count > 0.0).count() as f64)
}
