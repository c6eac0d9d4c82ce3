//! What stays of the documents when repeated lines are left out: counts, tokens, sentences.
//!
//! Counters' tokens are the corpus' surfaces here: freezing has numbered them anew.

use super::counter::Counter;
use super::repeated::Repeated;
use crate::corpus::{Documents, Folding, GroupTermMatrix, Groups, NONE, Surfaces, TokenList, TokenSpan, Tokens, Vocabulary};
use crate::maths::map_parts;
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
                for &surface in &counter.tokens.surfaces[left_out..range.start] {
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
                for &surface in &self.counters[worker].tokens.surfaces[first + range.start..first + range.end] {
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
}

/// All tokens as corpus surface ids, the documents in their final `order`; the counters lose theirs.
pub(super) fn take_tokens(counters: &mut [Counter], order: &[(usize, usize)], groups: &Groups, repeated: &Repeated) -> Tokens {
    let taken = map_parts(counters.iter_mut().enumerate().collect(), |(own, counter): (usize, &mut Counter)| {
        let mut list = std::mem::take(&mut counter.tokens);
        let own_rows = order.iter().enumerate().filter(|(_, (worker, _))| *worker == own);
        let span = |(document, &(_, row)): (usize, &(usize, usize))| {
            let kept = repeated.kept(groups.of_document[document], counter, row);
            let row = &counter.rows[row];
            let mut span = TokenSpan { list: own, tokens: row.tokens.clone(), sentences: row.sentences.clone() };
            if kept.iter().map(ExactSizeIterator::len).sum::<usize>() < span.tokens.len() {
                move_together(&mut list, &mut span, &kept);
            }
            (document, span)
        };
        let spans: Vec<(usize, TokenSpan)> = own_rows.map(span).collect();
        (list, spans)
    });
    let mut spans = vec![TokenSpan::default(); order.len()];
    let mut lists = Vec::with_capacity(taken.len());
    for (list, of_list) in taken {
        lists.push(list);
        of_list.into_iter().for_each(|(document, span)| spans[document] = span);
    }
    Tokens::new(lists, spans)
}

/// Moves the `kept` ranges of the document at `span` together, at its beginning.
fn move_together(list: &mut TokenList, span: &mut TokenSpan, kept: &[Range<usize>]) {
    let (first, first_sentence) = (span.tokens.start, span.sentences.start);
    let (mut length, mut sentences, mut next) = (0, 0, span.sentences.start);
    for range in kept {
        // Lines are whole sentences, so a range begins with one and its starts move together.
        while let Some(start) = (next < span.sentences.end).then(|| list.sentence_starts[next] as usize).filter(|start| *start < range.end)
        {
            if start >= range.start {
                list.sentence_starts[first_sentence + sentences] = (start - range.start + length) as u32;
                sentences += 1;
            }
            next += 1;
        }
        let places = first + range.start..first + range.end;
        list.surfaces.copy_within(places.clone(), first + length);
        if !list.places.is_empty() {
            list.places.copy_within(places.clone(), first + length);
        }
        for place in places {
            list.spaces.set(first + length, list.spaces.get(place));
            length += 1;
        }
    }
    span.tokens.end = first + length;
    span.sentences.end = first_sentence + sentences;
}
