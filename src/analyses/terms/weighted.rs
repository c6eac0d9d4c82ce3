//! Rates and shares of words and pairs with documents counted by their weights.

use crate::corpus::{NONE, WeightedGroupTerms};

/// Marks the number of a pair, so that it is told from the number of a term.
const PAIR: u32 = 1 << 31;

/// What weighted rates are made of; without weights nothing.
#[derive(Default)]
pub(super) struct Weighted<'a> {
    /// The sums of terms, groups and all words.
    pub terms: Option<&'a WeightedGroupTerms>,
    /// For each group its pairs: number, occurrences, documents; sorted by number.
    pub pairs: &'a [Vec<(u32, f64, f64)>],
}

/// The name of the pair at `position` among all pairs; [`NONE`] beyond two billion, which then count plainly.
pub(super) fn pair(position: usize) -> u32 {
    u32::try_from(position).ok().filter(|position| *position < PAIR - 1).map_or(NONE, |position| PAIR | position)
}

impl Weighted<'_> {
    /// Weighted occurrences and documents of a word or pair in `group`; `None` without weights.
    fn sums(&self, group: usize, name: u32) -> Option<(f64, f64)> {
        let terms = self.terms.filter(|_| name != NONE)?;
        if name & PAIR == 0 {
            return Some((terms.count(group, name), terms.documents(group, name)));
        }
        let of_group = self.pairs.get(group)?;
        let cell = of_group.binary_search_by_key(&(name & !PAIR), |cell| cell.0).ok().map(|at| of_group[at]);
        Some(cell.map_or((0.0, 0.0), |(_, count, documents)| (count, documents)))
    }

    /// Occurrences per million words of the group: weighted, or `plain` without weights.
    pub fn per_million(&self, group: usize, name: u32, plain: impl FnOnce() -> Option<f64>) -> Option<f64> {
        match (self.terms, self.sums(group, name)) {
            (Some(terms), Some((count, _))) => (terms.words[group] > 0.0).then(|| count * 1e6 / terms.words[group]),
            _ => plain(),
        }
    }

    /// Share of the group's documents: weighted, or `plain` without weights.
    pub fn document_share(&self, group: usize, name: u32, plain: impl FnOnce() -> Option<f64>) -> Option<f64> {
        match (self.terms, self.sums(group, name)) {
            (Some(terms), Some((_, documents))) => (terms.group_documents[group] > 0.0).then(|| documents / terms.group_documents[group]),
            _ => plain(),
        }
    }

    /// Weighted occurrences, words, documents that hold it and all documents, of all groups; `None` without weights.
    pub fn totals(&self, name: u32) -> Option<(f64, f64, f64, f64)> {
        let terms = self.terms?;
        let sums = (0..terms.words.len()).map(|group| self.sums(group, name)).collect::<Option<Vec<_>>>()?;
        let (count, documents) = sums.into_iter().fold((0.0, 0.0), |sum, own| (sum.0 + own.0, sum.1 + own.1));
        Some((count, terms.words.iter().sum(), documents, terms.group_documents.iter().sum()))
    }
}
