//! The folding of a run: lower case, stems on request, stop words flagged.

use super::languages::Language;
use crate::corpus::{Folding, NONE, Surfaces, TokenKind, Vocabulary};
use crate::maths::order::distinct;
use crate::maths::{both, map_in_order};
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

/// Surfaces or terms that one task looks at.
const BLOCK: usize = 4096;

/// Folds all `surfaces`: the term of each, and the sorted vocabulary with corpus counts (document counts are 0 still).
pub fn fold(surfaces: &Surfaces, folder: &Folder) -> (Folding, Vocabulary) {
    // Terms of a block, and whether each surface has one.
    let folded = map_in_order(surfaces.forms.len().div_ceil(BLOCK), |block| {
        let (mut terms, mut term) = (StringArena::default(), String::new());
        let of_surface = |surface: usize| {
            let is_term = folder.term(surfaces.forms.get(surface as u32), surfaces.kinds[surface], &mut term);
            if is_term {
                terms.push(&term);
            }
            is_term
        };
        let is_term: Vec<bool> = (block * BLOCK..surfaces.forms.len().min((block + 1) * BLOCK)).map(of_surface).collect();
        (terms, is_term)
    });
    // The term of each surface that has one, in their order.
    let mut terms = StringArena::default();
    folded.iter().for_each(|(of_block, _)| terms.append(of_block));
    let (order, ranks) = distinct(&terms);
    let of_surfaces = || {
        let mut ranks = ranks.iter();
        let mut term = |&is_term: &bool| if is_term { ranks.next().copied() } else { None };
        let term_of_surface: Vec<u32> =
            folded.iter().flat_map(|(_, is_term)| is_term).map(|is_term| term(is_term).unwrap_or(NONE)).collect();
        let mut counts = vec![0; order.len()];
        let mut best: Vec<Option<u32>> = vec![None; order.len()];
        for (surface, &term) in term_of_surface.iter().enumerate().filter(|(_, term)| **term != NONE) {
            counts[term as usize] += surfaces.counts[surface];
            let better = best[term as usize].is_none_or(|known| surfaces.counts[known as usize] < surfaces.counts[surface]);
            if better {
                best[term as usize] = Some(surface as u32);
            }
        }
        (term_of_surface, counts, best)
    };
    let ((term_of_surface, counts, best), sorted) = both(of_surfaces, || order.iter().map(|&id| terms.get(id)).collect::<StringArena>());
    let shown = |term: usize| best[term].map_or(String::new(), |surface| surfaces.forms.get(surface).to_lowercase());
    let named = map_in_order(order.len().div_ceil(BLOCK), |block| {
        let of_block = block * BLOCK..order.len().min((block + 1) * BLOCK);
        if folder.rule.stem {
            let labels: Vec<String> = of_block.map(shown).collect();
            let stops: Vec<bool> = labels.iter().map(|label| folder.is_stop(label)).collect();
            (stops, labels.iter().map(String::as_str).collect())
        } else {
            (of_block.map(|term| folder.is_stop(sorted.get(term as u32))).collect(), StringArena::default())
        }
    });
    let mut displayed = StringArena::default();
    let mut is_stop: Vec<bool> = Vec::with_capacity(order.len());
    for (stops, labels) in named {
        is_stop.extend(stops);
        displayed.append(&labels);
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
