//! The tables of dispersion.

use crate::table::glossary::{COUNT, DATE, DOCUMENT_SHARE, DOCUMENTS, GROUP, PER_MILLION, TERM, column};
use crate::table::{ColumnKind, ColumnSpec, TableSpec};
use ColumnKind::{Decimal, Integer, Share};

column!(/// Lower end.
    DOCUMENT_SHARE_LOW, "document_share_low", "Share of documents, low", Share, "share of documents", "Lower end of the 95 % interval of the share of documents.", "Wilson 1927");
column!(/// Upper end.
    DOCUMENT_SHARE_HIGH, "document_share_high", "Share of documents, high", Share, "share of documents", "Upper end of the 95 % interval of the share of documents.", "Wilson 1927");
column!(/// Deviation of proportions.
    DEVIATION_OF_PROPORTIONS, "deviation_of_proportions", "DP", Decimal(2), "0 even to nearly 1 clumped", "Gries's deviation of proportions over the group's documents: the share of the word's occurrences that would have to move to be spread like the text.", "Gries 2008");
column!(/// Normalised deviation.
    DEVIATION_OF_PROPORTIONS_NORMALISED, "deviation_of_proportions_normalised", "DPnorm", Decimal(2), "0 even to 1 clumped", "DP over its largest possible value for these documents.", "Lijffijt & Gries 2012");
column!(/// Juilland's D.
    JUILLAND_D, "juilland_d", "Juilland's D", Decimal(2), "0 clumped to 1 even", "One less the coefficient of variation of the documents' rates over its maximum.", "Juilland & Chang-Rodríguez 1964");
column!(/// Rosengren's S.
    ROSENGREN_S, "rosengren_s", "Rosengren's S", Decimal(2), "0 clumped to 1 even", "(Σ√(v·s))²/f over the documents, v occurrences, s share of the words.", "Rosengren 1971");
column!(/// Carroll's D2.
    CARROLL_D2, "carroll_d2", "Carroll's D₂", Decimal(2), "0 clumped to 1 even", "Entropy of the documents' rates over its maximum.", "Carroll 1970");
column!(/// KL divergence.
    KULLBACK_LEIBLER, "kullback_leibler", "KL", Decimal(2), "bits, 0 even", "Kullback–Leibler divergence of the word's occurrences over documents from the documents' shares of the words.", "Gries 2019");
column!(/// ARF.
    AVERAGE_REDUCED_FREQUENCY, "average_reduced_frequency", "ARF", Decimal(1), "occurrences", "Average reduced frequency over the group's running text, documents in order of id: the count, less the more the word is clumped. Weights of documents have no part in it.", "Savický & Hlaváčová 2002");

/// One row a word and group.
pub(super) static DISPERSION: TableSpec = TableSpec {
    name: "dispersion",
    title: "How evenly words are spread",
    summary: "One row a word and group: how often and in how many documents it occurs, and how evenly it is spread over them. Documents are the parts. Document weights multiply occurrences and words in rate, share and measures; counts are plain.",
    order: "by word as chosen, then group",
    columns: &[
        &TERM,
        &GROUP,
        &COUNT,
        &PER_MILLION,
        &DOCUMENTS,
        &DOCUMENT_SHARE,
        &DOCUMENT_SHARE_LOW,
        &DOCUMENT_SHARE_HIGH,
        &DEVIATION_OF_PROPORTIONS,
        &DEVIATION_OF_PROPORTIONS_NORMALISED,
        &JUILLAND_D,
        &ROSENGREN_S,
        &CARROLL_D2,
        &KULLBACK_LEIBLER,
        &AVERAGE_REDUCED_FREQUENCY,
    ],
};

column!(/// Documents of the day.
    ALL_DOCUMENTS, "all_documents", "All documents", Integer, "documents", "Documents of the group on that day (or in the week or month that begins then, see the table's note).", "");

/// One row a word, group and day.
pub(super) static WORD_DATES: TableSpec = TableSpec {
    name: "word_dates",
    title: "When words occur",
    summary: "One row a word, group and day on which the group has documents: how many there are and how many hold the word.",
    order: "by word as chosen, then group, then day",
    columns: &[&TERM, &GROUP, &DATE, &ALL_DOCUMENTS, &DOCUMENTS, &COUNT],
};
