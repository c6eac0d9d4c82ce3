//! The tables of every run: terms by group, groups, further measures.

use super::super::measures::{Evaluate, Input, Measure, Parts, TwoSamples};
use super::compare::Comparison;
use super::row::{Row, binary, per_million};
use super::study::Study;
use super::tables::{KEYNESS_GROUPS, KEYNESS_MEASURES};
use crate::table::{Table, TableBuilder, TableSpec};

/// Terms by group in the columns of `spec`, `keyness` or `keyness_pairs`.
pub(super) fn terms(study: &Study<'_>, spec: &'static TableSpec, comparisons: &[Comparison], rows: &[Row], all_rows: bool) -> Table {
    let corpus = study.subject.corpus;
    let mut builder = TableBuilder::new(spec);
    for row in rows {
        let (low, high) = binary(row.intervals.ratio);
        builder.row([
            study.subject.terms.label(row.term).into(),
            corpus.groups.names[row.group].as_str().into(),
            study.reference_name(row.reference).into(),
            if row.is_more() { "more" } else { "less" }.into(),
            row.count.into(),
            row.count_rest.into(),
            (row.cells.rate() * 1e6).into(),
            per_million(row.intervals.rate.low).into(),
            per_million(row.intervals.rate.high).into(),
            (row.cells.rate_rest() * 1e6).into(),
            row.documents.into(),
            row.documents_rest.into(),
            row.log_ratio.into(),
            low.into(),
            high.into(),
            row.p_value.into(),
            row.q_value.into(),
            row.log_likelihood.into(),
            row.deviation_of_proportions.into(),
            flag(study, row).into(),
        ]);
    }
    let mut table = builder.finish();
    let tests: usize = comparisons.iter().map(|comparison| comparison.p_values.iter().flatten().count()).sum();
    table.hidden_rows = tests - rows.len();
    let rule = study.settings.many_tests;
    let filter = if all_rows {
        "every row that was tested".to_owned()
    } else {
        format!("rows with q ({}) of at most {}; --all lists every row tested", rule.bounds(), study.settings.max_q)
    };
    table.with_note(filter).with_note(format!("q is taken over {} tests by the rule {}", study.family, rule.name()))
}

/// What to know before quoting a row.
pub(super) fn flag(study: &Study<'_>, row: &Row) -> Option<String> {
    let mut flags = Vec::new();
    if row.count == 0 {
        flags.push("absent here".to_owned());
    } else if row.count_rest == 0 {
        flags.push("only here".to_owned());
    }
    if row.has_too_few_documents() {
        flags.push("too few documents".to_owned());
    }
    match row.driving {
        Some(1) => flags.push("driven by 1 document".to_owned()),
        Some(documents) => flags.push(format!("driven by {documents} documents")),
        None => {}
    }
    if is_locked(row, study.settings.lock_margin) {
        flags.push("lockword".to_owned());
    }
    if row.is_own_name {
        flags.push("own name".to_owned());
    }
    if row.is_stop {
        flags.push("function word".to_owned());
    }
    (!flags.is_empty()).then(|| flags.join("; "))
}

/// Whether the whole interval of the log ratio lies within `margin` of 0.
pub(super) fn is_locked(row: &Row, margin: f64) -> bool {
    match binary(row.intervals.ratio) {
        (Some(low), Some(high)) => low > -margin && high < margin,
        _ => false,
    }
}

/// (terms found that the group writes more, less) of `comparison` for its group at `local`, and their positions.
pub(super) fn found(study: &Study<'_>, comparison: &Comparison, local: usize) -> (u64, u64) {
    let mut found = (0, 0);
    for position in 0..comparison.terms.len() {
        let cell = position * comparison.groups.len() + local;
        if comparison.q_values[cell].is_some_and(|q| q <= study.settings.max_q) {
            *if comparison.is_more(study, position, local) { &mut found.0 } else { &mut found.1 } += 1;
        }
    }
    found
}

/// One row a group in focus and reference.
pub(super) fn groups(study: &Study<'_>) -> Table {
    let corpus = study.subject.corpus;
    let mut builder = TableBuilder::new(&KEYNESS_GROUPS);
    for comparison in &study.main {
        for (local, &group) in comparison.groups.iter().enumerate() {
            let in_focus = study.settings.design.groups().contains(&group);
            if !in_focus {
                continue;
            }
            let tested = if comparison.tested[local] { comparison.terms.len() } else { 0 };
            let (more, less) = found(study, comparison, local);
            builder.row([
                corpus.groups.names[group].as_str().into(),
                study.reference_name(comparison.reference).into(),
                study.subject.members[group].len().into(),
                corpus.group_terms.words[group].into(),
                tested.into(),
                (more + less).into(),
                more.into(),
                less.into(),
            ]);
        }
    }
    builder.finish().with_note(format!("q at most {}", study.settings.max_q))
}

/// The measures asked for, for every row listed.
pub(super) fn measures(study: &Study<'_>, rows: &[Row]) -> Table {
    let mut builder = TableBuilder::new(&KEYNESS_MEASURES);
    for row in rows {
        let numbers = Numbers::new(study, row);
        for measure in &study.settings.measures {
            builder.row([
                study.subject.terms.label(row.term).into(),
                study.subject.corpus.groups.names[row.group].as_str().into(),
                study.reference_name(row.reference).into(),
                measure.name.into(),
                numbers.value(row, measure).into(),
            ]);
        }
    }
    builder.finish()
}

/// Weighted occurrences and words of each document of both sides.
struct Numbers {
    own: (Vec<f64>, Vec<f64>),
    rest: (Vec<f64>, Vec<f64>),
}

impl Numbers {
    fn new(study: &Study<'_>, row: &Row) -> Self {
        let documents = &study.subject.corpus.documents;
        let (holding, counts) = study.subject.columns.row(row.term as usize);
        let side = |side: Vec<u32>| -> (Vec<f64>, Vec<f64>) {
            side.into_iter()
                .map(|document| {
                    let weight = documents.weights[document as usize];
                    let count = holding.binary_search(&document).map_or(0.0, |place| f64::from(counts[place]));
                    (count * weight, f64::from(documents.words[document as usize]) * weight)
                })
                .unzip()
        };
        let (own, rest) = study.sides(row);
        Self { own: side(own), rest: side(rest) }
    }

    /// The value of `measure`, from cells, rates per document or the group's documents as parts.
    fn value(&self, row: &Row, measure: &Measure) -> Option<f64> {
        // Documents without words have no rate.
        let rates = |(counts, words): &(Vec<f64>, Vec<f64>)| -> Vec<f64> {
            counts.iter().zip(words).filter(|(_, words)| **words > 0.0).map(|(count, words)| count / words * 1e6).collect()
        };
        match measure.evaluate {
            Evaluate::FourCells(_) => measure.value(&Input::FourCells(row.cells)),
            Evaluate::TwoSamples(function) => function(&TwoSamples { target: &rates(&self.own), reference: &rates(&self.rest) }),
            Evaluate::Parts(function) => function(&Parts { counts: &self.own.0, sizes: &self.own.1 }),
            Evaluate::Positions(_) | Evaluate::TwoLists(_) | Evaluate::TextCounts(_) => None,
        }
    }
}
