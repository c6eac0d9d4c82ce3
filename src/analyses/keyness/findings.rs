//! Charts of a comparison and the sentences worth reading first.

use super::compare::{Comparison, Row, binary};
use super::settings::Settings;
use super::tables::KEYNESS;
use crate::corpus::Corpus;
use crate::maths::float::exp2;
use crate::table::{Bars, ChartSpec, Finding, Mark, Points};

/// Findings of one group.
const FINDINGS_PER_GROUP: usize = 2;
/// Points of the scatter plot.
const MOST_POINTS: usize = 400;

/// Whether a row may stand in a chart or a sentence: sure, no function word, and not the work of a document or two.
fn is_presentable(row: &Row) -> bool {
    row.sure_size() > 0.0 && !row.is_stop && row.driving.is_none()
}

/// One chart a group with its surest terms both ways; for two groups also their scatter plot.
pub(super) fn charts(corpus: &Corpus, settings: &Settings, comparison: &Comparison, rows: &[Row]) -> Vec<ChartSpec> {
    let names = &corpus.groups.names;
    let slugs = slugs(names);
    let footer = format!(
        "Documents are the unit: 95 % intervals from {} resamples of documents, false discovery rate at most {} over {} tests.",
        settings.resamples, settings.max_q, comparison.family
    );
    let mut charts = Vec::new();
    for (group, name) in names.iter().enumerate() {
        let of_direction = |more: bool| {
            let suits =
                move |row: &Row| row.group == group && row.is_more() == more && row.q_value <= settings.max_q && is_presentable(row);
            (0..rows.len()).filter(|&index| suits(&rows[index])).take(settings.top).collect::<Vec<_>>()
        };
        let (more, mut less) = (of_direction(true), of_direction(false));
        if more.is_empty() && less.is_empty() {
            continue;
        }
        let title = match (more.first(), less.first()) {
            (Some(&more), Some(&less)) => format!(
                "{name} writes “{}” more and “{}” less than the others",
                corpus.terms.label(rows[more].term),
                corpus.terms.label(rows[less].term)
            ),
            (Some(&more), None) => format!("{name} writes “{}” more than the others", corpus.terms.label(rows[more].term)),
            (None, Some(&less)) => format!("{name} writes “{}” less than the others", corpus.terms.label(rows[less].term)),
            (None, None) => continue,
        };
        // From the surest more down to the surest less, so that the chart runs from right to left.
        less.reverse();
        let selected = more.into_iter().chain(less).collect::<Vec<_>>();
        let documents = comparison.frame.sizes[group].documents;
        let has_both_ends = |&index: &usize| rows[index].intervals.ratio.low.is_some() && rows[index].intervals.ratio.high.is_some();
        let open = if selected.iter().all(has_both_ends) {
            ""
        } else {
            "; where one side hardly has the term the dot is a convention, and the table gives the end nearer zero"
        };
        charts.push(ChartSpec {
            name: format!("keyness_{}", slugs[group]),
            title,
            subtitle: format!(
                "log₂ of the ratio of rates, {name} against all others, with 95 % intervals; {documents} documents against {}; surest terms, function words left out{open}",
                comparison.frame.whole.documents - documents
            ),
            footer: footer.clone(),
            table: KEYNESS.name,
            rows: Some(selected),
            mark: Mark::Bars(Bars {
                label: "term",
                value: "log_ratio",
                interval: Some(("log_ratio_low", "log_ratio_high")),
                series: Some("direction"),
                stacked: false,
            }),
        });
    }
    if let [first, second] = names.as_slice() {
        let suits = |row: &Row| row.group == 0 && !row.is_stop && row.count > 0 && row.count_rest > 0;
        let selected: Vec<usize> = (0..rows.len()).filter(|&index| suits(&rows[index])).take(MOST_POINTS).collect();
        if !selected.is_empty() {
            charts.push(ChartSpec {
                name: "keyness_scatter".to_owned(),
                title: format!("What {first} and {second} write, word by word"),
                subtitle: format!("occurrences per million words: {first} upwards, {second} to the right; both axes logarithmic"),
                footer,
                table: KEYNESS.name,
                rows: Some(selected),
                mark: Mark::Points(Points {
                    x: "per_million_rest",
                    y: "per_million",
                    label: Some("term"),
                    series: Some("direction"),
                    logarithmic: true,
                    outline: None,
                }),
            });
        }
    }
    charts
}

/// Whether the term is a word of the group's own name: that an outlet names itself is no news.
fn names_itself(corpus: &Corpus, row: &Row) -> bool {
    let term = corpus.terms.label(row.term).to_lowercase();
    let name = corpus.groups.names[row.group].to_lowercase();
    row.is_more() && name.split(|character: char| !character.is_alphanumeric()).any(|word| word == term)
}

/// The strongest sentences of each group.
pub(super) fn findings(corpus: &Corpus, settings: &Settings, comparison: &Comparison, rows: &[Row]) -> Vec<Finding> {
    let mut order: Vec<(f64, usize)> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        // With two groups every term has a mirror row: the side that writes it more tells it.
        let is_mirror = corpus.groups.len() == 2 && !row.is_more();
        if row.q_value <= settings.max_q && is_presentable(row) && !is_mirror && !names_itself(corpus, row) {
            order.push((worth(comparison, row), index));
        }
    }
    order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut told = vec![0; corpus.groups.len()];
    let mut findings = Vec::new();
    for (worth, index) in order {
        let row = &rows[index];
        if told[row.group] < FINDINGS_PER_GROUP {
            told[row.group] += 1;
            // A group's second finding yields to the first ones of the others.
            let weight = (40.0 + 50.0 * worth / (1.0 + worth)) * if told[row.group] > 1 { 0.8 } else { 1.0 };
            findings.push(Finding { sentence: sentence(corpus, comparison, row), weight, table: KEYNESS.name, row: Some(index) });
        }
    }
    findings
}

/// How much a row deserves a sentence: a sure difference, up to 32 times, in many documents of the side that writes it.
fn worth(comparison: &Comparison, row: &Row) -> f64 {
    let own = comparison.frame.sizes[row.group].documents;
    let (documents, all) = if row.is_more() { (row.documents, own) } else { (row.documents_rest, comparison.frame.whole.documents - own) };
    row.sure_size().min(5.0) * (f64::from(documents) / all).sqrt()
}

fn sentence(corpus: &Corpus, comparison: &Comparison, row: &Row) -> String {
    let group = &corpus.groups.names[row.group];
    let term = corpus.terms.label(row.term);
    let others = match corpus.groups.names.as_slice() {
        [first, second] => if row.group == 0 { second } else { first }.as_str(),
        _ => "the others",
    };
    let all = comparison.frame.sizes[row.group].documents;
    let rest = comparison.frame.whole.documents - all;
    let (low, high) = binary(row.intervals.ratio);
    let ratio = row.log_ratio.unwrap_or(0.0);
    let (ratio, ends) = if row.is_more() { (ratio, (low, high)) } else { (-ratio, (high.map(|end| -end), low.map(|end| -end))) };
    let range = match ends {
        (Some(low), Some(high)) => format!("{} to {} times", times(low), times(high)),
        (Some(low), None) => format!("at least {} times", times(low)),
        _ => "no interval".to_owned(),
    };
    let (documents, documents_rest, times) = (row.documents, row.documents_rest, times(ratio));
    // The ratio to a zero count is a convention: the sentence gives its lower end alone.
    let sentence = match (row.is_more(), row.count, row.count_rest) {
        (true, _, 0) => {
            format!("only {group} writes *{term}*: {documents} of its {all} documents, none of the other {rest} ({range} as often)")
        }
        (true, _, _) => format!("{group} writes *{term}* {times} times as often as {others} ({range}; {documents} of {all} documents)"),
        (false, 0, _) => {
            format!("{group} never writes *{term}* in {all} documents; {others} do in {documents_rest} of {rest} ({range} as often)")
        }
        (false, _, _) => format!(
            "{others} write *{term}* {times} times as often as {group} ({range}; {documents_rest} of {rest} documents against {documents} of {all})"
        ),
    };
    // The sentence may begin with a word of ours; a group's own name keeps its case.
    match sentence
        .strip_prefix("only ")
        .map(|tail| ("Only ", tail))
        .or_else(|| sentence.strip_prefix("the others ").map(|tail| ("The others ", tail)))
    {
        Some((head, tail)) if others == "the others" || head == "Only " => format!("{head}{tail}"),
        _ => sentence,
    }
}

/// A log₂ ratio as a plain ratio with two or three digits.
fn times(log_ratio: f64) -> String {
    let ratio = exp2(log_ratio);
    if ratio < 9.95 { format!("{ratio:.1}") } else { format!("{ratio:.0}") }
}

/// File names for groups: letters and digits in lower case, joined by hyphens, distinct.
fn slugs(names: &[String]) -> Vec<String> {
    let mut slugs: Vec<String> = Vec::new();
    for name in names {
        let cleaned: String = name.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
        let mut slug = cleaned.split_whitespace().collect::<Vec<_>>().join("-");
        if slug.is_empty() {
            slug = "group".to_owned();
        }
        let base = slug.clone();
        let mut number = 2;
        while slugs.contains(&slug) || slug == "scatter" {
            slug = format!("{base}-{number}");
            number += 1;
        }
        slugs.push(slug);
    }
    slugs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_distinct_and_plain() {
        let names = ["Harbour Times", "Harbour–Times", "!", "scatter"].map(str::to_owned);
        assert_eq!(slugs(&names), ["harbour-times", "harbour-times-2", "group", "scatter-2"]);
    }

    #[test]
    fn ratios_read_well() {
        assert_eq!((times(1.0), times(2.3), times(5.0)), ("2.0".to_owned(), "4.9".to_owned(), "32".to_owned()));
    }
}
