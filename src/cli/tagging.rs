//! The verbs round the tagger and the names: `tag`, `evaluate`, `train`, `names`.

use super::print;
use crate::analyses::entities::tagger::TrainingOptions;
use crate::analyses::entities::{decide_pairs, evaluate_files, explain_names, tag_lines, train_model};
use crate::error::{Error, Result};
use clap::{Arg, ArgAction, ArgMatches, Command};
use std::fs::File;
use std::io::{BufReader, Write};
use std::path::{Path, PathBuf};

/// The verbs of this file.
pub(super) fn commands() -> Vec<Command> {
    let model = || Arg::new("entity-model").long("entity-model").value_name("FILE").help("use this model instead of the built-in one");
    vec![
        Command::new("tag")
            .about("Tag a file of tokens: `token<TAB>gold` lines become `token<TAB>gold<TAB>predicted`")
            .arg(Arg::new("file").value_name("FILE").required(true).help("one token a line, a blank line after each sentence"))
            .arg(model()),
        Command::new("evaluate")
            .about("Score the tagger on files of tagged tokens: precision, recall and F1 of whole names")
            .arg(Arg::new("files").value_name("FILE").num_args(1..).required(true).help("files of `token<TAB>tag` lines"))
            .arg(Arg::new("types").long("types").value_name("LIST").default_value("").help("score only these types, such as PER,ORG,LOC"))
            .arg(model()),
        Command::new("train")
            .about("Train the tagger on folders that hold `train.tsv`")
            .arg(
                Arg::new("data")
                    .long("data")
                    .value_name("DIR")
                    .num_args(1..)
                    .required(true)
                    .help("folders with `train.tsv`; their order matters"),
            )
            .arg(Arg::new("resources").long("resources").value_name("DIR").required(true).help("folder with word clusters and gazetteers"))
            .arg(Arg::new("out").long("out").value_name("MODEL").required(true).help("file to write the model to")),
        Command::new("names")
            .about("Tell whether two names can be one entity's, and why")
            .arg(Arg::new("names").value_name("NAME").num_args(0..=2).help("two names, in quotes"))
            .arg(Arg::new("type").long("type").value_name("TYPE").help("PER, ORG, LOC or MISC; without it all are tried"))
            .arg(Arg::new("pairs").long("pairs").value_name("FILE").help("decide for every row of a TSV file with columns a and b"))
            .arg(Arg::new("quiet").long("quiet").short('q').action(ArgAction::SetTrue).help("no effect; for scripts")),
    ]
}

/// Runs `verb` if it is one of these.
pub(super) fn run(verb: &str, matches: &ArgMatches) -> Option<Result<()>> {
    match verb {
        "tag" => Some(tag(matches)),
        "evaluate" => Some(evaluate(matches)),
        "train" => Some(train(matches)),
        "names" => Some(names(matches)),
        _ => None,
    }
}

fn text<'a>(matches: &'a ArgMatches, name: &str) -> &'a str {
    matches.get_one::<String>(name).map_or("", String::as_str)
}

fn open(path: &str) -> Result<BufReader<File>> {
    let failed = |error: std::io::Error| Error::input(format!("can't read `{path}`: {error}")).hint("give an existing file");
    if Path::new(path).is_dir() {
        return Err(Error::input(format!("`{path}` is a folder")).hint("give a file"));
    }
    File::open(path).map(BufReader::new).map_err(failed)
}

fn model(matches: &ArgMatches) -> Result<Option<Vec<u8>>> {
    let Some(path) = matches.get_one::<String>("entity-model") else { return Ok(None) };
    let failed =
        |error: std::io::Error| Error::input(format!("can't read the model `{path}`: {error}")).hint("make one with `headword train`");
    std::fs::read(path).map(Some).map_err(failed)
}

fn printed(made: Vec<u8>) -> Result<()> {
    print(&String::from_utf8(made).map_err(|_| Error::internal("the output is no UTF-8"))?)
}

fn tag(matches: &ArgMatches) -> Result<()> {
    let path = text(matches, "file");
    let mut made = Vec::new();
    tag_lines(model(matches)?.as_deref(), open(path)?, path, &mut made)?;
    printed(made)
}

fn evaluate(matches: &ArgMatches) -> Result<()> {
    let files: Vec<&String> = matches.get_many::<String>("files").into_iter().flatten().collect();
    let opened = files.into_iter().map(|path| Ok((path.clone(), open(path)?))).collect::<Result<Vec<_>>>()?;
    print(&evaluate_files(model(matches)?.as_deref(), opened, text(matches, "types"))?)
}

fn train(matches: &ArgMatches) -> Result<()> {
    let folders: Vec<PathBuf> = matches.get_many::<String>("data").into_iter().flatten().map(PathBuf::from).collect();
    let resources = PathBuf::from(text(matches, "resources"));
    let mut tell = |message: &str| {
        // Notes are a courtesy; a closed stderr must not end a training.
        let _ = writeln!(std::io::stderr().lock(), "headword: {message}");
    };
    let made = train_model(&folders, &resources, &TrainingOptions::default(), &mut tell)?;
    let out = text(matches, "out");
    std::fs::write(out, made).map_err(|error| Error::output(format!("can't write `{out}`: {error}")))
}

fn names(matches: &ArgMatches) -> Result<()> {
    if let Some(path) = matches.get_one::<String>("pairs") {
        let mut made = Vec::new();
        decide_pairs(open(path)?, &mut made).map_err(|error| error.context(format!("`{path}`")))?;
        return printed(made);
    }
    let names: Vec<&String> = matches.get_many::<String>("names").into_iter().flatten().collect();
    match names.as_slice() {
        [a, b] => print(&explain_names(a, b, matches.get_one::<String>("type").map(String::as_str))?),
        _ => Err(Error::usage("two names are needed").hint("such as `headword names \"Kiev\" \"Kyiv\"`, or `--pairs FILE.tsv`")),
    }
}
