//! The built-in sample corpus, so that the first command needs no argument and no download.

use crate::error::{Error, Result};
use std::path::PathBuf;
use tempfile::TempDir;

const SAMPLE: &str = include_str!("../../notebooks-data/harbour/harbour.jsonl");

/// The sample as a file that lives as long as this value.
pub(super) struct Sample {
    folder: TempDir,
}

impl Sample {
    /// Unpacks the sample.
    ///
    /// # Errors
    /// An output error if the machine's folder for temporary files can't be written.
    pub(super) fn unpack() -> Result<Self> {
        let failed = |error: std::io::Error| {
            Error::output(format!("can't unpack the sample: {error}")).hint("set TMPDIR to a folder that you may write to")
        };
        let folder = tempfile::tempdir().map_err(failed)?;
        std::fs::write(folder.path().join("harbour.jsonl"), SAMPLE).map_err(failed)?;
        Ok(Self { folder })
    }

    /// Where it lies.
    pub(super) fn path(&self) -> PathBuf {
        self.folder.path().join("harbour.jsonl")
    }
}
