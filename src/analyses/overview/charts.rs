//! Charts of the overview: words by group and month, documents over time.

use super::tables::{MONTHS, OVERVIEW, TIMELINE};
use crate::corpus::Corpus;
use crate::table::format::{long_date, thousands};
use crate::table::{Bars, ChartSpec, Column, Lines, Mark, Table};
use std::collections::BTreeMap;

/// The charts of the tables that are there; `timeline` comes with its unit.
pub(super) fn charts(corpus: &Corpus, overview: &Table, timeline: Option<(&Table, &str)>, months: &Table) -> Vec<ChartSpec> {
    let mut charts = Vec::new();
    let grouped = !corpus.groups.field.is_empty();
    let total = corpus.group_terms.total_words();
    let footer = format!("{} documents, {} words.", thousands(corpus.documents.len() as u64), thousands(total));
    if grouped && overview.rows() > 2 {
        let largest = (1..overview.rows()).max_by_key(|&row| overview.number("words", row).map_or(0, |words| words as u64)).unwrap_or(1);
        charts.push(ChartSpec {
            name: "words_by_group".to_owned(),
            title: format!(
                "{} has {:.0} % of the words",
                overview.text("group", largest).unwrap_or("The largest group"),
                overview.number("word_share", largest).unwrap_or(0.0) * 100.0
            ),
            subtitle: format!("Words by {}", corpus.groups.field),
            footer: footer.clone(),
            table: OVERVIEW.name,
            rows: Some((1..overview.rows()).collect()),
            mark: Mark::Bars(Bars { label: "group", value: "words", interval: None, series: Some("group"), stacked: false }),
        });
    }
    let series = grouped.then_some("group");
    if let Some((day, words)) = largest_period(months, "month", "words") {
        let first = months.column("month").map(|column| column.value(0));
        let several = (0..months.rows()).any(|row| months.column("month").map(|column| column.value(row)) != first);
        let month = period_name(day, "month");
        charts.push(ChartSpec {
            name: "words_by_month".to_owned(),
            title: if several { format!("{month} has the most words: {}", thousands(words)) } else { format!("All words are of {month}") },
            subtitle: if grouped {
                format!("Words of dated documents by month and {}", corpus.groups.field)
            } else {
                "Words of dated documents by month".to_owned()
            },
            footer: footer.clone(),
            table: MONTHS.name,
            rows: None,
            mark: if several && months.rows() > 3 * corpus.groups.len() {
                Mark::Lines(Lines { x: "month", y: "words", interval: None, series })
            } else {
                Mark::Bars(Bars { label: "group", value: "words", interval: None, series: Some("month"), stacked: true })
            },
        });
    }
    if let Some((timeline, unit)) = timeline {
        let most = largest_period(timeline, "period", "documents");
        charts.push(ChartSpec {
            name: "documents_over_time".to_owned(),
            title: most.map_or_else(
                || "When the documents appeared".to_owned(),
                |(day, documents)| format!("{} has the most documents: {}", period_name(day, unit), thousands(documents)),
            ),
            subtitle: format!("Documents a {unit}{}", if grouped { format!(" by {}", corpus.groups.field) } else { String::new() }),
            footer,
            table: TIMELINE.name,
            rows: None,
            mark: Mark::Lines(Lines { x: "period", y: "documents", interval: None, series }),
        });
    }
    charts
}

/// `March 2026` for a month, `2026` for a year, else the period by its first day.
fn period_name(first_day: i32, unit: &str) -> String {
    let date = long_date(first_day);
    let mut words = date.splitn(3, ' ');
    match (unit, words.next(), words.next(), words.next()) {
        ("month", _, Some(month), Some(year)) => format!("{month} {year}"),
        ("year", _, _, Some(year)) => year.to_owned(),
        ("decade", _, _, Some(year)) => format!("The decade from {year}"),
        ("day", ..) => date,
        _ => format!("The {unit} from {date}"),
    }
}

/// The first day of the period with the largest sum of `value` over all groups, and that sum; the first of equal ones.
fn largest_period(table: &Table, period: &str, value: &str) -> Option<(i32, u64)> {
    let Some(Column::Date(days)) = table.column(period) else { return None };
    let mut sums: BTreeMap<i32, u64> = BTreeMap::new();
    for (row, day) in days.iter().enumerate() {
        *sums.entry(day?).or_default() += table.number(value, row).unwrap_or(0.0) as u64;
    }
    sums.into_iter().rev().max_by_key(|&(_, sum)| sum)
}
