//! Writing and checked reading of the weights file's parts.

use super::error::TaggerError;

/// Collects bytes.
#[derive(Default)]
pub(super) struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// What was written.
    pub(super) fn finish(self) -> Vec<u8> {
        self.bytes
    }

    /// Bytes as they are.
    pub(super) fn raw(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// One number.
    pub(super) fn number(&mut self, value: u32) {
        self.raw(&value.to_le_bytes());
    }

    /// A list of numbers.
    pub(super) fn numbers(&mut self, values: &[u32]) {
        self.number(values.len() as u32);
        values.iter().for_each(|value| self.number(*value));
    }

    /// A list of short numbers, low bytes first, then high bytes (this packs better).
    pub(super) fn shorts(&mut self, values: &[u16]) {
        self.number(values.len() as u32);
        self.bytes.extend(values.iter().map(|value| *value as u8));
        self.bytes.extend(values.iter().map(|value| (*value >> 8) as u8));
    }

    /// A rising list, as differences of one to five bytes.
    pub(super) fn sorted(&mut self, values: &[u32]) {
        self.number(values.len() as u32);
        let mut before = 0;
        for &value in values {
            let mut step = value - before;
            before = value;
            while step >= 128 {
                self.bytes.push(step as u8 | 128);
                step >>= 7;
            }
            self.bytes.push(step as u8);
        }
    }
}

/// Reads bytes; each step checks that they are there.
pub(super) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Starts at the first byte.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// The next `count` bytes.
    pub(super) fn take(&mut self, count: usize) -> Result<&'a [u8], TaggerError> {
        if count > self.rest.len() {
            return Err(TaggerError::new("the model file is damaged: it ends too early"));
        }
        let (taken, rest) = self.rest.split_at(count);
        self.rest = rest;
        Ok(taken)
    }

    /// One number.
    pub(super) fn number(&mut self) -> Result<u32, TaggerError> {
        let mut bytes = [0; 4];
        bytes.copy_from_slice(self.take(4)?);
        Ok(u32::from_le_bytes(bytes))
    }

    /// A list of numbers.
    pub(super) fn numbers(&mut self) -> Result<Vec<u32>, TaggerError> {
        let count = self.number()? as usize;
        let bytes = self.take(count.saturating_mul(4))?;
        let (chunks, _) = bytes.as_chunks::<4>();
        Ok(chunks.iter().map(|chunk| u32::from_le_bytes(*chunk)).collect())
    }

    /// A list of short numbers.
    pub(super) fn shorts(&mut self) -> Result<Vec<u16>, TaggerError> {
        let count = self.number()? as usize;
        let low = self.take(count)?;
        let high = self.take(count)?;
        Ok(low.iter().zip(high).map(|(low, high)| u16::from_le_bytes([*low, *high])).collect())
    }

    /// A rising list.
    pub(super) fn sorted(&mut self) -> Result<Vec<u32>, TaggerError> {
        let count = self.number()? as usize;
        if count > self.rest.len() {
            return Err(TaggerError::new("the model file is damaged: it ends too early"));
        }
        let mut values = Vec::with_capacity(count);
        let mut before = 0_u32;
        for _ in 0..count {
            let (mut step, mut shift) = (0_u32, 0);
            loop {
                let byte = self.take(1)?[0];
                step |= u32::from(byte & 127).checked_shl(shift).unwrap_or(0);
                shift += 7;
                if byte < 128 {
                    break;
                }
            }
            before = before.wrapping_add(step);
            values.push(before);
        }
        Ok(values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_come_back() {
        let mut writer = Writer::default();
        writer.sorted(&[3, 3, 200, 1 << 20, u32::MAX]);
        writer.shorts(&[1, 500, u16::MAX]);
        writer.numbers(&[9, 8]);
        let bytes = writer.finish();
        let mut reader = Reader::new(&bytes);
        assert_eq!(reader.sorted(), Ok(vec![3, 3, 200, 1 << 20, u32::MAX]));
        assert_eq!(reader.shorts(), Ok(vec![1, 500, u16::MAX]));
        assert_eq!(reader.numbers(), Ok(vec![9, 8]));
        assert!(reader.number().is_err());
    }
}
