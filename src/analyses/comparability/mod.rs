//! Comparability: what else differs between the groups than how they write, said before any word is compared.
//!
//! Comes in: documents with their dates, lengths, languages, fields and words. Goes out: one row a group with each group
//! beside the rest, warnings in words, and a card for each thing that could explain a difference of vocabulary. Not here:
//! correcting for any of it.

mod against;
mod cards;
mod tables;
#[cfg(test)]
mod tests;

use self::against::{Against, compared};
use self::tables::COMPARABILITY;
use super::{AnalysisEntry, Context, Output};
use crate::corpus::{Corpus, Needs};
use crate::error::Result;
use crate::params::Params;
use crate::table::{Table, TableBuilder, Value};

/// The registry row.
pub static ENTRY: AnalysisEntry = AnalysisEntry {
    name: "comparability",
    title: "Can the groups be compared?",
    summary: "Puts dates, lengths, languages, topics and missing metadata of the groups side by side, and warns where they differ enough to explain a difference of vocabulary.",
    not_for: "Not a test: the thresholds are rules of thumb. A group without a warning can still differ in what it covers.",
    needs: |_| Needs::TOKENS.and(Needs::LANGUAGES),
    params: &[],
    tables: &[&COMPARABILITY],
    build,
};

fn build(corpus: &Corpus, _: &Params, _: &Context) -> Result<Output> {
    let mut output = Output::default();
    if let Some(reason) = corpus.groups.obstacle() {
        output.notes.push(format!("There is nothing to compare: {reason}."));
        return Ok(output);
    }
    let groups = compared(corpus);
    let table = table(corpus, &groups);
    output.cards = cards::cards(&groups);
    output.findings = cards::findings(&groups);
    output.notes.push(
        "Every group stands beside all others together. A warning is given where the distance of dates is above 0.5, the middle length is more than twice or less than half of the rest's, the share of the main language differs by more than 10 points, more documents than chance explains by 30 points would have to change their topic, fewer than 50 of 100 widespread content words are shared (where no field tells the topic), a share of missing dates, titles or fields differs by more than 20 points, more than 10 % are exact copies, or there are fewer than 10 documents.".to_owned(),
    );
    output.tables.push(table);
    Ok(output)
}

fn table(corpus: &Corpus, groups: &[Against]) -> Table {
    let mut builder = TableBuilder::new(&COMPARABILITY);
    for group in groups {
        let warnings: Vec<String> = group.warnings().into_iter().map(|(_, sentence)| sentence).collect();
        builder.row([
            group.name.as_str().into(),
            group.documents.into(),
            group.words.into(),
            group.median_words.into(),
            group.length_ratio.into(),
            Value::date(group.first_date),
            Value::date(group.last_date),
            group.undated.own.into(),
            group.date_distance.into(),
            (!group.language.is_empty()).then(|| group.language.clone()).into(),
            group.main_language.own.into(),
            group.topic_distance.into(),
            group.topic_chance.into(),
            group.shared_words.into(),
            group.untitled.own.into(),
            group.empty_fields.own.into(),
            group.copies.into(),
            (!warnings.is_empty()).then(|| warnings.join(" ")).into(),
        ]);
    }
    let table = builder.finish();
    match against::topic_field(corpus) {
        Some(field) => table.with_note(format!("Topics are the values of the field “{}”.", field.name)),
        None => table.with_note("No field tells the topic; shared content words stand in for it."),
    }
}
