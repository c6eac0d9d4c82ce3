//! `run.json`: everything needed to make the same result again, and nothing that differs between two runs of it.

use super::plan::Plan;
use super::run::Run;
use crate::error::{Error, Result};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::fs;
use std::io::Read;
use std::path::Path;

/// The name of an input without the machine's folders: its last component.
pub(super) fn input_name(path: &Path) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    name.unwrap_or_else(|| {
        path.canonicalize()
            .ok()
            .and_then(|full| full.file_name().map(|name| name.to_string_lossy().into_owned()))
            .unwrap_or_else(|| "input".to_owned())
    })
}

/// The manifest of a finished run.
///
/// # Errors
/// An input error if an input can't be read a second time for its hash.
pub(super) fn manifest(run: &Run, plan: &Plan) -> Result<String> {
    let inputs = plan.read.inputs.iter().map(|path| input(path)).collect::<Result<Vec<Value>>>()?;
    let analyses: Map<String, Value> = run
        .sections
        .iter()
        .map(|section| {
            let params: Map<String, Value> =
                section.params.iter().map(|(name, value)| (name.to_owned(), Value::from(value.to_string()))).collect();
            let tables: Map<String, Value> =
                section.output.tables.iter().map(|table| (table.spec.name.to_owned(), json!({ "rows": table.rows() }))).collect();
            (section.entry.name.to_owned(), json!({ "parameters": params, "tables": tables }))
        })
        .collect();
    let corpus = &run.corpus;
    let manifest = json!({
        "headword": env!("CARGO_PKG_VERSION"),
        "inputs": inputs,
        "settings": {
            "by": plan.count.group_field,
            "fold": corpus.folding.description,
            "language": corpus.language,
            "seed": plan.context.seed,
            "all_rows": plan.context.all_rows,
            "keep_furniture": plan.keep_furniture,
        },
        "corpus": {
            "documents": corpus.documents.len(),
            "words": corpus.group_terms.total_words(),
            "terms": corpus.terms.len(),
            "groups": corpus.groups.names,
            "rejects": corpus.notes.rejects.len(),
            "empty_documents": corpus.notes.empty_documents,
            "repeated_ids": corpus.notes.repeated_ids,
            "replaced_characters": corpus.notes.replaced_characters,
        },
        "analyses": analyses,
    });
    serde_json::to_string_pretty(&manifest)
        .map(|text| text + "\n")
        .map_err(|error| Error::internal(format!("can't write run.json: {error}")))
}

/// Name, size and hash of an input; of a folder the files in it together, in order of their paths.
fn input(path: &Path) -> Result<Value> {
    let mut hasher = Sha256::new();
    let (mut files, mut bytes) = (0u64, 0u64);
    let mut buffer = vec![0; 1 << 16];
    for entry in
        walkdir::WalkDir::new(path).sort_by_file_name().follow_links(true).into_iter().flatten().filter(|entry| entry.file_type().is_file())
    {
        let failed = |error: std::io::Error| Error::input(format!("can't read `{}` again: {error}", entry.path().display()));
        let relative = entry.path().strip_prefix(path).unwrap_or(entry.path());
        hasher.update(relative.to_string_lossy().replace('\\', "/").as_bytes());
        hasher.update([0]);
        let mut file = fs::File::open(entry.path()).map_err(failed)?;
        loop {
            let read = file.read(&mut buffer).map_err(failed)?;
            if read == 0 {
                break;
            }
            hasher.update(&buffer[..read]);
            bytes += read as u64;
        }
        files += 1;
    }
    let digest: String = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(json!({ "name": input_name(path), "files": files, "bytes": bytes, "sha256": digest }))
}
