//! Settings of a run: defaults, then the configuration file, then flags, all checked by the same parameter rows.
//!
//! Comes in: texts. Goes out: checked values. Not here: opening inputs, starting threads.

mod file;
mod settings;

pub use file::ConfigFile;
pub use settings::{RUN_PARAMS, Settings};
