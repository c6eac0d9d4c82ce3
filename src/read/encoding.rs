//! From bytes of any encoding to UTF-8, with damaged bytes counted.
//!
//! The order of decisions: what the user set, a byte order mark, the zero bytes of UTF-16, valid (or nearly valid) UTF-8, and last a
//! guess by `chardetng`. Files are decided whole; streams by their first mebibyte that holds a byte above 127.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;
use std::io::Read;

/// A file's text and how it was got.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) encoding: &'static str,
    pub(super) replaced: u64,
}

/// Decodes a whole file; `label` is what the file says of itself, such as a page's `charset`.
pub(super) fn decode(bytes: Vec<u8>, set: Option<&'static Encoding>, label: Option<&'static Encoding>) -> Decoded {
    let encoding = set.or_else(|| marked(&bytes)).unwrap_or_else(|| match detect(&bytes) {
        guess if guess == UTF_8 || guess == UTF_16LE || guess == UTF_16BE => guess,
        // A page that calls itself UTF-16 in ASCII letters is wrong.
        guess => label.filter(|label| label.is_ascii_compatible() && *label != UTF_8).unwrap_or(guess),
    });
    if encoding == UTF_8 {
        let bytes = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
            Some(rest) => rest.to_vec(),
            None => bytes,
        };
        return match String::from_utf8(bytes) {
            Ok(text) => Decoded { text, encoding: "UTF-8", replaced: 0 },
            Err(error) => {
                let (text, replaced) = replace_damage(error.as_bytes());
                Decoded { text: text.into_owned(), encoding: "UTF-8", replaced }
            }
        };
    }
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let mut text = Vec::new();
    let replaced = transcode(&mut decoder, encoding, &bytes, true, &mut text);
    // The decoder writes UTF-8 only, so nothing is lost here.
    Decoded { text: String::from_utf8_lossy(&text).into_owned(), encoding: encoding.name(), replaced }
}

/// The encoding that a byte order mark states.
fn marked(bytes: &[u8]) -> Option<&'static Encoding> {
    Encoding::for_bom(bytes).map(|(encoding, _)| encoding)
}

/// The likeliest encoding of bytes without a byte order mark.
fn detect(bytes: &[u8]) -> &'static Encoding {
    if let Some(encoding) = wide(bytes) {
        return encoding;
    }
    if is_utf8(bytes) {
        return UTF_8;
    }
    if bytes.iter().all(|byte| byte.is_ascii() || is_western_mark(*byte)) {
        return WINDOWS_1252;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Quotation marks, dashes, currency and other signs of Windows-1252. A text whose only bytes above 127 are such has no letters to judge
/// by; `chardetng` would read `£5` as Polish.
fn is_western_mark(byte: u8) -> bool {
    matches!(
        byte,
        0x80 | 0x82 | 0x84 | 0x85 | 0x8B | 0x91..=0x97 | 0x99 | 0x9B | 0xA0 | 0xA2..=0xA5 | 0xA7 | 0xA9 | 0xAB | 0xAD | 0xAE | 0xB0..=0xB3 | 0xB7 | 0xBB..=0xBE
    )
}

/// UTF-16 without a mark: every second byte of Latin text is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    let pairs = sample.len() / 2;
    let first = sample.chunks_exact(2).filter(|pair| pair[0] == 0).count();
    let second = sample.chunks_exact(2).filter(|pair| pair[1] == 0).count();
    if pairs < 2 {
        None
    } else if second * 10 >= pairs * 4 && first * 20 <= pairs {
        Some(UTF_16LE)
    } else if first * 10 >= pairs * 4 && second * 20 <= pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether bytes are UTF-8, if need be with some damage: well-formed sequences of several bytes hardly occur by chance.
fn is_utf8(bytes: &[u8]) -> bool {
    if std::str::from_utf8(bytes).is_ok() {
        return true;
    }
    let (mut well_formed, mut damaged) = (0_usize, 0_usize);
    let mut chunks = bytes.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        if damaged > 0 || !chunk.invalid().is_empty() {
            well_formed += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        }
        // A sequence cut off by the end of the sample is no damage.
        let is_cut_off = chunks.peek().is_none() && bytes.len() >= CHUNK && chunk.invalid().len() < 4;
        damaged += usize::from(!chunk.invalid().is_empty() && !is_cut_off);
    }
    damaged == 0 || well_formed >= 2 * damaged
}

/// UTF-8 with every damaged sequence replaced by U+FFFD, and how many there were.
pub(super) fn replace_damage(bytes: &[u8]) -> (Cow<'_, str>, u64) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (Cow::Borrowed(text), 0);
    }
    let mut text = String::with_capacity(bytes.len() + 16);
    let mut replaced = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            text.push('\u{FFFD}');
            replaced += 1;
        }
    }
    (Cow::Owned(text), replaced)
}

/// Appends `bytes` to `text` as UTF-8; returns how many damaged sequences became U+FFFD.
fn transcode(decoder: &mut Decoder, encoding: &'static Encoding, mut bytes: &[u8], is_last: bool, text: &mut Vec<u8>) -> u64 {
    let from = text.len();
    let mut replaced = 0;
    loop {
        let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(bytes.len()) + 16;
        let end = text.len();
        text.resize(end + room, 0);
        let (result, read, written) = decoder.decode_to_utf8_without_replacement(bytes, &mut text[end..], is_last);
        text.truncate(end + written);
        bytes = &bytes[read..];
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => {
                text.extend_from_slice("\u{FFFD}".as_bytes());
                replaced += 1;
            }
        }
    }
    if encoding.is_single_byte() {
        replaced += replace_controls(text, from);
    }
    replaced
}

/// Bytes that a single-byte encoding leaves undefined come out as C1 control characters; no text holds such on purpose.
fn replace_controls(text: &mut Vec<u8>, from: usize) -> u64 {
    let is_control = |pair: &[u8]| pair[0] == 0xC2 && pair[1] < 0xA0 && pair[1] != 0x85;
    let count = text[from..].windows(2).filter(|pair| is_control(pair)).count();
    if count > 0 {
        let old = text.split_off(from);
        let mut at = 0;
        while at < old.len() {
            if at + 1 < old.len() && is_control(&old[at..at + 2]) {
                text.extend_from_slice("\u{FFFD}".as_bytes());
                at += 2;
            } else {
                text.push(old[at]);
                at += 1;
            }
        }
    }
    count as u64
}

/// Bytes are read, and an encoding is decided, by this many at a time; few in tests, so that characters and rows are cut apart.
const CHUNK: usize = if cfg!(test) { 500 } else { 1 << 20 };

/// A table's bytes as UTF-8. Damage in UTF-8 itself passes through, because workers find and count it row by row.
pub(super) struct Utf8Stream {
    source: Box<dyn Read + Send>,
    state: State,
    chunk: Vec<u8>,
    is_first: bool,
    has_ended: bool,
    legacy: Option<&'static Encoding>,
    failure: Option<String>,
    /// Damaged sequences replaced so far by a decoder.
    pub(super) replaced: u64,
}

enum State {
    /// Only ASCII so far.
    Undecided,
    Utf8,
    Other(Box<Decoder>, &'static Encoding),
}

impl Utf8Stream {
    pub(super) fn new(source: Box<dyn Read + Send>, set: Option<&'static Encoding>) -> Self {
        let mut stream = Self {
            source,
            state: State::Undecided,
            chunk: Vec::new(),
            is_first: true,
            has_ended: false,
            legacy: None,
            failure: None,
            replaced: 0,
        };
        if let Some(encoding) = set {
            stream.decide(encoding);
        }
        stream
    }

    /// The encoding met, if it is not UTF-8.
    pub(super) fn legacy_encoding(&self) -> Option<&'static str> {
        self.legacy.map(Encoding::name)
    }

    /// Why reading stopped before the end of the file, if it did.
    pub(super) fn failure(&self) -> Option<&str> {
        self.failure.as_deref()
    }

    /// Appends the next mebibyte or so to `text`; `false` when nothing is left.
    pub(super) fn read_more(&mut self, text: &mut Vec<u8>) -> bool {
        if self.has_ended {
            return false;
        }
        if !matches!(self.state, State::Other(..)) {
            // What needs no decoder is read to its place.
            let from = text.len();
            self.read_chunk(text);
            let start = self.look(&text[from..]);
            if matches!(self.state, State::Other(..)) {
                let chunk = text.split_off(from);
                self.transcode(&chunk[start..], text);
            } else {
                text.drain(from..from + start);
            }
        } else {
            let mut chunk = std::mem::take(&mut self.chunk);
            chunk.clear();
            self.read_chunk(&mut chunk);
            self.transcode(&chunk, text);
            self.chunk = chunk;
        }
        !self.has_ended
    }

    /// Looks for the encoding in a chunk that is ASCII or UTF-8 as far as is known; returns how many bytes mark it and are no text.
    fn look(&mut self, chunk: &[u8]) -> usize {
        let is_first = std::mem::take(&mut self.is_first);
        match self.state {
            State::Undecided => {
                if is_first && let Some((encoding, length)) = Encoding::for_bom(chunk) {
                    self.decide(encoding);
                    return length;
                }
                if let (true, Some(encoding)) = (is_first, wide(chunk)) {
                    self.decide(encoding);
                } else if !chunk.is_ascii() {
                    self.decide(detect(chunk));
                }
                0
            }
            State::Utf8 if is_first && chunk.starts_with(b"\xEF\xBB\xBF") => 3,
            _ => 0,
        }
    }

    fn transcode(&mut self, chunk: &[u8], text: &mut Vec<u8>) {
        if let State::Other(decoder, encoding) = &mut self.state {
            self.replaced += transcode(decoder, encoding, chunk, self.has_ended, text);
        }
    }

    fn decide(&mut self, encoding: &'static Encoding) {
        if encoding == UTF_8 {
            self.state = State::Utf8;
        } else {
            self.legacy = Some(encoding);
            self.state = State::Other(Box::new(encoding.new_decoder_with_bom_removal()), encoding);
        }
    }

    /// Appends the next chunk to `bytes`, or what can be read of it.
    fn read_chunk(&mut self, bytes: &mut Vec<u8>) {
        bytes.reserve(CHUNK);
        match (&mut self.source).take(CHUNK as u64).read_to_end(bytes) {
            Ok(read) => self.has_ended = read < CHUNK,
            Err(error) => {
                self.failure = Some(super::formats::reason(&error));
                self.has_ended = true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hands out its bytes one at a time, as a slow pipe would.
    struct Dribble(std::collections::VecDeque<u8>);

    impl Read for Dribble {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            Ok(match (buffer.first_mut(), self.0.pop_front()) {
                (Some(first), Some(byte)) => {
                    *first = byte;
                    1
                }
                _ => 0,
            })
        }
    }

    fn streamed(bytes: &[u8], set: Option<&'static Encoding>) -> (String, Option<&'static str>, u64) {
        let mut stream = Utf8Stream::new(Box::new(Dribble(bytes.iter().copied().collect())), set);
        let mut text = Vec::new();
        while stream.read_more(&mut text) {}
        (String::from_utf8_lossy(&text).into_owned(), stream.legacy_encoding(), stream.replaced)
    }

    const TEXT: &str = "Der Bürgermeister von Größenau sagte „nein“ – und öffnete die Tür für fünf Gäste. Später hörte man ihn grüßen.";

    fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    #[test]
    fn every_usual_encoding_gives_the_same_text() {
        let legacy = WINDOWS_1252.encode(TEXT).0.into_owned();
        let mut marked = vec![0xEF, 0xBB, 0xBF];
        marked.extend_from_slice(TEXT.as_bytes());
        let mut wide_marked = vec![0xFF, 0xFE];
        wide_marked.extend(utf16(TEXT, u16::to_le_bytes));
        let mut big_marked = vec![0xFE, 0xFF];
        big_marked.extend(utf16(TEXT, u16::to_be_bytes));
        let cases: [(&[u8], &str); 7] = [
            (TEXT.as_bytes(), "UTF-8"),
            (&marked, "UTF-8"),
            (&wide_marked, "UTF-16LE"),
            (&big_marked, "UTF-16BE"),
            (&utf16(TEXT, u16::to_le_bytes), "UTF-16LE"),
            (&utf16(TEXT, u16::to_be_bytes), "UTF-16BE"),
            (&legacy, "windows-1252"),
        ];
        for (bytes, name) in cases {
            let whole = decode(bytes.to_vec(), None, None);
            assert_eq!((whole.text.as_str(), whole.encoding, whole.replaced), (TEXT, name, 0));
            let (text, legacy, replaced) = streamed(bytes, None);
            assert_eq!((text.as_str(), legacy.unwrap_or("UTF-8"), replaced), (TEXT, name, 0));
        }
    }

    #[test]
    fn a_few_bytes_of_windows_1252_are_enough() {
        let cases: [(&[u8], &str); 8] = [
            (b"caf\xe9", "café"),
            (b"It\x92s 5 o\x92clock \x96 she said.", "It’s 5 o’clock – she said."),
            (b"He said \x93no\x94.", "He said “no”."),
            (b"The price is \xa35.", "The price is £5."),
            (b"\x93Quoted\x94 at the start", "“Quoted” at the start"),
            (b"Wait\x85 what?", "Wait… what?"),
            (b"The \x80 fell.", "The € fell."),
            (b"Se\xf1or Mu\xf1oz fue a la reuni\xf3n.", "Señor Muñoz fue a la reunión."),
        ];
        for (bytes, text) in cases {
            assert_eq!(decode(bytes.to_vec(), None, None), Decoded { text: text.into(), encoding: "windows-1252", replaced: 0 });
        }
    }

    #[test]
    fn cyrillic_is_told_from_latin() {
        let text = "Вчера в городе состоялось заседание совета, на котором обсуждали бюджет.";
        let bytes = encoding_rs::WINDOWS_1251.encode(text).0.into_owned();
        assert_eq!(decode(bytes, None, None), Decoded { text: text.into(), encoding: "windows-1251", replaced: 0 });
    }

    #[test]
    fn damage_in_utf8_is_counted_and_does_not_change_the_encoding() {
        let mut bytes = TEXT.as_bytes().to_vec();
        bytes.splice(3..3, [0xFF, b' ', 0xC3]);
        let decoded = decode(bytes.clone(), None, None);
        assert_eq!((decoded.encoding, decoded.replaced), ("UTF-8", 2));
        assert_eq!(decoded.text.matches('\u{FFFD}').count(), 2);
        assert_eq!(streamed(&bytes, None).1, None);
    }

    #[test]
    fn what_the_user_set_or_the_page_says_overrides_the_guess() {
        let bytes = b"caf\xe9 \xa4 12".to_vec();
        assert_eq!(decode(bytes.clone(), Some(encoding_rs::ISO_8859_15), None).text, "café € 12");
        assert_eq!(decode(bytes.clone(), None, Some(encoding_rs::ISO_8859_15)).text, "café € 12");
        assert_eq!(decode(bytes.clone(), Some(UTF_8), None).replaced, 2);
        assert_eq!(streamed(&bytes, Some(encoding_rs::ISO_8859_15)).0, "café € 12");
    }

    #[test]
    fn undefined_bytes_and_half_units_are_damage() {
        let decoded = decode(b"a\x81b".to_vec(), Some(WINDOWS_1252), None);
        assert_eq!((decoded.text.as_str(), decoded.replaced), ("a\u{FFFD}b", 1));
        let decoded = decode(vec![0xFF, 0xFE, b'a', 0, 0x00, 0xD8, b'b', 0, b'c'], None, None);
        assert_eq!((decoded.text.as_str(), decoded.replaced), ("a\u{FFFD}b\u{FFFD}", 2));
    }

    #[test]
    fn random_bytes_decode_whole_and_streamed() {
        let mut state = 1_u64;
        for length in 0..400 {
            let bytes: Vec<u8> = (0..length)
                .map(|_| {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    (state >> 56) as u8
                })
                .collect();
            let whole = decode(bytes.clone(), None, None);
            assert!(whole.replaced as usize <= whole.text.matches('\u{FFFD}').count());
            streamed(&bytes, None);
        }
    }
}
