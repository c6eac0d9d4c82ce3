//! The corpus after counting: documents, surfaces, tokens, terms, groups. Everything is an integer from here on.
//!
//! Comes in: what `count` and `fold` made. Goes out: what an analysis may ask for. Not here: files, text cleaning,
//! any statistic.

#[cfg(test)]
pub mod by_hand;
mod counts;
mod documents;
mod groups;
mod ids;
mod lent;
mod needs;
mod raw;
mod tokens;
mod vocabulary;

pub use counts::{DocumentTermMatrix, GroupTermMatrix, WeightedGroupTerms, WeightedTotals};
pub use documents::{Documents, Field};
pub use groups::Groups;
pub use ids::{DocId, GroupId, NONE, SurfaceId, TermId};
pub use lent::{Features, Lent};
pub use needs::Needs;
pub use raw::{RawDocument, Reject, derived_from_date};
pub use tokens::{TokenKind, TokenList, TokenSpan, Tokens};
pub use vocabulary::{Folding, Surfaces, Vocabulary};

/// Facts about reading that reports and `run.json` show.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReadingNotes {
    /// Rows that could not be used, in input order.
    pub rejects: Vec<Reject>,
    /// Damaged bytes that became U+FFFD.
    pub replaced_characters: u64,
    /// Sentences for people: which columns were guessed, which encodings were met.
    pub remarks: Vec<String>,
    /// Which column plays which part (`text`, `outlet` …), as (part, column): those on which all tables read agree.
    pub columns: Vec<(String, String)>,
    /// Dates left missing because day and month could be swapped.
    pub ambiguous_dates: u64,
    /// Lines left out because many documents of one group carry them word for word, by group and text.
    pub repeated_lines: Vec<RepeatedLine>,
    /// Documents without usable words.
    pub empty_documents: u64,
    /// Documents whose id was taken and got a number appended.
    pub repeated_ids: u64,
}

/// A line that many documents of one group carry word for word: a footer, a subscription line, an author's note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepeatedLine {
    /// The group's name.
    pub group: String,
    /// The line's tokens.
    pub text: String,
    /// Documents of the group that carry it.
    pub documents: u32,
    /// How often it was left out; a document may carry it twice.
    pub occurrences: u32,
}

/// Everything that analyses may ask about the texts.
#[derive(Debug)]
pub struct Corpus {
    /// One row a document, sorted by id.
    pub documents: Documents,
    /// The groups that are compared and each document's group.
    pub groups: Groups,
    /// Distinct token forms as printed (after normalisation), sorted by bytes.
    pub surfaces: Surfaces,
    /// Every document's surface ids; present if `Needs::TOKENS` was asked.
    pub tokens: Option<Tokens>,
    /// From surfaces to terms under the run's folding.
    pub folding: Folding,
    /// Terms of the run's folding, sorted by bytes, with corpus and document frequency.
    pub terms: Vocabulary,
    /// Documents × terms; present if `Needs::DOCUMENT_TERMS` was asked.
    pub document_terms: Option<DocumentTermMatrix>,
    /// Groups × terms, counts and document frequencies; always present.
    pub group_terms: GroupTermMatrix,
    /// The texts as read, by document; present if `Needs::TEXTS` was asked.
    pub texts: Option<Vec<String>>,
    /// The language that stems and stop words follow, as ISO 639-3 (`eng`), or empty if unknown.
    pub language: String,
    /// What reading had to say.
    pub notes: ReadingNotes,
    /// What the pipeline lends from one analysis to another.
    pub lent: Lent,
}

impl Corpus {
    /// Groups × terms with every document counted by its weight; `None` where all weigh 1, so that `group_terms` says the
    /// same, or where documents × terms were not asked for (the planner asks for them whenever there are weights).
    pub fn weighted_group_terms(&self) -> Option<WeightedGroupTerms> {
        let matrix = self.document_terms.as_ref().filter(|_| self.documents.is_weighted())?;
        Some(WeightedGroupTerms::sum(matrix, &self.groups, &self.documents))
    }

    /// The tokens, for analyses that declared `Needs::TOKENS`.
    ///
    /// # Errors
    /// An internal error if the analysis forgot to declare the need.
    pub fn tokens(&self) -> crate::error::Result<&Tokens> {
        self.tokens.as_ref().ok_or_else(|| crate::error::Error::internal("an analysis asked for tokens without stating the need"))
    }

    /// Fills `out` with the terms of `document` by stretches: words that follow each other within a sentence and without punctuation
    /// between them (a split-off `'s` does not part them). [`NONE`] stands between stretches.
    ///
    /// # Errors
    /// An internal error if the analysis forgot to declare the need of tokens.
    pub fn stretches(&self, document: usize, out: &mut Vec<u32>) -> crate::error::Result<()> {
        let tokens = self.tokens()?;
        out.clear();
        let mut starts = tokens.sentences_of(document).iter().peekable();
        for (position, &surface) in tokens.of(document).iter().enumerate() {
            if starts.next_if(|start| **start as usize == position).is_some() {
                out.push(NONE);
            }
            match self.folding.term(surface) {
                Some(term) => out.push(term),
                None if self.surfaces.kinds[surface as usize] == TokenKind::Clitic => {}
                None => out.push(NONE),
            }
        }
        Ok(())
    }

    /// Documents × terms, for analyses that declared `Needs::DOCUMENT_TERMS`.
    ///
    /// # Errors
    /// An internal error if the analysis forgot to declare the need.
    pub fn document_terms(&self) -> crate::error::Result<&DocumentTermMatrix> {
        self.document_terms
            .as_ref()
            .ok_or_else(|| crate::error::Error::internal("an analysis asked for document counts without stating the need"))
    }
}
