//! DP brought to the full range 0–1.
//! Lijffijt & Gries 2012.

use super::deviation_of_proportions::deviation_of_proportions;
use super::{GRIES_COUNTS, GRIES_SIZES};
use crate::analyses::measures::{Case, Evaluate, Kind, Measure, Origin, Parts};

/// DP brought to the full range 0–1.
pub static DEVIATION_OF_PROPORTIONS_NORMALISED: Measure = Measure {
    name: "deviation_of_proportions_normalised",
    symbol: "DPnorm",
    kind: Kind::Dispersion,
    unit: "0 even to 1 clumped",
    meaning: "DP over the largest value it can have for these parts, so that 1 is reached.",
    formula: "DP/(1 − min s)",
    source: "Lijffijt & Gries 2012",
    evaluate: Evaluate::Parts(deviation_of_proportions_normalised),
    cases: &[
        Case::parts(Origin::Literature, "Gries 2008, letter \"a\"", GRIES_COUNTS, GRIES_SIZES, Some(0.219512), 1e-5),
        Case::parts(
            Origin::Oracle,
            "Gries 2008, letter \"a\", all digits by scipy 1.17.1 and numpy (scripts/oracles/golden_numbers.py)",
            GRIES_COUNTS,
            GRIES_SIZES,
            Some(0.2195121951219512),
            1e-12,
        ),
        Case::parts(Origin::Boundary, "all in the smallest of three parts", &[3.0, 0.0, 0.0], &[10.0, 20.0, 30.0], Some(1.0), 1e-12),
        Case::parts(Origin::Boundary, "one part", &[3.0], &[10.0], None, 0.0),
    ],
};

/// DPnorm; `None` for a word that does not occur or a single part.
pub fn deviation_of_proportions_normalised(parts: &Parts<'_>) -> Option<f64> {
    let smallest = parts.shares().map(|(_, share)| share).fold(1.0, f64::min);
    deviation_of_proportions(parts).filter(|_| smallest < 1.0).map(|deviation| deviation / (1.0 - smallest))
}
