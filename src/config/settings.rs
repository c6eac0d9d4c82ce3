//! The run's parameters and where their values come from.

use super::file::ConfigFile;
use crate::analyses::ANALYSES;
use crate::error::Result;
use crate::params::{ParamKind, ParamSpec, Params};
use std::collections::BTreeMap;
use std::path::PathBuf;

const fn text(name: &'static str, meaning: &'static str) -> ParamSpec {
    ParamSpec { name, kind: ParamKind::Text, default: "", meaning }
}

const fn file(name: &'static str, meaning: &'static str) -> ParamSpec {
    ParamSpec { name, kind: ParamKind::File, default: "", meaning }
}

const fn flag(name: &'static str, meaning: &'static str) -> ParamSpec {
    ParamSpec { name, kind: ParamKind::Flag, default: "false", meaning }
}

/// Parameters of every verb that reads a corpus.
pub static RUN_PARAMS: &[ParamSpec] = &[
    text("by", "the field that makes the groups to compare (default `outlet`): any metadata field, or year, month, language"),
    text("out", "folder to write to; a report has a default, other verbs print their main table instead"),
    ParamSpec {
        name: "format",
        kind: ParamKind::Choice(&["auto", "csv", "tsv", "json", "jsonl", "parquet", "markdown", "table"]),
        default: "auto",
        meaning: "form of tables; `auto` is a readable table on a terminal and CSV elsewhere",
    },
    flag("excel", "CSV for Excel: with a byte order mark"),
    flag("decimal-comma", "CSV with a decimal comma and semicolons"),
    flag("all", "give every row that was tested or counted, not only those that pass the default filter"),
    ParamSpec {
        name: "threads",
        kind: ParamKind::Integer(0, 1024),
        default: "0",
        meaning: "threads to use; 0 takes all cores. Results don't depend on it",
    },
    ParamSpec { name: "seed", kind: ParamKind::Integer(0, u64::MAX), default: "42", meaning: "seed of everything random" },
    text("title", "title of the report"),
    text("author", "author named in the report"),
    ParamSpec {
        name: "theme",
        kind: ParamKind::Choice(&["light", "dark"]),
        default: "light",
        meaning: "colours of chart files; the page follows the reader's system unless this is dark, and has a button either way",
    },
    ParamSpec {
        name: "chart-format",
        kind: ParamKind::Choice(&["png", "svg", "both"]),
        default: "png",
        meaning: "form of chart files: PNG with two pixels a CSS pixel, SVG, or both",
    },
    ParamSpec {
        name: "chart-size",
        kind: ParamKind::Choice(&["column", "slide", "square"]),
        default: "column",
        meaning: "size of chart files: 760 pixels wide and as high as needed, 1280 × 720, or 1080 × 1080 with larger letters",
    },
    flag(
        "system-fonts",
        "take fonts of this machine for letters that no bundled font has, such as Chinese: chart files then differ between machines. Without it PNG files spell them in Latin letters in brackets",
    ),
    file("metadata", "CSV with outlet, date and other fields, joined on file name"),
    text("text-column", "column of the text in tables"),
    text("title-column", "column of the title"),
    text("outlet-column", "column of the outlet"),
    text("date-column", "column of the date"),
    text("url-column", "column of the address"),
    text("id-column", "column of the document's id"),
    ParamSpec {
        name: "date-order",
        kind: ParamKind::Choice(&["unstated", "day-first", "month-first"]),
        default: "unstated",
        meaning: "how to read dates like 03/04/2023; unstated leaves them missing and counts them",
    },
    text("encoding", "character encoding of the inputs (default: detected)"),
    text("weight-column", "column of document weights: rates, intervals and tests count each document by its weight"),
    flag(
        "wire-weights",
        "count near-identical documents, such as copies of one wire story, together as one: each weighs 1 over their number",
    ),
    text("language", "language for stems and stop words, such as en (default: the most frequent one detected)"),
    ParamSpec {
        name: "word-rule",
        kind: ParamKind::Choice(&["unicode", "simple"]),
        default: "unicode",
        meaning: "what is a word: Unicode's rules with news joins, or runs of two and more word characters",
    },
    flag("stem", "count stems instead of words"),
    flag("keep-case", "keep capitals apart from small letters"),
    file("stop-word-file", "file of further stop words, one a line"),
    flag(
        "keep-furniture",
        "count page furniture too: \"read more\" and copyright lines, captions printed twice, and lines that many documents of a group carry",
    ),
    ParamSpec {
        name: "max-rejects",
        kind: ParamKind::Integer(0, u64::MAX),
        default: "1000000",
        meaning: "end with code 3 if more rows or files than this could not be used",
    },
];

/// All settings of a run.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Settings {
    /// Files and folders to read.
    pub inputs: Vec<PathBuf>,
    /// The run's own parameters.
    pub run: Params,
    /// Each analysis' parameters.
    pub analyses: BTreeMap<&'static str, Params>,
}

impl Settings {
    /// Gathers settings: what `typed(section, name)` gives wins over `file`, which wins over defaults.
    ///
    /// # Errors
    /// A configuration error for a value that its parameter does not take.
    pub fn gather(inputs: Vec<PathBuf>, file: &ConfigFile, typed: impl Fn(Option<&str>, &str) -> Option<String>) -> Result<Self> {
        let value = |section: Option<&str>, name: &str| typed(section, name).or_else(|| file.value(section, name));
        let mut analyses = BTreeMap::new();
        for entry in ANALYSES {
            let params = Params::check(entry.params, |name| value(Some(entry.name), name))
                .map_err(|error| error.context(format!("parameters of `{}`", entry.name)))?;
            analyses.insert(entry.name, params);
        }
        let inputs = if inputs.is_empty() { file.inputs()?.into_iter().map(PathBuf::from).collect() } else { inputs };
        Ok(Self { inputs, run: Params::check(RUN_PARAMS, |name| value(None, name))?, analyses })
    }
}
