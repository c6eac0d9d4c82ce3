//! Parameters as data: one row makes the flag, the configuration key, the check and the documentation.
//!
//! Comes in: texts from the command line or a file. Goes out: checked values. Not here: opening files, starting threads.

mod spec;
mod values;

pub use spec::{ParamKind, ParamSpec};
pub use values::{ParamValue, Params};
