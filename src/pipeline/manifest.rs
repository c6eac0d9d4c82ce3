//! `run.json`: everything needed to make the same result again, and nothing that differs between two runs of it.

use super::inputs::InputDigest;
use super::plan::{Plan, stated};
use super::run::Run;
use crate::error::{Error, Result};
use crate::table::Finding;
use serde_json::{Map, Value, json};

/// The findings that stand in the manifest.
const FINDINGS: usize = 8;

/// The manifest of a finished run over `inputs` that gave `findings`, best first.
pub(super) fn manifest(run: &Run, plan: &Plan, inputs: &[InputDigest], findings: &[Finding]) -> Result<String> {
    let analyses: Map<String, Value> = run
        .sections
        .iter()
        .map(|section| {
            let tables: Map<String, Value> =
                section.output.tables.iter().map(|table| (table.spec.name.to_owned(), json!({ "rows": table.rows() }))).collect();
            (section.entry.name.to_owned(), json!({ "parameters": stated(&section.params, &[]), "tables": tables }))
        })
        .collect();
    let corpus = &run.corpus;
    let manifest = json!({
        "headword": env!("CARGO_PKG_VERSION"),
        "inputs": inputs.iter().map(InputDigest::json).collect::<Vec<_>>(),
        "settings": plan.stated,
        "corpus": {
            "documents": corpus.documents.len(),
            "words": corpus.group_terms.total_words(),
            "terms": corpus.terms.len(),
            "grouped_by": corpus.groups.field,
            "groups": corpus.groups.names,
            "fold": corpus.folding.description,
            "language": corpus.language,
            "rejects": corpus.notes.rejects.len(),
            "empty_documents": corpus.notes.empty_documents,
            "repeated_ids": corpus.notes.repeated_ids,
            "replaced_characters": corpus.notes.replaced_characters,
        },
        "sections": run.sections.iter().map(|section| section.entry.name).collect::<Vec<_>>(),
        "analyses": analyses,
        "findings": findings
            .iter()
            .take(FINDINGS)
            .map(|finding| json!({ "sentence": finding.sentence, "table": finding.table, "row": finding.row.map(|row| row + 1) }))
            .collect::<Vec<_>>(),
    });
    serde_json::to_string_pretty(&manifest)
        .map(|text| text + "\n")
        .map_err(|error| Error::internal(format!("can't write run.json: {error}")))
}
