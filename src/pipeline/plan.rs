//! Turns settings into a plan and fails before the long work.

use super::inputs::sha256;
use super::pictures::ChartFiles;
use crate::analyses::{AnalysisEntry, Context};
use crate::config::Settings;
use crate::corpus::Needs;
use crate::count::CountOptions;
use crate::error::{Error, Result, nearest};
use crate::fold::{FoldRule, Language};
use crate::params::{ParamValue, Params};
use crate::read::{ColumnNames, DateOrder, ReadOptions};
use crate::tokenize::WordRule;
use serde_json::{Map, Value, json};
use std::path::PathBuf;

/// The field that tells which input a document is from, where a plan has `sides`.
pub const SIDE_FIELD: &str = "input";

/// What a run will do.
#[derive(Clone)]
pub struct Plan {
    /// What to read and how.
    pub read: ReadOptions,
    /// How to count.
    pub count: CountOptions,
    /// Keep page furniture instead of leaving it out.
    pub keep_furniture: bool,
    /// The analyses with their parameters, in the order of the registry.
    pub analyses: Vec<(&'static AnalysisEntry, Params)>,
    /// Seed and filters.
    pub context: Context,
    /// Theme, size and form of chart files.
    pub charts: ChartFiles,
    /// Worker threads, at least 1.
    pub threads: usize,
    /// Labels of the inputs, one each in the order of `read.inputs`: each input is then read on its own and its documents
    /// get the field [`SIDE_FIELD`] with its label. Empty to read all inputs as one corpus.
    pub sides: Vec<String>,
    /// Documents of these groups only, whatever the case of the letters; empty for all.
    pub only_groups: Vec<String>,
    /// More rejects than this are an error after the run.
    pub max_rejects: u64,
    /// The run's parameters as they were stated, by name: all on which the result depends.
    pub stated: Map<String, Value>,
}

/// Parameters that change where and how fast, never what.
const NOT_IN_RESULTS: &[&str] = &["out", "threads", "format", "max-rejects"];

/// `params` by name, without those of `left_out`; a file is its name and hash.
pub(super) fn stated(params: &Params, left_out: &[&str]) -> Map<String, Value> {
    let of_file = |name: &str, path: &str, contents: Option<&[u8]>| {
        // A file that can't be read is an error of its own, told when it is opened.
        let hash = contents.map(sha256).or_else(|| std::fs::read(path).ok().map(|bytes| sha256(&bytes)));
        json!({ "name": name, "sha256": hash })
    };
    let kept = params.iter().filter(|(name, _)| !left_out.contains(name));
    kept.map(|(name, value)| {
        let value = match value {
            ParamValue::File { path, .. } if path.is_empty() => Value::from(""),
            ParamValue::File { path, contents } => of_file(&value.to_string(), path, contents.as_deref()),
            ParamValue::Integer(number) => Value::from(*number),
            ParamValue::Number(number) => Value::from(*number),
            ParamValue::Flag(truth) => Value::from(*truth),
            other => Value::from(other.to_string()),
        };
        (name.to_owned(), value)
    })
    .collect()
}

/// Plans a run of `wanted` analyses under `settings`.
///
/// # Errors
/// A usage error without inputs; a configuration error for an unknown language or a stop-word file that can't be read.
pub fn plan(settings: &Settings, wanted: &[&'static AnalysisEntry]) -> Result<Plan> {
    if settings.inputs.is_empty() {
        return Err(Error::usage("nothing to read").hint("name a folder or a file, or try `headword report --sample`"));
    }
    let run = &settings.run;
    let analyses = wanted.iter().map(|entry| Ok((*entry, with_files(settings, entry)?))).collect::<Result<Vec<_>>>()?;
    let group_field = run.text("by").unwrap_or("outlet").trim().to_lowercase();
    let mut needs = analyses.iter().fold(Needs::default(), |needs, (entry, params)| needs.and((entry.needs)(params)));
    if group_field == "language" {
        // Languages are guessed for every document only where they are needed.
        needs = needs.and(Needs::LANGUAGES);
    }
    let derived = matches!(group_field.as_str(), "outlet" | "year" | "month" | "language");
    let weight_field = run.text("weight-column").map(str::to_lowercase);
    let wire_weights = run.flag("wire-weights");
    if weight_field.is_some() || wire_weights {
        // Weighted sums are made from documents, not from groups' totals.
        needs = needs.and(Needs::DOCUMENT_TERMS);
    }
    let required = run.text("by").filter(|_| !derived).map(str::to_owned);
    let threads = match run.integer("threads") {
        0 => std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        threads => threads as usize,
    };
    Ok(Plan {
        read: ReadOptions {
            inputs: settings.inputs.clone(),
            metadata: run.text("metadata").map(PathBuf::from),
            columns: columns(run),
            required_fields: required.into_iter().chain(weight_field.clone()).collect(),
            date_order: match run.choice("date-order") {
                "day-first" => DateOrder::DayFirst,
                "month-first" => DateOrder::MonthFirst,
                _ => DateOrder::Unstated,
            },
            encoding: run.text("encoding").map(str::to_owned),
            ..ReadOptions::default()
        },
        count: CountOptions {
            needs,
            group_field,
            group_field_is_stated: run.text("by").is_some(),
            word_rule: if run.choice("word-rule") == "simple" { WordRule::Simple } else { WordRule::Unicode },
            fold: FoldRule { lower_case: !run.flag("keep-case"), stem: run.flag("stem"), extra_stop_words: extra_stop_words(run)? },
            language: run.text("language").map(language).transpose()?,
            keep_repeated_lines: run.flag("keep-furniture"),
            weight_field,
            wire_weights,
        },
        keep_furniture: run.flag("keep-furniture"),
        analyses,
        context: Context { seed: run.integer("seed"), all_rows: run.flag("all"), ..Context::default() },
        charts: ChartFiles::of(run),
        threads,
        sides: Vec::new(),
        only_groups: Vec::new(),
        max_rejects: run.integer("max-rejects"),
        stated: stated(run, NOT_IN_RESULTS),
    })
}

/// The parameters of an analysis with the files that they name read in: no analysis opens a file.
fn with_files(settings: &Settings, entry: &AnalysisEntry) -> Result<Params> {
    let mut params = settings.analyses.get(entry.name).cloned().unwrap_or_default();
    let read = |path: &str| {
        std::fs::read(path)
            .map_err(|error| Error::configuration(format!("can't read `{path}`: {error}")).hint("give a file that exists and may be read"))
    };
    params.load_files(read).map_err(|error| error.context(format!("parameters of `{}`", entry.name)))?;
    Ok(params)
}

fn columns(run: &Params) -> ColumnNames {
    let column = |name: &str| run.text(name).map(str::to_owned);
    ColumnNames {
        text: column("text-column"),
        title: column("title-column"),
        outlet: column("outlet-column"),
        date: column("date-column"),
        url: column("url-column"),
        id: column("id-column"),
    }
}

fn language(name: &str) -> Result<String> {
    Language::find(name).map(|language| language.code.to_owned()).ok_or_else(|| {
        let names = || Language::all().iter().map(|language| language.name);
        let error = Error::configuration(format!("there are no stems and stop words for the language `{name}`"));
        match nearest(name, names()) {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error.hint(format!("the languages are {}", names().collect::<Vec<_>>().join(", "))),
        }
    })
}

fn extra_stop_words(run: &Params) -> Result<Vec<String>> {
    let Some(path) = run.text("stop-word-file") else { return Ok(Vec::new()) };
    let text = std::fs::read_to_string(path).map_err(|error| {
        Error::configuration(format!("can't read the stop words in `{path}`: {error}")).hint("give a UTF-8 text file with one word a line")
    })?;
    Ok(text.lines().map(|line| line.trim().to_lowercase()).filter(|word| !word.is_empty() && !word.starts_with('#')).collect())
}
