//! Lines that many documents of one group carry word for word: footers, subscription lines, author notes.

use super::tokens::Tokens;

/// For each document the token ranges of its repeated lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RepeatedLines {
    ranges: Vec<(u32, u32)>,
    starts: Vec<u64>,
    /// Distinct lines found.
    pub lines: u32,
    /// Documents that carry at least one.
    pub documents: u32,
}

impl RepeatedLines {
    /// How many documents of a group of `documents` must carry a line for it to count as repeated: one in a hundred, and
    /// at least four. A wire story that an outlet prints twice stays below that.
    pub fn threshold(documents: usize) -> usize {
        documents.div_ceil(100).max(4)
    }

    /// Adds the ranges of the next document, ascending.
    pub fn push(&mut self, ranges: impl IntoIterator<Item = (u32, u32)>) {
        if self.starts.is_empty() {
            self.starts.push(0);
        }
        let before = self.ranges.len();
        self.ranges.extend(ranges);
        self.documents += u32::from(self.ranges.len() > before);
        self.starts.push(self.ranges.len() as u64);
    }

    /// Token ranges (start, end) of the repeated lines of `document`, as positions within it.
    pub fn of(&self, document: usize) -> &[(u32, u32)] {
        match (self.starts.get(document), self.starts.get(document + 1)) {
            (Some(&start), Some(&end)) => &self.ranges[start as usize..end as usize],
            _ => &[],
        }
    }

    /// The surfaces of the repeated lines of `document`.
    pub fn surfaces_of<'a>(&'a self, document: usize, tokens: &'a Tokens) -> impl Iterator<Item = u32> + 'a {
        let surfaces = tokens.of(document);
        self.of(document).iter().flat_map(move |&(start, end)| surfaces[start as usize..end as usize].iter().copied())
    }
}
