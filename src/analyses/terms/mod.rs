//! Terms: how often each word or pair of words occurs, by group and overall.

mod bigrams;
mod build;
mod tables;
mod weighted;

use super::AnalysisEntry;
use crate::corpus::Needs;
use crate::params::{ParamKind, ParamSpec};
use build::build;

/// The registry row.
pub static ENTRY: AnalysisEntry = AnalysisEntry {
    name: "terms",
    title: "Which words occur how often",
    summary: "Count, rate, document frequency and document share of every word and pair of words, by group and overall.",
    not_for: "Not for telling groups apart: frequent words are frequent everywhere; see keyness for differences.",
    needs: |params| if params.choice("ngrams") == "words" { Needs::GROUP_COUNTS } else { Needs::TOKENS },
    params: &[
        ParamSpec {
            name: "ngrams",
            kind: ParamKind::Choice(&["words", "bigrams", "both"]),
            default: "words",
            meaning: "count words, pairs of neighbouring words within a sentence, or both",
        },
        ParamSpec {
            name: "min-count",
            kind: ParamKind::Integer(1, u32::MAX as u64),
            default: "1",
            meaning: "leave out terms that occur less often than this in the whole corpus",
        },
        ParamSpec {
            name: "min-term-documents",
            kind: ParamKind::Integer(1, u32::MAX as u64),
            default: "1",
            meaning: "leave out terms that fewer documents of the corpus hold",
        },
        ParamSpec {
            name: "drop-stop-words",
            kind: ParamKind::Flag,
            default: "false",
            meaning: "leave out stop words, and pairs that begin or end with one (rates keep their denominators)",
        },
    ],
    tables: &[&tables::TERMS, &tables::OVERALL, &tables::BIGRAMS],
    build,
};
