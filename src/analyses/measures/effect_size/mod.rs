//! How large a difference is, whatever the amount of text.

mod log_ratio;

pub use log_ratio::{LOG_RATIO, log_ratio};
