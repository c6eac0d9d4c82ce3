//! All documents' tokens as surface ids.

use crate::memory::BitList;

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

/// Ragged lists of surface ids, one a document, with sentence starts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tokens {
    /// Surface ids of all documents, one after the other.
    pub surfaces: Vec<u32>,
    /// Where each document starts in `surfaces`; one more than there are documents.
    pub document_starts: Vec<u64>,
    /// Sentence starts of all documents, as positions *within* the document.
    pub sentence_starts: Vec<u32>,
    /// Where each document starts in `sentence_starts`; one more than there are documents.
    pub sentence_offsets: Vec<u64>,
    /// Byte range of each token in the document's text as read; empty unless texts are kept.
    pub places: Vec<(u32, u32)>,
    /// Whether white space stands before each token: what it takes to write a passage out again.
    pub spaces: BitList,
}

impl Tokens {
    /// How many documents there are.
    pub fn documents(&self) -> usize {
        self.document_starts.len().saturating_sub(1)
    }

    /// The surface ids of `document`.
    #[inline]
    pub fn of(&self, document: usize) -> &[u32] {
        &self.surfaces[self.document_starts[document] as usize..self.document_starts[document + 1] as usize]
    }

    /// Positions within `document` where sentences start; the first is 0 unless the document is empty.
    #[inline]
    pub fn sentences_of(&self, document: usize) -> &[u32] {
        &self.sentence_starts[self.sentence_offsets[document] as usize..self.sentence_offsets[document + 1] as usize]
    }

    /// Whether white space stands before the token at `position` of `document`.
    #[inline]
    pub fn follows_space(&self, document: usize, position: usize) -> bool {
        self.spaces.get(self.document_starts[document] as usize + position)
    }

    /// Byte ranges of the tokens of `document` in its text; `None` unless texts are kept.
    pub fn places_of(&self, document: usize) -> Option<&[(u32, u32)]> {
        (!self.places.is_empty())
            .then(|| &self.places[self.document_starts[document] as usize..self.document_starts[document + 1] as usize])
    }
}
