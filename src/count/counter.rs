//! A worker's partial count: its documents, their surfaces and tokens.

use super::streaming::{Scratch, StreamingCounts};
use crate::corpus::{Needs, RawDocument, TokenKind};
use crate::error::Result;
use crate::fold::{FoldRule, detect};
use crate::memory::{BitList, Interner};
use crate::tokenize::{Flags, Form, Tokenizer, WordRule, split_sentences};

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
    pub tokens: std::ops::Range<usize>,
    /// Where a streaming counter noted the words.
    pub noted: std::ops::Range<u64>,
    /// A streaming counter's group, in `names`.
    pub group: Option<u32>,
    pub sentences: std::ops::Range<usize>,
    pub lines: std::ops::Range<usize>,
    pub text: String,
}

/// The partial count of one worker.
pub struct Counter {
    options: CountOptions,
    tokenizer: Tokenizer,
    pub(super) surfaces: Interner,
    pub(super) forms: Vec<Form>,
    pub(super) surface_counts: Vec<u64>,
    hashes: Vec<u64>,
    pub(super) names: Interner,
    pub(super) rows: Vec<DocumentRow>,
    pub(super) tokens: Vec<u32>,
    pub(super) places: Vec<(u32, u32)>,
    /// Whether white space stands before each token.
    pub(super) spaces: BitList,
    pub(super) sentence_starts: Vec<u32>,
    /// Hash of each line's words; 0 if it has none.
    line_hashes: Vec<u64>,
    /// Position of each line's first token within its document; empty in a streaming counter.
    line_starts: Vec<u32>,
    pub(super) streaming: Option<StreamingCounts>,
    flags: Vec<Flags>,
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
            forms: Vec::new(),
            surface_counts: Vec::new(),
            hashes: Vec::new(),
            names: Interner::default(),
            rows: Vec::new(),
            tokens: Vec::new(),
            places: Vec::new(),
            spaces: BitList::default(),
            sentence_starts: Vec::new(),
            line_hashes: Vec::new(),
            line_starts: Vec::new(),
            streaming: streams.then(|| StreamingCounts::new(options.word_rule)),
            flags: Vec::new(),
            replaced_characters: 0,
            empty_documents: 0,
            options: options.clone(),
        }
    }

    /// Counts `document`, reading the byte `ranges` of its text. Its language is guessed if it is needed or `sampled`.
    pub fn add(&mut self, document: RawDocument, ranges: &[std::ops::Range<usize>], sampled: bool) {
        if self.streaming.is_some() {
            return self.add_streamed(document, ranges, sampled);
        }
        let text = &document.text;
        let keeps_places = self.options.needs.has(Needs::TEXTS);
        let first = self.tokens.len();
        let (mut words, mut fingerprint) = (0, Fingerprint::default());
        let rule = self.options.word_rule;
        self.flags.clear();
        for range in ranges {
            let (surfaces, forms, hashes, counts) = (&mut self.surfaces, &mut self.forms, &mut self.hashes, &mut self.surface_counts);
            let (tokens, places, flags, spaces) = (&mut self.tokens, &mut self.places, &mut self.flags, &mut self.spaces);
            self.tokenizer.tokenize(text, range.clone(), &mut |surface, place, flag| {
                let id = surfaces.intern(surface);
                if id as usize == forms.len() {
                    forms.push(form_under(rule, surface));
                    hashes.push(hash_folded(surface));
                    counts.push(0);
                }
                counts[id as usize] += 1;
                if forms[id as usize].kind.counts_as_word() {
                    words += 1;
                    fingerprint.add(hashes[id as usize]);
                }
                tokens.push(id);
                flags.push(flag);
                spaces.push(flag.has(Flags::SPACE));
                if keeps_places {
                    places.push((place.start as u32, place.end as u32));
                }
            });
        }
        let (first_sentence, first_line) = (self.sentence_starts.len(), self.line_hashes.len());
        let role = |index: usize| self.forms[self.tokens[first + index] as usize].role;
        let wrapped = is_hard_wrapped(text);
        if self.options.needs.has(Needs::TOKENS) {
            split_sentences(self.tokens.len() - first, role, |index| self.flags[index], wrapped, &mut self.sentence_starts);
        }
        if !wrapped && !self.options.keep_repeated_lines {
            self.push_lines(first);
        }
        let row = DocumentRow {
            words,
            fingerprint: fingerprint.0,
            tokens: first..self.tokens.len(),
            sentences: first_sentence..self.sentence_starts.len(),
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
    fn add_streamed(&mut self, document: RawDocument, ranges: &[std::ops::Range<usize>], sampled: bool) {
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

    /// Notes hash and start of every line of the tokens from `first` on.
    fn push_lines(&mut self, first: usize) {
        let tokens = &self.tokens[first..];
        let mut start = 0;
        while start < tokens.len() {
            let end = (start + 1..tokens.len()).find(|&index| self.flags[index].has(Flags::LINE)).unwrap_or(tokens.len());
            let mut hash = Fingerprint::default();
            let words = tokens[start..end].iter().filter(|&&id| self.forms[id as usize].kind.counts_as_word());
            words.for_each(|&id| hash.add(self.hashes[id as usize]));
            self.line_hashes.push(hash.0 as u64 ^ (hash.0 >> 64) as u64);
            self.line_starts.push(start as u32);
            start = end;
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
                let tokens = &self.tokens[self.rows[row].tokens.clone()];
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

    /// Kind of the surface with this counter's id.
    pub(super) fn kind(&self, id: u32) -> TokenKind {
        self.forms[id as usize].kind
    }
}

/// The form of a surface; the simple rule gives nothing but words, runs of underscores among them.
fn form_under(rule: WordRule, surface: &str) -> Form {
    let form = Form::of(surface);
    let is_word = rule == WordRule::Simple && !form.kind.counts_as_word();
    if is_word { Form { kind: TokenKind::Word, ..form } } else { form }
}

/// Order-dependent hash of a document's words without case: equal for exact duplicates.
#[derive(Default)]
struct Fingerprint(u128);

impl Fingerprint {
    fn add(&mut self, hash: u64) {
        self.0 = (self.0.rotate_left(23) ^ u128::from(hash)).wrapping_mul(0x2360_ED05_1FC6_5DA4_4385_DF64_9FCC_F645);
    }
}

/// FNV-1a of the lower-case form: the same on every machine and in every version.
fn hash_folded(surface: &str) -> u64 {
    let fold = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    if surface.is_ascii() {
        surface.bytes().map(|byte| byte.to_ascii_lowercase()).fold(0xcbf2_9ce4_8422_2325, fold)
    } else {
        surface.to_lowercase().bytes().fold(0xcbf2_9ce4_8422_2325, fold)
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
