//! The table of comparability.

use crate::table::glossary::{GROUP, WORDS, column};
use crate::table::{ColumnKind, ColumnSpec, TableSpec};
use ColumnKind::{Date, Decimal, Integer, Share, Text};

column!(/// Documents.
    DOCUMENTS, "documents", "Documents", Integer, "documents", "Documents of the group.", "");
column!(/// Median length.
    MEDIAN_WORDS, "median_words", "Median length", Decimal(0), "words a document", "Half of the documents are shorter.", "");
column!(/// Length against the rest.
    LENGTH_RATIO, "length_ratio", "Length against the rest", Decimal(2), "ratio of medians", "Median length over the median length of all other documents: 2 is twice as long.", "");
column!(/// First date.
    FIRST_DATE, "first_date", "First date", Date, "", "Earliest date among the documents.", "");
column!(/// Last date.
    LAST_DATE, "last_date", "Last date", Date, "", "Latest date among the documents.", "");
column!(/// Undated.
    UNDATED_SHARE, "undated_share", "Undated", Share, "share of documents", "Documents without a date.", "");
column!(/// Distance of dates.
    DATE_DISTANCE, "date_distance", "Distance of dates", Decimal(2), "0 same to 1 apart", "Largest gap between the cumulative distributions of the group's dates and the rest's (Kolmogorov–Smirnov D): 0 if they are spread alike, 1 if all of one come before all of the other. Empty with fewer than five dated documents on either side.", "Smirnov 1939");
column!(/// Main language.
    MAIN_LANGUAGE, "main_language", "Main language", Text, "", "The language of most documents (ISO 639-3); empty where none is known.", "");
column!(/// Share in the corpus' main language.
    LANGUAGE_SHARE, "language_share", "In the corpus' language", Share, "share of documents", "Documents in the language of most documents of the corpus, among those whose language is known.", "");
column!(/// Distance of topics.
    TOPIC_DISTANCE, "topic_distance", "Distance of topics", Share, "share of documents", "Share of the group's documents that would have to change their topic for the group to have the rest's topics (total variation distance over the topic, section, category, subject or desk field). Empty if there is no such field.", "");
column!(/// Distance of topics by chance.
    TOPIC_CHANCE, "topic_distance_chance", "Distance of topics by chance", Share, "share of documents", "The distance of topics that groups of these sizes would have if documents were dealt at random.", "");
column!(/// Shared words.
    SHARED_WORDS, "shared_words", "Shared content words", Integer, "of 100 words", "Of the 100 content words that most documents of the group hold, how many are among the 100 of the rest; empty with fewer than ten documents on either side.", "");
column!(/// Untitled.
    UNTITLED_SHARE, "untitled_share", "Untitled", Share, "share of documents", "Documents without a title.", "");
column!(/// Empty fields.
    EMPTY_FIELDS, "empty_fields", "Empty fields", Share, "share of fields", "Share of the metadata fields of the group's documents that have no value, among all fields of the corpus.", "");
column!(/// Copies.
    COPY_SHARE, "copy_share", "Exact copies", Share, "share of documents", "Documents whose words equal those of an earlier document of the corpus.", "");
column!(/// Warnings.
    WARNINGS, "warnings", "Warnings", Text, "", "What differs enough from the rest to explain a difference of vocabulary; empty for nothing.", "");

/// One row a group.
pub static COMPARABILITY: TableSpec = TableSpec {
    name: "comparability",
    title: "The groups side by side",
    summary: "One row a group: what else than its way of writing sets it apart from the rest. Read it before any comparison of words.",
    order: "groups by name",
    columns: &[
        &GROUP,
        &DOCUMENTS,
        &WORDS,
        &MEDIAN_WORDS,
        &LENGTH_RATIO,
        &FIRST_DATE,
        &LAST_DATE,
        &UNDATED_SHARE,
        &DATE_DISTANCE,
        &MAIN_LANGUAGE,
        &LANGUAGE_SHARE,
        &TOPIC_DISTANCE,
        &TOPIC_CHANCE,
        &SHARED_WORDS,
        &UNTITLED_SHARE,
        &EMPTY_FIELDS,
        &COPY_SHARE,
        &WARNINGS,
    ],
};
