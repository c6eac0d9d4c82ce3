//! A growing window on a stream, from which readers cut whole rows.

use super::encoding::Utf8Stream;
use super::spare::SpareBuffers;

/// Batches end at the first row's end past this many bytes …
///
/// Few enough that rows and texts of a batch stay in a core's cache while they are parsed and counted. Small in tests, so that small tables are
/// cut often.
pub(super) const BATCH_BYTES: usize = if cfg!(test) { 2 << 10 } else { 1 << 18 };

/// … or after this many rows or files.
pub(super) const BATCH_ROWS: usize = if cfg!(test) { 50 } else { 2_000 };

/// The bytes read and not yet cut.
pub(super) struct Window {
    stream: Utf8Stream,
    buffer: Vec<u8>,
    start: usize,
    has_ended: bool,
    spare: SpareBuffers,
}

impl Window {
    /// A window whose cuts go into `spare` buffers.
    pub(super) fn new(stream: Utf8Stream, spare: SpareBuffers) -> Self {
        Self { stream, buffer: Vec::new(), start: 0, has_ended: false, spare }
    }

    /// The bytes at hand.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.buffer[self.start..]
    }

    /// Whether the stream has nothing beyond the bytes at hand.
    pub(super) fn has_ended(&self) -> bool {
        self.has_ended
    }

    /// Reads until `target` bytes are at hand or the stream ends.
    pub(super) fn fill(&mut self, target: usize) {
        if self.has_ended || self.bytes().len() >= target {
            return;
        }
        self.buffer.drain(..self.start);
        self.start = 0;
        while !self.has_ended && self.buffer.len() < target {
            self.has_ended = !self.stream.read_more(&mut self.buffer);
        }
    }

    /// Reads on past the bytes at hand; returns false if there is nothing more.
    pub(super) fn grow(&mut self) -> bool {
        let had = self.bytes().len();
        self.fill(had + had / 2 + 1);
        self.bytes().len() > had
    }

    /// Cuts off the first `length` bytes.
    pub(super) fn take(&mut self, length: usize) -> Vec<u8> {
        if self.start == 0 && length > 4 * BATCH_BYTES {
            // A giant row is not copied.
            let rest = self.buffer.split_off(length);
            return std::mem::replace(&mut self.buffer, rest);
        }
        let mut taken = self.spare.take();
        taken.extend_from_slice(&self.bytes()[..length]);
        self.start += length;
        taken
    }

    /// Drops the first `length` bytes.
    pub(super) fn skip(&mut self, length: usize) {
        self.start += length;
        if self.start > 4 * BATCH_BYTES {
            self.buffer.drain(..self.start);
            self.start = 0;
        }
    }

    /// Damaged sequences that the stream's decoder replaced since the last call.
    pub(super) fn take_replaced(&mut self) -> u64 {
        std::mem::take(&mut self.stream.replaced)
    }

    /// The stream's encoding if it is not UTF-8.
    pub(super) fn legacy_encoding(&self) -> Option<&'static str> {
        self.stream.legacy_encoding()
    }

    /// Why the stream stopped before the file's end, if it did.
    pub(super) fn failure(&self) -> Option<&str> {
        self.stream.failure()
    }
}
