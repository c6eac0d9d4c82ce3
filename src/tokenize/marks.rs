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
    classes: Vec<(Class, u8)>,
}

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
        if !self.classify(chunk) {
            return false;
        }
        let mut index = 0;
        // Byte of the chunk at which the character `index` stands.
        let mut place = 0;
        while index < self.classes.len() {
            if !self.is_alphanumeric(index) {
                place += self.width(index);
                index += 1;
                continue;
            }
            let Some(end) = self.core_end(text, range.start + place, index) else { return false };
            let width: usize = (index..end).map(|index| self.width(index)).sum();
            self.push(index, end);
            place += width;
            index = end;
        }
        true
    }

    /// Classes and folded bytes of the chunk's characters; false if one is refused, or two make an address.
    fn classify(&mut self, chunk: &[u8]) -> bool {
        self.classes.clear();
        let mut at = 0;
        while at < chunk.len() {
            let byte = chunk[at];
            let entry = if byte < 128 {
                at += 1;
                (CLASSES[byte as usize], byte.to_ascii_lowercase())
            } else {
                let Some(&[0xe2, 0x80, last]) = chunk[at..].first_chunk() else { return false };
                at += 3;
                match last {
                    // Dashes, double quotation marks, the ellipsis.
                    0x93 | 0x94 | 0x9c | 0x9d | 0xa6 => (Class::Mark, last),
                    0x98 => (Class::Joiner, last),
                    0x99 => (Class::Apostrophe, last),
                    _ => return false,
                }
            };
            let is_scheme = entry.1 == b'/' && self.classes.last().is_some_and(|before| before.1 == b':');
            if entry.0 == Class::Refused || is_scheme {
                return false;
            }
            self.classes.push(entry);
        }
        true
    }

    fn class(&self, index: usize) -> Class {
        self.classes.get(index).map_or(Class::Mark, |entry| entry.0)
    }

    fn is_alphanumeric(&self, index: usize) -> bool {
        matches!(self.class(index), Class::Letter | Class::Digit)
    }

    /// Bytes of the character at `index`.
    fn width(&self, index: usize) -> usize {
        if self.classes[index].1 >= 128 { 3 } else { 1 }
    }

    /// Where the word that begins at `index` ends, which is at byte `start` of `text`; `None` if another reader must say.
    fn core_end(&self, text: &str, start: usize, index: usize) -> Option<usize> {
        let mut end = index + 1;
        let mut width = 1;
        loop {
            while self.is_alphanumeric(end) {
                end += 1;
                width += 1;
            }
            let (before, after) = (self.class(end - 1), self.class(end + 1));
            let between = |class: Class| before == class && after == class;
            let joins = match self.class(end) {
                Class::Apostrophe if between(Class::Letter) => true,
                // `1990's`.
                Class::Apostrophe | Class::Joiner if self.is_alphanumeric(end + 1) => return None,
                Class::Hyphen => self.is_alphanumeric(end + 1),
                Class::Stop if between(Class::Digit) => true,
                Class::Stop => {
                    let word = &text[start..start + width];
                    if self.is_alphanumeric(end + 1) || keeps_stop(word, text, start + width + 1) || word.eq_ignore_ascii_case("www") {
                        return None;
                    }
                    false
                }
                Class::Comma => between(Class::Digit),
                _ => false,
            };
            if !joins {
                return Some(end);
            }
            width += self.width(end);
            end += 1;
        }
    }

    /// Keeps the word from character `start` to `end`, without a final `'s`.
    fn push(&mut self, start: usize, end: usize) {
        let has_ending = end - start > 2 && self.classes[end - 2].0 == Class::Apostrophe && self.classes[end - 1].1 == b's';
        let end = if has_ending { end - 2 } else { end };
        let length = end - start;
        let straight = |entry: &(Class, u8)| if entry.0 == Class::Apostrophe { b'\'' } else { entry.1 };
        let folded = self.classes[start..end].iter().map(straight);
        let mut bytes = [0; 16];
        if length < bytes.len() {
            bytes.iter_mut().zip(folded).for_each(|(byte, folded)| *byte = folded);
            let number = u128::from_le_bytes(bytes);
            self.cores.push(Core::Short(ShortKey::of_words(number as u64, (number >> 64) as u64, length)));
        } else {
            let from = self.text.len();
            self.text.extend(folded.map(char::from));
            self.cores.push(Core::Long(from..self.text.len()));
        }
    }
}
