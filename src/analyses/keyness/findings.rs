//! The sentences worth reading first.

use super::design::Reference;
use super::row::{Row, binary};
use super::study::Study;
use super::tables::KEYNESS;
use crate::maths::float::exp2;
use crate::table::Finding;
use crate::table::format::thousands;

/// Findings of one group.
const FINDINGS_PER_GROUP: usize = 2;

/// Whether a row may stand in a chart or a sentence: sure, no function word, not the group's own name, and not the work of
/// a document or two.
pub(super) fn is_presentable(row: &Row) -> bool {
    row.sure_size() > 0.0 && !row.is_stop && !row.is_own_name && row.driving.is_none()
}

/// The strongest sentences of each group.
pub(super) fn findings(study: &Study<'_>, rows: &[Row]) -> Vec<Finding> {
    let groups = &study.subject.corpus.groups;
    let mut order: Vec<(f64, usize)> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        // With two groups every term has a mirror row: the side that writes it more tells it.
        let is_mirror =
            groups.len() == 2 && row.reference == Reference::Rest && study.settings.design.groups().len() == 2 && !row.is_more();
        if row.q_value <= study.settings.max_q && is_presentable(row) && !is_mirror {
            order.push((worth(study, row), index));
        }
    }
    order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut told = vec![0; groups.len()];
    let mut findings = Vec::new();
    for (worth, index) in order {
        let row = &rows[index];
        if told[row.group] < FINDINGS_PER_GROUP {
            told[row.group] += 1;
            // A group's second finding yields to the first ones of the others.
            let weight = (40.0 + 50.0 * worth / (1.0 + worth)) * if told[row.group] > 1 { 0.8 } else { 1.0 };
            findings.push(Finding { sentence: sentence(study, row), weight, table: KEYNESS.name, row: Some(index) });
        }
    }
    findings
}

/// How much a row deserves a sentence: a sure difference, up to 32 times, in many documents of the side that writes it.
fn worth(study: &Study<'_>, row: &Row) -> f64 {
    let (own, rest) = study.documents(row);
    let share = |documents: u32, all: usize| f64::from(documents) / all.max(1) as f64;
    let share = match (row.is_more(), row.documents_rest, rest) {
        (false, Some(documents), Some(rest)) => share(documents, rest),
        (false, ..) => 0.25,
        (true, ..) => share(row.documents, own),
    };
    row.sure_size().min(5.0) * share.sqrt()
}

fn sentence(study: &Study<'_>, row: &Row) -> String {
    let corpus = study.subject.corpus;
    let group = &corpus.groups.names[row.group];
    let term = study.subject.terms.label(row.term);
    let others = match (corpus.groups.names.as_slice(), row.reference) {
        ([first, second], Reference::Rest) => if row.group == 0 { second } else { first }.as_str(),
        _ => study.reference_name(row.reference),
    };
    let (all, rest) = study.documents(row);
    let (low, high) = binary(row.intervals.ratio);
    let ratio = row.log_ratio.unwrap_or(0.0);
    let (ratio, ends) = if row.is_more() { (ratio, (low, high)) } else { (-ratio, (high.map(|end| -end), low.map(|end| -end))) };
    let range = match ends {
        (Some(low), Some(high)) => format!("{} to {} times", times(low), times(high)),
        (Some(low), None) => format!("at least {} times", times(low)),
        _ => "no interval".to_owned(),
    };
    let (documents, times) = (row.documents, times(ratio));
    let within = study.strata.as_ref().map_or(String::new(), |strata| format!(" within each {}", strata.field));
    // What the reference has, where its documents are known.
    let of_rest = match (row.documents_rest, rest) {
        (Some(holding), Some(rest)) => format!("{holding} of {rest} documents"),
        _ => format!("{} in the list", thousands(row.count_rest)),
    };
    // The ratio to a zero count is a convention: the sentence gives its lower end alone.
    let sentence = match (row.is_more(), row.count, row.count_rest, rest) {
        (true, _, 0, Some(rest)) if row.reference == Reference::Rest => {
            format!("only {group} writes *{term}*: {documents} of its {all} documents, none of the other {rest} ({range} as often)")
        }
        (true, _, 0, _) => {
            format!("{group} writes *{term}* in {documents} of its {all} documents, {others} never ({range} as often)")
        }
        (true, ..) => {
            format!("{group} writes *{term}* {times} times as often as {others}{within} ({range}; {documents} of {all} documents)")
        }
        (false, 0, ..) => {
            format!("{group} never writes *{term}* in {all} documents; {others} do in {of_rest} ({range} as often)")
        }
        (false, ..) => {
            format!("{others} write *{term}* {times} times as often as {group}{within} ({range}; {of_rest} against {documents} of {all})")
        }
    };
    // The sentence may begin with a word of ours; a group's own name keeps its case.
    match sentence
        .strip_prefix("only ")
        .map(|tail| ("Only ", tail))
        .or_else(|| sentence.strip_prefix("the others ").map(|tail| ("The others ", tail)))
    {
        Some((head, tail)) if others == "the others" || head == "Only " => format!("{head}{tail}"),
        _ => sentence,
    }
}

/// A log₂ ratio as a plain ratio with two or three digits.
fn times(log_ratio: f64) -> String {
    let ratio = exp2(log_ratio);
    if ratio < 9.95 { format!("{ratio:.1}") } else { format!("{ratio:.0}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_read_well() {
        assert_eq!((times(1.0), times(2.3), times(5.0)), ("2.0".to_owned(), "4.9".to_owned(), "32".to_owned()));
    }
}
