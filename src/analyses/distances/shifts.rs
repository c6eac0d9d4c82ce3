//! The word shifts of a run: which groups against what, their words and totals.

use super::frame::{Counts, Frame, shares};
use super::interval::{Estimate, FEWEST_DOCUMENTS, estimate};
use super::settings::Settings;
use super::shift::{Shift, contributions, level};
use super::tables::{WORD_SHIFT, WORD_SHIFT_TOTALS};
use crate::table::{Table, TableBuilder};

/// The name of all other groups together.
pub(super) const REST: &str = "(rest)";

/// A group against another, or against the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Comparison {
    pub target: usize,
    pub reference: Option<usize>,
}

/// One comparison by one shift.
#[derive(Debug)]
pub(super) struct Shifted {
    pub comparison: Comparison,
    pub shift: Shift,
    /// Contribution of each compared word.
    pub contributions: Vec<f64>,
    /// Positions in `contributions`, the largest contribution first.
    pub order: Vec<usize>,
    /// Whether the group has the larger share of each word.
    pub is_more: Vec<bool>,
    /// What the contributions add up to.
    pub total: Estimate,
    /// Entropy or mean score of group and reference.
    pub levels: (Option<f64>, Option<f64>),
}

/// The comparisons that `settings` ask for.
pub(super) fn comparisons(groups: usize, settings: &Settings) -> Vec<Comparison> {
    let targets = (0..groups).filter(|&group| settings.target.is_none_or(|target| target == group) && settings.reference != Some(group));
    targets.map(|target| Comparison { target, reference: settings.reference }).collect()
}

/// Shares of the words of one side: those of the frame's frequent terms, or of the lexicon's.
fn side(frame: &Frame<'_>, counts: &[f64], shift: Shift) -> Option<Vec<f64>> {
    match shift {
        Shift::Lexicon => shares(&frame.scored.iter().map(|&place| counts[place]).collect::<Vec<f64>>()),
        Shift::Proportion | Shift::Entropy | Shift::Divergence => shares(&counts[..frame.frequent]),
    }
}

/// Shares of group and reference.
fn sides(frame: &Frame<'_>, counts: &Counts, comparison: Comparison, shift: Shift) -> Option<(Vec<f64>, Vec<f64>)> {
    let target = side(frame, counts.of(comparison.target), shift)?;
    let reference = match comparison.reference {
        Some(group) => side(frame, counts.of(group), shift)?,
        None => side(frame, &counts.rest(comparison.target), shift)?,
    };
    Some((target, reference))
}

fn total(frame: &Frame<'_>, counts: &Counts, comparison: Comparison, shift: Shift) -> Option<f64> {
    let (target, reference) = sides(frame, counts, comparison, shift)?;
    Some(contributions(shift, &reference, &target, &frame.scores).iter().sum())
}

/// The shifts that can be computed: the lexicon's only with a list that has words of the corpus.
pub(super) fn kinds(frame: &Frame<'_>) -> Vec<Shift> {
    let mut kinds = vec![Shift::Proportion, Shift::Entropy, Shift::Divergence];
    if !frame.scored.is_empty() {
        kinds.push(Shift::Lexicon);
    }
    kinds
}

/// The totals of all comparisons by all shifts under `counts`, in the order of [`comparisons`] and [`kinds`]; `None` where
/// there is nothing to estimate.
pub(super) fn totals(frame: &Frame<'_>, counts: &Counts, comparisons: &[Comparison]) -> Vec<Option<f64>> {
    let kinds = kinds(frame);
    let of = |comparison: Comparison, shift: Shift| match shift {
        // Always 0.
        Shift::Proportion => None,
        shift => total(frame, counts, comparison, shift),
    };
    comparisons.iter().flat_map(|&comparison| kinds.iter().map(move |&shift| of(comparison, shift))).collect()
}

/// The shifts as observed, with intervals from what [`totals`] gave for each replicate.
pub(super) fn shifts(frame: &Frame<'_>, counts: &Counts, comparisons: &[Comparison], replicates: &[&Vec<Option<f64>>]) -> Vec<Shifted> {
    let kinds = kinds(frame);
    let mut all = Vec::new();
    for (position, &comparison) in comparisons.iter().enumerate() {
        for (kind, &shift) in kinds.iter().enumerate() {
            let Some((target, reference)) = sides(frame, counts, comparison, shift) else { continue };
            let contributions = contributions(shift, &reference, &target, &frame.scores);
            let mut order: Vec<usize> = (0..contributions.len()).filter(|&word| target[word] > 0.0 || reference[word] > 0.0).collect();
            order.sort_by(|&a, &b| contributions[b].abs().total_cmp(&contributions[a].abs()).then(a.cmp(&b)));
            let resampled: Vec<Option<f64>> = if is_large(frame, comparison) && shift != Shift::Proportion {
                replicates.iter().map(|replicate| replicate[position * kinds.len() + kind]).collect()
            } else {
                Vec::new()
            };
            let floor = (shift == Shift::Divergence).then_some(0.0);
            all.push(Shifted {
                comparison,
                shift,
                total: estimate(Some(if shift == Shift::Proportion { 0.0 } else { contributions.iter().sum() }), &resampled, floor),
                is_more: target.iter().zip(&reference).map(|(target, reference)| target > reference).collect(),
                levels: (level(shift, &target, &frame.scores), level(shift, &reference, &frame.scores)),
                order,
                contributions,
            });
        }
    }
    all
}

fn is_large(frame: &Frame<'_>, comparison: Comparison) -> bool {
    let own = frame.members[comparison.target].len();
    let other = comparison.reference.map_or_else(|| frame.corpus.documents.len() - own, |group| frame.members[group].len());
    own.min(other) >= FEWEST_DOCUMENTS
}

/// What a comparison's reference is called.
pub(super) fn reference_name(names: &[String], comparison: Comparison) -> &str {
    comparison.reference.map_or(REST, |group| names[group].as_str())
}

/// The table of words, the first `top` of each shift or all.
pub(super) fn words_table(frame: &Frame<'_>, counts: &Counts, shifts: &[Shifted], top: usize, all_rows: bool) -> Table {
    let (names, terms) = (&frame.corpus.groups.names, &frame.corpus.terms);
    let mut builder = TableBuilder::new(&WORD_SHIFT);
    let mut hidden = 0;
    for shifted in shifts {
        let Comparison { target, reference } = shifted.comparison;
        let rest = reference.map_or_else(|| counts.rest(target), |group| counts.of(group).to_vec());
        let rest_words = reference.map_or_else(|| counts.rest_words(target), |group| counts.words[group]);
        let size: f64 = shifted.contributions.iter().map(|contribution| contribution.abs()).sum();
        let (mut cumulative, mut cumulative_size) = (0.0, 0.0);
        let shown = if all_rows { shifted.order.len() } else { top.min(shifted.order.len()) };
        hidden += shifted.order.len() - shown;
        for (rank, &word) in shifted.order.iter().take(shown).enumerate() {
            let contribution = shifted.contributions[word];
            cumulative += contribution;
            cumulative_size += contribution.abs();
            let (place, score) = match shifted.shift {
                Shift::Lexicon => (frame.scored[word], Some(frame.scores[word])),
                _ => (word, None),
            };
            let term = frame.terms[place];
            builder.row([
                names[target].as_str().into(),
                reference_name(names, shifted.comparison).into(),
                shifted.shift.name().into(),
                (rank + 1).into(),
                terms.label(term).into(),
                contribution.into(),
                (size > 0.0).then(|| contribution / size).into(),
                cumulative.into(),
                (size > 0.0).then(|| cumulative_size / size).into(),
                if shifted.is_more[word] { "more" } else { "less" }.into(),
                (counts.of(target)[place] / counts.words[target] * 1e6).into(),
                (rest[place] / rest_words * 1e6).into(),
                score.into(),
                terms.is_stop[term as usize].into(),
            ]);
        }
    }
    let mut table = builder.finish();
    table.hidden_rows = hidden;
    if hidden > 0 {
        table = table.with_note(format!("the {top} largest contributions of each shift; --all lists every word"));
    }
    table
}

/// The table of totals.
pub(super) fn totals_table(frame: &Frame<'_>, shifts: &[Shifted]) -> Table {
    let names = &frame.corpus.groups.names;
    let mut builder = TableBuilder::new(&WORD_SHIFT_TOTALS);
    for shifted in shifts {
        let sum = |is: fn(f64) -> bool| shifted.contributions.iter().copied().filter(|&contribution| is(contribution)).sum::<f64>();
        builder.row([
            names[shifted.comparison.target].as_str().into(),
            reference_name(names, shifted.comparison).into(),
            shifted.shift.name().into(),
            shifted.total.value.into(),
            shifted.total.corrected.into(),
            shifted.total.low.into(),
            shifted.total.high.into(),
            sum(|contribution| contribution > 0.0).into(),
            sum(|contribution| contribution < 0.0).into(),
            shifted.levels.0.into(),
            shifted.levels.1.into(),
            shifted.order.len().into(),
        ]);
    }
    builder.finish()
}
