//! The parameters of keyness.

use crate::params::{ParamKind, ParamSpec};

/// Rules for many tests, as typed; the short names are usual in the field.
pub(super) const ADJUSTMENTS: &[&str] = &["benjamini-hochberg", "benjamini-yekutieli", "holm", "bonferroni", "max-t", "bh", "by", "none"];

/// What can be compared, as typed.
pub(super) const FEATURES: &[&str] = &["terms", "surfaces", "ngrams", "entities"];

/// What can be set.
pub(super) const PARAMS: &[ParamSpec] = &[
    ParamSpec {
        name: "group",
        kind: ParamKind::Text,
        default: "",
        meaning: "Compare only these groups, with commas between (a group whose name has a comma: give it alone)",
    },
    ParamSpec {
        name: "against",
        kind: ParamKind::Text,
        default: "",
        meaning: "Compare with this group instead of with all others together",
    },
    ParamSpec {
        name: "reference",
        kind: ParamKind::File,
        default: "",
        meaning: "Compare with an outside word list instead of with other groups: CSV of term, count and perhaps documents",
    },
    ParamSpec {
        name: "reference-words",
        kind: ParamKind::Integer(0, u64::MAX),
        default: "0",
        meaning: "Words of the corpus behind `--reference`, if the list does not name all of its terms; 0 takes the sum of the list's counts",
    },
    ParamSpec { name: "pairwise", kind: ParamKind::Flag, default: "false", meaning: "Compare every pair of groups too" },
    ParamSpec {
        name: "within",
        kind: ParamKind::Text,
        default: "",
        meaning: "Compare within the values of this field (Mantel–Haenszel), so that coverage does not pass for wording: `topic`, `month`, `year` or any metadata field; `topic-cluster` takes the clusters of `topics` even where there is a field `topic`",
    },
    ParamSpec {
        name: "adjust",
        kind: ParamKind::Choice(ADJUSTMENTS),
        default: "benjamini-hochberg",
        meaning: "Rule for many tests, over all tests made: false discovery rate (benjamini-hochberg, benjamini-yekutieli) or family-wise error (holm, bonferroni, max-t by the shuffles themselves)",
    },
    ParamSpec {
        name: "features",
        kind: ParamKind::Choice(FEATURES),
        default: "terms",
        meaning: "What is compared: terms (stems with `--stem`), surfaces as printed, runs of words within a sentence, or entities",
    },
    ParamSpec {
        name: "ngram-length",
        kind: ParamKind::Text,
        default: "2",
        meaning: "Words in a run for `--features ngrams`: a number from 1 to 4, or a range such as 2-3",
    },
    ParamSpec {
        name: "min-documents",
        kind: ParamKind::Integer(0, 1_000_000),
        default: "0",
        meaning: "Test terms that occur in at least this many documents; 0 stands for 5, or a tenth of the documents where there are fewer than 50",
    },
    ParamSpec {
        name: "min-count",
        kind: ParamKind::Integer(1, 1_000_000_000),
        default: "1",
        meaning: "Test terms that occur at least this often in all documents together",
    },
    ParamSpec {
        name: "resamples",
        kind: ParamKind::Integer(99, 100_000),
        default: "1000",
        meaning: "Bootstrap resamples, and shuffles of the permutation test",
    },
    ParamSpec {
        name: "max-q",
        kind: ParamKind::Number(0.0, 1.0),
        default: "0.05",
        meaning: "List rows with a false discovery rate up to this; `--all` lists every row tested",
    },
    ParamSpec {
        name: "function-words",
        kind: ParamKind::Choice(&["keep", "drop"]),
        default: "keep",
        meaning: "Whether words of the stop list are tested; kept ones carry the flag `function word` and stay out of charts and findings",
    },
    ParamSpec { name: "top", kind: ParamKind::Integer(1, 100), default: "12", meaning: "Terms on each side of a group's chart" },
    ParamSpec {
        name: "measures",
        kind: ParamKind::Text,
        default: "",
        meaning: "Further measures for the rows listed, separated by commas, or `all`; they make the table `keyness_measures`",
    },
    ParamSpec {
        name: "lock-margin",
        kind: ParamKind::Number(0.0, 10.0),
        default: "0.5",
        meaning: "A term is a lockword, used alike on both sides, if its log ratio's whole interval lies within this of 0; 0 for no such table",
    },
    ParamSpec {
        name: "robustness",
        kind: ParamKind::Integer(0, 1_000),
        default: "20",
        meaning: "How many of the first findings to test for robustness (case, stems, stop list, largest document, busiest day, duplicates)",
    },
];
