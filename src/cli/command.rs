//! The command's verbs and flags, made from the registries.

use crate::analyses::{self, ANALYSES, AnalysisEntry};
use crate::config::{REPORT_PARAMS, RUN_PARAMS};
use crate::params::{ParamKind, ParamSpec};
use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint};
use std::ffi::OsStr;

const HEADING_RUN: &str = "Reading, counting and writing";
const HEADING_REPORT: &str = "The report";

/// The whole command.
pub(super) fn command() -> Command {
    let mut command = Command::new("headword")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Compare what outlets write: terms, keyness, entities and topics, with an interval on every number")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            corpus_verb("report", "Make a report folder: one page, tables and charts")
                .arg(
                    Arg::new("force")
                        .long("force")
                        .action(ArgAction::SetTrue)
                        .help("make the report even if inputs, settings and program are those it was made with"),
                )
                .args(
                    REPORT_PARAMS
                        .iter()
                        .map(|param| flag(param.name.to_owned(), param.name.to_owned(), param).help_heading(HEADING_REPORT)),
                )
                .args(ANALYSES.iter().flat_map(|entry| entry.params.iter().map(|param| section_flag(entry, param, true)))),
        )
        .subcommand(corpus_verb("inspect", "Tell what is in the inputs, without analysing it"));
    for entry in analyses::all() {
        let about = entry.summary.trim_end_matches('.');
        command = command.subcommand(
            corpus_verb(entry.name, about)
                .after_help(entry.not_for)
                .args(entry.params.iter().map(|param| section_flag(entry, param, false))),
        );
    }
    command
        .subcommand(super::init::command())
        .subcommands(super::tagging::commands())
        .subcommands(super::shell::commands())
        .subcommands(super::reference::commands())
        .subcommand(super::compare::command())
}

/// The inputs of a verb.
pub(super) fn inputs() -> Arg {
    Arg::new("inputs")
        .value_name("INPUT")
        .num_args(0..)
        .value_hint(ValueHint::AnyPath)
        .help("folders or files: .txt .md .html, CSV, TSV, JSON Lines, Parquet, also .gz and .zst")
}

/// `--quiet`.
pub(super) fn quiet() -> Arg {
    Arg::new("quiet").long("quiet").short('q').action(ArgAction::SetTrue).help("print nothing but results and errors")
}

pub(super) fn corpus_verb(name: &'static str, about: &'static str) -> Command {
    Command::new(name)
        .about(about)
        .arg(inputs())
        .arg(Arg::new("sample").long("sample").action(ArgAction::SetTrue).help("use the built-in sample corpus"))
        .arg(
            Arg::new("config")
                .long("config")
                .value_name("FILE")
                .value_hint(ValueHint::FilePath)
                .help("read settings from this file (default: `headword.toml` in this folder, if there is one); flags win over it"),
        )
        .arg(quiet())
        .args(RUN_PARAMS.iter().map(|param| flag(param.name.to_owned(), param.name.to_owned(), param).help_heading(HEADING_RUN)))
}

/// The flags of an analysis, for a verb that runs it alone.
pub(super) fn section_flags(entry: &'static AnalysisEntry) -> Vec<Arg> {
    entry.params.iter().map(|param| section_flag(entry, param, false)).collect()
}

/// The id under which clap keeps an analysis' parameter.
fn section_id(analysis: &str, param: &str) -> String {
    format!("{analysis}.{param}")
}

/// A flag of an analysis; for `report` its name is prefixed: `--topics-k`.
fn section_flag(entry: &AnalysisEntry, param: &ParamSpec, prefixed: bool) -> Arg {
    let long = if prefixed { format!("{}-{}", entry.name, param.name) } else { param.name.to_owned() };
    flag(section_id(entry.name, param.name), long, param).help_heading(format!("Parameters of {}", entry.name))
}

/// A flag for `param` that clap knows as `id`.
pub(super) fn flag(id: String, long: String, param: &ParamSpec) -> Arg {
    let arg = Arg::new(id).long(long);
    let arg = match param.kind {
        ParamKind::Flag => return arg.action(ArgAction::SetTrue).help(param.meaning),
        ParamKind::Integer(..) | ParamKind::Number(..) => arg.value_name("N").allow_negative_numbers(true),
        ParamKind::Choice(words) => arg.value_name("WORD").value_parser(Words(words)),
        ParamKind::Text if param.name == "out" => arg.value_name("FOLDER").value_hint(ValueHint::DirPath),
        ParamKind::Text => arg.value_name("TEXT"),
        ParamKind::File => arg.value_name("FILE").value_hint(ValueHint::FilePath),
    };
    let mut help = param.meaning.to_owned();
    if !param.default.is_empty() {
        help.push_str(&format!(" [default: {}]", param.default));
    }
    arg.help(help)
}

/// Words that help and shells offer. Others pass here: the parameter's own check refuses them, with the nearest word as hint.
#[derive(Clone)]
struct Words(&'static [&'static str]);

impl TypedValueParser for Words {
    type Value = String;

    fn parse_ref(&self, _: &Command, _: Option<&Arg>, value: &OsStr) -> Result<String, clap::Error> {
        value.to_str().map(str::to_owned).ok_or_else(|| clap::Error::new(clap::error::ErrorKind::InvalidUtf8))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.0.iter().map(|word| PossibleValue::new(*word))))
    }
}

/// What was typed for `name` of `section`, if anything.
pub(super) fn typed(matches: &ArgMatches, section: Option<&str>, name: &str) -> Option<String> {
    let id = section.map_or(name.to_owned(), |section| section_id(section, name));
    if let Ok(Some(text)) = matches.try_get_one::<String>(&id) {
        return Some(text.clone());
    }
    matches.try_get_one::<bool>(&id).ok().flatten().filter(|given| **given).map(|_| "true".to_owned())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_is_well_formed() {
        super::command().debug_assert();
    }
}
