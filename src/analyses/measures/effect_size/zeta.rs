//! How consistently a word is used by one side and avoided by the other, with documents as segments.
//! Burrows 2007 in the form of Craig & Kinney 2009.

use super::{SAMPLE_REFERENCE, SAMPLE_TARGET};
use crate::analyses::measures::{Case, Evaluate, Kind, Measure, Origin, TwoSamples};

/// How consistently a word is used by one side and avoided by the other, with documents as segments.
pub static ZETA: Measure = Measure {
    name: "zeta",
    symbol: "Zeta",
    kind: Kind::EffectSize,
    unit: "0 to 2",
    meaning: "Share of the target's documents with the word plus share of the reference's without it: 1 no difference, 2 in all of one and none of the other.",
    formula: "share of segments with the word in the target + share without it in the reference",
    source: "Craig & Kinney 2009",
    evaluate: Evaluate::TwoSamples(zeta),
    cases: &[
        Case::samples(Origin::Oracle, "by hand: 6 of 8 with, 4 of 10 without", SAMPLE_TARGET, SAMPLE_REFERENCE, Some(1.15), 1e-12),
        Case::samples(Origin::Boundary, "in all of one and none of the other", &[1.0, 3.0], &[0.0, 0.0], Some(2.0), 0.0),
        Case::samples(Origin::Boundary, "no document on a side", &[], &[0.0], None, 0.0),
    ],
};

/// Craig's Zeta from a number per document that is above 0 where the word occurs; `None` without documents on a side.
pub fn zeta(samples: &TwoSamples<'_>) -> Option<f64> {
    let share =
        |values: &[f64]| (!values.is_empty()).then(|| values.iter().filter(|value| **value > 0.0).count() as f64 / values.len() as f64);
    Some(share(samples.target)? + 1.0 - share(samples.reference)?)
}
