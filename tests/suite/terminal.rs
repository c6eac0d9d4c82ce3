//! What a terminal and a shell get: completions, manual pages, no colour where none is wanted, no commands from documents.

use crate::program::{command, run};
use std::fs;

#[test]
fn completions_name_every_verb_and_the_words_of_choices() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let text = String::from_utf8(run(&["completions", shell]).stdout).unwrap();
        for word in ["report", "keyness", "inspect", "init", "text-column"] {
            assert!(text.contains(word), "{shell} does not complete {word}");
        }
        let completes_values = matches!(shell, "bash" | "zsh" | "fish");
        assert!(!completes_values || text.contains("day-first"), "{shell} does not complete the words of choices");
    }
    let output = command(&["completions", "tcsh"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn there_is_a_manual_page_a_verb() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("man1");
    run(&["man", "--out", &out.to_string_lossy()]);
    let page = |name: &str| fs::read_to_string(out.join(name)).unwrap();
    assert!(page("headword.1").contains("headword\\-keyness"));
    let report = page("headword-report.1");
    assert!(report.contains(".TH") && report.contains("\\-\\-sections") && report.contains("\\-\\-topics\\-"), "{report}");
}

#[test]
fn documents_cannot_command_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("news.csv");
    // Colours, a window title, a bell, and an 8-bit control sequence, in outlet, title and column name.
    let attack = "\u{1b}[31mred\u{1b}[0m\u{1b}]0;owned\u{7}\u{9b}2J";
    let mut text = format!("id,outlet,title,body,\"{attack}\"\n");
    for number in 0..6 {
        text.push_str(&format!("{number},{attack}{},{attack},{attack} the port is full of ships,x\n", number % 2));
    }
    fs::write(&path, text).unwrap();
    let (input, out) = (path.to_string_lossy().into_owned(), folder.path().join("report").to_string_lossy().into_owned());
    let cases: [&[&str]; 6] = [
        &["inspect", &input],
        &["overview", &input, "--format", "table"],
        &["terms", &input, "--format", "csv"],
        &["terms", &input, "--format", "markdown"],
        &["report", &input, "--out", &out],
        &["terms", &input, "--by", attack],
    ];
    for arguments in cases {
        let output = command(arguments).output().unwrap();
        for (name, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
            let text = String::from_utf8_lossy(bytes);
            let control = text.chars().find(|character| character.is_control() && !"\n\r\t".contains(*character));
            assert_eq!(control, None, "{name} of {arguments:?}: {text}");
        }
    }
    for name in ["report.html", "run.json", "tables/overview.csv", "tables/terms.csv"] {
        let text = fs::read_to_string(folder.path().join("report").join(name)).unwrap();
        assert!(!text.contains(['\u{1b}', '\u{7}', '\u{9b}']), "{name}");
    }
}

/// A terminal for the command: util-linux' `script`, or none.
#[cfg(target_os = "linux")]
fn on_a_terminal(arguments: &str, environment: &[(&str, &str)]) -> Option<String> {
    let line = format!("{} {arguments}", env!("CARGO_BIN_EXE_headword"));
    let mut script = std::process::Command::new("script");
    let output = script.args(["-qec", &line, "/dev/null"]).envs(environment.iter().copied()).stdin(std::process::Stdio::null()).output();
    output.ok().map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(target_os = "linux")]
#[test]
fn colour_is_for_terminals_without_no_color() {
    let plain = [("TERM", "xterm"), ("NO_COLOR", "")];
    let Some(coloured) = on_a_terminal("terms no-such-folder", &plain) else {
        return; // Not a test of this machine's tools.
    };
    assert!(coloured.contains("\u{1b}[1;31merror:"), "{coloured:?}");
    let without = on_a_terminal("terms no-such-folder --quiet", &[("TERM", "xterm"), ("NO_COLOR", "1")]).unwrap();
    assert!(without.contains("error: there is no file or folder") && !without.contains("\u{1b}["), "{without:?}");
    let clap = on_a_terminal("terms --no-such-flag", &[("TERM", "xterm"), ("NO_COLOR", "1")]).unwrap();
    assert!(clap.contains("--no-such-flag") && !clap.contains("\u{1b}["), "{clap:?}");
    // The bar on a terminal names the stage and clears itself; `--quiet` shows nothing of it.
    let folder = tempfile::tempdir().unwrap();
    let report = format!("report --sample --sections overview --out {}", folder.path().join("report").display());
    let shown = on_a_terminal(&report, &[("TERM", "xterm"), ("NO_COLOR", "1")]).unwrap();
    assert!(shown.contains("documents  70") && !shown.contains("\u{1b}[36m") && !shown.contains("\u{1b}[1m"), "{shown:?}");
    let quiet = on_a_terminal(&format!("{report} --force --quiet"), &[("TERM", "xterm")]).unwrap();
    assert_eq!(quiet, "", "quiet is quiet");
}

#[test]
fn progress_is_plain_lines_where_there_is_no_terminal() {
    let output = command(&["terms", "--sample", "--format", "csv"]).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("headword: reading and counting\n") && said.contains("headword: terms\n"), "{said}");
    let output = command(&["terms", "--sample", "--format", "csv", "--quiet"]).output().unwrap();
    assert!(output.stderr.is_empty());
}
