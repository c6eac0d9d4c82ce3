//! What headword says about itself: `verify`, `measures`, `explain`.

use super::command::{flag, quiet};
use super::{print, verbs};
use crate::analyses::catalogue::{columns, measures, tables, verify};
use crate::analyses::{ANALYSES, measures as measure_registry};
use crate::config::RUN_PARAMS;
use crate::error::{Error, ErrorKind, Result, nearest};
use crate::export::ExportOptions;
use crate::pipeline::REJECTS;
use crate::table::{Table, TableSpec, Value};
use clap::{Arg, ArgMatches, Command};
use std::io::{IsTerminal, Write};

/// The verbs of this file.
pub(super) fn commands() -> Vec<Command> {
    vec![
        Command::new("verify")
            .about("Run every case of every measure: source, expected value, value here; fails if one differs")
            .args(format_flag())
            .arg(quiet()),
        Command::new("measures").about("List the measures with formula and source").args(format_flag()),
        Command::new("explain")
            .about("Tell what a column, table, analysis or measure means, such as `keyness.log_ratio`")
            .arg(
                Arg::new("name")
                    .value_name("NAME")
                    .help("`table.column`, or the name of a column, table, analysis or measure; all columns if left out"),
            )
            .args(format_flag()),
    ]
}

fn format_flag() -> Option<Arg> {
    RUN_PARAMS.iter().find(|param| param.name == "format").map(|param| flag(param.name.to_owned(), param.name.to_owned(), param))
}

/// Runs `verb` if it is one of these.
pub(super) fn run(verb: &str, matches: &ArgMatches) -> Option<Result<()>> {
    match verb {
        "verify" => Some(run_verify(matches)),
        "measures" => Some(run_measures(matches)),
        "explain" => Some(explain(matches)),
        _ => None,
    }
}

/// The form that was asked for, checked.
fn format(matches: &ArgMatches) -> Result<&'static str> {
    let Some(param) = RUN_PARAMS.iter().find(|param| param.name == "format") else { return Ok("auto") };
    let typed = matches.get_one::<String>("format").map_or(param.default, String::as_str);
    match param.parse(typed)? {
        crate::params::ParamValue::Choice(word) => Ok(word),
        _ => Ok("auto"),
    }
}

fn show(table: &Table, matches: &ArgMatches) -> Result<()> {
    verbs::print_table(table, verbs::format_of(format(matches)?, false)?, &ExportOptions::default(), None)
}

/// Whether a person reads along, for whom no line may be cut.
fn is_for_people(matches: &ArgMatches) -> Result<bool> {
    Ok(format(matches)? == "auto" && std::io::stdout().is_terminal())
}

fn run_measures(matches: &ArgMatches) -> Result<()> {
    if !is_for_people(matches)? {
        return show(&measures(), matches);
    }
    let texts: Vec<String> = measure_registry::registry().iter().map(|measure| measure_text(measure)).collect();
    print(&texts.join("\n"))
}

fn measure_text(measure: &measure_registry::Measure) -> String {
    format!(
        "{} ({}): {}\n  {}\n  Formula: {}\n  Unit: {}\n  Source: {}\n",
        measure.name,
        measure.symbol,
        measure.kind.name(),
        measure.meaning,
        measure.formula,
        measure.unit,
        measure.source
    )
}

/// One line a case: the verdict, expected value and value found, and who expects it.
fn case_lines(cases: &Table) -> String {
    let number =
        |column: &str, row: usize| cases.number(column, row).map_or_else(|| "not defined".to_owned(), |value| format!("{value:.9}"));
    let text = |column: &str, row: usize| cases.text(column, row).unwrap_or_default();
    let line = |row: usize| {
        let verdict = if cases.value("agrees", row) == Value::Boolean(true) { "agrees " } else { "DIFFERS" };
        let (expected, got) = (number("expected", row), number("got", row));
        format!(
            "{verdict}  {:35}  expected {expected:>18}  got {got:>18}  {}: {}\n",
            text("measure", row),
            text("origin", row),
            text("case", row)
        )
    };
    (0..cases.rows()).map(line).collect()
}

fn run_verify(matches: &ArgMatches) -> Result<()> {
    let verification = verify();
    if is_for_people(matches)? {
        print(&case_lines(&verification.table))?
    } else {
        show(&verification.table, matches)?
    }
    let cases = verification.table.rows();
    if verification.failed > 0 {
        return Err(Error::new(ErrorKind::Internal, format!("{} of {cases} cases do not agree", verification.failed))
            .hint("the rows that do not agree tell which; please report them with your machine and the version"));
    }
    if !matches.get_flag("quiet") {
        // A courtesy: a closed stderr must not make the check fail.
        let _ = writeln!(std::io::stderr().lock(), "all {cases} cases of {} measures agree", verification.measures);
    }
    Ok(())
}

fn explain(matches: &ArgMatches) -> Result<()> {
    let mut all = tables();
    all.push(&REJECTS);
    let Some(name) = matches.get_one::<String>("name").map(|name| name.trim().to_lowercase()) else {
        return show(&columns(&all, None, None), matches);
    };
    let form = format(matches)?;
    let found = match name.split_once('.') {
        Some((table, column)) => columns(&all, Some(table), Some(column)),
        None => columns(&all, None, Some(&name)),
    };
    // Scripts ask for a form and get rows; people get sentences.
    if form != "auto" {
        let found = if found.rows() == 0 && !name.contains('.') { columns(&all, Some(&name), None) } else { found };
        return if found.rows() == 0 { Err(unknown(&name, &all)) } else { show(&found, matches) };
    }
    let mut parts = Vec::new();
    if found.rows() > 0 {
        parts.extend(column_texts(&found));
    }
    if let Some(entry) = ANALYSES.iter().find(|entry| entry.name == name) {
        let tables: Vec<&str> = entry.tables.iter().map(|table| table.name).collect();
        parts.push(format!(
            "{}: {}\n  {}\n  Not for: {}\n  Tables: {}\n",
            entry.name,
            entry.title,
            sentence(entry.summary),
            sentence(entry.not_for),
            tables.join(", ")
        ));
    }
    if let Some(table) = all.iter().find(|table| table.name == name) {
        parts.push(table_text(table));
    }
    if let Some(measure) = measure_registry::find(&name) {
        parts.push(measure_text(measure));
    }
    if parts.is_empty() { Err(unknown(&name, &all)) } else { print(&parts.join("\n")) }
}

fn sentence(text: &str) -> String {
    format!("{}.", text.trim_end_matches('.'))
}

/// One paragraph a meaning: tables in which the column means the same stand together.
fn column_texts(found: &Table) -> Vec<String> {
    let mut told: Vec<(usize, Vec<String>)> = Vec::new();
    for row in 0..found.rows() {
        let same = |of: &usize| {
            ["column", "heading", "unit", "meaning", "source"].iter().all(|column| found.value(column, *of) == found.value(column, row))
        };
        let table = found.text("table", row).unwrap_or_default().to_owned();
        match told.iter_mut().find(|(of, _)| same(of)) {
            Some((_, tables)) => tables.push(table),
            None => told.push((row, vec![table])),
        }
    }
    let text = |(row, tables): (usize, Vec<String>)| {
        let cell = |column: &str| found.text(column, row).unwrap_or_default();
        let line = |label: &str, column: &str| match found.value(column, row) {
            Value::Text(text) => format!("  {label}: {text}\n"),
            _ => String::new(),
        };
        let name = if tables.len() == 1 { format!("{}.{}", tables[0], cell("column")) } else { cell("column").to_owned() };
        let others = if tables.len() > 1 { format!("  In the tables: {}\n", tables.join(", ")) } else { String::new() };
        format!("{name}: {}\n  {}\n{}{}{others}", cell("heading"), cell("meaning"), line("Unit", "unit"), line("Source", "source"))
    };
    told.into_iter().map(text).collect()
}

fn table_text(table: &TableSpec) -> String {
    let width = table.columns.iter().map(|column| column.name.len()).max().unwrap_or(0);
    let columns: Vec<String> = table.columns.iter().map(|column| format!("  {:width$}  {}", column.name, column.meaning)).collect();
    format!("The table {}: {}\n  {}\n  Order: {}.\n\n{}\n", table.name, table.title, table.summary, table.order, columns.join("\n"))
}

fn unknown(name: &str, tables: &[&'static TableSpec]) -> Error {
    let mut names: Vec<String> =
        tables.iter().flat_map(|table| table.columns.iter().map(|column| format!("{}.{}", table.name, column.name))).collect();
    if !name.contains('.') {
        names = tables.iter().flat_map(|table| table.columns.iter().map(|column| column.name.to_owned())).collect();
        names.extend(tables.iter().map(|table| table.name.to_owned()));
        names.extend(ANALYSES.iter().map(|entry| entry.name.to_owned()));
        names.extend(measure_registry::registry().iter().map(|measure| measure.name.to_owned()));
    }
    names.sort();
    names.dedup();
    let error = Error::usage(format!("nothing is called `{name}`"));
    match nearest(name, names.iter().map(String::as_str)) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error.hint("`headword explain` lists all columns, `headword measures` all measures"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_get_one_line_a_case_that_names_its_source() {
        let verification = verify();
        let lines = case_lines(&verification.table);
        assert_eq!(lines.lines().count(), verification.table.rows());
        let golden = lines.lines().find(|line| line.contains("log_likelihood ") && line.contains("83.285813")).unwrap();
        assert!(golden.starts_with("agrees ") && golden.matches("83.28581").count() == 2 && golden.contains("oracle: scipy"), "{golden}");
    }

    #[test]
    fn unknown_names_get_the_nearest_and_shared_columns_one_paragraph() {
        let all = tables();
        assert_eq!(unknown("keyness.log_ration", &all).hint_text(), Some("did you mean `keyness.log_ratio`?"));
        assert_eq!(unknown("jensen_shanon", &all).hint_text(), Some("did you mean `jensen_shannon`?"));
        assert_eq!(unknown("zzzzzzzzzz", &all).exit_code(), 2);
        let texts = column_texts(&columns(&all, None, Some("group")));
        assert!(texts.len() == 1 && texts[0].contains("In the tables: ") && texts[0].contains("keyness"), "{texts:?}");
    }
}
