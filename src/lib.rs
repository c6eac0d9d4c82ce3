//! Statistical text analytics that compares what outlets write. `ARCHITECTURE.md` shows the rooms and their floors.
#![deny(missing_docs)]

pub mod analyses;
pub mod chart;
pub mod clean;
pub mod cli;
pub mod config;
pub mod corpus;
pub mod count;
pub mod error;
pub mod export;
pub mod fold;
pub mod maths;
pub mod memory;
pub mod params;
pub mod pipeline;
pub mod read;
pub mod report;
pub mod table;
pub mod tokenize;
