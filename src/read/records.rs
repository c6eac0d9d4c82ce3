//! Cuts CSV and TSV into blocks of whole records, by the same rules of quoting as the `csv` crate that parses them.

use super::block::{BadRow, Block};
use super::window::{BATCH_BYTES, BATCH_ROWS, Window};
use memchr::{memchr, memchr2, memchr3};

/// Reads blocks of records.
pub(super) struct Records {
    window: Window,
    delimiter: u8,
    line: u64,
    row: u64,
    max_row_bytes: usize,
}

/// What lies at the start of some bytes.
#[derive(Debug, PartialEq, Eq)]
struct Scan {
    /// Whole records, blank lines included.
    records: usize,
    /// Whole records, blank lines not counted, as the `csv` crate counts them.
    rows: usize,
    /// Where they end.
    end: usize,
    /// Whether a further record begins and does not end.
    is_open: bool,
    /// Whether a further record is broken: its quotes run over lines and close in front of other text.
    is_broken: bool,
}

impl Records {
    /// Reads records after the header; `header_lines` is how many lines came before them.
    pub(super) fn new(window: Window, delimiter: u8, header_lines: u64, max_row_bytes: usize) -> Self {
        Self { window, delimiter, line: header_lines + 1, row: 1, max_row_bytes }
    }

    pub(super) fn window_mut(&mut self) -> &mut Window {
        &mut self.window
    }

    /// The next block of records, or the place of a record that can't be cut.
    pub(super) fn next(&mut self) -> Option<Block> {
        self.window.fill(BATCH_BYTES + 1);
        loop {
            let bytes = self.window.bytes();
            if bytes.is_empty() {
                return None;
            }
            let has_ended = self.window.has_ended();
            let scan = scan(bytes, self.delimiter, has_ended);
            let is_full = scan.end >= BATCH_BYTES || scan.records >= BATCH_ROWS;
            let is_too_long = scan.is_open && bytes.len() - scan.end > self.max_row_bytes;
            if !is_full && !has_ended && !is_too_long && !scan.is_broken {
                self.window.grow();
                continue;
            }
            if scan.end > 0 {
                return Some(self.cut(&scan));
            }
            if scan.is_broken {
                return Some(self.reject_line("a quotation mark opens here and closes in the middle of a later line".into()));
            }
            if is_too_long {
                return Some(self.reject_line(format!("the row is longer than {} bytes", self.max_row_bytes)));
            }
            if self.window.failure().is_some() {
                // A file that stops in the middle of a packed block ends in half a row.
                let rest = bytes.len();
                self.window.skip(rest);
                return None;
            }
            return Some(self.reject_line("a quotation mark opens here and never closes".into()));
        }
    }

    fn cut(&mut self, scan: &Scan) -> Block {
        let (line, row) = (self.line, self.row);
        let bytes = self.window.take(scan.end);
        self.line += count_lines(&bytes);
        self.row += scan.rows as u64;
        Block { bytes, line, row, end: b'\n', bad: None }
    }

    fn reject_line(&mut self, reason: String) -> Block {
        let (line, row) = (self.line, self.row);
        let bad = BadRow::new(line, reason, self.window.bytes());
        loop {
            let bytes = self.window.bytes();
            if let Some(position) = memchr2(b'\n', b'\r', bytes) {
                let is_pair = bytes[position] == b'\r' && bytes.get(position + 1) == Some(&b'\n');
                self.window.skip(position + 1 + usize::from(is_pair));
                break;
            }
            let length = bytes.len();
            self.window.skip(length);
            self.window.fill(1);
            if self.window.bytes().is_empty() {
                break;
            }
        }
        self.line += 1;
        self.row += 1;
        Block { bytes: Vec::new(), line, row, end: b'\n', bad: Some(bad) }
    }
}

/// Line ends in `bytes`: `\n`, or `\r` where there is no `\n` at all.
pub(super) fn count_lines(bytes: &[u8]) -> u64 {
    let lines = memchr::memchr_iter(b'\n', bytes).count();
    if lines == 0 { memchr::memchr_iter(b'\r', bytes).count() as u64 } else { lines as u64 }
}

/// The end of the record that begins `bytes`, its line end included; `None` if it may go on.
pub(super) fn record_end(bytes: &[u8], delimiter: u8, has_ended: bool) -> Option<usize> {
    find_end(bytes, delimiter, has_ended).map(|(end, _)| end)
}

/// The end of the first record, and whether it is broken.
fn find_end(bytes: &[u8], delimiter: u8, has_ended: bool) -> Option<(usize, bool)> {
    let (mut at, mut is_broken) = (0, false);
    loop {
        if bytes.get(at) == Some(&b'"') {
            let opening = at;
            at += 1;
            loop {
                at += memchr(b'"', bytes.get(at..)?)? + 1;
                match bytes.get(at) {
                    Some(b'"') => at += 1,
                    Some(byte) => {
                        let is_closed = *byte == delimiter || matches!(byte, b'\n' | b'\r');
                        is_broken |= !is_closed && memchr2(b'\n', b'\r', &bytes[opening..at]).is_some();
                        break;
                    }
                    None if has_ended => return Some((at, is_broken)),
                    None => return None,
                }
            }
        }
        let Some(found) = memchr3(delimiter, b'\n', b'\r', bytes.get(at..)?) else {
            return has_ended.then_some((bytes.len(), is_broken));
        };
        at += found + 1;
        match bytes[at - 1] {
            byte if byte == delimiter => {}
            b'\n' => return Some((at, is_broken)),
            _ => {
                return match bytes.get(at) {
                    Some(b'\n') => Some((at + 1, is_broken)),
                    Some(_) => Some((at, is_broken)),
                    None => has_ended.then_some((at, is_broken)),
                };
            }
        }
    }
}

fn scan(bytes: &[u8], delimiter: u8, has_ended: bool) -> Scan {
    let mut scan = Scan { records: 0, rows: 0, end: 0, is_open: false, is_broken: false };
    while scan.end < bytes.len() && scan.end < BATCH_BYTES && scan.records < BATCH_ROWS {
        match find_end(&bytes[scan.end..], delimiter, has_ended) {
            Some((_, true)) => {
                scan.is_broken = true;
                break;
            }
            Some((length, false)) => {
                scan.rows += usize::from(!matches!(bytes[scan.end], b'\n' | b'\r'));
                scan.end += length;
                scan.records += 1;
            }
            None => {
                scan.is_open = true;
                break;
            }
        }
    }
    scan
}
