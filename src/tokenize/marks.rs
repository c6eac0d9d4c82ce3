//! Chunks of ASCII words, digits and the usual marks and quotation marks, without building segments.
//!
//! Whatever could need the standard's whole machinery, or a rule for web addresses, initials and abbreviations, is refused
//! here and left to the tokenizer.

use super::words::keeps_stop;
use crate::memory::ShortKey;
use std::ops::Range;

/// What a byte, or one of a few characters of three bytes, is to a chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Anything that needs a closer look.
    Refused,
    Letter,
    Digit,
    /// A straight or right single quotation mark.
    Apostrophe,
    Hyphen,
    Stop,
    /// `,` and `;`, which join digits.
    Comma,
    /// `:` and `/`, and the left single quotation mark, which may join what stands on both sides.
    Joiner,
    /// A mark that stands for itself.
    Mark,
}

static CLASSES: [Class; 128] = {
    let mut classes = [Class::Mark; 128];
    let mut byte = 0;
    while byte < 128 {
        classes[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'\'' => Class::Apostrophe,
            b'-' => Class::Hyphen,
            b'.' => Class::Stop,
            b',' | b';' => Class::Comma,
            b':' | b'/' => Class::Joiner,
            0..=b' ' | 0x7f | b'#' | b'@' | b'_' => Class::Refused,
            _ => Class::Mark,
        };
        byte += 1;
    }
    classes
};

/// A word of a chunk.
#[derive(Debug, Clone)]
pub(super) enum Core {
    /// At most 15 bytes.
    Short(ShortKey),
    /// Its place in [`Marks::text`].
    Long(Range<usize>),
}

/// Reads chunks; holds scratch memory.
#[derive(Debug, Default)]
pub(super) struct Marks {
    cores: Vec<Core>,
    text: String,
}

/// A character of a chunk.
#[derive(Debug, Clone, Copy)]
struct Character {
    class: Class,
    /// Bytes.
    width: usize,
}

/// Bytes of the longest word that is read here.
const LONGEST_CORE: usize = 64;

impl Marks {
    /// The words of the last chunk read.
    pub fn cores(&self) -> &[Core] {
        &self.cores
    }

    /// Where long words stand.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Reads the chunk at `range`; false if it has anything that this reader does not know.
    pub fn read(&mut self, text: &str, range: Range<usize>) -> bool {
        self.cores.clear();
        self.text.clear();
        let chunk = &text.as_bytes()[range.clone()];
        let mut at = 0;
        while at < chunk.len() {
            let character = character(chunk, at);
            match character.class {
                Class::Letter | Class::Digit => match self.core(text, range.start, chunk, at) {
                    Some(end) => at = end,
                    None => return false,
                },
                // The beginning of `://`.
                Class::Joiner if chunk[at..].starts_with(b":/") => return false,
                Class::Refused => return false,
                _ => at += character.width,
            }
        }
        true
    }

    /// Keeps the word that begins at `at` and returns where it ends; `None` if another reader must say.
    fn core(&mut self, text: &str, base: usize, chunk: &[u8], start: usize) -> Option<usize> {
        let mut folded = [0; LONGEST_CORE];
        let (mut at, mut length) = (start, 0);
        let mut before = Class::Letter;
        loop {
            while let Some(&byte) = chunk.get(at) {
                let class = if byte < 128 { CLASSES[byte as usize] } else { break };
                if !is_alphanumeric(class) {
                    break;
                }
                *folded.get_mut(length)? = byte.to_ascii_lowercase();
                (before, length, at) = (class, length + 1, at + 1);
            }
            let mark = character(chunk, at);
            let after = character(chunk, at + mark.width).class;
            let between = |class: Class| before == class && after == class;
            let joins = match mark.class {
                Class::Mark => return self.push(&folded[..length], at),
                Class::Refused => return None,
                Class::Apostrophe if between(Class::Letter) => true,
                // `1990's`.
                Class::Apostrophe | Class::Joiner if is_alphanumeric(after) => return None,
                Class::Hyphen => is_alphanumeric(after),
                Class::Stop if between(Class::Digit) => true,
                Class::Stop => {
                    let word = &text[base + start..base + at];
                    if is_alphanumeric(after) || keeps_stop(word, text, base + at + 1) || word.eq_ignore_ascii_case("www") {
                        return None;
                    }
                    false
                }
                Class::Comma => between(Class::Digit),
                _ => false,
            };
            if !joins {
                return self.push(&folded[..length], at);
            }
            let straight = if mark.class == Class::Apostrophe { b'\'' } else { chunk[at] };
            *folded.get_mut(length)? = straight;
            (length, at) = (length + 1, at + mark.width);
        }
    }

    /// Keeps a word without a final `'s`; returns `end`.
    fn push(&mut self, folded: &[u8], end: usize) -> Option<usize> {
        let word = folded.strip_suffix(b"'s").filter(|word| !word.is_empty()).unwrap_or(folded);
        match ShortKey::of(word) {
            Some(key) => self.cores.push(Core::Short(key)),
            None => {
                let from = self.text.len();
                self.text.extend(word.iter().copied().map(char::from));
                self.cores.push(Core::Long(from..self.text.len()));
            }
        }
        Some(end)
    }
}

#[inline(always)]
fn is_alphanumeric(class: Class) -> bool {
    matches!(class, Class::Letter | Class::Digit)
}

/// The character at `at`; behind the end there are marks.
#[inline(always)]
fn character(chunk: &[u8], at: usize) -> Character {
    match chunk.get(at) {
        None => Character { class: Class::Mark, width: 1 },
        Some(&byte) if byte < 128 => Character { class: CLASSES[byte as usize], width: 1 },
        Some(_) => {
            let class = match chunk[at..].first_chunk() {
                // Dashes, double quotation marks, the ellipsis.
                Some([0xe2, 0x80, 0x93 | 0x94 | 0x9c | 0x9d | 0xa6]) => Class::Mark,
                Some([0xe2, 0x80, 0x98]) => Class::Joiner,
                Some([0xe2, 0x80, 0x99]) => Class::Apostrophe,
                _ => Class::Refused,
            };
            Character { class, width: 3 }
        }
    }
}
