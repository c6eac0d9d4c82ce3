//! Entities that are named together in sentences and in documents.

use super::forms::code;
use super::mentions::Mentions;
use super::named::Named;
use super::tables::PAIR_TABLE;
use crate::analyses::measures::FourCells;
use crate::analyses::measures::evidence::log_likelihood;
use crate::corpus::Corpus;
use crate::maths::float::log2;
use crate::maths::{map_in_order, sort_in_parallel};
use crate::table::{Table, TableBuilder};

/// Only pairs among this many entities, the most named, are counted: the number of pairs grows with its square.
const MOST_ENTITIES: usize = 3000;
/// A pair needs this many shared sentences or documents.
const LEAST_SHARED: u32 = 2;

/// How often two things are met together in `all` units.
#[derive(Debug, Clone, Copy)]
struct Meeting {
    both: f64,
    first: f64,
    second: f64,
    all: f64,
}

impl Meeting {
    /// Normalised pointwise mutual information (Bouma 2009); `None` if they never meet or meet everywhere.
    fn npmi(&self) -> Option<f64> {
        let share = self.both / self.all;
        (self.both > 0.0 && share < 1.0).then(|| log2(self.both * self.all / (self.first * self.second)) / -log2(share))
    }

    /// G² of the four cells, negative if they meet less often than by chance; 0 if one of them is everywhere.
    fn log_likelihood(&self) -> f64 {
        let cells = FourCells::new(self.both, self.first, self.second - self.both, self.all - self.first).checked();
        cells.map_or(0.0, |cells| cells.sign() * log_likelihood(&cells))
    }
}

struct Pair {
    entities: (u32, u32),
    sentences: u32,
    documents: u32,
}

struct Row {
    /// G² in sentences and in documents.
    evidence: (f64, f64),
    pair: Pair,
    sentences: Meeting,
    documents: Meeting,
}

/// The table of the `most` pairs with the most evidence; empty if `most` is 0.
pub(super) fn pair_table(corpus: &Corpus, mentions: &Mentions, named: &Named, listed: usize, most: usize) -> Table {
    let considered = listed.min(MOST_ENTITIES);
    let per_document = by_document(mentions, named, considered);
    let mut sentences_of = vec![0u32; considered];
    let (mut sentence_pairs, mut document_pairs) = (Vec::new(), Vec::new());
    for (sentences, of_sentences, of_documents) in per_document {
        for entity in sentences {
            sentences_of[entity as usize] += 1;
        }
        sentence_pairs.extend(of_sentences);
        document_pairs.extend(of_documents);
    }
    sort_in_parallel(&mut sentence_pairs);
    sort_in_parallel(&mut document_pairs);
    let pairs = merged(&sentence_pairs, &document_pairs);
    let all_sentences: f64 = corpus.documents.sentences.iter().map(|&sentences| f64::from(sentences)).sum();
    let all_documents = corpus.documents.len() as f64;
    let mut rows: Vec<Row> = pairs
        .into_iter()
        .map(|pair| {
            let (a, b) = (pair.entities.0 as usize, pair.entities.1 as usize);
            let sentences = Meeting {
                both: f64::from(pair.sentences),
                first: f64::from(sentences_of[a]),
                second: f64::from(sentences_of[b]),
                all: all_sentences,
            };
            let documents = Meeting {
                both: f64::from(pair.documents),
                first: named.entities[a].documents as f64,
                second: named.entities[b].documents as f64,
                all: all_documents,
            };
            Row { evidence: (sentences.log_likelihood(), documents.log_likelihood()), pair, sentences, documents }
        })
        .collect();
    let before = |a: &Row, b: &Row| {
        let evidence = b.evidence.0.total_cmp(&a.evidence.0).then(b.evidence.1.total_cmp(&a.evidence.1));
        evidence.then(a.pair.entities.cmp(&b.pair.entities))
    };
    let hidden = rows.len().saturating_sub(most);
    if hidden > 0 && most > 0 {
        // Only the pairs that are given need an order.
        rows.select_nth_unstable_by(most - 1, before);
    }
    rows.truncate(most);
    rows.sort_unstable_by(before);
    let mut builder = TableBuilder::new(&PAIR_TABLE);
    for Row { evidence, pair, sentences, documents } in &rows {
        let (first, second) = (&named.entities[pair.entities.0 as usize], &named.entities[pair.entities.1 as usize]);
        builder.row([
            first.name.as_str().into(),
            code(first.kind).into(),
            second.name.as_str().into(),
            code(second.kind).into(),
            pair.sentences.into(),
            sentences.npmi().into(),
            evidence.0.into(),
            pair.documents.into(),
            documents.npmi().into(),
            evidence.1.into(),
        ]);
    }
    let mut table = builder.finish();
    table.hidden_rows = hidden;
    if listed > considered {
        table = table.with_note(format!("Only pairs among the {MOST_ENTITIES} most named entities are counted."));
    }
    table
}

type Counted = (Vec<u32>, Vec<u64>, Vec<u64>);

/// For each document: its entities sentence by sentence, its pairs by sentence, its pairs.
fn by_document(mentions: &Mentions, named: &Named, considered: usize) -> Vec<Counted> {
    let mut bounds = vec![0];
    bounds.extend((1..mentions.mentions.len()).filter(|&next| mentions.mentions[next].document != mentions.mentions[next - 1].document));
    bounds.push(mentions.mentions.len());
    map_in_order(bounds.len() - 1, |number| {
        let range = bounds[number]..bounds[number + 1];
        let mut met: Vec<(u32, u32)> = range
            .map(|mention| (mentions.places[mention].sentence, named.entity_of_mention[mention]))
            .filter(|&(_, entity)| (entity as usize) < considered)
            .collect();
        met.sort_unstable();
        met.dedup();
        let mut of_sentences = Vec::new();
        for sentence in met.chunk_by(|a, b| a.0 == b.0) {
            of_sentences.extend(pairs_of(sentence.iter().map(|met| met.1)));
        }
        let sentences: Vec<u32> = met.iter().map(|met| met.1).collect();
        let mut entities = sentences.clone();
        entities.sort_unstable();
        entities.dedup();
        (sentences, of_sentences, pairs_of(entities.into_iter()).collect())
    })
}

fn pairs_of(entities: impl Iterator<Item = u32> + Clone) -> impl Iterator<Item = u64> {
    let second = entities.clone().enumerate();
    second.flat_map(move |(place, b)| entities.clone().take(place).map(move |a| (u64::from(a) << 32) | u64::from(b)))
}

/// Runs of equal pairs counted; pairs below the threshold are left out.
fn merged(sentence_pairs: &[u64], document_pairs: &[u64]) -> Vec<Pair> {
    let mut rest = sentence_pairs;
    let mut pairs = Vec::new();
    for run in document_pairs.chunk_by(|a, b| a == b) {
        let start = rest.partition_point(|pair| *pair < run[0]);
        let sentences = rest[start..].partition_point(|pair| *pair == run[0]);
        rest = &rest[start + sentences..];
        let (sentences, documents) = (sentences as u32, run.len() as u32);
        if sentences >= LEAST_SHARED || documents >= LEAST_SHARED {
            pairs.push(Pair { entities: ((run[0] >> 32) as u32, run[0] as u32), sentences, documents });
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_match_the_golden_numbers() {
        // STATISTICS.md: O=30, f₁=1000, f₂=400, N=10⁶: NPMI 0.414573, G² 202.984286.
        let meeting = Meeting { both: 30.0, first: 1000.0, second: 400.0, all: 1e6 };
        assert!((meeting.npmi().unwrap() - 0.414573).abs() < 1e-6);
        assert!((meeting.log_likelihood() - 202.984286).abs() < 1e-5);
    }

    #[test]
    fn ends_of_the_scale() {
        let never = Meeting { both: 0.0, first: 10.0, second: 10.0, all: 100.0 };
        assert_eq!(never.npmi(), None);
        assert!(never.log_likelihood() < 0.0);
        let always = Meeting { both: 5.0, first: 5.0, second: 5.0, all: 100.0 };
        assert!((always.npmi().unwrap() - 1.0).abs() < 1e-12);
        let everywhere = Meeting { both: 7.0, first: 7.0, second: 7.0, all: 7.0 };
        assert_eq!((everywhere.npmi(), everywhere.log_likelihood()), (None, 0.0));
    }

    #[test]
    fn pairs_are_counted_as_by_hand() {
        assert_eq!(pairs_of([1u32, 4, 9].into_iter()).collect::<Vec<_>>(), [(1 << 32) | 4, (1 << 32) | 9, (4 << 32) | 9]);
        let pairs = merged(&[5, 5, 8], &[3, 3, 5, 8]);
        let counts: Vec<(u32, u32, u32)> = pairs.iter().map(|pair| (pair.entities.1, pair.sentences, pair.documents)).collect();
        assert_eq!(counts, [(3, 0, 2), (5, 2, 1)]);
    }
}
