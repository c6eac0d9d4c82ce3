//! The house plan, enforced: floors, crates that live in one room only, file ceilings, names of files.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Rooms and the rooms that each may import from `crate::`, floor by floor (see ARCHITECTURE.md).
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("error", &[]),
    ("memory", &["error"]),
    ("maths", &["error", "memory"]),
    ("table", &["error", "memory", "maths"]),
    ("params", &["error"]),
    ("corpus", &["error", "memory", "maths", "params", "table"]),
    ("read", &["error", "memory", "maths", "corpus", "params"]),
    ("clean", &["error", "memory", "maths", "corpus", "params"]),
    ("tokenize", &["error", "memory", "maths", "corpus", "params"]),
    ("fold", &["error", "memory", "maths", "corpus", "params"]),
    ("count", &["error", "memory", "maths", "corpus", "params", "tokenize", "fold"]),
    ("analyses", &["error", "memory", "maths", "corpus", "table", "params", "analyses"]),
    ("export", &["error", "memory", "maths", "table"]),
    ("chart", &["error", "memory", "maths", "table"]),
    ("report", &["error", "memory", "maths", "table"]),
    ("config", &["error", "params", "analyses"]),
    (
        "pipeline",
        &[
            "error", "maths", "corpus", "table", "params", "read", "clean", "tokenize", "count", "fold", "analyses", "export", "chart",
            "report", "config",
        ],
    ),
    ("cli", &["error", "memory", "corpus", "table", "params", "analyses", "export", "config", "pipeline"]),
];

/// Crates that may be named only in these rooms.
const CRATE_ROOMS: &[(&str, &[&str])] = &[
    ("polars", &["read", "export"]),
    ("polars_io", &["read", "export"]),
    ("polars_arrow", &["read", "export"]),
    ("polars_parquet", &["read", "export"]),
    ("unicode_width", &["export"]),
    ("skrifa", &["chart"]),
    ("plotters", &["chart"]),
    ("resvg", &["chart"]),
    ("libc", &["memory"]),
    ("linfa", &["analyses"]),
    ("linfa_clustering", &["analyses"]),
    ("linfa_hierarchical", &["analyses"]),
    ("linfa_kernel", &["analyses"]),
    ("rust_stemmers", &["fold"]),
    ("stop_words", &["fold"]),
    ("whatlang", &["fold"]),
    ("unicode_segmentation", &["tokenize", "chart", "export"]),
    ("rust_xlsxwriter", &["export"]),
    ("minijinja", &["report"]),
    ("dom_smoothie", &["read"]),
    ("encoding_rs", &["read"]),
    ("chardetng", &["read"]),
    ("rayon", &["maths", "pipeline"]),
    ("rand", &["maths"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("indicatif", &["cli"]),
    ("toml", &["config"]),
];

/// Modules shared by analysis families; every other family stands alone.
const SHARED_BY_ANALYSES: &[&str] = &["measures"];

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// (room, path within src, text without line comments and tests) of every source file that is not a test: tests of a room
/// may build what they need from anywhere.
fn sources() -> Vec<(String, String, String)> {
    let source = source();
    rust_files(&source)
        .into_iter()
        .map(|path| {
            let relative = path.strip_prefix(&source).unwrap().to_string_lossy().replace('\\', "/");
            let room = relative.split(['/', '.']).next().unwrap().to_owned();
            let text: Vec<String> =
                fs::read_to_string(&path).unwrap().lines().map(|line| line.split("//").next().unwrap().to_owned()).collect();
            let text = text.join("\n");
            let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap().to_owned();
            (room, relative, text)
        })
        .filter(|(_, path, _)| !path.ends_with("tests.rs") && !path.contains("/tests/"))
        .collect()
}

/// The names that follow `prefix` anywhere in `text`: `crate::` gives rooms; groups `crate::{a, b}` are opened.
fn named_after(text: &str, prefix: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (position, _) in text.match_indices(prefix) {
        if text[..position].ends_with(|character: char| character.is_alphanumeric() || matches!(character, '_' | '$')) {
            continue;
        }
        let rest = &text[position + prefix.len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut name = String::new();
            for character in group.chars() {
                match character {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    _ => {}
                }
                if depth == 0 && (character.is_alphanumeric() || character == '_') {
                    name.push(character);
                } else if depth == 0 && matches!(character, ',' | ':') && !name.is_empty() {
                    names.insert(std::mem::take(&mut name));
                }
            }
            names.insert(name);
        } else {
            names.insert(rest.chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect());
        }
    }
    names.remove("");
    names
}

#[test]
fn rooms_import_only_from_floors_below() {
    let rooms: BTreeSet<&str> = MAY_IMPORT.iter().map(|(room, _)| *room).collect();
    for (room, path, text) in sources() {
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| *name == room) else {
            assert!(matches!(room.as_str(), "lib" | "main"), "src/{path} is in no known room; add it to the plan");
            continue;
        };
        for import in named_after(&text, "crate::") {
            let fine = import == room || allowed.contains(&import.as_str()) || !rooms.contains(import.as_str());
            assert!(fine, "src/{path} imports `crate::{import}`, which `{room}` may not");
        }
    }
}

#[test]
fn no_family_of_analyses_imports_another() {
    for (room, path, text) in sources() {
        let parts: Vec<&str> = path.split('/').collect();
        if room != "analyses" || parts.len() < 3 {
            continue;
        }
        let family = parts[1];
        let families: BTreeSet<String> = fs::read_dir(source().join("analyses"))
            .unwrap()
            .flatten()
            .filter(|entry| entry.path().is_dir())
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        for import in named_after(&text, "crate::analyses::") {
            let fine = import == family || !families.contains(&import) || SHARED_BY_ANALYSES.contains(&import.as_str());
            assert!(fine, "src/{path} imports the family `{import}`");
        }
    }
}

#[test]
fn crates_live_in_their_rooms() {
    for (room, path, text) in sources() {
        for (name, rooms) in CRATE_ROOMS {
            let used = !named_after(&text, &format!("{name}::")).is_empty() || text.contains(&format!("use {name};"));
            let own_module = text.contains(&format!("mod {name};"));
            assert!(!used || own_module || rooms.contains(&room.as_str()), "src/{path} uses the crate `{name}`, which lives in {rooms:?}");
        }
    }
}

#[test]
fn files_fit_in_the_head() {
    for (_, path, _) in sources() {
        let lines = fs::read_to_string(source().join(&path)).unwrap().lines().count();
        let ceiling = match path.as_str() {
            path if path.ends_with("/mod.rs") => 250,
            path if path.starts_with("analyses/measures/") && path != "analyses/measures/registry.rs" => 200,
            _ => 500,
        };
        assert!(lines <= ceiling, "src/{path} has {lines} lines; the ceiling is {ceiling}: split it along its purposes");
        let name = path.rsplit('/').next().unwrap();
        assert!(!["utils.rs", "helpers.rs", "common.rs", "misc.rs", "types.rs"].contains(&name), "src/{path} says nothing by its name");
    }
}

#[test]
fn nothing_below_the_command_line_prints_or_exits() {
    for (room, path, text) in sources() {
        if matches!(room.as_str(), "cli" | "main") {
            continue;
        }
        for banned in ["println!", "eprintln!", "print!(", "process::exit", "todo!", "unimplemented!", "dbg!"] {
            assert!(!text.contains(banned), "src/{path} has `{banned}`");
        }
    }
}

#[test]
fn results_know_no_clock() {
    // The run measures its stages for the terminal; nothing else may look at a clock.
    for (room, path, text) in sources() {
        let allowed = matches!(room.as_str(), "cli") || path == "pipeline/run.rs";
        for banned in ["SystemTime", "Instant::now", "Zoned::now", "Timestamp::now"] {
            assert!(allowed || !text.contains(banned), "src/{path} looks at a clock: `{banned}`");
        }
    }
}
