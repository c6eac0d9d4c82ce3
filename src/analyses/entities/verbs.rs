//! What the verbs `tag`, `evaluate`, `train` and `names` do with bytes and readers; opening and printing is the command line's.

use super::names;
use super::names::{Decision, compare, compare_untyped};
use super::tagger::{
    EntityKind, EntityTagger, Model, Resources, TaggerError, TrainingOptions, TrainingSet, evaluate, read_tagged, score_table, tag_file,
    train,
};
use crate::error::{Error, Result};
use std::io::{BufRead, Write};

/// The built-in model, or one that the user gave.
pub enum Tagger {
    /// The weights that are compiled in.
    BuiltIn(&'static Model),
    /// From a model file.
    Given(Box<Model>),
}

impl Tagger {
    /// The model in `bytes`, or the built-in one.
    ///
    /// # Errors
    /// An input error if the bytes are no model file of this version.
    pub fn load(bytes: Option<&[u8]>) -> Result<Self> {
        match bytes {
            None => Ok(Self::BuiltIn(Model::built_in())),
            Some(bytes) => Model::from_bytes(bytes).map(|model| Self::Given(Box::new(model))).map_err(|error| {
                Error::input(format!("can't use the entity model: {error}")).hint("give a file that `headword train` of this version wrote")
            }),
        }
    }

    /// The tagger.
    pub fn as_tagger(&self) -> &dyn EntityTagger {
        match self {
            Self::BuiltIn(model) => *model,
            Self::Given(model) => model.as_ref(),
        }
    }
}

fn input_error(error: TaggerError) -> Error {
    let place = error.clone();
    let wrapped = Error::input(error.to_string());
    if place.line > 0 {
        wrapped.hint("each line is a token, a tab and a tag such as B-PER or O; a blank line ends a sentence")
    } else {
        wrapped
    }
}

/// Reads lines of tokens (`token<TAB>gold`, the tag optional) and writes them again with the predicted tag added.
///
/// # Errors
/// An input error for a damaged line, an unreadable model or a failing reader or writer.
pub fn tag_lines(model: Option<&[u8]>, reader: impl BufRead, name: &str, writer: &mut impl Write) -> Result<()> {
    let tagger = Tagger::load(model)?;
    let file = read_tagged(reader, name, true).map_err(input_error)?;
    tag_file(tagger.as_tagger(), &file, writer).map_err(input_error)
}

/// Scores the tagger on tagged files (name and content): a table of tab-separated text with a row a file and type, and the mean.
///
/// # Errors
/// An input error for a damaged line; a configuration error for an unknown type in `types` (comma-separated; empty is all).
pub fn evaluate_files<R: BufRead>(model: Option<&[u8]>, files: Vec<(String, R)>, types: &str) -> Result<String> {
    let tagger = Tagger::load(model)?;
    let mut kinds = Vec::new();
    for word in types.split(',').map(str::trim).filter(|word| !word.is_empty()) {
        kinds.push(EntityKind::from_code(&word.to_uppercase()).ok_or_else(|| {
            Error::configuration(format!("`--types` has `{word}`")).hint("give one or more of PER, ORG, LOC, MISC with commas between")
        })?);
    }
    if kinds.is_empty() {
        kinds.extend(EntityKind::ALL);
    }
    let files =
        files.into_iter().map(|(name, reader)| read_tagged(reader, &name, false).map_err(input_error)).collect::<Result<Vec<_>>>()?;
    Ok(score_table(&evaluate(tagger.as_tagger(), &files, &kinds)))
}

/// Trains a model on tagged sets, whose order matters, with word lists; returns the model file's bytes. `note` is told of
/// the progress.
///
/// # Errors
/// An input error if a set is damaged or a word list is missing.
pub fn train_model(sets: &[TrainingSet], resources: &Resources, options: &TrainingOptions, note: &mut dyn FnMut(&str)) -> Result<Vec<u8>> {
    train(sets, resources, options, note).map_err(input_error)
}

/// Says whether two names are one entity's, and why, in lines of text. `kind` is `PER`, `ORG`, `LOC`, `MISC` or unknown.
///
/// # Errors
/// A configuration error for an unknown kind.
pub fn explain_names(a: &str, b: &str, kind: Option<&str>) -> Result<String> {
    let decision = match kind {
        None => compare_untyped(a, b),
        Some(kind) => {
            let known = names::EntityKind::parse(kind);
            let known = known.ok_or_else(|| Error::configuration(format!("`{kind}` is no type")).hint("give PER, ORG, LOC or MISC"))?;
            compare(a, b, known)
        }
    };
    Ok(format!("{decision}\n"))
}

fn word(decision: &Decision) -> &'static str {
    if decision.same { "same" } else { "different" }
}

/// Repeats a tab-separated file of pairs (columns `a`, `b` and any others) with a column `decision`: same or different. If
/// there is a column `type` with PER, ORG, LOC or MISC, names are compared as such.
///
/// # Errors
/// An input error without the columns `a` and `b`, for a line with too few cells, or if reading or writing fails.
pub fn decide_pairs(reader: impl BufRead, writer: &mut impl Write) -> Result<()> {
    let mut columns: Option<(usize, usize, Option<usize>)> = None;
    for (number, line) in reader.lines().enumerate() {
        let line = line.map_err(|error| Error::input(format!("line {}: {error}", number + 1)))?;
        let line = line.trim_end_matches('\r');
        let cells: Vec<&str> = line.split('\t').collect();
        let decision = match columns {
            None => {
                let position = |name: &str| cells.iter().position(|cell| cell.trim_start_matches('\u{feff}').trim() == name);
                let (Some(a), Some(b)) = (position("a"), position("b")) else {
                    return Err(Error::input("the file of pairs has no columns `a` and `b`")
                        .hint("give tab-separated text whose first line names the columns"));
                };
                columns = Some((a, b, position("type")));
                "decision"
            }
            Some(_) if line.is_empty() => continue,
            Some((a, b, kind)) => {
                let cell = |column: usize| cells.get(column).copied();
                let (Some(a), Some(b)) = (cell(a), cell(b)) else {
                    return Err(Error::input(format!(
                        "line {} has {} cells, too few for the columns `a` and `b`",
                        number + 1,
                        cells.len()
                    )));
                };
                match kind.and_then(cell).and_then(names::EntityKind::parse) {
                    Some(kind) => word(&compare(a, b, kind)),
                    None => word(&compare_untyped(a, b)),
                }
            }
        };
        writeln!(writer, "{line}\t{decision}").map_err(|error| Error::output(format!("can't write the pairs: {error}")))?;
    }
    if columns.is_none() {
        return Err(Error::input("the file of pairs is empty"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_tagged_in_their_layout() {
        let mut written = Vec::new();
        tag_lines(None, &b"Anna\nHolm\nvisited\nParis\n.\n\n"[..], "x", &mut written).unwrap();
        assert_eq!(String::from_utf8(written).unwrap(), "Anna\tO\tB-PER\nHolm\tO\tI-PER\nvisited\tO\tO\nParis\tO\tB-LOC\n.\tO\tO\n\n");
        let error = tag_lines(None, &b"Anna\tB-DOG\n"[..], "x.tsv", &mut Vec::new()).unwrap_err();
        assert!(error.to_string().starts_with("x.tsv:1:"), "{error}");
        assert!(tag_lines(Some(b"no model"), &b""[..], "x", &mut Vec::new()).is_err());
    }

    #[test]
    fn scores_are_strict() {
        let gold = "Anna\tB-PER\nHolm\tI-PER\nvisited\tO\nParis\tB-ORG\n.\tO\n\n";
        let table = evaluate_files(None, vec![("x".to_owned(), gold.as_bytes())], "").unwrap();
        assert!(table.contains("x\tall\t50.00\t50.00\t50.00\t1\t2\t2"), "{table}");
        let table = evaluate_files(None, vec![("x".to_owned(), gold.as_bytes())], "per").unwrap();
        assert!(table.contains("x\tall\t100.00\t100.00\t100.00\t1\t1\t1"), "{table}");
        assert!(evaluate_files(None, vec![("x".to_owned(), gold.as_bytes())], "DOG").is_err());
    }

    #[test]
    fn pairs_get_a_decision() {
        let pairs = "a\tb\tnote\r\nKiev\tKyiv\tx\r\nIran\tIraq\ty\r\n";
        let mut written = Vec::new();
        decide_pairs(pairs.as_bytes(), &mut written).unwrap();
        assert_eq!(String::from_utf8(written).unwrap(), "a\tb\tnote\tdecision\nKiev\tKyiv\tx\tsame\nIran\tIraq\ty\tdifferent\n");
        assert!(decide_pairs(&b"x\ty\n"[..], &mut Vec::new()).is_err());
        assert!(decide_pairs(&b""[..], &mut Vec::new()).is_err());
        assert!(explain_names("Kiev", "Kyiv", Some("LOC")).unwrap().ends_with("same\n"));
        assert!(explain_names("Kiev", "Kyiv", Some("dog")).is_err());
    }
}
