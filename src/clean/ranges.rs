//! Byte ranges of a text without its page furniture, and how many lines went.

use super::furniture::{Furniture, MIN_REPEATED_BYTES, furniture_of, may_be_repeated};
use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::BuildHasher;
use std::ops::Range;

/// How to clean.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CleanOptions {
    /// Whether page furniture stays in the text that is analysed; by default it is dropped.
    pub keep_furniture: bool,
}

/// Lines dropped, by rule; mergeable.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CleanCounts {
    lines: [u64; Furniture::ALL.len()],
    /// Documents from which at least one line was dropped.
    pub documents: u64,
}

impl CleanCounts {
    /// Lines that `rule` dropped.
    pub fn of(&self, rule: Furniture) -> u64 {
        self.lines[rule as usize]
    }

    /// Lines that all rules dropped.
    pub fn total(&self) -> u64 {
        self.lines.iter().sum()
    }

    /// Adds another part's counts.
    pub fn merge(&mut self, other: &Self) {
        for (lines, more) in self.lines.iter_mut().zip(other.lines) {
            *lines += more;
        }
        self.documents += other.documents;
    }

    /// A sentence for people; `None` if nothing was dropped.
    pub fn remark(&self) -> Option<String> {
        let parts: Vec<String> =
            Furniture::ALL.iter().filter(|rule| self.of(**rule) > 0).map(|rule| format!("{}: {}", rule.name(), self.of(*rule))).collect();
        let lines = if self.total() == 1 { "line" } else { "lines" };
        let documents = if self.documents == 1 { "document" } else { "documents" };
        (!parts.is_empty()).then(|| {
            format!(
                "{} {lines} of page furniture left out of {} {documents} ({}); `--keep-furniture` keeps them",
                self.total(),
                self.documents,
                parts.join(", ")
            )
        })
    }
}

/// The ranges of `text` to analyse, ascending and apart; without furniture it is the whole text in one range.
pub fn kept_ranges(text: &str, options: CleanOptions) -> Vec<Range<usize>> {
    clean(text, options, &mut CleanCounts::default())
}

/// Like [`kept_ranges`], and adds what was dropped to `counts`.
///
/// Borders of ranges are borders of lines. Repeated lines go only if they are at least 40 bytes and six words of plain prose, so that
/// refrains, speakers' names, headings and rows of figures stay.
pub fn clean(text: &str, options: CleanOptions, counts: &mut CleanCounts) -> Vec<Range<usize>> {
    if options.keep_furniture || text.is_empty() {
        return if text.is_empty() { Vec::new() } else { std::iter::once(0..text.len()).collect() };
    }
    let hasher = FixedState::with_seed(0);
    // Paragraphs of news are longer than this, so the table rarely grows.
    let mut seen: HashTable<u64> = HashTable::with_capacity(text.len() / 150 + 4);
    let mut kept: Vec<Range<usize>> = Vec::new();
    let (mut start, mut kept_from, mut dropped) = (0, 0, 0_u64);
    while start < text.len() {
        let end = memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |found| start + found + 1);
        let line = text[start..end].trim();
        let rule = furniture_of(line).or_else(|| {
            let hash = if line.len() >= MIN_REPEATED_BYTES { hasher.hash_one(line.as_bytes()) } else { return None };
            if seen.find(hash, |known| *known == hash).is_some() {
                return may_be_repeated(line).then_some(Furniture::Repeated);
            }
            seen.insert_unique(hash, hash, |known| *known);
            None
        });
        if let Some(rule) = rule {
            counts.lines[rule as usize] += 1;
            dropped += 1;
            if start > kept_from {
                kept.push(kept_from..start);
            }
            kept_from = end;
        }
        start = end;
    }
    if text.len() > kept_from {
        kept.push(kept_from..text.len());
    }
    counts.documents += u64::from(dropped > 0);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept<'a>(text: &'a str, counts: &mut CleanCounts) -> String {
        clean(text, CleanOptions::default(), counts).into_iter().map(|range| &text[range]).collect::<Vec<&'a str>>().concat()
    }

    #[test]
    fn a_caption_printed_twice_is_kept_once() {
        let text = "Lead line.\nMayor Ann Lee greets the ferry's crew at the quay on Monday\nText.\n***\nMayor Ann Lee greets the ferry's crew at the quay on Monday\n***\nEnd.";
        let mut counts = CleanCounts::default();
        assert_eq!(
            kept(text, &mut counts),
            "Lead line.\nMayor Ann Lee greets the ferry's crew at the quay on Monday\nText.\n***\n***\nEnd."
        );
        assert_eq!((counts.of(Furniture::Repeated), counts.total(), counts.documents), (1, 1, 1));
        assert!(
            counts
                .remark()
                .unwrap()
                .starts_with("1 line of page furniture left out of 1 document (lines printed before in the same document: 1")
        );
    }

    #[test]
    fn furniture_can_be_kept() {
        let text = "Read more\nText.";
        let whole = clean(text, CleanOptions { keep_furniture: true }, &mut CleanCounts::default());
        assert_eq!(whole.into_iter().map(|range| &text[range]).collect::<Vec<_>>(), [text]);
        assert!(kept_ranges("", CleanOptions::default()).is_empty());
        assert!(kept_ranges("Read more", CleanOptions::default()).is_empty());
    }

    #[test]
    fn ranges_ascend_on_line_borders_and_lose_dropped_lines_only() {
        let lines = [
            "Read more",
            "Text é.",
            "",
            "Advertisement",
            "A line of prose that is long enough to count as printed twice",
            "\u{2028}x",
            "READ MORE: X",
        ];
        let mut state = 3_u64;
        for _ in 0..2_000 {
            let mut text = String::new();
            for _ in 0..state % 9 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                text.push_str(lines[(state >> 40) as usize % lines.len()]);
                text.push_str(["\n", "\r\n", "\n\n"][(state >> 35) as usize % 3]);
            }
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let mut counts = CleanCounts::default();
            let ranges = clean(&text, CleanOptions::default(), &mut counts);
            let mut last_end = 0;
            for range in &ranges {
                assert!(range.start >= last_end && range.start < range.end);
                assert!(range.start == 0 || text.as_bytes()[range.start - 1] == b'\n');
                last_end = range.end;
            }
            let kept_lines: usize = ranges.iter().map(|range| text[range.clone()].split_inclusive('\n').count()).sum();
            assert_eq!(kept_lines as u64 + counts.total(), text.split_inclusive('\n').count() as u64);
        }
    }
}
