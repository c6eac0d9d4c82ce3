//! The corpus as distances see it: the terms that are compared and each group's counts of them, as read or resampled.

use super::settings::Settings;
use crate::corpus::{Corpus, NONE};
use crate::error::Result;
use crate::maths::{RandomStream, map_in_order};

/// Separates the streams of this family's bootstrap from others under the same seed.
const STREAMS: u64 = 0x6469_7374_616E_6365;

/// Terms, documents and groups.
pub(super) struct Frame<'c> {
    pub corpus: &'c Corpus,
    /// The terms by place: the most frequent ones first, in order of frequency; then terms that only the lexicon has.
    pub terms: Vec<u32>,
    /// How many of them are compared by frequency.
    pub frequent: usize,
    /// Places of the lexicon's terms, and their scores.
    pub scored: Vec<usize>,
    pub scores: Vec<f64>,
    /// ln((1+n)/(1+df))+1 of the frequent terms.
    pub idf: Vec<f64>,
    /// The documents of each group.
    pub members: Vec<Vec<u32>>,
    place_of_term: Vec<u32>,
}

/// Weighted counts of the frame's terms in each group.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Counts {
    width: usize,
    cells: Vec<f64>,
    /// Sums over all groups.
    all: Vec<f64>,
    /// Weighted words of each group, all words.
    pub words: Vec<f64>,
}

impl Counts {
    /// The counts of `group`.
    pub fn of(&self, group: usize) -> &[f64] {
        &self.cells[group * self.width..][..self.width]
    }

    /// Number of groups.
    pub fn groups(&self) -> usize {
        self.words.len()
    }

    /// Counts of all groups but `group` together.
    pub fn rest(&self, group: usize) -> Vec<f64> {
        // Weights that are no whole numbers leave dust where nothing is left.
        let less = |(all, own): (&f64, &f64)| if all - own > 1e-9 * all { all - own } else { 0.0 };
        self.all.iter().zip(self.of(group)).map(less).collect()
    }

    /// Words of all groups but `group`.
    pub fn rest_words(&self, group: usize) -> f64 {
        (0..self.groups()).filter(|&other| other != group).map(|other| self.words[other]).sum()
    }
}

impl<'c> Frame<'c> {
    pub fn new(corpus: &'c Corpus, settings: &Settings) -> Result<Self> {
        corpus.document_terms()?;
        let vocabulary = &corpus.terms;
        let mut terms: Vec<u32> =
            (0..vocabulary.len() as u32).filter(|&term| !(settings.drop_stop_words && vocabulary.is_stop[term as usize])).collect();
        terms.sort_by_key(|&term| (std::cmp::Reverse(vocabulary.counts[term as usize]), term));
        terms.truncate(settings.terms);
        let frequent = terms.len();
        let mut place_of_term = vec![NONE; vocabulary.len()];
        terms.iter().enumerate().for_each(|(place, &term)| place_of_term[term as usize] = place as u32);
        let (mut scored, mut scores) = (Vec::new(), Vec::new());
        for (word, score) in settings.lexicon.iter().flat_map(|lexicon| &lexicon.scores) {
            let Some(term) = vocabulary.find(word) else { continue };
            if place_of_term[term as usize] == NONE {
                place_of_term[term as usize] = terms.len() as u32;
                terms.push(term);
            }
            scored.push(place_of_term[term as usize] as usize);
            scores.push(*score);
        }
        let n = corpus.documents.len() as f64;
        let idf = |&term: &u32| crate::maths::float::ln((1.0 + n) / (1.0 + f64::from(vocabulary.documents[term as usize]))) + 1.0;
        let idf = terms[..frequent].iter().map(idf).collect();
        Ok(Self { corpus, frequent, scored, scores, idf, members: corpus.groups.members(), place_of_term, terms })
    }

    /// The counts as read.
    pub fn counts(&self) -> Result<Counts> {
        self.sum(|_| 1.0)
    }

    /// Sums over documents, each taken `times(document)` times beside its own weight.
    fn sum(&self, times: impl Fn(usize) -> f64) -> Result<Counts> {
        let rows = &self.corpus.document_terms()?.rows;
        let documents = &self.corpus.documents;
        let (width, groups) = (self.terms.len(), self.members.len());
        let mut counts = Counts { width, cells: vec![0.0; width * groups], all: vec![0.0; width], words: vec![0.0; groups] };
        for document in 0..documents.len() {
            let weight = times(document) * documents.weights[document];
            if weight == 0.0 {
                continue;
            }
            let group = usize::from(self.corpus.groups.of_document[document]);
            counts.words[group] += weight * f64::from(documents.words[document]);
            let cells = &mut counts.cells[group * width..][..width];
            let (terms, numbers) = rows.row(document);
            for (&term, &number) in terms.iter().zip(numbers) {
                let place = self.place_of_term[term as usize];
                if place != NONE {
                    cells[place as usize] += weight * f64::from(number);
                }
            }
        }
        for group in 0..groups {
            let own = &counts.cells[group * width..][..width];
            counts.all.iter_mut().zip(own).for_each(|(sum, count)| *sum += count);
        }
        Ok(counts)
    }

    /// `read` of the counts under each of `replicates` bootstrap resamples: documents drawn with replacement within each
    /// group, as many as it has (Efron 1979). In the order of the replicates, whatever the threads.
    pub fn resampled<T: Send>(&self, seed: u64, replicates: usize, read: impl Fn(&Counts) -> T + Sync + Send) -> Result<Vec<T>> {
        let results = map_in_order(replicates, |replicate| {
            let mut stream = RandomStream::new(seed ^ STREAMS, replicate as u64);
            let mut times = vec![0u32; self.corpus.documents.len()];
            for group in &self.members {
                for _ in 0..group.len() {
                    times[group[stream.below(group.len() as u32) as usize] as usize] += 1;
                }
            }
            self.sum(|document| f64::from(times[document])).map(|counts| read(&counts))
        });
        results.into_iter().collect()
    }
}

/// `counts` as shares of their sum; `None` if there are none.
pub(super) fn shares(counts: &[f64]) -> Option<Vec<f64>> {
    let total: f64 = counts.iter().sum();
    (total > 0.0).then(|| counts.iter().map(|count| count / total).collect())
}
