//! What the page is made from. Every text may come from a document: nothing here is trusted to be harmless.
//!
//! Sentences, summaries, notes, limits and methods may mark a word that is talked about as `*word*` and what can be typed
//! with backticks; everything else is shown as it is.

use crate::table::{Card, Explorer, Finding, RowContexts, Table};

/// A whole report.
#[derive(Debug, Clone, Default)]
pub struct ReportInput<'a> {
    /// Headline.
    pub title: String,
    /// One sentence under the headline; empty for none.
    pub subtitle: String,
    /// Whether the page begins dark, whatever the reader's system prefers.
    pub is_dark: bool,
    /// Who made it, if they want to be named.
    pub author: Option<String>,
    /// A picture beside the headline.
    pub logo: Option<Logo<'a>>,
    /// The few numbers that say how large the corpus is, as name and value: `("articles", "6,000")`.
    pub key_figures: Vec<(String, String)>,
    /// Corpus, date range, settings, version, seed, as name and value.
    pub provenance: Vec<(String, String)>,
    /// The findings worth reading first, in order.
    pub headline_findings: Vec<Finding>,
    /// Whether the groups can be compared, and how robust the findings are.
    pub cards: Vec<Card>,
    /// One a analysis, in order.
    pub sections: Vec<ReportSection<'a>>,
    /// How the numbers are made.
    pub method: Vec<MethodNote>,
    /// What the report can't say, a sentence each.
    pub limits: Vec<String>,
    /// Rows that could not be read.
    pub rejects: Rejects,
}

/// A picture for the headline.
#[derive(Debug, Clone, Copy)]
pub struct Logo<'a> {
    /// `image/png`, `image/jpeg`, `image/svg+xml`, `image/webp` or `image/gif`.
    pub media_type: &'static str,
    /// The file's bytes.
    pub bytes: &'a [u8],
}

/// The part of the report that one analysis fills.
#[derive(Debug, Clone, Default)]
pub struct ReportSection<'a> {
    /// The analysis's name; distinct within a report.
    pub name: String,
    /// Heading.
    pub title: String,
    /// What the analysis does.
    pub summary: String,
    /// What it is not for; empty for nothing.
    pub not_for: String,
    /// Remarks: what was left out and why.
    pub notes: Vec<String>,
    /// Its findings, in order; those that the report opens with are not repeated.
    pub findings: Vec<Finding>,
    /// Its charts.
    pub charts: Vec<ReportChart<'a>>,
    /// Its tables.
    pub tables: Vec<&'a Table>,
    /// Places in the texts that show what rows of its tables count.
    pub contexts: Vec<RowContexts>,
    /// The words of two groups to explore.
    pub explorer: Option<Explorer>,
}

/// A drawn chart.
#[derive(Debug, Clone, Default)]
pub struct ReportChart<'a> {
    /// File name without extension; distinct within a report.
    pub name: String,
    /// The finding as a headline. The picture shows it; the page names the figure by it.
    pub title: String,
    /// Unit, n, source and method; sentences that the picture shows itself are not shown again.
    pub caption: String,
    /// The picture for light pages.
    pub svg: &'a str,
    /// The same picture in the dark theme, for its colours; without it the light one is shown on dark pages too.
    pub svg_dark: Option<&'a str>,
    /// What the picture shows, for those who can't see it.
    pub alternative_text: String,
    /// Files of the picture as name and path relative to the page: `("PNG", "charts/keyness.png")`.
    pub files: Vec<(String, String)>,
}

/// How a number is made.
#[derive(Debug, Clone, Default)]
pub struct MethodNote {
    /// The measure or step.
    pub title: String,
    /// What it means and how it is computed.
    pub text: String,
    /// The formula in plain characters; empty for none.
    pub formula: String,
    /// The source; empty for none.
    pub source: String,
}

/// What was read and what was not.
#[derive(Debug, Clone, Default)]
pub struct Rejects {
    /// Documents that were read.
    pub documents: u64,
    /// Reasons, with the number of rows that were refused for each.
    pub reasons: Vec<(String, u64)>,
}
