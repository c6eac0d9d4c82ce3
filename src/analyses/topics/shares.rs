//! How much of each group and each month is about each topic.

use super::columns::{TABLE_MONTHS, TABLE_SHARES};
use super::model::Model;
use super::tables::labels;
use crate::corpus::Corpus;
use crate::maths::many_tests::Adjustment;
use crate::maths::special::{Hypergeometric, incomplete_beta};
use crate::maths::summary::quantile_of_sorted;
use crate::maths::{RandomStream, map_in_order};
use crate::table::format::civil;
use crate::table::{Table, TableBuilder, Value};
use std::collections::BTreeMap;

/// Resamples of weighted documents.
const RESAMPLES: usize = 1000;
/// Separates these streams from others under the same seed.
const STREAMS: u64 = 0x7368_6172_6573_0000;
/// Largest false discovery rate of a difference that has a name.
const LEVEL: f64 = 0.05;

/// A topic in a group.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// Group.
    pub group: usize,
    /// Topic, from 0.
    pub topic: usize,
    /// Documents of the group in the topic.
    pub documents: u32,
    /// Share of the group's documents, by their weights.
    pub share: f64,
    /// Its 95 % interval over resampled documents.
    pub interval: Option<(f64, f64)>,
    /// Share of the other groups' documents; `None` if there are none.
    pub rest: Option<f64>,
    /// Probability of so large a difference by chance (Fisher's exact test); `None` where there is nothing to compare.
    pub p_value: Option<f64>,
    /// False discovery rate over all tests.
    pub q_value: Option<f64>,
}

impl Share {
    /// `favours` or `neglects` where the group differs from the rest at a false discovery rate of 5 %.
    pub fn coverage(&self) -> Option<&'static str> {
        let rest = self.rest.filter(|_| self.q_value.is_some_and(|q| q <= LEVEL))?;
        Some(if self.share > rest { "favours" } else { "neglects" })
    }
}

/// Topics and weights of a set of documents.
#[derive(Debug, Clone, Default)]
struct Members {
    topics: Vec<u32>,
    weights: Vec<f64>,
}

impl Members {
    fn push(&mut self, topic: usize, weight: f64) {
        self.topics.push(topic as u32);
        self.weights.push(weight);
    }

    fn documents(&self, topic: usize) -> u32 {
        self.topics.iter().filter(|&&other| other as usize == topic).count() as u32
    }

    /// Weight of each topic's documents.
    fn mass(&self, topics: usize) -> Vec<f64> {
        let mut mass = vec![0.0; topics];
        self.topics.iter().zip(&self.weights).for_each(|(&topic, &weight)| mass[topic as usize] += weight);
        mass
    }

    /// So many equal documents would tell as much: (Σw)² / Σw² (Kish 1965).
    fn effective(&self) -> f64 {
        let (sum, squares) = self.weights.iter().fold((0.0, 0.0), |(sum, squares), weight| (sum + weight, squares + weight * weight));
        if squares > 0.0 { sum * sum / squares } else { 0.0 }
    }

    /// 95 % intervals of the topics' shares when documents are drawn with replacement (Efron 1979).
    ///
    /// Of documents of one weight the number in a topic is then binomial, so the interval of infinitely many draws is known;
    /// others are drawn 1,000 times.
    fn intervals(&self, topics: usize, seed: u64, task: u64) -> Vec<Option<(f64, f64)>> {
        let n = self.weights.len();
        let first = self.weights.first().copied().unwrap_or(0.0);
        if n == 0 || self.effective() == 0.0 {
            return vec![None; topics];
        }
        if self.weights.iter().all(|&weight| weight == first) {
            let ends = |hits: f64| {
                (binomial_quantile(0.025, hits / n as f64, n) / n as f64, binomial_quantile(0.975, hits / n as f64, n) / n as f64)
            };
            return (0..topics).map(|topic| Some(ends(f64::from(self.documents(topic))))).collect();
        }
        let mut stream = RandomStream::new(seed ^ STREAMS, task);
        let mut drawn = vec![Vec::with_capacity(RESAMPLES); topics];
        for _ in 0..RESAMPLES {
            let mut mass = vec![0.0; topics];
            let mut total = 0.0;
            for _ in 0..n {
                let document = stream.below(n as u32) as usize;
                mass[self.topics[document] as usize] += self.weights[document];
                total += self.weights[document];
            }
            if total > 0.0 {
                drawn.iter_mut().zip(mass).for_each(|(drawn, mass)| drawn.push(mass / total));
            }
        }
        drawn
            .into_iter()
            .map(|mut shares| {
                shares.sort_by(f64::total_cmp);
                Some((quantile_of_sorted(&shares, 0.025)?, quantile_of_sorted(&shares, 0.975)?))
            })
            .collect()
    }
}

/// Smallest count that a binomial number of `n` trials with the probability `p` does not exceed with at least `probability`.
fn binomial_quantile(probability: f64, p: f64, n: usize) -> f64 {
    if p <= 0.0 || p >= 1.0 {
        return p * n as f64;
    }
    // P(X ≤ x) = 1 − I_p(x + 1, n − x).
    let below = |x: usize| if x >= n { 1.0 } else { 1.0 - incomplete_beta(x as f64 + 1.0, (n - x) as f64, p) };
    let (mut low, mut high) = (0, n);
    while low < high {
        let middle = (low + high) / 2;
        if below(middle) >= probability { high = middle } else { low = middle + 1 }
    }
    low as f64
}

/// All topics in all groups that have documents with topics.
pub fn shares(corpus: &Corpus, model: &Model, seed: u64) -> Vec<Share> {
    let (groups, topics) = (corpus.groups.names.len(), model.topics.len());
    let mut members = vec![Members::default(); groups];
    for (document, (placement, &group)) in model.placements.iter().zip(&corpus.groups.of_document).enumerate() {
        if let Some(placement) = placement {
            members[usize::from(group)].push(placement.topic, weight_of(corpus, document));
        }
    }
    let intervals = map_in_order(groups, |group| members[group].intervals(topics, seed, group as u64));
    let masses: Vec<Vec<f64>> = members.iter().map(|members| members.mass(topics)).collect();
    let totals: Vec<f64> = masses.iter().map(|mass| mass.iter().sum()).collect();
    let effective: Vec<f64> = members.iter().map(Members::effective).collect();
    let mut shares = Vec::new();
    for group in (0..groups).filter(|&group| totals[group] > 0.0) {
        let others = || (0..groups).filter(|&other| other != group);
        let rest_total: f64 = others().map(|other| totals[other]).sum();
        let rest_effective: f64 = others().map(|other| effective[other]).sum();
        for topic in 0..topics {
            let share = masses[group][topic] / totals[group];
            let rest = (rest_total > 0.0).then(|| others().map(|other| masses[other][topic]).sum::<f64>() / rest_total);
            let count = |share: f64, of: f64| ((share * of).round() as u32, of.round() as u32);
            let p_value = rest.and_then(|rest| {
                let ((hits, trials), (other_hits, other_trials)) = (count(share, effective[group]), count(rest, rest_effective));
                difference_p_value(hits, trials, other_hits, other_trials)
            });
            let documents = members[group].documents(topic);
            shares.push(Share { group, topic, documents, share, interval: intervals[group][topic], rest, p_value, q_value: None });
        }
    }
    let tested: Vec<usize> = (0..shares.len()).filter(|&at| shares[at].p_value.is_some()).collect();
    let p_values: Vec<f64> = tested.iter().filter_map(|&at| shares[at].p_value).collect();
    for (&at, q_value) in tested.iter().zip(Adjustment::BenjaminiHochberg.adjust(&p_values)) {
        shares[at].q_value = Some(q_value);
    }
    shares
}

fn weight_of(corpus: &Corpus, document: usize) -> f64 {
    corpus.documents.weights.get(document).copied().unwrap_or(1.0).max(0.0)
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
            share.coverage().into(),
        ]);
    }
    let tests = shares.iter().filter(|share| share.p_value.is_some()).count();
    table
        .finish()
        .with_note(format!("{tests} differences from the rest were tested (Fisher's exact test over documents, of which weighted ones count as many equal ones as would tell as much); q is adjusted over them."))
}

/// Topics by month, of all documents and of each group; `None` with fewer than two months.
pub fn months(corpus: &Corpus, model: &Model, seed: u64) -> Option<Table> {
    let topics = model.topics.len();
    // The first key is 0 for all documents, then one more than the group.
    let mut cells: BTreeMap<(usize, i32), Members> = BTreeMap::new();
    for (document, placement) in model.placements.iter().enumerate() {
        let (Some(placement), Some(month)) = (placement, corpus.documents.dates[document].and_then(first_of_month)) else { continue };
        let group = corpus.groups.comparable().then(|| usize::from(corpus.groups.of_document[document]) + 1);
        for key in std::iter::once(0).chain(group) {
            cells.entry((key, month)).or_default().push(placement.topic, weight_of(corpus, document));
        }
    }
    if cells.keys().filter(|(group, _)| *group == 0).count() < 2 {
        return None;
    }
    let labels = labels(model);
    let cells: Vec<((usize, i32), Members)> = cells.into_iter().collect();
    let first_task = corpus.groups.names.len() as u64;
    let intervals = map_in_order(cells.len(), |cell| cells[cell].1.intervals(topics, seed, first_task + cell as u64));
    let mut table = TableBuilder::new(&TABLE_MONTHS);
    for (((group, month), members), intervals) in cells.iter().zip(intervals) {
        let name = group.checked_sub(1).map_or("all", |group| corpus.groups.names[group].as_str());
        let mass = members.mass(topics);
        let total: f64 = mass.iter().sum();
        for (topic, mass) in mass.iter().enumerate() {
            table.row([
                name.into(),
                Value::Date(*month),
                (topic + 1).into(),
                labels[topic].as_str().into(),
                members.documents(topic).into(),
                (total > 0.0).then(|| mass / total).into(),
                intervals[topic].map(|interval| interval.0).into(),
                intervals[topic].map(|interval| interval.1).into(),
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
    fn binomial_quantiles_match_scipy() {
        // scipy 1.17: binom.ppf([0.025, 0.975], n, p).
        for (n, p, low, high) in [(120, 0.25, 21.0, 40.0), (10, 0.1, 0.0, 3.0), (1000, 0.003, 0.0, 7.0), (7, 0.5, 1.0, 6.0)] {
            assert_eq!((binomial_quantile(0.025, p, n), binomial_quantile(0.975, p, n)), (low, high), "{n} {p}");
        }
        assert_eq!(binomial_quantile(0.025, 0.0, 5), 0.0);
        assert_eq!(binomial_quantile(0.025, 1.0, 5), 5.0);
    }

    #[test]
    fn drawn_intervals_agree_with_the_binomial_ones() {
        let members = |last: f64| {
            let mut members = Members::default();
            (0..200).for_each(|at| members.push(usize::from(at % 4 == 0), if at == 199 { last } else { 1.0 }));
            members.intervals(2, 1, 1)
        };
        // A weight that hardly differs sends the same shares through the draws.
        for (exact, drawn) in members(1.0).iter().zip(members(1.000_001)) {
            let ((low, high), (drawn_low, drawn_high)) = (exact.unwrap(), drawn.unwrap());
            assert!((low - drawn_low).abs() <= 0.011 && (high - drawn_high).abs() <= 0.011, "{exact:?} {drawn:?}");
        }
    }

    #[test]
    fn weights_shrink_the_effective_number() {
        let mut members = Members::default();
        [1.0, 1.0, 0.5, 0.5].into_iter().for_each(|weight| members.push(0, weight));
        assert!((members.effective() - 3.6).abs() < 1e-12);
        assert_eq!(Members::default().effective(), 0.0);
    }

    #[test]
    fn months_begin_on_their_first_day() {
        // 2026-03-17 is day 20 529, 2026-03-01 day 20 513.
        assert_eq!(first_of_month(20_529), Some(20_513));
        assert_eq!(first_of_month(20_513), Some(20_513));
        assert_eq!(first_of_month(-1), Some(-31));
    }
}
