//! The words of a text, folded to lower case, for counts that need neither punctuation nor places: three ways to the same
//! answer.
//!
//! 1. Plain ASCII words, alone or with one mark behind them, from sixteen bytes at a time.
//! 2. What news text has beside those: `“don’t`, `Soviet-era,` from sixteen bytes too, `1,000.5` from a table of byte classes.
//! 3. Everything else by the [`Tokenizer`], whose words the first two must equal (tests compare them).

use super::edges::{ALL_SMALL, letters, lower_case, runs, sixteen, visible, word_like};
use super::form::Form;
use super::joined::one_word;
use super::marks::{Core, Marks};
use super::words::{LONGEST_CHUNK, Tokenizer, WordRule, keeps_stop};
use crate::memory::{LONGEST_SHORT, ShortKey};
use std::ops::Range;

/// Takes what a [`WordScanner`] finds.
pub trait WordSink {
    /// A word of at most 15 bytes.
    fn short(&mut self, key: ShortKey);
    /// A longer word.
    fn long(&mut self, word: &str);
    /// A line begins; what follows up to the next call stands on one line.
    fn line(&mut self);
}

/// Finds words; holds scratch memory, so that nothing is allocated a word.
#[derive(Debug)]
pub struct WordScanner {
    rule: WordRule,
    tokenizer: Tokenizer,
    edges: Vec<u32>,
    marks: Marks,
    folded: String,
    /// Leaves out the second way, or the first two: the slow twins that tests compare with.
    ways: u8,
}

impl WordScanner {
    /// A scanner under `rule`.
    pub fn new(rule: WordRule) -> Self {
        let tokenizer = Tokenizer::new(rule, true);
        Self { rule, tokenizer, edges: Vec::new(), marks: Marks::default(), folded: String::new(), ways: 3 }
    }

    /// Gives `sink` every word of `text` within `range`, folded to lower case. Words are the tokens that count as words.
    #[inline]
    pub fn scan(&mut self, text: &str, range: Range<usize>, sink: &mut impl WordSink) {
        let mut edges = std::mem::take(&mut self.edges);
        // Positions are 32-bit numbers within a stretch, and a stretch that stays in the cache is read twice for little.
        let mut start = range.start;
        while start < range.end {
            let end = stretch_end(text, start, range.end);
            let bytes = &text.as_bytes()[start..end];
            match self.rule {
                WordRule::Unicode => {
                    runs(bytes, visible, &mut edges);
                    self.chunks(text, start, end, &edges, sink);
                }
                WordRule::Simple => {
                    runs(bytes, word_like, &mut edges);
                    self.simple_runs(text, start, end, &edges, sink);
                }
            }
            start = end;
        }
        self.edges = edges;
    }

    #[inline]
    fn chunks(&mut self, text: &str, base: usize, end: usize, edges: &[u32], sink: &mut impl WordSink) {
        let bytes = text.as_bytes();
        let mut lines = LineStarts::new(bytes, base, end);
        for &[from, to] in edges.as_chunks::<2>().0 {
            let (start, stop) = (base + from as usize, base + to as usize);
            if lines.pass(start) {
                sink.line();
            }
            let block = sixteen(bytes, start);
            // Letters up to the first byte that is none.
            let run = letters(block).trailing_ones() as usize;
            let length = stop - start;
            // All bytes of the run are letters, which this bit makes small; those behind it are cut off.
            let key = |bytes: usize| ShortKey::of_sixteen(u128::from_le_bytes(block) | ALL_SMALL, bytes);
            let fits = run <= LONGEST_SHORT && run > 0 && self.ways > 2;
            if fits && (run == length || run + 1 == length && is_plain_mark(text, start, run)) {
                sink.short(key(run));
            } else if fits && run + 1 == length && length <= LONGEST_SHORT && bytes[start + run] == b'.' {
                // A full stop that is no plain mark belongs to an abbreviation.
                sink.short(key(length));
            } else if length > LONGEST_CHUNK || self.ways < 2 || !self.marked(text, start..stop, sink) {
                self.general(text, start..stop, sink);
            }
        }
        if lines.pass(end) {
            sink.line();
        }
    }

    /// The second way; false, without a word given, where only the third will do.
    #[inline(never)]
    fn marked(&mut self, text: &str, range: Range<usize>, sink: &mut impl WordSink) -> bool {
        if self.ways > 2
            && let Some(key) = one_word(text, range.clone())
        {
            sink.short(key);
            return true;
        }
        if !self.marks.read(text, range) {
            return false;
        }
        for core in self.marks.cores() {
            match core {
                Core::Short(key) => sink.short(*key),
                Core::Long(place) => sink.long(&self.marks.text()[place.clone()]),
            }
        }
        true
    }

    #[inline(never)]
    fn general(&mut self, text: &str, range: Range<usize>, sink: &mut impl WordSink) {
        let folded = &mut self.folded;
        self.tokenizer.tokenize(text, range, &mut |surface, _, _| {
            if Form::of(surface).kind.counts_as_word() {
                give_folded(surface, folded, sink);
            }
        });
    }

    /// Runs of at least two letters, digits or underscores; only characters beyond ASCII need a look at each.
    #[inline]
    fn simple_runs(&mut self, text: &str, base: usize, end: usize, edges: &[u32], sink: &mut impl WordSink) {
        let bytes = text.as_bytes();
        let mut lines = LineStarts::new(bytes, base, end);
        for &[from, to] in edges.as_chunks::<2>().0 {
            let (start, stop) = (base + from as usize, base + to as usize);
            if lines.pass(start) {
                sink.line();
            }
            let length = stop - start;
            let key = ShortKey::of_sixteen(u128::from_le_bytes(lower_case(sixteen(bytes, start))), length.min(LONGEST_SHORT));
            if length <= LONGEST_SHORT && key.is_ascii() && self.ways > 1 {
                if length >= 2 {
                    sink.short(key);
                }
            } else {
                let folded = &mut self.folded;
                self.tokenizer.tokenize(text, start..stop, &mut |surface, _, _| give_folded(surface, folded, sink));
            }
        }
        if lines.pass(end) {
            sink.line();
        }
    }
}

/// Most bytes looked at in one go.
const STRETCH: usize = if cfg!(test) { 100 } else { 1 << 16 };

/// The end of the next stretch: behind white space, so that no run is cut, or the range's end.
pub(super) fn stretch_end(text: &str, start: usize, end: usize) -> usize {
    let bytes = text.as_bytes();
    if end - start <= STRETCH {
        return end;
    }
    (start + STRETCH..end).find(|&place| bytes[place] == b' ' || bytes[place] == b'\n').unwrap_or(end)
}

/// Tells when a new line begins.
struct LineStarts<'a> {
    bytes: &'a [u8],
    end: usize,
    next: usize,
}

impl<'a> LineStarts<'a> {
    fn new(bytes: &'a [u8], start: usize, end: usize) -> Self {
        let mut starts = Self { bytes, end, next: 0 };
        starts.next = starts.line_end(start);
        starts
    }

    fn line_end(&self, from: usize) -> usize {
        memchr::memchr(b'\n', &self.bytes[from..self.end]).map_or(usize::MAX, |found| from + found)
    }

    /// Whether a line break was passed on the way to `place`.
    #[inline(always)]
    fn pass(&mut self, place: usize) -> bool {
        if place < self.next {
            return false;
        }
        self.next = self.line_end(place);
        true
    }
}

/// Whether the byte behind `run` letters from `start` on is a mark that belongs to no word.
#[inline(always)]
fn is_plain_mark(text: &str, start: usize, run: usize) -> bool {
    let bytes = text.as_bytes();
    match bytes[start + run] {
        b',' | b';' | b':' | b'!' | b'?' | b')' => true,
        // Abbreviations that keep their full stop are short, and those of four or five letters have a capital.
        b'.' => run > 6 || matches!(run, 4 | 5) && bytes[start] >= b'a' || !keeps_stop(&text[start..start + run], text, start + run + 1),
        _ => false,
    }
}

fn give_folded(surface: &str, folded: &mut String, sink: &mut impl WordSink) {
    folded.clear();
    if surface.is_ascii() {
        folded.push_str(surface);
        folded.make_ascii_lowercase();
    } else {
        folded.push_str(&surface.to_lowercase());
    }
    match ShortKey::of(folded.as_bytes()) {
        Some(key) => sink.short(key),
        None => sink.long(folded),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::maths::RandomStream;

    #[derive(Default)]
    struct Lines(Vec<Vec<String>>);

    impl WordSink for Lines {
        fn short(&mut self, key: ShortKey) {
            let word = key.with_text(str::to_owned);
            self.0.last_mut().expect("a line").push(word);
        }
        fn long(&mut self, word: &str) {
            self.0.last_mut().expect("a line").push(word.to_owned());
        }
        fn line(&mut self) {
            self.0.push(Vec::new());
        }
    }

    fn lines(rule: WordRule, ways: u8, text: &str) -> Vec<Vec<String>> {
        let mut scanner = WordScanner { ways, ..WordScanner::new(rule) };
        let mut found = Lines(vec![Vec::new()]);
        scanner.scan(text, 0..text.len(), &mut found);
        found.0.retain(|line| !line.is_empty());
        found.0
    }

    /// Words line by line from the tokenizer itself.
    fn slow_lines(rule: WordRule, text: &str) -> Vec<Vec<String>> {
        let mut tokenizer = Tokenizer::new(rule, true);
        let of_line = |line: &str| {
            let start = line.as_ptr() as usize - text.as_ptr() as usize;
            let mut words = Vec::new();
            tokenizer.tokenize(text, start..start + line.len(), &mut |surface, _, _| {
                if rule == WordRule::Simple || Form::of(surface).kind.counts_as_word() {
                    words.push(surface.to_lowercase());
                }
            });
            words
        };
        text.split('\n').map(of_line).filter(|words| !words.is_empty()).collect()
    }

    #[rustfmt::skip]
    const PIECES: &[&str] = &[
        "a",
        "no",
        "St",
        "Z",
        "Mr",
        "s",
        "S",
        "the",
        "Parliament",
        "counterrevolutionaries",
        "www",
        "1",
        "20",
        "3.5",
        ".",
        ",",
        ":",
        ";",
        "'",
        "-",
        "!",
        "?",
        "(",
        ")",
        "\"",
        "[",
        "$",
        "%",
        "/",
        "&",
        "_",
        "#",
        "@",
        "…",
        "...",
        "--",
        "“",
        "”",
        "‘",
        "’",
        "’s",
        "'S",
        "–",
        "—",
        " ",
        " ",
        " ",
        "\n",
        "\n\n",
        "\t",
        "é",
        "É",
        "Ж",
        "\u{ad}",
        "\u{200b}",
        "\u{feff}",
        "\u{a0}",
        "e\u{301}",
        "東",
        "ש",
        "\u{2010}",
        "http://",
        "x.y",
        "U.S.",
        "İ",
        "ſ",
    ];

    #[test]
    fn all_ways_give_the_tokenizers_words() {
        let mut stream = RandomStream::new(31, 0);
        for round in 0..50_000 {
            // Short texts meet every pair of pieces; long ones meet the edges of blocks and stretches.
            let length = if round % 50 == 0 { stream.below(200) } else { 1 + stream.below(9) };
            let text: String = (0..length).map(|_| PIECES[stream.below(PIECES.len() as u32) as usize]).collect();
            for rule in [WordRule::Unicode, WordRule::Simple] {
                let expected = slow_lines(rule, &text);
                for ways in 1..=3 {
                    assert_eq!(lines(rule, ways, &text), expected, "{rule:?} {ways} {text:?}");
                }
            }
        }
    }

    #[test]
    fn a_range_ends_where_it_ends() {
        let text = "Port of call.\nThe port";
        let mut scanner = WordScanner::new(WordRule::Unicode);
        let mut found = Lines(vec![Vec::new()]);
        scanner.scan(text, 5..17, &mut found);
        assert_eq!(found.0, [vec!["of", "call"], vec!["the"]]);
    }
}
