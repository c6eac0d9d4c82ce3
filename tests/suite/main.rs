//! Tests of the whole program: one binary, because each one links everything anew.

mod cli;
mod designs;
mod determinism;
mod hostile;
mod oracle;
mod pictures;
mod program;
mod reading;
mod reports;
mod sample;
mod terminal;
mod weights;
