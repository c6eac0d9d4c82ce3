//! Makes the term tables from counts.

use super::bigrams::count_bigrams;
use super::tables::{BIGRAMS, OVERALL, TERMS};
use crate::analyses::{Context, Output};
use crate::corpus::{Corpus, NONE};
use crate::error::Result;
use crate::maths::sort_in_parallel;
use crate::maths::summary::wilson_interval;
use crate::params::Params;
use crate::table::{Bars, ChartSpec, Finding, Heatmap, Mark, Table, TableBuilder, TableSpec, Value, widest_gap};
use std::cmp::Reverse;
use std::sync::Arc;

/// Pairs of words that occur less often are noise in a report.
const LEAST_PAIRS: u64 = 5;

/// A word or pair as it goes into the tables.
struct Row {
    label: Arc<str>,
    is_stop: bool,
    count: u64,
    documents: u64,
}

/// Occurrences of a row's term in a group. Cells sort as the table does: by group, count (highest first), label.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Cell {
    group: u16,
    count: Reverse<u32>,
    row: u32,
    documents: u32,
}

/// Rows in the order of their labels, and their cells by group.
#[derive(Default)]
struct Counted {
    rows: Vec<Row>,
    cells: Vec<Cell>,
}

impl Counted {
    fn push(&mut self, label: Arc<str>, is_stop: bool, groups: impl Iterator<Item = (u16, u32, u32)>) {
        let row = self.rows.len() as u32;
        let (mut count, mut documents) = (0, 0);
        for (group, in_group, documents_with) in groups {
            count += u64::from(in_group);
            documents += u64::from(documents_with);
            self.cells.push(Cell { group, count: Reverse(in_group), row, documents: documents_with });
        }
        self.rows.push(Row { label, is_stop, count, documents });
    }

    /// Drops the rows that `keep` refuses.
    fn retain(&mut self, keep: impl Fn(&Row) -> bool) {
        let kept: Vec<bool> = self.rows.iter().map(&keep).collect();
        let mut position = 0;
        let moved: Vec<u32> = kept
            .iter()
            .map(|kept| {
                if *kept {
                    position += 1;
                    position - 1
                } else {
                    NONE
                }
            })
            .collect();
        self.rows.retain(keep);
        self.cells.retain_mut(|cell| {
            cell.row = moved[cell.row as usize];
            cell.row != NONE
        });
    }

    /// Puts rows in the order of their labels, which decides between equal counts.
    fn sort_by_label(&mut self) {
        let mut order: Vec<u32> = (0..self.rows.len() as u32).collect();
        if self.rows.is_sorted_by(|a, b| a.label <= b.label) {
            return;
        }
        order.sort_by(|&a, &b| self.rows[a as usize].label.cmp(&self.rows[b as usize].label));
        let mut moved = vec![0; order.len()];
        for (position, &row) in order.iter().enumerate() {
            moved[row as usize] = position as u32;
        }
        self.cells.iter_mut().for_each(|cell| cell.row = moved[cell.row as usize]);
        let mut rows: Vec<Option<Row>> = std::mem::take(&mut self.rows).into_iter().map(Some).collect();
        self.rows = order.iter().filter_map(|&row| rows[row as usize].take()).collect();
    }
}

pub(super) fn build(corpus: &Corpus, params: &Params, _: &Context) -> Result<Output> {
    let ngrams = params.choice("ngrams");
    let mut counted = Counted::default();
    if ngrams != "bigrams" {
        words(corpus, &mut counted);
    }
    if ngrams != "words" {
        pairs(corpus, &mut counted)?;
    }
    let (least_count, least_documents) = (params.integer("min-count"), params.integer("min-term-documents"));
    let drops_stop_words = params.flag("drop-stop-words");
    if least_count > 1 || least_documents > 1 || drops_stop_words {
        counted.retain(|row| row.count >= least_count && row.documents >= least_documents && !(drops_stop_words && row.is_stop));
    }
    counted.sort_by_label();
    sort_in_parallel(&mut counted.cells);
    let terms = by_group(corpus, &counted, &TERMS);
    let overall = overall(corpus, &counted.rows);
    let mut output = Output {
        charts: charts(corpus, &counted, &terms, &overall),
        findings: findings(&overall),
        notes: vec![notes(corpus)],
        tables: vec![terms, overall],
        ..Output::default()
    };
    // Where tokens are kept anyway, as in a report, the telling pairs are shown too.
    if ngrams == "words" && corpus.tokens.is_some() {
        let mut telling = Counted::default();
        pairs(corpus, &mut telling)?;
        telling.retain(|row| row.count >= LEAST_PAIRS && !row.is_stop);
        telling.sort_by_label();
        sort_in_parallel(&mut telling.cells);
        output.tables.push(by_group(corpus, &telling, &BIGRAMS));
    }
    Ok(output)
}

fn pairs(corpus: &Corpus, counted: &mut Counted) -> Result<()> {
    for bigram in count_bigrams(corpus)? {
        let (first, second) = bigram.terms;
        let label = format!("{} {}", corpus.terms.label(first), corpus.terms.label(second));
        let is_stop = corpus.terms.is_stop[first as usize] || corpus.terms.is_stop[second as usize];
        counted.push(label.into(), is_stop, bigram.groups.iter().copied());
    }
    Ok(())
}

fn words(corpus: &Corpus, counted: &mut Counted) {
    let matrix = &corpus.group_terms;
    counted.cells.reserve(corpus.terms.len() * 2);
    for term in 0..corpus.terms.len() as u32 {
        let groups = (0..corpus.groups.len()).map(|group| (group as u16, matrix.count(group, term), matrix.documents(group, term)));
        counted.push(corpus.terms.label(term).into(), corpus.terms.is_stop[term as usize], groups.filter(|cell| cell.1 > 0));
    }
}

fn per_million(count: u64, words: u64) -> Value {
    (words > 0).then(|| count as f64 * 1e6 / words as f64).into()
}

fn share(documents: u64, all: u64) -> Value {
    (all > 0).then(|| documents as f64 / all as f64).into()
}

fn by_group(corpus: &Corpus, counted: &Counted, spec: &'static TableSpec) -> Table {
    let names: Vec<Arc<str>> = corpus.groups.names.iter().map(|name| name.as_str().into()).collect();
    let mut builder = TableBuilder::with_rows(spec, counted.cells.len());
    for cell in &counted.cells {
        let group = cell.group as usize;
        builder.row([
            names[group].clone().into(),
            counted.rows[cell.row as usize].label.clone().into(),
            cell.count.0.into(),
            per_million(u64::from(cell.count.0), corpus.group_terms.words[group]),
            cell.documents.into(),
            share(u64::from(cell.documents), u64::from(corpus.group_terms.group_documents[group])),
        ]);
    }
    builder.finish()
}

fn overall(corpus: &Corpus, rows: &[Row]) -> Table {
    let words = corpus.group_terms.total_words();
    let all = corpus.documents.len() as u64;
    let mut builder = TableBuilder::with_rows(&OVERALL, rows.len());
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_unstable_by_key(|&row| (Reverse(rows[row].count), row));
    for row in order.into_iter().map(|row| &rows[row]) {
        let interval = wilson_interval(row.documents as f64, all as f64);
        builder.row([
            row.label.clone().into(),
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

/// Which words stand in the most documents, all of them where several do.
fn share_title(corpus: &Corpus, overall: &Table, by_share: &[usize]) -> String {
    let documents = |row: usize| overall.number("documents", row);
    let first = by_share.iter().take_while(|&&row| documents(row) == documents(by_share[0]));
    let words: Vec<&str> = first.filter_map(|&row| overall.text("term", row)).collect();
    let (subject, verb) = match words.as_slice() {
        [one] => (format!("“{one}”"), "stands"),
        [one, other] => (format!("“{one}” and “{other}”"), "stand"),
        [one, others @ ..] => (format!("“{one}” and {} other words", others.len()), "stand"),
        [] => return "Words by share of documents".to_owned(),
    };
    match documents(by_share[0]) {
        Some(count) if count as usize == corpus.documents.len() => format!("{subject} {verb} in all documents"),
        Some(count) => format!("{subject} {verb} in the most documents, {count:.0} of {}", corpus.documents.len()),
        None => format!("{subject} {verb} in the most documents"),
    }
}

fn charts(corpus: &Corpus, counted: &Counted, terms: &Table, overall: &Table) -> Vec<ChartSpec> {
    let top = content_rows(overall, 25);
    if top.is_empty() {
        return Vec::new();
    }
    let footer =
        format!("{} documents. Stop words and bare numbers are not shown; they count in the rate's denominator.", corpus.documents.len());
    // The chart shows document shares, so it runs in their order.
    let mut by_share = top.clone();
    by_share.sort_by_key(|&row| Reverse(overall.number("documents", row).map_or(0, |documents| documents as u64)));
    let mut charts = vec![ChartSpec {
        name: "top_terms".to_owned(),
        title: share_title(corpus, overall, &by_share),
        subtitle: "Share of documents that hold the word, with 95 % interval; the 25 most frequent words".to_owned(),
        footer: footer.clone(),
        table: OVERALL.name,
        rows: Some(by_share),
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
        // The table's rows are the cells in order; ids are looked up once instead of comparing texts row by row.
        let mut place = vec![usize::MAX; counted.rows.len()];
        for (position, term) in wanted.iter().enumerate() {
            if let Ok(row) = counted.rows.binary_search_by(|row| (*row.label).cmp(term)) {
                place[row] = position;
            }
        }
        let mut rows: Vec<(usize, usize)> = counted
            .cells
            .iter()
            .enumerate()
            .map(|(row, cell)| (place[cell.row as usize], row))
            .filter(|(place, _)| *place != usize::MAX)
            .collect();
        rows.sort_unstable();
        let rows: Vec<usize> = rows.into_iter().map(|(_, row)| row).collect();
        let widest = widest_gap(terms, rows.iter().copied(), "term", "group", "per_million").filter(|gap| gap.low.1 > 0.0);
        charts.push(ChartSpec {
            name: "top_terms_by_group".to_owned(),
            title: widest.map_or_else(
                || format!("How often each {} uses the most frequent words", corpus.groups.field),
                |gap| format!("{} writes “{}” {:.1} times as often as {}", gap.high.0, gap.row, gap.high.1 / gap.low.1, gap.low.0),
            ),
            subtitle: format!("Occurrences per million words of each {}; a dash where it never uses the word", corpus.groups.field),
            footer,
            table: TERMS.name,
            rows: Some(rows),
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
