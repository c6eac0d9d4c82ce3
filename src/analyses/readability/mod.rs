//! Readability: how hard each group's texts are to read, by the lengths of sentences and words, and which articles are hardest.
//!
//! Comes in: tokens with sentences, documents' languages. Goes out: published formulas of each group with intervals over
//! resampled documents, and of each longer document. Not here: the formulas (see `measures::readability`).

mod charts;
mod counted;
mod resampled;
pub mod syllables;
mod tables;
#[cfg(test)]
mod tests;
mod written;

use self::tables::{DOCUMENT_READABILITY, READABILITY, READABILITY_FORMULAS};
use super::{AnalysisEntry, Context, Output};
use crate::corpus::{Corpus, Needs};
use crate::error::Result;
use crate::params::{ParamKind, ParamSpec, Params};

/// The registry row.
pub static ENTRY: AnalysisEntry = AnalysisEntry {
    name: "readability",
    title: "How hard the texts are to read",
    summary: "Gives each group, and each longer document, the published readability formulas: LIX for any language, Flesch, Flesch–Kincaid, Fog and SMOG for English.",
    not_for: "Judging how well something is written or understood, or comparing languages: the formulas know the lengths of sentences and words and nothing else.",
    needs: |_| Needs::TOKENS.and(Needs::LANGUAGES),
    params: &[ParamSpec {
        name: "min-document-words",
        kind: ParamKind::Integer(1, u32::MAX as u64),
        default: "100",
        meaning: "list documents of at least this many words; Flesch took samples of 100",
    }],
    tables: &[&READABILITY, &READABILITY_FORMULAS, &DOCUMENT_READABILITY],
    build,
};

fn build(corpus: &Corpus, params: &Params, context: &Context) -> Result<Output> {
    let mut output = Output::default();
    let counted = counted::counted(corpus)?;
    if counted.iter().all(|document| !document.is_measured()) {
        output.notes.push("Readability is left out: no document has sentences of words with spaces between them.".to_owned());
        return Ok(output);
    }
    let groups = resampled::groups(corpus, &counted, context.seed);
    let main = written::main_table(&groups);
    let compared = charts::compared(corpus, &groups);
    output.notes.extend(written::remarks(corpus, &counted, &compared));
    if !context.main_table_only {
        output.findings = charts::findings(corpus, &main, &compared);
        output.charts = charts::charts(corpus, &main, &compared);
    }
    output.tables.push(main);
    if !context.main_table_only {
        output.tables.push(written::formula_table(&groups));
        let documents = written::document_table(corpus, &counted, params.integer("min-document-words"));
        if documents.rows() > 0 {
            output.tables.push(documents);
        }
    }
    Ok(output)
}
