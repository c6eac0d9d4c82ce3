//! What the inputs were: name, size and hash, for `run.json` and for telling whether a report is still current.

use super::plan::Plan;
use crate::error::{Error, Result};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fs;
use std::io::Read;
use std::path::Path;

/// An input as it was before the run read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputDigest {
    /// The last component of its path: the folders above it are the machine's.
    pub name: String,
    /// Files in it; 1 for a file.
    pub files: u64,
    /// Bytes of its files.
    pub bytes: u64,
    /// SHA-256 of the files' paths within the input and contents, in order of their paths, in hexadecimal digits.
    pub sha256: String,
}

impl InputDigest {
    pub(super) fn json(&self) -> Value {
        json!({ "name": self.name, "files": self.files, "bytes": self.bytes, "sha256": self.sha256 })
    }
}

/// Digests of the inputs of `plan`, in its order.
///
/// # Errors
/// An input error if a file can't be read.
pub fn digest_inputs(plan: &Plan) -> Result<Vec<InputDigest>> {
    plan.read.inputs.iter().map(|path| digest_input(path)).collect()
}

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

/// SHA-256 of `bytes` in hexadecimal digits.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn digest_input(path: &Path) -> Result<InputDigest> {
    let mut hasher = Sha256::new();
    let (mut files, mut bytes) = (0, 0);
    let mut buffer = vec![0; 1 << 16];
    // What is no plain file (a pipe) can be read once only, and that is the reader's turn.
    let found = walkdir::WalkDir::new(path).sort_by_file_name().follow_links(true).into_iter().flatten();
    for entry in found.filter(|entry| entry.file_type().is_file()) {
        let failed = |error: std::io::Error| Error::input(format!("can't read `{}`: {error}", entry.path().display()));
        let relative = entry.path().strip_prefix(path).unwrap_or(entry.path());
        hasher.update(relative.to_string_lossy().replace('\\', "/").as_bytes());
        hasher.update([0]);
        let mut file = match fs::File::open(entry.path()) {
            Ok(file) => file,
            // The reader rejects the file and says so; a hash of the rest is still one.
            Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => continue,
            Err(error) => return Err(failed(error)),
        };
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
    Ok(InputDigest { name: input_name(path), files, bytes, sha256: hexadecimal(&hasher.finalize()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contents_and_names_change_the_digest_and_the_folder_above_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let made = |parent: &str, name: &str, text: &str| {
            let inner = folder.path().join(parent).join("articles");
            fs::create_dir_all(&inner).unwrap();
            fs::write(inner.join(name), text).unwrap();
            digest_input(&inner).unwrap()
        };
        let first = made("a", "one.txt", "words");
        assert_eq!((first.name.as_str(), first.files, first.bytes), ("articles", 1, 5));
        assert_eq!(first, made("b", "one.txt", "words"));
        assert_ne!(first.sha256, made("c", "two.txt", "words").sha256);
        assert_ne!(first.sha256, made("d", "one.txt", "other").sha256);
        // FIPS 180-2's example.
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
