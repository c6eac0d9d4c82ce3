//! What every analysis returns and every output reads: tables with a specification, charts as descriptions, findings.
//!
//! Comes in: values. Goes out: typed columns that know name, unit, meaning and format. Not here: computing or drawing.

mod card;
mod cells;
mod chart;
mod column;
mod context;
mod finding;
pub mod format;
mod gap;
pub mod glossary;
mod rows;
mod spec;

pub use card::{Card, Standing};
pub use cells::{Cells, Texts};
pub use chart::{Bars, ChartSpec, Dendrogram, Heatmap, Lines, Mark, Network, Points, Strips, WordShift};
pub use column::{Column, Value};
pub use context::{Context, Explorer, ExplorerDocument, ExplorerGroup, ExplorerPassage, ExplorerPlace, ExplorerTerm, RowContexts};
pub use finding::Finding;
pub use gap::{WidestGap, widest_gap};
pub use rows::{Table, TableBuilder};
pub use spec::{ColumnKind, ColumnSpec, TableSpec};
