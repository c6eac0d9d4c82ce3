//! Term weights: how much an occurrence says about what a document is about. One row a scheme.

use crate::maths::float::{ln, sqrt};
use std::sync::LazyLock;

/// Logarithms of the smallest counts, which are nearly all.
static SMALL_LOGARITHMS: LazyLock<[f64; 64]> = LazyLock::new(|| std::array::from_fn(|count| ln(count as f64)));

/// Natural logarithm of a count, a whole number of at least 1.
pub fn ln_of_count(count: f64) -> f64 {
    SMALL_LOGARITHMS.get(count as usize).copied().unwrap_or_else(|| ln(count))
}

/// What a global weight may ask about a term.
#[derive(Debug, Clone, Copy)]
pub struct TermFacts {
    /// Documents in all.
    pub documents: f64,
    /// Documents that hold the term.
    pub document_frequency: f64,
    /// Entropy of the term's occurrences over documents, in nats.
    pub entropy: f64,
}

/// A weighting scheme: local weight (of a count in a document) times global weight (of the term).
pub struct Weighting {
    /// Name as typed.
    pub name: &'static str,
    /// The formula in words.
    pub meaning: &'static str,
    /// Where it is from.
    pub source: &'static str,
    /// Weight of `count` occurrences in a document that is `relative_length` times as long as the mean.
    pub local: fn(count: f64, relative_length: f64) -> f64,
    /// Weight of the term.
    pub global: fn(TermFacts) -> f64,
}

/// All schemes; the first is the default.
pub static WEIGHTINGS: &[Weighting] = &[
    Weighting {
        name: "tf-idf",
        meaning: "(1 + ln count) · (ln((1 + n) / (1 + df)) + 1)",
        source: "Salton & Buckley 1988, smoothed as in scikit-learn",
        local: |count, _| 1.0 + ln_of_count(count),
        global: |term| ln((1.0 + term.documents) / (1.0 + term.document_frequency)) + 1.0,
    },
    Weighting {
        name: "tf-idf-plain",
        meaning: "count · (ln((1 + n) / (1 + df)) + 1)",
        source: "Salton & Buckley 1988, smoothed as in scikit-learn",
        local: |count, _| count,
        global: |term| ln((1.0 + term.documents) / (1.0 + term.document_frequency)) + 1.0,
    },
    Weighting {
        name: "bm25",
        meaning: "count · 2.2 / (count + 1.2 · (0.25 + 0.75 · length / mean length)) · ln(1 + (n − df + 0.5) / (df + 0.5))",
        source: "Robertson & Zaragoza 2009, k₁ = 1.2, b = 0.75",
        local: |count, relative_length| count * 2.2 / (count + 1.2 * (0.25 + 0.75 * relative_length)),
        global: |term| ln(1.0 + (term.documents - term.document_frequency + 0.5) / (term.document_frequency + 0.5)),
    },
    Weighting {
        name: "log-entropy",
        meaning: "ln(1 + count) · (1 − entropy over documents / ln n)",
        source: "Dumais 1991",
        local: |count, _| ln_of_count(1.0 + count),
        global: |term| if term.documents > 1.0 { (1.0 - term.entropy / ln(term.documents)).max(0.0) } else { 1.0 },
    },
    Weighting {
        name: "root",
        meaning: "√count, every term alike",
        source: "variance-stabilised counts (Anscombe 1948)",
        local: |count, _| sqrt(count),
        global: |_| 1.0,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    fn scheme(name: &str) -> &'static Weighting {
        WEIGHTINGS.iter().find(|scheme| scheme.name == name).unwrap()
    }

    const TERM: TermFacts = TermFacts { documents: 10.0, document_frequency: 3.0, entropy: 1.0 };

    #[test]
    fn weights_follow_their_formulas() {
        // scikit-learn 1.9, TfidfTransformer(sublinear_tf=True, norm=None): tf 4, df 3, n 10 → (1 + ln 4)(ln(11/4) + 1).
        let tf_idf = (scheme("tf-idf").local)(4.0, 1.0) * (scheme("tf-idf").global)(TERM);
        assert!((tf_idf - 4.800271912361988).abs() < 1e-12, "{tf_idf}");
        // By hand: 4·2.2/(4 + 1.2) · ln(1 + 7.5/3.5).
        let bm25 = (scheme("bm25").local)(4.0, 1.0) * (scheme("bm25").global)(TERM);
        assert!((bm25 - 1.937916207282004).abs() < 1e-12, "{bm25}");
        let log_entropy = (scheme("log-entropy").global)(TERM);
        assert!((log_entropy - 0.5657055180967483).abs() < 1e-12, "{log_entropy}");
    }

    #[test]
    fn logarithms_of_counts_are_logarithms() {
        assert!([1.0, 2.0, 63.0, 64.0, 1e6].into_iter().all(|count| ln_of_count(count) == ln(count)));
    }

    #[test]
    fn names_are_distinct_and_weights_positive() {
        for (index, scheme) in WEIGHTINGS.iter().enumerate() {
            assert!(WEIGHTINGS[..index].iter().all(|other| other.name != scheme.name));
            assert!(!scheme.meaning.is_empty() && !scheme.source.is_empty());
            assert!((scheme.local)(1.0, 1.0) > 0.0);
        }
    }
}
