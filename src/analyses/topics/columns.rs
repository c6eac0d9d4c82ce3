//! The columns and tables of topics.

use crate::analyses::tree;
use crate::table::glossary::{
    DATE, DOCUMENT, DOCUMENT_SHARE, DOCUMENTS, GROUP, LOG_LIKELIHOOD, MONTH, P_VALUE, Q_VALUE, TERM, TITLE, TOPIC, TOPIC_LABEL, column,
};
use crate::table::{ColumnKind, ColumnSpec, TableSpec};

use ColumnKind::{Boolean, Decimal, Integer, Share, Text};

column!(/// Found again by subsamples.
    STABILITY, "stability", "Stability", Decimal(2), "mean Jaccard similarity, 0–1", "How well the same method finds the topic again from parts of the documents: from 0.75 on it is a valid topic, below 0.6 it is not to be trusted.", "Hennig 2007");
column!(/// Separation.
    SILHOUETTE, "silhouette", "Silhouette", Decimal(3), "silhouette width, −1 to 1", "Mean over the topic's documents: how much nearer they are (by cosine) to their own topic than to the next.", "Rousseeuw 1987");
column!(/// Coherence.
    COHERENCE, "coherence", "Coherence", Decimal(3), "mean NPMI, −1 to 1", "Whether the topic's ten first terms occur in the same documents: 0 as by chance, 1 always together.", "Bouma 2009; Röder et al. 2015");
column!(/// Telling terms.
    TERMS, "terms", "Terms", Text, "", "The topic's ten most telling terms.", "Grootendorst 2022");
column!(/// Nearest headline.
    TYPICAL_1, "typical_1", "Typical document", Text, "", "Title (or id) of the document nearest to the topic's centre.", "");
column!(/// Second headline.
    TYPICAL_2, "typical_2", "Second typical document", Text, "", "The next nearest document, of another group where there is one.", "");
column!(/// Third headline.
    TYPICAL_3, "typical_3", "Third typical document", Text, "", "The next nearest document, of a third group where there is one.", "");
column!(/// Rank of a term.
    RANK, "rank", "Rank", Integer, "", "Place among the topic's terms, 1 is the most telling.", "");
column!(/// Weight of a term.
    WEIGHT, "weight", "Weight", Decimal(4), "class-based TF-IDF", "Share of the topic's words times ln(1 + mean words a topic / occurrences in all topics). Words are the terms that take part: no stop words, none too rare or too frequent.", "Grootendorst 2022");
column!(/// Occurrences in the topic.
    TOPIC_COUNT, "topic_count", "Count in topic", Integer, "occurrences", "How often the term occurs in the topic's documents.", "");
column!(/// Documents of the topic.
    TOPIC_DOCUMENTS, "topic_documents", "Documents in topic", Integer, "documents", "Documents of the topic that hold the term.", "");
column!(/// Distance.
    DISTANCE, "distance", "Distance", Decimal(3), "Euclidean distance, 0–2", "Distance of the document to its topic's centre, in the reduced space joined with the topic probabilities.", "");
column!(/// Second topic.
    SECOND_TOPIC, "second_topic", "Second topic", Integer, "", "The next nearest topic.", "");
column!(/// Distance to the second topic.
    SECOND_DISTANCE, "second_distance", "Second distance", Decimal(3), "Euclidean distance, 0–2", "Distance to the next nearest topic's centre.", "");
column!(/// Margin.
    MARGIN, "margin", "Margin", Decimal(3), "difference of distances", "Second distance less distance: near 0 the document lies between two topics.", "");
column!(/// Lower end.
    SHARE_LOW, "share_low", "Share, low", Share, "share of documents", "Lower end of the 95 % interval of the share over resampled documents.", "Efron 1979");
column!(/// Upper end.
    SHARE_HIGH, "share_high", "Share, high", Share, "share of documents", "Upper end of the 95 % interval of the share over resampled documents.", "Efron 1979");
column!(/// Share elsewhere.
    REST_SHARE, "rest_share", "Share in the rest", Share, "share of documents", "Share of the other groups' documents that hold it.", "");
column!(/// Difference.
    SHARE_DIFFERENCE, "share_difference", "Difference", Decimal(3), "difference of shares, −1 to 1", "Share in the group less share in the rest: below 0 the group neglects the topic.", "");
column!(/// Judgement.
    COVERAGE, "coverage", "Coverage", Text, "", "`neglects` or `favours` where the group's share differs from the rest at a false discovery rate of 5 %.", "Benjamini & Hochberg 1995");
column!(/// Judgement of stability.
    UNSTABLE, "unstable", "Unstable", Boolean, "", "Whether parts of the documents don't find the topic again (stability below 0.6): don't build on it.", "Hennig 2007");
column!(/// First coordinate.
    MAP_X, "map_x", "Map, across", Decimal(3), "no unit", "Place on the map, across: near documents are alike, distances far apart mean little.", "van der Maaten & Hinton 2008");
column!(/// Second coordinate.
    MAP_Y, "map_y", "Map, up", Decimal(3), "no unit", "Place on the map, up: near documents are alike, distances far apart mean little.", "van der Maaten & Hinton 2008");
column!(/// Label on the map.
    MAP_LABEL, "map_label", "Map label", Text, "", "The topic's label, at the document in the middle of its topic on the map; empty elsewhere.", "");
column!(/// Outline on the map.
    OUTLINE, "outline", "Outline", Text, "", "The topic whose outline on the map this document is within: the nearest four fifths to the topic's middle there.", "");
column!(/// Colour on the map.
    COLOUR, "map_colour", "Map colour", Text, "", "The topic's label for the largest topics, `other topics` for the others: the map has no more colours.", "");
column!(/// A score.
    SCORE, "score", "Score", Text, "", "What is told: agreement with the labels, or quality without them.", "");
column!(/// Its value.
    SCORE_VALUE, "value", "Value", Decimal(4), "see meaning", "The score's value.", "");
column!(/// Its meaning.
    SCORE_MEANING, "meaning", "Meaning", Text, "", "What the score tells, with its source.", "");
column!(/// Number of topics.
    TOPICS, "topics", "Topics", Integer, "topics", "The number of topics tried.", "");
column!(/// Evidence.
    EVIDENCE, "evidence", "Evidence", Decimal(3), "nats a document", "Logarithm of the documents' probability under so many topics, over that under one topic; rises with real topics and falls when they are split.", "Biernacki, Celeux & Govaert 2010");
column!(/// Agreement of starts.
    START_AGREEMENT, "start_agreement", "Agreement of subsamples", Decimal(2), "adjusted Rand index", "Mean agreement between the clusterings of random subsamples, each applied to all documents.", "Hubert & Arabie 1985");
column!(/// The number taken.
    CHOSEN, "chosen", "Chosen", Boolean, "", "Whether this number was taken.", "");

/// The topics.
pub static TABLE_TOPICS: TableSpec = TableSpec {
    name: "topics",
    title: "Topics",
    summary: "A row is a cluster of documents that use the same words. Every document with telling words is in exactly one, unless leaving some without a topic was asked for.",
    order: "documents, most first",
    columns: &[
        &TOPIC,
        &TOPIC_LABEL,
        &DOCUMENTS,
        &DOCUMENT_SHARE,
        &STABILITY,
        &UNSTABLE,
        &SILHOUETTE,
        &COHERENCE,
        &TERMS,
        &TYPICAL_1,
        &TYPICAL_2,
        &TYPICAL_3,
    ],
};

/// Their terms.
pub static TABLE_TERMS: TableSpec = TableSpec {
    name: "topic_terms",
    title: "Terms of topics",
    summary: "A row is a telling term of a topic; of several forms of one word only the most telling is given.",
    order: "topic, then weight times the logarithm of how much more frequent the term is in the topic than overall",
    columns: &[&TOPIC, &TOPIC_LABEL, &RANK, &TERM, &WEIGHT, &LOG_LIKELIHOOD, &TOPIC_COUNT, &TOPIC_DOCUMENTS],
};

/// The documents.
pub static TABLE_DOCUMENTS: TableSpec = TableSpec {
    name: "document_topics",
    title: "Documents and their topics",
    summary: "A row is a document with its topic and the next nearest; without telling words it has none.",
    order: "document",
    columns: &[&DOCUMENT, &TITLE, &GROUP, &DATE, &TOPIC, &TOPIC_LABEL, &DISTANCE, &SECOND_TOPIC, &SECOND_DISTANCE, &MARGIN],
};

/// Groups.
pub static TABLE_SHARES: TableSpec = TableSpec {
    name: "topic_shares",
    title: "Topics by group",
    summary: "A row is a topic in a group: which topics a group covers more or less than the others. Tested over documents.",
    order: "group, then topic",
    columns: &[
        &GROUP,
        &TOPIC,
        &TOPIC_LABEL,
        &DOCUMENTS,
        &DOCUMENT_SHARE,
        &SHARE_LOW,
        &SHARE_HIGH,
        &REST_SHARE,
        &SHARE_DIFFERENCE,
        &P_VALUE,
        &Q_VALUE,
        &COVERAGE,
    ],
};

/// Months.
pub static TABLE_MONTHS: TableSpec = TableSpec {
    name: "topic_months",
    title: "Topics by month",
    summary: "A row is a topic in a month, as a share of the month's dated documents; the group `all` is all documents.",
    order: "group (`all` first), month, topic",
    columns: &[&GROUP, &MONTH, &TOPIC, &TOPIC_LABEL, &DOCUMENTS, &DOCUMENT_SHARE, &SHARE_LOW, &SHARE_HIGH],
};

/// The choice of the number of topics.
pub static TABLE_CHOICE: TableSpec = TableSpec {
    name: "topic_choice",
    title: "Choice of the number of topics",
    summary: "A row is a number of topics that was tried on (a sample of) the documents.",
    order: "topics, fewest first",
    columns: &[&TOPICS, &EVIDENCE, &SILHOUETTE, &START_AGREEMENT, &COHERENCE, &CHOSEN],
};

/// The tree.
pub static TABLE_TREE: TableSpec = TableSpec {
    name: "topic_tree",
    title: "Tree of topics",
    summary: "A row joins two topics or groups of topics, the most alike first: which topics are parts of a larger one.",
    order: "distance (1 − cosine between the topics' mean documents), nearest first",
    columns: tree::COLUMNS,
};

/// The map.
pub static TABLE_MAP: TableSpec = TableSpec {
    name: "topic_map",
    title: "Map of documents",
    summary: "A row is one of up to `--map` evenly taken documents with its place on a plane, where near documents are alike.",
    order: "document",
    columns: &[&DOCUMENT, &TITLE, &GROUP, &TOPIC, &TOPIC_LABEL, &MAP_X, &MAP_Y, &MAP_LABEL, &OUTLINE, &COLOUR],
};

/// Scores against labels.
pub static TABLE_EVALUATION: TableSpec = TableSpec {
    name: "topic_evaluation",
    title: "Topics against labels",
    summary: "A row is a score of the topics: how well they match labels that people gave, and how they do without them.",
    order: "as listed",
    columns: &[&SCORE, &SCORE_VALUE, &SCORE_MEANING],
};
