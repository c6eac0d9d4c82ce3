//! The cases that prove a measure: numbers, what must come out, and who says so.

use super::inputs::{FourCells, Parts, Positions, TextCounts, TwoLists, TwoSamples};

/// Where a case's expected value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Printed in a paper or book.
    Literature,
    /// Printed by another program.
    Oracle,
    /// Follows from the definition at an edge: zero counts, equal rates, one part.
    Boundary,
}

/// The numbers of a case.
#[derive(Debug, Clone, Copy)]
pub enum Input {
    /// Counts and totals.
    FourCells(FourCells),
    /// Numbers per document.
    TwoSamples(TwoSamples<'static>),
    /// Counts in parts.
    Parts(Parts<'static>),
    /// Places in a text.
    Positions(Positions<'static>),
    /// Counts of all terms.
    TwoLists(TwoLists<'static>),
    /// Counts of a text.
    TextCounts(TextCounts),
}

/// An input, what must come out, and who says so.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    /// Where the value comes from.
    pub origin: Origin,
    /// Paper with place, program with version, or the reasoning.
    pub source: &'static str,
    /// The numbers.
    pub input: Input,
    /// What must come out; `None` for "not defined".
    pub expected: Option<f64>,
    /// Allowed distance: relative, absolute where 0 is expected. The digits of the source decide it.
    pub tolerance: f64,
}

/// How a case went.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Verdict {
    /// What the measure gave.
    pub got: Option<f64>,
    /// Whether that is what the case expects.
    pub agrees: bool,
}

impl Case {
    /// A case on four cells (a, n₁, b, n₂).
    pub(super) const fn cells(origin: Origin, source: &'static str, cells: [f64; 4], expected: Option<f64>, tolerance: f64) -> Self {
        let cells = FourCells::new(cells[0], cells[1], cells[2], cells[3]);
        Self { origin, source, input: Input::FourCells(cells), expected, tolerance }
    }

    /// A case on two samples.
    pub(super) const fn samples(
        origin: Origin,
        source: &'static str,
        target: &'static [f64],
        reference: &'static [f64],
        expected: Option<f64>,
        tolerance: f64,
    ) -> Self {
        Self { origin, source, input: Input::TwoSamples(TwoSamples { target, reference }), expected, tolerance }
    }

    /// A case on parts.
    pub(super) const fn parts(
        origin: Origin,
        source: &'static str,
        counts: &'static [f64],
        sizes: &'static [f64],
        expected: Option<f64>,
        tolerance: f64,
    ) -> Self {
        Self { origin, source, input: Input::Parts(Parts { counts, sizes }), expected, tolerance }
    }

    /// A case on the counts of a text.
    pub(super) const fn text(origin: Origin, source: &'static str, counts: TextCounts, expected: Option<f64>, tolerance: f64) -> Self {
        Self { origin, source, input: Input::TextCounts(counts), expected, tolerance }
    }
}
