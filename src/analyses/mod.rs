//! The analyses: one folder and one row each.
//!
//! Comes in: a corpus and checked parameters. Goes out: tables, chart descriptions, findings. Not here: files, drawing,
//! and one analysis knowing another.

pub mod catalogue;
mod comparability;
pub mod contexts;
mod dispersion;
mod distances;
pub mod entities;
pub mod keyness;
pub mod measures;
mod overview;
pub mod readability;
mod terms;
pub mod topics;
pub mod tree;

use crate::corpus::{Corpus, Needs};
use crate::error::Result;
use crate::params::{ParamSpec, Params};
use crate::table::{Card, ChartSpec, Finding, Table, TableSpec};

/// What an analysis returns.
#[derive(Debug, Default)]
pub struct Output {
    /// The tables, in the order of the entry's `tables`; a table that makes no sense for the corpus is left out.
    pub tables: Vec<Table>,
    /// The charts to draw.
    pub charts: Vec<ChartSpec>,
    /// Sentences worth reading first.
    pub findings: Vec<Finding>,
    /// Judgements to be read before all findings; reports show them first, in the order of the analyses.
    pub cards: Vec<Card>,
    /// Limits and remarks for the report: what was left out and why.
    pub notes: Vec<String>,
}

/// What a run gives every analysis beside its own parameters.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context {
    /// The run's seed.
    pub seed: u64,
    /// Give every row that was tested or counted, not only those that pass the default filter.
    pub all_rows: bool,
    /// Only the main table will be looked at: an analysis may leave out all else.
    pub main_table_only: bool,
}

/// The row of an analysis in the registry.
pub struct AnalysisEntry {
    /// The verb and the section's name.
    pub name: &'static str,
    /// Heading in reports.
    pub title: &'static str,
    /// What it does, one sentence.
    pub summary: &'static str,
    /// What it is not for.
    pub not_for: &'static str,
    /// What it needs of the corpus under these parameters.
    pub needs: fn(&Params) -> Needs,
    /// Its parameters.
    pub params: &'static [ParamSpec],
    /// The tables that it may return; the first is the main one.
    pub tables: &'static [&'static TableSpec],
    /// Runs it.
    pub build: fn(&Corpus, &Params, &Context) -> Result<Output>,
}

/// All analyses, in the order of the report.
pub static ANALYSES: &[&AnalysisEntry] = &[
    &overview::ENTRY,
    &comparability::ENTRY,
    &terms::ENTRY,
    &keyness::ENTRY,
    &dispersion::ENTRY,
    &distances::ENTRY,
    &readability::ENTRY,
    &entities::ENTRY,
    &topics::ENTRY,
];

/// Analyses with a verb but without a section in the report; their configuration is a section too.
pub static ASIDE: &[&AnalysisEntry] = &[&topics::EVALUATION];

/// All analyses, those of the report first.
pub fn all() -> impl Iterator<Item = &'static AnalysisEntry> {
    ANALYSES.iter().chain(ASIDE).copied()
}

/// The analysis called `name`.
pub fn find(name: &str) -> Option<&'static AnalysisEntry> {
    all().find(|entry| entry.name == name)
}
