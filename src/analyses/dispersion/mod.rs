//! Dispersion: how evenly chosen words are spread over each group's documents, and on which days they occur.
//!
//! Comes in: words, documents, dates, tokens. Goes out: the dispersion measures of each word and group, and a strip a group.
//! Not here: whether groups differ (see `keyness`).

mod charts;
mod days;
mod measured;
mod tables;
#[cfg(test)]
mod tests;
mod words;

use self::tables::{DISPERSION, WORD_DATES};
use super::{AnalysisEntry, Context, Output};
use crate::corpus::{Corpus, Needs};
use crate::error::Result;
use crate::params::{ParamKind, ParamSpec, Params};

const PARAMS: &[ParamSpec] = &[
    ParamSpec {
        name: "words",
        kind: ParamKind::Text,
        default: "",
        meaning: "Words to look at, with commas between; without it those whose shares differ most between the groups",
    },
    ParamSpec { name: "top", kind: ParamKind::Integer(1, 200), default: "4", meaning: "How many words are chosen if none is named" },
];

/// The registry row.
pub static ENTRY: AnalysisEntry = AnalysisEntry {
    name: "dispersion",
    title: "Where words occur",
    summary: "Tells how evenly chosen words are spread over the documents of each group, and on which days they occur",
    not_for: "Comparing groups of very different size by range, KL or ARF, which grow with the number of documents; DP, DPnorm and S don't",
    needs: |_| Needs::TOKENS.and(Needs::DOCUMENT_TERMS),
    params: PARAMS,
    tables: &[&DISPERSION, &WORD_DATES],
    build,
};

fn build(corpus: &Corpus, params: &Params, _: &Context) -> Result<Output> {
    let mut output = Output::default();
    let chosen = match params.text("words") {
        Some(typed) => words::named(corpus, typed)?,
        None => words::telling(corpus, params.integer("top") as usize)?,
    };
    output.notes.extend(chosen.remarks);
    if chosen.terms.is_empty() {
        output.notes.push("Dispersion is left out: no content word occurs in enough documents.".to_owned());
        return Ok(output);
    }
    let table = measured::table(corpus, &chosen.terms)?;
    output.findings = charts::findings(corpus, &table);
    output.tables.push(table);
    match days::table(corpus, &chosen.terms)? {
        Some(days) => {
            output.charts = charts::charts(corpus, &days, &output.tables[0]);
            output.tables.push(days);
        }
        None => output.notes.push("There are no strips over time: fewer than ten documents, or all of one day, have a date.".to_owned()),
    }
    Ok(output)
}
