//! Counts by group while reading, for runs that keep no document's words.
//!
//! A word is counted when it is read. Which lines are repeated is known only at the end; so the words are also noted, as
//! numbers, in a [`Spool`], and those of repeated lines are taken out of the counts again when the corpus is frozen.

use crate::error::{Error, Result};
use crate::memory::{Interner, ShortKey, Spool};
use crate::tokenize::{WordRule, WordScanner, WordSink};
use std::ops::Range;

/// Occurrences and documents of one term in one group.
pub(super) type Cell = (u32, u32);

/// What a spool holds between lines; term ids are one higher.
const LINE_END: u32 = 0;

/// Bytes of words' numbers in memory, for each counter; more go to a temporary file. Few in tests, so that there is a file.
const MOST_IN_MEMORY: usize = if cfg!(test) { 100 } else { 16 << 20 };

/// Counts by group and term as they grow.
pub(super) struct StreamingCounts {
    scanner: WordScanner,
    words: DocumentWords,
    /// Cells by term, for each group in order of arrival.
    pub groups: Vec<GroupCounts>,
}

/// Counts of one group.
pub(super) struct GroupCounts {
    /// The group's name in the counter's `names`; `None` for documents without the field.
    pub name: Option<u32>,
    /// By the counter's term ids; shorter than the vocabulary where later terms don't occur.
    pub cells: Vec<Cell>,
    /// Words of the group.
    pub words: u64,
    /// Documents of the group.
    pub documents: u32,
}

/// What is known of a document after counting.
pub(super) struct Counted {
    /// Its words.
    pub words: u32,
    /// Where its words' numbers are.
    pub noted: Range<u64>,
    /// Hash of all its words in order.
    pub fingerprint: u128,
}

/// The words of the document being read.
struct DocumentWords {
    terms: Interner,
    /// By term id: occurrences in this document.
    counts: Vec<u32>,
    /// The terms of this document.
    seen: Vec<u32>,
    words: u32,
    /// Whether lines are noted.
    has_lines: bool,
    spool: Spool,
    line: LineHash,
    words_before_line: u32,
    lines: Vec<u64>,
    fingerprint: LineHash,
}

/// Order-dependent hash of hashes.
#[derive(Clone, Copy, Default)]
struct LineHash(u64);

impl LineHash {
    #[inline(always)]
    fn add(&mut self, hash: u64) {
        self.0 = (self.0.rotate_left(29) ^ hash).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

impl DocumentWords {
    #[inline(always)]
    fn count(&mut self, term: u32, hash: u64) {
        if term as usize >= self.counts.len() {
            self.counts.resize(term as usize + 1, 0);
        }
        let count = &mut self.counts[term as usize];
        if *count == 0 {
            self.seen.push(term);
        }
        *count += 1;
        self.words += 1;
        self.line.add(hash);
        if self.has_lines {
            self.spool.push(term + 1);
        }
    }
}

impl WordSink for DocumentWords {
    #[inline(always)]
    fn short(&mut self, key: ShortKey) {
        let hash = key.hash();
        let term = self.terms.intern_key(key, hash);
        self.count(term, hash);
    }

    fn long(&mut self, word: &str) {
        let hash = self.terms.hash_of_long(word);
        let term = self.terms.intern_long(word, hash);
        self.count(term, hash);
    }

    fn line(&mut self) {
        // A line without words is none: nothing of it is counted.
        if self.words == self.words_before_line {
            return;
        }
        self.words_before_line = self.words;
        self.fingerprint.add(self.line.0);
        if self.has_lines {
            self.lines.push(self.line.0);
            self.spool.push(LINE_END);
        }
        self.line = LineHash::default();
    }
}

impl StreamingCounts {
    pub fn new(rule: WordRule) -> Self {
        let words = DocumentWords {
            terms: Interner::default(),
            counts: Vec::new(),
            seen: Vec::new(),
            words: 0,
            has_lines: false,
            spool: Spool::new(MOST_IN_MEMORY),
            line: LineHash::default(),
            words_before_line: 0,
            lines: Vec::new(),
            fingerprint: LineHash::default(),
        };
        Self { scanner: WordScanner::new(rule), words, groups: Vec::new() }
    }

    /// Counts the `ranges` of a document of the group called `name`; with `lines`, appends the hash of each line's words.
    pub fn add(&mut self, text: &str, ranges: &[Range<usize>], name: Option<u32>, lines: Option<&mut Vec<u64>>) -> Counted {
        let (scanner, words) = (&mut self.scanner, &mut self.words);
        words.has_lines = lines.is_some();
        (words.words, words.words_before_line) = (0, 0);
        words.fingerprint = LineHash::default();
        let first = words.spool.position();
        for range in ranges {
            scanner.scan(text, range.clone(), words);
            words.line();
        }
        let noted = first..words.spool.position();
        words.spool.settle();
        if let Some(lines) = lines {
            lines.append(&mut words.lines);
        }
        let position = self.groups.iter().position(|group| group.name == name).unwrap_or_else(|| {
            self.groups.push(GroupCounts { name, cells: Vec::new(), words: 0, documents: 0 });
            self.groups.len() - 1
        });
        let group = &mut self.groups[position];
        if group.cells.len() < words.counts.len() {
            group.cells.resize(words.counts.len() * 5 / 4, (0, 0));
        }
        for term in words.seen.drain(..) {
            let cell = &mut group.cells[term as usize];
            cell.0 += std::mem::take(&mut words.counts[term as usize]);
            cell.1 += 1;
        }
        group.words += u64::from(words.words);
        group.documents += 1;
        Counted { words: words.words, noted, fingerprint: u128::from(words.fingerprint.0) }
    }

    /// The terms by id.
    pub fn terms(&self) -> &Interner {
        &self.words.terms
    }

    /// The terms of each line of a document of which [`Self::add`] told where they are noted.
    ///
    /// # Errors
    /// An output error if the temporary file can't be read back.
    pub fn lines(&self, noted: Range<u64>) -> Result<Vec<Vec<u32>>> {
        let mut numbers = Vec::new();
        let failed = |error| Error::output(format!("can't read back a temporary file: {error}")).hint("is the disk full?");
        self.words.spool.read(noted, &mut numbers).map_err(failed)?;
        Ok(numbers.split(|&number| number == LINE_END).map(|line| line.iter().map(|number| number - 1).collect()).collect())
    }

    /// Takes lines out of the counts again, given all `lines` of a document; returns how many words they had.
    pub fn leave_out(&mut self, name: Option<u32>, lines: &[Vec<u32>], is_left_out: impl Fn(usize) -> bool) -> u32 {
        let Some(group) = self.groups.iter_mut().find(|group| group.name == name) else { return 0 };
        let counts = &mut self.words.counts;
        let (out, kept): (Vec<usize>, Vec<usize>) = (0..lines.len()).partition(|&line| is_left_out(line));
        let of = |which: &[usize]| which.iter().flat_map(|&line| lines[line].iter().copied()).collect::<Vec<u32>>();
        let (out, kept) = (of(&out), of(&kept));
        kept.iter().for_each(|&term| counts[term as usize] = 1);
        for &term in &out {
            let cell = &mut group.cells[term as usize];
            cell.0 -= 1;
            // A document without the term loses it once.
            if counts[term as usize] == 0 {
                counts[term as usize] = 1;
                cell.1 -= 1;
            }
        }
        kept.iter().chain(&out).for_each(|&term| counts[term as usize] = 0);
        group.words -= out.len() as u64;
        out.len() as u32
    }
}
