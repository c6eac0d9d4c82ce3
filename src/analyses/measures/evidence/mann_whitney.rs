//! Rank test of the rate per document.
//! Mann & Whitney 1947; for corpora Kilgarriff 2001, Lijffijt et al. 2016.

use crate::analyses::measures::effect_size::{SAMPLE_REFERENCE, SAMPLE_TARGET};
use crate::analyses::measures::{Case, Evaluate, Kind, Measure, Origin, TwoSamples};
use crate::maths::float::sqrt;
use crate::maths::special::normal_upper_tail;

/// Rank test of the rate per document.
pub static MANN_WHITNEY: Measure = Measure {
    name: "mann_whitney",
    symbol: "p(U)",
    kind: Kind::PValue,
    unit: "probability",
    meaning: "Two-sided p of the rank test on rates per document: whether documents of the target tend to have higher or lower rates.",
    formula: "normal approximation of U with corrections for ties and continuity",
    source: "Mann & Whitney 1947; Kilgarriff 2001",
    evaluate: Evaluate::TwoSamples(mann_whitney),
    cases: &[
        Case::samples(
            Origin::Oracle,
            "scipy mannwhitneyu(method=\"asymptotic\")",
            SAMPLE_TARGET,
            SAMPLE_REFERENCE,
            Some(0.1023826722573938),
            1e-12,
        ),
        Case::samples(
            Origin::Oracle,
            "scipy mannwhitneyu(method=\"asymptotic\")",
            &[1.0, 2.0, 3.0],
            &[7.0, 8.0, 9.0, 10.0],
            Some(0.05182992721790968),
            1e-12,
        ),
        Case::samples(Origin::Boundary, "all documents alike", &[0.0, 0.0], &[0.0, 0.0], None, 0.0),
        Case::samples(Origin::Boundary, "no document on a side", &[], &[1.0, 2.0], None, 0.0),
    ],
};

/// Two-sided p of the Mann–Whitney test; `None` without documents on a side or where all values are equal.
pub fn mann_whitney(samples: &TwoSamples<'_>) -> Option<f64> {
    let (own, rest) = (samples.target.len() as f64, samples.reference.len() as f64);
    let mut values: Vec<(f64, bool)> = samples.target.iter().map(|&value| (value, true)).collect();
    values.extend(samples.reference.iter().map(|&value| (value, false)));
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut before, mut rank_sum, mut ties) = (0.0, 0.0, 0.0);
    for run in values.chunk_by(|a, b| a.0 == b.0) {
        let length = run.len() as f64;
        let inside = run.iter().filter(|(_, is_own)| *is_own).count() as f64;
        rank_sum += inside * (before + (length + 1.0) / 2.0);
        ties += length * (length * length - 1.0);
        before += length;
    }
    let all = own + rest;
    let u = rank_sum - own * (own + 1.0) / 2.0;
    let variance = own * rest / 12.0 * (all + 1.0 - ties / (all * (all - 1.0)));
    let z = ((u - own * rest / 2.0).abs() - 0.5) / sqrt(variance);
    (variance > 0.0).then(|| (2.0 * normal_upper_tail(z)).min(1.0))
}
