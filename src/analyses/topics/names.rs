//! Which terms are names, by how they are printed.
//!
//! A word that nearly always has a capital is a name (or a nationality, or an abbreviation); a word that begins sentences is
//! printed small elsewhere. German prints every noun with a capital, so there this tells nothing.

use crate::corpus::{Corpus, NONE};

/// Smallest share of a name's occurrences that have a capital.
const CAPITAL_SHARE: f64 = 0.9;
/// Fewest occurrences from which the share is known.
const FEWEST: u64 = 3;

/// For each term of `corpus` its most frequent printed form if the term is a name, else `None`; no names at all in languages
/// where capitals don't tell.
pub fn names(corpus: &Corpus) -> Vec<Option<u32>> {
    let mut names = vec![None; corpus.terms.len()];
    if corpus.language == "deu" || corpus.folding.term_of_surface.is_empty() {
        return names;
    }
    let mut totals = vec![0u64; names.len()];
    let mut capitals = vec![0u64; names.len()];
    let mut best = vec![0u64; names.len()];
    for (surface, (&term, &count)) in corpus.folding.term_of_surface.iter().zip(&corpus.surfaces.counts).enumerate() {
        if term == NONE {
            continue;
        }
        let term = term as usize;
        totals[term] += count;
        if corpus.surfaces.forms.get(surface as u32).chars().next().is_some_and(char::is_uppercase) {
            capitals[term] += count;
            // At a tie the first in the order of bytes stays.
            if count > best[term] {
                (best[term], names[term]) = (count, Some(surface as u32));
            }
        }
    }
    for (term, name) in names.iter_mut().enumerate() {
        if totals[term] < FEWEST || (capitals[term] as f64) < CAPITAL_SHARE * totals[term] as f64 {
            *name = None;
        }
    }
    names
}

/// How `term` is shown to readers: a name as printed, another term as counted.
pub fn shown<'a>(corpus: &'a Corpus, names: &[Option<u32>], term: u32) -> &'a str {
    names[term as usize].map_or_else(|| corpus.terms.label(term), |surface| corpus.surfaces.forms.get(surface))
}
