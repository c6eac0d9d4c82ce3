//! What a run tells of its progress; the command line shows it.

/// Receives progress.
pub trait Progress: Sync {
    /// A stage begins: `reading and counting`, `keyness`.
    fn stage(&self, name: &str);
    /// Documents and bytes of text counted so far.
    fn counted(&self, documents: u64, bytes: u64);
    /// Bytes of the files read so far, of so many in all; packed files count by their packed size.
    fn position(&self, _bytes: u64, _of: u64) {}
    /// Whether the user wants to stop.
    fn is_cancelled(&self) -> bool {
        false
    }
}

/// Shows nothing.
pub struct Silent;

impl Progress for Silent {
    fn stage(&self, _: &str) {}
    fn counted(&self, _: u64, _: u64) {}
}
