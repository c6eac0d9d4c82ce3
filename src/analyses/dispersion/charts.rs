//! The strips, and the sentence about the word that is spread most unevenly over the groups.

use super::tables::{DISPERSION, WORD_DATES};
use crate::corpus::Corpus;
use crate::table::format::{percentage, thousands};
use crate::table::{ChartSpec, Finding, Mark, Strips, Table};

/// The rows of the groups with the largest and the smallest share of documents that hold one word, for the word for which
/// they are farthest apart: intervals that do not touch, the widest gap between them.
fn widest_gap(table: &Table) -> Option<(usize, usize)> {
    let mut best: Option<(usize, usize, f64)> = None;
    for one in 0..table.rows() {
        for other in (0..table.rows()).filter(|&other| table.text("term", other) == table.text("term", one)) {
            let gap = table.number("document_share_low", one).zip(table.number("document_share_high", other)).map(|(low, high)| low - high);
            if let Some(gap) = gap.filter(|&gap| gap > 0.0 && best.is_none_or(|(.., widest)| gap > widest)) {
                best = Some((one, other, gap));
            }
        }
    }
    best.map(|(one, other, _)| (one, other))
}

fn told(table: &Table, row: usize) -> String {
    let share = |column: &str| percentage(table.number(column, row).unwrap_or(0.0));
    format!("{} (95 % interval {} to {})", share("document_share"), share("document_share_low"), share("document_share_high"))
}

/// At most one sentence.
pub(super) fn findings(corpus: &Corpus, table: &Table) -> Vec<Finding> {
    if !corpus.groups.comparable() {
        return Vec::new();
    }
    let Some((most, least)) = widest_gap(table) else { return Vec::new() };
    let group = |row: usize| table.text("group", row).unwrap_or_default();
    vec![Finding {
        sentence: format!(
            "*{}* is in {} of the documents of {}, in {} of those of {}.",
            table.text("term", most).unwrap_or_default(),
            told(table, most),
            group(most),
            told(table, least),
            group(least)
        ),
        weight: 30.0,
        table: DISPERSION.name,
        row: Some(most),
    }]
}

/// Most strips of a picture: with many groups there are fewer words.
const MOST_STRIPS: usize = 40;

/// The strips.
pub(super) fn charts(corpus: &Corpus, days: &Table, table: &Table) -> Vec<ChartSpec> {
    let telling = widest_gap(table).filter(|_| corpus.groups.comparable()).map(|(most, _)| most);
    let title = match telling {
        Some(most) => {
            let term = table.text("term", most).unwrap_or_default();
            format!("“{term}” is most widespread in {}", table.text("group", most).unwrap_or_default())
        }
        None => "When the words occur".to_owned(),
    };
    // The word of the headline first.
    let mut terms: Vec<&str> = telling.and_then(|row| table.text("term", row)).into_iter().collect();
    for row in 0..table.rows() {
        terms.extend(table.text("term", row).filter(|term| !terms.contains(term)));
    }
    terms.truncate((MOST_STRIPS / corpus.groups.len().max(1)).max(1));
    let rows_of = |term: &&str| (0..days.rows()).filter(|&row| days.text("term", row) == Some(term)).collect::<Vec<usize>>();
    let rows: Vec<usize> = terms.iter().flat_map(rows_of).collect();
    let dated = corpus.documents.dates.iter().flatten().count();
    let without = match corpus.documents.len() - dated {
        0 => String::new(),
        1 => "; 1 document without a date is left out".to_owned(),
        undated => format!("; {} documents without a date are left out", thousands(undated as u64)),
    };
    vec![ChartSpec {
        name: "word_dates".to_owned(),
        title,
        subtitle: format!(
            "Where in the documents of each group, by date, a word occurs; {} dated documents{without}",
            thousands(dated as u64)
        ),
        footer: days.notes.join(" ").replace("A row", "A tick"),
        table: WORD_DATES.name,
        rows: Some(rows),
        mark: Mark::Strips(Strips { panel: "term", row: "group", x: "date", all: "all_documents", found: "documents" }),
    }]
}
