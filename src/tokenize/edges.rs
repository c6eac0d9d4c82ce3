//! Where runs of bytes of a class begin and end, sixty-four bytes at a time.
//!
//! Eight bytes are classed at once in a 64-bit word, so that no instruction set beyond the plain one is needed.

const HIGH: u64 = 0x8080_8080_8080_8080;
const LOW: u64 = !HIGH;

/// The same byte eight times.
const fn eight(byte: u8) -> u64 {
    0x0101_0101_0101_0101 * byte as u64
}

// Each class is a function of eight bytes: the top bit of each byte of its result says whether that byte belongs to it.

/// Bytes that are neither white space nor control characters: all but those up to 0x20 and 0x7f.
#[inline(always)]
pub fn visible(word: u64) -> u64 {
    let low = word & LOW;
    (((low + eight(0x7f - 0x20)) & !(low + eight(1))) | word) & HIGH
}

/// ASCII letters, digits, the underscore, and every byte of a character beyond ASCII.
#[inline(always)]
pub fn word_like(word: u64) -> u64 {
    let low = word & LOW;
    let digit = (low + eight(0x80 - b'0')) & !(low + eight(0x80 - (b'9' + 1)));
    let underscore = !((low ^ eight(b'_')) + eight(0x7f));
    (letters(word) | (digit | underscore) & !word | word) & HIGH
}

/// ASCII letters.
#[inline(always)]
pub fn letters(word: u64) -> u64 {
    let lower = (word | eight(0x20)) & LOW;
    (lower + eight(0x80 - b'a')) & !(lower + eight(0x80 - (b'z' + 1))) & !word & HIGH
}

/// The top bits of eight bytes as the lowest eight bits.
#[inline(always)]
fn gather(flags: u64) -> u64 {
    (flags >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// Writes to `edges` where runs of bytes of a class begin and end, in turn: an even number of ascending positions.
#[inline(always)]
pub fn runs(bytes: &[u8], class: impl Fn(u64) -> u64, edges: &mut Vec<u32>) {
    edges.clear();
    let mut before = 0;
    let mut base = 0;
    let (blocks, rest) = bytes.as_chunks::<64>();
    for block in blocks {
        before = push_edges(block, &class, before, base, edges);
        base += 64;
    }
    let mut last = [0; 64];
    last[..rest.len()].copy_from_slice(rest);
    push_edges(&last, &class, before, base, edges);
    if edges.len() % 2 == 1 {
        edges.push(bytes.len() as u32);
    }
}

/// Appends the edges within a block; `before` is 1 if the byte before it was of the class.
#[inline(always)]
fn push_edges(block: &[u8; 64], class: &impl Fn(u64) -> u64, before: u64, base: u32, edges: &mut Vec<u32>) -> u64 {
    let mut members = 0;
    for (index, eight) in block.as_chunks::<8>().0.iter().enumerate() {
        members |= gather(class(u64::from_le_bytes(*eight))) << (8 * index);
    }
    let mut turns = members ^ ((members << 1) | before);
    let count = turns.count_ones() as usize;
    // Positions are written eight at a time whether there are so many or not: a loop that ends after each block's own
    // number of edges would be mispredicted in every block.
    let end = edges.len();
    let mut written = 0;
    while written < count {
        let mut places = [0; 8];
        for place in &mut places {
            *place = base + (turns.trailing_zeros() & 63);
            turns &= turns.wrapping_sub(1);
        }
        edges.extend_from_slice(&places);
        written += 8;
    }
    edges.truncate(end + count);
    members >> 63
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::maths::RandomStream;

    fn slow_runs(bytes: &[u8], member: impl Fn(u8) -> bool) -> Vec<u32> {
        let mut edges = Vec::new();
        let mut before = false;
        for (place, &byte) in bytes.iter().chain([&0]).enumerate() {
            let now = place < bytes.len() && member(byte);
            if now != before {
                edges.push(place as u32);
            }
            before = now;
        }
        edges
    }

    #[test]
    fn every_byte_is_in_the_class_that_it_belongs_to() {
        for byte in 0..=255_u8 {
            for place in 0..8 {
                let word = eight(b' ') ^ (u64::from(b' ' ^ byte) << (8 * place));
                let is_in = |class: fn(u64) -> u64| class(word) == 0x80 << (8 * place);
                assert_eq!(is_in(visible), byte > 0x20 && byte != 0x7f, "{byte}");
                assert_eq!(is_in(letters), byte.is_ascii_alphabetic(), "{byte}");
                assert_eq!(is_in(word_like), byte.is_ascii_alphanumeric() || byte == b'_' || byte > 0x7f, "{byte}");
            }
        }
    }

    #[test]
    fn runs_equal_the_slow_twin_at_every_length() {
        let alphabet = b"abZ09_ .,\n\t\x7f\x1f\xc3\xa9\"'";
        let mut stream = RandomStream::new(21, 0);
        let mut edges = Vec::new();
        for length in (0..300).chain((0..300).rev()) {
            // Long runs too: a byte is often the one before.
            let mut bytes: Vec<u8> = Vec::new();
            for _ in 0..length {
                let again = bytes.last().copied().filter(|_| stream.below(3) > 0);
                bytes.push(again.unwrap_or_else(|| alphabet[stream.below(alphabet.len() as u32) as usize]));
            }
            runs(&bytes, visible, &mut edges);
            assert_eq!(edges, slow_runs(&bytes, |byte| byte > 0x20 && byte != 0x7f));
            runs(&bytes, word_like, &mut edges);
            assert_eq!(edges, slow_runs(&bytes, |byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte > 0x7f));
        }
    }
}
