//! The tables of keyness and their columns.

use crate::table::ColumnKind::{Decimal, Integer, Share, Text};
use crate::table::glossary::{
    COUNT, DOCUMENTS, GROUP, LOG_LIKELIHOOD, LOG_RATIO, LOG_RATIO_HIGH, LOG_RATIO_LOW, P_VALUE, PER_MILLION, Q_VALUE, TERM, WORDS, column,
};
use crate::table::{ColumnSpec, TableSpec};

column!(/// Occurrences in the rest.
    COUNT_REST, "count_rest", "Count, rest", Integer, "occurrences", "How often it occurs in the reference: all other groups together, another group, or the list.", "");
column!(/// Lower end of the rate.
    PER_MILLION_LOW, "per_million_low", "Per million, low", Decimal(1), "per million words", "Lower end of the 95 % interval of the rate, by resampling documents; empty where too few documents hold the term.", "Efron 1982; Hall 1988");
column!(/// Upper end of the rate.
    PER_MILLION_HIGH, "per_million_high", "Per million, high", Decimal(1), "per million words", "Upper end of the 95 % interval of the rate, by resampling documents; empty where too few documents hold the term.", "Efron 1982; Hall 1988");
column!(/// Rate in the rest.
    PER_MILLION_REST, "per_million_rest", "Per million, rest", Decimal(1), "per million words", "Occurrences per million words of the reference.", "");
column!(/// Documents of the rest.
    DOCUMENTS_REST, "documents_rest", "Documents, rest", Integer, "documents", "Documents of the reference that hold it at least once; empty for a list that does not say.", "");
column!(/// Dispersion in the group.
    DEVIATION_OF_PROPORTIONS, "deviation_of_proportions", "DP", Decimal(2), "0 even to nearly 1 clumped", "Gries's deviation of proportions over the group's documents: the share of the term's occurrences that would have to move to be spread like the text.", "Gries 2008");
column!(/// Direction.
    DIRECTION, "direction", "Direction", Text, "", "`more` where the group has the higher rate, `less` where the rest has.", "");
column!(/// The other side.
    REFERENCE, "reference", "Compared with", Text, "", "What the group is compared with: `the others` (all other groups together), another group, or the file of a word list.", "");
column!(/// Remarks on the row.
    FLAG, "flag", "Flag", Text, "", "What to know before quoting the row: `too few documents` (on one side fewer than five hold the term, so that the interval has one end at most), `driven by 2 documents` (the smallest number without which the log ratio is less than half as large, or turns), `only here`, `absent here`, `lockword` (used alike on both sides: the whole interval lies near 0), `own name` (a word of the group's name, or its address), `function word`.", "");
column!(/// Tests.
    TERMS_TESTED, "terms_tested", "Terms tested", Integer, "terms", "Terms tested in the group against its reference.", "");
column!(/// Findings.
    TERMS_FOUND, "terms_found", "Terms found", Integer, "terms", "Terms with an adjusted p (q) within the limit.", "");
column!(/// Findings, more.
    TERMS_MORE, "terms_more", "Written more", Integer, "terms", "Terms found that the group writes more often than its reference.", "");
column!(/// Findings, less.
    TERMS_LESS, "terms_less", "Written less", Integer, "terms", "Terms found that the group writes less often than its reference.", "");
column!(/// Size of the group.
    GROUP_DOCUMENTS, "group_documents", "Documents", Integer, "documents", "Documents of the group.", "");
column!(/// Name of a measure.
    MEASURE, "measure", "Measure", Text, "", "Name of the measure; `headword measures` lists formula and source.", "");
column!(/// Value of a measure.
    VALUE, "value", "Value", Decimal(4), "unit of the measure", "Value of the measure for the term in the group against its reference; dispersion is that over the group's documents.", "");

/// The main table.
pub(super) static KEYNESS: TableSpec = TableSpec {
    name: "keyness",
    title: "Words that set groups apart",
    summary: "One row a term and group: how often the group writes it, how often the reference does, and how sure the difference is when documents, not words, are the unit.",
    order: "by the end of the log ratio's interval nearer zero, furthest first, so that sure and large differences lead; rows without an interval follow, by q",
    columns: COLUMNS,
};

const COLUMNS: &[&ColumnSpec] = &[
    &TERM,
    &GROUP,
    &REFERENCE,
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
    summary: "One row a group: its size, how many terms were tested against its reference and how many differ.",
    order: "by name of the group",
    columns: &[&GROUP, &REFERENCE, &GROUP_DOCUMENTS, &WORDS, &TERMS_TESTED, &TERMS_FOUND, &TERMS_MORE, &TERMS_LESS],
};

/// Further measures, made on demand.
pub(super) static KEYNESS_MEASURES: TableSpec = TableSpec {
    name: "keyness_measures",
    title: "Further measures",
    summary: "One row a term, group and measure, for the rows of `keyness` and the measures asked for with `--measures`.",
    order: "as in `keyness`, then the order of `headword measures`",
    columns: &[&TERM, &GROUP, &REFERENCE, &MEASURE, &VALUE],
};

column!(/// The strongest terms.
    STRONGEST, "strongest", "Surest terms", Text, "", "The terms whose difference is surest, of either side, function words left out.", "");
column!(/// Share of terms that differ.
    SHARE_FOUND, "share_found", "Share found", Share, "share of the terms tested", "Terms found over terms tested.", "");
column!(/// Shrunken effect.
    LOG_RATIO_SHRUNK, "log_ratio_shrunk", "Log ratio, shrunk", Decimal(2), "log₂ of the ratio of rates", "The log ratio drawn towards 0 by as much as its own error is large beside the spread of all true differences of the group (normal prior, its variance by moments).", "Efron & Morris 1973");
column!(/// Error of an effect.
    STANDARD_ERROR, "standard_error", "Standard error", Decimal(3), "log₂ of the ratio of rates", "Linearised standard error of the log ratio over documents.", "Cochran 1977");
column!(/// Weight of the observation.
    SHRINKAGE, "shrinkage", "Kept", Share, "share of the log ratio", "How much of the log ratio is left: prior variance over prior variance plus squared standard error.", "Efron & Morris 1973");
column!(/// Effect without strata.
    LOG_RATIO_CRUDE, "log_ratio_crude", "Log ratio, crude", Decimal(2), "log₂ of the ratio of rates", "The log ratio over all documents, as if coverage were alike.", "Hardie 2014");
column!(/// Odds over strata.
    LOG_ODDS_WITHIN, "log_odds_within", "Log odds, within", Decimal(2), "log₂ of the odds ratio", "Binary logarithm of the Mantel–Haenszel odds ratio over the strata.", "Mantel & Haenszel 1959");
column!(/// Number of strata.
    STRATA, "strata", "Strata", Integer, "strata", "Strata that hold the term and have documents of both sides.", "");
column!(/// What coverage explains.
    EXPLAINED, "coverage_share", "Due to coverage", Share, "share of the crude log ratio", "How much smaller the log ratio is within strata than over all documents; negative where it is larger, above 100 % where it turns.", "");

/// Every pair of groups, term by term.
pub(super) static KEYNESS_PAIRS: TableSpec = TableSpec {
    name: "keyness_pairs",
    title: "Words that set pairs of groups apart",
    summary: "One row a term and pair of groups, as in `keyness`, for every pair.",
    order: "as in `keyness`",
    columns: COLUMNS,
};

/// Every pair of groups.
pub(super) static KEYNESS_MATRIX: TableSpec = TableSpec {
    name: "keyness_matrix",
    title: "How much each pair of groups differs",
    summary: "One row an ordered pair of groups: how many terms were tested, how many differ, in which direction, and the surest of them.",
    order: "by name of the group, then of the group that it is compared with",
    columns: &[&GROUP, &REFERENCE, &TERMS_TESTED, &TERMS_FOUND, &SHARE_FOUND, &TERMS_MORE, &TERMS_LESS, &STRONGEST],
};

/// Shrunken log ratios of many groups.
pub(super) static KEYNESS_SHRUNK: TableSpec = TableSpec {
    name: "keyness_shrunk",
    title: "Each group against the others, shrunk",
    summary: "One row a term and group with its log ratio drawn towards 0 by its uncertainty, so that many groups can be ranked side by side without the rarest words leading.",
    order: "by group, then by size of the shrunken log ratio, largest first",
    columns: &[&GROUP, &TERM, &COUNT, &DOCUMENTS, &LOG_RATIO, &STANDARD_ERROR, &SHRINKAGE, &LOG_RATIO_SHRUNK, &Q_VALUE],
};

/// Crude beside stratified.
pub(super) static KEYNESS_WITHIN: TableSpec = TableSpec {
    name: "keyness_within",
    title: "Coverage or wording",
    summary: "One row a term and group listed with or without strata: the difference over all documents beside that within strata. Where it vanishes, the groups cover different things; where it stays, they write differently.",
    order: "by q within strata, then by the crude log ratio",
    columns: &[
        &TERM,
        &GROUP,
        &REFERENCE,
        &STRATA,
        &LOG_RATIO_CRUDE,
        &LOG_RATIO,
        &LOG_RATIO_LOW,
        &LOG_RATIO_HIGH,
        &LOG_ODDS_WITHIN,
        &EXPLAINED,
        &P_VALUE,
        &Q_VALUE,
    ],
};

/// Words used alike.
pub(super) static LOCKWORDS: TableSpec = TableSpec {
    name: "lockwords",
    title: "Words used alike",
    summary: "One row a term and group whose rate is surely near that of the reference: the whole interval of the log ratio lies within the margin (Baker 2011; an equivalence test as Schuirmann 1987).",
    order: "by the end of the interval further from zero, nearest first",
    columns: &[
        &TERM,
        &GROUP,
        &REFERENCE,
        &COUNT,
        &COUNT_REST,
        &PER_MILLION,
        &PER_MILLION_REST,
        &DOCUMENTS,
        &DOCUMENTS_REST,
        &LOG_RATIO,
        &LOG_RATIO_LOW,
        &LOG_RATIO_HIGH,
    ],
};

/// Words of one group alone.
pub(super) static UNIQUE_WORDS: TableSpec = TableSpec {
    name: "unique_words",
    title: "Words of one group alone",
    summary: "One row a tested term that a group writes and its reference never does. Rarity alone makes words unique: p says whether the group's share of the documents explains it.",
    order: "by documents of the group that hold it, most first",
    columns: &[&TERM, &GROUP, &REFERENCE, &COUNT, &PER_MILLION, &DOCUMENTS, &P_VALUE, &Q_VALUE, &FLAG],
};

column!(/// Which side.
    SURE_SIDE, "sure_side", "Surely more", Text, "", "The side that surely writes it more (the log ratio's interval leaves out zero), or `not sure`.", "");

/// What the scatter plot and the volcano show.
pub(super) static KEYNESS_MAP: TableSpec = TableSpec {
    name: "keyness_map",
    title: "Size and evidence, word by word",
    summary: "One row a term and group for the charts of rates against each other and of size against evidence: the surest differences and the most frequent terms without one, and more of both for the pair that the scatter plot shows; function words left out.",
    order: "terms of all groups, sure ones first, then further ones of the scatter plot's pair; each as in `keyness`",
    columns: &[
        &TERM,
        &GROUP,
        &REFERENCE,
        &PER_MILLION,
        &PER_MILLION_REST,
        &LOG_RATIO,
        &LOG_RATIO_LOW,
        &LOG_RATIO_HIGH,
        &Q_VALUE,
        &SURE_SIDE,
    ],
};

column!(/// As printed.
    RATIO_AS_PRINTED, "log_ratio_case", "Case", Decimal(2), "log₂ of the ratio of rates", "Log ratio if case counts: of the term's most frequent printed form alone (of all forms together where the run keeps case).", "");
column!(/// With stems.
    RATIO_STEMMED, "log_ratio_stem", "Stems", Decimal(2), "log₂ of the ratio of rates", "Log ratio of all terms with the same stem together.", "");
column!(/// Without the stop list.
    RATIO_WITHOUT_STOP_WORDS, "log_ratio_stop_list", "Stop list", Decimal(2), "log₂ of the ratio of rates", "Log ratio if words of the stop list are left out of all texts; empty for a term on the list.", "");
column!(/// Without one document.
    RATIO_WITHOUT_LARGEST, "log_ratio_largest_document", "Largest document", Decimal(2), "log₂ of the ratio of rates", "Log ratio without the document that holds most occurrences on the side that writes it more.", "");
column!(/// Without one day.
    RATIO_WITHOUT_DAY, "log_ratio_busiest_day", "Busiest day", Decimal(2), "log₂ of the ratio of rates", "Log ratio without all documents of the day on which the side that writes it more has most occurrences; empty without dates.", "");
column!(/// Without copies.
    RATIO_WITHOUT_DUPLICATES, "log_ratio_duplicates", "Duplicates", Decimal(2), "log₂ of the ratio of rates", "Log ratio with one document of each group of exact duplicates.", "");
column!(/// Verdict.
    SURVIVES, "survives", "Survives", Text, "", "`all` changes, or those that it does not survive: the 95 % interval (linearised, over documents) holds 0, or the log ratio turns or is less than half as large.", "");

/// Do the first findings survive other choices?
pub(super) static ROBUSTNESS: TableSpec = TableSpec {
    name: "robustness",
    title: "Do the findings survive other choices?",
    summary: "One row a finding, the surest first: its log ratio under six other choices, and which of them it does not survive.",
    order: "as in `keyness`",
    columns: &[
        &TERM,
        &GROUP,
        &REFERENCE,
        &LOG_RATIO,
        &RATIO_AS_PRINTED,
        &RATIO_STEMMED,
        &RATIO_WITHOUT_STOP_WORDS,
        &RATIO_WITHOUT_LARGEST,
        &RATIO_WITHOUT_DAY,
        &RATIO_WITHOUT_DUPLICATES,
        &SURVIVES,
    ],
};
