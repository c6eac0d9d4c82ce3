//! Pairs of neighbouring words within a sentence: as terms beside single words, and as labels that say more than a word.

use crate::corpus::{Corpus, Tokens};
use std::collections::BTreeMap;

/// Calls `found` with the terms of each two neighbouring tokens of a sentence of `document` whose terms are both `wanted`.
pub fn each_pair(corpus: &Corpus, tokens: &Tokens, document: usize, wanted: &[bool], mut found: impl FnMut(u32, u32)) {
    let surfaces = tokens.of(document);
    let mut starts = tokens.sentences_of(document).iter().copied().peekable();
    let mut last = None;
    for (position, &surface) in surfaces.iter().enumerate() {
        while starts.next_if(|&start| start as usize <= position).is_some() {
            last = None;
        }
        let term = corpus.folding.term(surface).filter(|&term| wanted[term as usize]);
        if let (Some(left), Some(right)) = (last, term) {
            found(left, right);
        }
        last = term;
    }
}

/// Pairs that are frequent enough to be terms.
#[derive(Debug, Clone, Default)]
pub struct FrequentPairs {
    /// The pairs, in order.
    pub pairs: Vec<(u32, u32)>,
    /// For each document the positions of its pairs and how often it holds them.
    pub rows: Vec<Vec<(u32, u32)>>,
}

/// The pairs of `wanted` terms in at least `fewest` documents and at most `most` documents; at most `limit`,
/// those in most documents.
pub fn frequent_pairs(corpus: &Corpus, tokens: &Tokens, wanted: &[bool], (fewest, most): (u32, f64), limit: usize) -> FrequentPairs {
    let documents = corpus.documents.len();
    let counted = crate::maths::map_in_order(documents, |document| {
        let mut counts: BTreeMap<(u32, u32), u32> = BTreeMap::new();
        each_pair(corpus, tokens, document, wanted, |left, right| *counts.entry((left, right)).or_default() += 1);
        counts.into_iter().collect::<Vec<((u32, u32), u32)>>()
    });
    let mut frequency: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    counted.iter().flatten().for_each(|(pair, _)| *frequency.entry(*pair).or_default() += 1);
    let mut kept: Vec<((u32, u32), u32)> =
        frequency.into_iter().filter(|&(_, count)| count >= fewest && f64::from(count) <= most).collect();
    if kept.len() > limit {
        kept.sort_by_key(|&(pair, count)| (std::cmp::Reverse(count), pair));
        kept.truncate(limit);
        kept.sort_unstable();
    }
    let pairs: Vec<(u32, u32)> = kept.into_iter().map(|(pair, _)| pair).collect();
    let rows = crate::maths::map_in_order(documents, |document| {
        let place = |(pair, count): &((u32, u32), u32)| Some((pairs.binary_search(pair).ok()? as u32, *count));
        counted[document].iter().filter_map(place).collect()
    });
    FrequentPairs { pairs, rows }
}

/// Occurrences of a pair in each topic, and the documents that hold it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PairCounts {
    /// Occurrences by topic.
    pub counts: Vec<u64>,
    /// Documents by topic.
    pub documents: Vec<u32>,
}

/// Counts by topic of the pairs that hold at least one of the `telling` terms; both terms are `wanted`. `topic_of` gives each
/// document's topic.
pub fn pairs_of_topics(
    corpus: &Corpus,
    tokens: &Tokens,
    (wanted, telling): (&[bool], &[bool]),
    topic_of: &[Option<u32>],
    topics: usize,
) -> BTreeMap<(u32, u32), PairCounts> {
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); topics];
    for (document, topic) in topic_of.iter().enumerate() {
        topic.iter().for_each(|&topic| members[topic as usize].push(document));
    }
    let counted = crate::maths::map_in_order(topics, |topic| {
        let mut counts: BTreeMap<(u32, u32), (u64, u32, usize)> = BTreeMap::new();
        for &document in &members[topic] {
            each_pair(corpus, tokens, document, wanted, |left, right| {
                if telling[left as usize] || telling[right as usize] {
                    let (count, documents, last) = counts.entry((left, right)).or_insert((0, 0, usize::MAX));
                    *count += 1;
                    *documents += u32::from(*last != document);
                    *last = document;
                }
            });
        }
        counts
    });
    let mut all: BTreeMap<(u32, u32), PairCounts> = BTreeMap::new();
    for (topic, counts) in counted.into_iter().enumerate() {
        for (pair, (count, documents, _)) in counts {
            let cell = all.entry(pair).or_insert_with(|| PairCounts { counts: vec![0; topics], documents: vec![0; topics] });
            cell.counts[topic] = count;
            cell.documents[topic] = documents;
        }
    }
    all
}
