//! Overview: what is in the corpus, by group and over time, and what could not be used.

mod build;
mod charts;
mod tables;

use super::AnalysisEntry;
use crate::corpus::Needs;
use build::build;

/// The registry row.
pub static ENTRY: AnalysisEntry = AnalysisEntry {
    name: "overview",
    title: "What is in the corpus",
    summary: "Documents, words, dates, lengths and languages of each group, rejected rows and exact duplicates.",
    not_for: "Not for comparing vocabulary: groups that differ in length, dates or topics differ in words for that reason alone.",
    needs: |_| Needs::TOKENS.and(Needs::LANGUAGES),
    params: &[],
    tables: &[&tables::OVERVIEW, &tables::TIMELINE, &tables::MONTHS, &tables::DUPLICATES, &tables::REPEATED_LINES, &tables::DOCUMENT_LIST],
    build,
};
