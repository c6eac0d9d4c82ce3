//! The forms in which a report's tables are written beside CSV: one workbook, Parquet, JSON, Markdown, a set for notebooks.

use super::plan::Plan;
use super::publish::{Publication, check_interrupt, provenance, write_file, write_table_file};
use super::run::Run;
use crate::error::{Error, Result};
use crate::export::{ExportOptions, Picture, TableFormat, Workbook, dictionary_csv, workbook};
use crate::params::Params;
use crate::table::Table;
use crate::table::format::thousands;
use std::fs;
use std::path::Path;

/// How tables are written.
#[derive(Debug, Clone, Default)]
pub struct Forms {
    /// How CSV is written.
    pub csv: ExportOptions,
    /// Forms beside CSV, a file a table.
    pub further: Vec<TableFormat>,
    /// Whether one workbook is written too.
    pub workbook: bool,
    /// Whether the set for notebooks is written too.
    pub notebook: bool,
}

impl Forms {
    /// The forms that `params` ask for.
    pub fn new(params: &Params) -> Self {
        let named = [("parquet", TableFormat::Parquet), ("json", TableFormat::Json), ("markdown", TableFormat::Markdown)];
        Self {
            csv: ExportOptions { excel: params.flag("excel"), decimal_comma: params.flag("decimal-comma"), ..ExportOptions::default() },
            further: named.into_iter().filter(|(name, _)| params.flag(name)).map(|(_, format)| format).collect(),
            workbook: params.flag("xlsx"),
            notebook: params.flag("notebook"),
        }
    }
}

/// The bytes of one workbook of `tables`, with the report's `pictures`.
pub(super) fn book(
    run: &Run,
    plan: &Plan,
    publication: &Publication<'_>,
    tables: &[&Table],
    pictures: Vec<Picture<'_>>,
) -> Result<Vec<u8>> {
    let mut cover = provenance(run, plan);
    if let Some(author) = &publication.dressing.author {
        cover.insert(0, ("Author".to_owned(), author.clone()));
    }
    for section in &run.sections {
        let settings: Vec<String> = section.params.iter().map(|(name, value)| format!("{name} {value}")).collect();
        if !settings.is_empty() {
            cover.push((format!("Settings of {}", section.entry.name), settings.join(", ")));
        }
    }
    workbook(&Workbook { title: publication.dressing.title.clone(), cover, tables: tables.to_vec(), pictures })
}

/// Writes the set for notebooks: every table as Parquet, `dictionary.csv` with all their columns, `DATA.md` with what they are.
pub(super) fn write_notebook(folder: &Path, run: &Run, plan: &Plan, publication: &Publication<'_>, tables: &[&Table]) -> Result<()> {
    fs::create_dir(folder).map_err(|error| Error::output(format!("can't make `{}`: {error}", folder.display())))?;
    for table in tables {
        check_interrupt(publication.progress)?;
        write_table_file(folder, table, TableFormat::Parquet, &publication.forms.csv)?;
    }
    write_file(&folder.join("dictionary.csv"), dictionary_csv(tables).as_bytes())?;
    write_file(&folder.join("DATA.md"), about(run, plan, publication, tables).as_bytes())
}

fn about(run: &Run, plan: &Plan, publication: &Publication<'_>, tables: &[&Table]) -> String {
    let mut text = format!("# {}: the tables for notebooks\n\n", one_line(&publication.dressing.title));
    text.push_str(
        "Written by `headword report --notebook`. Each table is a Parquet file; `dictionary.csv` says of every column its heading, ",
    );
    text.push_str("kind, unit, meaning and source, which also stand in the Parquet schema's field metadata.\n\n| | |\n| --- | --- |\n");
    for (name, value) in provenance(run, plan) {
        text.push_str(&format!("| {name} | {} |\n", one_line(&value)));
    }
    text.push_str("\n| table | rows | what it holds | order of rows |\n| --- | --: | --- | --- |\n");
    for table in tables {
        let spec = table.spec;
        let what = one_line(spec.summary);
        text.push_str(&format!("| `{}.parquet` | {} | {what} | {} |\n", spec.name, thousands(table.rows() as u64), one_line(spec.order)));
    }
    text
}

/// `text` as a cell of a Markdown table.
fn one_line(text: &str) -> String {
    let plain: String = text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect();
    plain.replace('\\', "\\\\").replace('|', "\\|").replace('<', "&lt;")
}
