//! The tables of keyness and their columns.

use crate::table::ColumnKind::{Decimal, Integer, Text};
use crate::table::glossary::{
    COUNT, DOCUMENTS, GROUP, LOG_LIKELIHOOD, LOG_RATIO, LOG_RATIO_HIGH, LOG_RATIO_LOW, P_VALUE, PER_MILLION, Q_VALUE, TERM, WORDS, column,
};
use crate::table::{ColumnSpec, TableSpec};

column!(/// Occurrences in the rest.
    COUNT_REST, "count_rest", "Count, rest", Integer, "occurrences", "How often it occurs in all other groups together.", "");
column!(/// Lower end of the rate.
    PER_MILLION_LOW, "per_million_low", "Per million, low", Decimal(1), "per million words", "Lower end of the 95 % interval of the rate, by resampling documents; empty where too few documents hold the term.", "Efron 1982; Hall 1988");
column!(/// Upper end of the rate.
    PER_MILLION_HIGH, "per_million_high", "Per million, high", Decimal(1), "per million words", "Upper end of the 95 % interval of the rate, by resampling documents; empty where too few documents hold the term.", "Efron 1982; Hall 1988");
column!(/// Rate in the rest.
    PER_MILLION_REST, "per_million_rest", "Per million, rest", Decimal(1), "per million words", "Occurrences per million words of all other groups together.", "");
column!(/// Documents of the rest.
    DOCUMENTS_REST, "documents_rest", "Documents, rest", Integer, "documents", "Documents of all other groups that hold it at least once.", "");
column!(/// Dispersion in the group.
    DEVIATION_OF_PROPORTIONS, "deviation_of_proportions", "DP", Decimal(2), "0 even to nearly 1 clumped", "Gries's deviation of proportions over the group's documents: the share of the term's occurrences that would have to move to be spread like the text.", "Gries 2008");
column!(/// Direction.
    DIRECTION, "direction", "Direction", Text, "", "`more` where the group has the higher rate, `less` where the rest has.", "");
column!(/// Remarks on the row.
    FLAG, "flag", "Flag", Text, "", "What to know before quoting the row: `few documents` (on one side fewer than five hold the term, so that the interval has one end at most), `driven by 2 documents` (without them the log ratio is less than half as large, or turns), `only here`, `absent here`, `function word`.", "");
column!(/// Tests.
    TERMS_TESTED, "terms_tested", "Terms tested", Integer, "terms", "Terms tested in the group against the rest.", "");
column!(/// Findings.
    TERMS_FOUND, "terms_found", "Terms found", Integer, "terms", "Terms of the group with a false discovery rate within the limit.", "");
column!(/// Findings, more.
    TERMS_MORE, "terms_more", "Written more", Integer, "terms", "Terms found that the group writes more often than the rest.", "");
column!(/// Findings, less.
    TERMS_LESS, "terms_less", "Written less", Integer, "terms", "Terms found that the group writes less often than the rest.", "");
column!(/// Size of the group.
    GROUP_DOCUMENTS, "group_documents", "Documents", Integer, "documents", "Documents of the group.", "");
column!(/// Name of a measure.
    MEASURE, "measure", "Measure", Text, "", "Name of the measure; `headword measures` lists formula and source.", "");
column!(/// Value of a measure.
    VALUE, "value", "Value", Decimal(4), "unit of the measure", "Value of the measure for the term in the group against the rest; dispersion is that over the group's documents.", "");

/// The main table.
pub(super) static KEYNESS: TableSpec = TableSpec {
    name: "keyness",
    title: "Words that set groups apart",
    summary: "One row a term and group: how often the group writes it, how often the others do, and how sure the difference is when documents, not words, are the unit.",
    order: "by the end of the log ratio's interval nearer zero, furthest first, so that sure and large differences lead; rows without an interval follow, by q",
    columns: COLUMNS,
};

const COLUMNS: &[&ColumnSpec] = &[
    &TERM,
    &GROUP,
    &DIRECTION,
    &COUNT,
    &COUNT_REST,
    &PER_MILLION,
    &PER_MILLION_LOW,
    &PER_MILLION_HIGH,
    &PER_MILLION_REST,
    &DOCUMENTS,
    &DOCUMENTS_REST,
    &LOG_RATIO,
    &LOG_RATIO_LOW,
    &LOG_RATIO_HIGH,
    &P_VALUE,
    &Q_VALUE,
    &LOG_LIKELIHOOD,
    &DEVIATION_OF_PROPORTIONS,
    &FLAG,
];

/// One row a group.
pub(super) static KEYNESS_GROUPS: TableSpec = TableSpec {
    name: "keyness_groups",
    title: "Differences by group",
    summary: "One row a group: its size, how many terms were tested against the rest and how many differ.",
    order: "by name of the group",
    columns: &[&GROUP, &GROUP_DOCUMENTS, &WORDS, &TERMS_TESTED, &TERMS_FOUND, &TERMS_MORE, &TERMS_LESS],
};

/// Further measures, made on demand.
pub(super) static KEYNESS_MEASURES: TableSpec = TableSpec {
    name: "keyness_measures",
    title: "Further measures",
    summary: "One row a term, group and measure, for the rows of `keyness` and the measures asked for with `--measures`.",
    order: "as in `keyness`, then the order of `headword measures`",
    columns: &[&TERM, &GROUP, &MEASURE, &VALUE],
};
