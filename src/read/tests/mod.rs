//! Whole readings of small inputs written by the tests.

mod damage;
mod folders;
mod formats;

use super::{ParsedBatch, ReadOptions, ReadingTally, Source};
use crate::corpus::{RawDocument, Reject};
use crate::error::Result;
use std::path::Path;

/// Everything a reading gave.
#[derive(Debug, Default)]
struct Reading {
    documents: Vec<RawDocument>,
    rejects: Vec<Reject>,
    tally: ReadingTally,
    remarks: Vec<String>,
    batches: u64,
}

impl Reading {
    fn texts(&self) -> Vec<&str> {
        self.documents.iter().map(|document| document.text.as_str()).collect()
    }

    fn reasons(&self) -> Vec<(u64, &str)> {
        self.rejects.iter().map(|reject| (reject.row, reject.reason.as_str())).collect()
    }
}

fn read_with(options: &ReadOptions) -> Result<Reading> {
    let mut source = Source::open(options)?;
    let context = source.context();
    let mut reading = Reading { remarks: source.remarks().to_vec(), ..Reading::default() };
    while let Some(batch) = source.next_batch()? {
        assert_eq!(batch.number, reading.batches);
        reading.batches += 1;
        let ParsedBatch { documents, rejects, tally, .. } = batch.parse(&context);
        reading.documents.extend(documents);
        reading.rejects.extend(rejects);
        reading.tally.merge(tally);
    }
    assert!(source.next_batch()?.is_none(), "asking after the end gives nothing");
    assert_eq!(reading.tally.documents, reading.documents.len() as u64);
    Ok(reading)
}

fn read(path: &Path) -> Reading {
    read_with(&ReadOptions { inputs: vec![path.to_owned()], ..ReadOptions::default() }).unwrap()
}

/// Writes `bytes` to a file of this name and reads it.
fn read_bytes(name: &str, bytes: &[u8]) -> Reading {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    read(&path)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A small generator of repeatable noise.
struct Noise(u64);

impl Noise {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below
    }
}
