//! Whether findings survive other choices: case, stems, the stop list, one document, one day, duplicates.
//!
//! Each check counts anew and gives the log ratio with a linearised 95 % interval over documents. It is no new test: it
//! tells whether the finding hangs on a choice that somebody else would have made differently.

use super::design::Reference;
use super::row::Row;
use super::strata::{Cell, pool};
use super::study::Study;
use super::tables::ROBUSTNESS;
use crate::corpus::NONE;
use crate::maths::float::{ln, sqrt};
use crate::memory::SparseRows;
use crate::table::{Card, Standing, Table, TableBuilder};
use std::collections::{BTreeMap, BTreeSet};

/// Names of the checks, as the last column tells them.
const CHECKS: [&str; 6] = ["case", "stems", "stop list", "largest document", "busiest day", "duplicates"];
/// The standard normal quantile of a 95 % interval.
const Z: f64 = 1.959963984540054;

/// A finding under one choice: log₂ ratio, and whether the finding survives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Checked {
    pub log_ratio: f64,
    pub survives: bool,
}

/// How often each document has something.
type Counts = BTreeMap<u32, f64>;

/// What all checks share.
struct Bench<'a> {
    study: &'a Study<'a>,
    /// Words of each document that are not on the stop list.
    words_without_stops: Vec<f64>,
    /// Counts of the most frequent printed form of each finding's term; empty where case was not looked at.
    printed: BTreeMap<u32, Counts>,
    /// Terms by class: of the same stem, and of the same letters in lower case.
    alike: BTreeMap<u32, Vec<u32>>,
    case_alike: BTreeMap<u32, Vec<u32>>,
    /// The first document of each group with a fingerprint.
    firsts: BTreeSet<u32>,
}

/// The table of `findings` under the checks and the card that sums it up; `None` without findings.
pub(super) fn robustness(study: &Study<'_>, findings: &[&Row]) -> Option<(Table, Card)> {
    if findings.is_empty() {
        return None;
    }
    let bench = Bench::new(study, findings);
    let mut builder = TableBuilder::new(&ROBUSTNESS);
    let (mut lost, mut lost_checks) = (Vec::new(), [0usize; 6]);
    for row in findings {
        let checks = bench.check(row);
        let fails = |checked: &Option<Checked>| checked.is_some_and(|checked| !checked.survives);
        if checks.iter().any(fails) {
            lost.push(format!("“{}”", study.subject.terms.label(row.term)));
        }
        lost_checks.iter_mut().zip(&checks).for_each(|(lost, checked)| *lost += usize::from(fails(checked)));
        let ratio = |index: usize| checks[index].map(|checked| checked.log_ratio);
        builder.row([
            study.subject.terms.label(row.term).into(),
            study.subject.corpus.groups.names[row.group].as_str().into(),
            study.reference_name(row.reference).into(),
            row.log_ratio.into(),
            ratio(0).into(),
            ratio(1).into(),
            ratio(2).into(),
            ratio(3).into(),
            ratio(4).into(),
            ratio(5).into(),
            verdict(&checks).into(),
        ]);
    }
    let card = card(findings.len(), &lost, lost_checks);
    let table =
        builder.finish().with_note("an empty cell: the check does not apply, such as stems of phrases or days of texts without dates");
    Some((table, card))
}

/// The card: sound if all but a tenth of the findings survive every check, poor if fewer than half do.
fn card(findings: usize, lost: &[String], lost_checks: [usize; 6]) -> Card {
    let kept = findings - lost.len();
    let standing = match () {
        () if 10 * lost.len() <= findings => Standing::Sound,
        () if 2 * kept >= findings => Standing::Care,
        () => Standing::Poor,
    };
    let checks: Vec<String> =
        lost_checks.iter().zip(CHECKS).filter(|(lost, _)| **lost > 0).map(|(lost, name)| format!("{name} {lost}")).collect();
    let mut detail = "Checked: as printed instead of folded case, stems, without the stop list, without the largest document, without the busiest day, without exact duplicates.".to_owned();
    if !lost.is_empty() {
        let shown = lost.iter().take(8).cloned().collect::<Vec<_>>().join(", ");
        let more = if lost.len() > 8 { " and more" } else { "" };
        detail.push_str(&format!(" Not survived (number of findings): {}. They are {shown}{more}.", checks.join(", ")));
    }
    Card {
        title: "Do the first findings survive other choices?".to_owned(),
        standing,
        verdict: format!("{kept} of {findings} survive all six checks"),
        detail,
    }
}

fn verdict(checks: &[Option<Checked>; 6]) -> String {
    let lost: Vec<&str> =
        checks.iter().zip(CHECKS).filter(|(checked, _)| checked.is_some_and(|checked| !checked.survives)).map(|(_, name)| name).collect();
    if lost.is_empty() { "all".to_owned() } else { format!("not: {}", lost.join(", ")) }
}

impl<'a> Bench<'a> {
    fn new(study: &'a Study<'a>, findings: &[&Row]) -> Self {
        let subject = study.subject;
        let corpus = subject.corpus;
        let wanted: BTreeSet<u32> = findings.iter().map(|row| row.term).collect();
        let weights = &corpus.documents.weights;
        let mut words_without_stops: Vec<f64> =
            corpus.documents.words.iter().zip(weights).map(|(&words, weight)| f64::from(words) * weight).collect();
        if let Some(matrix) = &corpus.document_terms {
            for (document, words) in words_without_stops.iter_mut().enumerate() {
                let (terms, counts) = matrix.rows.row(document);
                let stops = terms.iter().zip(counts).filter(|(term, _)| corpus.terms.is_stop[**term as usize]);
                *words -= weights[document] * stops.map(|(_, &count)| f64::from(count)).sum::<f64>();
            }
        }
        let mut firsts = BTreeSet::new();
        let mut seen = BTreeSet::new();
        for (document, &fingerprint) in corpus.documents.fingerprints.iter().enumerate() {
            if seen.insert((corpus.groups.of_document[document], fingerprint)) {
                firsts.insert(document as u32);
            }
        }
        let alike = match corpus.lent.stems.as_ref().filter(|_| subject.is_vocabulary) {
            Some(stems) => of_one_class(&wanted, |term| stems[term as usize], stems.len()),
            None => BTreeMap::new(),
        };
        let folds_case = corpus.folding.lower_case;
        let case_alike = if subject.is_vocabulary && !folds_case {
            let lower: Vec<String> = (0..subject.terms.len() as u32).map(|term| subject.terms.label(term).to_lowercase()).collect();
            of_one_class(&wanted, |term| lower[term as usize].as_str(), lower.len())
        } else {
            BTreeMap::new()
        };
        let printed = if subject.is_vocabulary && folds_case { printed_counts(study, &wanted) } else { BTreeMap::new() };
        Self { study, words_without_stops, printed, alike, case_alike, firsts }
    }

    fn check(&self, row: &Row) -> [Option<Checked>; 6] {
        let corpus = self.study.subject.corpus;
        let columns = &self.study.subject.columns;
        let plain = summed(columns, &corpus.documents.weights, &[row.term]);
        let all = |_: u32| true;
        let words = |document: u32| f64::from(corpus.documents.words[document as usize]) * corpus.documents.weights[document as usize];
        let weigh = |terms: &Vec<u32>| summed(columns, &corpus.documents.weights, terms);
        let case = match self.printed.get(&row.term) {
            Some(counts) => self.evaluate(row, counts, &words, &all, &[row.term]),
            None => self.case_alike.get(&row.term).and_then(|terms| self.evaluate(row, &weigh(terms), &words, &all, terms)),
        };
        let stems = self.alike.get(&row.term).and_then(|terms| self.evaluate(row, &weigh(terms), &words, &all, terms));
        let stop_list = (!row.is_stop && row.reference != Reference::List)
            .then(|| self.evaluate(row, &plain, &|document| self.words_without_stops[document as usize], &all, &[row.term]))
            .flatten();
        let writes = |document: u32| {
            let own = usize::from(corpus.groups.of_document[document as usize]) == row.group;
            let counts = match row.reference {
                Reference::Group(group) => own || usize::from(corpus.groups.of_document[document as usize]) == group,
                _ => true,
            };
            counts && own == row.is_more()
        };
        let largest = plain.iter().filter(|(document, _)| writes(**document)).max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0)));
        let largest = largest.and_then(|(&largest, _)| self.evaluate(row, &plain, &words, &|document| document != largest, &[row.term]));
        let date = |document: u32| corpus.documents.dates[document as usize];
        let mut days: BTreeMap<i32, f64> = BTreeMap::new();
        for (&document, &count) in plain.iter().filter(|(document, _)| writes(**document)) {
            if let Some(day) = date(document) {
                *days.entry(day).or_default() += count;
            }
        }
        let busiest = days.iter().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0))).map(|(&day, _)| day);
        let busiest =
            busiest.and_then(|busiest| self.evaluate(row, &plain, &words, &|document| date(document) != Some(busiest), &[row.term]));
        let duplicates = self.evaluate(row, &plain, &words, &|document| self.firsts.contains(&document), &[row.term]);
        [case, stems, stop_list, largest, busiest, duplicates]
    }

    /// The finding counted by `counts` and `words` over the documents that `keeps` keeps; `terms` are what a list counts.
    fn evaluate(
        &self,
        row: &Row,
        counts: &Counts,
        words: &dyn Fn(u32) -> f64,
        keeps: &dyn Fn(u32) -> bool,
        terms: &[u32],
    ) -> Option<Checked> {
        let (own, rest) = self.study.sides(row);
        let strata = self.study.strata.as_ref();
        let mut cells: BTreeMap<u16, (Cell, Cell)> = BTreeMap::new();
        let mut documents = (0.0, 0.0);
        for (is_own, document) in own.iter().map(|&document| (true, document)).chain(rest.iter().map(|&document| (false, document))) {
            if keeps(document) {
                let stratum = strata.map_or(0, |strata| strata.of_document[document as usize]);
                let both = cells.entry(stratum).or_default();
                let (cell, number) = if is_own { (&mut both.0, &mut documents.0) } else { (&mut both.1, &mut documents.1) };
                let (x, w) = (counts.get(&document).copied().unwrap_or(0.0), words(document));
                *number += 1.0;
                cell.count += x;
                cell.squares += x * x;
                cell.products += x * w;
                cell.words += w;
                cell.word_squares += w * w;
            }
        }
        let (log_ratio, variance) = match row.reference {
            Reference::List => {
                let listed: f64 = terms.iter().map(|&term| self.study.listed_count(term)).sum();
                against_list(cells.get(&0)?.0, documents.0, listed.max(0.5), row.cells.total_rest)?
            }
            _ => match pool(cells.values().copied(), documents) {
                Some(pooled) => (pooled.log_ratio, pooled.variance),
                None if strata.is_none() => one_sided(cells.values().next()?, documents)?,
                None => return None,
            },
        };
        let (log_ratio, error) = (log_ratio / std::f64::consts::LN_2, sqrt(variance) / std::f64::consts::LN_2);
        let before = row.log_ratio?;
        let now = log_ratio * before.signum();
        // One document has no spread: what it says can't be told from chance.
        let has_spread = documents.0 > 1.0 && (documents.1 > 1.0 || row.reference == Reference::List);
        Some(Checked { log_ratio, survives: has_spread && now - Z * error > 0.0 && now >= before.abs() / 2.0 })
    }
}

/// Terms of the same class as each wanted term, itself included.
fn of_one_class<K: Ord + Copy>(wanted: &BTreeSet<u32>, class: impl Fn(u32) -> K, terms: usize) -> BTreeMap<u32, Vec<u32>> {
    let mut members: BTreeMap<K, Vec<u32>> = wanted.iter().map(|&term| (class(term), Vec::new())).collect();
    for term in 0..terms as u32 {
        if let Some(members) = members.get_mut(&class(term)) {
            members.push(term);
        }
    }
    wanted.iter().filter_map(|&term| Some((term, members.get(&class(term))?.clone()))).collect()
}

/// Weighted counts by document of some terms together.
fn summed(columns: &SparseRows, weights: &[f64], terms: &[u32]) -> Counts {
    let mut counts = Counts::new();
    for &term in terms {
        let (documents, of_term) = columns.row(term as usize);
        for (&document, &count) in documents.iter().zip(of_term) {
            *counts.entry(document).or_default() += f64::from(count) * weights[document as usize];
        }
    }
    counts
}

/// Weighted counts by document of the most frequent printed form of each wanted term; none if tokens were not kept.
fn printed_counts(study: &Study<'_>, wanted: &BTreeSet<u32>) -> BTreeMap<u32, Counts> {
    let corpus = study.subject.corpus;
    let Some(tokens) = &corpus.tokens else { return BTreeMap::new() };
    let mut best: BTreeMap<u32, u32> = BTreeMap::new();
    for (surface, &term) in corpus.folding.term_of_surface.iter().enumerate() {
        if term != NONE && wanted.contains(&term) {
            let known = best.entry(term).or_insert(surface as u32);
            if corpus.surfaces.counts[surface] > corpus.surfaces.counts[*known as usize] {
                *known = surface as u32;
            }
        }
    }
    let mut term_of = vec![NONE; corpus.surfaces.forms.len()];
    best.iter().for_each(|(&term, &surface)| term_of[surface as usize] = term);
    let mut counts: BTreeMap<u32, Counts> = wanted.iter().map(|&term| (term, Counts::new())).collect();
    for document in 0..tokens.documents() {
        for &surface in tokens.of(document) {
            if let Some(counts) = counts.get_mut(&term_of[surface as usize]) {
                *counts.entry(document as u32).or_default() += corpus.documents.weights[document];
            }
        }
    }
    counts
}

/// ln ratio and variance where one side has no occurrence: half of one, with the variance of a Poisson count of a half.
fn one_sided(cells: &(Cell, Cell), documents: (f64, f64)) -> Option<(f64, f64)> {
    let (own, rest) = (rate_of(&cells.0, documents.0)?, rate_of(&cells.1, documents.1)?);
    (cells.0.count + cells.1.count > 0.0).then_some((own.0 - rest.0, own.1 + rest.1))
}

fn against_list(own: Cell, documents: f64, listed: f64, words: f64) -> Option<(f64, f64)> {
    let (log_rate, variance) = rate_of(&own, documents)?;
    Some((log_rate - ln(listed / words), variance + 1.0 / listed))
}

/// ln of a side's rate and its variance over documents.
fn rate_of(cell: &Cell, documents: f64) -> Option<(f64, f64)> {
    if cell.words <= 0.0 {
        return None;
    }
    if cell.count <= 0.0 {
        return Some((ln(0.5 / cell.words), 2.0));
    }
    let (x, w) = (1.0 / cell.count, 1.0 / cell.words);
    let square = x * x * cell.squares - 2.0 * x * w * cell.products + w * w * cell.word_squares;
    Some((ln(cell.count / cell.words), documents / (documents - 1.0).max(1.0) * square.max(0.0)))
}
