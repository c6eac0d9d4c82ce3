//! Where runs of bytes of a class begin and end, sixteen bytes at a time by the vector instructions that every processor has.

use wide::u8x16;

// Each class is a function of sixteen bytes: the lowest sixteen bits of its result say which of them belong to it.

/// Bytes that are neither white space nor control characters: all but those up to 0x20 and 0x7f.
#[inline(always)]
pub fn visible(bytes: [u8; 16]) -> u32 {
    let bytes = u8x16::from(bytes);
    (up_to(bytes, 0x20) | bytes.simd_eq(u8x16::splat(0x7f))).to_bitmask() ^ 0xffff
}

/// ASCII letters, digits, the underscore, and every byte of a character beyond ASCII.
#[inline(always)]
pub fn word_like(bytes: [u8; 16]) -> u32 {
    let bytes = u8x16::from(bytes);
    // The mask is made of the top bits, which only bytes beyond ASCII have set.
    (is_letter(bytes) | between(bytes, b'0', b'9') | bytes.simd_eq(u8x16::splat(b'_')) | bytes).to_bitmask()
}

/// ASCII letters.
#[inline(always)]
pub fn letters(bytes: [u8; 16]) -> u32 {
    is_letter(u8x16::from(bytes)).to_bitmask()
}

/// ASCII digits.
#[inline(always)]
pub fn digits(bytes: [u8; 16]) -> u32 {
    between(u8x16::from(bytes), b'0', b'9').to_bitmask()
}

/// Bytes that equal `byte`.
#[inline(always)]
pub fn equal_to(bytes: [u8; 16], byte: u8) -> u32 {
    u8x16::from(bytes).simd_eq(u8x16::splat(byte)).to_bitmask()
}

/// The bytes with all ASCII letters small.
#[inline(always)]
pub fn lower_case(bytes: [u8; 16]) -> [u8; 16] {
    let bytes = u8x16::from(bytes);
    (bytes | is_letter(bytes) & u8x16::splat(SMALL)).to_array()
}

/// The bit that small letters have and capitals lack.
const SMALL: u8 = 0x20;

/// That bit in each of sixteen bytes.
pub const ALL_SMALL: u128 = u128::from_le_bytes([SMALL; 16]);

#[inline(always)]
fn up_to(bytes: u8x16, most: u8) -> u8x16 {
    bytes.saturating_sub(u8x16::splat(most)).simd_eq(u8x16::ZERO)
}

#[inline(always)]
fn between(bytes: u8x16, first: u8, last: u8) -> u8x16 {
    up_to(bytes - u8x16::splat(first), last - first)
}

#[inline(always)]
fn is_letter(bytes: u8x16) -> u8x16 {
    between(bytes | u8x16::splat(SMALL), b'a', b'z')
}

/// Sixteen bytes from `start` on; zeros behind the end.
#[inline(always)]
pub fn sixteen(bytes: &[u8], start: usize) -> [u8; 16] {
    let bytes = &bytes[start..];
    match bytes.first_chunk() {
        Some(block) => *block,
        None => {
            let mut block = [0; 16];
            block[..bytes.len()].copy_from_slice(bytes);
            block
        }
    }
}

/// Writes to `edges` where runs of bytes of a class begin and end, in turn: an even number of ascending positions.
#[inline(always)]
pub fn runs(bytes: &[u8], class: impl Fn([u8; 16]) -> u32, edges: &mut Vec<u32>) {
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
fn push_edges(block: &[u8; 64], class: &impl Fn([u8; 16]) -> u32, before: u64, base: u32, edges: &mut Vec<u32>) -> u64 {
    let mut members = 0;
    for (index, block) in block.as_chunks::<16>().0.iter().enumerate() {
        members |= u64::from(class(*block)) << (16 * index);
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
            for place in 0..16 {
                let mut block = [b' '; 16];
                block[place] = byte;
                let is_in = |class: fn([u8; 16]) -> u32| {
                    let blanks = class([b' '; 16]);
                    assert_eq!(blanks, 0);
                    class(block) == 1 << place
                };
                assert_eq!(is_in(visible), byte > 0x20 && byte != 0x7f, "{byte}");
                assert_eq!(is_in(letters), byte.is_ascii_alphabetic(), "{byte}");
                assert_eq!(is_in(digits), byte.is_ascii_digit(), "{byte}");
                assert_eq!(is_in(|block| equal_to(block, b'-')), byte == b'-', "{byte}");
                assert_eq!(is_in(word_like), byte.is_ascii_alphanumeric() || byte == b'_' || byte > 0x7f, "{byte}");
                assert_eq!(lower_case(block).as_slice(), block.to_ascii_lowercase());
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
