//! Passages for the rows that findings cite.
//!
//! What to look for follows from the row's own columns, so that every family gets passages without asking: a spelling
//! with its rivals for the same name, an entity, a term, or the terms of a topic's label; in the row's group, or in the
//! other groups where the row says `less`.

use super::passage::{window, written};
use super::phrases::{Phrase, Place, Word, find, surfaces_of, terms_of};
use super::{MOST_PLACES, SHUFFLE_OF_EVIDENCE, shuffled_documents};
use crate::corpus::{Corpus, TermId, Tokens};
use crate::table::{Context, Finding, RowContexts, Table};
use std::collections::BTreeMap;

/// Bytes of a passage, about four lines of a page.
const PASSAGE: usize = 360;
/// Fewest places of one of several rival spellings or terms.
const FEWEST: usize = 2;

/// The passages of the rows of `tables` that `findings` cite; rows that count no words get none, and all do in a corpus
/// that kept no tokens.
pub fn contexts_of_findings(corpus: &Corpus, tables: &[&Table], findings: &[&Finding], seed: u64) -> Vec<RowContexts> {
    let Some(tokens) = &corpus.tokens else { return Vec::new() };
    let labels = Labels::of(corpus);
    let mut cited: Vec<(&'static str, usize)> = findings.iter().filter_map(|finding| Some((finding.table, finding.row?))).collect();
    cited.sort_unstable();
    cited.dedup();
    let mut phrases = Vec::new();
    let mut owners = Vec::new();
    for (owner, &(name, row)) in cited.iter().enumerate() {
        let Some(table) = tables.iter().find(|table| table.spec.name == name && row < table.rows()) else { continue };
        for phrase in phrases_of_row(corpus, &labels, table, row) {
            phrases.push(phrase);
            owners.push(owner);
        }
    }
    let documents = shuffled_documents(corpus.documents.len(), seed, SHUFFLE_OF_EVIDENCE);
    let mut contexts: Vec<RowContexts> = cited.into_iter().map(|(table, row)| RowContexts { table, row, contexts: Vec::new() }).collect();
    for (owner, places) in owners.into_iter().zip(find(corpus, tokens, &documents, &phrases)) {
        let all = &mut contexts[owner].contexts;
        for context in places.into_iter().map(|place| context(corpus, tokens, place)) {
            // A wire story that two outlets print is one piece of evidence.
            let is_new =
                all.iter().all(|other| (&other.before, &other.word, &other.after) != (&context.before, &context.word, &context.after));
            if is_new && all.len() < MOST_PLACES {
                all.push(context);
            }
        }
    }
    contexts.retain(|row| !row.contexts.is_empty());
    contexts
}

/// From what is shown for a term to the term.
struct Labels<'c> {
    corpus: &'c Corpus,
    /// Only for stems, whose labels differ from them.
    displayed: BTreeMap<&'c str, TermId>,
}

impl<'c> Labels<'c> {
    fn of(corpus: &'c Corpus) -> Self {
        let displayed = corpus.terms.displayed.iter().enumerate().map(|(term, label)| (label, term as TermId)).collect();
        Self { corpus, displayed }
    }

    fn term(&self, label: &str) -> Option<TermId> {
        if self.displayed.is_empty() { self.corpus.terms.find(label) } else { self.displayed.get(label).copied() }
    }
}

fn phrases_of_row(corpus: &Corpus, labels: &Labels<'_>, table: &Table, row: usize) -> Vec<Phrase> {
    let groups = groups_of_row(corpus, table, row);
    let plain = |words: Vec<Word>, most| Phrase { words, groups: groups.clone(), neighbours: Vec::new(), most };
    if table.text("spelling", row).is_some() {
        return rival_spellings(corpus, table, row);
    }
    if let Some(entity) = table.text("entity", row) {
        let words = surfaces_of(corpus, entity).map(|words| words.into_iter().map(Word::Surface).collect());
        return words.map(|words| plain(words, MOST_PLACES)).into_iter().collect();
    }
    let of_terms =
        |text: &str| -> Option<Vec<Word>> { Some(terms_of(text, &|label| labels.term(label))?.into_iter().map(Word::Term).collect()) };
    if let Some(term) = table.text("term", row) {
        return of_terms(term).map(|words| plain(words, MOST_PLACES)).into_iter().collect();
    }
    if let Some(label) = table.text("topic_label", row) {
        let terms: Vec<Vec<Word>> = label.split(", ").filter_map(of_terms).collect();
        let most = MOST_PLACES / terms.len().max(1);
        return terms.into_iter().map(|words| plain(words, most.max(FEWEST))).collect();
    }
    Vec::new()
}

/// The groups in which the row's words are looked for: its own, or the others where it says `less`.
fn groups_of_row(corpus: &Corpus, table: &Table, row: usize) -> Option<Vec<bool>> {
    let name = table.text("group", row)?;
    let group = corpus.groups.names.iter().position(|known| known == name)?;
    let is_other = table.text("direction", row) == Some("less");
    Some((0..corpus.groups.len()).map(|other| (other == group) != is_other).collect())
}

/// All spellings of the name (and part of it) that the row is about, so that the difference is seen.
fn rival_spellings(corpus: &Corpus, table: &Table, row: usize) -> Vec<Phrase> {
    let subject = |row: usize| (table.text("entity", row), table.text("part", row));
    let mut spellings: Vec<&str> = Vec::new();
    for other in (0..table.rows()).filter(|&other| subject(other) == subject(row)) {
        if let Some(spelling) = table.text("spelling", other).filter(|spelling| !spellings.contains(spelling)) {
            spellings.push(spelling);
        }
    }
    spellings.truncate(MOST_PLACES / FEWEST);
    let most = (MOST_PLACES / spellings.len().max(1)).max(FEWEST);
    let entity = surfaces_of(corpus, table.text("entity", row).unwrap_or_default()).unwrap_or_default();
    let phrase = |spelling: &&str| {
        let surfaces = surfaces_of(corpus, spelling)?;
        // Of many people called Charles the one who is meant stands beside his surname.
        let neighbours = entity.iter().copied().filter(|word| !surfaces.contains(word)).collect();
        Some(Phrase { words: surfaces.into_iter().map(Word::Surface).collect(), groups: None, neighbours, most })
    };
    spellings.iter().filter_map(phrase).collect()
}

fn context(corpus: &Corpus, tokens: &Tokens, (document, word): Place) -> Context {
    let span = window(corpus, tokens, document, &word, PASSAGE);
    let (text, places) = written(corpus, tokens, document, &span);
    let (start, end) = (places[word.start - span.start].start, places[word.end - 1 - span.start].end);
    Context {
        document: corpus.documents.ids[document].clone(),
        title: corpus.documents.titles[document].clone(),
        group: corpus.groups.comparable().then(|| corpus.groups.names[usize::from(corpus.groups.of_document[document])].clone()),
        date: corpus.documents.dates[document],
        before: text[..start].to_owned(),
        word: text[start..end].to_owned(),
        after: text[end..].to_owned(),
    }
}
