//! Tests of the whole program: one binary, because each one links everything anew.

mod cli;
mod designs;
mod determinism;
mod oracle;
mod program;
mod reports;
mod sample;
mod terminal;
