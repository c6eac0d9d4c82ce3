//! Writing results: into a temporary folder beside the target, renamed when whole.

use super::current::note;
use super::dressing::Dressing;
use super::forms::{Forms, book, write_notebook};
use super::inputs::{InputDigest, input_name};
use super::manifest::manifest;
use super::page_parts::{explored_section, explorer, method};
use super::pictures::drawn;
use super::plan::Plan;
use super::progress::Progress;
use super::run::{Run, interrupted};
use crate::analyses::contexts::contexts_of_findings;
use crate::chart::Theme;
use crate::corpus::Reject;
use crate::error::{Error, Result};
use crate::export::{ExportOptions, Picture, TableFormat, columns_csv, write_table};
use crate::maths::map_parts;
use crate::report::{Rejects, ReportChart, ReportInput, ReportSection, page};
use crate::table::format::{iso_date, thousands};
use crate::table::glossary::column;
use crate::table::{ChartSpec, ColumnKind, ColumnSpec, Finding, Table, TableBuilder, TableSpec};
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

/// Where a result goes, in which forms, and what is told on the way.
pub struct Publication<'a> {
    /// The folder to write.
    pub folder: &'a Path,
    /// The inputs as they were before the run.
    pub inputs: &'a [InputDigest],
    /// The forms of tables.
    pub forms: Forms,
    /// Title, author and logo.
    pub dressing: Dressing,
    /// Receives stages, and tells whether the user wants to stop.
    pub progress: &'a dyn Progress,
}

column!(/// File.
    FILE, "file", "File", ColumnKind::Text, "", "File, relative to the input.", "");
column!(/// Row.
    ROW, "row", "Row", ColumnKind::Integer, "", "Row or line number from 1; 0 for a whole file.", "");
column!(/// Reason.
    REASON, "reason", "Reason", ColumnKind::Text, "", "Why the row or file could not be used.", "");
column!(/// Excerpt.
    EXCERPT, "excerpt", "Excerpt", ColumnKind::Text, "", "The first characters, for finding it again.", "");

/// Rows and files that could not be used.
pub static REJECTS: TableSpec = TableSpec {
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
fn replace_folder(publication: &Publication<'_>, fill: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let folder = publication.folder;
    let failed = |error: std::io::Error| Error::output(format!("can't write `{}`: {error}", folder.display()));
    let temporary = tempfile::Builder::new().prefix(".headword-").tempdir_in(parent_of(folder)).map_err(failed)?;
    let fresh = temporary.path().join("new");
    fs::create_dir(&fresh).map_err(failed)?;
    fill(&fresh)?;
    check_interrupt(publication.progress)?;
    if folder.exists() {
        fs::rename(folder, temporary.path().join("old")).map_err(failed)?;
    }
    fs::rename(&fresh, folder).map_err(failed)
}

/// Ends the writing if the user wants to stop; the temporary folder then goes.
pub(super) fn check_interrupt(progress: &dyn Progress) -> Result<()> {
    if progress.is_cancelled() { Err(interrupted()) } else { Ok(()) }
}

pub(super) fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).map_err(|error| Error::output(format!("can't write `{}`: {error}", path.display())))
}

pub(super) fn write_table_file(folder: &Path, table: &Table, format: TableFormat, options: &ExportOptions) -> Result<()> {
    let path = folder.join(format!("{}.{}", table.spec.name, format.extension()));
    let failed = |error: std::io::Error| Error::output(format!("can't write `{}`: {error}", path.display()));
    let mut out = BufWriter::new(fs::File::create(&path).map_err(failed)?);
    write_table(table, format, options, &mut out)?;
    out.flush().map_err(failed)
}

fn write_columns_file(folder: &Path, table: &Table) -> Result<()> {
    write_file(&folder.join(format!("{}.columns.csv", table.spec.name)), columns_csv(table.spec).as_bytes())
}

/// Writes each of `tables` in all `formats`, with its columns file; several at a time.
fn write_table_files(folder: &Path, tables: Vec<&Table>, formats: &[TableFormat], publication: &Publication<'_>) -> Result<()> {
    let write = |table: &Table| {
        for &format in formats {
            check_interrupt(publication.progress)?;
            write_table_file(folder, table, format, &publication.forms.csv)?;
        }
        write_columns_file(folder, table)
    };
    map_parts(tables, write).into_iter().collect()
}

/// Writes one file a table (with its columns file), or one workbook, and `run.json`.
///
/// # Errors
/// An output error; the folder is then as it was.
pub fn publish_tables(run: &Run, plan: &Plan, publication: &Publication<'_>, format: TableFormat) -> Result<Published> {
    let findings = findings(run);
    let rejects = rejects_table(&run.corpus.notes.rejects);
    let mut tables: Vec<&Table> = run.sections.iter().flat_map(|section| &section.output.tables).collect();
    let count = tables.len();
    if rejects.rows() > 0 {
        tables.push(&rejects);
    }
    replace_folder(publication, |fresh| {
        if format == TableFormat::Workbook {
            let name = run.sections.first().map_or("tables", |section| section.entry.name);
            write_file(&fresh.join(format!("{name}.xlsx")), &book(run, plan, publication, &tables, Vec::new())?)?;
        } else {
            write_table_files(fresh, tables.clone(), &[format], publication)?;
        }
        write_file(&fresh.join("run.json"), manifest(run, plan, publication.inputs, &findings)?.as_bytes())
    })?;
    Ok(Published { folder: publication.folder.to_owned(), findings, tables: count, charts: 0 })
}

/// Writes the whole report: tables, charts, page, manifest, rejects, further forms; with `fingerprint`, by which it is known as
/// current later.
///
/// # Errors
/// An output error; the folder is then as it was.
pub fn publish_report(run: &Run, plan: &Plan, publication: &Publication<'_>, fingerprint: &str) -> Result<Published> {
    let (dressing, progress) = (&publication.dressing, publication.progress);
    progress.stage("charts");
    let drawn = drawn(run, &plan.charts)?;
    let findings = findings(run);
    let all: Vec<&Table> = run.sections.iter().flat_map(|section| &section.output.tables).collect();
    let cited: Vec<&Finding> = run.sections.iter().flat_map(|section| &section.output.findings).collect();
    let mut contexts = contexts_of_findings(&run.corpus, &all, &cited, plan.context.seed);
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
                    caption: caption(drawn.spec),
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
        logo: dressing.logo(),
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
    progress.stage("tables");
    replace_folder(publication, |fresh| {
        let (table_folder, chart_folder) = (fresh.join("tables"), fresh.join("charts"));
        for folder in [&table_folder, &chart_folder] {
            fs::create_dir(folder).map_err(|error| Error::output(format!("can't make `{}`: {error}", folder.display())))?;
        }
        let formats: Vec<TableFormat> = [TableFormat::Csv].iter().chain(&publication.forms.further).copied().collect();
        write_table_files(&table_folder, all.clone(), &formats, publication)?;
        for (name, bytes) in drawn.iter().flat_map(|drawn| drawn.files(&plan.charts)) {
            write_file(&chart_folder.join(name), bytes)?;
        }
        if rejects.rows() > 0 {
            write_table_files(fresh, vec![&rejects], &[TableFormat::Csv], publication)?;
        }
        if publication.forms.workbook {
            progress.stage("workbook");
            let pictures = drawn.iter().map(|drawn| Picture {
                title: drawn.spec.title.clone(),
                caption: caption(drawn.spec),
                alternative_text: drawn.light.alternative_text.clone(),
                png: &drawn.png,
            });
            let tables: Vec<&Table> = all.iter().copied().chain((rejects.rows() > 0).then_some(&rejects)).collect();
            write_file(&fresh.join("report.xlsx"), &book(run, plan, publication, &tables, pictures.collect())?)?;
        }
        if publication.forms.notebook {
            write_notebook(&fresh.join("notebook"), run, plan, publication, &all)?;
        }
        write_file(&fresh.join("report.html"), html.as_bytes())?;
        write_file(&fresh.join("run.json"), manifest(run, plan, publication.inputs, &findings)?.as_bytes())?;
        note(fresh, fingerprint)
    })?;
    Ok(Published { folder: publication.folder.to_owned(), findings, tables: all.len(), charts: drawn.len() })
}

/// All findings, best first; of equally good ones the earlier analysis' first.
fn findings(run: &Run) -> Vec<Finding> {
    let mut findings: Vec<Finding> = run.sections.iter().flat_map(|section| section.output.findings.iter().cloned()).collect();
    findings.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    findings
}

fn caption(spec: &ChartSpec) -> String {
    format!("{}. {}", spec.subtitle.trim_end_matches('.'), spec.footer)
}

/// The form of a file by its name: `PNG`, `SVG`.
fn form_of(name: &str) -> String {
    name.rsplit('.').next().unwrap_or(name).to_uppercase()
}

fn date_span(run: &Run) -> Option<(i32, i32)> {
    let dates = || run.corpus.documents.dates.iter().flatten().copied();
    Some((dates().min()?, dates().max()?))
}

/// The English plural of a field's name: `outlets`, `parties`, `classes`.
fn plural(field: &str) -> String {
    let ends = |endings: &[&str]| endings.iter().any(|ending| field.ends_with(ending));
    match field.strip_suffix('y') {
        Some(stem) if !ends(&["ay", "ey", "oy", "uy"]) => format!("{stem}ies"),
        _ if ends(&["s", "x", "ch", "sh"]) => format!("{field}es"),
        _ => format!("{field}s"),
    }
}

fn counted(count: usize, field: &str) -> String {
    if count == 1 { format!("1 {field}") } else { format!("{count} {}", plural(field)) }
}

fn subtitle(run: &Run) -> String {
    let corpus = &run.corpus;
    let documents = format!("{} documents", thousands(corpus.documents.len() as u64));
    let groups =
        if corpus.groups.comparable() { format!(", {}", counted(corpus.groups.len(), &corpus.groups.field)) } else { String::new() };
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
        figures.push((plural(&corpus.groups.field), corpus.groups.len().to_string()));
    }
    if let Some((first, last)) = date_span(run) {
        figures.push(("days".to_owned(), thousands((last - first) as u64 + 1)));
    }
    figures
}

pub(super) fn provenance(run: &Run, plan: &Plan) -> Vec<(String, String)> {
    let corpus = &run.corpus;
    let names: Vec<String> = plan.read.inputs.iter().map(|path| input_name(path)).collect();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_have_plurals() {
        assert_eq!(["outlet", "party", "day", "class", "branch"].map(plural), ["outlets", "parties", "days", "classes", "branches"]);
        assert_eq!(counted(1, "party"), "1 party");
    }
}
