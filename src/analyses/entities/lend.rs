//! Documents × entities, for analyses that count entities as they count words.

use super::build::{aliases, kinds};
use super::mentions::find;
use super::named::resolve;
use super::verbs::Tagger;
use crate::corpus::{Corpus, Features};
use crate::error::Result;
use crate::memory::SparseRows;
use crate::params::Params;

/// The entities of `corpus` under `params` with their mentions by document, sorted by name; one name of several types is one
/// feature a type, told by the type in brackets.
///
/// # Errors
/// A configuration error for unknown types, a bad alias table or a bad model.
pub fn lend(corpus: &Corpus, params: &Params) -> Result<Features> {
    let kinds = kinds(params.text("types").unwrap_or_default())?;
    let tagger = Tagger::load(params.file_contents("entity-model")?)?;
    let aliases = params.file_contents("alias")?.map(aliases).transpose()?.unwrap_or_default();
    let mentions = find(corpus, tagger.as_tagger(), &kinds)?;
    let named = resolve(&mentions, &aliases, !params.flag("no-fold"), 1);
    let mut order: Vec<usize> = (0..named.entities.len()).collect();
    let key = |index: usize| (&named.entities[index].name, super::forms::code(named.entities[index].kind));
    order.sort_by(|&a, &b| key(a).cmp(&key(b)));
    let mut columns = SparseRows::new(corpus.documents.len() as u32);
    let mut labels = Vec::with_capacity(order.len());
    for (position, &index) in order.iter().enumerate() {
        let entity = &named.entities[index];
        let shares_name = [position.checked_sub(1), Some(position + 1)]
            .into_iter()
            .flatten()
            .any(|other| order.get(other).is_some_and(|&other| named.entities[other].name == entity.name));
        let label = if shares_name { format!("{} ({})", entity.name, super::forms::code(entity.kind)) } else { entity.name.clone() };
        labels.push(label);
        columns.push_row(entity.by_document());
    }
    Ok(Features { labels, rows: columns.transposed() })
}
