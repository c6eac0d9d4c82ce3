//! Finds the files to read: walks folders, tells formats, names documents, and fails early with a hint.

use super::files::TextFile;
use super::formats::{EXTENSIONS, Format, Packing, classify, without_extensions};
use super::tally::plural;
use crate::error::{Error, Result, nearest};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// A table to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TableFile {
    pub(super) path: PathBuf,
    /// Path relative to the input, with `/`.
    pub(super) relative: String,
    pub(super) format: Format,
    pub(super) packing: Packing,
}

/// All files to read, in the order of their names.
#[derive(Debug, Default)]
pub(super) struct Survey {
    pub(super) texts: Vec<TextFile>,
    pub(super) tables: Vec<TableFile>,
    pub(super) remarks: Vec<String>,
}

/// A file found in a folder.
struct Found {
    path: PathBuf,
    relative: String,
    bytes: u64,
    format: Format,
    packing: Packing,
}

/// Looks at every input.
///
/// # Errors
/// A usage error without inputs; an input error for a missing path, a folder without readable files, or a file of no known format.
pub(super) fn survey(inputs: &[PathBuf]) -> Result<Survey> {
    if inputs.is_empty() {
        return Err(Error::usage("nothing to read").hint("give a folder of articles or a table, or try `--sample`"));
    }
    let mut inputs = inputs.to_vec();
    inputs.sort();
    let mut seen = BTreeSet::new();
    inputs.retain(|input| seen.insert(input.canonicalize().unwrap_or_else(|_| input.clone())));
    let folders = inputs.iter().filter(|input| input.is_dir()).count();
    let mut survey = Survey::default();
    for input in &inputs {
        if input.is_dir() {
            survey_folder(input, folders > 1, &mut survey)?;
        } else if input.exists() {
            survey_file(input, &mut survey)?;
        } else {
            return Err(missing(input));
        }
    }
    survey.texts.sort_by(|one, other| (&one.relative, &one.path).cmp(&(&other.relative, &other.path)));
    survey.tables.sort_by(|one, other| (&one.relative, &one.path).cmp(&(&other.relative, &other.path)));
    Ok(survey)
}

/// The error for a path that does not exist, with the nearest name in its folder.
pub(super) fn missing(path: &Path) -> Error {
    let error = Error::input(format!("there is no file or folder `{}`", path.display()));
    let folder = match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) => parent,
        None => return error,
    };
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let Ok(entries) = std::fs::read_dir(folder) else {
        return error.hint(format!("the folder `{}` does not exist either", folder.display()));
    };
    let mut names: Vec<String> = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    match nearest(&name, names.iter().map(String::as_str)) {
        Some(near) => error.hint(format!("did you mean `{}`?", path.with_file_name(near).display())),
        None => error.hint("check the path; relative paths start at the folder where the command runs"),
    }
}

fn survey_file(path: &Path, survey: &mut Survey) -> Result<()> {
    let relative = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let Some((format, packing)) = classify(&relative) else {
        return Err(Error::input(format!("headword can't read `{}`: its extension is unknown", path.display()))
            .hint(format!("it reads {EXTENSIONS}")));
    };
    if format.is_text() {
        let bytes = path.metadata().map_or(0, |metadata| metadata.len());
        let id = without_extensions(&relative).to_owned();
        survey.texts.push(TextFile { path: path.to_owned(), relative, id, bytes, format, packing, folder: None, metadata_row: None });
    } else {
        survey.tables.push(TableFile { path: path.to_owned(), relative, format, packing });
    }
    Ok(())
}

fn survey_folder(folder: &Path, is_one_of_many: bool, survey: &mut Survey) -> Result<()> {
    let shown = folder.display();
    let own_name = folder
        .canonicalize()
        .ok()
        .and_then(|full| full.file_name().map(|name| name.to_string_lossy().into_owned()))
        .unwrap_or_else(|| "input".into());
    let mut found = Vec::new();
    let mut skipped: BTreeMap<String, u64> = BTreeMap::new();
    let (mut unreadable, mut notices) = (0, 0);
    let walk = WalkDir::new(folder).follow_links(true).into_iter();
    for entry in walk.filter_entry(|entry| entry.depth() == 0 || !is_hidden(&entry.file_name().to_string_lossy())) {
        // A loop of links or a folder without permission.
        let Ok(entry) = entry else {
            unreadable += 1;
            continue;
        };
        if !entry.file_type().is_file() {
            continue;
        }
        let name = entry.file_name().to_string_lossy();
        let Some((format, packing)) = classify(&name) else {
            let extension = name.rsplit_once('.').map_or(String::new(), |(_, extension)| format!(".{}", extension.to_lowercase()));
            *skipped.entry(extension).or_default() += 1;
            continue;
        };
        if format.is_text() && is_notice(&name) {
            notices += 1;
            continue;
        }
        let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let relative = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        let bytes = entry.metadata().map_or(0, |metadata| metadata.len());
        found.push(Found { relative, bytes, format, packing, path: entry.into_path() });
    }
    for (extension, count) in &skipped {
        let kind = if extension.is_empty() { "without extension".to_owned() } else { format!("ending in `{extension}`") };
        survey.remarks.push(format!("`{own_name}`: skipped {} {kind}", plural(*count, "file")));
    }
    if notices > 0 {
        survey.remarks.push(format!("`{own_name}`: skipped {} about the folder (README, LICENSE)", plural(notices, "file")));
    }
    if unreadable > 0 {
        survey
            .remarks
            .push(format!("`{own_name}`: skipped {} that can't be opened or link back to a folder above", plural(unreadable, "entry")));
    }
    let (texts, tables): (Vec<Found>, Vec<Found>) = found.into_iter().partition(|file| file.format.is_text());
    if texts.is_empty() && tables.is_empty() {
        let error = Error::input(format!("the folder `{shown}` holds nothing to read"));
        return Err(error.hint(format!("headword reads {EXTENSIONS}")));
    }
    if texts.is_empty() {
        survey.tables.extend(tables.into_iter().map(|file| TableFile {
            path: file.path,
            relative: file.relative,
            format: file.format,
            packing: file.packing,
        }));
        return Ok(());
    }
    if !tables.is_empty() {
        survey.remarks.push(format!(
            "`{own_name}`: skipped {} because the folder also holds text files; name a table to read it, or give it as `--metadata`",
            plural(tables.len() as u64, "table")
        ));
    }
    let level = outlet_level(&texts);
    for file in texts {
        let id = without_extensions(&file.relative);
        let id = if is_one_of_many { format!("{own_name}/{id}") } else { id.to_owned() };
        let relative = if is_one_of_many { format!("{own_name}/{}", file.relative) } else { file.relative.clone() };
        let folder = match level {
            Some(level) => folder_at(&file.relative, level).map(str::to_owned),
            // Several folders without folders inside: each is an outlet.
            None => is_one_of_many.then(|| own_name.clone()),
        };
        let (format, packing) = (file.format, file.packing);
        survey.texts.push(TextFile { path: file.path, relative, id, bytes: file.bytes, format, packing, folder, metadata_row: None });
    }
    Ok(())
}

/// The level of folders that names outlets: the first, unless it has a single value and there are folders below it.
fn outlet_level(files: &[Found]) -> Option<usize> {
    let mut level = 0;
    loop {
        let names: BTreeSet<Option<&str>> = files.iter().map(|file| folder_at(&file.relative, level)).collect();
        if names.iter().all(Option::is_none) {
            // Nothing below: the single folder above names the outlet of all.
            return level.checked_sub(1);
        }
        if names.len() > 1 {
            return Some(level);
        }
        level += 1;
    }
}

/// The name of the folder at `level` of a path, the first being 0.
fn folder_at(relative: &str, level: usize) -> Option<&str> {
    let (folders, _) = relative.rsplit_once('/')?;
    folders.split('/').nth(level)
}

fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || name.starts_with("~$") || name == "__MACOSX"
}

/// Files that describe a folder of articles and are none.
fn is_notice(name: &str) -> bool {
    let stem = without_extensions(name).to_lowercase();
    matches!(stem.as_str(), "readme" | "license" | "licence" | "license-mit" | "license-apache" | "notice" | "copying" | "changelog")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(folder: &Path, names: &[&str]) {
        for name in names {
            let path = folder.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "Text.").unwrap();
        }
    }

    fn outlets(survey: &Survey) -> Vec<(&str, Option<&str>)> {
        survey.texts.iter().map(|file| (file.id.as_str(), file.folder.as_deref())).collect()
    }

    #[test]
    fn the_first_folder_level_names_outlets_unless_it_has_one_value() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &["herald/2024/a.txt", "times/b.md", "times/.hidden.txt", "README.md", "x.pdf", ".git/c.txt"]);
        let survey = survey(&[folder.path().to_owned()]).unwrap();
        assert_eq!(outlets(&survey), [("herald/2024/a", Some("herald")), ("times/b", Some("times"))]);
        assert!(survey.remarks.iter().any(|remark| remark.contains("skipped 1 file ending in `.pdf`")));
        assert!(survey.remarks.iter().any(|remark| remark.contains("README")));
    }

    #[test]
    fn a_single_first_level_is_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &["articles/herald/a.txt", "articles/times/b.txt"]);
        assert_eq!(
            outlets(&survey(&[folder.path().to_owned()]).unwrap()),
            [("articles/herald/a", Some("herald")), ("articles/times/b", Some("times"))]
        );
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &["herald/a.txt", "herald/b.txt"]);
        assert_eq!(outlets(&survey(&[folder.path().to_owned()]).unwrap()), [("herald/a", Some("herald")), ("herald/b", Some("herald"))]);
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &["a.txt"]);
        assert_eq!(outlets(&survey(&[folder.path().to_owned()]).unwrap()), [("a", None)]);
    }

    #[test]
    fn several_folders_are_outlets_and_begin_the_ids() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &["herald/a.txt", "times/a.txt"]);
        let inputs = [folder.path().join("times"), folder.path().join("herald")];
        assert_eq!(outlets(&survey(&inputs).unwrap()), [("herald/a", Some("herald")), ("times/a", Some("times"))]);
    }

    #[test]
    fn slips_fail_early_with_a_hint() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &["news.csv", "empty/x.pdf"]);
        let error = survey(&[folder.path().join("new.csv")]).unwrap_err();
        assert!(error.hint_text().unwrap().contains("news.csv"));
        assert!(survey(&[folder.path().join("empty")]).unwrap_err().to_string().contains("holds nothing to read"));
        assert!(survey(&[folder.path().join("empty/x.pdf")]).unwrap_err().hint_text().unwrap().contains(".parquet"));
        assert_eq!(survey(&[]).unwrap_err().exit_code(), 2);
    }

    #[cfg(unix)]
    #[test]
    fn loops_of_links_end() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &["herald/a.txt"]);
        std::os::unix::fs::symlink(folder.path(), folder.path().join("herald/loop")).unwrap();
        let survey = survey(&[folder.path().to_owned()]).unwrap();
        assert_eq!(survey.texts.len(), 1);
        assert!(survey.remarks.iter().any(|remark| remark.contains("link back")));
    }

    #[test]
    fn tables_in_a_folder_are_read_when_there_is_no_text() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &["b.csv", "a.jsonl.gz"]);
        let found = survey(&[folder.path().to_owned()]).unwrap();
        assert_eq!(found.tables.iter().map(|table| table.relative.as_str()).collect::<Vec<_>>(), ["a.jsonl.gz", "b.csv"]);
        write(folder.path(), &["c.txt"]);
        let found = survey(&[folder.path().to_owned()]).unwrap();
        assert!(found.tables.is_empty() && found.remarks[0].contains("2 tables"));
    }
}
