//! Reading of token-a-line files: `token<TAB>tag`, a blank line after a sentence, `-DOCSTART-` before a document.

use super::error::TaggerError;
use super::labels::{EntityKind, EntitySpan};
use std::io::BufRead;

/// The token that starts a document.
pub(super) const DOCUMENT_START: &str = "-DOCSTART-";

/// One document of a tagged file.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct TaggedDocument {
    /// The tokens as they stand in the file.
    pub tokens: Vec<String>,
    /// The first token of each sentence.
    pub sentence_starts: Vec<u32>,
    /// The entities that the tags mark.
    pub spans: Vec<EntitySpan>,
}

/// A tagged file.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct TaggedFile {
    /// The name used in messages.
    pub name: String,
    /// Its documents; without marks of documents, each sentence is one.
    pub documents: Vec<TaggedDocument>,
    /// Its lines as read.
    pub lines: Vec<String>,
}

/// Reads a tagged file. `name` stands in messages. Lines without a tag are taken as `O` if `tags_optional`.
pub fn read_tagged(reader: impl BufRead, name: &str, tags_optional: bool) -> Result<TaggedFile, TaggerError> {
    let mut file = TaggedFile { name: name.to_owned(), ..TaggedFile::default() };
    let mut builder = Builder::default();
    for (index, line) in reader.split(b'\n').enumerate() {
        let bytes = line.map_err(|error| TaggerError::at(name, index + 1, error.to_string()))?;
        let mut line = String::from_utf8(bytes).map_err(|_| TaggerError::at(name, index + 1, "the line is not UTF-8 text"))?;
        if line.ends_with('\r') {
            line.pop();
        }
        if index == 0 && line.starts_with('\u{feff}') {
            line.drain(..'\u{feff}'.len_utf8());
        }
        builder.line(&line, name, index + 1, tags_optional)?;
        file.lines.push(line);
    }
    builder.end_document();
    file.documents = if builder.marked { builder.documents } else { single_sentences(&builder.documents) };
    Ok(file)
}

/// Whether a line is a token (not blank, not the start of a document).
pub(super) fn is_token(line: &str) -> bool {
    !line.trim().is_empty() && line.split('\t').next() != Some(DOCUMENT_START)
}

#[derive(Default)]
struct Builder {
    documents: Vec<TaggedDocument>,
    current: TaggedDocument,
    open: Option<(u32, EntityKind)>,
    fresh_sentence: bool,
    marked: bool,
}

impl Builder {
    fn line(&mut self, line: &str, name: &str, number: usize, tags_optional: bool) -> Result<(), TaggerError> {
        if line.trim().is_empty() {
            self.end_sentence();
            return Ok(());
        }
        let mut fields = line.split('\t');
        let token = fields.next().unwrap_or_default();
        if token == DOCUMENT_START {
            self.end_document();
            self.marked = true;
            return Ok(());
        }
        if token.is_empty() {
            return Err(TaggerError::at(name, number, "the line has no token before its tab"));
        }
        let tag = match fields.next() {
            Some(tag) => tag,
            None if tags_optional => "O",
            None => {
                return Err(TaggerError::at(name, number, "expected a token, a tab and a tag"));
            }
        };
        let position = self.current.tokens.len() as u32;
        if self.fresh_sentence || position == 0 {
            self.current.sentence_starts.push(position);
            self.fresh_sentence = false;
        }
        match parse_tag(tag) {
            Some(None) => self.close(position),
            Some(Some((starts, kind))) => {
                if starts || self.open.is_none_or(|open| open.1 != kind) {
                    self.close(position);
                    self.open = Some((position, kind));
                }
            }
            None => {
                let message = format!("unknown tag {tag:?}; expected O, or B- or I- with PER, ORG, LOC or MISC");
                return Err(TaggerError::at(name, number, message));
            }
        }
        self.current.tokens.push(token.to_owned());
        Ok(())
    }

    fn close(&mut self, end: u32) {
        if let Some((start, kind)) = self.open.take() {
            self.current.spans.push(EntitySpan { start, end, kind });
        }
    }

    fn end_sentence(&mut self) {
        self.close(self.current.tokens.len() as u32);
        self.fresh_sentence = true;
    }

    fn end_document(&mut self) {
        self.end_sentence();
        let document = std::mem::take(&mut self.current);
        if !document.tokens.is_empty() {
            self.documents.push(document);
        }
    }
}

fn parse_tag(tag: &str) -> Option<Option<(bool, EntityKind)>> {
    if tag == "O" {
        return Some(None);
    }
    let (prefix, code) = tag.split_once('-')?;
    let kind = EntityKind::from_code(code)?;
    match prefix {
        "B" => Some(Some((true, kind))),
        "I" => Some(Some((false, kind))),
        _ => None,
    }
}

fn single_sentences(documents: &[TaggedDocument]) -> Vec<TaggedDocument> {
    let mut sentences = Vec::new();
    for document in documents {
        let mut spans = document.spans.iter().peekable();
        for (number, &start) in document.sentence_starts.iter().enumerate() {
            let count = document.tokens.len() as u32;
            let end = document.sentence_starts.get(number + 1).copied().unwrap_or(count);
            let mut sentence = TaggedDocument {
                tokens: document.tokens[start as usize..end as usize].to_vec(),
                sentence_starts: vec![0],
                spans: Vec::new(),
            };
            while let Some(span) = spans.next_if(|span| span.start < end) {
                sentence.spans.push(EntitySpan { start: span.start - start, end: span.end - start, kind: span.kind });
            }
            sentences.push(sentence);
        }
    }
    sentences
}

/// Collects distinct strings and gives each a number, in order of arrival.
#[derive(Default)]
pub(super) struct Surfaces {
    /// The strings by number.
    pub(super) list: Vec<String>,
    numbers: std::collections::HashMap<String, u32>,
}

impl Surfaces {
    /// The number of a string.
    pub(super) fn number(&mut self, text: &str) -> u32 {
        if let Some(&number) = self.numbers.get(text) {
            return number;
        }
        let number = self.list.len() as u32;
        self.list.push(text.to_owned());
        self.numbers.insert(text.to_owned(), number);
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "-DOCSTART-\tO\n\nAnna\tB-PER\nLund\tI-PER\nleft\tO\n\nOslo\tI-LOC\nBergen\tB-LOC\nFC\tI-ORG\n";

    #[test]
    fn documents_sentences_and_spans_are_read() {
        let file = read_tagged(TEXT.as_bytes(), "t", false).expect("reads");
        assert_eq!(file.documents.len(), 1);
        let document = &file.documents[0];
        assert_eq!(document.sentence_starts, [0, 3]);
        let spans: Vec<_> = document.spans.iter().map(|span| (span.start, span.end, span.kind.code())).collect();
        assert_eq!(spans, [(0, 2, "PER"), (3, 4, "LOC"), (4, 5, "LOC"), (5, 6, "ORG")]);
    }

    #[test]
    fn without_marks_a_sentence_is_a_document() {
        let text = TEXT.trim_start_matches("-DOCSTART-\tO\n");
        let file = read_tagged(text.as_bytes(), "t", false).expect("reads");
        assert_eq!(file.documents.len(), 2);
        assert_eq!(file.documents[1].spans[0].start, 0);
    }

    #[test]
    fn a_bad_line_is_named() {
        for (text, line) in [("a\tO\nb\n", 2), ("a\tB-DATE\n", 1), ("a\tO\n\n\tO\n", 3)] {
            let error = read_tagged(text.as_bytes(), "x.tsv", false).expect_err("is refused");
            assert_eq!((error.file.as_str(), error.line), ("x.tsv", line));
        }
        assert!(read_tagged("a\nb\n".as_bytes(), "x", true).is_ok());
        assert!(read_tagged(&b"\xff\tO\n"[..], "x", true).is_err());
    }
}
