//! Writing results: into a temporary folder beside the target, renamed when whole.

use super::manifest::manifest;
use super::page_parts::{explored_section, explorer, method};
use super::pictures::drawn;
use super::plan::Plan;
use super::run::Run;
use crate::analyses::contexts::contexts_of_findings;
use crate::chart::Theme;
use crate::corpus::Reject;
use crate::error::{Error, Result};
use crate::export::{ExportOptions, TableFormat, columns_csv, write_table};
use crate::report::{Rejects, ReportChart, ReportInput, ReportSection, page};
use crate::table::format::{iso_date, thousands};
use crate::table::glossary::column;
use crate::table::{ColumnKind, ColumnSpec, Finding, Table, TableBuilder, TableSpec};
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// What was written.
#[derive(Debug)]
pub struct Published {
    /// The folder.
    pub folder: PathBuf,
    /// The findings worth reading first, best first.
    pub findings: Vec<Finding>,
    /// Number of tables and charts.
    pub tables: usize,
    /// Number of charts.
    pub charts: usize,
}

column!(/// File.
    FILE, "file", "File", ColumnKind::Text, "", "File, relative to the input.", "");
column!(/// Row.
    ROW, "row", "Row", ColumnKind::Integer, "", "Row or line number from 1; 0 for a whole file.", "");
column!(/// Reason.
    REASON, "reason", "Reason", ColumnKind::Text, "", "Why the row or file could not be used.", "");
column!(/// Excerpt.
    EXCERPT, "excerpt", "Excerpt", ColumnKind::Text, "", "The first characters, for finding it again.", "");

static REJECTS: TableSpec = TableSpec {
    name: "rejects",
    title: "Rows and files that could not be used",
    summary: "One row a rejected row or file.",
    order: "in the order of reading",
    columns: &[&FILE, &ROW, &REASON, &EXCERPT],
};

fn rejects_table(rejects: &[Reject]) -> Table {
    let mut builder = TableBuilder::new(&REJECTS);
    for reject in rejects {
        builder.row([reject.file.as_str().into(), reject.row.into(), reject.reason.as_str().into(), reject.excerpt.as_str().into()]);
    }
    builder.finish()
}

/// Checks, before the long work, that `folder` can be written and holds nothing but an earlier result.
///
/// # Errors
/// An output error with a hint if it is a file, a foreign folder that is not empty, or can't be made.
pub fn prepare_folder(folder: &Path) -> Result<()> {
    if folder.is_file() {
        return Err(Error::output(format!("`{}` is a file, not a folder", folder.display())).hint("give another folder with `--out`"));
    }
    let foreign =
        folder.is_dir() && !folder.join("run.json").is_file() && fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if foreign {
        return Err(Error::output(format!("`{}` holds files that headword did not write", folder.display()))
            .hint("give an empty or new folder with `--out`; headword replaces only folders of its own"));
    }
    let parent = parent_of(folder);
    fs::create_dir_all(&parent).and_then(|()| tempfile::Builder::new().prefix(".headword-").tempdir_in(&parent).map(drop)).map_err(
        |error| {
            Error::output(format!("can't write to `{}`: {error}", parent.display()))
                .hint("give a folder that you may write to with `--out`")
        },
    )
}

fn parent_of(folder: &Path) -> PathBuf {
    match folder.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// Writes with `fill` into a temporary folder and puts it in the place of `folder` when that went well.
fn replace_folder(folder: &Path, fill: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let failed = |error: std::io::Error| Error::output(format!("can't write `{}`: {error}", folder.display()));
    let temporary = tempfile::Builder::new().prefix(".headword-").tempdir_in(parent_of(folder)).map_err(failed)?;
    let fresh = temporary.path().join("new");
    fs::create_dir(&fresh).map_err(failed)?;
    fill(&fresh)?;
    if folder.exists() {
        fs::rename(folder, temporary.path().join("old")).map_err(failed)?;
    }
    fs::rename(&fresh, folder).map_err(failed)
}

fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).map_err(|error| Error::output(format!("can't write `{}`: {error}", path.display())))
}

fn write_table_file(folder: &Path, table: &Table, format: TableFormat, options: &ExportOptions) -> Result<()> {
    let path = folder.join(format!("{}.{}", table.spec.name, format.extension()));
    let failed = |error: std::io::Error| Error::output(format!("can't write `{}`: {error}", path.display()));
    let mut out = BufWriter::new(fs::File::create(&path).map_err(failed)?);
    write_table(table, format, options, &mut out)?;
    out.flush().map_err(failed)?;
    write_file(&folder.join(format!("{}.columns.csv", table.spec.name)), columns_csv(table.spec).as_bytes())
}

/// Writes one file a table (with its columns file) to `folder`, and `run.json`.
///
/// # Errors
/// An output error; the folder is then as it was.
pub fn publish_tables(run: &Run, plan: &Plan, folder: &Path, format: TableFormat, options: &ExportOptions) -> Result<Published> {
    let mut tables = 0;
    replace_folder(folder, |fresh| {
        for table in run.sections.iter().flat_map(|section| &section.output.tables) {
            write_table_file(fresh, table, format, options)?;
            tables += 1;
        }
        if !run.corpus.notes.rejects.is_empty() {
            write_table_file(fresh, &rejects_table(&run.corpus.notes.rejects), format, options)?;
        }
        write_file(&fresh.join("run.json"), manifest(run, plan)?.as_bytes())
    })?;
    Ok(Published { folder: folder.to_owned(), findings: findings(run), tables, charts: 0 })
}

/// Texts that the user sets on the report.
#[derive(Debug, Clone, Default)]
pub struct Dressing {
    /// Title of the report.
    pub title: String,
    /// Author, if named.
    pub author: Option<String>,
}

/// Writes the whole report to `folder`: tables, charts, page, manifest, rejects.
///
/// # Errors
/// An output error; the folder is then as it was.
pub fn publish_report(run: &Run, plan: &Plan, folder: &Path, dressing: &Dressing, options: &ExportOptions) -> Result<Published> {
    let drawn = drawn(run, &plan.charts)?;
    let findings = findings(run);
    let all_tables: Vec<&Table> = run.sections.iter().flat_map(|section| &section.output.tables).collect();
    let cited: Vec<&Finding> = run.sections.iter().flat_map(|section| &section.output.findings).collect();
    let mut contexts = contexts_of_findings(&run.corpus, &all_tables, &cited, plan.context.seed);
    let mut explorer = explorer(run, plan);
    let explored = explored_section(run);
    let sections = run
        .sections
        .iter()
        .enumerate()
        .map(|(number, section)| ReportSection {
            name: section.entry.name.to_owned(),
            title: section.entry.title.to_owned(),
            summary: section.entry.summary.to_owned(),
            not_for: section.entry.not_for.to_owned(),
            notes: section.output.notes.clone(),
            findings: section.output.findings.clone(),
            charts: drawn
                .iter()
                .filter(|drawn| drawn.section == number)
                .map(|drawn| ReportChart {
                    name: drawn.spec.name.clone(),
                    title: drawn.spec.title.clone(),
                    caption: format!("{}. {}", drawn.spec.subtitle.trim_end_matches('.'), drawn.spec.footer),
                    svg: &drawn.light.svg,
                    svg_dark: Some(&drawn.dark.svg),
                    alternative_text: drawn.light.alternative_text.clone(),
                    files: drawn.files(&plan.charts).into_iter().map(|(name, _)| (form_of(&name), format!("charts/{name}"))).collect(),
                })
                .collect(),
            tables: section.output.tables.iter().collect(),
            contexts: if number == 0 { std::mem::take(&mut contexts) } else { Vec::new() },
            explorer: if number == explored { explorer.take() } else { None },
        })
        .collect();
    let rejects = rejects_table(&run.corpus.notes.rejects);
    let input = ReportInput {
        title: dressing.title.clone(),
        subtitle: subtitle(run),
        is_dark: plan.charts.theme == Theme::Dark,
        author: dressing.author.clone(),
        logo: None,
        key_figures: key_figures(run),
        provenance: provenance(run, plan),
        headline_findings: findings.iter().take(8).cloned().collect(),
        cards: run.sections.iter().flat_map(|section| section.output.cards.iter().cloned()).collect(),
        sections,
        method: method(run),
        limits: limits(run),
        rejects: reasons(run),
    };
    let html = page(&input)?;
    let tables = run.sections.iter().map(|section| section.output.tables.len()).sum();
    replace_folder(folder, |fresh| {
        let (table_folder, chart_folder) = (fresh.join("tables"), fresh.join("charts"));
        for folder in [&table_folder, &chart_folder] {
            fs::create_dir(folder).map_err(|error| Error::output(format!("can't make `{}`: {error}", folder.display())))?;
        }
        for table in run.sections.iter().flat_map(|section| &section.output.tables) {
            write_table_file(&table_folder, table, TableFormat::Csv, options)?;
        }
        for (name, bytes) in drawn.iter().flat_map(|drawn| drawn.files(&plan.charts)) {
            write_file(&chart_folder.join(name), bytes)?;
        }
        if rejects.rows() > 0 {
            write_table_file(fresh, &rejects, TableFormat::Csv, options)?;
        }
        write_file(&fresh.join("report.html"), html.as_bytes())?;
        write_file(&fresh.join("run.json"), manifest(run, plan)?.as_bytes())
    })?;
    Ok(Published { folder: folder.to_owned(), findings, tables, charts: drawn.len() })
}

/// All findings, best first; of equally good ones the earlier analysis' first.
fn findings(run: &Run) -> Vec<Finding> {
    let mut findings: Vec<Finding> = run.sections.iter().flat_map(|section| section.output.findings.iter().cloned()).collect();
    findings.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    findings
}

/// The form of a file by its name: `PNG`, `SVG`.
fn form_of(name: &str) -> String {
    name.rsplit('.').next().unwrap_or(name).to_uppercase()
}

fn date_span(run: &Run) -> Option<(i32, i32)> {
    let dates = || run.corpus.documents.dates.iter().flatten().copied();
    Some((dates().min()?, dates().max()?))
}

fn subtitle(run: &Run) -> String {
    let corpus = &run.corpus;
    let documents = format!("{} documents", thousands(corpus.documents.len() as u64));
    let groups = if corpus.groups.comparable() { format!(", {} {}s", corpus.groups.len(), corpus.groups.field) } else { String::new() };
    let dates = date_span(run).map_or(String::new(), |(first, last)| format!(", {} to {}", iso_date(first), iso_date(last)));
    format!("{documents}{groups}{dates}")
}

fn key_figures(run: &Run) -> Vec<(String, String)> {
    let corpus = &run.corpus;
    let mut figures = vec![
        ("documents".to_owned(), thousands(corpus.documents.len() as u64)),
        ("words".to_owned(), thousands(corpus.group_terms.total_words())),
    ];
    if corpus.groups.comparable() {
        figures.push((format!("{}s", corpus.groups.field), corpus.groups.len().to_string()));
    }
    if let Some((first, last)) = date_span(run) {
        figures.push(("days".to_owned(), thousands((last - first) as u64 + 1)));
    }
    figures
}

fn provenance(run: &Run, plan: &Plan) -> Vec<(String, String)> {
    let corpus = &run.corpus;
    let names: Vec<String> = plan.read.inputs.iter().map(|path| super::manifest::input_name(path)).collect();
    let mut rows = vec![
        ("Inputs".to_owned(), names.join(", ")),
        ("Documents".to_owned(), thousands(corpus.documents.len() as u64)),
        ("Words".to_owned(), thousands(corpus.group_terms.total_words())),
        ("Groups by".to_owned(), if corpus.groups.field.is_empty() { "none".to_owned() } else { corpus.groups.field.clone() }),
        ("Terms".to_owned(), corpus.folding.description.clone()),
        ("Language".to_owned(), if corpus.language.is_empty() { "unknown".to_owned() } else { corpus.language.clone() }),
        ("Seed".to_owned(), plan.context.seed.to_string()),
        ("Made with".to_owned(), format!("headword {}", env!("CARGO_PKG_VERSION"))),
    ];
    if let Some((first, last)) = date_span(run) {
        rows.insert(3, ("Dates".to_owned(), format!("{} to {}", iso_date(first), iso_date(last))));
    }
    rows
}

fn reasons(run: &Run) -> Rejects {
    let mut reasons: BTreeMap<&str, u64> = BTreeMap::new();
    for reject in &run.corpus.notes.rejects {
        *reasons.entry(&reject.reason).or_default() += 1;
    }
    Rejects {
        documents: run.corpus.documents.len() as u64,
        reasons: reasons.into_iter().map(|(reason, count)| (reason.to_owned(), count)).collect(),
    }
}

fn limits(run: &Run) -> Vec<String> {
    run.corpus.groups.absence.iter().map(|absence| format!("There are no comparisons: {absence}.")).collect()
}
