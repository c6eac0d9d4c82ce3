//! The tables of special designs and questions: pairs, shrinkage, strata, lockwords, unique words, the charts' points.

use super::super::measures::FourCells;
use super::super::measures::effect_size::log_ratio;
use super::bootstrap;
use super::charts::NOT_SURE;
use super::design::{Design, Reference};
use super::frame::Frame;
use super::main_tables::{found, is_locked};
use super::row::{INTERVAL_DOCUMENTS, Row, binary};
use super::study::Study;
use super::tables::{KEYNESS_MAP, KEYNESS_MATRIX, KEYNESS_SHRUNK, KEYNESS_WITHIN, LOCKWORDS, UNIQUE_WORDS};
use crate::maths::float::sqrt;
use crate::maths::map_in_order;
use crate::table::{Table, TableBuilder};
use std::collections::{BTreeMap, BTreeSet};

/// Terms named in a row of the matrix.
const STRONGEST: usize = 5;
/// Lockwords looked for among so many terms of the smallest upper ends.
const MOST_LOCK_CANDIDATES: usize = 2_000;
/// Rows of the comparison with and without strata.
const MOST_WITHIN: usize = 1_000;
/// Points of the charts: sure ones and frequent ones without a difference.
const MOST_SURE: usize = 300;
const MOST_UNSURE: usize = 150;

/// Every ordered pair of groups; `rows` are those of `keyness_pairs`.
pub(super) fn matrix(study: &Study<'_>, rows: &[Row]) -> Table {
    let names = &study.subject.corpus.groups.names;
    let mut strongest: BTreeMap<(usize, usize), Vec<&str>> = BTreeMap::new();
    for row in rows.iter().filter(|row| !row.is_stop && row.sure_size() > 0.0 && row.q_value <= study.settings.max_q) {
        if let Reference::Group(reference) = row.reference {
            let terms = strongest.entry((row.group, reference)).or_default();
            if terms.len() < STRONGEST {
                terms.push(study.subject.terms.label(row.term));
            }
        }
    }
    let mut lines: Vec<(usize, usize, usize, u64, u64)> = Vec::new();
    for comparison in &study.pairs {
        if let ([first, second], true) = (&comparison.groups[..], comparison.tested[0]) {
            let (more, less) = found(study, comparison, 0);
            lines.push((*first, *second, comparison.terms.len(), more, less));
            lines.push((*second, *first, comparison.terms.len(), less, more));
        }
    }
    lines.sort_unstable();
    let mut builder = TableBuilder::new(&KEYNESS_MATRIX);
    for (group, reference, tested, more, less) in lines {
        let terms = strongest.get(&(group.min(reference), group.max(reference))).map(|terms| terms.join(", "));
        builder.row([
            names[group].as_str().into(),
            names[reference].as_str().into(),
            tested.into(),
            (more + less).into(),
            (tested > 0).then(|| (more + less) as f64 / tested as f64).into(),
            more.into(),
            less.into(),
            terms.into(),
        ]);
    }
    let pairs: usize = study.pairs.iter().map(|comparison| comparison.p_values.iter().flatten().count()).sum();
    builder.finish().with_note(format!(
        "{pairs} tests of pairs; q over them and those of each group against the others, {} in all ({})",
        study.family,
        study.settings.many_tests.name()
    ))
}

/// ln ratio and variance over documents of every tested term and group of the main comparisons, where both sides have
/// `INTERVAL_DOCUMENTS` documents with the term: (comparison, cell, ln ratio, variance).
fn estimates(study: &Study<'_>) -> Vec<(usize, usize, f64, f64)> {
    let mut all = Vec::new();
    for (number, comparison) in study.main.iter().enumerate() {
        let frame = Frame::new(study.subject, Some(&comparison.groups), None);
        let spreads: Vec<f64> = frame.sizes.iter().map(bootstrap::word_spread).collect();
        let made = map_in_order(comparison.terms.len(), |position| {
            let term = comparison.terms[position];
            let (sums, whole) = frame.sums(&frame.postings(term));
            let (_, all_documents) = study.subject.totals(term, &comparison.groups);
            let of_group = |local: usize| {
                let documents = study.subject.group_terms.documents(comparison.groups[local], term);
                if !comparison.tested[local] || documents < INTERVAL_DOCUMENTS {
                    return None;
                }
                let cell = position * comparison.groups.len() + local;
                let size = frame.sizes[local];
                let (count, words) = match study.list() {
                    Some(list) => (study.listed_count(term), list.words),
                    None => (whole.count - sums[local].count, frame.whole.words - size.words),
                };
                let ratio = log_ratio(&FourCells::new(sums[local].count, size.words, count, words).checked()?)? * std::f64::consts::LN_2;
                let variance = if study.list().is_some() {
                    (count > 0.0).then(|| bootstrap::rate_log_variance(sums[local], size, spreads[local]) + 1.0 / count)?
                } else if all_documents - documents >= INTERVAL_DOCUMENTS {
                    bootstrap::log_variance(&sums, whole, &frame, local, &spreads)?
                } else {
                    return None;
                };
                Some((number, cell, ratio, variance))
            };
            (0..comparison.groups.len()).filter_map(of_group).collect::<Vec<_>>()
        });
        all.extend(made.into_iter().flatten());
    }
    all
}

/// A term's log₂ ratio in a group, its variance over documents and its adjusted p.
struct Estimate {
    term: u32,
    ratio: f64,
    variance: f64,
    q: f64,
}

/// One row a term and group of the one-against-rest comparison with an adjusted p within the limit (all for `None`).
pub(super) fn shrunk(study: &Study<'_>, limit: Option<f64>) -> Table {
    let names = &study.subject.corpus.groups.names;
    let mut by_group: BTreeMap<usize, Vec<Estimate>> = BTreeMap::new();
    for (number, cell, ratio, variance) in estimates(study) {
        let comparison = &study.main[number];
        let (term, group) = comparison.cell(cell);
        let q = comparison.q_values[cell].unwrap_or(1.0);
        let (ratio, variance) = (ratio / std::f64::consts::LN_2, variance / (std::f64::consts::LN_2 * std::f64::consts::LN_2));
        by_group.entry(group).or_default().push(Estimate { term, ratio, variance, q });
    }
    let mut builder = TableBuilder::new(&KEYNESS_SHRUNK);
    let mut notes = Vec::new();
    for (group, estimates) in by_group {
        let prior = prior_variance(estimates.iter().map(|estimate| (estimate.ratio, estimate.variance)));
        notes.push(format!("{}: prior standard deviation {:.2}", names[group], sqrt(prior)));
        let kept = |estimate: &Estimate| if prior > 0.0 { prior / (prior + estimate.variance) } else { 0.0 };
        let mut rows: Vec<&Estimate> = estimates.iter().filter(|estimate| limit.is_none_or(|limit| estimate.q <= limit)).collect();
        let shrunk = |estimate: &Estimate| kept(estimate) * estimate.ratio;
        rows.sort_by(|a, b| shrunk(b).total_cmp(&shrunk(a)).then(a.term.cmp(&b.term)));
        for estimate in rows {
            let &Estimate { term, ratio, variance, q } = estimate;
            let (count, documents) = study.subject.totals(term, &[group]);
            builder.row([
                names[group].as_str().into(),
                study.subject.terms.label(term).into(),
                count.into(),
                documents.into(),
                ratio.into(),
                sqrt(variance).into(),
                kept(estimate).into(),
                shrunk(estimate).into(),
                q.into(),
            ]);
        }
    }
    builder.finish().with_note(format!("log ratios scatter around 0 with, by group: {}", notes.join("; ")))
}

/// The variance of true effects around 0 that explains the observed ones: (Σ w·y² − m)/Σ w with w = 1/variance, 0 if negative
/// (the moment estimate of DerSimonian & Laird 1986 with a known mean of 0).
fn prior_variance(estimates: impl Iterator<Item = (f64, f64)>) -> f64 {
    let (mut weights, mut squares, mut number) = (0.0, 0.0, 0.0);
    for (effect, variance) in estimates.filter(|(_, variance)| *variance > 1e-9) {
        weights += 1.0 / variance;
        squares += effect * effect / variance;
        number += 1.0;
    }
    if weights > 0.0 { ((squares - number) / weights).max(0.0) } else { 0.0 }
}

/// Terms used alike in a group and its reference.
pub(super) fn lockwords(study: &Study<'_>) -> Option<Table> {
    let margin = study.settings.lock_margin;
    if margin <= 0.0 {
        return None;
    }
    // Linearised ends choose the candidates, generously; bootstrap-t intervals decide.
    let slack = if study.strata.is_some() { 1.0 } else { 0.1 };
    let mut candidates: Vec<(f64, usize, usize)> = estimates(study)
        .into_iter()
        .map(|(number, cell, ratio, variance)| ((ratio.abs() + 1.7 * sqrt(variance)) / std::f64::consts::LN_2, number, cell))
        .filter(|(end, ..)| *end < margin + slack)
        .collect();
    candidates.sort_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    candidates.truncate(MOST_LOCK_CANDIDATES);
    let chosen: BTreeSet<(usize, usize)> = candidates.iter().map(|&(_, number, cell)| (number, cell)).collect();
    let mut rows = study.rows_where(true, &|number, cell| chosen.contains(&(number, cell)));
    rows.retain(|row| is_locked(row, margin));
    let further = |row: &Row| {
        let (low, high) = binary(row.intervals.ratio);
        low.unwrap_or(0.0).abs().max(high.unwrap_or(0.0).abs())
    };
    rows.sort_by(|a, b| further(a).total_cmp(&further(b)).then((a.term, a.group).cmp(&(b.term, b.group))));
    let mut builder = TableBuilder::new(&LOCKWORDS);
    for row in &rows {
        let (low, high) = binary(row.intervals.ratio);
        builder.row([
            study.subject.terms.label(row.term).into(),
            study.subject.corpus.groups.names[row.group].as_str().into(),
            study.reference_name(row.reference).into(),
            row.count.into(),
            row.count_rest.into(),
            (row.cells.rate() * 1e6).into(),
            (row.cells.rate_rest() * 1e6).into(),
            row.documents.into(),
            row.documents_rest.into(),
            row.log_ratio.into(),
            low.into(),
            high.into(),
        ]);
    }
    Some(builder.finish().with_note(format!("the whole interval of the log ratio lies between −{margin} and {margin}; see --lock-margin")))
}

/// Tested terms that a group writes and its reference never does.
pub(super) fn unique_words(study: &Study<'_>) -> Table {
    let is_unique = |number: usize, cell: usize| {
        let comparison = &study.main[number];
        let (term, group) = comparison.cell(cell);
        let (own, _) = study.subject.totals(term, &[group]);
        let rest =
            if study.list().is_some() { study.listed_count(term) } else { (study.subject.totals(term, &comparison.groups).0 - own) as f64 };
        own > 0 && rest == 0.0
    };
    let mut rows = study.rows_where(false, &is_unique);
    rows.sort_by(|a, b| b.documents.cmp(&a.documents).then(b.count.cmp(&a.count)).then((a.term, a.group).cmp(&(b.term, b.group))));
    let mut builder = TableBuilder::new(&UNIQUE_WORDS);
    for row in &rows {
        builder.row([
            study.subject.terms.label(row.term).into(),
            study.subject.corpus.groups.names[row.group].as_str().into(),
            study.reference_name(row.reference).into(),
            row.count.into(),
            (row.cells.rate() * 1e6).into(),
            row.documents.into(),
            row.p_value.into(),
            row.q_value.into(),
            super::main_tables::flag(study, row).into(),
        ]);
    }
    builder.finish()
}

/// The surest crude differences and those within strata, side by side: `rows` are the study's, surest first, and `crude` is
/// the same design without strata.
pub(super) fn within(study: &Study<'_>, rows: &[Row], crude: &Study<'_>) -> Table {
    let limit = study.settings.max_q;
    let key = |row: &Row| (row.term, row.group, row.reference);
    let mut asked: BTreeSet<(u32, usize, Reference)> = rows.iter().filter(|row| row.q_value <= limit).map(key).take(MOST_WITHIN).collect();
    asked.extend(crude.rows(&crude.main, Some(limit)).iter().filter(|row| !row.is_stop).map(key).take(MOST_WITHIN));
    let is_asked = |number: usize, cell: usize| {
        let (term, group) = study.main[number].cell(cell);
        asked.contains(&(term, group, study.main[number].reference))
    };
    let mut rows = study.rows_where(true, &is_asked);
    rows.sort_by(|a, b| {
        let crude = |row: &Row| row.log_ratio_crude.unwrap_or(0.0).abs();
        a.q_value.total_cmp(&b.q_value).then(crude(b).total_cmp(&crude(a))).then((a.term, a.group).cmp(&(b.term, b.group)))
    });
    let mut builder = TableBuilder::new(&KEYNESS_WITHIN);
    for row in &rows {
        let (low, high) = binary(row.intervals.ratio);
        let explained = match (row.log_ratio_crude, row.log_ratio) {
            (Some(crude), Some(within)) if crude.abs() >= 0.1 && row.count_rest > 0 && row.count > 0 => Some(1.0 - within / crude),
            _ => None,
        };
        builder.row([
            study.subject.terms.label(row.term).into(),
            study.subject.corpus.groups.names[row.group].as_str().into(),
            study.reference_name(row.reference).into(),
            row.within.map(|within| within.strata).into(),
            row.log_ratio_crude.into(),
            row.log_ratio.into(),
            low.into(),
            high.into(),
            row.within.and_then(|within| within.log_odds).map(|odds| odds / std::f64::consts::LN_2).into(),
            explained.into(),
            row.p_value.into(),
            row.q_value.into(),
        ]);
    }
    let field = study.strata.as_ref().map_or("", |strata| &strata.field);
    builder.finish().with_note(format!("strata: {field}; p and q are those within strata, by shuffles of documents within each"))
}

/// Points of the volcano, sure ones first, then further ones of the pair that the scatter plot shows; and how many rows the
/// former are.
pub(super) fn map(study: &Study<'_>, rows: &[Row]) -> (Table, usize) {
    let limit = study.settings.max_q;
    let mirrored =
        matches!(&study.settings.design, Design::OneAgainstRest { groups } if groups.len() == 2) && study.subject.members.len() == 2;
    let suits = |row: &&Row| !row.is_stop && row.count > 0 && row.count_rest > 0 && !(mirrored && row.group == 1);
    let all_sure: Vec<&Row> = rows.iter().filter(|row| row.q_value <= limit && row.sure_size() > 0.0).filter(suits).collect();
    // The scatter plot shows one group and its reference, the pair with the most sure terms, in more points.
    let mut pairs: BTreeMap<(usize, Reference), usize> = BTreeMap::new();
    all_sure.iter().for_each(|row| *pairs.entry((row.group, row.reference)).or_default() += 1);
    let drawn = pairs.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(pair, _)| *pair);
    let is_drawn = |row: &Row| drawn == Some((row.group, row.reference));
    let mut others: Vec<(u64, usize, usize)> = Vec::new();
    for (number, comparison) in study.main.iter().enumerate() {
        for (cell, q) in comparison.q_values.iter().enumerate() {
            let (term, group) = comparison.cell(cell);
            if q.is_some_and(|q| q > limit) && !study.subject.terms.is_stop[term as usize] {
                others.push((study.subject.totals(term, &[group]).0, number, cell));
            }
        }
    }
    others.sort_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let of_drawn = |&&(_, number, cell): &&(u64, usize, usize)| {
        let comparison = &study.main[number];
        drawn == Some((comparison.cell(cell).1, comparison.reference))
    };
    let cells = |chosen: Vec<&(u64, usize, usize)>| -> BTreeSet<(usize, usize)> {
        chosen.into_iter().map(|&(_, number, cell)| (number, cell)).collect()
    };
    let frequent = cells(others.iter().take(2 * MOST_UNSURE).collect());
    let frequent_drawn = cells(others.iter().filter(of_drawn).take(2 * MOST_UNSURE).collect());
    let unsure = study.rows_where(true, &|number, cell| frequent.contains(&(number, cell)));
    let unsure_drawn =
        study.rows_where(true, &|number, cell| frequent_drawn.contains(&(number, cell)) && !frequent.contains(&(number, cell)));
    let (sure, more_sure) = all_sure.split_at(MOST_SURE.min(all_sure.len()));
    let more_sure = more_sure.iter().copied().filter(|row| is_drawn(row)).take(MOST_SURE);
    let unsure: Vec<&Row> = unsure.iter().filter(suits).take(MOST_UNSURE).collect();
    let of_all = sure.len() + unsure.len();
    let chosen: Vec<&Row> =
        sure.iter().copied().chain(unsure).chain(more_sure).chain(unsure_drawn.iter().filter(suits).take(2 * MOST_UNSURE)).collect();
    let mut builder = TableBuilder::new(&KEYNESS_MAP);
    for row in chosen {
        let (low, high) = binary(row.intervals.ratio);
        let group = study.subject.corpus.groups.names[row.group].as_str();
        let reference = match (mirrored, row.reference) {
            (true, Reference::Rest) => study.subject.corpus.groups.names[1].as_str(),
            _ => study.reference_name(row.reference),
        };
        let side = match (row.sure_size() > 0.0, row.is_more()) {
            (true, true) => group,
            (true, false) => reference,
            _ => NOT_SURE,
        };
        builder.row([
            study.subject.terms.label(row.term).into(),
            group.into(),
            reference.into(),
            (row.cells.rate() * 1e6).into(),
            (row.cells.rate_rest() * 1e6).into(),
            row.log_ratio.into(),
            low.into(),
            high.into(),
            row.q_value.into(),
            side.into(),
        ]);
    }
    (builder.finish(), of_all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::maths::RandomStream;
    use crate::maths::special::assert_relative;

    #[test]
    fn the_prior_finds_the_spread_of_true_effects() {
        let mut stream = RandomStream::new(4, 0);
        let estimates: Vec<(f64, f64)> = (0..20_000)
            .map(|number| {
                let error = 0.2 + 0.1 * f64::from(number % 5);
                (0.8 * stream.normal() + error * stream.normal(), error * error)
            })
            .collect();
        assert_relative(prior_variance(estimates.iter().copied()), 0.64, 0.05);
        let noise: Vec<(f64, f64)> = (0..1_000).map(|_| (0.1 * stream.normal(), 1.0)).collect();
        assert_eq!(prior_variance(noise.into_iter()), 0.0);
    }
}
