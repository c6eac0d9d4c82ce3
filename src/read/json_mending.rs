//! Mends JSON that common writers get wrong: damaged UTF-8, NULs and raw control characters in strings, half surrogate pairs, `NaN`.
//!
//! Only rows that fail to parse come here, so it need not be fast.

/// A row that may parse now.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mended {
    pub(super) text: String,
    /// Damaged byte sequences and half surrogate pairs that became U+FFFD.
    pub(super) replaced: u64,
    /// NUL bytes dropped.
    pub(super) nuls: u64,
    /// Whether more than damaged bytes and NULs was mended.
    pub(super) is_mended: bool,
}

/// Mends `bytes`; `None` if there is nothing to mend.
pub(super) fn mend(bytes: &[u8]) -> Option<Mended> {
    let (source, mut replaced) = super::encoding::replace_damage(bytes);
    let mut text = String::with_capacity(source.len() + 16);
    let (mut nuls, mut is_mended, mut is_in_string) = (0, false, false);
    let mut rest: &str = &source;
    while let Some(c) = rest.chars().next() {
        let mut length = c.len_utf8();
        match c {
            '\0' => nuls += 1,
            '"' => {
                is_in_string = !is_in_string;
                text.push(c);
            }
            '\\' if is_in_string => {
                if let Some((mended, consumed)) = half_surrogate(rest) {
                    text.push_str(mended);
                    length = consumed;
                    replaced += u64::from(mended == "\u{FFFD}");
                    is_mended |= mended == "\u{FFFD}";
                } else {
                    let escape: String = rest.chars().take(2).collect();
                    length = escape.len();
                    text.push_str(&escape);
                }
            }
            c if is_in_string && (c as u32) < 0x20 => {
                text.push_str(&format!("\\u{:04x}", c as u32));
                is_mended = true;
            }
            'N' | 'I' | '-' if !is_in_string => match ["NaN", "Infinity", "-Infinity"].into_iter().find(|word| rest.starts_with(word)) {
                Some(word) => {
                    text.push_str("null");
                    length = word.len();
                    is_mended = true;
                }
                None => text.push(c),
            },
            c => text.push(c),
        }
        rest = &rest[length..];
    }
    (is_mended || replaced > 0 || nuls > 0).then_some(Mended { text, replaced, nuls, is_mended })
}

/// For `\uXXXX` of a surrogate at the start of `rest`: what to write instead and how many bytes it stood for.
fn half_surrogate(rest: &str) -> Option<(&str, usize)> {
    let unit = |at: usize| -> Option<u32> {
        let escape = rest.get(at..at + 6)?;
        let digits = escape.strip_prefix("\\u").filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        u32::from_str_radix(digits, 16).ok()
    };
    match unit(0)? {
        0xD800..=0xDBFF if matches!(unit(6), Some(0xDC00..=0xDFFF)) => Some((&rest[..12], 12)),
        0xD800..=0xDFFF => Some(("\u{FFFD}", 6)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(bytes: &[u8]) -> serde_json::Value {
        serde_json::from_str(&mend(bytes).unwrap().text).unwrap()
    }

    #[test]
    fn what_writers_get_wrong_is_mended() {
        assert_eq!(mended(b"{\"a\": NaN, \"b\": -Infinity, \"c\": \"NaN\"}")["c"], "NaN");
        assert_eq!(mended(b"{\"a\": \"x\ty\"}")["a"], "x\ty");
        assert_eq!(mended(b"{\"a\": \"x\0y\"}\0")["a"], "xy");
        assert_eq!(mended(br#"{"a": "x\ud83dy", "b": "\ud83d\ude00", "c": "\\ud83d"}"#)["a"], "x\u{FFFD}y");
        assert_eq!(mended(br#"{"a": "x\ud83dy", "b": "\ud83d\ude00", "c": "\\ud83d"}"#)["b"], "😀");
        assert_eq!(mended(br#"{"a": "x\ud83dy", "b": "\ud83d\ude00", "c": "\\ud83d"}"#)["c"], "\\ud83d");
        let damaged = mend(b"{\"a\": \"caf\xC3 \xFF\"}").unwrap();
        assert_eq!((damaged.replaced, damaged.is_mended), (2, false));
    }

    #[test]
    fn sound_json_is_left_alone() {
        assert_eq!(mend(br#"{"a": "b\"c\n", "N": -1}"#), None);
        assert_eq!(mend(b"{\"a\": "), None);
    }
}
