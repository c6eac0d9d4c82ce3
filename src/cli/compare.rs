//! `headword compare A B`: the words that set two folders, files or groups apart, both ways, told in words.

use super::command::{corpus_verb, section_flags};
use super::verbs::{Order, analysis_of, carry_out, check_rejects};
use super::{print, printable};
use crate::analyses::keyness;
use crate::error::{Error, Result};
use crate::pipeline::{Plan, Run, SIDE_FIELD, plan};
use crate::table::Table;
use crate::table::format::{decimal, grouped_integer, probability, thousands};
use clap::{ArgMatches, Command};
use std::path::{Path, PathBuf};

/// Terms that are told on each side.
const TOLD: usize = 15;

/// The verb.
pub(super) fn command() -> Command {
    corpus_verb("compare", "Compare two folders, files or groups: which words each writes more")
        .override_usage("headword compare [OPTIONS] A B\n       headword compare [OPTIONS] A B INPUT...")
        .mut_arg("inputs", |arg| {
            arg.value_name("A B [INPUT]").help("two folders or files; or the names of two groups, then the folders or files that hold them")
        })
        .after_help(
            "Two that exist as folders or files are compared whole; else A and B are groups of the inputs, by outlet or `--by FIELD`.",
        )
        .args(section_flags(&keyness::ENTRY))
}

/// Runs the verb.
pub(super) fn run(matches: &ArgMatches) -> Result<()> {
    let typed: Vec<&str> = matches.get_many::<String>("inputs").into_iter().flatten().map(String::as_str).collect();
    let [first, second, inputs @ ..] = typed.as_slice() else {
        return Err(Error::usage("there are not two to compare")
            .hint("try `headword compare FOLDER FOLDER` or `headword compare GROUP GROUP INPUT`"));
    };
    let is_sample = matches.get_flag("sample");
    let exist = [first, second].map(|name| Path::new(name).exists());
    let of_paths = inputs.is_empty() && !is_sample && exist[0] && exist[1];
    let paths = if of_paths { vec![PathBuf::from(first), PathBuf::from(second)] } else { inputs.iter().map(PathBuf::from).collect() };
    let order = Order::with_inputs(matches, paths)?;
    if order.settings.inputs.is_empty() {
        let missing = if exist[0] { second } else { first };
        return Err(Error::usage(format!("there is no file or folder `{missing}`"))
            .hint("to compare two groups, name the folder or file that holds them too: `headword compare GROUP GROUP INPUT`"));
    }
    let mut plan = plan(&order.settings, &[&keyness::ENTRY])?;
    if of_paths {
        plan.read.inputs = vec![PathBuf::from(first), PathBuf::from(second)];
        plan.sides = labels(first, second)?;
        plan.count.group_field = SIDE_FIELD.to_owned();
        plan.count.group_field_is_stated = true;
        plan.read.required_fields.retain(|field| Some(field.as_str()) != order.settings.run.text("by"));
    } else {
        if plan.count.group_field == "language" {
            return Err(Error::usage("two languages share too few words to be compared").hint("name another field with `--by`"));
        }
        plan.only_groups = vec![(*first).to_owned(), (*second).to_owned()];
    }
    if order.settings.run.text("out").is_some() || order.settings.run.choice("format") != "auto" {
        return analysis_of(&order, &keyness::ENTRY, &plan);
    }
    let run = carry_out(&plan, order.quiet)?;
    print(&printable(&told(&run, &plan, of_paths)?))?;
    check_rejects(&run, &plan)
}

/// What the two sides are called: their names without extensions, or where these are the same the paths as typed.
fn labels(first: &str, second: &str) -> Result<Vec<String>> {
    let full = |typed: &str| Path::new(typed).canonicalize().unwrap_or_else(|_| PathBuf::from(typed));
    if full(first) == full(second) {
        return Err(Error::usage(format!("`{first}` and `{second}` are the same")).hint("name two different folders or files"));
    }
    let name = |typed: &str| {
        let name = full(typed).file_name().map_or_else(|| typed.to_owned(), |name| name.to_string_lossy().into_owned());
        let stem = if Path::new(typed).is_dir() { name.as_str() } else { name.split('.').next().unwrap_or(&name) };
        if stem.is_empty() { typed.to_owned() } else { stem.to_owned() }
    };
    let names = vec![name(first), name(second)];
    Ok(if names[0] == names[1] { vec![first.to_owned(), second.to_owned()] } else { names })
}

/// The comparison in words.
fn told(run: &Run, plan: &Plan, of_paths: bool) -> Result<String> {
    let corpus = &run.corpus;
    let output = run.sections.first().map(|section| &section.output);
    let table = output.and_then(|output| output.tables.iter().find(|table| table.spec.name == "keyness"));
    let (Some(output), Some(table), true) = (output, table, corpus.groups.len() == 2) else {
        let reason = output.map_or_else(String::new, |output| output.notes.join(" "));
        return Err(Error::input("the two can't be compared").hint(reason));
    };
    let members = corpus.groups.members();
    let size = |group: usize| {
        let documents = members[group].len();
        format!(
            "{} ({} document{}, {} words)",
            corpus.groups.names[group],
            thousands(documents as u64),
            if documents == 1 { "" } else { "s" },
            thousands(corpus.group_terms.words[group])
        )
    };
    let what = if of_paths { "inputs".to_owned() } else { format!("{}s", plan.count.group_field) };
    let mut text = format!("Two {what} compared: {} and {}.\n\n", size(0), size(1));
    let rows = |group: usize| {
        (0..table.rows())
            .filter(|&row| table.text("group", row) == Some(&corpus.groups.names[group]) && table.text("direction", row) == Some("more"))
            .collect::<Vec<usize>>()
    };
    let (one, two) = (rows(0), rows(1));
    text.push_str(&side(table, &one, [&corpus.groups.names[0], &corpus.groups.names[1]]));
    text.push('\n');
    text.push_str(&side(table, &two, [&corpus.groups.names[1], &corpus.groups.names[0]]));
    text.push('\n');
    text.push_str("How: every term is compared with documents as the unit, since words of one document are not independent. The log ratio is the binary logarithm of the ratio of rates (1 is twice as often), with its 95 % interval; q is the false discovery rate. Terms stand in the order of the interval's end nearer 0, so that sure and large differences lead.\n");
    for note in &output.notes {
        text.push_str(&format!("{note}\n"));
    }
    text.push_str("All columns: `--format csv`; a report with charts: `headword report`.\n");
    Ok(text)
}

/// The terms that the first of `names` writes more.
fn side(table: &Table, rows: &[usize], names: [&str; 2]) -> String {
    if rows.is_empty() {
        return format!("No term is surely more frequent in {}.\n", names[0]);
    }
    let shown = &rows[..rows.len().min(TOLD)];
    let of = if shown.len() < rows.len() {
        format!("{} of {} terms", shown.len(), grouped_integer(rows.len() as i64))
    } else {
        format!("{} terms", rows.len())
    };
    let number =
        |row: usize, column: &str, decimals: u8| table.number(column, row).map_or_else(String::new, |value| decimal(value, decimals));
    let heading = ["term", "per million", "in the other", "log ratio", "95 % interval", "q", ""].map(str::to_owned);
    let cells = shown.iter().map(|&row| {
        let ends = [number(row, "log_ratio_low", 2), number(row, "log_ratio_high", 2)];
        let interval = match ends.iter().any(|end| !end.is_empty()) {
            true => format!("{} to {}", or_dots(&ends[0]), or_dots(&ends[1])),
            false => String::new(),
        };
        [
            table.text("term", row).unwrap_or_default().to_owned(),
            number(row, "per_million", 1),
            number(row, "per_million_rest", 1),
            number(row, "log_ratio", 2),
            interval,
            table.number("q_value", row).map_or_else(String::new, probability),
            table.text("flag", row).unwrap_or_default().to_owned(),
        ]
    });
    let lines: Vec<[String; 7]> = std::iter::once(heading).chain(cells).collect();
    let width = |column: usize| lines.iter().map(|cells| cells[column].chars().count()).max().unwrap_or(0);
    let mut text = format!("More in {} than in {} ({of}):\n", names[0], names[1]);
    for cells in &lines {
        let line: Vec<String> = cells
            .iter()
            .enumerate()
            .map(|(column, cell)| {
                let pad = " ".repeat(width(column).saturating_sub(cell.chars().count()));
                if matches!(column, 0 | 6) { format!("{cell}{pad}") } else { format!("{pad}{cell}") }
            })
            .collect();
        text.push_str(&format!("  {}\n", line.join("  ").trim_end()));
    }
    text
}

/// An end of an interval that is not known.
fn or_dots(end: &str) -> &str {
    if end.is_empty() { "…" } else { end }
}
