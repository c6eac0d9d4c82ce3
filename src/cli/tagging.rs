//! The verbs round the tagger and the names: `tag`, `evaluate`, `train`, `names`.

use super::print;
use crate::analyses::entities::tagger::{Resources, TaggerError, TrainingOptions, TrainingSet};
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
            .arg(Arg::new("out").long("out").value_name("MODEL").required(true).help("file to write the model to"))
            .arg(
                Arg::new("set")
                    .long("set")
                    .value_name("NAME=WEIGHT")
                    .num_args(1..)
                    .help("how much a set's mistakes count; 0 leaves it out"),
            )
            .arg(
                Arg::new("without")
                    .long("without")
                    .value_name("PART")
                    .num_args(1..)
                    .help("leave parts out, to see their worth: clusters, gazetteers, document, second-pass, copies, noise, set-weights"),
            )
            .arg(number("seed", "another seed gives a model of other luck").default_value("1"))
            .arg(number("learners", "how many learners with orders of their own are averaged"))
            .arg(number("most-features", "keep at most so many features, the heaviest").value_parser(clap::value_parser!(u32).range(1..)))
            .arg(number("bits", "round weights to so many bits").value_parser(clap::value_parser!(u32).range(2..=8))),
        Command::new("names")
            .about("Tell whether two names can be one entity's, and why")
            .arg(Arg::new("names").value_name("NAME").num_args(0..=2).help("two names, in quotes"))
            .arg(Arg::new("type").long("type").value_name("TYPE").help("PER, ORG, LOC or MISC; without it all are tried"))
            .arg(Arg::new("pairs").long("pairs").value_name("FILE").help("decide for every row of a TSV file with columns a and b"))
            .arg(Arg::new("quiet").long("quiet").short('q').action(ArgAction::SetTrue).help("no effect; for scripts")),
    ]
}

fn number(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name("N").value_parser(clap::value_parser!(u32).range(1..=100_000)).help(help)
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
    let sets = matches.get_many::<String>("data").into_iter().flatten().map(|folder| training_set(folder)).collect::<Result<Vec<_>>>()?;
    let resources = resources(Path::new(text(matches, "resources")))?;
    let mut options = TrainingOptions::default();
    let wrong = |error: TaggerError| Error::usage(error.message);
    for part in matches.get_many::<String>("without").into_iter().flatten() {
        options.leave_out(part).map_err(wrong)?;
    }
    for setting in matches.get_many::<String>("set").into_iter().flatten() {
        options.weigh(setting).map_err(wrong)?;
    }
    if let Some(seed) = matches.get_one::<u32>("seed") {
        options.seed = u64::from(*seed);
    }
    if let Some(learners) = matches.get_one::<u32>("learners") {
        options.committee = u64::from(*learners);
    }
    if let Some(most) = matches.get_one::<u32>("most-features") {
        options.most_features = *most as usize;
    }
    if let Some(bits) = matches.get_one::<u32>("bits") {
        options.bits = *bits;
    }
    let mut tell = |message: &str| {
        // Notes are a courtesy; a closed stderr must not end a training.
        let _ = writeln!(std::io::stderr().lock(), "headword: {message}");
    };
    let made = train_model(&sets, &resources, &options, &mut tell)?;
    let out = text(matches, "out");
    std::fs::write(out, made).map_err(|error| Error::output(format!("can't write `{out}`: {error}")))
}

fn training_set(folder: &str) -> Result<TrainingSet> {
    let path = Path::new(folder).join("train.tsv");
    let file = path.display().to_string();
    let content = std::fs::read(&path).map_err(|error| {
        Error::input(format!("can't read `{file}`: {error}")).hint("give folders that hold a file `train.tsv` of `token<TAB>tag` lines")
    })?;
    // `voa/` and `.` have names too.
    let named = Path::new(folder).canonicalize().unwrap_or_else(|_| PathBuf::from(folder));
    let name = named.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(TrainingSet { name, file, content })
}

fn resources(folder: &Path) -> Result<Resources> {
    let mut resources = Resources::default();
    for file in Resources::FILES {
        let path = folder.join(file);
        let content = std::fs::read_to_string(&path).map_err(|error| {
            Error::input(format!("can't read `{}`: {error}", path.display())).hint("give the folder with word clusters and gazetteers")
        })?;
        resources.add(file, content);
    }
    Ok(resources)
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
