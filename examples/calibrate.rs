//! Calibrates keyness: null splits, coverage of the intervals, power, speed. Run by `scripts/calibrate`; the figures
//! stand in docs/statistics.md. Seeds are fixed: the same figures on every machine, the times excepted.
//!
//!     calibrate speed CORPUS.jsonl.zst [GROUP-FIELD]
//!     calibrate null CORPUS.jsonl.zst GROUP-FIELD SPLITS GROUP…
//!     calibrate lengths CORPUS.jsonl.zst GROUP-FIELD SPLITS GROUP…
//!     calibrate coverage CORPORA
//!     calibrate power CORPORA
#![allow(clippy::print_stdout, reason = "prints its figures")]

use headword::analyses::{Context, Output, keyness};
use headword::corpus::{Corpus, GroupTermMatrix, Needs, RawDocument, ReadingNotes};
use headword::count::{CountOptions, Counter, freeze};
use headword::error::{Error, Result};
use headword::maths::RandomStream;
use headword::params::Params;
use std::collections::BTreeMap;
use std::io::BufRead;
use std::time::Instant;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["speed", path] => speed(path, "outlet"),
        ["speed", path, field] => speed(path, field),
        ["null", path, field, splits, groups @ ..] => null(path, field, number(splits)?, groups, false),
        ["lengths", path, field, splits, groups @ ..] => null(path, field, number(splits)?, groups, true),
        ["coverage", corpora] => coverage(number(corpora)?),
        ["power", corpora] => power(number(corpora)?),
        _ => Err(Error::usage("give speed, null, lengths, coverage or power with their arguments")),
    }
}

fn number(text: &str) -> Result<u64> {
    text.parse().map_err(|_| Error::usage(format!("`{text}` is no whole number")))
}

/// Documents of a packed JSON Lines corpus.
fn read(path: &str) -> Result<Vec<RawDocument>> {
    let failed = |error: std::io::Error| Error::input(error.to_string()).context(path.to_owned());
    let file = std::fs::File::open(path).map_err(failed)?;
    let lines = std::io::BufReader::new(zstd::Decoder::new(file).map_err(failed)?);
    let mut documents = Vec::new();
    for line in lines.lines() {
        let row: serde_json::Value =
            serde_json::from_str(&line.map_err(failed)?).map_err(|error| Error::input(error.to_string()).context(path.to_owned()))?;
        let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        documents.push(RawDocument {
            id: text("doc_id"),
            title: text("title"),
            text: text("text"),
            fields: ["outlet", "topic", "party"]
                .iter()
                .map(|&name| (name.to_owned(), text(name)))
                .filter(|(_, value)| !value.is_empty())
                .collect(),
            ..RawDocument::default()
        });
    }
    Ok(documents)
}

fn count(documents: Vec<RawDocument>, field: &str) -> Result<Corpus> {
    let options = CountOptions { needs: Needs::DOCUMENT_TERMS, group_field: field.to_owned(), ..CountOptions::default() };
    let mut counter = Counter::new(&options);
    for document in documents {
        let whole = 0..document.text.len();
        counter.add(document, &[whole], false);
    }
    freeze(vec![counter], &options, ReadingNotes::default())
}

fn run(corpus: &Corpus, seed: u64, all_rows: bool, typed: &[(&str, &str)]) -> Result<Output> {
    // What is asked of findings afterwards (robustness, lockwords) has no part in calibration.
    let value = |name: &str| match typed.iter().find(|(typed, _)| *typed == name) {
        Some((_, value)) => Some((*value).to_owned()),
        None => matches!(name, "robustness" | "lock-margin").then(|| "0".to_owned()),
    };
    let params = Params::check(keyness::ENTRY.params, value)?;
    (keyness::ENTRY.build)(corpus, &params, &Context { seed, all_rows, ..Context::default() })
}

fn speed(path: &str, field: &str) -> Result<()> {
    let corpus = count(read(path)?, field)?;
    for all_rows in [false, true] {
        let start = Instant::now();
        let output = run(&corpus, 1, all_rows, &[])?;
        let (rows, hidden) = output.tables.first().map_or((0, 0), |table| (table.rows(), table.hidden_rows));
        println!(
            "{} documents, {} groups, all rows {all_rows}: {:.1} s, {rows} rows, {hidden} hidden, {} threads",
            corpus.documents.len(),
            corpus.groups.len(),
            start.elapsed().as_secs_f64(),
            headword_threads()
        );
        for note in &output.notes {
            println!("  {note}");
        }
        for finding in output.findings.iter().take(40) {
            println!("  {:.1} {}", finding.weight, finding.sentence);
        }
    }
    Ok(())
}

fn headword_threads() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// Random halves of one group's documents: no difference is true. Where documents are `thinned`, the left half keeps a third of
/// its words, drawn one by one: rates are the same still, lengths are not.
fn null(path: &str, field: &str, splits: u64, groups: &[&str], thinned: bool) -> Result<()> {
    let documents = read(path)?;
    println!(
        "group, documents, splits, tests per split, share p < .05, share p < .01, share p < .001, splits with a q < .05, share G² p < .05, splits with a G² q < .05, min p, share p < .05 and left more, share p < .05 and left less"
    );
    for group in groups {
        let own: Vec<RawDocument> =
            documents.iter().filter(|document| document.group_value(field).as_deref() == Some(*group)).cloned().collect();
        let documents = own.len();
        let mut tally = Tally::default();
        let mut whole = if thinned { None } else { Some(count(own.clone(), field)?) };
        for split in 0..splits {
            let mut labels: Vec<u16> = (0..documents).map(|document| u16::from(document >= documents / 2)).collect();
            RandomStream::new(41, split).shuffle(&mut labels);
            match &mut whole {
                Some(corpus) => {
                    regroup(corpus, labels);
                    tally.add(corpus, 1_000 + split)?;
                }
                None => tally.add(&count(thin(&own, &labels, split), "half")?, 1_000 + split)?,
            }
        }
        println!("{group}, {documents}, {splits}, {tally}");
    }
    Ok(())
}

/// `documents` with their halves as a field, those of the left one without two thirds of their words.
fn thin(documents: &[RawDocument], labels: &[u16], split: u64) -> Vec<RawDocument> {
    let thinned = |(number, (document, &label)): (usize, (&RawDocument, &u16))| {
        let mut stream = RandomStream::new(42, split * 100_000 + number as u64);
        let keeps = |_: &&str| label == 1 || stream.unit() < 1.0 / 3.0;
        RawDocument {
            text: document.text.split_whitespace().filter(keeps).collect::<Vec<_>>().join(" "),
            fields: vec![("half".to_owned(), HALVES[usize::from(label)].to_owned())],
            ..document.clone()
        }
    };
    documents.iter().zip(labels).enumerate().map(thinned).collect()
}

const HALVES: [&str; 2] = ["left", "right"];

/// What the tests of many splits say.
#[derive(Default)]
struct Tally {
    splits: u64,
    tests: usize,
    below: [usize; 3],
    below_more: usize,
    found: u64,
    token_below: usize,
    token_found: u64,
    smallest: Option<f64>,
}

impl Tally {
    fn add(&mut self, corpus: &Corpus, seed: u64) -> Result<()> {
        let table = run(corpus, seed, true, &[("resamples", "999")])?.tables.swap_remove(0);
        let mut token_p = Vec::new();
        let mut any = false;
        for row in (0..table.rows()).filter(|&row| table.text("group", row) == Some(HALVES[0])) {
            let p = table.number("p_value", row).unwrap_or(1.0);
            self.smallest = Some(self.smallest.map_or(p, |smallest| smallest.min(p)));
            self.tests += 1;
            for (count, level) in self.below.iter_mut().zip([0.05, 0.01, 0.001]) {
                *count += usize::from(p < level);
            }
            self.below_more += usize::from(p < 0.05 && table.text("direction", row) == Some("more"));
            any |= table.number("q_value", row).is_some_and(|q| q < 0.05);
            token_p.push(headword::maths::special::chi_squared_1_tail(table.number("log_likelihood", row).unwrap_or(0.0)));
        }
        self.splits += 1;
        self.found += u64::from(any);
        self.token_below += token_p.iter().filter(|&&p| p < 0.05).count();
        let token_q = headword::maths::many_tests::Adjustment::BenjaminiHochberg.adjust(&token_p);
        self.token_found += u64::from(token_q.iter().any(|&q| q < 0.05));
        Ok(())
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let share = |count: usize| count as f64 / self.tests.max(1) as f64;
        let of_splits = |count: u64| count as f64 / self.splits.max(1) as f64;
        write!(
            to,
            "{}, {:.4}, {:.4}, {:.5}, {:.3}, {:.4}, {:.3}, {:.1e}, {:.4}, {:.4}",
            self.tests / self.splits.max(1) as usize,
            share(self.below[0]),
            share(self.below[1]),
            share(self.below[2]),
            of_splits(self.found),
            share(self.token_below),
            of_splits(self.token_found),
            self.smallest.unwrap_or(1.0),
            share(self.below_more),
            share(self.below[0] - self.below_more),
        )
    }
}

fn regroup(corpus: &mut Corpus, labels: Vec<u16>) {
    corpus.groups.names = HALVES.iter().map(|&name| name.to_owned()).collect();
    corpus.groups.of_document = labels;
    corpus.groups.absence = None;
    if let Some(matrix) = &corpus.document_terms {
        corpus.group_terms = GroupTermMatrix::sum(matrix, &corpus.groups, &corpus.documents.words);
    }
}

/// The terms of a simulated corpus: name, rate per word in the target, rate in the rest.
struct Simulated {
    names: Vec<String>,
    rates: Vec<(f64, f64)>,
}

/// A corpus of bursty words: a document's rate of a word is gamma-distributed around the group's rate (shape `shape`,
/// so that occurrences are negative binomial and many documents lack the word), document lengths are log-normal.
fn simulate(simulated: &Simulated, target: usize, rest: usize, shape: f64, stream: &mut RandomStream) -> Result<Corpus> {
    let mut documents = Vec::new();
    for number in 0..target + rest {
        let inside = number < target;
        let words = (400.0 * headword::maths::float::exp(0.6 * stream.normal())).clamp(60.0, 4_000.0) as usize;
        let mut text = String::new();
        let mut used = 0;
        for (name, &(own, other)) in simulated.names.iter().zip(&simulated.rates) {
            let rate = if inside { own } else { other };
            let occurrences = poisson(rate * words as f64 * gamma(shape, stream) / shape, stream);
            for _ in 0..occurrences {
                text.push_str(name);
                text.push(' ');
            }
            used += occurrences;
        }
        for _ in used..words {
            text.push_str("filler ");
        }
        documents.push(RawDocument {
            id: format!("{number:05}"),
            text,
            fields: vec![("outlet".to_owned(), if inside { "Target" } else { "Rest" }.to_owned())],
            ..RawDocument::default()
        });
    }
    count(documents, "outlet")
}

/// Gamma with unit scale by Marsaglia and Tsang (2000), boosted for shapes below one.
fn gamma(shape: f64, stream: &mut RandomStream) -> f64 {
    use headword::maths::float::{ln, pow};
    if shape < 1.0 {
        return gamma(shape + 1.0, stream) * pow(1.0 - stream.unit(), 1.0 / shape);
    }
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / (9.0 * d).sqrt();
    loop {
        let x = stream.normal();
        let v = (1.0 + c * x).powi(3);
        if v > 0.0 && ln(1.0 - stream.unit()) < 0.5 * x * x + d - d * v + d * ln(v) {
            return d * v;
        }
    }
}

fn poisson(mean: f64, stream: &mut RandomStream) -> usize {
    // Knuth's product in steps, so that large means don't underflow.
    let (mut left, mut count) = (mean, 0);
    while left > 0.0 {
        let limit = headword::maths::float::exp(-left.min(30.0));
        left -= 30.0;
        let mut product = 1.0 - stream.unit();
        while product > limit {
            count += 1;
            product *= 1.0 - stream.unit();
        }
    }
    count
}

const SHAPES: [f64; 3] = [0.1, 0.4, 2.0];
const SIZES: [(usize, usize); 3] = [(40, 200), (100, 100), (300, 2_000)];

/// How often the 95 % intervals hold the true value.
fn coverage(corpora: u64) -> Result<()> {
    let per_million = [30.0, 100.0, 300.0, 1_000.0, 5_000.0];
    let ratios = [1.0, 2.0, 4.0];
    println!(
        "shape, target/rest documents, true log2 ratio, documents with the term on the thinner side, intervals, coverage of log ratio, below, above, coverage of rate, no interval"
    );
    for shape in SHAPES {
        for (target, rest) in SIZES {
            let mut simulated = Simulated { names: Vec::new(), rates: Vec::new() };
            for (index, rate) in per_million.iter().enumerate() {
                for (place, ratio) in ratios.iter().enumerate() {
                    simulated.names.push(format!("word{}", (b'a' + (index * ratios.len() + place) as u8) as char));
                    simulated.rates.push((rate * 1e-6 * ratio, rate * 1e-6));
                }
            }
            // By documents that hold the term: intervals, held, truth below, truth above, rate held, none given.
            let mut tally: BTreeMap<usize, [u64; 6]> = BTreeMap::new();
            for number in 0..corpora {
                let mut stream = RandomStream::new(77, number);
                let corpus = simulate(&simulated, target, rest, shape, &mut stream)?;
                let table = run(&corpus, number, true, &[("resamples", "999"), ("min-documents", "1")])?.tables.swap_remove(0);
                for row in (0..table.rows()).filter(|&row| table.text("group", row) == Some("Target")) {
                    let Some(place) = simulated.names.iter().position(|name| table.text("term", row) == Some(name)) else { continue };
                    let (own, other) = simulated.rates[place];
                    let truth = headword::maths::float::log2(own / other);
                    let thinner = table.number("documents", row).unwrap_or(0.0).min(table.number("documents_rest", row).unwrap_or(0.0));
                    let class = [5, 7, 10, 15, 20, 30, 50, 100, usize::MAX].iter().position(|&end| thinner < end as f64).unwrap_or(8);
                    let cell = tally.entry(class).or_default();
                    let (low, high) = (table.number("log_ratio_low", row), table.number("log_ratio_high", row));
                    if low.is_none() && high.is_none() {
                        cell[5] += 1;
                        continue;
                    }
                    cell[0] += 1;
                    let is_below = low.is_some_and(|low| truth < low);
                    let is_above = high.is_some_and(|high| truth > high);
                    cell[1] += u64::from(!is_below && !is_above);
                    cell[2] += u64::from(is_below);
                    cell[3] += u64::from(is_above);
                    let own = own * 1e6;
                    let held = table.number("per_million_low", row).is_none_or(|low| low <= own)
                        && table.number("per_million_high", row).is_none_or(|high| own <= high);
                    cell[4] += u64::from(held);
                }
            }
            let classes = ["0-4", "5-6", "7-9", "10-14", "15-19", "20-29", "30-49", "50-99", "100+"];
            for (class, [given, held, below, above, rate, none]) in tally {
                let share = |count: u64| if given == 0 { f64::NAN } else { count as f64 / given as f64 };
                println!(
                    "{shape}, {target}/{rest}, all, {}, {given}, {:.3}, {:.3}, {:.3}, {:.3}, {none}",
                    classes[class],
                    share(held),
                    share(below),
                    share(above),
                    share(rate)
                );
            }
        }
    }
    Ok(())
}

/// How often planted log ratios are found at q ≤ .05 among 200 terms without a difference.
fn power(corpora: u64) -> Result<()> {
    let per_million = [50.0, 200.0, 1_000.0];
    let planted = [0.5, 1.0, 2.0];
    println!("target/rest documents, per million, log ratio, found at q <= .05, share of false among found");
    for (target, rest) in SIZES {
        let mut simulated = Simulated { names: Vec::new(), rates: Vec::new() };
        for (index, rate) in per_million.iter().enumerate() {
            for (place, ratio) in planted.iter().enumerate() {
                simulated.names.push(format!("planted{}", (b'a' + (index * planted.len() + place) as u8) as char));
                simulated.rates.push((rate * 1e-6 * headword::maths::float::exp2(*ratio), rate * 1e-6));
            }
        }
        for index in 0..200u8 {
            simulated.names.push(format!("null{}{}", (b'a' + index / 20) as char, (b'a' + index % 20) as char));
            simulated.rates.push((2e-4, 2e-4));
        }
        let mut found = [0u64; 9];
        let (mut all, mut wrong) = (0u64, 0u64);
        for number in 0..corpora {
            let mut stream = RandomStream::new(78, number);
            let corpus = simulate(&simulated, target, rest, 0.4, &mut stream)?;
            let table = run(&corpus, number, false, &[("resamples", "999")])?.tables.swap_remove(0);
            for row in (0..table.rows()).filter(|&row| table.text("group", row) == Some("Target")) {
                all += 1;
                match simulated.names.iter().position(|name| table.text("term", row) == Some(name)) {
                    Some(place) if place < 9 => found[place] += 1,
                    Some(_) => wrong += 1,
                    // The filler gives way where planted words take room: a true difference.
                    None => {}
                }
            }
        }
        for (place, count) in found.iter().enumerate() {
            println!(
                "{target}/{rest}, {}, {}, {:.3}, {:.3}",
                per_million[place / 3],
                planted[place % 3],
                *count as f64 / corpora as f64,
                wrong as f64 / all.max(1) as f64
            );
        }
    }
    Ok(())
}
