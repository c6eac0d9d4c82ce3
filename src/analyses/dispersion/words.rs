//! Which words are looked at.

use crate::analyses::measures::distance::divergence_term;
use crate::corpus::{Corpus, TermId};
use crate::error::{Error, Result, nearest};

/// Fewest documents of a word that is chosen for the user.
const FEWEST_DOCUMENTS: u32 = 5;

/// Words and what is to be said about the choice.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    pub terms: Vec<TermId>,
    pub remarks: Vec<String>,
}

/// The words that `typed` names.
///
/// # Errors
/// A configuration error if none of them occurs, with the nearest that does.
pub(super) fn named(corpus: &Corpus, typed: &str) -> Result<Chosen> {
    let mut chosen = Chosen::default();
    let mut absent = Vec::new();
    for word in typed.split(',').map(str::trim).filter(|word| !word.is_empty()) {
        let lower = word.to_lowercase();
        // With stems a word is found by the form that is shown, too.
        let shown = || (0..corpus.terms.len() as u32).find(|&term| corpus.terms.label(term) == lower);
        match corpus.terms.find(word).or_else(|| corpus.terms.find(&lower)).or_else(shown) {
            Some(term) if chosen.terms.contains(&term) => {}
            Some(term) => chosen.terms.push(term),
            None => absent.push(word),
        }
    }
    if chosen.terms.is_empty() {
        let error = Error::configuration(format!("`--words`: no document has {}", absent.join(", ")));
        let common = (0..corpus.terms.len() as u32).filter(|&term| corpus.terms.documents[term as usize] > 1);
        let near = absent.first().and_then(|word| nearest(word, common.map(|term| corpus.terms.label(term))));
        return Err(match near {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error.hint("give words that occur, such as `--words ferry,port`"),
        });
    }
    if !absent.is_empty() {
        chosen.remarks.push(format!("No document has {}.", absent.join(", ")));
    }
    Ok(chosen)
}

/// The content words that contribute most to the divergence of the groups from all words together, every group with the
/// same weight; with one group the most frequent ones.
pub(super) fn telling(corpus: &Corpus, top: usize) -> Result<Chosen> {
    let matrix = &corpus.group_terms;
    let fewest = FEWEST_DOCUMENTS.min((corpus.documents.len() as u32).div_ceil(10)).max(2);
    // Abbreviations with points are spelling habits, of which a corpus of several outlets is full.
    let is_plain =
        |label: &str| label.chars().count() > 2 && label.chars().all(|letter| letter.is_alphabetic() || matches!(letter, '-' | '\'' | '’'));
    let is_content = |term: &u32| {
        let at = *term as usize;
        !corpus.terms.is_stop[at] && corpus.terms.documents[at] >= fewest && is_plain(corpus.terms.label(*term))
    };
    let groups: Vec<usize> = (0..matrix.groups()).filter(|&group| matrix.words[group] > 0).collect();
    let weighted = corpus.weighted_group_terms();
    let weight = |term: u32| {
        if groups.len() < 2 {
            return corpus.terms.counts[term as usize] as f64;
        }
        let rate = |group: usize| match weighted.as_ref().and_then(|weighted| weighted.per_million(group, term)) {
            Some(rate) => rate / 1e6,
            None => f64::from(matrix.count(group, term)) / matrix.words[group] as f64,
        };
        let mean = groups.iter().map(|&group| rate(group)).sum::<f64>() / groups.len() as f64;
        groups.iter().map(|&group| divergence_term(rate(group), mean)).sum()
    };
    let mut terms: Vec<(u32, f64)> = (0..corpus.terms.len() as u32).filter(is_content).map(|term| (term, weight(term))).collect();
    terms.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let how =
        if groups.len() < 2 { "the most frequent content words" } else { "the content words whose shares differ most between the groups" };
    let remarks = vec![format!("Without `--words`, {how} are looked at.")];
    Ok(Chosen { terms: terms.into_iter().take(top).map(|(term, _)| term).collect(), remarks })
}
