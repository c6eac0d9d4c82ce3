//! Strict evaluation, and tagging of token-a-line files.

use super::EntityTagger;
use super::conll::{Surfaces, TaggedFile, is_token};
use super::context::TaggerDocument;
use super::error::TaggerError;
use super::labels::{EntityKind, EntitySpan};
use std::fmt::Write as _;
use std::io::Write;

/// Counts of right, predicted and expected spans.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Score {
    /// Predicted spans that are right in start, end and kind.
    pub right: usize,
    /// All predicted spans.
    pub predicted: usize,
    /// All spans of the file.
    pub expected: usize,
}

impl Score {
    /// Right among predicted, in per cent; `None` without predictions.
    #[must_use]
    pub fn precision(&self) -> Option<f64> {
        (self.predicted > 0).then(|| 100.0 * self.right as f64 / self.predicted as f64)
    }

    /// Right among expected, in per cent; `None` if nothing was expected.
    #[must_use]
    pub fn recall(&self) -> Option<f64> {
        (self.expected > 0).then(|| 100.0 * self.right as f64 / self.expected as f64)
    }

    /// The harmonic mean of the two; `None` if there was nothing to find and nothing was found.
    #[must_use]
    pub fn f1(&self) -> Option<f64> {
        let both = self.predicted + self.expected;
        (both > 0).then(|| 200.0 * self.right as f64 / both as f64)
    }

    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.predicted += other.predicted;
        self.expected += other.expected;
    }
}

/// The scores of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileScores {
    /// The file's name.
    pub name: String,
    /// The score of each kind that counts.
    pub kinds: Vec<(EntityKind, Score)>,
    /// All kinds that count together.
    pub all: Score,
}

/// Tags files and scores the result; only spans of `kinds` count, expected and predicted.
#[must_use]
pub fn evaluate(tagger: &dyn EntityTagger, files: &[TaggedFile], kinds: &[EntityKind]) -> Vec<FileScores> {
    files
        .iter()
        .map(|file| {
            let predictions = predict(tagger, file);
            let mut scores = [Score::default(); EntityKind::ALL.len()];
            for (document, predicted) in file.documents.iter().zip(&predictions) {
                for span in &document.spans {
                    scores[span.kind.index()].expected += 1;
                }
                for span in predicted {
                    let score = &mut scores[span.kind.index()];
                    score.predicted += 1;
                    score.right += usize::from(document.spans.binary_search(span).is_ok());
                }
            }
            let mut all = Score::default();
            let kinds = kinds.iter().map(|&kind| (kind, scores[kind.index()])).collect::<Vec<_>>();
            kinds.iter().for_each(|(_, score)| all.add(*score));
            FileScores { name: file.name.clone(), kinds, all }
        })
        .collect()
}

/// The scores as a table of text: a row a kind and a file, at the end the mean F1 of the files.
#[must_use]
pub fn score_table(scores: &[FileScores]) -> String {
    let cell = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| format!("{value:.2}"));
    let mut table = String::from("file\ttype\tprecision\trecall\tf1\tright\tpredicted\texpected\n");
    let mut row = |name: &str, kind: &str, score: &Score| {
        let [precision, recall, f1] = [score.precision(), score.recall(), score.f1()].map(cell);
        let Score { right, predicted, expected } = score;
        // Writing to a text cannot fail.
        let _ = writeln!(table, "{name}\t{kind}\t{precision}\t{recall}\t{f1}\t{right}\t{predicted}\t{expected}");
    };
    for file in scores {
        for (kind, score) in &file.kinds {
            row(&file.name, kind.code(), score);
        }
        row(&file.name, "all", &file.all);
    }
    if scores.len() > 1 {
        let _ = writeln!(table, "mean\tall\t\t\t{}\t\t\t", cell(mean_f1(scores)));
    }
    table
}

/// The mean F1 of files that have one.
fn mean_f1(scores: &[FileScores]) -> Option<f64> {
    let values: Vec<f64> = scores.iter().filter_map(|file| file.all.f1()).collect();
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// Tags each document of a file.
fn predict(tagger: &dyn EntityTagger, file: &TaggedFile) -> Vec<Vec<EntitySpan>> {
    let mut surfaces = Surfaces::default();
    let documents: Vec<Vec<u32>> =
        file.documents.iter().map(|document| document.tokens.iter().map(|token| surfaces.number(token)).collect()).collect();
    let list: Vec<&str> = surfaces.list.iter().map(String::as_str).collect();
    let prepared = tagger.prepare(&list);
    documents
        .iter()
        .zip(&file.documents)
        .map(|(tokens, document)| prepared.tag(&TaggerDocument { tokens, sentence_starts: &document.sentence_starts }))
        .collect()
}

/// Writes a file's lines again, each token's line with the predicted tag as one more column.
pub fn tag_file(tagger: &dyn EntityTagger, file: &TaggedFile, writer: &mut impl Write) -> Result<(), TaggerError> {
    let mut tags = Vec::new();
    for (document, spans) in file.documents.iter().zip(predict(tagger, file)) {
        let from = tags.len();
        tags.resize(from + document.tokens.len(), "O".to_owned());
        for span in spans {
            for position in span.start..span.end {
                let prefix = if position == span.start { 'B' } else { 'I' };
                tags[from + position as usize] = format!("{prefix}-{}", span.kind.code());
            }
        }
    }
    let mut next = tags.iter();
    for line in &file.lines {
        let result = if line.trim().is_empty() {
            writeln!(writer)
        } else if is_token(line) {
            let gold = if line.contains('\t') { "" } else { "\tO" };
            writeln!(writer, "{line}{gold}\t{}", next.next().map_or("O", String::as_str))
        } else {
            writeln!(writer, "{line}\tO")
        };
        result.map_err(|error| TaggerError::new(format!("cannot write the tagged lines: {error}")))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::conll::read_tagged;
    use super::super::{DocumentTagger, EntityTagger};
    use super::*;

    /// Takes each token that begins with a capital for a place.
    struct Capitals(Vec<bool>);

    impl EntityTagger for Capitals {
        fn prepare<'a>(&'a self, surfaces: &[&str]) -> Box<dyn DocumentTagger + 'a> {
            Box::new(Capitals(surfaces.iter().map(|surface| surface.starts_with(char::is_uppercase)).collect()))
        }
        fn name(&self) -> String {
            "capitals".to_owned()
        }
    }

    impl DocumentTagger for Capitals {
        fn tag(&self, document: &TaggerDocument<'_>) -> Vec<EntitySpan> {
            let places = document.tokens.iter().enumerate().filter(|(_, token)| self.0[**token as usize]);
            places.map(|(place, _)| place as u32).map(|start| EntitySpan { start, end: start + 1, kind: EntityKind::Location }).collect()
        }
    }

    const TEXT: &str = "Oslo\tB-LOC\nand\tO\nNew\tB-LOC\nYork\tI-LOC\n\nAnna\tB-PER\nleft\tO\nRome\tB-LOC\n";

    #[test]
    fn only_whole_spans_of_the_right_kind_count() {
        let file = read_tagged(TEXT.as_bytes(), "t", false).expect("reads");
        let scores = evaluate(&Capitals(Vec::new()), &[file], &EntityKind::ALL);
        assert_eq!(scores[0].all, Score { right: 2, predicted: 5, expected: 4 });
        let kinds = [EntityKind::Person];
        let file = read_tagged(TEXT.as_bytes(), "t", false).expect("reads");
        let scores = evaluate(&Capitals(Vec::new()), &[file], &kinds);
        assert_eq!(scores[0].all, Score { right: 0, predicted: 0, expected: 1 });
        assert_eq!(scores[0].all.precision(), None);
        assert!(score_table(&scores).contains("t\tPER\t-\t0.00\t0.00\t0\t0\t1"));
    }

    #[test]
    fn tagged_lines_keep_their_layout() {
        let text = "-DOCSTART-\tO\n\nOslo\tB-LOC\nsleeps\tO\n\nAnna\n";
        let file = read_tagged(text.as_bytes(), "t", true).expect("reads");
        let mut written = Vec::new();
        tag_file(&Capitals(Vec::new()), &file, &mut written).expect("writes");
        let expected = "-DOCSTART-\tO\tO\n\nOslo\tB-LOC\tB-LOC\nsleeps\tO\tO\n\nAnna\tO\tB-LOC\n";
        assert_eq!(String::from_utf8_lossy(&written), expected);
    }
}
