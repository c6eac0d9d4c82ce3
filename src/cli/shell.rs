//! `headword completions` and `headword man`: what a shell and `man` show, made from the command itself.

use super::print;
use crate::error::{Error, Result};
use clap::{Arg, ArgMatches, Command, ValueHint};
use clap_complete::Shell;
use std::path::PathBuf;

/// The verbs of this file.
pub(super) fn commands() -> Vec<Command> {
    vec![
        Command::new("completions")
            .about("Print completions for a shell, such as `headword completions bash > /etc/bash_completion.d/headword`")
            .arg(
                Arg::new("shell")
                    .value_name("SHELL")
                    .required(true)
                    .value_parser(clap::value_parser!(Shell))
                    .help("the shell that is to complete headword's verbs and flags"),
            ),
        Command::new("man").about("Write the manual pages, one a verb").arg(
            Arg::new("out")
                .long("out")
                .value_name("FOLDER")
                .value_hint(ValueHint::DirPath)
                .required(true)
                .help("folder to write `headword.1` and others to, such as ~/.local/share/man/man1"),
        ),
    ]
}

/// Runs `verb` if it is one of these.
pub(super) fn run(verb: &str, matches: &ArgMatches) -> Option<Result<()>> {
    match verb {
        "completions" => Some(completions(matches)),
        "man" => Some(man(matches)),
        _ => None,
    }
}

fn completions(matches: &ArgMatches) -> Result<()> {
    let shell = *matches.get_one::<Shell>("shell").ok_or_else(|| Error::usage("no shell is named"))?;
    let mut made = Vec::new();
    clap_complete::generate(shell, &mut super::command::command(), "headword", &mut made);
    print(&String::from_utf8_lossy(&made))
}

fn man(matches: &ArgMatches) -> Result<()> {
    let folder = matches.get_one::<String>("out").map(PathBuf::from).unwrap_or_default();
    let failed = |error: std::io::Error| {
        Error::output(format!("can't write manual pages to `{}`: {error}", folder.display()))
            .hint("give a folder that you may write to with `--out`")
    };
    std::fs::create_dir_all(&folder).map_err(failed)?;
    clap_mangen::generate_to(super::command::command(), &folder).map_err(failed)
}
