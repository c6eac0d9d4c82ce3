//! Lines that many documents of one group carry word for word, found and left out when freezing.
//!
//! What is told line by line from its words alone ("Read more", copyright) is the clean room's; here a line is page
//! furniture because the same outlet prints it again and again.

use super::counter::Counter;
use crate::corpus::{Groups, RepeatedLine};
use crate::maths::sort_in_parallel;
use std::ops::Range;

/// (group, hash of the line), sorted.
#[derive(Debug, Default)]
pub(super) struct Repeated {
    lines: Vec<(u16, u64)>,
}

/// How many documents of a group of `documents` must carry a line: one in a hundred, and at least four, so that a wire
/// story that an outlet prints twice stays.
fn threshold(documents: usize) -> usize {
    documents.div_ceil(100).max(4)
}

impl Repeated {
    /// Finds the repeated lines of all documents in `order`.
    pub fn find(counters: &[Counter], order: &[(usize, usize)], groups: &Groups) -> Self {
        // (group, line) of every document once; sorted, a run's length is the number of documents.
        let mut carried: Vec<(u16, u64)> = Vec::new();
        let mut of_document: Vec<u64> = Vec::new();
        for (document, &(worker, row)) in order.iter().enumerate() {
            of_document.clear();
            of_document.extend(counters[worker].lines_of(row).iter().map(|line| line.0));
            of_document.sort_unstable();
            of_document.dedup();
            carried.extend(of_document.iter().map(|&line| (groups.of_document[document], line)));
        }
        sort_in_parallel(&mut carried);
        let thresholds: Vec<usize> = groups.members().iter().map(|members| threshold(members.len())).collect();
        let runs = carried.chunk_by(|a, b| a == b).filter(|run| run.len() >= thresholds[run[0].0 as usize]);
        Self { lines: runs.map(|run| run[0]).collect() }
    }

    fn is_repeated(&self, group: u16, line: u64) -> bool {
        self.lines.binary_search(&(group, line)).is_ok()
    }

    /// The token ranges of a document that stay, as positions within it, ascending and not touching.
    pub fn kept(&self, group: u16, lines: &[(u64, u32)], length: usize) -> Vec<Range<usize>> {
        if self.lines.is_empty() || lines.is_empty() {
            return std::iter::once(0..length).filter(|range| !range.is_empty()).collect();
        }
        let mut kept: Vec<Range<usize>> = Vec::new();
        let ends = lines.iter().skip(1).map(|line| line.1 as usize).chain([length]);
        for (&(hash, start), end) in lines.iter().zip(ends) {
            if self.is_repeated(group, hash) {
                continue;
            }
            match kept.last_mut() {
                Some(last) if last.end == start as usize => last.end = end,
                _ => kept.push(start as usize..end),
            }
        }
        kept
    }

    /// The lines with their texts and counts, by group and text.
    pub fn describe(&self, counters: &[Counter], order: &[(usize, usize)], groups: &Groups) -> Vec<RepeatedLine> {
        let mut found: Vec<Option<RepeatedLine>> = vec![None; self.lines.len()];
        let mut last_document = vec![usize::MAX; self.lines.len()];
        for (document, &(worker, row)) in order.iter().enumerate().filter(|_| !self.lines.is_empty()) {
            let counter = &counters[worker];
            let tokens = &counter.tokens[counter.rows[row].tokens.clone()];
            let lines = counter.lines_of(row);
            for (position, &(hash, start)) in lines.iter().enumerate() {
                let Ok(known) = self.lines.binary_search(&(groups.of_document[document], hash)) else { continue };
                let line = found[known].get_or_insert_with(|| {
                    let end = lines.get(position + 1).map_or(tokens.len(), |next| next.1 as usize);
                    let words: Vec<&str> = tokens[start as usize..end].iter().map(|&id| counter.surfaces.get(id)).collect();
                    let group = groups.names[groups.of_document[document] as usize].clone();
                    RepeatedLine { group, text: words.join(" "), documents: 0, occurrences: 0 }
                });
                line.occurrences += 1;
                line.documents += u32::from(last_document[known] != document);
                last_document[known] = document;
            }
        }
        let mut lines: Vec<RepeatedLine> = found.into_iter().flatten().collect();
        lines.sort_by(|a, b| (&a.group, b.documents, &a.text).cmp(&(&b.group, a.documents, &b.text)));
        lines
    }
}
