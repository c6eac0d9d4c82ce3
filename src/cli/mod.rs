//! The command line: flags to settings, runs, what the terminal shows, exit codes.
//!
//! Comes in: arguments. Goes out: data on stdout, everything else on stderr, an exit code. Not here: any analysis.

mod command;
mod compare;
mod init;
mod inspect;
mod progress;
mod reference;
mod report;
mod sample;
mod shell;
mod tagging;
mod terminal;
mod verbs;

use crate::error::{Error, Result};
use crate::memory::return_large_blocks;
use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;
use terminal::{Style, is_coloured, styled};

/// Runs the command line `arguments` (the program's name first) and returns the exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    return_large_blocks();
    let matches = match command::command().try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => {
            // Help and version go to stdout with code 0, mistakes to stderr with code 2.
            let code = if error.use_stderr() { 2 } else { 0 };
            return if error.print().is_ok() { ExitCode::from(code) } else { ExitCode::FAILURE };
        }
    };
    match verbs::run(&matches) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report_error(&error);
            ExitCode::from(error.exit_code())
        }
    }
}

fn report_error(error: &Error) {
    let mut stderr = std::io::stderr().lock();
    let is_coloured = is_coloured(&stderr);
    let hint =
        error.hint_text().map_or(String::new(), |hint| format!("\n  {} {}", styled("hint:", Style::Cyan, is_coloured), printable(hint)));
    // When stderr is gone there is nobody left to tell.
    let _ = writeln!(stderr, "{} {}{hint}", styled("error:", Style::Red, is_coloured), printable(&error.to_string()));
}

/// `text` without control characters, so that names from a corpus can't steer a terminal.
fn printable(text: &str) -> String {
    text.chars().map(|character| if character.is_control() && character != '\n' { '\u{fffd}' } else { character }).collect()
}

/// Writes `text` to stdout. A reader that has closed the pipe, such as `head`, is no error.
fn print(text: &str) -> Result<()> {
    let mut stdout = std::io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Error::output(format!("can't write to stdout: {error}"))),
        _ => Ok(()),
    }
}
