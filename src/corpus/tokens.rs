//! All documents' tokens as surface ids.

use crate::memory::BitList;
use std::ops::Range;

/// What a token is. Decided by the tokenizer from the form alone, so it is a property of the surface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[repr(u8)]
pub enum TokenKind {
    /// A word: letters, with inner apostrophes, hyphens and digits.
    #[default]
    Word,
    /// A number: digits with separators, signs and ordinals left to words.
    Number,
    /// Punctuation and symbols.
    Punctuation,
    /// A split-off ending: `'s`.
    Clitic,
    /// A web address.
    Url,
    /// An e-mail address.
    Email,
    /// `#tag`.
    Hashtag,
    /// `@name`.
    Mention,
}

impl TokenKind {
    /// Whether tokens of this kind are counted as words (the denominator of every rate): words, numbers, hashtags, mentions.
    #[inline]
    pub const fn counts_as_word(self) -> bool {
        matches!(self, Self::Word | Self::Number | Self::Hashtag | Self::Mention)
    }
}

/// The tokens of some documents, one after the other, and what is known of each.
#[derive(Debug, Clone, Default)]
pub struct TokenList {
    /// Surface ids.
    pub surfaces: Vec<u32>,
    /// Whether white space stands before each token: what it takes to write a passage out again.
    pub spaces: BitList,
    /// Byte range of each token in its document's text as read; empty unless texts are kept.
    pub places: Vec<(u32, u32)>,
    /// Sentence starts, as positions *within* the document.
    pub sentence_starts: Vec<u32>,
}

/// Where a document's tokens are.
#[derive(Debug, Clone, Default)]
pub struct TokenSpan {
    /// Which list.
    pub list: usize,
    /// Its tokens in the list.
    pub tokens: Range<usize>,
    /// Its sentence starts in the list's.
    pub sentences: Range<usize>,
}

/// All documents' tokens: each document is a stretch of one of a few lists, so that nothing is copied when they are put in order.
#[derive(Debug, Clone, Default)]
pub struct Tokens {
    lists: Vec<TokenList>,
    spans: Vec<TokenSpan>,
}

impl Tokens {
    /// The tokens of documents, one of `spans` each, in `lists`.
    pub fn new(lists: Vec<TokenList>, spans: Vec<TokenSpan>) -> Self {
        Self { lists, spans }
    }

    /// Tokens of documents of sentences.
    #[cfg(test)]
    pub(crate) fn of_sentences(documents: &[Vec<Vec<u32>>]) -> Self {
        let (mut list, mut spans) = (TokenList::default(), Vec::new());
        for document in documents {
            let (first, first_sentence) = (list.surfaces.len(), list.sentence_starts.len());
            for sentence in document {
                list.sentence_starts.push((list.surfaces.len() - first) as u32);
                list.surfaces.extend(sentence);
            }
            spans.push(TokenSpan { list: 0, tokens: first..list.surfaces.len(), sentences: first_sentence..list.sentence_starts.len() });
        }
        Self::new(vec![list], spans)
    }

    /// How many documents there are.
    pub fn documents(&self) -> usize {
        self.spans.len()
    }

    /// The surface ids of `document`.
    #[inline]
    pub fn of(&self, document: usize) -> &[u32] {
        let span = &self.spans[document];
        &self.lists[span.list].surfaces[span.tokens.clone()]
    }

    /// Positions within `document` where sentences start; the first is 0 unless the document is empty.
    #[inline]
    pub fn sentences_of(&self, document: usize) -> &[u32] {
        let span = &self.spans[document];
        &self.lists[span.list].sentence_starts[span.sentences.clone()]
    }

    /// Whether white space stands before the token at `position` of `document`.
    #[inline]
    pub fn follows_space(&self, document: usize, position: usize) -> bool {
        let span = &self.spans[document];
        self.lists[span.list].spaces.get(span.tokens.start + position)
    }

    /// Byte ranges of the tokens of `document` in its text; `None` unless texts are kept.
    pub fn places_of(&self, document: usize) -> Option<&[(u32, u32)]> {
        let span = &self.spans[document];
        let places = &self.lists[span.list].places;
        (!places.is_empty()).then(|| &places[span.tokens.clone()])
    }
}

impl PartialEq for Tokens {
    /// Whether the documents are equal, in whatever lists they stand.
    fn eq(&self, other: &Self) -> bool {
        let is_equal = |document: usize| {
            let spaces = |tokens: &Self| (0..tokens.of(document).len()).map(|at| tokens.follows_space(document, at)).collect::<Vec<_>>();
            self.of(document) == other.of(document)
                && self.sentences_of(document) == other.sentences_of(document)
                && self.places_of(document) == other.places_of(document)
                && spaces(self) == spaces(other)
        };
        self.documents() == other.documents() && (0..self.documents()).all(is_equal)
    }
}
