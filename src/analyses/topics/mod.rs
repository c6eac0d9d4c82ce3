//! Topics: clusters of documents that use the same words.
//!
//! Comes in: documents × terms. Goes out: topics with their terms, documents, shares by group and month. Not here: topics of
//! parts of a document; a document is in one topic (its second choice is a column).

mod allocation;
mod choice;
mod coherence;
mod columns;
mod evaluate;
mod factors;
mod features;
mod fit;
mod labels;
mod lend;
mod map;
mod methods;
mod mixture;
mod model;
mod names;
mod neighbours;
mod pairs;
mod shares;
mod stability;
mod starved;
mod story;
mod tables;
#[cfg(test)]
mod tests;
mod vectors;
mod weighting;

pub use choice::{Candidate, Choice};
pub use evaluate::{EVALUATION, evaluate};
pub use features::{NameUse, TermLimits};
pub use labels::{TermScore, TopicTerm};
pub use lend::lend;
pub use model::{Model, Placement, Settings, Topic, model};
pub use vectors::WordVectors;

use super::{AnalysisEntry, Context, Output};
use crate::corpus::{Corpus, Needs};
use crate::error::Result;
use crate::params::{ParamKind, ParamSpec, Params};

/// Names of the weighting schemes, as typed.
const SCHEMES: &[&str] = &["tf-idf", "tf-idf-plain", "bm25", "log-entropy", "root"];

/// A parameter's row.
const fn param(name: &'static str, kind: ParamKind, default: &'static str, meaning: &'static str) -> ParamSpec {
    ParamSpec { name, kind, default, meaning }
}

/// Labels to score against, and whether the number of topics is theirs; then the parameters of the topics.
static EVALUATION_PARAMS: &[ParamSpec] = &{
    let mut params = [param("labels", ParamKind::Text, "", "Field that holds labels which people gave"); TOPIC_PARAMS.len() + 2];
    params[1] = param("choose", ParamKind::Flag, "false", "Choose the number of topics instead of taking as many as labels");
    let mut at = 0;
    while at < TOPIC_PARAMS.len() {
        params[at + 2] = TOPIC_PARAMS[at];
        at += 1;
    }
    params
};

const TOPIC_PARAMS: &[ParamSpec] = &[
    param("k", ParamKind::Integer(0, 500), "0", "Number of topics; 0 chooses it by the evidence"),
    param("max-k", ParamKind::Integer(2, 500), "50", "Most topics to try when choosing the number"),
    param("method", ParamKind::Choice(methods::METHODS), "kmeans", "How topics are found"),
    param("starts", ParamKind::Integer(1, 200), "8", "Subsamples that k-means clusters, of which the three quarters that agree most vote"),
    param("terms", ParamKind::Integer(1, 100), "20", "Telling terms given for each topic"),
    param(
        "term-score",
        ParamKind::Choice(&["both", "c-tf-idf", "keyness"]),
        "both",
        "What orders a topic's terms; both is c-TF-IDF times over-representation",
    ),
    param("weighting", ParamKind::Choice(SCHEMES), "tf-idf", "Term weights in the reduced space"),
    param(
        "min-documents",
        ParamKind::Integer(0, 1_000_000),
        "0",
        "Fewest documents that hold a term; 0 takes 1 to 5 by the number of documents",
    ),
    param("max-share", ParamKind::Number(0.0, 1.0), "0.5", "Largest share of documents that may hold a term"),
    param("max-terms", ParamKind::Integer(100, 10_000_000), "60000", "Most terms that take part"),
    param("pairs", ParamKind::Flag, "false", "Let pairs of neighbouring words take part beside single words"),
    param(
        "names",
        ParamKind::Choice(&["keep", "halve", "exclude"]),
        "keep",
        "Names (words printed with a capital) count in full, half or not at all",
    ),
    param(
        "unassigned",
        ParamKind::Integer(0, 1_000_000),
        "0",
        "Leave the documents of topics with fewer documents than this without a topic",
    ),
    param("least-margin", ParamKind::Number(0.0, 2.0), "0", "Leave documents with a smaller margin to their second topic without a topic"),
    param("map", ParamKind::Integer(0, 3000), "500", "Documents placed on the map; 0 for no map"),
    param("vectors", ParamKind::File, "", "Word vectors to average: word2vec or GloVe text, or a safetensors file"),
    param("vectors-words", ParamKind::File, "", "Words of a safetensors file: its tokenizer.json, or one a line"),
    param("vectors-use", ParamKind::Choice(&["join", "replace"]), "join", "Whether word vectors join the decomposition or replace it"),
];

/// The registry row.
pub static ENTRY: AnalysisEntry = AnalysisEntry {
    name: "topics",
    title: "Topics",
    summary: "Clusters of documents that use the same words, each named by its telling terms, by group and by month.",
    not_for: "Not for stating what a single document is about: read its margin, and the documents nearest to the centre.",
    needs,
    params: TOPIC_PARAMS,
    tables: &[
        &columns::TABLE_TOPICS,
        &columns::TABLE_TERMS,
        &columns::TABLE_SHARES,
        &columns::TABLE_MONTHS,
        &columns::TABLE_DOCUMENTS,
        &columns::TABLE_CHOICE,
        &columns::TABLE_TREE,
        &columns::TABLE_MAP,
    ],
    build,
};

/// Tokens, because pairs of words name topics.
fn needs(_: &Params) -> Needs {
    Needs::DOCUMENT_TERMS.and(Needs::TOKENS)
}

fn build(corpus: &Corpus, params: &Params, context: &Context) -> Result<Output> {
    let model = match model(corpus, &Settings::of(params, context.seed)?)? {
        Ok(model) => model,
        Err(reason) => return Ok(Output { notes: vec![format!("There are no topics: {reason}.")], ..Output::default() }),
    };
    let shares = shares::shares(corpus, &model, context.seed);
    let mut tables = vec![tables::topics(corpus, &model), tables::terms(&model)];
    let mut notes = notes(&model, params);
    match &corpus.groups.absence {
        None => tables.push(shares::shares_table(corpus, &model, &shares)),
        Some(absence) => notes.push(format!("Topics are not compared between groups: {absence}.")),
    }
    tables.extend(shares::months(corpus, &model, context.seed));
    tables.push(tables::documents(corpus, &model));
    tables.extend(tables::choice(&model));
    tables.extend(tables::tree_of_topics(&model)?);
    tables.extend(tables::map(corpus, &model));
    let findings = story::findings(corpus, &model, if corpus.groups.comparable() { &shares } else { &[] });
    let charts = story::charts(corpus, &model, params.choice("method"), &tables);
    Ok(Output { tables, charts, findings, notes, ..Output::default() })
}

fn notes(model: &Model, params: &Params) -> Vec<String> {
    let mut notes = vec![format!(
        "{} terms took part (no stop words, numbers, addresses, rare or very frequent terms); {} dimensions hold {:.0} % of their weights’ sum of squares.",
        model.terms,
        model.dimensions,
        100.0 * model.explained
    )];
    if let Some(scheme) = weighting::WEIGHTINGS.iter().find(|scheme| scheme.name == params.choice("weighting")) {
        notes.push(format!("Weights: {} ({}).", scheme.meaning, scheme.source));
    }
    notes.push(format!("Method: {}.", methods::describe(params.choice("method"))));
    match params.choice("names") {
        "keep" => {}
        use_of_names if model.names == 0 => {
            notes.push(format!("`--names {use_of_names}` changes nothing: no term is printed with a capital throughout."))
        }
        "halve" => notes.push(format!("The weights of {} names count half.", model.names)),
        _ => notes.push(format!("{} names were left out.", model.names)),
    }
    if let Some(known) = model.known_words {
        notes.push(format!("{:.0} % of the words that take part have a vector.", 100.0 * known));
    }
    if model.unassigned > 0 {
        notes.push(format!("{} documents were left without a topic, as asked.", model.unassigned));
    }
    notes.extend(model.choice.iter().map(|choice| choice.reason.clone()));
    let coherences: Vec<f64> = model.topics.iter().filter_map(|topic| topic.coherence).collect();
    if let Some(coherence) = crate::maths::summary::mean(&coherences) {
        notes.push(format!("Mean coherence (NPMI) of the topics’ ten first terms: {coherence:.2}."));
    }
    if let Some(diversity) = model.diversity {
        notes.push(format!("Of the topics’ ten first terms {:.0} % are distinct.", 100.0 * diversity));
    }
    let weak: Vec<String> = (1..=model.topics.len())
        .filter(|number| model.topics[number - 1].stability.is_some_and(|stability| stability < tables::UNSTABLE_BELOW))
        .map(|number| number.to_string())
        .collect();
    if !weak.is_empty() {
        notes.push(format!("Unstable topics (parts of the documents don’t find them again): {}.", weak.join(", ")));
    }
    notes
}
