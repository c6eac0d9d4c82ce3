//! Counts by group while reading, for runs that keep no document's words.
//!
//! A word is counted when it is read. Which lines are repeated is known only at the end; so the words are also noted, as
//! numbers, in a [`Spool`], and those of repeated lines are taken out of the counts again when the corpus is frozen.

use crate::error::{Error, Result};
use crate::memory::{Interner, ShortKey, Spool, WordCounts};
use crate::tokenize::{WordRule, WordScanner, WordSink};
use std::ops::Range;

/// Occurrences and documents of one term in one group.
pub(super) type Cell = (u32, u32);

/// What a spool holds between lines; term ids are one higher.
const LINE_END: u32 = 0;

/// Bytes of words' numbers in memory, for each counter; more go to a temporary file. Few in tests, so that there is a file.
const MOST_IN_MEMORY: usize = if cfg!(test) { 100 } else { 16 << 20 };

/// Cells of a new group: as many as make a block that comes zeroed from the system.
const FEWEST_CELLS: usize = 1 << 17;

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

impl GroupCounts {
    /// Makes room for `terms` terms and more.
    ///
    /// Zeros fresh from the system cost nothing until they are written, and a group that lacks the rare words of the others never
    /// writes most of them; enlarging in place would write all.
    #[cold]
    fn grow(&mut self, terms: usize) {
        let mut cells = vec![(0, 0); (2 * terms).next_power_of_two().max(FEWEST_CELLS)];
        cells[..self.cells.len()].copy_from_slice(&self.cells);
        self.cells = cells;
    }
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

/// Words between finding one and looking it up: in the meantime the processor fetches its slot of the table.
const TOGETHER: usize = 32;

/// The words of the document being read.
struct DocumentWords {
    terms: WordCounts,
    /// Words found and not yet counted.
    waiting: [(ShortKey, u64); TOGETHER],
    are_waiting: usize,
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
    fn note(&mut self, term: u32, hash: u64) {
        self.words += 1;
        self.line.add(hash);
        if self.has_lines {
            self.spool.push(term + 1);
        }
    }

    #[inline(never)]
    fn count_waiting(&mut self) {
        for index in 0..self.are_waiting.min(TOGETHER) {
            let (key, hash) = self.waiting[index];
            let term = self.terms.add(key, hash);
            self.note(term, hash);
        }
        self.are_waiting = 0;
    }
}

impl WordSink for DocumentWords {
    #[inline(always)]
    fn short(&mut self, key: ShortKey) {
        if self.are_waiting >= TOGETHER {
            self.count_waiting();
        }
        let hash = key.hash();
        self.terms.expect(hash);
        self.waiting[self.are_waiting] = (key, hash);
        self.are_waiting += 1;
    }

    fn long(&mut self, word: &str) {
        self.count_waiting();
        let hash = self.terms.strings().hash_of_long(word);
        let term = self.terms.add_long(word, hash);
        self.note(term, hash);
    }

    fn line(&mut self) {
        self.count_waiting();
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
            terms: WordCounts::default(),
            waiting: [Default::default(); TOGETHER],
            are_waiting: 0,
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
        let terms = words.terms.strings().len();
        if group.cells.len() < terms {
            group.grow(terms);
        }
        words.terms.finish(|term, count| {
            let cell = &mut group.cells[term as usize];
            cell.0 += count;
            cell.1 += 1;
        });
        group.words += u64::from(words.words);
        group.documents += 1;
        Counted { words: words.words, noted, fingerprint: u128::from(words.fingerprint.0) }
    }

    /// The terms by id.
    pub fn terms(&self) -> &Interner {
        self.words.terms.strings()
    }

    /// The words of line `number` of a document of which [`Self::add`] told where they are noted.
    ///
    /// # Errors
    /// An output error if the temporary file can't be read back.
    pub fn words_of_line(&self, noted: Range<u64>, number: usize) -> Result<Vec<&str>> {
        let mut numbers = Vec::new();
        self.read_back(noted, &mut numbers)?;
        let line = numbers.split(|&number| number == LINE_END).nth(number);
        Ok(line.into_iter().flatten().map(|&number| self.terms().get(number - 1)).collect())
    }

    fn read_back(&self, noted: Range<u64>, numbers: &mut Vec<u32>) -> Result<()> {
        let failed = |error| Error::output(format!("can't read back a temporary file: {error}")).hint("is the disk full?");
        self.words.spool.read(noted, numbers).map_err(failed)
    }

    /// Takes lines of a document of the group called `name` out of the counts again; returns how many words they had.
    ///
    /// # Errors
    /// An output error if the temporary file can't be read back.
    pub fn leave_out(
        &mut self,
        name: Option<u32>,
        noted: Range<u64>,
        is_left_out: impl Fn(usize) -> bool,
        scratch: &mut Scratch,
    ) -> Result<u32> {
        self.read_back(noted, &mut scratch.numbers)?;
        let terms = self.terms().len();
        let Some(group) = self.groups.iter_mut().find(|group| group.name == name) else { return Ok(0) };
        let lines = || scratch.numbers.split(|&number| number == LINE_END).enumerate();
        scratch.stands.resize(scratch.stands.len().max(terms), 0);
        scratch.document += 1;
        for &number in lines().filter(|(line, _)| !is_left_out(*line)).flat_map(|(_, words)| words) {
            scratch.stands[number as usize - 1] = scratch.document;
        }
        let mut words = 0;
        for &number in lines().filter(|(line, _)| is_left_out(*line)).flat_map(|(_, words)| words) {
            let cell = &mut group.cells[number as usize - 1];
            cell.0 -= 1;
            // A document loses a term that stands in no other line, once.
            cell.1 -= u32::from(scratch.stands[number as usize - 1] != scratch.document);
            scratch.stands[number as usize - 1] = scratch.document;
            words += 1;
        }
        group.words -= u64::from(words);
        Ok(words)
    }
}

/// Memory for [`StreamingCounts::leave_out`].
#[derive(Default)]
pub(super) struct Scratch {
    numbers: Vec<u32>,
    /// The last document, counted from 1, in which each term was met.
    stands: Vec<u32>,
    document: u32,
}
