//! Makes the term tables from counts.

use super::bigrams::count_bigrams;
use super::tables::{BIGRAMS, OVERALL, TERMS};
use super::weighted::{Weighted, pair};
use crate::analyses::{Context, Output};
use crate::corpus::{Corpus, NONE, WeightedGroupTerms};
use crate::error::Result;
use crate::maths::summary::wilson_interval;
use crate::maths::{both, map_in_order, map_parts};
use crate::memory::StringArena;
use crate::params::Params;
use crate::table::format::thousands;
use crate::table::{Bars, ChartSpec, Column, Finding, Heatmap, Mark, Table, TableSpec, Texts, Value, widest_gap};
use std::cmp::Reverse;
use std::sync::Arc;

/// Pairs of words that occur less often are noise in a report.
const LEAST_PAIRS: u64 = 5;

/// Occurrences of a word or pair in one group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cell {
    row: u32,
    count: u32,
    documents: u32,
}

/// Words or pairs in the order of their labels, and their cells by group.
#[derive(Default)]
struct Counted {
    labels: Arc<StringArena>,
    /// The term of each word, the [`pair`] of each pair.
    terms: Vec<u32>,
    is_stop: Vec<bool>,
    /// Occurrences in the whole corpus.
    counts: Vec<u64>,
    /// Documents of the whole corpus that hold it.
    documents: Vec<u64>,
    /// For each group the cells that are not zero: by row, and after [`Counted::sort`] by count (highest first), then row.
    cells: Vec<Vec<Cell>>,
    /// The weighted cells of pairs, where documents are weighted.
    weighted_pairs: Vec<Vec<(u32, f64, f64)>>,
}

impl Counted {
    /// The terms of the corpus.
    fn words(corpus: &Corpus) -> Self {
        let (terms, matrix) = (&corpus.terms, &corpus.group_terms);
        let labels = if terms.displayed.is_empty() { &terms.terms } else { &terms.displayed };
        let of_group = |group: usize| {
            let cell = |row| Cell { row, count: matrix.count(group, row), documents: matrix.documents(group, row) };
            (0..terms.len() as u32).map(cell).filter(|cell| cell.count > 0).collect()
        };
        Self {
            labels: Arc::new(labels.clone()),
            terms: (0..terms.len() as u32).collect(),
            is_stop: terms.is_stop.clone(),
            counts: terms.counts.clone(),
            documents: terms.documents.iter().map(|&documents| u64::from(documents)).collect(),
            cells: map_in_order(corpus.groups.len(), of_group),
            weighted_pairs: Vec::new(),
        }
    }

    /// The pairs of neighbouring words.
    fn pairs(corpus: &Corpus) -> Result<Self> {
        let mut counted = Self { cells: vec![Vec::new(); corpus.groups.len()], ..Self::default() };
        let mut labels = StringArena::default();
        for (position, bigram) in count_bigrams(corpus)?.into_iter().enumerate() {
            let (first, second) = bigram.terms;
            let row = labels.push(&format!("{} {}", corpus.terms.label(first), corpus.terms.label(second)));
            counted.is_stop.push(corpus.terms.is_stop[first as usize] || corpus.terms.is_stop[second as usize]);
            counted.terms.push(pair(position));
            let (mut all, mut all_documents) = (0, 0);
            let groups = bigram.groups;
            for &(group, count, documents) in &groups {
                all += u64::from(count);
                all_documents += u64::from(documents);
                counted.cells[group as usize].push(Cell { row, count, documents });
            }
            for (&(group, ..), (count, documents)) in groups.iter().zip(bigram.weighted) {
                counted.weighted_pairs.resize(corpus.groups.len(), Vec::new());
                counted.weighted_pairs[group as usize].push((position as u32, count, documents));
            }
            counted.counts.push(all);
            counted.documents.push(all_documents);
        }
        counted.labels = Arc::new(labels);
        Ok(counted)
    }

    /// Both together.
    fn and(mut self, other: Self) -> Self {
        let before = self.rows() as u32;
        let labels = Arc::make_mut(&mut self.labels);
        other.labels.iter().for_each(|label| {
            labels.push(label);
        });
        self.terms.extend(other.terms);
        self.is_stop.extend(other.is_stop);
        self.counts.extend(other.counts);
        self.documents.extend(other.documents);
        self.weighted_pairs.extend(other.weighted_pairs);
        for (cells, more) in self.cells.iter_mut().zip(other.cells) {
            cells.extend(more.into_iter().map(|cell| Cell { row: cell.row + before, ..cell }));
        }
        self
    }

    fn rows(&self) -> usize {
        self.counts.len()
    }

    /// Keeps the rows of `order`, in that order.
    fn arrange(&mut self, order: &[u32]) {
        let mut places = vec![NONE; self.rows()];
        for (place, &row) in order.iter().enumerate() {
            places[row as usize] = place as u32;
        }
        fn taken<T: Copy>(values: &[T], order: &[u32]) -> Vec<T> {
            order.iter().map(|&row| values[row as usize]).collect()
        }
        self.labels = Arc::new(order.iter().map(|&row| self.labels.get(row)).collect());
        self.terms = taken(&self.terms, order);
        self.is_stop = taken(&self.is_stop, order);
        self.counts = taken(&self.counts, order);
        self.documents = taken(&self.documents, order);
        for cells in &mut self.cells {
            cells.iter_mut().for_each(|cell| cell.row = places[cell.row as usize]);
            cells.retain(|cell| cell.row != NONE);
            cells.sort_unstable_by_key(|cell| cell.row);
        }
    }

    /// Drops the rows that `keep` refuses.
    fn retain(&mut self, keep: impl Fn(&Self, usize) -> bool) {
        let kept: Vec<u32> = (0..self.rows()).filter(|&row| keep(self, row)).map(|row| row as u32).collect();
        if kept.len() < self.rows() {
            self.arrange(&kept);
        }
    }

    /// Puts rows in the order of their labels, which decides between equal counts, and cells in the table's order.
    fn sort(&mut self) {
        if !self.labels.iter().is_sorted() {
            let mut order: Vec<u32> = (0..self.rows() as u32).collect();
            order.sort_by(|&a, &b| self.labels.get(a).cmp(self.labels.get(b)));
            self.arrange(&order);
        }
        let cells = &self.cells;
        self.cells = map_in_order(cells.len(), |group| {
            let of_group = &cells[group];
            let order = highest_first(of_group.len(), |cell| u64::from(of_group[cell].count));
            order.into_iter().map(|cell| of_group[cell as usize]).collect()
        });
    }
}

/// Counts up to this are sorted by counting them.
const SMALL_COUNT: usize = 1 << 10;

/// The positions below `length` by `count`, highest first; equal counts stay in order. Most counts are small.
fn highest_first(length: usize, count: impl Fn(usize) -> u64) -> Vec<u32> {
    let small = |position: usize| usize::try_from(count(position)).ok().filter(|count| *count < SMALL_COUNT);
    let mut large: Vec<u32> = (0..length).filter(|&position| small(position).is_none()).map(|position| position as u32).collect();
    large.sort_by_key(|&position| Reverse(count(position as usize)));
    let mut starts = [0_usize; SMALL_COUNT];
    (0..length).filter_map(small).for_each(|count| starts[count] += 1);
    let mut next = large.len();
    for start in starts.iter_mut().rev() {
        next += std::mem::replace(start, next);
    }
    let mut order = large;
    order.resize(length, 0);
    for position in 0..length {
        if let Some(count) = small(position) {
            order[starts[count]] = position as u32;
            starts[count] += 1;
        }
    }
    order
}

pub(super) fn build(corpus: &Corpus, params: &Params, context: &Context) -> Result<Output> {
    let ngrams = params.choice("ngrams");
    let mut counted = match ngrams {
        "words" => Counted::words(corpus),
        "bigrams" => Counted::pairs(corpus)?,
        _ => Counted::words(corpus).and(Counted::pairs(corpus)?),
    };
    let (least_count, least_documents) = (params.integer("min-count"), params.integer("min-term-documents"));
    let drops_stop_words = params.flag("drop-stop-words");
    if least_count > 1 || least_documents > 1 || drops_stop_words {
        counted.retain(|rows, row| {
            rows.counts[row] >= least_count && rows.documents[row] >= least_documents && !(drops_stop_words && rows.is_stop[row])
        });
    }
    counted.sort();
    let weighted = corpus.weighted_group_terms();
    let weighted = weighted.as_ref();
    if context.main_table_only {
        return Ok(Output { tables: vec![by_group(corpus, weighted, &counted, &TERMS)], ..Output::default() });
    }
    let (terms, overall) = both(|| by_group(corpus, weighted, &counted, &TERMS), || overall(corpus, weighted, &counted));
    let mut output = Output {
        charts: charts(corpus, &counted, &terms, &overall),
        findings: findings(&overall),
        notes: vec![notes(corpus)],
        tables: vec![terms, overall],
        ..Output::default()
    };
    // Where tokens are kept anyway, as in a report, the telling pairs are shown too.
    if ngrams == "words" && corpus.tokens.is_some() {
        let mut telling = Counted::pairs(corpus)?;
        telling.retain(|rows, row| rows.counts[row] >= LEAST_PAIRS && !rows.is_stop[row]);
        telling.sort();
        output.tables.push(by_group(corpus, weighted, &telling, &BIGRAMS));
    }
    Ok(output)
}

fn per_million(count: u64, words: u64) -> Option<f64> {
    (words > 0).then(|| count as f64 * 1e6 / words as f64)
}

fn share(documents: u64, all: u64) -> Option<f64> {
    (all > 0).then(|| documents as f64 / all as f64)
}

/// The table, whole columns at a time: it may have millions of rows. Rates and shares of words count documents by their
/// weights where there are any.
fn by_group(corpus: &Corpus, weighted: Option<&WeightedGroupTerms>, counted: &Counted, spec: &'static TableSpec) -> Table {
    let names = Arc::new(corpus.groups.names.iter().map(String::as_str).collect::<StringArena>());
    let cells = || counted.cells.iter().enumerate().flat_map(|(group, cells)| cells.iter().map(move |cell| (group, cell)));
    let words = |group: usize| corpus.group_terms.words[group];
    let all = |group: usize| u64::from(corpus.group_terms.group_documents[group]);
    let weighted = Weighted { terms: weighted, pairs: &counted.weighted_pairs };
    let rate = |(group, cell): (usize, &Cell)| {
        weighted.per_million(group, counted.terms[cell.row as usize], || per_million(u64::from(cell.count), words(group)))
    };
    let document_share = |(group, cell): (usize, &Cell)| {
        weighted.document_share(group, counted.terms[cell.row as usize], || share(u64::from(cell.documents), all(group)))
    };
    let groups = || counted.cells.iter().enumerate().flat_map(|(group, cells)| std::iter::repeat_n(group as u32, cells.len()));
    let columns: [&(dyn Fn() -> Column + Sync); 6] = [
        &|| Column::Text(Texts::of_codes(names.clone(), groups().collect())),
        &|| Column::Text(Texts::of_codes(counted.labels.clone(), cells().map(|(_, cell)| cell.row).collect())),
        &|| Column::Integer(cells().map(|(_, cell)| Some(i64::from(cell.count))).collect()),
        &|| Column::Number(cells().map(rate).collect()),
        &|| Column::Integer(cells().map(|(_, cell)| Some(i64::from(cell.documents))).collect()),
        &|| Column::Number(cells().map(document_share).collect()),
    ];
    let columns = map_parts(columns.to_vec(), |column| column());
    Table::of_columns(spec, columns)
}

fn overall(corpus: &Corpus, weighted: Option<&WeightedGroupTerms>, counted: &Counted) -> Table {
    let words = corpus.group_terms.total_words();
    let all = corpus.documents.len() as f64;
    let mut order = highest_first(counted.rows(), |row| counted.counts[row]);
    // Words of left-out lines only.
    order.truncate(order.partition_point(|&row| counted.counts[row as usize] > 0));
    let rows = || order.iter().map(|&row| row as usize);
    let weighted = Weighted { terms: weighted, pairs: &counted.weighted_pairs };
    let rate = |row: usize| match weighted.totals(counted.terms[row]) {
        Some((count, words, ..)) => (words > 0.0).then(|| count * 1e6 / words),
        None => per_million(counted.counts[row], words),
    };
    // Documents that hold the word and all documents, by weight.
    let holding = |row: usize| {
        let totals = weighted.totals(counted.terms[row]);
        totals.map_or((counted.documents[row] as f64, all), |(_, _, documents, weight)| (documents, weight))
    };
    // Rows that follow each other often have as many documents.
    let mut known = (f64::NAN, f64::NAN, None);
    let intervals: Vec<Option<(f64, f64)>> = rows()
        .map(|row| {
            let (with, weight) = holding(row);
            if (known.0, known.1) != (with, weight) {
                known = (with, weight, wilson_interval(with, weight));
            }
            known.2
        })
        .collect();
    let share = |(with, weight): (f64, f64)| (weight > 0.0).then(|| with / weight);
    let columns = vec![
        Column::Text(Texts::of_codes(counted.labels.clone(), order.clone())),
        Column::Integer(rows().map(|row| Some(counted.counts[row] as i64)).collect()),
        Column::Number(rows().map(rate).collect()),
        Column::Integer(rows().map(|row| Some(counted.documents[row] as i64)).collect()),
        Column::Number(rows().map(holding).map(share).collect()),
        Column::Number(intervals.iter().map(|ends| ends.map(|ends| ends.0)).collect()),
        Column::Number(intervals.iter().map(|ends| ends.map(|ends| ends.1)).collect()),
        Column::Boolean(rows().map(|row| Some(counted.is_stop[row])).collect()),
    ];
    Table::of_columns(&OVERALL, columns)
}

fn notes(corpus: &Corpus) -> String {
    let language = if corpus.language.is_empty() {
        "no language was recognised, so there are no stop words".to_owned()
    } else {
        format!("stop words of the language `{}`", corpus.language)
    };
    let weights = if corpus.documents.is_weighted() {
        " Counts are plain; rates and shares of words count each document by its weight, those of pairs do not."
    } else {
        ""
    };
    format!("Terms are folded to {}; {language}.{weights}", corpus.folding.description)
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
        let mut place = vec![usize::MAX; counted.rows()];
        for (position, term) in wanted.iter().enumerate() {
            if let Some(row) = counted.labels.find_sorted(term) {
                place[row as usize] = position;
            }
        }
        let mut rows: Vec<(usize, usize)> = counted
            .cells
            .iter()
            .flatten()
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
                |gap| {
                    let ratio = gap.high.1 / gap.low.1;
                    let times = if ratio < 9.95 { format!("{ratio:.1}") } else { thousands(ratio.round() as u64) };
                    format!("{} writes “{}” {times} times as often as {}", gap.high.0, gap.row, gap.low.0)
                },
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::maths::RandomStream;

    #[test]
    fn counts_sort_as_a_stable_sort_does() {
        let mut stream = RandomStream::new(4, 0);
        for length in [0, 1, 2, 1_000] {
            for widest in [1, 3, 500, 1_000_000] {
                let counts: Vec<u64> = (0..length).map(|_| u64::from(stream.below(widest))).collect();
                let mut expected: Vec<u32> = (0..length as u32).collect();
                expected.sort_by_key(|&position| Reverse(counts[position as usize]));
                assert_eq!(highest_first(length, |position| counts[position]), expected);
            }
        }
    }
}
