//! The words of all groups with passages that hold them, small enough for a page.

use super::passage::{Span, window, written};
use super::{MOST_PLACES, SHUFFLE_OF_EXPLORER, shuffled_documents};
use crate::corpus::{Corpus, NONE, TermId, Tokens};
use crate::maths::float::ln;
use crate::table::format::thousands;
use crate::table::{Explorer, ExplorerDocument, ExplorerGroup, ExplorerPassage, ExplorerPlace, ExplorerTerm};
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

/// Most groups to choose from.
const MOST_GROUPS: usize = 24;
/// Words times groups, so that a page with many groups shows fewer words.
const CELLS: usize = 16_000;
/// Fewest and most words.
const TERMS: (usize, usize) = (500, 1_500);
/// Bytes that passages, documents and places may take in the page.
const BYTES: usize = 1_100_000;
/// Bytes of a place: three numbers of a JSON list.
const PLACE_BYTES: usize = 13;
/// Bytes of a passage, about three lines of a narrow column.
const PASSAGE: usize = 240;
/// Documents remembered a word and group: more than places, because a document's passage may be a repetition.
const CANDIDATES: usize = 16;

/// The explorer of `corpus`; `None` where there is nothing to compare.
///
/// Words are those whose rates differ most surely between any groups, and the most frequent, half and half. Each gets
/// one passage a group, then a second, and so on, until the page is full: at most ten, each from another document.
pub fn explorer(corpus: &Corpus, seed: u64) -> Option<Explorer> {
    if !corpus.groups.comparable() {
        return None;
    }
    let groups = largest_groups(corpus);
    if groups.len() < 2 {
        return None;
    }
    let terms = telling_terms(corpus, &groups);
    let of_group = |&group: &usize| ExplorerGroup {
        name: corpus.groups.names[group].clone(),
        words: corpus.group_terms.words[group],
        documents: u64::from(corpus.group_terms.group_documents[group]),
        colours: (String::new(), String::new()),
    };
    let of_term = |&term: &TermId| ExplorerTerm {
        term: corpus.terms.label(term).to_owned(),
        counts: groups.iter().map(|&group| u64::from(corpus.group_terms.count(group, term))).collect(),
        documents: groups.iter().map(|&group| u64::from(corpus.group_terms.documents(group, term))).collect(),
        places: Vec::new(),
    };
    let mut explorer = Explorer {
        groups: groups.iter().map(of_group).collect(),
        start: start(corpus, &groups),
        terms: terms.iter().map(of_term).collect(),
        ..Explorer::default()
    };
    let mut notes = vec![format!(
        "{} words are shown: those whose rates differ most surely between groups (G²), and the most frequent; function words are left out.",
        thousands(terms.len() as u64)
    )];
    if groups.len() < corpus.groups.len() {
        notes.push(format!("The {} largest of {} groups can be chosen.", groups.len(), corpus.groups.len()));
    }
    match &corpus.tokens {
        Some(tokens) => {
            Filling::new(corpus, tokens, &groups, &terms, seed).fill(&mut explorer);
            notes.push("Passages come from documents drawn at random, one a document.".to_owned());
        }
        None => notes.push("No passages: this run kept no texts.".to_owned()),
    }
    explorer.notes = notes;
    Some(explorer)
}

/// The groups with the most documents among those with words, in the corpus' order.
fn largest_groups(corpus: &Corpus) -> Vec<usize> {
    let mut groups: Vec<usize> = (0..corpus.groups.len()).filter(|&group| corpus.group_terms.words[group] > 0).collect();
    groups.sort_by_key(|&group| std::cmp::Reverse(corpus.group_terms.group_documents[group]));
    groups.truncate(MOST_GROUPS);
    groups.sort_unstable();
    groups
}

/// The positions of the two largest groups.
fn start(corpus: &Corpus, groups: &[usize]) -> (usize, usize) {
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|&position| std::cmp::Reverse(corpus.group_terms.group_documents[groups[position]]));
    (order[0].min(order[1]), order[0].max(order[1]))
}

/// The words to show: half by evidence of a difference, half by frequency.
fn telling_terms(corpus: &Corpus, groups: &[usize]) -> Vec<TermId> {
    let matrix = &corpus.group_terms;
    let most = (CELLS / groups.len()).clamp(TERMS.0, TERMS.1);
    let fewest_documents = corpus.documents.len().div_ceil(10).clamp(1, 5) as u32;
    let candidates: Vec<TermId> = (0..corpus.terms.len() as TermId)
        .filter(|&term| corpus.terms.documents[term as usize] >= fewest_documents && corpus.terms.is_content(term))
        .collect();
    let words: f64 = groups.iter().map(|&group| matrix.words[group] as f64).sum();
    let evidence = |term: TermId| {
        let total: f64 = groups.iter().map(|&group| f64::from(matrix.count(group, term))).sum();
        let part = |&group: &usize| {
            let (observed, expected) = (f64::from(matrix.count(group, term)), total * matrix.words[group] as f64 / words);
            if observed > 0.0 { observed * ln(observed / expected) } else { 0.0 }
        };
        2.0 * groups.iter().map(part).sum::<f64>()
    };
    let mut by_evidence: Vec<(f64, TermId)> = candidates.iter().map(|&term| (evidence(term), term)).collect();
    by_evidence.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut by_count = candidates;
    by_count.sort_by_key(|&term| (std::cmp::Reverse(corpus.terms.counts[term as usize]), term));
    // Alternately, so that the first passages go to both kinds.
    let mut chosen = Vec::with_capacity(most);
    let mut is_chosen = vec![false; corpus.terms.len()];
    for (&(_, telling), &frequent) in by_evidence.iter().zip(&by_count) {
        for term in [telling, frequent] {
            if chosen.len() < most && !std::mem::replace(&mut is_chosen[term as usize], true) {
                chosen.push(term);
            }
        }
    }
    chosen
}

/// A passage as it was written out.
struct Passage {
    /// Its tokens.
    span: Span,
    /// Where each of them stands in the text.
    places: Vec<Range<usize>>,
    /// Its position in the explorer.
    number: usize,
}

/// The choice of passages.
struct Filling<'c> {
    corpus: &'c Corpus,
    tokens: &'c Tokens,
    /// Position of each corpus group in the explorer, or `NONE`.
    group_of: Vec<u32>,
    /// Position of each corpus term in the explorer, or `NONE`.
    term_of: Vec<u32>,
    /// For each word and group documents that hold it, in random order.
    candidates: Vec<Vec<u32>>,
    /// For each word and group the documents whose passages were looked at.
    used: Vec<Vec<u32>>,
    /// For each word and group the places found.
    found: Vec<usize>,
    /// Passages by document.
    taken: BTreeMap<u32, Vec<Rc<Passage>>>,
    documents: BTreeMap<u32, usize>,
    groups: usize,
    bytes: usize,
}

impl<'c> Filling<'c> {
    fn new(corpus: &'c Corpus, tokens: &'c Tokens, groups: &[usize], terms: &[TermId], seed: u64) -> Self {
        let positions = |chosen: &mut dyn Iterator<Item = usize>, all: usize| {
            let mut positions = vec![NONE; all];
            chosen.enumerate().for_each(|(position, id)| positions[id] = position as u32);
            positions
        };
        let group_of = positions(&mut groups.iter().copied(), corpus.groups.len());
        let term_of = positions(&mut terms.iter().map(|&term| term as usize), corpus.terms.len());
        let cells = terms.len() * groups.len();
        let mut filling = Self {
            corpus,
            tokens,
            group_of,
            term_of,
            candidates: vec![Vec::new(); cells],
            used: vec![Vec::new(); cells],
            found: vec![0; cells],
            taken: BTreeMap::new(),
            documents: BTreeMap::new(),
            groups: groups.len(),
            bytes: 0,
        };
        filling.find_candidates(seed);
        filling
    }

    /// The position in the explorer of the term of `surface`, if it is shown.
    fn shown(&self, surface: u32) -> Option<usize> {
        let term = self.corpus.folding.term(surface)?;
        Some(self.term_of[term as usize]).filter(|&term| term != NONE).map(|term| term as usize)
    }

    fn find_candidates(&mut self, seed: u64) {
        for document in shuffled_documents(self.corpus.documents.len(), seed, SHUFFLE_OF_EXPLORER) {
            let group = self.group_of[usize::from(self.corpus.groups.of_document[document as usize])];
            if group == NONE {
                continue;
            }
            for &surface in self.tokens.of(document as usize) {
                if let Some(term) = self.shown(surface) {
                    let documents = &mut self.candidates[term * self.groups + group as usize];
                    if documents.len() < CANDIDATES && documents.last() != Some(&document) {
                        documents.push(document);
                    }
                }
            }
        }
    }

    /// A passage for every word and group, then a second, until the room or the documents are used up.
    fn fill(mut self, explorer: &mut Explorer) {
        for round in 1..=MOST_PLACES {
            for term in 0..explorer.terms.len() {
                for group in 0..self.groups {
                    let cell = term * self.groups + group;
                    let mut next = 0;
                    while self.found[cell] < round && next < self.candidates[cell].len() {
                        let document = self.candidates[cell][next];
                        next += 1;
                        if !self.used[cell].contains(&document) {
                            self.add(explorer, term, document);
                        }
                    }
                    if self.bytes >= BYTES {
                        return;
                    }
                }
            }
        }
    }

    /// Gives `term` a passage of `document`: one that other words brought in, or a new one, which then serves all its words.
    fn add(&mut self, explorer: &mut Explorer, term: usize, document: u32) {
        let known = self.taken.get(&document).into_iter().flatten();
        let holding = known.into_iter().find(|passage| self.place_in(document, &passage.span, term).is_some()).cloned();
        if let Some(passage) = holding {
            self.mark(explorer, term, document, &passage);
            return;
        }
        let whole = 0..self.tokens.of(document as usize).len();
        let Some(position) = self.place_in(document, &whole, term) else { return };
        let span = window(self.corpus, self.tokens, document as usize, &(position..position + 1), PASSAGE);
        let (text, places) = written(self.corpus, self.tokens, document as usize, &span);
        self.bytes += text.len() + 10;
        let of_document = self.document(explorer, document);
        explorer.passages.push(ExplorerPassage { document: of_document, text });
        let passage = Rc::new(Passage { span, places, number: explorer.passages.len() - 1 });
        self.taken.entry(document).or_default().push(passage.clone());
        let mut terms: Vec<usize> =
            self.tokens.of(document as usize)[passage.span.clone()].iter().filter_map(|&surface| self.shown(surface)).collect();
        terms.sort_unstable();
        terms.dedup();
        let group = explorer.documents[of_document].group;
        for other in terms {
            let cell = other * self.groups + group;
            if other == term || self.found[cell] < MOST_PLACES / 2 && !self.used[cell].contains(&document) {
                self.mark(explorer, other, document, &passage);
            }
        }
    }

    /// The first token of `span` that is a form of `term`.
    fn place_in(&self, document: u32, span: &Span, term: usize) -> Option<usize> {
        let tokens = self.tokens.of(document as usize);
        span.clone().find(|&position| self.shown(tokens[position]) == Some(term))
    }

    /// Notes where `term` stands in `passage`, unless it has the same text from another document already.
    fn mark(&mut self, explorer: &mut Explorer, term: usize, document: u32, passage: &Passage) {
        let own = &explorer.passages[passage.number];
        let cell = term * self.groups + explorer.documents[own.document].group;
        self.used[cell].push(document);
        let Some(position) = self.place_in(document, &passage.span, term) else { return };
        if explorer.terms[term].places.iter().any(|place| explorer.passages[place.passage].text == own.text) {
            return;
        }
        let place = &passage.places[position - passage.span.start];
        explorer.terms[term].places.push(ExplorerPlace { passage: passage.number, start: place.start, end: place.end });
        self.found[cell] += 1;
        self.bytes += PLACE_BYTES;
    }

    /// The position of `document` in the explorer.
    fn document(&mut self, explorer: &mut Explorer, document: u32) -> usize {
        if let Some(&position) = self.documents.get(&document) {
            return position;
        }
        let all = &self.corpus.documents;
        let document_at = document as usize;
        let group = self.group_of[usize::from(self.corpus.groups.of_document[document_at])] as usize;
        explorer.documents.push(ExplorerDocument {
            id: all.ids[document_at].clone(),
            title: all.titles[document_at].clone(),
            group,
            date: all.dates[document_at],
        });
        self.bytes += all.ids[document_at].len() + all.titles[document_at].len().min(90) + 30;
        let position = explorer.documents.len() - 1;
        self.documents.insert(document, position);
        position
    }
}
