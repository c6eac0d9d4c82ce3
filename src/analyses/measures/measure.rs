//! What a measure is: its description and its function, and how its cases are run.

use super::case::{Case, Input, Verdict};
use super::inputs::{FourCells, Parts, Positions, TextCounts, TwoLists, TwoSamples};

/// What a measure tells. Only evidence can have a p-value: the others have no function to make one.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// How large a difference is, whatever the amount of text.
    EffectSize,
    /// How much speaks for a difference; grows with the amount of text.
    Evidence(Option<Tail>),
    /// A probability of the data under "no difference".
    PValue,
    /// How evenly a word is spread.
    Dispersion,
    /// How hard a text is to read.
    Readability,
}

/// The p-value of a test statistic's value.
pub type Tail = fn(f64) -> f64;

impl Kind {
    /// The kind in words.
    pub fn name(&self) -> &'static str {
        match self {
            Self::EffectSize => "effect size",
            Self::Evidence(_) => "evidence",
            Self::PValue => "p value",
            Self::Dispersion => "dispersion",
            Self::Readability => "readability",
        }
    }
}

/// The function of a measure, by what it is computed from. `None` means: not defined for these numbers.
#[derive(Debug, Clone, Copy)]
pub enum Evaluate {
    /// From counts and totals of two corpora.
    FourCells(fn(&FourCells) -> Option<f64>),
    /// From a number per document in two groups.
    TwoSamples(fn(&TwoSamples<'_>) -> Option<f64>),
    /// From counts in the parts of a corpus.
    Parts(fn(&Parts<'_>) -> Option<f64>),
    /// From places in a text.
    Positions(fn(&Positions<'_>) -> Option<f64>),
    /// From counts of all terms in two corpora.
    TwoLists(fn(&TwoLists<'_>) -> Option<f64>),
    /// From counts of a text.
    TextCounts(fn(&TextCounts) -> Option<f64>),
}

/// A measure.
#[derive(Debug)]
pub struct Measure {
    /// Its name: lower case with underscores, the field's term in full.
    pub name: &'static str,
    /// Its symbol in print.
    pub symbol: &'static str,
    /// What it tells.
    pub kind: Kind,
    /// The unit of its value.
    pub unit: &'static str,
    /// What a value means, in a sentence or two.
    pub meaning: &'static str,
    /// The formula, in the notation of [`FourCells`], [`Parts`] and [`TextCounts`].
    pub formula: &'static str,
    /// Author and year.
    pub source: &'static str,
    /// The function.
    pub evaluate: Evaluate,
    /// Values from papers and other tools, and boundary cases.
    pub cases: &'static [Case],
}

impl Measure {
    /// The value for `input`; `None` where it is not defined or `input` is of another kind.
    pub fn value(&self, input: &Input) -> Option<f64> {
        let value = match (self.evaluate, input) {
            (Evaluate::FourCells(function), Input::FourCells(cells)) => function(&cells.checked()?),
            (Evaluate::TwoSamples(function), Input::TwoSamples(samples)) => function(samples),
            (Evaluate::Parts(function), Input::Parts(parts)) => function(parts),
            (Evaluate::Positions(function), Input::Positions(positions)) => function(positions),
            (Evaluate::TwoLists(function), Input::TwoLists(lists)) => function(lists),
            (Evaluate::TextCounts(function), Input::TextCounts(counts)) => function(&counts.checked()?),
            _ => None,
        };
        value.filter(|value| value.is_finite())
    }

    /// The p-value of a value of this measure, if it is a test statistic with a known law.
    pub fn p_value(&self, value: f64) -> Option<f64> {
        match self.kind {
            Kind::Evidence(Some(tail)) => Some(tail(value)),
            _ => None,
        }
    }

    /// Runs one of the measure's cases.
    pub fn check_case(&self, case: &Case) -> Verdict {
        let got = self.value(&case.input);
        let agrees = match (got, case.expected) {
            (Some(got), Some(expected)) => {
                let scale = if expected == 0.0 { 1.0 } else { expected.abs() };
                (got - expected).abs() <= case.tolerance * scale
            }
            (None, None) => true,
            _ => false,
        };
        Verdict { got, agrees }
    }
}
