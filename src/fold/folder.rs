//! The folding of a run: lower case, stems on request, stop words flagged.

use super::languages::Language;
use crate::corpus::{Folding, NONE, Surfaces, TokenKind, Vocabulary};
use crate::memory::{Interner, StringArena};
use rust_stemmers::Stemmer;
use std::collections::HashSet;

/// What to fold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoldRule {
    /// Bring words to lower case (default) or keep them as printed.
    pub lower_case: bool,
    /// Replace words by their stems.
    pub stem: bool,
    /// Further stop words, in lower case.
    pub extra_stop_words: Vec<String>,
}

impl Default for FoldRule {
    fn default() -> Self {
        Self { lower_case: true, stem: false, extra_stop_words: Vec::new() }
    }
}

/// A fold rule bound to a language.
pub struct Folder {
    rule: FoldRule,
    language: Option<&'static Language>,
    stemmer: Option<Stemmer>,
    stop_words: HashSet<String, foldhash::fast::FixedState>,
}

impl Folder {
    /// Binds `rule` to the language with ISO 639-3 code `language`; an unknown one has no stems and no stop words.
    pub fn new(rule: &FoldRule, language: &str) -> Self {
        let language = Language::find(language);
        let listed = language.map_or(&[][..], |language| language.stop_words());
        Self {
            rule: rule.clone(),
            language,
            stemmer: language.filter(|_| rule.stem).map(|language| Stemmer::create(language.algorithm)),
            stop_words: listed.iter().map(|word| (*word).to_owned()).chain(rule.extra_stop_words.iter().cloned()).collect(),
        }
    }

    /// Writes the term of `surface` to `term`; false if it is no term (punctuation, split-off endings, addresses).
    pub fn term(&self, surface: &str, kind: TokenKind, term: &mut String) -> bool {
        term.clear();
        if !kind.counts_as_word() {
            return false;
        }
        if !self.rule.lower_case {
            term.push_str(surface);
        } else if surface.is_ascii() {
            term.push_str(surface);
            term.make_ascii_lowercase();
        } else {
            term.push_str(&surface.to_lowercase());
        }
        if kind == TokenKind::Word
            && let Some(stemmer) = &self.stemmer
        {
            let stem = stemmer.stem(term);
            if stem != term.as_str() {
                *term = stem.into_owned();
            }
        }
        true
    }

    /// Whether `word`, unstemmed, is on the stop list in any case.
    pub fn is_stop(&self, word: &str) -> bool {
        self.stop_words.contains(word) || word.chars().any(char::is_uppercase) && self.stop_words.contains(&word.to_lowercase())
    }

    /// What this folder did to surfaces whose terms are `term_of_surface`.
    pub fn folding(&self, term_of_surface: Vec<u32>) -> Folding {
        Folding { term_of_surface, lower_case: self.rule.lower_case, description: self.description() }
    }

    /// What is done, in words.
    pub fn description(&self) -> String {
        let case = if self.rule.lower_case { "lower case" } else { "as printed" };
        match (self.rule.stem, self.language) {
            (true, Some(language)) => format!("{case}, stems ({})", language.name),
            (true, None) => format!("{case}; no stemmer for the language"),
            (false, _) => case.to_owned(),
        }
    }
}

/// Folds all `surfaces`: the term of each, and the sorted vocabulary with corpus counts (document counts are 0 still).
pub fn fold(surfaces: &Surfaces, folder: &Folder) -> (Folding, Vocabulary) {
    let mut terms = Interner::default();
    let mut term = String::new();
    let arrival: Vec<u32> = surfaces
        .forms
        .iter()
        .zip(&surfaces.kinds)
        .map(|(surface, &kind)| if folder.term(surface, kind, &mut term) { terms.intern(&term) } else { NONE })
        .collect();
    let (order, ranks) = terms.sorted();
    let term_of_surface: Vec<u32> = arrival.iter().map(|&id| if id == NONE { NONE } else { ranks[id as usize] }).collect();
    let mut counts = vec![0; order.len()];
    let mut best: Vec<Option<u32>> = vec![None; order.len()];
    for (surface, &term) in term_of_surface.iter().enumerate().filter(|(_, term)| **term != NONE) {
        counts[term as usize] += surfaces.counts[surface];
        let better = best[term as usize].is_none_or(|known| surfaces.counts[known as usize] < surfaces.counts[surface]);
        if better {
            best[term as usize] = Some(surface as u32);
        }
    }
    let shown = |term: u32| best[term as usize].map_or(String::new(), |surface| surfaces.forms.get(surface).to_lowercase());
    let sorted: StringArena = order.iter().map(|&id| terms.get(id)).collect();
    let mut displayed = StringArena::default();
    let mut is_stop = Vec::with_capacity(order.len());
    for id in 0..order.len() as u32 {
        if folder.rule.stem {
            let label = shown(id);
            is_stop.push(folder.is_stop(&label));
            displayed.push(&label);
        } else {
            is_stop.push(folder.is_stop(sorted.get(id)));
        }
    }
    let documents = vec![0; order.len()];
    let vocabulary = Vocabulary { terms: sorted, displayed, is_stop, counts, documents };
    (folder.folding(term_of_surface), vocabulary)
}

/// For each term the number of its stem in `language` (ISO 639-3), equal for terms that stemming would join; `None` for a
/// language without a stemmer.
pub fn stem_classes(terms: &Vocabulary, language: &str) -> Option<Vec<u32>> {
    let stemmer = Stemmer::create(Language::find(language)?.algorithm);
    let mut stems = Interner::default();
    Some((0..terms.len() as u32).map(|term| stems.intern(&stemmer.stem(&terms.terms.get(term).to_lowercase()))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn surfaces(forms: &[(&str, u64)]) -> Surfaces {
        Surfaces {
            forms: forms.iter().map(|form| form.0).collect(),
            kinds: forms.iter().map(|form| if form.0 == "," { TokenKind::Punctuation } else { TokenKind::Word }).collect(),
            counts: forms.iter().map(|form| form.1).collect(),
        }
    }

    #[test]
    fn case_folds_and_counts_add_up() {
        let (folding, terms) =
            fold(&surfaces(&[(",", 9), ("Port", 2), ("The", 4), ("port", 3)]), &Folder::new(&FoldRule::default(), "eng"));
        assert_eq!(folding.term_of_surface, [NONE, 0, 1, 0]);
        assert_eq!((terms.counts, terms.is_stop), (vec![5, 4], vec![false, true]));
    }

    #[test]
    fn stems_show_their_most_frequent_surface() {
        let rule = FoldRule { stem: true, ..FoldRule::default() };
        let (folding, terms) = fold(&surfaces(&[("Voters", 9), ("voted", 2), ("voter", 1), ("votes", 4)]), &Folder::new(&rule, "eng"));
        assert_eq!(terms.len(), 2);
        assert_eq!(terms.label(folding.term_of_surface[1]), "votes");
        assert_eq!(terms.label(folding.term_of_surface[0]), "voters");
    }

    #[test]
    fn stem_classes_join_what_stemming_would() {
        let terms = Vocabulary { terms: ["vote", "voted", "voters", "votes"].into_iter().collect(), ..Vocabulary::default() };
        let classes = stem_classes(&terms, "eng").unwrap();
        assert_eq!((classes[0], classes[0], classes[2] == classes[0]), (classes[1], classes[3], false));
        assert_eq!(stem_classes(&terms, "xxx"), None);
    }
}
