//! The tables of the overview.

use crate::table::glossary::{DATE, DOCUMENT, GROUP, MONTH, TITLE, WORDS, column};
use crate::table::{ColumnKind, ColumnSpec, TableSpec};
use ColumnKind::{Date, Decimal, Integer, Share, Text};

column!(/// Documents.
    N_DOCUMENTS, "documents", "Documents", Integer, "documents", "Documents of the group.", "");
column!(/// Share of words.
    WORD_SHARE, "word_share", "Share of words", Share, "share of the corpus' words", "The group's words as a share of all words, documents counted by their weights.", "");
column!(/// Mean length.
    MEAN_WORDS, "mean_words", "Mean length", Decimal(0), "words a document", "Mean number of words of a document, documents counted by their weights.", "");
column!(/// Lower end.
    MEAN_WORDS_LOW, "mean_words_low", "Mean length, low", Decimal(0), "words a document", "Lower end of the 95 % interval of the mean length; documents resampled 1,000 times.", "Efron 1979");
column!(/// Upper end.
    MEAN_WORDS_HIGH, "mean_words_high", "Mean length, high", Decimal(0), "words a document", "Upper end of the 95 % interval of the mean length.", "Efron 1979");
column!(/// Median length.
    MEDIAN_WORDS, "median_words", "Median length", Decimal(0), "words a document", "Half of the documents are shorter; weights have no part in it.", "");
column!(/// Types.
    TYPES, "types", "Distinct words", Integer, "types", "Distinct words in lower case. Grows with the amount of text, so don't compare groups of different size by it.", "");
column!(/// First date.
    FIRST_DATE, "first_date", "First date", Date, "", "Earliest date among the documents.", "");
column!(/// Last date.
    LAST_DATE, "last_date", "Last date", Date, "", "Latest date among the documents.", "");
column!(/// Undated.
    UNDATED, "undated", "Undated", Integer, "documents", "Documents without a date; they are left out of everything by month.", "");
column!(/// Duplicates.
    DUPLICATE_COUNT, "duplicates", "Exact duplicates", Integer, "documents", "Documents whose words, in order and without case, equal those of an earlier document of the corpus.", "");
column!(/// Languages.
    LANGUAGES, "languages", "Languages", Text, "", "Languages found (ISO 639-3) with their number of documents; short texts may stay unknown.", "");
column!(/// Period.
    PERIOD, "period", "Period", Date, "", "First day of the day, week (from Monday), month, year or decade; the note tells which.", "");
column!(/// Duplicate of.
    DUPLICATE_OF, "duplicate_of", "Duplicate of", Text, "", "The first document, by id, with the same words.", "");
column!(/// Sentences.
    SENTENCES, "sentences", "Sentences", Integer, "sentences", "Sentences of the document, headlines and lines of lists among them.", "");
column!(/// Language.
    LANGUAGE, "language", "Language", Text, "", "Language as guessed from the first 800 bytes (ISO 639-3); empty where unsure.", "");
column!(/// Address.
    URL, "url", "Address", Text, "", "Web address of the document; empty where unknown.", "");

/// One row a group, the whole corpus first.
pub static OVERVIEW: TableSpec = TableSpec {
    name: "overview",
    title: "Groups at a glance",
    summary: "One row a group and, first, one for the whole corpus. Document weights multiply documents and words in mean length and share of words; counts are plain.",
    order: "the whole corpus, then groups by name",
    columns: &[
        &GROUP,
        &N_DOCUMENTS,
        &WORDS,
        &WORD_SHARE,
        &MEAN_WORDS,
        &MEAN_WORDS_LOW,
        &MEAN_WORDS_HIGH,
        &MEDIAN_WORDS,
        &TYPES,
        &FIRST_DATE,
        &LAST_DATE,
        &UNDATED,
        &DUPLICATE_COUNT,
        &LANGUAGES,
    ],
};

/// Documents and words over time.
pub static TIMELINE: TableSpec = TableSpec {
    name: "timeline",
    title: "Documents over time",
    summary: "One row a period and group; periods without documents have a row too, so that lines fall to zero.",
    order: "by period, then group",
    columns: &[&PERIOD, &GROUP, &N_DOCUMENTS, &WORDS],
};

/// Documents, words and length by month.
pub static MONTHS: TableSpec = TableSpec {
    name: "months",
    title: "Groups by month",
    summary: "One row a month and group with at least one document.",
    order: "by month, then group",
    columns: &[&MONTH, &GROUP, &N_DOCUMENTS, &WORDS, &MEAN_WORDS, &MEAN_WORDS_LOW, &MEAN_WORDS_HIGH],
};

/// Exact duplicates.
pub static DUPLICATES: TableSpec = TableSpec {
    name: "duplicates",
    title: "Exact duplicates",
    summary: "Documents that have the same words in the same order as an earlier one.",
    order: "by document",
    columns: &[&DOCUMENT, &DUPLICATE_OF, &GROUP, &WORDS],
};

column!(/// A repeated line.
    LINE, "line", "Line", Text, "", "The line's words and marks, one space between them.", "");
column!(/// Occurrences left out.
    OCCURRENCES, "occurrences", "Left out", Integer, "lines", "How often the line was left out; a document may carry it twice.", "");

/// Lines left out as an outlet's page furniture.
pub static REPEATED_LINES: TableSpec = TableSpec {
    name: "repeated_lines",
    title: "Lines that a group prints again and again",
    summary: "One row a line that at least four documents, and one in a hundred, of a group carry word for word: footers, subscription lines, authors' notes. They are left out of every count; `--keep-furniture` counts them.",
    order: "by group, then documents (most first), then line",
    columns: &[&GROUP, &LINE, &N_DOCUMENTS, &OCCURRENCES],
};

/// All documents.
pub static DOCUMENT_LIST: TableSpec = TableSpec {
    name: "documents",
    title: "All documents",
    summary: "One row a document.",
    order: "by document",
    columns: &[&DOCUMENT, &GROUP, &DATE, &TITLE, &WORDS, &SENTENCES, &LANGUAGE, &URL],
};
