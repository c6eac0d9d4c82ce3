//! A worker's partial count: its documents, their surfaces and tokens.

use super::streaming::StreamingCounts;
use crate::corpus::{Needs, RawDocument, TokenKind};
use crate::fold::{FoldRule, Folder, detect};
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
#[derive(Debug)]
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
    /// Hash of each line's words and the position of its first token within its document.
    pub(super) lines: Vec<(u64, u32)>,
    pub(super) streaming: Option<StreamingCounts>,
    flags: Vec<Flags>,
    pub(super) replaced_characters: u64,
    pub(super) empty_documents: u64,
}

impl Counter {
    /// An empty count.
    pub fn new(options: &CountOptions) -> Self {
        // Streaming counts a word when it is read, so it can't leave out lines that turn out to be repeated, nor fold to
        // stems, which need the corpus' language: both are done from kept tokens instead.
        let words_only = options.needs == Needs::GROUP_COUNTS;
        let streams = words_only && !options.fold.stem && options.keep_repeated_lines;
        Self {
            tokenizer: Tokenizer::new(options.word_rule, words_only),
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
            lines: Vec::new(),
            streaming: streams.then(|| StreamingCounts::new(Folder::new(&options.fold, ""))),
            flags: Vec::new(),
            replaced_characters: 0,
            empty_documents: 0,
            options: options.clone(),
        }
    }

    /// Counts `document`, reading the byte `ranges` of its text. Its language is guessed if tokens are kept or `sampled`.
    pub fn add(&mut self, document: RawDocument, ranges: &[std::ops::Range<usize>], sampled: bool) {
        let text = &document.text;
        let keeps_tokens = self.streaming.is_none();
        let keeps_places = self.options.needs.has(Needs::TEXTS);
        let group = document.group_value(&self.options.group_field).map(|value| self.names.intern(&value));
        let first = self.tokens.len();
        let (mut words, mut fingerprint) = (0, Fingerprint::default());
        let rule = self.options.word_rule;
        if let Some(counts) = &mut self.streaming {
            counts.begin_document(group);
        }
        self.flags.clear();
        for range in ranges {
            let (surfaces, forms, hashes, counts) = (&mut self.surfaces, &mut self.forms, &mut self.hashes, &mut self.surface_counts);
            let (tokens, places, flags, streaming) = (&mut self.tokens, &mut self.places, &mut self.flags, &mut self.streaming);
            let spaces = &mut self.spaces;
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
                    if let Some(streaming) = streaming {
                        streaming.add(id, || (surface, forms[id as usize].kind));
                    }
                }
                if keeps_tokens {
                    tokens.push(id);
                    flags.push(flag);
                    spaces.push(flag.has(Flags::SPACE));
                    if keeps_places {
                        places.push((place.start as u32, place.end as u32));
                    }
                }
            });
        }
        if let Some(counts) = &mut self.streaming {
            counts.end_document(words);
        }
        let (first_sentence, first_line) = (self.sentence_starts.len(), self.lines.len());
        if keeps_tokens {
            let (tokens, forms, flags) = (&self.tokens[first..], &self.forms, &self.flags);
            let role = |index: usize| forms[tokens[index] as usize].role;
            let wrapped = is_hard_wrapped(text);
            if self.options.needs.has(Needs::TOKENS) {
                split_sentences(tokens.len(), role, |index| flags[index], wrapped, &mut self.sentence_starts);
            }
            if !wrapped && !self.options.keep_repeated_lines {
                push_lines(tokens, flags, &self.hashes, &mut self.lines);
            }
        }
        self.replaced_characters += u64::from(document.replaced_characters);
        self.empty_documents += u64::from(words == 0);
        let language = if self.options.needs != Needs::GROUP_COUNTS || sampled { detect(text).unwrap_or("") } else { "" };
        let fields = document.fields.iter().map(|(name, value)| (self.names.intern(name), self.names.intern(value))).collect();
        self.rows.push(DocumentRow {
            date: document.date,
            language,
            words,
            fingerprint: fingerprint.0,
            fields,
            tokens: first..self.tokens.len(),
            sentences: first_sentence..self.sentence_starts.len(),
            lines: first_line..self.lines.len(),
            text: if keeps_places { document.text } else { String::new() },
            id: document.id,
            title: document.title,
            url: document.url,
        });
    }

    /// The lines of a document: hash of their words and position of their first token.
    pub(super) fn lines_of(&self, row: usize) -> &[(u64, u32)] {
        &self.lines[self.rows[row].lines.clone()]
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

/// Appends hash and start of every line.
fn push_lines(tokens: &[u32], flags: &[Flags], hashes: &[u64], lines: &mut Vec<(u64, u32)>) {
    let mut start = 0;
    while start < tokens.len() {
        let end = (start + 1..tokens.len()).find(|&index| flags[index].has(Flags::LINE)).unwrap_or(tokens.len());
        let mut hash = Fingerprint::default();
        tokens[start..end].iter().for_each(|&id| hash.add(hashes[id as usize]));
        lines.push((hash.0 as u64 ^ (hash.0 >> 64) as u64, start as u32));
        start = end;
    }
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
    let (mut full, mut inner, mut longest) = (0, 0, 0);
    let mut lines = text.lines().take(200).peekable();
    while let Some(line) = lines.next() {
        longest = longest.max(line.len());
        if !line.trim().is_empty() && lines.peek().is_some_and(|next| !next.trim().is_empty()) {
            inner += 1;
            full += usize::from((40..=90).contains(&line.len()));
        }
    }
    inner >= 3 && longest <= 100 && full * 10 >= inner * 7
}
