//! The tables' rows, and what is left out in words.

use super::charts::Compared;
use super::counted::Counted;
use super::resampled::{Estimate, Formula, Group};
use super::tables::{DOCUMENT_READABILITY, READABILITY, READABILITY_FORMULAS};
use crate::analyses::measures::TextCounts;
use crate::analyses::measures::readability::{
    automated_readability_index, coleman_liau, flesch_kincaid_grade, flesch_reading_ease, gunning_fog, lix, rix, smog,
};
use crate::corpus::Corpus;
use crate::table::format::thousands;
use crate::table::{Table, TableBuilder, Value};

fn sentence_length(counts: &TextCounts) -> Option<f64> {
    Some(counts.words_per_sentence())
}

fn word_length(counts: &TextCounts) -> Option<f64> {
    Some(counts.letters / counts.words)
}

fn cells(estimate: Estimate) -> [Value; 3] {
    [estimate.value.into(), estimate.low.into(), estimate.high.into()]
}

/// The main table.
pub(super) fn main_table(groups: &[Group]) -> Table {
    let mut builder = TableBuilder::new(&READABILITY);
    for group in groups {
        let all = |formula: Formula| cells(group.all.estimate(formula));
        let [lix, lix_low, lix_high] = all(lix);
        let [ease, ease_low, ease_high] = cells(group.english.estimate(flesch_reading_ease));
        let [sentence, sentence_low, sentence_high] = all(sentence_length);
        let [word, word_low, word_high] = all(word_length);
        builder.row([
            group.name.as_str().into(),
            group.all.documents.into(),
            lix,
            lix_low,
            lix_high,
            ease,
            ease_low,
            ease_high,
            sentence,
            sentence_low,
            sentence_high,
            word,
            word_low,
            word_high,
            group.words.into(),
            group.sentences.into(),
            group.english.documents.into(),
        ]);
    }
    builder.finish()
}

/// The other formulas of the same groups.
pub(super) fn formula_table(groups: &[Group]) -> Table {
    let mut builder = TableBuilder::new(&READABILITY_FORMULAS);
    for group in groups {
        let [kincaid, kincaid_low, kincaid_high] = cells(group.english.estimate(flesch_kincaid_grade));
        let [fog, fog_low, fog_high] = cells(group.english.estimate(gunning_fog));
        let [smog, smog_low, smog_high] = cells(group.english.estimate(smog));
        let [ari, ari_low, ari_high] = cells(group.all.estimate(automated_readability_index));
        let [liau, liau_low, liau_high] = cells(group.all.estimate(coleman_liau));
        let [rix, rix_low, rix_high] = cells(group.all.estimate(rix));
        builder.row([
            group.name.as_str().into(),
            kincaid,
            kincaid_low,
            kincaid_high,
            fog,
            fog_low,
            fog_high,
            smog,
            smog_low,
            smog_high,
            ari,
            ari_low,
            ari_high,
            liau,
            liau_low,
            liau_high,
            rix,
            rix_low,
            rix_high,
        ]);
    }
    builder.finish()
}

/// The documents of at least `fewest_words` words, the hardest first.
pub(super) fn document_table(corpus: &Corpus, counted: &[Counted], fewest_words: u64) -> Table {
    let documents = &corpus.documents;
    let mut listed: Vec<(usize, TextCounts, f64)> = counted
        .iter()
        .enumerate()
        .filter(|(_, document)| u64::from(document.words) >= fewest_words)
        .filter_map(|(position, document)| document.text().checked().map(|text| (position, text)))
        .filter_map(|(position, text)| lix(&text).map(|lix| (position, text, lix)))
        .collect();
    listed.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
    let mut builder = TableBuilder::with_rows(&DOCUMENT_READABILITY, listed.len());
    for (position, text, lix) in &listed {
        let title = documents.titles[*position].as_str();
        builder.row([
            documents.ids[*position].as_str().into(),
            corpus.groups.names[corpus.groups.of_document[*position] as usize].as_str().into(),
            (!title.is_empty()).then_some(title).into(),
            (*lix).into(),
            flesch_reading_ease(text).into(),
            sentence_length(text).into(),
            word_length(text).into(),
            counted[*position].words.into(),
            counted[*position].sentences.into(),
            flesch_kincaid_grade(text).into(),
            gunning_fog(text).into(),
            smog(text).into(),
            automated_readability_index(text).into(),
            coleman_liau(text).into(),
            rix(text).into(),
        ]);
    }
    let short = counted.iter().filter(|document| document.is_measured()).count() - listed.len();
    let table = builder.finish();
    match short {
        0 => table,
        1 => table.with_note(format!("1 document of fewer than {} words is left out.", thousands(fewest_words))),
        _ => {
            table.with_note(format!("{} documents of fewer than {} words are left out.", thousands(short as u64), thousands(fewest_words)))
        }
    }
}

/// What readers should know of these documents.
pub(super) fn remarks(corpus: &Corpus, counted: &[Counted], compared: &Compared) -> Vec<String> {
    let mut remarks = Vec::new();
    let unmeasured =
        (0..counted.len()).filter(|&document| !counted[document].is_measured() && corpus.documents.words[document] > 0).count();
    if unmeasured > 0 {
        remarks.push(format!(
            "Readability leaves out {} in languages written without spaces between words.",
            if unmeasured == 1 { "1 document".to_owned() } else { format!("{} documents", thousands(unmeasured as u64)) }
        ));
    }
    if !compared.other_languages.is_empty() {
        remarks.push(format!(
            "Readability of {} is not compared with the others': more than a tenth of the documents is in another language than the corpus' own, and LIX differs between languages.",
            compared.other_languages.join(", ")
        ));
    }
    remarks
}
