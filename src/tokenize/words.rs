//! The tokenizer: chunks between white space, their segments, and the joins that news text needs.

use super::abbreviations;
use super::edges::{runs, visible};
use super::form::starts_with_www;
use super::plain::{TokenSink, plain_chunk};
use super::scanner::stretch_end;
use super::segments::segment;
use std::ops::Range;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Longest chunk that is looked at as a whole; longer ones (a text without any space) are cut.
pub(super) const LONGEST_CHUNK: usize = 2048;

/// Which characters make a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WordRule {
    /// The rules of this module's page.
    #[default]
    Unicode,
    /// Runs of at least two letters, digits or underscores, as scikit-learn's `\w\w+`; everything else is dropped.
    Simple,
}

/// What stands before a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flags(u8);

impl Flags {
    /// White space stands before the token.
    pub const SPACE: Self = Self(1);
    /// A line break stands before the token.
    pub const LINE: Self = Self(2 | 1);
    /// A blank line stands before the token, or the text begins.
    pub const PARAGRAPH: Self = Self(4 | 2 | 1);

    /// Whether all of `other` is set.
    #[inline]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

/// Cuts texts into tokens; holds scratch memory, so that nothing is allocated a token.
#[derive(Debug, Default)]
pub struct Tokenizer {
    rule: WordRule,
    words_only: bool,
    edges: Vec<u32>,
    segments: Vec<(usize, usize)>,
    surface: String,
    cleaned: String,
    places: Vec<usize>,
}

/// White space and control characters of ASCII, which part chunks.
fn is_blank(byte: u8) -> bool {
    byte <= b' ' || byte == 0x7f
}

/// What stands before a chunk, from the white space between it and the chunk before.
#[inline(always)]
fn gap(blanks: &[u8]) -> Flags {
    match blanks {
        [b' '] => Flags::SPACE,
        _ => flags(true, blanks.iter().filter(|&&byte| byte == b'\n').count()),
    }
}

impl Tokenizer {
    /// A tokenizer under `rule`. With `words_only`, punctuation may be left out (streaming counts don't need it).
    pub fn new(rule: WordRule, words_only: bool) -> Self {
        Self { rule, words_only, ..Self::default() }
    }

    /// Calls `emit(surface, range, flags)` for each token of `text` within `range`: the slow twin of [`Self::tokenize_into`], for few
    /// words.
    #[inline]
    pub fn tokenize(&mut self, text: &str, range: Range<usize>, emit: &mut impl FnMut(&str, Range<usize>, Flags)) {
        match self.rule {
            WordRule::Unicode => self.tokenize_unicode(text, range, emit),
            WordRule::Simple => tokenize_simple(text, range, emit),
        }
    }

    fn tokenize_unicode(&mut self, text: &str, range: Range<usize>, emit: &mut impl FnMut(&str, Range<usize>, Flags)) {
        let bytes = &text.as_bytes()[..range.end];
        let mut before = None;
        let mut start = range.start;
        while let Some(first) = (start..range.end).find(|&place| !is_blank(bytes[place])) {
            let end = (first..range.end).find(|&place| is_blank(bytes[place])).unwrap_or(range.end);
            let flags = before.map_or(Flags::PARAGRAPH, |before| gap(&bytes[before..first]));
            self.run(text, first..end, flags, emit);
            before = Some(end);
            start = end;
        }
    }

    /// What stands between white space, in pieces if it is very long.
    fn run(&mut self, text: &str, range: Range<usize>, mut flags: Flags, emit: &mut impl FnMut(&str, Range<usize>, Flags)) {
        let mut start = range.start;
        while start < range.end {
            let mut end = range.end.min(start + LONGEST_CHUNK);
            while !text.is_char_boundary(end) {
                end += 1;
            }
            self.chunk(text, start..end, flags, emit);
            flags = Flags::default();
            start = end;
        }
    }

    /// Gives `sink` the tokens that [`Self::tokenize`] finds, several times as fast.
    #[inline]
    pub fn tokenize_into(&mut self, text: &str, range: Range<usize>, sink: &mut impl TokenSink) {
        if self.rule == WordRule::Simple {
            return tokenize_simple(text, range, &mut |surface, place, flags| sink.token(surface, place, flags));
        }
        let mut edges = std::mem::take(&mut self.edges);
        let (mut start, mut before) = (range.start, None);
        while start < range.end {
            let end = stretch_end(text, start, range.end);
            runs(&text.as_bytes()[start..end], visible, &mut edges);
            for &[from, to] in edges.as_chunks::<2>().0 {
                let chunk = start + from as usize..start + to as usize;
                let flags = before.map_or(Flags::PARAGRAPH, |before| gap(&text.as_bytes()[before..chunk.start]));
                before = Some(chunk.end);
                if !plain_chunk(text, chunk.clone(), flags, sink) {
                    self.run(text, chunk, flags, &mut |surface, place, flags| sink.token(surface, place, flags));
                }
            }
            start = end;
        }
        self.edges = edges;
    }

    /// A chunk that is not simply a word: cleans invisible characters, then segments and joins.
    fn chunk(&mut self, text: &str, range: Range<usize>, flags: Flags, emit: &mut impl FnMut(&str, Range<usize>, Flags)) {
        let chunk = &text[range.clone()];
        if chunk.is_ascii() || !chunk.chars().any(is_invisible) {
            let mut segments = std::mem::take(&mut self.segments);
            segments.clear();
            segment(chunk, range.start, &mut segments);
            self.join(text, &segments, flags, range.end, |position| position, emit);
            self.segments = segments;
            return;
        }
        let mut cleaned = std::mem::take(&mut self.cleaned);
        let mut places = std::mem::take(&mut self.places);
        cleaned.clear();
        places.clear();
        for (offset, character) in chunk.char_indices().filter(|(_, character)| !is_invisible(*character)) {
            cleaned.push(character);
            places.extend(std::iter::repeat_n(range.start + offset, character.len_utf8()));
        }
        // The end of the last character that is left; a vanished one behind it belongs to no token.
        let end = chunk
            .char_indices()
            .rfind(|(_, character)| !is_invisible(*character))
            .map_or(range.start, |(offset, character)| range.start + offset + character.len_utf8());
        places.push(end);
        let mut segments = std::mem::take(&mut self.segments);
        segments.clear();
        segment(&cleaned, 0, &mut segments);
        let length = cleaned.len();
        self.join(&cleaned, &segments, flags, length, |position| places[position], emit);
        (self.segments, self.cleaned, self.places) = (segments, cleaned, places);
    }

    /// Joins segments to tokens and emits them; `place` maps positions in `text` to positions in the text as read.
    fn join(
        &mut self,
        text: &str,
        segments: &[(usize, usize)],
        mut flags: Flags,
        end: usize,
        place: impl Fn(usize) -> usize,
        emit: &mut impl FnMut(&str, Range<usize>, Flags),
    ) {
        let mut index = 0;
        while index < segments.len() {
            let (start, segment_end) = segments[index];
            let first = text[start..].chars().next().unwrap_or(' ');
            if first.is_whitespace() {
                flags = Flags::SPACE;
                index += 1;
                continue;
            }
            let mut stop = segment_end;
            let mut next = index + 1;
            if let Some(web_end) = web_address(text, start, end) {
                stop = web_end;
            } else if matches!(first, '#' | '@')
                && next < segments.len()
                && begins_word(text, segments[next])
                && segment_end == segments[next].0
            {
                stop = segments[next].1;
            } else if begins_word(text, segments[index]) {
                stop = self.word_end(text, segments, index);
            } else {
                while next < segments.len() && text[segments[next].0..segments[next].1] == text[start..segment_end] && repeats(first) {
                    stop = segments[next].1;
                    next += 1;
                }
            }
            while index < segments.len() && segments[index].0 < stop {
                index += 1;
            }
            if begins_word(text, (start, stop)) {
                self.emit_word(text, start, stop, flags, &place, emit);
                // A segment may stick out of a word that was cut at `end.Next`: what is left is the next word.
                let mut rest = stop;
                while index > 0 && rest < segments[index - 1].1 {
                    let word_stop = self.cut(text, rest, segments[index - 1].1);
                    self.emit_word(text, rest, word_stop, Flags::default(), &place, emit);
                    rest = word_stop;
                }
            } else if !self.words_only || first == '#' || first == '@' {
                self.emit_normalised(text, start, stop, flags, &place, emit);
            }
            flags = Flags::default();
        }
    }

    /// Where the word that begins with segment `index` ends: hyphens, times, abbreviations' full stops.
    fn word_end(&self, text: &str, segments: &[(usize, usize)], index: usize) -> usize {
        let (start, mut stop) = segments[index];
        let cut = self.cut(text, start, stop);
        if cut < stop {
            return cut;
        }
        let mut next = index + 1;
        while next < segments.len() {
            let mark = &text[segments[next].0..segments[next].1];
            let after = segments.get(next + 1).filter(|segment| begins_word(text, **segment));
            match (mark, after) {
                ("-" | "\u{2010}" | "\u{2011}", Some(&(after_start, after_end))) => {
                    stop = self.cut(text, after_start, after_end);
                    next += 2;
                    if stop < after_end {
                        break;
                    }
                }
                (":" | "/", Some(&(after_start, after_end))) if digits_meet(text, stop, after_start) => {
                    stop = after_end;
                    next += 2;
                }
                ("'" | "\u{2019}", Some(&(_, after_end)))
                    if text[start..stop].ends_with(|c: char| c.is_ascii_digit())
                        && text[stop..].trim_start_matches(['\'', '\u{2019}']).starts_with('s') =>
                {
                    stop = after_end;
                    next += 2;
                }
                (".", _) if keeps_stop(&text[start..stop], text, stop + 1) && !text[..stop].ends_with('.') => {
                    stop = segments[next].1;
                    next += 1;
                }
                _ => break,
            }
        }
        stop
    }

    /// The end of the first word in a segment: at a colon between letters, or at `end.Next`.
    fn cut(&self, text: &str, start: usize, end: usize) -> usize {
        let word = &text[start..end];
        let bytes = word.as_bytes();
        for (offset, &byte) in bytes.iter().enumerate() {
            if offset == 0 || offset + 2 >= bytes.len() && byte != b':' {
                continue;
            }
            if byte == b':' && !bytes[offset - 1].is_ascii_digit() {
                return start + offset;
            }
            let parts_words = byte == b'.'
                && bytes[offset - 1].is_ascii_lowercase()
                && offset >= 2
                && bytes[offset - 2].is_ascii_alphabetic()
                && bytes[offset + 1].is_ascii_uppercase()
                && bytes[offset + 2].is_ascii_lowercase();
            if parts_words {
                return start + offset;
            }
        }
        end
    }

    /// Emits a word, with a final `'s` as a token of its own; or the mark at which a segment was cut.
    fn emit_word(
        &mut self,
        text: &str,
        start: usize,
        stop: usize,
        flags: Flags,
        place: &impl Fn(usize) -> usize,
        emit: &mut impl FnMut(&str, Range<usize>, Flags),
    ) {
        let word = &text[start..stop];
        if word.starts_with([':', '.']) && word.len() > 1 {
            if !self.words_only {
                self.emit_normalised(text, start, start + 1, flags, place, emit);
            }
            self.emit_word(text, start + 1, stop, Flags::default(), place, emit);
            return;
        }
        let ending = ["'s", "'S", "\u{2019}s", "\u{2019}S"].into_iter().find(|ending| word.len() > ending.len() && word.ends_with(ending));
        match ending {
            Some(ending) => {
                let middle = stop - ending.len();
                self.emit_normalised(text, start, middle, flags, place, emit);
                if !self.words_only {
                    self.emit_normalised(text, middle, stop, Flags::default(), place, emit);
                }
            }
            None => self.emit_normalised(text, start, stop, flags, place, emit),
        }
    }

    /// Emits a token with straight quotes, plain hyphens and in NFC.
    fn emit_normalised(
        &mut self,
        text: &str,
        start: usize,
        stop: usize,
        flags: Flags,
        place: &impl Fn(usize) -> usize,
        emit: &mut impl FnMut(&str, Range<usize>, Flags),
    ) {
        let raw = &text[start..stop];
        let range = place(start)..place_end(place, start, stop);
        if raw.is_ascii() {
            emit(raw, range, flags);
            return;
        }
        self.surface.clear();
        let composed = is_nfc_quick(raw.chars()) == IsNormalized::Yes;
        if composed {
            self.surface.extend(raw.chars().map(straight))
        } else {
            self.surface.extend(raw.nfc().map(straight))
        }
        emit(&self.surface, range, flags);
    }
}

/// The end of a token in the text as read: the mapped end, but never past what a vanished character would add in front.
fn place_end(place: &impl Fn(usize) -> usize, start: usize, stop: usize) -> usize {
    place(stop).max(place(start))
}

fn flags(space: bool, newlines: usize) -> Flags {
    match newlines {
        0 if !space => Flags::default(),
        0 => Flags::SPACE,
        1 => Flags::LINE,
        _ => Flags::PARAGRAPH,
    }
}

/// Characters that vanish: soft hyphen, zero-width space, non-joiner, joiner, word joiner, byte-order mark, direction marks.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

/// The straight form of a quotation mark, apostrophe or hyphen.
fn straight(character: char) -> char {
    match character {
        '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' | '\u{2039}' | '\u{203a}' | '\u{2032}' | '\u{02bc}' | '`' | '\u{b4}' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{2033}' => '"',
        '\u{2010}' | '\u{2011}' => '-',
        other => other,
    }
}

fn begins_word(text: &str, segment: (usize, usize)) -> bool {
    text[segment.0..segment.1].chars().any(char::is_alphanumeric)
}

fn digits_meet(text: &str, stop: usize, after: usize) -> bool {
    text[..stop].ends_with(|c: char| c.is_ascii_digit()) && text[after..].starts_with(|c: char| c.is_ascii_digit())
}

pub(super) fn repeats(mark: char) -> bool {
    matches!(mark, '.' | '-' | '!' | '?' | '*' | '=' | '_' | '~' | '#')
}

/// Whether a full stop directly behind `word` belongs to it; `after` is the position behind that full stop.
pub(super) fn keeps_stop(word: &str, text: &str, after: usize) -> bool {
    let bytes = word.as_bytes();
    let acronym = bytes.len() >= 3
        && bytes.iter().enumerate().all(|(index, byte)| if index % 2 == 0 { byte.is_ascii_alphabetic() } else { *byte == b'.' })
        && bytes.len() % 2 == 1;
    let initial = bytes.len() == 1 && bytes[0].is_ascii_uppercase();
    if acronym || initial || abbreviations::never_ends(word) || abbreviations::may_end(word) {
        return true;
    }
    abbreviations::before_number(word) && text[after..].trim_start_matches(' ').starts_with(|c: char| c.is_ascii_digit())
}

/// The end of a web or e-mail address that begins at `start`, without closing punctuation.
fn web_address(text: &str, start: usize, end: usize) -> Option<usize> {
    let rest = &text[start..end];
    // Most chunks hold neither mark that an address needs.
    let may_be_one = starts_with_www(rest) || memchr::memchr2(b'@', b'/', rest.as_bytes()).is_some();
    if !may_be_one || !rest.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let rest = &rest[..rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '“' | '”')).unwrap_or(rest.len())];
    let scheme = rest.find("://").is_some_and(|at| at > 1 && at < 12 && rest[..at].bytes().all(|byte| byte.is_ascii_alphabetic()));
    let trimmed = rest.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '}', '\'', '’', '…']);
    if scheme || starts_with_www(rest) {
        return Some(start + trimmed.len());
    }
    let (name, host) = trimmed.split_once('@')?;
    let plain =
        |part: &str, extra: &[u8]| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || extra.contains(&byte));
    let host_ok = host.contains('.') && plain(host, b".-") && !host.ends_with('-');
    (host_ok && plain(name, b".-_+")).then_some(start + trimmed.len())
}

/// Runs of at least two letters, digits or underscores.
fn tokenize_simple(text: &str, range: Range<usize>, emit: &mut impl FnMut(&str, Range<usize>, Flags)) {
    let mut start = None;
    let mut characters = 0;
    for (offset, character) in text[range.clone()].char_indices().chain([(range.len(), ' ')]) {
        let position = range.start + offset;
        if character.is_alphanumeric() || character == '_' {
            start.get_or_insert(position);
            characters += 1;
        } else {
            if let Some(start) = start.take().filter(|_| characters >= 2) {
                emit(&text[start..position], start..position, Flags::SPACE);
            }
            characters = 0;
        }
    }
}
