//! How much of each group and each month is about each topic.

use super::columns::{TABLE_MONTHS, TABLE_SHARES};
use super::model::Model;
use super::tables::labels;
use crate::corpus::Corpus;
use crate::maths::special::chi_squared_1_tail;
use crate::maths::summary::wilson_interval;
use crate::table::format::civil;
use crate::table::{Table, TableBuilder, Value};
use std::collections::BTreeMap;

/// Fewest expected documents in each cell for the test of a difference.
const FEWEST_EXPECTED: f64 = 5.0;

/// A topic in a group.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// Group.
    pub group: usize,
    /// Topic, from 0.
    pub topic: usize,
    /// Documents of the group in the topic.
    pub documents: u32,
    /// Documents of the group that have a topic.
    pub group_documents: u32,
    /// Share of the group's documents.
    pub share: f64,
    /// Its 95 % interval.
    pub interval: Option<(f64, f64)>,
    /// Share of the other groups' documents; `None` if there are none.
    pub rest: Option<f64>,
    /// Probability of so large a difference by chance; `None` where the numbers are too small for the test.
    pub p_value: Option<f64>,
    /// False discovery rate over all tests.
    pub q_value: Option<f64>,
}

/// All topics in all groups that have documents with topics.
pub fn shares(corpus: &Corpus, model: &Model) -> Vec<Share> {
    let groups = corpus.groups.names.len();
    let topics = model.topics.len();
    let mut counts = vec![0u32; groups * topics];
    let mut sizes = vec![0u32; groups];
    for (placement, &group) in model.placements.iter().zip(&corpus.groups.of_document) {
        if let Some(placement) = placement {
            counts[usize::from(group) * topics + placement.topic] += 1;
            sizes[usize::from(group)] += 1;
        }
    }
    let all: u32 = sizes.iter().sum();
    let totals: Vec<u32> = (0..topics).map(|topic| (0..groups).map(|group| counts[group * topics + topic]).sum()).collect();
    let mut shares = Vec::new();
    for group in (0..groups).filter(|&group| sizes[group] > 0) {
        for topic in 0..topics {
            let (documents, size) = (counts[group * topics + topic], sizes[group]);
            let (others, rest) = (totals[topic] - documents, all - size);
            shares.push(Share {
                group,
                topic,
                documents,
                group_documents: size,
                share: f64::from(documents) / f64::from(size),
                interval: wilson_interval(f64::from(documents), f64::from(size)),
                rest: (rest > 0).then(|| f64::from(others) / f64::from(rest)),
                p_value: difference_p_value(f64::from(documents), f64::from(size), f64::from(others), f64::from(rest)),
                q_value: None,
            });
        }
    }
    let tested: Vec<usize> = (0..shares.len()).filter(|&at| shares[at].p_value.is_some()).collect();
    let p_values: Vec<f64> = tested.iter().filter_map(|&at| shares[at].p_value).collect();
    for (&at, q_value) in tested.iter().zip(false_discovery_rates(&p_values)) {
        shares[at].q_value = Some(q_value);
    }
    shares
}

/// Two-sided p-value of the difference of two shares, `hits` of `trials` each, by the pooled score test.
fn difference_p_value(hits: f64, trials: f64, other_hits: f64, other_trials: f64) -> Option<f64> {
    let pooled = (hits + other_hits) / (trials + other_trials);
    let fewest = trials.min(other_trials) * pooled.min(1.0 - pooled);
    if fewest < FEWEST_EXPECTED {
        return None;
    }
    let difference = hits / trials - other_hits / other_trials;
    let variance = pooled * (1.0 - pooled) * (1.0 / trials + 1.0 / other_trials);
    Some(chi_squared_1_tail(difference * difference / variance))
}

fn false_discovery_rates(p_values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&a, &b| p_values[b].total_cmp(&p_values[a]));
    let mut rates = vec![1.0; p_values.len()];
    let mut lowest = 1.0f64;
    for (from_top, &at) in order.iter().enumerate() {
        lowest = lowest.min(p_values[at] * p_values.len() as f64 / (p_values.len() - from_top) as f64);
        rates[at] = lowest;
    }
    rates
}

/// The shares as a table.
pub fn shares_table(corpus: &Corpus, model: &Model, shares: &[Share]) -> Table {
    let labels = labels(model);
    let mut table = TableBuilder::new(&TABLE_SHARES);
    for share in shares {
        table.row([
            corpus.groups.names[share.group].as_str().into(),
            (share.topic + 1).into(),
            labels[share.topic].as_str().into(),
            share.documents.into(),
            share.share.into(),
            share.interval.map(|interval| interval.0).into(),
            share.interval.map(|interval| interval.1).into(),
            share.rest.into(),
            share.rest.map(|rest| share.share - rest).into(),
            share.p_value.into(),
            share.q_value.into(),
        ]);
    }
    let tests = shares.iter().filter(|share| share.p_value.is_some()).count();
    table.finish().with_note(format!(
        "{tests} differences from the rest were tested (pooled score test over documents; none where fewer than {FEWEST_EXPECTED} documents are \
         expected in a cell); q is adjusted over them."
    ))
}

/// Topics by month, of all documents and of each group; `None` with fewer than two months.
pub fn months(corpus: &Corpus, model: &Model) -> Option<Table> {
    let topics = model.topics.len();
    // The first key is 0 for all documents, then one more than the group.
    let mut cells: BTreeMap<(usize, i32), Vec<u32>> = BTreeMap::new();
    for (document, placement) in model.placements.iter().enumerate() {
        let (Some(placement), Some(month)) = (placement, corpus.documents.dates[document].and_then(first_of_month)) else { continue };
        let group = corpus.groups.comparable().then(|| usize::from(corpus.groups.of_document[document]) + 1);
        for key in std::iter::once(0).chain(group) {
            cells.entry((key, month)).or_insert_with(|| vec![0; topics])[placement.topic] += 1;
        }
    }
    if cells.keys().filter(|(group, _)| *group == 0).count() < 2 {
        return None;
    }
    let labels = labels(model);
    let mut table = TableBuilder::new(&TABLE_MONTHS);
    for ((group, month), counts) in &cells {
        let name = group.checked_sub(1).map_or("all", |group| corpus.groups.names[group].as_str());
        let total: u32 = counts.iter().sum();
        for (topic, &count) in counts.iter().enumerate() {
            let interval = wilson_interval(f64::from(count), f64::from(total));
            table.row([
                name.into(),
                Value::Date(*month),
                (topic + 1).into(),
                labels[topic].as_str().into(),
                count.into(),
                (f64::from(count) / f64::from(total)).into(),
                interval.map(|interval| interval.0).into(),
                interval.map(|interval| interval.1).into(),
            ]);
        }
    }
    Some(table.finish())
}

fn first_of_month(day: i32) -> Option<i32> {
    Some(day - i32::from(civil(day)?.day()) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn difference_matches_statsmodels() {
        // statsmodels: proportions_ztest([30, 45], [120, 300])
        let p = difference_p_value(30.0, 120.0, 45.0, 300.0).unwrap();
        assert!((p - 0.015634889262601905).abs() < 1e-12, "{p}");
        assert_eq!(difference_p_value(1.0, 10.0, 2.0, 20.0), None);
    }

    #[test]
    fn rates_follow_benjamini_and_hochberg() {
        // statsmodels: multipletests([0.01, 0.04, 0.03, 0.5], method="fdr_bh")
        let found = false_discovery_rates(&[0.01, 0.04, 0.03, 0.5]);
        for (found, expected) in found.iter().zip([0.04, 0.16 / 3.0, 0.16 / 3.0, 0.5]) {
            assert!((found - expected).abs() < 1e-12, "{found} {expected}");
        }
    }

    #[test]
    fn months_begin_on_their_first_day() {
        // 2026-03-17 is day 20 529, 2026-03-01 day 20 513.
        assert_eq!(first_of_month(20_529), Some(20_513));
        assert_eq!(first_of_month(20_513), Some(20_513));
        assert_eq!(first_of_month(-1), Some(-31));
    }
}
