//! Evenness from the coefficient of variation of the parts' rates.
//! Juilland & Chang-Rodríguez 1964. Some programs take the sample deviation and differ.

use super::{EQUAL_SIZES, GRIES_COUNTS, GRIES_SIZES};
use crate::analyses::measures::{Case, Evaluate, Kind, Measure, Origin, Parts};
use crate::maths::float::sqrt;
use crate::maths::summary::mean;

/// Evenness from the coefficient of variation of the parts' rates.
pub static JUILLAND_D: Measure = Measure {
    name: "juilland_d",
    symbol: "D",
    kind: Kind::Dispersion,
    unit: "0 clumped to 1 even",
    meaning: "One less the coefficient of variation of the rates in the parts over its maximum; population standard deviation.",
    formula: "1 − VC/√(n−1), VC = σ/mean of pᵢ = vᵢ/sᵢ",
    source: "Juilland & Chang-Rodríguez 1964",
    evaluate: Evaluate::Parts(juilland_d),
    cases: &[
        Case::parts(Origin::Literature, "Gries 2008, letter \"a\"", GRIES_COUNTS, GRIES_SIZES, Some(0.785150), 1e-6),
        Case::parts(Origin::Literature, "Gries 2008, letter \"a\", parts taken as equal", GRIES_COUNTS, EQUAL_SIZES, Some(0.764298), 1e-6),
        Case::parts(Origin::Literature, "Juilland's (0, 4, 3, 2, 1)", &[0.0, 4.0, 3.0, 2.0, 1.0], EQUAL_SIZES, Some(0.646447), 1e-6),
        Case::parts(
            Origin::Oracle,
            "Gries 2008, letter \"a\", all digits by scipy 1.17.1 and numpy (scripts/oracles/golden_numbers.py)",
            GRIES_COUNTS,
            GRIES_SIZES,
            Some(0.7851504534504508),
            1e-12,
        ),
        Case::parts(
            Origin::Oracle,
            "Gries 2008, parts taken as equal, all digits by scipy 1.17.1 (scripts/oracles/golden_numbers.py)",
            GRIES_COUNTS,
            EQUAL_SIZES,
            Some(0.7642977396044841),
            1e-12,
        ),
        Case::parts(Origin::Boundary, "all in one of five", &[0.0, 0.0, 3.0, 0.0, 0.0], EQUAL_SIZES, Some(0.0), 1e-12),
        Case::parts(Origin::Boundary, "one part", &[3.0], &[10.0], None, 0.0),
    ],
};

/// Juilland's D; `None` for a word that does not occur or fewer than two parts.
pub fn juilland_d(parts: &Parts<'_>) -> Option<f64> {
    parts.frequency()?;
    let rates: Vec<f64> = parts.shares().map(|(count, share)| count / share).collect();
    let mean = mean(&rates).filter(|_| rates.len() > 1)?;
    let variance = rates.iter().map(|rate| (rate - mean) * (rate - mean)).sum::<f64>() / rates.len() as f64;
    Some(1.0 - sqrt(variance) / mean / sqrt(rates.len() as f64 - 1.0))
}
