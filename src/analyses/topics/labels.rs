//! The terms that tell a topic from the others.

use super::features::Features;
use super::mixture::members_of;
use super::names::shown;
use super::pairs::{TopicPair, pairs_of_topics};
use crate::analyses::measures::FourCells;
use crate::analyses::measures::evidence::log_likelihood;
use crate::corpus::Corpus;
use crate::error::Result;
use crate::maths::float::ln;
use crate::maths::map_in_order;
use std::collections::BTreeMap;

/// Terms in a label.
const LABEL_TERMS: usize = 3;
/// Terms that are sorted at once: far more than are taken.
const SORTED_AT_ONCE: usize = 256;
/// Share of a word's occurrences in a topic that stand in one pair, from which the pair says more than the word.
const PAIR_SHARE: f64 = 0.5;

/// A telling term of a topic.
#[derive(Debug, Clone, PartialEq)]
pub struct TopicTerm {
    /// Position among the terms that take part.
    pub column: u32,
    /// The term, or the pair of words that says more.
    pub term: String,
    /// What to show: names as printed.
    pub shown: String,
    /// Class-based TF-IDF.
    pub weight: f64,
    /// Log-likelihood ratio against the other topics, negative where they have the higher rate (keyness).
    pub log_likelihood: f64,
    /// Occurrences in the topic's documents.
    pub count: u64,
    /// Documents of the topic that hold it.
    pub documents: u32,
}

/// Class-based TF-IDF: the term's share of the topic's words times ln(1 + mean words a topic / occurrences in all topics).
///
/// Grootendorst 2022. Differs from BERTopic: the mean is not truncated to a whole number.
pub fn class_tf_idf(count: f64, topic_words: f64, mean_words: f64, total_count: f64) -> f64 {
    count / topic_words * ln(1.0 + mean_words / total_count)
}

/// How many times (as a logarithm) a term is more frequent in the topic than in all topics together; 0 if it is not.
///
/// With one topic there is no comparison: 1 for every term.
fn over_representation(count: f64, topic_words: f64, total_count: f64, all_words: f64) -> f64 {
    let times = count / topic_words / (total_count / all_words);
    match times {
        _ if topic_words == all_words => 1.0,
        ..=1.0 => 0.0,
        _ => ln(times).max(0.0),
    }
}

/// By what terms are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TermScore {
    /// Class-based TF-IDF times over-representation: the first alone lets words through that are frequent everywhere.
    Both,
    /// Class-based TF-IDF alone.
    ClassTfIdf,
    /// The log-likelihood ratio against the other topics: keyness.
    Keyness,
}

/// Occurrences of columns in topics.
struct Cells {
    width: usize,
    /// Occurrences, and documents, of each column in each topic.
    counts: Vec<Vec<u64>>,
    documents: Vec<Vec<u32>>,
    totals: Vec<u64>,
    /// Words of each topic that take part.
    words: Vec<f64>,
    all_words: f64,
    sizes: Vec<u32>,
}

impl Cells {
    fn count(features: &Features, labels: &[u32], topics: usize) -> Self {
        let width = features.width();
        let members = members_of(labels, topics);
        let counted = map_in_order(topics, |topic| {
            let (mut counts, mut documents) = (vec![0u64; width], vec![0u32; width]);
            for &row in &members[topic] {
                let (terms, occurrences) = features.counts.row(row);
                for (&term, &count) in terms.iter().zip(occurrences) {
                    counts[term as usize] += u64::from(count);
                    documents[term as usize] += 1;
                }
            }
            (counts, documents)
        });
        let (counts, documents): (Vec<Vec<u64>>, Vec<Vec<u32>>) = counted.into_iter().unzip();
        let mut totals = vec![0u64; width];
        for counts in &counts {
            totals.iter_mut().zip(counts).for_each(|(total, count)| *total += count);
        }
        let words: Vec<f64> = counts.iter().map(|counts| counts.iter().sum::<u64>() as f64).collect();
        let sizes = members.iter().map(|members| members.len() as u32).collect();
        Self { width, counts, documents, totals, all_words: words.iter().sum(), words, sizes }
    }

    /// Fewest documents of `topic` that hold a term, or pair, of its label.
    fn fewest(&self, topic: usize) -> u32 {
        if self.sizes[topic] >= 4 { 2 } else { 1 }
    }

    /// Class-based TF-IDF of `count` occurrences in `topic` and `total` in all.
    fn weight(&self, topic: usize, count: f64, total: f64) -> f64 {
        let mean_words = self.all_words / self.words.len().max(1) as f64;
        class_tf_idf(count, self.words[topic], mean_words, total)
    }

    /// Log-likelihood ratio of the same against the other topics.
    fn evidence(&self, topic: usize, count: f64, total: f64) -> f64 {
        let cells = FourCells::new(count, self.words[topic], total - count, self.all_words - self.words[topic]);
        if self.words[topic] < self.all_words { cells.sign() * log_likelihood(&cells) } else { 0.0 }
    }

    /// What terms are ordered by.
    fn order(&self, topic: usize, count: f64, total: f64, score: TermScore) -> f64 {
        match score {
            TermScore::Both => match over_representation(count, self.words[topic], total, self.all_words) {
                0.0 => 0.0,
                over => self.weight(topic, count, total) * over,
            },
            TermScore::ClassTfIdf => self.weight(topic, count, total),
            TermScore::Keyness => self.evidence(topic, count, total),
        }
    }
}

/// The positions of `scores`, highest score first, the first position first at a tie; sorted as far as they are taken.
fn from_highest(scores: &[(u32, f64)]) -> impl Iterator<Item = u32> {
    let before = |a: &(u32, f64), b: &(u32, f64)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
    let mut rest = scores.to_vec();
    let mut taken = 0;
    let mut sorted = 0;
    std::iter::from_fn(move || {
        if taken == sorted {
            let end = (sorted + SORTED_AT_ONCE).min(rest.len());
            if end < rest.len() {
                rest[sorted..].select_nth_unstable_by(end - sorted, before);
            }
            rest[sorted..end].sort_unstable_by(before);
            sorted = end;
        }
        taken += 1;
        rest.get(taken - 1).map(|(column, _)| *column)
    })
}

/// The `limit` most telling terms of each topic, one of each family of forms (`plane`, `planes`).
///
/// A term that only one of many documents of the topic holds is no label, however often it occurs there.
pub fn topic_terms(
    features: &Features,
    corpus: &Corpus,
    labels: &[u32],
    topics: usize,
    limit: usize,
    score: TermScore,
) -> Vec<Vec<TopicTerm>> {
    let cells = Cells::count(features, labels, topics);
    map_in_order(topics, |topic| {
        let (counts, documents, fewest) = (&cells.counts[topic], &cells.documents[topic], cells.fewest(topic));
        let facts = |column: usize| (counts[column] as f64, cells.totals[column] as f64);
        let held = (0..cells.width).filter(|&column| documents[column] >= fewest);
        let scores: Vec<(u32, f64)> = held
            .map(|column| {
                let (count, total) = facts(column);
                (column as u32, cells.order(topic, count, total, score))
            })
            .collect();
        let mut kept: Vec<TopicTerm> = Vec::new();
        for column in from_highest(&scores) {
            if kept.len() == limit {
                break;
            }
            let term = features.term(corpus, column);
            if kept.iter().any(|other| same_words(&other.term, &term)) {
                continue;
            }
            let (count, total) = facts(column as usize);
            kept.push(TopicTerm {
                column,
                shown: features.shown(corpus, column),
                term,
                weight: cells.weight(topic, count, total),
                log_likelihood: cells.evidence(topic, count, total),
                count: counts[column as usize],
                documents: documents[column as usize],
            });
        }
        kept
    })
}

/// Puts a pair of neighbouring words (`Supreme Court`) in the place of a word that in its topic mostly stands in that pair, and
/// drops the pair's other word further down if it too mostly stands there.
///
/// # Errors
/// An internal error if the corpus holds no tokens.
pub fn with_pairs(features: &Features, corpus: &Corpus, labels: &[u32], terms: &mut [Vec<TopicTerm>]) -> Result<()> {
    let tokens = corpus.tokens()?;
    let mut wanted = vec![false; corpus.terms.len()];
    features.terms.iter().for_each(|&term| wanted[term as usize] = true);
    let mut telling = vec![false; corpus.terms.len()];
    let word = |column: u32| features.terms.get(column as usize).copied();
    terms.iter().flatten().filter_map(|term| word(term.column)).for_each(|term| telling[term as usize] = true);
    let mut members = members_of(labels, terms.len());
    members.iter_mut().flatten().for_each(|row| *row = features.documents[*row]);
    let pairs = pairs_of_topics(corpus, tokens, (&wanted, &telling), &members);
    let cells = Cells::count(features, labels, terms.len());
    let in_topic = |topic: usize, pair: (u32, u32)| {
        let place = pairs[topic].binary_search_by_key(&pair, |found| found.pair).ok()?;
        Some(pairs[topic][place])
    };
    for (topic, terms) in terms.iter_mut().enumerate() {
        // The most frequent pair of each telling word in this topic.
        let mut best: BTreeMap<u32, TopicPair> = BTreeMap::new();
        for &found in &pairs[topic] {
            if found.documents >= cells.fewest(topic) && found.pair.0 != found.pair.1 {
                for word in [found.pair.0, found.pair.1].into_iter().filter(|&word| telling[word as usize]) {
                    let place = best.entry(word).or_insert(found);
                    if found.count > place.count {
                        *place = found;
                    }
                }
            }
        }
        let mut kept: Vec<TopicTerm> = Vec::with_capacity(terms.len());
        let mut used: Vec<(u32, u32)> = Vec::new();
        for mut term in std::mem::take(terms) {
            let pair = word(term.column).and_then(|word| best.get(&word));
            if let Some(&TopicPair { pair, count, documents }) = pair.filter(|pair| pair.count as f64 >= PAIR_SHARE * term.count as f64) {
                if used.contains(&pair) {
                    continue;
                }
                used.push(pair);
                let total: u64 = (0..pairs.len()).filter_map(|topic| in_topic(topic, pair)).map(|pair| pair.count).sum();
                term = TopicTerm {
                    column: term.column,
                    term: format!("{} {}", corpus.terms.label(pair.0), corpus.terms.label(pair.1)),
                    shown: format!("{} {}", shown(corpus, &features.names, pair.0), shown(corpus, &features.names, pair.1)),
                    weight: cells.weight(topic, count as f64, total as f64),
                    log_likelihood: cells.evidence(topic, count as f64, total as f64),
                    count,
                    documents,
                };
            }
            kept.push(term);
        }
        *terms = kept;
    }
    Ok(())
}

/// Whether the words of one term are all forms of words of the other.
fn same_words(left: &str, right: &str) -> bool {
    let within = |part: &str, whole: &str| part.split(' ').all(|word| whole.split(' ').any(|other| same_family(word, other)));
    within(left, right) || within(right, left)
}

/// Whether two terms are forms of one word as far as their letters tell: equal but for a short ending after a shared beginning of
/// at least four letters. Only labels use it, so a rare mistake costs a label and no count.
pub fn same_family(left: &str, right: &str) -> bool {
    let shared = left.chars().zip(right.chars()).take_while(|(a, b)| a == b).count();
    let longest = left.chars().count().max(right.chars().count());
    left == right || (shared >= 4 && longest - shared <= 3 && shared * 3 >= longest * 2)
}

/// A topic's label: its first terms.
pub fn label(terms: &[TopicTerm]) -> String {
    terms.iter().take(LABEL_TERMS).map(|term| term.shown.as_str()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn class_tf_idf_matches_bertopic() {
        // bertopic/vectorizers/_ctfidf.py on [[3, 1, 0], [1, 0, 5]] (mean words 5): tf (L1) times ln(5 / f + 1).
        let rows = [[3.0, 1.0, 0.0], [1.0, 0.0, 5.0]];
        let expected = [[0.608198, 0.447940, 0.0], [0.135155, 0.0, 0.577623]];
        for topic in 0..2 {
            for term in 0..3 {
                let total = rows[0][term] + rows[1][term];
                let found = class_tf_idf(rows[topic][term], rows[topic].iter().sum(), 5.0, total);
                assert!((found - expected[topic][term]).abs() < 1e-6, "{found}");
            }
        }
    }

    #[test]
    fn families_share_a_beginning() {
        assert!(same_family("plane", "planes") && same_family("israel", "israeli") && same_family("court", "courts"));
        assert!(!same_family("port", "portal") || "port".len() * 3 >= 12);
        assert!(!same_family("bank", "band") && !same_family("minister", "miniature") && !same_family("trade", "transport"));
    }
}
