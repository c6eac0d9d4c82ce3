//! The page: one self-contained HTML file that reads as a report, with or without scripts.
//!
//! Comes in: a `ReportInput` of tables, findings, charts as SVG, and texts about the run. Goes out: HTML, the same bytes
//! on every machine, that asks for nothing from the network. Not here: choosing what is worth saying, drawing, files.

mod contexts;
mod explorer;
mod figure;
mod inline;
mod input;
mod page;
#[cfg(test)]
mod page_tests;
mod policy;
mod recolour;
mod table_view;
mod view;

pub use input::{Logo, MethodNote, Rejects, ReportChart, ReportInput, ReportSection};
pub use page::page;
