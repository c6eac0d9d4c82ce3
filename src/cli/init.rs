//! `headword init`: looks at the data and writes a `headword.toml` that makes a report of them.

use super::command::{flag, inputs, quiet, typed};
use super::verbs::{carry_out, default_name};
use super::{print, printable};
use crate::config::{CONFIG_NAME, ConfigFile, FieldFacts, RUN_PARAMS, Settings, TemplateFacts, template};
use crate::corpus::{Corpus, Field, NONE};
use crate::error::{Error, Result};
use crate::pipeline::plan;
use crate::table::format::{iso_date, thousands};
use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Flags of `init` that say how the data are to be read; what is stated is written into the file.
const READING: &[&str] = &[
    "by",
    "metadata",
    "text-column",
    "title-column",
    "outlet-column",
    "date-column",
    "url-column",
    "id-column",
    "date-order",
    "encoding",
    "language",
];

/// Most values of a field that make sensible groups.
const MOST_GROUPS: usize = 30;
/// Values of a field that are named in the file.
const SHOWN: usize = 6;

/// The verb.
pub(super) fn command() -> Command {
    let reading = RUN_PARAMS.iter().filter(|param| READING.contains(&param.name));
    Command::new("init")
        .about("Look at the data and write `headword.toml`, the settings of a report, with comments")
        .arg(inputs().num_args(1..).required(true))
        .arg(
            Arg::new("out").long("out").value_name("FILE").default_value(CONFIG_NAME).value_hint(ValueHint::FilePath).help("file to write"),
        )
        .arg(Arg::new("force").long("force").action(ArgAction::SetTrue).help("replace the file if it exists"))
        .arg(quiet())
        .args(reading.map(|param| flag(param.name.to_owned(), param.name.to_owned(), param)))
}

/// Runs the verb.
pub(super) fn run(matches: &ArgMatches) -> Result<()> {
    let out = PathBuf::from(matches.get_one::<String>("out").map_or(CONFIG_NAME, String::as_str));
    if out.is_dir() {
        return Err(Error::output(format!("`{}` is a folder", out.display())).hint("give a file with `--out`, such as `headword.toml`"));
    }
    if out.exists() && !matches.get_flag("force") {
        return Err(Error::output(format!("`{}` is there already", out.display()))
            .hint("replace it with `--force`, or give another file with `--out`"));
    }
    let inputs: Vec<PathBuf> = matches.get_many::<String>("inputs").into_iter().flatten().map(PathBuf::from).collect();
    let quiet = matches.get_flag("quiet");
    let settings = Settings::gather(inputs, &ConfigFile::default(), |section, name| match section {
        None if READING.contains(&name) => typed(matches, None, name),
        _ => None,
    })?;
    let run = carry_out(&plan(&settings, &[])?, quiet)?;
    let text = template(&facts(&run.corpus, &settings, &out)?);
    let parent = out.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let failed = |error: std::io::Error| {
        Error::output(format!("can't write `{}`: {error}", out.display()))
            .hint("give a file in a folder that you may write to with `--out`")
    };
    // Whole or not at all, as everything that headword writes.
    let mut file = tempfile::Builder::new().prefix(".headword-").tempfile_in(parent).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    file.persist(&out).map_err(|error| failed(error.error))?;
    if quiet {
        return Ok(());
    }
    print(&printable(&format!("{}\nNext: headword report --config {}\n", written(&out), out.display())))
}

fn written(out: &Path) -> String {
    format!("{} is written: look at it, change what should differ.", out.display())
}

/// What the file says of `corpus`.
fn facts(corpus: &Corpus, settings: &Settings, out: &Path) -> Result<TemplateFacts> {
    let documents = corpus.documents.len();
    let mut decided: Vec<(&'static str, String)> = Vec::new();
    let stated = |name: &str| settings.run.iter().any(|(of, value)| of == name && !value.to_string().is_empty());
    for param in RUN_PARAMS.iter().filter(|param| READING.contains(&param.name)) {
        let value = settings.run.iter().find(|(name, _)| *name == param.name).map(|(_, value)| value.to_string()).unwrap_or_default();
        if !value.is_empty() && value != param.default && param.name != "metadata" {
            decided.push((param.name, value));
        }
    }
    if let Some(path) = settings.run.text("metadata") {
        decided.push(("metadata", from_folder_of(out, Path::new(path))?));
    }
    for (part, column) in &corpus.notes.columns {
        let name = RUN_PARAMS.iter().map(|param| param.name).find(|name| name.strip_suffix("-column") == Some(part));
        if let Some(name) = name.filter(|name| !stated(name)) {
            decided.push((name, column.clone()));
        }
    }
    if !stated("by")
        && let Some(field) = best_field(corpus)
    {
        decided.push(("by", field));
    }
    decided.push(("title", format!("Report on {}", default_name(&settings.inputs))));
    let mut remarks = Vec::new();
    if corpus.notes.ambiguous_dates > 0 {
        let dates = thousands(corpus.notes.ambiguous_dates);
        remarks.push(("date-order", format!("The data have {dates} such dates: say day-first or month-first, or they stay missing.")));
    }
    if !corpus.language.is_empty() {
        remarks.push(("language", format!("The texts seem to be in `{}`.", corpus.language)));
    }
    let mut found = vec![format!("{} documents, {} words", thousands(documents as u64), thousands(corpus.group_terms.total_words()))];
    let dates: Vec<i32> = corpus.documents.dates.iter().flatten().copied().collect();
    if let (Some(&first), Some(&last)) = (dates.iter().min(), dates.iter().max()) {
        let undated = thousands((documents - dates.len()) as u64);
        found.push(format!("dates from {} to {}; {undated} without a date", iso_date(first), iso_date(last)));
    }
    found.extend(corpus.notes.remarks.iter().cloned());
    if !corpus.notes.rejects.is_empty() {
        found.push(format!("{} rows or files could not be used; `headword inspect` shows why", corpus.notes.rejects.len()));
    }
    let inputs = settings.inputs.iter().map(|input| from_folder_of(out, input)).collect::<Result<Vec<String>>>()?;
    let fields = corpus.documents.fields.iter().map(|field| FieldFacts { name: field.name.clone(), values: values(field) }).collect();
    Ok(TemplateFacts { inputs, found, decided, remarks, fields })
}

/// `path` as it must stand in `out` to mean the same file from there.
fn from_folder_of(out: &Path, path: &Path) -> Result<String> {
    let here = |path: &Path| {
        std::env::current_dir()
            .map(|folder| folder.join(path))
            .map_err(|error| Error::input(format!("the current folder can't be found: {error}")))
    };
    let parent = out.parent().filter(|parent| !parent.as_os_str().is_empty());
    let Some(parent) = parent else { return Ok(path.to_string_lossy().into_owned()) };
    let (target, folder) = (here(path)?, here(parent)?);
    let (target, folder) = (target.canonicalize().unwrap_or(target), folder.canonicalize().unwrap_or(folder));
    let shared = target.components().zip(folder.components()).take_while(|(left, right)| left == right).count();
    let mut relative: PathBuf = folder.components().skip(shared).map(|_| "..").collect();
    relative.extend(target.components().skip(shared));
    Ok(relative.to_string_lossy().into_owned())
}

/// The field to group by: `outlet` if it has groups, else the one that most documents have, of those with a handful of values.
fn best_field(corpus: &Corpus) -> Option<String> {
    let documents = corpus.documents.len();
    let filled = |field: &Field| field.codes.iter().filter(|&&code| code != NONE).count();
    let groups = |field: &&Field| field.levels.len() >= 2 && field.levels.len() <= MOST_GROUPS && field.levels.len() * 2 <= filled(field);
    if let Some(outlet) = corpus.documents.field("outlet").filter(|field| field.levels.len() >= 2) {
        return Some(outlet.name.clone());
    }
    let candidates = corpus.documents.fields.iter().filter(groups).filter(|field| filled(field) * 2 >= documents);
    candidates.max_by_key(|field| (filled(field), std::cmp::Reverse(field.levels.len()))).map(|field| field.name.clone())
}

/// The values of `field` with their documents, the most frequent first.
fn values(field: &Field) -> String {
    let mut counts = vec![0_u32; field.levels.len()];
    for &code in field.codes.iter().filter(|&&code| code != NONE) {
        counts[code as usize] += 1;
    }
    let mut order: Vec<usize> = (0..counts.len()).collect();
    order.sort_by_key(|&level| (std::cmp::Reverse(counts[level]), level));
    let shown: Vec<String> = order.iter().take(SHOWN).map(|&level| format!("{} ({})", field.levels[level], counts[level])).collect();
    let more = if order.len() > SHOWN { format!(", … {} more", order.len() - SHOWN) } else { String::new() };
    let noun = if order.len() == 1 { "value" } else { "values" };
    format!("{} {noun}: {}{more}", order.len(), shown.join(", "))
}
