//! Evenness as relative entropy of the parts' rates.
//! Carroll 1970.

use super::{EQUAL_SIZES, GRIES_COUNTS, GRIES_SIZES};
use crate::analyses::measures::{Case, Evaluate, Kind, Measure, Origin, Parts};
use crate::maths::float::{ln, x_ln_ratio};

/// Evenness as relative entropy of the parts' rates.
pub static CARROLL_D2: Measure = Measure {
    name: "carroll_d2",
    symbol: "D₂",
    kind: Kind::Dispersion,
    unit: "0 clumped to 1 even",
    meaning: "Entropy of the rates in the parts over that of an even spread.",
    formula: "entropy of pᵢ/Σp over log₂ n, pᵢ = vᵢ/sᵢ; for equal parts (log₂ f − Σ v·log₂ v/f)/log₂ n",
    source: "Carroll 1970",
    evaluate: Evaluate::Parts(carroll_d2),
    cases: &[
        Case::parts(Origin::Literature, "Gries 2008, letter \"a\"", GRIES_COUNTS, GRIES_SIZES, Some(0.937921), 1e-6),
        Case::parts(Origin::Literature, "Gries 2008, letter \"a\", parts taken as equal", GRIES_COUNTS, EQUAL_SIZES, Some(0.925634), 1e-6),
        Case::parts(Origin::Literature, "Carroll 1970, (2, 1, 1, 1, 0)", &[2.0, 1.0, 1.0, 1.0, 0.0], EQUAL_SIZES, Some(0.8277), 1e-4),
        Case::parts(
            Origin::Oracle,
            "Gries 2008, letter \"a\", all digits by scipy 1.17.1 and numpy (scripts/oracles/golden_numbers.py)",
            GRIES_COUNTS,
            GRIES_SIZES,
            Some(0.9379213032979954),
            1e-12,
        ),
        Case::parts(
            Origin::Oracle,
            "Carroll 1970, (2, 1, 1, 1, 0), all digits by scipy 1.17.1 (scripts/oracles/golden_numbers.py)",
            &[2.0, 1.0, 1.0, 1.0, 0.0],
            EQUAL_SIZES,
            Some(0.827729376770643),
            1e-12,
        ),
        Case::parts(Origin::Boundary, "all in one of five", &[0.0, 0.0, 3.0, 0.0, 0.0], EQUAL_SIZES, Some(0.0), 1e-12),
        Case::parts(Origin::Boundary, "one part", &[3.0], &[10.0], None, 0.0),
    ],
};

/// Carroll's D₂; `None` for a word that does not occur or fewer than two parts.
pub fn carroll_d2(parts: &Parts<'_>) -> Option<f64> {
    parts.frequency()?;
    let rates: Vec<f64> = parts.shares().map(|(count, share)| count / share).collect();
    let total: f64 = rates.iter().sum();
    let entropy: f64 = rates.iter().map(|rate| -x_ln_ratio(rate / total, 1.0)).sum();
    (rates.len() > 1).then(|| entropy / ln(rates.len() as f64))
}
