//! `headword inspect`: what is in the inputs, before anything is analysed.

use crate::corpus::{Corpus, NONE};
use crate::table::format::{iso_date, thousands};
use std::collections::BTreeMap;

/// The whole text that `inspect` prints.
pub(super) fn describe(corpus: &Corpus) -> String {
    let documents = &corpus.documents;
    let mut lines = vec![format!("{}, {} words", self::documents(documents.len() as u64), thousands(corpus.group_terms.total_words()))];
    let dates: Vec<i32> = documents.dates.iter().flatten().copied().collect();
    lines.push(match (dates.iter().min(), dates.iter().max()) {
        (Some(&first), Some(&last)) => {
            format!(
                "dates from {} to {}; {} without a date",
                iso_date(first),
                iso_date(last),
                thousands((documents.len() - dates.len()) as u64)
            )
        }
        _ => "no dates".to_owned(),
    });
    if !corpus.language.is_empty() {
        lines.push(format!("language: {} (by a sample of the documents)", corpus.language));
    }
    lines.push(String::new());
    if documents.fields.is_empty() {
        lines.push("no metadata fields, so there is nothing to group by".to_owned());
    } else {
        lines.push("fields (any of them can be named with --by):".to_owned());
    }
    for field in &documents.fields {
        let missing = field.codes.iter().filter(|&&code| code == NONE).count();
        let mut counts = vec![0u32; field.levels.len()];
        for &code in field.codes.iter().filter(|&&code| code != NONE) {
            counts[code as usize] += 1;
        }
        let mut order: Vec<usize> = (0..counts.len()).collect();
        order.sort_by_key(|&level| (std::cmp::Reverse(counts[level]), level));
        let shown: Vec<String> = order.iter().take(6).map(|&level| format!("{} ({})", field.levels[level], counts[level])).collect();
        let more = if order.len() > 6 { format!(", … {} more", order.len() - 6) } else { String::new() };
        let missing = if missing > 0 { format!("; {} without", self::documents(missing as u64)) } else { String::new() };
        let noun = if order.len() == 1 { "value" } else { "values" };
        lines.push(format!("  {}: {} {noun}: {}{more}{missing}", field.name, order.len(), shown.join(", ")));
    }
    lines.push(String::new());
    lines.extend(remarks(corpus));
    lines.join("\n") + "\n"
}

/// What reading guessed, left out and repaired, in sentences.
pub(super) fn remarks(corpus: &Corpus) -> Vec<String> {
    let mut lines = corpus.notes.remarks.clone();
    if corpus.notes.repeated_ids > 0 {
        lines.push(format!("{} had an id that was taken; a number was appended", documents(corpus.notes.repeated_ids)));
    }
    if corpus.notes.empty_documents > 0 {
        let verb = if corpus.notes.empty_documents == 1 { "has" } else { "have" };
        lines.push(format!("{} {verb} no words", documents(corpus.notes.empty_documents)));
    }
    lines.extend(rejects(corpus));
    lines
}

fn documents(count: u64) -> String {
    if count == 1 { "1 document".to_owned() } else { format!("{} documents", thousands(count)) }
}

fn rejects(corpus: &Corpus) -> Vec<String> {
    let mut reasons: BTreeMap<&str, (u32, &str, u64)> = BTreeMap::new();
    for reject in &corpus.notes.rejects {
        reasons.entry(&reject.reason).or_insert((0, &reject.file, reject.row)).0 += 1;
    }
    let place = |file: &str, row: u64| if row > 0 { format!("`{file}`, row {row}") } else { format!("`{file}`") };
    reasons.iter().map(|(reason, (count, file, row))| format!("rejected: {count} × {reason} (first: {})", place(file, *row))).collect()
}
