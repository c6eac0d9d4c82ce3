//! Training data: reading of sets, case-changed copies, limits on gold labels.

use super::conll::{Surfaces, TaggedDocument, read_tagged};
use super::decode::bits_of_kind;
use super::error::TaggerError;
use super::hash::{Stream, of_text};
use super::labels::{EntityKind, EntitySpan, Label, OUTSIDE, write_spans};
use super::lexicon::title_case;
use super::options::TrainingOptions;

/// A set of tagged texts to learn from.
#[derive(Debug, Clone)]
pub struct TrainingSet {
    /// The name of the set: that of its folder.
    pub name: String,
    /// The file, for messages.
    pub file: String,
    /// The file's content: `token<TAB>tag` lines.
    pub content: Vec<u8>,
}

/// A training document.
pub(super) struct TrainingDocument {
    /// Surface numbers.
    pub(super) tokens: Vec<u32>,
    /// First tokens of sentences.
    pub(super) sentence_starts: Vec<u32>,
    /// The labels that each token may have.
    pub(super) allowed: Vec<u32>,
    /// The set's key.
    pub(super) set: u64,
    /// The set's place in the list of sets.
    pub(super) set_index: usize,
    /// A sentence whose letters were changed.
    pub(super) copy: bool,
}

/// All training data.
#[derive(Default)]
pub(super) struct TrainingData {
    /// The surfaces of all documents.
    pub(super) surfaces: Surfaces,
    /// The documents, set after set.
    pub(super) documents: Vec<TrainingDocument>,
    /// How often each surface is in an entity without being a whole one, as a whole one, and outside.
    pub(super) roles: Vec<[u32; 3]>,
}

/// The key of a set's name.
pub(super) fn set_key(name: &str) -> u64 {
    of_text(name)
}

impl TrainingData {
    /// Adds a set's documents and copies.
    pub(super) fn add_set(
        &mut self,
        set: &TrainingSet,
        index: usize,
        options: &TrainingOptions,
        stream: &mut Stream,
    ) -> Result<(), TaggerError> {
        let file = read_tagged(set.content.as_slice(), &set.file, false)?;
        let name = &set.name;
        let kinds = EntityKind::ALL.map(|kind| file.documents.iter().flat_map(|document| &document.spans).any(|span| span.kind == kind));
        // A kind that the set never marks may hide behind its O.
        let mut hidden = 1_u32 << OUTSIDE;
        for kind in EntityKind::ALL {
            if !kinds[kind.index()] || kind == EntityKind::Miscellaneous && options.hidden_misc.contains(name) {
                hidden |= bits_of_kind(kind.index());
            }
        }
        for document in &file.documents {
            self.add_document(document, hidden, set_key(name), index, true);
            for sentence in 0..document.sentence_starts.len() {
                if stream.chance(options.copies) {
                    let capitals = stream.chance(500);
                    let copy = recased(document, sentence, capitals);
                    self.add_document(&copy, hidden, set_key(name), index, false);
                }
            }
        }
        Ok(())
    }

    fn add_document(&mut self, document: &TaggedDocument, hidden: u32, set: u64, set_index: usize, count: bool) {
        let mut labels: Vec<Label> = vec![OUTSIDE; document.tokens.len()];
        write_spans(&document.spans, &mut labels);
        let tokens: Vec<u32> = document.tokens.iter().map(|token| self.surfaces.number(token)).collect();
        self.roles.resize(self.surfaces.list.len(), [0; 3]);
        if count {
            for (&token, &label) in tokens.iter().zip(&labels) {
                let role = if label == OUTSIDE { 2 } else { usize::from(label % 4 == 0) };
                self.roles[token as usize][role] += 1;
            }
        }
        let allowed = labels.iter().map(|&label| if label == OUTSIDE { hidden } else { 1 << label }).collect();
        self.documents.push(TrainingDocument {
            tokens,
            sentence_starts: document.sentence_starts.clone(),
            allowed,
            set,
            set_index,
            copy: !count,
        });
    }
}

/// One sentence as a headline: all capitals, or each word of more than three letters with a capital.
fn recased(document: &TaggedDocument, sentence: usize, capitals: bool) -> TaggedDocument {
    let start = document.sentence_starts[sentence] as usize;
    let end = document.sentence_starts.get(sentence + 1).map_or(document.tokens.len(), |&end| end as usize);
    let tokens = document.tokens[start..end]
        .iter()
        .map(|token| {
            if capitals {
                token.to_uppercase()
            } else if token.chars().count() > 3 && token.chars().all(|letter| letter.is_lowercase() || letter == '-') {
                title_case(token)
            } else {
                token.clone()
            }
        })
        .collect();
    let spans = document
        .spans
        .iter()
        .filter(|span| (start..end).contains(&(span.start as usize)))
        .map(|span| EntitySpan { start: span.start - start as u32, end: span.end - start as u32, kind: span.kind })
        .collect();
    TaggedDocument { tokens, sentence_starts: vec![0], spans }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_change_letters_only() {
        let document = TaggedDocument {
            tokens: ["It", "rained", "in", "Oslo", "."].map(str::to_owned).to_vec(),
            sentence_starts: vec![0],
            spans: vec![EntitySpan { start: 3, end: 4, kind: EntityKind::Location }],
        };
        let copy = recased(&document, 0, true);
        assert_eq!(copy.tokens, ["IT", "RAINED", "IN", "OSLO", "."]);
        assert_eq!(copy.spans, document.spans);
        assert_eq!(recased(&document, 0, false).tokens, ["It", "Rained", "in", "Oslo", "."]);
    }
}
