//! 95 % intervals of rates and shares by resampling documents within their groups.

use crate::corpus::Corpus;
use crate::maths::resampling::BootstrapWeights;
use crate::maths::summary::quantile_of_sorted;

/// Replicates of the bootstrap.
const RESAMPLES: usize = 1000;
/// Fewer documents in the group than this give no interval.
const LEAST_DOCUMENTS: usize = 5;
/// Fewer documents that name the entity than this give no interval: resampling one document says nothing of its rate.
const LEAST_NAMING: usize = 2;

/// The ends of two intervals; `None` where there are too few documents.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Intervals {
    /// Of the rate per million words.
    pub per_million: Option<(f64, f64)>,
    /// Of the share of documents.
    pub document_share: Option<(f64, f64)>,
}

/// A rate and a share with documents counted by their weights; `None` where there is nothing to divide by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rates {
    pub per_million: Option<f64>,
    pub document_share: Option<f64>,
}

/// The resampled documents and what every entity's rate is divided by.
pub(super) struct Bootstrap {
    weights: BootstrapWeights,
    /// Weighted words of each group in each replicate; the whole corpus last.
    words: Vec<Vec<f64>>,
    /// The same of documents.
    sizes: Vec<Vec<f64>>,
    documents: Vec<usize>,
    own_weights: Vec<f64>,
    /// Weighted words and documents of each group as read; the whole corpus last.
    observed: Vec<(f64, f64)>,
}

impl Bootstrap {
    /// Resamples the documents of `corpus`.
    pub fn new(corpus: &Corpus, seed: u64) -> Self {
        let members = corpus.groups.members();
        let weights = BootstrapWeights::draw(seed, &members, corpus.documents.len(), RESAMPLES);
        let own_weights = corpus.documents.weights.clone();
        let add = |sum: (f64, f64), own: (f64, f64)| (sum.0 + own.0, sum.1 + own.1);
        let (mut words, mut sizes, mut observed) = (Vec::new(), Vec::new(), Vec::new());
        for group in &members {
            let (mut sums, mut size, mut as_read) = (vec![0.0; RESAMPLES], vec![0.0; RESAMPLES], (0.0, 0.0));
            for &document in group {
                let own = own_weights[document as usize];
                let length = own * f64::from(corpus.documents.words[document as usize]);
                as_read = add(as_read, (length, own));
                for ((sum, size), &drawn) in sums.iter_mut().zip(&mut size).zip(weights.of(document)) {
                    *sum += length * f64::from(drawn);
                    *size += own * f64::from(drawn);
                }
            }
            words.push(sums);
            sizes.push(size);
            observed.push(as_read);
        }
        observed.push(observed.iter().copied().fold((0.0, 0.0), add));
        for of_groups in [&mut words, &mut sizes] {
            let all = (0..RESAMPLES).map(|replicate| of_groups.iter().map(|sums| sums[replicate]).sum()).collect();
            of_groups.push(all);
        }
        let documents = members.iter().map(Vec::len).chain([corpus.documents.len()]).collect();
        Self { weights, words, sizes, documents, own_weights, observed }
    }

    /// Rate and share for an entity with these (document, mentions) in `group`; `None` is the whole corpus.
    pub fn rates(&self, naming: &[(u32, u32)], group: Option<usize>) -> Rates {
        let (words, size) = self.observed[group.unwrap_or(self.observed.len() - 1)];
        let own = |&(document, count): &(u32, u32)| {
            let weight = self.own_weights[document as usize];
            (weight * f64::from(count), weight)
        };
        let (mentions, holding) = naming.iter().map(own).fold((0.0, 0.0), |sum, own| (sum.0 + own.0, sum.1 + own.1));
        Rates { per_million: (words > 0.0).then(|| mentions * 1e6 / words), document_share: (size > 0.0).then(|| holding / size) }
    }

    /// Intervals for an entity with these (document, mentions) in `group`; `None` is the whole corpus.
    pub fn intervals(&self, naming: &[(u32, u32)], group: Option<usize>) -> Intervals {
        let group = group.unwrap_or(self.words.len() - 1);
        let documents = self.documents[group];
        if documents < LEAST_DOCUMENTS || naming.len() < LEAST_NAMING {
            return Intervals { per_million: None, document_share: None };
        }
        let (mut mentions, mut holding) = (vec![0.0; RESAMPLES], vec![0.0; RESAMPLES]);
        for &(document, count) in naming {
            let own = self.own_weights[document as usize];
            let count = own * f64::from(count);
            for ((mentions, holding), &drawn) in mentions.iter_mut().zip(&mut holding).zip(self.weights.of(document)) {
                *mentions += count * f64::from(drawn);
                *holding += own * f64::from(drawn);
            }
        }
        let over = |sums: &[f64], of: &[f64], unit: f64| {
            sums.iter().zip(of).filter(|(_, of)| **of > 0.0).map(|(sum, of)| sum * unit / of).collect::<Vec<f64>>()
        };
        let rates = over(&mentions, &self.words[group], 1e6);
        let shares = over(&holding, &self.sizes[group], 1.0);
        Intervals { per_million: ends(rates), document_share: ends(shares) }
    }
}

/// The quantiles at 2.5 % and 97.5 % (percentile bootstrap, Efron 1979); `None` where all replicates agree, as they do if
/// every document names the entity: that says nothing of the spread.
fn ends(mut replicates: Vec<f64>) -> Option<(f64, f64)> {
    replicates.sort_unstable_by(f64::total_cmp);
    let (low, high) = (quantile_of_sorted(&replicates, 0.025)?, quantile_of_sorted(&replicates, 0.975)?);
    (low < high).then_some((low, high))
}
