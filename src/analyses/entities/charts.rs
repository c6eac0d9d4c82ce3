//! Charts of entities: the most named of each type, entities by group, spellings by group.

use super::forms::{KINDS, code};
use super::named::Named;
use super::ranking::ALL;
use super::spellings::Split;
use super::tables::{ENTITIES, PAIR_TABLE, SPELLING_TABLE};
use crate::corpus::Corpus;
use crate::table::format::{slug, thousands};
use crate::table::{Bars, ChartSpec, Heatmap, Mark, Network, Table, widest_gap};
use std::ops::Range;

/// Entities in the heat map.
const MOST_IN_GRID: usize = 20;
/// Charts of spellings.
const MOST_SPELLING_CHARTS: usize = 6;

/// The most named entities of each type, and the grid of entities and groups.
pub(super) fn naming_charts(corpus: &Corpus, table: &Table, top: usize) -> Vec<ChartSpec> {
    let footer = format!(
        "{} documents, {} words. Found by a trained tagger; spellings of one name are folded.",
        thousands(corpus.documents.len() as u64),
        thousands(corpus.group_terms.total_words())
    );
    let overall: Vec<usize> = (0..table.rows()).take_while(|&row| table.text("group", row) == Some(ALL)).collect();
    let mut charts = Vec::new();
    for kind in KINDS {
        let of_kind = overall.iter().copied().filter(|&row| table.text("type", row) == Some(code(kind)));
        let rows: Vec<usize> = of_kind.take(top).collect();
        let Some(&first) = rows.first() else { continue };
        let what = match code(kind) {
            "PER" => "people",
            "ORG" => "organisations",
            "LOC" => "places",
            _ => "other names (peoples, events, works)",
        };
        charts.push(ChartSpec {
            name: format!("entities_{}", code(kind).to_lowercase()),
            title: leaders(table, &rows, first, what),
            subtitle: format!("Share of documents that name them, with 95 % interval; {}", shown(rows.len(), what)),
            footer: footer.clone(),
            table: ENTITIES.name,
            rows: Some(rows),
            mark: Mark::Bars(Bars {
                label: "entity",
                value: "document_share",
                interval: Some(("document_share_low", "document_share_high")),
                series: None,
                stacked: false,
            }),
        });
    }
    if corpus.groups.comparable() {
        charts.extend(grid(corpus, table, &overall, footer));
    }
    charts
}

/// Which entities a chart of `count` bars shows.
fn shown(count: usize, what: &str) -> String {
    match count {
        1 => format!("no other of the {what} is named"),
        count => format!("the {count} most named {what}"),
    }
}

/// Who is named in the most documents, all of them where several are.
fn leaders(table: &Table, rows: &[usize], first: usize, what: &str) -> String {
    let tied = rows.iter().filter(|&&row| table.number("documents", row) == table.number("documents", first));
    let names: Vec<&str> = tied.filter_map(|&row| table.text("entity", row)).collect();
    match names.as_slice() {
        [one, other] => format!("{one} and {other} lead the {what}"),
        [one, others @ ..] if !others.is_empty() => format!("{one} and {} others lead the {what}", others.len()),
        _ => format!("{} leads the {what}", table.text("entity", first).unwrap_or_default()),
    }
}

fn grid(corpus: &Corpus, table: &Table, overall: &[usize], footer: String) -> Option<ChartSpec> {
    let key = |row: usize| (table.text("entity", row), table.text("type", row));
    // A grid is labelled by name alone, so of two entities with one name only the more named one is shown.
    let mut wanted: Vec<(Option<&str>, Option<&str>)> = Vec::new();
    for &row in overall {
        if wanted.len() < MOST_IN_GRID && wanted.iter().all(|known| known.0 != key(row).0) {
            wanted.push(key(row));
        }
    }
    let place = |row: usize| wanted.iter().position(|known| *known == key(row));
    let mut rows: Vec<(usize, usize)> = (overall.len()..table.rows()).filter_map(|row| Some((place(row)?, row))).collect();
    rows.sort_unstable();
    let widest = widest_gap(table, rows.iter().map(|&(_, row)| row), "entity", "group", "document_share");
    let title = widest.map_or_else(
        || format!("How many documents of each {} name the most named entities", corpus.groups.field),
        |gap| {
            let (high, low) = (gap.high.1 * 100.0, gap.low.1 * 100.0);
            format!("{} names {} in {high:.0} % of its documents, {} in {low:.0} %", gap.high.0, gap.row, gap.low.0)
        },
    );
    (!rows.is_empty()).then(|| ChartSpec {
        name: "entities_by_group".to_owned(),
        title,
        subtitle: format!("Share of the {}'s documents; no value where it is never named", corpus.groups.field),
        footer,
        table: ENTITIES.name,
        rows: Some(rows.into_iter().map(|(_, row)| row).collect()),
        mark: Mark::Heatmap(Heatmap { row: "entity", column: "group", value: "document_share", diverging: false }),
    })
}

/// Stacked bars for the significant ones of the `chosen` splits, whose rows in the table of spellings are `ranges`.
pub(super) fn spelling_charts(
    corpus: &Corpus,
    named: &Named,
    table: &Table,
    splits: &[Split],
    ranges: &[Range<usize>],
    chosen: &[usize],
) -> Vec<ChartSpec> {
    let mut charts: Vec<ChartSpec> = Vec::new();
    // A picture convinces more than it should, so only what the test found is drawn.
    let significant = |number: &&usize| splits[**number].q_value.is_some_and(|q| q <= super::findings::LEVEL);
    for &number in chosen.iter().filter(significant).take(MOST_SPELLING_CHARTS) {
        let split = &splits[number];
        let name = named.entities[split.entity].name.as_str();
        let rows: Vec<usize> = ranges[number].clone().filter(|&row| table.text("group", row) != Some(ALL)).collect();
        let mut chart_name = format!("spelling_{}_{}", slug(name), slug(split.part.label()));
        if charts.iter().any(|chart| chart.name == chart_name) {
            chart_name.push_str(&format!("_{}", number + 1));
        }
        let usage = split.usage(corpus, None);
        let q = split.q_value.map_or_else(String::new, super::findings::equals);
        let evidence = format!("Test over documents: q {q}.");
        charts.push(ChartSpec {
            name: chart_name,
            title: super::findings::camps_headline(corpus, split),
            subtitle: format!(
                "{}: share of each spelling of the {} among the {}'s mentions; {} mentions in {} documents",
                name,
                split.part.label(),
                corpus.groups.field,
                usage.mentions,
                usage.documents
            ),
            footer: evidence,
            table: SPELLING_TABLE.name,
            rows: Some(rows),
            mark: Mark::Bars(Bars { label: "group", value: "spelling_share", interval: None, series: Some("spelling"), stacked: true }),
        });
    }
    charts
}

/// Links in the network of entities that are named together.
const MOST_LINKS: usize = 60;

/// The network of the pairs with most evidence for being named in the same sentences.
pub(super) fn network_chart(corpus: &Corpus, table: &Table) -> Option<ChartSpec> {
    let rows: Vec<usize> = (0..table.rows())
        .filter(|&row| table.number("sentence_log_likelihood", row).is_some_and(|value| value > 0.0))
        .take(MOST_LINKS)
        .collect();
    let &first = rows.first()?;
    let names = (table.text("entity", first)?, table.text("other_entity", first)?);
    Some(ChartSpec {
        name: "entities_together".to_owned(),
        title: format!("{} and {} are named together most tellingly", names.0, names.1),
        subtitle: "Lines join entities that share more sentences than chance gives; wider is more evidence (G²)".to_owned(),
        footer: format!(
            "{} documents. PER people, ORG organisations, LOC places, MISC other names. Evidence over sentences, not importance.",
            thousands(corpus.documents.len() as u64)
        ),
        table: PAIR_TABLE.name,
        rows: Some(rows),
        mark: Mark::Network(Network {
            first: ("entity", "type"),
            second: ("other_entity", "other_type"),
            weight: "sentence_log_likelihood",
        }),
    })
}
