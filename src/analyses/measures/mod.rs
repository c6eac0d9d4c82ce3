//! Measures of keyness, association, dispersion and readability: one file, one constant and one registry row each.
//!
//! Comes in: counts, rates or places of a word, or counts of a text. Goes out: a number, or `None` where it is not defined. Not here: what is
//! counted, and inference over documents (see `keyness`). The families of analyses share this room.

pub mod association;
mod case;
pub mod dispersion;
pub mod distance;
pub mod effect_size;
pub mod evidence;
#[cfg(test)]
mod golden_tests;
mod inputs;
mod measure;
#[cfg(test)]
mod oracle_tests;
pub mod readability;

pub use case::{Case, Input, Origin, Verdict};
pub use inputs::{FourCells, Parts, Positions, TextCounts, TwoLists, TwoSamples};
pub use measure::{Evaluate, Kind, Measure, Tail};

/// The golden table of STATISTICS: a = 120 of 50,000 words, b = 60 of 100,000.
const GOLDEN: [f64; 4] = [120.0, 50_000.0, 60.0, 100_000.0];

/// All measures, in the order of the documentation.
static MEASURES: &[&Measure] = &[
    &evidence::LOG_LIKELIHOOD,
    &evidence::LOG_LIKELIHOOD_TWO_CELL,
    &evidence::CHI_SQUARED,
    &evidence::CHI_SQUARED_YATES,
    &evidence::WILLIAMS,
    &evidence::FISHER_EXACT,
    &evidence::MANN_WHITNEY,
    &evidence::BAYES_INFORMATION_CRITERION,
    &effect_size::LOG_RATIO,
    &effect_size::LOG_RATIO_WALTER,
    &effect_size::CONSERVATIVE_LOG_RATIO,
    &effect_size::PERCENT_DIFFERENCE,
    &effect_size::SIMPLE_MATHS,
    &effect_size::SIMPLE_MATHS_100,
    &effect_size::ODDS_RATIO,
    &effect_size::RELATIVE_RISK,
    &effect_size::DIFFERENCE_COEFFICIENT,
    &effect_size::EFFECT_SIZE_LOG_LIKELIHOOD,
    &effect_size::COHEN_D,
    &effect_size::HEDGES_G,
    &effect_size::WEIGHTED_LOG_ODDS,
    &effect_size::ZETA,
    &effect_size::RANK_TURBULENCE_DIVERGENCE,
    &association::POINTWISE_MUTUAL_INFORMATION,
    &association::MUTUAL_INFORMATION_CUBED,
    &association::NORMALISED_MUTUAL_INFORMATION,
    &association::T_SCORE,
    &association::Z_SCORE,
    &association::LOG_DICE,
    &association::DELTA_P,
    &association::DELTA_P_BACKWARD,
    &association::DICE,
    &association::JACCARD,
    &distance::JENSEN_SHANNON,
    &distance::COSINE_DISTANCE,
    &dispersion::RANGE,
    &dispersion::DEVIATION_OF_PROPORTIONS,
    &dispersion::DEVIATION_OF_PROPORTIONS_NORMALISED,
    &dispersion::JUILLAND_D,
    &dispersion::ROSENGREN_S,
    &dispersion::CARROLL_D2,
    &dispersion::KULLBACK_LEIBLER,
    &dispersion::AVERAGE_REDUCED_FREQUENCY,
    &readability::FLESCH_READING_EASE,
    &readability::FLESCH_KINCAID_GRADE,
    &readability::GUNNING_FOG,
    &readability::SMOG,
    &readability::AUTOMATED_READABILITY_INDEX,
    &readability::COLEMAN_LIAU,
    &readability::LIX,
    &readability::RIX,
];

/// All measures, in the order of the documentation.
pub fn registry() -> &'static [&'static Measure] {
    MEASURES
}

/// The measure called `name`.
pub fn find(name: &str) -> Option<&'static Measure> {
    registry().iter().copied().find(|measure| measure.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_case_of_every_measure_agrees() {
        for measure in registry() {
            for case in measure.cases {
                let verdict = measure.check_case(case);
                assert!(verdict.agrees, "{} ({}): expected {:?}, got {:?}", measure.name, case.source, case.expected, verdict.got);
            }
        }
    }

    #[test]
    fn every_measure_is_documented_and_proved() {
        for (index, measure) in registry().iter().enumerate() {
            assert!(registry()[..index].iter().all(|other| other.name != measure.name), "two measures are called {}", measure.name);
            assert!(measure.name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'), "{}", measure.name);
            for text in [measure.symbol, measure.unit, measure.formula, measure.source] {
                assert!(!text.is_empty(), "{} lacks a description", measure.name);
            }
            assert!(measure.meaning.ends_with('.'), "{}", measure.name);
            let has = |origins: &[Origin]| measure.cases.iter().any(|case| origins.contains(&case.origin));
            assert!(has(&[Origin::Literature, Origin::Oracle]), "{} has no case from a paper or another tool", measure.name);
            assert!(has(&[Origin::Boundary]), "{} has no boundary case", measure.name);
        }
    }

    #[test]
    fn a_case_with_a_wrong_value_is_caught() {
        let measure = registry()[0];
        let wrong = Case { expected: Some(83.3), tolerance: 1e-6, ..measure.cases[0] };
        assert!(!measure.check_case(&wrong).agrees);
        assert!(!measure.check_case(&Case { expected: None, ..measure.cases[0] }).agrees);
    }

    #[test]
    fn impossible_tables_are_not_evaluated() {
        for measure in registry() {
            for cells in [[5.0, 4.0, 1.0, 10.0], [1.0, 0.0, 1.0, 10.0], [-1.0, 5.0, 0.0, 5.0], [f64::NAN, 5.0, 0.0, 5.0]] {
                let cells = FourCells::new(cells[0], cells[1], cells[2], cells[3]);
                assert_eq!(measure.value(&Input::FourCells(cells)), None, "{}", measure.name);
            }
        }
    }
}
