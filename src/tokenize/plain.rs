//! Chunks that are plainly one word with marks around, read sixteen bytes at a time; the [`Tokenizer`](super::Tokenizer) reads the rest,
//! and tests compare the two.

use super::edges::{digits, letters, sixteen};
use super::words::{Flags, keeps_stop, repeats};
use crate::memory::{LONGEST_SHORT, ShortKey};
use std::ops::Range;

/// Takes the tokens of a text.
pub trait TokenSink {
    /// A token of at most 15 bytes, its place in the text and what stands before it.
    fn short(&mut self, surface: ShortKey, place: Range<usize>, flags: Flags);
    /// A token of any length.
    fn token(&mut self, surface: &str, place: Range<usize>, flags: Flags);
}

/// Most marks on either side of a word.
const MOST_MARKS: usize = 4;
/// The right single quotation mark, which is an apostrophe too.
const CURLY: &[u8] = "’".as_bytes();

/// A word that may have hyphens and apostrophes within.
struct Word {
    bytes: u128,
    length: usize,
    end: usize,
    /// Where the apostrophe before its last part stands, in the text and among its bytes; once closed, only if an `s` follows.
    genitive: Option<(usize, usize)>,
}

/// Marks before or behind a word. In numbers, not arrays: bytes that are written one by one are slow to read together.
struct Marks {
    /// The marks, the first in the lowest byte.
    marks: u32,
    /// How many bytes of the text each takes.
    widths: u32,
    count: usize,
    end: usize,
}

/// Gives `sink` the tokens of the chunk at `range` if it is plain; false, without a token given, if it is not.
#[inline]
pub(super) fn plain_chunk(text: &str, range: Range<usize>, flags: Flags, sink: &mut impl TokenSink) -> bool {
    let bytes = &text.as_bytes()[..range.end];
    let block = sixteen(text.as_bytes(), range.start);
    let run = (letters(block).trailing_ones() as usize).min(range.len());
    if run == range.len() && run <= LONGEST_SHORT {
        sink.short(ShortKey::of_sixteen(u128::from_le_bytes(block), run), range, flags);
        return true;
    }
    let Some(before) = Marks::read(bytes, range.start) else { return false };
    if before.end == range.end {
        before.give(range.start, flags, sink);
        return true;
    }
    let Some(word) = Word::read(text, bytes, before.end) else { return false };
    let Some(behind) = Marks::read(bytes, word.end).filter(|marks| marks.end == range.end) else { return false };
    if behind.count > 0 {
        let core = &text[before.end..word.end];
        // An abbreviation's full stop and what begins a web address.
        let is_its_own = bytes[word.end] == b'.' && (keeps_stop(core, text, word.end + 1) || core.eq_ignore_ascii_case("www"));
        if is_its_own || behind.has_scheme() {
            return false;
        }
    }
    let flags = if before.count > 0 {
        before.give(range.start, flags, sink);
        Flags::default()
    } else {
        flags
    };
    match word.genitive {
        Some((place, length)) => {
            sink.short(ShortKey::of_sixteen(word.bytes, length), before.end..place, flags);
            sink.short(ShortKey::of_sixteen(word.bytes >> (8 * length), 2), place..word.end, Flags::default());
        }
        None => sink.short(ShortKey::of_sixteen(word.bytes, word.length), before.end..word.end, flags),
    }
    behind.give(word.end, Flags::default(), sink);
    true
}

impl Word {
    /// The word at its end, where its last apostrophe is told from a genitive's.
    #[inline]
    fn closed(self) -> Self {
        let is_s = |&(_, length): &(usize, usize)| length + 2 == self.length && (self.bytes >> (8 * (length + 1))) as u8 | 0x20 == b's';
        Self { genitive: self.genitive.filter(is_s), ..self }
    }

    /// Reads the word of letters and digits at `start`; `None` if there is none, or it goes on in a way that is not plain.
    #[inline]
    fn read(text: &str, bytes: &[u8], start: usize) -> Option<Self> {
        let mut word = Self { bytes: 0, length: 0, end: start, genitive: None };
        loop {
            let block = sixteen(text.as_bytes(), word.end);
            let run = ((letters(block) | digits(block)).trailing_ones() as usize).min(bytes.len() - word.end);
            if run == 0 || word.length + run > LONGEST_SHORT {
                return None;
            }
            let kept = u128::from_le_bytes(block) & !(u128::MAX << (8 * run));
            word.bytes |= kept << (8 * word.length);
            word.length += run;
            word.end += run;
            let rest = &bytes[word.end..];
            let (joint, wide) = match rest {
                [b'-', next, ..] if next.is_ascii_alphanumeric() => (b'-', 1),
                [b'\'', next, ..] if next.is_ascii_alphanumeric() => (b'\'', 1),
                [0xe2, 0x80, 0x99, next, ..] if next.is_ascii_alphanumeric() => (b'\'', CURLY.len()),
                [next, ..] if !next.is_ascii() || matches!(next, b'_' | b'#' | b'@') => return is_mark(rest).then(|| word.closed()),
                _ => return Some(word.closed()),
            };
            if joint == b'\'' {
                // Apostrophes join letters.
                if !(bytes[word.end - 1].is_ascii_alphabetic() && rest[wide].is_ascii_alphabetic()) {
                    return None;
                }
            }
            if word.length == LONGEST_SHORT {
                return None;
            }
            word.genitive = (joint == b'\'').then_some((word.end, word.length));
            word.bytes |= u128::from(joint) << (8 * word.length);
            word.length += 1;
            word.end += wide;
        }
    }
}

/// Whether `rest` begins with a mark that is a token of its own.
fn is_mark(rest: &[u8]) -> bool {
    matches!(rest, [0xe2, 0x80, 0x98 | 0x99 | 0x9c | 0x9d, ..])
        || rest.first().is_some_and(|first| first.is_ascii_punctuation() && !matches!(first, b'_' | b'#' | b'@'))
}

impl Marks {
    /// The marks from `start` to the next letter or digit; `None` if there are many, or one that may be part of something larger.
    #[inline(always)]
    fn read(bytes: &[u8], start: usize) -> Option<Self> {
        let mut marks = Self { marks: 0, widths: 0, count: 0, end: start };
        let mut last = 0;
        while let Some(&byte) = bytes.get(marks.end).filter(|byte| !byte.is_ascii_alphanumeric()) {
            let rest = &bytes[marks.end..];
            if marks.count == MOST_MARKS || !is_mark(rest) || byte == last && repeats(char::from(byte)) {
                return None;
            }
            let (mark, width) = match rest {
                [0xe2, 0x80, 0x98 | 0x99, ..] => (b'\'', 3),
                [0xe2, 0x80, 0x9c | 0x9d, ..] => (b'"', 3),
                _ => (byte, 1),
            };
            marks.marks |= u32::from(mark) << (8 * marks.count);
            marks.widths |= width << (8 * marks.count);
            marks.count += 1;
            marks.end += width as usize;
            last = byte;
        }
        Some(marks)
    }

    /// Whether they hold the `:/` of a web address.
    #[inline]
    fn has_scheme(&self) -> bool {
        self.marks.to_le_bytes().windows(2).any(|pair| pair == b":/")
    }

    /// Gives them to `sink`, the first with `flags`.
    #[inline]
    fn give(&self, start: usize, mut flags: Flags, sink: &mut impl TokenSink) {
        let (mut marks, mut widths, mut place) = (self.marks, self.widths, start);
        while marks != 0 {
            let end = place + (widths & 0xff) as usize;
            sink.short(ShortKey::of_sixteen(u128::from(marks & 0xff), 1), place..end, flags);
            flags = Flags::default();
            place = end;
            (marks, widths) = (marks >> 8, widths >> 8);
        }
    }
}
