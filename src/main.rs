//! The command `headword`.

fn main() -> std::process::ExitCode {
    headword::cli::run(std::env::args_os())
}
