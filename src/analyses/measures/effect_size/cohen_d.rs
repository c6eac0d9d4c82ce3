//! Standardised difference of mean rates per document.
//! Cohen 1988.

use super::{SAMPLE_REFERENCE, SAMPLE_TARGET};
use crate::analyses::measures::{Case, Evaluate, Kind, Measure, Origin, TwoSamples};
use crate::maths::float::sqrt;
use crate::maths::summary::mean;

/// Standardised difference of mean rates per document.
pub static COHEN_D: Measure = Measure {
    name: "cohen_d",
    symbol: "d",
    kind: Kind::EffectSize,
    unit: "standard deviations",
    meaning: "Difference of the mean rates per document in pooled standard deviations; .2 small, .5 medium, .8 large.",
    formula: "(m₁ − m₂)/s_pooled",
    source: "Cohen 1988",
    evaluate: Evaluate::TwoSamples(cohen_d),
    cases: &[
        Case::samples(
            Origin::Oracle,
            "statsmodels effectsize_smd before its correction = numpy by hand",
            SAMPLE_TARGET,
            SAMPLE_REFERENCE,
            Some(0.9701934027072924),
            1e-12,
        ),
        Case::samples(Origin::Boundary, "one document on a side", &[1.0], &[2.0, 3.0], None, 0.0),
        Case::samples(Origin::Boundary, "no variance", &[0.0, 0.0], &[0.0, 0.0], None, 0.0),
        Case::samples(Origin::Boundary, "equal means", &[1.0, 3.0], &[2.0, 2.0], Some(0.0), 0.0),
    ],
};

/// Cohen's d; `None` for a group of fewer than two documents or without any variance.
pub fn cohen_d(samples: &TwoSamples<'_>) -> Option<f64> {
    let (first, second) = (moments(samples.target)?, moments(samples.reference)?);
    let degrees = (samples.target.len() + samples.reference.len() - 2) as f64;
    let pooled = sqrt((first.1 + second.1) / degrees);
    (pooled > 0.0).then(|| (first.0 - second.0) / pooled)
}

/// Mean and sum of squared deviations of two values or more.
fn moments(values: &[f64]) -> Option<(f64, f64)> {
    let mean = mean(values).filter(|_| values.len() > 1)?;
    Some((mean, values.iter().map(|value| (value - mean) * (value - mean)).sum()))
}
