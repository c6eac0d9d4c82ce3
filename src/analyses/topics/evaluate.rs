//! How well topics match labels that people gave, and how they do without them: the verb `evaluate-topics`.

use super::columns::TABLE_EVALUATION;
use super::model::{Model, Settings, model};
use super::{EVALUATION_PARAMS, needs};
use crate::analyses::{AnalysisEntry, Context, Output};
use crate::corpus::{Corpus, Field, NONE};
use crate::error::{Error, Result, nearest};
use crate::maths::agreement::{Agreement, agreement};
use crate::maths::summary::mean;
use crate::params::Params;
use crate::table::{Table, TableBuilder};

/// The registry row of the verb; it is no section of a report.
pub static EVALUATION: AnalysisEntry = AnalysisEntry {
    name: "evaluate-topics",
    title: "Topics against labels",
    summary: "Scores topics against a field that holds labels: agreement, purity, coherence, diversity, stability",
    not_for: "Not for choosing the number of topics: labels are one way among many to divide documents.",
    needs,
    params: EVALUATION_PARAMS,
    tables: &[&TABLE_EVALUATION],
    build,
};

/// Agreement of the topics with the values of the metadata field called `field`, over the documents that have both.
///
/// # Errors
/// A usage error if the corpus has no such field.
pub fn evaluate(corpus: &Corpus, model: &Model, field: &str) -> Result<Agreement> {
    let found = field_called(corpus, field)?;
    let labelled = found.codes.iter().zip(&model.placements).filter(|(code, _)| **code != NONE);
    let (labels, topics): (Vec<u32>, Vec<u32>) =
        labelled.filter_map(|(&code, placement)| Some((code, placement.as_ref()?.topic as u32))).unzip();
    Ok(agreement(&labels, &topics))
}

fn field_called<'a>(corpus: &'a Corpus, field: &str) -> Result<&'a Field> {
    corpus.documents.field(field).ok_or_else(|| {
        let error = Error::usage(format!("the documents have no field `{field}`"));
        match nearest(field, corpus.documents.fields.iter().map(|field| field.name.as_str())) {
            Some(name) => error.hint(format!("did you mean `{name}`?")),
            None => error.hint("name a metadata field that holds labels, such as `--labels topic`"),
        }
    })
}

fn build(corpus: &Corpus, params: &Params, context: &Context) -> Result<Output> {
    let name = params
        .text("labels")
        .map(str::to_lowercase)
        .ok_or_else(|| Error::usage("`--labels` is missing").hint("name the field that holds the labels, such as `--labels topic`"))?;
    let labels = field_called(corpus, &name)?;
    let used = labels.codes.iter().filter(|&&code| code != NONE).collect::<std::collections::BTreeSet<_>>().len();
    let mut settings = Settings::of(params, context.seed)?;
    let mut notes = Vec::new();
    if settings.topics == 0 && !params.flag("choose") {
        settings.topics = used;
        notes.push(format!("As many topics as labels: {used}."));
    }
    match model(corpus, &settings)? {
        Ok(model) => {
            let table = scores(corpus, &model, &name, used)?;
            notes.extend(model.choice.iter().map(|choice| choice.reason.clone()));
            Ok(Output { tables: vec![table], notes, ..Output::default() })
        }
        Err(reason) => Ok(Output { notes: vec![format!("There are no topics: {reason}.")], ..Output::default() }),
    }
}

fn scores(corpus: &Corpus, model: &Model, field: &str, labels: usize) -> Result<Table> {
    let found = evaluate(corpus, model, field)?;
    let of_topics = |value: fn(&super::Topic) -> Option<f64>| mean(&model.topics.iter().filter_map(value).collect::<Vec<f64>>());
    let rows: [(&str, Option<f64>, &str); 11] = [
        (
            "normalised_mutual_information",
            Some(found.normalised_mutual_information),
            "Mutual information of topics and labels over the mean of their entropies, 0 to 1 (Strehl & Ghosh 2002).",
        ),
        (
            "adjusted_rand",
            Some(found.adjusted_rand),
            "Pairs of documents on which both agree, adjusted for chance: 0 is chance, 1 perfect (Hubert & Arabie 1985).",
        ),
        ("purity", Some(found.purity), "Share of documents whose topic's most frequent label is theirs."),
        ("homogeneity", Some(found.homogeneity), "1 if each topic holds one label only (Rosenberg & Hirschberg 2007)."),
        ("completeness", Some(found.completeness), "1 if each label lies in one topic only (Rosenberg & Hirschberg 2007)."),
        ("coherence", of_topics(|topic| topic.coherence), "Mean NPMI of the topics' ten first terms, -1 to 1 (Bouma 2009)."),
        ("diversity", model.diversity, "Share of distinct terms among the topics' ten first (Dieng et al. 2020)."),
        ("stability", of_topics(|topic| topic.stability), "Mean Jaccard similarity of the topics with those of subsamples (Hennig 2007)."),
        ("silhouette", of_topics(|topic| topic.silhouette), "Mean silhouette width of the topics by cosine (Rousseeuw 1987)."),
        ("topics", Some(model.topics.len() as f64), "Number of topics."),
        ("labels", Some(labels as f64), "Number of labels."),
    ];
    let mut table = TableBuilder::new(&TABLE_EVALUATION);
    for (name, value, meaning) in rows {
        table.row([name.into(), value.into(), meaning.into()]);
    }
    Ok(table.finish())
}
