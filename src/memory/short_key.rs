//! Short strings as two machine words.

/// A string of at most 15 bytes and its length in two numbers, so that comparing and hashing are a few instructions.
///
/// The bytes stand in `low` and `high` from the lowest byte on; the highest byte of `high` holds the length with its top
/// bit set, so that no key is all zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ShortKey {
    low: u64,
    high: u64,
}

/// Bytes that a key can hold.
pub const LONGEST_SHORT: usize = 15;

/// For each length the bits of the bytes that belong to a key of that length.
static KEPT: [(u64, u64); LONGEST_SHORT + 1] = {
    let mut kept = [(0, 0); LONGEST_SHORT + 1];
    let mut length = 0;
    while length <= LONGEST_SHORT {
        let bits = (1_u128 << (8 * length)) - 1;
        kept[length] = (bits as u64, (bits >> 64) as u64);
        length += 1;
    }
    kept
};

impl ShortKey {
    /// The key of `bytes`; `None` if they are more than 15.
    #[inline]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let length = bytes.len();
        // Two overlapping loads instead of a copy of variable length, which would be a call.
        let (low, high) = if length >= 8 {
            if length > LONGEST_SHORT {
                return None;
            }
            let low = u64::from_le_bytes(*bytes.first_chunk()?);
            let last = u64::from_le_bytes(*bytes.last_chunk()?);
            (low, last.checked_shr(8 * (16 - length as u32)).unwrap_or(0))
        } else if length >= 4 {
            let low = u32::from_le_bytes(*bytes.first_chunk()?);
            let last = u32::from_le_bytes(*bytes.last_chunk()?);
            (u64::from(low) | (u64::from(last) << (8 * (length - 4))), 0)
        } else {
            (bytes.iter().rev().fold(0, |number, &byte| (number << 8) | u64::from(byte)), 0)
        };
        Some(Self { low, high: high | length_bits(length) })
    }

    /// The key of the first `length` of sixteen bytes, the first in the lowest byte of `bytes`; `length` is at most 15.
    #[inline]
    pub fn of_sixteen(bytes: u128, length: usize) -> Self {
        let (low, high) = (bytes as u64, (bytes >> 64) as u64);
        let kept = KEPT[length & LONGEST_SHORT];
        Self { low: low & kept.0, high: (high & kept.1) | length_bits(length & LONGEST_SHORT) }
    }

    /// Whether this is the all-zero default, which is no string's key.
    #[inline]
    pub(super) fn is_free(self) -> bool {
        self.high == 0
    }

    /// Whether all bytes are ASCII.
    #[inline]
    pub fn is_ascii(self) -> bool {
        (self.low | (self.high << 8)) & 0x8080_8080_8080_8080 == 0
    }

    /// A hash that is the same on every machine.
    #[inline]
    pub fn hash(self) -> u64 {
        let product = u128::from(self.low ^ 0x243F_6A88_85A3_08D3) * u128::from(self.high ^ 0x1319_8A2E_0370_7344);
        product as u64 ^ (product >> 64) as u64
    }

    /// The key of the string with its ASCII capitals small.
    #[inline]
    #[must_use]
    pub fn to_ascii_lowercase(self) -> Self {
        // Byte by byte in one number: the top bit of each tells what adding carries over 'A' and over 'Z'.
        let small = |bytes: u64| {
            let low = bytes & 0x7f7f_7f7f_7f7f_7f7f;
            let from_a = low + 0x3f3f_3f3f_3f3f_3f3f;
            let behind_z = low + 0x2525_2525_2525_2525;
            bytes | (from_a & !behind_z & !bytes & 0x8080_8080_8080_8080) >> 2
        };
        // The length in the highest byte has its top bit set, so it is no capital.
        Self { low: small(self.low), high: small(self.high) }
    }

    /// Calls `read` with the string.
    pub fn with_text<T>(self, read: impl FnOnce(&str) -> T) -> T {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&self.low.to_le_bytes());
        bytes[8..].copy_from_slice(&self.high.to_le_bytes());
        let length = usize::from(bytes[15] & 0x7f).min(LONGEST_SHORT);
        let bytes = &bytes[..length];
        match std::str::from_utf8(bytes) {
            Ok(text) => read(text),
            // Only a key of words that were no text ends here.
            Err(_) => read(&String::from_utf8_lossy(bytes)),
        }
    }
}

#[inline]
fn length_bits(length: usize) -> u64 {
    (length as u64 | 0x80) << 56
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn capitals_become_small_and_nothing_else_does() {
        for first in 0..=0x7f_u8 {
            for text in [
                [first, b'Z', b'@', b'['].as_slice(),
                "ÀÉ@Z[`{AZaz".as_bytes(),
                &[b'x', b'y', b'z', b'A', b'B', 0, b'Q', b'R', first, b'S'],
            ] {
                let key = ShortKey::of(text).expect("short");
                assert_eq!(key.to_ascii_lowercase(), ShortKey::of(&text.to_ascii_lowercase()).expect("short"), "{text:?}");
            }
        }
    }

    #[test]
    fn keys_hold_their_strings_both_ways() {
        let mut keys = HashSet::new();
        for text in ["", "a", "ab", "abc", "abcd", "ab\0", "naïve", "abcdefgh", "abcdefghi", "Київ", "abcdefghijklmno", "abcdefghijklmn"]
        {
            let key = ShortKey::of(text.as_bytes()).expect("short");
            assert!(!key.is_free());
            assert!(keys.insert((key.low, key.high)), "{text}");
            key.with_text(|kept| assert_eq!(kept, text));
            let mut bytes = [b'#'; 16];
            bytes[..text.len()].copy_from_slice(text.as_bytes());
            assert_eq!(ShortKey::of_sixteen(u128::from_le_bytes(bytes), text.len()), key, "{text}");
        }
        assert_eq!(ShortKey::of(b"abcdefghijklmnop"), None);
    }
}
