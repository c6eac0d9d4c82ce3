//! How much of each group and each month is about each topic.

use super::columns::{TABLE_MONTHS, TABLE_SHARES};
use super::model::Model;
use super::tables::labels;
use crate::corpus::Corpus;
use crate::maths::many_tests::Adjustment;
use crate::maths::special::Hypergeometric;
use crate::maths::summary::wilson_interval;
use crate::table::format::civil;
use crate::table::{Table, TableBuilder, Value};
use std::collections::BTreeMap;

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
    /// Probability of so large a difference by chance (Fisher's exact test); `None` where there is nothing to compare.
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
                p_value: difference_p_value(documents, size, others, rest),
                q_value: None,
            });
        }
    }
    let tested: Vec<usize> = (0..shares.len()).filter(|&at| shares[at].p_value.is_some()).collect();
    let p_values: Vec<f64> = tested.iter().filter_map(|&at| shares[at].p_value).collect();
    for (&at, q_value) in tested.iter().zip(Adjustment::BenjaminiHochberg.adjust(&p_values)) {
        shares[at].q_value = Some(q_value);
    }
    shares
}

/// Fisher's two-sided p-value of the difference of two shares, `hits` of `trials` each; `None` without a second group or
/// where every or no document has the topic.
fn difference_p_value(hits: u32, trials: u32, other_hits: u32, other_trials: u32) -> Option<f64> {
    let (all_hits, all_trials) = (hits + other_hits, trials + other_trials);
    if other_trials == 0 || trials == 0 || all_hits == 0 || all_hits == all_trials {
        return None;
    }
    let table = Hypergeometric { population: u64::from(all_trials), marked: u64::from(all_hits), draws: u64::from(trials) };
    Some(table.two_sided(u64::from(hits)).min(1.0))
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
    table
        .finish()
        .with_note(format!("{tests} differences from the rest were tested (Fisher's exact test over documents); q is adjusted over them."))
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
    fn difference_matches_scipy() {
        // scipy: fisher_exact([[30, 90], [45, 255]])[1]
        let p = difference_p_value(30, 120, 45, 300).unwrap();
        assert!((p - 0.023379349599747287).abs() < 1e-10, "{p}");
        assert_eq!(difference_p_value(3, 10, 0, 0), None);
        assert_eq!(difference_p_value(0, 10, 0, 20), None);
    }

    #[test]
    fn months_begin_on_their_first_day() {
        // 2026-03-17 is day 20 529, 2026-03-01 day 20 513.
        assert_eq!(first_of_month(20_529), Some(20_513));
        assert_eq!(first_of_month(20_513), Some(20_513));
        assert_eq!(first_of_month(-1), Some(-31));
    }
}
