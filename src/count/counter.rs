//! A worker's partial count: its documents, their surfaces and tokens.

use super::noting::{Fingerprint, KeptTokens, SurfaceKinds};
use super::streaming::{Scratch, StreamingCounts};
use crate::corpus::{Needs, RawDocument, TokenKind, TokenList};
use crate::error::Result;
use crate::fold::{FoldRule, detect};
use crate::memory::Interner;
use crate::tokenize::{Flags, SentenceRole, Tokenizer, WordRule, split_sentences};
use std::ops::Range;

/// How to count.
#[derive(Debug, Clone, Default)]
pub struct CountOptions {
    /// What the analyses need.
    pub needs: Needs,
    /// The metadata field that makes the groups, in lower case: `outlet`, or the derived `year`, `month`, `language`.
    pub group_field: String,
    /// Whether the user named that field: then a corpus without it is an error.
    pub group_field_is_stated: bool,
    /// Which characters make a word.
    pub word_rule: WordRule,
    /// Case, stems, stop words.
    pub fold: FoldRule,
    /// The language for stems and stop words (ISO 639-3); `None` takes the documents' most frequent one.
    pub language: Option<String>,
    /// Count lines that many documents of a group carry word for word; otherwise they are left out.
    pub keep_repeated_lines: bool,
    /// The field that holds document weights, if any.
    pub weight_field: Option<String>,
    /// Whether near-identical documents share the weight of one; needs more than group counts.
    pub wire_weights: bool,
}

/// A document's row before freezing.
#[derive(Debug, Default)]
pub(super) struct DocumentRow {
    pub id: String,
    pub title: String,
    pub url: String,
    pub date: Option<i32>,
    pub language: &'static str,
    pub words: u32,
    pub fingerprint: u128,
    pub fields: Vec<(u32, u32)>,
    pub tokens: Range<usize>,
    /// Where a streaming counter noted the words.
    pub noted: Range<u64>,
    /// A streaming counter's group, in `names`.
    pub group: Option<u32>,
    pub sentences: Range<usize>,
    pub lines: Range<usize>,
    pub text: String,
}

/// The partial count of one worker.
pub struct Counter {
    options: CountOptions,
    tokenizer: Tokenizer,
    pub(super) surfaces: Interner,
    kinds: SurfaceKinds,
    pub(super) surface_counts: Vec<u64>,
    pub(super) names: Interner,
    pub(super) rows: Vec<DocumentRow>,
    pub(super) tokens: TokenList,
    /// Hash of each line's words; 0 if it has none.
    line_hashes: Vec<u64>,
    /// Position of each line's first token within its document; empty in a streaming counter.
    line_starts: Vec<u32>,
    pub(super) streaming: Option<StreamingCounts>,
    /// What the document at hand tells of its sentences, token by token.
    marks: Vec<(Flags, SentenceRole)>,
    pub(super) replaced_characters: u64,
    pub(super) empty_documents: u64,
}

impl Counter {
    /// An empty count.
    pub fn new(options: &CountOptions) -> Self {
        // Streaming counts a word in lower case when it is read, so it can't fold to stems, which need the corpus' language.
        let streams = options.needs == Needs::GROUP_COUNTS && !options.fold.stem && options.fold.lower_case;
        Self {
            tokenizer: Tokenizer::new(options.word_rule, false),
            surfaces: Interner::default(),
            kinds: SurfaceKinds::default(),
            surface_counts: Vec::new(),
            names: Interner::default(),
            rows: Vec::new(),
            tokens: TokenList::default(),
            line_hashes: Vec::new(),
            line_starts: Vec::new(),
            streaming: streams.then(|| StreamingCounts::new(options.word_rule)),
            marks: Vec::new(),
            replaced_characters: 0,
            empty_documents: 0,
            options: options.clone(),
        }
    }

    /// Counts `document`, reading the byte `ranges` of its text. Its language is guessed if it is needed or `sampled`.
    pub fn add(&mut self, document: RawDocument, ranges: &[Range<usize>], sampled: bool) {
        if self.streaming.is_some() {
            return self.add_streamed(document, ranges, sampled);
        }
        let text = &document.text;
        let keeps_places = self.options.needs.has(Needs::TEXTS);
        let (first, first_sentence, first_line) = (self.tokens.surfaces.len(), self.tokens.sentence_starts.len(), self.line_hashes.len());
        let wrapped = is_hard_wrapped(text);
        self.marks.clear();
        let mut kept = KeptTokens {
            rule: self.options.word_rule,
            first,
            surfaces: &mut self.surfaces,
            kinds: &mut self.kinds,
            counts: &mut self.surface_counts,
            tokens: &mut self.tokens,
            marks: &mut self.marks,
            keeps_places,
            lines: (!wrapped && !self.options.keep_repeated_lines).then_some((&mut self.line_hashes, &mut self.line_starts)),
            line: Fingerprint::default(),
            words: 0,
            fingerprint: Fingerprint::default(),
        };
        ranges.iter().for_each(|range| self.tokenizer.tokenize_into(text, range.clone(), &mut kept));
        kept.end_line();
        let (words, fingerprint) = (kept.words, kept.fingerprint);
        if self.options.needs.has(Needs::TOKENS) {
            let marks = &self.marks;
            split_sentences(marks.len(), |index| marks[index].1, |index| marks[index].0, wrapped, &mut self.tokens.sentence_starts);
        }
        let row = DocumentRow {
            words,
            fingerprint: fingerprint.0,
            tokens: first..self.tokens.surfaces.len(),
            sentences: first_sentence..self.tokens.sentence_starts.len(),
            lines: first_line..self.line_hashes.len(),
            ..self.row(&document, self.options.needs.has(Needs::LANGUAGES) || sampled)
        };
        self.rows.push(DocumentRow {
            text: if keeps_places { document.text } else { String::new() },
            title: document.title,
            url: document.url,
            ..row
        });
    }

    /// Counts a document whose words are not kept, nor its title and address, which no group count asks for.
    fn add_streamed(&mut self, document: RawDocument, ranges: &[Range<usize>], sampled: bool) {
        let group = document.group_value(&self.options.group_field).map(|value| self.names.intern(&value));
        let Some(streaming) = &mut self.streaming else { return };
        let first_line = self.line_hashes.len();
        let has_lines = !self.options.keep_repeated_lines && !is_hard_wrapped(&document.text);
        let counted = streaming.add(&document.text, ranges, group, has_lines.then_some(&mut self.line_hashes));
        let row = DocumentRow {
            words: counted.words,
            fingerprint: counted.fingerprint,
            noted: counted.noted,
            group,
            lines: first_line..self.line_hashes.len(),
            ..self.row(&document, sampled)
        };
        self.rows.push(row);
    }

    /// What both ways of counting keep of a document.
    fn row(&mut self, document: &RawDocument, guess_language: bool) -> DocumentRow {
        self.replaced_characters += u64::from(document.replaced_characters);
        DocumentRow {
            id: document.id.clone(),
            date: document.date,
            language: if guess_language { detect(&document.text).unwrap_or("") } else { "" },
            fields: document.fields.iter().map(|(name, value)| (self.names.intern(name), self.names.intern(value))).collect(),
            ..DocumentRow::default()
        }
    }

    /// The hashes of the lines of a document.
    pub(super) fn line_hashes(&self, row: usize) -> &[u64] {
        &self.line_hashes[self.rows[row].lines.clone()]
    }

    /// The lines of a document whose tokens are kept: hash of their words and position of their first token.
    pub(super) fn lines_of(&self, row: usize) -> impl ExactSizeIterator<Item = (u64, usize)> + '_ {
        let range = self.rows[row].lines.clone();
        let starts = if self.line_starts.is_empty() { &[] } else { &self.line_starts[range.clone()] };
        self.line_hashes[range].iter().copied().zip(starts.iter().map(|&start| start as usize))
    }

    /// The words of a document's line `number`: as printed, with marks, or as counted where tokens are not kept.
    ///
    /// # Errors
    /// An output error if a streaming counter can't read back what it noted.
    pub(super) fn text_of_line(&self, row: usize, number: usize) -> Result<String> {
        let words: Vec<&str> = match &self.streaming {
            Some(streaming) => streaming.words_of_line(self.rows[row].noted.clone(), number)?,
            None => {
                let tokens = &self.tokens.surfaces[self.rows[row].tokens.clone()];
                let mut starts = self.lines_of(row).skip(number).map(|line| line.1);
                let (start, end) = (starts.next().unwrap_or(0), starts.next().unwrap_or(tokens.len()));
                tokens[start..end].iter().map(|&id| self.surfaces.get(id)).collect()
            }
        };
        Ok(words.join(" "))
    }

    /// Takes lines out of the counts of a streaming counter; returns how many words they had.
    ///
    /// # Errors
    /// An output error if what was noted can't be read back.
    pub(super) fn leave_out(&mut self, row: usize, is_left_out: impl Fn(usize) -> bool, scratch: &mut Scratch) -> Result<u32> {
        let row = &self.rows[row];
        let Some(streaming) = &mut self.streaming else { return Ok(0) };
        streaming.leave_out(row.group, row.noted.clone(), is_left_out, scratch)
    }

    /// Gives kept tokens the corpus' surface ids: `ranks` has one for each of this counter's. From here on lines can't be read back.
    pub(super) fn renumber(&mut self, ranks: &[u32]) {
        self.tokens.surfaces.iter_mut().for_each(|token| *token = ranks[*token as usize]);
    }

    /// Kind of the surface with this counter's id.
    pub(super) fn kind(&self, id: u32) -> TokenKind {
        self.kinds.kind(id)
    }
}

/// Whether the text has hard line ends inside paragraphs, as e-mail and old wire copy have: most lines that are followed
/// by another are 40 to 90 characters long, and none is much longer.
fn is_hard_wrapped(text: &str) -> bool {
    let (mut full, mut inner) = (0, 0);
    let mut before: Option<usize> = None;
    let mut start = 0;
    for _ in 0..200 {
        if start >= text.len() {
            break;
        }
        let end = memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |found| start + found);
        let line = &text[start..end];
        if line.len() > 100 {
            return false;
        }
        let is_blank = line.trim().is_empty();
        if let Some(length) = before.filter(|_| !is_blank) {
            inner += 1;
            full += usize::from((40..=90).contains(&length));
        }
        before = (!is_blank).then_some(line.len());
        start = end + 1;
    }
    inner >= 3 && full * 10 >= inner * 7
}
