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

/// The resampled documents and what every entity's rate is divided by.
pub(super) struct Bootstrap {
    weights: BootstrapWeights,
    /// Words of each group in each replicate; the whole corpus last.
    words: Vec<Vec<u64>>,
    documents: Vec<usize>,
}

impl Bootstrap {
    /// Resamples the documents of `corpus`.
    pub fn new(corpus: &Corpus, seed: u64) -> Self {
        let members = corpus.groups.members();
        let weights = BootstrapWeights::draw(seed, &members, corpus.documents.len(), RESAMPLES);
        let mut words: Vec<Vec<u64>> = Vec::new();
        for group in &members {
            let mut sums = vec![0u64; RESAMPLES];
            for &document in group {
                let length = u64::from(corpus.documents.words[document as usize]);
                for (sum, &weight) in sums.iter_mut().zip(weights.of(document)) {
                    *sum += length * u64::from(weight);
                }
            }
            words.push(sums);
        }
        words.push((0..RESAMPLES).map(|replicate| words.iter().map(|sums| sums[replicate]).sum()).collect());
        let documents = members.iter().map(Vec::len).chain([corpus.documents.len()]).collect();
        Self { weights, words, documents }
    }

    /// Intervals for an entity with these (document, mentions) in `group`; `None` is the whole corpus.
    pub fn intervals(&self, naming: &[(u32, u32)], group: Option<usize>) -> Intervals {
        let group = group.unwrap_or(self.words.len() - 1);
        let documents = self.documents[group];
        if documents < LEAST_DOCUMENTS || naming.len() < LEAST_NAMING {
            return Intervals { per_million: None, document_share: None };
        }
        let (mut mentions, mut holding) = (vec![0u32; RESAMPLES], vec![0u32; RESAMPLES]);
        for &(document, count) in naming {
            for ((mentions, holding), &weight) in mentions.iter_mut().zip(&mut holding).zip(self.weights.of(document)) {
                *mentions += count * u32::from(weight);
                *holding += u32::from(weight);
            }
        }
        let words = self.words[group].iter();
        let rates = mentions.iter().zip(words).filter(|(_, words)| **words > 0);
        let rates = rates.map(|(&mentions, &words)| f64::from(mentions) * 1e6 / words as f64).collect();
        let shares = holding.iter().map(|&holding| f64::from(holding) / documents as f64).collect();
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
