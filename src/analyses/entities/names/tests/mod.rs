//! Tests of the rules on pairs, and of folding on small corpora.

mod folding;
mod pairs;
