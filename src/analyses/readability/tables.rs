//! The tables of readability.

use crate::table::glossary::{DOCUMENT, GROUP, TITLE, WORDS, column};
use crate::table::{ColumnKind, ColumnSpec, TableSpec};
use ColumnKind::{Decimal, Integer};

column!(/// Documents measured.
    MEASURED_DOCUMENTS, "measured_documents", "Documents", Integer, "documents", "Documents of the group with words; those in languages written without spaces are left out. Never weighted.", "");
column!(/// English ones.
    ENGLISH_DOCUMENTS, "english_documents", "English documents", Integer, "documents", "Measured documents in English, of which alone the formulas with syllables are made. A text whose language can't be told is taken for the corpus' own.", "");
column!(/// Sentences.
    WORDED_SENTENCES, "worded_sentences", "Sentences", Integer, "sentences", "Sentences that hold a word. A sentence ends at a stop, question or exclamation mark (not at abbreviations and initials) and at the end of a line, so headlines and lines of lists are sentences too.", "");
column!(/// Sentence length.
    SENTENCE_LENGTH, "mean_sentence_length", "Words a sentence", Decimal(1), "words a sentence", "Words over sentences, documents counted by their weights where they have any.", "");
column!(/// Lower end.
    SENTENCE_LENGTH_LOW, "mean_sentence_length_low", "Words a sentence, low", Decimal(1), "words a sentence", "Lower end of the 95 % interval of words a sentence; documents resampled 1,000 times.", "Efron 1979");
column!(/// Upper end.
    SENTENCE_LENGTH_HIGH, "mean_sentence_length_high", "Words a sentence, high", Decimal(1), "words a sentence", "Upper end of the 95 % interval of words a sentence.", "Efron 1979");
column!(/// Word length.
    WORD_LENGTH, "mean_word_length", "Letters a word", Decimal(2), "letters a word", "Letters and digits over words; a split-off 's gives its letter to the word.", "");
column!(/// Lower end.
    WORD_LENGTH_LOW, "mean_word_length_low", "Letters a word, low", Decimal(2), "letters a word", "Lower end of the 95 % interval of letters a word; documents resampled 1,000 times.", "Efron 1979");
column!(/// Upper end.
    WORD_LENGTH_HIGH, "mean_word_length_high", "Letters a word, high", Decimal(2), "letters a word", "Upper end of the 95 % interval of letters a word.", "Efron 1979");
column!(/// LIX.
    LIX, "lix", "LIX", Decimal(1), "points", "Words a sentence plus the percentage of words of more than six letters, of all the group's documents as one text: 25 very easy, newspapers 40 to 50, 60 very hard. Serves any language; compare within one.", "Björnsson 1968");
column!(/// Lower end.
    LIX_LOW, "lix_low", "LIX, low", Decimal(1), "points", "Lower end of the 95 % interval of LIX; documents resampled 1,000 times.", "Efron 1979");
column!(/// Upper end.
    LIX_HIGH, "lix_high", "LIX, high", Decimal(1), "points", "Upper end of the 95 % interval of LIX.", "Efron 1979");
column!(/// Flesch.
    READING_EASE, "flesch_reading_ease", "Flesch reading ease", Decimal(1), "points; higher is easier", "206.835 − 1.015·words a sentence − 84.6·syllables a word, of the English documents as one text: 60 to 70 plain English, below 30 very hard. Syllables are counted by rules of spelling; a word with a figure has one.", "Flesch 1948");
column!(/// Lower end.
    READING_EASE_LOW, "flesch_reading_ease_low", "Flesch, low", Decimal(1), "points", "Lower end of the 95 % interval of the reading ease; documents resampled 1,000 times.", "Efron 1979");
column!(/// Upper end.
    READING_EASE_HIGH, "flesch_reading_ease_high", "Flesch, high", Decimal(1), "points", "Upper end of the 95 % interval of the reading ease.", "Efron 1979");

/// One row a group, the whole corpus first.
pub(super) static READABILITY: TableSpec = TableSpec {
    name: "readability",
    title: "How hard each group is to read",
    summary: "One row a group and, first, one for the whole corpus, each group's documents taken as one text. Document weights multiply what a document adds; counts are plain.",
    order: "the whole corpus, then groups by name",
    columns: &[
        &GROUP,
        &MEASURED_DOCUMENTS,
        &LIX,
        &LIX_LOW,
        &LIX_HIGH,
        &READING_EASE,
        &READING_EASE_LOW,
        &READING_EASE_HIGH,
        &SENTENCE_LENGTH,
        &SENTENCE_LENGTH_LOW,
        &SENTENCE_LENGTH_HIGH,
        &WORD_LENGTH,
        &WORD_LENGTH_LOW,
        &WORD_LENGTH_HIGH,
        &WORDS,
        &WORDED_SENTENCES,
        &ENGLISH_DOCUMENTS,
    ],
};

column!(/// Flesch–Kincaid.
    KINCAID, "flesch_kincaid_grade", "Flesch–Kincaid", Decimal(1), "US school grade", "0.39·words a sentence + 11.8·syllables a word − 15.59, of English documents.", "Kincaid et al. 1975");
column!(/// Lower end.
    KINCAID_LOW, "flesch_kincaid_grade_low", "Flesch–Kincaid, low", Decimal(1), "US school grade", "Lower end of the 95 % interval; documents resampled 1,000 times.", "Efron 1979");
column!(/// Upper end.
    KINCAID_HIGH, "flesch_kincaid_grade_high", "Flesch–Kincaid, high", Decimal(1), "US school grade", "Upper end of the 95 % interval.", "Efron 1979");
column!(/// Fog.
    FOG, "gunning_fog", "Gunning Fog", Decimal(1), "US school grade", "0.4·(words a sentence + percentage of words of three syllables or more), of English documents. Names, compounds and forms in -ed and -es count too.", "Gunning 1952");
column!(/// Lower end.
    FOG_LOW, "gunning_fog_low", "Gunning Fog, low", Decimal(1), "US school grade", "Lower end of the 95 % interval; documents resampled 1,000 times.", "Efron 1979");
column!(/// Upper end.
    FOG_HIGH, "gunning_fog_high", "Gunning Fog, high", Decimal(1), "US school grade", "Upper end of the 95 % interval.", "Efron 1979");
column!(/// SMOG.
    SMOG, "smog", "SMOG", Decimal(1), "US school grade", "1.0430·√(30·words of three syllables or more a sentence) + 3.1291, of English documents.", "McLaughlin 1969");
column!(/// Lower end.
    SMOG_LOW, "smog_low", "SMOG, low", Decimal(1), "US school grade", "Lower end of the 95 % interval; documents resampled 1,000 times.", "Efron 1979");
column!(/// Upper end.
    SMOG_HIGH, "smog_high", "SMOG, high", Decimal(1), "US school grade", "Upper end of the 95 % interval.", "Efron 1979");
column!(/// ARI.
    ARI, "automated_readability_index", "ARI", Decimal(1), "US school grade", "4.71·characters a word + 0.5·words a sentence − 21.43; characters are those of words and punctuation marks. A grade for English only; elsewhere it compares texts of one language.", "Smith & Senter 1967");
column!(/// Lower end.
    ARI_LOW, "automated_readability_index_low", "ARI, low", Decimal(1), "US school grade", "Lower end of the 95 % interval; documents resampled 1,000 times.", "Efron 1979");
column!(/// Upper end.
    ARI_HIGH, "automated_readability_index_high", "ARI, high", Decimal(1), "US school grade", "Upper end of the 95 % interval.", "Efron 1979");
column!(/// Coleman–Liau.
    LIAU, "coleman_liau", "Coleman–Liau", Decimal(1), "US school grade", "0.0588·letters per 100 words − 0.296·sentences per 100 words − 15.8. A grade for English only; elsewhere it compares texts of one language.", "Coleman & Liau 1975");
column!(/// Lower end.
    LIAU_LOW, "coleman_liau_low", "Coleman–Liau, low", Decimal(1), "US school grade", "Lower end of the 95 % interval; documents resampled 1,000 times.", "Efron 1979");
column!(/// Upper end.
    LIAU_HIGH, "coleman_liau_high", "Coleman–Liau, high", Decimal(1), "US school grade", "Upper end of the 95 % interval.", "Efron 1979");
column!(/// RIX.
    RIX, "rix", "RIX", Decimal(2), "long words a sentence", "Words of more than six letters over sentences; serves any language.", "Anderson 1983");
column!(/// Lower end.
    RIX_LOW, "rix_low", "RIX, low", Decimal(2), "long words a sentence", "Lower end of the 95 % interval; documents resampled 1,000 times.", "Efron 1979");
column!(/// Upper end.
    RIX_HIGH, "rix_high", "RIX, high", Decimal(2), "long words a sentence", "Upper end of the 95 % interval.", "Efron 1979");

/// The other formulas.
pub(super) static READABILITY_FORMULAS: TableSpec = TableSpec {
    name: "readability_formulas",
    title: "The same by other formulas",
    summary: "One row a group and, first, one for the whole corpus: the years of US schooling that five formulas ask for, and RIX. They measure much the same and seldom agree on the year.",
    order: "the whole corpus, then groups by name",
    columns: &[
        &GROUP,
        &KINCAID,
        &KINCAID_LOW,
        &KINCAID_HIGH,
        &FOG,
        &FOG_LOW,
        &FOG_HIGH,
        &SMOG,
        &SMOG_LOW,
        &SMOG_HIGH,
        &ARI,
        &ARI_LOW,
        &ARI_HIGH,
        &LIAU,
        &LIAU_LOW,
        &LIAU_HIGH,
        &RIX,
        &RIX_LOW,
        &RIX_HIGH,
    ],
};

/// One row a document.
pub(super) static DOCUMENT_READABILITY: TableSpec = TableSpec {
    name: "document_readability",
    title: "The hardest and the easiest documents",
    summary: "One row a document with enough words (`--min-document-words`). Of a single text the formulas are rough: a list or a table without stops can make it “hard”.",
    order: "by LIX (highest first), then document",
    columns: &[
        &DOCUMENT,
        &GROUP,
        &TITLE,
        &LIX,
        &READING_EASE,
        &SENTENCE_LENGTH,
        &WORD_LENGTH,
        &WORDS,
        &WORDED_SENTENCES,
        &KINCAID,
        &FOG,
        &SMOG,
        &ARI,
        &LIAU,
        &RIX,
    ],
};
