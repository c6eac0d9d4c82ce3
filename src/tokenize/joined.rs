//! Chunks of one word with what news text has most about it: quotation marks and brackets around, a closing mark, an apostrophe or
//! hyphens inside, digits (`“The`, `don’t`, `Soviet-era`, `said.”`, `2016,`).
//!
//! Sixteen bytes are looked at together. Whatever is longer or rarer is refused and left to the readers that look at every character.

use super::edges::{ALL_SMALL, digits, equal_to, letters, sixteen};
use super::words::keeps_stop;
use crate::memory::{LONGEST_SHORT, ShortKey};
use std::ops::Range;

/// The right single quotation mark, which is an apostrophe too.
const CURLY: &[u8] = "’".as_bytes();

/// The one word of the chunk at `range`, in lower case and without a final `'s`; `None` if another reader must say.
#[inline]
pub(super) fn one_word(text: &str, range: Range<usize>) -> Option<ShortKey> {
    let bytes = text.as_bytes();
    let start = range.start + opening(&bytes[range.clone()]);
    let chunk = &bytes[start..range.end];
    if chunk.len() > 16 {
        return None;
    }
    let block = sixteen(bytes, start);
    let within = !(u32::MAX << chunk.len());
    let plain = (letters(block) | digits(block) | equal_to(block, b'-') | equal_to(block, b'\'')) & within;
    let run = plain.trailing_ones() as usize;
    let behind = &chunk[run..];
    // Bytes of the word in the text and as folded, where a curly apostrophe is a straight one.
    let (block, end, length) = if let Some(rest) = behind.strip_prefix(CURLY)
        && rest.first().is_some_and(u8::is_ascii_alphabetic)
    {
        let (low, shift) = (u128::from_le_bytes(block), 8 * run);
        let straight = low & !(u128::MAX << shift) | u128::from(b'\'') << shift | (low >> (shift + 24)) << (shift + 8);
        let more = (letters(straight.to_le_bytes()) >> (run + 1)).trailing_ones() as usize;
        let more = more.min(rest.len());
        (straight.to_le_bytes(), run + 3 + more, run + 1 + more)
    } else {
        (block, run, run)
    };
    if length > LONGEST_SHORT || !is_word(block, length) || !closes(text, start, start + end, range.end) {
        return None;
    }
    let small = u128::from_le_bytes(block) | ALL_SMALL;
    let is_genitive = length > 2 && (small >> (8 * (length - 2))) as u16 == u16::from_le_bytes(*b"'s");
    Some(ShortKey::of_sixteen(small, if is_genitive { length - 2 } else { length }))
}

/// How many bytes of a chunk are a quotation mark or bracket that opens it.
#[inline(always)]
fn opening(chunk: &[u8]) -> usize {
    match chunk {
        [b'"' | b'(', ..] => 1,
        [0xe2, 0x80, 0x9c, ..] => 3,
        _ => 0,
    }
}

/// Whether `length` letters, digits, hyphens and apostrophes are one word: apostrophes stand between letters, hyphens between letters or
/// digits.
#[inline(always)]
fn is_word(block: [u8; 16], length: usize) -> bool {
    let within = !(u32::MAX << length);
    let (letters, digits) = (letters(block) & within, digits(block) & within);
    let (apostrophes, hyphens) = (equal_to(block, b'\'') & within, equal_to(block, b'-') & within);
    let joined_by = |marks: u32, sides: u32| marks & !((sides << 1) & (sides >> 1)) == 0;
    let all = letters | digits | apostrophes | hyphens;
    length > 0 && all == within && joined_by(apostrophes, letters) && joined_by(hyphens, letters | digits)
}

/// Whether what stands between the end of the word and the end of the chunk belongs to no word.
#[inline(always)]
fn closes(text: &str, start: usize, end: usize, chunk_end: usize) -> bool {
    let tail = &text.as_bytes()[end..chunk_end];
    let rest = match tail {
        [] => return true,
        [b',' | b';' | b':' | b'!' | b'?' | b')', rest @ ..] => rest,
        [b'.', rest @ ..] => {
            let word = &text[start..end];
            if keeps_stop(word, text, end + 1) || word.eq_ignore_ascii_case("www") {
                return false;
            }
            rest
        }
        _ => tail,
    };
    matches!(rest, [] | [b'"' | b')'] | [0xe2, 0x80, 0x9d])
}
