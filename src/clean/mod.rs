//! Chooses what of a text as read is analysed, as byte ranges, so that offsets into the text stay right.
//!
//! Comes in: the text of one document. Goes out: the ranges that are kept and, by rule, how many lines were dropped. Only whole lines
//! that are page furniture go, never a part of a line; `furniture` states the rules. Not here: tokens, case, any copy of the text.

mod furniture;
mod phrases;
mod ranges;

pub use furniture::{Furniture, furniture_of};
pub use ranges::{CleanCounts, CleanOptions, clean, kept_ranges};
