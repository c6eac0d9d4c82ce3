//! Buffers that workers have done with, for the reader to fill again: memory that is given back to the system and asked
//! for again costs as much as a copy.

use super::window::BATCH_BYTES;
use std::sync::{Arc, Mutex, PoisonError};

/// A shared stock of empty buffers; clones share it.
#[derive(Debug, Clone, Default)]
pub(super) struct SpareBuffers(Arc<Mutex<Vec<Vec<u8>>>>);

/// Buffers kept at most.
const MOST: usize = 16;

impl SpareBuffers {
    /// An empty buffer, a used one if there is one.
    pub(super) fn take(&self) -> Vec<u8> {
        let mut buffer = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        buffer.clear();
        buffer
    }

    /// Takes back a buffer, unless one giant row made it large.
    pub(super) fn give(&self, buffer: Vec<u8>) {
        let mut buffers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buffer.capacity() <= 4 * BATCH_BYTES && buffers.len() < MOST {
            buffers.push(buffer);
        }
    }
}
