//! The line as a whole: plan, read and count on several threads, analyse, publish.
//!
//! Comes in: checked settings. Goes out: a corpus, the analyses' outputs, a report folder written whole or not at all.
//! Not here: flags, terminals, and anything an analysis knows.

mod current;
mod dressing;
mod forms;
mod inputs;
mod lend;
mod manifest;
mod page_parts;
mod pictures;
mod plan;
mod progress;
mod publish;
mod run;
mod stream;

pub use current::{fingerprint, is_current};
pub use dressing::Dressing;
pub use forms::Forms;
pub use inputs::{InputDigest, digest_inputs};
pub use pictures::ChartFiles;
pub use plan::{Plan, SIDE_FIELD, plan};
pub use progress::{Progress, Silent};
pub use publish::{Publication, Published, REJECTS, prepare_folder, publish_report, publish_tables};
pub use run::{Run, Section, run, use_threads};

pub use crate::maths::on_run_threads;
