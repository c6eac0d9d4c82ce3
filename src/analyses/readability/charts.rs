//! Which groups can be compared, the chart of them, and the sentence about the hardest and the easiest.

use super::counted::language;
use super::tables::READABILITY;
use crate::corpus::Corpus;
use crate::table::format::thousands;
use crate::table::{Bars, ChartSpec, Finding, Mark, Table};

/// The groups whose LIX may be compared.
pub(super) struct Compared {
    /// Rows of the main table with a LIX and its interval, the hardest first; empty where there is nothing to compare.
    pub rows: Vec<usize>,
    /// Names of the groups that are in other languages.
    pub other_languages: Vec<String>,
}

/// The groups of which at least nine documents in ten are in the corpus' own language.
pub(super) fn compared(corpus: &Corpus, table: &Table) -> Compared {
    let mut compared = Compared { rows: Vec::new(), other_languages: Vec::new() };
    if !corpus.groups.comparable() {
        return compared;
    }
    for (group, members) in corpus.groups.members().iter().enumerate() {
        let own = members.iter().filter(|&&document| language(corpus, document as usize) == corpus.language).count();
        // The whole corpus has the first row.
        let row = group + 1;
        if own * 10 < members.len() * 9 {
            compared.other_languages.push(corpus.groups.names[group].clone());
        } else if table.number("lix_low", row).is_some() {
            compared.rows.push(row);
        }
    }
    let lix = |row: &usize| table.number("lix", *row).unwrap_or(0.0);
    compared.rows.sort_by(|a, b| lix(b).total_cmp(&lix(a)).then(a.cmp(b)));
    compared
}

/// The hardest and the easiest group, if their intervals lie apart.
fn apart(table: &Table, compared: &Compared) -> Option<(usize, usize)> {
    let (&hardest, &easiest) = (compared.rows.first()?, compared.rows.last()?);
    (table.number("lix_low", hardest)? > table.number("lix_high", easiest)?).then_some((hardest, easiest))
}

/// At most one sentence.
pub(super) fn findings(corpus: &Corpus, table: &Table, compared: &Compared) -> Vec<Finding> {
    let Some((hardest, easiest)) = apart(table, compared) else { return Vec::new() };
    let number = |column: &str, row: usize| table.number(column, row).unwrap_or(0.0);
    let described = |row: usize| {
        format!(
            "{} (LIX {:.1}; {:.1} to {:.1}; {:.1} words a sentence)",
            table.text("group", row).unwrap_or_default(),
            number("lix", row),
            number("lix_low", row),
            number("lix_high", row),
            number("mean_sentence_length", row)
        )
    };
    let among = if compared.rows.len() < corpus.groups.len() { " of those that can be compared" } else { "" };
    vec![Finding {
        sentence: format!(
            "The hardest texts to read{among} are those of {}, the easiest those of {}.",
            described(hardest),
            described(easiest)
        ),
        weight: 18.0,
        table: READABILITY.name,
        row: Some(hardest),
    }]
}

/// Dots with intervals, the hardest group first.
pub(super) fn charts(corpus: &Corpus, table: &Table, compared: &Compared) -> Vec<ChartSpec> {
    if compared.rows.len() < 2 {
        return Vec::new();
    }
    let group = |row: usize| table.text("group", row).unwrap_or_default();
    let title = match apart(table, compared) {
        Some((hardest, easiest)) => format!("{} is the hardest to read, {} the easiest", group(hardest), group(easiest)),
        None => "How hard the groups are to read".to_owned(),
    };
    let documents: f64 = compared.rows.iter().filter_map(|&row| table.number("measured_documents", row)).sum();
    vec![ChartSpec {
        name: "readability".to_owned(),
        title,
        subtitle: format!(
            "LIX by {}: words a sentence plus the percentage of words of more than six letters; higher is harder",
            corpus.groups.field
        ),
        footer: format!("{} documents. Lines: 95 % intervals, documents resampled 1,000 times.", thousands(documents as u64)),
        table: READABILITY.name,
        rows: Some(compared.rows.clone()),
        mark: Mark::Bars(Bars {
            label: "group",
            value: "lix",
            interval: Some(("lix_low", "lix_high")),
            series: Some("group"),
            stacked: false,
        }),
    }]
}
