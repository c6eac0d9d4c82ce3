//! The comparison itself: which terms are tested, their p and q, and the numbers of the rows that are listed.

use super::super::measures::FourCells;
use super::super::measures::dispersion::deviation_of_proportions_of_occupied;
use super::super::measures::effect_size::log_ratio;
use super::super::measures::evidence::log_likelihood;
use super::bootstrap::{self, Interval, Intervals, Resamples, Sides};
use super::frame::{Frame, Postings};
use super::permutation::{self, Exceedances};
use super::settings::Settings;
use super::tail::{LengthClasses, Scores};
use crate::corpus::Corpus;
use crate::maths::float::{ln, sqrt};
use crate::maths::many_tests::Adjustment;
use crate::maths::map_in_order;
use crate::maths::special::gamma_quantile;

/// Documents that must hold a term on a side before its rate is resampled; with fewer on one side only the end of the
/// interval that looks to them is given, with fewer on both none (docs/statistics.md has the coverage).
pub(super) const INTERVAL_DOCUMENTS: u32 = 5;
/// With fewer shuffles beyond the observed statistic than this, p comes from the tail approximation.
const TAIL_BELOW: u32 = 10;
/// Documents that may drive a difference before the flag is not worth its place.
const MOST_DRIVING: usize = 3;

/// One term in one group against the rest.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub term: u32,
    pub group: usize,
    pub cells: FourCells,
    pub count: u64,
    pub count_rest: u64,
    pub documents: u32,
    pub documents_rest: u32,
    pub log_ratio: Option<f64>,
    pub intervals: Intervals,
    pub p_value: f64,
    pub q_value: f64,
    pub log_likelihood: f64,
    pub deviation_of_proportions: Option<f64>,
    /// The smallest number of documents without which the effect is halved or turned, if that is at most three.
    pub driving: Option<usize>,
    pub is_stop: bool,
}

impl Row {
    /// Whether the group has the higher rate.
    pub fn is_more(&self) -> bool {
        self.cells.rate() >= self.cells.rate_rest()
    }

    /// The sides on which enough documents hold the term for resampling them.
    fn sides(&self) -> Option<Sides> {
        match (self.documents >= INTERVAL_DOCUMENTS, self.documents_rest >= INTERVAL_DOCUMENTS) {
            (true, true) => Some(Sides::Both),
            (true, false) => Some(Sides::Own),
            (false, true) => Some(Sides::Rest),
            (false, false) => None,
        }
    }

    /// The row as the rest would see it.
    fn mirrored(&self) -> Self {
        let cells = FourCells::new(self.cells.count_rest, self.cells.total_rest, self.cells.count, self.cells.total);
        Self { cells, documents: self.documents_rest, documents_rest: self.documents, ..self.clone() }
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

/// The outcome of all tests.
pub(super) struct Comparison {
    pub frame: Frame,
    /// Terms tested.
    pub terms: Vec<u32>,
    /// Groups that have words and a rest with words.
    pub comparable: Vec<bool>,
    /// p of each term and group: `[term × groups + group]`; missing for groups that can't be compared.
    pub p_values: Vec<Option<f64>>,
    /// q over the whole family.
    pub q_values: Vec<Option<f64>>,
    /// Number of tests in the family.
    pub family: usize,
}

impl Comparison {
    pub fn run(corpus: &Corpus, frame: Frame, settings: &Settings, seed: u64) -> Self {
        let vocabulary = &corpus.terms;
        let terms: Vec<u32> = (0..vocabulary.len() as u32)
            .filter(|&term| {
                let index = term as usize;
                vocabulary.documents[index] >= settings.min_documents
                    && vocabulary.counts[index] >= settings.min_count
                    && !(settings.drop_stop_words && vocabulary.is_stop[index])
            })
            .collect();
        let comparable: Vec<bool> = frame.sizes.iter().map(|size| size.words > 0.0 && frame.whole.words - size.words > 0.0).collect();
        let exceedances = permutation::exceedances(&frame, &terms, seed, settings.resamples);
        let p_values = p_values(&frame, &terms, &comparable, &exceedances, settings.resamples);
        let tested: Vec<f64> = p_values.iter().flatten().copied().collect();
        let mut adjusted = Adjustment::BenjaminiHochberg.adjust(&tested).into_iter();
        let q_values = p_values.iter().map(|p| p.and_then(|_| adjusted.next())).collect();
        Self { frame, terms, comparable, p_values, q_values, family: tested.len() }
    }

    /// The rows with q within `limit` (all for `None`), in the order of the table.
    pub fn rows(&self, corpus: &Corpus, settings: &Settings, seed: u64, limit: Option<f64>) -> Vec<Row> {
        let groups = self.frame.groups();
        let listed = |cell: usize| self.q_values[cell].is_some_and(|q| limit.is_none_or(|limit| q <= limit));
        let positions: Vec<usize> =
            (0..self.terms.len()).filter(|position| (0..groups).any(|group| listed(position * groups + group))).collect();
        let made = map_in_order(positions.len(), |index| {
            let position = positions[index];
            let postings = self.frame.postings(self.terms[position]);
            let asked = (0..groups).filter(|group| listed(position * groups + group));
            asked.map(|group| self.row(corpus, &postings, position, group)).collect::<Vec<_>>()
        });
        let mut rows: Vec<Row> = made.into_iter().flatten().collect();
        self.add_intervals(&mut rows, settings, seed);
        rows.sort_by(|a, b| {
            b.sure_size()
                .total_cmp(&a.sure_size())
                .then(a.q_value.total_cmp(&b.q_value))
                .then(b.log_likelihood.total_cmp(&a.log_likelihood))
                .then(a.term.cmp(&b.term))
                .then(a.group.cmp(&b.group))
        });
        rows
    }

    /// Whether `group` has the higher rate of `term`.
    pub fn is_more(&self, term: u32, group: usize) -> bool {
        let (sums, whole) = self.frame.sums(&self.frame.postings(term));
        let size = self.frame.sizes[group];
        sums[group].count / size.words >= (whole.count - sums[group].count) / (self.frame.whole.words - size.words)
    }

    /// The rate of `term` per million words in each document of `group` and of the rest; documents without words are left out.
    pub fn document_rates(&self, term: u32, group: usize) -> (Vec<f64>, Vec<f64>) {
        let postings = self.frame.postings(term);
        let mut rates = vec![0.0; self.frame.words.len()];
        for (&document, &count) in postings.documents.iter().zip(&postings.counts) {
            rates[document as usize] = count / self.frame.words[document as usize] * 1e6;
        }
        let side = |inside: bool| {
            let suits =
                |document: &usize| (usize::from(self.frame.labels[*document]) == group) == inside && self.frame.words[*document] > 0.0;
            (0..rates.len()).filter(suits).map(|document| rates[document]).collect()
        };
        (side(true), side(false))
    }

    /// Occurrences of `term` and words in each document of `group`.
    pub fn parts(&self, term: u32, group: usize) -> (Vec<f64>, Vec<f64>) {
        let postings = self.frame.postings(term);
        let count_of = |document: u32| postings.documents.binary_search(&document).map_or(0.0, |place| postings.counts[place]);
        self.frame.members[group].iter().map(|&document| (count_of(document), self.frame.words[document as usize])).unzip()
    }

    fn row(&self, corpus: &Corpus, postings: &Postings, position: usize, group: usize) -> Row {
        let term = self.terms[position];
        let cell = position * self.frame.groups() + group;
        let (sums, whole) = self.frame.sums(postings);
        let size = self.frame.sizes[group];
        // Differences of weighted sums can fall a rounding below 0.
        let rest = (whole.count - sums[group].count).max(0.0);
        let cells = FourCells::new(sums[group].count, size.words, rest, self.frame.whole.words - size.words);
        let counts = &corpus.group_terms;
        let (count, documents) = (u64::from(counts.count(group, term)), counts.documents(group, term));
        let is_here = |document: &u32| usize::from(self.frame.labels[*document as usize]) == group;
        let occupied = postings
            .documents
            .iter()
            .zip(&postings.counts)
            .filter(|(document, _)| is_here(document))
            .map(|(&document, &count)| (count, self.frame.words[document as usize] / size.words));
        Row {
            term,
            group,
            cells,
            count,
            count_rest: corpus.terms.counts[term as usize].saturating_sub(count),
            documents,
            documents_rest: corpus.terms.documents[term as usize].saturating_sub(documents),
            log_ratio: log_ratio(&cells),
            intervals: Intervals::default(),
            p_value: self.p_values[cell].unwrap_or(1.0),
            q_value: self.q_values[cell].unwrap_or(1.0),
            log_likelihood: log_likelihood(&cells),
            deviation_of_proportions: deviation_of_proportions_of_occupied(occupied),
            driving: self.driving(postings, cells, group),
            is_stop: corpus.terms.is_stop[term as usize],
        }
    }

    fn add_intervals(&self, rows: &mut [Row], settings: &Settings, seed: u64) {
        if rows.is_empty() {
            return;
        }
        let groups = self.frame.groups();
        let mut row_of_cell = vec![None; self.terms.len() * groups];
        for (index, row) in rows.iter().enumerate() {
            if let (Some(sides), Ok(position)) = (row.sides(), self.terms.binary_search(&row.term)) {
                row_of_cell[position * groups + row.group] = Some((index, sides));
            }
        }
        let resamples = Resamples::draw(&self.frame, seed, settings.resamples);
        let wanted = |position: usize, group: usize| row_of_cell[position * groups + group].map(|(_, sides)| sides);
        let intervals = bootstrap::intervals(&self.frame, &resamples, &self.terms, wanted);
        for (cell, interval) in intervals {
            if let Some((index, sides)) = row_of_cell[cell] {
                let row = &mut rows[index];
                let ratio = match sides {
                    Sides::Both => interval.ratio,
                    Sides::Own => Interval { low: lower_bound(row, interval.rate.low), high: None },
                    Sides::Rest => Interval { low: None, high: lower_bound(&row.mirrored(), interval.rest.low).map(|low| -low) },
                };
                row.intervals = Intervals { ratio, ..interval };
            }
        }
    }

    /// Removes documents, those that carry the difference first, until the log ratio is less than half as large.
    fn driving(&self, postings: &Postings, cells: FourCells, group: usize) -> Option<usize> {
        let full = log_ratio(&cells)?;
        let more = cells.rate() >= cells.rate_rest();
        let other_rate = if more { cells.rate_rest() } else { cells.rate() };
        let mut carriers: Vec<(f64, f64, f64)> = postings
            .documents
            .iter()
            .zip(&postings.counts)
            .filter(|(document, _)| (usize::from(self.frame.labels[**document as usize]) == group) == more)
            .map(|(&document, &count)| {
                let words = self.frame.words[document as usize];
                (count - other_rate * words, count, words)
            })
            .collect();
        carriers.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut left = cells;
        for (removed, &(_, count, words)) in carriers.iter().take(MOST_DRIVING).enumerate() {
            if more {
                left.count = (left.count - count).max(0.0);
                left.total -= words;
            } else {
                left.count_rest = (left.count_rest - count).max(0.0);
                left.total_rest -= words;
            }
            let now = left.checked().and_then(|left| log_ratio(&left));
            if now.is_none_or(|now| now * full.signum() < full.abs() / 2.0) {
                return Some(removed + 1);
            }
        }
        None
    }
}

/// A lower bound of ln(rate/rate in the rest) where too few documents of the rest hold the term for resampling them.
///
/// At most so many documents of the rest as the exact Poisson limit of their number allows, each with the mean number of
/// occurrences of all documents that hold the term; joined with the lower end of the group's own rate by the method of
/// variance estimates recovery (Zou & Donner 2008).
fn lower_bound(row: &Row, low: Option<f64>) -> Option<f64> {
    let cells = row.cells;
    let documents = f64::from(row.documents + row.documents_rest);
    let per_document = (cells.count + cells.count_rest) / documents;
    let most = gamma_quantile(0.975, f64::from(row.documents_rest) + 1.0) * per_document;
    let rate = ln(cells.rate());
    // A zero count is half an occurrence, as in the log ratio itself.
    let rest = ln(cells.count_rest.max(0.5) / cells.total_rest);
    let (below, above) = (rate - low?, (ln(most / cells.total_rest) - rest).max(0.0));
    Some(rate - rest - sqrt(below * below + above * above))
}

/// Two-sided p-values: twice the smaller side, from the shuffles where they say enough, else from the tail.
fn p_values(frame: &Frame, terms: &[u32], comparable: &[bool], exceedances: &[Exceedances], shuffles: usize) -> Vec<Option<f64>> {
    let groups = frame.groups();
    let classes = LengthClasses::new(&frame.words);
    let made = map_in_order(terms.len(), |position| {
        let counts = &exceedances[position * groups..][..groups];
        let mut scores = None;
        let of_group = |group: usize| {
            if !comparable[group] {
                return None;
            }
            let above = counts[group].above <= counts[group].below;
            let beyond = counts[group].above.min(counts[group].below);
            let counted = f64::from(beyond + 1) / (shuffles + 1) as f64;
            let side = if beyond < TAIL_BELOW {
                let (scores, sums) = scores.get_or_insert_with(|| {
                    let postings = frame.postings(terms[position]);
                    (Scores::new(frame, &classes, &postings), frame.sums(&postings).0)
                });
                let size = frame.sizes[group];
                scores.tail(size.documents, size.words, sums[group].count, above).unwrap_or(counted)
            } else {
                counted
            };
            Some((2.0 * side).min(1.0))
        };
        (0..groups).map(of_group).collect::<Vec<_>>()
    });
    made.into_iter().flatten().collect()
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
