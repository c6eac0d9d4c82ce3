//! Settings of a run: defaults, then the configuration file, then flags, all checked by the same parameter rows.
//!
//! Comes in: texts. Goes out: checked values. Not here: opening inputs, starting threads.

mod file;
mod report_params;
mod settings;
mod template;

pub use file::{CONFIG_NAME, ConfigFile};
pub use report_params::REPORT_PARAMS;
pub use settings::{RUN_PARAMS, Settings, top_params};
pub use template::{FieldFacts, TemplateFacts, template};
