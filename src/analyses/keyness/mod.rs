//! Keyness: which terms each group writes more or less often than the rest, with documents as the unit.
//!
//! Comes in: documents × terms, words, groups, weights. Goes out: log ratios with bootstrap intervals, permutation p, q
//! over the family tested, charts and sentences. Not here: whether a difference is one of topic or of wording.

mod bootstrap;
mod compare;
mod findings;
mod frame;
mod permutation;
mod settings;
mod tables;
mod tail;
#[cfg(test)]
mod tests;

use self::compare::{Comparison, INTERVAL_DOCUMENTS, Row, binary, per_million};
use self::frame::Frame;
use self::settings::{PARAMS, Settings};
use self::tables::{KEYNESS, KEYNESS_GROUPS, KEYNESS_MEASURES};
use super::measures::{Evaluate, Input, Measure, Parts, TwoSamples};
use super::{AnalysisEntry, Context, Output};
use crate::corpus::{Corpus, Needs};
use crate::error::Result;
use crate::params::Params;
use crate::table::{Table, TableBuilder};

/// The analysis.
pub static ENTRY: AnalysisEntry = AnalysisEntry {
    name: "keyness",
    title: "Words that set groups apart",
    summary: "Compares each group with the rest: terms written more or less often, with an interval from resampled documents, a permutation p-value and a false discovery rate",
    not_for: "Telling wording from coverage: a group that covers a topic more writes its words more. And log-likelihood is evidence under independent words, not size",
    needs: |_| Needs::DOCUMENT_TERMS,
    params: PARAMS,
    tables: &[&KEYNESS, &KEYNESS_GROUPS, &KEYNESS_MEASURES],
    build,
};

fn build(corpus: &Corpus, params: &Params, context: &Context) -> Result<Output> {
    let settings = Settings::check(params, corpus)?;
    let mut output = Output::default();
    if !corpus.groups.comparable() {
        let reason = corpus.groups.absence.clone().unwrap_or_else(|| "there are fewer than two groups".to_owned());
        output.notes.push(format!("Keyness is left out: {reason}."));
        return Ok(output);
    }
    let comparison = Comparison::run(corpus, Frame::new(corpus)?, &settings, context.seed);
    let rows = comparison.rows(corpus, &settings, context.seed, (!context.all_rows).then_some(settings.max_q));
    output.notes = notes(corpus, &settings, &comparison, &rows);
    output.charts = findings::charts(corpus, &settings, &comparison, &rows);
    output.findings = findings::findings(corpus, &settings, &comparison, &rows);
    output.tables.push(main_table(corpus, &settings, &comparison, &rows, context.all_rows));
    output.tables.push(groups_table(corpus, &settings, &comparison));
    if !settings.measures.is_empty() {
        output.tables.push(measures_table(corpus, &settings, &comparison, &rows));
    }
    Ok(output)
}

fn main_table(corpus: &Corpus, settings: &Settings, comparison: &Comparison, rows: &[Row], all_rows: bool) -> Table {
    let mut builder = TableBuilder::new(&KEYNESS);
    for row in rows {
        let (low, high) = binary(row.intervals.ratio);
        builder.row([
            corpus.terms.label(row.term).into(),
            corpus.groups.names[row.group].as_str().into(),
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
            flag(row).into(),
        ]);
    }
    let mut table = builder.finish();
    table.hidden_rows = comparison.family - rows.len();
    let filter = if all_rows {
        "every row that was tested".to_owned()
    } else {
        format!("rows with a false discovery rate (q) of at most {}; --all lists every row tested", settings.max_q)
    };
    table.with_note(filter).with_note(format!("q is taken over {} tests", comparison.family))
}

fn flag(row: &Row) -> Option<String> {
    let mut flags = Vec::new();
    if row.count == 0 {
        flags.push("absent here".to_owned());
    } else if row.count_rest == 0 {
        flags.push("only here".to_owned());
    } else if row.documents < INTERVAL_DOCUMENTS || row.documents_rest < INTERVAL_DOCUMENTS {
        flags.push("few documents".to_owned());
    }
    match row.driving {
        Some(1) => flags.push("driven by 1 document".to_owned()),
        Some(documents) => flags.push(format!("driven by {documents} documents")),
        None => {}
    }
    if row.is_stop {
        flags.push("function word".to_owned());
    }
    (!flags.is_empty()).then(|| flags.join("; "))
}

fn groups_table(corpus: &Corpus, settings: &Settings, comparison: &Comparison) -> Table {
    let groups = comparison.frame.groups();
    let mut found = vec![(0u64, 0u64); groups];
    for (position, &term) in comparison.terms.iter().enumerate() {
        for (group, (more, less)) in found.iter_mut().enumerate() {
            if comparison.q_values[position * groups + group].is_some_and(|q| q <= settings.max_q) {
                *if comparison.is_more(term, group) { more } else { less } += 1;
            }
        }
    }
    let mut builder = TableBuilder::new(&KEYNESS_GROUPS);
    for (group, name) in corpus.groups.names.iter().enumerate() {
        let tested = if comparison.comparable[group] { comparison.terms.len() } else { 0 };
        let (more, less) = found[group];
        builder.row([
            name.as_str().into(),
            comparison.frame.members[group].len().into(),
            corpus.group_terms.words[group].into(),
            tested.into(),
            (more + less).into(),
            more.into(),
            less.into(),
        ]);
    }
    builder.finish().with_note(format!("q at most {}", settings.max_q))
}

fn measures_table(corpus: &Corpus, settings: &Settings, comparison: &Comparison, rows: &[Row]) -> Table {
    let mut builder = TableBuilder::new(&KEYNESS_MEASURES);
    for row in rows {
        for measure in &settings.measures {
            builder.row([
                corpus.terms.label(row.term).into(),
                corpus.groups.names[row.group].as_str().into(),
                measure.name.into(),
                measure_value(comparison, row, measure).into(),
            ]);
        }
    }
    builder.finish()
}

/// The value of `measure` for a row, from cells, rates per document or the group's documents as parts.
fn measure_value(comparison: &Comparison, row: &Row, measure: &Measure) -> Option<f64> {
    match measure.evaluate {
        Evaluate::FourCells(_) => measure.value(&Input::FourCells(row.cells)),
        Evaluate::TwoSamples(function) => {
            let (target, reference) = comparison.document_rates(row.term, row.group);
            function(&TwoSamples { target: &target, reference: &reference })
        }
        Evaluate::Parts(function) => {
            let (counts, sizes) = comparison.parts(row.term, row.group);
            function(&Parts { counts: &counts, sizes: &sizes })
        }
        Evaluate::Positions(_) | Evaluate::TwoLists(_) => None,
    }
}

fn notes(corpus: &Corpus, settings: &Settings, comparison: &Comparison, rows: &[Row]) -> Vec<String> {
    let mut notes = vec![format!(
        "Keyness: {} terms in {} or more documents, {} tests in all. Documents are the unit: intervals resample documents within groups ({} times, bootstrap-t), p-values shuffle the groups of documents ({} times, studentised difference of rates, two-sided; the far tail by saddle-point approximation), q is Benjamini–Hochberg over all {} tests.",
        comparison.terms.len(),
        settings.min_documents,
        comparison.family,
        settings.resamples,
        settings.resamples,
        comparison.family
    )];
    notes.push(format!(
        "An interval has both ends where at least {INTERVAL_DOCUMENTS} documents on either side hold the term; with fewer on one side it has the end nearer zero only, with fewer on both sides none. {}",
        if settings.drop_stop_words {
            "Words of the stop list were not tested."
        } else {
            "Words of the stop list are tested and listed with the flag “function word”, but stay out of charts and sentences."
        }
    ));
    notes.extend(settings.remarks.iter().cloned());
    for (group, name) in corpus.groups.names.iter().enumerate() {
        if !comparison.comparable[group] {
            notes.push(format!("“{name}” has no words, or all of them: it is not compared."));
        }
    }
    if rows.is_empty() {
        notes.push(format!(
            "No term differs with a false discovery rate of at most {}: with {} documents in {} groups, chance explains what differences there are.",
            settings.max_q,
            corpus.documents.len(),
            corpus.groups.len()
        ));
    }
    notes
}
