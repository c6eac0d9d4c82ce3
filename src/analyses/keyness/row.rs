//! A row of the comparison: one term in one group against its reference.

use super::super::measures::FourCells;
use super::bootstrap::{Interval, Intervals, Sides};
use super::design::Reference;
use super::stratified::Within;
use crate::maths::float::{ln, sqrt};
use crate::maths::special::gamma_quantile;

/// Documents that must hold a term on a side before its rate is resampled; with fewer on one side only the end of the
/// interval that looks to them is given, with fewer on both none (docs/statistics.md has the coverage).
pub(super) const INTERVAL_DOCUMENTS: u32 = 5;
/// Documents that may drive a difference before the flag is not worth its place.
pub(super) const MOST_DRIVING: usize = 3;

/// One term in one group against its reference.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub term: u32,
    /// The corpus' number of the group.
    pub group: usize,
    pub reference: Reference,
    pub cells: FourCells,
    pub count: u64,
    pub count_rest: u64,
    pub documents: u32,
    /// Documents of the reference that hold it; unknown for a list that does not say.
    pub documents_rest: Option<u32>,
    /// log₂ of the ratio of rates; within strata of the Mantel–Haenszel ratio.
    pub log_ratio: Option<f64>,
    /// log₂ of the ratio of rates without strata.
    pub log_ratio_crude: Option<f64>,
    /// What the strata say, if there are any.
    pub within: Option<Within>,
    /// Variance of ln(ratio) over documents.
    pub variance: Option<f64>,
    pub intervals: Intervals,
    pub p_value: f64,
    pub q_value: f64,
    pub log_likelihood: f64,
    pub deviation_of_proportions: Option<f64>,
    /// The smallest number of documents without which the effect is halved or turned, if that is at most three.
    pub driving: Option<usize>,
    pub is_stop: bool,
    /// Whether it is a word of the group's own name, written more by the group: that an outlet names itself is no news.
    pub is_own_name: bool,
}

impl Row {
    /// Whether the group has the higher rate; within strata, whether it has over the strata.
    pub fn is_more(&self) -> bool {
        match self.log_ratio {
            Some(ratio) if self.within.is_some() => ratio >= 0.0,
            _ => self.cells.rate() >= self.cells.rate_rest(),
        }
    }

    /// The sides on which enough documents hold the term for resampling them.
    pub fn sides(&self) -> Option<Sides> {
        let rest = self.documents_rest.is_some_and(|documents| documents >= INTERVAL_DOCUMENTS);
        match (self.documents >= INTERVAL_DOCUMENTS, rest && self.reference != Reference::List) {
            (true, true) => Some(Sides::Both),
            (true, false) => Some(Sides::Own),
            (false, true) => Some(Sides::Rest),
            (false, false) => None,
        }
    }

    /// Whether too few documents hold the term for an interval with both ends.
    pub fn has_too_few_documents(&self) -> bool {
        self.documents < INTERVAL_DOCUMENTS
            || self.reference != Reference::List && self.documents_rest.is_some_and(|documents| documents < INTERVAL_DOCUMENTS)
    }

    /// The row as the reference would see it.
    pub fn mirrored(&self) -> Self {
        let cells = FourCells::new(self.cells.count_rest, self.cells.total_rest, self.cells.count, self.cells.total);
        Self { cells, documents: self.documents_rest.unwrap_or(0), documents_rest: Some(self.documents), ..self.clone() }
    }

    /// Distance from zero of the nearer end of the log ratio's interval; 0 if there is none or it holds zero.
    pub fn sure_size(&self) -> f64 {
        match (self.intervals.ratio.low, self.intervals.ratio.high) {
            (Some(low), _) if low > 0.0 => low,
            (_, Some(high)) if high < 0.0 => -high,
            _ => 0.0,
        }
    }
}

/// A lower bound of ln(rate/rate in the rest) where too few documents of the rest hold the term for resampling them.
///
/// At most so many documents of the rest as the exact Poisson limit of their number allows, each with the mean number of
/// occurrences of all documents that hold the term; joined with the lower end of the group's own rate by the method of
/// variance estimates recovery (Zou & Donner 2008).
pub(super) fn lower_bound(row: &Row, low: Option<f64>) -> Option<f64> {
    let cells = row.cells;
    let documents_rest = f64::from(row.documents_rest.unwrap_or(0));
    let per_document = (cells.count + cells.count_rest) / (f64::from(row.documents) + documents_rest);
    let most = gamma_quantile(0.975, documents_rest + 1.0) * per_document;
    let rate = ln(cells.rate());
    // A zero count is half an occurrence, as in the log ratio itself.
    let rest = ln(cells.count_rest.max(0.5) / cells.total_rest);
    let (below, above) = (rate - low?, (ln(most / cells.total_rest) - rest).max(0.0));
    Some(rate - rest - sqrt(below * below + above * above))
}

/// The interval of ln(rate/rate in the list) from that of the group's rate and the exact Poisson limits of the list's
/// count, joined as above. Where the list lacks the term there is a lower end only.
pub(super) fn interval_against_list(row: &Row) -> Interval {
    let cells = row.cells;
    let Interval { low: Some(low), high: Some(high) } = row.intervals.rate else { return Interval::default() };
    let count = cells.count_rest.max(0.5);
    let (rate, rest) = (ln(cells.rate()), ln(count / cells.total_rest));
    let limit = |probability: f64, shape: f64| ln(gamma_quantile(probability, shape) / count);
    let above = limit(0.975, cells.count_rest + 1.0).max(0.0);
    let below = (cells.count_rest > 0.0).then(|| -limit(0.025, cells.count_rest));
    let join = |own: f64, other: f64| sqrt(own * own + other * other);
    Interval { low: Some(rate - rest - join(rate - low, above)), high: below.map(|below| rate - rest + join(high - rate, below)) }
}

/// Natural logarithms of rates as rates per million.
pub(super) fn per_million(end: Option<f64>) -> Option<f64> {
    end.map(|end| crate::maths::float::exp(end) * 1e6)
}

/// A natural logarithm as a binary one.
pub(super) fn binary(interval: Interval) -> (Option<f64>, Option<f64>) {
    let convert = |end: Option<f64>| end.map(|end| end / std::f64::consts::LN_2);
    (convert(interval.low), convert(interval.high))
}
