//! Makes the term tables from counts.

use super::bigrams::{Bigram, count_bigrams};
use super::tables::{OVERALL, TERMS};
use crate::analyses::{Context, Output};
use crate::corpus::Corpus;
use crate::error::Result;
use crate::maths::summary::wilson_interval;
use crate::params::Params;
use crate::table::{Bars, ChartSpec, Finding, Heatmap, Mark, Table, TableBuilder, Value};

/// A word or pair as it goes into the tables.
struct Row {
    label: String,
    is_stop: bool,
    count: u64,
    documents: u64,
    groups: Vec<(u16, u32, u32)>,
}

pub(super) fn build(corpus: &Corpus, params: &Params, _: &Context) -> Result<Output> {
    let ngrams = params.choice("ngrams");
    let mut rows = Vec::new();
    if ngrams != "bigrams" {
        rows.extend(words(corpus));
    }
    if ngrams != "words" {
        rows.extend(count_bigrams(corpus)?.iter().map(|bigram| pair(corpus, bigram)));
    }
    let (least_count, least_documents) = (params.integer("min-count"), params.integer("min-term-documents"));
    rows.retain(|row| row.count >= least_count && row.documents >= least_documents && !(params.flag("drop-stop-words") && row.is_stop));
    rows.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.label.cmp(&b.label)));
    let terms = by_group(corpus, &rows);
    let overall = overall(corpus, &rows);
    let output = Output {
        charts: charts(corpus, &terms, &overall),
        findings: findings(&overall),
        notes: vec![notes(corpus)],
        tables: vec![terms, overall],
    };
    Ok(output)
}

fn words(corpus: &Corpus) -> impl Iterator<Item = Row> + '_ {
    (0..corpus.terms.len() as u32).map(|term| Row {
        label: corpus.terms.label(term).to_owned(),
        is_stop: corpus.terms.is_stop[term as usize],
        count: corpus.terms.counts[term as usize],
        documents: u64::from(corpus.terms.documents[term as usize]),
        groups: (0..corpus.groups.len())
            .filter(|&group| corpus.group_terms.count(group, term) > 0)
            .map(|group| (group as u16, corpus.group_terms.count(group, term), corpus.group_terms.documents(group, term)))
            .collect(),
    })
}

fn pair(corpus: &Corpus, bigram: &Bigram) -> Row {
    let (first, second) = bigram.terms;
    Row {
        label: format!("{} {}", corpus.terms.label(first), corpus.terms.label(second)),
        is_stop: corpus.terms.is_stop[first as usize] || corpus.terms.is_stop[second as usize],
        count: bigram.groups.iter().map(|group| u64::from(group.1)).sum(),
        documents: bigram.groups.iter().map(|group| u64::from(group.2)).sum(),
        groups: bigram.groups.clone(),
    }
}

fn per_million(count: u64, words: u64) -> Value {
    (words > 0).then(|| count as f64 * 1e6 / words as f64).into()
}

fn share(documents: u64, all: u64) -> Value {
    (all > 0).then(|| documents as f64 / all as f64).into()
}

fn by_group(corpus: &Corpus, rows: &[Row]) -> Table {
    let mut cells: Vec<(u16, u32, u32, u32)> = Vec::new();
    for (position, row) in rows.iter().enumerate() {
        cells.extend(row.groups.iter().map(|&(group, count, documents)| (group, position as u32, count, documents)));
    }
    // Within a group by count, then in the order of the rows' labels.
    cells.sort_by(|a, b| a.0.cmp(&b.0).then(b.2.cmp(&a.2)).then_with(|| rows[a.1 as usize].label.cmp(&rows[b.1 as usize].label)));
    let mut builder = TableBuilder::new(&TERMS);
    for (group, position, count, documents) in cells {
        let group = group as usize;
        builder.row([
            corpus.groups.names[group].as_str().into(),
            rows[position as usize].label.as_str().into(),
            count.into(),
            per_million(u64::from(count), corpus.group_terms.words[group]),
            documents.into(),
            share(u64::from(documents), u64::from(corpus.group_terms.group_documents[group])),
        ]);
    }
    builder.finish()
}

fn overall(corpus: &Corpus, rows: &[Row]) -> Table {
    let words = corpus.group_terms.total_words();
    let all = corpus.documents.len() as u64;
    let mut builder = TableBuilder::new(&OVERALL);
    for row in rows {
        let interval = wilson_interval(row.documents as f64, all as f64);
        builder.row([
            row.label.as_str().into(),
            row.count.into(),
            per_million(row.count, words),
            row.documents.into(),
            share(row.documents, all),
            interval.map(|ends| ends.0).into(),
            interval.map(|ends| ends.1).into(),
            row.is_stop.into(),
        ]);
    }
    builder.finish()
}

fn notes(corpus: &Corpus) -> String {
    let language = if corpus.language.is_empty() {
        "no language was recognised, so there are no stop words".to_owned()
    } else {
        format!("stop words of the language `{}`", corpus.language)
    };
    format!("Terms are folded to {}; {language}.", corpus.folding.description)
}

/// Rows of content words: no stop word, no bare number, in order.
fn content_rows(overall: &Table, most: usize) -> Vec<usize> {
    let content = |row: &usize| {
        let term = overall.text("term", *row).unwrap_or_default();
        overall.value("stop_word", *row) != Value::Boolean(true) && term.chars().any(char::is_alphabetic) && term.chars().count() > 1
    };
    (0..overall.rows()).filter(content).take(most).collect()
}

fn charts(corpus: &Corpus, terms: &Table, overall: &Table) -> Vec<ChartSpec> {
    let top = content_rows(overall, 25);
    if top.is_empty() {
        return Vec::new();
    }
    let footer =
        format!("{} documents. Stop words and bare numbers are not shown; they count in the rate's denominator.", corpus.documents.len());
    let mut charts = vec![ChartSpec {
        name: "top_terms".to_owned(),
        title: format!("“{}” leads the content words", overall.text("term", top[0]).unwrap_or_default()),
        subtitle: "Share of documents that hold the word, with 95 % interval; the 25 most frequent words".to_owned(),
        footer: footer.clone(),
        table: OVERALL.name,
        rows: Some(top.clone()),
        mark: Mark::Bars(Bars {
            label: "term",
            value: "document_share",
            interval: Some(("document_share_low", "document_share_high")),
            series: None,
            stacked: false,
        }),
    }];
    if corpus.groups.comparable() {
        let wanted: Vec<&str> = top.iter().take(20).filter_map(|&row| overall.text("term", row)).collect();
        let mut rows: Vec<(usize, usize)> = (0..terms.rows())
            .filter_map(|row| Some((wanted.iter().position(|term| Some(*term) == terms.text("term", row))?, row)))
            .collect();
        rows.sort_unstable();
        charts.push(ChartSpec {
            name: "top_terms_by_group".to_owned(),
            title: format!("How often each {} uses the most frequent words", corpus.groups.field),
            subtitle: "Occurrences per million words".to_owned(),
            footer,
            table: TERMS.name,
            rows: Some(rows.into_iter().map(|(_, row)| row).collect()),
            mark: Mark::Heatmap(Heatmap { row: "term", column: "group", value: "per_million", diverging: false }),
        });
    }
    charts
}

fn findings(overall: &Table) -> Vec<Finding> {
    let top = content_rows(overall, 3);
    let Some(&first) = top.first() else { return Vec::new() };
    let others: Vec<String> = top[1..].iter().filter_map(|&row| overall.text("term", row)).map(|term| format!("“{term}”")).collect();
    let percent = |column: &str| overall.number(column, first).unwrap_or(0.0) * 100.0;
    let mut sentence = format!(
        "The most frequent content word is “{}”: {:.0} per million words, in {:.0} % of the documents ({:.0} to {:.0} %)",
        overall.text("term", first).unwrap_or_default(),
        overall.number("per_million", first).unwrap_or(0.0),
        percent("document_share"),
        percent("document_share_low"),
        percent("document_share_high"),
    );
    if !others.is_empty() {
        sentence.push_str(&format!("; then {}", others.join(" and ")));
    }
    sentence.push('.');
    vec![Finding { sentence, weight: 10.0, table: OVERALL.name, row: Some(first) }]
}
