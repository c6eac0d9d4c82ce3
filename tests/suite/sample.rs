//! The built-in sample: the report that stands in the repository is what the program makes today.

use crate::program::{assert_same_files, command, repository};

#[test]
fn the_committed_sample_report_is_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let output = command(&["report", "--sample", "--out", "reports/sample"]).current_dir(folder.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("reports/sample/report.html"), "{said}");
    assert!(said.lines().filter(|line| line.starts_with("  ") && line.contains(". ")).count() >= 5, "{said}");
    assert_same_files(&repository().join("reports/sample"), &folder.path().join("reports/sample"), &[".headword.json"]);
}
