//! Word vectors that the user brings, averaged over a document's words.
//!
//! Comes in: the bytes of a word2vec or GloVe text, or of a safetensors file with a list of its words. Goes out: one vector a
//! document by smooth inverse frequency (Arora, Liang & Ma 2017): a word counts a / (a + its share of all words), and what all
//! documents have in common is taken out.

use super::features::Features;
use crate::corpus::Corpus;
use crate::error::{Error, Result};
use crate::maths::dense::{DenseRows, dot};
use crate::maths::symmetric::symmetric_eigen;
use std::collections::BTreeMap;

/// The constant a of smooth inverse frequency.
const SMOOTHING: f64 = 1e-3;

/// Vectors of words in lower case.
#[derive(Debug)]
pub struct WordVectors {
    places: BTreeMap<String, usize>,
    vectors: DenseRows,
}

fn wrong(reason: impl std::fmt::Display) -> Error {
    Error::configuration(format!("`--vectors`: {reason}"))
        .hint("give a text with a word and its numbers on each line (word2vec or GloVe), or a .safetensors file and `--vectors-words`")
}

impl WordVectors {
    /// Reads vectors: a safetensors file if `words` are given, else a text.
    ///
    /// # Errors
    /// A configuration error with the line or the tensor that is wrong.
    pub fn read(bytes: &[u8], words: Option<&[u8]>) -> Result<Self> {
        match words {
            Some(words) => Self::read_tensors(bytes, &word_list(words)?),
            None if is_tensors(bytes) => Err(wrong("a safetensors file holds no words")
                .hint("name its tokenizer.json or a list of words, one a line, with `--vectors-words`")),
            None => Self::read_text(bytes),
        }
    }

    fn new(width: usize, words: Vec<(String, Vec<f32>)>) -> Result<Self> {
        let mut places = BTreeMap::new();
        let mut values = Vec::new();
        for (word, vector) in words {
            // The first of several forms that differ in case is the most frequent one in these files.
            if !places.contains_key(&word) {
                places.insert(word, places.len());
                values.extend(vector);
            }
        }
        if places.is_empty() || width == 0 {
            return Err(wrong("the file holds no vector"));
        }
        Ok(Self { places, vectors: DenseRows::from_values(width, values) })
    }

    fn read_text(bytes: &[u8]) -> Result<Self> {
        let text = String::from_utf8_lossy(bytes);
        let mut words = Vec::new();
        let mut width = 0;
        for (number, line) in text.lines().enumerate() {
            let mut parts = line.split_ascii_whitespace();
            let Some(word) = parts.next() else { continue };
            let numbers: Vec<&str> = parts.collect();
            // word2vec's first line is the number of words and of dimensions.
            if number == 0 && numbers.len() == 1 && word.parse::<u64>().is_ok() {
                continue;
            }
            let vector: Option<Vec<f32>> =
                numbers.iter().map(|number| number.parse::<f32>().ok().filter(|value| value.is_finite())).collect();
            let Some(vector) = vector else { return Err(wrong(format!("line {} is no word with numbers", number + 1))) };
            width = if width == 0 { vector.len() } else { width };
            if vector.len() != width {
                return Err(wrong(format!("line {} has {} numbers, the lines before have {width}", number + 1, vector.len())));
            }
            words.push((word.to_lowercase(), vector));
        }
        Self::new(width, words)
    }

    fn read_tensors(bytes: &[u8], words: &[(String, usize)]) -> Result<Self> {
        let length = bytes.get(..8).and_then(|head| head.try_into().ok()).map(u64::from_le_bytes);
        let header = length.and_then(|length| bytes.get(8..8usize.checked_add(usize::try_from(length).ok()?)?));
        let header = header.ok_or_else(|| wrong("the file is no safetensors file"))?;
        let data = &bytes[8 + header.len()..];
        let header: BTreeMap<String, serde_json::Value> =
            serde_json::from_slice(header).map_err(|error| wrong(format!("its header: {error}")))?;
        let shape = |tensor: &serde_json::Value| {
            let sizes: Option<Vec<usize>> = tensor["shape"].as_array()?.iter().map(|size| Some(size.as_u64()? as usize)).collect();
            sizes.filter(|sizes| sizes.len() == 2)
        };
        // A static embedding is one matrix of words × dimensions.
        let tensors = header.iter().filter(|(name, _)| *name != "__metadata__");
        let found = tensors.filter_map(|(_, tensor)| Some((tensor, shape(tensor)?))).max_by_key(|(_, shape)| shape[0] * shape[1]);
        let (tensor, shape) = found.ok_or_else(|| wrong("the file holds no matrix"))?;
        let kind = tensor["dtype"].as_str().unwrap_or_default();
        let size = match kind {
            "F32" => 4,
            "F16" | "BF16" => 2,
            _ => return Err(wrong(format!("numbers of the type `{kind}` are not read; F32, F16 and BF16 are"))),
        };
        let start = tensor["data_offsets"][0].as_u64().unwrap_or(u64::MAX);
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        let end = shape[0].checked_mul(shape[1]).and_then(|count| count.checked_mul(size)).and_then(|length| start.checked_add(length));
        let data = end.and_then(|end| data.get(start..end)).ok_or_else(|| wrong("the file is shorter than its header says"))?;
        let width = shape[1];
        let vectors = words.iter().filter(|(_, place)| *place < shape[0]).map(|(word, place)| {
            let row = &data[place * width * size..(place + 1) * width * size];
            (word.clone(), row.chunks_exact(size).map(|bytes| number(bytes, kind)).collect())
        });
        Self::new(width, vectors.collect())
    }

    /// The vector of a word in lower case.
    pub fn of(&self, word: &str) -> Option<&[f32]> {
        self.places.get(word).map(|&place| self.vectors.row(place))
    }

    /// One vector a document of `features`, of length 1 (zeros for documents without known words), and the share of the
    /// documents' words that have a vector.
    pub fn documents(&self, features: &Features, corpus: &Corpus) -> (DenseRows, f64) {
        let vectors: Vec<Option<&[f32]>> = features.terms.iter().map(|&term| self.of(&corpus.terms.label(term).to_lowercase())).collect();
        let all: f64 = corpus.terms.counts.iter().map(|&count| count as f64).sum();
        let weights: Vec<f64> =
            features.terms.iter().map(|&term| SMOOTHING / (SMOOTHING + corpus.terms.counts[term as usize] as f64 / all)).collect();
        let mut rows = DenseRows::zeros(features.documents.len(), self.vectors.width());
        rows.update_rows(|row, values| {
            let (columns, counts) = features.counts.row(row);
            let mut total = 0.0;
            for (&column, &count) in columns.iter().zip(counts) {
                // Pairs have no vectors of their own: their words have.
                let Some(Some(vector)) = vectors.get(column as usize) else { continue };
                let weight = weights[column as usize] * f64::from(count);
                total += f64::from(count);
                values.iter_mut().zip(*vector).for_each(|(sum, &value)| *sum += (weight * f64::from(value)) as f32);
            }
            if total > 0.0 {
                values.iter_mut().for_each(|value| *value = (f64::from(*value) / total) as f32);
            }
        });
        let (mut known, mut words) = (0.0, 0.0);
        for row in 0..features.documents.len() {
            let (columns, counts) = features.counts.row(row);
            for (&column, &count) in columns.iter().zip(counts).filter(|(column, _)| (**column as usize) < vectors.len()) {
                words += f64::from(count);
                known += if vectors[column as usize].is_some() { f64::from(count) } else { 0.0 };
            }
        }
        without_common_part(&mut rows);
        rows.normalise_rows();
        (rows, if words > 0.0 { known / words } else { 0.0 })
    }
}

/// Takes the first right singular vector out of all rows.
fn without_common_part(rows: &mut DenseRows) {
    let width = rows.width();
    let eigen = symmetric_eigen(&rows.transposed_times(rows), width);
    let Some(first) = eigen.vectors.first().map(|vector| vector.iter().map(|&value| value as f32).collect::<Vec<f32>>()) else { return };
    rows.update_rows(|_, row| {
        let along = dot(row, &first);
        row.iter_mut().zip(&first).for_each(|(value, common)| *value -= (along * f64::from(*common)) as f32);
    });
}

fn number(bytes: &[u8], kind: &str) -> f32 {
    let value = match (kind, bytes) {
        ("F32", &[a, b, c, d]) => f32::from_le_bytes([a, b, c, d]),
        ("BF16", &[a, b]) => f32::from_bits(u32::from(u16::from_le_bytes([a, b])) << 16),
        (_, &[a, b]) => half(u16::from_le_bytes([a, b])),
        _ => 0.0,
    };
    if value.is_finite() { value } else { 0.0 }
}

/// IEEE half precision.
fn half(bits: u16) -> f32 {
    let (sign, exponent, fraction) = (u32::from(bits >> 15) << 31, u32::from(bits >> 10) & 31, u32::from(bits) & 1023);
    match exponent {
        0 => {
            let value = fraction as f32 / 16_777_216.0;
            if sign == 0 { value } else { -value }
        }
        31 => f32::from_bits(sign | 0x7F80_0000 | (fraction << 13)),
        _ => f32::from_bits(sign | ((exponent + 112) << 23) | (fraction << 13)),
    }
}

fn is_tensors(bytes: &[u8]) -> bool {
    bytes.len() > 9 && bytes[8] == b'{' && bytes[..8].contains(&0)
}

/// Words and their rows: of a tokenizer.json (`model.vocab`), or of a list with one word a line.
fn word_list(bytes: &[u8]) -> Result<Vec<(String, usize)>> {
    let text = std::str::from_utf8(bytes).map_err(|_| wrong("the list of words is not UTF-8"))?;
    let mut words: Vec<(String, usize)> = if text.trim_start().starts_with('{') {
        let tokenizer: serde_json::Value = serde_json::from_str(text).map_err(|error| wrong(format!("the tokenizer: {error}")))?;
        match &tokenizer["model"]["vocab"] {
            serde_json::Value::Object(words) => {
                words.iter().filter_map(|(word, place)| Some((word.clone(), place.as_u64()? as usize))).collect()
            }
            serde_json::Value::Array(words) => {
                words.iter().enumerate().filter_map(|(place, word)| Some((word[0].as_str()?.to_owned(), place))).collect()
            }
            _ => return Err(wrong("the tokenizer has no `model.vocab`")),
        }
    } else {
        text.lines().enumerate().map(|(place, word)| (word.trim().to_owned(), place)).collect()
    };
    words.sort_by_key(|(_, place)| *place);
    // SentencePiece marks the beginning of a word, WordPiece a continuation, which is no word.
    words.retain(|(word, _)| !word.starts_with("##") && !word.is_empty());
    Ok(words.into_iter().map(|(word, place)| (word.trim_start_matches(['▁', 'Ġ']).to_lowercase(), place)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_with_and_without_a_first_line_are_read() {
        let glove = WordVectors::read(b"Ship 1 0.5\nharbour -1 2e-1\nship 9 9\n", None).unwrap();
        assert_eq!(glove.of("ship"), Some(&[1.0, 0.5][..]));
        let word2vec = WordVectors::read(b"2 2\nship 1 0.5\nharbour -1 0.2\n", None).unwrap();
        assert_eq!(word2vec.of("harbour"), Some(&[-1.0, 0.2][..]));
        assert!(WordVectors::read(b"ship 1 2\nharbour 1\n", None).unwrap_err().to_string().contains("line 2"));
        assert!(WordVectors::read(b"", None).is_err());
    }

    fn tensors(kind: &str, data: &[u8]) -> Vec<u8> {
        let header = format!("{{\"embeddings\":{{\"dtype\":\"{kind}\",\"shape\":[2,2],\"data_offsets\":[0,{}]}}}}", data.len());
        [&(header.len() as u64).to_le_bytes()[..], header.as_bytes(), data].concat()
    }

    #[test]
    fn safetensors_are_read_with_their_words() {
        let singles: Vec<u8> = [1.0f32, -2.0, 0.25, 3.0].iter().flat_map(|value| value.to_le_bytes()).collect();
        let found = WordVectors::read(&tensors("F32", &singles), Some(b"ship\nharbour\n")).unwrap();
        assert_eq!(found.of("harbour"), Some(&[0.25, 3.0][..]));
        // IEEE 754 half precision: 0x3C00 is 1, 0xC000 is -2, 0x3400 is 0.25, 0x0001 is 2⁻²⁴.
        let halves = [0x00, 0x3C, 0x00, 0xC0, 0x00, 0x34, 0x01, 0x00];
        let tokenizer = br###"{"model": {"vocab": {"harbour": 1, "Ship": 0, "##s": 1}}}"###;
        let found = WordVectors::read(&tensors("F16", &halves), Some(tokenizer)).unwrap();
        assert_eq!(found.of("ship"), Some(&[1.0, -2.0][..]));
        assert_eq!(found.of("harbour"), Some(&[0.25, 1.0 / 16_777_216.0][..]));
        assert_eq!(found.of("s"), None);
        assert!(WordVectors::read(&tensors("F32", &halves), Some(b"ship\nharbour\n")).unwrap_err().to_string().contains("shorter"));
        assert!(WordVectors::read(&tensors("I8", &halves), Some(b"a\n")).is_err());
        assert!(WordVectors::read(&[255; 40], Some(b"a\n")).is_err());
        assert!(WordVectors::read(&tensors("F32", &singles), None).unwrap_err().hint_text().unwrap().contains("--vectors-words"));
    }

    #[test]
    fn the_common_part_is_taken_out() {
        let mut rows = DenseRows::from_values(2, vec![5.0, 1.0, 5.0, -1.0, 5.0, 0.5, 5.0, -0.5]);
        without_common_part(&mut rows);
        assert!((0..4).all(|row| rows.row(row)[0].abs() < 1e-3), "{rows:?}");
        assert!((rows.row(0)[1] - 1.0).abs() < 1e-3);
    }
}
