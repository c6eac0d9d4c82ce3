//! What one analysis lends another: computed once the corpus is there, before the analyses run, so that families need not
//! know each other.

use super::plan::Plan;
use crate::analyses::{AnalysisEntry, entities, find, keyness, topics};
use crate::corpus::Corpus;
use crate::error::Result;
use crate::fold::stem_classes;
use crate::params::Params;

/// Puts into `corpus.lent` what the plan's analyses will ask for.
///
/// # Errors
/// What the lending analysis could not do.
pub(super) fn lend(plan: &Plan, corpus: &mut Corpus) -> Result<()> {
    let Some((_, params)) = plan.analyses.iter().find(|(entry, _)| entry.name == keyness::ENTRY.name) else { return Ok(()) };
    if !plan.count.fold.stem {
        corpus.lent.stems = stem_classes(&corpus.terms, &corpus.language);
    }
    if keyness::borrows_topics(params, corpus) {
        corpus.lent.topics = Some(topics::lend(corpus, &of_plan(plan, &topics::ENTRY)?, plan.context.seed)?);
    }
    if keyness::borrows_entities(params) {
        corpus.lent.entities = Some(entities::lend(corpus, &of_plan(plan, &entities::ENTRY)?)?);
    }
    Ok(())
}

/// The parameters of `entry` in this run, or its defaults where it does not take part.
fn of_plan(plan: &Plan, entry: &AnalysisEntry) -> Result<Params> {
    match plan.analyses.iter().find(|(planned, _)| planned.name == entry.name) {
        Some((_, params)) => Ok(params.clone()),
        None => Params::check(find(entry.name).map_or(&[], |entry| entry.params), |_| None),
    }
}
