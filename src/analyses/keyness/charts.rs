//! Charts of a comparison.

use super::compare::Comparison;
use super::design::Reference;
use super::findings::is_presentable;
use super::row::Row;
use super::study::Study;
use super::tables::{KEYNESS, KEYNESS_MAP, KEYNESS_MATRIX};
use crate::table::format::thousands;
use crate::table::{Bars, ChartSpec, Heatmap, Mark, Points, Table};

/// The side of a term whose interval holds 0.
pub(super) const NOT_SURE: &str = "not sure";

/// More groups than this make a heat map of pairs unreadable.
const MOST_HEATMAP_GROUPS: usize = 30;

fn footer(study: &Study<'_>) -> String {
    format!(
        "Documents are the unit: 95 % intervals from {} resamples of documents, {} at most {} over {} tests.",
        study.settings.resamples,
        study.settings.many_tests.bounds(),
        study.settings.max_q,
        thousands(study.family as u64)
    )
}

/// One chart a group and reference with its surest terms both ways; `rows` are those of the main table.
pub(super) fn bars(study: &Study<'_>, rows: &[Row]) -> Vec<ChartSpec> {
    let names = &study.subject.corpus.groups.names;
    let slugs = slugs(names);
    let mut charts = Vec::new();
    for (comparison, local) in in_focus(study) {
        let (group, reference) = (comparison.groups[local], comparison.reference);
        let of_direction = |more: bool| {
            let suits = move |row: &Row| {
                row.group == group
                    && row.reference == reference
                    && row.is_more() == more
                    && row.q_value <= study.settings.max_q
                    && is_presentable(row)
            };
            (0..rows.len()).filter(|&index| suits(&rows[index])).take(study.settings.top).collect::<Vec<_>>()
        };
        let (more, mut less) = (of_direction(true), of_direction(false));
        let name = &names[group];
        let others = match (names.as_slice(), reference) {
            ([first, second], Reference::Rest) => if group == 0 { second } else { first }.as_str(),
            _ => study.reference_name(reference),
        };
        let label = |index: usize| study.subject.terms.label(rows[index].term);
        let title = match (more.first(), less.first()) {
            (Some(&more), Some(&less)) => format!("{name} writes “{}” more and “{}” less than {others}", label(more), label(less)),
            (Some(&more), None) => format!("{name} writes “{}” more than {others}", label(more)),
            (None, Some(&less)) => format!("{name} writes “{}” less than {others}", label(less)),
            (None, None) => continue,
        };
        let example = more.first().or(less.first()).copied().unwrap_or(0);
        // From the surest more down to the surest less, so that the chart runs from right to left.
        less.reverse();
        let selected = more.into_iter().chain(less).collect::<Vec<_>>();
        let (documents, documents_rest) = study.documents(&rows[example]);
        let against = documents_rest.map_or_else(|| "a list of words".to_owned(), |documents| documents.to_string());
        let has_both_ends = |&index: &usize| rows[index].intervals.ratio.low.is_some() && rows[index].intervals.ratio.high.is_some();
        let open = if selected.iter().all(has_both_ends) {
            ""
        } else {
            "; where one side hardly has the term the dot is a convention and the interval has one end"
        };
        let within = study.strata.as_ref().map_or(String::new(), |strata| format!(" within each {}", strata.field));
        charts.push(ChartSpec {
            name: format!("keyness_{}", slugs[group]),
            title,
            subtitle: format!(
                "Log₂ of the ratio of rates{within}, {name} against {others}, with 95 % intervals; {documents} documents against {against}; surest {}, function words left out{open}",
                study.subject.plural
            ),
            footer: footer(study),
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
    charts
}

/// The comparisons' groups that are tested.
fn in_focus<'a>(study: &'a Study<'_>) -> impl Iterator<Item = (&'a Comparison, usize)> {
    study
        .main
        .iter()
        .flat_map(|comparison| (0..comparison.groups.len()).filter(|&local| comparison.tested[local]).map(move |local| (comparison, local)))
}

/// The scatter plot of one group against its reference and the volcano of all, from the table `keyness_map`, of which
/// the first `of_all` rows are those of all groups.
pub(super) fn points(study: &Study<'_>, map: &Table, of_all: usize) -> Vec<ChartSpec> {
    let mut charts = Vec::new();
    // The group with the most sure terms is drawn against its reference; with two groups there is one choice only.
    let mut sure: Vec<(&str, &str, usize)> = Vec::new();
    for row in 0..map.rows() {
        let (Some(group), Some(reference)) = (map.text("group", row), map.text("reference", row)) else { continue };
        let is_sure = usize::from(map.text("sure_side", row) != Some(NOT_SURE));
        match sure.iter_mut().find(|known| (known.0, known.1) == (group, reference)) {
            Some(known) => known.2 += is_sure,
            None => sure.push((group, reference, is_sure)),
        }
    }
    sure.sort_by(|a, b| b.2.cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
    let Some(&(group, reference, _)) = sure.first() else { return charts };
    let of_pair = |row: &usize| map.text("group", *row) == Some(group) && map.text("reference", *row) == Some(reference);
    let mut selected: Vec<usize> = (0..map.rows()).filter(of_pair).collect();
    // Labels go to the first rows that have room.
    selected.sort_by_key(|&row| map.text("sure_side", row) == Some(NOT_SURE));
    charts.push(ChartSpec {
        name: "keyness_scatter".to_owned(),
        title: format!("What {group} and {reference} write, word by word"),
        subtitle: format!(
            "Occurrences per million words: {group} upwards, {reference} to the right; both axes logarithmic; coloured where the 95 % interval of the ratio leaves out 1, grey elsewhere; function words left out"
        ),
        footer: footer(study),
        table: KEYNESS_MAP.name,
        rows: Some(selected),
        mark: Mark::Points(Points { x: "per_million_rest", y: "per_million", label: Some("term"), series: Some("sure_side"), muted: Some(NOT_SURE), logarithmic: true, outline: None }),
    });
    let first = map.text("term", 0).unwrap_or_default();
    charts.push(ChartSpec {
        name: "keyness_volcano".to_owned(),
        title: format!("Size and evidence: “{first}” is the surest difference"),
        subtitle: format!(
            "Log₂ of the ratio of rates to the right, evidence upwards: q, the adjusted p, on a logarithmic axis; the surest {} and frequent ones without a difference",
            study.subject.plural
        ),
        footer: footer(study),
        table: KEYNESS_MAP.name,
        rows: Some((0..of_all).collect()),
        mark: Mark::Points(Points {
            x: "log_ratio",
            y: "q_value",
            label: Some("term"),
            series: Some(if sure.len() == 1 { "sure_side" } else { "group" }),
            muted: Some(NOT_SURE),
            logarithmic: true,
            outline: None,
        }),
    });
    charts
}

/// The heat map of pairs, from the table `keyness_matrix`.
pub(super) fn heatmap(study: &Study<'_>, matrix: &Table) -> Option<ChartSpec> {
    let groups = study.settings.design.groups().len();
    if matrix.rows() == 0 || !(3..=MOST_HEATMAP_GROUPS).contains(&groups) {
        return None;
    }
    let most = (0..matrix.rows()).max_by(|&a, &b| {
        let share = |row: usize| matrix.number("share_found", row).unwrap_or(0.0);
        share(a).total_cmp(&share(b)).then(b.cmp(&a))
    })?;
    Some(ChartSpec {
        name: "keyness_pairs".to_owned(),
        title: format!(
            "{} and {} differ in more {} than any other pair",
            matrix.text("group", most).unwrap_or_default(),
            matrix.text("reference", most).unwrap_or_default(),
            study.subject.plural
        ),
        subtitle: format!(
            "share of the {} tested whose rates differ, for every pair of groups; small groups show few differences",
            study.subject.plural
        ),
        footer: footer(study),
        table: KEYNESS_MATRIX.name,
        rows: None,
        mark: Mark::Heatmap(Heatmap { row: "group", column: "reference", value: "share_found", diverging: false }),
    })
}

/// Slugs that other charts of keyness have.
const RESERVED: [&str; 3] = ["scatter", "volcano", "pairs"];

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
        while slugs.contains(&slug) || RESERVED.contains(&slug.as_str()) {
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
}
