//! Running the command in tests.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The command with `arguments`, quiet about progress.
pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_headword"));
    command.args(arguments);
    command
}

/// Runs the command and expects success.
pub fn run(arguments: &[&str]) -> Output {
    let output = command(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

/// The repository's folder.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The developers' data, for ignored tests.
pub fn shared(path: &str) -> PathBuf {
    let root = std::env::var_os("HEADWORD_SHARED").map_or_else(|| repository().join("../shared"), PathBuf::from);
    root.join(path)
}

/// Path and bytes of every file below `folder`, sorted.
pub fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                files.push((path.strip_prefix(folder).unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

/// Fails with the names of the files that differ.
pub fn assert_same_files(left: &Path, right: &Path, skip: &[&str]) {
    let keep = |file: &(String, Vec<u8>)| !skip.contains(&file.0.as_str());
    let (left, right): (Vec<_>, Vec<_>) = (files(left).into_iter().filter(keep).collect(), files(right).into_iter().filter(keep).collect());
    let names = |files: &[(String, Vec<u8>)]| files.iter().map(|file| file.0.clone()).collect::<Vec<_>>();
    assert_eq!(names(&left), names(&right));
    let different: Vec<String> = left.iter().zip(&right).filter(|(a, b)| a.1 != b.1).map(|(a, _)| a.0.clone()).collect();
    assert!(different.is_empty(), "these files differ: {different:?}");
}
