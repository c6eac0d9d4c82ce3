//! Tests of the rules on pairs, and of folding on small corpora.
#![allow(clippy::print_stdout, reason = "ignored tests print what they measure")]

mod folding;
mod pairs;
