//! What stays of the documents when repeated lines are left out: counts, tokens, sentences.
//!
//! Counters' tokens are the corpus' surfaces here: freezing has numbered them anew.

use super::counter::Counter;
use super::repeated::Repeated;
use crate::corpus::{Documents, Folding, GroupTermMatrix, Groups, NONE, Surfaces, Tokens, Vocabulary};
use std::ops::Range;

/// All documents of `counters` in their final `order`, seen without repeated lines.
pub(super) struct Kept<'a> {
    pub counters: &'a [Counter],
    pub order: &'a [(usize, usize)],
    pub groups: &'a Groups,
    pub repeated: &'a Repeated,
}

impl Kept<'_> {
    /// Worker, first token and kept ranges of each document.
    fn documents(&self) -> impl Iterator<Item = (usize, usize, Vec<Range<usize>>)> + '_ {
        self.order.iter().enumerate().map(|(document, &(worker, row))| {
            let counter = &self.counters[worker];
            (worker, counter.rows[row].tokens.start, self.repeated.kept(self.groups.of_document[document], counter, row))
        })
    }

    /// Corrects counts of surfaces and words of documents for what is left out.
    pub fn recount(&self, surfaces: &mut Surfaces, documents: &mut Documents) {
        for (document, (worker, first, kept)) in self.documents().enumerate() {
            let counter = &self.counters[worker];
            let end = counter.rows[self.order[document].1].tokens.end;
            let mut left_out = first;
            for range in kept.iter().map(|range| first + range.start..first + range.end).chain(std::iter::once(end..end)) {
                for &surface in &counter.tokens[left_out..range.start] {
                    surfaces.counts[surface as usize] -= 1;
                    documents.words[document] -= u32::from(surfaces.kinds[surface as usize].counts_as_word());
                }
                left_out = range.end;
            }
        }
    }

    /// Counts terms by group without building documents × terms; fills the document frequencies of `terms`.
    pub fn group_terms(&self, folding: &Folding, documents: &Documents, terms: &mut Vocabulary) -> GroupTermMatrix {
        let mut matrix = GroupTermMatrix::new(self.groups.len(), terms.len());
        let mut last_document = vec![NONE; terms.len()];
        for (document, (worker, first, kept)) in self.documents().enumerate() {
            let group = self.groups.of_document[document] as usize;
            matrix.words[group] += u64::from(documents.words[document]);
            matrix.group_documents[group] += 1;
            for range in kept {
                for &surface in &self.counters[worker].tokens[first + range.start..first + range.end] {
                    let term = folding.term_of_surface[surface as usize];
                    if term != NONE {
                        let is_new = last_document[term as usize] != document as u32;
                        last_document[term as usize] = document as u32;
                        matrix.add(group, term, 1, u32::from(is_new));
                    }
                }
            }
        }
        for (term, count) in terms.documents.iter_mut().enumerate() {
            *count = (0..self.groups.len()).map(|group| matrix.documents(group, term as u32)).sum();
        }
        matrix
    }

    /// All tokens as corpus surface ids, in the final order.
    pub fn tokens(&self, with_places: bool) -> Tokens {
        let mut tokens = Tokens { document_starts: vec![0], sentence_offsets: vec![0], ..Tokens::default() };
        tokens.surfaces.reserve_exact(self.counters.iter().map(|counter| counter.tokens.len()).sum());
        for (document, (worker, first, kept)) in self.documents().enumerate() {
            let counter = &self.counters[worker];
            let mut sentences = counter.sentence_starts[counter.rows[self.order[document].1].sentences.clone()].iter().peekable();
            let mut length = 0;
            for range in kept {
                // Lines are whole sentences, so a range begins with one and its starts move together.
                while let Some(&&start) = sentences.peek().filter(|start| (***start as usize) < range.end) {
                    if start as usize >= range.start {
                        tokens.sentence_starts.push((start as usize - range.start + length) as u32);
                    }
                    sentences.next();
                }
                length += range.len();
                let places = first + range.start..first + range.end;
                tokens.surfaces.extend_from_slice(&counter.tokens[places.clone()]);
                tokens.spaces.extend_from(&counter.spaces, places.clone());
                if with_places {
                    tokens.places.extend_from_slice(&counter.places[places]);
                }
            }
            tokens.document_starts.push(tokens.surfaces.len() as u64);
            tokens.sentence_offsets.push(tokens.sentence_starts.len() as u64);
        }
        tokens
    }
}
