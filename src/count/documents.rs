//! The frozen table of documents: ids made distinct, fields with their levels, weights.

use super::counter::{CountOptions, Counter, DocumentRow};
use crate::corpus::{Documents, Field, NONE, ReadingNotes};
use std::collections::BTreeSet;

/// Where each value that a counter met stands among the levels of its field.
struct Levels {
    /// (name, value) by the counter's numbers, sorted.
    pairs: Vec<(u32, u32)>,
    /// For each pair the position of the field and of the level.
    places: Vec<(usize, u32)>,
}

/// The rows of all `counters` in `order`, which is by id.
pub(super) fn documents(counters: &[Counter], order: &[(usize, usize)], options: &CountOptions, notes: &mut ReadingNotes) -> Documents {
    let rows = || order.iter().map(|&(worker, row)| (worker, &counters[worker].rows[row]));
    let (fields, levels) = fields(counters, order.len());
    let mut documents = Documents { fields, ..Documents::default() };
    documents.ids = distinct_ids(rows().map(|(_, row)| row), notes);
    let mut unweighed = 0u64;
    for (document, (worker, row)) in rows().enumerate() {
        documents.titles.push(row.title.clone());
        documents.urls.push(row.url.clone());
        documents.dates.push(row.date);
        documents.languages.push(row.language.to_owned());
        documents.words.push(row.words);
        documents.types.push(0);
        documents.sentences.push(row.sentences.len() as u32);
        documents.fingerprints.push(row.fingerprint);
        let mut weight = options.weight_field.is_none().then_some(1.0);
        for pair in &row.fields {
            let names = &counters[worker].names;
            if options.weight_field.as_deref() == Some(names.get(pair.0)) {
                weight = names.get(pair.1).trim().parse::<f64>().ok().filter(|weight| weight.is_finite() && *weight >= 0.0);
            }
            if let Ok(known) = levels[worker].pairs.binary_search(pair) {
                let (field, level) = levels[worker].places[known];
                documents.fields[field].codes[document] = level;
            }
        }
        unweighed += u64::from(weight.is_none());
        documents.weights.push(weight.unwrap_or(1.0));
    }
    if let Some(field) = options.weight_field.as_deref().filter(|_| unweighed > 0) {
        notes.remarks.push(format!(
            "{unweighed} of {} documents have no number of 0 or more in the weight column `{field}`: they weigh 1",
            order.len()
        ));
    }
    documents
}

/// The ids in order; to one that is taken a number is appended.
fn distinct_ids<'a>(rows: impl Iterator<Item = &'a DocumentRow> + Clone, notes: &mut ReadingNotes) -> Vec<String> {
    let has_copies = rows.clone().zip(rows.clone().skip(1)).any(|(row, next)| row.id == next.id);
    if !has_copies {
        return rows.map(|row| row.id.clone()).collect();
    }
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut ids = Vec::new();
    for row in rows {
        let mut id = row.id.clone();
        let mut copies = 1;
        while taken.contains(&id) {
            copies += 1;
            id = format!("{}#{copies}", row.id);
        }
        notes.repeated_ids += u64::from(copies > 1);
        taken.insert(id.clone());
        ids.push(id);
    }
    ids
}

/// All fields with their levels and no codes yet, and for each counter where its values stand.
fn fields(counters: &[Counter], documents: usize) -> (Vec<Field>, Vec<Levels>) {
    let pairs_of = |counter: &Counter| {
        let mut pairs: Vec<(u32, u32)> = counter.rows.iter().flat_map(|row| row.fields.iter().copied()).collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    };
    let pairs: Vec<Vec<(u32, u32)>> = counters.iter().map(pairs_of).collect();
    let texts = |(counter, pairs): (&'_ Counter, &Vec<(u32, u32)>)| -> Vec<(String, String)> {
        pairs.iter().map(|pair| (counter.names.get(pair.0).to_owned(), counter.names.get(pair.1).to_owned())).collect()
    };
    let all: BTreeSet<(String, String)> = counters.iter().zip(&pairs).flat_map(texts).collect();
    let mut fields: Vec<Field> = Vec::new();
    for (name, level) in all {
        match fields.last_mut() {
            Some(field) if field.name == name => field.levels.push(level),
            _ => fields.push(Field { name, levels: vec![level], codes: vec![NONE; documents] }),
        }
    }
    let place = |counter: &Counter, pair: &(u32, u32)| {
        let (name, value) = (counter.names.get(pair.0), counter.names.get(pair.1));
        let field = fields.partition_point(|field| field.name.as_str() < name);
        let level = fields[field].levels.partition_point(|level| level.as_str() < value);
        (field, level as u32)
    };
    let levels = counters
        .iter()
        .zip(pairs)
        .map(|(counter, pairs)| Levels { places: pairs.iter().map(|pair| place(counter, pair)).collect(), pairs });
    let levels = levels.collect();
    (fields, levels)
}
