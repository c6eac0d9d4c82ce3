//! What is compared: the corpus' terms, or surfaces, runs of words or entities in their place.

use super::settings::FeatureKind;
use crate::corpus::{Corpus, DocumentTermMatrix, GroupTermMatrix, NONE, Vocabulary};
use crate::error::{Error, Result};
use crate::memory::SparseRows;
use hashbrown::HashMap;
use std::borrow::Cow;
use std::ops::RangeInclusive;

/// The features of a comparison with their counts by document and by group.
#[derive(Debug)]
pub(super) struct Subject<'a> {
    pub corpus: &'a Corpus,
    /// Labels, stop-word flags, counts and document counts.
    pub terms: Cow<'a, Vocabulary>,
    /// Features × documents.
    pub columns: SparseRows,
    /// Groups × features, unweighted.
    pub group_terms: Cow<'a, GroupTermMatrix>,
    /// The documents of each group.
    pub members: Vec<Vec<u32>>,
    /// Whether the features are the corpus' own terms, with surfaces and stems behind them.
    pub is_vocabulary: bool,
    /// What a feature is called in a sentence, in the plural.
    pub plural: &'static str,
}

/// A feature before it has a number: its label and whether a stop word is in it.
type Labelled = (String, bool);

impl<'a> Subject<'a> {
    /// The features of `kind`. Runs of words in fewer than `least_documents` documents are left out at once.
    ///
    /// # Errors
    /// An internal error if the corpus lacks what the features are made of.
    pub fn new(corpus: &'a Corpus, kind: &FeatureKind, least_documents: u32) -> Result<Self> {
        let members = corpus.groups.members();
        let (labelled, rows, plural) = match kind {
            FeatureKind::Terms => {
                return Ok(Self {
                    corpus,
                    terms: Cow::Borrowed(&corpus.terms),
                    columns: corpus.document_terms()?.rows.transposed(),
                    group_terms: Cow::Borrowed(&corpus.group_terms),
                    members,
                    is_vocabulary: true,
                    plural: "terms",
                });
            }
            FeatureKind::Surfaces => {
                let (labelled, rows) = surfaces(corpus)?;
                (labelled, rows, "surfaces")
            }
            FeatureKind::Ngrams(lengths) => {
                let (labelled, rows) = ngrams(corpus, lengths, least_documents.max(1))?;
                (labelled, rows, "runs of words")
            }
            FeatureKind::Entities => {
                let lent = corpus.lent.entities.as_ref();
                let lent = lent.ok_or_else(|| Error::internal("keyness was not lent the entities that it asked for"))?;
                (lent.labels.iter().map(|label| (label.clone(), false)).collect(), lent.rows.clone(), "entities")
            }
        };
        Ok(Self::of_features(corpus, members, labelled, rows, plural))
    }

    fn of_features(corpus: &'a Corpus, members: Vec<Vec<u32>>, labelled: Vec<Labelled>, rows: SparseRows, plural: &'static str) -> Self {
        let columns = rows.transposed();
        let matrix = DocumentTermMatrix { rows };
        let group_terms = GroupTermMatrix::sum(&matrix, &corpus.groups, &corpus.documents.words);
        let labels = labelled.iter().map(|(label, _)| label.as_str()).collect();
        let terms = Vocabulary::of_columns(labels, labelled.iter().map(|(_, is_stop)| *is_stop).collect(), &columns);
        Self { corpus, terms: Cow::Owned(terms), columns, group_terms: Cow::Owned(group_terms), members, is_vocabulary: false, plural }
    }

    /// Occurrences of `term` in `groups` together, and documents that hold it.
    pub fn totals(&self, term: u32, groups: &[usize]) -> (u64, u32) {
        groups.iter().fold((0, 0), |(count, documents), &group| {
            (count + u64::from(self.group_terms.count(group, term)), documents + self.group_terms.documents(group, term))
        })
    }
}

/// Words as printed, sorted by bytes.
fn surfaces(corpus: &Corpus) -> Result<(Vec<Labelled>, SparseRows)> {
    let tokens = corpus.tokens()?;
    let mut number = vec![NONE; corpus.surfaces.forms.len()];
    let mut labelled = Vec::new();
    for (surface, form) in corpus.surfaces.forms.iter().enumerate() {
        if let Some(term) = corpus.folding.term(surface as u32) {
            number[surface] = labelled.len() as u32;
            labelled.push((form.to_owned(), corpus.terms.is_stop[term as usize]));
        }
    }
    let matrix = DocumentTermMatrix::count(tokens, &number, labelled.len() as u32);
    Ok((labelled, matrix.rows))
}

/// Runs of words that stand in `least` or more documents, for all `lengths`, sorted by label.
///
/// A run is frequent only if the run without its last word and that without its first word are, so each length looks at
/// extensions of the frequent runs before it only (Agrawal & Srikant 1994), and memory stays near the size of the result.
fn ngrams(corpus: &Corpus, lengths: &RangeInclusive<usize>, least: u32) -> Result<(Vec<Labelled>, SparseRows)> {
    let documents = corpus.documents.len();
    // Each document as ids of frequent runs of the present length: the id at a position is that of the run which starts there.
    let mut runs: Vec<Vec<u32>> = Vec::with_capacity(documents);
    for document in 0..documents {
        let mut words = Vec::new();
        corpus.stretches(document, &mut words)?;
        runs.push(
            words.iter().map(|&term| if term != NONE && corpus.terms.documents[term as usize] >= least { term } else { NONE }).collect(),
        );
    }
    let words = runs.clone();
    // A run is its first run's id one shorter and its last word; words are their own ids.
    let is_stop = |term: u32| corpus.terms.is_stop[term as usize];
    // Label, whether the first word is a stop word, whether the last one is.
    let mut labels: Vec<(String, bool, bool)> =
        (0..corpus.terms.len() as u32).map(|term| (corpus.terms.label(term).to_owned(), is_stop(term), is_stop(term))).collect();
    let mut found: Vec<(Labelled, Vec<(u32, u32)>)> = Vec::new();
    for length in 1..=*lengths.end() {
        if length > 1 {
            let mut ids: HashMap<(u32, u32), (u32, u32, u32)> = HashMap::new();
            let key = |runs: &[u32], words: &[u32], at: usize| {
                let (head, next) = (runs[at], *runs.get(at + 1)?);
                let last = *words.get(at + length - 1)?;
                (head != NONE && next != NONE && last != NONE).then_some((head, last))
            };
            for document in 0..documents {
                for at in 0..runs[document].len() {
                    if let Some(key) = key(&runs[document], &words[document], at) {
                        let fresh = ids.len() as u32;
                        let (_, seen, last) = ids.entry(key).or_insert((fresh, 0, NONE));
                        if *last != document as u32 {
                            (*seen, *last) = (*seen + 1, document as u32);
                        }
                    }
                }
            }
            let mut frequent: Vec<((u32, u32), u32)> =
                ids.into_iter().filter(|(_, (_, seen, _))| *seen >= least).map(|(key, (id, ..))| (key, id)).collect();
            frequent.sort_unstable();
            let number: HashMap<(u32, u32), u32> = frequent.iter().enumerate().map(|(number, (key, _))| (*key, number as u32)).collect();
            for document in 0..documents {
                let longer: Vec<u32> = (0..runs[document].len())
                    .map(|at| key(&runs[document], &words[document], at).and_then(|key| number.get(&key).copied()).unwrap_or(NONE))
                    .collect();
                runs[document] = longer;
            }
            labels = frequent
                .iter()
                .map(|((head, last), _)| {
                    let (text, begins, _) = &labels[*head as usize];
                    (format!("{text} {}", corpus.terms.label(*last)), *begins, is_stop(*last))
                })
                .collect();
        }
        if lengths.contains(&length) {
            let mut cells: Vec<Vec<(u32, u32)>> = vec![Vec::new(); labels.len()];
            for (document, runs) in runs.iter().enumerate() {
                let mut ids: Vec<u32> = runs.iter().copied().filter(|&id| id != NONE).collect();
                ids.sort_unstable();
                for run in ids.chunk_by(|a, b| a == b) {
                    cells[run[0] as usize].push((document as u32, run.len() as u32));
                }
            }
            let labelled = labels.iter().map(|(text, begins, ends)| (text.clone(), *begins || *ends));
            found.extend(labelled.zip(cells).filter(|(_, cells)| !cells.is_empty()));
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    // Stems with one label may make equal runs: they become one.
    found.dedup_by(|later, earlier| {
        let same = later.0.0 == earlier.0.0;
        if same {
            let mut joined = std::mem::take(&mut earlier.1);
            joined.append(&mut later.1);
            joined.sort_unstable();
            earlier.1 = joined.chunk_by(|a, b| a.0 == b.0).map(|run| (run[0].0, run.iter().map(|cell| cell.1).sum())).collect();
        }
        same
    });
    let mut columns = SparseRows::new(documents as u32);
    let mut labelled = Vec::with_capacity(found.len());
    for (label, cells) in found {
        labelled.push(label);
        columns.push_row(cells);
    }
    Ok((labelled, columns.transposed()))
}
