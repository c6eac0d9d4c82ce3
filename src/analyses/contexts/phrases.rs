//! Looking for several phrases at once: one pass over the tokens, documents in a given order.

use crate::corpus::{Corpus, NONE, TermId, Tokens};
use std::ops::Range;

/// What one token of a phrase must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// A token of this term, in any case or form.
    Term(TermId),
    /// A token of exactly this surface.
    Surface(u32),
}

/// A phrase that is looked for.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    /// Its words, at least one.
    pub words: Vec<Word>,
    /// Only in documents of groups for which this holds; `None` for all.
    pub groups: Option<Vec<bool>>,
    /// Surfaces of which one should stand within `NEAR` tokens; places without one are taken last.
    pub neighbours: Vec<u32>,
    /// Places wanted, one a document.
    pub most: usize,
}

/// How near a neighbour counts: `President Oleksiy V. Horodenko` has two tokens between.
const NEAR: usize = 3;

/// A place: document and tokens.
pub(super) type Place = (usize, Range<usize>);

/// What was found of one phrase.
#[derive(Debug, Default)]
struct Found {
    near: Vec<Place>,
    far: Vec<Place>,
}

/// The words of `text` as they are counted, the longest known surface first; `None` if some of it is not in the corpus.
pub(super) fn surfaces_of(corpus: &Corpus, text: &str) -> Option<Vec<u32>> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let piece = &rest[..rest.find(char::is_whitespace).unwrap_or(rest.len())];
        let mut ends: Vec<usize> = piece.char_indices().map(|(at, letter)| at + letter.len_utf8()).collect();
        ends.reverse();
        let (end, surface) = ends.into_iter().find_map(|end| Some((end, corpus.surfaces.forms.find_sorted(&piece[..end])?)))?;
        words.push(surface);
        rest = rest[end..].trim_start();
    }
    (!words.is_empty()).then_some(words)
}

/// The terms whose labels are the words of `text`; `None` if one is no term.
///
/// `labelled` gives a label's term: for stems the label differs from the term.
pub(super) fn terms_of(text: &str, labelled: &dyn Fn(&str) -> Option<TermId>) -> Option<Vec<TermId>> {
    let terms: Option<Vec<TermId>> = text.split_whitespace().map(labelled).collect();
    terms.filter(|terms| !terms.is_empty())
}

/// Places of each of `phrases`, one a document, in the order of `documents`.
pub(super) fn find(corpus: &Corpus, tokens: &Tokens, documents: &[u32], phrases: &[Phrase]) -> Vec<Vec<Place>> {
    let mut found: Vec<Found> = phrases.iter().map(|_| Found::default()).collect();
    let begins = beginnings(corpus, phrases);
    let is_wanting = |phrase: &Phrase, found: &Found| found.near.len() < phrase.most;
    let mut wanting = phrases.iter().filter(|phrase| phrase.most > 0).count();
    let mut seen_in = vec![NONE; phrases.len()];
    for &document in documents {
        if wanting == 0 {
            break;
        }
        let group = usize::from(corpus.groups.of_document[document as usize]);
        let surfaces = tokens.of(document as usize);
        for (position, &surface) in surfaces.iter().enumerate() {
            let Some((_, first)) = begins.get(begins.partition_point(|(begin, _)| *begin < surface)).filter(|entry| entry.0 == surface)
            else {
                continue;
            };
            for &phrase in first {
                let (wanted, places) = (&phrases[phrase], &mut found[phrase]);
                let suits = is_wanting(wanted, places)
                    && seen_in[phrase] != document
                    && wanted.groups.as_ref().is_none_or(|groups| groups[group])
                    && stands_at(corpus, surfaces, position, &wanted.words);
                if !suits {
                    continue;
                }
                let place = (document as usize, position..position + wanted.words.len());
                if wanted.neighbours.is_empty() || has_neighbour(surfaces, &place.1, &wanted.neighbours) {
                    seen_in[phrase] = document;
                    places.near.push(place);
                    wanting -= usize::from(!is_wanting(wanted, places));
                } else if places.far.len() < wanted.most && places.far.last().is_none_or(|last| last.0 != place.0) {
                    places.far.push(place);
                }
            }
        }
    }
    let complete = |(found, phrase): (Found, &Phrase)| {
        let mut places = found.near;
        let taken: Vec<usize> = places.iter().map(|place| place.0).collect();
        places.extend(found.far.into_iter().filter(|place| !taken.contains(&place.0)));
        places.truncate(phrase.most);
        places
    };
    found.into_iter().zip(phrases).map(complete).collect()
}

/// For each surface that a phrase may begin with, those phrases; by surface.
fn beginnings(corpus: &Corpus, phrases: &[Phrase]) -> Vec<(u32, Vec<usize>)> {
    let mut pairs: Vec<(u32, usize)> = Vec::new();
    let mut of_terms: Vec<(TermId, usize)> = Vec::new();
    for (number, phrase) in phrases.iter().enumerate() {
        match phrase.words.first() {
            Some(Word::Surface(surface)) => pairs.push((*surface, number)),
            Some(Word::Term(term)) => of_terms.push((*term, number)),
            None => {}
        }
    }
    of_terms.sort_unstable();
    for (surface, &term) in corpus.folding.term_of_surface.iter().enumerate() {
        let first = of_terms.partition_point(|entry| entry.0 < term);
        pairs.extend(of_terms[first..].iter().take_while(|entry| entry.0 == term).map(|entry| (surface as u32, entry.1)));
    }
    pairs.sort_unstable();
    let mut begins: Vec<(u32, Vec<usize>)> = Vec::new();
    for (surface, phrase) in pairs {
        match begins.last_mut() {
            Some((last, phrases)) if *last == surface => phrases.push(phrase),
            _ => begins.push((surface, vec![phrase])),
        }
    }
    begins
}

fn stands_at(corpus: &Corpus, surfaces: &[u32], position: usize, words: &[Word]) -> bool {
    let fits = |(word, &surface): (&Word, &u32)| match word {
        Word::Surface(wanted) => surface == *wanted,
        Word::Term(wanted) => corpus.folding.term_of_surface.get(surface as usize) == Some(wanted),
    };
    surfaces.len() - position >= words.len() && words.iter().zip(&surfaces[position..]).all(fits)
}

fn has_neighbour(surfaces: &[u32], place: &Range<usize>, neighbours: &[u32]) -> bool {
    let (start, end) = (place.start.saturating_sub(NEAR), (place.end + NEAR).min(surfaces.len()));
    surfaces[start..place.start].iter().chain(&surfaces[place.end..end]).any(|surface| neighbours.contains(surface))
}
