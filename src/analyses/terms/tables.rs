//! The tables of terms.

use crate::table::glossary::{COUNT, DOCUMENT_SHARE, DOCUMENTS, GROUP, PER_MILLION, TERM, column};
use crate::table::{ColumnKind, ColumnSpec, TableSpec};

column!(/// Lower end.
    SHARE_LOW, "document_share_low", "Share of documents, low", ColumnKind::Share, "share of documents", "Lower end of the 95 % interval of the document share.", "Wilson 1927");
column!(/// Upper end.
    SHARE_HIGH, "document_share_high", "Share of documents, high", ColumnKind::Share, "share of documents", "Upper end of the 95 % interval of the document share.", "Wilson 1927");
column!(/// Stop word.
    STOP_WORD, "stop_word", "Stop word", ColumnKind::Boolean, "", "Whether the word is on the stop list of the corpus' language; a pair is if one of its words is.", "");

/// One row a group and term that occurs in it.
pub static TERMS: TableSpec = TableSpec {
    name: "terms",
    title: "Terms by group",
    summary: "One row a group and term that occurs in it.",
    order: "by group, then count (highest first), then term",
    columns: &[&GROUP, &TERM, &COUNT, &PER_MILLION, &DOCUMENTS, &DOCUMENT_SHARE],
};

/// One row a group and pair of words that occurs in it.
pub static BIGRAMS: TableSpec = TableSpec {
    name: "bigrams",
    title: "Pairs of words by group",
    summary: "One row a group and pair of neighbouring words that occurs in it; pairs with a stop word and pairs that occur fewer than five times in the corpus are left out (`headword terms --ngrams bigrams` counts all).",
    order: "by group, then count (highest first), then term",
    columns: &[&GROUP, &TERM, &COUNT, &PER_MILLION, &DOCUMENTS, &DOCUMENT_SHARE],
};

/// One row a term.
pub static OVERALL: TableSpec = TableSpec {
    name: "terms_overall",
    title: "Terms of the whole corpus",
    summary: "One row a term.",
    order: "by count (highest first), then term",
    columns: &[&TERM, &COUNT, &PER_MILLION, &DOCUMENTS, &DOCUMENT_SHARE, &SHARE_LOW, &SHARE_HIGH, &STOP_WORD],
};
