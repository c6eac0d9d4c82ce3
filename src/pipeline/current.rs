//! Whether a report is still what a run would make: the same inputs, settings and program, and its files as they were written.
//!
//! What is compared lies in a hidden file of the report. It is no part of the result: without it a report is made anew.

use super::inputs::{InputDigest, sha256};
use super::plan::{Plan, stated};
use crate::error::{Error, Result};
use serde_json::{Map, Value, json};
use std::fs;
use std::path::Path;

/// The hidden file.
const STATE: &str = ".headword.json";

/// One hash of everything that a report depends on: the inputs, all settings, and the sources of this program.
pub fn fingerprint(plan: &Plan, inputs: &[InputDigest]) -> String {
    let analyses: Vec<Value> = plan.analyses.iter().map(|(entry, params)| json!([entry.name, stated(params, &[])])).collect();
    let parts = json!({
        "headword": env!("CARGO_PKG_VERSION"),
        "build": env!("HEADWORD_BUILD"),
        "inputs": inputs.iter().map(InputDigest::json).collect::<Vec<_>>(),
        "settings": plan.stated,
        "analyses": analyses,
    });
    sha256(parts.to_string().as_bytes())
}

/// Whether `folder` holds a whole report that was made under `fingerprint`.
pub fn is_current(folder: &Path, fingerprint: &str) -> bool {
    let Ok(text) = fs::read_to_string(folder.join(STATE)) else { return false };
    let Ok(state) = serde_json::from_str::<Value>(&text) else { return false };
    let Some(files) = state.get("files").and_then(Value::as_object) else { return false };
    let is_there =
        |(name, bytes): (&String, &Value)| fs::metadata(folder.join(name)).is_ok_and(|found| Some(found.len()) == bytes.as_u64());
    state.get("fingerprint").and_then(Value::as_str) == Some(fingerprint) && files.iter().all(is_there)
}

/// Notes in the finished `folder` under which fingerprint it was made, and the sizes of its files.
pub(super) fn note(folder: &Path, fingerprint: &str) -> Result<()> {
    let mut files = Map::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
        let name = entry.path().strip_prefix(folder).unwrap_or(entry.path()).to_string_lossy().replace('\\', "/");
        files.insert(name, Value::from(entry.metadata().map_or(0, |found| found.len())));
    }
    let state = json!({ "fingerprint": fingerprint, "files": files });
    let path = folder.join(STATE);
    fs::write(&path, state.to_string() + "\n").map_err(|error| Error::output(format!("can't write `{}`: {error}", path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_current_until_a_file_or_the_fingerprint_changes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        fs::create_dir(path.join("tables")).unwrap();
        fs::write(path.join("tables/terms.csv"), "term\n").unwrap();
        assert!(!is_current(path, "one"));
        note(path, "one").unwrap();
        assert!(is_current(path, "one") && !is_current(path, "two"));
        fs::write(path.join("tables/terms.csv"), "term\nport\n").unwrap();
        assert!(!is_current(path, "one"));
        fs::write(path.join("tables/terms.csv"), "term\n").unwrap();
        assert!(is_current(path, "one"));
        fs::write(path.join(STATE), "{").unwrap();
        assert!(!is_current(path, "one"));
    }
}
