//! The tables of distances and word shifts.

use crate::analyses::tree;
use crate::table::glossary::{GROUP, PER_MILLION, TERM, column};
use crate::table::{ColumnKind, ColumnSpec, TableSpec};
use ColumnKind::{Boolean, Decimal, Integer, Share, Text};

column!(/// Which distance.
    MEASURE, "measure", "Measure", Text, "", "jensen_shannon: divergence of the word distributions in bits, 0 same to 1 nothing in common. cosine_distance: one less the cosine of the tf-idf vectors, 0 to 1. delta: Burrows's Delta, mean absolute difference of z-scores of the most frequent words among the groups; from three groups on.", "Lin 1991; Burrows 2002");
column!(/// The other group.
    OTHER_GROUP, "other_group", "Other group", Text, "", "The group to which the distance is measured.", "");
column!(/// Distance.
    DISTANCE, "distance", "Distance", Decimal(4), "0 same, larger farther", "The distance as computed from the counts. Groups with few documents seem farther than they are.", "Lin 1991; Burrows 2002");
column!(/// Distance without bias.
    DISTANCE_CORRECTED, "distance_corrected", "Distance, corrected", Decimal(4), "0 same, larger farther", "The distance less the bias that resampled documents show (twice the distance less the mean of the resampled ones). Empty where a group has fewer than 5 documents.", "Davison & Hinkley 1997");
column!(/// Lower end.
    DISTANCE_LOW, "distance_low", "Distance, low", Decimal(4), "0 same, larger farther", "Lower end of the 95 % basic bootstrap interval, that of the corrected distance: the plain one may lie above it. Documents are resampled within groups.", "Davison & Hinkley 1997");
column!(/// Upper end.
    DISTANCE_HIGH, "distance_high", "Distance, high", Decimal(4), "0 same, larger farther", "Upper end of the 95 % basic bootstrap interval, that of the corrected distance: the plain one may lie above it. Documents are resampled within groups.", "Davison & Hinkley 1997");
column!(/// Documents.
    DOCUMENTS, "documents", "Documents", Integer, "documents", "Documents of the group.", "");
column!(/// Documents of the other group.
    OTHER_DOCUMENTS, "other_documents", "Documents, other", Integer, "documents", "Documents of the other group.", "");

/// One row a measure and ordered pair of groups.
pub(super) static GROUP_DISTANCES: TableSpec = TableSpec {
    name: "group_distances",
    title: "How far apart the groups are",
    summary: "One row a measure, group and other group. Every pair stands twice, so that each group's neighbours stand together.",
    order: "by measure, then group, then distance, the nearest first",
    columns: &[&MEASURE, &GROUP, &OTHER_GROUP, &DISTANCE, &DISTANCE_CORRECTED, &DISTANCE_LOW, &DISTANCE_HIGH, &DOCUMENTS, &OTHER_DOCUMENTS],
};

/// The tree of groups.
pub(super) static GROUP_TREE: TableSpec = TableSpec {
    name: "group_tree",
    title: "Which groups write alike",
    summary: "One row a merge of the tree of groups: average linkage of Jensen–Shannon divergences (corrected for the bias of small groups where every pair allows it).",
    order: "by distance, the nearest first",
    columns: tree::COLUMNS,
};

column!(/// What a group is compared with.
    REFERENCE, "reference", "Reference", Text, "", "The group that it is compared with; `(rest)` is all other groups together.", "");
column!(/// Which shift.
    SHIFT, "shift", "Shift", Text, "", "proportion: shares of words. entropy: Shannon entropy, how varied the words are. jensen_shannon: divergence between the two. lexicon: mean score of the user's list.", "Gallagher et al. 2021");
column!(/// Rank.
    RANK, "rank", "Rank", Integer, "", "Place by the size of the contribution, 1 is the largest.", "");
column!(/// Contribution.
    CONTRIBUTION, "contribution", "Contribution", Decimal(6), "bits, share of words or score", "What the word contributes to the difference, group less reference: over all words, contributions add up to the total of `word_shift_totals`.", "Gallagher et al. 2021");
column!(/// Share of the shift.
    SHIFT_SHARE, "shift_share", "Share of the shift", Share, "share of all contributions", "The contribution over the sum of the sizes of all contributions.", "Gallagher et al. 2021");
column!(/// Cumulative contribution.
    CUMULATIVE, "cumulative", "Cumulative", Decimal(6), "bits, share of words or score", "Sum of the contributions of this rank and all before it.", "");
column!(/// Cumulative share.
    CUMULATIVE_SHARE, "cumulative_share", "Cumulative share", Share, "share of all contributions", "Sum of the sizes of the contributions of this rank and all before it, over that of all words.", "");
column!(/// Which side writes it more.
    DIRECTION, "direction", "Direction", Text, "", "`more` if the word's share is larger in the group than in the reference, else `less`.", "");
column!(/// Rate in the reference.
    PER_MILLION_REFERENCE, "per_million_reference", "Per million, reference", Decimal(1), "per million words", "Occurrences per million words of the reference.", "");
column!(/// Score.
    SCORE, "score", "Score", Decimal(2), "score of the list", "The word's score in the user's list; empty for other shifts.", "");
column!(/// Function word.
    FUNCTION_WORD, "function_word", "Function word", Boolean, "", "Whether the word is on the stop list.", "");

/// One row a comparison, shift and word.
pub(super) static WORD_SHIFT: TableSpec = TableSpec {
    name: "word_shift",
    title: "Which words make the difference",
    summary: "One row a group, reference, shift and word: what the word contributes to the difference between the two.",
    order: "by group, then shift, then rank",
    columns: &[
        &GROUP,
        &REFERENCE,
        &SHIFT,
        &RANK,
        &TERM,
        &CONTRIBUTION,
        &SHIFT_SHARE,
        &CUMULATIVE,
        &CUMULATIVE_SHARE,
        &DIRECTION,
        &PER_MILLION,
        &PER_MILLION_REFERENCE,
        &SCORE,
        &FUNCTION_WORD,
    ],
};

column!(/// Total.
    TOTAL, "total", "Total", Decimal(6), "bits, share of words or score", "Sum of the contributions of all words: the divergence, or the group's entropy or mean score less the reference's; 0 for proportions.", "Gallagher et al. 2021");
column!(/// Total without bias.
    TOTAL_CORRECTED, "total_corrected", "Total, corrected", Decimal(6), "bits, share of words or score", "The total less the bias that resampled documents show (twice the total less the mean of the resampled ones): the value that the interval is about, while contributions add up to the plain total. Empty where a side has fewer than 5 documents.", "Davison & Hinkley 1997");
column!(/// Lower end.
    TOTAL_LOW, "total_low", "Total, low", Decimal(6), "bits, share of words or score", "Lower end of the 95 % basic bootstrap interval, that of the corrected total: the plain one may lie outside it. Documents are resampled within groups.", "Davison & Hinkley 1997");
column!(/// Upper end.
    TOTAL_HIGH, "total_high", "Total, high", Decimal(6), "bits, share of words or score", "Upper end of the 95 % basic bootstrap interval, that of the corrected total: the plain one may lie outside it. Documents are resampled within groups.", "Davison & Hinkley 1997");
column!(/// Sum of positive contributions.
    POSITIVE, "positive", "Positive", Decimal(6), "bits, share of words or score", "Sum of the positive contributions.", "");
column!(/// Sum of negative contributions.
    NEGATIVE, "negative", "Negative", Decimal(6), "bits, share of words or score", "Sum of the negative contributions.", "");
column!(/// Level of the group.
    LEVEL, "level", "Level", Decimal(4), "bits or score", "Entropy or mean score of the group; empty for the other shifts.", "");
column!(/// Level of the reference.
    LEVEL_REFERENCE, "level_reference", "Level, reference", Decimal(4), "bits or score", "Entropy or mean score of the reference; empty for the other shifts.", "");
column!(/// Number of words.
    TERMS, "terms", "Terms", Integer, "terms", "Distinct words that were compared.", "");

/// One row a comparison and shift.
pub(super) static WORD_SHIFT_TOTALS: TableSpec = TableSpec {
    name: "word_shift_totals",
    title: "How large the shifts are",
    summary: "One row a group, reference and shift: what the words' contributions add up to.",
    order: "by group, then shift",
    columns: &[
        &GROUP,
        &REFERENCE,
        &SHIFT,
        &TOTAL,
        &TOTAL_CORRECTED,
        &TOTAL_LOW,
        &TOTAL_HIGH,
        &POSITIVE,
        &NEGATIVE,
        &LEVEL,
        &LEVEL_REFERENCE,
        &TERMS,
    ],
};
