//! What of the topics is worth reading first, and what is drawn.

use super::choice::Choice;
use super::model::Model;
use super::shares::Share;
use super::tables::labels;
use crate::analyses::tree;
use crate::corpus::Corpus;
use crate::table::{Bars, ChartSpec, Finding, Heatmap, Lines, Mark, Points, Table, widest_gap};

/// Differences from the rest that become sentences.
const SENTENCES: usize = 2;
/// Largest false discovery rate of a sentence.
const LEVEL: f64 = 0.05;
/// Most lines of a chart over time.
const LINES: usize = 6;
/// Most columns and rows of the grid of shares.
const GRID: usize = 20;

fn percent(share: f64) -> String {
    format!("{:.0} %", 100.0 * share)
}

/// The sentences.
pub fn findings(corpus: &Corpus, model: &Model, shares: &[Share]) -> Vec<Finding> {
    let labels = labels(model);
    let placed = model.placements.iter().flatten().count();
    let mut findings = Vec::new();
    if let Some(largest) = model.topics.first().filter(|_| model.topics.len() > 1) {
        let share = largest.documents.len() as f64 / placed as f64;
        findings.push(Finding {
            sentence: format!(
                "The {placed} documents fall into {} topics; the largest, “{}”, holds {} of them.",
                model.topics.len(),
                labels[0],
                percent(share)
            ),
            weight: 45.0,
            table: "topics",
            row: Some(0),
        });
    }
    let mut telling: Vec<(usize, &Share, f64)> = shares
        .iter()
        .enumerate()
        .filter(|(_, share)| share.q_value.is_some_and(|q| q <= LEVEL))
        .filter_map(|(row, share)| Some((row, share, share.share - share.rest?)))
        .collect();
    telling.sort_by(|a, b| b.2.abs().total_cmp(&a.2.abs()).then(a.0.cmp(&b.0)));
    for (row, share, difference) in telling.into_iter().take(SENTENCES) {
        let (Some(rest), Some((low, high))) = (share.rest, share.interval) else { continue };
        let verb = if difference > 0.0 { "gives" } else { "gives only" };
        findings.push(Finding {
            sentence: format!(
                "{} {verb} {} of its documents to “{}” (95 % interval {}–{}), the other groups {}.",
                corpus.groups.names[share.group],
                percent(share.share),
                labels[share.topic],
                percent(low).trim_end_matches(" %"),
                percent(high),
                percent(rest)
            ),
            weight: 50.0 + 40.0 * difference.abs(),
            table: "topic_shares",
            row: Some(row),
        });
    }
    findings
}

/// Which topic of `rows` changes most between the first half of the months and the second; single months are too noisy.
fn change(table: &Table, rows: &[usize]) -> Option<String> {
    let month = |row: usize| table.number("month", row);
    let mut months: Vec<f64> = rows.iter().filter_map(|&row| month(row)).collect();
    months.sort_by(f64::total_cmp);
    months.dedup();
    let middle = *months.get(months.len() / 2).filter(|_| months.len() > 1)?;
    // Sum and number of the shares before and from the middle on, by topic in the order of the rows.
    let mut halves: Vec<(&str, [(f64, f64); 2])> = Vec::new();
    for &row in rows {
        let (Some(label), Some(month), Some(share)) = (table.text("topic_label", row), month(row), table.number("document_share", row))
        else {
            continue;
        };
        if halves.iter().all(|half| half.0 != label) {
            halves.push((label, [(0.0, 0.0); 2]));
        }
        if let Some((_, sums)) = halves.iter_mut().find(|half| half.0 == label) {
            let half = &mut sums[usize::from(month >= middle)];
            *half = (half.0 + share, half.1 + 1.0);
        }
    }
    let mean = |(sum, count): (f64, f64)| sum / count.max(1.0);
    let size = |half: &(&str, [(f64, f64); 2])| (mean(half.1[1]) - mean(half.1[0])).abs();
    let first = halves.first()?;
    let (label, [before, after]) = halves.iter().fold(first, |best, half| if size(half) > size(best) { half } else { best });
    let (before, after) = (percent(mean(*before)), percent(mean(*after)));
    (before != after).then(|| format!("“{label}” goes from {before} of a month’s documents in the first half to {after} in the second"))
}

/// Which two topics are nearest to each other.
fn nearest_title(model: &Model, labels: &[String]) -> String {
    let pairs = (0..model.between.len()).flat_map(|a| (0..a).map(move |b| (b, a)));
    let nearest = pairs.min_by(|x, y| model.between[x.0][x.1].total_cmp(&model.between[y.0][y.1]));
    match nearest {
        Some((a, b)) => format!("“{}” and “{}” are nearest to each other", labels[a], labels[b]),
        None => "Which topics are near each other".to_owned(),
    }
}

/// How well subsamples agree on the number of topics that was taken.
fn stability_title(choice: &Choice) -> String {
    let taken = choice.candidates.iter().find(|candidate| candidate.topics == choice.chosen);
    match taken.and_then(|candidate| candidate.stability) {
        Some(agreement) => {
            let degree = match agreement {
                0.8.. => "agree well",
                0.5.. => "agree in the main",
                _ => "hardly agree",
            };
            format!("With {} topics, clusterings of parts of the documents {degree} ({agreement:.2})", choice.chosen)
        }
        None => "How well clusterings of parts of the documents agree".to_owned(),
    }
}

/// The charts of the tables that are there.
pub fn charts(corpus: &Corpus, model: &Model, method: &str, tables: &[Table]) -> Vec<ChartSpec> {
    let find = |name: &str| tables.iter().find(|table| table.spec.name == name);
    let placed = model.placements.iter().flatten().count();
    let footer = super::methods::describe(method).to_owned();
    let labels = labels(model);
    let mut charts = Vec::new();
    if let Some(table) = find("topics").filter(|table| table.rows() > 1) {
        charts.push(ChartSpec {
            name: "topic_sizes".to_owned(),
            title: format!("“{}” is the largest of {} topics", labels[0], model.topics.len()),
            subtitle: format!("Share of documents, n = {placed}"),
            footer: footer.clone(),
            table: "topics",
            rows: (table.rows() > 2 * GRID).then(|| (0..2 * GRID).collect()),
            mark: Mark::Bars(Bars { label: "topic_label", value: "document_share", interval: None, series: None, stacked: false }),
        });
    }
    if let Some(table) = find("topic_shares") {
        let kept: Vec<usize> =
            (0..table.rows()).filter(|&row| table.number("topic", row).is_some_and(|topic| topic <= GRID as f64)).collect();
        let widest = widest_gap(table, kept.iter().copied(), "topic_label", "group", "document_share");
        let noun = if corpus.groups.field.is_empty() { "group" } else { corpus.groups.field.as_str() };
        charts.push(ChartSpec {
            name: "topic_shares".to_owned(),
            title: widest.map_or_else(
                || format!("What each {noun} writes about"),
                |gap| {
                    let ((high, low), label) = ((percent(gap.high.1), percent(gap.low.1)), gap.row);
                    format!("{} gives {high} of its documents to “{label}”, {} gives {low}", gap.high.0, gap.low.0)
                },
            ),
            subtitle: format!("Share of the {noun}’s documents in each topic, n = {placed}"),
            footer: footer.clone(),
            table: "topic_shares",
            rows: (kept.len() < table.rows()).then_some(kept),
            mark: Mark::Heatmap(Heatmap { row: "topic_label", column: "group", value: "document_share", diverging: false }),
        });
    }
    if let Some(table) = find("topic_months") {
        let shown = |row: &usize| {
            table.text("group", *row) == Some("all") && table.number("topic", *row).is_some_and(|topic| topic <= LINES as f64)
        };
        let rows: Vec<usize> = (0..table.rows()).filter(shown).collect();
        charts.push(ChartSpec {
            name: "topic_months".to_owned(),
            title: change(table, &rows).unwrap_or_else(|| format!("The {} largest topics over time", LINES.min(model.topics.len()))),
            subtitle: "Share of the month’s documents".to_owned(),
            footer: footer.clone(),
            table: "topic_months",
            rows: Some(rows),
            mark: Mark::Lines(Lines {
                x: "month",
                y: "document_share",
                interval: Some(("share_low", "share_high")),
                series: Some("topic_label"),
            }),
        });
    }
    if find("topic_tree").is_some() {
        charts.push(ChartSpec {
            name: "topic_tree".to_owned(),
            title: nearest_title(model, &labels),
            subtitle: "1 − cosine between the topics’ mean documents; branches meet at their mean distance".to_owned(),
            footer: footer.clone(),
            table: "topic_tree",
            rows: None,
            mark: tree::mark(),
        });
    }
    if let Some(table) = find("topic_map") {
        let noun = if corpus.groups.field.is_empty() { "group" } else { corpus.groups.field.as_str() };
        let by_group = corpus.groups.comparable().then_some((
            "topic_map_groups",
            "group",
            format!("Where each {noun} stands on the map of documents"),
        ));
        for (name, series, title) in
            std::iter::once(("topic_map", "map_colour", "A map of the documents and their topics".to_owned())).chain(by_group)
        {
            charts.push(ChartSpec {
                name: name.to_owned(),
                title,
                subtitle: format!("{} of {placed} documents; near ones are alike, outlines hold four fifths of a topic", table.rows()),
                footer: "t-SNE of the documents’ words and topics (van der Maaten & Hinton 2008) from a fixed start".to_owned(),
                table: "topic_map",
                rows: None,
                mark: Mark::Points(Points {
                    x: "map_x",
                    y: "map_y",
                    label: Some("map_label"),
                    series: Some(series),
                    muted: None,
                    logarithmic: false,
                    outline: Some("outline"),
                }),
            });
        }
    }
    if let (Some(table), Some(choice)) = (find("topic_choice").filter(|table| table.rows() > 2), &model.choice) {
        charts.push(ChartSpec {
            name: "topic_choice".to_owned(),
            title: match choice.chosen {
                1 => "One topic explains these documents as well as several".to_owned(),
                chosen => format!("{chosen} topics: a finer division explains little more"),
            },
            subtitle: "How much better so many topics explain a document’s words than one topic does (evidence, in nats)".to_owned(),
            footer: choice.reason.clone(),
            table: table.spec.name,
            rows: None,
            mark: Mark::Lines(Lines { x: "topics", y: "evidence", interval: None, series: None }),
        });
        charts.push(ChartSpec {
            name: "topic_choice_stability".to_owned(),
            title: stability_title(choice),
            subtitle: "Agreement of clusterings of four fifths of the documents (adjusted Rand: 0 chance, 1 equal)".to_owned(),
            footer: choice.reason.clone(),
            table: table.spec.name,
            rows: None,
            mark: Mark::Lines(Lines { x: "topics", y: "start_agreement", interval: None, series: None }),
        });
    }
    charts
}
