//! Numbers in order of arrival: in memory up to a bound, then in a temporary file without a name.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;

/// A list of numbers below 2³⁰, about two bytes each for small ones, that keeps a bounded part in memory.
///
/// Where no temporary file can be made or written, everything stays in memory.
#[derive(Debug)]
pub struct Spool {
    /// What is not in the file: sixteen-bit units, the top bit set where a number goes on in the next.
    bytes: Vec<u8>,
    file: Option<File>,
    /// Bytes in the file.
    written: u64,
    most_in_memory: usize,
}

const GOES_ON: u16 = 0x8000;

impl Spool {
    /// An empty list that keeps about `most_in_memory` bytes in memory.
    pub fn new(most_in_memory: usize) -> Self {
        Self { bytes: Vec::new(), file: None, written: 0, most_in_memory }
    }

    /// Appends `number`, which is below 2³⁰.
    #[inline]
    pub fn push(&mut self, number: u32) {
        debug_assert!(number < 1 << 30);
        if number < u32::from(GOES_ON) {
            self.bytes.extend_from_slice(&(number as u16).to_le_bytes());
        } else {
            let low = number as u16 | GOES_ON;
            self.bytes.extend_from_slice(&low.to_le_bytes());
            self.bytes.extend_from_slice(&((number >> 15) as u16).to_le_bytes());
        }
    }

    /// Where the next number will stand.
    pub fn position(&self) -> u64 {
        self.written + self.bytes.len() as u64
    }

    /// Moves what is in memory to the file if it is more than was allowed. Call it between numbers that are read together.
    pub fn settle(&mut self) {
        if self.bytes.len() > self.most_in_memory && self.write_out().is_err() {
            self.most_in_memory = usize::MAX;
        }
    }

    fn write_out(&mut self) -> io::Result<()> {
        if self.file.is_none() {
            self.file = Some(tempfile::tempfile()?);
        }
        let Some(file) = &mut self.file else { return Ok(()) };
        // After a write that failed half-way the next begins at the same place again.
        file.seek(SeekFrom::Start(self.written))?;
        file.write_all(&self.bytes)?;
        self.written += self.bytes.len() as u64;
        self.bytes.clear();
        Ok(())
    }

    /// Replaces `numbers` by those from one position to another, between which there was no `settle`.
    ///
    /// # Errors
    /// What the temporary file says if it can't be read back.
    pub fn read(&self, range: Range<u64>, numbers: &mut Vec<u32>) -> io::Result<()> {
        numbers.clear();
        let mut read_back = Vec::new();
        let bytes = match range.start.checked_sub(self.written) {
            Some(start) => &self.bytes[start as usize..(range.end - self.written) as usize],
            None => {
                let Some(mut file) = self.file.as_ref() else { return Ok(()) };
                read_back.resize((range.end - range.start) as usize, 0);
                file.seek(SeekFrom::Start(range.start))?;
                file.read_exact(&mut read_back)?;
                &read_back
            }
        };
        let mut units = bytes.as_chunks::<2>().0.iter().map(|unit| u16::from_le_bytes(*unit));
        while let Some(unit) = units.next() {
            let more = if unit & GOES_ON == 0 { 0 } else { units.next().unwrap_or(0) };
            numbers.push(u32::from(unit & !GOES_ON) | (u32::from(more) << 15));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::maths::RandomStream;

    #[test]
    fn what_goes_in_comes_out_from_memory_and_from_the_file() {
        let mut stream = RandomStream::new(3, 0);
        for most_in_memory in [0, 500, usize::MAX] {
            let mut spool = Spool::new(most_in_memory);
            let mut expected: Vec<(Range<u64>, Vec<u32>)> = Vec::new();
            for _ in 0..100 {
                let start = spool.position();
                let length = stream.below(50);
                let mut number = || {
                    let bits = 1 + stream.below(29);
                    stream.below(1 << bits)
                };
                let numbers: Vec<u32> = (0..length).map(|_| number()).collect();
                numbers.iter().for_each(|&number| spool.push(number));
                expected.push((start..spool.position(), numbers));
                spool.settle();
            }
            assert_eq!(spool.file.is_some(), most_in_memory != usize::MAX);
            let mut numbers = Vec::new();
            for (range, expected) in expected {
                spool.read(range, &mut numbers).unwrap();
                assert_eq!(numbers, expected);
            }
        }
    }
}
