//! Half the sum of absolute differences between a word's distribution over the parts and the parts' sizes.
//! Gries 2008.

use super::{GRIES_COUNTS, GRIES_SIZES};
use crate::analyses::measures::{Case, Evaluate, Kind, Measure, Origin, Parts};

/// Gries's deviation of proportions.
pub static DEVIATION_OF_PROPORTIONS: Measure = Measure {
    name: "deviation_of_proportions",
    symbol: "DP",
    kind: Kind::Dispersion,
    unit: "0 even to nearly 1 clumped",
    meaning: "Share of the word's occurrences that would have to move to other parts to be spread like the text itself.",
    formula: "½ Σ |vᵢ/f − sᵢ|",
    source: "Gries 2008",
    evaluate: Evaluate::Parts(deviation_of_proportions),
    cases: &[
        Case::parts(Origin::Literature, "Gries 2008, letter \"a\"", GRIES_COUNTS, GRIES_SIZES, Some(0.18), 1e-12),
        Case::parts(Origin::Boundary, "spread like the text", &[2.0, 4.0, 6.0], &[10.0, 20.0, 30.0], Some(0.0), 1e-12),
        Case::parts(Origin::Boundary, "all in one of four equal parts", &[0.0, 7.0, 0.0, 0.0], &[5.0, 5.0, 5.0, 5.0], Some(0.75), 1e-12),
        Case::parts(Origin::Boundary, "a word that does not occur", &[0.0, 0.0], &[5.0, 5.0], None, 0.0),
    ],
};

/// DP; `None` for a word that does not occur.
pub fn deviation_of_proportions(parts: &Parts<'_>) -> Option<f64> {
    let frequency = parts.frequency()?;
    Some(parts.shares().map(|(count, share)| (count / frequency - share).abs()).sum::<f64>() / 2.0)
}

/// DP from the parts that hold the word alone, as (occurrences, share of the words) — the others add their shares.
pub fn deviation_of_proportions_of_occupied(occupied: impl Iterator<Item = (f64, f64)> + Clone) -> Option<f64> {
    let frequency: f64 = occupied.clone().map(|(count, _)| count).sum();
    if frequency <= 0.0 {
        return None;
    }
    let (differences, covered) = occupied
        .fold((0.0, 0.0), |(differences, covered), (count, share)| (differences + (count / frequency - share).abs(), covered + share));
    Some((differences + (1.0 - covered).max(0.0)) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sparse_form_equals_the_dense_one() {
        let (counts, sizes) = ([0.0, 3.0, 0.0, 1.0, 9.0], [40.0, 11.0, 7.0, 20.0, 22.0]);
        let dense = deviation_of_proportions(&Parts { counts: &counts, sizes: &sizes }).unwrap();
        let sparse = deviation_of_proportions_of_occupied([(3.0, 0.11), (1.0, 0.20), (9.0, 0.22)].into_iter()).unwrap();
        assert!((dense - sparse).abs() < 1e-12);
        assert_eq!(deviation_of_proportions_of_occupied([].into_iter()), None);
    }
}
