//! Which groups can be compared, the chart of them, and the sentence about the hardest and the easiest.

use super::counted::language;
use super::resampled::{Estimate, Group};
use super::tables::READABILITY;
use crate::analyses::measures::readability::lix;
use crate::corpus::Corpus;
use crate::maths::float::sqrt;
use crate::maths::special::student_two_sided;
use crate::table::format::thousands;
use crate::table::{Bars, ChartSpec, Finding, Mark, Table};

/// The groups whose LIX may be compared.
#[derive(Debug)]
pub(super) struct Compared {
    /// Rows of the main table with a LIX and its interval, the hardest first; empty where there is nothing to compare.
    pub rows: Vec<usize>,
    /// The rows of the hardest and the easiest group, if they surely differ.
    pub apart: Option<(usize, usize)>,
    /// Names of the groups that are in other languages.
    pub other_languages: Vec<String>,
}

/// Chance of naming two groups that do not differ, over all pairs.
const LEVEL: f64 = 0.05;

/// Compares the groups of which at least nine documents in ten are in the corpus' own language; `groups` has the whole corpus first.
pub(super) fn compared(corpus: &Corpus, groups: &[Group]) -> Compared {
    let mut compared = Compared { rows: Vec::new(), apart: None, other_languages: Vec::new() };
    if !corpus.groups.comparable() {
        return compared;
    }
    let estimates: Vec<Estimate> = groups.iter().map(|group| group.all.estimate(lix)).collect();
    for (members, row) in corpus.groups.members().iter().zip(1..) {
        let own = members.iter().filter(|&&document| language(corpus, document as usize) == corpus.language).count();
        if own * 10 < members.len() * 9 {
            compared.other_languages.push(groups[row].name.clone());
        } else if estimates[row].low.is_some() {
            compared.rows.push(row);
        }
    }
    let value = |row: usize| estimates[row].value.unwrap_or(0.0);
    compared.rows.sort_by(|&a, &b| value(b).total_cmp(&value(a)).then(a.cmp(&b)));
    compared.apart = apart(groups, &estimates, &compared.rows);
    compared
}

/// The first and the last of `rows`, if they differ by Welch's t with the degrees of freedom of the smaller group. They are the
/// farthest of all pairs, so p is multiplied by the number of pairs (Bonferroni).
fn apart(groups: &[Group], estimates: &[Estimate], rows: &[usize]) -> Option<(usize, usize)> {
    let (&hardest, &easiest) = (rows.first()?, rows.last()?);
    let (high, low) = (estimates[hardest], estimates[easiest]);
    let (error, other_error) = (high.error?, low.error?);
    let error = sqrt(error * error + other_error * other_error);
    let degrees = groups[hardest].all.documents.min(groups[easiest].all.documents) as f64 - 1.0;
    let pairs = (rows.len() * (rows.len() - 1) / 2) as f64;
    let difference = high.value? - low.value?;
    (difference > 0.0 && pairs * student_two_sided(difference / error, degrees) <= LEVEL).then_some((hardest, easiest))
}

/// At most one sentence.
pub(super) fn findings(corpus: &Corpus, table: &Table, compared: &Compared) -> Vec<Finding> {
    let Some((hardest, easiest)) = compared.apart else { return Vec::new() };
    let number = |column: &str, row: usize| table.number(column, row).unwrap_or(0.0);
    let described = |row: usize| {
        format!(
            "(LIX {:.1}; {:.1} to {:.1}; {:.1} words a sentence)",
            number("lix", row),
            number("lix_low", row),
            number("lix_high", row),
            number("mean_sentence_length", row)
        )
    };
    let group = |row: usize| table.text("group", row).unwrap_or_default();
    let which = match compared.rows.len() {
        2 => "",
        many if many < corpus.groups.len() => ", the farthest apart of those that can be compared",
        _ => ", the farthest apart",
    };
    vec![Finding {
        sentence: format!(
            "The texts of {} are harder to read {} than those of {} {}{which}.",
            group(hardest),
            described(hardest),
            group(easiest),
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
    let title = match compared.apart {
        Some((hardest, easiest)) => format!("{} is harder to read than {}", group(hardest), group(easiest)),
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
