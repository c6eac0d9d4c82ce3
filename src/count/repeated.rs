//! Lines that many documents of one group carry word for word, found and left out when freezing.
//!
//! What is told line by line from its words alone ("Read more", copyright) is the clean room's; here a line is page
//! furniture because the same outlet prints it again and again.

use super::counter::Counter;
use crate::corpus::{Groups, RepeatedLine};
use crate::error::Result;
use crate::maths::sort_in_parallel;
use std::ops::Range;

/// The repeated lines of a corpus.
#[derive(Debug)]
pub(super) struct Repeated {
    /// (group, hash of the line), sorted.
    lines: Vec<(u16, u64)>,
    /// Whether any of them has these last sixteen bits: most lines are none of them, and are told so at once.
    endings: Vec<bool>,
}

const LEAST_DOCUMENTS: usize = 4;

/// More buckets for counting hashes would not pay.
const MOST_BUCKETS: usize = 1 << 23;

/// The hash of a line without words, which is never repeated.
const NO_WORDS: u64 = 0;

/// How many documents of a group of `documents` must carry a line: one in a hundred, and at least four, so that a wire
/// story that an outlet prints twice stays.
fn threshold(documents: usize) -> usize {
    documents.div_ceil(100).max(LEAST_DOCUMENTS)
}

impl Repeated {
    /// Finds the repeated lines of all documents in `order`.
    pub fn find(counters: &[Counter], order: &[(usize, usize)], groups: &Groups) -> Self {
        // Few lines stand anywhere four times, so a first round only counts them by some bits of their hashes; what is
        // counted is an upper bound.
        let hashes = || order.iter().map(|&(worker, row)| counters[worker].line_hashes(row));
        let all: usize = hashes().map(<[u64]>::len).sum();
        let mut counts = vec![0_u8; (all * 2).next_power_of_two().min(MOST_BUCKETS)];
        let mask = counts.len() - 1;
        let place = |hash: u64| hash as usize & mask;
        for &hash in hashes().flatten() {
            let count = &mut counts[place(hash)];
            *count = count.saturating_add(1);
        }
        let is_frequent = |hash: &u64| usize::from(counts[place(*hash)]) >= LEAST_DOCUMENTS && *hash != NO_WORDS;
        // (group, line) of every document once; sorted, a run's length is the number of documents.
        let mut carried: Vec<(u16, u64)> = Vec::new();
        let mut of_document: Vec<u64> = Vec::new();
        for (lines, &group) in hashes().zip(&groups.of_document) {
            of_document.clear();
            of_document.extend(lines.iter().copied().filter(is_frequent));
            of_document.sort_unstable();
            of_document.dedup();
            carried.extend(of_document.iter().map(|&line| (group, line)));
        }
        sort_in_parallel(&mut carried);
        let thresholds: Vec<usize> = groups.members().iter().map(|members| threshold(members.len())).collect();
        let runs = carried.chunk_by(|a, b| a == b).filter(|run| run.len() >= thresholds[run[0].0 as usize]);
        let lines: Vec<(u16, u64)> = runs.map(|run| run[0]).collect();
        let mut endings = vec![false; 1 << 16];
        lines.iter().for_each(|line| endings[usize::from(line.1 as u16)] = true);
        Self { lines, endings }
    }

    /// Whether there is no repeated line.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Whether the line with this hash is repeated in `group`.
    pub fn is_repeated(&self, group: u16, line: u64) -> bool {
        self.position(group, line).is_some()
    }

    fn position(&self, group: u16, line: u64) -> Option<usize> {
        if !self.endings[usize::from(line as u16)] {
            return None;
        }
        self.lines.binary_search(&(group, line)).ok()
    }

    /// The token ranges of a document that stay, as positions within it, ascending and not touching.
    pub fn kept(&self, group: u16, counter: &Counter, row: usize) -> Vec<Range<usize>> {
        let length = counter.rows[row].tokens.len();
        let lines = counter.lines_of(row);
        if self.lines.is_empty() || lines.len() == 0 {
            return std::iter::once(0..length).filter(|range| !range.is_empty()).collect();
        }
        let mut kept: Vec<Range<usize>> = Vec::new();
        let ends = counter.lines_of(row).skip(1).map(|line| line.1).chain([length]);
        for ((hash, start), end) in lines.zip(ends) {
            if self.is_repeated(group, hash) {
                continue;
            }
            match kept.last_mut() {
                Some(last) if last.end == start => last.end = end,
                _ => kept.push(start..end),
            }
        }
        kept
    }

    /// The lines with their texts and counts, by group and text.
    ///
    /// # Errors
    /// An output error if what a streaming counter has noted can't be read back.
    pub fn describe(&self, counters: &[Counter], order: &[(usize, usize)], groups: &Groups) -> Result<Vec<RepeatedLine>> {
        let mut found: Vec<Option<RepeatedLine>> = vec![None; self.lines.len()];
        let mut last_document = vec![usize::MAX; self.lines.len()];
        for (document, &(worker, row)) in order.iter().enumerate().filter(|_| !self.lines.is_empty()) {
            let (counter, group) = (&counters[worker], groups.of_document[document]);
            for (number, &hash) in counter.line_hashes(row).iter().enumerate() {
                let Some(known) = self.position(group, hash) else { continue };
                if found[known].is_none() {
                    let group = groups.names[group as usize].clone();
                    found[known] = Some(RepeatedLine { group, text: counter.text_of_line(row, number)?, documents: 0, occurrences: 0 });
                }
                if let Some(line) = &mut found[known] {
                    line.occurrences += 1;
                    line.documents += u32::from(last_document[known] != document);
                }
                last_document[known] = document;
            }
        }
        let mut lines: Vec<RepeatedLine> = found.into_iter().flatten().collect();
        lines.sort_by(|a, b| (&a.group, b.documents, &a.text).cmp(&(&b.group, a.documents, &b.text)));
        Ok(lines)
    }
}
