//! Columns that several tables share: the same name, meaning and denominator everywhere.

use super::spec::{ColumnKind, ColumnSpec};

macro_rules! column {
    ($(#[$doc:meta])* $id:ident, $name:literal, $heading:literal, $kind:expr, $unit:literal, $meaning:literal, $source:literal) => {
        $(#[$doc])*
        pub static $id: ColumnSpec =
            ColumnSpec { name: $name, heading: $heading, kind: $kind, unit: $unit, meaning: $meaning, source: $source };
    };
}
pub(crate) use column;

use ColumnKind::{Date, Decimal, Integer, Probability, Share, Text};

column!(/// Document id.
    DOCUMENT, "document", "Document", Text, "", "Id of the document: its path in the folder without extension, or its id in the table.", "");
column!(/// Document title.
    TITLE, "title", "Title", Text, "", "Title or headline of the document; empty where it has none.", "");
column!(/// Group name.
    GROUP, "group", "Group", Text, "", "The outlet (or party, year … as chosen with `--by`).", "");
column!(/// Term.
    TERM, "term", "Term", Text, "", "The word or phrase as counted: lower case; for stems the most frequent form.", "");
column!(/// Entity name.
    ENTITY, "entity", "Entity", Text, "", "The person, organisation, place or other name under its most frequent full spelling.", "");
column!(/// Entity type.
    TYPE, "type", "Type", Text, "", "PER person, ORG organisation, LOC place, MISC other names (nationalities, events, works).", "");
column!(/// Topic number.
    TOPIC, "topic", "Topic", Integer, "", "Number of the topic; 1 is the largest.", "");
column!(/// Label of a topic.
    TOPIC_LABEL, "topic_label", "Topic label", Text, "", "The topic's most telling terms.", "");
column!(/// Occurrences.
    COUNT, "count", "Count", Integer, "occurrences", "How often it occurs in the group; never weighted.", "");
column!(/// Rate per million.
    PER_MILLION, "per_million", "Per million", Decimal(1), "per million words", "Occurrences per million words of the group, documents counted by their weights where they have any. Words are tokens of the kinds word, number, hashtag and mention; stop words count.", "");
column!(/// Document frequency.
    DOCUMENTS, "documents", "Documents", Integer, "documents", "Documents of the group that hold it at least once; never weighted.", "");
column!(/// Document share.
    DOCUMENT_SHARE, "document_share", "Share of documents", Share, "share of documents", "Share of the group's documents that hold it at least once, documents counted by their weights where they have any.", "");
column!(/// Number of words.
    WORDS, "words", "Words", Integer, "words", "Tokens of the kinds word, number, hashtag and mention.", "");
column!(/// Month.
    MONTH, "month", "Month", Date, "", "First day of the month.", "");
column!(/// Date.
    DATE, "date", "Date", Date, "", "Day of publication; empty where unknown.", "");
column!(/// Effect size.
    LOG_RATIO, "log_ratio", "Log ratio", Decimal(2), "log₂ of the ratio of rates", "Binary logarithm of the group's rate over that of what it is compared with: 1 is twice as often, −1 half as often. A zero count is taken as 0.5. Within strata it is the Mantel–Haenszel ratio.", "Hardie 2014");
column!(/// Lower end.
    LOG_RATIO_LOW, "log_ratio_low", "Log ratio, low", Decimal(2), "log₂ of the ratio of rates", "Lower end of the 95 % interval of the log ratio.", "");
column!(/// Upper end.
    LOG_RATIO_HIGH, "log_ratio_high", "Log ratio, high", Decimal(2), "log₂ of the ratio of rates", "Upper end of the 95 % interval of the log ratio.", "");
column!(/// Evidence.
    LOG_LIKELIHOOD, "log_likelihood", "G²", Decimal(2), "G², four cells", "Log-likelihood ratio of the two-by-two table of the word's tokens: evidence, not size; treats words as independent.", "Dunning 1993");
column!(/// p value.
    P_VALUE, "p_value", "p", Probability, "probability", "Probability of a difference at least as large if the groups did not differ.", "");
column!(/// q value.
    Q_VALUE, "q_value", "q", Probability, "false discovery rate", "p adjusted for the number of tests, over all rows tested: Benjamini–Hochberg's false discovery rate, unless the table's note names another rule.", "Benjamini & Hochberg 1995");

#[cfg(test)]
mod tests {
    #[test]
    fn names_are_distinct_and_meanings_are_sentences() {
        let all = [&super::DOCUMENT, &super::GROUP, &super::TERM, &super::COUNT, &super::PER_MILLION, &super::DOCUMENTS, &super::Q_VALUE];
        for (index, column) in all.iter().enumerate() {
            assert!(column.meaning.ends_with('.'), "{}", column.name);
            assert!(all[..index].iter().all(|other| other.name != column.name));
        }
    }
}
