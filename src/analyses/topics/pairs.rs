//! Pairs of neighbouring words within a sentence: as terms beside single words, and as labels that say more than a word.

use crate::corpus::{Corpus, NONE, Tokens};
use crate::maths::map_in_order;
use std::collections::BTreeMap;

/// For each surface its term, if that is `wanted`, else `NONE`.
fn wanted_terms(corpus: &Corpus, wanted: &[bool]) -> Vec<u32> {
    let of_surface = corpus.folding.term_of_surface.iter();
    of_surface.map(|&term| if term != NONE && wanted[term as usize] { term } else { NONE }).collect()
}

/// Calls `found` with each two neighbouring terms of a sentence of `document`; `terms` gives the term of each surface, or `NONE`.
fn each_pair(tokens: &Tokens, document: usize, terms: &[u32], mut found: impl FnMut(u32, u32)) {
    let surfaces = tokens.of(document);
    let mut starts = tokens.sentences_of(document).iter().map(|&start| start as usize).peekable();
    let mut last = NONE;
    for (position, &surface) in surfaces.iter().enumerate() {
        while starts.next_if(|&start| start <= position).is_some() {
            last = NONE;
        }
        let term = terms[surface as usize];
        if last != NONE && term != NONE {
            found(last, term);
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
    let terms = wanted_terms(corpus, wanted);
    let counted = map_in_order(documents, |document| {
        let mut counts: BTreeMap<(u32, u32), u32> = BTreeMap::new();
        each_pair(tokens, document, &terms, |left, right| *counts.entry((left, right)).or_default() += 1);
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
    let rows = map_in_order(documents, |document| {
        let place = |(pair, count): &((u32, u32), u32)| Some((pairs.binary_search(pair).ok()? as u32, *count));
        counted[document].iter().filter_map(place).collect()
    });
    FrequentPairs { pairs, rows }
}

/// A pair of terms in a topic.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TopicPair {
    /// The pair.
    pub pair: (u32, u32),
    /// Its occurrences in the topic.
    pub count: u64,
    /// The topic's documents that hold it.
    pub documents: u32,
}

/// For each topic, ascending, the pairs that hold at least one of the `telling` terms; both terms are `wanted`. `members` are the
/// documents of each topic.
pub fn pairs_of_topics(
    corpus: &Corpus,
    tokens: &Tokens,
    (wanted, telling): (&[bool], &[bool]),
    members: &[Vec<usize>],
) -> Vec<Vec<TopicPair>> {
    let terms = wanted_terms(corpus, wanted);
    map_in_order(members.len(), |topic| {
        let mut found: Vec<((u32, u32), usize)> = Vec::new();
        for &document in &members[topic] {
            each_pair(tokens, document, &terms, |left, right| {
                if telling[left as usize] || telling[right as usize] {
                    found.push(((left, right), document));
                }
            });
        }
        found.sort_unstable();
        let same_pair = found.chunk_by(|left, right| left.0 == right.0);
        same_pair
            .map(|same| TopicPair { pair: same[0].0, count: same.len() as u64, documents: same.chunk_by(|a, b| a == b).count() as u32 })
            .collect()
    })
}
