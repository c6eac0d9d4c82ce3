//! The terms that tell a topic from the others.

use super::features::Features;
use super::names::shown;
use super::pairs::pairs_of_topics;
use crate::analyses::measures::FourCells;
use crate::analyses::measures::evidence::log_likelihood;
use crate::corpus::Corpus;
use crate::error::Result;
use crate::maths::float::ln;
use crate::maths::map_in_order;
use std::collections::BTreeMap;

/// Terms in a label.
const LABEL_TERMS: usize = 3;
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
    if topic_words == all_words { 1.0 } else { ln(count / topic_words / (total_count / all_words)).max(0.0) }
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
    counts: Vec<u64>,
    documents: Vec<u32>,
    totals: Vec<u64>,
    /// Words of each topic that take part.
    words: Vec<f64>,
    all_words: f64,
    sizes: Vec<u32>,
}

impl Cells {
    fn count(features: &Features, labels: &[u32], topics: usize) -> Self {
        let width = features.width();
        let (mut counts, mut documents, mut sizes) = (vec![0u64; topics * width], vec![0u32; topics * width], vec![0u32; topics]);
        for (row, &label) in labels.iter().enumerate() {
            sizes[label as usize] += 1;
            let (terms, occurrences) = features.counts.row(row);
            for (&term, &count) in terms.iter().zip(occurrences) {
                counts[label as usize * width + term as usize] += u64::from(count);
                documents[label as usize * width + term as usize] += 1;
            }
        }
        let words: Vec<f64> = (0..topics).map(|topic| counts[topic * width..(topic + 1) * width].iter().sum::<u64>() as f64).collect();
        let totals = (0..width).map(|term| (0..topics).map(|topic| counts[topic * width + term]).sum()).collect();
        Self { width, counts, documents, totals, all_words: words.iter().sum(), words, sizes }
    }

    /// Score and facts of `count` occurrences in `topic` and `total` in all.
    fn rated(&self, topic: usize, count: f64, total: f64, score: TermScore) -> Rated {
        let mean_words = self.all_words / self.words.len().max(1) as f64;
        let weight = class_tf_idf(count, self.words[topic], mean_words, total);
        let over = over_representation(count, self.words[topic], total, self.all_words);
        let cells = FourCells::new(count, self.words[topic], total - count, self.all_words - self.words[topic]);
        let evidence = if self.words[topic] < self.all_words { cells.sign() * log_likelihood(&cells) } else { 0.0 };
        let order = match score {
            TermScore::Both => weight * over,
            TermScore::ClassTfIdf => weight,
            TermScore::Keyness => evidence,
        };
        Rated { order, weight, evidence }
    }
}

struct Rated {
    order: f64,
    weight: f64,
    evidence: f64,
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
        let fewest = if cells.sizes[topic] >= 4 { 2 } else { 1 };
        let first = topic * cells.width;
        let mut rated: Vec<(u32, Rated)> = (0..cells.width)
            .filter(|&column| cells.documents[first + column] >= fewest)
            .map(|column| (column as u32, cells.rated(topic, cells.counts[first + column] as f64, cells.totals[column] as f64, score)))
            .collect();
        rated.sort_by(|a, b| b.1.order.total_cmp(&a.1.order).then(a.0.cmp(&b.0)));
        let mut kept: Vec<TopicTerm> = Vec::new();
        for (column, rated) in rated {
            if kept.len() == limit {
                break;
            }
            let term = features.term(corpus, column);
            if kept.iter().any(|other| same_words(&other.term, &term)) {
                continue;
            }
            kept.push(TopicTerm {
                column,
                shown: features.shown(corpus, column),
                term,
                weight: rated.weight,
                log_likelihood: rated.evidence,
                count: cells.counts[first + column as usize],
                documents: cells.documents[first + column as usize],
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
    let mut topic_of = vec![None; corpus.documents.len()];
    features.documents.iter().zip(labels).for_each(|(&document, &label)| topic_of[document] = Some(label));
    let pairs = pairs_of_topics(corpus, tokens, (&wanted, &telling), &topic_of, terms.len());
    let cells = Cells::count(features, labels, terms.len());
    for (topic, terms) in terms.iter_mut().enumerate() {
        // The most frequent pair of each word in this topic.
        let mut best: BTreeMap<u32, (u64, (u32, u32))> = BTreeMap::new();
        for (&pair, counts) in &pairs {
            let fewest = if cells.sizes[topic] >= 4 { 2 } else { 1 };
            if counts.documents[topic] >= fewest && pair.0 != pair.1 {
                for word in [pair.0, pair.1] {
                    let place = best.entry(word).or_insert((0, pair));
                    if counts.counts[topic] > place.0 {
                        *place = (counts.counts[topic], pair);
                    }
                }
            }
        }
        let mut kept: Vec<TopicTerm> = Vec::with_capacity(terms.len());
        let mut used: Vec<(u32, u32)> = Vec::new();
        for mut term in std::mem::take(terms) {
            let pair = word(term.column).and_then(|word| best.get(&word));
            if let Some(&(count, pair)) = pair.filter(|(count, _)| *count as f64 >= PAIR_SHARE * term.count as f64) {
                if used.contains(&pair) {
                    continue;
                }
                used.push(pair);
                let total: u64 = pairs[&pair].counts.iter().sum();
                let rated = cells.rated(topic, count as f64, total as f64, TermScore::Both);
                term = TopicTerm {
                    column: term.column,
                    term: format!("{} {}", corpus.terms.label(pair.0), corpus.terms.label(pair.1)),
                    shown: format!("{} {}", shown(corpus, &features.names, pair.0), shown(corpus, &features.names, pair.1)),
                    weight: rated.weight,
                    log_likelihood: rated.evidence,
                    count,
                    documents: pairs[&pair].documents[topic],
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
