//! Statistical text analytics that compares what outlets write. `ARCHITECTURE.md` shows the rooms and their floors.
#![deny(missing_docs)]

pub mod analyses;
pub mod corpus;
pub mod count;
pub mod error;
pub mod fold;
pub mod maths;
pub mod memory;
pub mod params;
pub mod table;
pub mod tokenize;
