//! Comparison within strata: what a group covers is held constant, and what is left is how it writes.
//!
//! The Mantel–Haenszel estimate of the ratio of rates over strata (Mantel & Haenszel 1959; Greenland & Robins 1985), with
//! the variance of documents, not words: each document's influence on the logarithm of the ratio, as in the unstratified case.

use super::subject::Subject;
use crate::corpus::{Corpus, NONE, derived_from_date};
use crate::error::{Error, Result, nearest};
use crate::maths::float::ln;
use std::collections::BTreeMap;

/// More strata than this can't be told apart with any corpus that fits in memory, and are a slip in the field's name.
const MOST_STRATA: usize = 500;

/// The stratum of each document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Strata {
    /// The stratum of each document.
    pub of_document: Vec<u16>,
    /// How many strata there are.
    pub count: usize,
    /// What they are, for sentences: `topic`, `month`.
    pub field: String,
}

impl Strata {
    /// The strata that `field` makes: topics lent by the pipeline, a metadata field, or year and month of the date.
    /// Documents without a value are a stratum of their own.
    ///
    /// # Errors
    /// A configuration error for an unknown field, for the field of the groups themselves, or for too many strata.
    pub fn new(corpus: &Corpus, field: &str) -> Result<Self> {
        if corpus.groups.field == field {
            return Err(Error::configuration(format!("`--within {field}` is the field that makes the groups"))
                .hint("name another field, such as topic or month"));
        }
        let own = corpus.documents.field(field);
        let documents = 0..corpus.documents.len();
        let values: Vec<Option<String>> = match (own, field) {
            (Some(own), _) => documents.map(|document| own.value(document).map(str::to_owned)).collect(),
            (None, "topic" | "topic-cluster") => {
                let topics = corpus.lent.topics.as_ref();
                let topics = topics.ok_or_else(|| Error::internal("keyness was not lent the topics that it asked for"))?;
                topics.iter().map(|&topic| (topic != NONE).then(|| format!("{topic:04}"))).collect()
            }
            (None, "year" | "month") => documents.map(|document| derived_from_date(corpus.documents.dates[document], field)).collect(),
            (None, "language") => corpus.documents.languages.iter().map(|code| (!code.is_empty()).then(|| code.clone())).collect(),
            _ => return Err(unknown(corpus, field)),
        };
        let mut numbers: BTreeMap<Option<&str>, u16> = values.iter().map(|value| (value.as_deref(), 0)).collect();
        if numbers.len() > MOST_STRATA {
            return Err(Error::configuration(format!("`--within {field}` makes {} strata", numbers.len()))
                .hint(format!("name a field with at most {MOST_STRATA} values; dates are grouped by `month` or `year`")));
        }
        numbers.values_mut().enumerate().for_each(|(position, number)| *number = position as u16);
        let of_document = values.iter().map(|value| numbers[&value.as_deref()]).collect();
        Ok(Self { of_document, count: numbers.len(), field: field.to_owned() })
    }

    /// One stratum of so many documents.
    pub fn one(documents: usize) -> Self {
        Self { of_document: vec![0; documents], count: 1, field: String::new() }
    }

    /// The strata of some documents.
    pub fn of(&self, documents: &[u32]) -> Self {
        let of_document = documents.iter().map(|&document| self.of_document[document as usize]).collect();
        Self { of_document, count: self.count, field: self.field.clone() }
    }

    /// The documents of each stratum.
    pub fn members(&self) -> Vec<Vec<u32>> {
        let mut members = vec![Vec::new(); self.count];
        for (document, &stratum) in self.of_document.iter().enumerate() {
            members[usize::from(stratum)].push(document as u32);
        }
        members
    }

    /// How many strata have documents of some group in focus and of another group.
    pub fn shared(&self, subject: &Subject<'_>) -> usize {
        let mut first = vec![None; self.count];
        let mut is_shared = vec![false; self.count];
        for (&stratum, &group) in self.of_document.iter().zip(&subject.corpus.groups.of_document) {
            let known = first[usize::from(stratum)].get_or_insert(group);
            is_shared[usize::from(stratum)] |= *known != group;
        }
        is_shared.into_iter().filter(|shared| *shared).count()
    }
}

fn unknown(corpus: &Corpus, field: &str) -> Error {
    let own = corpus.documents.fields.iter().map(|field| field.name.as_str()).filter(|name| *name != corpus.groups.field);
    let known: Vec<&str> = own.chain(["topic", "month", "year", "language"]).collect();
    let error = Error::configuration(format!("`--within`: no document has a field `{field}`"));
    match nearest(field, known.iter().copied()) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error.hint(format!("the fields are {}", known.join(", "))),
    }
}

/// Sums of one side within a stratum; all are sums over documents.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Cell {
    /// Σ x.
    pub count: f64,
    /// Σ x².
    pub squares: f64,
    /// Σ x·w.
    pub products: f64,
    /// Σ w.
    pub words: f64,
    /// Σ w².
    pub word_squares: f64,
}

/// An estimate over strata.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pooled {
    /// ln of the Mantel–Haenszel ratio of rates.
    pub log_ratio: f64,
    /// Its variance over documents.
    pub variance: f64,
    /// Σ over strata with both sides of a·n₂/N.
    pub own: f64,
    /// Σ over strata with both sides of b·n₁/N.
    pub rest: f64,
}

/// The Mantel–Haenszel ratio of rates of two sides, with `documents` documents each: (Σ a·n₂/N)/(Σ b·n₁/N) over strata, and
/// the variance of its logarithm: n/(n−1) Σ (influence − mean)² over each side's documents. `None` if no stratum has words of both sides,
/// or if either sum is 0.
pub(super) fn pool(strata: impl Iterator<Item = (Cell, Cell)> + Clone, documents: (f64, f64)) -> Option<Pooled> {
    let both = strata.filter(|(own, rest)| own.words > 0.0 && rest.words > 0.0);
    let (mut own_sum, mut rest_sum) = (0.0, 0.0);
    for (own, rest) in both.clone() {
        let all = own.words + rest.words;
        own_sum += own.count * rest.words / all;
        rest_sum += rest.count * own.words / all;
    }
    if own_sum <= 0.0 || rest_sum <= 0.0 {
        return None;
    }
    // Influence of a document with x and w: of the own side αx − βw, of the rest −(γx − δw).
    let (mut own_square, mut own_mean, mut rest_square, mut rest_mean) = (0.0, 0.0, 0.0, 0.0);
    for (own, rest) in both {
        let all = own.words + rest.words;
        let shared = own.count / (all * own_sum) + rest.count / (all * rest_sum);
        let (alpha, beta) = (rest.words / all / own_sum, rest.words / all * shared);
        let (gamma, delta) = (own.words / all / rest_sum, own.words / all * shared);
        let square = |cell: &Cell, by_count: f64, by_words: f64| {
            by_count * by_count * cell.squares - 2.0 * by_count * by_words * cell.products + by_words * by_words * cell.word_squares
        };
        own_square += square(&own, alpha, beta);
        own_mean += alpha * own.count - beta * own.words;
        rest_square += square(&rest, gamma, delta);
        rest_mean += gamma * rest.count - delta * rest.words;
    }
    let side = |square: f64, sum: f64, documents: f64| {
        if documents > 1.0 { documents / (documents - 1.0) * (square - sum * sum / documents).max(0.0) } else { 0.0 }
    };
    Some(Pooled {
        log_ratio: ln(own_sum / rest_sum),
        variance: side(own_square, own_mean, documents.0) + side(rest_square, rest_mean, documents.1),
        own: own_sum,
        rest: rest_sum,
    })
}

/// ln of the Mantel–Haenszel odds ratio over strata, Σ a·d/N over Σ b·c/N; `None` if a sum is 0.
pub(super) fn pooled_log_odds(strata: impl Iterator<Item = (Cell, Cell)>) -> Option<f64> {
    let (mut own_sum, mut rest_sum) = (0.0, 0.0);
    for (own, rest) in strata.filter(|(own, rest)| own.words > 0.0 && rest.words > 0.0) {
        let all = own.words + rest.words;
        own_sum += own.count * (rest.words - rest.count) / all;
        rest_sum += rest.count * (own.words - own.count) / all;
    }
    (own_sum > 0.0 && rest_sum > 0.0).then(|| ln(own_sum / rest_sum))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::maths::float::exp;
    use crate::maths::special::assert_relative;

    fn cell(count: f64, words: f64) -> Cell {
        Cell { count, words, ..Cell::default() }
    }

    #[test]
    fn the_odds_ratio_is_that_of_statsmodels() {
        // statsmodels 0.15.0: StratifiedTable([[[12, 88], [5, 95]], [[30, 170], [40, 360]], [[2, 48], [9, 291]]]).oddsratio_pooled
        let strata = [(cell(12.0, 100.0), cell(5.0, 100.0)), (cell(30.0, 200.0), cell(40.0, 400.0)), (cell(2.0, 50.0), cell(9.0, 300.0))];
        assert_relative(exp(pooled_log_odds(strata.into_iter()).unwrap()), STATSMODELS_ODDS_RATIO, 1e-12);
        // The ratio of risks by hand: (12·100/200 + 30·400/600 + 2·300/350) / (5·100/200 + 40·200/600 + 9·50/350).
        let by_hand = (6.0 + 20.0 + 600.0 / 350.0) / (2.5 + 8_000.0 / 600.0 + 450.0 / 350.0);
        assert_relative(exp(pool(strata.into_iter(), (10.0, 10.0)).unwrap().log_ratio), by_hand, 1e-12);
    }

    const STATSMODELS_ODDS_RATIO: f64 = 1.7174642074035853;

    #[test]
    fn one_stratum_is_the_plain_ratio_with_its_linearised_variance() {
        let (x, w) = ([3.0, 0.0, 2.0, 1.0, 4.0], [100.0, 80.0, 120.0, 60.0, 140.0]);
        let side = |documents: std::ops::Range<usize>| {
            documents.fold(Cell::default(), |cell, document| Cell {
                count: cell.count + x[document],
                squares: cell.squares + x[document] * x[document],
                products: cell.products + x[document] * w[document],
                words: cell.words + w[document],
                word_squares: cell.word_squares + w[document] * w[document],
            })
        };
        let (own, rest) = (side(0..3), side(3..5));
        let pooled = pool([(own, rest)].into_iter(), (3.0, 2.0)).unwrap();
        assert_relative(pooled.log_ratio, ln((5.0 / 300.0) / (5.0 / 200.0)), 1e-12);
        let spread = |documents: std::ops::Range<usize>, cell: Cell, n: f64| {
            documents.map(|document| (x[document] / cell.count - w[document] / cell.words).powi(2)).sum::<f64>() * n / (n - 1.0)
        };
        assert_relative(pooled.variance, spread(0..3, own, 3.0) + spread(3..5, rest, 2.0), 1e-12);
    }

    #[test]
    fn the_variance_is_that_of_numerical_influence() {
        // Two strata of two documents a side; influence by moving each document's weight a little.
        let documents = [(0, 0, 3.0, 90.0), (0, 1, 1.0, 50.0), (0, 0, 2.0, 70.0), (1, 0, 1.0, 80.0), (1, 1, 4.0, 60.0), (1, 1, 0.0, 40.0)];
        let estimate = |weight: &dyn Fn(usize) -> f64| {
            let mut cells = [(Cell::default(), Cell::default()); 2];
            for (number, &(side, stratum, x, w)) in documents.iter().enumerate() {
                let cell: &mut Cell = if side == 0 { &mut cells[stratum].0 } else { &mut cells[stratum].1 };
                let by = weight(number);
                cell.count += by * x;
                cell.squares += by * x * x;
                cell.products += by * x * w;
                cell.words += by * w;
                cell.word_squares += by * w * w;
            }
            pool(cells.into_iter(), (3.0, 3.0)).unwrap()
        };
        let step = 1e-6;
        let influence = |number: usize| {
            let moved = |by: f64| estimate(&|other| if other == number { 1.0 + by } else { 1.0 }).log_ratio;
            (moved(step) - moved(-step)) / (2.0 * step)
        };
        let variance: f64 = [0..3, 3..6]
            .into_iter()
            .map(|side| {
                let values: Vec<f64> = side.map(influence).collect();
                let mean = values.iter().sum::<f64>() / 3.0;
                1.5 * values.iter().map(|value| (value - mean).powi(2)).sum::<f64>()
            })
            .sum();
        assert_relative(estimate(&|_| 1.0).variance, variance, 1e-6);
    }
}
