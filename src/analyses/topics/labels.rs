//! The terms that tell a topic from the others.

use super::features::Features;
use crate::corpus::Corpus;
use crate::maths::float::ln;

/// Terms in a label.
const LABEL_TERMS: usize = 3;

/// A telling term of a topic.
#[derive(Debug, Clone, PartialEq)]
pub struct TopicTerm {
    /// Position among the terms that take part.
    pub column: u32,
    /// What to show.
    pub term: String,
    /// Class-based TF-IDF.
    pub weight: f64,
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

/// The `limit` most telling terms of each topic, one of each family of forms (`plane`, `planes`).
///
/// Ordered by class-based TF-IDF times over-representation: the first alone lets words through that are frequent everywhere.
/// A term that only one of many documents of the topic holds is no label, however often it occurs there.
pub fn topic_terms(features: &Features, corpus: &Corpus, labels: &[u32], topics: usize, limit: usize) -> Vec<Vec<TopicTerm>> {
    let width = features.terms.len();
    let mut counts = vec![0u64; topics * width];
    let mut documents = vec![0u32; topics * width];
    let mut sizes = vec![0u32; topics];
    for (row, &label) in labels.iter().enumerate() {
        sizes[label as usize] += 1;
        let (terms, occurrences) = features.counts.row(row);
        for (&term, &count) in terms.iter().zip(occurrences) {
            counts[label as usize * width + term as usize] += u64::from(count);
            documents[label as usize * width + term as usize] += 1;
        }
    }
    let words: Vec<f64> = (0..topics).map(|topic| counts[topic * width..(topic + 1) * width].iter().sum::<u64>() as f64).collect();
    let all_words = words.iter().sum::<f64>();
    let mean_words = all_words / topics.max(1) as f64;
    let totals: Vec<u64> = (0..width).map(|term| (0..topics).map(|topic| counts[topic * width + term]).sum()).collect();
    (0..topics)
        .map(|topic| {
            let fewest = if sizes[topic] >= 4 { 2 } else { 1 };
            let mut scored: Vec<(f64, u32, f64)> = (0..width)
                .filter(|&term| documents[topic * width + term] >= fewest)
                .map(|term| {
                    let (count, total) = (counts[topic * width + term] as f64, totals[term] as f64);
                    let weight = class_tf_idf(count, words[topic], mean_words, total);
                    (weight * over_representation(count, words[topic], total, all_words), term as u32, weight)
                })
                .collect();
            scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            let mut kept: Vec<TopicTerm> = Vec::new();
            for (_, column, weight) in scored {
                if kept.len() == limit {
                    break;
                }
                let term = corpus.terms.label(features.terms[column as usize]);
                if kept.iter().any(|other| same_family(&other.term, term)) {
                    continue;
                }
                let cell = topic * width + column as usize;
                kept.push(TopicTerm { column, term: term.to_owned(), weight, count: counts[cell], documents: documents[cell] });
            }
            kept
        })
        .collect()
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
    terms.iter().take(LABEL_TERMS).map(|term| term.term.as_str()).collect::<Vec<_>>().join(", ")
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
