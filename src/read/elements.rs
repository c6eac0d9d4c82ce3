//! Cuts a JSON document into the objects that are its rows, without holding the document.
//!
//! Rows are the objects of the outermost array (`[{…}, {…}]`), of the arrays inside one outer object (`{"articles": [{…}]}`), or
//! objects one after the other (`{…} {…}`).

use super::block::BadRow;
use super::window::{BATCH_BYTES, BATCH_ROWS, Window};
use std::ops::Range;

/// Where rows lie in a JSON document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// `{…} {…}`, also spread over lines.
    Concatenated,
    /// `[{…}, {…}]`.
    Array,
    /// `{"articles": [{…}, {…}]}`.
    Wrapped,
}

/// Objects of a JSON document.
#[derive(Debug, Default)]
pub(super) struct ElementBlock {
    pub(super) bytes: Vec<u8>,
    pub(super) ranges: Vec<Range<usize>>,
    /// Number of the first object, from 1.
    pub(super) row: u64,
    pub(super) bad: Option<BadRow>,
}

/// Reads blocks of objects.
pub(super) struct Elements {
    window: Window,
    layout: Layout,
    finder: Finder,
    /// How far the window has been scanned.
    scanned: usize,
    row: u64,
    max_row_bytes: usize,
}

impl Elements {
    pub(super) fn new(window: Window, layout: Layout, max_row_bytes: usize) -> Self {
        Self { window, layout, finder: Finder::default(), scanned: 0, row: 1, max_row_bytes }
    }

    pub(super) fn window_mut(&mut self) -> &mut Window {
        &mut self.window
    }

    /// The next block of objects, or the place of one that is too long or never ends.
    pub(super) fn next(&mut self) -> Option<ElementBlock> {
        self.window.fill(BATCH_BYTES);
        let row = self.row;
        let mut ranges = Vec::new();
        loop {
            let bytes = self.window.bytes();
            while self.scanned < bytes.len() {
                let (scanned, found) = self.finder.next(bytes, self.scanned, self.layout);
                self.scanned = scanned;
                if let Some(range) = found {
                    ranges.push(range);
                    if scanned >= BATCH_BYTES || ranges.len() == BATCH_ROWS {
                        return Some(self.cut(ranges, row));
                    }
                }
            }
            let open_since = self.finder.start.unwrap_or(self.scanned);
            let is_too_long = self.scanned - open_since > self.max_row_bytes;
            if is_too_long || self.window.has_ended() {
                if !ranges.is_empty() {
                    return Some(self.cut(ranges, row));
                }
                let unfinished = self.finder.start.take();
                let bad = unfinished.filter(|_| is_too_long || self.window.failure().is_none()).map(|start| {
                    let reason = if is_too_long {
                        format!("the object is longer than {} bytes", self.max_row_bytes)
                    } else {
                        "the object never ends".into()
                    };
                    BadRow::new(row, reason, &self.window.bytes()[start..])
                });
                self.window.skip(self.scanned);
                self.scanned = 0;
                // The rest of an object that is too long is scanned to find the next one, and dropped.
                if let Some(bad) = bad {
                    self.row += 1;
                    return Some(ElementBlock { bad: Some(bad), row, ..ElementBlock::default() });
                }
                if self.window.has_ended() {
                    return None;
                }
                self.window.fill(BATCH_BYTES);
                continue;
            }
            if self.finder.start.is_none() && ranges.is_empty() {
                // Nothing to keep: white space or other parts of the document.
                self.window.skip(self.scanned);
                self.scanned = 0;
                self.window.fill(BATCH_BYTES);
            } else {
                self.window.grow();
            }
        }
    }

    fn cut(&mut self, ranges: Vec<Range<usize>>, row: u64) -> ElementBlock {
        let end = ranges.last().map_or(0, |range| range.end);
        self.row += ranges.len() as u64;
        self.scanned -= end;
        if let Some(start) = &mut self.finder.start {
            *start -= end;
        }
        ElementBlock { bytes: self.window.take(end), ranges, row, bad: None }
    }
}

/// A scanner that keeps its place between blocks of bytes.
#[derive(Debug, Default)]
struct Finder {
    /// Open brackets: true for arrays.
    stack: Vec<bool>,
    is_in_string: bool,
    is_escaped: bool,
    start: Option<usize>,
}

impl Finder {
    /// Scans from `at`; returns where it stopped and the object that ends there, if one does.
    fn next(&mut self, bytes: &[u8], mut at: usize, layout: Layout) -> (usize, Option<Range<usize>>) {
        while at < bytes.len() {
            if self.is_escaped {
                self.is_escaped = false;
                at += 1;
                continue;
            }
            if self.is_in_string {
                match memchr::memchr2(b'"', b'\\', &bytes[at..]) {
                    None => return (bytes.len(), None),
                    Some(found) => {
                        at += found + 1;
                        if bytes[at - 1] == b'"' { self.is_in_string = false } else { self.is_escaped = true }
                    }
                }
                continue;
            }
            let byte = bytes[at];
            at += 1;
            match byte {
                b'"' => self.is_in_string = true,
                b'{' => {
                    if self.start.is_none() && self.is_row(layout) {
                        self.start = Some(at - 1);
                    }
                    self.stack.push(false);
                }
                b'[' => self.stack.push(true),
                b'}' | b']' => {
                    self.stack.pop();
                    if byte == b'}'
                        && self.is_row(layout)
                        && let Some(start) = self.start.take()
                    {
                        return (at, Some(start..at));
                    }
                }
                _ => {}
            }
        }
        (at, None)
    }

    /// Whether an object right here would be a row.
    fn is_row(&self, layout: Layout) -> bool {
        match layout {
            Layout::Concatenated => self.stack.is_empty(),
            Layout::Array => self.stack == [true],
            Layout::Wrapped => self.stack == [false, true],
        }
    }
}

/// Tells the layout from a document's first bytes; `None` if they are not JSON of rows.
pub(super) fn layout_of(bytes: &[u8], has_ended: bool) -> Option<Layout> {
    match bytes.iter().find(|byte| !byte.is_ascii_whitespace())? {
        b'[' => Some(Layout::Array),
        b'{' => {
            let (end, first) = Finder::default().next(bytes, 0, Layout::Concatenated);
            let is_alone = first.is_none() || (has_ended && bytes[end..].iter().all(u8::is_ascii_whitespace));
            let (_, inner) = Finder::default().next(bytes, 0, Layout::Wrapped);
            // A long outer object that has not ended is taken for a wrapper only if an object lies in an array of it.
            Some(if is_alone && inner.is_some() { Layout::Wrapped } else { Layout::Concatenated })
        }
        _ => None,
    }
}
