//! Tests of the rules on pairs, and of folding on small corpora.

#![expect(clippy::print_stdout, reason = "what was measured is worth seeing with --nocapture")]

mod folding;
mod pairs;
