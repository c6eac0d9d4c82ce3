//! The run's parameters and where their values come from.

use super::file::ConfigFile;
use super::report_params::REPORT_PARAMS;
use crate::analyses::{self, ANALYSES, AnalysisEntry};
use crate::error::{Error, Result, nearest};
use crate::params::{ParamKind, ParamSpec, Params};
use std::collections::BTreeMap;
use std::path::PathBuf;

pub(super) const fn text(name: &'static str, meaning: &'static str) -> ParamSpec {
    ParamSpec { name, kind: ParamKind::Text, default: "", meaning }
}

pub(super) const fn file(name: &'static str, meaning: &'static str) -> ParamSpec {
    ParamSpec { name, kind: ParamKind::File, default: "", meaning }
}

pub(super) const fn flag(name: &'static str, meaning: &'static str) -> ParamSpec {
    ParamSpec { name, kind: ParamKind::Flag, default: "false", meaning }
}

/// Parameters of every verb that reads a corpus.
pub static RUN_PARAMS: &[ParamSpec] = &[
    text("by", "the field that makes the groups to compare (default `outlet`): any metadata field, or year, month, language"),
    text("out", "folder to write to; a report has a default, other verbs print their main table instead"),
    ParamSpec {
        name: "format",
        kind: ParamKind::Choice(&["auto", "csv", "tsv", "json", "jsonl", "parquet", "markdown", "xlsx", "table"]),
        default: "auto",
        meaning: "form of tables; `auto` is a readable table on a terminal and CSV elsewhere; a report has CSV always, see `--xlsx` and others",
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

/// The parameters that stand at the top of a configuration file: those of every run, then those of reports.
pub fn top_params() -> Vec<ParamSpec> {
    RUN_PARAMS.iter().chain(REPORT_PARAMS).copied().collect()
}

/// All settings of a run.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Settings {
    /// Files and folders to read.
    pub inputs: Vec<PathBuf>,
    /// The run's own parameters and those of reports.
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
        let value = |section: Option<&str>, specs: &[ParamSpec], name: &str| {
            // `evaluate-topics` scores what `topics` makes, so it reads that section of the file.
            let in_section = section.map(|section| section.strip_prefix("evaluate-").unwrap_or(section));
            let in_file = || specs.iter().find(|spec| spec.name == name).and_then(|spec| file.value(in_section, spec));
            typed(section, name).or_else(in_file)
        };
        let mut analyses = BTreeMap::new();
        for entry in analyses::all() {
            let params = Params::check(entry.params, |name| value(Some(entry.name), entry.params, name))
                .map_err(|error| error.context(format!("parameters of `{}`", entry.name)))?;
            analyses.insert(entry.name, params);
        }
        let inputs = if inputs.is_empty() { file.inputs()? } else { inputs };
        let top = top_params();
        Ok(Self { inputs, run: Params::check(&top, |name| value(None, &top, name))?, analyses })
    }

    /// The analyses that the report is made of, in its order: those of `sections`, or all.
    ///
    /// # Errors
    /// A configuration error for a name that no analysis has, with the nearest, and for one named twice.
    pub fn sections(&self) -> Result<Vec<&'static AnalysisEntry>> {
        let Some(list) = self.run.text("sections") else { return Ok(ANALYSES.to_vec()) };
        let mut sections: Vec<&'static AnalysisEntry> = Vec::new();
        for name in list.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            let entry = ANALYSES.iter().copied().find(|entry| entry.name == name).ok_or_else(|| unknown_section(name))?;
            if sections.iter().any(|section| section.name == entry.name) {
                return Err(Error::configuration(format!("`--sections` names `{name}` twice")).hint("name each section once"));
            }
            sections.push(entry);
        }
        Ok(sections)
    }
}

fn unknown_section(name: &str) -> Error {
    let names = || ANALYSES.iter().map(|entry| entry.name);
    let error = Error::configuration(format!("`--sections`: there is no analysis `{name}`"));
    match nearest(name, names()) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error.hint(format!("the analyses are {}", names().collect::<Vec<_>>().join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: &str, value: &str) -> Result<Settings> {
        Settings::gather(Vec::new(), &ConfigFile::default(), |_, asked| (asked == name).then(|| value.to_owned()))
    }

    #[test]
    fn sections_come_in_the_order_asked_for() {
        let names =
            |list: &str| with("sections", list).unwrap().sections().map(|found| found.iter().map(|entry| entry.name).collect::<Vec<_>>());
        assert_eq!(names("topics, overview").unwrap(), ["topics", "overview"]);
        assert_eq!(names("").unwrap().len(), ANALYSES.len());
        assert_eq!(names("topic").unwrap_err().hint_text(), Some("did you mean `topics`?"));
        assert!(names("terms,terms").is_err());
    }

    #[test]
    fn no_key_stands_for_two_things() {
        let mut names: Vec<&str> = top_params().iter().map(|param| param.name).chain(["inputs"]).collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
