//! Word segments of a chunk without ASCII white space: Unicode Standard Annex 29, with a fast path for ASCII.

use unicode_segmentation::UnicodeSegmentation;

/// Appends the segments of `chunk` as byte ranges from `base`.
pub fn segment(chunk: &str, base: usize, segments: &mut Vec<(usize, usize)>) {
    if chunk.is_ascii() {
        segment_ascii(chunk.as_bytes(), base, segments);
    } else {
        segment_unicode(chunk, base, segments);
    }
}

fn segment_unicode(chunk: &str, base: usize, segments: &mut Vec<(usize, usize)>) {
    segments.extend(chunk.split_word_bound_indices().map(|(start, text)| (base + start, base + start + text.len())));
}

/// The same answer as `segment_unicode` for ASCII without white space (a test compares them).
fn segment_ascii(bytes: &[u8], base: usize, segments: &mut Vec<(usize, usize)>) {
    let at = |index: usize| bytes.get(index).copied().unwrap_or(b' ');
    let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let mut index = 0;
    while index < bytes.len() {
        let start = index;
        if word(bytes[index]) {
            loop {
                while word(at(index)) {
                    index += 1;
                }
                let (before, mark, after) = (at(index - 1), at(index), at(index + 1));
                let joins_letters = matches!(mark, b':' | b'.' | b'\'') && before.is_ascii_alphabetic() && after.is_ascii_alphabetic();
                let joins_digits = matches!(mark, b',' | b';' | b'.' | b'\'') && before.is_ascii_digit() && after.is_ascii_digit();
                if !(joins_letters || joins_digits) {
                    break;
                }
                index += 1;
            }
        } else {
            index += 1;
        }
        segments.push((base + start, base + index));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::maths::RandomStream;

    #[test]
    fn the_ascii_path_agrees_with_the_standard() {
        let alphabet = b"ab1Z9_.,:;'-\"!@#/()$%&*+<=>?[]^`{|}~";
        let mut stream = RandomStream::new(11, 0);
        for _ in 0..200_000 {
            let length = 1 + stream.below(9) as usize;
            let text: String = (0..length).map(|_| char::from(alphabet[stream.below(alphabet.len() as u32) as usize])).collect();
            let (mut fast, mut slow) = (Vec::new(), Vec::new());
            segment_ascii(text.as_bytes(), 3, &mut fast);
            segment_unicode(&text, 3, &mut slow);
            assert_eq!(fast, slow, "{text}");
        }
    }
}
