//! Entities: who and what is named, how often, by whom and under which spelling.
//!
//! Comes in: the corpus' tokens. Goes out: entities with their counts by group, a test of spellings, mentions, pairs.
//! Not here: opening files (parameters bring their contents along) and printing (the verbs return text or write to what
//! they are given).

mod build;
mod charts;
mod findings;
mod forms;
mod intervals;
mod lend;
mod mention_table;
mod mentions;
mod named;
pub mod names;
mod pairs;
mod parts;
mod permutation;
mod ranking;
mod spellings;
mod tables;
pub mod tagger;
#[cfg(test)]
mod tests;
mod verbs;

pub use lend::lend;
pub use verbs::{Tagger, decide_pairs, evaluate_files, explain_names, tag_lines, train_model};

use super::AnalysisEntry;
use crate::corpus::Needs;
use crate::params::{ParamKind, ParamSpec};
use build::build;

/// The registry row.
pub static ENTRY: AnalysisEntry = AnalysisEntry {
    name: "entities",
    title: "Who and what is named, and under which spelling",
    summary: "People, organisations, places and other names by documents and mentions, with the spellings of each outlet and a test whether outlets differ in spelling.",
    not_for: "Not for texts in other languages than English, and not proof that a name is absent: the tagger misses some names and mistakes others.",
    needs: |params| if params.flag("mentions") { Needs::TEXTS } else { Needs::TOKENS },
    params: &[
        ParamSpec {
            name: "types",
            kind: ParamKind::Text,
            default: "PER,ORG,LOC,MISC",
            meaning: "types to look for, with commas between: PER persons, ORG organisations, LOC places, MISC other names",
        },
        ParamSpec { name: "top", kind: ParamKind::Integer(1, 100), default: "20", meaning: "entities in a chart" },
        ParamSpec {
            name: "min-mentions",
            kind: ParamKind::Integer(1, u32::MAX as u64),
            default: "1",
            meaning: "leave out entities with fewer mentions in the whole corpus",
        },
        ParamSpec { name: "no-fold", kind: ParamKind::Flag, default: "false", meaning: "make every spelling an entity of its own" },
        ParamSpec {
            name: "alias",
            kind: ParamKind::File,
            default: "",
            meaning: "CSV of spellings and canonical names (columns spelling, canonical), which win over the folding rules",
        },
        ParamSpec {
            name: "entity-model",
            kind: ParamKind::File,
            default: "",
            meaning: "model file that `headword train` wrote, instead of the built-in one",
        },
        ParamSpec {
            name: "mentions",
            kind: ParamKind::Flag,
            default: "false",
            meaning: "give a table of every mention with its place in the text",
        },
        ParamSpec {
            name: "pairs",
            kind: ParamKind::Integer(0, 1_000_000),
            default: "1000",
            meaning: "how many pairs of entities named together to give at most; 0 for none",
        },
    ],
    tables: &[&tables::ENTITIES, &tables::SPELLING_TABLE, &tables::MENTION_TABLE, &tables::PAIR_TABLE],
    build,
};
