//! Topics: clusters of documents that use the same words.
//!
//! Comes in: documents × terms. Goes out: topics with their terms, documents, shares by group and month. Not here: topics of
//! parts of a document; a document is in one topic (its second choice is a column).

mod choice;
mod coherence;
mod columns;
mod evaluate;
mod features;
mod fit;
mod labels;
mod lend;
mod mixture;
mod model;
mod neighbours;
mod shares;
mod stability;
mod story;
mod tables;
#[cfg(test)]
mod tests;
mod weighting;

pub use choice::{Candidate, Choice};
pub use evaluate::evaluate;
pub use features::TermLimits;
pub use labels::TopicTerm;
pub use lend::lend;
pub use model::{Model, Placement, Settings, Topic, model};

use super::{AnalysisEntry, Context, Output};
use crate::corpus::{Corpus, Needs};
use crate::error::Result;
use crate::params::{ParamKind, ParamSpec, Params};

/// Names of the weighting schemes, as typed.
const SCHEMES: &[&str] = &["tf-idf", "tf-idf-plain", "bm25", "log-entropy", "root"];

/// The registry row.
pub static ENTRY: AnalysisEntry = AnalysisEntry {
    name: "topics",
    title: "Topics",
    summary: "Clusters of documents that use the same words, each named by its telling terms, by group and by month.",
    not_for: "Not for stating what a single document is about: read its margin, and the documents nearest to the centre.",
    needs: |_| Needs::DOCUMENT_TERMS,
    params: &[
        ParamSpec { name: "k", kind: ParamKind::Integer(0, 500), default: "0", meaning: "Number of topics; 0 chooses it by the evidence" },
        ParamSpec {
            name: "max-k",
            kind: ParamKind::Integer(2, 500),
            default: "50",
            meaning: "Most topics to try when choosing the number",
        },
        ParamSpec {
            name: "starts",
            kind: ParamKind::Integer(1, 200),
            default: "10",
            meaning: "Subsamples that are clustered, of which the likelier three quarters vote",
        },
        ParamSpec { name: "terms", kind: ParamKind::Integer(1, 100), default: "20", meaning: "Telling terms given for each topic" },
        ParamSpec { name: "weighting", kind: ParamKind::Choice(SCHEMES), default: "tf-idf", meaning: "Term weights in the reduced space" },
        ParamSpec {
            name: "min-documents",
            kind: ParamKind::Integer(0, 1_000_000),
            default: "0",
            meaning: "Fewest documents that hold a term; 0 takes 1 to 5 by the number of documents",
        },
        ParamSpec {
            name: "max-share",
            kind: ParamKind::Number(0.0, 1.0),
            default: "0.5",
            meaning: "Largest share of documents that may hold a term",
        },
        ParamSpec { name: "max-terms", kind: ParamKind::Integer(100, 10_000_000), default: "60000", meaning: "Most terms that take part" },
    ],
    tables: &[
        &columns::TABLE_TOPICS,
        &columns::TABLE_TERMS,
        &columns::TABLE_SHARES,
        &columns::TABLE_MONTHS,
        &columns::TABLE_DOCUMENTS,
        &columns::TABLE_CHOICE,
    ],
    build,
};

fn build(corpus: &Corpus, params: &Params, context: &Context) -> Result<Output> {
    let model = match model(corpus, &Settings::of(params, context.seed))? {
        Ok(model) => model,
        Err(reason) => return Ok(Output { notes: vec![format!("There are no topics: {reason}.")], ..Output::default() }),
    };
    let shares = shares::shares(corpus, &model);
    let mut tables = vec![tables::topics(corpus, &model), tables::terms(&model)];
    let mut notes = notes(&model, params.choice("weighting"));
    match &corpus.groups.absence {
        None => tables.push(shares::shares_table(corpus, &model, &shares)),
        Some(absence) => notes.push(format!("Topics are not compared between groups: {absence}.")),
    }
    tables.extend(shares::months(corpus, &model));
    tables.push(tables::documents(corpus, &model));
    tables.extend(tables::choice(&model));
    let findings = story::findings(corpus, &model, if corpus.groups.comparable() { &shares } else { &[] });
    let charts = story::charts(corpus, &model, &tables);
    Ok(Output { tables, charts, findings, notes, ..Output::default() })
}

fn notes(model: &Model, weighting: &str) -> Vec<String> {
    let mut notes = vec![format!(
        "{} terms took part (no stop words, numbers, addresses, rare or very frequent terms); {} dimensions hold {:.0} % of their weights’ sum of squares.",
        model.terms,
        model.dimensions,
        100.0 * model.explained
    )];
    if let Some(scheme) = weighting::WEIGHTINGS.iter().find(|scheme| scheme.name == weighting) {
        notes.push(format!("Weights: {} ({}).", scheme.meaning, scheme.source));
    }
    notes.extend(model.choice.iter().map(|choice| choice.reason.clone()));
    if let Some(diversity) = model.diversity {
        notes.push(format!("Of the topics’ ten first terms {:.0} % are distinct.", 100.0 * diversity));
    }
    let weak: Vec<String> = (1..=model.topics.len())
        .filter(|number| model.topics[number - 1].stability.is_some_and(|stability| stability < 0.5))
        .map(|number| number.to_string())
        .collect();
    if !weak.is_empty() {
        notes.push(format!("Unstable topics (subsamples don’t find them again): {}.", weak.join(", ")));
    }
    notes
}
