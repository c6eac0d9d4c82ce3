//! The same bytes for any number of threads, locale, time zone, form and order of the input.

use crate::program::{assert_same_files, command, repository, run};
use std::path::Path;

fn report(arguments: &[&str], out: &Path, environment: &[(&str, &str)]) {
    let out = out.to_string_lossy();
    let mut command = command(&["report", "--quiet", "--out", &out]);
    let output = command.args(arguments).envs(environment.iter().copied()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn threads_locale_and_time_zone_change_no_byte() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    report(&["--sample", "--threads", "1"], &path("one"), &[]);
    report(&["--sample", "--threads", "2"], &path("two"), &[("LC_ALL", "C"), ("TZ", "Pacific/Auckland")]);
    report(
        &["--sample", "--threads", "7"],
        &path("seven"),
        &[("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8"), ("TZ", "America/St_Johns")],
    );
    assert_same_files(&path("one"), &path("two"), &[]);
    assert_same_files(&path("one"), &path("seven"), &[]);
}

/// Every analysis' tables from one form of the sample; tables that name no file must be the same from all forms.
fn tables(inputs: &[&str], out: &Path) {
    let out = out.to_string_lossy();
    let mut arguments = vec!["report", "--quiet", "--out", &out];
    arguments.extend(inputs);
    run(&arguments);
}

#[test]
fn folder_csv_and_json_lines_give_the_same_tables() {
    let harbour = repository().join("notebooks-data/harbour");
    let form = |name: &str| harbour.join(name).to_string_lossy().into_owned();
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    tables(&[&form("articles")], &path("folder"));
    tables(&[&form("harbour.csv")], &path("csv"));
    tables(&[&form("harbour.jsonl")], &path("jsonl"));
    for other in ["csv", "jsonl"] {
        assert_same_files(&path("folder").join("tables"), &path(other).join("tables"), &[]);
        assert_same_files(&path("folder").join("charts"), &path(other).join("charts"), &[]);
    }
}

#[test]
fn the_order_of_rows_and_files_changes_nothing() {
    let text = std::fs::read_to_string(repository().join("notebooks-data/harbour/harbour.jsonl")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let turned: Vec<&str> = lines.iter().rev().copied().collect();
    std::fs::write(folder.path().join("harbour.jsonl"), turned.join("\n")).unwrap();
    let (first, second) = lines.split_at(23);
    std::fs::write(folder.path().join("a.jsonl"), second.join("\n")).unwrap();
    std::fs::write(folder.path().join("b.jsonl"), first.join("\n")).unwrap();
    let path = |name: &str| folder.path().join(name);
    let input = |name: &str| path(name).to_string_lossy().into_owned();
    let whole = repository().join("notebooks-data/harbour/harbour.jsonl");
    tables(&[&whole.to_string_lossy()], &path("whole"));
    tables(&[&input("harbour.jsonl")], &path("turned"));
    tables(&[&input("a.jsonl"), &input("b.jsonl")], &path("parts"));
    tables(&[&input("b.jsonl"), &input("a.jsonl")], &path("swapped"));
    for other in ["turned", "parts", "swapped"] {
        assert_same_files(&path("whole").join("tables"), &path(other).join("tables"), &[]);
    }
}
