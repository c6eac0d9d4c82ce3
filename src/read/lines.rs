//! Cuts JSON Lines into blocks of whole lines.

use super::block::{BadRow, Block};
use super::window::{BATCH_BYTES, BATCH_ROWS, Window};
use memchr::memchr_iter;

/// Reads blocks of lines.
pub(super) struct Lines {
    window: Window,
    /// What ends a line: `\n`, or `\r` in a file of old Mac line ends.
    end: Option<u8>,
    line: u64,
    max_row_bytes: usize,
    is_discarding: bool,
}

impl Lines {
    pub(super) fn new(window: Window, max_row_bytes: usize) -> Self {
        Self { window, end: None, line: 1, max_row_bytes, is_discarding: false }
    }

    pub(super) fn window_mut(&mut self) -> &mut Window {
        &mut self.window
    }

    /// The next block of lines, or the place of a line that is too long to keep.
    pub(super) fn next(&mut self) -> Option<Block> {
        self.window.fill(BATCH_BYTES);
        let end = self.line_end();
        if self.is_discarding {
            self.discard(end);
        }
        let first_line = self.line;
        loop {
            let bytes = self.window.bytes();
            if bytes.is_empty() {
                return None;
            }
            let mut lines = 0;
            let mut last_end = 0;
            let mut cut = None;
            for position in memchr_iter(end, bytes) {
                if position - last_end > self.max_row_bytes {
                    break;
                }
                lines += 1;
                last_end = position + 1;
                if last_end >= BATCH_BYTES || lines == BATCH_ROWS {
                    cut = Some(last_end);
                    break;
                }
            }
            let is_too_long = bytes.len() - last_end > self.max_row_bytes;
            let cut = match cut {
                Some(cut) => cut,
                None if is_too_long && last_end > 0 => last_end,
                None if is_too_long => return Some(self.reject_line(first_line, end)),
                None if self.window.has_ended() => {
                    // A file that stops in the middle of a packed block ends in half a row.
                    let keep = if self.window.failure().is_some() { last_end } else { bytes.len() };
                    if keep == 0 {
                        let rest = bytes.len();
                        self.window.skip(rest);
                        return None;
                    }
                    lines += usize::from(keep > last_end);
                    keep
                }
                None => {
                    self.window.grow();
                    continue;
                }
            };
            self.line += lines as u64;
            return Some(Block { bytes: self.window.take(cut), line: first_line, row: first_line, end, bad: None });
        }
    }

    /// Decides what ends lines by the first line end met.
    fn line_end(&mut self) -> u8 {
        if let Some(end) = self.end {
            return end;
        }
        let end = loop {
            let bytes = self.window.bytes();
            match memchr::memchr2(b'\n', b'\r', bytes) {
                Some(at) if bytes[at] == b'\r' && bytes.get(at + 1).is_some_and(|next| *next != b'\n') => break b'\r',
                Some(at) if bytes[at] == b'\n' || bytes.get(at + 1).is_some() => break b'\n',
                // A `\r` at the end of what is at hand, or no line end yet.
                _ if self.window.bytes().len() > self.max_row_bytes || !self.window.grow() => break b'\n',
                _ => {}
            }
        };
        self.end = Some(end);
        end
    }

    fn reject_line(&mut self, line: u64, end: u8) -> Block {
        let bad = BadRow::new(line, format!("the line is longer than {} bytes", self.max_row_bytes), self.window.bytes());
        self.is_discarding = true;
        self.discard(end);
        self.line += 1;
        Block { bytes: Vec::new(), line, row: line, end, bad: Some(bad) }
    }

    /// Drops bytes up to the next line's start.
    fn discard(&mut self, end: u8) {
        while self.is_discarding {
            let bytes = self.window.bytes();
            if let Some(position) = memchr::memchr(end, bytes) {
                self.window.skip(position + 1);
                self.is_discarding = false;
            } else {
                let length = bytes.len();
                self.window.skip(length);
                self.window.fill(1);
                self.is_discarding = !self.window.bytes().is_empty();
            }
        }
        self.window.fill(BATCH_BYTES);
    }
}
