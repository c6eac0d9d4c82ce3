//! How well topics match labels that people gave.

use super::model::Model;
use crate::corpus::{Corpus, Field, NONE};
use crate::error::{Error, Result, nearest};
use crate::maths::agreement::{Agreement, agreement};

/// Agreement of the topics with the values of the metadata field called `field`, over the documents that have both.
///
/// # Errors
/// A usage error if the corpus has no such field.
pub fn evaluate(corpus: &Corpus, model: &Model, field: &str) -> Result<Agreement> {
    let found: &Field = corpus.documents.field(field).ok_or_else(|| {
        let error = Error::usage(format!("the documents have no field `{field}`"));
        match nearest(field, corpus.documents.fields.iter().map(|field| field.name.as_str())) {
            Some(name) => error.hint(format!("did you mean `{name}`?")),
            None => error.hint("name a metadata field that holds labels, such as `--labels topic`"),
        }
    })?;
    let labelled = found.codes.iter().zip(&model.placements).filter(|(code, _)| **code != NONE);
    let (labels, topics): (Vec<u32>, Vec<u32>) =
        labelled.filter_map(|(&code, placement)| Some((code, placement.as_ref()?.topic as u32))).unzip();
    Ok(agreement(&labels, &topics))
}
