//! The tables of entities.

use crate::table::glossary::{COUNT, DOCUMENT, DOCUMENT_SHARE, DOCUMENTS, ENTITY, GROUP, P_VALUE, PER_MILLION, Q_VALUE, TYPE, column};
use crate::table::{ColumnKind, ColumnSpec, TableSpec};
use ColumnKind::{Date, Decimal, Integer, Share, Text};

column!(/// Rank.
    RANK, "rank", "Rank", Integer, "", "Position in the group by documents that name it, then by mentions; 1 is the most named.", "");
column!(/// Lower end.
    PER_MILLION_LOW, "per_million_low", "Per million, low", Decimal(1), "per million words", "Lower end of the 95 % interval of the rate: documents resampled within their groups, 1,000 times. Empty with fewer than five documents in the group or two that name it.", "Efron 1979");
column!(/// Upper end.
    PER_MILLION_HIGH, "per_million_high", "Per million, high", Decimal(1), "per million words", "Upper end of the 95 % interval of the rate.", "Efron 1979");
column!(/// Lower end.
    SHARE_LOW, "document_share_low", "Share of documents, low", Share, "share of documents", "Lower end of the 95 % interval of the document share: documents resampled within their groups, 1,000 times. Empty with too few documents, or if all documents name it.", "Efron 1979");
column!(/// Upper end.
    SHARE_HIGH, "document_share_high", "Share of documents, high", Share, "share of documents", "Upper end of the 95 % interval of the document share.", "Efron 1979");
column!(/// Number of spellings.
    SPELLINGS, "spellings", "Spellings", Integer, "spellings", "Different spellings in the group, short forms (a surname alone) and capitals included.", "");
column!(/// The spellings.
    SPELLING_LIST, "spelling_list", "Spellings and mentions", Text, "", "Each spelling with its mentions, the most frequent first.", "");
column!(/// First day.
    FIRST_DATE, "first_date", "First date", Date, "", "Day of the first dated document that names it.", "");
column!(/// Last day.
    LAST_DATE, "last_date", "Last date", Date, "", "Day of the last dated document that names it.", "");
column!(/// Part of the name.
    PART, "part", "Part of the name", Text, "", "Which part is compared: a person's given name or surname, the name as a whole, or its abbreviation. A surname alone is no other spelling of a full name; it counts for the surname.", "");
column!(/// A spelling.
    SPELLING, "spelling", "Spelling", Text, "", "The part as written, in its most frequent use of capitals.", "");
column!(/// Share of the spelling.
    SPELLING_SHARE, "spelling_share", "Share of mentions", Share, "share of mentions", "Share of the spelling among the group's mentions of the entity that have this part.", "");
column!(/// Lower end.
    SPELLING_SHARE_LOW, "spelling_share_low", "Share of mentions, low", Share, "share of mentions", "Lower end of the 95 % interval of the share, with the documents as trials: the mentions of one document follow one style.", "Wilson 1927");
column!(/// Upper end.
    SPELLING_SHARE_HIGH, "spelling_share_high", "Share of mentions, high", Share, "share of mentions", "Upper end of the 95 % interval of the share.", "Wilson 1927");
column!(/// First character.
    START, "start", "Start", Integer, "characters", "Characters (Unicode scalar values) before the mention in the document's text as read.", "");
column!(/// Character after the last.
    END, "end", "End", Integer, "characters", "Characters before the end of the mention; the text from start to end is the surface.", "");
column!(/// The mention as it stands.
    SURFACE, "surface", "Surface", Text, "", "The mention exactly as it stands in the text.", "");
column!(/// The other entity.
    OTHER_ENTITY, "other_entity", "Other entity", Text, "", "The entity named together with the first one.", "");
column!(/// Its type.
    OTHER_TYPE, "other_type", "Other type", Text, "", "Type of the other entity.", "");
column!(/// Sentences.
    SHARED_SENTENCES, "shared_sentences", "Shared sentences", Integer, "sentences", "Sentences that name both.", "");
column!(/// Documents.
    SHARED_DOCUMENTS, "shared_documents", "Shared documents", Integer, "documents", "Documents that name both.", "");
column!(/// Association by sentence.
    SENTENCE_NPMI, "sentence_npmi", "NPMI, sentences", Decimal(3), "from −1 to 1", "Normalised pointwise mutual information over sentences: 1 if the two are always named together, 0 if as often as chance has it. Empty if no sentence names both.", "Bouma 2009");
column!(/// Association by document.
    DOCUMENT_NPMI, "document_npmi", "NPMI, documents", Decimal(3), "from −1 to 1", "Normalised pointwise mutual information over documents. Empty if no or every document names both.", "Bouma 2009");
column!(/// Evidence by document.
    DOCUMENT_LOG_LIKELIHOOD, "document_log_likelihood", "G², documents", Decimal(2), "G², four cells", "Log-likelihood ratio of the two-by-two table of documents that name one, both or neither.", "Dunning 1993");
column!(/// Evidence by sentence.
    SENTENCE_LOG_LIKELIHOOD, "sentence_log_likelihood", "G², sentences", Decimal(2), "G², four cells", "Log-likelihood ratio of the two-by-two table of sentences that name one, both or neither: evidence, not size; treats sentences as independent.", "Dunning 1993");

/// One row an entity for the whole corpus, then one a group and entity.
pub static ENTITIES: TableSpec = TableSpec {
    name: "entities",
    title: "Who and what is named",
    summary: "One row an entity for the whole corpus (group \"(all)\"), then one a group and entity that it names. Document weights multiply mentions, words and documents in rate, share and their intervals; counts and ranks are plain.",
    order: "the whole corpus first, then groups by name; within them by rank",
    columns: &[
        &RANK,
        &ENTITY,
        &TYPE,
        &GROUP,
        &COUNT,
        &PER_MILLION,
        &PER_MILLION_LOW,
        &PER_MILLION_HIGH,
        &DOCUMENTS,
        &DOCUMENT_SHARE,
        &SHARE_LOW,
        &SHARE_HIGH,
        &SPELLINGS,
        &SPELLING_LIST,
        &FIRST_DATE,
        &LAST_DATE,
    ],
};

/// One row an entity, part of its name, group and spelling.
pub static SPELLING_TABLE: TableSpec = TableSpec {
    name: "entity_spellings",
    title: "Who writes which spelling",
    summary: "One row an entity, part of its name, group and spelling, for parts that are spelled in more than one way; the test asks whether groups differ in spelling.",
    order: "by the entity's rank and the part; the whole corpus first, then groups by name; within them by mentions",
    columns: &[
        &ENTITY,
        &TYPE,
        &PART,
        &SPELLING,
        &GROUP,
        &COUNT,
        &DOCUMENTS,
        &SPELLING_SHARE,
        &SPELLING_SHARE_LOW,
        &SPELLING_SHARE_HIGH,
        &P_VALUE,
        &Q_VALUE,
    ],
};

/// One row a mention.
pub static MENTION_TABLE: TableSpec = TableSpec {
    name: "entity_mentions",
    title: "Every mention",
    summary: "One row a mention of an entity, with its place in the text as read.",
    order: "by document, then place",
    columns: &[&DOCUMENT, &START, &END, &SURFACE, &TYPE, &ENTITY],
};

/// One row a pair of entities.
pub static PAIR_TABLE: TableSpec = TableSpec {
    name: "entity_pairs",
    title: "Who is named together",
    summary: "One row a pair of entities that at least two sentences or two documents name together.",
    order: "by log-likelihood over sentences (highest first), then over documents, then names",
    columns: &[
        &ENTITY,
        &TYPE,
        &OTHER_ENTITY,
        &OTHER_TYPE,
        &SHARED_SENTENCES,
        &SENTENCE_NPMI,
        &SENTENCE_LOG_LIKELIHOOD,
        &SHARED_DOCUMENTS,
        &DOCUMENT_NPMI,
        &DOCUMENT_LOG_LIKELIHOOD,
    ],
};
