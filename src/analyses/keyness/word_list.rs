//! An outside reference: a list of terms with their counts in some other corpus.
//!
//! Comes in: the bytes of a CSV. Goes out: counts by term, with damaged rows counted. The list's own sampling error is
//! that of a Poisson count: its documents are not there to be resampled, and a list from a large corpus has little.

use super::super::measures::FourCells;
use super::super::measures::evidence::log_likelihood_two_cell;
use crate::error::{Error, Result, nearest};
use crate::maths::float::sqrt;
use crate::maths::special::student_two_sided;
use std::collections::BTreeMap;

/// A term of the list.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Listed {
    pub count: f64,
    pub documents: Option<u64>,
}

/// A list of counts.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct WordList {
    /// The file's name.
    pub name: String,
    terms: BTreeMap<String, Listed>,
    /// Words of the corpus behind the list.
    pub words: f64,
    /// Rows without a term or with a count that is no number of 0 or more.
    damaged: usize,
    /// The first of them: line and reason.
    first_damage: Option<(u64, String)>,
}

impl WordList {
    /// Reads CSV (or TSV) with the columns term, count and perhaps documents, by heading or, without one, by place.
    /// Rows of one term are added up. `words` of 0 takes the sum of all counts.
    ///
    /// # Errors
    /// A configuration error if the file is no UTF-8, lacks a column, or has no usable row, or if `words` is below the sum.
    pub fn parse(bytes: &[u8], name: String, words: u64) -> Result<Self> {
        let wrong = |what: String| {
            Error::configuration(format!("the reference `{name}` {what}"))
                .hint("give a UTF-8 CSV with the columns term, count and perhaps documents; `--against` names a group of the corpus")
        };
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let text = std::str::from_utf8(bytes).map_err(|_| wrong("is no UTF-8 text".to_owned()))?;
        let first_line = text.lines().next().unwrap_or_default();
        let delimiter = [b'\t', b';', b','].into_iter().find(|&byte| first_line.as_bytes().contains(&byte)).unwrap_or(b',');
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).trim(csv::Trim::All).delimiter(delimiter).from_reader(bytes);
        let mut columns: Option<Places> = None;
        let mut list = Self { name: name.clone(), terms: BTreeMap::new(), words: 0.0, damaged: 0, first_damage: None };
        for record in reader.records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    let line = error.position().map_or(0, csv::Position::line);
                    list.damage(line, "no readable row".to_owned());
                    continue;
                }
            };
            let line = record.position().map_or(0, csv::Position::line);
            let (term, count, documents) = match columns {
                Some(columns) => columns,
                None => {
                    let cells: Vec<&str> = record.iter().collect();
                    let (found, is_heading) = headings(&cells).map_err(wrong)?;
                    columns = Some(found);
                    if is_heading {
                        continue;
                    }
                    found
                }
            };
            let (Some(term), Some(count)) = (record.get(term).filter(|term| !term.is_empty()), record.get(count)) else {
                list.damage(line, "a cell is missing".to_owned());
                continue;
            };
            let Some(count) = count.parse::<f64>().ok().filter(|count| count.is_finite() && *count >= 0.0) else {
                list.damage(line, format!("the count is `{count}`"));
                continue;
            };
            let documents = documents.and_then(|column| record.get(column)).and_then(|cell| cell.parse::<u64>().ok());
            let entry = list.terms.entry(term.to_lowercase()).or_default();
            entry.count += count;
            entry.documents = match (entry.documents, documents) {
                (Some(known), Some(more)) => Some(known.max(more)),
                (known, more) => known.or(more),
            };
        }
        let sum: f64 = list.terms.values().map(|listed| listed.count).sum();
        if sum <= 0.0 {
            let reason = list.first_damage.as_ref().map_or(String::new(), |(line, reason)| format!(" (line {line}: {reason})"));
            return Err(wrong(format!("has no usable row{reason}")));
        }
        list.words = if words == 0 { sum } else { words as f64 };
        if list.words < sum {
            return Err(Error::configuration(format!("`--reference-words` is {words}, but the counts of `{name}` add up to {sum}"))
                .hint("give the number of all words of the corpus behind the list, or leave it out"));
        }
        Ok(list)
    }

    fn damage(&mut self, line: u64, reason: String) {
        self.damaged += 1;
        if self.first_damage.is_none() {
            self.first_damage = Some((line, reason));
        }
    }

    /// What the list has of `term`, in any case.
    pub fn get(&self, term: &str) -> Listed {
        self.terms.get(term).or_else(|| self.terms.get(&term.to_lowercase())).copied().unwrap_or_default()
    }

    /// What to say of the list.
    pub fn remark(&self) -> Vec<String> {
        let mut remarks = vec![format!("the reference `{}` has {} terms and {:.0} words", self.name, self.terms.len(), self.words)];
        if let Some((line, reason)) = &self.first_damage {
            remarks.push(format!("{} rows of `{}` could not be used (first: line {line}, {reason})", self.damaged, self.name));
        }
        remarks
    }
}

/// Positions of term, count and, if there is one, documents in a row.
type Places = (usize, usize, Option<usize>);

/// Positions of term, count and documents, and whether `cells` are headings.
fn headings(cells: &[&str]) -> std::result::Result<(Places, bool), String> {
    let find = |names: &[&str]| cells.iter().position(|cell| names.contains(&cell.to_lowercase().as_str()));
    let term = find(&["term", "word", "token", "lemma", "type"]);
    let count = find(&["count", "frequency", "freq", "f"]);
    match (term, count) {
        (Some(term), Some(count)) => Ok(((term, count, find(&["documents", "document_frequency", "df", "range"])), true)),
        _ if cells.len() >= 2 && cells[1].parse::<f64>().is_ok() => Ok(((0, 1, (cells.len() > 2).then_some(2)), false)),
        (None, _) => Err(lacks("term", cells)),
        (_, None) => Err(lacks("count", cells)),
    }
}

fn lacks(column: &str, cells: &[&str]) -> String {
    match nearest(column, cells.iter().copied()) {
        Some(near) => format!("has no column `{column}`; is `{near}` meant?"),
        None => format!("has no column `{column}`"),
    }
}

/// Two-sided p of a group against a list: the likelihood ratio of two Poisson counts, divided by how much more the term
/// varies over documents than a Poisson count (quasi-likelihood, McCullagh & Nelder 1989, ch. 9), as a Student t with one
/// degree of freedom less than documents hold the term.
pub(super) fn list_p_value(cells: &FourCells, dispersion: f64, holding: f64) -> f64 {
    let statistic = sqrt(log_likelihood_two_cell(cells).unwrap_or(0.0).abs() / dispersion.max(1.0));
    student_two_sided(statistic, (holding - 1.0).max(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<WordList> {
        WordList::parse(text.as_bytes(), "list.csv".to_owned(), 0)
    }

    #[test]
    fn lists_with_and_without_headings_are_read_and_damage_is_counted() {
        let list = parse("\u{feff}Term,Count,Documents\nPort,10,4\nport,5,7\n,3,1\nsea,many,2\nstorm,-1,1\nquay,2,\n").unwrap();
        assert_eq!(list.get("port"), Listed { count: 15.0, documents: Some(7) });
        assert_eq!(list.get("Quay"), Listed { count: 2.0, documents: None });
        assert_eq!((list.get("sea").count, list.words), (0.0, 17.0));
        assert_eq!(list.remark()[1], "3 rows of `list.csv` could not be used (first: line 4, a cell is missing)");
        let list = parse("port\t10\nsea\t4.5\n").unwrap();
        assert_eq!((list.get("sea").count, list.remark().len()), (4.5, 1));
    }

    #[test]
    fn lists_that_are_none_are_refused_with_a_reason() {
        let message = |text: &str| parse(text).unwrap_err().to_string();
        assert_eq!(message("word,cuont\nport,1\n"), "the reference `list.csv` has no column `count`; is `cuont` meant?");
        assert_eq!(message("term,count\nport,x\n"), "the reference `list.csv` has no usable row (line 2: the count is `x`)");
        assert!(message("").contains("has no usable row"));
        assert!(WordList::parse(b"\xff\xfe", "l".to_owned(), 0).unwrap_err().to_string().contains("no UTF-8"));
        let error = WordList::parse(b"port,10\n", "l".to_owned(), 5).unwrap_err();
        assert_eq!(error.to_string(), "`--reference-words` is 5, but the counts of `l` add up to 10");
    }

    #[test]
    fn burstiness_weakens_evidence_against_a_list() {
        let cells = FourCells::new(40.0, 10_000.0, 200.0, 200_000.0);
        let (even, bursty) = (list_p_value(&cells, 1.0, 30.0), list_p_value(&cells, 8.0, 30.0));
        assert!(even < 1e-6 && bursty > 0.01, "{even:e} {bursty}");
        assert_eq!(list_p_value(&FourCells::new(5.0, 100.0, 50.0, 1_000.0), 1.0, 9.0), 1.0);
    }
}
